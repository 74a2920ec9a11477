"""What must hold in a workbook of delayed transfers before it is believed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.intake.dtoc import people
from perfkit.intake.dtoc.table import EnglandTable, Floats, Ints, Table
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

MONTH_NAMES = (
    "|".join(f"{name[:3]}(?:{name[3:]})?" for name in periods.MONTHS if name != "September") + "|sept?(?:ember)?"
)
NAMED_MONTH = re.compile(
    rf"(?<![a-z])(?P<month>{MONTH_NAMES})[\s_.,'-]*(?P<year>(?:20)?\d\d)(?!\d)(?:[-/_](?P<until>\d\d)(?!\d))?"
    rf"|(?<!\d)(?P<first>20\d\d)(?:[-/_](?P<last>\d\d))?[\s_.,-]*(?P<then>{MONTH_NAMES})(?![a-z])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:rev(?:ised|ision)?|pub(?:lished|lication)?)[\s_.,(-]*(?:\d{1,2}(?:st|nd|rd|th)?[\s_.-]*)?$", re.IGNORECASE
)
_APRIL = 4
_NUMBERED_MONTH = re.compile(r"(?<!\d)(20\d\d)[_.-](0[1-9]|1[0-2])(?!\d)")
_RECALCULATE = "Compare with the publisher's file; one of these figures is not what was published."


def month_in(name: str) -> pd.Period | None:
    """Give the month that a file's name tells, None where it tells none; the month of a revision is not it.

    >>> month_in("dtoc/Sept_16.xls"), month_in("LA-Type-B-February-2020-4W5PA.xls"), month_in("return.xls")
    (Period('2016-09', 'M'), Period('2020-02', 'M'), None)
    >>> month_in("LA-Type-B-March-2011-12-revised-October-2012.xls"), month_in("revised July 2019, 2018-19 May.xls")
    (Period('2012-03', 'M'), Period('2018-05', 'M'))
    """
    name = re.split(r"[/\\]", name)[-1]
    for match in NAMED_MONTH.finditer(name):
        if not _PUBLISHED.search(name[: match.start()]):
            return _named(match)
    numbered = _NUMBERED_MONTH.search(name)
    if numbered is None or int(numbered[2]) == int(numbered[1]) % 100 + 1:
        return None
    return periods.parse(f"{numbered[1]}-{numbered[2]}", expect="month")


def _named(match: re.Match[str]) -> pd.Period:
    """Read a month with its year, or with its financial year: March 2011-12 is March 2012."""
    year, then = match["year"] or match["first"], match["until"] or match["last"]
    month = periods.parse(f"{match['month'] or match['then']} {year}", expect="month")
    is_financial = then is not None and int(then) == (int(year) + 1) % 100
    return month + 12 if is_financial and month.month < _APRIL else month


def check_month(file: str, month: pd.Period, where: Where) -> Iterator[Issue]:
    """Hold the month in the sheet against the one in the file's name, where it names one."""
    named = month_in(file)
    if named is not None and named != month:
        yield Issue(where, f'"{periods.label(month)}"', f"{periods.label(named)}, as the file's name says",
                    "Rename the file, or fetch the right month.")  # fmt: skip


def check_table(table: Table, days: int) -> Iterator[Issue]:
    """Check one sheet: names once, whole numbers, parts to totals, authorities to England, days to people a day."""
    if table.areas.repeats:
        yield from _repeated(table, table.areas.keys, table.areas.names, "name")
        yield from _repeated(table, table.areas.codes, table.areas.codes, "code")
    yield from _not_days(table)
    if table.areas.england is None:
        yield Issue(Where(table.sheet.file, table.sheet.name), "no row for England", "a row for England above the "
                    "authorities", "Restore the row.")  # fmt: skip
    yield from _parts(table)
    yield from _authorities(table)
    yield from _regions(table)
    yield from people.check(table, days)


def _repeated(table: Table, labels: Sequence[str], shown: Sequence[str], what: str) -> Iterator[Issue]:
    first: dict[str, int] = {}
    words = {"name": "area"}.get(what, what)
    for i, label in enumerate(labels):
        if label and label in first:
            row = int(table.rows[first[label]]) + 1
            yield table.sheet.issue(*table.label(i, what), found=f'the {words} "{shown[i]}" again (first in row {row})',
                                    expected="it once", action="Remove or correct one of the two rows.")  # fmt: skip
        first.setdefault(label, i)


def _not_days(table: Table | EnglandTable) -> Iterator[Issue]:
    values = table.values
    fine = (values >= 0) & (values == np.rint(values)) & (values != np.inf)
    for i, j in np.argwhere(~(fine | np.isnan(values))):
        yield table.sheet.issue(int(table.rows[i]), int(table.columns[j]), found=f"{values[i, j]:g}",
                                expected="a whole number of days, 0 or more", action=_RECALCULATE)  # fmt: skip


def _parts(table: Table) -> Iterator[Issue]:
    if ALL not in table.words:
        return
    total = table.words.index(ALL)
    parts = np.concatenate((table.values[:, :total], table.values[:, total + 1 :]), axis=1)
    sums, totals = _known(parts).sum(axis=1), table.values[:, total]
    for i in np.flatnonzero(_unequal(sums, totals)):
        missing = bool(np.isnan(parts[i]).any())
        yield table.sheet.issue(
            int(table.rows[i]), int(table.columns[total]),
            found=f"a total of {_days(totals[i])} for {table.areas.names[i]}",
            expected=f"{_days(sums[i])}, the sum by {table.dimension}", action=_RECALCULATE,
            severity=_severity(missing and totals[i] > sums[i]),
        )  # fmt: skip


def _authorities(table: Table) -> Iterator[Issue]:
    england = table.areas.england
    if england is None:
        return
    others = np.concatenate((table.values[:england], table.values[england + 1 :]))
    sums, given = _known(others).sum(axis=0), table.values[england]
    for j in np.flatnonzero(_unequal(sums, given)):
        missing = bool(np.isnan(others[:, j]).any())
        yield table.sheet.issue(
            int(table.rows[england]), int(table.columns[j]),
            found=f"{_days(given[j])} for England ({_word(table.words[j])})",
            expected=f"{_days(sums[j])}, the sum of the areas below", action=_RECALCULATE,
            severity=_severity(missing and given[j] > sums[j]),
        )  # fmt: skip


def _regions(table: Table) -> Iterator[Issue]:
    """Hold the total of each region against its authorities, where a column says which these are."""
    labels = [label.lower() for label in table.areas.regions]
    for region in table.regions:
        own = [i for i, label in enumerate(labels) if label == region.name.lower()]
        sums = _known(table.values[own]).sum(axis=0)
        for j in np.flatnonzero(_unequal(sums, region.values)) if own else ():
            yield table.sheet.issue(
                region.row, int(table.columns[j]),
                found=f"{_days(region.values[j])} for {region.name} ({_word(table.words[j])})",
                expected=f"{_days(sums[j])}, the sum of its authorities", action=_RECALCULATE,
            )  # fmt: skip


def check_tables(tables: Mapping[str, Table], england: EnglandTable | None) -> Iterator[Issue]:
    """Check the sheets against each other: the same areas, codes and totals, and the England sheet's sums."""
    first, *others = tables.values()
    for other in others:
        yield from _same_areas(first, other)
    reasons = tuple(dict.fromkeys(reason for _, reason in england.keys if reason != ALL)) if england else ()
    for table in tables.values():
        parts = {"setting": SETTINGS, "attribution": ATTRIBUTIONS, "reason": reasons}[table.dimension]
        yield from _missing_columns(table, parts, any(ALL in one.words for one in tables.values()))
    if england is not None:
        yield from _not_days(england)
        yield from _england_rows(england)
        yield from _england_parts(england)
        sums = england_sums(england)
        for table in tables.values():
            yield from _same_england(table, england, sums)


def _same_areas(first: Table, other: Table) -> Iterator[Issue]:
    ours, theirs = _pairs(first.areas.keys, other.areas.keys)
    if first.areas != other.areas:
        yield from _other_areas(first, other)
        yield from _other_labels(first, other, list(zip(ours.tolist(), theirs.tolist(), strict=True)))
    mine, yours = first.column(ALL), other.column(ALL)
    if mine is None or yours is None:
        return
    gaps = np.abs(mine[ours] - yours[theirs]) > 0.5
    unknown = np.isnan(mine[ours]) != np.isnan(yours[theirs])
    for k in np.flatnonzero(gaps | unknown):
        i = int(theirs[k])
        yield other.sheet.issue(
            int(other.rows[i]), int(other.columns[other.words.index(ALL)]),
            found=f"a total of {_days(yours[i])} for {other.areas.names[i]}",
            expected=f"{_days(mine[ours[k]])}, as on sheet {first.sheet.name}", action=_RECALCULATE,
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
    for label, mine, those in (("code", first.areas.codes, other.areas.codes),
                               ("region", first.areas.regions, other.areas.regions)):  # fmt: skip
        for k, i in both:
            if mine[k].lower() != those[i].lower():
                found = f'{label} "{those[i]}" for {other.areas.names[i]}'
                yield other.sheet.issue(*other.label(i, label), found=found,
                                        expected=f'"{mine[k]}", as on sheet {first.sheet.name}',
                                        action=f"Correct the {label} or the name.")  # fmt: skip


def _missing_columns(table: Table, parts: Sequence[str], with_total: bool) -> Iterator[Issue]:
    """Tell of every column that is not there: a part, even one that would be zero in every row, and the total."""
    where = Where(table.sheet.file, table.sheet.name)
    for word in parts:
        if word not in table.words:
            yield Issue(where, f"no column for the {table.dimension} {word}", "one, as in the month's other sheets",
                        "Restore the column, or fetch the publisher's file again.")  # fmt: skip
    if ALL not in table.words:
        action = "The total of another sheet is loaded; compare with the publisher's file."
        yield Issue(where, "no column of totals", "one beside the parts",
                    action if with_total else "Restore the column.", _severity(with_total))  # fmt: skip


def _same_england(table: Table, england: EnglandTable, sums: Mapping[tuple[str, str], float]) -> Iterator[Issue]:
    if table.areas.england is None:
        return
    for word, given, column in zip(table.words, table.values[table.areas.england], table.columns, strict=True):
        total = sums.get((table.dimension if word != ALL else ALL, word), float("nan"))
        if _differ(given, total):
            yield table.sheet.issue(
                int(table.rows[table.areas.england]), int(column), found=f"{_days(given)} for England ({_word(word)})",
                expected=f"{_days(total)}, the sum on sheet {england.sheet.name}", action=_RECALCULATE,
            )  # fmt: skip


def _england_rows(england: EnglandTable) -> Iterator[Issue]:
    """Both settings have a row of totals above their reasons; the sums below find every other row that is missing."""
    where = Where(england.sheet.file, england.sheet.name)
    there = [setting for setting in SETTINGS if (setting, ALL) in england.keys]
    if len(there) == 1:
        yield Issue(where, f"no row for the total of {(set(SETTINGS) - set(there)).pop()} care",
                    f"one, as for {there[0]} care", "Restore the row.")  # fmt: skip
    elif not there:
        yield Issue(where, "no totals of acute and non-acute care", "a row for each above its reasons",
                    "The reasons are loaded; compare with the publisher's file.", Severity.WARNING)  # fmt: skip


def _england_parts(england: EnglandTable) -> Iterator[Issue]:
    for i, (setting, reason) in enumerate(england.keys):
        if reason != ALL:
            continue
        parts = [k for k, key in enumerate(england.keys) if key[0] == setting and key[1] != ALL]
        sums = _known(england.values[parts]).sum(axis=0)
        for j in range(len(england.words)) if parts else ():
            if _differ(england.values[i, j], sums[j]):
                yield england.sheet.issue(
                    int(england.rows[i]), int(england.columns[j]), found=_days(england.values[i, j]),
                    expected=f"{_days(sums[j])}, the sum of its reasons", action=_RECALCULATE,
                )  # fmt: skip


def england_sums(england: EnglandTable) -> dict[tuple[str, str], float]:
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


def _known(values: Floats) -> Floats:
    return np.where(np.isnan(values), 0.0, values)


def _unequal(sums: Floats, given: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(sums - given) > 0.5) | (np.isnan(given) & (sums > 0)))


def _differ(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) != math.isnan(other)
    return abs(one - other) > 0.5


def _severity(warning: bool) -> Severity:
    return Severity.WARNING if warning else Severity.ERROR


def _days(value: float) -> str:
    return "no figure" if np.isnan(value) else f"{value:,.0f}"


def _word(word: str) -> str:
    return "total" if word == ALL else word
