"""Say which period a release, or a row of it, is about; what its name, titles and columns say must agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from perfkit.intake.cells import Problem
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.recipes import Periods, Recipe
from perfkit.model import periods
from perfkit.model.errors import Issue, ParseError, Where

DEPTH = 40
"""Rows from the top in which the period is looked for."""
_YEAR = r"(?P<year>20\d\d[-_ ](?:to[-_ ])?(?:20)?\d\d)"
_QUARTER = r"(?:q|qtr|quarter)[-_ ]?(?P<quarter>[1-4])"
_IN_FILE = (
    re.compile(rf"{_YEAR}[-_ ]*{_QUARTER}", re.IGNORECASE),
    re.compile(rf"{_QUARTER}[-_ ]*(?:of[-_ ])?{_YEAR}", re.IGNORECASE),
)


@dataclass(frozen=True)
class When:
    """A period: its label, whose year it is, and the day it ends, where that is known."""

    label: str
    calendar: str
    ends: dt.date | None


def of_workbook(workbook: Workbook, recipe: Recipe) -> tuple[When | None, list[Issue]]:
    """Give the one period that a workbook tells in its name and titles, or the issue that keeps it unknown."""
    told = [(period, Where(workbook.file)) for period in _of_name(workbook.file) if recipe.periods.file]
    told += list(_of_titles(workbook, recipe.periods.titles))
    if not told:
        return None, [Issue(Where(workbook.file), "no period in the file's name or in a title",
                            'one such as "2017-18 Q1"', "Name the file after its period.")]  # fmt: skip
    first, place = told[-1] if len(told) > 1 else told[0]
    issues = [
        Issue(place, f'"{periods.label(first)}"', f'"{periods.label(period)}", as {_source(where)} says',
              "Rename the file, or fetch the right one.")
        for period, where in told if period != first
    ]  # fmt: skip
    return When(periods.label(first), recipe.periods.calendar, first.end_time.date()), issues[:1]


def _source(where: Where) -> str:
    return f"cell {where.cell} of sheet {where.sheet}" if where.cell else "the file's name"


def _of_name(file: str) -> Iterable[pd.Period]:
    name = re.split(r"[/\\]", file)[-1]
    for form in _IN_FILE:
        if (match := form.search(name)) and (period := _quarter(match)):
            yield period
            return


def _of_titles(workbook: Workbook, forms: tuple[re.Pattern[str], ...]) -> Iterable[tuple[pd.Period, Where]]:
    for sheet in workbook.sheets:
        for row, column, text in _long_texts(sheet):
            found = (_quarter(match) for form in forms if (match := form.search(text)))
            if (period := next((p for p in found if p is not None), None)) is not None:
                yield period, sheet.where(row, column)
                return


def _long_texts(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    for r, row in enumerate(sheet.rows[:DEPTH]):
        for c, value in enumerate(row[:30]):
            if isinstance(value, str) and 8 < len(value) < 1000:
                yield r, c, " ".join(value.split())


def _quarter(match: re.Match[str]) -> pd.Period | None:
    year = re.sub(r"[-_ /]*(?:to)?[-_ /]+", "-", match["year"].strip())
    try:
        return periods.parse(f"{year} Q{match['quarter']}", expect="quarter")
    except ParseError:
        return None


@lru_cache(maxsize=4096)
def of_cell(text: str, identifier: str, rule: tuple[str, tuple[tuple[str, str], ...]]) -> When | Problem:
    """Read one row's period; ``identifier`` says what kind of year it is, where a column does.

    >>> of_cell("2021/22 Q1 - 2021/22 Q2", "", ("financial", ())).label
    '2021-22 Q1 to 2021-22 Q2'
    >>> of_cell("202425", "Academic year", ("reporting", (("academic year", "academic"),))).label
    '2024-25'
    """
    calendar, identifiers = rule
    own = identifier.strip().lower()
    if own in {name.lower() for name in periods.MONTHS} and (month := _parsed(f"{identifier} {text}", "financial")):
        return month
    if own and (own not in dict(identifiers)):
        known = ", ".join(name for name, _ in identifiers)
        return Problem(f'the kind of period "{identifier}"', f"one of {known}", "Add it to the recipe's identifiers.")
    calendar = dict(identifiers).get(own, calendar)
    quarter = re.search(r"q([1-4])$", own)
    tidy = re.sub(r"\.0$", "", text.strip())
    if re.fullmatch(r"20\d\d[0-9]{2}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:]}"
    found = _parsed(f"{tidy} Q{quarter[1]}" if quarter else tidy, calendar)
    return found or Problem(f'the period "{text}"', 'one such as "2017-18" or "2017-18 Q1"', "Correct the period.")


def rule(told: Periods) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give the part of a recipe's periods that `of_cell` goes by."""
    return told.calendar, tuple(told.identifiers.items())


def _parsed(text: str, calendar: str) -> When | None:
    if calendar == "reporting" and re.fullmatch(r"(19|20)\d\d", text):
        return When(text, calendar, None)
    try:
        if calendar in ("financial", "reporting"):
            span = periods.parse_span(text)
            return When(str(span), "financial", span.last.end_time.date())
        period = periods.parse(text, calendar="academic" if calendar == "academic" else "calendar")
    except ParseError:
        return None
    return When(periods.label(period), calendar, period.end_time.date())
