"""The charts of a whole council: which chart each series gets, from which figures, with which target, or why none."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.model.errors import ParameterError

QUARTERS = [f"{year}-{year - 1999} Q{q}" for year in (2014, 2015, 2016) for q in (1, 2, 3, 4)] + ["2017-18 Q1"]
LEVEL = [62.0, 61.0, 63.0, 62.0, 61.0, 63.0, 62.0, 61.0, 63.0, 62.0, 61.0, 63.0, 50.0]


def indicator(**changes: Any) -> pd.DataFrame:
    row = {"indicator": "a", "financial_year": "2017-18", "unit": "percent", "polarity": "higher"}
    return pd.DataFrame([row | {"series_type": "point"} | changes])


def figures(values: list[float], **more: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"indicator": "a", "period": QUARTERS[-len(values) :], "part": 1, "value": values})
    return frame.assign(**more)


def target(**changes: Any) -> pd.DataFrame:
    row = {"indicator": "a", "period": "2017-18", "part": 1, "role": "target", "kind": "threshold", "low": 60.0}
    return pd.DataFrame([row | {"high": float("nan"), "basis": "level", "profile": None} | changes])


def charted(values: pd.DataFrame, kinds: pd.DataFrame, targets: pd.DataFrame | None = None) -> pd.Series[Any]:
    goals = target() if targets is None else targets
    return spc.charts(values, kinds, goals, quarter="2017-18 Q1").summary.iloc[0]


def test_thirteen_points_make_a_chart_with_both_icons() -> None:
    found = charted(figures(LEVEL), indicator())
    assert found[["chart", "variation", "assurance", "points", "trial", "period"]].tolist() == [
        "xmr", "concern low", "hit and miss", 13, True, "2017-18 Q1",
    ]  # fmt: skip
    assert found["reason"] == ""


def test_short_and_annual_series_make_a_run_chart_without_icons() -> None:
    short = charted(figures(LEVEL[:9]), indicator())
    assert short[["chart", "variation", "assurance"]].tolist() == ["run", "", ""]
    assert short["reason"] == "Not enough data: 9 of 12 points, so a run chart with the median."
    years = pd.DataFrame({"indicator": "a", "period": ["2015-16", "2016-17"], "value": [60.0, 61.0]})
    assert charted(years, indicator())["reason"].startswith("Not enough data: annual figures")


def test_a_running_count_is_taken_apart_and_held_against_a_quarter_of_the_target() -> None:
    single = [100.0, 110.0, 105.0, 108.0] * 3 + [104.0]
    totals = [sum(single[n - n % 4 : n + 1]) for n in range(13)]
    made = spc.charts(
        figures(totals),
        indicator(series_type="ytd", unit="count"),
        target(low=440.0, basis="year", profile="equal"),
        quarter="2017-18 Q1",
    )
    assert made.points["value"].tolist() == single
    assert made.points["target"].iloc[-1] == 110.0
    assert bool(made.summary["single"].item())


def test_a_running_count_with_a_seasonal_profile_has_no_level_target_and_no_assurance() -> None:
    totals = [float(10 * (n % 4 + 1)) for n in range(13)]
    goal = target(low=40.0, basis="year", profile="20/25/25/30")
    found = charted(figures(totals), indicator(series_type="ytd", unit="count"), goal)
    assert found["chart"] == "xmr"
    assert found["assurance"] == ""


def test_a_running_share_is_refused_without_its_numbers_and_charted_with_them() -> None:
    kinds = indicator(series_type="ytd")
    refused = charted(figures(LEVEL), kinds)
    assert refused["chart"] == ""
    assert refused["reason"].startswith("A year-to-date percentage cannot be taken apart into single quarters")
    tops = [float(6 * (n % 4 + 1)) for n in range(13)]
    bottoms = [float(10 * (n % 4 + 1)) for n in range(13)]
    made = spc.charts(figures([60.0] * 13, numerator=tops, denominator=bottoms), kinds, target(), quarter="2017-18 Q1")
    assert made.points["value"].tolist() == [60.0] * 13


@pytest.mark.parametrize(
    ("series_type", "reason"), [("rolling", "Neighbouring figures of a rolling series"), ("milestone", "A milestone")]
)
def test_series_that_a_chart_would_misread_are_refused_with_the_reason(series_type: str, reason: str) -> None:
    found = charted(figures(LEVEL), indicator(series_type=series_type))
    assert found["chart"] == ""
    assert found["reason"].startswith(reason)


def test_an_indicator_without_a_figure_is_kept_with_the_reason() -> None:
    found = charted(figures(LEVEL).assign(indicator="b"), indicator())
    assert found[["chart", "reason", "points"]].tolist() == ["", "There is no figure.", 0]
    missing = charted(figures([float("nan")] * 13), indicator())
    assert missing["reason"] == "There is no figure."


def test_figures_after_the_quarter_and_whole_years_beside_quarters_are_left_out() -> None:
    more = pd.DataFrame({"indicator": "a", "period": ["2016-17", "2017-18 Q2"], "part": 1, "value": [99.0, 99.0]})
    made = spc.charts(pd.concat([figures(LEVEL), more]), indicator(), target(), quarter="2017-18 Q1")
    assert made.points["period"].tolist() == QUARTERS


def test_of_a_pair_the_first_part_is_charted() -> None:
    both = pd.concat([figures(LEVEL), figures([1.0] * 13, part=2)])
    assert spc.charts(both, indicator(), target(), quarter="2017-18 Q1").points["value"].tolist() == LEVEL


def test_a_declared_break_begins_a_new_group() -> None:
    made = spc.charts(
        figures(LEVEL), indicator(), target(), quarter="2017-18 Q1", breaks={"a": ["2016-17 Q4", "2019-20 Q1"]}
    )
    assert made.summary["reason"].item() == "Not enough data: 2 of 12 points, so a run chart with the median."


def test_a_range_is_held_against_the_edge_that_counts() -> None:
    goal = target(kind="range", low=55.0, high=65.0)
    for polarity, edge in (("higher", 55.0), ("lower", 65.0)):
        made = spc.charts(figures(LEVEL), indicator(polarity=polarity), goal, quarter="2017-18 Q1")
        assert made.points["target"].iloc[-1] == edge


def test_a_series_that_cannot_be_read_is_kept_with_the_reason_and_spoils_no_other() -> None:
    both = pd.concat([figures(LEVEL), figures(LEVEL)])
    kinds = pd.concat([indicator(), indicator(indicator="b")], ignore_index=True)
    made = spc.charts(pd.concat([both, figures(LEVEL).assign(indicator="b")]), kinds, target(), quarter="2017-18 Q1")
    assert made.summary["chart"].tolist() == ["", "xmr"]
    assert "stands twice in the data" in made.summary["reason"][0]


def test_an_unknown_rule_set_is_refused() -> None:
    with pytest.raises(ParameterError, match='Rule set "nhs" is not known: use ptd or mdc_excel'):
        spc.charts(figures(LEVEL), indicator(), target(), quarter="2017-18 Q1", rules="nhs")


def test_no_indicator_at_all_gives_empty_frames() -> None:
    made = spc.charts(figures(LEVEL), indicator().iloc[:0], target(), quarter="2017-18 Q1")
    assert made.points.empty
    assert made.summary.empty


def test_figures_that_are_all_missing_give_no_points_but_their_columns() -> None:
    made = spc.charts(figures([float("nan")] * 13), indicator(), target(), quarter="2017-18 Q1")
    assert len(made.points.groupby("indicator")) == 0
    assert {"period", "value", "chart"} <= set(made.points)
