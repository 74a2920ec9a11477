"""When each file came and what it gave: the store's receipts, read without opening a table.

They are small texts, so that a run in which nothing changed finds that out before it imports pandas.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from perfkit.model.errors import ParameterError, StoreError

EDITION = "2"
"""Raised whenever the readers or tables change so that files must be read again."""
READS = "PERFKIT_READS"
"""Environment variable that names the file in which a page's reads are noted."""
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


def current(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List the current receipt of each file by its name; with ``as_of``, what was current at the end of that day."""
    limit = _day(as_of)
    newest: dict[str, Receipt] = {}
    for receipt in history(root=root):
        if limit is None or receipt.received <= limit:
            newest[receipt.file] = receipt
    return [newest[file] for file in sorted(newest)]


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


def state(*, root: Path | None = None) -> str:
    """Give one digest of everything that the store has ever been given."""
    names = sorted(path.name for path in ((root or locate()) / "receipts").glob("*.json"))
    return hashlib.sha256("\n".join([EDITION, *names]).encode()).hexdigest()


def noting() -> bool:
    """Say whether somebody wants to know what is read: the run that makes a page does."""
    return READS in os.environ


def note(table: str, rows: str, *, directorate: str = "", as_of: str = "") -> None:
    """Tell a run, if there is one, that rows with this digest were read; it makes a page again when they change."""
    if noting():
        with Path(os.environ[READS]).open("a", encoding="utf-8") as out:
            out.write(json.dumps({"table": table, "directorate": directorate, "as_of": as_of, "rows": rows}) + "\n")


def write(place: Path, receipt: Receipt) -> None:
    """Keep a receipt; it appears whole or not at all."""
    folder = place / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    moment = receipt.loaded_at.replace(":", "").replace("+0000", "")
    name = f"{moment}-{receipt.vintage}-{vintage_of(receipt.file.encode())[:8]}.json"
    handle, beside = tempfile.mkstemp(prefix=".writing-", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(receipt), out, ensure_ascii=False, indent=1)
    Path(beside).replace(folder / name)


def _day(as_of: str | dt.date | None) -> str | None:
    if as_of is None or as_of == "":
        return None
    try:
        return dt.date.fromisoformat(as_of).isoformat() if isinstance(as_of, str) else as_of.isoformat()
    except ValueError:
        raise ParameterError(f'as_of "{as_of}" is not a day: expected one such as 2017-10-31.') from None


@cache
def _read_receipt(path: Path, changed: int) -> Receipt:
    del changed  # a part of what the cache goes by
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Receipt(**fields | {"warnings": tuple(fields["warnings"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"The receipt {path.name} in the store cannot be read ({error}).") from None
