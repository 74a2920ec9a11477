"""The look of the pack's workbooks, and a way to save them that gives the same bytes each time."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

COUNCIL = "Oxfordshire County Council"
_STAMP = (2017, 7, 21, 9, 0, 0)
_STAMP_TEXT = "2017-07-21T09:00:00Z"
_THIN = Side(style="thin", color="BFBFBF")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD = PatternFill("solid", fgColor="12436D")
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def new(title: str) -> tuple[Workbook, Worksheet]:
    """Begin a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    return book, sheet


def titles(sheet: Worksheet, lines: Sequence[str]) -> None:
    """Write lines of title from the top, the first the largest."""
    for row, line in enumerate(lines, 1):
        cell = sheet.cell(row, 1, line)
        cell.font = Font(bold=row <= 2, size={1: 14, 2: 12}.get(row, 10))


def heading(sheet: Worksheet, row: int, words: Iterable[str]) -> None:
    """Write a row of column headings."""
    for column, word in enumerate(words, 1):
        cell = sheet.cell(row, column, word)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment, cell.border = CENTRE, BORDER


def line(sheet: Worksheet, row: int, values: Iterable[object]) -> None:
    """Write a row of bordered, wrapped cells."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.alignment, cell.border = WRAP, BORDER


def widths(sheet: Worksheet, characters: Sequence[float]) -> None:
    """Set the widths of the first columns."""
    for column, width in enumerate(characters, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def heights(sheet: Worksheet, first: int, last: int, *, least: float = 15.0) -> None:
    """Give each row the height that its wrapped texts need, since Excel does not work it out beside merged cells."""
    for number in range(first, last + 1):
        lines = [
            math.ceil(len(str(cell.value)) / (sheet.column_dimensions[cell.column_letter].width - 1))
            for cell in sheet[number]
            if isinstance(cell.value, str) and cell.column > 2
        ]
        sheet.row_dimensions[number].height = max(least, 14.5 * max(lines, default=1))


def table(book: Workbook, name: str, note: str, rows: Sequence[dict[str, object]], sizes: Sequence[float]) -> None:
    """Add a sheet with a title, a note and one table."""
    sheet = book.create_sheet(name)
    titles(sheet, [f"{COUNCIL}: {name.lower()} 2017-18", note])
    sheet["A2"].font = Font(italic=True)
    heading(sheet, 4, rows[0])
    for number, row in enumerate(rows, 5):
        line(sheet, number, row.values())
    widths(sheet, sizes)
    heights(sheet, 5, 4 + len(rows))
    sheet.freeze_panes = "A5"


def save(book: Workbook, path: Path) -> None:
    """Write the workbook without the time of writing, so that one content is one sequence of bytes."""
    book.properties.creator = "perfkit sample pack"
    buffer = BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(written.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            out.writestr(zipfile.ZipInfo(name, _STAMP), _undated(name, written.read(name)))


def _undated(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z?<", f">{_STAMP_TEXT}<".encode(), content)
