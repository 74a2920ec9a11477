"""Whole columns of cells to numbers and markers at once; only texts that are no plain number are looked at singly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem, shown
from perfkit.intake.workbooks.grid import Value

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_LARGEST = 1e15
_BESIDE = re.compile(r"(?P<number>-?[\d.,]+%?) ?(?P<marker>\[[^\]]+\])")

Sign = tuple[str | None, str | None]
"""A marker as written, and what it means."""
NO_SIGN: Sign = (None, None)


@dataclass(frozen=True)
class Figures:
    """A column's numbers, the place of each row's sign among its distinct signs, and its problems by row."""

    values: Floats
    codes: Ints
    signs: tuple[Sign, ...]
    problems: tuple[tuple[int, Problem], ...]


def read(
    column: Sequence[Value], *, units: Sequence[str] = ("",), meanings: Mapping[str, str] | None = None
) -> Figures:
    """Read a column, or several of one length that follow one another, each with its unit.

    ``meanings`` are the markers of its source, in small letters, before those known everywhere.

    >>> found = read([95.0, "*", "1,291", 0.0, None, "?"], meanings={"*": "suppressed"})
    >>> found.values.tolist(), found.signs[found.codes[1]], found.problems[0][1].found
    ([95.0, nan, 1291.0, 0.0, nan, nan], ('*', 'suppressed'), '"?"')
    >>> read(["0.5%", "95.5%"], units=["", "percent"]).values.tolist()
    [0.5, 95.5]
    """
    if _PLAIN.issuperset(map(type, column)):
        values = np.array(column, dtype=np.float64)
        return Figures(values, no_codes(len(column)), (NO_SIGN,), tuple(_too_large(column, values)))
    plain, odd = list(column), [i for i, value in enumerate(column) if type(value) not in _PLAIN]
    for i in odd:
        plain[i] = None
    values = np.array(plain, dtype=np.float64)
    problems = list(_too_large(column, values))
    codes, signs = np.zeros(len(column), dtype=np.int64), {NO_SIGN: 0}
    for (_, cell, unit), rows in _same_cells(column, odd, units).items():
        value, sign, problem = _single(cell, unit, meanings or {})
        if problem is not None:
            problems += [(i, problem) for i in rows]
        elif value == value or sign != NO_SIGN:
            values[rows], codes[rows] = value, signs.setdefault(sign, len(signs))
    return Figures(values, codes, tuple(signs), tuple(sorted(problems, key=lambda pair: pair[0])))


_PLAIN = frozenset({float, int, type(None)})
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


@lru_cache(maxsize=64)
def no_codes(length: int) -> Ints:
    """Give zeros that nobody changes."""
    return np.zeros(length, dtype=np.int64)


def _too_large(column: Sequence[Value], values: Floats) -> Iterator[tuple[int, Problem]]:
    yield from ((i, _no_number(column[i])) for i in np.flatnonzero(np.abs(values) >= _LARGEST).tolist())


def _same_cells(
    column: Sequence[Value], odd: Sequence[int], units: Sequence[str]
) -> dict[tuple[type, Value, str], list[int]]:
    """Put together the rows of cells that hold the same; what is of another kind or unit stays apart."""
    rows: dict[tuple[type, Value, str], list[int]] = {}
    size = len(column) // len(units)
    for i in odd:
        rows.setdefault((type(column[i]), column[i], units[i // size]), []).append(i)
    return rows


def _single(value: Value, unit: str, meanings: Mapping[str, str]) -> tuple[float, Sign, Problem | None]:
    if type(value) is not str:
        return np.nan, NO_SIGN, _no_number(value)
    if _NUMBER.fullmatch(text := value.strip()):
        number = float(text)
        return number, NO_SIGN, None if abs(number) < _LARGEST else _no_number(value)
    if not text:
        return np.nan, NO_SIGN, None
    number, marker, means, problem = _odd(value, unit, meanings)
    return number, (marker, means), problem


def _odd(text: str, unit: str, meanings: Mapping[str, str]) -> tuple[float, str | None, str | None, Problem | None]:
    tidy = " ".join(text.split())
    if meaning := meanings.get(tidy.lower()):
        return np.nan, tidy, meaning, None
    beside = _BESIDE.fullmatch(tidy)
    if beside and known(beside["marker"], meanings):
        sign = beside["marker"]
        meaning = meanings.get(sign.lower()) or markers.meaning(sign)
        value, _, _, problem = _odd(beside["number"], unit, meanings)
        return value, sign, meaning, problem
    number = cells.number(text, unit="percent" if unit == "percent" else "")
    if number.problem is not None:
        return np.nan, None, None, _no_number(text)
    if number.value is None and number.marker is None:
        return np.nan, None, None, _no_number(text)
    return (np.nan if number.value is None else number.value), number.marker, number.means, None


def _no_number(value: Value) -> Problem:
    if fault := cells.fault(value):
        return fault
    action = "Add the sign to the recipe's markers if it is one; otherwise compare with the publisher's file."
    if isinstance(value, date | time):
        action = "Compare with the publisher's file; Excel makes a date of entries such as 3-5."
    return Problem(shown(value), "a number or a marker of this source", action)


def numeric(column: Sequence[Value], meanings: Mapping[str, str]) -> float:
    """Give the share of a column's filled cells that are numbers or markers; 0 where none is filled.

    >>> numeric(["1", "c", "x", None], {"c": "suppressed", "x": "not available"}), numeric(["16-17", "all"], {})
    (1.0, 0.0)
    """
    found = read(column, meanings=meanings)
    filled = sum(value is not None and (type(value) is not str or bool(value.strip())) for value in column)
    return (filled - len(found.problems)) / filled if filled else 0.0


def known(text: str, meanings: Mapping[str, str]) -> bool:
    """Say whether a text is a marker.

    >>> known("[c]", {}), known("Total", {})
    (True, False)
    """
    return " ".join(text.split()).lower() in meanings or markers.meaning(text) is not None
