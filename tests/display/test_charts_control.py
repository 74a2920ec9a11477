"""Control charts: what the reader sees, what the screen reader says, and that no text of a workbook becomes markup."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.display import charts, outlook_titles

QUARTERS = [f"{year}-{year - 1999} Q{q}" for year in (2014, 2015, 2016) for q in (1, 2, 3, 4)] + ["2017-18 Q1"]
VISITS = [905, 890, 911, 897, 902, 888, 909, 894, 906, 899, 903, 892, 833]
LOOK = {"unit": "count", "source": "Returns", "what": "Visits"}


def chart_of(values: list[float], **settings: object) -> pd.DataFrame:
    frame = pd.DataFrame({"period": QUARTERS[-len(values) :], "value": values})
    return spc.xmr(frame, **settings)  # type: ignore[arg-type]


def svgs(html: str) -> list[str]:
    return re.findall(r'<svg viewBox="0 0 (?:760|320).*?</svg>', html, re.S)


def test_a_point_below_the_limits_is_a_diamond_with_a_word_and_stands_in_the_alternative() -> None:
    points = chart_of(VISITS, target=880)
    made = charts.control(points, title="Visits fell", **LOOK)
    assert made.alt == (
        "Control chart of 13 points, 2014-15 Q1 to 2017-18 Q1: mean 894.5, limits 860.9 to 928.2, target 880. "
        "The latest is 833 in 2017-18 Q1, below the lower limit: cause for concern."
    )
    assert '<path d="M8 2 14 8 8 14 2 8z"/></svg>Concern' in made.html
    assert "--pk-shape-amber" in svgs(made.html)[0]


def test_improvement_and_concern_differ_in_shape() -> None:
    better, worse = (charts.control(chart_of(VISITS, polarity=p), title="T", **LOOK) for p in ("lower", "higher"))
    assert '<circle cx="8" cy="8" r="6"/></svg>Improvement' in better.html
    assert "Concern" not in better.html
    assert '<path d="M8 2 14 8 8 14 2 8z"/></svg>Concern' in worse.html


def test_the_rule_set_and_trial_limits_are_printed_on_the_chart_and_below_it() -> None:
    made = charts.control(chart_of(VISITS), title="T", **LOOK)
    assert all("Rules: Plot the Dots, trial limits" in drawing for drawing in svgs(made.html))
    assert "Making Data Count rules, rule set ptd; trial limits from 13 points." in made.html
    other = charts.control(chart_of(VISITS, rules="mdc_excel"), title="T", **LOOK)
    assert "Rules: Excel tool, trial limits" in other.html


def test_twenty_points_make_limits_that_are_no_longer_on_trial() -> None:
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=20), "value": [5.0, 6.0, 5.0, 4.0] * 5})
    made = charts.control(spc.xmr(frame), title="T", **LOOK)
    assert "trial" not in made.html
    assert "limits from 20 points" in made.html


def test_lines_are_named_with_their_figures() -> None:
    drawing = svgs(charts.control(chart_of(VISITS, target=880), title="T", **LOOK, decimals=0).html)[0]
    for said in ("Upper limit 928", "Mean 895", "Target 880", "Lower limit 861"):
        assert f">{said}</text>" in drawing


def test_a_quarter_of_a_years_target_keeps_its_decimal_where_counts_are_whole() -> None:
    chart = charts.control(chart_of(VISITS, target=890.5), title="T", **LOOK, decimals=0)
    assert "target 890.5." in chart.alt
    assert ">Target 890.5<" in chart.html
    assert "target 880." in charts.control(chart_of(VISITS, target=880), title="T", **LOOK, decimals=0).alt


def test_a_short_series_is_a_run_chart_without_limits_or_special_causes() -> None:
    frame = pd.DataFrame({"period": QUARTERS[:9], "value": VISITS[:9]})
    made = charts.control(spc.runs(frame), title="T", **LOOK)
    assert made.alt == ("Run chart of 9 points, 2014-15 Q1 to 2016-17 Q1: median 902. The latest is 906 in 2016-17 Q1.")
    assert "Run chart: too few points for limits" in made.html
    assert "Concern" not in made.html


def test_a_rebase_draws_the_lines_of_each_group_in_the_data() -> None:
    points = chart_of([float(v) for v in [10, 11, 10, 9, 10, 11, 10, 20, 21, 20, 19, 20, 21]], rebase=["2015-16 Q4"])
    made = charts.control(points, title="T", **LOOK)
    assert '<th scope="col" class="pk-number">Mean</th>' in made.html
    assert "10.1" in made.html
    assert "20.2" in made.html


def test_lines_that_are_level_stand_in_the_caption_of_the_data() -> None:
    made = charts.control(chart_of(VISITS), title="T", **LOOK, decimals=0)
    assert "Data: T (upper limit 928.2, mean 894.5, lower limit 860.9)" in made.html


def test_a_latest_point_without_a_value_is_said() -> None:
    points = chart_of([*VISITS[:12], float("nan")])
    assert charts.control(points, title="T", **LOOK).alt.endswith("The latest, 2017-18 Q1, has no value.")
    assert outlook_titles.control_title("Visits", points) == "Visits: no figure for quarter 1 of 2017-18"


def test_a_compact_chart_is_drawn_once_and_takes_less_room() -> None:
    whole, compact = (charts.control(chart_of(VISITS), title="T", **LOOK, compact=flag) for flag in (False, True))
    assert len(svgs(whole.html)) == 2
    assert len(svgs(compact.html)) == 1
    assert len(compact.html) < 0.6 * len(whole.html)
    assert compact.alt == whole.alt
    assert f'aria-label="{compact.alt}"' in compact.html


def test_hostile_words_are_escaped_wherever_they_stand() -> None:
    title = '</svg><script>alert("x")</script>'
    made = charts.control(chart_of(VISITS), title=title, unit="count", source="<b>", what="<i onload=x>")
    assert "<script" not in made.html
    assert "<b>" not in made.html
    assert "<i onload" not in made.html


def test_the_same_chart_is_the_same_bytes_and_leaves_its_frame_alone() -> None:
    points = chart_of(VISITS)
    before = points.copy()
    assert charts.control(points, title="T", **LOOK).html == charts.control(points, title="T", **LOOK).html
    pd.testing.assert_frame_equal(points, before)


def test_no_points_are_refused() -> None:
    with pytest.raises(ValueError, match="The chart 'T' has no points to draw"):
        charts.control(pd.DataFrame(), title="T", **LOOK)


STEP = [10.0, 11.0, 10.0, 9.0, 10.0, 11.0, 10.0, 9.0, 10.0, 11.0]
TITLES = {
    "above": ([*STEP, 10.0, 9.0, 40.0], "Visits rose above the limits in quarter 1 of 2017-18"),
    "below": ([*STEP, 10.0, 9.0, -30.0], "Visits fell below the limits in quarter 1 of 2017-18"),
    "rising": ([2, 18, 2, 18, 2, 18, 7, 8, 9, 10, 11, 12, 13], "Visits kept rising up to quarter 1 of 2017-18"),
    "falling": ([2, 18, 2, 18, 2, 18, 13, 12, 11, 10, 9, 8, 7], "Visits kept falling up to quarter 1 of 2017-18"),
    "usual": ([*STEP, 10.0, 9.0, 10.0], "Visits: no significant change up to quarter 1 of 2017-18"),
    "same": ([7.0] * 13, "Visits: every value is the same"),
}


@pytest.mark.parametrize("name", TITLES)
def test_titles_are_made_from_the_latest_point(name: str) -> None:
    values, title = TITLES[name]
    assert outlook_titles.control_title("Visits", chart_of(values)) == title


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("two of three high", "Visits came close to the upper limit twice in the three periods up to June 2017"),
        ("two of three low", "Visits came close to the lower limit twice in the three periods up to June 2017"),
        ("shift high", "Visits stayed above the mean up to June 2017"),
        ("shift low", "Visits stayed below the mean up to June 2017"),
        ("trend up", "Visits kept rising up to June 2017"),
        ("outside low", "Visits stayed below the limits in June 2017"),
    ],
)
def test_every_special_cause_has_its_words(cause: str, said: str) -> None:
    points = pd.DataFrame(
        {"period": ["May 2017", "June 2017"], "value": [4.0, 5.0], "special_cause": cause, "group": 0}
    )
    assert outlook_titles.control_title("Visits", points) == said


def test_words_know_every_special_cause_of_the_analysis() -> None:
    assert outlook_titles.CAUSES == spc.CAUSES
