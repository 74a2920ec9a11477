"""The papers: finance, risks, mapping, golden thread, actions, savings, commitments, annual measures, timetable.

A workbook may hold one of these sheets or several; each is known by its headings, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from perfkit.intake import council_file, reading, unread
from perfkit.intake.headings import words
from perfkit.intake.layouts import reader
from perfkit.intake.layouts import text as layout_text
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.papers import checks, grid, kinds, totals
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import schemas
from perfkit.model.errors import Issue
from perfkit.model.layouts import Heading, Layout

_UNIT = re.compile(r"£| in ")


def recognises(workbook: Workbook) -> bool:
    """Say whether a sheet holds the headings of one of the papers, or bears its name and most of its headings."""
    return any(kinds.paper(sheet) or kinds.nearly(sheet) for sheet in workbook.sheets)


def read(workbook: Workbook, *, framework: Mapping[str, pd.DataFrame]) -> Reading:
    """Read every sheet that is one of the papers into its table, checked against the framework and one another.

    Without a framework, directorates, indicators and priorities are taken as they are written. A sheet that is none
    of them, and no notes, is named in a warning.
    """
    workbook = layout_text.plain_all(workbook)
    return _read(workbook, workbook.sheets, (), framework)


def beside(workbook: Workbook, own: Reading, *, taken: Collection[str]) -> Reading:
    """Add to what a framework's reader read what is surely a paper among the sheets that it has not ``taken``."""
    workbook = layout_text.plain_all(workbook, besides=taken)
    sheets = [sheet for sheet in unread.left(workbook, taken) if kinds.paper(sheet)]
    more = _read(workbook, sheets, taken, own.tables if sheets else {})
    issues = tuple(sorted({*own.issues, *more.issues}))
    return Reading({} if own.stops or more.stops else {**own.drafts, **more.drafts}, issues)


def _read(
    workbook: Workbook, sheets: Iterable[Sheet], taken: Collection[str], framework: Mapping[str, pd.DataFrame]
) -> Reading:
    issues = reading.hidden(workbook)
    filled, names = _filled(workbook, sheets, issues)
    issues += unread.tell(workbook, [*names, *taken])
    issues += council_file.in_titles(workbook, framework)
    checks.check(filled, framework)
    totals.check(filled)
    tables = _tables(filled)
    if any(issue.stops for issue in issues):
        tables = {name: [row for row in rows if _is_whole(name, row)] for name, rows in tables.items()}
    return reading.of(tables, issues)


def _filled(workbook: Workbook, sheets: Iterable[Sheet], issues: list[Issue]) -> tuple[list[Filled], list[str]]:
    """Read each sheet by its layout, grids of savings last; give what they hold and the names of those taken."""
    filled, taken, grids = [], [], []
    for sheet in sheets:
        layout = kinds.of(sheet)
        if layout is not None:
            filled.append(reader.read(workbook, sheet, layout, issues))
        elif grid.find(sheet) is not None:
            grids.append(sheet)
        elif lacking := kinds.nearly(sheet):
            issues += _without(sheet, *lacking)
        else:
            continue
        taken.append(sheet.name)
    for sheet in grids:
        filled += grid.read(workbook, sheet, filled, issues)
    return filled, taken


def _tables(filled: list[Filled]) -> dict[str, reading.Rows]:
    names = dict.fromkeys(one.layout.table for one in filled)
    return {name: [row for one in filled if one.layout.table == name for row in one.rows] for name in names}


def _is_whole(table: str, row: Mapping[str, object]) -> bool:
    """Tell a row that holds all that its table needs; what another lacks has been told already."""
    return all(row.get(column.name) is not None for column in schemas.TABLES[table].columns if column.required)


def _without(sheet: Sheet, layout: Layout, row: int, lacking: list[Heading]) -> list[Issue]:
    odd = {heading.field: _other_unit(sheet, row, heading) for heading in lacking if heading.kind == "money"}
    issues = [
        sheet.issue(row, column, found=f'the heading "{sheet.text(row, column)}"', expected="a unit of £, £000 or £m",
                    action="Give the amounts in one of these units and tell it in the heading.")
        for column in odd.values() if column is not None
    ]  # fmt: skip
    missing = [heading.title for heading in lacking if odd.get(heading.field) is None]
    if missing:
        first = next(c for c, value in enumerate(sheet.rows[row]) if value not in (None, ""))
        found = f"no heading {' or '.join(missing)} in this row"
        needed = ", ".join(heading.title for heading in layout.headings if heading.required)
        issues.append(sheet.issue(row, first, found=found, expected=needed,
                                  action="Put the heading back over its column."))  # fmt: skip
    return issues


def _other_unit(sheet: Sheet, row: int, heading: Heading) -> int | None:
    """Give the column whose heading begins as this one does, and goes on with a unit that is not known."""
    names = tuple(f"{name} " for name in (words(heading.title), *heading.aliases))
    texts = enumerate(words(sheet.text(row, column)) for column in range(len(sheet.rows[row])))
    return next((column for column, text in texts if text.startswith(names) and _UNIT.search(text)), None)
