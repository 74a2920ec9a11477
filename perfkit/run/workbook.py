"""The tables of a page as a workbook that meets the government's checklist for accessible spreadsheets.

Cover, contents, notes, then one table a sheet under its title; real tables with one row of unique headers; no merged,
blank or hidden cells; numbers as numbers; text in Arial 12; the same bytes for the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from perfkit.model import workbook_bytes
from perfkit.run.page_tables import EMPTY, NO_VALUE, Entry, Table

HEADER_ROW = 4
"""The row of a table's headers, below its title, what it is, and the way back."""
_TEXT = Font(name="Arial", size=12)
_BOLD = Font(name="Arial", size=12, bold=True)
_TITLE = Font(name="Arial", size=16, bold=True)
_LINK = Font(name="Arial", size=12, underline="single", color="1A4F8A")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
_ON_ONE_LINE = Alignment(vertical="top")
_LOOKS: WeakKeyDictionary[Any, dict[tuple[object, ...], Any]] = WeakKeyDictionary()
"""The looks of each workbook's cells that have been worked out, as openpyxl keeps them: working one out is slow."""
_WIDEST = 60


@dataclass(frozen=True)
class Report:
    """What the cover says: title, organisation, and lines of text; then the meaning of signs, and the tables."""

    title: str
    organisation: str
    lines: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


def write(report: Report) -> bytes:
    """Give the workbook's bytes; the same report gives the same bytes."""
    book = Workbook()
    book.properties.title = workbook_bytes.fit(f"{report.title}: tables")
    book.properties.creator = workbook_bytes.fit(report.organisation or "perfkit")
    book.properties.language = "en-GB"
    notes = _notes(report)
    _cover(book.active, report)
    _contents(book.create_sheet("Contents"), report)
    _table_sheet(book.create_sheet("Notes"), "Notes", ("Notes and signs used in this workbook.",), _as_rows(notes))
    for place, table in enumerate(report.tables, 1):
        told = [number for number, text in notes if text in table.notes]
        _table_sheet(book.create_sheet(f"Table {place}"), f"Table {place}: {table.title}", _told(table, told), table)
    return workbook_bytes.of(book)


def _cover(sheet: Any, report: Report) -> None:
    sheet.title = "Cover"
    sheet.column_dimensions["A"].width = 100
    _put(sheet, 1, 1, report.title, font=_TITLE, style="Headline 1")
    for row, line in enumerate(report.lines, 2):
        _put(sheet, row, 1, line)
    _link(sheet, len(report.lines) + 2, "Contents", "Contents of this workbook")


def _contents(sheet: Any, report: Report) -> None:
    rows = [("Notes", "Notes and signs used in this workbook", "")]
    rows += [(f"Table {place}", table.title, table.section) for place, table in enumerate(report.tables, 1)]
    table = _as_rows(rows, headers=("Sheet", "Title", "Section of the report"))
    _table_sheet(sheet, "Contents", ("The sheets of this workbook, each with a link.",), table)
    for place, (name, _, _) in enumerate(rows, HEADER_ROW + 1):
        _link(sheet, place, name, name)


def _notes(report: Report) -> list[tuple[str, str]]:
    """Number the notes of all tables, after the signs, each once."""
    texts = dict.fromkeys(text for table in report.tables for text in table.notes)
    return [*report.signs, *((f"Note {place}", text) for place, text in enumerate(texts, 1))]


def _as_rows(rows: Iterable[Sequence[str]], *, headers: tuple[str, ...] = ("Sign or note", "Meaning")) -> Table:
    return Table("", headers, tuple(tuple(Entry(text or EMPTY) for text in row) for row in rows))


def _told(table: Table, notes: Sequence[str]) -> tuple[str, ...]:
    kind = "the data of a chart" if table.data_of_chart else "one table"
    section = f', from the section "{table.section}" of the report' if table.section else ""
    told = f" See on the sheet Notes: {', '.join(notes)}." if notes else " Signs are explained on the sheet Notes."
    return (f"This worksheet holds {kind}{section}.{told}", *([table.source] if table.source else []))


def _table_sheet(sheet: Any, title: str, told: Sequence[str], table: Table) -> None:
    _put(sheet, 1, 1, title, font=_TITLE, style="Headline 1", alignment=_ON_ONE_LINE)
    _put(sheet, 2, 1, " ".join(told), alignment=_ON_ONE_LINE)
    _link(sheet, 3, "Cover" if sheet.title == "Contents" else "Contents", alignment=_ON_ONE_LINE)
    rows = table.rows or (tuple(Entry(EMPTY) for _ in table.headers),)
    for column, header in enumerate(table.headers, 1):
        entries = [row[column - 1] for row in rows]
        numeric = any(one.number for one in entries)
        cell = _put(sheet, HEADER_ROW, column, header, font=_BOLD, alignment=_RIGHT if numeric else _WRAPPED)
        for row, one in enumerate(entries, HEADER_ROW + 1):
            _put_entry(sheet, row, column, one, right=numeric)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = _width(header, [one.text for one in entries])
    _mark_up(sheet, table.headers, len(rows))


def _mark_up(sheet: Any, headers: Sequence[str], rows: int) -> None:
    last = sheet.cell(HEADER_ROW + rows, len(headers)).coordinate
    name = re.sub(r"\W", "_", sheet.title.lower())
    marked = ExcelTable(displayName=name, ref=f"A{HEADER_ROW}:{last}")
    marked._initialise_columns()
    for column, header in zip(marked.tableColumns, headers, strict=True):
        column.name = workbook_bytes.fit(header)
    marked.autoFilter = None
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(marked)


def _put_entry(sheet: Any, row: int, column: int, one: Entry, *, right: bool) -> None:
    alignment = _RIGHT if right else _WRAPPED
    if one.day:
        _dress(sheet.cell(row, column, one.day), _TEXT, alignment, form="d mmmm yyyy")
        return
    if not one.number:
        _put(sheet, row, column, one.text, alignment=alignment)
        return
    cell = sheet.cell(row, column, float(one.number) if one.decimals else int(one.number))
    digits = "#,##0" + ("." + "0" * one.decimals if one.decimals else "")
    _dress(cell, _TEXT, alignment, form=f"+{digits};-{digits};{digits}" if one.signed else digits)


def _put(
    sheet: Any,
    row: int,
    column: int,
    text: str,
    *,
    font: Font = _TEXT,
    style: str = "Normal",
    alignment: Alignment = _WRAPPED,
) -> Any:
    """Write text as text: what begins like a formula never becomes one, nor when it is edited."""
    cell = sheet.cell(row, column)
    cell.value = workbook_bytes.fit(text)
    cell.data_type = "s"
    _dress(cell, font, alignment, style=style, quoted=text[:1] in ("=", "+", "-", "@"))
    return cell


def _dress(
    cell: Any,
    font: Font,
    alignment: Alignment,
    *,
    style: str = "Normal",
    form: str = "General",
    quoted: bool = False,
) -> None:
    """Give a cell its look; one that another cell has already is copied."""
    looks = _LOOKS.setdefault(cell.parent.parent, {})
    look = (id(font), id(alignment), style, form, quoted)
    if look in looks:
        cell._style = copy(looks[look])
        return
    cell.style = style
    cell.font, cell.alignment, cell.number_format, cell.quotePrefix = font, alignment, form, quoted
    looks[look] = copy(cell._style)


def _link(sheet: Any, row: int, target: str, text: str = "", *, alignment: Alignment = _WRAPPED) -> None:
    words = text or {"Contents": "Back to contents", "Cover": "Back to cover"}[target]
    cell = _put(sheet, row, 1, words, font=_LINK, alignment=alignment)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=words)
    cell.font = _LINK


def _width(header: str, texts: Sequence[str]) -> float:
    words = max((len(word) for word in header.split()), default=0)
    return float(
        min(_WIDEST, max([8, words, min(len(header), 24), *(min(len(text), _WIDEST) for text in texts)]) * 1.2)
    )


def signs(tables: Sequence[Table], words: str) -> tuple[tuple[str, str], ...]:
    """Give the meaning of each sign that the tables use; ``words`` are the page's."""
    used = {one.text for table in tables for row in table.rows for one in row}
    known = {
        EMPTY: "Not applicable: the report leaves this cell empty.",
        NO_VALUE: "Not available: the report says that there is no value.",
        "[no entry]": "The report leaves this cell empty.",
    }
    said = dict(re.findall(r"(\[[a-z]\]) ([^;.]+)", " ".join(re.findall(r"Signs: [^.]*\.", words))))
    for sign, meaning in said.items():
        known[sign] = meaning[0].upper() + meaning[1:] + "."
    return tuple((sign, meaning) for sign, meaning in known.items() if sign in used)
