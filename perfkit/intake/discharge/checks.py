"""What must hold in a workbook of discharges before it is believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from perfkit.intake.coded import Ints
from perfkit.intake.discharge import blocks, days
from perfkit.intake.discharge.counts import COUNTS, Counts, is_sound
from perfkit.intake.discharge.rows import REGIONS
from perfkit.intake.reading import COMPARE
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_READ = "The rest was read; compare with the publisher's file."
_MOST = 20
_MADE = "delayed_bed_days"
"""A count that is worked out for each organisation anew, of which it is not known that regions make up England."""


def check(table: Counts) -> Iterator[Issue]:
    """Check one sheet: organisations once, whole patients, those discharged and remaining, regions to England."""
    if not is_sound(table.organisations):
        yield from _unnamed(table)
        yield from _repeated(table)
    yield from _unknown_regions(table)
    yield from _negative(table)
    for columns in _alike_days(table):
        yield from _parts(table, columns)
        yield from _incomplete(table, columns)
    yield from _regions(table)
    yield from blocks.sums(table)


def national(table: Counts) -> Iterator[Issue]:
    """Tell of a sheet without a row for England."""
    if table.england is None:
        yield Issue(Where(table.sheet.file, table.sheet.name), "no row for England", "one, before or after its regions",
                    _READ, Severity.WARNING)  # fmt: skip


def _unnamed(table: Counts) -> Iterator[Issue]:
    """Tell of figures in a row that does not say whose they are."""
    for i, org in enumerate(table.organisations):
        if not org.code or not org.name:
            lacks = "code" if org.name else "name"
            whose = f" beside {org.name or org.code}" if org.name or org.code else ""
            yield table.sheet.issue(*table.label(i), found=f"figures without a {lacks}{whose}",
                                    expected="the name and the code of the organisation",
                                    action="Write them in the row, or remove it.")  # fmt: skip


def _unknown_regions(table: Counts) -> Iterator[Issue]:
    """Tell of a row among the regions that is of none, such as one of another total."""
    for i, org in enumerate(table.organisations):
        if org.kind == "region" and org.code.lower() not in REGIONS:
            yield table.sheet.issue(*table.label(i), found=f'the region "{org.name}"',
                                    expected="England, or one of NHS England's seven regions",
                                    action="Its figures are kept under this name; compare with the publisher's file.",
                                    severity=Severity.WARNING)  # fmt: skip


def _repeated(table: Counts) -> Iterator[Issue]:
    first: dict[tuple[str, str], int] = {}
    for i, org in enumerate(table.organisations):
        before = first.setdefault((org.kind, org.code), i)
        if before != i:
            found = f'the {org.kind} "{org.code}" again (first in row {table.label(before)[0] + 1})'
            yield table.sheet.issue(*table.label(i), found=found,
                                    expected="it once", action="Remove or correct one of the two rows.")  # fmt: skip


def _negative(table: Counts) -> Iterator[Issue]:
    wrong = table.values < 0
    for i, j in np.argwhere(wrong)[:_MOST].tolist() if wrong.any() else ():
        yield Issue(table.where(i, j), f"{table.values[i, j]:g}", f"{table.kinds[j].unit}, 0 or more", COMPARE)


def _days(table: Counts) -> dict[dt.date, list[int]]:
    """Put together the columns of each day's counts."""
    days: dict[dt.date, list[int]] = {}
    for j, kind in enumerate(table.kinds):
        if kind.day is not None and kind.measure in COUNTS:
            days.setdefault(kind.day, []).append(j)
    return days


def _alike_days(table: Counts) -> list[Ints]:
    """Give the columns of the days, a row a day, apart for days that have other counts than the rest.

    A day over which a count stands twice is left out: which of its columns is meant, nobody knows.
    """
    alike: dict[tuple[tuple[str, str], ...], list[list[int]]] = {}
    for columns in _days(table).values():
        counts = tuple((table.kinds[j].measure, table.kinds[j].breakdown) for j in columns)
        if len(set(counts)) == len(counts):
            alike.setdefault(counts, []).append(columns)
    return [np.array(days, dtype=np.int64) for days in alike.values()]


def _parts(table: Counts, days: Ints) -> Iterator[Issue]:
    """Hold those who no longer meet the criteria against those discharged and those remaining."""
    kinds = [(table.kinds[j].measure, table.kinds[j].breakdown) for j in days[0].tolist()]
    totals = [k for k, kind in enumerate(kinds) if kind == ("not_meeting_criteria", "all")]
    whole = [k for k, kind in enumerate(kinds) if kind == ("discharged", "all")]
    left = whole or [k for k, (measure, _) in enumerate(kinds) if measure == "discharged"]
    parts = [*left, *(k for k, kind in enumerate(kinds) if kind == ("remaining", "all"))]
    if not totals or len(parts) < 2:
        return
    given, values = table.values[:, days[:, totals[0]]], table.values[:, days[:, parts]]
    sums, known = np.nansum(values, axis=2), (~np.isnan(values)).sum(axis=2)
    for i, day in np.argwhere((known >= 2) & (np.abs(sums - given) > 0.5))[: _MOST * len(days)].tolist():
        yield Issue(table.where(i, days[day, totals[0]]),
                    f"{given[i, day]:,.0f} patients of {table.organisations[i].name}",
                    f"{sums[i, day]:,.0f}, those discharged and remaining", COMPARE)  # fmt: skip


def _incomplete(table: Counts, days: Ints) -> Iterator[Issue]:
    """Tell of an organisation that on one day gives some of its counts and not the others."""
    given = ~np.isnan(table.values[:, days])
    some = given.any(axis=2) & ~given.all(axis=2)
    for i, day in np.argwhere(some)[: _MOST * len(days)].tolist():
        for j in days[day][~given[i, day]].tolist():
            marker = table.marker(i, j)
            found = "nothing" if marker is None else f'"{marker}"'
            yield Issue(table.where(i, j), f"{found} for {table.organisations[i].name}, beside its other counts of "
                        "the day", "all of them, or none", COMPARE)  # fmt: skip


def _regions(table: Counts) -> Iterator[Issue]:
    """Hold the regions against England; averages are rounded, and what a region lacks England may hold."""
    kinds = [org.kind for org in table.organisations]
    regions = table.values[[i for i, kind in enumerate(kinds) if kind == "region"]]
    england = table.england
    if england is None or not len(regions):
        return
    known, given = (~np.isnan(regions)).sum(axis=0), table.values[england]
    gap = np.where(known > 0, np.nansum(regions, axis=0) - given, np.nan)
    room = np.array([1.5 if kind.unit == "people a day" else 0.5 for kind in table.kinds])
    for j in np.flatnonzero((gap > room) | ((gap < -room) & (known == len(regions))))[:_MOST].tolist():
        kind = table.kinds[j].measure
        yield Issue(table.where(england, j), f"{given[j]:,.6g} for England ({kind})".replace("_", " "),
                    f"{given[j] + gap[j]:,.6g}, the sum of the regions", COMPARE,
                    Severity.WARNING if kind == _MADE else Severity.ERROR)  # fmt: skip


def within(table: Counts, month: pd.Period) -> Iterator[Issue]:
    """Hold every day and week against the month of the workbook."""
    wrong: dict[dt.date, int] = {}
    for j, kind in enumerate(table.kinds):
        if kind.day is not None and not days.belongs(kind.day, month, weekly=kind.weekly):
            wrong.setdefault(kind.day, j)
    for day, j in list(wrong.items())[:_MOST]:
        yield Issue(table.where(0, j), f"figures for {day.day} {day:%B %Y}", f"days of {periods.label(month)}",
                    "Correct the date over the column.", Severity.ERROR)  # fmt: skip
