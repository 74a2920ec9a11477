"""Sheets of the papers, written from the layouts that perfkit reads them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pack import book
from perfkit.model.layouts import TITLES, Heading, Layout

Cells = Mapping[str, object]
_TOTAL = PatternFill("solid", fgColor="E8EDF2")
_FORMATS = {"money": "#,##0", "number": "#,##0.##", "whole": "0"}
_MIDDLE = ("code", "flag", "whole", "year", "month")


@dataclass(frozen=True)
class Page:
    """What stands above a table: its title, the fields told once, notes; and the unit of money."""

    title: str
    told: Mapping[str, str]
    notes: Sequence[str] = ()
    unit: str = ""
    totals: Sequence[Cells] = field(default=())
    leave_out: Sequence[str] = ()


def workbook(title: str, lines: Sequence[str]) -> Workbook:
    """Begin a workbook with a front sheet that says what it holds."""
    made, front = book.new("Read me")
    book.titles(front, [title, *lines])
    for row in range(1, len(lines) + 2):
        front.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    book.widths(front, [110])
    return made


def add(made: Workbook, layout: Layout, page: Page, rows: Sequence[Cells]) -> None:
    """Add a sheet: titles, the layout's headings, the rows, and those of totals in bold."""
    sheet = made.create_sheet(layout.sheet)
    shown = [h for h in layout.headings if h.field not in page.leave_out]
    told = [f"{TITLES[name]}: {text}" for name, text in page.told.items()]
    lines = [page.title, *told, *([f"Figures in: {page.unit}"] if page.unit else []), *page.notes]
    book.titles(sheet, lines)
    given = len(lines) - len(page.notes)
    for number in range(2, len(lines) + 1):
        sheet.cell(number, 1).font = Font(size=11 if number <= given else 10, italic=number > given)
    top = len(lines) + 2
    book.heading(sheet, top, [_title(h, page.unit) for h in shown])
    for number, row in enumerate([*rows, *page.totals], top + 1):
        _line(sheet, number, shown, row)
        for cell in sheet[number] if row.get("is_total") else ():
            cell.font, cell.fill = Font(bold=True), _TOTAL
    _shape(sheet, top, shown)


def _line(sheet: Worksheet, number: int, shown: Sequence[Heading], row: Cells) -> None:
    book.line(sheet, number, [row.get(h.field) for h in shown])
    for column, heading in enumerate(shown, 1):
        cell = sheet.cell(number, column)
        if heading.kind in _FORMATS:
            cell.number_format = _FORMATS[heading.kind]
        if heading.kind in _MIDDLE:
            cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
        if heading.kind == "text" and isinstance(cell.value, str) and cell.value.replace(".", "").isdigit():
            cell.number_format = "@"


def _title(heading: Heading, unit: str) -> str:
    return f"{heading.title} ({unit})" if heading.kind == "money" and unit.startswith("£") else heading.title


def _shape(sheet: Worksheet, top: int, shown: Sequence[Heading]) -> None:
    book.widths(sheet, [h.width for h in shown])
    book.heights(sheet, top + 1, sheet.max_row)
    sheet.row_dimensions[top].height = 30
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
