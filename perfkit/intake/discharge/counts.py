"""The figures of one sheet of discharges as a grid, organisations by columns, and their way to rows of `discharges`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.coded import Ints
from perfkit.intake.discharge.days import of_month
from perfkit.intake.discharge.rows import FIRST_COLUMNS, Organisation
from perfkit.intake.drafts import Chosen, Columns, Draft, Places
from perfkit.intake.recipes.values import Figures, Floats, Sign
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import periods, schemas
from perfkit.model.errors import Where

_OF_ORGANISATIONS = {"org_kind": "kind", "org_code": "code", "org_name": "name", "region": "region"}
_OF_KINDS = {"measure": "measure", "breakdown": "breakdown", "breakdown_title": "title", "unit": "unit"}
"""Columns of `discharges`, and what of an organisation or a count stands in each."""
LARGE, SMALL = ("country", "region"), ("board", "trust")
"""Kinds of organisations of which each is made up of the others, and those that make them up."""
COUNTS = ("not_meeting_criteria", "discharged", "remaining")
"""What is counted each day."""
WEEKLY = "additional_bed_days"
"""What is counted once a week."""


class Kind(NamedTuple):
    """What one column counts: when (a day, a week by its first day, or None for the month), what, and for whom."""

    day: dt.date | None
    weekly: bool
    measure: str
    breakdown: str
    title: str
    unit: str


@dataclass(frozen=True)
class Counts:
    """One sheet's figures; ``values[i, j]`` is of organisation i and kind j, at ``row[i, j]`` and ``column[i, j]``."""

    sheet: Sheet
    organisations: tuple[Organisation, ...]
    kinds: tuple[Kind, ...]
    values: Floats
    sign: Ints
    signs: tuple[Sign, ...]
    row: Ints
    column: Ints

    @property
    def england(self) -> int | None:
        """The place of England among the organisations."""
        return next((i for i, org in enumerate(self.organisations) if org.kind == "country"), None)

    def where(self, i: int, j: int) -> Where:
        """Name the place of one figure."""
        return self.sheet.where(int(self.row[i, j]), int(self.column[i, j]))

    def label(self, i: int) -> tuple[int, int]:
        """Give the row of an organisation and the column in which its code stands, or its name."""
        row, org = int(self.row[i].min()), self.organisations[i]
        texts = [self.sheet.text(row, column) for column in range(FIRST_COLUMNS)]
        told = [
            column for label in (org.code, org.name) for column, text in enumerate(texts) if label and text == label
        ]
        return row, told[0] if told else 0

    def marker(self, i: int, j: int) -> str | None:
        """Give the published sign in place of one figure."""
        return self.signs[int(self.sign[i, j])][0]


def counts(
    sheet: Sheet,
    organisations: Sequence[Organisation],
    kinds: Sequence[Kind],
    figures: Figures,
    places: tuple[Any, Any],
) -> Counts:
    """Lay out what was read cell by cell; ``places`` are the rows and columns, each broadcast over the grid."""
    shape = (len(organisations), len(kinds))
    row, column = (np.broadcast_to(np.asarray(place, dtype=np.int64), shape) for place in places)
    return Counts(sheet, tuple(organisations), tuple(kinds), figures.values.reshape(shape),
                  figures.codes.reshape(shape), figures.signs, row, column)  # fmt: skip


def without(table: Counts, rows: Sequence[int] = (), *, columns: Sequence[int] = ()) -> Counts:
    """Leave some organisations or some counts out."""
    keep = [i for i in range(len(table.organisations)) if i not in rows]
    kept = [j for j in range(len(table.kinds)) if j not in columns]
    some = np.ix_(keep, kept)
    organisations, kinds = tuple(table.organisations[i] for i in keep), tuple(table.kinds[j] for j in kept)
    return replace(table, organisations=organisations, kinds=kinds, values=table.values[some], sign=table.sign[some],
                   row=table.row[some], column=table.column[some])  # fmt: skip


def once(tables: Sequence[Counts]) -> list[Counts]:
    """Leave England and regions out where they stand again with the same figures, in a sheet or in another.

    A sheet may have them over each block of rows, and of two sheets one may be of boards and the other of trusts.
    """
    given: dict[tuple[int, str, str], tuple[Counts, int]] = {}
    alike: dict[tuple[Kind, ...], int] = {}
    made = []
    for table in tables:
        again, kinds = [], alike.setdefault(table.kinds, len(alike))
        for i, org in enumerate(table.organisations):
            if org.kind in LARGE:
                other, j = given.setdefault((kinds, org.kind, org.code), (table, i))
                if (other is not table or j != i) and np.array_equal(other.values[j], table.values[i], equal_nan=True):
                    again.append(i)
        made.append(without(table, again) if again else table)
    return made


def draft(tables: Sequence[Counts], month: pd.Period, *, collection: str, status: str) -> Draft:
    """Write the sheets' figures out as rows of `discharges`.

    Raises `InputError` where an organisation gives the same count of the same day on two sheets.
    """
    labels = [_label(kind, month) for table in tables for kind in table.kinds]
    made = Columns(_columns(tables, (month, labels), (collection, status)))
    return made if _sound(tables, labels) else schemas.conform(drafts.frame([made]), schemas.DISCHARGES)


def _columns(
    tables: Sequence[Counts], when: tuple[pd.Period, list[str]], said: tuple[str, str]
) -> dict[str, drafts.Column]:
    (month, labels), first = when, of_month(when[0])[0]
    listed = list(dict.fromkeys(table.organisations for table in tables))
    organisations = list(chain.from_iterable(listed))
    kinds = [kind for table in tables for kind in table.kinds]
    signs = [sign for table in tables for sign in table.signs]
    org, kind, sheet = _codes(tables, listed)
    sign = np.concatenate(_shifted([t.sign.ravel() for t in tables], [len(t.signs) for t in tables]))
    rows, columns, values = (np.concatenate([grid.ravel() for grid in grids]) for grids in
                             zip(*((t.row, t.column, t.values) for t in tables), strict=True))  # fmt: skip
    same = {"collection": said[0], "status": said[1], "file": tables[0].sheet.file, "vintage": ""}
    made: dict[str, drafts.Column] = {name: drafts.same(word, len(org)) for name, word in same.items()}
    made |= {name: Chosen([getattr(o, own) for o in organisations], org) for name, own in _OF_ORGANISATIONS.items()}
    made |= {name: Chosen([getattr(k, own) for k in kinds], kind) for name, own in _OF_KINDS.items()}
    made |= {name: Chosen([one[k] for one in signs], sign) for k, name in enumerate(("marker", "marker_means"))}
    made |= {
        "period": Chosen(labels, kind),
        "period_kind": Chosen(["month" if k.day is None else "week" if k.weekly else "day" for k in kinds], kind),
        "starts": _days([k.day or first for k in kinds])[kind],
        "month": pd.PeriodIndex.from_ordinals(np.full(len(org), month.ordinal), freq="M").array,
        "value": values,
        "sheet": Chosen([table.sheet.name for table in tables], sheet),
        "cell": Places(rows, columns),
    }
    return {name: made[name] for name in schemas.DISCHARGES.names}


def _codes(tables: Sequence[Counts], listed: Sequence[tuple[Organisation, ...]]) -> tuple[Ints, Ints, Ints]:
    """Give each figure's organisation among the distinct lists of them, its kind among all, and its table."""
    shapes = [table.values.shape for table in tables]
    starts = [sum(map(len, listed[: listed.index(table.organisations)])) for table in tables]
    down = [np.repeat(np.arange(start, start + rows), columns)
            for start, (rows, columns) in zip(starts, shapes, strict=True)]  # fmt: skip
    across = _shifted([np.tile(np.arange(columns), rows) for rows, columns in shapes], [c for _, c in shapes])
    sheet = np.repeat(np.arange(len(tables)), [rows * columns for rows, columns in shapes])
    return np.concatenate(down), np.concatenate(across), sheet


def _days(days: Sequence[dt.date]) -> npt.NDArray[np.datetime64]:
    since = np.array([day.toordinal() for day in days], dtype=np.int64) - dt.date(1970, 1, 1).toordinal()
    return since.astype("datetime64[D]").astype("datetime64[us]")


def _shifted(parts: Sequence[Ints], sizes: Sequence[int]) -> list[Ints]:
    starts = np.cumsum([0, *sizes[:-1]])
    return [part + start for part, start in zip(parts, starts, strict=True)]


def _label(kind: Kind, month: pd.Period) -> str:
    if kind.day is None:
        return periods.label(month)
    return f"week of {kind.day.isoformat()}" if kind.weekly else kind.day.isoformat()


def _sound(tables: Sequence[Counts], labels: Sequence[str]) -> bool:
    """Say whether every fact stands once and has what it must have: otherwise the table's own check finds the cells."""
    kinds = [kind for table in tables for kind in table.kinds]
    facts = {(label, kind.measure, kind.breakdown) for label, kind in zip(labels, kinds, strict=True)}
    return len(facts) == len(kinds) and all(map(all, facts)) and all(is_sound(t.organisations) for t in tables)


@lru_cache(maxsize=64)
def is_sound(organisations: tuple[Organisation, ...]) -> bool:
    """Say whether all have a name and a code, and stand once, as in the list that sheet after sheet repeats."""
    once = {(org.kind, org.code) for org in organisations}
    return len(once) == len(organisations) and all(org.code and org.name for org in organisations)
