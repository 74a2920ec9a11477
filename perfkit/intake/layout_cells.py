"""What one cell of a sheet to fill in says, by the kind of its heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem
from perfkit.intake.headings import words
from perfkit.intake.rows import Row
from perfkit.model import periods, spellings
from perfkit.model.errors import ParseError
from perfkit.model.layouts import Heading

UNITS = {
    "": 1.0, "£": 1.0, "£s": 1.0, "pounds": 1.0, "pound": 1.0, "gbp": 1.0,
    "£000": 1e3, "£000s": 1e3, "£ 000": 1e3, "£ 000s": 1e3, "£k": 1e3, "£ k": 1e3, "000s": 1e3, "000": 1e3,
    "£ thousand": 1e3, "£ thousands": 1e3, "thousands": 1e3, "£thousands": 1e3, "thousands of pounds": 1e3, "k": 1e3,
    "£m": 1e6, "£ m": 1e6, "£ million": 1e6, "£ millions": 1e6, "£million": 1e6, "£millions": 1e6, "millions": 1e6,
    "million pounds": 1e6, "millions of pounds": 1e6, "£mn": 1e6, "£mil": 1e6, "m": 1e6,
}  # fmt: skip
"""How many pounds one stands for, by how a heading or title writes it in bare words."""

_YES = ("x", "yes", "y", "true", "1", "✓", "✔", "☑", "●", "•")
_NO = ("", "no", "n", "false", "0", "-", "–", "☐", "✗", "✘")
_BY = re.compile(r"^(?:by |end of |end |the end of |by the end of |by end of |due )+", re.IGNORECASE)
_SLASHED = re.compile(r"(?P<month>\d{1,2})/(?P<year>20\d\d)")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")
_BRACKETED = re.compile(r"\((?P<number>[^()]*\d[^()]*)\)")
_EXACT = re.compile(r"0\.(?P<zeros>0+)")


@dataclass(frozen=True)
class Said:
    """What a cell says: its value, or the marker in its place, and the problem where it is not understood."""

    value: Any = None
    marker: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class _Cell:
    value: object
    heading: Heading
    number_format: str = ""
    scale: float = 1.0


def read(row: Row, heading: Heading, *, scale: float = 1.0) -> Said:
    """Read the cell under a heading; ``scale`` is how many pounds one stands for, for money.

    A problem is both given and kept among the row's issues.
    """
    value = row.value(heading.field)
    fault = cells.fault(value)
    said = (
        Said(problem=fault)
        if fault
        else _BY_KIND[heading.kind](_Cell(value, heading, row.format(heading.field), scale))
    )
    said = _within(said, value, heading) if said.value is not None else said
    row.report(heading.field, said.problem)
    return said


def month(value: object) -> Said:
    """Read a month, as a date cell or as people write it, into its label; a quarter is its last month.

    >>> [month(text).value for text in ("Dec 2024", "2024-12", "31/12/2024", "end of December 2024", "2024-25 Q3")]
    ['December 2024', 'December 2024', 'December 2024', 'December 2024', 'December 2024']
    >>> month("TBC").marker, month("soon").problem.found
    ('TBC', '"soon"')
    """
    if isinstance(value, datetime | date):
        return Said(periods.label(pd.Period(value, freq="M")))
    text = cells.text(value).value
    if text is None:
        return Said()
    if markers.meaning(text):
        return Said(marker=text)
    for read_text in (_month_of_day, _month_of_period):
        if label := read_text(_BY.sub("", text)):
            return Said(label)
    return Said(problem=Problem(cells.shown(value), "a month such as December 2024", "Type the month and year."))


def money(value: object, *, scale: float = 1.0, number_format: str = "") -> Said:
    """Read an amount into pounds: 1400 under £000, "£1.4m", "1,400,000", "(200)" for less than nothing.

    >>> money(1400, scale=1e3).value, money("£1.4m").value, money("(200)", scale=1e3).value, money("[x]").marker
    (1400000.0, 1400000.0, -200000.0, '[x]')
    """
    if isinstance(value, str) and value.strip():
        return _money_of_text(value, scale)
    number = cells.number(value, unit="pounds", number_format=number_format)
    return Said(None if number.value is None else round(number.value * scale, 2), problem=number.problem)


def _money_of_text(value: str, scale: float) -> Said:
    text = spellings.tidy(value)
    if markers.meaning(text):
        return Said(marker=text)
    plain = f"-{match['number']}" if (match := _BRACKETED.fullmatch(text)) else text
    try:
        pounds = float(spellings.number(plain.replace("£ ", "£")))
    except ParseError:
        return Said(problem=Problem(cells.shown(value), "an amount such as 1,400,000 or £1.4m, or a marker such as [x]",
                                    "Type the amount; put words in another column."))  # fmt: skip
    own_unit = re.search(r"[a-z]", text.lower()) is not None
    if "£" in text and not own_unit and scale != 1.0:
        return Said(problem=Problem(cells.shown(value), f"an amount in units of £{scale:,.0f}, as its heading says",
                                    "Type the number without the £, or with k or m behind it."))  # fmt: skip
    return Said(round(pounds * (1.0 if own_unit else scale), 2))


def _text(cell: _Cell) -> Said:
    if isinstance(cell.value, datetime | date):
        return Said(f"{cell.value.day} {cell.value:%B %Y}")
    if isinstance(cell.value, float) and (shape := _EXACT.fullmatch(cell.number_format)):
        return Said(f"{cell.value:.{len(shape['zeros'])}f}")
    word = cells.text(cell.value)
    return Said(word.value, problem=word.problem)


def _code(cell: _Cell) -> Said:
    text = cells.text(cell.value).value
    if text is None:
        return Said()
    known = {words(word): word for word in cell.heading.words} | {
        words(other): word for other, word in cell.heading.synonyms
    }
    if words(text) in known:
        return Said(known[words(text)])
    if not cell.heading.words:
        return Said(text.lower())
    expected = " or ".join([", ".join(cell.heading.words[:-1]), cell.heading.words[-1]])
    return Said(problem=Problem(cells.shown(cell.value), expected, "Type one of these words."))


def _number(cell: _Cell) -> Said:
    value = cell.value
    if isinstance(value, str) and (match := _BRACKETED.fullmatch(value.strip())):
        value = f"-{match['number']}"
    number = cells.number(value, number_format=cell.number_format)
    return Said(number.value, number.marker, number.problem)


def _money(cell: _Cell) -> Said:
    return money(cell.value, scale=cell.scale, number_format=cell.number_format)


def _whole(cell: _Cell) -> Said:
    number = cells.whole(cell.value)
    bad = number.value is None or number.problem is not None
    return Said(None if bad else int(number.value or 0), problem=number.problem)


def _flag(cell: _Cell) -> Said:
    text = (
        ("yes" if cell.value else "no")
        if isinstance(cell.value, bool)
        else (cells.text(cell.value).value or "").lower()
    )
    if text in (*_YES, cell.heading.title.lower()):
        return Said(True)
    if text in _NO:
        return Said(False)
    return Said(
        problem=Problem(cells.shown(cell.value), "x, or nothing", "Type x where it is so, else empty the cell.")
    )


def _day(cell: _Cell) -> Said:
    stamp, problem = cells.day(cell.value)
    return Said(stamp, problem=problem)


def _month(cell: _Cell) -> Said:
    return month(cell.value)


def _period(cell: _Cell) -> Said:
    return _label(cell.value, None, "a period such as 2017-18 Q1")


def _year(cell: _Cell) -> Said:
    return _label(cell.value, "year", "a financial year such as 2017-18")


def _label(value: object, expect: periods.Expect | None, expected: str) -> Said:
    text = cells.text(value).value
    if text is None:
        return Said()
    try:
        return Said(periods.label(periods.parse(text, expect=expect)))
    except ParseError as error:
        return Said(problem=Problem(cells.shown(value), expected, str(error)))


def _list(cell: _Cell) -> Said:
    if isinstance(cell.value, datetime | date):
        action = "Type the list as text; Excel makes a date of entries such as 3-5."
        return Said(problem=Problem(cells.shown(cell.value), cell.heading.meaning, action))
    text = cells.text(cell.value).value
    items = re.findall(r"[^\s,;&]+", re.sub(r"(?<![\w-])and(?![\w-])", " ", text or ""))
    return Said(" ".join(dict.fromkeys(items)) or None)


def _month_of_day(text: str) -> str | None:
    stamp = cells.day(text)[0]
    for form in _DAYS if stamp is None else ():
        parsed = pd.to_datetime(text, format=form, errors="coerce")
        stamp = None if pd.isna(parsed) else parsed
        if stamp is not None:
            break
    return None if stamp is None else periods.label(stamp.to_period("M"))


def _month_of_period(text: str) -> str | None:
    if match := _SLASHED.fullmatch(text):
        text = f"{match['year']}-{int(match['month']):02d}"
    for expect in ("month", "quarter"):
        try:
            return periods.label(periods.months_of(periods.parse(text, expect=expect))[-1])
        except ParseError:
            continue
    return None


def _within(said: Said, value: object, heading: Heading) -> Said:
    low, high = heading.least, heading.most
    if not isinstance(said.value, int | float) or (low is None and high is None):
        return said
    if (low is None or said.value >= low) and (high is None or said.value <= high):
        return said
    expected = f"a number from {low:g} to {high:g}" if high is not None else f"a number of {low:g} or more"
    return Said(problem=Problem(cells.shown(value), expected, "Correct the number."))


_BY_KIND: dict[str, Callable[[_Cell], Said]] = {
    "text": _text,
    "code": _code,
    "number": _number,
    "money": _money,
    "whole": _whole,
    "flag": _flag,
    "day": _day,
    "month": _month,
    "period": _period,
    "year": _year,
    "list": _list,
}
