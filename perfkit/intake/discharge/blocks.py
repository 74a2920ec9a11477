"""Boards and trusts of a workbook of discharges held against their regions' figures, and codes against names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from perfkit.intake.discharge.counts import Counts
from perfkit.intake.discharge.rows import FIRST_COLUMNS, Organisation
from perfkit.intake.headings import words
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
    regions = {org.code.lower(): i for i, org in enumerate(table.organisations) if org.kind == "region"}
    room = np.array([_room(kind.measure) for kind in table.kinds])
    for kind, (region, i) in ((kind, pair) for kind in ("board", "trust") for pair in regions.items()):
        listed = ((k, org) for k, org in enumerate(table.organisations) if org.kind == kind)
        own = [k for k, org in listed if (org.region or "").lower() == region]
        if own:
            yield from _of_region(table, i, own, room if kind == "board" else np.where(room > 1, np.nan, room))


def _room(measure: str) -> float:
    return 0.5 if measure in _WHOLE else 10 if measure == _AVERAGES else np.nan


def _of_region(table: Counts, i: int, own: Sequence[int], room: Floats) -> Iterator[Issue]:
    given, parts = table.values[i], table.values[own]
    gap = np.where(np.isnan(parts).all(axis=0), np.nan, np.nansum(parts, axis=0) - given)
    least = np.where(room > 1, np.maximum(room, _NEAR * given), room)
    full = ~np.isnan(parts).any(axis=0)
    averages = room > 1
    for j in np.flatnonzero((gap > least) | ((gap < -least) & full & ~averages))[:_MOST].tolist():
        org, kind = table.organisations[i], table.organisations[own[0]].kind
        title = f"{table.kinds[j].measure}, {table.kinds[j].title}" if table.kinds[j].title else table.kinds[j].measure
        yield Issue(table.where(i, j), f"{given[j]:,.6g} for {org.code} ({title[:80]})".replace("_", " "),
                    f"{given[j] + gap[j]:,.6g}, the sum of its {kind}s", _COMPARE, Severity.WARNING)  # fmt: skip


def names(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a board or trust under a code that another sheet gives to another of the workbook's."""
    codes: dict[tuple[str, str], tuple[str, str]] = {}
    usual: dict[tuple[str, str], str] = {}
    for table in tables:
        for org in table.organisations:
            if org.kind in ("board", "trust") and org.code and org.name:
                usual.setdefault((org.kind, words(org.name)), org.code)
                name, sheet = codes.setdefault((org.kind, org.code), (org.name, table.sheet.name))
                if words(name) != words(org.name) and usual[org.kind, words(org.name)] != org.code:
                    yield table.sheet.issue(*place(table, org), found=f"the code {org.code} for {org.name}",
                                            expected=f"{name}, as on sheet {sheet}",
                                            action="Compare with the publisher's file; one of the two sheets is not "
                                            "what was published.")  # fmt: skip


def place(table: Counts, org: Organisation) -> tuple[int, int]:
    """Give the row of an organisation and the column in which its code stands, or its name."""
    texts = [table.sheet.text(org.row, column) for column in range(FIRST_COLUMNS)]
    told = [column for label in (org.code, org.name) for column, text in enumerate(texts) if label and text == label]
    return org.row, told[0] if told else 0
