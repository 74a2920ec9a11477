"""Areas of one period that hold one part of England twice: told to a person, and never added up twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perfkit.intake.coded import Ints
from perfkit.intake.recipes.facts import Facts, Subject
from perfkit.model import areas
from perfkit.model.areas import Area
from perfkit.model.errors import Issue, Severity

_ONCE = "each part of England once"
_LEAVE_OUT = "Leave out one of them: they would be counted twice."
_KEPT = "Both were kept; never add them together, since the one holds the other."


@dataclass(frozen=True)
class Overlap:
    """An area of one period, and those beside it that took it over, or else that it ``holds`` so many of.

    Of each it gives the places of its subjects.
    """

    period: str
    area: str
    own: tuple[int, ...]
    others: Mapping[str, tuple[int, ...]]
    holds: int


def find(facts: Facts) -> list[Overlap]:
    """List the areas that stand beside their successors or beside an area whose figures they hold."""
    lines = [subject.line for subject in facts.subjects]
    names = {line.place.area for line in lines}
    joint = {line.place.area: line.place.holds for line in lines if line.place.holds}
    beside = {name for name in names if name and not names.isdisjoint((*areas.successors(name), *joint.get(name, ())))}
    if not beside:
        return []
    given: dict[str, dict[str, list[int]]] = {}
    for k, line in enumerate(lines):
        if line.place.area:
            given.setdefault(line.when.label, {}).setdefault(line.place.area, []).append(k)
    return [overlap for period, places in given.items() for area in places if area in beside
            for overlap in _of(facts, period, area, places)]  # fmt: skip


def _of(facts: Facts, period: str, area: str, places: Mapping[str, Sequence[int]]) -> Iterator[Overlap]:
    held = dict.fromkeys(name for k in places[area] for name in facts.subjects[k].line.place.holds)
    for names, holds in ((areas.successors(area), 0), (tuple(held), len(held))):
        if others := {name: tuple(places[name]) for name in names if name in places}:
            yield Overlap(period, area, tuple(places[area]), others, holds)


def check(facts: Facts) -> Iterator[Issue]:
    """Tell of areas with a figure beside one of the same part of England, and of others that did not stand then.

    Beside its successor an area stops the file; one that is held by another, such as Isles of Scilly by Cornwall and
    Isles of Scilly, is kept.
    """
    told = set[tuple[str, str]]()
    for overlap in find(facts):
        rows = _figures(facts, overlap.own)
        beside = [name for name, subjects in overlap.others.items()
                  if np.isin(facts.measure[rows], facts.measure[_figures(facts, subjects)]).any()]  # fmt: skip
        if beside:
            told |= {(overlap.period, name) for name in (overlap.area, *beside)} if not overlap.holds else set()
            yield _twice(facts, int(rows[0]), beside, holds=bool(overlap.holds))
    yield from _out_of_time(facts, told)


def _figures(facts: Facts, subjects: Sequence[int]) -> Ints:
    """Give the figures of some subjects that have a value."""
    return np.flatnonzero(np.isin(facts.subject, subjects) & ~np.isnan(facts.value))


def _twice(facts: Facts, i: int, beside: list[str], *, holds: bool) -> Issue:
    line = facts.subjects[facts.subject[i]].line
    name = line.name or facts.area(i) if holds else _dated(facts.area(i))
    found = f"a figure for {name}, beside one for {' and '.join(beside)}"
    if holds:
        return Issue(facts.where(i), found, _ONCE, _KEPT, Severity.WARNING)
    return Issue(facts.where(i), found, _ONCE, _LEAVE_OUT)


def _dated(name: str) -> str:
    area = areas.resolve(name)
    return f"{area.name}, which ended on {_day(area)}"


def _day(area: Area) -> str:
    day = area.valid_to or area.valid_from
    return f"{day.day} {day:%B %Y}" if day else ""


def _out_of_time(facts: Facts, told: set[tuple[str, str]]) -> Iterator[Issue]:
    """Tell once of each authority that did not stand at the time of its figures, unless that has been told."""
    seen = set(told)
    for k, subject in enumerate(facts.subjects):
        place, key = subject.line.place, (subject.line.when.label, str(subject.line.place.area))
        if place.ended and place.kind == areas.AUTHORITY and key not in seen:
            rows = np.flatnonzero((facts.subject == k) & ~np.isnan(facts.value))
            if len(rows):
                seen.add(key)
                yield _untimely(facts, int(rows[0]), subject)


def _untimely(facts: Facts, i: int, subject: Subject) -> Issue:
    area, period = areas.resolve(facts.area(i)), subject.line.when.label
    if area.valid_to is None:
        found, action = f"{area.name}, which began on {_day(area)}", "It was kept; check the period."
    else:
        found, action = _dated(area.name), "It was kept under the old area, which is not its successor."
    return Issue(facts.where(i), f"a figure for {found}, in {period}", "areas that stood then", action,
                 Severity.WARNING)  # fmt: skip


def spare(facts: Facts, keys: Ints) -> npt.NDArray[np.bool_]:
    """Say which figures are left out when authorities are added up, since others hold them.

    ``keys`` number what is added together. A combined area yields to its parts where all of them have a figure; else
    they yield to the area that holds them.
    """
    left, there = np.zeros(len(facts), dtype=bool), ~np.isnan(facts.value)
    for overlap in find(facts):
        if overlap.holds:
            own = np.isin(facts.subject, overlap.own)
            parts = np.isin(facts.subject, [k for subjects in overlap.others.values() for k in subjects])
            combined = facts.subjects[overlap.own[0]].line.place.kind == areas.COMBINED
            whole = combined & (np.bincount(keys[parts & there], minlength=int(keys.max()) + 1)[keys] == overlap.holds)
            left |= (own & whole) | (parts & np.isin(keys, keys[own & there & ~whole]))
    return left
