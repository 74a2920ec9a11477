"""The check that a frame keeps to its table: columns, kinds, words and key, every breach told at once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.model.columns import LINEAGE, Column, Kind, Table
from perfkit.model.errors import InputError, Issue, Where

_DTYPES: dict[Kind, str] = {
    "text": "str",
    "number": "float64",
    "whole": "Int64",
    "flag": "boolean",
    "date": "datetime64[us]",
    "month": "period[M]",
}


def empty(table: Table) -> pd.DataFrame:
    """Give a frame with the table's columns and no rows.

    >>> from perfkit.model import schemas
    >>> list(empty(schemas.PRIORITIES))
    ['priority', 'financial_year', 'order', 'file', 'sheet', 'cell', 'vintage']
    """
    return conform(pd.DataFrame(columns=table.names), table)


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give the frame with exactly the table's columns, in order and typed; absent optional columns become empty.

    Raises `InputError` with every fault at once: a required column or value missing, a word that is not allowed,
    a key that stands twice. The frame given is not changed.
    """
    columns = (*table.columns, *LINEAGE)
    missing = [c.name for c in columns if c.required and c.name not in frame]
    if missing:
        place = Where(_first(frame, "file") or table.name, _first(frame, "sheet"))
        raise InputError([_absent_column(place, table, name) for name in missing])
    tidy = pd.DataFrame({c.name: _typed(frame, c) for c in columns}, index=frame.index).reset_index(drop=True)
    issues = [issue for c in columns for issue in _column_issues(tidy, c)]
    issues += _key_issues(tidy, table)
    if issues:
        raise InputError(sorted(issues))
    return tidy


def _typed(frame: pd.DataFrame, column: Column) -> pd.Series[object]:
    dtype = _DTYPES[column.kind]
    if column.name not in frame:
        return pd.Series(None, index=frame.index, dtype="object").astype(dtype)
    series = frame[column.name]
    if column.kind == "text":
        text = series if isinstance(series.dtype, pd.StringDtype) else series.astype("object")
        blank = text == ""
        return (text.mask(blank, None) if blank.any() else text).astype("str")
    return series.astype(dtype) if column.kind != "number" else pd.to_numeric(series).astype(dtype)


def _column_issues(tidy: pd.DataFrame, column: Column) -> list[Issue]:
    series = tidy[column.name]
    issues = []
    if column.required:
        for row in tidy.index[series.isna()]:
            issues.append(_issue(tidy, row, f"no {column.name}", column.meaning, f"Give the {column.name}."))
    if column.words:
        for row in tidy.index[series.notna() & ~series.isin(column.words)]:
            found = f'{column.name} "{series[row]}"'
            issues.append(_issue(tidy, row, found, _one_of(column.words), "Use one of these words."))
    return issues


def _key_issues(tidy: pd.DataFrame, table: Table) -> list[Issue]:
    keys = tidy[list(table.key)]
    issues = []
    for row in tidy.index[keys.duplicated(keep="first")]:
        same = (keys == keys.loc[row]).all(axis=1)
        other = _where(tidy, same.idxmax())
        what = ", ".join(str(value) for value in keys.loc[row])
        found = f"{table.name} for {what} a second time (first at {other})"
        issues.append(_issue(tidy, row, found, "it once", "Remove or rename one of the two."))
    return issues


def _issue(tidy: pd.DataFrame, row: object, found: str, expected: str, action: str) -> Issue:
    return Issue(_where(tidy, row), found, expected, action)


def _where(tidy: pd.DataFrame, row: object) -> Where:
    file, sheet, cell = (tidy.at[row, name] for name in ("file", "sheet", "cell"))
    return Where(*("" if pd.isna(part) else str(part) for part in (file, sheet, cell)))


def _absent_column(place: Where, table: Table, name: str) -> Issue:
    return Issue(place, f"no column {name}", f"the columns of {table.name}", f"Add the column {name}.")


def _first(frame: pd.DataFrame, name: str) -> str:
    return str(frame[name].iloc[0]) if name in frame and len(frame) else ""


def _one_of(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])
