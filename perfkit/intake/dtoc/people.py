"""People delayed a day held against the delayed days beside them, which they are over the days of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from perfkit.intake.dtoc.crowds import MANY
from perfkit.intake.dtoc.table import Floats, Table
from perfkit.model.errors import Issue, Severity

_ROUNDED, _FINER = 0.06, 0.006
"""How far people a day may lie from the days over the month's, as they are rounded to one place or are not."""
_LENGTHS = (28, 29, 30, 31)
_LOADED = "The days are loaded; compare with the publisher's file."


def check(table: Table, days: int) -> Iterator[Issue]:
    """Tell of people a day that are not the delayed days over ``days``; of many of them, once.

    Where all of them are the days over another month's length, the sheet is of another month: an error.
    """
    if table.people is None or not days:
        return
    given, theirs = table.people, table.values[:, [table.words.index(word) for word in table.people_columns]]
    if not (np.abs(given - theirs / days) > _FINER).any():
        return
    wrong, form = np.argwhere(_apart(given, theirs / days)), _form(given)
    columns = list(table.people_columns.values())
    if len(wrong) > MANY:
        place = int(table.rows[wrong[0][0]]), columns[wrong[0][1]]
        fits = [length for length in _LENGTHS if length != days and not _apart(given, theirs / length).any()]
        yield table.sheet.issue(*place, **(_of_another(fits[0], days) if fits else _disagreeing(len(wrong), days)))
        return
    for i, j in wrong:
        yield table.sheet.issue(int(table.rows[i]), columns[j], found=f"{given[i, j]:{form}} people a day",
                                expected=f"{theirs[i, j] / days:{form}}: the delayed days beside it over {days} days",
                                action=_LOADED, severity=Severity.WARNING)  # fmt: skip


def _of_another(length: int, days: int) -> dict[str, Any]:
    return {
        "found": f"people a day that are the delayed days over {length} days",
        "expected": f"the days of the month named above the table, {days}",
        "action": "Correct the month above the tables, or fetch the publisher's file again.",
    }


def _disagreeing(number: int, days: int) -> dict[str, Any]:
    return {
        "found": f"people a day in {number} cells that are not what the delayed days make",
        "expected": f"the delayed days beside them over {days} days",
        "action": _LOADED,
        "severity": Severity.WARNING,
    }


def _apart(given: Floats, worked_out: Floats) -> npt.NDArray[np.bool_]:
    """Say which figures differ by more than their rounding."""
    return np.abs(given - worked_out) > (_ROUNDED if _form(given) == ".1f" else _FINER)


def _form(given: Floats) -> str:
    """Give the form in which the figures are written: rounded to one place, or finer."""
    rounded = (np.abs(given - np.round(given, 1)) < 1e-9) | np.isnan(given)
    return ".1f" if rounded.all() else ".2f"
