"""What should be in a month's workbook of discharges and is not: days, weeks, counts, pathways, what the sum lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from perfkit.intake.discharge.counts import COUNTS, Counts, Kind
from perfkit.intake.discharge.days import of_month
from perfkit.intake.discharge.known import lacking
from perfkit.intake.discharge.measures import pathway
from perfkit.intake.discharge.rows import Organisation
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_READ = "The rest was read; compare with the publisher's file."
_STAYS = {"acute": ("7 days or more", "14 days or more", "21 days or more"),
          "community": ("14 days or more", "21 days or more")}  # fmt: skip
"""The lengths of stay for which additional days are counted."""
_TABLES = {"organisations_without_data": "organisations without data", "not_meeting_criteria": "the days of the month",
           "additional_bed_days": "additional bed days", "discharged_to": "discharge destinations",
           "delayed_by_reason": "reasons why patients stayed"}  # fmt: skip
_WEEKS = 4
"""The weeks that a month has at least."""
_PATHWAYS = {"0", "1", "2", "3"}
_LONGEST_STEP = 10
"""Days from one week's start to the next in June 2022, when the collection changed its weeks; seven otherwise."""


def check(tables: Sequence[Counts], month: pd.Period, collection: str) -> Iterator[Issue]:
    """Warn of days of the month, weeks, counts, pathways, reasons and whole tables that are not there."""
    yield from _every_day(tables, month)
    for table in tables:
        yield from _like_other_times(table)
        yield from _every_week(table, month)
        yield from _every_count(table, collection)
        yield from _every_breakdown(table)
    yield from _every_table(tables)
    yield from _destinations(tables)


def _warn(table: Counts, found: str, expected: str) -> Issue:
    return Issue(Where(table.sheet.file, table.sheet.name), found, expected, _READ, Severity.WARNING)


def _every_day(tables: Sequence[Counts], month: pd.Period) -> Iterator[Issue]:
    """Hold the days of the same organisations, which may go on over two sheets, against the days of the month."""
    given: dict[tuple[bool, tuple[Organisation, ...]], tuple[Counts, set[dt.date]]] = {}
    for table in tables:
        days = {kind.day for kind in table.kinds if kind.day is not None and not kind.weekly}
        rows = any(kind.measure == "organisations_without_data" for kind in table.kinds)
        if days:
            given.setdefault((rows, table.organisations), (table, set()))[1].update(days)
    for (rows, _), (table, days) in given.items():
        for day in (day for day in of_month(month) if day not in days):
            yield _warn(table, f"no {'row' if rows else 'column'} for {_day(day)}", "every day of the month")


def _like_other_times(table: Counts) -> Iterator[Issue]:
    """Tell of a day or week that lacks a count which the others of the sheet have."""
    times: dict[dt.date, list[int]] = {}
    for j, kind in enumerate(table.kinds):
        if kind.day is not None and (kind.weekly or kind.measure in COUNTS):
            times.setdefault(kind.day, []).append(j)
    had = {day: {_count(table.kinds[j]) for j in columns} for day, columns in times.items()}
    if len(set(map(frozenset, had.values()))) < 2:
        return
    usual = {count for count in set().union(*had.values()) if 2 * sum(count in own for own in had.values()) > len(had)}
    for day, own in had.items():
        for measure, breakdown in sorted(usual - own):
            what = measure.replace("_", " ") + ("" if breakdown == "all" else f" ({breakdown})")
            weekly = table.kinds[times[day][0]].weekly
            yield Issue(table.where(0, times[day][0]),
                        f"no count of {what} for {'the week of ' if weekly else ''}{_day(day)}",
                        f"the same counts every {'week' if weekly else 'day'}", _READ, Severity.WARNING)  # fmt: skip


def _count(kind: Kind) -> tuple[str, str]:
    return kind.measure, kind.breakdown


def _every_week(table: Counts, month: pd.Period) -> Iterator[Issue]:
    """Hold the weeks against the month: those from a Monday count to the month that has most of their days."""
    weeks = sorted({kind.day for kind in table.kinds if kind.weekly and kind.day is not None})
    if not weeks:
        return
    if all(week.weekday() == 0 for week in weeks):
        wanted = [day - dt.timedelta(days=3) for day in of_month(month) if day.weekday() == 3]
        gaps = [week for week in wanted if week not in weeks]
    else:
        gaps = [a + dt.timedelta(days=7) for a, b in pairwise(weeks)
                if (b - a).days > _LONGEST_STEP]  # fmt: skip
    if not gaps and len(weeks) < _WEEKS:
        yield _warn(table, f"columns for {len(weeks)} weeks", f"every week of {periods.label(month)}, four or five")
    for week in gaps:
        yield _warn(table, f"no column for the week of {_day(week)}", f"every week of {periods.label(month)}")


def _every_count(table: Counts, collection: str) -> Iterator[Issue]:
    """Tell of a count that a table of its kind has always had, and of a pathway without any destination."""
    measures = {kind.measure for kind in table.kinds}
    if measures & set(COUNTS):
        for measure in (measure for measure in COUNTS if measure not in measures):
            yield _warn(table, f"no column of {measure.replace('_', ' ')}", "the three counts of each day")
    if "additional_bed_days" in measures:
        stays = {kind.breakdown for kind in table.kinds}
        for stay in (stay for stay in _STAYS.get(collection, ()) if stay not in stays):
            yield _warn(table, f"no column for a length of stay of {stay}", "additional days by length of stay")
    if "discharged_to" in measures:
        found = {pathway(kind.breakdown) for kind in table.kinds if kind.measure == "discharged_to"} - {None}
        for number in sorted(_PATHWAYS - found if found else ()):
            yield _warn(table, f"no destination of pathway {number}", "destinations of pathways 0 to 3")


def _every_breakdown(table: Counts) -> Iterator[Issue]:
    """Tell of a destination or reason that a table of its wording has always had."""
    for measure, what in (("discharged_to", "destination"), ("delayed_by_reason", "reason")):
        own = [kind.breakdown for kind in table.kinds if kind.measure == measure]
        for name in lacking(measure, own) if own else ():
            yield _warn(table, f'no {what} "{name}"', "the columns of other months")


def _every_table(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a table that every month since 2022 has had."""
    measures = {kind.measure for table in tables for kind in table.kinds}
    one_list = len({table.sheet.name for table in tables}) == 1
    for measure, what in _TABLES.items():
        if one_list and measure == "organisations_without_data":
            continue
        if tables and not any(own == measure or own.startswith(f"{measure}_") for own in measures):
            yield Issue(Where(tables[0].sheet.file), f"no table of {what}", "one, as in other months", _READ,
                        Severity.WARNING)  # fmt: skip


def _destinations(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Hold England's discharges by destination against its discharges by day: the same patients, in every month since
    April 2022. A column that is missing from either breaks the sum."""
    daily, by_place = _england(tables, "discharged", by_day=True), _england(tables, "discharged_to", by_day=False)
    if daily is None or by_place is None:
        return
    (_, days), (table, places) = daily, by_place
    if abs(days - places) > 0.5:
        yield _warn(table, f"{places:,.0f} patients of England in all destinations",
                    f"{days:,.0f}, those discharged on the days of the month")  # fmt: skip


def _england(tables: Sequence[Counts], measure: str, *, by_day: bool) -> tuple[Counts, float] | None:
    """Add up a count of England over the sheets that have it; None where there is no figure."""
    columns = [(table, j) for table in tables if table.england is not None for j, kind in enumerate(table.kinds)
               if kind.measure == measure and (kind.day or not by_day)]  # fmt: skip
    whole = [(table, j) for table, j in columns if table.kinds[j].breakdown == "all"] or columns
    values = [table.values[table.england, j] for table, j in whole]
    return None if np.isnan(values).all() else (whole[0][0], float(np.nansum(values)))


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
