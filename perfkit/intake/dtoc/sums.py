"""Sums in a workbook of delayed transfers: parts to totals, authorities to England, and whole days throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from perfkit.intake.dtoc.england import England
from perfkit.intake.dtoc.table import Floats, Ints, Table, known
from perfkit.intake.reading import COMPARE
from perfkit.model.errors import Issue, Severity, Where
from perfkit.model.schemas import ALL, SETTINGS

Bools = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", Table, England, Table | England)


def check(tables: Sequence[Table], england: England | None) -> Iterator[Issue]:
    """Check the sums of every sheet, and England's of each against the England sheet."""
    for group in _alike(tables):
        yield from _side_by_side(group)
    for table in tables:
        yield from _regions(table)
    if england is not None:
        yield from _not_days([england], england.values, known(england.values))
        yield from _england_rows(england)
        yield from _england_parts(england)
        whole = england_sums(england)
        for table in tables:
            yield from _same_england(table, england, whole)


def empty(table: Table) -> Iterator[Issue]:
    """Tell of empty cells among the figures of an area, and of an area without any figure."""
    blank = np.isnan(table.values)
    for i in np.flatnonzero(blank.any(axis=1)).tolist():
        own = [j for j in np.flatnonzero(blank[i]).tolist()
               if not table.sheet.text(int(table.rows[i]), int(table.columns[j]))]  # fmt: skip
        whole = len(own) == len(table.words)
        for j in own[:1] if whole else own:
            found = f"nothing for {table.areas.names[i]}" + ("" if whole else f" ({word(table.words[j])})")
            yield table.sheet.issue(
                int(table.rows[i]), int(table.columns[j]), found=found,
                expected="a number of days, or a marker such as - or NA", severity=Severity.WARNING,
                action="It is loaded as missing; compare with the publisher's file.",
            )  # fmt: skip


def _alike(tables: Sequence[Table]) -> list[list[Table]]:
    """Group the sheets whose areas stand in the same order: their figures can be checked at once."""
    groups: list[list[Table]] = []
    for table in tables:
        group = next((some for some in groups if some[0].areas.keys == table.areas.keys), None)
        if group is None:
            groups.append([table])
        else:
            group.append(table)
    return groups


def _side_by_side(tables: list[Table]) -> Iterator[Issue]:
    values = np.concatenate([table.values for table in tables], axis=1)
    there = np.concatenate([table.known for table in tables], axis=1)
    yield from _not_days(tables, values, there)
    england = tables[0].areas.england
    if england is not None:
        yield from _authorities(tables, england, values, there)


def _not_days(tables: Sequence[Table | England], values: Floats, there: Floats) -> Iterator[Issue]:
    for i, k in _where((there < 0) | (there != np.rint(there)) | (there == np.inf)):
        table, j = _owner(tables, k)
        yield table.sheet.issue(int(table.rows[i]), int(table.columns[j]), found=f"{values[i, k]:g}",
                                expected="a whole number of days, 0 or more", action=COMPARE)  # fmt: skip


def _owner(tables: Sequence[Kind], column: int) -> tuple[Kind, int]:
    """Give the sheet in which a column of the figures side by side stands, and its place there."""
    for table in tables:
        if column < len(table.words):
            return table, column
        column -= len(table.words)
    raise IndexError(column)


def _authorities(tables: list[Table], england: int, values: Floats, there: Floats) -> Iterator[Issue]:
    given, sums = values[england], there[:england].sum(axis=0) + there[england + 1 :].sum(axis=0)
    for k in np.flatnonzero(unequal(sums, given)):
        table, j = _owner(tables, int(k))
        missing = bool(np.isnan(np.delete(values[:, k], england)).any())
        yield table.sheet.issue(
            int(table.rows[england]), int(table.columns[j]),
            found=f"{days(given[k])} for England ({word(table.words[j])})",
            expected=f"{days(sums[k])}, the sum of the areas below", action=COMPARE,
            severity=severity(missing and given[k] > sums[k]),
        )  # fmt: skip


def parts(table: Table) -> Iterator[Issue]:
    """Hold each total of a sheet against its parts, where all columns of parts are there."""
    for i, total, own in unbalanced(table):
        missing = bool(np.isnan(own).any())
        whole = float(known(own).sum())
        yield table.sheet.issue(
            int(table.rows[i]), int(table.columns[table.words.index(ALL)]),
            found=f"a total of {days(total)} for {table.areas.names[i]}",
            expected=f"{days(whole)}, the sum by {table.dimension}", action=COMPARE,
            severity=severity(missing and total > whole),
        )  # fmt: skip


def unbalanced(table: Table) -> list[tuple[int, float, Floats]]:
    """Give the areas whose parts do not sum to their total: the place, the total and the parts."""
    if ALL not in table.words:
        return []
    place, there = table.words.index(ALL), table.known
    totals = table.values[:, place]
    sums = there[:, :place].sum(axis=1) + there[:, place + 1 :].sum(axis=1)
    off = np.flatnonzero(unequal(sums, totals))
    return [(int(i), float(totals[i]), np.delete(table.values[i], place)) for i in off]


def _regions(table: Table) -> Iterator[Issue]:
    """Hold the total of each region against its authorities, where a column says which these are."""
    labels = [label.lower() for label in table.areas.regions] if table.regions else []
    for region in table.regions:
        own = [i for i, label in enumerate(labels) if label == region.name.lower()]
        sums = table.known[own].sum(axis=0)
        for j in np.flatnonzero(unequal(sums, region.values)) if own else ():
            yield table.sheet.issue(
                region.row, int(table.columns[j]),
                found=f"{days(region.values[j])} for {region.name} ({word(table.words[j])})",
                expected=f"{days(sums[j])}, the sum of its authorities", action=COMPARE,
            )  # fmt: skip


def _same_england(table: Table, england: England, sums: Mapping[tuple[str, str], float]) -> Iterator[Issue]:
    if table.areas.england is None:
        return
    given = table.values[table.areas.england]
    totals = np.array([sums.get((table.dimension if one != ALL else ALL, one), np.nan) for one in table.words])
    for j in np.flatnonzero(differ(given, totals)):
        yield table.sheet.issue(
            int(table.rows[table.areas.england]), int(table.columns[j]),
            found=f"{days(given[j])} for England ({word(table.words[j])})",
            expected=f"{days(totals[j])}, the sum on sheet {england.sheet.name}", action=COMPARE,
        )  # fmt: skip


def _england_rows(england: England) -> Iterator[Issue]:
    """Both settings have a row of totals above their reasons; the sums below find every other row that is missing."""
    where = Where(england.sheet.file, england.sheet.name)
    there = [setting for setting in SETTINGS if (setting, ALL) in england.keys]
    if len(there) == 1:
        yield Issue(where, f"no row for the total of {(set(SETTINGS) - set(there)).pop()} care",
                    f"one, as for {there[0]} care", "Restore the row.")  # fmt: skip
    elif not there:
        yield Issue(where, "no totals of acute and non-acute care", "a row for each above its reasons",
                    "The reasons are loaded; compare with the publisher's file.", Severity.WARNING)  # fmt: skip


def _england_parts(england: England) -> Iterator[Issue]:
    for i, parts in _by_setting(tuple(england.keys)):
        sums = known(england.values[parts]).sum(axis=0)
        for j in np.flatnonzero(differ(england.values[i], sums)):
            yield england.sheet.issue(
                int(england.rows[i]), int(england.columns[j]), found=days(england.values[i, j]),
                expected=f"{days(sums[j])}, the sum of its reasons", action=COMPARE,
            )  # fmt: skip


@lru_cache(maxsize=64)
def _by_setting(keys: tuple[tuple[str, str], ...]) -> tuple[tuple[int, Ints], ...]:
    """Give the place of each setting's total, and of its reasons where there are any."""
    totals = [(i, setting) for i, (setting, reason) in enumerate(keys) if reason == ALL]
    parts = [(i, [k for k, key in enumerate(keys) if key[0] == setting and key[1] != ALL]) for i, setting in totals]
    return tuple((i, np.array(some, dtype=np.int64)) for i, some in parts if some)


def england_sums(england: England) -> dict[tuple[str, str], float]:
    """Add up the England sheet by setting, attribution, reason and in all, from its finest figures."""
    keys, members = _members(tuple(england.keys), tuple(england.words))
    figures = england.values.ravel()
    known = np.isfinite(figures)
    sums, counts = members @ np.where(known, figures, 0.0), members @ known
    return {key: float(figure) for key, figure, count in zip(keys, sums, counts, strict=True) if count}


@lru_cache(maxsize=64)
def _members(
    rows: tuple[tuple[str, str], ...], words: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], npt.NDArray[np.float64]]:
    """Say which figures of the England sheet, row by row, belong to which sum."""
    fine = any(reason != ALL for _, reason in rows)
    places: dict[tuple[str, str], list[int]] = {}
    for i, (setting, reason) in enumerate(rows):
        for j, word in enumerate(words if reason != ALL or not fine else ()):
            for key in (("setting", setting), ("reason", reason), ("attribution", word), (ALL, ALL)):
                places.setdefault(key, []).append(i * len(words) + j)
    members = np.zeros((len(places), len(rows) * len(words)))
    for k, some in enumerate(places.values()):
        members[k, some] = 1.0
    return tuple(places), members


def _where(wrong: Bools) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in np.argwhere(wrong)] if wrong.any() else []


def unequal(sums: Floats, given: Floats) -> Bools:
    """Say where a sum of what is known is not the figure given; nothing is no figure where the sum is nothing."""
    return np.asarray((np.abs(sums - given) > 0.5) | (np.isnan(given) & (sums > 0)))


def differ(one: Floats, other: Floats) -> Bools:
    """Say where two figures differ, or only one of them is known."""
    return np.asarray((np.abs(one - other) > 0.5) | (np.isnan(one) != np.isnan(other)))


def severity(warning: bool) -> Severity:
    """Give the severity of what is no more than a warning in some cases."""
    return Severity.WARNING if warning else Severity.ERROR


def days(value: float) -> str:
    """Write a figure out in words for a message."""
    return "no figure" if np.isnan(value) else f"{value:,.0f}"


def word(text: str) -> str:
    """Name a column in a message."""
    return "total" if text == ALL else text
