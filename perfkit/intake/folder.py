"""Take in a delivery: find the workbooks below the paths given, recognise each by its content, and read it.

Frameworks are read first, since returns are read against them. Nothing is kept here; the caller decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import pandas as pd

from perfkit.intake import (
    arrivals,
    commentary,
    council_file,
    csvs,
    discharge,
    dtoc,
    formatted,
    history,
    papers,
    papers_twice,
    recipe_reader,
    recipes,
    releases,
    restatements,
    returns,
)
from perfkit.intake import framework as frameworks
from perfkit.intake.grid import Workbook
from perfkit.intake.reading import Reading
from perfkit.intake.reading import hidden as hidden_sheets
from perfkit.intake.recipes import Recipe
from perfkit.model import councils, schemas
from perfkit.model.errors import InputError, Issue, ParameterError, Where
from perfkit.model.paper_layouts import LAYOUTS

FRAMEWORK = ("indicators", "outcomes", "priorities", "directorates", "leadership_priorities", "targets", "published")
"""The tables that a framework gives, and that returns are read against."""
KNOWN = (*FRAMEWORK, "assessments", "observations", council_file.TABLE, *LAYOUTS)
"""The tables of earlier deliveries that a new one is read against."""
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
RECIPES = "recipes"
"""The folder, within that of raw data, of a council's own recipes for releases."""


class Reader(Protocol):
    """A module that knows a kind of workbook by its content and reads it against the framework."""

    def recognises(self, workbook: Workbook) -> bool:
        """Say whether a workbook is of this kind."""

    def read(self, workbook: Workbook, *, framework: Mapping[str, pd.DataFrame]) -> Reading:
        """Read it into tables, or into the issues that keep it out."""


READERS: tuple[Reader, ...] = (returns, history, commentary)
"""The kinds of workbook that a council sends besides its framework, in the order in which they are tried."""
ALONE: tuple[Reader, ...] = (papers,)
"""The kinds that can be read without a framework, tried after `READERS`; where there is one, it is heeded."""

IsKnown = Callable[[str, bytes], bool]
KnownOn = Callable[[dt.date], Mapping[str, pd.DataFrame]]


@dataclass(frozen=True)
class Delivery:
    """One file of a delivery: its name below the folder of raw data, its content, and what it says."""

    file: str
    content: bytes
    reading: Reading
    unchanged: bool = False
    received: dt.date | None = None


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    content: bytes
    unchanged: bool
    received: dt.date | None
    stamp: arrivals.Stamp
    fault: Issue | None = None
    hidden: bool = False


def read(
    paths: Sequence[Path],
    *,
    base: Path | None,
    known: Mapping[str, pd.DataFrame],
    is_known: IsKnown,
    known_on: KnownOn | None = None,
    hidden: bool = False,
    recipe: Path | None = None,
) -> list[Delivery]:
    """Read every workbook at or below the paths; give one `Delivery` a file, in the order of their names.

    Files below ``base`` are named by their path below it, others by the path below the folder given. ``known`` holds
    the tables `KNOWN` of earlier deliveries; ``is_known`` says of a name and content that it need not be read again.
    ``known_on`` gives the tables `FRAMEWORK` as they were known on a day: a return is read against the framework of
    the day that it was received, so that one that came before an indicator was renumbered is still understood.
    With ``hidden`` hidden sheets are read as well; a ``recipe`` that is tried goes before all others. Raises
    `ParameterError` where a path does not exist or holds no workbook, or where two files would bear one name.
    """
    files = _distinct([replace(file, hidden=hidden) for path in paths for file in _files(path, base, is_known)])
    known_recipes = _recipes(paths, base, recipe)
    opened = [(file, *_open(file)) for file in files]
    done = {file.name: reading for file, workbook, reading in opened if workbook is None}
    own = _council(known, done.values())
    read_now = {f: _with_formats(f, partial(_framework, own=own)) for f, b, _ in opened if b and _is_framework(b)}
    done |= {file.name: reading for file, reading in read_now.items()}
    tables = _Frameworks(known, known_on, read_now, own)
    for file, workbook, _ in opened:
        if file.name not in done and workbook is not None:
            done[file.name] = _read(file, workbook, tables.of(file.received), known_recipes)
    _tell_twice(files, done, known)
    done = restatements.settle(done, known)
    moved = [file.name for file in files if arrivals.stamp(file.path) != file.stamp]
    done |= {name: Reading({}, (arrivals.changed(name),)) for name in moved}
    return [Delivery(f.name, f.content, done[f.name], f.unchanged, f.received) for f in files]


def _is_framework(workbook: Workbook) -> bool:
    # A release has thousands of rows in which to look in vain for a framework's headings.
    return not dtoc.recognises(workbook) and frameworks.recognises(workbook)


def _council(known: Mapping[str, pd.DataFrame], readings: Iterable[Reading]) -> dict[str, pd.DataFrame]:
    """Give what council.toml says: the one read now, else the one known."""
    name = council_file.TABLE
    told = [known[name]] if name in known else []
    told += [reading.tables[name] for reading in readings if name in reading.tables]
    return {name: told[-1]} if told else {}


def _framework(workbook: Workbook, *, own: Mapping[str, pd.DataFrame]) -> Reading:
    reading = frameworks.read(workbook)
    issues = council_file.in_titles(workbook, own)
    return Reading({}, (*issues, *reading.issues)) if issues else reading


def _open(file: _File) -> tuple[Workbook | None, Reading]:
    if file.unchanged:
        return None, Reading({}, ())
    if file.fault is not None:
        return None, Reading({}, (file.fault,))
    if file.path.name == councils.FILE:
        return None, council_file.read(file.path, file=file.name)
    try:
        if file.path.suffix.lower() == ".csv":
            return csvs.read(file.path, file=file.name), Reading({}, ())
        return releases.read(file.path, file=file.name, hidden=file.hidden), Reading({}, ())
    except InputError as error:
        return None, Reading({}, error.issues)


def _with_formats(file: _File, read: Callable[[Workbook], Reading]) -> Reading:
    try:
        return read(formatted.read(file.path, file=file.name, hidden=file.hidden))
    except InputError as error:
        return Reading({}, error.issues)


def _recipes(paths: Sequence[Path], base: Path | None, tried: Path | None) -> tuple[Recipe, ...]:
    """Gather the recipe tried, those beside the raw data or in a folder given, and those that perfkit brings."""
    places = [place / RECIPES for place in ([base] if base else []) + [path for path in paths if path.is_dir()]]
    return recipes.gather(next((place for place in places if place.is_dir()), None), tried=tried)


def _read(
    file: _File, workbook: Workbook, tables: Mapping[str, pd.DataFrame], known_recipes: Sequence[Recipe]
) -> Reading:
    if dtoc.recognises(workbook):
        return dtoc.read(workbook)
    if discharge.recognises(workbook):
        return discharge.read(workbook)
    if (recipe := recipe_reader.recognise(workbook, known_recipes)) is not None:
        return recipe_reader.read(workbook, recipe)
    for reader in READERS:
        if reader.recognises(workbook):
            if tables["indicators"].empty:
                return Reading({}, (_without_framework(file),))
            return _with_formats(file, partial(reader.read, framework=tables))
    for reader in ALONE:
        if reader.recognises(workbook):
            return _with_formats(file, partial(reader.read, framework=tables))
    return Reading({}, (_unrecognised(file), *hidden_sheets(workbook)))


class _Frameworks:
    """What frameworks say, as it was known on a day; and whose they are."""

    def __init__(
        self,
        known: Mapping[str, pd.DataFrame],
        known_on: KnownOn | None,
        read_now: Mapping[_File, Reading],
        own: Mapping[str, pd.DataFrame],
    ) -> None:
        self._known, self._known_on, self._read_now, self._own = known, known_on, read_now, own
        self._of: dict[dt.date | None, dict[str, pd.DataFrame]] = {}

    def of(self, day: dt.date | None) -> dict[str, pd.DataFrame]:
        """Give the tables of a day; all that is known where there is no day, or nothing was known by then."""
        if day not in self._of:
            self._of[day] = {**self._put_together(day), **self._own}
        return self._of[day]

    def _put_together(self, day: dt.date | None) -> dict[str, pd.DataFrame]:
        if day is None or self._known_on is None:
            return _newest(self._known, self._read_now.values())
        by_then = [file for file in self._read_now if file.received is None or file.received <= day]
        in_order = sorted(by_then, key=lambda file: (file.received is not None, file.received or day, file.name))
        tables = _newest(self._known_on(day), [self._read_now[file] for file in in_order])
        return self.of(None) if tables["indicators"].empty else tables


def _newest(known: Mapping[str, pd.DataFrame], readings: Iterable[Reading]) -> dict[str, pd.DataFrame]:
    """Put together what frameworks say; of two for one fact the one read last is believed."""
    stacks = {name: [known[name]] if name in known else [] for name in FRAMEWORK}
    for reading in readings:
        for name, frame in reading.tables.items():
            if name in stacks:
                stacks[name].append(frame)
    return {name: _stacked(name, [f for f in stack if len(f)]) for name, stack in stacks.items()}


def _stacked(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Stack tables; of a unit of facts, such as a year's indicators, the frame that comes last is believed whole."""
    table = schemas.TABLES[name]
    if not frames:
        return schemas.empty(table)
    whole = pd.concat(frames, ignore_index=True)
    order = pd.Series([n for n, frame in enumerate(frames) for _ in range(len(frame))], index=whole.index)
    last = order.groupby([whole[column] for column in table.believed_by], sort=False).transform("max")
    return whole[order == last].drop_duplicates(list(table.key), keep="last").reset_index(drop=True)


def _tell_twice(files: Sequence[_File], done: dict[str, Reading], known: Mapping[str, pd.DataFrame]) -> None:
    """Refuse a return or paper that holds what another file of the delivery does, read now or unchanged."""
    unchanged = [file.name for file in files if file.unchanged]
    held = {name: known[name] for name in ("assessments", *LAYOUTS) if name in known}
    kept = Reading({name: frame[frame["file"].isin(unchanged)] for name, frame in held.items()}, ())
    for issue in (*returns.sent_twice([kept, *done.values()]), *papers_twice.sent_twice([kept, *done.values()])):
        reading = done[issue.where.file]
        done[issue.where.file] = Reading({}, (*reading.issues, issue))


def _files(path: Path, base: Path | None, is_known: IsKnown) -> Iterable[_File]:
    if not path.exists():
        raise ParameterError(f"There is no file or folder {path}.")
    found = (
        sorted(p for p in path.rglob("*") if _is_workbook(p) and not councils.outside(p, path))
        if path.is_dir()
        else [path]
    )
    if not found:
        raise ParameterError(f"There is no workbook ({', '.join(SUFFIXES)}) in {path}.")
    told = path / councils.FILE
    for workbook in ([told] if path.is_dir() and told.is_file() else []) + found:
        name, stamp = arrivals.printable(_name(workbook, path, base)), arrivals.stamp(workbook)
        content, fault = arrivals.read(workbook, name)
        unchanged = fault is None and is_known(name, content)
        yield _File(workbook, name, content, unchanged, arrivals.received(workbook, content), stamp, fault)


def _distinct(files: Sequence[_File]) -> list[_File]:
    """Keep each file once; two files of one name, given apart, would each be taken for the other."""
    kept: dict[str, _File] = {}
    for file in files:
        other = kept.setdefault(file.name, file)
        if other.fault is None and _place(other.path) != _place(file.path):
            raise ParameterError(
                f"{other.path} and {file.path} would both be called {file.name}: give the folder that holds both."
            )
    return list(kept.values())


def _is_workbook(path: Path) -> bool:
    # A file that starts with ~$ is the lock that Excel leaves beside an open workbook.
    listing = path.name == arrivals.RECEIVED
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and not listing


def _name(workbook: Path, given: Path, base: Path | None) -> str:
    """Name a file by its path below the raw data, else below the folder given; a link keeps its own name."""
    full = _place(workbook)
    if base is not None and full.is_relative_to(base.resolve()):
        return full.relative_to(base.resolve()).as_posix()
    return (full.relative_to(given.resolve().parent) if given.is_dir() else Path(full.name)).as_posix()


def _place(file: Path) -> Path:
    return file.parent.resolve() / file.name


def _without_framework(file: _File) -> Issue:
    return Issue(
        Where(file.name),
        "a return, but no framework",
        "the framework of its year (framework.xlsx) in the same delivery or loaded before",
        "Load the framework first: it says which indicators there are.",
    )


def _unrecognised(file: _File) -> Issue:
    return Issue(
        Where(file.name),
        "a workbook of a kind that perfkit does not know",
        "a framework, a return, a history, key points, a paper such as a risk register or an action plan, or a "
        "national release that is built in or has a recipe",
        "Check its titles and headings, by which it is known, or write a recipe for it (docs/how-to/add-a-release.md); "
        "if it is not meant for perfkit, move it elsewhere.",
    )
