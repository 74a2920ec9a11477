"""Say which period a release, or a row of it, is about; what its name, titles and columns say must agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from perfkit.intake.cells import Problem
from perfkit.intake.named_quarters import MONTHS, of_months
from perfkit.intake.recipes import Periods, kind_of_period
from perfkit.model import areas, periods
from perfkit.model.errors import ParseError

_MATCHED = re.compile(r"(?P<base>.+?) ?q(?:uarter ?)?(?P<first>[1-4])(?: ?(?:-|to) ?q?(?P<last>[1-4]))?")
_YEAR_IN_WORDS = re.compile(r"\b(20\d\d) to 20(\d\d)\b(?! ?[-/])", re.IGNORECASE)
_PART = re.compile(r"part (?P<half>[12])\b.*")
_SPAN = r"(?P<year>20\d\d ?(?:[/-]|to) ?(?:20)?\d\d)\b"
_WORD = r"(?:quarter|qtr|q) ?(?P<quarter>[1-4])"
USUAL = {
    "quarter": (
        re.compile(rf"{_SPAN}[,:;(]* *{_WORD}", re.IGNORECASE),
        re.compile(rf"\b{_WORD}[,:;]? *(?:\([^)]*\),? *)?(?:of )?(?:financial year )?{_SPAN}", re.IGNORECASE),
    ),
    "year": (re.compile(rf"(?<!since )(?<!from )(?<!in )\b{_SPAN}", re.IGNORECASE),),
}
"""How titles tell their period, where a recipe does not say it."""


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


def ending_with(month: When) -> When:
    """Give the quarter that ends with a month; what is no such month stays what it is.

    >>> june = When("June 2024", "financial", dt.date(2024, 6, 30))
    >>> ending_with(june).label, ending_with(When("May 2024", "financial", dt.date(2024, 5, 31))).label
    ('2024-25 Q1', 'May 2024')
    """
    quarter = of_months(f"quarter to {month.label}")
    return month if quarter is None else of_whole(quarter, month.calendar)


@lru_cache(maxsize=4096)
def taken_from(text: str, told: Periods) -> tuple[str, When | None]:
    """Take the period out of a text that tells one in the words of a recipe, or by its months; give the rest, and it.

    >>> rest, when = taken_from("MMR1, April to June 2023 (%)", Periods("financial", False, "quarter", (), {}))
    >>> rest, when.label
    ('MMR1, (%)', '2023-24 Q1')
    """
    for form in (*(told.titles or USUAL[told.every]), MONTHS):
        match = form.search(text)
        period = None if match is None else of_months(text) if form is MONTHS else \
            of_match(match, told.calendar)  # fmt: skip
        if match is not None and period is not None:
            rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
            return rest, of_whole(period, told.calendar)
    return text, None


def of_whole(period: pd.Period, calendar: str) -> When:
    """Name a quarter of the financial year, or such a year, as a calendar calls it.

    >>> quarter = of_months("April to June 2017")
    >>> of_whole(quarter, "financial").label, of_whole(quarter, "calendar").label
    ('2017-18 Q1', '2017 Q2')
    """
    ends = period.end_time.date()
    own = calendar == "calendar" and period.freqstr.startswith("Q")
    return When(f"{ends:%Y} Q{ends.month // 3}" if own else periods.label(period), calendar, ends)


def of_match(match: re.Match[str], calendar: str = "financial") -> pd.Period | None:
    """Give the quarter that a pattern found, or the year where it asks for no quarter.

    A quarter of one year alone, such as 2017 Q2, is only known where years are those of the calendar.
    """
    told = match.groupdict()
    if calendar == "calendar" and "quarter" in told and re.fullmatch(r"20\d\d", told["year"].strip()):
        return pd.Period(f"{told['year'].strip()}-{3 * int(told['quarter']):02d}", freq="Q-MAR")
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
    if calendar == "financial" and (quarter := of_months(text)) is not None:
        return When(periods.label(quarter), calendar, quarter.end_time.date())
    try:
        if calendar in ("financial", "reporting"):
            span = periods.parse_span(text)
            return When(str(span), "financial", span.last.end_time.date())
        period = periods.parse(text, calendar="academic" if calendar == "academic" else "calendar")
    except ParseError:
        return None
    return When(periods.label(period), calendar, period.end_time.date())
