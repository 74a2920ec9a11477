"""Columns of text as few distinct words and a number for each row: quick to compare, to combine and to write out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from perfkit.intake.workbooks.grid import Value, as_text, cell_name

Ints = npt.NDArray[np.int64]
_MOST = 2**62
_SHORT = 1_000
"""Rows below which a column is worth keeping."""
_FEW = 400
"""Keys below which they are quicker numbered one by one."""
_ROWS, _COLUMNS = 20_000, 512
_TEXT = pd.StringDtype(na_value=np.nan)


@dataclass(frozen=True)
class Coded:
    """A column: its distinct words, the first of them "" for an empty cell, and the place of each row's word."""

    words: Sequence[str]
    codes: Ints

    def at(self, row: int) -> str:
        """Give the word of one row."""
        return self.words[int(self.codes[row])]

    def words_of(self, rows: Ints) -> list[str]:
        """Give the words of some rows."""
        return [self.words[code] for code in self.codes[rows].tolist()]


def code(values: Sequence[Value]) -> Coded:
    """Write a column as texts with single spaces; 608.0 is "608", an empty cell is "".

    >>> found = code([608.0, "0931", None, "608"])
    >>> found.words, found.codes.tolist()
    (['', '608', '0931'], [1, 2, 0, 1])
    """
    return _code_once(tuple(values)) if len(values) < _SHORT and bool not in map(type, values) else _code(values)


@lru_cache(maxsize=512)
def _code_once(values: tuple[Value, ...]) -> Coded:
    """Keep the columns of names and codes that sheet after sheet repeats; nobody changes them."""
    return _code(values)


def _code(values: Sequence[Value]) -> Coded:
    distinct: dict[Value, int] = {}
    first = [distinct.setdefault(value, len(distinct)) for value in values]
    words: dict[str, int] = {"": 0}
    texts = np.array([words.setdefault(as_text(value), len(words)) for value in distinct], dtype=np.int64)
    return Coded(list(words), texts[np.array(first, dtype=np.int64)] if first else np.zeros(0, dtype=np.int64))


def blank(size: int) -> Coded:
    """Give a column in which nothing stands."""
    return Coded([""], np.zeros(size, dtype=np.int64))


def fill_down(column: Coded) -> Coded:
    """Fill each empty cell with the word above it.

    >>> fill_down(Coded(["", "South East"], np.array([0, 1, 0]))).codes.tolist()
    [0, 1, 1]
    """
    last = np.maximum.accumulate(np.where(column.codes > 0, np.arange(len(column.codes)), 0)) if len(column.codes) \
        else column.codes  # fmt: skip
    return Coded(column.words, column.codes[last])


def combine(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Number the distinct rows of several columns as they first appear; give each row's number, and the first rows.

    >>> combine([np.array([1, 1, 0]), np.array([2, 2, 2])])
    (array([0, 0, 1]), array([0, 2]))
    """
    keys = columns[0]
    for column in columns[1:]:
        width = int(column.max(initial=0)) + 1
        if int(keys.max(initial=0)) > _MOST // width:
            keys = pd.factorize(keys)[0]
        keys = keys * width + column
    if len(keys) < _FEW:
        return _numbered(keys.tolist())
    numbers, distinct = pd.factorize(keys)
    firsts = np.zeros(len(distinct), dtype=np.int64)
    firsts[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return numbers, firsts


def _numbered(keys: list[int]) -> tuple[Ints, Ints]:
    """Number a few keys; a table of hashes for many takes longer to set up."""
    distinct = dict.fromkeys(keys)
    if len(distinct) == len(keys):
        return np.arange(len(keys)), np.arange(len(keys))
    places = {key: place for place, key in enumerate(distinct)}
    firsts = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    return np.array([places[key] for key in keys], dtype=np.int64), np.array(
        [firsts[k] for k in distinct], dtype=np.int64
    )


def array(words: Iterable[str | None], codes: Ints) -> Any:
    """Write a column out as pandas keeps texts; "" becomes missing.

    >>> array(["", "Kent"], np.array([1, 0, 1])).tolist()
    ['Kent', nan, 'Kent']
    """
    texts = [word or None for word in words]
    if len(texts) == 1:
        return same(texts[0], len(codes))
    return _texts(pa.array(texts, pa.large_string()).take(pa.array(codes)))


def same(word: str | None, size: int) -> Any:
    """Write one word down a whole column."""
    return _texts(pa.repeat(pa.scalar(word or None, pa.large_string()), size))


def _texts(column: pa.Array) -> Any:
    return pd.arrays.ArrowStringArray(column, dtype=_TEXT)


def cells(rows: Ints, columns: Ints) -> Any:
    """Name many cells at once; rows and columns count from 0.

    >>> cells(np.array([14, 9]), np.array([6, 0])).tolist()
    ['G15', 'A10']
    """
    height, width = int(rows.max(initial=0)) + 1, int(columns.max(initial=0)) + 1
    if height * width * 2 < len(rows):
        return cells(*np.divmod(np.arange(height * width), width)).take(rows * width + columns)
    letters, numbers = _coordinates()
    if columns.max(initial=0) >= len(letters):
        return pd.array([cell_name(int(r), int(c)) for r, c in zip(rows, columns, strict=True)], dtype="str")
    if rows.max(initial=0) >= len(numbers):
        return letters.take(columns) + pd.array((rows + 1).astype("str"), dtype="str")
    return letters.take(columns) + numbers.take(rows)


@lru_cache(maxsize=1)
def _coordinates() -> tuple[Any, Any]:
    letters = [cell_name(0, column)[:-1] for column in range(_COLUMNS)]
    return pd.array(letters, dtype="str"), pd.array([str(row + 1) for row in range(_ROWS)], dtype="str")
