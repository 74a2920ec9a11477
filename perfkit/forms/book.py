"""The look of a workbook to fill in, and its bytes, which are the same each time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from perfkit.model import workbook_bytes

_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="12436D")
_FIXED = PatternFill("solid", fgColor="F2F2F2")
_INPUT = PatternFill("solid", fgColor="FFFBE6")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="top", wrap_text=True)
_LONGEST_LIST = 255
"""Signs that Excel allows a drop-down list written out in its rule."""


def new(title: str, *, council: str) -> tuple[Workbook, Any]:
    """Begin a workbook with one sheet of that name."""
    book = Workbook()
    book.properties.creator = workbook_bytes.fit(council) or "perfkit"
    book.properties.language = "en-GB"
    sheet = book.active
    sheet.title = title
    return book, sheet


def titles(sheet: Any, lines: Sequence[str]) -> None:
    """Write lines of title from the top, the first the largest."""
    for row, line in enumerate(lines, 1):
        cell = put(sheet, row, 1, line, framed=False)
        cell.font = Font(bold=row <= 2, size={1: 14, 2: 12}.get(row, 11))
        cell.alignment = Alignment(vertical="top")


def headings(sheet: Any, row: int, words: Iterable[str]) -> None:
    """Write a row of column headings."""
    for column, word in enumerate(words, 1):
        cell = put(sheet, row, column, word)
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), _HEAD, _CENTRE
    sheet.row_dimensions[row].height = 48


def put(sheet: Any, row: int, column: int, value: object, *, framed: bool = True) -> Any:
    """Write a fixed cell; text stays text, whatever sign it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value, cell.data_type = workbook_bytes.fit(value), "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    elif value is not None:
        cell.value = value
    cell.alignment = _LEFT
    if framed:
        cell.border = _BORDER
    return cell


def grey(cell: Any) -> None:
    """Mark a cell that is there to be read, not filled in."""
    cell.fill, cell.font = _FIXED, Font(italic=True, color="3D3D3D")


def centre(cell: Any) -> None:
    """Put a cell's text in its middle."""
    cell.alignment = _CENTRE


def unlock(cell: Any) -> None:
    """Mark a cell to be filled in, and let it be."""
    cell.fill, cell.border = _INPUT, _BORDER
    cell.protection = Protection(locked=False)


def open_line(sheet: Any, row: int, *, columns: int) -> None:
    """Let a line of title be filled in, over several columns."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    for column in range(1, columns + 1):
        unlock(sheet.cell(row, column))


def note(cell: Any, text: str) -> None:
    """Hang a note on a cell."""
    comment = Comment(workbook_bytes.fit(text), "perfkit")
    comment.width, comment.height = 280, 30 + 18 * math.ceil(len(text) / 38)
    cell.comment = comment


def drop_down(sheet: Any, cells: str, choices: Sequence[str] | str, *, prompt: str, title: str) -> None:
    """Offer a list below cells: words, or the range of cells that holds them; other words are asked about."""
    listed = choices if isinstance(choices, str) else _listed(choices)
    rule = DataValidation(type="list" if listed else None, formula1=listed or None, allow_blank=True)
    rule.errorStyle, rule.showErrorMessage = "warning", bool(listed)
    rule.errorTitle, rule.error = "Not in the list", "Only the words of the list are understood. Keep it all the same?"
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, title[:32], prompt[:255]
    sheet.add_data_validation(rule)
    rule.add(cells)


def prompt(sheet: Any, cells: str, text: str, *, title: str) -> None:
    """Say what to type when a cell is chosen, and allow anything."""
    drop_down(sheet, cells, (), prompt=text, title=title)


def doubt(sheet: Any, cell: str, formula: str, *, prompt: str, title: str, text: str) -> None:
    """Say what to type when a cell is chosen, and ask about a value for which an Excel formula does not hold."""
    rule = DataValidation(type="custom", formula1=formula, allow_blank=True, errorStyle="warning")
    rule.showErrorMessage, rule.errorTitle, rule.error = True, "Is it right?", text[:255]
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, title[:32], prompt[:255]
    sheet.add_data_validation(rule)
    rule.add(cell)


def _listed(words: Sequence[str]) -> str:
    text = ",".join(words)
    fits = len(text) <= _LONGEST_LIST and not any("," in word or '"' in word for word in words)
    return f'"{text}"' if words and fits else ""


def widths(sheet: Any, characters: Sequence[float]) -> None:
    """Set the widths of the first columns."""
    for column, width in enumerate(characters, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def heights(sheet: Any, first: int, last: int, *, least: float = 30.0) -> None:
    """Give rows the height that their texts need, since Excel does not work it out beside merged cells."""
    for row in range(first, last + 1):
        texts = [cell for cell in sheet[row] if isinstance(cell.value, str) and not cell.alignment.text_rotation]
        lines = [_lines(cell.value, sheet.column_dimensions[cell.column_letter].width) for cell in texts]
        sheet.row_dimensions[row].height = max(least, 15.0 * max(lines, default=1))


def _lines(text: str, width: float) -> int:
    return sum(math.ceil(max(len(part), 1) / max(width - 1, 1)) for part in text.split("\n"))


def finish(sheet: Any, *, heading_row: int, columns: int, freeze: int = 0) -> None:
    """Freeze and repeat the headings, set up the print, and lock what is not to be filled in, without a password.

    ``freeze`` is how many columns stay in sight.
    """
    sheet.freeze_panes = sheet.cell(heading_row + 1, freeze + 1)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:{get_column_letter(columns)}{max(sheet.max_row, heading_row + 1)}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "Page &P of &N"
    lock(sheet)


def lock(sheet: Any) -> None:
    """Protect the sheet without a password; widths and heights may still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
