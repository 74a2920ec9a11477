"""Where the rows of each delivery stand on disk: written once, whole or not at all, and never changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from perfkit.keeping import columnar, leftovers, pieces
from perfkit.keeping.receipts import Receipt, vintage_of
from perfkit.keeping.wanted import EVERYTHING, Wanted
from perfkit.model import schemas
from perfkit.model.errors import InputError, StoreError

VINTAGES = "vintages"
DIGESTS = "digests.json"
"""What tells the digest of every other file of a folder, by which one that is damaged or gone is known."""
_SIGN = b"PAR1"
"""How a Parquet file begins and ends."""


def folder(place: Path, receipt: Receipt) -> Path:
    """Name the folder that the rows of one content of a file stand in, alone or with those of others."""
    return place / VINTAGES / _folder(receipt)


def _folder(receipt: Receipt) -> str:
    return receipt.folder or f"{receipt.vintage}-{vintage_of(receipt.file.encode())[:8]}-{receipt.edition}"


def lost(place: Path, receipts: Iterable[Receipt]) -> list[Receipt]:
    """List those of which some table is not there as it was written."""
    given = list(receipts)
    sound = {where: _is_sound(where) for where in {folder(place, receipt) for receipt in given}}
    wheres = [folder(place, receipt) for receipt in given]
    return [r for r, where in zip(given, wheres, strict=True) if not (sound[where] and _has(where, r.tables))]


def _has(where: Path, tables: Iterable[str]) -> bool:
    return all((where / f"{name}.parquet").is_file() or (where / name / pieces.INDEX).is_file() for name in tables)


def _is_sound(where: Path) -> bool:
    """Say whether every file of a folder is as it was written."""
    if not (where / DIGESTS).is_file():
        # A store of before told no digests.
        return all(_is_parquet(path) for path in where.rglob("*.parquet"))
    try:
        return bool(json.loads((where / DIGESTS).read_text(encoding="utf-8")) == _digests(where))
    except (OSError, ValueError):
        return False


def _digests(where: Path) -> dict[str, str]:
    """Give the digest of every file that holds rows, or tells where they lie."""
    found = sorted(path for path in where.rglob("*") if path.suffix == ".parquet" or path.name == pieces.INDEX)
    return {path.relative_to(where).as_posix(): _digest(path) for path in found}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        start = stream.read(len(_SIGN))
        stream.seek(-min(len(_SIGN), path.stat().st_size), os.SEEK_END)
        return start == stream.read() == _SIGN


def write(place: Path, tables: Mapping[str, pd.DataFrame], directorates: Mapping[str, str]) -> None:
    """Write the tables of a delivery beside their folder and rename it into place; nothing where it is there whole.

    A folder that is damaged is set aside under another name.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        if _has(place, tables) and _is_sound(place):
            return
        with suppress(FileNotFoundError):  # Another process may have set it aside just now.
            place.rename(place.with_name(f".damaged-{place.name}-{uuid.uuid4().hex}"))
    # Not by tempfile, whose folders nobody else may open: a store may be shared.
    beside = leftovers.beside(place)
    beside.mkdir()
    try:
        for name, frame in tables.items():
            pieces.write(frame, beside, schemas.TABLES[name], directorates=directorates)
        (beside / DIGESTS).write_text(json.dumps(_digests(beside), indent=1), encoding="utf-8")
        beside.rename(place)
    except OSError:
        # Another process has just put the same content there: theirs serves as well.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def gather(
    place: Path,
    receipts: Sequence[Receipt],
    table: str,
    wanted: Wanted = EVERYTHING,
) -> tuple[pd.DataFrame, npt.NDArray[Any]]:
    """Give the wanted rows of those that deliveries gave a table, in their order, and the number of each row's receipt.

    There is at least one receipt. Raises `StoreError` where files must be loaded again.
    """
    declared = schemas.TABLES[table]
    together: dict[str, list[int]] = {}
    for number, receipt in enumerate(receipts):
        together.setdefault(_folder(receipt), []).append(number)
    found = [
        _read(place / VINTAGES / name, declared, {number: receipts[number] for number in numbers}, wanted)
        for name, numbers in together.items()
    ]
    rows = found[0] if len(found) == 1 else pa.concat_tables(found)
    parts = rows[pieces.PART].to_numpy()
    if (np.diff(parts) < 0).any():
        order = np.argsort(parts, kind="stable")
        rows, parts = rows.take(pa.array(order)), parts[order]
    return columnar.frame(rows.drop_columns([pieces.PART]), declared), parts


def _read(where: Path, table: schemas.Table, receipts: Mapping[int, Receipt], wanted: Wanted) -> Any:
    """Read the rows of the files that were kept in one folder."""
    try:
        parts = [_part(number, receipt, table.name) for number, receipt in receipts.items()]
        return pieces.read(where, table, parts, wanted)
    except (OSError, ValueError, KeyError) as error:
        found = f"the store's copy cannot be read ({error})"
    except InputError as error:
        found = f"it was kept by an earlier perfkit: {error.issues[0].found}"
    names = ", ".join(dict.fromkeys(receipt.file for receipt in receipts.values()))
    raise StoreError(f"{names} must be loaded again: {found}.")


def _part(number: int, receipt: Receipt, table: str) -> pieces.Part:
    if not receipt.folder:
        return pieces.Part(number)
    return pieces.Part(number, receipt.starts[table], receipt.tables[table])
