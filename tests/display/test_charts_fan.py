"""Fan charts: where the year ends, how likely the target is and how sure we are, for every verdict."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from perfkit.display import charts, outlook_titles

HISTORY = pd.DataFrame(
    {
        "period": ["2016-17 Q1", "2016-17 Q2", "2016-17 Q3", "2016-17 Q4", "2017-18 Q1"],
        "value": [60.0, 61.0, 62.0, 63.0, 64.0],
        "status": ["final", "final", "final", "final", "illustrative"],
    }
)
PATH = pd.DataFrame(
    {
        "period": ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"],
        "mean": [64.5, 65.0, 65.5],
        "low80": [63.0, 62.5, 62.0],
        "high80": [66.0, 67.5, 69.0],
        "low95": [62.0, 61.0, 60.0],
        "high95": [67.0, 69.0, 71.0],
    }
)
ROW: dict[str, Any] = {
    "title": "Visits on time", "unit": "percent", "decimals": 1, "series_type": "point", "year": "2017-18",
    "year_end": 65.5, "low80": 62.0, "high80": 69.0, "low95": 60.0, "high95": 71.0, "goal_low": 64.0,
    "goal_high": float("nan"), "probability": 0.72, "verdict": "uncertain", "met": pd.NA, "confidence": "standard",
    "points": 9,
}  # fmt: skip
NOTHING = {"probability": float("nan"), "verdict": "", "year_end": float("nan"), "low80": float("nan")}


def fan_of(**changed: Any) -> charts.Chart:
    return charts.fan(HISTORY, PATH, ROW | changed, source="Returns")


def words_of(html: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


@pytest.mark.parametrize(
    ("changed", "title", "first"),
    [
        (
            {},
            "Visits on time: it is uncertain whether the target of at least 64% will be met",
            "Chance of meeting target: 72%, uncertain",
        ),
        (
            {"probability": 0.9, "verdict": "likely"},
            "Visits on time: the target of at least 64% is likely to be met",
            "Chance of meeting target: 90%, likely",
        ),
        (
            {"probability": 0.004, "verdict": "unlikely"},
            "Visits on time: the target of at least 64% is unlikely to be met",
            "Chance of meeting target: under 1%, unlikely",
        ),
        (
            {"met": True, "probability": 1.0},
            "Visits on time: the target of at least 64% is already met",
            "Target: already met",
        ),
        (
            {"met": False, "probability": 0.0},
            "Visits on time: the target of at least 64% can no longer be met",
            "Target: can no longer be met",
        ),
        (
            {"confidence": "wide", "probability": float("nan"), "verdict": ""},
            "Visits on time may end 2017-18 at 65.5%, from few figures",
            "Target: no probability can be given",
        ),
        (
            NOTHING | {"confidence": "insufficient data"},
            "Visits on time: too few figures to say where 2017-18 will end",
            "Target: no probability can be given",
        ),
    ],
)
def test_title_and_words_on_the_chart_say_the_verdict(changed: dict[str, Any], title: str, first: str) -> None:
    made = fan_of(**changed)
    assert made.title == title
    assert words_of(made.html)[-3] == first


def test_the_second_figure_of_a_pair_is_not_told_as_the_first() -> None:
    made = fan_of(part=2)
    assert made.title.startswith("Visits on time (the second figure): ")
    assert made.alt.startswith("Visits on time (the second figure) stood at ")
    assert "Visits on time (the second figure), to the end of 2017-18" in made.html
    assert "second figure" not in fan_of(part=1).html


def test_the_alternative_says_projection_intervals_and_target() -> None:
    assert fan_of().alt == (
        "Visits on time stood at 64.0% in 2017-18 Q1. 2017-18 is projected to end at 65.5%: the 80% interval runs from "
        "62.0% to 69.0%, the 95% interval from 60.0% to 71.0%. The target is at least 64%; probability of meeting "
        "it: 72%, uncertain."
    )


def test_how_sure_it_is_stands_on_the_chart_and_below_it() -> None:
    made = fan_of(confidence="low", points=6)
    assert words_of(made.html)[-1] == "Low confidence, from 6 quarters"
    assert "How sure: low confidence, from 6 quarters." in made.html
    assert words_of(fan_of(confidence="wide", points=5).html)[-1] == "Very unsure: few figures, from 5 quarters"


def test_both_bands_the_projection_and_the_target_are_named() -> None:
    made = fan_of()
    assert "80% interval" in made.html
    assert "95% interval" in made.html
    assert {"Target, at least 64%", "Projection 65.5%", "Target 64%", "Ends 65.5%"} <= set(words_of(made.html))
    assert made.html.count("fill-opacity: 0.16") == 2
    assert made.html.count("fill-opacity: 0.3") == 2


def test_a_band_has_both_its_edges() -> None:
    said = words_of(fan_of(goal_high=67.0).html)
    assert {"Target, at least 64%", "Target, at most 67%"} <= set(said)
    assert outlook_titles.target(ROW | {"goal_high": 67.0}) == "64% to 67%"


def test_a_year_that_is_over_says_how_it_ended_and_has_no_fan() -> None:
    over = HISTORY.assign(period=["2016-17 Q4", "2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4"])
    row = ROW | {"confidence": "known", "year_end": 64.0, "met": True, "probability": 1.0, "verdict": "likely"}
    made = charts.fan(over, PATH.iloc[:0], row, source="Returns")
    assert made.title == "Visits on time ended 2017-18 at 64.0%: the target of at least 64% was met"
    assert "2017-18 ended at 64.0%" in made.alt
    assert "fill-opacity" not in made.html
    assert "80% interval" not in made.html
    missed = outlook_titles.fan_title(row | {"met": False})
    assert missed == "Visits on time ended 2017-18 at 64.0%: the target of at least 64% was missed"


def test_totals_are_broken_at_each_year_and_the_fan_opens_from_what_is_there() -> None:
    made = fan_of(series_type="ytd")
    whole = re.findall(r'<svg viewBox="0 0 760.*?</svg>', made.html, re.S)[0]
    line = [d for d in re.findall(r'<path d="([^"]*)" style="[^"]*--pk-ink', whole) if d.count("L") >= 3]
    assert len(line) == 1
    assert "Visits on time, year to date, to the end of 2017-18" in made.html


def test_a_new_years_total_does_not_open_from_last_years() -> None:
    before = HISTORY.iloc[:4]
    path = pd.concat([PATH.iloc[:1].assign(period="2017-18 Q1"), PATH], ignore_index=True)
    row = ROW | {"series_type": "ytd"}
    made = charts.fan(before, path, row, source="Returns")
    level = charts.fan(before, path, ROW, source="Returns")
    points = [len(re.findall(r"[ML]", d)) for d in _bands(made.html)]
    assert points == [n - 2 for n in (len(re.findall(r"[ML]", d)) for d in _bands(level.html))]


def _bands(html: str) -> list[str]:
    keys = re.findall(r'<use href="#([^"]+)"[^>]*fill-opacity: 0\.3', html)
    return [re.findall(rf'<path id="{key}" d="([^"]*)"', html)[0] for key in keys]


def test_illustrative_values_are_said() -> None:
    assert "1 of 5 values is illustrative." in fan_of().html


def test_what_to_know_before_trusting_it_stands_below() -> None:
    assert "Figures come 1 quarter late." in fan_of(warnings="figures come 1 quarter late").html


def test_the_data_hold_history_and_path() -> None:
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', fan_of().html)
    assert [name for name, _ in rows] == [*HISTORY["period"], *PATH["period"]]
    assert re.findall(r"<td>(.*?)</td>", rows[-1][1])[1:] == ["65.5%", "62.0%", "69.0%", "60.0%", "71.0%"]


def test_months_and_a_missing_quarter_keep_their_distance() -> None:
    months = pd.DataFrame({"period": ["April 2017", "May 2017", "June 2017"], "value": [62.0, 63.0, 64.0]})
    assert charts.fan(months, PATH, ROW, source="Returns").alt.startswith("Visits on time stood at 64.0% in June 2017.")


def test_hostile_titles_are_escaped() -> None:
    made = fan_of(title='<script>alert("x")</script>')
    assert "<script" not in made.html
    assert "&lt;script&gt;" in made.html


def test_the_same_fan_is_the_same_bytes_and_leaves_its_frames_alone() -> None:
    before = HISTORY.copy(), PATH.copy()
    assert fan_of().html == fan_of().html
    pd.testing.assert_frame_equal(HISTORY, before[0])
    pd.testing.assert_frame_equal(PATH, before[1])


def test_a_compact_fan_is_drawn_once() -> None:
    compact = charts.fan(HISTORY, PATH, ROW, source="Returns", compact=True)
    assert compact.html.count('class="pk-drawing"') == 1
    assert "pk-narrow" not in compact.html
    assert len(compact.html) < 0.6 * len(fan_of().html)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no figure of Visits on time to draw"):
        charts.fan(HISTORY.iloc[:0], PATH.iloc[:0], ROW, source="Returns")
