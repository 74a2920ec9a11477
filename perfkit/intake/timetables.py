"""When a step of a timetable begins and ends, from the words that a calendar uses."""

from __future__ import annotations

import re

import pandas as pd

from perfkit.intake import cells
from perfkit.model import periods, spellings
from perfkit.model.errors import ParseError

Days = tuple[pd.Timestamp, pd.Timestamp]
_BREAK = re.compile(r"\s+(?:to|until|-)\s+", re.IGNORECASE)
_MONTH = re.compile(r"[A-Za-z]{3,9}")


def days(text: str) -> Days:
    """Read a day, a month, a quarter, a year, or two of them with "to" between, into its first and last day.

    Raises `ParseError` where it is none of them.

    >>> [str(day.date()) for day in days("2017-09 to 2017-10")], [str(day.date()) for day in days("2017-18 Q3")]
    (['2017-09-01', '2017-10-31'], ['2017-10-01', '2017-12-31'])
    >>> [str(day.date()) for day in days("September to October 2017")]
    ['2017-09-01', '2017-10-31']
    """
    parts = _BREAK.split(spellings.tidy(text), maxsplit=1)
    last = _one(parts[-1])
    if len(parts) == 1:
        return last
    first = parts[0]
    if _MONTH.fullmatch(first):
        first = f"{first} {last[1].year}"
    return _one(first)[0], last[1]


def _one(text: str) -> Days:
    stamp = cells.day(text)[0]
    if stamp is not None:
        return stamp, stamp
    try:
        period = periods.parse(text, expect="month")
    except ParseError:
        period = periods.parse(text)
    return period.start_time.normalize(), period.end_time.normalize()
