"""Monthly workbooks of acute and community discharges (NHS England, since April 2022), to tidy `discharges`.

The statistics that came after delayed transfers of care; what they count differs, so they are a table of their own.
"""

from __future__ import annotations

from perfkit.intake import (
    discharge_checks,
    discharge_complete,
    discharge_counts,
    discharge_cover,
    discharge_figures,
    discharge_layout,
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
    return discharge_cover.collection(workbook) is not None and any(map(discharge_layout.stands, workbook.sheets))


def read(workbook: Workbook) -> Reading:
    """Read a workbook; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    sheets = [sheet for sheet in workbook.sheets if words(sheet.name) not in _COVERS]
    near = discharge_cover.near(workbook)
    layouts = [discharge_layout.find(sheet, near) for sheet in sheets]
    collection = discharge_cover.collection(workbook) or "acute"
    month = discharge_cover.month(workbook, [table for table in layouts if table is not None], issues)
    tables: list[Counts] = []
    for sheet, table in zip(sheets, layouts, strict=True):
        found = discharge_figures.missing(sheet, issues) if table is None else discharge_figures.read(table, issues)
        if found is None:
            issues.append(_unread(sheet))
        else:
            tables.append(found)
            issues += discharge_checks.check(found) if table else ()
    tables = discharge_checks.once(tables)
    issues += discharge_checks.alike(tables)
    drafts = {}
    if month is not None and not any(issue.stops for issue in issues):
        issues += [issue for table in tables for issue in discharge_checks.within(table, month)]
        issues += discharge_complete.check(tables, month, collection)
        if tables and not any(issue.stops for issue in issues):
            try:
                status = discharge_cover.status(workbook)
                drafts = {"discharges": discharge_counts.draft(tables, month, collection=collection, status=status)}
            except InputError as error:
                issues += error.issues[:50]
    return Reading(drafts, tuple(sorted(dict.fromkeys(issues))))


def _unread(sheet: Sheet) -> Issue:
    return Issue(Where(sheet.file, sheet.name), "a sheet without a row for England under known headings",
                 "a table of discharges", "It was not read; compare it with the tables of other months.",
                 Severity.WARNING)  # fmt: skip
