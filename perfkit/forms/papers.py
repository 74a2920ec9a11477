"""The workbooks of the papers, ready to be filled in: finance, risks, actions, savings, commitments, measures, ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfkit.forms import book, notes
from perfkit.model import template_notes, workbook_bytes
from perfkit.model.layouts import TITLES, Heading, Layout
from perfkit.model.paper_layouts import LAYOUTS

KINDS = {
    "finance": ("finance",),
    "risks": ("risks",),
    "actions": ("recommendations", "actions"),
    "savings": ("streams", "savings", "programmes"),
    "commitments": ("commitments",),
    "measures": ("measures",),
    "mapping": ("mapping", "thread"),
    "timetable": ("timetable",),
}
"""The workbooks, and the tables whose sheets each holds."""
SPARE_ROWS = 20
"""Rows to fill in below those that are carried over."""
_FORMATS = {"money": "#,##0", "whole": "0", "day": "d mmmm yyyy", "number": "General", "flag": "@", "code": "@",
            "list": "@", "month": "@", "period": "@", "year": "@"}  # fmt: skip
_NARROW = 20
"""Columns of text up to this width hold numbers and ids, which Excel must not take for figures."""
_TO_TYPE = {
    "money": "An amount, such as 1200000.",
    "whole": "A whole number.",
    "day": "A day, such as 21 July 2017.",
    "month": "A month, such as December 2024.",
    "period": "A quarter, such as 2017-18 Q1.",
    "year": "A financial year, such as 2017-18.",
    "list": "Numbers or ids, such as 7, 10.",
    "flag": "x for yes; empty for no.",
}

Row = Mapping[str, Any]


def write(
    kind: str,
    *,
    council: str,
    told: Mapping[str, str],
    rows: Mapping[str, Sequence[Row]] | None = None,
    ask: str = "",
) -> bytes:
    """Write one of the workbooks `KINDS`: a sheet for each of its tables, and the notes.

    ``told`` gives the title lines that stand for every row, by field (period, financial_year, programme, as_at); one
    that is missing is left to be typed. ``rows`` are carried over, by table and field, and may be changed.
    """
    layouts = [LAYOUTS[table] for table in KINDS[kind]]
    workbook, first = book.new(layouts[0].sheet, council=council)
    sheets = [first, *(workbook.create_sheet(layout.sheet) for layout in layouts[1:])]
    for sheet, layout in zip(sheets, layouts, strict=True):
        _sheet(sheet, layout, _titles(layout, council, told), (rows or {}).get(layout.table, ()))
    sections = _notes(layouts, ask)
    notes.write(workbook.create_sheet("Notes"), top=("Notes: how to fill in this workbook",), sections=sections)
    return workbook_bytes.of(workbook)


def _titles(layout: Layout, council: str, told: Mapping[str, str]) -> list[str]:
    columns = {heading.field for heading in layout.headings}
    lines = [f"{TITLES[field]}: {told.get(field, '')}".rstrip() for field in layout.told if field not in columns]
    money = any(heading.kind == "money" for heading in layout.headings)
    return [f"{council}: {layout.sheet.lower()}", layout.meaning, *lines, *(["Figures in: pounds"] if money else [])]


def _sheet(sheet: Any, layout: Layout, top: Sequence[str], rows: Sequence[Row]) -> None:
    book.widths(sheet, [max(heading.width, len(heading.title) * 0.75 + 3) for heading in layout.headings])
    book.titles(sheet, top)
    for row in range(3, len(top) + 1):
        book.open_line(sheet, row, columns=3)
        book.prompt(sheet, f"A{row}", "Type what is asked for after the colon; leave the words before it.", title="All")
    line = len(top) + 2
    book.headings(sheet, line, [_marked(heading) for heading in layout.headings])
    last = line + len(rows) + SPARE_ROWS
    for column, heading in enumerate(layout.headings, 1):
        book.note(sheet.cell(line, column), template_notes.of_heading(heading))
        _column(sheet, heading, column, range(line + 1, last + 1), rows)
    book.heights(sheet, line + 1, last, least=20.0)
    book.finish(sheet, heading_row=line, columns=len(layout.headings), freeze=_frozen(layout))


def _marked(heading: Heading) -> str:
    return f"{heading.title} *" if heading.required else heading.title


def _frozen(layout: Layout) -> int:
    """Keep the key in sight, unless it is the first wide column of text."""
    fields = [heading.field for heading in layout.headings]
    place = fields.index(layout.key) + 1
    return place if sum(heading.width for heading in layout.headings[:place]) <= 50 else 0


def _column(sheet: Any, heading: Heading, column: int, places: range, rows: Sequence[Row]) -> None:
    for number, row in enumerate(places):
        value = rows[number].get(heading.field) if number < len(rows) else None
        cell = book.put(sheet, row, column, value)
        cell.number_format = _format(heading)
        book.unlock(cell)
    letter = sheet.cell(places[0], column).column_letter
    words = ("x",) if heading.kind == "flag" else heading.words
    cells = f"{letter}{places[0]}:{letter}{places[-1]}"
    book.drop_down(sheet, cells, words, prompt=template_notes.of_heading(heading), title=heading.title)


def _format(heading: Heading) -> str:
    if heading.kind == "text":
        return "@" if heading.width <= _NARROW else "General"
    return _FORMATS[heading.kind]


def _notes(layouts: Sequence[Layout], ask: str) -> tuple[notes.Section, ...]:
    how = (
        "Fill in the pale yellow cells. Headings are locked, without a password, so that they stay where they are "
        "looked for. Headings with a star must be there, even if a cell below is left empty.",
        "What stands in yellow cells already was carried over from what was known last: change what has changed, and "
        "empty the row of what no longer applies. More rows may be added below.",
        "A figure that there is not yet: leave the cell empty, or type [x]. Nothing is ever taken for 0.",
    )
    meanings = [(f"Sheet {layout.sheet}", _entries(layout)) for layout in layouts]
    return (("How to fill in", how), *meanings, ("Whom to ask", (ask or notes.ASK,)))


def _entries(layout: Layout) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_marked(heading), f"{template_notes.of_heading(heading)} {_TO_TYPE.get(heading.kind, '')}".strip())
        for heading in layout.headings
    )
