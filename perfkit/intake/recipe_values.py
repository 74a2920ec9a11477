"""Whole columns of cells to numbers and markers at once; only texts that are no plain number are looked at singly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem, shown
from perfkit.intake.grid import Value

Floats = npt.NDArray[np.float64]
Objects = npt.NDArray[np.object_]
_LARGEST = 1e15
_BESIDE = re.compile(r"(?P<number>-?[\d.,]+%?) ?(?P<marker>\[[^\]]+\])")


@dataclass(frozen=True)
class Figures:
    """A column's numbers, its markers and what they mean (None where there are none), and its problems by row."""

    values: Floats
    markers: Objects
    means: Objects
    problems: tuple[tuple[int, Problem], ...]


def read(column: Sequence[Value], *, unit: str = "", meanings: Mapping[str, str] | None = None) -> Figures:
    """Read a column; ``meanings`` are the markers of its source, in small letters, before those known everywhere.

    >>> found = read([95.0, "*", "1,291", 0.0, None, "?"], meanings={"*": "suppressed"})
    >>> found.values.tolist(), found.means.tolist()[1], found.problems[0][1].found
    ([95.0, nan, 1291.0, 0.0, nan, nan], 'suppressed', '"?"')
    """
    cells_of = np.empty(len(column), dtype=object)
    cells_of[:] = column
    values = np.full(len(column), np.nan)
    signs, means = np.full(len(column), None, dtype=object), np.full(len(column), None, dtype=object)
    kinds = np.fromiter((_kind(value) for value in column), dtype=np.int8, count=len(column))
    values[kinds == _NUMBER] = cells_of[kinds == _NUMBER].astype(np.float64)
    problems = [(i, _no_number(column[i])) for i in np.flatnonzero(kinds == _OTHER).tolist()]
    problems += [(i, _no_number(column[i])) for i in np.flatnonzero(np.abs(values) >= _LARGEST).tolist()]
    texts = np.flatnonzero(kinds == _TEXT)
    if len(texts):
        found = _texts(cells_of[texts], unit, meanings or {})
        values[texts], signs[texts], means[texts] = found.values, found.markers, found.means
        problems += [(int(texts[i]), problem) for i, problem in found.problems]
    return Figures(values, signs, means, tuple(sorted(problems, key=lambda pair: pair[0])))


@lru_cache(maxsize=64)
def blank(length: int) -> Figures:
    """Give a column in which nothing stands.

    >>> blank(2).values.tolist(), blank(2).markers.tolist()
    ([nan, nan], [None, None])
    """
    nothing = np.full(length, None, dtype=object)
    return Figures(np.full(length, np.nan), nothing, nothing, ())


_EMPTY, _NUMBER, _TEXT, _OTHER = range(4)
_KINDS: dict[type, int] = {type(None): _EMPTY, float: _NUMBER, int: _NUMBER, str: _TEXT}


def _kind(value: Value) -> int:
    kind = _KINDS.get(type(value), _OTHER)
    return _EMPTY if kind == _TEXT and not str(value).strip() else kind


def _texts(texts: Objects, unit: str, meanings: Mapping[str, str]) -> Figures:
    codes, unique = pd.factorize(texts)
    plain = pd.to_numeric(pd.Series(unique, dtype="object"), errors="coerce").to_numpy(dtype=np.float64, copy=True)
    plain[~(np.abs(plain) < _LARGEST)] = np.nan
    odd = np.flatnonzero(np.isnan(plain))
    signs, means = np.full(len(unique), None, dtype=object), np.full(len(unique), None, dtype=object)
    wrong: dict[int, Problem] = {}
    for k in odd:
        plain[k], signs[k], means[k], problem = _odd(str(unique[k]), unit, meanings)
        if problem is not None:
            wrong[int(k)] = problem
    problems = [(i, wrong[code]) for i, code in enumerate(codes.tolist()) if code in wrong] if wrong else []
    return Figures(plain[codes], signs[codes], means[codes], tuple(problems))


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
    filled = sum(_kind(value) != _EMPTY for value in column)
    return (filled - len(found.problems)) / filled if filled else 0.0


def known(text: str, meanings: Mapping[str, str]) -> bool:
    """Say whether a text is a marker.

    >>> known("[c]", {}), known("Total", {})
    (True, False)
    """
    return " ".join(text.split()).lower() in meanings or markers.meaning(text) is not None
