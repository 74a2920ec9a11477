"""Financial years, quarters, months and spans, under the labels that councils write.

A financial year runs April to March: ``2017-18 Q1`` is April to June 2017. Periods are ``pandas.Period`` values
(``Y-MAR``, ``Q-MAR``, ``M``); what pandas prints for them (``2018Q1``) is never shown to a reader: use `label`.
Frames hold labels as text, so that a row reads as its workbook does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pandas as pd

from perfkit.model import lists
from perfkit.model.errors import ParseError
from perfkit.model.spellings import with_plain_dashes

Expect = Literal["year", "quarter", "month"]
Calendar = Literal["financial", "academic", "calendar"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_NUMBERS = {part.lower(): n for n, name in enumerate(MONTHS, 1) for part in (name, name[:3])} | {"sept": 9}
"""The number of a month by its name, whole or short, in small letters."""
YEAR_ENDS = {"financial": "Y-MAR", "academic": "Y-AUG", "calendar": "Y-DEC"}

_YEAR = r"(?:FY\s*)?(?P<first>(?:19|20)\d\d)\s*[-/ ]\s*(?P<second>(?:19|20)\d\d|\d\d)"
_QUARTER = r"(?:Q|QTR|QUARTER)\s*(?P<quarter>\d+)"
_MONTH = r"(?P<month>[A-Z]{3,9})\.?"
_QUARTER_FORMS = (re.compile(rf"{_YEAR}[\s,-]*{_QUARTER}"), re.compile(rf"{_QUARTER}[\s,-]*{_YEAR}"))
_MONTH_IN_YEAR_FORMS = (re.compile(rf"{_YEAR}[\s,-]+{_MONTH}"), re.compile(rf"{_MONTH}[\s,-]+{_YEAR}"))
_MONTH_FORMS = (
    re.compile(rf"{_MONTH}[\s,/-]*(?P<year>(?:19|20)\d\d|\d\d)"),
    re.compile(rf"(?P<year>(?:19|20)\d\d)[\s,/-]*{_MONTH}"),
)
_YEAR_FORM = re.compile(_YEAR)
_COMPACT_YEAR = re.compile(r"(?P<first>(?:19|20)\d\d)(?P<second>\d\d)")
_ISO_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)")
_SPAN_BREAK = re.compile(r"\s+(?:-|to)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Two periods of one frequency and all between them."""

    first: pd.Period
    last: pd.Period

    def __str__(self) -> str:
        return label(self.first) if self.first == self.last else f"{label(self.first)} to {label(self.last)}"


def parse(text: str, *, expect: Expect | None = None, calendar: Calendar = "financial") -> pd.Period:
    """Read a period as councils and national bodies write it.

    ``expect`` says what the place calls for; with it ``202425`` is a year and ``2017-03`` a month. Without it both are
    refused, since they may as well be a typing slip. ``calendar`` names whose year a bare year is; it is never guessed.
    Raises `ParseError` for anything else, ``2017-19`` included.

    >>> label(parse("FY2024_25_Q4")), label(parse("2011_APRIL")), label(parse("2016-17 OCTOBER"))
    ('2024-25 Q4', 'April 2011', 'October 2016')
    >>> parse("2017-18 Q1").start_time.date().isoformat()
    '2017-04-01'
    >>> parse("2017-19")
    Traceback (most recent call last):
    perfkit.model.errors.ParseError: "2017-19" is not a year: the second part must be the year after it (2017-18).
    """
    period = _parse(text, expect, calendar)
    if expect is not None and kind(period) != expect:
        raise ParseError(f'"{text}" is a {kind(period)}, expected a {expect} such as {_example(expect)}.')
    return period


@lru_cache(maxsize=4096)
def _parse(text: str, expect: Expect | None, calendar: Calendar) -> pd.Period:
    tidy = re.sub(r"[\s_;]+", " ", with_plain_dashes(text)).strip().upper()
    if expect == "year" and (match := _COMPACT_YEAR.fullmatch(tidy)):
        return _year(match, text, calendar)
    if expect == "month" and (match := _ISO_MONTH.fullmatch(tidy)):
        return _month(int(match["year"]), int(match["number"]), text)
    if calendar == "calendar" and re.fullmatch(r"(19|20)\d\d", tidy):
        return pd.Period(year=int(tidy), freq="Y-DEC")
    for form in _QUARTER_FORMS:
        if match := form.fullmatch(tidy):
            return _quarter(match, text, calendar)
    for form in _MONTH_IN_YEAR_FORMS:
        if (match := form.fullmatch(tidy)) and (number := MONTH_NUMBERS.get(match["month"].lower())):
            return month_in_year(_year(match, text, calendar), number)
    for form in _MONTH_FORMS:
        if (match := form.fullmatch(tidy)) and (number := MONTH_NUMBERS.get(match["month"].lower())):
            year = int(match["year"])
            return _month(year if year > 99 else 2000 + year, number, text)
    if match := _YEAR_FORM.fullmatch(tidy):
        return _year(match, text, calendar)
    raise ParseError(f'"{text}" is not a {expect or "period"}: expected one such as {_example(expect)}.')


def _year(match: re.Match[str], text: str, calendar: Calendar) -> pd.Period:
    first, second = int(match["first"]), match["second"]
    if int(second) != (first + 1 if len(second) == 4 else (first + 1) % 100):
        good = f"{first}-{(first + 1) % 100:02d}"
        raise ParseError(f'"{text}" is not a year: the second part must be the year after it ({good}).')
    if calendar == "calendar":
        raise ParseError(f'"{text}" is no calendar year: expected one such as "{first + 1}".')
    return pd.Period(year=first + 1, freq=YEAR_ENDS[calendar])


def _quarter(match: re.Match[str], text: str, calendar: Calendar) -> pd.Period:
    number = int(match["quarter"])
    if not 1 <= number <= 4:
        raise ParseError(f'"{text}" is not a quarter: a year has quarters 1 to 4.')
    if calendar != "financial":
        raise ParseError(f'"{text}" is a quarter; quarters are known for financial years only.')
    return pd.Period(year=_year(match, text, calendar).year, quarter=number, freq="Q-MAR")


def _month(year: int, number: int, text: str) -> pd.Period:
    if not 1 <= number <= 12:
        raise ParseError(f'"{text}" is not a month: a year has months 01 to 12.')
    return pd.Period(year=year, month=number, freq="M")


def _example(expect: Expect | None) -> str:
    examples = {"year": '"2017-18"', "quarter": '"2017-18 Q1"', "month": '"April 2017"'}
    return examples[expect] if expect else lists.join(examples.values(), last="or")


def month_in_year(year: pd.Period, month: int | str) -> pd.Period:
    """Give the month of that name or number that lies within a year.

    >>> label(month_in_year(parse("2016-17"), "OCTOBER")), label(month_in_year(parse("2016-17"), 2))
    ('October 2016', 'February 2017')
    """
    number = MONTH_NUMBERS.get(month.strip().lower()) if isinstance(month, str) else month
    if number is None:
        raise ParseError(f'"{month}" is not the name of a month.')
    return next(p for p in pd.period_range(year.start_time, year.end_time, freq="M") if p.month == number)


def parse_span(text: str, *, expect: Expect | None = None) -> Span:
    """Read ``2021/22 Q1 - 2021/22 Q2`` or a single period as a span.

    >>> str(parse_span("2021/22 Q1 - 2021/22 Q2")), str(parse_span("2017-18 Q1"))
    ('2021-22 Q1 to 2021-22 Q2', '2017-18 Q1')
    """
    parts = _SPAN_BREAK.split(with_plain_dashes(text).strip())
    if len(parts) > 2:
        raise ParseError(f'"{text}" is not a span: expected two periods with a dash between them.')
    first, last = parse(parts[0], expect=expect), parse(parts[-1], expect=expect)
    if first.freqstr != last.freqstr or last < first:
        raise ParseError(f'"{text}" is not a span: expected two periods of one kind, the earlier first.')
    return Span(first, last)


def kind(period: pd.Period) -> Expect:
    """Say whether a period is a year, a quarter or a month.

    >>> kind(parse("April 2017"))
    'month'
    """
    return {"Y": "year", "Q": "quarter", "M": "month"}[period.freqstr[0]]  # type: ignore[return-value]


def label(period: pd.Period) -> str:
    """Write a period as perfkit shows it; `parse` reads back what this writes.

    >>> label(pd.Period("2017-06", "Q-MAR")), label(pd.Period("2017-06", "Y-MAR")), label(pd.Period("2017-06", "M"))
    ('2017-18 Q1', '2017-18', 'June 2017')
    """
    if period.freqstr == "M":
        return f"{MONTHS[period.month - 1]} {period.year}"
    if period.freqstr == "Y-DEC":
        return str(period.year)
    if period.freqstr == "Q-MAR":
        return f"{period.qyear - 1}-{period.qyear % 100:02d} Q{period.quarter}"
    return f"{period.year - 1}-{period.year % 100:02d}"


@lru_cache(maxsize=4_096)
def year_of(period: pd.Period) -> pd.Period:
    """Give the financial year that a period ends in.

    >>> label(year_of(parse("March 2018"))), label(year_of(parse("2017-18 Q4")))
    ('2017-18', '2017-18')
    """
    return pd.Period(period.end_time, freq="Y-MAR")


def year_label(text: str, *, expect: Expect | None = None) -> str:
    """Label the financial year that a period lies in; ``expect`` is for `parse`.

    >>> year_label("2017-18 Q1"), year_label("March 2018")
    ('2017-18', '2017-18')
    """
    return label(year_of(parse(text, expect=expect)))


def quarter_label(text: str) -> str:
    """Label the quarter that a text names, however it writes it.

    >>> quarter_label("Quarter 1 2017/18")
    '2017-18 Q1'
    """
    return label(parse(text, expect="quarter"))


def quarter_of(period: pd.Period) -> pd.Period:
    """Give the quarter that a period ends in: of a month its quarter, of a year its quarter 4.

    >>> label(quarter_of(parse("April 2017"))), label(quarter_of(parse("2016-17")))
    ('2017-18 Q1', '2016-17 Q4')
    """
    return pd.Period(period.end_time, freq="Q-MAR")


def months_of(period: pd.Period) -> list[pd.Period]:
    """List the months of a period in order.

    >>> [label(m) for m in months_of(parse("2017-18 Q1"))]
    ['April 2017', 'May 2017', 'June 2017']
    """
    return list(pd.period_range(period.start_time, period.end_time, freq="M"))


def quarters_of(year: pd.Period) -> list[pd.Period]:
    """List the quarters of a financial year in order.

    >>> [label(q) for q in quarters_of(parse("2017-18"))]
    ['2017-18 Q1', '2017-18 Q2', '2017-18 Q3', '2017-18 Q4']
    """
    return list(pd.period_range(year.start_time, year.end_time, freq="Q-MAR"))


def earlier(period: pd.Period, *, years: int = 0, steps: int = 0) -> pd.Period:
    """Go back a number of years, or of steps of the period's own kind.

    >>> label(earlier(parse("2017-18 Q1"), years=1)), label(earlier(parse("2017-18 Q1"), steps=1))
    ('2016-17 Q1', '2016-17 Q4')
    """
    return period - steps - years * {"year": 1, "quarter": 4, "month": 12}[kind(period)]


def previous(quarter: str) -> str:
    """Label the quarter before.

    >>> previous("2017-18 Q1")
    '2016-17 Q4'
    """
    return label(parse(quarter, expect="quarter") - 1)


def last_full_year(label_of_quarter: str) -> str:
    """Label the newest financial year that is over by the end of a quarter.

    >>> last_full_year("2017-18 Q1"), last_full_year("2017-18 Q4")
    ('2016-17', '2017-18')
    """
    quarter = parse(label_of_quarter, expect="quarter")
    return label(earlier(year_of(quarter), years=0 if quarter.quarter == 4 else 1))


def year_ago(text: str) -> str:
    """Label the same period one year before.

    >>> year_ago("2017-18 Q1"), year_ago("March 2017")
    ('2016-17 Q1', 'March 2016')
    """
    return label(earlier(parse(text), years=1))


def in_words(period: pd.Period) -> str:
    """Write a period with its months, for a title.

    >>> in_words(parse("2017-18 Q1")), in_words(parse("2017-18"))
    ('quarter 1 of 2017-18 (April to June 2017)', '2017-18 (April 2017 to March 2018)')
    """
    first, last = period.start_time, period.end_time
    if kind(period) == "month":
        return label(period)
    begin = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
    span = f"({begin} to {MONTHS[last.month - 1]} {last.year})"
    if kind(period) == "quarter":
        return f"quarter {period.quarter} of {label(year_of(period))} {span}"
    return f"{label(period)} {span}"


def in_title(quarter: pd.Period) -> str:
    """Write a quarter as the titles of returns do.

    >>> in_title(parse("2017-18 Q2"))
    'Quarter 2 (July to September 2017)'
    """
    words = in_words(quarter)
    return f"Quarter {quarter.quarter} {words[words.index('(') :]}"


def ends(labels: Iterable[str]) -> pd.Series[pd.Timestamp]:
    """Give the last day of each labelled period, to sort and compare labels of any kind by.

    >>> ends(["2017-18 Q1", "2017-18"]).dt.strftime("%Y-%m-%d").tolist()
    ['2017-06-30', '2018-03-31']
    """
    series = labels if isinstance(labels, pd.Series) else pd.Series(list(labels), dtype="str")
    known = {text: parse(text).end_time.normalize() for text in series.dropna().unique()}
    return pd.to_datetime(series.map(known))
