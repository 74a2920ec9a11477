"""National releases of one month in two files with other figures, as where one was revised: one of them is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from perfkit.intake import cells, drafts
from perfkit.intake.drafts import Chosen, Columns, Draft
from perfkit.intake.reading import Reading
from perfkit.intake.records import distinct, warning, where
from perfkit.model import periods, schemas
from perfkit.model.errors import Issue

_FIGURES = {"delays": ("delayed_days", "area"), "discharges": ("value", "org_name"), "releases": ("value", "area")}
"""The tables of the releases, the column of their figures, and that which says whose a figure is."""
_SAME = 1e-9
_LATER = "This file is believed, as its name comes later; load the one revised last alone."
_OLDER = "That file was revised, and this one takes its place: if this is the older, withdraw it (load --withdraw)."


def differing(readings: Sequence[Reading]) -> Iterator[Issue]:
    """Tell once of each two files of one month that disagree, of the one believed: that which comes later.

    Illustrative figures are never believed beside others, and need no word.
    """
    for name in _FIGURES:
        alike: dict[tuple[Any, ...], list[int]] = {}
        some = [one for one in readings if name in one.drafts]
        for k, one in enumerate(some if len(some) > 1 else ()):
            for unit in _units(name, one.drafts[name]):
                alike.setdefault(unit, []).append(k)
        for i, j in sorted({pair for places in alike.values() for pair in combinations(places, 2)}):
            yield from _apart(name, some[i].tables[name], some[j].tables[name], _LATER)


def _units(name: str, draft: Draft) -> Iterable[tuple[Any, ...]]:
    """Give what of a table a file holds, of which one file is believed; of releases there may be many periods."""
    columns = (*schemas.TABLES[name].unit, "status")
    units = distinct(draft, columns) if name == "releases" else [tuple(_first(draft, column) for column in columns)]
    return dict.fromkeys((*unit, status == "illustrative") for *unit, status in units)


def older(readings: Sequence[Reading], known: pd.DataFrame) -> Iterator[Issue]:
    """Tell of months of `delays` that are ``known`` as revised and come again, with other figures, as never revised."""
    come = {_first(one.drafts["delays"], "file") for one in readings if "delays" in one.drafts}
    revised = known[(known["status"] == "revised") & ~known["file"].isin(come)]
    for one in (one for one in readings if "delays" in one.drafts and len(revised)):
        month, status = (_first(one.drafts["delays"], name) for name in ("month", "status"))
        before = revised[revised["month"] == month]
        if len(before) and status in ("final", "provisional"):
            yield from _apart("delays", before, one.tables["delays"], _OLDER)


def _first(draft: Draft, name: str) -> Any:
    if not isinstance(draft, Columns):
        return drafts.frame([draft])[name].iloc[0]
    column = draft.columns[name]
    return column.values[int(column.codes[0])] if isinstance(column, Chosen) else column[0]  # type: ignore[index]


def _apart(name: str, before: pd.DataFrame, after: pd.DataFrame, action: str) -> Iterator[Issue]:
    figure, whose = _FIGURES[name]
    both = after.merge(before, on=list(schemas.TABLES[name].key), suffixes=("", "_other"))
    apart = both[(both[figure] - both[f"{figure}_other"]).abs() > _SAME]
    if apart.empty:
        return
    row = apart.iloc[0].to_dict()
    other = where({label: row[f"{label}_other"] for label in ("file", "sheet", "cell")})
    when = periods.label(row["month"]) if "month" in row else row["period"]
    more = f", one of {len(apart):,} figures on which the two files of {when} differ"
    yield warning(row, f"{cells.shown(row[figure])} for {row[whose]}{more if len(apart) > 1 else ''}",
                  f"{cells.shown(row[f'{figure}_other'])}, as in {other}", action)  # fmt: skip
