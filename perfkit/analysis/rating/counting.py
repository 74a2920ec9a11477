"""Counts of ratings; what is not rated is counted as such, never dropped."""

from __future__ import annotations

import pandas as pd

from perfkit.model.schemas import RAGS


def count(rated: pd.DataFrame, *, by: str | list[str] | None = None, column: str = "effective") -> pd.DataFrame:
    """Count green, amber, red and not rated, in all or by one or more columns, in their order of appearance.

    A missing rating (of a director who gave none) counts as not rated.

    >>> count(pd.DataFrame({"effective": ["green", "red", "green", "not rated"]})).values.tolist()
    [[2, 0, 1, 1, 4]]
    """
    rated = rated.reset_index(drop=True)
    flags = pd.DataFrame({word: rated[column].eq(word) for word in RAGS}, index=rated.index)
    flags = flags.fillna(False).astype("int64")
    flags["not_rated"] = 1 - flags.sum(axis=1)
    flags["total"] = 1
    if by is None:
        return flags.sum().to_frame().T
    keys = [by] if isinstance(by, str) else by
    return pd.concat([rated[keys], flags], axis=1).groupby(keys, sort=False, dropna=False).sum().reset_index()
