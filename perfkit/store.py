"""What was known, and when: tidy tables with vintages, the only door to ``data/processed``.

Nothing received is ever overwritten. Each file that is loaded becomes one vintage, named by its content; a *receipt*
says which vintage of which file was received when. `load` gives the newest receipt of each file, or with ``as_of`` the
newest that had been received by that day.

Below the store's folder::

    vintages/<vintage>-<file>-<edition>/<table>.parquet    the rows of one file, never changed; a large table is a
                                                           folder of pieces instead (`keeping.pieces`)
    vintages/<digest>-<n>-files-<edition>/<table>.parquet  those of small files that came together (`keeping.parcels`)
    vintages/<folder>/digests.json                         the digests of its files, by which damage is known
    receipts/<moment>-<vintage>-<file>.json                one for each time that new content was loaded: its receipt,
                                                           or the list of those of files that are kept together

Everything is written beside its place and renamed into it, so that a process that dies, or two that load at once, leave
only whole files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from perfkit.keeping import belief, current, leftovers, parcels, pieces, reads, shelf
from perfkit.keeping import receipts as _receipts
from perfkit.keeping.parcels import Parcel
from perfkit.keeping.receipts import EDITION, PLACE, Receipt, is_known, locate, vintage_of
from perfkit.keeping.wanted import Wanted
from perfkit.model import areas, periods, schemas
from perfkit.model.errors import StoreError

__all__ = ["EDITION", "PLACE", "Parcel", "Receipt", "is_known", "locate", "vintage_of"]


def receipts(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List the current receipt of each file by its name; with ``as_of``, what was current at the end of that day."""
    reads.note("receipts", _receipts.state(root=root))
    return _receipts.current(root=root, as_of=as_of)


def history(*, root: Path | None = None) -> list[Receipt]:
    """List every receipt, the oldest first."""
    reads.note("receipts", _receipts.state(root=root))
    return _receipts.history(root=root)


def save(
    tables: Mapping[str, pd.DataFrame],
    *,
    file: str,
    content: bytes,
    received: dt.date | None = None,
    warnings: Iterable[str] = (),
    root: Path | None = None,
) -> Receipt | None:
    """Keep what one file says; give its receipt, or None where the same content is already the newest.

    ``tables`` are tidy frames by name (`perfkit.model.schemas`); ``received`` is the day it came, today unless given.
    Raises `perfkit.model.errors.InputError` where a frame breaks its table's contract; nothing is then kept.
    """
    kept = keep([Parcel(file, hashlib.sha256(content).hexdigest(), tables, received, tuple(warnings))], root=root)
    return kept[0] if kept else None


def keep(
    given: Sequence[Parcel], *, root: Path | None = None, frame: parcels.Frame = parcels.concatenate
) -> list[Receipt]:
    """Keep what the files of a delivery say; give a receipt of each, but of those whose content is already the newest.

    Each file is kept whole or not at all; whoever stops it between two bundles (`parcels.part`) has kept those before.
    ``frame`` makes one frame of a table as several files give it, for whoever has other than frames of each. Raises
    `perfkit.model.errors.InputError` where a frame breaks its table's contract; its bundle is then not kept; and
    `StoreError` where the store cannot be written.
    """
    place = root or locate()
    leftovers.clear(place / "receipts", place / shelf.VINTAGES)
    came, files = _receipts.history(root=place), {parcel.file for parcel in given}
    held = {receipt.file: receipt for receipt in came if receipt.file in files}
    after = max((receipt.loaded_at for receipt in came), default="")
    gone = {receipt.file: receipt for receipt in shelf.lost(place, held.values())}
    kept: list[Receipt] = []
    for together in parcels.part(parcels.unheld(given, held, gone)):
        bundle = parcels.pack(together, frame=frame, after=after)
        after = bundle.receipts[-1].loaded_at
        reporters = _reporters(bundle.tables, place)
        try:
            shelf.write(shelf.folder(place, bundle.receipts[0]), bundle.tables, reporters)
            _receipts.write(place, bundle.receipts)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise StoreError(f"The store {place} cannot be written: {reason}.") from error
        kept += bundle.receipts
    return kept


def withdraw(file: str, *, received: dt.date | None = None, root: Path | None = None) -> Receipt:
    """Believe nothing of a file from a day on, today unless given; what it said before can still be asked for.

    It is kept as a delivery of the file with no content: loading the file again brings it back. Raises `StoreError`
    where the store has no rows of it now, or they came later than that day.
    """
    believed = {name: receipt for name, receipt in _receipts.newest(root=root).items() if receipt.tables}
    held = believed.get(file)
    if held is None:
        alike = [name for name in believed if Path(name).name == Path(file).name]
        hint = f"Is it {' or '.join(alike)}?" if alike else "Name it as issues name it, folders and all."
        raise StoreError(f'There is nothing of "{file}" to withdraw. {hint}')
    if received and received.isoformat() < held.received:
        raise StoreError(f"{file} came on {held.received}: it cannot be withdrawn on a day before.")
    return keep([Parcel(file, hashlib.sha256(b"").hexdigest(), {}, received)], root=root)[0]


def lost(*, root: Path | None = None) -> dict[str, Receipt]:
    """Give the newest receipt of each file whose rows are gone or damaged: load it again and they are kept anew."""
    place = root or locate()
    return {receipt.file: receipt for receipt in shelf.lost(place, _receipts.newest(root=place).values())}


def load(
    table: str,
    *,
    as_of: str | dt.date | None = None,
    root: Path | None = None,
    directorate: str = "",
    where: Mapping[str, Any] | None = None,
    besides: Collection[str] = (),
) -> pd.DataFrame:
    """Give a tidy table as it is known now, or as it was known at the end of the day ``as_of``.

    Columns are those of `perfkit.model.schemas`, ``vintage`` included. Where two files hold the same fact, a published
    figure goes before an illustrative one, then the one received later. With ``directorate``, rows about other
    directorates' indicators and outcomes are left out; ``where`` names columns and the value, or list of values, that
    rows must have: ``{"period": "2017-18 Q1"}``. Neither reads files and pieces that cannot hold such a row.
    ``as_of`` may also be a vintage: what was known when it had come. What files named by ``besides`` say is left out.
    Raises `ParameterError` for an unknown table or column, `StoreError` where nothing has been loaded (by that day).
    """
    place = root or locate()
    asked = belief.asked(table, where or {})
    without = current.others(table, directorate, as_of, place) if directorate else {}
    frame = current.rows(table, as_of, place, wanted=Wanted(asked, without), besides=besides)
    if reads.noting():
        told = json.dumps({"where": asked}, default=str, sort_keys=True) if asked else ""
        rows = fingerprint(frame, root=place)
        reads.note(table, rows, directorate=directorate, as_of=str(as_of or ""), asked=told)
    return frame


def council(*, as_of: str | dt.date | None = None, root: Path | None = None) -> str:
    """Name the council as council.toml does, else as its returns do; empty where neither has been loaded.

    Whose figures they are is not a fact that comes on a day, so council.toml is heeded whatever ``as_of`` says. A page
    that asks only this is not made again when the figures change. Raises as `load` does.
    """
    place = root or locate()
    name = _told(place)[0] or ", ".join(_returning(place, as_of))
    reads.note("council", name, as_of=str(as_of or ""))
    return name


def area(*, as_of: str | dt.date | None = None, root: Path | None = None) -> str:
    """Name the area that the council's figures are about: as council.toml does, else the authority that it is.

    Empty where neither tells. Raises as `load` does.
    """
    place = root or locate()
    found = _told(place)[1] or ", ".join(
        known[0].name for name in _returning(place, as_of) if (known := areas.known(name))
    )
    reads.note("area", found, as_of=str(as_of or ""))
    return found


def _returning(place: Path, as_of: str | dt.date | None) -> list[str]:
    """Name the councils whose returns these are; where no figure was returned, by what directors say."""
    figures = sorted(current.rows("observations", as_of, place)["area"].dropna().unique())
    return figures or sorted(current.rows("assessments", as_of, place)["council"].dropna().unique())


def _told(place: Path) -> tuple[str, str]:
    """Give the name and the area that council.toml tells; of several the one that came last."""
    having = [receipt for receipt in _receipts.current(root=place) if receipt.tables.get("councils")]
    if not having:
        return "", ""
    row = read(max(having, key=lambda receipt: receipt.order), "councils", root=place).iloc[-1]
    return str(row["name"]), str(row["area"])


def fingerprint(frame: pd.DataFrame, *, root: Path | None = None) -> str:
    """Give one digest of a table's rows, and of when the files that they came from were received."""
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    files = set(zip(frame["file"], frame["vintage"], strict=True)) if len(frame) else set()
    days = sorted((r.file, r.vintage, r.received) for r in _receipts.history(root=root) if (r.file, r.vintage) in files)
    return hashlib.sha256(rows + repr(days).encode()).hexdigest()


def _reporters(tables: Mapping[str, pd.DataFrame], place: Path) -> dict[str, str]:
    """Say who is known to report each indicator, where a table is so large that it is cut by that."""
    if all(len(frame) < pieces.LARGE for frame in tables.values()):
        return {}
    try:
        known = tables["indicators"] if "indicators" in tables else current.rows("indicators", None, place)
    except StoreError:
        return {}
    return dict(zip(known["indicator"], known["directorate"], strict=True))


def read(receipt: Receipt, table: str, *, root: Path | None = None) -> pd.DataFrame:
    """Give the rows that one delivery gave a table, whether it is still believed or not; they never change."""
    return shelf.gather(root or locate(), [receipt], table)[0]


def stacked(came: Sequence[Receipt], table: str, *, root: Path | None = None) -> pd.DataFrame:
    """Give the rows that deliveries gave a table, one after another, with the day on which each was ``received``."""
    frame, parts = shelf.gather(root or locate(), came, table)
    return frame.assign(received=pd.array([receipt.received for receipt in came], dtype="str").take(parts))


class Known:
    """The tables as known now or on a day, each read when first asked for: ``known.observations``, ``known.targets``.

    It remembers which it gave, so that `sources` can name every file behind a page.
    """

    def __init__(self, *, as_of: str = "", root: Path | None = None, directorate: str = "") -> None:
        self._as_of, self._root, self._directorate = as_of, root or locate(), directorate
        self._tables: dict[str, pd.DataFrame] = {}

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table.startswith("_"):
            raise AttributeError(table)
        if table not in self._tables:
            self._tables[table] = load(table, as_of=self._as_of, root=self._root, directorate=self._directorate)
        return self._tables[table]

    def rows(self, table: str, **where: Any) -> pd.DataFrame:
        """Give the rows of a table whose columns have these values: ``known.rows("targets", indicator="visits")``.

        A page that reads no more of the table is made again only when these rows change.
        """
        asked = f"{table} {sorted(where.items(), key=str)}"
        if asked not in self._tables:
            self._tables[asked] = load(
                table, as_of=self._as_of, root=self._root, directorate=self._directorate, where=where
            )
        return self._tables[asked]

    @property
    def council(self) -> str:
        """The council's name, as council.toml or its returns tell; empty where neither has been loaded."""
        return council(as_of=self._as_of, root=self._root)

    @property
    def area(self) -> str:
        """The area that the council's figures are about; empty where nothing tells."""
        return area(as_of=self._as_of, root=self._root)

    def __repr__(self) -> str:
        when = f"by {self._as_of}" if self._as_of else "now"
        return f"What is known {when}: {', '.join(schemas.TABLES)}"

    @property
    def as_of(self) -> str:
        """The day up to which it knows; empty for all that is known."""
        return self._as_of

    def sources(self, *others: Known) -> pd.DataFrame:
        """List the files behind the tables that it and others gave so far: file, vintage, sha256, received, rows."""
        named = [sources(*known._tables.values(), root=self._root) for known in (self, *others) if known._tables]
        rows = pd.concat(named, ignore_index=True).sort_values(["file", "vintage", "rows"], kind="stable")
        return rows.drop_duplicates(["file", "vintage"], keep="last").reset_index(drop=True)


def known(*, as_of: str = "", root: Path | None = None, directorate: str = "") -> Known:
    """Open what is known now, or was known at the end of the day ``as_of``; tables are its attributes.

    With ``directorate``, rows about other directorates' indicators and outcomes are left out.
    Raises `StoreError` where nothing has been loaded, or nothing by that day.
    """
    place = root or locate()
    if not _receipts.current(root=place, as_of=as_of):
        raise current.nothing(place, as_of)
    return Known(as_of=as_of, root=place, directorate=directorate)


def quarters(*, as_of: str | dt.date | None = None, root: Path | None = None) -> list[str]:
    """List the quarters for which a return has been received, the oldest first."""
    try:
        seen = load("assessments", as_of=as_of, root=root)["period"].unique()
    except StoreError:
        return []
    return sorted(seen, key=lambda text: periods.parse(text).end_time)


def sources(*frames: pd.DataFrame, root: Path | None = None) -> pd.DataFrame:
    """List the files that rows of these frames came from: file, vintage, sha256, received, rows.

    Columns used: ``file`` and ``vintage``; a file that the store no longer knows under that vintage is an error.
    """
    used = pd.concat([frame[["file", "vintage"]] for frame in frames], ignore_index=True).dropna()
    rows = used.groupby(["file", "vintage"]).size().rename("rows").reset_index()
    kept = {(r.file, r.vintage): r for r in _receipts.history(root=root)}
    lost = [file for file, vintage in zip(rows.file, rows.vintage, strict=True) if (file, vintage) not in kept]
    if lost:
        raise StoreError(f"The store has no receipt of {', '.join(lost)}. Load the folder of raw data again.")
    found = [kept[pair] for pair in zip(rows.file, rows.vintage, strict=True)]
    return rows.assign(sha256=[r.sha256 for r in found], received=[r.received for r in found])[
        ["file", "vintage", "sha256", "received", "rows"]
    ]
