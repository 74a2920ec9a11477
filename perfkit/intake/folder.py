"""Take in a delivery: find the workbooks below the paths given, recognise each by its content, and read it.

Frameworks are read first, since returns are read against them. Nothing is kept here; the caller decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from perfkit.intake import arrivals, council_file, files, hands, recipes, returns
from perfkit.intake.files import File, IsKnown
from perfkit.intake.framework.known import FRAMEWORK, Frameworks, KnownOn
from perfkit.intake.papers import twice
from perfkit.intake.piles import Pile, Way
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe
from perfkit.intake.returns import commentary, restatements
from perfkit.model import councils
from perfkit.model.paper_layouts import LAYOUTS

KNOWN = (*FRAMEWORK, "assessments", "observations", "commentary", council_file.TABLE, *LAYOUTS)
"""The tables of earlier deliveries that a new one is read against."""
RECIPES = "recipes"
"""The folder, within that of raw data, of a council's own recipes for releases."""


@dataclass(frozen=True)
class Delivery:
    """One file of a delivery: its name below the folder of raw data, the digest of its content, what it says."""

    file: str
    sha256: str
    reading: Reading
    unchanged: bool = False
    received: dt.date | None = None


def read(
    paths: Sequence[Path],
    *,
    base: Path | None,
    known: Mapping[str, pd.DataFrame],
    is_known: IsKnown,
    known_on: KnownOn | None = None,
    hidden: bool = False,
    recipe: Path | None = None,
    at_once: int = 1,
) -> list[Delivery]:
    """Read every workbook at or below the paths; give one `Delivery` a file, in the order of their names.

    Files below ``base`` are named by their path below it, others by the path below the folder given. ``known`` holds
    the tables `KNOWN` of earlier deliveries; ``is_known`` says of a name and digest that it need not be read again.
    ``known_on`` gives the tables `FRAMEWORK` as they were known on a day: a return is read against the framework of
    the day that it was received, so that one that came before an indicator was renumbered is still understood.
    With ``hidden`` hidden sheets are read as well; a ``recipe`` that is tried goes before all others. A large delivery
    is read by up to ``at_once`` processes, where the system can fork. Raises `ParameterError` where a path does not
    exist or holds no workbook, or where two files would bear one name.
    """
    found = files.gather(paths, base, is_known)
    done = {file.name: reading for file in found if (reading := _without_opening(file)) is not None}
    own = _council(known, done.values())
    way = Way(_recipes(paths, base, recipe), own, hidden)

    def settle(read_now: Mapping[File, Reading]) -> Frameworks:
        return Frameworks(known, known_on, read_now, own)

    done |= _opened([file for file in found if file.name not in done], way, settle, at_once)
    _tell_twice(found, done, known)
    done = restatements.settle(done, known)
    moved = [file.name for file in found if arrivals.stamp(file.path) != file.stamp]
    done |= {name: Reading({}, (arrivals.changed(name),)) for name in moved}
    return [Delivery(f.name, f.sha256, done[f.name], f.unchanged, f.received) for f in found]


def _without_opening(file: File) -> Reading | None:
    if file.unchanged:
        return Reading()
    if file.fault is not None:
        return Reading({}, (file.fault,))
    return council_file.read(file.path, file=file.name) if file.path.name == councils.FILE else None


def _opened(found: Sequence[File], way: Way, settle: hands.Settle, at_once: int) -> dict[str, Reading]:
    """Read files in two steps, frameworks first, and give their readings in the order of the files."""
    first, *others = (Pile(some, way) for some in hands.share(found, at_once))
    with hands.called(others, settle) as helping:
        begun = [first.begin(), *(hand.begin() for hand in helping)]
        told = {file: reading for one in begun for file, reading in one.frameworks.items()}
        read_now = {file: told[file] for file in found if file in told}
        for hand in helping:
            hand.tell(read_now)
        readings = first.finish(settle(read_now))
        for hand in helping:
            readings |= hand.finish(read_now)
    readings |= {file.name: reading for file, reading in read_now.items()}
    for one in begun:
        readings |= one.readings
    return {file.name: readings[file.name] for file in found}


def _council(known: Mapping[str, pd.DataFrame], readings: Iterable[Reading]) -> dict[str, pd.DataFrame]:
    """Give what council.toml says: the one read now, else the one known."""
    name = council_file.TABLE
    told = [known[name]] if name in known else []
    told += [reading.tables[name] for reading in readings if name in reading.tables]
    return {name: told[-1]} if told else {}


def _recipes(paths: Sequence[Path], base: Path | None, tried: Path | None) -> tuple[Recipe, ...]:
    """Gather the recipe tried, those beside the raw data or in a folder given, and those that perfkit brings."""
    places = [place / RECIPES for place in ([base] if base else []) + [path for path in paths if path.is_dir()]]
    return recipes.gather(next((place for place in places if place.is_dir()), None), tried=tried)


def _tell_twice(found: Sequence[File], done: dict[str, Reading], known: Mapping[str, pd.DataFrame]) -> None:
    """Refuse what holds the same return, key points or paper as another file of the delivery, read now or unchanged."""
    unchanged = [file.name for file in found if file.unchanged]
    held = {name: known[name] for name in ("assessments", "commentary", *LAYOUTS) if name in known}
    kept = Reading({name: frame[frame["file"].isin(unchanged)] for name, frame in held.items()}, ())
    readings = [kept, *done.values()]
    for issue in (*returns.sent_twice(readings), *commentary.sent_twice(readings), *twice.sent_twice(readings)):
        reading = done[issue.where.file]
        done[issue.where.file] = Reading({}, (*reading.issues, issue))
