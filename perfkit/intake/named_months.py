"""The month that a name tells, of a file or in a line of words: April_17, LA-Type-B-February-2020, 2017-05."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pandas as pd

from perfkit.intake.workbooks.grid import Value
from perfkit.model import days, periods
from perfkit.model.errors import ParseError

MONTH_NAMES = (
    "|".join(f"{name[:3]}(?:{name[3:]})?" for name in periods.MONTHS if name != "September") + "|sept?(?:ember)?"
)
NAMED_MONTH = re.compile(
    rf"(?<![a-z])(?P<month>{MONTH_NAMES})[\s_.,'-]*(?P<year>(?:20)?\d\d)(?!\d)(?:[-/_](?P<until>\d\d)(?!\d))?"
    rf"|(?<!\d)(?P<first>20\d\d)(?:[-/_](?P<last>\d\d))?[\s_.,-]*(?P<then>{MONTH_NAMES})(?![a-z])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:rev(?:ised|ision)?|pub(?:lished|lication)?)[\s_.,(-]*(?:\d{1,2}(?:st|nd|rd|th)?[\s_.-]*)?$", re.IGNORECASE
)
_APRIL = 4
_NUMBERED_MONTH = re.compile(r"(?<!\d)(20\d\d)[_.-](0[1-9]|1[0-2])(?!\d)")
_BARE_MONTH = re.compile(rf"\b({MONTH_NAMES})\b(?![\s_.,'-]*(20)?\d\d)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<![\d/.-])(?:(?P<year>20\d\d)[-/](?P<month>\d\d)(?:-\d\d)?|(?:\d\d?[/.])?(?P<then>\d\d?)[/.](?P<last>20\d\d))(?![\d/-])"
)
"""A month, or a day of it, in figures: 2017-05, 2017/05, 2017-05-31, 31/05/2017, 05/2017."""
_SPAN = re.compile(r" [-–] ")
_YEARS = re.compile(r"(?<![\d/.-])(?:2010[-/]11|2011[-/]12)(?![-/\d])")
"""Years, which are not the months November 2010 and December 2011."""


def month_of(value: Value) -> pd.Period | None:
    """Give the one month that a cell holds or that its text names, as a period is written; None for none or several.

    >>> month_of("May 2019 (revised)"), month_of("1 May to 31 May 2019"), month_of("May to June 2019")
    (Period('2019-05', 'M'), Period('2019-05', 'M'), None)
    """
    day = days.serial(value) if isinstance(value, float) else value
    return pd.Period(day, "M") if isinstance(day, date) else _month_of(" ".join(str(value).split()))


@lru_cache(maxsize=256)
def _month_of(text: str) -> pd.Period | None:
    try:
        return None if _YEARS.fullmatch(text) else periods.parse(text.partition(":")[2].strip() or text, expect="month")
    except ParseError:
        text = _SPAN.sub(" to ", _YEARS.sub("", text))
        named = {periods.parse(f"{m['month'] or m['then']} {m['year'] or m['first']}", expect="month")
                 for m in NAMED_MONTH.finditer(text) if not m["until"] and not m["last"]}  # fmt: skip
        numbers = {(int(m["year"] or m["last"]), int(m["month"] or m["then"])) for m in _NUMBERED.finditer(text)}
        found = named | {pd.Period(year=year, month=month, freq="M") for year, month in numbers if 1 <= month <= 12}
        others = {periods.MONTH_NUMBERS[m[1].lower()] for m in _BARE_MONTH.finditer(text)}
        return found.pop() if len(found) == 1 and others <= {month.month for month in found} else None


def month_in(name: str) -> pd.Period | None:
    """Give the month that a file's name tells, None where it tells none; the month of a revision is not it.

    >>> month_in("dtoc/Sept_16.xls"), month_in("LA-Type-B-February-2020-4W5PA.xls"), month_in("return.xls")
    (Period('2016-09', 'M'), Period('2020-02', 'M'), None)
    >>> month_in("LA-Type-B-March-2011-12-revised-October-2012.xls"), month_in("revised July 2019, 2018-19 May.xls")
    (Period('2012-03', 'M'), Period('2018-05', 'M'))
    """
    name = re.split(r"[/\\]", name)[-1]
    for match in NAMED_MONTH.finditer(name):
        if not _PUBLISHED.search(name[: match.start()]):
            return _named(match)
    numbered = _NUMBERED_MONTH.search(name)
    if numbered is None or int(numbered[2]) == int(numbered[1]) % 100 + 1:
        return None
    return periods.parse(f"{numbered[1]}-{numbered[2]}", expect="month")


def _named(match: re.Match[str]) -> pd.Period:
    """Read a month with its year, or with its financial year: March 2011-12 is March 2012."""
    year, then = match["year"] or match["first"], match["until"] or match["last"]
    month = periods.parse(f"{match['month'] or match['then']} {year}", expect="month")
    is_financial = then is not None and int(then) == (int(year) + 1) % 100
    return month + 12 if is_financial and month.month < _APRIL else month
