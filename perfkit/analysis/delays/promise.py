"""What the council promised about its delays, from the framework's targets."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.series import by_month
from perfkit.analysis.delays.trajectory import against_target
from perfkit.model import periods

_COLUMNS = ["month", "people_a_day", "expected", "distance", "months_ahead"]


def against_promise(monthly: pd.DataFrame, targets: pd.DataFrame, *, indicator: str) -> pd.DataFrame:
    """Hold people delayed a day against the straight line of an indicator's target.

    Needs month and people_a_day (as `by_month` gives) and of ``targets`` the columns indicator, period, role, low,
    baseline and baseline_period. Gives the columns of `against_target`; where the framework has no target with a
    baseline for the indicator the expected figures are missing.

    >>> monthly = pd.DataFrame({"month": [pd.Period("2017-06", "M")], "people_a_day": [25.0]})
    >>> targets = pd.DataFrame({"indicator": ["delayed"], "period": ["2017-18"], "role": ["target"], "low": [14.0],
    ...     "baseline": [28.0], "baseline_period": ["March 2017"]})
    >>> against_promise(monthly, targets, indicator="delayed")["expected"].tolist()
    [24.5]
    """
    mine = targets[(targets["indicator"] == indicator) & targets["baseline"].notna() & targets["low"].notna()]
    if mine.empty:
        known = monthly[["month", "people_a_day"]].reset_index(drop=True)
        return known.assign(expected=float("nan"), distance=float("nan"), months_ahead=float("nan"))[_COLUMNS]
    promise = mine.iloc[0]
    return against_target(
        monthly,
        baseline=float(promise["baseline"]),
        baseline_month=_last_month(promise["baseline_period"]),
        target=float(promise["low"]),
        target_month=_last_month(promise["period"]),
    )


def promised(
    frame: pd.DataFrame, targets: pd.DataFrame, *, area: str, attribution: str, indicator: str, months: int = 15
) -> pd.DataFrame:
    """Hold an area's last months against an indicator's promise, months written as labels, for a chart.

    Gives the columns of `against_promise` and the figures' status.
    """
    monthly = selection.every_month(by_month(frame, area=area, attribution=attribution), months)
    held = against_promise(monthly, targets, indicator=indicator)
    return held.assign(status=monthly["status"], month=[periods.label(month) for month in held["month"]])


def _last_month(label: str) -> str:
    return periods.label(periods.months_of(periods.parse(label))[-1])
