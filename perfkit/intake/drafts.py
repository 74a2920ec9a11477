"""Tables before they are frames.

To make a frame of twenty columns takes as long as to read a small sheet. So a reader gives the checked rows or columns
of one file as a draft, and a frame is made when it is asked for: one for a file, or one for all files of a delivery.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from perfkit.intake import coded
from perfkit.intake.coded import Ints
from perfkit.model import schemas
from perfkit.model.columns import Table


@dataclass(frozen=True)
class Rows:
    """Rows of one table, a value by each column's name, that have been found sound."""

    table: Table
    rows: Sequence[Mapping[str, Any]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)


@dataclass(frozen=True)
class Chosen:
    """A column: some values, texts unless ``dtype`` says otherwise, and which of them stands in each row."""

    values: Sequence[Any]
    codes: Ints
    dtype: Any = "str"


@dataclass(frozen=True)
class Places:
    """A column of cells, by rows and columns that count from 0."""

    rows: Ints
    columns: Ints


Column: TypeAlias = Chosen | Places | npt.NDArray[Any] | ExtensionArray


@dataclass(frozen=True)
class Columns:
    """The columns of one table in their order, all of one length, found sound."""

    columns: Mapping[str, Column]

    def __len__(self) -> int:
        """How many rows there are."""
        first = next(iter(self.columns.values()))
        return len(first.codes if isinstance(first, Chosen) else first.rows if isinstance(first, Places) else first)


Draft: TypeAlias = Rows | Columns | pd.DataFrame
_Joined: TypeAlias = dict[tuple[tuple[int, int], ...], Ints]
"""Codes of several drafts put together, by the identity of each draft's codes and how many values they point into."""


def same(value: Any, size: int, *, dtype: Any = "str") -> Chosen:
    """Give a column in which one value stands in each row."""
    return Chosen([value], _first_alone(size), dtype)


@lru_cache(maxsize=64)
def _first_alone(size: int) -> Ints:
    codes = np.zeros(size, dtype=np.int64)
    codes.flags.writeable = False
    return codes


def frame(drafts: Sequence[Draft]) -> pd.DataFrame:
    """Make one frame of one table's drafts, rows in the order given; there is at least one draft.

    >>> kent = Columns({"area": same("Kent", 2), "cell": Places(np.array([4, 5]), np.array([1, 1]))})
    >>> surrey = Columns({"area": same("Surrey", 1), "cell": Places(np.array([4]), np.array([1]))})
    >>> frame([kent, surrey])
         area cell
    0    Kent   B5
    1    Kent   B6
    2  Surrey   B5
    """
    rows = [draft for draft in drafts if isinstance(draft, Rows)]
    columns = [draft.columns for draft in drafts if isinstance(draft, Columns)]
    if len(rows) == len(drafts):
        return schemas.frame_of([row for draft in rows for row in draft.rows], rows[0].table)
    if len(columns) == len(drafts):
        joined: _Joined = {}
        return pd.DataFrame({name: _stack([some[name] for some in columns], joined) for name in columns[0]}, copy=False)
    frames = [draft if isinstance(draft, pd.DataFrame) else frame([draft]) for draft in drafts]
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _stack(parts: Sequence[Column], joined: _Joined) -> Any:
    chosen = [part for part in parts if isinstance(part, Chosen)]
    if chosen:
        return _choose(chosen, joined)
    places = [part for part in parts if isinstance(part, Places)]
    if places:
        return coded.cells(_join([part.rows for part in places]), _join([part.columns for part in places]))
    return _join(parts)


def _choose(parts: Sequence[Chosen], joined: _Joined) -> Any:
    first, dtype = parts[0].values, parts[0].dtype
    if all(part.values is first for part in parts):
        values, codes = first, _join([part.codes for part in parts])
    else:
        values, codes = [value for part in parts for value in part.values], _follow_on(parts, joined)
    return coded.array(values, codes) if dtype == "str" else pd.array(values, dtype=dtype).take(codes)


def _follow_on(parts: Sequence[Chosen], joined: _Joined) -> Ints:
    """Give the codes into the values of all parts together; columns that share their codes share these too."""
    key = tuple((id(part.codes), len(part.values)) for part in parts)
    if key not in joined:
        codes = np.empty(sum(len(part.codes) for part in parts), dtype=np.int64)
        row = start = 0
        for part in parts:
            np.add(part.codes, start, out=codes[row : row + len(part.codes)])
            row, start = row + len(part.codes), start + len(part.values)
        joined[key] = codes
    return joined[key]


def _join(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], ExtensionArray):
        return parts[0]._concat_same_type(parts)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
