"""The facts of a draft, one by one, and what is to be said of one.

To go through the few of a return, a frame is not worth making.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from perfkit.intake import cells, drafts
from perfkit.intake.drafts import Draft, Rows
from perfkit.model import contract
from perfkit.model.errors import Issue, Severity, Where

Record = Mapping[str, Any]


def of(draft: Draft | None) -> Sequence[Record]:
    """Give a draft's rows, a value by each column's name: no name, no value.

    >>> of(pd.DataFrame({"area": ["Kent"]})), of(None)
    ([{'area': 'Kent'}], ())
    """
    if draft is None:
        return ()
    return draft.rows if isinstance(draft, Rows) else _frame(draft).to_dict("records")


def distinct(draft: Draft | None, names: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """Give what stands together in some columns, each once, in the order of the rows.

    >>> list(distinct(pd.DataFrame({"area": ["Kent", "Kent"], "file": "a.xlsx", "value": [1, 2]}), ["area", "file"]))
    [('Kent', 'a.xlsx')]
    """
    if draft is None:
        return ()
    if isinstance(draft, Rows):
        return dict.fromkeys(tuple([row.get(name) for name in names]) for row in draft.rows)
    once: Iterable[tuple[Any, ...]] = _frame(draft)[list(names)].drop_duplicates().itertuples(index=False, name=None)
    return once


def where(row: Record) -> Where:
    """Name the cell that a row came from; what it does not tell is left out.

    >>> print(where({"file": "a.csv", "sheet": None, "cell": "B5"}))
    a.csv, cell B5
    """
    return contract.place(row.get(name) for name in ("file", "sheet", "cell"))


def warning(row: Record, found: str, expected: str, action: str) -> Issue:
    """Make a warning about the cell that a row came from."""
    return Issue(where(row), found, expected, action, Severity.WARNING)


def has_value(facts: Record) -> bool:
    """Say whether there is a figure, and no marker in its place.

    >>> has_value({"value": 0.0}), has_value({"value": None, "marker": "[x]"})
    (True, False)
    """
    return not pd.isna(facts.get("value"))


def alike(one: Record, other: Record, *, within: float = 1e-9) -> bool:
    """Say whether two say the same: figures so near to each other, or neither of them one.

    >>> alike({"value": 67.0}, {"value": 67.4}, within=0.5), alike({"value": 67.0}, {"marker": "[x]"})
    (True, False)
    """
    if has_value(one) and has_value(other):
        return bool(abs(one["value"] - other["value"]) < within)
    return not has_value(one) and not has_value(other)


def figure(facts: Record) -> str:
    """Write a figure, or the marker in its place, for a message.

    >>> figure({"value": 67.0}), figure({"marker": "[x]"})
    ('67', '"[x]"')
    """
    return cells.shown(float(facts["value"]) if has_value(facts) else facts.get("marker"))


def _frame(draft: Draft) -> pd.DataFrame:
    return draft if isinstance(draft, pd.DataFrame) else drafts.frame([draft])
