"""Periods of every calendar in one dimension: financial ones by their label, those of other years by calendar too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, cast

import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParseError

_KEY = re.compile(r"(?P<label>.+) \((?P<calendar>academic|calendar|reporting)\)")
_DAY = re.compile(r"(?P<week>week of )?(?P<day>\d{4}-\d\d-\d\d)")
_FINANCIAL = "financial"


def keys(labels: pd.Series[Any], calendars: pd.Series[Any]) -> pd.Series[Any]:
    """Give the keys of periods: their labels, with the calendar in brackets where that is not the financial year.

    A month is the same month in every calendar.

    >>> keys(pd.Series(["2017-18", "2017-18", "2025", "May 2017"]), pd.Series(["financial", "academic", "reporting",
    ...     "academic"])).tolist()
    ['2017-18', '2017-18 (academic)', '2025 (reporting)', 'May 2017']
    """
    months = [label for label in labels.unique() if described(str(label))["kind"] == "month"]
    plain = calendars.eq(_FINANCIAL) | labels.isin(months)
    return labels.where(plain, labels + " (" + calendars + ")")


def describe(used: Iterable[str]) -> pd.DataFrame:
    """Describe the periods of these keys, and the financial years that hold them, in order of time."""
    rows = {key: described(key) for key in used}
    held = {row["financial_year"] for row in rows.values()} - {None, *rows}
    frame = pd.DataFrame([*rows.values(), *map(described, held)])
    order = ["ends", "starts", "period"]
    ordered = frame.sort_values(order, ascending=[True, False, True], kind="stable", na_position="last")
    return ordered.assign(place=range(1, len(ordered) + 1))


def described(key: str) -> dict[str, Any]:
    """Describe one period by its key.

    >>> {name: described("2017-18 (academic)")[name] for name in ("label", "kind", "calendar", "starts")}
    {'label': '2017-18', 'kind': 'year', 'calendar': 'academic', 'starts': Timestamp('2017-09-01 00:00:00')}
    >>> described("2022-04-01")["month"], described("2022-04-01")["financial_year"]
    ('April 2022', '2022-23')
    """
    match = _KEY.fullmatch(key)
    label, calendar = (match["label"], match["calendar"]) if match else (key, _FINANCIAL)
    kind, starts, ends = _extent(label, calendar)
    if match is None:
        calendar = {"other": None, "day": "calendar", "week": "calendar", "month": "calendar"}.get(kind, calendar)
    known = {"period": key, "label": label, "kind": kind, "calendar": calendar, "starts": starts, "ends": ends,
             "financial_year": None, "quarter": None, "month": None}  # fmt: skip
    return known if starts is pd.NaT else known | _within(kind, starts, ends)


def _extent(label: str, calendar: str) -> tuple[str, Any, Any]:
    """Give the kind of a period, its first and its last day."""
    try:
        if match := _DAY.fullmatch(label):
            day = pd.Timestamp(dt.date.fromisoformat(match["day"]))
            return ("week", day, day + pd.Timedelta(days=6)) if match["week"] else ("day", day, day)
        whose = cast("periods.Calendar", "calendar" if calendar == "reporting" else calendar)
        first, _, last = label.partition(" to ")
        span = [periods.parse(part, calendar=whose) for part in (first, last or first)]
    except (ParseError, ValueError):
        return "other", pd.NaT, pd.NaT
    kind = "span" if last else periods.kind(span[0])
    if calendar == "reporting":
        # A publisher's own years may begin on any day.
        return kind, pd.NaT, pd.NaT
    return kind, span[0].start_time.normalize(), span[1].end_time.normalize()


def _within(kind: str, starts: pd.Timestamp, ends: pd.Timestamp) -> dict[str, Any]:
    """Say in which financial year, quarter and month a period ends; nothing of what is longer than these."""
    month = pd.Period(ends, "M")
    year = periods.year_of(month)
    short = kind in ("day", "week", "month")
    return {
        "financial_year": periods.label(year) if short or starts >= year.start_time else None,
        "quarter": (ends.month - 4) % 12 // 3 + 1 if short or kind == "quarter" else None,
        "month": periods.label(month) if short else None,
    }
