"""What must hold in a workbook of delayed transfers before it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from perfkit.intake import named_months
from perfkit.intake.dtoc import people, sums
from perfkit.intake.dtoc.england import England
from perfkit.intake.dtoc.table import Ints, Table
from perfkit.intake.reading import COMPARE
from perfkit.model import periods
from perfkit.model.errors import Issue, Where
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS


def check_month(file: str, month: pd.Period, where: Where) -> Iterator[Issue]:
    """Hold the month in the sheet against the one in the file's name, where it names one."""
    named = named_months.month_in(file)
    if named is not None and named != month:
        yield Issue(where, f'"{periods.label(month)}"', f"{periods.label(named)}, as the file's name says",
                    "Rename the file, or fetch the right month.")  # fmt: skip


def check(tables: Mapping[str, Table], england: England | None, days: int) -> Iterator[Issue]:
    """Check what was found in a workbook of a month of so many days, 0 where the month is in doubt.

    Names and codes stand once, all columns are there, parts sum to totals and authorities to England, people a day are
    the days over the month's, and the sheets agree with each other.
    """
    first, *others = tables.values()
    yield from sums.check(list(tables.values()), england)
    for table in tables.values():
        yield from _own(table)
        yield from people.check(table, days)
    for other in others:
        yield from _same_areas(first, other)
    reasons = tuple(dict.fromkeys(reason for _, reason in england.keys if reason != ALL)) if england else ()
    for table in tables.values():
        parts = {"setting": SETTINGS, "attribution": ATTRIBUTIONS, "reason": reasons}[table.dimension]
        missing = [word for word in parts if word not in table.words]
        yield from _missing_columns(table, missing) if missing else sums.parts(table)
        yield from _without_totals(table, any(ALL in one.words for one in tables.values()))


def _own(table: Table) -> Iterator[Issue]:
    if table.areas.repeats:
        yield from _repeated(table, table.areas.keys, table.areas.names, "name")
        yield from _repeated(table, table.areas.codes, table.areas.codes, "code")
    if table.areas.england is None:
        yield Issue(Where(table.sheet.file, table.sheet.name), "no row for England", "a row for England above the "
                    "authorities", "Restore the row.")  # fmt: skip


def _repeated(table: Table, labels: Sequence[str], shown: Sequence[str], what: str) -> Iterator[Issue]:
    first: dict[str, int] = {}
    words = {"name": "area"}.get(what, what)
    for i, label in enumerate(labels):
        if label and label in first:
            row = int(table.rows[first[label]]) + 1
            yield table.sheet.issue(*table.label(i, what), found=f'the {words} "{shown[i]}" again (first in row {row})',
                                    expected="it once", action="Remove or correct one of the two rows.")  # fmt: skip
        first.setdefault(label, i)


def _same_areas(first: Table, other: Table) -> Iterator[Issue]:
    ours, theirs = _pairs(first.areas.keys, other.areas.keys)
    if first.areas != other.areas:
        yield from _other_areas(first, other)
        yield from _other_labels(first, other, list(zip(ours.tolist(), theirs.tolist(), strict=True)))
    mine, yours = first.column(ALL), other.column(ALL)
    if mine is None or yours is None:
        return
    for k in np.flatnonzero(sums.differ(mine[ours], yours[theirs])):
        i = int(theirs[k])
        yield other.sheet.issue(
            int(other.rows[i]), int(other.columns[other.words.index(ALL)]),
            found=f"a total of {sums.days(yours[i])} for {other.areas.names[i]}",
            expected=f"{sums.days(mine[ours[k]])}, as on sheet {first.sheet.name}", action=COMPARE,
        )  # fmt: skip


@lru_cache(maxsize=64)
def _pairs(first: tuple[str, ...], other: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Give the places at which the areas of both sheets stand in the one and in the other."""
    places = {key: i for i, key in enumerate(first)}
    both = [(places[key], i) for i, key in enumerate(other) if key in places]
    ours, theirs = zip(*both, strict=True) if both else ((), ())
    return np.array(ours, dtype=np.int64), np.array(theirs, dtype=np.int64)


def _other_areas(first: Table, other: Table) -> Iterator[Issue]:
    for there, here in ((first, other), (other, first)):
        for key, name in zip(there.areas.keys, there.areas.names, strict=True):
            if key not in here.areas.keys:
                where = Where(here.sheet.file, here.sheet.name)
                yield Issue(where, f"no row for {name}", f"one, as on sheet {there.sheet.name}", "Restore the row.")


def _other_labels(first: Table, other: Table, both: list[tuple[int, int]]) -> Iterator[Issue]:
    """Tell of labels that differ; one that is not there, and the national code, are no more than a warning."""
    for label, what, mine, those in (
        ("code", "code", first.areas.codes, other.areas.codes),
        ("region", "region", first.areas.regions, other.areas.regions),
        ("ons", "ONS code", first.areas.ons, other.areas.ons),
    ):
        for k, i in both if mine and those else ():
            ours, theirs = mine[k], those[i]
            if ours.lower() != theirs.lower():
                found = f'{what} "{theirs}"' if theirs else f"no {what}"
                yield other.sheet.issue(*other.label(i, label), found=f"{found} for {other.areas.names[i]}",
                                        expected=f'"{ours}", as on sheet {first.sheet.name}' if ours else "it on sheet "
                                        f"{first.sheet.name} too", action=f"Correct the {what} or the name.",
                                        severity=sums.severity(label == "ons" or not ours or not theirs))  # fmt: skip


def _missing_columns(table: Table, missing: Sequence[str]) -> Iterator[Issue]:
    """Tell of every part that is not there, even one that would be zero in every row, and what it leaves unbalanced."""
    totals = len(sums.unbalanced(table))
    without = f"; {totals} totals do not add up without it" if totals else ""
    for word in missing:
        yield Issue(Where(table.sheet.file, table.sheet.name), f"no column for the {table.dimension} {word}",
                    "one, as in the month's other sheets",
                    f"Restore the column, or fetch the publisher's file again{without}.")  # fmt: skip


def _without_totals(table: Table, with_total: bool) -> Iterator[Issue]:
    if ALL not in table.words:
        action = "The total of another sheet is loaded; compare with the publisher's file."
        yield Issue(Where(table.sheet.file, table.sheet.name), "no column of totals", "one beside the parts",
                    action if with_total else "Restore the column.", sums.severity(with_total))  # fmt: skip
