"""What one cell of a sheet to fill in says, by the kind of its heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from perfkit.intake import cells
from perfkit.intake.cells import Problem
from perfkit.intake.layouts import dates, money, words
from perfkit.intake.layouts import text as layout_text
from perfkit.intake.layouts.said import Said
from perfkit.intake.rows import Row
from perfkit.model import spellings
from perfkit.model.errors import Severity
from perfkit.model.layouts import Heading

_BRACKETED = re.compile(r"\((?P<number>[^()]*\d[^()]*)\)")
_NOUGHT = ("nil", "zero")
_LISTED = re.compile(r"(?<![\w-])and(?![\w-])", re.IGNORECASE)
_BETWEEN, _BETWEEN_NUMBERS = re.compile(r"[^\s,;&]+"), re.compile(r"[^\s,;&/+|]+")
_PREFIX = re.compile(r"(?:lps?|priorit(?:y|ies)|nos?\.?|numbers?|leadership|#)\s*(?=\d|$|[a-z])", re.IGNORECASE)
_NONE = ("", "none", "nil", "no", "not mapped", "-", "n/a", "not applicable")
"""What stands in a list that is empty on purpose."""


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


def _text(cell: _Cell) -> Said:
    value = cell.value
    if isinstance(value, datetime | date):
        if cell.heading.names:
            action = "Type it as text, in a cell formatted as Text; Excel makes a date of entries such as 1.10 or 3-5."
            return Said(problem=Problem(cells.shown(value), f"{cell.heading.title}: {cell.heading.meaning}", action))
        return Said(f"{value.day} {value:%B %Y}")
    word = cells.text(value)
    text = word.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = layout_text.shown(value, cell.number_format)
    if text is not None and cell.heading.names == "number":
        text = layout_text.item(text)
    meant = dict(cell.heading.synonyms).get((text or "").lower(), text)
    return Said(meant, problem=word.problem)


def _number(cell: _Cell) -> Said:
    value = cell.value
    if isinstance(value, str) and value.strip().lower() in _NOUGHT:
        return Said(0.0)
    if isinstance(value, str) and (match := _BRACKETED.fullmatch(value.strip())):
        value = f"-{match['number']}"
    number = cells.number(value, number_format=cell.number_format)
    if number.problem is not None and isinstance(value, str) and "%" not in value:
        pounds = money.money(value)
        if pounds.value is not None:
            return pounds
    return Said(number.value, number.marker, number.problem)


def _whole(cell: _Cell) -> Said:
    if isinstance(cell.value, str):
        return words.whole(cell.value, cell.heading)
    number = cells.whole(cell.value)
    bad = number.value is None or number.problem is not None
    return Said(None if bad else int(number.value or 0), problem=number.problem)


def _month(cell: _Cell) -> Said:
    said = dates.month(cell.value)
    shape = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.number_format).lower()
    if isinstance(cell.value, date) and said.value is not None and "m" in shape and "d" in shape and "y" not in shape:
        found = f"{cells.shown(cell.value)} in a cell that does not show its year"
        action = f"It was read as {said.value}; type the month and year as text if another is meant."
        return Said(said.value, problem=Problem(found, "a month such as December 2024", action, Severity.WARNING))
    return said


def _list(cell: _Cell) -> Said:
    if isinstance(cell.value, datetime | date):
        action = "Type the list as text; Excel makes a date of entries such as 3-5."
        return Said(problem=Problem(cells.shown(cell.value), cell.heading.meaning, action))
    text = _LISTED.sub(" ", spellings.tidy(cells.text(cell.value).value or ""))
    if text.lower() in _NONE:
        return Said()
    if cell.heading.names != "number":
        return Said(" ".join(dict.fromkeys(_BETWEEN.findall(text))) or None)
    items = [item.removesuffix(".0") for item in _BETWEEN_NUMBERS.findall(_PREFIX.sub(" ", text))]
    if not items or not all(item.isdecimal() for item in items):
        action = "Type each number, with a comma between them."
        return Said(problem=Problem(cells.shown(cell.value), cell.heading.meaning, action))
    return Said(" ".join(dict.fromkeys(items)) or None)


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
    "code": lambda cell: words.code(cell.value, cell.heading),
    "number": _number,
    "money": lambda cell: money.money(cell.value, scale=cell.scale, number_format=cell.number_format),
    "whole": _whole,
    "flag": lambda cell: words.flag(cell.value, cell.heading),
    "day": lambda cell: dates.day(cell.value),
    "month": _month,
    "period": lambda cell: dates.period(cell.value),
    "year": lambda cell: dates.year(cell.value),
    "list": _list,
}
