"""The month that a workbook of delayed transfers is of: as it says above its tables, and as its name says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import pandas as pd

from perfkit.intake import named_months
from perfkit.intake.dtoc import checks
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model import periods
from perfkit.model.errors import Issue, ParseError, Where

LAST = pd.Period("2020-02", "M")
"""The last month for which delayed transfers were collected."""
_NUMBERED = re.compile(
    r"(?<![\d/.-])(?:(?P<year>20\d\d)[-/](?P<month>\d\d)(?:-\d\d)?|(?:\d\d?[/.])?(?P<then>\d\d?)[/.](?P<last>20\d\d))(?![\d/-])"
)
"""A month, or a day of it, in figures: 2017-05, 2017/05, 2017-05-31, 31/05/2017, 05/2017."""
_YEARS = re.compile(r"2010[-/]11|2011[-/]12")
"""Years, which are not the months November 2010 and December 2011."""
_TITLE = re.compile(r"delayed (transfer|day)|dtoc", re.IGNORECASE)


def find(
    file: str, above: Iterable[tuple[Sheet, Mapping[str, tuple[int, int]]]], issues: list[Issue]
) -> pd.Period | None:
    """Find the month by the label "Period" of each sheet, else by the titles; what is wrong goes to ``issues``."""
    found: dict[pd.Period, Where] = {}
    sheets = list(above)
    for sheet, place in ((sheet, places["period"]) for sheet, places in sheets if "period" in places):
        month = month_of(sheet.at(*place))
        if month is None:
            issues.append(sheet.issue(*place, found=f'"{sheet.text(*place)}"', expected='a month such as "April 2017"',
                                      action="Correct the period."))  # fmt: skip
        else:
            found = found if month in found else {**found, month: sheet.where(*place)}
    if not found and not issues:
        found = _titled([sheet for sheet, _ in sheets])
    if not found and not issues:
        issues.append(Issue(Where(file), 'no "Period:" above the tables', 'one such as "Period: April 2017"',
                            "Give the period."))  # fmt: skip
    months = list(found)
    for month in months[1:]:
        issues.append(Issue(found[month], f'"{periods.label(month)}"',
                            f"{periods.label(months[0])}, as on sheet {found[months[0]].sheet}",
                            "Correct the period of one of the sheets."))  # fmt: skip
    if months and months[0] > LAST:
        issues.append(Issue(found[months[0]], f'"{periods.label(months[0])}"',
                            f"a month up to {periods.label(LAST)}, the last that was collected",
                            "Correct the month."))  # fmt: skip
    if months:
        issues += checks.check_month(file, months[0], found[months[0]])
    return months[0] if months else None


def month_of(value: Value) -> pd.Period | None:
    """Give the one month that a period's text names, None where it names none or several.

    >>> month_of("May 2019 (revised)"), month_of("1 May 2019 to 31 May 2019"), month_of("May to June 2019")
    (Period('2019-05', 'M'), Period('2019-05', 'M'), None)
    """
    return pd.Period(value, "M") if isinstance(value, date) else _month_of(str(value))


@lru_cache(maxsize=256)
def _month_of(text: str) -> pd.Period | None:
    text = " ".join(text.split())
    try:
        return None if _YEARS.fullmatch(text) else periods.parse(text.partition(":")[2].strip() or text, expect="month")
    except ParseError:
        named = {periods.parse(f"{m['month'] or m['then']} {m['year'] or m['first']}", expect="month")
                 for m in named_months.NAMED_MONTH.finditer(text) if not m["until"] and not m["last"]}  # fmt: skip
        numbers = {(int(m["year"] or m["last"]), int(m["month"] or m["then"])) for m in _NUMBERED.finditer(text)}
        found = named | {pd.Period(year=year, month=month, freq="M") for year, month in numbers if 1 <= month <= 12}
        several = re.search(rf"\b({named_months.MONTH_NAMES})\b(?![\s_.,'-]*(20)?\d\d)", text, re.IGNORECASE)
        return found.pop() if len(found) == 1 and not several else None


def _titled(sheets: Iterable[Sheet]) -> dict[pd.Period, Where]:
    """Look for the month in titles such as "Delayed Transfers of Care, May 2019"."""
    found: dict[pd.Period, Where] = {}
    for sheet in sheets:
        for r, row in enumerate(sheet.rows[:10]):
            for c, value in enumerate(row):
                if isinstance(value, str) and _TITLE.search(value) and (month := month_of(value)) is not None:
                    found.setdefault(month, sheet.where(r, c))
    return found
