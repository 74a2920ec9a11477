"""Counts of ratings and outlooks; what is not rated is counted as such, never dropped."""

from __future__ import annotations

import pandas as pd

from perfkit.model.schemas import OUTLOOKS, RAGS


def count(rated: pd.DataFrame, *, by: str | list[str] | None = None, column: str = "effective") -> pd.DataFrame:
    """Count green, amber, red and not rated, in all or by one or more columns, in their order of appearance.

    A missing rating (of a director who gave none) counts as not rated.

    >>> count(pd.DataFrame({"effective": ["green", "red", "green", "not rated"]})).values.tolist()
    [[2, 0, 1, 1, 4]]
    """
    words = {word: word for word in RAGS}
    return _count(rated, by, column, words, "not_rated")


def count_outlooks(rated: pd.DataFrame, by: str | list[str] | None = None) -> pd.DataFrame:
    """Count improving, stable, deteriorating, and those for whom no outlook was given.

    >>> count_outlooks(pd.DataFrame({"outlook": ["improving", "stable", None]})).values.tolist()
    [[1, 1, 0, 1, 3]]
    """
    return _count(rated, by, "outlook", {word: word for word in OUTLOOKS}, "none")


def _count(
    rated: pd.DataFrame, by: str | list[str] | None, column: str, words: dict[str, str], other: str
) -> pd.DataFrame:
    rated = rated.reset_index(drop=True)
    flags = pd.DataFrame({name: rated[column].eq(word) for name, word in words.items()}, index=rated.index)
    flags = flags.fillna(False).astype("int64")
    flags[other] = 1 - flags.sum(axis=1)
    flags["total"] = 1
    if by is None:
        return flags.sum().to_frame().T
    keys = [by] if isinstance(by, str) else by
    return pd.concat([rated[keys], flags], axis=1).groupby(keys, sort=False, dropna=False).sum().reset_index()
