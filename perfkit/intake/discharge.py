"""Monthly workbooks of acute and community discharges (NHS England, since April 2022), to tidy `discharges`.

The statistics that came after delayed transfers of care; what they count differs, so they are a table of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter

import numpy as np
import pandas as pd

from perfkit.intake import discharge_checks, discharge_counts, discharge_layout, recipe_values
from perfkit.intake.discharge_counts import Counts, Kind
from perfkit.intake.discharge_layout import Column, Organisation, Table, date_of
from perfkit.intake.dtoc_checks import month_in
from perfkit.intake.grid import Sheet, Value, Workbook
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading, hidden
from perfkit.model import periods
from perfkit.model.errors import InputError, Issue, ParseError, Severity, Where

NOT_AVAILABLE, SUPPRESSED = "not available", "suppressed"
NO_AVERAGE = "#div/0!"
"""What the publisher's average of no snapshots at all comes to; any other formula error is an issue."""
_TITLES = (
    (re.compile(r"criteria to reside and number|were / were not discharged|not discharged$"), "", "patients"),
    (re.compile(r"additional (bed )?days"), "additional_bed_days", "bed days"),
    (re.compile(r"discharge destination|pathway"), "discharged_to", "patients"),
    (re.compile(r"snapshot average|reasons? why"), "delayed_by_reason", "people a day"),
)
"""What a table measures, by its title; "" where each column says it."""
_COUNTS = (
    (re.compile(r"number of patients remaining in hospital.*"), "remaining"),
    (re.compile(r"number of patients who (do )?no(t| longer) meet.* criteria to reside"), "not_meeting_criteria"),
    (re.compile(r"number of patients discharged(?P<when>.*)"), "discharged"),
)
_STAY = re.compile(r"length of stay of (?P<days>\d+) days|(?P<plus>\d+)\+ days")
_SEEN = 60
"""Organisations whose cells are looked at to see whether a column holds figures."""
_MISSING = re.compile(r"missing organisations.*")


def recognises(workbook: Workbook) -> bool:
    """Say whether a workbook is a monthly release of acute or community discharges.

    >>> recognises(Workbook("x.xlsx", (Sheet("x.xlsx", "Sheet1", [["Name", "Age"]]),)))
    False
    """
    return _collection(workbook) is not None and any(discharge_layout.find(sheet) for sheet in workbook.sheets)


def _collection(workbook: Workbook) -> str | None:
    top = " ".join(
        v for s in workbook.sheets[:3] for row in s.rows[:12] for v in row[:12] if isinstance(v, str)
    ).lower()
    if "discharge situation" not in top and "criteria to reside" not in top:
        return None
    title = next((sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "title")), top)
    return "community" if "community discharge" in title else "acute"


def _labels(workbook: Workbook, label: str) -> Iterator[tuple[Sheet, int, int]]:
    for sheet in workbook.sheets[:3]:
        for r, row in enumerate(sheet.rows[:15]):
            for c, value in enumerate(row[:4]):
                if isinstance(value, str) and words(value) == label:
                    yield sheet, r, c


def read(workbook: Workbook) -> Reading:
    """Read a workbook; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    month = _month(workbook, issues)
    tables: list[Counts] = []
    for sheet in workbook.sheets:
        if words(sheet.name) in ("cover sheet", "contents", "cover", "notes"):
            continue
        table = discharge_layout.find(sheet)
        found = _missing(sheet, issues) if table is None else _figures(table, issues)
        if found is None:
            issues.append(_unread(sheet))
        else:
            tables.append(found)
            issues += discharge_checks.check(found) if table else ()
    issues += discharge_checks.alike(tables)
    if month is not None and not any(issue.stops for issue in issues):
        issues += [issue for table in tables for issue in discharge_checks.within(table, month)]
        issues += [issue for table in tables for issue in discharge_checks.every_day(table, month)]
        return _reading(workbook, tables, month, issues)
    return Reading({}, tuple(sorted(dict.fromkeys(issues))))


def _reading(workbook: Workbook, found: Sequence[Counts], month: pd.Period, issues: list[Issue]) -> Reading:
    tables = {}
    if found and not any(issue.stops for issue in issues):
        collection = _collection(workbook) or "acute"
        try:
            frame = discharge_counts.frame(found, month, collection=collection, status=_status(workbook))
            tables = {"discharges": frame}
        except InputError as error:
            issues += error.issues[:50]
    return Reading(tables, tuple(sorted(dict.fromkeys(issues))))


def _unread(sheet: Sheet) -> Issue:
    return Issue(Where(sheet.file, sheet.name), "a sheet without a row for England under known headings",
                 "a table of discharges", "It was not read; compare it with the tables of other months.",
                 Severity.WARNING)  # fmt: skip


def _month(workbook: Workbook, issues: list[Issue]) -> pd.Period | None:
    place = next(_labels(workbook, "period"), None)
    if place is None:
        return _month_of_days(workbook, issues)
    sheet, row, column = place
    value = sheet.at(row, column + 1)
    try:
        month = pd.Period(value, "M") if isinstance(value, dt.date) else periods.parse(str(value), expect="month")
    except ParseError:
        issues.append(sheet.issue(row, column + 1, found=f'"{sheet.text(row, column + 1)}"',
                                  expected="a month such as April 2022", action="Correct the period."))  # fmt: skip
        return None
    named = month_in(workbook.file)
    if named is not None and named != month:
        issues.append(sheet.issue(row, column + 1, found=f'"{periods.label(month)}"',
                                  expected=f"{periods.label(named)}, as the file's name says",
                                  action="Rename the file, or fetch the right month."))  # fmt: skip
    return month


def _month_of_days(workbook: Workbook, issues: list[Issue]) -> pd.Period | None:
    """Take the month from the days over the tables, where the cover sheet is missing (as in October 2024)."""
    tables = [table for sheet in workbook.sheets if (table := discharge_layout.find(sheet)) is not None]
    days = [column.day for table in tables for column in table.columns if column.day and not column.weekly]
    months = {pd.Period(day, "M") for day in days}
    where, found = Where(workbook.file), 'no "Period:" on its first sheets'
    named = month_in(workbook.file)
    if len(months) == 1 and named in (None, *months):
        month = months.pop()
        issues.append(Issue(where, found, "the month it is for",
                            f"The days over its tables are those of {periods.label(month)}, which it was taken for.",
                            Severity.WARNING))  # fmt: skip
        return month
    issues.append(Issue(where, found, "the month it is for", "Restore the cover sheet."))
    return None


def _status(workbook: Workbook) -> str:
    texts = [sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "status")]
    if any("provisional" in text for text in texts):
        return "provisional"
    return "revised" if any("revised" in text for text in texts) else "final"


def _figures(table: Table, issues: list[Issue]) -> Counts | None:
    """Read every figure of a table, or None where its title says nothing known."""
    kind = next(((m, unit) for form, m, unit in _TITLES if form.search(table.title.lower())), None)
    told = [(column, said) for column in table.columns if kind and (said := _said(column, *kind)) is not None]
    if not told or not table.organisations:
        return None
    sheet, rows, places = table.sheet, [org.row for org in table.organisations], [column.place for column, _ in told]
    cells = list(chain.from_iterable(map(_cells_at(places, sheet), (sheet.rows[row] for row in rows))))
    figures = recipe_values.read(cells, meanings={"-": NOT_AVAILABLE, NO_AVERAGE: NOT_AVAILABLE})
    for i, problem in figures.problems[:50]:
        issues.append(problem.at(sheet, rows[i // len(told)], places[i % len(told)]))
    kinds = [Kind(column.day, column.weekly, *said) for column, said in told]
    grid = np.array(rows)[:, None], np.array(places)[None, :]
    issues += _unread_columns(table, [column for column, _ in told])
    return _withheld(discharge_counts.counts(sheet, table.organisations, kinds, figures, grid))


def _cells_at(places: Sequence[int], sheet: Sheet) -> Callable[[Sequence[Value]], Iterable[Value]]:
    if all(len(row) > max(places) for row in sheet.rows) and len(places) > 1:
        return itemgetter(*places)
    return lambda row: [row[place] if place < len(row) else None for place in places]


def _unread_columns(table: Table, told: Sequence[Column]) -> Iterator[Issue]:
    """Tell of columns whose headings say nothing known, though figures stand in them."""
    known = {column.place for column in told}
    for column in table.columns:
        figures = (table.sheet.at(org.row, column.place) for org in table.organisations[:_SEEN])
        if column.place not in known and any(isinstance(value, int | float) for value in figures):
            row = table.organisations[0].row
            yield table.sheet.issue(
                row, column.place, found=f'figures under the heading "{column.heading}"',
                expected="a count that perfkit knows", severity=Severity.WARNING,
                action="They were not read; the publisher may have added or renamed a column.",
            )  # fmt: skip


def _said(column: Column, measure: str, unit: str) -> tuple[str, str, str, str] | None:
    """Say what a column gives: measure, breakdown, its title and unit; None where it gives nothing known."""
    heading = words(column.heading)
    if measure == "":
        for form, name in _COUNTS:
            if match := form.fullmatch(heading):
                when = (match.groupdict().get("when") or "").strip()
                return name, when or "all", when or "all", unit
        return None
    if measure == "additional_bed_days":
        stay = re.search(r"(\d+)\+ days", column.heading)
        return (measure, f"{stay[1]} days or more", column.heading, unit) if stay else None
    return measure, heading, column.heading, unit


def _withheld(table: Counts) -> Counts:
    """Say what a dash means: nothing was sent, or, beside other figures in a table of the month, it is withheld."""
    dash = np.array([marker == "-" for marker, _ in table.signs])[table.sign]
    monthly = np.array([kind.day is None for kind in table.kinds])
    small = np.array([org.kind in ("board", "trust") for org in table.organisations])
    gave = ~np.isnan(table.values).all(axis=1)
    withheld = dash & monthly[None, :] & (small & gave)[:, None]
    if not withheld.any():
        return table
    sign = np.where(withheld, len(table.signs), table.sign)
    return replace(table, sign=sign, signs=(*table.signs, ("-", SUPPRESSED)))


def _missing(sheet: Sheet, issues: list[Issue]) -> Counts | None:
    """Read the table of organisations that sent nothing, by day."""
    for r, row in enumerate(sheet.rows[: discharge_layout.DEPTH]):
        texts = {c: words(v) for c, v in enumerate(row[:8]) if isinstance(v, str)}
        dates = [c for c, text in texts.items() if text == "date"]
        figures = [c for c, text in texts.items() if _MISSING.fullmatch(text)]
        if dates and figures:
            return _days(sheet, r, (dates[0], figures[0]), issues)
    return None


def _days(sheet: Sheet, heading: int, columns: tuple[int, int], issues: list[Issue]) -> Counts:
    dates, figures = columns
    rows = [r for r in range(heading + 1, len(sheet.rows)) if isinstance(sheet.at(r, dates), dt.date)]
    cells = [sheet.at(r, figures) for r in rows]
    meanings = {"-": NOT_AVAILABLE, **{text.lower(): NOT_AVAILABLE for text in _said_instead(cells)}}
    values = recipe_values.read(cells, meanings=meanings)
    issues += [problem.at(sheet, rows[i], figures) for i, problem in values.problems]
    days = [sheet.at(r, dates) for r in rows]
    title = sheet.text(heading, figures)
    kinds = [Kind(date_of(day), False, "organisations_without_data", "all", title, "organisations")
             for day in days if isinstance(day, dt.date)]  # fmt: skip
    england = Organisation(heading, "country", "England", "England", None)
    return discharge_counts.counts(sheet, [england], kinds, values, (np.array(rows)[None, :], figures))


def _said_instead(cells: Sequence[object]) -> Iterator[str]:
    """Walk the texts that say that nothing was sent that day."""
    tidy = (" ".join(value.split()) for value in cells if isinstance(value, str))
    yield from (text for text in tidy if text.lower().startswith("no data"))
