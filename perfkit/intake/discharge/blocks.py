"""Boards and trusts of a workbook of discharges held against their regions' figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from perfkit.intake.discharge.counts import SMALL, Counts
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.recipes.values import Floats
from perfkit.model.errors import Issue, Severity

_COMPARE = "The rest was read; compare with the publisher's file."
_MOST = 20
_WHOLE = ("additional_bed_days", "discharged_to")
"""Counts of which boards, and trusts, make up their region; of the others some are published for regions alone."""
_AVERAGES = "delayed_by_reason"
_NEAR = 0.1
"""The share by which the averages of a region's boards may pass its own, or 10 people: they come on other days."""


def sums(table: Counts) -> Iterator[Issue]:
    """Tell of a region whose boards, or trusts, make more than it, or less although all give a figure."""
    room = np.array([_room(kind.measure) for kind in table.kinds])
    if np.isnan(room).all():
        return
    for kind, own in _own(table.organisations).items():
        held = room if kind == "board" else np.where(room > 1, np.nan, room)
        if not np.isnan(held).all():
            yield from _of_regions(table, list(own), list(own.values()), held)


@lru_cache(maxsize=64)
def _own(organisations: tuple[Organisation, ...]) -> Mapping[str, Mapping[int, Sequence[int]]]:
    """Give the places of each region's boards, and of its trusts, by that of the region."""
    regions = {org.code.lower(): i for i, org in enumerate(organisations) if org.kind == "region"}
    own: dict[str, dict[int, list[int]]] = {}
    for k, org in enumerate(organisations):
        region = regions.get((org.region or "").lower())
        if org.kind in SMALL and region is not None:
            own.setdefault(org.kind, {}).setdefault(region, []).append(k)
    return own


def _room(measure: str) -> float:
    return 0.5 if measure in _WHOLE else 10 if measure == _AVERAGES else np.nan


def _of_regions(table: Counts, regions: Sequence[int], own: Sequence[Sequence[int]], room: Floats) -> Iterator[Issue]:
    """Hold the figures of regions against the sums of their ``own``, which stand together once put in order."""
    parts, starts = table.values[list(chain.from_iterable(own))], np.cumsum([0, *map(len, own[:-1])])
    known = ~np.isnan(parts)
    some, full = (how.reduceat(known, starts, axis=0) for how in (np.logical_or, np.logical_and))
    given = table.values[regions]
    sums = np.add.reduceat(np.where(known, parts, 0), starts, axis=0)
    gap = np.where(some, np.round(sums - given, 6), np.nan)
    least = np.where(room > 1, np.maximum(room, _NEAR * given), room)
    wrong = (gap > least) | ((gap < -least) & full & ~(room > 1))
    for k in np.flatnonzero(wrong.any(axis=1)).tolist():
        for j in np.flatnonzero(wrong[k])[:_MOST].tolist():
            yield _no_sum(table, (regions[k], j), float(gap[k, j]), table.organisations[own[k][0]].kind)


def _no_sum(table: Counts, place: tuple[int, int], gap: float, kind: str) -> Issue:
    given, org, count = float(table.values[place]), table.organisations[place[0]], table.kinds[place[1]]
    title = f"{count.measure}, {count.title}" if count.title else count.measure
    return Issue(table.where(*place), f"{given:,.6g} for {org.code} ({title[:80]})".replace("_", " "),
                 f"{given + gap:,.6g}, the sum of its {kind}s", _COMPARE, Severity.WARNING)  # fmt: skip
