"""Charts: a message, a text alternative from the data, a unit, a source, and the data beside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from perfkit.display import charts

MONTHS = pd.DataFrame(
    {"month": ["March 2017", "April 2017", "May 2017", "June 2017"], "people": [28.0, 27.0, 26.2, 25.1]}
)
LOOK: dict[str, Any] = {"unit": "people a day", "source": "NHS England", "what": "Social care delays"}


def trend(frame: pd.DataFrame = MONTHS, **options: Any) -> charts.Chart:
    return charts.trend(frame, x="month", y="people", **({"title": "Delays fell"} | LOOK | options))


def test_a_chart_is_a_figure_with_title_alternative_caption_and_data() -> None:
    html = trend().html
    assert html.startswith('<figure class="pk-chart"><p class="pk-chart-title">Delays fell</p>')
    assert (
        'role="img" aria-label="Social care delays fell from 28 a day in March 2017 to 25.1 a day in June 2017."'
        in html
    )
    assert "<figcaption>Social care delays, people a day. Source: NHS England.</figcaption>" in html
    assert "<details><summary>Show the data" in html
    assert '<th scope="row">March 2017</th>' in html


@pytest.mark.parametrize("missing", ["title", "unit", "source"])
def test_a_chart_without_its_words_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match=f"A chart needs a {missing}"):
        trend(**{missing: " "})


def test_the_alternative_places_the_last_value_against_the_trajectory() -> None:
    target = pd.DataFrame({"month": ["March 2017", "June 2017"], "expected": [28.0, 24.5]})
    alt = trend(target=target, target_name="Trajectory", decimals=1).alt
    assert alt == (
        "Social care delays fell from 28.0 a day in March 2017 to 25.1 a day in June 2017, "
        "above the trajectory of 24.5 a day."
    )


def test_a_gap_stays_a_gap_and_is_said() -> None:
    gap = MONTHS.assign(people=[28.0, float("nan"), 26.2, 25.1])
    chart = trend(gap)
    assert "1 of 4 periods has no value." in chart.alt
    assert '<td class="pk-number pk-quiet">no value</td>' in chart.html
    assert "nan" not in chart.html.lower()


def test_illustrative_values_are_said_below() -> None:
    assert "All values are illustrative." in trend(MONTHS.assign(status="illustrative")).html
    mixed = MONTHS.assign(status=["illustrative", "final", "final", "final"])
    assert "1 of 4 values is illustrative." in trend(mixed).html


def test_several_lines_are_named_where_they_end() -> None:
    frame = MONTHS.assign(nhs=[66.0, 65.0, 64.0, 63.0])
    chart = charts.trend(
        frame, x="month", y={"people": "Social care", "nhs": "NHS"}, title="T", unit="people", source="S"
    )
    assert "Social care 25.1</text>" in chart.html
    assert "NHS 63</text>" in chart.html
    assert chart.alt.count("fell from") == 2


def test_periods_as_labels_read_as_councils_write_them() -> None:
    frame = pd.DataFrame({"month": pd.period_range("2017-04", periods=3, freq="M"), "people": [1.0, 2.0, 3.0]})
    assert "April 2017" in trend(frame).alt


@pytest.mark.parametrize("frame", [MONTHS.head(0), MONTHS.head(1), MONTHS.assign(people=float("nan"))])
def test_a_series_with_hardly_any_values_is_still_drawn(frame: pd.DataFrame) -> None:
    assert "<svg" in trend(frame).html


def test_bars_of_ratings_carry_their_numbers_and_stripes_for_red() -> None:
    counts = pd.DataFrame(
        {"priority": ["A", "B"], "green": [9, 0], "amber": [2, 0], "red": [1, 0], "not_rated": [2, 0]}
    )
    chart = charts.rag_bars(counts, by="priority", title="One is red", source="Returns")
    assert chart.alt == "A: 9 green, 2 amber, 1 red, 2 not rated. B: none."
    assert ">9</text>" in chart.html
    assert "<pattern" in chart.html
    assert "Number of indicators by rating. Source: Returns." in chart.html


def test_a_number_that_does_not_fit_its_bar_stands_beside_it() -> None:
    counts = pd.DataFrame({"who": ["A"], "green": [600], "amber": [0], "red": [1], "not_rated": [0]})
    chart = charts.rag_bars(counts, by="who", title="T", source="S")
    assert "1 red</text>" in chart.html


def test_bars_stand_longest_first_and_the_one_in_focus_stands_out() -> None:
    frame = pd.DataFrame({"reason": ["Housing", "Own home", "Disputes"], "days": [40.0, 612.0, 3.0]})
    chart = charts.ranked_bars(frame, label="reason", value="days", title="T", unit="days", source="S", focus="Housing")
    assert chart.alt == (
        "Own home is highest at 612 days and Disputes lowest at 3 days, of 3 shown. Housing is at 40 days, place 2."
    )
    drawn = re.findall(r">(Own home|Housing|Disputes)</text>", chart.html)
    assert drawn == ["Own home", "Housing", "Disputes"] * 2


def test_our_dot_is_named_and_those_without_value_are_counted() -> None:
    frame = pd.DataFrame({"area": ["Oxfordshire", "Kent", "York"], "rate": [38.2, 14.1, float("nan")]})
    chart = charts.dot_plot(
        frame,
        label="area",
        value="rate",
        focus="Oxfordshire",
        title="T",
        unit="days per 100,000",
        source="S",
        average=26.2,
    )
    assert "Oxfordshire 38.2</text>" in chart.html
    assert "One authority without a value left out." in chart.html
    assert chart.alt == (
        "Oxfordshire is at 38.2: no authority is higher and 1 is lower. "
        "Values run from 14.1 to 38.2; the average is 26.2."
    )


def test_a_focus_without_a_value_is_said() -> None:
    frame = pd.DataFrame({"area": ["Oxfordshire", "Kent"], "rate": [float("nan"), 14.1]})
    chart = charts.dot_plot(frame, label="area", value="rate", focus="Oxfordshire", title="T", unit="days", source="S")
    assert chart.alt.startswith("Oxfordshire has no value.")


def test_a_grid_of_ratings_is_a_table_with_a_letter_and_a_word_in_each_cell() -> None:
    frame = pd.DataFrame({"ref": ["7", "7", "9"], "quarter": ["Q4", "Q1", "Q1"], "rag": ["amber", "red", None]})
    chart = charts.heat_map(frame, row="ref", column="quarter", value="rag", title="T", source="S")
    assert chart.alt == "In Q1: 1 red, 1 not rated."
    assert '<span aria-hidden="true">R</span><span class="pk-unseen">Red</span>' in chart.html
    assert chart.html.count("Not rated</span>") == 2


def test_a_sparkline_leaves_gaps_and_needs_two_values() -> None:
    assert charts.sparkline([1.0, None, 3.0, 4.0]).count("M") == 2
    assert charts.sparkline([1.0, None]) == ""
    assert 'aria-hidden="true"' in charts.sparkline([1.0, 1.0])


def test_charts_of_one_page_share_no_id() -> None:
    charts_made = [trend(), trend(MONTHS.assign(people=1.0)), trend(title="Other")]
    ids = [name for chart in charts_made for name in re.findall(r' id="([^"]*)"', chart.html)]
    assert len(set(ids)) == len(ids)


def test_every_reference_in_a_drawing_leads_to_an_id_of_its_own() -> None:
    html = trend(target=24.5).html
    references = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert references
    assert references <= set(re.findall(r' id="([^"]*)"', html))


def test_a_drawing_follows_the_page_and_keeps_text_as_text() -> None:
    html = trend().html
    assert "var(--pk-accent,#12436d)" in html
    assert "25.1</text>" in html
    assert "font-family" not in html
    assert not re.search(r"<svg[^>]*(width|height)=", html)


def test_drawing_leaves_the_settings_of_matplotlib_as_they_were() -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 31.0, "svg.fonttype": "path"}):
        trend()
        assert mpl.rcParams["font.size"] == 31.0
        assert mpl.rcParams["svg.fonttype"] == "path"


def test_the_setting_of_the_reader_changes_no_drawing() -> None:
    import matplotlib as mpl

    plain = trend().html
    with mpl.rc_context({"lines.linewidth": 9.0, "axes.grid": True, "font.family": "serif"}):
        assert trend().html == plain


def test_frames_given_are_not_changed() -> None:
    before = MONTHS.copy(deep=True)
    trend(target=MONTHS.rename(columns={"people": "target"}))
    pd.testing.assert_frame_equal(MONTHS, before)


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from conftest import _everything, notebook_of
from perfkit.display.exporter import PerfkitExporter
import hashlib
page, _ = PerfkitExporter().from_notebook_node(notebook_of(*_everything()))
sys.stdout.write(hashlib.sha256(page.encode()).hexdigest())
"""


def test_two_processes_with_other_hash_seeds_and_time_zones_make_the_same_bytes(request: pytest.FixtureRequest) -> None:
    command = [sys.executable, "-c", PROGRAM, str(request.path.parent)]
    environments = [{"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland"}]
    running = [
        subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True)
        for environment in environments
    ]
    first, second = (process.communicate()[0] for process in running)
    assert len(first) == 64
    assert first == second


def test_a_chart_of_all_authorities_stays_light() -> None:
    areas = pd.DataFrame({"area": [f"Authority {n}" for n in range(151)], "rate": [n / 7 for n in range(151)]})
    chart = charts.dot_plot(
        areas, label="area", value="rate", focus="Authority 150", title="T", unit="days", source="S"
    )
    assert len(chart.html) < 45_000
