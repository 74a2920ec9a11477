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
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from perfkit import receipts as _receipts
from perfkit.model import periods, schemas
from perfkit.model.errors import ParameterError, StoreError
from perfkit.receipts import EDITION, PLACE, Receipt, is_known, locate, vintage_of

__all__ = ["EDITION", "PLACE", "Receipt", "is_known", "locate", "vintage_of"]


def receipts(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List the current receipt of each file by its name; with ``as_of``, what was current at the end of that day."""
    _receipts.note("receipts", _receipts.state(root=root))
    return _receipts.current(root=root, as_of=as_of)


def history(*, root: Path | None = None) -> list[Receipt]:
    """List every receipt, the oldest first."""
    _receipts.note("receipts", _receipts.state(root=root))
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
    _receipts.write(place, receipt)
    return receipt


def load(
    table: str, *, as_of: str | dt.date | None = None, root: Path | None = None, directorate: str = ""
) -> pd.DataFrame:
    """Give a tidy table as it is known now, or as it was known at the end of the day ``as_of``.

    Columns are those of `perfkit.model.schemas`, ``vintage`` included. Where two files hold the same fact, a published
    figure goes before an illustrative one, then the one received later. With ``directorate``, rows about other
    directorates' indicators and outcomes are left out. Raises `ParameterError` for an unknown table and `StoreError`
    where nothing has been loaded, or nothing by that day.
    """
    place = root or locate()
    frame = _whole(table, as_of, place)
    if directorate:
        frame = frame[_concerns(frame, directorate, as_of, place)].reset_index(drop=True)
    if _receipts.noting():
        _receipts.note(table, fingerprint(frame, root=place), directorate=directorate, as_of=str(as_of or ""))
    return frame


def fingerprint(frame: pd.DataFrame, *, root: Path | None = None) -> str:
    """Give one digest of a table's rows, and of when the files that they came from were received."""
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    files = set(zip(frame["file"], frame["vintage"], strict=True)) if len(frame) else set()
    days = sorted((r.file, r.vintage, r.received) for r in _receipts.history(root=root) if (r.file, r.vintage) in files)
    return hashlib.sha256(rows + repr(days).encode()).hexdigest()


def _whole(table: str, as_of: str | dt.date | None, place: Path) -> pd.DataFrame:
    if table not in schemas.TABLES:
        raise ParameterError(f'There is no table "{table}": the tables are {", ".join(schemas.TABLES)}.')
    current = _receipts.current(root=place, as_of=as_of)
    if not current:
        raise _nothing(place, as_of)
    frames = [_read_table(place, receipt, table) for receipt in current if table in receipt.tables]
    if not frames:
        return schemas.empty(schemas.TABLES[table])
    order = {receipt.file: number for number, receipt in enumerate(sorted(current, key=lambda r: r.order))}
    return _believed(pd.concat(frames, ignore_index=True), schemas.TABLES[table], order)


def _concerns(frame: pd.DataFrame, directorate: str, as_of: str | dt.date | None, place: Path) -> pd.Series:
    """Say which rows are about a directorate: its outcomes, and every indicator that it reports or that rates those."""
    indicators, outcomes = _whole("indicators", as_of, place), _whole("outcomes", as_of, place)
    led = set(outcomes.loc[outcomes["directorate"] == directorate, "outcome"])
    own = indicators[(indicators["directorate"] == directorate) | indicators["outcome"].isin(led)]
    subjects = set(own["indicator"]) | set(own["outcome"]) | led
    for column in ("indicator", "outcome", "subject"):
        if column in frame:
            known = frame[column].isin(set(indicators["indicator"]) | set(outcomes["outcome"]))
            return frame[column].isin(subjects) | ~known
    return pd.Series(True, index=frame.index)


def read(receipt: Receipt, table: str, *, root: Path | None = None) -> pd.DataFrame:
    """Give the rows that one delivery gave a table, whether it is still believed or not; they never change."""
    return _read_table(root or locate(), receipt, table)


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
        raise _nothing(place, as_of)
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


def _nothing(place: Path, as_of: str | dt.date | None) -> StoreError:
    everything = _receipts.history(root=place)
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
