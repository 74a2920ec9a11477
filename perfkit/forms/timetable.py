"""The dates of reporting: the council's own where they are known, else perfkit's usual distances, which say so."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.model import periods

STEPS = (
    ("The quarter ends", 0),
    ("Workbooks to fill in go to directorates", 1),
    ("Directorates send their returns", 21),
    ("Returns are checked and questions answered", 28),
    ("Directors sign off ratings and outlooks", 35),
    ("The leadership team sees the report", 49),
    ("The cabinet sees the report", 80),
)
"""What happens for each quarter, and how many days after its end where a council has not said otherwise."""
BASIS = "Dates are perfkit's usual distances from the quarter's end, moved off weekends; set your own."

Rows = list[dict[str, Any]]


def of_quarter(quarter: str, *, known: pd.DataFrame | None = None) -> Rows:
    """List what happens for one quarter: the steps of the table ``timetable`` that name it, else `STEPS`.

    Each row holds ``when, step, starts, ends, quarter``.

    >>> [(row["when"], row["step"]) for row in of_quarter("2017-18 Q1")][2]
    ('21 July 2017', 'Directorates send their returns')
    """
    own = periods.parse(quarter, expect="quarter")
    label = periods.label(own)
    told = _told(known, label)
    return told or [_usual(step, days, own, label) for step, days in STEPS]


def of_year(quarter: str, *, known: pd.DataFrame | None = None) -> Rows:
    """List what happens for every quarter of a quarter's year, in order and numbered.

    The steps of the table ``timetable`` for that year, where there are any, stand alone.
    """
    own = periods.parse(quarter, expect="quarter")
    year = periods.year_of(own)
    if known is not None and len(mine := known[known["financial_year"] == periods.label(year)]):
        return [_row(row) for row in mine.sort_values("number").to_dict("records")]
    rows = [row for each in periods.quarters_of(year) for row in of_quarter(periods.label(each))]
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]


def is_usual(quarter: str, *, known: pd.DataFrame | None = None) -> bool:
    """Say whether a quarter's dates are perfkit's, since the council's own are not known."""
    return not _told(known, periods.label(periods.parse(quarter, expect="quarter")))


def _told(known: pd.DataFrame | None, label: str) -> Rows:
    if known is None or known.empty:
        return []
    return [_row(row) for row in known[known["quarter"] == label].sort_values("starts").to_dict("records")]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    quarter = None if pd.isna(row["quarter"]) else row["quarter"]
    days = {name: pd.Timestamp(row[name]).to_pydatetime() for name in ("starts", "ends")}
    return {"number": int(row["number"]), "when": row["when"], "step": row["step"], "quarter": quarter, **days}


def _usual(step: str, days: int, quarter: pd.Period, label: str) -> dict[str, Any]:
    day = quarter.end_time.normalize() + pd.Timedelta(days=days)
    if days:
        day += pd.Timedelta(days={5: 2, 6: 1}.get(day.day_of_week, 0))
    when = f"{day.day} {periods.MONTHS[day.month - 1]} {day.year}"
    stamp = day.to_pydatetime()
    return {"when": when, "step": step, "starts": stamp, "ends": stamp, "quarter": label}
