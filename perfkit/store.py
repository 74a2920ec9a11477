"""What was known, and when: tidy tables with vintages, the only door to ``data/processed``.

Nothing received is ever overwritten. Each file that is loaded becomes one vintage, named by its content; a *receipt*
says which vintage of which file was received when. `load` gives the newest receipt of each file, or with ``as_of`` the
newest that had been received by that day.

Below the store's folder::

    vintages/<vintage>-<file>-<edition>/<table>.parquet    the rows of one file, never changed
    receipts/<moment>-<vintage>-<file>.json                one for each time that new content was loaded

Everything is written beside its place and renamed into it, so that a process that dies, or two that load at once, leave
only whole files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from perfkit.model import periods, schemas
from perfkit.model.errors import ParameterError, StoreError

EDITION = "1"
"""Raised whenever the readers or tables change so that files must be read again."""
PLACE = Path("data") / "processed"


@dataclass(frozen=True)
class Receipt:
    """One file's content as it was received: which, of what vintage, when, and how many rows it gave each table."""

    file: str
    vintage: str
    sha256: str
    received: str
    loaded_at: str
    tables: dict[str, int]
    warnings: tuple[str, ...] = ()
    edition: str = EDITION

    @property
    def order(self) -> tuple[str, str]:
        """What receipts are sorted by: the day received, then the moment loaded."""
        return self.received, self.loaded_at


def locate(start: Path | None = None) -> Path:
    """Find the store: ``PERFKIT_STORE`` if set, else ``data/processed`` here or in the nearest folder above.

    >>> locate(Path("/nowhere")).as_posix()
    '/nowhere/data/processed'
    """
    if given := os.environ.get("PERFKIT_STORE"):
        return Path(given).absolute()
    here = (start or Path.cwd()).absolute()
    return next((f / PLACE for f in (here, *here.parents) if (f / PLACE).is_dir()), here / PLACE)


def vintage_of(content: bytes) -> str:
    """Name a content: the first twelve digits of its SHA-256.

    >>> vintage_of(b"")
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()[:12]


def receipts(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List the current receipt of each file by its name; with ``as_of``, what was current at the end of that day."""
    limit = _day(as_of)
    current: dict[str, Receipt] = {}
    for receipt in history(root=root):
        if limit is None or receipt.received <= limit:
            current[receipt.file] = receipt
    return [current[file] for file in sorted(current)]


def history(*, root: Path | None = None) -> list[Receipt]:
    """List every receipt, the oldest first."""
    folder = (root or locate()) / "receipts"
    found = (_read_receipt(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.json")))
    return sorted(found, key=lambda receipt: receipt.order)


def is_known(file: str, content: bytes, *, root: Path | None = None) -> bool:
    """Say whether this content is what the store holds of this file now, read by today's readers."""
    place = root or locate()
    newest = {receipt.file: receipt for receipt in history(root=place)}.get(file)
    return newest is not None and (newest.vintage, newest.edition) == (vintage_of(content), EDITION)


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
    place = root or locate()
    if is_known(file, content, root=place):
        return None
    vintage = vintage_of(content)
    ready = {name: _stamped(frame, name, vintage) for name, frame in tables.items()}
    _write_vintage(_vintage_folder(place, file, vintage), ready)
    now = dt.datetime.now(dt.UTC)
    receipt = Receipt(
        file=file,
        vintage=vintage,
        sha256=hashlib.sha256(content).hexdigest(),
        received=(received or now.date()).isoformat(),
        loaded_at=now.isoformat(timespec="microseconds"),
        tables={name: len(frame) for name, frame in ready.items()},
        warnings=tuple(warnings),
    )
    _write_receipt(place, receipt)
    return receipt


def load(table: str, *, as_of: str | dt.date | None = None, root: Path | None = None) -> pd.DataFrame:
    """Give a tidy table as it is known now, or as it was known at the end of the day ``as_of``.

    Columns are those of `perfkit.model.schemas`, ``vintage`` included. Where two files hold the same fact, a published
    figure goes before an illustrative one, then the one received later. Raises `ParameterError` for an unknown table
    and `StoreError` where nothing has been loaded, or nothing by that day.
    """
    if table not in schemas.TABLES:
        raise ParameterError(f'There is no table "{table}": the tables are {", ".join(schemas.TABLES)}.')
    place = root or locate()
    current = receipts(root=place, as_of=as_of)
    if not current:
        raise _nothing(place, as_of)
    frames = [_read_table(place, receipt, table) for receipt in current if table in receipt.tables]
    if not frames:
        return schemas.empty(schemas.TABLES[table])
    order = {receipt.file: number for number, receipt in enumerate(sorted(current, key=lambda r: r.order))}
    return _believed(pd.concat(frames, ignore_index=True), schemas.TABLES[table], order)


class Known:
    """The tables as known now or on a day, each read when first asked for: ``known.observations``, ``known.targets``.

    It remembers which it gave, so that `sources` can name every file behind a page.
    """

    def __init__(self, *, as_of: str = "", root: Path | None = None) -> None:
        self._as_of, self._root = as_of, root or locate()
        self._tables: dict[str, pd.DataFrame] = {}

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table.startswith("_"):
            raise AttributeError(table)
        if table not in self._tables:
            self._tables[table] = load(table, as_of=self._as_of, root=self._root)
        return self._tables[table]

    def __repr__(self) -> str:
        when = f"by {self._as_of}" if self._as_of else "now"
        return f"What is known {when}: {', '.join(schemas.TABLES)}"

    def sources(self) -> pd.DataFrame:
        """List the files behind the tables given so far: file, vintage, sha256, received, rows."""
        return sources(*self._tables.values(), root=self._root)


def known(*, as_of: str = "", root: Path | None = None) -> Known:
    """Open what is known now, or was known at the end of the day ``as_of``; tables are its attributes.

    Raises `StoreError` where nothing has been loaded, or nothing by that day.
    """
    place = root or locate()
    if not receipts(root=place, as_of=as_of):
        raise _nothing(place, as_of)
    return Known(as_of=as_of, root=place)


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
    kept = {(r.file, r.vintage): r for r in history(root=root)}
    lost = [file for file, vintage in zip(rows.file, rows.vintage, strict=True) if (file, vintage) not in kept]
    if lost:
        raise StoreError(f"The store has no receipt of {', '.join(lost)}. Load the folder of raw data again.")
    found = [kept[pair] for pair in zip(rows.file, rows.vintage, strict=True)]
    return rows.assign(sha256=[r.sha256 for r in found], received=[r.received for r in found])[
        ["file", "vintage", "sha256", "received", "rows"]
    ]


def _day(as_of: str | dt.date | None) -> str | None:
    if as_of is None or as_of == "":
        return None
    try:
        return dt.date.fromisoformat(as_of).isoformat() if isinstance(as_of, str) else as_of.isoformat()
    except ValueError:
        raise ParameterError(f'as_of "{as_of}" is not a day: expected one such as 2017-10-31.') from None


def _nothing(place: Path, as_of: str | dt.date | None) -> StoreError:
    everything = history(root=place)
    if not everything:
        return StoreError("Nothing has been loaded yet. Load the folder of raw data first: perfkit load data/raw")
    return StoreError(f"Nothing had been received by {as_of}: the first file came on {everything[0].received}.")


def _vintage_folder(place: Path, file: str, vintage: str, *, edition: str = EDITION) -> Path:
    return place / "vintages" / f"{vintage}-{vintage_of(file.encode())[:8]}-{edition}"


def _stamped(frame: pd.DataFrame, name: str, vintage: str) -> pd.DataFrame:
    return schemas.conform(frame.assign(vintage=vintage), schemas.TABLES[name])


def _write_vintage(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder.parent))
    try:
        for name, frame in tables.items():
            _portable(frame).to_parquet(beside / f"{name}.parquet", index=False)
        beside.rename(folder)
    except OSError:
        # Another process has just put the same content there: theirs serves as well.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _portable(frame: pd.DataFrame) -> pd.DataFrame:
    months = {c: frame[c].dt.to_timestamp() for c in frame if isinstance(frame[c].dtype, pd.PeriodDtype)}
    return frame.assign(**months)


def _read_table(place: Path, receipt: Receipt, table: str) -> pd.DataFrame:
    folder = _vintage_folder(place, receipt.file, receipt.vintage, edition=receipt.edition)
    path = folder / f"{table}.parquet"
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise StoreError(f"{receipt.file} must be loaded again: the store's copy cannot be read ({error}).") from None
    months = [c.name for c in schemas.TABLES[table].columns if c.kind == "month"]
    return frame.assign(**{c: frame[c].dt.to_period("M") for c in months})


def _believed(frame: pd.DataFrame, table: schemas.Table, order: Mapping[str, int]) -> pd.DataFrame:
    weight = frame["file"].map(order).astype("int64")
    if "status" in frame:
        weight += (frame["status"] != "illustrative").astype("int64") * len(order)
    best = weight.groupby([frame[c] for c in table.believed_by], sort=False).transform("max")
    return frame[weight == best].reset_index(drop=True)


def _write_receipt(place: Path, receipt: Receipt) -> None:
    folder = place / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    moment = receipt.loaded_at.replace(":", "").replace("+0000", "")
    name = f"{moment}-{receipt.vintage}-{vintage_of(receipt.file.encode())[:8]}.json"
    handle, beside = tempfile.mkstemp(prefix=".writing-", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(receipt), out, ensure_ascii=False, indent=1)
    Path(beside).replace(folder / name)


@cache
def _read_receipt(path: Path, changed: int) -> Receipt:
    del changed  # a part of what the cache goes by
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Receipt(**fields | {"warnings": tuple(fields["warnings"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"The receipt {path.name} in the store cannot be read ({error}).") from None
