"""What must hold in a workbook of discharges before it is believed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from perfkit.intake.coded import Ints
from perfkit.intake.discharge import blocks
from perfkit.intake.discharge.counts import Counts, Kind
from perfkit.intake.discharge.figures import without
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_COMPARE = "Compare with the publisher's file; one of these figures is not what was published."
_MOST = 20
_WEEKS_AROUND = dt.timedelta(days=13)
"""How far a week's first day may lie outside its month."""
_SMALL = ("board", "trust")
_CODES = ((re.compile(r"Q[A-Z0-9]{2}"), "board"), (re.compile(r"R[A-Z0-9]{2,4}"), "trust"))
"""Codes of boards and of trusts in the NHS."""
_COUNTS = ("not_meeting_criteria", "discharged", "remaining")


def check(table: Counts) -> Iterator[Issue]:
    """Check one sheet: organisations once, whole patients, those discharged and remaining, regions to England."""
    yield from _unnamed(table)
    yield from _repeated(table)
    yield from _negative(table)
    for days in _alike_days(table):
        yield from _parts(table, days)
        yield from _incomplete(table, days)
    yield from _regions(table)
    yield from blocks.sums(table)


def once(tables: Sequence[Counts]) -> list[Counts]:
    """Leave England and regions out of a sheet where another, say of boards alone, has given the same figures."""
    given: dict[tuple[int, str, str], tuple[Counts, int]] = {}
    alike: dict[tuple[Kind, ...], int] = {}
    made = []
    for table in tables:
        again, kinds = [], alike.setdefault(table.kinds, len(alike))
        for i, org in enumerate(table.organisations):
            if org.kind in ("country", "region"):
                other, j = given.setdefault((kinds, org.kind, org.code), (table, i))
                if other is not table and np.array_equal(other.values[j], table.values[i], equal_nan=True):
                    again.append(i)
        made.append(without(table, again) if again else table)
    return made


def alike(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Hold the sheets' boards and trusts against one another: one that is missing from a sheet is told."""
    named = [{(org.kind, org.code): org.name for org in t.organisations if org.kind in _SMALL} for t in tables]
    told = [(table, names) for table, names in zip(tables, named, strict=True) if names]
    everyone = {key: (table, name) for table, names in reversed(told) for key, name in names.items()}
    yield from blocks.names(tables)
    moved = list(_of_two_kinds(tables))
    yield from moved
    places = {issue.where for issue in moved}
    yield from (issue for table in tables for issue in _by_code(table) if issue.where not in places)
    for table, names in told:
        lists = {kind for kind, _ in names}
        yield from _no_block(table, lists, told)
        for (kind, code), (other, name) in everyone.items():
            if kind in lists and (kind, code) not in names:
                yield Issue(Where(table.sheet.file, table.sheet.name), f"no row for the {kind} {name} ({code})",
                            f"one, as on sheet {other.sheet.name}",
                            "The rest was read; compare with the publisher's file.", Severity.WARNING)  # fmt: skip


def _no_block(
    table: Counts, lists: set[str], told: Sequence[tuple[Counts, Mapping[tuple[str, str], str]]]
) -> Iterator[Issue]:
    """Tell of a sheet without any board, or any trust, where no other sheet has them for the same counts."""
    for kind in _SMALL:
        others = [other for other, names in told if any(listed == kind for listed, _ in names)]
        if kind not in lists and others and not any(other.kinds == table.kinds for other in others):
            yield Issue(Where(table.sheet.file, table.sheet.name), f"no {kind}s", f"{kind}s, as on sheet "
                        f"{others[0].sheet.name}", "The rest was read; compare with the publisher's file.",
                        Severity.WARNING)  # fmt: skip


def _of_two_kinds(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a code that is a board's on one row and a trust's on another: one of the rows is in the wrong block."""
    rows = [(org, table) for table in tables for org in table.organisations if org.kind in _SMALL]
    if len({org.code for org, _ in rows}) == len({(org.kind, org.code) for org, _ in rows}):
        return
    kinds: dict[str, list[str]] = {}
    for org, _ in rows:
        kinds.setdefault(org.code, []).append(org.kind)
    for org, table in rows:
        usual = max(_SMALL, key=kinds[org.code].count)
        if len(set(kinds[org.code])) > 1 and org.kind != usual:
            yield table.sheet.issue(*blocks.place(table, org), found=f"{org.name} ({org.code}) among the {org.kind}s",
                                    expected=f"it among the {usual}s, as on the other sheets",
                                    action="Move the row to its block; or fetch the file again.")  # fmt: skip


def _by_code(table: Counts) -> Iterator[Issue]:
    """Tell of rows under the wrong headings, as where the headings of a block are gone: NHS codes say what is what."""
    small = (org for org in table.organisations if org.kind in _SMALL)
    wrong = [org for org in small if any(form.fullmatch(org.code) and org.kind != kind for form, kind in _CODES)]
    for org in wrong[:_MOST]:
        other = "trust" if org.kind == "board" else "board"
        yield table.sheet.issue(*blocks.place(table, org), found=f"{org.name} ({org.code}) among the {org.kind}s",
                                expected=f"it among the {other}s, as its code says",
                                action="Put headings such as Region, Org Code, Org Name over it.")  # fmt: skip


def national(table: Counts) -> Iterator[Issue]:
    """Tell of a sheet without a row for England."""
    if not any(org.kind == "country" for org in table.organisations):
        yield Issue(Where(table.sheet.file, table.sheet.name), "no row for England", "one, before or after its regions",
                    "The rest was read; compare with the publisher's file.", Severity.WARNING)  # fmt: skip


def _unnamed(table: Counts) -> Iterator[Issue]:
    """Tell of figures in a row that does not say whose they are."""
    for org in table.organisations:
        if not org.code or not org.name:
            lacks = "code" if org.name else "name"
            whose = f" beside {org.name or org.code}" if org.name or org.code else ""
            yield table.sheet.issue(*blocks.place(table, org), found=f"figures without a {lacks}{whose}",
                                    expected="the name and the code of the organisation",
                                    action="Write them in the row, or remove it.")  # fmt: skip


def _repeated(table: Counts) -> Iterator[Issue]:
    first: dict[tuple[str, str], int] = {}
    for org in table.organisations:
        before = first.setdefault((org.kind, org.code), org.row)
        if before != org.row:
            found = f'the {org.kind} "{org.code}" again (first in row {before + 1})'
            yield table.sheet.issue(*blocks.place(table, org), found=found,
                                    expected="it once", action="Remove or correct one of the two rows.")  # fmt: skip


def _negative(table: Counts) -> Iterator[Issue]:
    for i, j in np.argwhere(table.values < 0)[:_MOST].tolist():
        yield Issue(table.where(i, j), f"{table.values[i, j]:g}", f"{table.kinds[j].unit}, 0 or more", _COMPARE)


def _days(table: Counts) -> dict[dt.date, list[int]]:
    """Put together the columns of each day's counts."""
    days: dict[dt.date, list[int]] = {}
    for j, kind in enumerate(table.kinds):
        if kind.day is not None and kind.measure in _COUNTS:
            days.setdefault(kind.day, []).append(j)
    return days


def _alike_days(table: Counts) -> list[Ints]:
    """Give the columns of the days, a row a day, apart for days that have other counts than the rest."""
    alike: dict[tuple[tuple[str, str], ...], list[list[int]]] = {}
    for columns in _days(table).values():
        counts = tuple((table.kinds[j].measure, table.kinds[j].breakdown) for j in columns)
        alike.setdefault(counts, []).append(columns)
    return [np.array(days, dtype=np.int64) for days in alike.values()]


def _parts(table: Counts, days: Ints) -> Iterator[Issue]:
    """Hold those who no longer meet the criteria against those discharged and those remaining."""
    kinds = [(table.kinds[j].measure, table.kinds[j].breakdown) for j in days[0].tolist()]
    totals = [k for k, kind in enumerate(kinds) if kind == ("not_meeting_criteria", "all")]
    whole = [k for k, kind in enumerate(kinds) if kind == ("discharged", "all")]
    left = whole or [k for k, (measure, _) in enumerate(kinds) if measure == "discharged"]
    parts = [*left, *(k for k, (measure, _) in enumerate(kinds) if measure == "remaining")]
    if not totals or len(parts) < 2:
        return
    given, values = table.values[:, days[:, totals[0]]], table.values[:, days[:, parts]]
    sums, known = np.nansum(values, axis=2), (~np.isnan(values)).sum(axis=2)
    for i, day in np.argwhere((known >= 2) & (np.abs(sums - given) > 0.5))[: _MOST * len(days)].tolist():
        yield Issue(table.where(i, days[day, totals[0]]),
                    f"{given[i, day]:,.0f} patients of {table.organisations[i].name}",
                    f"{sums[i, day]:,.0f}, those discharged and remaining", _COMPARE)  # fmt: skip


def _incomplete(table: Counts, days: Ints) -> Iterator[Issue]:
    """Tell of an organisation that on one day gives some of its counts and not the others."""
    given = ~np.isnan(table.values[:, days])
    some = given.any(axis=2) & ~given.all(axis=2)
    for i, day in np.argwhere(some)[: _MOST * len(days)].tolist():
        for j in days[day][~given[i, day]].tolist():
            marker = table.marker(i, j)
            found = "nothing" if marker is None else f'"{marker}"'
            yield Issue(table.where(i, j), f"{found} for {table.organisations[i].name}, beside its other counts of "
                        "the day", "all of them, or none", _COMPARE)  # fmt: skip


def _regions(table: Counts) -> Iterator[Issue]:
    """Hold the regions against England; averages are rounded, and what a region lacks England may hold."""
    kinds = [org.kind for org in table.organisations]
    regions = table.values[[i for i, kind in enumerate(kinds) if kind == "region"]]
    england = next((i for i, kind in enumerate(kinds) if kind == "country"), None)
    if england is None or not len(regions):
        return
    known, given = (~np.isnan(regions)).sum(axis=0), table.values[england]
    gap = np.where(known > 0, np.nansum(regions, axis=0) - given, np.nan)
    room = np.array([1.5 if kind.unit == "people a day" else 0.5 for kind in table.kinds])
    for j in np.flatnonzero((gap > room) | ((gap < -room) & (known == len(regions))))[:_MOST].tolist():
        yield Issue(table.where(england, j),
                    f"{given[j]:,.6g} for England ({table.kinds[j].measure})".replace("_", " "),
                    f"{given[j] + gap[j]:,.6g}, the sum of the regions", _COMPARE)  # fmt: skip


def within(table: Counts, month: pd.Period) -> Iterator[Issue]:
    """Hold every day and week against the month of the workbook."""
    first, last = month.start_time.date(), month.end_time.date()
    wrong: Mapping[dt.date, int] = {
        kind.day: j for j, kind in reversed(list(enumerate(table.kinds)))
        if kind.day is not None and not _near(kind.day, first, last, weekly=kind.weekly)
    }  # fmt: skip
    for day, j in list(wrong.items())[:_MOST]:
        yield Issue(table.where(0, j), f"figures for {day.day} {day:%B %Y}", f"days of {periods.label(month)}",
                    "Correct the date over the column.", Severity.ERROR)  # fmt: skip


def _near(day: dt.date, first: dt.date, last: dt.date, *, weekly: bool) -> bool:
    room = _WEEKS_AROUND if weekly else dt.timedelta(0)
    return first - room <= day <= last + room
