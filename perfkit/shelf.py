"""Where the rows of each delivery stand on disk: written once, whole or not at all, and never changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from perfkit import pieces
from perfkit.model import schemas
from perfkit.model.errors import InputError, StoreError
from perfkit.receipts import EDITION, Receipt, vintage_of


def folder(place: Path, file: str, vintage: str, *, edition: str = EDITION) -> Path:
    """Name the folder that the rows of one content of a file stand in."""
    return place / "vintages" / f"{vintage}-{vintage_of(file.encode())[:8]}-{edition}"


def stamped(frame: pd.DataFrame, name: str, vintage: str) -> pd.DataFrame:
    """Mark rows with their vintage, checked against the contract of their table; raises `InputError`."""
    return schemas.conform(frame.assign(vintage=vintage), schemas.TABLES[name])


def write(place: Path, tables: Mapping[str, pd.DataFrame], directorates: Mapping[str, str]) -> None:
    """Write the tables of a delivery beside their folder and rename it into place; nothing where it is there."""
    if place.is_dir():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=place.parent))
    try:
        for name, frame in tables.items():
            pieces.write(frame, beside, schemas.TABLES[name], directorates=directorates)
        beside.rename(place)
    except OSError:
        # Another process has just put the same content there: theirs serves as well.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def read(
    place: Path,
    receipt: Receipt,
    table: str,
    *,
    only: Mapping[str, Sequence[Any]] | None = None,
    without: Mapping[str, Iterable[str]] | None = None,
) -> pd.DataFrame:
    """Give the rows that a delivery gave a table; raises `StoreError` where they must be loaded again."""
    where = folder(place, receipt.file, receipt.vintage, edition=receipt.edition)
    declared = schemas.TABLES[table]
    try:
        frame = pieces.read(where, declared, only=only or {}, without=without or {})
        # What an earlier edition kept may lack columns that have come since; those that may be empty are.
        return frame if list(frame) == declared.names else schemas.conform(frame, declared)
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{receipt.file} must be loaded again: the store's copy cannot be read ({error}).") from None
    except InputError as error:
        found = f"it was kept by an earlier perfkit: {error.issues[0].found}"
        raise StoreError(f"{receipt.file} must be loaded again: {found}.") from None
