"""Monthly workbooks of acute and community discharges (NHS England, since April 2022), to tidy `discharges`.

The statistics that came after delayed transfers of care; what they count differs, so they are a table of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from perfkit.intake.discharge import alike, checks, complete, counts, cover, figures, layout, said, webfile
from perfkit.intake.discharge.counts import Counts
from perfkit.intake.discharge.layout import Table
from perfkit.intake.drafts import Draft
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading, hidden
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import InputError, Issue, Severity, Where

_COVERS = ("cover sheet", "contents", "cover", "notes", "title sheet", "content", "information")


def recognises(workbook: Workbook) -> bool:
    """Say whether a workbook is a monthly release of acute or community discharges.

    >>> recognises(Workbook("x.xlsx", (Sheet("x.xlsx", "Sheet1", [["Name", "Age"]]),)))
    False
    """
    if webfile.recognises(workbook) or cover.of_ready_dates(workbook):
        return True
    return cover.is_of_family(workbook) and any(
        layout.stands(sheet) or layout.is_series(sheet) for sheet in workbook.sheets
    )


def read(workbook: Workbook) -> Reading:
    """Read a workbook, or a list of the same figures; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    if refused := list(_refused(workbook)):
        return Reading({}, (*issues, *refused))
    month, tables = _listed(workbook, issues) if webfile.recognises(workbook) else _tables(workbook, issues)
    if not tables and not any(issue.stops for issue in issues):
        issues.append(Issue(Where(workbook.file), "no table whose headings are known", "the tables of one month",
                            "Nothing was read; compare the workbook with those of other months."))  # fmt: skip
    drafts: dict[str, Draft] = {}
    if month is not None and not any(issue.stops for issue in issues):
        collection = cover.collection(workbook, issues)
        issues += [issue for table in tables for issue in checks.within(table, month)]
        issues += complete.check(tables, month, collection)
        if not any(issue.stops for issue in issues):
            try:
                status = cover.status(workbook)
                drafts["discharges"] = counts.draft(tables, month, collection=collection, status=status)
            except InputError as error:
                issues += error.issues[:50]
    return Reading(drafts, tuple(sorted(dict.fromkeys(issues))))


def _refused(workbook: Workbook) -> Iterator[Issue]:
    """Tell of workbooks of the family that are not those of one month."""
    if cover.of_ready_dates(workbook):
        yield Issue(Where(workbook.file), "a workbook of the Discharge Ready Date (timeliness of acute hospital "
                    "discharges)", "the same month's CSV file, which says of each figure what it is",
                    "It was not read; load the CSV file, published beside it.")  # fmt: skip
    series = [sheet for sheet in workbook.sheets if layout.is_series(sheet) and figures.missing(sheet, []) is None]
    if series:
        others = f" (and on {', '.join(sheet.name for sheet in series[1:])})" if series[1:] else ""
        yield Issue(Where(workbook.file, series[0].name), f"a series of days or weeks down its rows{others}",
                    "the tables of one month",
                    "It was not read; load the workbook of each month instead.")  # fmt: skip


def _listed(workbook: Workbook, issues: list[Issue]) -> tuple[pd.Period | None, list[Counts]]:
    """Read a list of a figure a row."""
    month = webfile.month(workbook, issues)
    tables = webfile.read(workbook, month, issues) if month is not None else []
    issues += [issue for table in tables for issue in checks.check(table)]
    return month, tables


def _tables(workbook: Workbook, issues: list[Issue]) -> tuple[pd.Period | None, list[Counts]]:
    """Read a workbook of a table a sheet."""
    sheets = [sheet for sheet in workbook.sheets if words(sheet.name) not in _COVERS]
    near = cover.near(workbook)
    layouts = [layout.find(sheet, near) for sheet in sheets]
    month = cover.month(workbook, [table for table in layouts if table is not None], issues)
    tables: list[Counts] = []
    for sheet, table in zip(sheets, layouts, strict=True):
        found = figures.missing(sheet, issues, near) if table is None else figures.read(table, issues)
        if found is None:
            issues += [_unread(sheet, table)] if table is not None or _holds_figures(sheet) else []
        else:
            tables.append(found)
            issues += cover.other_month(table, month) if table and month is not None else ()
            issues += (*checks.national(found), *checks.check(found)) if table else ()
    tables = counts.once(tables)
    issues += alike.check(tables)
    return month, tables


def _holds_figures(sheet: Sheet) -> bool:
    """Tell a table from notes, such as those on the quality of the data: by a number, or by rows of several cells."""
    some = ([value for value in row if value not in (None, "")] for row in sheet.rows)
    return any(len(row) > 2 or any(isinstance(value, int | float) for value in row) for row in some)


def _unread(sheet: Sheet, table: Table | None) -> Issue:
    found, where = "a sheet without a row for England under known headings", Where(sheet.file, sheet.name)
    if table is not None and said.is_made(table.title):
        return Issue(where, f'the table "{table.title[:80]}"', said.ALONE, f"It was not read; {said.NEVER}",
                     Severity.WARNING)  # fmt: skip
    if table is not None and table.title:
        found = f'the table "{table.title[:80]}" under no known headings'
    return Issue(where, found, "a table of discharges", "It was not read; compare it with the tables of other months.",
                 Severity.WARNING)  # fmt: skip
