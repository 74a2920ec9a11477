"""What a reader found in a file: tidy tables, or the issues that keep them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.drafts import Draft
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model import schemas
from perfkit.model.errors import InputError, Issue, Severity, Where

COMPARE = "Compare with the publisher's file; one of these figures is not what was published."
"""What to do where figures of a release contradict each other."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """Tables by name, as frames or drafts of them, and the issues found; with an issue that stops there are none.

    ``earlier`` holds what a return repeats of quarters before its own: not yet believed, see `restatements`.
    ``shown`` holds what it shows of the quarter before for information, which is never believed.
    ``partly`` holds what could be read of a return that stops: never believed, but looked through for more mistakes.
    """

    drafts: Mapping[str, Draft] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    earlier: Mapping[str, Draft] = field(default_factory=dict)
    shown: Sequence[Mapping[str, Any]] = ()
    partly: Mapping[str, Draft] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables as frames, made when first asked for."""
        return {name: drafts.frame([draft]) for name, draft in self.drafts.items()}

    @property
    def stops(self) -> bool:
        """Whether an issue keeps the file out."""
        return any(issue.stops for issue in self.issues)


def of(rows: Mapping[str, Rows], issues: Iterable[Issue] = ()) -> Reading:
    """Make a reading of rows by table, checked against `schemas`; any error leaves it without tables.

    >>> place = {"file": "framework.xlsx", "sheet": "Priorities", "cell": "B5"}
    >>> row = {"priority": "Efficient public services", "financial_year": "2017-18", "order": 1, **place}
    >>> len(of({"priorities": [row]}).tables["priorities"])
    1
    >>> of({"priorities": [row, row]}).stops
    True
    """
    found = list(issues)
    sound: dict[str, Draft] = {}
    for name, some in rows.items():
        try:
            sound[name] = _draft(some, schemas.TABLES[name])
        except InputError as error:
            found += error.issues
    unique = tuple(sorted(dict.fromkeys(found)))
    stops = any(issue.stops for issue in unique)
    return Reading({} if stops else sound, unique)


def _draft(rows: Rows, table: schemas.Table) -> Draft:
    return drafts.Rows(table, rows) if schemas.is_sound(rows, table) else schemas.of_rows(rows, table)


def hidden(workbook: Workbook) -> list[Issue]:
    """Tell of hidden sheets, which are read on request only.

    >>> print(hidden(Workbook("SCS.xlsx", (), ("Working",)))[0])
    SCS.xlsx, sheet Working: found a hidden sheet, expected visible sheets. It was not read; show it if it matters.
    """
    read = {sheet.name for sheet in workbook.sheets}
    asked, not_read = "It was read, as asked for.", "It was not read; show it if it matters."
    return [
        Issue(
            Where(workbook.file, name),
            "a hidden sheet",
            "visible sheets",
            asked if name in read else not_read,
            Severity.WARNING,
        )
        for name in workbook.hidden
    ]


def merge(readings: Sequence[Reading]) -> Reading:
    """Put several files' readings together, table by table, rows in the order given.

    >>> merge([Reading(), Reading()]).tables
    {}
    """
    names = dict.fromkeys(name for reading in readings for name in reading.drafts)
    tables = {name: drafts.frame([r.drafts[name] for r in readings if name in r.drafts]) for name in names}
    return Reading(tables, tuple(sorted(issue for reading in readings for issue in reading.issues)))
