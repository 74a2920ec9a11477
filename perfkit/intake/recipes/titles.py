"""Which period a workbook of a release is about: what its name and its titles say, which must agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, product

import pandas as pd

from perfkit.intake import named_quarters
from perfkit.intake.recipes import Recipe, periods
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import periods as model_periods
from perfkit.model.errors import Issue, Where

DEPTH = 40
"""Rows from the top in which the period is looked for."""
_YEAR = r"(?P<year>20\d\d[-_ ](?:to[-_ ])?(?:20)?\d\d)"
_QUARTER = r"(?:q|qtr|quarter)[-_ ]?(?P<quarter>[1-4])"
_IN_FILE = (
    re.compile(rf"{_YEAR}[-_ ]*{_QUARTER}", re.IGNORECASE),
    re.compile(rf"{_QUARTER}[-_ ]*(?:of[-_ ])?{_YEAR}", re.IGNORECASE),
)
_YEAR_IN_FILE = (re.compile(r"(?<!\d)(?P<year>20\d\d[-_ ]{1,3}(?:to[-_ ])?(?:20)?\d\d)(?![-_]?\d)", re.IGNORECASE),)
_CALENDAR_YEAR_IN_FILE = (re.compile(r"(?<!\d)(?P<year>20\d\d)(?![-_ ]?\d)"),)
_DAY = r"(?:st|nd|rd|th)? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_SEVERAL = re.compile(r"(?<![a-z])(?:quarters?|qtrs?|q)[-_ ]?[1-4][-_ ]*"
                      r"(?:(?:to|and|&|/|–|,)?[-_ ]*(?:quarter|qtr|q)[-_ ]?[1-4]|"
                      rf"(?:to|and|&|/|–|-) ?[1-4](?!\d|{_DAY}))(?!\d)", re.IGNORECASE)  # fmt: skip
"""Quarters that are told together, such as Q1 to Q2."""
_Way = Callable[[str], list[pd.Period]]
_NOTES = re.compile(
    r"\b(notes?|caveats?|definitions?|glossary|background|metadata|methods?|revisions?|changes?)\b", re.I
)
"""Sheets that speak of other periods than their own."""
_OTHER = re.compile(r"\b(next|previous|forthcoming|revis\w+|correct\w+|compar\w+|since|from|until|born)\b", re.I)
"""Words of a text on another release or period than its own."""


def of_workbook(workbook: Workbook, recipe: Recipe) -> tuple[periods.When | None, list[Issue]]:
    """Give the one period that a workbook tells in its name and titles, or the issue that keeps it unknown."""
    yearly = recipe.periods.every == "year"
    told = list(_told(workbook, recipe))
    several = [] if yearly else [*_several_in_name(workbook.file), *(() if told else _several_in_titles(workbook))]
    if several or not told:
        return None, several[:1] or [_untold(workbook.file, recipe)]
    first, place = told[-1] if len(told) > 1 else told[0]
    issues = [
        Issue(place, f'"{model_periods.label(first)}"', f'"{model_periods.label(period)}", as {_source(where)} says',
              "Rename the file, or fetch the right one.")
        for period, where in told if period != first
    ]  # fmt: skip
    issues += _no_year(workbook) if yearly else ()
    return periods.of_whole(first, recipe.periods.calendar), issues[:1]


def _untold(file: str, recipe: Recipe) -> Issue:
    own = "2017" if recipe.periods.calendar == "calendar" else "2017-18"
    expected = f'one such as "{own}"' if recipe.periods.every == "year" else f'one such as "{own} Q1"'
    action = "Name the file after its period."
    if not recipe.periods.file:
        action = (
            f"Say in the recipe {recipe.name} how a title tells it ([period] titles), or that the file's name does."
        )
    return Issue(Where(file), "no period in the file's name or in a title", expected, action)


def _several_in_name(file: str) -> Iterable[Issue]:
    return _several(re.split(r"[/\\]", file)[-1], Where(file))


def _several_in_titles(workbook: Workbook) -> Iterable[Issue]:
    return (issue for sheet in workbook.sheets for row, column, text in _long_texts(sheet)
            for issue in _several(text, sheet.where(row, column)))  # fmt: skip


def _several(text: str, where: Where) -> Iterable[Issue]:
    """Tell of a file's name or a title that is of several quarters, of which one would be taken for all."""
    if match := _SEVERAL.search(text):
        action = "Ask for the quarter alone, or give a recipe of its own to figures of several quarters."
        yield Issue(where, f'"{match[0]}", which is more than one quarter', "a single quarter", action)


def _no_year(workbook: Workbook) -> Iterable[Issue]:
    """Tell of a quarter in a series of years, of which it would be taken for the whole."""
    months = (title[0] for doubt, title in _titles(workbook, (_by_months,)) if not doubt)
    for quarter in [*_of_name(workbook.file, _IN_FILE), *_by_months(_spaced(workbook.file)), *islice(months, 1)][:1]:
        found = f'the quarter "{model_periods.label(quarter)}" in a series that is told by the year'
        action = "Read it by the recipe of the quarterly series (--recipe), or rename the file."
        yield Issue(Where(workbook.file), found, '"2017-18"', action)


def _told(workbook: Workbook, recipe: Recipe) -> Iterable[tuple[pd.Period, Where]]:
    """Walk the periods that the file's name tells, and a title by its words, or else by its months."""
    yearly = recipe.periods.every == "year"
    calendar = recipe.periods.calendar
    in_file = _IN_FILE if not yearly else _CALENDAR_YEAR_IN_FILE if calendar == "calendar" else _YEAR_IN_FILE
    named = list(_of_name(workbook.file, in_file, calendar)) if recipe.periods.file else []
    if not named and not yearly:
        named = _by_months(_spaced(workbook.file))[:1]
    yield from ((period, Where(workbook.file)) for period in named)
    forms = recipe.periods.titles or periods.USUAL[recipe.periods.every]
    by_end = partial(_by_end_of_year, calendar=calendar) if yearly else _by_months
    yield from _of_titles(workbook, lambda text: _by_words(text, forms, calendar), by_end)


def of_sheet(sheet: Sheet, row: int, recipe: Recipe, when: periods.When) -> Iterable[Issue]:
    """Tell of a title above a row of headings that says another quarter than the workbook's."""
    if recipe.periods.every == "year":
        return
    forms = recipe.periods.titles or periods.USUAL["quarter"]
    above = Workbook(sheet.file, (replace(sheet, rows=sheet.rows[:row]),))
    found = _titles(above, (lambda text: _by_words(text, forms, recipe.periods.calendar), _by_months))
    for period, where in islice((title for doubt, title in found if not doubt), 1):
        if (label := periods.of_whole(period, when.calendar).label) != when.label:
            yield Issue(where, f'"{label}" above the table', f'"{when.label}", as the workbook says',
                        "Compare with the publisher's file: correct the title, or leave the sheet out.")  # fmt: skip


def _source(where: Where) -> str:
    return f"cell {where.cell} of sheet {where.sheet}" if where.cell else "the file's name"


def _of_name(file: str, forms: tuple[re.Pattern[str], ...], calendar: str = "financial") -> Iterable[pd.Period]:
    name = re.split(r"[/\\]", file)[-1]
    for form in forms:
        if (match := form.search(name)) and (period := periods.of_match(match, calendar)):
            yield period
            return


def _of_titles(workbook: Workbook, *ways: _Way) -> list[tuple[pd.Period, Where]]:
    """Give the period of the first title that tells one: of the first sheet, in the first way that any of its does.

    Texts on another release or period are heard only where nothing else tells it, and notes last.
    """
    doubtful: dict[int, tuple[pd.Period, Where]] = {}
    for doubt, title in _titles(workbook, ways):
        if not doubt:
            return [title]
        doubtful.setdefault(doubt, title)
    return [doubtful[doubt] for doubt in sorted(doubtful)][:1]


def _titles(workbook: Workbook, ways: Sequence[_Way]) -> Iterator[tuple[int, tuple[pd.Period, Where]]]:
    """Walk the texts that tell one period, sheet by sheet, each with how doubtful it is; one of several tells none."""
    for sheet, read in product(workbook.sheets, ways):
        notes = _NOTES.search(sheet.name.replace("_", " ")) is not None
        for row, column, text in _long_texts(sheet):
            if len(found := set(read(text))) == 1:
                yield 2 if notes else int(_OTHER.search(text) is not None), (found.pop(), sheet.where(row, column))


def _by_words(text: str, forms: tuple[re.Pattern[str], ...], calendar: str) -> list[pd.Period]:
    if _SEVERAL.search(text):
        return []
    yearly = not any("quarter" in form.groupindex for form in forms)
    forms = (*forms, *periods.USUAL["year"]) if yearly and any(form.search(text) for form in forms) else forms
    found = [periods.of_match(match, calendar) for form in forms for match in form.finditer(text)]
    return [period for period in found if period is not None]


def _by_months(text: str) -> list[pd.Period]:
    found = [named_quarters.of_months(match[0]) for match in named_quarters.MONTHS.finditer(text)]
    return [period for period in found if period is not None]


def _by_end_of_year(text: str, *, calendar: str) -> list[pd.Period]:
    period = periods.year_to(text, calendar)
    return [] if period is None else [period]


def _spaced(file: str) -> str:
    return re.sub(r"[-_]+", " ", re.split(r"[/\\]", file)[-1])


def _long_texts(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    for r, row in enumerate(sheet.rows[:DEPTH]):
        for c, value in enumerate(row[:30]):
            if isinstance(value, str) and 8 < len(value) < 1000:
                yield r, c, " ".join(value.split())
