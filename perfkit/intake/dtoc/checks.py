"""What must hold in a workbook of delayed transfers before it is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from perfkit.intake.dtoc import people, sums
from perfkit.intake.dtoc.england import England
from perfkit.intake.dtoc.table import Ints, Table
from perfkit.model import periods
from perfkit.model.errors import Issue, Where
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
            expected=f"{sums.days(mine[ours[k]])}, as on sheet {first.sheet.name}", action=sums.RECALCULATE,
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
    """Tell of labels that differ; the national code, which is not loaded, is no more than a warning."""
    for label, what, mine, those in (
        ("code", "code", first.areas.codes, other.areas.codes),
        ("region", "region", first.areas.regions, other.areas.regions),
        ("ons", "ONS code", first.areas.ons, other.areas.ons),
    ):
        for k, i in both if mine and those else ():
            if mine[k].lower() != those[i].lower():
                yield other.sheet.issue(*other.label(i, label), found=f'{what} "{those[i]}" for {other.areas.names[i]}',
                                        expected=f'"{mine[k]}", as on sheet {first.sheet.name}',
                                        action=f"Correct the {what} or the name.",
                                        severity=sums.severity(label == "ons"))  # fmt: skip


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
