"""The papers: finance, risks, mapping, golden thread, actions, savings, commitments, annual measures, timetable.

A workbook may hold one of these sheets or several; each is known by its headings, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from perfkit.intake import council_file, layout_reader, papers_checks, papers_totals, reading
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.headings import words
from perfkit.intake.layout_reader import Filled
from perfkit.intake.reading import Reading
from perfkit.model import schemas
from perfkit.model.errors import Issue
from perfkit.model.layouts import Heading, Layout
from perfkit.model.paper_layouts import LAYOUTS

_UNIT = re.compile(r"£| in ")


def recognises(workbook: Workbook) -> bool:
    """Say whether a sheet holds the headings of one of the papers, or bears its name and most of its headings."""
    return any(_layout(sheet) or _nearly(sheet) for sheet in workbook.sheets)


def read(workbook: Workbook, *, framework: Mapping[str, pd.DataFrame]) -> Reading:
    """Read every sheet that is one of the papers into its table, checked against the framework and one another.

    Without a framework, directorates, indicators and priorities are taken as they are written.
    """
    issues = reading.hidden(workbook)
    filled = []
    for sheet in workbook.sheets:
        layout = _layout(sheet)
        if layout is not None:
            filled.append(layout_reader.read(workbook, sheet, layout, issues))
        elif lacking := _nearly(sheet):
            issues += _without(sheet, *lacking)
    issues += council_file.in_titles(workbook, framework)
    papers_checks.check(filled, framework)
    papers_totals.check(filled)
    tables = _tables(filled)
    if any(issue.stops for issue in issues):
        tables = {name: [row for row in rows if _is_whole(name, row)] for name, rows in tables.items()}
    return reading.of(tables, issues)


def _tables(filled: list[Filled]) -> dict[str, reading.Rows]:
    names = dict.fromkeys(one.layout.table for one in filled)
    return {name: [row for one in filled if one.layout.table == name for row in one.rows] for name in names}


def _is_whole(table: str, row: Mapping[str, object]) -> bool:
    """Tell a row that holds all that its table needs; what another lacks has been told already."""
    return all(row.get(column.name) is not None for column in schemas.TABLES[table].columns if column.required)


def _layout(sheet: Sheet) -> Layout | None:
    """Choose the layout by whose headings a sheet is known; of several the one with most of them on it."""
    fits = [(layout, found) for layout in LAYOUTS.values() if (found := layout_reader.find(sheet, layout))]
    if not fits:
        return None
    named = [layout for layout, _ in fits if words(layout.sheet) == words(sheet.name)]
    return named[0] if named else max(fits, key=lambda fit: len(fit[1].columns))[0]


def _nearly(sheet: Sheet) -> tuple[Layout, int, list[Heading]] | None:
    """Tell of a sheet that bears a layout's name and half of the headings that it needs, but not all."""
    for layout in LAYOUTS.values():
        lacking = layout_reader.lacks(sheet, layout)
        if words(layout.sheet) == words(sheet.name) and lacking and 2 * len(lacking[1]) <= len(layout.needed):
            return layout, *lacking
    return None


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
