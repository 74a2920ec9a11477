"""The workbooks of a delivery: which files lie below the paths given, and by what names they are known."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from perfkit.intake import arrivals, received
from perfkit.model import councils
from perfkit.model.errors import Issue, ParameterError

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")

_LARGE, _LARGE_UNPACKED = 8 * 1024 * 1024, 32 * 1024 * 1024
_MOST_PACKED = 1_000
"""How many times smaller a zip file can be than its content."""

IsKnown = Callable[[str, str], bool]
"""Says of a file's name and the SHA-256 of its content that it need not be read again."""


@dataclass(frozen=True)
class File:
    """A file of a delivery: where it lies, its name there, and what can be said of it before it is opened.

    ``place`` is where it lies once links between folders are followed; ``sha256`` the digest of its content, empty
    where there is none. The content itself is not kept: that of a whole delivery would fill the memory.
    """

    path: Path
    place: Path
    name: str
    sha256: str
    unchanged: bool
    received: dt.date | None
    stamp: arrivals.Stamp
    fault: Issue | None = None

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.stamp[0]

    @property
    def is_packed(self) -> bool:
        """Whether it is of a kind that is a zip file."""
        return self.path.suffix.lower() in (".xlsx", ".xlsm", ".ods")

    @cached_property
    def is_large(self) -> bool:
        """Whether it may fill so much memory that no other should be read at the same time."""
        if self.size > _LARGE or not self.is_packed or self.size * _MOST_PACKED < _LARGE_UNPACKED:
            return self.size > _LARGE
        try:
            with zipfile.ZipFile(self.path) as archive:
                return sum(part.file_size for part in archive.infolist()) > _LARGE_UNPACKED
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False


def gather(paths: Sequence[Path], base: Path | None, is_known: IsKnown) -> list[File]:
    """Find every workbook at or below the paths, and each council.toml; those that lie below ``base`` are named so.

    Raises `ParameterError` where a path does not exist or holds no workbook, or where two files would bear one name.

    >>> gather([Path("no such folder")], None, lambda *_: False)
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: There is no file or folder no such folder.
    """
    resolved = cache(Path.resolve)
    found = [file for path in paths for file in _files(path, base, is_known, resolved)]
    return _distinct(_once(found) if len(paths) > 1 else found)


def _files(path: Path, base: Path | None, is_known: IsKnown, resolved: Callable[[Path], Path]) -> Iterable[File]:
    is_folder = path.is_dir()
    found = _workbooks(path) if is_folder else [_alone(path)]
    roots = [*([resolved(base)] if base else []), *([resolved(path).parent] if is_folder else [])]
    for workbook in found:
        place = resolved(workbook.parent) / workbook.name
        written = resolved(path) / workbook.relative_to(path) if is_folder else place
        name, stamp = arrivals.printable(_name((place, written), roots)), arrivals.stamp(workbook)
        sha256, fault = arrivals.look(workbook, name)
        unchanged = fault is None and is_known(name, sha256)
        yield File(workbook, place, name, sha256, unchanged, received.day(workbook, sha256), stamp, fault)


def _workbooks(folder: Path) -> list[Path]:
    """Give the workbooks of a folder, and each folder below that cannot be opened, since it may hold some."""
    outside = cache(lambda place: councils.outside(place / councils.FILE, folder))
    shut: list[OSError] = []
    below = list(_below(folder, shut))
    closed = [path for error in shut if not _is_of_system(path := Path(error.filename))]
    found = sorted(
        path for path in (*filter(_is_workbook, below), *closed) if path == folder or not outside(path.parent)
    )
    if not found:
        raise ParameterError(f"There is no workbook ({', '.join(SUFFIXES)}) in {folder}.")
    told = folder / councils.FILE
    return [told, *found] if told.is_file() else found


def _below(folder: Path, shut: list[OSError]) -> Iterator[Path]:
    """Give the files of a folder, those behind links to folders too, each once; add what may not be opened."""
    seen = set()
    for here, folders, names in os.walk(folder, onerror=shut.append, followlinks=True):
        if (place := os.path.realpath(here)) in seen:
            folders.clear()
            continue
        seen.add(place)
        yield from (Path(here, name) for name in names)


def _alone(path: Path) -> Path:
    if path.is_file():
        return path
    if path.exists():
        raise ParameterError(f"{path} is neither a file nor a folder.")
    raise ParameterError(f"There is no file or folder {path}.")


def _once(files: Sequence[File]) -> list[File]:
    """Keep each file once that two paths lead to, by the longer of its names."""
    named = {file.place: file for file in sorted(files, key=lambda file: len(file.name))}
    return [file for file in files if named[file.place] is file]


def _distinct(files: Sequence[File]) -> list[File]:
    """Keep each file once; two files of one name, given apart, would each be taken for the other."""
    kept: dict[str, File] = {}
    for file in files:
        other = kept.setdefault(file.name, file)
        if other is not file and other.place != file.place:
            raise ParameterError(
                f"{other.path} and {file.path} would both be called {file.name}: give the folder that holds both."
            )
    return list(kept.values())


def _is_of_system(folder: Path) -> bool:
    """Say whether a folder is one that systems keep on a drive for themselves, and let nobody open."""
    return folder.name.startswith((".", "$")) or folder.name in ("lost+found", "System Volume Information")


def _is_workbook(path: Path) -> bool:
    # A file that starts with ~$ is the lock that Excel leaves beside an open workbook.
    if path.suffix.lower() not in SUFFIXES or path.name.startswith(("~$", ".")) or path.name == received.LISTING:
        return False
    leads_nowhere = path.is_symlink() and not path.exists()
    return path.is_file() or leads_nowhere


def _name(places: Sequence[Path], roots: Sequence[Path]) -> str:
    """Name a file by its path below the raw data, else below the folder given; a link keeps its own name.

    Of its places that to which links between folders lead goes before that in which it was found.
    """
    named = (place.relative_to(root).as_posix() for place in places for root in roots if place.is_relative_to(root))
    return next(named, places[0].name)
