"""What differs between two states of the tables, cell by cell, and what that did to ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import schemas
from perfkit.model.spellings import written

PLACE = ("file", "sheet", "cell", "vintage")
COLUMNS = ("table", "kind", "key", "column", "before", "after", *(f"{name}_before" for name in PLACE), *PLACE)
CHANGED, ADDED, WITHDRAWN = "changed", "added", "withdrawn"
RATINGS, OUTCOMES = "ratings of indicators", "ratings of outcomes"
_KINDS = {"both": CHANGED, "right_only": ADDED, "left_only": WITHDRAWN}


def facts(before: pd.DataFrame, after: pd.DataFrame, *, table: str) -> pd.DataFrame:
    """List every fact of a table that was added, withdrawn or changed, one row a cell.

    Needs the columns of the table (`perfkit.model.schemas`) in both frames. Gives ``table``, ``kind`` (`CHANGED`,
    `ADDED`, `WITHDRAWN`), ``key`` (in words), ``column``, ``before`` and ``after`` (as text; missing where there was
    nothing), and where each stood: ``file_before, sheet_before, cell_before, vintage_before, file, sheet, cell,
    vintage``. A fact that only moved to another file or cell is no difference.

    >>> before = pd.DataFrame({"priority": ["Efficient"], "financial_year": "2017-18", "order": [1], "file": "f.xlsx",
    ...     "sheet": "Plan", "cell": "A2", "vintage": "000000000000"})
    >>> found = facts(before, before.assign(order=2, vintage="111111111111"), table="priorities")
    >>> found[["kind", "key", "column", "before", "after"]].to_numpy().tolist()
    [['changed', 'priority Efficient, financial_year 2017-18', 'order', '1', '2']]
    """
    declared = schemas.TABLES[table]
    columns = [column.name for column in declared.columns if column.name not in declared.key]
    return _cells(before, after, name=table, key=declared.key, columns=columns)


def ratings(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List every calculated, assessed and effective rating that differs, in the columns of `facts`.

    Needs what `rating.rate` and `rating.assess` give, for the quarters known in each state.
    """
    columns = ("calculated", "assessed", "effective")
    return _cells(before, after, name=RATINGS, key=("indicator", "period"), columns=columns)


def outcome_ratings(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List every outcome's rating, rolled up or the director's own, that differs, in the columns of `facts`.

    Needs what `outcomes.roll_up` gives for each state.
    """
    return _cells(before, after, name=OUTCOMES, key=("outcome", "period"), columns=("rag", "assessed"))


def count(found: pd.DataFrame) -> pd.DataFrame:
    """Count the facts of each table that differ, not their cells: ``table, changed, added, withdrawn``.

    >>> count(pd.DataFrame({"table": "targets", "kind": "changed", "key": ["a", "a"]})).to_numpy().tolist()
    [['targets', 1, 0, 0]]
    """
    each = found.drop_duplicates(["table", "kind", "key"])
    numbers = pd.crosstab(each["table"], each["kind"]).reindex(columns=[CHANGED, ADDED, WITHDRAWN], fill_value=0)
    return numbers.reindex(found["table"].unique()).rename_axis(columns=None).reset_index()


def _cells(
    before: pd.DataFrame, after: pd.DataFrame, *, name: str, key: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    rows = _side_by_side(before, after, key, columns)
    found = pd.concat([_of_column(rows, column, key).assign(_place=place) for place, column in enumerate(columns)])
    found = found.assign(table=name, _row=found.index).sort_values(["_rank", "_row", "_place"], kind="stable")
    return found.reindex(columns=list(COLUMNS)).astype("object").reset_index(drop=True)


def _side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    wanted = [*key, *columns, *PLACE]
    old, new = (frame.reindex(columns=wanted) for frame in (before, after))
    old, new = (frame.astype(dict.fromkeys(key, "object")) for frame in (old, new))
    return old.merge(new, on=list(key), how="outer", suffixes=("_before", ""), indicator="_found", sort=False)


def _of_column(rows: pd.DataFrame, column: str, key: Sequence[str]) -> pd.DataFrame:
    old, new = rows[f"{column}_before"], rows[column]
    there, now = old.notna().to_numpy(), new.notna().to_numpy()
    same = np.zeros(len(rows), dtype=bool)
    both = there & now
    same[both] = old[both].to_numpy("object") == new[both].to_numpy("object")
    kept = rows[(there | now) & ~same]
    kind = kept["_found"].astype("str").map(_KINDS)
    # Named anew: a table may have a key column that is called kind, or column, itself.
    told = {"kind": kind, "key": _in_words(kept, key), "column": column,
            "before": _texts(old[kept.index]), "after": _texts(new[kept.index])}  # fmt: skip
    places = kept[[*(f"{name}_before" for name in PLACE), *PLACE]]
    return places.assign(**told, _rank=kind.map({CHANGED: 0, WITHDRAWN: 1, ADDED: 2}))


def _texts(values: pd.Series[Any]) -> pd.Series[Any]:
    """Write each value once for all rows that hold it."""
    number, unique = pd.factorize(values.astype("object"))
    words = np.array([*(_text(value) for value in unique), None], dtype="object")
    return pd.Series(words[number], index=values.index, dtype="object")


def _text(value: Any) -> str:
    if isinstance(value, float):
        return written(value).replace(",", "")
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _in_words(rows: pd.DataFrame, key: Sequence[str]) -> pd.Series[Any]:
    words = pd.Series("", index=rows.index, dtype="object")
    for name in key:
        words = words + (", " if name != key[0] else "") + f"{name} " + rows[name].astype("str").astype("object")
    return words
