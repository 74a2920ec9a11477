"""England held against its authorities: a sum against their sum, a percentage against their percentages, weighed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from perfkit.intake.coded import Ints
from perfkit.intake.recipes import Recipe
from perfkit.intake.recipes.facts import Facts, Subject
from perfkit.intake.recipes.percentages import ROUNDING
from perfkit.model import areas
from perfkit.model.errors import Issue, Severity

_COMPARE = "Compare with the publisher's file; one of these figures is not what was published."
_AUTHORITY, _ENGLAND = 1, 2
Floats = npt.NDArray[np.float64]


def sums(facts: Facts, recipe: Recipe) -> Iterator[Issue]:
    """Tell of a figure of England that its authorities do not add up to."""
    summed = np.array([told.id in recipe.sums for told in facts.measures])[facts.measure]
    chosen, kinds, keys, size = _grouped(facts, summed)
    parts, there = kinds == _AUTHORITY, ~np.isnan(chosen.value)
    total_of = np.bincount(keys[parts & there], chosen.value[parts & there], size)
    counts, sizes = np.bincount(keys[parts & there], minlength=size), np.bincount(keys[parts], minlength=size)
    for i in np.flatnonzero(~parts & there & (counts[keys] > 0)).tolist():
        given, total = chosen.value[i], total_of[keys[i]]
        room, complete = 0.5 + recipe.within * given, counts[keys[i]] == sizes[keys[i]]
        if total - given > room or (total - given < -room and complete):
            yield Issue(chosen.where(i), f"{given:,.0f} for England ({chosen.id_of(i)})",
                        f"{total:,.0f}, the sum of its authorities", _COMPARE, Severity.WARNING)  # fmt: skip


def percentages(facts: Facts, counts: Ints) -> Iterator[Issue]:
    """Tell of a percentage of England that its authorities cannot make, each weighed by those of whom it is told.

    An authority without a figure may have any from 0% to 100%, as may the part of England that no row counts.
    ``counts`` gives for each figure the place of the figure that counts those of whom it is told, -1 for none.
    """
    weights = np.where(np.isnan(facts.denominator) & (counts >= 0), facts.value[counts], facts.denominator)
    percent = np.array([told.unit == "percent" for told in facts.measures])[facts.measure] & ~np.isnan(weights)
    chosen, kinds, keys, size = _grouped(facts, percent)
    weights = weights[percent & (_kinds(facts) > 0)]
    parts, there = kinds == _AUTHORITY, ~np.isnan(chosen.value)
    known, weighed, told = (_added(keys, parts & there, by, size) for by in (weights, weights * chosen.value, None))
    unknown = _added(keys, parts & ~there, weights, size)
    for i in np.flatnonzero(~parts & there & (told[keys] > 1)).tolist():
        given, key = chosen.value[i], keys[i]
        missing = max(unknown[key], weights[i] - known[key])
        low = weighed[key] / (known[key] + missing)
        high = (weighed[key] + 100 * missing) / (known[key] + missing)
        if not low - ROUNDING <= given <= high + ROUNDING:
            made = f"{low:.1f}%" if high - low < ROUNDING else f"between {low:.1f}% and {high:.1f}%"
            yield Issue(chosen.where(i), f"{given:g}% for England ({chosen.id_of(i)})",
                        f"{made}, which its authorities make", _COMPARE, Severity.WARNING)  # fmt: skip


def _added(keys: Ints, which: npt.NDArray[np.bool_], by: Floats | None, size: int) -> Floats:
    return np.bincount(keys[which], None if by is None else by[which], size).astype(np.float64)


def _grouped(facts: Facts, wanted: npt.NDArray[np.bool_]) -> tuple[Facts, Ints, Ints, int]:
    """Take the wanted figures of authorities and England: which are whose, and a number for measure, time and group."""
    kinds = _kinds(facts)
    chosen, kinds = facts.take(wanted & (kinds > 0)), kinds[wanted & (kinds > 0)]
    spans = {s: k for k, s in enumerate(dict.fromkeys((s.line.when.label, s.breakdown) for s in facts.subjects))}
    span = np.array([spans[s.line.when.label, s.breakdown] for s in facts.subjects], dtype=np.int64)
    keys = chosen.ids()[1] * len(spans) + span[chosen.subject]
    return chosen, kinds, keys, int(keys.max(initial=0)) + 1


def _kinds(facts: Facts) -> Ints:
    return np.array([_part(subject) for subject in facts.subjects], dtype=np.int64)[facts.subject]


def _part(subject: Subject) -> int:
    """Give 1 for an authority, 2 for England, 0 for all else."""
    place = subject.line.place
    england = place.kind == areas.COUNTRY and place.area == "England"
    return _AUTHORITY if place.kind == areas.AUTHORITY else _ENGLAND * england
