"""Delays against what was promised: a straight line from a baseline month to a target month."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.selection import Label
from perfkit.model import periods
from perfkit.model.errors import ParameterError


def against_target(
    monthly: pd.DataFrame, *, baseline: float, baseline_month: Label, target: float, target_month: Label
) -> pd.DataFrame:
    """Hold people delayed a day against a straight line from a baseline to a target that is lower.

    Needs month and people_a_day (as `by_month` gives). Gives month, people_a_day, expected (people a day on the line;
    the target after its month, missing before the baseline's), distance (actual less expected; above 0 is worse) and
    months_ahead (how much sooner than the line the figure was reached; below 0 is behind; missing where baseline and
    target are equal). Raises `ParameterError` where the target's month is not after the baseline's.

    >>> monthly = pd.DataFrame({"month": [pd.Period("2017-06", "M")], "people_a_day": [25.0]})
    >>> line = against_target(monthly, baseline=28, baseline_month="March 2017", target=14, target_month="March 2018")
    >>> line["expected"].tolist(), line["distance"].tolist(), line["months_ahead"].round(2).tolist()
    ([24.5], [0.5], [-0.43])
    """
    begin, end = selection.month(baseline_month), selection.month(target_month)
    length = (end - begin).n
    if length <= 0:
        raise ParameterError(f"The target's month, {periods.label(end)}, is not after {periods.label(begin)}.")
    passed = monthly["month"].astype("int64") - begin.ordinal
    slope = (target - baseline) / length
    expected = (baseline + slope * passed.clip(upper=length)).where(passed >= 0).astype("float64")
    actual = monthly["people_a_day"].astype("float64")
    ahead = (actual - baseline) / slope - passed if slope else pd.Series(float("nan"), index=monthly.index)
    return pd.DataFrame(
        {
            "month": monthly["month"],
            "people_a_day": actual,
            "expected": expected,
            "distance": actual - expected,
            "months_ahead": ahead.where(passed >= 0).astype("float64"),
        }
    ).reset_index(drop=True)


def delivered(hours: pd.DataFrame, *, contracted: float) -> pd.DataFrame:
    """Hold hours of care delivered against the hours contracted for a month.

    Needs month and hours. Gives month, hours, contracted, share (delivered ÷ contracted) and shortfall (hours).
    Raises `ParameterError` where nothing is contracted.

    >>> september = pd.DataFrame({"month": pd.PeriodIndex(["2017-06"], freq="M"), "hours": [5976.4]})
    >>> delivered(september, contracted=8920)["share"].round(2).tolist()
    [0.67]
    """
    if contracted <= 0:
        raise ParameterError(f"{contracted:g} hours contracted: expected a number above 0.")
    return hours[["month", "hours"]].assign(
        contracted=float(contracted), share=hours["hours"] / contracted, shortfall=contracted - hours["hours"]
    )
