"""The figures of one sheet of discharges as a grid, organisations by columns, and their way to rows of `discharges`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.intake import coded
from perfkit.intake.coded import Ints
from perfkit.intake.discharge_layout import Organisation
from perfkit.intake.grid import Sheet
from perfkit.intake.recipe_values import Figures, Floats, Sign
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


def frame(tables: Sequence[Counts], month: pd.Period, *, collection: str, status: str) -> pd.DataFrame:
    """Write the sheets' figures out as rows of `discharges`.

    Raises `InputError` where an organisation gives the same count of the same day on two sheets.
    """
    organisations = [org for table in tables for org in table.organisations]
    kinds = [kind for table in tables for kind in table.kinds]
    signs = [sign for table in tables for sign in table.signs]
    org, kind, sheet = (np.concatenate(parts) for parts in zip(*_codes(tables), strict=True))
    sign = np.concatenate(_shifted([t.sign.ravel() for t in tables], [len(t.signs) for t in tables]))
    size, places = len(org), ([table.row for table in tables], [table.column for table in tables])
    columns: dict[str, Any] = {
        "org_kind": coded.array([o.kind for o in organisations], org),
        "org_code": coded.array([o.code for o in organisations], org),
        "org_name": coded.array([o.name for o in organisations], org),
        "region": coded.array([o.region for o in organisations], org),
        "measure": coded.array([k.measure for k in kinds], kind),
        "breakdown": coded.array([k.breakdown for k in kinds], kind),
        "breakdown_title": coded.array([k.title for k in kinds], kind),
        "unit": coded.array([k.unit for k in kinds], kind),
        "period": coded.array([_label(k, month) for k in kinds], kind),
        "period_kind": coded.array(["month" if k.day is None else "week" if k.weekly else "day" for k in kinds], kind),
        "starts": np.array([k.day or month.start_time for k in kinds], dtype="datetime64[us]")[kind],
        "month": pd.PeriodIndex.from_ordinals(np.full(size, month.ordinal), freq="M"),
        "value": np.concatenate([table.values.ravel() for table in tables]),
        "marker": coded.array([marker for marker, _ in signs], sign),
        "marker_means": coded.array([means for _, means in signs], sign),
        "sheet": coded.array([table.sheet.name for table in tables], sheet),
        "cell": coded.cells(*(np.concatenate([grid.ravel() for grid in grids]) for grids in places)),
    }
    same = {"collection": collection, "status": status, "file": tables[0].sheet.file, "vintage": ""}
    columns |= {name: coded.same(word, size) for name, word in same.items()}
    whole = pd.DataFrame({name: columns[name] for name in schemas.DISCHARGES.names}, copy=False)
    return whole if _sound(tables, month) else schemas.conform(whole, schemas.DISCHARGES)


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
