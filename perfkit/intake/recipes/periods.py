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
from perfkit.model.spellings import with_plain_dashes

_MATCHED = re.compile(r"(?P<base>.+?) ?q(?:uarter ?)?(?P<first>[1-4])(?: ?(?:-|to) ?q?(?P<last>[1-4]))?")
_YEAR_IN_WORDS = re.compile(r"\b(20\d\d) to 20(\d\d)\b(?! ?[-/])", re.IGNORECASE)
_YEAR_TO = re.compile(r"\b(?:year|(?:12|twelve) months) (?:to|ending|ended) (?:(?P<day>31(?:st)?) )?"
                      r"(?P<month>march|mar|december|dec|august|aug) (?P<year>20\d\d)\b", re.IGNORECASE)  # fmt: skip
_LAST_MONTHS = {"mar": "financial", "aug": "academic", "dec": "calendar"}
_FULL_YEAR = r"(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d)"
_POOLED = re.compile(rf"(?P<first>{_FULL_YEAR})(?: ?- ?| to )(?P<last>{_FULL_YEAR}|\d\d ?[-/] ?\d\d)\b", re.I)
_POOLED_CALENDAR = re.compile(r"\b(?P<century>19|20)(?P<first>\d\d)(?: ?- ?| to )(?P<last>(?:19|20)\d\d|\d\d)\b", re.I)
_BARE_YEAR = re.compile(r"(?:\bmid[- ]|(?<!since )(?<!from )(?<![-/\d]))(?P<year>20\d\d)(?! ?[-/] ?\d)(?!\d)", re.I)
"""A year of the calendar, which only headings of columns tell in so few words."""
_DAY = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T]00:00:00)?|"
                  r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>20\d\d)")  # fmt: skip
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
    >>> rest, when = taken_from("Dwellings built 2021", Periods("calendar", False, "year", (), {}))
    >>> rest, when.label
    ('Dwellings built', '2021')

    Of years that a heading tells beside one another none is its own, unless they are pooled.

    >>> yearly = Periods("financial", False, "year", (), {})
    >>> rest, when = taken_from("Mended 2021/22 to 2023/24", yearly)
    >>> rest, when.label, taken_from("2021/22 against 2022/23", yearly)[1]
    ('Mended', '2021-22 to 2023-24', None)
    """
    yearly = told.every == "year"
    match = (_POOLED_CALENDAR if told.calendar == "calendar" else _POOLED).search(text) if yearly else None
    if match and (several := _pooled(match[0], told.calendar)):
        return _rest(text, match), several
    usual = (_BARE_YEAR,) if yearly and told.calendar == "calendar" else USUAL[told.every]
    for form in (*(told.titles or usual), MONTHS, *((_YEAR_TO,) if yearly else ())):
        match = form.search(text)
        period = None if match is None else of_months(text) if form is MONTHS else \
            year_to(text, told.calendar) if form is _YEAR_TO else of_match(match, told.calendar)  # fmt: skip
        if match is not None and period is not None:
            if yearly and form not in (MONTHS, _YEAR_TO) and len(set(_all_of(form, text, told.calendar))) > 1:
                return text, None
            return _rest(text, match), of_whole(period, told.calendar)
    return text, None


def _rest(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _all_of(form: re.Pattern[str], text: str, calendar: str) -> list[pd.Period]:
    found = [of_match(match, calendar) for match in form.finditer(text)]
    return [period for period in found if period is not None]


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
    if calendar == "calendar" and re.fullmatch(r"20\d\d", year):
        return pd.Period(year, freq="Y-DEC")
    try:
        if "quarter" in told:
            return periods.parse(f"{year} Q{told['quarter']}", expect="quarter")
        return periods.parse(year, expect="year", calendar="academic" if calendar == "academic" else "financial")
    except ParseError:
        return None


def year_to(text: str, calendar: str) -> pd.Period | None:
    """Give the year that a text names by its last month, None where it names none of its calendar, or several.

    >>> periods.label(year_to("Recorded crime, year ending March 2022", "financial"))
    '2021-22'
    >>> periods.label(year_to("12 months to December 2022", "calendar")), year_to("Year to December 2022", "financial")
    ('2022', None)
    """
    told = {(_LAST_MONTHS[match["month"][:3].lower()], match["year"]) for match in _YEAR_TO.finditer(text)}
    of, year = told.pop() if len(told) == 1 else ("", "")
    return pd.Period(year, freq=periods.YEAR_ENDS[of]) if of == calendar else None


@lru_cache(maxsize=4096)
def of_day(text: str, told: Periods) -> When | None:
    """Give the quarter, or of yearly series the year, that ends on a day; None for any other day or text.

    >>> quarterly, yearly = (Periods("financial", False, every, (), {}) for every in ("quarter", "year"))
    >>> of_day("2024-06-30 00:00:00", quarterly).label, of_day("31/03/2024", yearly).label
    ('2024-25 Q1', '2023-24')
    >>> of_day("2024-07-01", quarterly), of_day("30/06/2024", yearly)
    (None, None)
    """
    match = _DAY.fullmatch(text.strip())
    if match is None or told.calendar not in ("financial", "calendar"):
        return None
    parts = (("year", "y"), ("month", "m"), ("day", "d"))
    year, month, day = (int(match[long] or match[short]) for long, short in parts)
    freq = "Q-MAR" if told.every == "quarter" else "Y-MAR" if told.calendar == "financial" else "Y-DEC"
    try:
        period = pd.Period(dt.date(year, month, day), freq=freq)
    except ValueError:
        return None
    return of_whole(period, told.calendar) if period.end_time.date() == dt.date(year, month, day) else None


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
    action = "Correct it; if the publisher writes it so, say whose year it is in the recipe ([period] calendar)."
    return Problem(f'the period "{text}"', known, action)


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
    if pooled := _pooled(text, calendar):
        return pooled
    if (year := year_to(text, calendar)) is not None:
        return of_whole(year, calendar)
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


def _pooled(text: str, calendar: str) -> When | None:
    """Read several years that are told as one: 2021/22 to 2023/24, 2012/13 - 14/15, and of the calendar 2018 - 20."""
    plain = " ".join(with_plain_dashes(text).split())
    if calendar != "calendar" and (match := _POOLED.fullmatch(plain)):
        last = match["last"] if re.match(r"(19|20)\d\d", match["last"]) else match["first"][:2] + match["last"]
        kind = "academic" if calendar == "academic" else "financial"
        first, end = (_parsed(re.sub(r" ?[-/] ?", "-", year), kind) for year in (match["first"], last))
        return _from_to(first, end)
    if calendar in ("calendar", "reporting") and (match := _POOLED_CALENDAR.fullmatch(plain)):
        last = match["last"] if len(match["last"]) > 2 else match["century"] + match["last"]
        first, end = (_parsed(year, calendar) for year in (match["century"] + match["first"], last))
        # Two years in a row may as well be a financial year.
        return _from_to(first, end) if int(last) > int(match["century"] + match["first"]) + 1 else None
    return None


def _from_to(first: When | None, last: When | None) -> When | None:
    if first is None or last is None or first.label >= last.label:
        return None
    return When(f"{first.label} to {last.label}", last.calendar, last.ends)
