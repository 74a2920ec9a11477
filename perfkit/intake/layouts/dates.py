"""Months and years as officers type them: dates of every kind, quarters, "end of", Excel's serial numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem
from perfkit.intake.layouts.said import Said
from perfkit.model import days, periods
from perfkit.model.errors import ParseError

EARLIEST, LATEST = 1990, 2100
"""Years between which a date is believed."""
_SLASHED = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>20\d\d)")
_YEARS = re.compile(r"(?<!\d)(?P<first>\d\d)(?P<sign>[/-])(?P<second>\d\d)(?!\d)")
_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
_UNDATED = ("ongoing", "on going", "to be confirmed", "to be agreed", "to be determined", "tba", "tbd", "not set",
            "continuous", "continuing", "none", "no date", "?", "rolling", "not yet agreed")  # fmt: skip
_EITHER = re.compile(r"20(?P<first>[01]\d)-(?P<second>[01]\d)|(?P<short>[01]\d)[/-](?P<next>\d\d)")
"""What may be a month of a year or a financial year: 2011-12, 11/12."""
_DONE = ("complete", "completed", "done", "closed", "finished")
_QUARTER = re.compile(r"(?:Q|qtr\.? ?|quarter ?)[1-4]", re.IGNORECASE)
_SEASON = re.compile(r"spring|summer|autumn|winter|christmas|easter|new year", re.IGNORECASE)
_EXPECTED = "a month such as December 2024"


def month(value: object) -> Said:
    """Read a month, as a date cell or as people write it, into its label; a quarter or year is its last month.

    >>> [month(text).value for text in ("Dec 2024", "2024-12", "31.12.24", "end of December 2024", "Q3 2024/25")]
    ['December 2024', 'December 2024', 'December 2024', 'December 2024', 'December 2024']
    >>> month("TBC").marker, month("ongoing").marker, month("45657").problem.action
    ('TBC', 'ongoing', 'If the day 31 December 2024 is meant, type it so.')
    """
    if isinstance(value, bool):
        return Said(problem=Problem(cells.shown(value), _EXPECTED, "Type the month and year."))
    if isinstance(value, datetime | date):
        return _believed(value, value)
    text = cells.text(value).value
    if text is None:
        return Said()
    if markers.meaning(text) or text.lower().replace("-", " ").rstrip(".") in (*_UNDATED, *_DONE):
        return Said(marker=text)
    plain = days.bare(text)
    stamp = days.of(plain)
    if stamp is not None:
        return _believed(stamp, value)
    label = None if _is_either(plain) else _month_of_period(plain)
    return Said(label) if label else Said(problem=Problem(cells.shown(value), _EXPECTED, _advice(plain)))


def _is_either(text: str) -> bool:
    match = _EITHER.fullmatch(text)
    if match is None or match["short"]:
        return match is not None and int(match["short"]) <= 12
    return int(match["second"]) == int(match["first"]) + 1


def _believed(stamp: date, value: object) -> Said:
    if EARLIEST <= stamp.year <= LATEST:
        return Said(f"{periods.MONTHS[stamp.month - 1]} {stamp.year}")
    action = "Type the month and year; Excel makes such a date of a small number."
    return Said(problem=Problem(cells.shown(value), _EXPECTED, action))


def _month_of_period(text: str) -> str | None:
    if match := _SLASHED.fullmatch(text):
        text = f"{match['year']}-{int(match['month']):02d}"
    for expect in ("month", "quarter"):
        try:
            last = periods.months_of(periods.parse(_whole(text), expect=expect))[-1]
        except ParseError:
            continue
        return periods.label(last) if EARLIEST <= last.year <= LATEST else None
    try:
        return periods.label(periods.months_of(periods.parse(year(text).value or "", expect="year"))[-1])
    except ParseError:
        return None


def period(value: object) -> Said:
    """Read a period: a year, a quarter or a month.

    >>> period("Q3 24/25").value, period("2017-18").value
    ('2024-25 Q3', '2017-18')
    """
    text = cells.text(value).value
    if text is None or markers.meaning(text):
        return Said(marker=text)
    try:
        return Said(periods.label(periods.parse(_whole(text.strip(" .*")))))
    except ParseError as error:
        return Said(problem=Problem(cells.shown(value), "a period such as 2017-18 Q1", str(error)))


def day(value: object) -> Said:
    """Read a day: a date cell, 21/07/2017, 21.7.17, 21 July 2017.

    >>> str(day("Fri 21st July 2017").value.date()), day("soon").problem.expected
    ('2017-07-21', 'a date such as 21 July 2017')
    """
    stamp, problem = cells.day(value)
    if problem is not None and isinstance(value, str) and markers.meaning(value):
        return Said(marker=value.strip())
    return Said(stamp, problem=problem)


def _whole(text: str) -> str:
    """Write the years of Q3 24/25 out."""
    return _YEARS.sub(lambda m: f"20{m['first']}-{m['second']}", text) if _QUARTER.search(text) else text


def year(value: object) -> Said:
    """Read a financial year: 2011/12, 11/12, FY11-12, 2011/2012.

    A single year such as 2011 or FY12 is refused: it may be the year that begins or the year that ends then.

    >>> [year(text).value for text in ("2011/12", "11/12", "FY11-12", "2011/2012", 201112, "2011 to 2012")]
    ['2011-12', '2011-12', '2011-12', '2011-12', '2011-12', '2011-12']
    >>> year(2011.0).problem.action
    'Type both years, 2010-11 or 2011-12, whichever is meant.'
    """
    expected = "a financial year such as 2017-18"
    if isinstance(value, datetime | date):
        action = "Type the year as text; Excel makes a date of entries such as 11/12."
        return Said(problem=Problem(cells.shown(value), expected, action))
    text = cells.text(value).value
    if text is None:
        return Said()
    plain = re.sub(r"(?<=\d)\s*to\s*(?=\d)", "-", text.strip(" .*†'‘’"), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:fy|f/y|year|financial year)[\s:]*(?=\d)", "", plain, flags=re.IGNORECASE).removesuffix(".0")
    if match := _YEARS.fullmatch(plain):
        plain = f"20{match['first']}-{match['second']}"
    try:
        return Said(periods.label(periods.parse(plain, expect="year")))
    except ParseError as error:
        return Said(problem=Problem(cells.shown(value), expected, _year_advice(plain) or str(error)))


def _year_advice(text: str) -> str:
    single = re.fullmatch(r"(?:20)?(\d\d)", text)
    if single is None:
        return ""
    end = 2000 + int(single[1])
    first, second = (f"{y - 1}-{y % 100:02d}" for y in (end, end + 1))
    return f"Type both years, {first} or {second}, whichever is meant."


def _advice(text: str) -> str:
    if (match := days.NUMERIC.fullmatch(text)) and 12 < int(match["month"]) <= 31 and int(match["day"]) <= 12:
        return f"Type the day before the month: {match['month']}/{match['day']}/{match['year']}."
    if _SERIAL.fullmatch(text.removesuffix(".0")):
        stamp = pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(float(text)))
        return f"If the day {stamp.day} {stamp:%B %Y} is meant, type it so."
    if _QUARTER.fullmatch(text):
        return f"Type the quarter with its year, such as Q{text[-1]} 2024-25."
    if text.lower() in periods.MONTH_NUMBERS:
        return "Type the year behind the month."
    if _SEASON.search(text) or re.fullmatch(r"20\d\d", text):
        return "Type the month by whose end it is due."
    if days.NUMERIC.fullmatch(text):
        return "There is no such day; type the month and year."
    if re.search(r"→|\b(?:was|to|and|or)\b|\d - |/[A-Za-z]", text):
        return "Type the one month by whose end it is due; put other dates under Progress."
    return "Type the month and year."
