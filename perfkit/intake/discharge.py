"""Monthly workbooks of acute and community discharges (NHS England, since April 2022), to tidy `discharges`.

The statistics that came after delayed transfers of care; what they count differs, so they are a table of their own.
"""

from __future__ import annotations

import pandas as pd

from perfkit.intake import (
    discharge_checks,
    discharge_complete,
    discharge_counts,
    discharge_cover,
    discharge_figures,
    discharge_layout,
    discharge_webfile,
)
from perfkit.intake.discharge_counts import Counts
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading, hidden
from perfkit.model.errors import InputError, Issue, Severity, Where

_COVERS = ("cover sheet", "contents", "cover", "notes", "title sheet", "content", "information")


def recognises(workbook: Workbook) -> bool:
    """Say whether a workbook is a monthly release of acute or community discharges.

    >>> recognises(Workbook("x.xlsx", (Sheet("x.xlsx", "Sheet1", [["Name", "Age"]]),)))
    False
    """
    if discharge_webfile.recognises(workbook):
        return True
    return discharge_cover.collection(workbook) is not None and any(
        discharge_layout.stands(sheet) or discharge_layout.is_series(sheet) for sheet in workbook.sheets
    )


def read(workbook: Workbook) -> Reading:
    """Read a workbook, or a list of the same figures; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    if series := [sheet for sheet in workbook.sheets if _is_long_series(sheet)]:
        return Reading({}, (*issues, *map(_series, series)))
    if discharge_webfile.recognises(workbook):
        month = discharge_webfile.month(workbook, issues)
        tables = discharge_webfile.read(workbook, issues)
        issues += [issue for table in tables for issue in discharge_checks.check(table)]
    else:
        month, tables = _tables(workbook, issues)
        issues += discharge_checks.alike(tables)
    if not tables:
        issues.append(Issue(Where(workbook.file), "no table whose headings are known", "the tables of one month",
                            "Nothing was read; compare the workbook with those of other months."))  # fmt: skip
    drafts = {}
    if month is not None and not any(issue.stops for issue in issues):
        collection = discharge_cover.collection(workbook) or discharge_cover.named(workbook)
        issues += [issue for table in tables for issue in discharge_checks.within(table, month)]
        issues += discharge_complete.check(tables, month, collection)
        if not any(issue.stops for issue in issues):
            try:
                status = discharge_cover.status(workbook)
                drafts = {"discharges": discharge_counts.draft(tables, month, collection=collection, status=status)}
            except InputError as error:
                issues += error.issues[:50]
    return Reading(drafts, tuple(sorted(dict.fromkeys(issues))))


def _tables(workbook: Workbook, issues: list[Issue]) -> tuple[pd.Period | None, list[Counts]]:
    """Read a workbook of a table a sheet."""
    sheets = [sheet for sheet in workbook.sheets if words(sheet.name) not in _COVERS]
    near = discharge_cover.near(workbook)
    layouts = [discharge_layout.find(sheet, near) for sheet in sheets]
    month = discharge_cover.month(workbook, [table for table in layouts if table is not None], issues)
    tables: list[Counts] = []
    for sheet, table in zip(sheets, layouts, strict=True):
        found = discharge_figures.missing(sheet, issues) if table is None else discharge_figures.read(table, issues)
        if found is None:
            issues.append(_unread(sheet))
        else:
            tables.append(found)
            issues += (*discharge_checks.national(found), *discharge_checks.check(found)) if table else ()
    return month, discharge_checks.once(tables)


def _is_long_series(sheet: Sheet) -> bool:
    return discharge_layout.is_series(sheet) and discharge_figures.missing(sheet, []) is None


def _series(sheet: Sheet) -> Issue:
    return Issue(Where(sheet.file, sheet.name), "a series of days or weeks down its rows",
                 "the tables of one month", "It was not read; load the workbook of each month instead.")  # fmt: skip


def _unread(sheet: Sheet) -> Issue:
    return Issue(Where(sheet.file, sheet.name), "a sheet without a row for England under known headings",
                 "a table of discharges", "It was not read; compare it with the tables of other months.",
                 Severity.WARNING)  # fmt: skip
