"""What is kept together: the small files of a delivery, whose tables lie in one folder, rows one after another.

A table of a few rows takes as long to write and to open as one of thousands. So of files of up to `FEW` rows those that
are given together are kept together, up to `MOST` rows; their receipts say which rows are whose. A larger file is kept
alone, so that it need not be read for others' sake.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from perfkit.keeping import pieces
from perfkit.keeping.receipts import EDITION, VINTAGE, Receipt
from perfkit.model import schemas
from perfkit.model.errors import InputError

FEW = 1_000
"""Rows up to which a file is kept together with others."""
MOST = 20_000
"""Rows that files kept together have at most."""
Frame: TypeAlias = Callable[[Sequence[Any]], pd.DataFrame]
"""What makes one frame of a table as several files give it."""


@dataclass(frozen=True)
class Parcel:
    """What one file says: the SHA-256 of its content, its tidy tables by name, the day it came, its warnings.

    It came today unless told otherwise. Tables are frames, or whatever else can tell its length and be made a frame
    (`store.keep`).
    """

    file: str
    sha256: str
    tables: Mapping[str, Any]
    received: dt.date | None = None
    warnings: tuple[str, ...] = ()

    @property
    def vintage(self) -> str:
        """The name of its content."""
        return self.sha256[:VINTAGE]

    @property
    def rows(self) -> int:
        """How many rows all its tables have."""
        return sum(len(frame) for frame in self.tables.values())


@dataclass(frozen=True)
class Bundle:
    """What is kept at once: tables with the rows of one or several files, and a receipt for each file."""

    tables: dict[str, pd.DataFrame]
    receipts: tuple[Receipt, ...]


def unheld(given: Iterable[Parcel], held: Mapping[str, Receipt], lost: Mapping[str, Receipt]) -> Iterator[Parcel]:
    """Leave out what is held, once each; what was held and is lost is kept anew, as having come when it did."""
    kept = {file: (receipt.vintage, receipt.edition) for file, receipt in held.items() if file not in lost}
    for parcel in given:
        if kept.get(parcel.file) == (parcel.vintage, EDITION):
            continue
        kept[parcel.file] = parcel.vintage, EDITION
        before = lost.get(parcel.file)
        if before and before.vintage == parcel.vintage and parcel.received is None:
            yield replace(parcel, received=dt.date.fromisoformat(before.received))
        else:
            yield _in_turn(parcel, held.get(parcel.file))


def _in_turn(parcel: Parcel, held: Receipt | None) -> Parcel:
    """Let a file come no earlier than its withdrawal, nor, where nobody told its day, than what is held of it.

    A clock may have gone back meanwhile; what comes before is not believed.
    """
    floor = held.received if held and (parcel.received is None or not held.tables) else ""
    day = (parcel.received or dt.date.today()).isoformat()
    return replace(parcel, received=dt.date.fromisoformat(floor)) if day < floor else parcel


def part(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """Part files, in the order given, into those that are kept together."""
    together: list[Parcel] = []
    room = 0
    for parcel in parcels:
        if together and parcel.rows > min(room, FEW):
            yield together
            together, room = [], 0
        room = room - parcel.rows if together else _room_beside(parcel)
        together.append(parcel)
    if together:
        yield together


def _room_beside(parcel: Parcel) -> int:
    """Say how many rows of others may be kept with those of a file; nothing goes with a large one."""
    return MOST - parcel.rows if parcel.rows <= FEW else -1


def concatenate(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Make one frame of the frames of several files, rows in the order given."""
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def pack(parcels: Sequence[Parcel], *, frame: Frame = concatenate, after: str = "") -> Bundle:
    """Put the rows of some files together, checked against the contracts of their tables; raises `InputError`.

    They are kept later than the moment ``after``, whatever the clock says.
    """
    names = dict.fromkeys(name for parcel in parcels for name in parcel.tables)
    tables = {name: _stacked(name, [each for each in parcels if name in each.tables], frame) for name in names}
    now, filled = _moment(after), dict.fromkeys(names, 0)
    made = []
    for number, parcel in enumerate(parcels):
        sizes = {name: len(frame) for name, frame in parcel.tables.items()}
        periods = {name: told for name in sizes if (told := _periods(tables[name], name, filled[name], sizes[name]))}
        # A microsecond apart, so that files keep the order in which they were given.
        moment = now + dt.timedelta(microseconds=number)
        receipt = _receipt(parcel, sizes, periods, moment)
        made.append(replace(receipt, starts={name: filled[name] for name in sizes}))
        filled |= {name: filled[name] + size for name, size in sizes.items()}
    if len(made) == 1:
        return Bundle(tables, (replace(made[0], starts={}),))
    folder = _folder(made)
    return Bundle(tables, tuple(replace(receipt, folder=folder) for receipt in made))


def _moment(after: str) -> dt.datetime:
    now = dt.datetime.now(dt.UTC)
    return max(now, dt.datetime.fromisoformat(after) + dt.timedelta(microseconds=1)) if after else now


def _receipt(parcel: Parcel, sizes: dict[str, int], periods: dict[str, list[str]], moment: dt.datetime) -> Receipt:
    return Receipt(
        file=parcel.file,
        vintage=parcel.vintage,
        sha256=parcel.sha256,
        # Today is the day of whoever loads, as is every day that is asked for.
        received=(parcel.received or dt.date.today()).isoformat(),
        loaded_at=moment.isoformat(timespec="microseconds"),
        tables=sizes,
        warnings=parcel.warnings,
        periods=periods,
    )


def _periods(frame: pd.DataFrame, name: str, start: int, size: int) -> list[str]:
    column = pieces.time_of(schemas.TABLES[name])
    return pieces.listed(frame[column].iloc[start : start + size]) if column and size else []


def _folder(receipts: Sequence[Receipt]) -> str:
    """Name a folder by what is in it, so that two processes that load the same at once share one."""
    told = [f"{receipt.file} {receipt.vintage} {receipt.tables}" for receipt in receipts]
    return f"{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:12]}-{len(told)}-files-{EDITION}"


def _stacked(name: str, parcels: Sequence[Parcel], frame: Frame) -> pd.DataFrame:
    """Put the rows of a table together, marked with their vintage and checked."""
    table = schemas.TABLES[name]
    some = [_typed(parcel, table) for parcel in parcels]
    vintages = np.repeat([parcel.vintage for parcel in parcels], [len(each) for each in some])
    whole = frame(some).assign(vintage=vintages)
    try:
        # A key stands once in each file, not once in all.
        return schemas.conform(whole, replace(table, key=(*table.key, "vintage")))
    except InputError:
        for parcel in parcels:
            schemas.conform(frame([parcel.tables[name]]).assign(vintage=parcel.vintage), table)
        return whole


def _typed(parcel: Parcel, table: schemas.Table) -> Any:
    """Give a file's table as it is where its columns are those declared, each of its kind: as readers give it."""
    given = parcel.tables[table.name]
    if isinstance(given, pd.DataFrame) and (list(given) != table.names or list(given.dtypes) != _kinds(table)):
        return schemas.conform(given.assign(vintage=parcel.vintage), table)
    return given


@lru_cache(maxsize=256)
def _kinds(table: schemas.Table) -> list[Any]:
    return list(schemas.empty(table).dtypes)
