"""When each file came and what it gave: the store's receipts, read without opening a table.

They are small texts, so that a run in which nothing changed finds that out before it imports pandas.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from perfkit.keeping import leftovers
from perfkit.model import environment
from perfkit.model.errors import ParameterError, StoreError

EDITION = "2"
"""Raised whenever the readers or tables change so that files must be read again."""
PLACE = Path("data") / "processed"
VINTAGE = 12
"""Digits of the digest of a content that name it."""


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
    periods: dict[str, list[str]] = field(default_factory=dict)
    """The periods that each table tells of, where they can be listed."""
    folder: str = ""
    """The folder of its rows where they are kept with those of other files; empty where they stand alone."""
    starts: dict[str, int] = field(default_factory=dict)
    """The row of each table in that folder at which its own begin."""

    @property
    def order(self) -> tuple[str, str]:
        """What receipts are sorted by: the day received, then the moment loaded."""
        return self.received, self.loaded_at


def locate(start: Path | None = None) -> Path:
    """Find the store: ``PERFKIT_STORE`` if set, else ``data/processed`` here or in the nearest folder above.

    >>> locate(Path("/nowhere")).as_posix()
    '/nowhere/data/processed'
    """
    if given := os.environ.get(environment.STORE):
        return Path(given).absolute()
    here = (start or Path.cwd()).absolute()
    return next((f / PLACE for f in (here, *here.parents) if (f / PLACE).is_dir()), here / PLACE)


def vintage_of(content: bytes) -> str:
    """Name a content: the first twelve digits of its SHA-256.

    >>> vintage_of(b"")
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()[:VINTAGE]


def current(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List the current receipt of each file by its name; with ``as_of``, what was current then.

    ``as_of`` is a day, of which its end is meant, or a vintage, of which the moment is meant when it last came.
    """
    latest = {receipt.file: receipt for receipt in history(root=root, as_of=as_of)}
    return [latest[file] for file in sorted(latest)]


def newest(*, root: Path | None = None) -> dict[str, Receipt]:
    """Give the newest receipt of each file, by its name."""
    return {receipt.file: receipt for receipt in history(root=root)}


def history(*, root: Path | None = None, as_of: str | dt.date | None = None) -> list[Receipt]:
    """List every receipt, the oldest first; with ``as_of`` (see `current`) those that had come then."""
    folder = (root or locate()) / "receipts"
    found = (_read(path, path.stat().st_mtime_ns) for path in (folder / name for name in _names(folder)))
    everything = sorted((receipt for some in found for receipt in some), key=lambda receipt: receipt.order)
    limit = _limit(as_of, everything)
    return _once([receipt for receipt in everything if limit is None or receipt.order <= limit])


def _once(came: Sequence[Receipt]) -> list[Receipt]:
    """Leave out what comes again next of its file: kept by two processes at once, or anew since its rows were lost."""
    after: dict[str, tuple[str, ...]] = {}
    kept = []
    for receipt in reversed(came):
        told = receipt.vintage, receipt.edition, receipt.received
        if after.get(receipt.file) != told:
            kept.append(receipt)
        after[receipt.file] = told
    return kept[::-1]


def is_known(file: str, sha256: str, *, root: Path | None = None, held: Mapping[str, Receipt] | None = None) -> bool:
    """Say whether content with this digest is what the store holds of this file now, read by today's readers.

    ``held`` is what `newest` gave, for whoever asks about many files and need not have the store listed for each.
    """
    receipt = (newest(root=root) if held is None else held).get(file)
    return receipt is not None and (receipt.vintage, receipt.edition) == (sha256[:VINTAGE], EDITION)


def state(*, root: Path | None = None) -> str:
    """Give one digest of everything that the store has ever been given."""
    names = _names((root or locate()) / "receipts")
    return hashlib.sha256("\n".join([EDITION, *names]).encode()).hexdigest()


def _names(folder: Path) -> list[str]:
    """Name the files with receipts; raises OSError where they may not be listed: the store is not empty then."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix == ".json")
    except (FileNotFoundError, NotADirectoryError):
        return []


def write(place: Path, kept: Sequence[Receipt]) -> None:
    """Keep the receipts of files that were kept together: they appear all at once or not at all."""
    folder = place / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    moment = kept[0].loaded_at.replace(":", "").replace("+0000", "")
    name = f"{moment}-{kept[0].vintage}-{vintage_of(kept[0].file.encode())[:8]}.json"
    lines = [json.dumps(_fields(receipt), ensure_ascii=False) for receipt in kept]
    text = lines[0] if len(lines) == 1 else "[" + ",\n".join(lines) + "]"
    beside = leftovers.beside(folder / name)
    try:
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(folder / name)
    finally:
        beside.unlink(missing_ok=True)


def _fields(receipt: Receipt) -> dict[str, Any]:
    """Name what a receipt says; that it was kept alone needs no word."""
    told = {each.name: getattr(receipt, each.name) for each in fields(receipt)}
    return {name: value for name, value in told.items() if value or name not in ("folder", "starts")}


def _limit(as_of: str | dt.date | None, everything: Sequence[Receipt]) -> tuple[str, str] | None:
    """Give the last order that counts: of a day its end, of a vintage the moment when it last came."""
    if as_of is None or as_of == "":
        return None
    if isinstance(as_of, str) and re.fullmatch("[0-9a-f]{12}", as_of):
        came = [receipt.order for receipt in everything if receipt.vintage == as_of]
        if not came:
            raise ParameterError(f'as_of "{as_of}": no file of that vintage has been received.')
        return came[-1]
    try:
        return _day(as_of).isoformat(), "~"
    except (ValueError, TypeError):
        raise ParameterError(f'as_of "{as_of}" is not a day: expected one such as 2017-10-31.') from None


def _day(as_of: str | dt.date) -> dt.date:
    """Give a day; of a moment, its day here. Raises ValueError or TypeError where it is none."""
    if isinstance(as_of, dt.datetime) and as_of.tzinfo is not None:
        # As files are received on the day of whoever loads them.
        as_of = dt.datetime.fromtimestamp(as_of.timestamp())
    return dt.date.fromisoformat(as_of.isoformat()[:10] if isinstance(as_of, dt.date) else as_of)


@cache
def _read(path: Path, changed: int) -> tuple[Receipt, ...]:
    """Read the receipt that a file holds, or the list of them."""
    del changed  # a part of what the cache goes by
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        told = said if isinstance(said, list) else [said]
        if any(int(one.get("edition", EDITION)) > int(EDITION) for one in told):
            raise StoreError(
                f"The store {path.parent.parent} was written by a later perfkit than this one, which could misread it: "
                "update perfkit, or name another store with --store."
            )
        return tuple(map(_receipt, told))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        action = f"Move it out of {path.parent}, and load the folder of raw data again."
        raise StoreError(f"The receipt {path.name} in the store cannot be read ({error}). {action}") from None


def _receipt(told: Mapping[str, Any]) -> Receipt:
    """Make a receipt of what a file tells; raises as `_read` expects where it is none."""
    dt.date.fromisoformat(told["received"])
    dt.datetime.fromisoformat(told["loaded_at"])
    rows = {str(table): int(number) for table, number in told["tables"].items()}
    return Receipt(**{**told, "tables": rows, "warnings": tuple(told["warnings"])})
