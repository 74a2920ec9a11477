"""Say whether a published set still agrees with its record: its pages, the files that it was made from, the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from perfkit.model.errors import RunError
from perfkit.run import manifest
from perfkit.run.manifest import Input, Manifest, Read


def verify(folder: Path, *, inputs: Sequence[Input], raw: Path | None, rows: Callable[[Read], str]) -> list[str]:
    """List what no longer agrees, in sentences; nothing where all does.

    ``inputs`` is what the store holds now, ``raw`` the folder that the files came from, and ``rows`` gives the digest
    of the rows of a `Read` as they are now. Raises `RunError` where there is no record.
    """
    record = manifest.read(folder)
    if record is None:
        raise RunError(f"{folder} is no set of reports: it has no {manifest.NAME}.")
    return [*_pages(folder, record), *_strangers(folder, record), *_inputs(record, inputs, raw), *_rows(record, rows)]


def _pages(folder: Path, record: Manifest) -> Iterator[str]:
    if not (folder / "index.html").is_file():
        yield "index.html: the index is missing."
    for page in record.pages:
        path = folder / f"{page.name}.html"
        if page.status == "failed":
            yield f"{path.name}: could not be made: {page.cause}."
        if not path.is_file():
            if page.sha256:
                yield f"{path.name}: the page is missing."
        elif manifest.digest(path.read_bytes()) != page.sha256:
            yield f"{path.name}: the page is not the one that was made; it was changed afterwards."


def _strangers(folder: Path, record: Manifest) -> Iterator[str]:
    known = {"index", *(page.name for page in record.pages)}
    for path in sorted(folder.glob("*.html")):
        if path.stem not in known:
            yield f"{path.name}: the record knows no such page."


def _inputs(record: Manifest, inputs: Sequence[Input], raw: Path | None) -> Iterator[str]:
    now = {item.file: item for item in inputs}
    for item in record.inputs:
        if item.file not in now:
            yield f"{item.file}: the store no longer holds this file."
        elif now[item.file].sha256 != item.sha256:
            yield f"{item.file}: a later version came on {now[item.file].received}; the reports use the earlier one."
        if raw and (raw / item.file).is_file() and manifest.digest((raw / item.file).read_bytes()) != item.sha256:
            yield f"{item.file}: the file in {raw.name} is not the one that the reports were made from."
    for file in sorted(set(now) - {item.file for item in record.inputs}):
        yield f"{file}: loaded since; the reports do not use it."


def _rows(record: Manifest, rows: Callable[[Read], str]) -> Iterator[str]:
    for page in record.pages:
        changed = sorted({read.table for read in page.reads if rows(read) != read.rows})
        if changed:
            yield f"{page.name}.html: the rows that it shows have changed since: {', '.join(changed)}."
