"""England held against its authorities: a sum against their sum, a percentage against their percentages, weighed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perfkit.intake.coded import Ints
from perfkit.intake.reading import COMPARE
from perfkit.intake.recipes import Recipe, overlaps
from perfkit.intake.recipes.facts import Facts, Subject
from perfkit.intake.recipes.percentages import ROUNDING
from perfkit.model import areas
from perfkit.model.errors import Issue, Severity

_AUTHORITY, _ENGLAND = 1, 2
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Parts:
    """Which figures are authorities' and which England's, and for each a number of its measure, time and group."""

    kinds: Ints
    keys: Ints
    size: int

    def added(self, rows: Ints, by: Floats) -> Floats:
        """Add up some of the figures by their numbers."""
        return np.bincount(self.keys[rows], by, self.size).astype(np.float64)

    def told(self, facts: Facts, kind: int, wanted: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """Give the rows of the wanted figures of a kind: those that have a value, and those that have none."""
        of_kind = wanted & (self.kinds == kind)
        there = ~np.isnan(facts.value)
        return np.flatnonzero(of_kind & there), np.flatnonzero(of_kind & ~there)


def check(facts: Facts, recipe: Recipe, counts: Ints | None) -> Iterator[Issue]:
    """Tell of figures of England that its authorities do not make.

    ``counts`` gives for each figure the place of the figure that counts those of whom it is told, -1 for none; without
    them no percentages are held against one another.
    """
    if counts is None and not recipe.sums:
        return
    parts = _parts(facts)
    if counts is not None:
        yield from _percentages(facts, parts, counts)
    if recipe.sums:
        yield from _sums(facts, parts, recipe)


def _parts(facts: Facts) -> _Parts:
    spans: dict[tuple[str, str], int] = {}
    span = [spans.setdefault((s.line.when.label, s.breakdown), len(spans)) for s in facts.subjects]
    kinds = np.array([_kind(subject) for subject in facts.subjects], dtype=np.int64)[facts.subject]
    names, ids = facts.ids()
    keys = ids * len(spans) + np.array(span, dtype=np.int64)[facts.subject]
    return _Parts(np.where(overlaps.spare(facts, keys), 0, kinds), keys, len(names) * len(spans))


def _kind(subject: Subject) -> int:
    """Give 1 for an authority, or several that are told as one, 2 for England, 0 for all else."""
    place = subject.line.place
    if place.kind == areas.AUTHORITY or (place.kind == areas.COMBINED and place.holds):
        return _AUTHORITY
    return _ENGLAND if place.kind == areas.COUNTRY and place.area == "England" else 0


def _sums(facts: Facts, parts: _Parts, recipe: Recipe) -> Iterator[Issue]:
    """Tell of a figure of England that its authorities do not add up to."""
    summed = np.array([told.id in recipe.sums for told in facts.measures])[facts.measure]
    own, empty = parts.told(facts, _AUTHORITY, summed)
    total_of = parts.added(own, facts.value[own])
    counts, lacking = (np.bincount(parts.keys[rows], minlength=parts.size) for rows in (own, empty))
    for i in parts.told(facts, _ENGLAND, summed)[0].tolist():
        given, key = facts.value[i], parts.keys[i]
        room, over = 0.5 + recipe.within * given, total_of[key] - given
        if counts[key] and (over > room or (over < -room and not lacking[key])):
            yield Issue(facts.where(i), f"{given:,.0f} for England ({facts.id_of(i)})",
                        f"{total_of[key]:,.0f}, the sum of its authorities", COMPARE, Severity.WARNING)  # fmt: skip


def _percentages(facts: Facts, parts: _Parts, counts: Ints) -> Iterator[Issue]:
    """Tell of a percentage of England that its authorities cannot make, each weighed by those of whom it is told.

    An authority without a figure may have any from 0% to 100%, as may the part of England that no row counts.
    """
    weights = np.where(np.isnan(facts.denominator) & (counts >= 0), facts.value[counts], facts.denominator)
    percent = facts.percent() & ~np.isnan(weights)
    own, empty = parts.told(facts, _AUTHORITY, percent)
    known, weighed = parts.added(own, weights[own]), parts.added(own, weights[own] * facts.value[own])
    unknown, many = parts.added(empty, weights[empty]), np.bincount(parts.keys[own], minlength=parts.size)
    for i in parts.told(facts, _ENGLAND, percent)[0].tolist():
        given, key = facts.value[i], parts.keys[i]
        missing = max(unknown[key], weights[i] - known[key])
        if many[key] < 2:
            continue
        low = weighed[key] / (known[key] + missing)
        high = (weighed[key] + 100 * missing) / (known[key] + missing)
        if not low - ROUNDING <= given <= high + ROUNDING:
            made = f"{low:.1f}%" if high - low < ROUNDING else f"between {low:.1f}% and {high:.1f}%"
            yield Issue(facts.where(i), f"{given:g}% for England ({facts.id_of(i)})",
                        f"{made}, which its authorities make", COMPARE, Severity.WARNING)  # fmt: skip
