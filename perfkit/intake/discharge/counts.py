"""The figures of one sheet of discharges as a grid, organisations by columns, and their way to rows of `discharges`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.coded import Ints
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.drafts import Chosen, Columns, Draft, Places
from perfkit.intake.recipes.values import Figures, Floats, Sign
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import periods, schemas
from perfkit.model.errors import Where


@dataclass(frozen=True)
class Kind:
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

    def where(self, i: int, j: int) -> Where:
        """Name the place of one figure."""
        return self.sheet.where(int(self.row[i, j]), int(self.column[i, j]))

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


def draft(tables: Sequence[Counts], month: pd.Period, *, collection: str, status: str) -> Draft:
    """Write the sheets' figures out as rows of `discharges`.

    Raises `InputError` where an organisation gives the same count of the same day on two sheets.
    """
    made = Columns(dict(_columns(tables, month, (collection, status))))
    return made if _sound(tables, month) else schemas.conform(drafts.frame([made]), schemas.DISCHARGES)


def _columns(tables: Sequence[Counts], month: pd.Period, said: tuple[str, str]) -> Iterator[tuple[str, drafts.Column]]:
    first = month.start_time
    organisations = [org for table in tables for org in table.organisations]
    kinds = [kind for table in tables for kind in table.kinds]
    signs = [sign for table in tables for sign in table.signs]
    org, kind, sheet = (np.concatenate(parts) for parts in zip(*_codes(tables), strict=True))
    sign = np.concatenate(_shifted([t.sign.ravel() for t in tables], [len(t.signs) for t in tables]))
    places = (np.concatenate([grid.ravel() for grid in grids])
              for grids in ([table.row for table in tables], [table.column for table in tables]))  # fmt: skip
    same = {"collection": said[0], "status": said[1], "file": tables[0].sheet.file, "vintage": ""}
    columns: dict[str, drafts.Column] = {
        "org_kind": Chosen([o.kind for o in organisations], org),
        "org_code": Chosen([o.code for o in organisations], org),
        "org_name": Chosen([o.name for o in organisations], org),
        "region": Chosen([o.region for o in organisations], org),
        "measure": Chosen([k.measure for k in kinds], kind),
        "breakdown": Chosen([k.breakdown for k in kinds], kind),
        "breakdown_title": Chosen([k.title for k in kinds], kind),
        "unit": Chosen([k.unit for k in kinds], kind),
        "period": Chosen([_label(k, month) for k in kinds], kind),
        "period_kind": Chosen(["month" if k.day is None else "week" if k.weekly else "day" for k in kinds], kind),
        "starts": np.array([k.day or first for k in kinds], dtype="datetime64[us]")[kind],
        "month": pd.PeriodIndex.from_ordinals(np.full(len(org), month.ordinal), freq="M").array,
        "value": np.concatenate([table.values.ravel() for table in tables]),
        "marker": Chosen([marker for marker, _ in signs], sign),
        "marker_means": Chosen([means for _, means in signs], sign),
        "sheet": Chosen([table.sheet.name for table in tables], sheet),
        "cell": Places(*places),
    } | {name: drafts.same(word, len(org)) for name, word in same.items()}
    yield from ((name, columns[name]) for name in schemas.DISCHARGES.names)


def _codes(tables: Sequence[Counts]) -> list[tuple[Ints, Ints, Ints]]:
    made, orgs, kinds = [], 0, 0
    for number, table in enumerate(tables):
        down, across = table.values.shape
        made.append((np.repeat(np.arange(down) + orgs, across), np.tile(np.arange(across) + kinds, down),
                     np.full(down * across, number)))  # fmt: skip
        orgs, kinds = orgs + down, kinds + across
    return made


def _shifted(parts: Sequence[Ints], sizes: Sequence[int]) -> list[Ints]:
    starts = np.cumsum([0, *sizes[:-1]])
    return [part + start for part, start in zip(parts, starts, strict=True)]


def _label(kind: Kind, month: pd.Period) -> str:
    if kind.day is None:
        return periods.label(month)
    return f"week of {kind.day.isoformat()}" if kind.weekly else kind.day.isoformat()


def _sound(tables: Sequence[Counts], month: pd.Period) -> bool:
    """Say whether every fact stands once and has what it must have: otherwise the table's own check finds the cells."""
    kinds = [(_label(kind, month), kind.measure, kind.breakdown) for table in tables for kind in table.kinds]
    once = len(set(kinds)) == len(kinds)
    return once and all(all(map(all, kinds)) and all(org.code and org.name for org in t.organisations)
                        and len({(org.kind, org.code) for org in t.organisations}) == len(t.organisations)
                        for t in tables)  # fmt: skip
