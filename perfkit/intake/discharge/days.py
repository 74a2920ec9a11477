"""Days and weeks as they stand over the columns of a sheet of discharges: dates, dates as text, numbers of days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import pandas as pd

from perfkit.intake.workbooks.grid import Value

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ /.-](?P<month>\d{1,2}|[a-z]{3,9})(?:[ /.,-]+(?P<year>20\d\d|\d\d))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T]00:00(?::00)?)?")
_WEEK = re.compile(r"\b(?:w ?/? ?(?P<sign>[ce])|weeks? (?P<word>commencing|beginning|starting|ending))\b[ :-]*",
                   re.IGNORECASE)  # fmt: skip
_FIRST, _LAST = dt.date(2020, 1, 1).toordinal(), dt.date(2050, 1, 1).toordinal()
_EXCEL = dt.date(1899, 12, 30).toordinal()
"""The day from which Excel counts days."""


def of_month(month: pd.Period) -> list[dt.date]:
    """Give the days of a month.

    >>> of_month(pd.Period("2022-04"))[-1]
    datetime.date(2022, 4, 30)
    """
    return [dt.date(month.year, month.month, day) for day in range(1, month.days_in_month + 1)]


def day_of(value: Value, near: dt.date | None = None) -> dt.date | None:
    """Give the day that a cell holds, as a date, a text or the number that Excel keeps for it; None where it is none.

    A day without a year is the one nearest to ``near``, and none where that is not given.

    >>> day_of("Friday 1st April 2022"), day_of("02/04/22"), day_of(44652.0), day_of(12.0)
    (datetime.date(2022, 4, 1), datetime.date(2022, 4, 2), datetime.date(2022, 4, 1), None)
    """
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, float | int) and not isinstance(value, bool):
        number = value + _EXCEL
        return dt.date.fromordinal(int(number)) if number == int(number) and _FIRST <= number < _LAST else None
    return _read(value, near) if isinstance(value, str) and len(value) < 40 else None


@lru_cache(maxsize=4096)
def _read(text: str, near: dt.date | None) -> dt.date | None:
    tidy = " ".join(text.split())
    match = _ISO.fullmatch(tidy) or _DAY.fullmatch(tidy)
    return _made(match, near) if match else None


def _made(match: re.Match[str], near: dt.date | None) -> dt.date | None:
    month, year = match["month"], match["year"]
    if year is None and (near is None or month.isdigit()):
        return None
    number = int(month) if month.isdigit() else 1 + next(
        (k for k, name in enumerate(_MONTHS) if month.lower().startswith(name)), 98)  # fmt: skip
    if year is None and near is not None:
        year = min(range(near.year - 1, near.year + 2), key=lambda y: abs(12 * (y - near.year) + number - near.month))
    try:
        return dt.date(int(year) % 100 + 2000, number, int(match["day"]))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def week_of(text: str, near: dt.date | None = None) -> dt.date | None:
    """Give the first day of the week that a heading names; None where it names none.

    >>> week_of("w/c 01/04/2022 (daily snapshot)"), week_of("Week ending 7 April 2022")
    (datetime.date(2022, 4, 1), datetime.date(2022, 4, 1))
    """
    tidy = " ".join(text.split())
    said = _WEEK.search(tidy)
    match = said and (_ISO.match(tidy, said.end()) or _DAY.match(tidy, said.end()))
    day = _made(match, near) if match else None
    if said is None or day is None:
        return None
    return day - dt.timedelta(days=6) if (said["sign"] or said["word"]).lower() in ("e", "ending") else day


def is_weekly(text: str) -> bool:
    """Say whether a heading speaks of one week.

    >>> is_weekly("w/c 01/04/2022"), is_weekly("Weekly snapshot")
    (True, False)
    """
    return _WEEK.search(text) is not None
