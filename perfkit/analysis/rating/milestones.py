"""Milestones: complete, on track, behind or overdue, from what was reported and when it is due."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import targets

Numbers = np.ndarray[Any, np.dtype[Any]]

_WORDS = {
    "complete": "complete", "completed": "complete", "done": "complete", "delivered": "complete",
    "on track": "on track", "on target": "on track", "on schedule": "on track",
    "behind": "behind", "delayed": "behind", "at risk": "behind", "late": "behind", "off track": "behind",
}  # fmt: skip


def states(
    value: Numbers,
    marker: pd.Series[Any],
    *,
    due: pd.Series[Any],
    period: pd.Series[Any],
    quarter: Numbers,
    percent: Numbers,
) -> Numbers:
    """Give the state of each milestone at the end of a quarter: "" where it is not due and nothing was reported.

    Complete is a value of 1 (100 where the unit is percent), or the word; overdue is reported, not complete, and due in
    the quarter or before it.
    """
    said = marker.astype("object").map(lambda text: _WORDS.get(str(text).strip().lower(), "")).to_numpy(object)
    done = (said == "complete") | (value >= 100) | ((value == 1) & ~percent)
    last = due.where(due.notna(), period)
    codes, unique = pd.factorize(last)
    ends = np.array([due_month(str(text)) for text in unique] + [10**6])[codes]
    passed = ends <= 3 * quarter + 2
    reported = ~np.isnan(value) | (said != "")
    return np.select([done, passed & reported, said != ""], ["complete", "overdue", said], "")


def due_month(label: str) -> int:
    """Give the number of the last month of a due period."""
    return int(pd.Period(targets.due_end(label), freq="M").ordinal)
