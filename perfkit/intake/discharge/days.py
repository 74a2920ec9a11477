"""Days and weeks as they stand over the columns of a sheet of discharges: dates, dates as text, numbers of days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import pandas as pd

from perfkit.intake.workbooks.grid import Value
from perfkit.model import days

_YEARLESS = re.compile(r"\d{1,2}[ .-]?[A-Za-z]{3,9}")
_WEEK = re.compile(r"\b(?:w ?/? ?(?P<sign>[ce])|weeks? (?P<word>commencing|beginning|starting|ending))\b[ :-]*",
                   re.IGNORECASE)  # fmt: skip
_FIRST = 2020
"""The year before which no discharges were collected: a number that would be a day of it is none."""
_WEEKS_AROUND = dt.timedelta(days=13)
"""How far a week's first day may lie outside its month."""
_LONGEST = 4
"""Words of a day, such as Friday 1st April 2022."""


def of_month(month: pd.Period) -> list[dt.date]:
    """Give the days of a month.

    >>> of_month(pd.Period("2022-04"))[-1]
    datetime.date(2022, 4, 30)
    """
    return [dt.date(month.year, month.month, day) for day in range(1, month.days_in_month + 1)]


@lru_cache(maxsize=4096)
def belongs(day: dt.date, month: pd.Period, *, weekly: bool) -> bool:
    """Say whether a day is one of a month, or the first of a week that may be counted to it.

    >>> belongs(dt.date(2022, 3, 28), pd.Period("2022-04"), weekly=True)
    True
    """
    first = dt.date(month.year, month.month, 1)
    room = _WEEKS_AROUND if weekly else dt.timedelta(0)
    return first - room <= day <= first.replace(day=month.days_in_month) + room


def day_of(value: Value, near: dt.date | None = None) -> dt.date | None:
    """Give the day that a cell holds, as a date, a text or the number that Excel keeps for it; None where it is none.

    A day without a year is the one nearest to ``near``, and none where that is not given.

    >>> day_of("Friday 1st April 2022"), day_of("02/04/22"), day_of(44652.0), day_of(12.0)
    (datetime.date(2022, 4, 1), datetime.date(2022, 4, 2), datetime.date(2022, 4, 1), None)
    """
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, float | int) and not isinstance(value, bool):
        day = days.serial(value)
        return day if day is not None and day.year >= _FIRST else None
    return _read(value, near) if isinstance(value, str) and len(value) < 40 else None


@lru_cache(maxsize=4096)
def _read(text: str, near: dt.date | None) -> dt.date | None:
    plain = days.bare(text)
    stamp = days.of(plain)
    if stamp is not None or near is None or not _YEARLESS.fullmatch(plain):
        return None if stamp is None else stamp.date()
    told = [days.of(f"{plain} {year}") for year in (near.year - 1, near.year, near.year + 1)]
    return min((day.date() for day in told if day), key=lambda day: abs(day - near), default=None)


@lru_cache(maxsize=1024)
def week_of(text: str, near: dt.date | None = None) -> dt.date | None:
    """Give the first day of the week that a heading names; None where it names none.

    >>> week_of("w/c 01/04/2022 (daily snapshot)"), week_of("Week ending 7 April 2022")
    (datetime.date(2022, 4, 1), datetime.date(2022, 4, 1))
    """
    said = _WEEK.search(tidy := " ".join(text.split()))
    if said is None:
        return None
    words = tidy[said.end() :].split()[:_LONGEST]
    told = (_read(" ".join(words[:count]), near) for count in range(len(words), 0, -1))
    day = next((day for day in told if day), None)
    is_end = (said["sign"] or said["word"]).lower() in ("e", "ending")
    return day - dt.timedelta(days=6) if day and is_end else day


def is_weekly(text: str) -> bool:
    """Say whether a heading speaks of one week.

    >>> is_weekly("w/c 01/04/2022"), is_weekly("Weekly snapshot")
    (True, False)
    """
    return _WEEK.search(text) is not None
