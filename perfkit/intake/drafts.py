"""Tables before they are frames.

To make a frame of twenty columns takes as long as to read a small sheet. So a reader gives the checked rows or columns
of one file as a draft, and a frame is made when it is asked for: one for a file, or one for all files of a delivery.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def same(value: Any, size: int, *, dtype: Any = "str") -> Chosen:
    """Give a column in which one value stands in each row."""
    return Chosen([value], np.zeros(size, dtype=np.int64), dtype)


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
        return pd.DataFrame({name: _stack([some[name] for some in columns]) for name in columns[0]}, copy=False)
    frames = [draft if isinstance(draft, pd.DataFrame) else frame([draft]) for draft in drafts]
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _stack(parts: Sequence[Column]) -> Any:
    chosen = [part for part in parts if isinstance(part, Chosen)]
    if chosen:
        return _choose(chosen)
    places = [part for part in parts if isinstance(part, Places)]
    if places:
        return coded.cells(_joined([part.rows for part in places]), _joined([part.columns for part in places]))
    return _joined(parts)


def _choose(parts: Sequence[Chosen]) -> Any:
    first = parts[0].values
    if all(part.values is first for part in parts):
        values, codes = first, _joined([part.codes for part in parts])
    else:
        starts = np.cumsum([0, *(len(part.values) for part in parts[:-1])])
        values = [value for part in parts for value in part.values]
        codes = _joined([part.codes + start for part, start in zip(parts, starts, strict=True)])
    return coded.array(values, codes) if parts[0].dtype == "str" else pd.array(values, dtype=parts[0].dtype).take(codes)


def _joined(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], ExtensionArray):
        return parts[0]._concat_same_type(parts)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
