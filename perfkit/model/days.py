"""Days as people write them, such as 31/10/24 or 31-Oct-2024, and the words that stand about them."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from perfkit.model import periods

_BY = re.compile(
    r"^(?:(?:by|due|end|the|of|at|on|no later than|revised(?: to)?|target|mid|early|late|financial|year)\b[\s:-]*)+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,]+", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<=\d)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)")
_NAMED = re.compile(r"(?P<day>\d{1,2})(?: of)?[ .-]?(?P<month>[A-Za-z]{3,9})[ .,-]*(?P<year>\d{4}|\d\d)")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_EXCEL = dt.date(1899, 12, 30).toordinal()
"""The day from which Excel counts days."""
_FIRST, _LAST = dt.date(2000, 1, 1).toordinal(), dt.date(2050, 1, 1).toordinal()


def serial(number: float) -> dt.date | None:
    """Give the day of this century's first half that Excel keeps a number for, None where it keeps none.

    >>> serial(44652.0), serial(12.0), serial(44652.5)
    (datetime.date(2022, 4, 1), None, None)
    """
    ordinal = number + _EXCEL
    return dt.date.fromordinal(int(ordinal)) if _FIRST <= ordinal < _LAST and ordinal == int(ordinal) else None


def bare(text: str) -> str:
    """Give a date without the words about it: "by end of Thursday 31st March 2025*" is "31 March 2025".

    >>> bare("by end of Thursday 31st March 2025*"), bare("2024-10-31 00:00:00"), bare("Oct '24")
    ('31 March 2025', '2024-10-31', 'Oct 24')
    """
    plain = re.sub("[‘’'`]", " ", text.strip(" .*†").replace("–", "-"))
    plain = _WEEKDAY.sub("", _BY.sub("", plain.strip()))
    plain = _MIDNIGHT.sub("", _ORDINAL.sub("", plain))
    plain = re.sub(r"\s*([/\\])\s*", "/", plain).replace(", ", " ")
    return " ".join(plain.split()).strip(" -.")


def of(text: str) -> pd.Timestamp | None:
    """Read a day, the day always before the month as in Britain; None where it is none, as 10/31/2024.

    >>> [str(of(text).date()) for text in ("31/10/24", "31-Oct-2024", "2024-10-31", "October 31, 2024")]
    ['2024-10-31', '2024-10-31', '2024-10-31', '2024-10-31']
    >>> of("10/31/2024") is None
    True
    """
    for form in (NUMERIC, _ISO, _NAMED, _MONTH_FIRST):
        if match := form.fullmatch(text):
            return _stamp(match["day"], match["month"], match["year"])
    return None


def _stamp(day: str, month: str, year: str) -> pd.Timestamp | None:
    number = int(month) if month.isdecimal() else periods.MONTH_NUMBERS.get(month.lower())
    try:
        return pd.Timestamp(int(year) + (2000 if len(year) == 2 else 0), number or 0, int(day))
    except ValueError:
        return None
