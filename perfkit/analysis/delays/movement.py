"""Is it getting better? A quarter against the one a year before, and the year so far against the last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.series import by_month
from perfkit.model import periods
from perfkit.model.schemas import ALL, ATTRIBUTIONS

STEADY = 2.0
"""Per cent of change below which two quarters are called much the same."""
_LINES = (ALL, *ATTRIBUTIONS)


def since(frame: pd.DataFrame, *, area: str, quarter: str) -> str:
    """Label the period that a quarter is held against: the same quarter a year before, else the newest within the year.

    Needs month, area and delayed_days. Gives "" where the area has no figure for the four quarters before. Raises
    `ParameterError` for an unknown area.

    >>> frame = pd.DataFrame({"month": pd.PeriodIndex(["2016-12", "2017-04"], freq="M"), "area": "A",
    ...     "delayed_days": [1.0, 2.0]})
    >>> [since(frame, area="A", quarter=quarter) for quarter in ("2017-18 Q1", "2017-18 Q3", "2018-19 Q3")]
    ['2016-17 Q3', '2016-17 Q3', '']
    """
    selection.check_area(frame, area)
    known = frame.loc[(frame["area"] == area) & frame["delayed_days"].notna(), "month"].unique()
    now = periods.parse(quarter, expect="quarter")
    there = {month.asfreq("Q-MAR") for month in known}
    wanted = [now - 4, now - 1, now - 2, now - 3]
    return next((periods.label(earlier) for earlier in wanted if earlier in there), "")


def whole_year(frame: pd.DataFrame, *, quarter: str) -> str:
    """Label the period that areas are compared over: the last full financial year, else the quarter itself.

    Needs month. The year counts only where each of its twelve months is there.

    >>> year = pd.DataFrame({"month": pd.period_range("2016-04", "2017-06", freq="M")})
    >>> whole_year(year, quarter="2017-18 Q1"), whole_year(year.tail(5), quarter="2017-18 Q1")
    ('2016-17', '2017-18 Q1')
    """
    year = periods.last_full_year(quarter)
    wanted = {month.ordinal for month in periods.months_of(periods.parse(year))}
    return year if wanted <= set(frame["month"].astype("int64").unique()) else quarter


def movement(frame: pd.DataFrame, *, area: str, quarter: str, before: str) -> pd.DataFrame:
    """Hold people delayed a day in a quarter against an earlier period, in all and by attribution.

    Needs the columns of `delays`; ``before`` is the label of `since`, or "" for none. Gives attribution, now and before
    (people a day), change, percent (of before), verdict: better, worse, much the same (within 2 per cent) or "", and
    months and months_before, how many of either quarter's months have a figure.
    """
    return pd.DataFrame([_moved(frame, area, line, quarter, before) for line in _LINES])


def _moved(frame: pd.DataFrame, area: str, line: str, quarter: str, before: str) -> dict[str, Any]:
    now, months = _daily(frame, area, line, quarter)
    then, months_then = _daily(frame, area, line, before) if before else (float("nan"), 0)
    percent = (now - then) / then * 100 if then else float("nan")
    return {"attribution": line, "now": now, "before": then, "change": now - then, "percent": percent,
            "verdict": _verdict(percent), "months": months, "months_before": months_then}  # fmt: skip


def _verdict(percent: float) -> str:
    if percent != percent:
        return ""
    if abs(percent) < STEADY:
        return "much the same"
    return "worse" if percent > 0 else "better"


def _daily(frame: pd.DataFrame, area: str, line: str, quarter: str) -> tuple[float, int]:
    days, calendar, known = _total(frame, area, line, selection.months(quarter))
    return days / calendar if calendar else float("nan"), len(known)


def _total(frame: pd.DataFrame, area: str, line: str, months: pd.PeriodIndex) -> tuple[float, float, list[int]]:
    rows = by_month(frame, area=area, attribution=line, first=months[0], last=months[-1])
    known = rows[rows["delayed_days"].notna()]
    ordinals = [month.ordinal for month in known["month"]]
    return float(known["delayed_days"].sum()), float(known["calendar_days"].sum()), ordinals


def year_so_far(frame: pd.DataFrame, *, area: str, quarter: str) -> pd.DataFrame:
    """Add up delayed days from April to the end of a quarter, beside the same months of the year before.

    Needs the columns of `delays`. Gives attribution, months (with a figure), days, days_before (missing unless the same
    months are there), change, people_a_day and people_a_day_before.
    """
    end = selection.months(quarter)[-1]
    first = periods.months_of(periods.year_of(periods.parse(quarter)))[0]
    now = pd.period_range(first, end, freq="M")
    rows = [_so_far(frame, area, line, now) for line in _LINES]
    return pd.DataFrame(rows)


def _so_far(frame: pd.DataFrame, area: str, line: str, months: pd.PeriodIndex) -> dict[str, Any]:
    days, calendar, known = _total(frame, area, line, months)
    then, calendar_then, known_then = _total(frame, area, line, months - 12)
    if [month + 12 for month in known_then] != known:
        then, calendar_then = float("nan"), float("nan")
    return {"attribution": line, "months": len(known), "days": days, "days_before": then, "change": days - then,
            "people_a_day": days / calendar if calendar else float("nan"),
            "people_a_day_before": then / calendar_then if calendar_then else float("nan")}  # fmt: skip
