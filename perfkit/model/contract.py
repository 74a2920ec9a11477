"""The check that a frame keeps to its table: columns, kinds, words and key, every breach told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model.columns import LINEAGE, Column, Kind, Table
from perfkit.model.errors import InputError, Issue, Where, one_of

_TEXT = pd.StringDtype(na_value=np.nan)
_DTYPES: dict[Kind, Any] = {
    "text": _TEXT,
    "number": np.dtype("float64"),
    "whole": pd.Int64Dtype(),
    "flag": pd.BooleanDtype(),
    "date": np.dtype("datetime64[us]"),
    "month": pd.PeriodDtype("M"),
}
_FEW = 1_000
"""Rows up to which keys are compared one by one: pandas takes as long for a single row as for these."""


@lru_cache(maxsize=256)
def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series(dtype=_DTYPES[c.kind]) for c in (*table.columns, *LINEAGE)})


def empty(table: Table) -> pd.DataFrame:
    """Give a frame with the table's columns and no rows.

    >>> from perfkit.model import schemas
    >>> list(empty(schemas.PRIORITIES))
    ['priority', 'financial_year', 'order', 'file', 'sheet', 'cell', 'vintage']
    """
    return _empty(table).copy()


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give the frame with exactly the table's columns, in order and typed; absent optional columns become empty.

    Raises `InputError` with every fault at once: a required column or value missing, a word that is not allowed,
    a key that stands twice. The frame given is not changed.
    """
    columns = (*table.columns, *LINEAGE)
    _demand(table, columns, set(frame), Where(_first(frame, "file") or table.name, _first(frame, "sheet")))
    typed = {c.name: _typed(frame[c.name], c) if c.name in frame else _absent(c, len(frame)) for c in columns}
    return _checked(pd.DataFrame(typed), table, typed)


def of_rows(rows: Sequence[Mapping[str, Any]], table: Table) -> pd.DataFrame:
    """Do what `conform` does for rows that hold a value by each column's name: no name, no value.

    >>> from perfkit.model import schemas
    >>> row = {"priority": "A thriving county", "financial_year": "2017-18", "order": 1, "file": "a.xlsx", "cell": "B5"}
    >>> of_rows([row], schemas.PRIORITIES)["order"].tolist()
    [1]
    """
    if is_sound(rows, table):
        return frame_of(rows, table)
    _demand(table, (*table.columns, *LINEAGE), {name for row in rows for name in row}, _place(rows[0], table))
    typed = _typed_rows(rows, table)
    return _checked(pd.DataFrame(typed, copy=False), table, typed)


def is_sound(rows: Sequence[Mapping[str, Any]], table: Table) -> bool:
    """Say whether rows keep to their table, by their values alone: `of_rows` tells what is wrong where they do not.

    >>> from perfkit.model import schemas
    >>> is_sound([{"priority": "A thriving county"}], schemas.PRIORITIES)
    False
    """
    if not rows:
        return True
    held = (column for column in (*table.columns, *LINEAGE) if column.required or column.words)
    if not all(_holds(column, {row.get(column.name) for row in rows}) for column in held):
        return False
    return len({tuple([_plain(row.get(name)) for name in table.key]) for row in rows}) == len(rows)


def _holds(column: Column, values: set[Any]) -> bool:
    known = {value for value in values if not _is_absent(value)}
    if column.required and len(known) < len(values):
        return False
    if column.kind == "text" and not all(type(value) is str for value in known):
        return False
    return not column.words or known.issubset(column.words)


def _plain(value: object) -> object:
    return None if _is_absent(value) else value


def frame_of(rows: Sequence[Mapping[str, Any]], table: Table) -> pd.DataFrame:
    """Give rows that are sound as a frame, typed but not checked again."""
    return pd.DataFrame(_typed_rows(rows, table), copy=False) if rows else empty(table)


def _typed_rows(rows: Sequence[Mapping[str, Any]], table: Table) -> dict[str, Any]:
    names = {name for row in rows for name in row}
    return {c.name: _of_values([row.get(c.name) for row in rows], c) if c.name in names else _absent(c, len(rows))
            for c in (*table.columns, *LINEAGE)}  # fmt: skip


def _is_absent(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or value != value


def _place(row: Mapping[str, Any], table: Table) -> Where:
    return Where(str(row.get("file") or table.name), str(row.get("sheet") or ""))


def _demand(table: Table, columns: Sequence[Column], names: set[str], place: Where) -> None:
    missing = [c.name for c in columns if c.required and c.name not in names]
    if missing:
        raise InputError([_absent_column(place, table, name) for name in missing])


def _typed(series: pd.Series[Any], column: Column) -> Any:
    """Give a column's values in its kind; an empty text is no value."""
    dtype = _DTYPES[column.kind]
    if column.kind == "number":
        return pd.to_numeric(series).astype(dtype).array
    if column.kind != "text":
        return series.astype(dtype).array
    text = series if isinstance(series.dtype, pd.StringDtype) else series.astype("object")
    blank = text == ""
    return (text.mask(blank, None) if blank.any() else text).astype(dtype).array


def _of_values(values: list[Any], column: Column) -> Any:
    kinds = set(map(type, values))
    if column.kind == "text" and kinds <= {str, type(None)}:
        return _texts([value or None for value in values])
    if column.kind == "number" and kinds <= {float, int, type(None)}:
        return np.array([np.nan if value is None else value for value in values], dtype="float64")
    return _typed(pd.Series(values, dtype=None if any(value is not None for value in values) else "object"), column)


def _absent(column: Column, rows: int) -> Any:
    if column.kind == "text":
        return _texts([None] * rows)
    return pd.array([], dtype=_DTYPES[column.kind]).take(np.full(rows, -1), allow_fill=True)


def _texts(values: list[str | None]) -> Any:
    return _TEXT.construct_array_type()._from_sequence(np.array(values, dtype=object), dtype=_TEXT)


def _checked(tidy: pd.DataFrame, table: Table, values: Mapping[str, Any]) -> pd.DataFrame:
    issues = [issue for c in (*table.columns, *LINEAGE) for issue in _column_issues(tidy, c, values[c.name])]
    issues += _key_issues(tidy, table, values)
    if issues:
        raise InputError(sorted(issues))
    return tidy


def _column_issues(tidy: pd.DataFrame, column: Column, values: Any) -> Iterator[Issue]:
    if column.required and (absent := pd.isna(values)).any():
        for row in np.flatnonzero(absent):
            yield _issue(tidy, row, f"no {column.name}", column.meaning, f"Give the {column.name}.")
    if column.words and (other := {word for word in values.unique() if isinstance(word, str)}.difference(column.words)):
        for row in np.flatnonzero(tidy[column.name].isin(list(other))):
            found = f'{column.name} "{values[row]}"'
            yield _issue(tidy, row, found, one_of(column.words), "Use one of these words.")


def _key_issues(tidy: pd.DataFrame, table: Table, values: Mapping[str, Any]) -> list[Issue]:
    if len(tidy) <= _FEW:
        different = {tuple(map(str, key)) for key in zip(*(values[name] for name in table.key), strict=True)}
        if len(different) == len(tidy):
            return []
    needed = [column.name for column in table.columns if column.required and column.name in table.key]
    keys = tidy.dropna(subset=needed)[list(table.key)]
    if not keys.duplicated().any():
        return []
    first: dict[tuple[str, ...], Any] = {}
    told = [(row, tuple(map(str, key))) for row, key in zip(keys.index, keys.itertuples(index=False), strict=True)]
    return [_second_time(tidy, table, row, key, first[key]) for row, key in told if first.setdefault(key, row) != row]


def _second_time(tidy: pd.DataFrame, table: Table, row: Any, key: Sequence[str], first: Any) -> Issue:
    found = f"{table.name} for {', '.join(key)} a second time (first at {_where(tidy, first)})"
    return _issue(tidy, row, found, "it once", "Remove or rename one of the two.")


def _issue(tidy: pd.DataFrame, row: object, found: str, expected: str, action: str) -> Issue:
    return Issue(_where(tidy, row), found, expected, action)


def _where(tidy: pd.DataFrame, row: object) -> Where:
    return place(tidy.at[row, name] for name in ("file", "sheet", "cell"))


def place(parts: Iterable[object]) -> Where:
    """Name a place by its file, sheet and cell; what is not told is left out.

    >>> print(place(["a.csv", None, "B5"]))
    a.csv, cell B5
    """
    return Where(*("" if pd.isna(part) else str(part) for part in parts))


def _absent_column(place: Where, table: Table, name: str) -> Issue:
    return Issue(place, f"no column {name}", f"the columns of {table.name}", f"Add the column {name}.")


def _first(frame: pd.DataFrame, name: str) -> str:
    return str(frame[name].iloc[0]) if name in frame and len(frame) else ""
