"""What the store holds now, or held on a day: a table's rows from the files that are current, as believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from perfkit.keeping import belief, pieces, receipts, shelf
from perfkit.keeping.receipts import Receipt
from perfkit.keeping.wanted import EVERYTHING, Wanted
from perfkit.model import schemas
from perfkit.model.errors import StoreError


def rows(
    table: str,
    as_of: str | dt.date | None,
    place: Path,
    *,
    wanted: Wanted = EVERYTHING,
    besides: Collection[str] = (),
) -> pd.DataFrame:
    """Give those of a table's rows that are wanted, as believed.

    Belief falls on whole facts, so rows are chosen beforehand by the columns that it goes by, and by all others
    afterwards, lest a narrower question give another answer. What files named by ``besides`` say is left out. Raises
    `StoreError` where nothing has been loaded (by that day).
    """
    current = receipts.current(root=place, as_of=as_of)
    if not current:
        raise nothing(place, as_of)
    current = [receipt for receipt in current if receipt.file not in besides]
    declared = schemas.TABLES[table]
    beforehand = wanted.by(declared.believed_by)
    having = _having(current, declared, beforehand.only.get(pieces.time_of(declared)))
    if not having:
        return schemas.empty(declared)
    frame, parts = shelf.gather(place, having, table, beforehand)
    order = {receipt.file: number for number, receipt in enumerate(sorted(current, key=lambda r: r.order))}
    frame = belief.believed(frame, declared, np.array([order[receipt.file] for receipt in having])[parts])
    return belief.kept(frame, wanted.besides(declared.believed_by))


def _having(current: Sequence[Receipt], table: schemas.Table, times: Iterable[Any] | None) -> list[Receipt]:
    """List those that may have given a table rows, of these periods where some are asked for."""
    having = [receipt for receipt in current if table.name in receipt.tables]
    if times is None:
        return having
    asked = {str(time) for time in times}
    told = ((receipt, receipt.periods.get(table.name)) for receipt in having)
    return [receipt for receipt, some in told if not some or not asked.isdisjoint(some)]


def others(table: str, directorate: str, as_of: str | dt.date | None, place: Path) -> dict[str, frozenset[str]]:
    """Name what is not a directorate's: all but its outcomes and the indicators that it reports or that rate those."""
    column = next((n for n in ("indicator", "outcome", "subject") if n in schemas.TABLES[table].names), "")
    if not column:
        return {}
    current = receipts.current(root=place, as_of=as_of)
    defining = tuple((r.order, r.file, r.vintage) for r in current if {"indicators", "outcomes"} & r.tables.keys())
    return {column: _not_of(directorate, place, as_of, defining)}


@lru_cache(maxsize=64)
def _not_of(directorate: str, place: Path, as_of: str | dt.date | None, defining: tuple[object, ...]) -> frozenset[str]:
    del defining  # a part of what the cache goes by: the frameworks that the answer follows from
    indicators, outcomes = rows("indicators", as_of, place), rows("outcomes", as_of, place)
    led = set(outcomes.loc[outcomes["directorate"] == directorate, "outcome"])
    own = indicators[(indicators["directorate"] == directorate) | indicators["outcome"].isin(led)]
    everything = set(indicators["indicator"]) | set(outcomes["outcome"])
    return frozenset(everything - set(own["indicator"]) - set(own["outcome"]) - led)


def nothing(place: Path, as_of: str | dt.date | None) -> StoreError:
    """Say that nothing has been loaded, or nothing by a day."""
    everything = receipts.history(root=place)
    if not everything:
        return StoreError("Nothing has been loaded yet. Load the folder of raw data first: perfkit load data/raw")
    return StoreError(f"Nothing had been received by {as_of}: the first file came on {everything[0].received}.")
