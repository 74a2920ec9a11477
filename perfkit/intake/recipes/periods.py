"""Say which period a release, or a row of it, is about; what its name, titles and columns say must agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from perfkit.intake.cells import Problem
from perfkit.intake.recipes import Periods, Recipe, kind_of_period
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import areas, periods
from perfkit.model.errors import Issue, ParseError, Where

_QUARTERS = {"april": "june", "july": "september", "october": "december", "january": "march"}
_MONTHS = re.compile(rf"\b(?P<first>{'|'.join(_QUARTERS)})(?: 20\d\d)? ?(?:to|-|–) ?"
                     rf"(?P<last>{'|'.join(_QUARTERS.values())}) (?P<year>20\d\d)\b", re.IGNORECASE)  # fmt: skip
_MATCHED = re.compile(r"(?P<base>.+?) ?q(?:uarter ?)?(?P<first>[1-4])(?: ?(?:-|to) ?q?(?P<last>[1-4]))?")
_YEAR_IN_WORDS = re.compile(r"\b(20\d\d) to 20(\d\d)\b(?! ?[-/])", re.IGNORECASE)
_PART = re.compile(r"part (?P<half>[12])\b.*")
DEPTH = 40
"""Rows from the top in which the period is looked for."""
_YEAR = r"(?P<year>20\d\d[-_ ](?:to[-_ ])?(?:20)?\d\d)"
_QUARTER = r"(?:q|qtr|quarter)[-_ ]?(?P<quarter>[1-4])"
_IN_FILE = (
    re.compile(rf"{_YEAR}[-_ ]*{_QUARTER}", re.IGNORECASE),
    re.compile(rf"{_QUARTER}[-_ ]*(?:of[-_ ])?{_YEAR}", re.IGNORECASE),
)
_YEAR_IN_FILE = (re.compile(r"(?<!\d)(?P<year>20\d\d[-_ ]{1,3}(?:to[-_ ])?(?:20)?\d\d)(?![-_]?\d)", re.IGNORECASE),)


_SPAN = r"(?P<year>20\d\d ?(?:[/-]|to) ?(?:20)?\d\d)\b"
_WORD = r"(?:quarter|qtr|q) ?(?P<quarter>[1-4])"
_USUAL = {
    "quarter": (
        re.compile(rf"{_SPAN}[,:;(]* *{_WORD}", re.IGNORECASE),
        re.compile(rf"\b{_WORD}[,:;]? *(?:\([^)]*\),? *)?(?:of )?(?:financial year )?{_SPAN}", re.IGNORECASE),
    ),
    "year": (re.compile(rf"(?<!since )(?<!from )(?<!in )\b{_SPAN}", re.IGNORECASE),),
}
"""How titles tell their period, where a recipe does not say it."""
_Way = Callable[[str], list[pd.Period]]
_NOTES = re.compile(
    r"\b(notes?|caveats?|definitions?|glossary|background|metadata|methods?|revisions?|changes?)\b", re.I
)
"""Sheets that speak of other periods than their own."""
_OTHER = re.compile(r"\b(next|previous|forthcoming|revis\w+|correct\w+|compar\w+|since|from|until|born)\b", re.I)
"""Words of a text on another release or period than its own."""


@dataclass(frozen=True)
class When:
    """A period: its label, whose year it is, and the day it ends, where that is known."""

    label: str
    calendar: str
    ends: dt.date | None

    @property
    def on(self) -> dt.date | None:
        """A day on which its areas stood: its last, or that of a year in which no area began or ended.

        >>> When("2018", "reporting", None).on, When("2019", "reporting", None).on
        (datetime.date(2018, 12, 31), None)
        """
        if self.ends is not None or not re.fullmatch(r"20\d\d", self.label):
            return self.ends
        last = dt.date(int(self.label), 12, 31)
        return last if areas.era(last) == areas.era(last.replace(month=1, day=1)) else None


def of_workbook(workbook: Workbook, recipe: Recipe) -> tuple[When | None, list[Issue]]:
    """Give the one period that a workbook tells in its name and titles, or the issue that keeps it unknown."""
    yearly = recipe.periods.every == "year"
    told = list(_told(workbook, recipe))
    if not told:
        return None, [_untold(workbook.file, recipe)]
    first, place = told[-1] if len(told) > 1 else told[0]
    issues = [
        Issue(place, f'"{periods.label(first)}"', f'"{periods.label(period)}", as {_source(where)} says',
              "Rename the file, or fetch the right one.")
        for period, where in told if period != first
    ]  # fmt: skip
    issues += _no_year(workbook) if yearly else ()
    return When(periods.label(first), recipe.periods.calendar, first.end_time.date()), issues[:1]


def _untold(file: str, recipe: Recipe) -> Issue:
    expected = 'one such as "2017-18"' if recipe.periods.every == "year" else 'one such as "2017-18 Q1"'
    action = "Name the file after its period."
    if not recipe.periods.file:
        action = (
            f"Say in the recipe {recipe.name} how a title tells it ([period] titles), or that the file's name does."
        )
    return Issue(Where(file), "no period in the file's name or in a title", expected, action)


def _no_year(workbook: Workbook) -> Iterable[Issue]:
    """Tell of a quarter in a series of years, of which it would be taken for the whole."""
    months = [period for period, _ in _of_titles(workbook, _by_months)]
    for quarter in [*_of_name(workbook.file, _IN_FILE), *_by_months(_spaced(workbook.file)), *months][:1]:
        found = f'the quarter "{periods.label(quarter)}" in a series that is told by the year'
        action = "Read it by the recipe of the quarterly series (--recipe), or rename the file."
        yield Issue(Where(workbook.file), found, '"2017-18"', action)


def _told(workbook: Workbook, recipe: Recipe) -> Iterable[tuple[pd.Period, Where]]:
    """Walk the periods that the file's name tells, and a title by its words, or else by its months."""
    yearly = recipe.periods.every == "year"
    named = list(_of_name(workbook.file, _YEAR_IN_FILE if yearly else _IN_FILE)) if recipe.periods.file else []
    if not named and not yearly:
        named = _by_months(_spaced(workbook.file))[:1]
    yield from ((period, Where(workbook.file)) for period in named)
    forms = recipe.periods.titles or _USUAL[recipe.periods.every]
    yield from _of_titles(workbook, lambda text: _by_words(text, forms), *(() if yearly else (_by_months,)))


def of_sheet(sheet: Sheet, row: int, recipe: Recipe, when: When) -> Iterable[Issue]:
    """Tell of a title above a row of headings that says another quarter than the workbook's."""
    if recipe.periods.every == "year":
        return
    forms = recipe.periods.titles or _USUAL["quarter"]
    above = Workbook(sheet.file, (replace(sheet, rows=sheet.rows[:row]),))
    found = _titles(above, (lambda text: _by_words(text, forms), _by_months))
    for period, where in [title for doubt, title in found if not doubt][:1]:
        if periods.label(period) != when.label:
            yield Issue(where, f'"{periods.label(period)}" above the table', f'"{when.label}", as the workbook says',
                        "Compare with the publisher's file: correct the title, or leave the sheet out.")  # fmt: skip


def _source(where: Where) -> str:
    return f"cell {where.cell} of sheet {where.sheet}" if where.cell else "the file's name"


def _of_name(file: str, forms: tuple[re.Pattern[str], ...]) -> Iterable[pd.Period]:
    name = re.split(r"[/\\]", file)[-1]
    for form in forms:
        if (match := form.search(name)) and (period := _period(match)):
            yield period
            return


def _of_titles(workbook: Workbook, *ways: _Way) -> list[tuple[pd.Period, Where]]:
    """Give the period of the first title that tells one, in the first way that any does.

    Texts on another release or period are heard only where nothing else tells it, and notes last.
    """
    doubtful: dict[int, tuple[pd.Period, Where]] = {}
    for doubt, title in _titles(workbook, ways):
        if not doubt:
            return [title]
        doubtful.setdefault(doubt, title)
    return [doubtful[doubt] for doubt in sorted(doubtful)][:1]


def _titles(workbook: Workbook, ways: Iterable[_Way]) -> Iterator[tuple[int, tuple[pd.Period, Where]]]:
    """Walk the texts that tell one period, each with how doubtful it is; one that tells several tells none."""
    for read in ways:
        for sheet in workbook.sheets:
            notes = _NOTES.search(sheet.name.replace("_", " ")) is not None
            for row, column, text in _long_texts(sheet):
                if len(found := set(read(text))) == 1:
                    yield 2 if notes else int(_OTHER.search(text) is not None), (found.pop(), sheet.where(row, column))


def _by_words(text: str, forms: tuple[re.Pattern[str], ...]) -> list[pd.Period]:
    found = [_period(match) for form in forms for match in form.finditer(text)]
    return [period for period in found if period is not None]


def _by_months(text: str) -> list[pd.Period]:
    found = [quarter_of_months(match[0]) for match in _MONTHS.finditer(text)]
    return [period for period in found if period is not None]


def _spaced(file: str) -> str:
    return re.sub(r"[-_]+", " ", re.split(r"[/\\]", file)[-1])


def quarter_of_months(text: str) -> pd.Period | None:
    """Give the quarter that a text names by its first and last month, None where it names none.

    >>> periods.label(quarter_of_months("Coverage in England, January to March 2023"))
    '2022-23 Q4'
    """
    match = _MONTHS.search(text)
    if match is None or _QUARTERS[match["first"].lower()] != match["last"].lower():
        return None
    return pd.Period(f"{match['year']}-{periods.MONTHS.index(match['last'].capitalize()) + 1:02d}", freq="Q-MAR")


@lru_cache(maxsize=4096)
def taken_from(text: str, told: Periods) -> tuple[str, When | None]:
    """Take the period out of a text that tells one in the words of a recipe, or by its months; give the rest, and it.

    >>> rest, when = taken_from("MMR1, April to June 2023 (%)", Periods("financial", False, "quarter", (), {}))
    >>> rest, when.label
    ('MMR1, (%)', '2023-24 Q1')
    """
    for form in (*(told.titles or _USUAL[told.every]), _MONTHS):
        match = form.search(text)
        period = None if match is None else quarter_of_months(text) if form is _MONTHS else _period(match)
        if match is not None and period is not None:
            rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
            return rest, When(periods.label(period), told.calendar, period.end_time.date())
    return text, None


def _long_texts(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    for r, row in enumerate(sheet.rows[:DEPTH]):
        for c, value in enumerate(row[:30]):
            if isinstance(value, str) and 8 < len(value) < 1000:
                yield r, c, " ".join(value.split())


def _period(match: re.Match[str]) -> pd.Period | None:
    """Give the quarter that a pattern found, or the year where it asks for no quarter."""
    told = match.groupdict()
    year = re.sub(r"[-_ /]*(?:to)?[-_ /]+", "-", told["year"].strip())
    try:
        if "quarter" in told:
            return periods.parse(f"{year} Q{told['quarter']}", expect="quarter")
        return periods.parse(year, expect="year")
    except ParseError:
        return None


@lru_cache(maxsize=4096)
def of_cell(text: str, identifier: str, rule: tuple[str, tuple[tuple[str, str], ...]]) -> When | Problem:
    """Read one row's period; ``identifier`` says what kind of period it is, where a column does.

    >>> of_cell("2021/22 Q1 - 2021/22 Q2", "", ("financial", ())).label
    '2021-22 Q1 to 2021-22 Q2'
    >>> terms = ("reporting", (("academic year", "academic"), ("autumn term", "academic"), (r"week \\d+", "calendar")))
    >>> [of_cell(*told, terms).label for told in (("202425", "Academic year"), ("202122", "Autumn term"))]
    ['2024-25', '2021-22 autumn term']
    """
    calendar, identifiers = rule
    own = kind_of_period(identifier)
    tidy = re.sub(r"\.0$", "", text.strip())
    if own in {name.lower() for name in periods.MONTHS}:
        return _parsed(f"{identifier} {tidy}", "financial") or _no_period(text, "calendar")
    if re.fullmatch(r"20\d\d[0-9]{2}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:]}"
    tidy = _YEAR_IN_WORDS.sub(r"\1-\2", tidy)
    if not own:
        return _parsed(tidy, calendar) or _no_period(text, calendar if calendar == "calendar" else "")
    base, quarters = _quarters(own)
    kind = _calendar(own, identifiers) or _calendar(base, identifiers)
    if kind is None:
        expected = f"one of {listed(identifiers)}"
        return Problem(f'the kind of period "{identifier}"', expected, "Add it to the recipe's identifiers.")
    if quarters:
        return _part_of_year(tidy, kind, quarters) or _no_period(text, kind)
    whole = _parsed(tidy, kind)
    if whole is None or own.endswith("year"):
        return whole or _no_period(text, kind)
    return When(f"{whole.label} {own}", kind, _ends(own, whole))


def listed(identifiers: Iterable[tuple[str, str]]) -> str:
    """Name the kinds of periods that a recipe knows, a pattern by an example of it.

    >>> listed([("academic year", "academic"), (r"week \\d+", "calendar")])
    'academic year, week 1'
    """
    return ", ".join(re.sub(r"\\d[+*]?", "1", name) for name, _ in identifiers)


def _ends(own: str, year: When) -> dt.date | None:
    """Give the last day of a part of a year: of weeks by their number, of terms their last whole month."""
    if year.ends is not None and (week := re.fullmatch(r"week (\d\d?)", own)) and 1 <= int(week[1]) <= 52:
        return dt.date.fromisocalendar(year.ends.year, int(week[1]), 7)
    if year.ends is not None and own == "autumn term":
        return dt.date(year.ends.year - 1, 12, 31)
    return dt.date(year.ends.year, 3, 31) if year.ends is not None and own.endswith("spring term") else year.ends


def _no_period(text: str, calendar: str) -> Problem:
    known = 'one such as "2021"' if calendar in ("calendar", "reporting") else 'one such as "2017-18" or "2017-18 Q1"'
    return Problem(f'the period "{text}"', known, "Correct the period.")


def _calendar(own: str, identifiers: tuple[tuple[str, str], ...]) -> str | None:
    """Give whose year a kind of period lies in: by its own words, or by a pattern of them."""
    known = dict(identifiers)
    return known.get(own) or next((told for name, told in identifiers if re.fullmatch(name, own)), None)


def _quarters(own: str) -> tuple[str, tuple[int, int] | None]:
    """Give the kind of year, and the first and last of its quarters, that a kind of period such as Q1-2 means."""
    if match := _PART.fullmatch(own):
        return "financial year", (1, 2) if match["half"] == "1" else (3, 4)
    match = _MATCHED.fullmatch(own) or re.fullmatch(r"(?P<base>)q(?P<first>[1-4])(?P<last>)", own)
    if match is None:
        return own, None
    return match["base"] or own, (int(match["first"]), int(match["last"] or match["first"]))


def _part_of_year(text: str, calendar: str, quarters: tuple[int, int]) -> When | None:
    first, last = quarters
    if calendar == "financial":
        return _parsed(f"{text} Q{first}" if first == last else f"{text} Q{first} to {text} Q{last}", calendar)
    whole = _parsed(text, calendar)
    if whole is None or whole.ends is None or last < first:
        return None
    ends = (pd.Period(whole.ends, freq="M") - 3 * (4 - last)).end_time.date()
    parts = f"Q{first}" if first == last else f"Q{first} to Q{last}"
    return When(f"{whole.label} {parts}", calendar, ends)


def rule(told: Periods) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give the part of a recipe's periods that `of_cell` goes by."""
    return told.calendar, tuple(told.identifiers.items())


def _parsed(text: str, calendar: str) -> When | None:
    if calendar in ("reporting", "calendar") and re.fullmatch(r"(19|20)\d\d", text):
        return When(text, calendar, dt.date(int(text), 12, 31) if calendar == "calendar" else None)
    if calendar == "calendar" and re.fullmatch(r"(19|20)\d\d-\d\d", text):
        return None
    if calendar == "financial" and (quarter := quarter_of_months(text)) is not None:
        return When(periods.label(quarter), calendar, quarter.end_time.date())
    try:
        if calendar in ("financial", "reporting"):
            span = periods.parse_span(text)
            return When(str(span), "financial", span.last.end_time.date())
        period = periods.parse(text, calendar="academic" if calendar == "academic" else "calendar")
    except ParseError:
        return None
    return When(periods.label(period), calendar, period.end_time.date())
