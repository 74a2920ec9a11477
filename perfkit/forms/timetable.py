"""The dates of reporting: the council's own where they are known, else perfkit's usual distances, which say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfkit.model import due, periods

STEPS = (
    ("The quarter ends", 0, "quarter ends"),
    ("Workbooks to fill in go to directorates", 1, "workbooks"),
    ("Directorates send their returns", due.RETURN_DAYS, "return"),
    ("Returns are checked and questions answered", 35, "check"),
    ("Directors sign off ratings and outlooks", 42, "sign"),
    ("The leadership team sees the report", 49, "leadership"),
    ("The cabinet sees the report", 80, "cabinet"),
)
"""What happens for each quarter, how many days after its end where a council has not said otherwise, and the word by
which a council's own step is known to be it."""
_NOT_MOVED = (0, due.RETURN_DAYS)
"""The quarter ends when it ends; a return is late from the day after, as pages count it, whatever day that is."""
BASIS = "* perfkit's usual distance from the quarter's end, off weekends but for that of returns; set your own."

Row = dict[str, Any]


def of_quarter(quarter: str, *, known: pd.DataFrame | None = None) -> list[Row]:
    """List what happens for one quarter, in time: the council's own steps that name it, and `STEPS` for the others.

    ``known`` is the table ``timetable``. Each row holds ``when, step, starts, ends, quarter, status`` and ``usual``,
    whether the date is perfkit's.

    >>> [(row["when"], row["step"]) for row in of_quarter("2017-18 Q1")][2]
    ('30 July 2017', 'Directorates send their returns')
    """
    own = periods.parse(quarter, expect="quarter")
    told = [row for row in _told(known) if row["quarter"] == periods.label(own)]
    return sorted([*told, *_usual(own, told)], key=lambda row: row["starts"])


def of_year(quarter: str, *, known: pd.DataFrame | None = None) -> list[Row]:
    """List what happens in a quarter's year: its own steps, and `STEPS` for each quarter; numbered in time."""
    year = periods.year_of(periods.parse(quarter, expect="quarter"))
    told = [row for row in _told(known) if row["financial_year"] == periods.label(year)]
    rows = [*told]
    for each in periods.quarters_of(year):
        rows += _usual(each, [row for row in told if row["quarter"] == periods.label(each)])
    return [{**row, "number": n} for n, row in enumerate(sorted(rows, key=lambda row: row["starts"]), 1)]


def _told(known: pd.DataFrame | None) -> list[Row]:
    if known is None or known.empty:
        return []
    return [_row(row) for row in known.sort_values(["starts", "number"]).to_dict("records")]


def _row(row: Row) -> Row:
    days = {name: pd.Timestamp(row[name]).to_pydatetime() for name in ("starts", "ends")}
    words = {name: None if pd.isna(row[name]) else row[name] for name in ("quarter", "status")}
    return {"financial_year": row["financial_year"], "when": row["when"], "step": row["step"], "usual": False,
            **words, **days}  # fmt: skip


def _usual(quarter: pd.Period, told: Sequence[Row]) -> list[Row]:
    """Give the usual steps of a quarter that the council has not told itself."""
    said = " ".join(str(row["step"]).lower() for row in told)
    return [_step(step, days, quarter) for step, days, word in STEPS if word not in said]


def _step(step: str, days: int, quarter: pd.Period) -> Row:
    day = quarter.end_time.normalize() + pd.Timedelta(days=days)
    if days not in _NOT_MOVED:
        day += pd.Timedelta(days={5: 2, 6: 1}.get(day.day_of_week, 0))
    when = f"{day.day} {periods.MONTHS[day.month - 1]} {day.year}"
    stamp = day.to_pydatetime()
    return {"when": when, "step": step, "starts": stamp, "ends": stamp, "quarter": periods.label(quarter),
            "status": "provisional", "usual": True}  # fmt: skip
