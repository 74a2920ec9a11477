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
        if page.status == "failed":
            yield f"{page.name}.html: could not be made: {page.cause}."
        for name, sha256 in page.files.items():
            kind = "page" if name.endswith(".html") else "take-away"
            if not (folder / name).is_file():
                yield f"{name}: the {kind} is missing."
            elif manifest.digest((folder / name).read_bytes()) != sha256:
                yield f"{name}: the {kind} is not the one that was made; it was changed afterwards."


def _strangers(folder: Path, record: Manifest) -> Iterator[str]:
    """Name what a reader could take for a part of the set and is none."""
    known = {"index.html", manifest.NAME, *(name for page in record.pages for name in page.files)}
    known |= {f"{page.name}-failure.txt" for page in record.pages if page.status == "failed"}
    for path in sorted(path for path in folder.rglob("[!.]*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            kind = "page" if path.suffix == ".html" else "file"
            yield f"{name}: the record knows no such {kind}."


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
