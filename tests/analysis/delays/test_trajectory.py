"""Delays against a straight line from a baseline to a target, and hours delivered against hours contracted."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError

MONTHS = ["2017-02", "2017-03", "2017-06", "2018-03", "2018-06"]


def monthly(*people: float) -> pd.DataFrame:
    return pd.DataFrame({"month": pd.PeriodIndex(MONTHS, freq="M"), "people_a_day": people})


def line(frame: pd.DataFrame, baseline: float = 28, target: float = 14) -> pd.DataFrame:
    return delays.against_target(
        frame, baseline=baseline, baseline_month="March 2017", target=target, target_month="March 2018"
    )


def test_the_councils_line_from_28_to_14() -> None:
    found = line(monthly(30, 28, 25.1, 14, 15))
    assert found["expected"].tolist()[1:] == [28, 24.5, 14, 14]
    assert found["distance"].round(1).tolist()[1:] == [0, 0.6, 0, 1]
    assert pd.isna(found["expected"][0])


def test_months_ahead_is_where_on_the_line_the_figure_lies() -> None:
    assert line(monthly(30, 28, 24.5, 14, 14))["months_ahead"].tolist()[1:4] == [0, 0, 0]
    assert line(monthly(30, 28, 21, 28, 14))["months_ahead"].tolist()[1:4] == [0, 3, -12]


def test_a_line_that_is_level_has_distance_but_no_months() -> None:
    found = line(monthly(30, 67, 66, 65, 66), baseline=66, target=66)
    assert found["distance"].tolist()[1:] == [1, 0, -1, 0]
    assert found["months_ahead"].isna().all()


def test_a_missing_figure_stays_missing() -> None:
    found = line(monthly(30, float("nan"), 25, 14, 14))
    assert found.loc[1, ["people_a_day", "distance", "months_ahead"]].isna().all()
    assert found.loc[1, "expected"] == 28


def test_the_target_must_come_after_the_baseline() -> None:
    with pytest.raises(ParameterError, match="The target's month, March 2017, is not after March 2018"):
        delays.against_target(
            monthly(1, 1, 1, 1, 1), baseline=1, baseline_month="March 2018", target=0, target_month="March 2017"
        )


def test_hours_delivered_against_hours_contracted() -> None:
    hours = pd.DataFrame({"month": pd.PeriodIndex(["2017-06"], freq="M"), "hours": [5976.4]})
    [found] = delays.delivered(hours, contracted=8920).to_dict("records")
    assert (round(found["share"], 2), round(found["shortfall"], 1)) == (0.67, 2943.6)
    with pytest.raises(ParameterError, match="0 hours contracted: expected a number above 0"):
        delays.delivered(hours, contracted=0)
