"""The exported tables as one workbook: a cover, then a sheet a table from cell A1, for a person or a pivot table.

No merged cells; text that begins like a formula stays text; the same tables give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from perfkit.commands import placing, sheet_rows
from perfkit.commands.sheet_rows import Styles
from perfkit.model import workbook_bytes
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.analysis.star import StarTable
    from perfkit.commands.collection import Collection

MOST_ROWS = 1_048_575
"""The rows that a sheet holds below its headings."""
_LARGE = 10_000_000
"""Cells from which a sheet may pass the 2 GiB that the usual head of a packed part can tell."""
_BOLD = Font(bold=True)


def write(collection: Collection, target: Path) -> Collection:
    """Write the tables of a collection as one workbook, of all tables those that hold something; give those written.

    Raises as `make` and `placing.replace` do.
    """
    written = collection.trimmed()
    placing.replace(target, lambda path: path.write_bytes(make(written)))
    return written


def make(collection: Collection) -> bytes:
    """Give the workbook's bytes.

    Raises `ParameterError` where a table has more rows than a sheet can hold.
    """
    for name, frame in collection.frames.items():
        if len(frame) > MOST_ROWS:
            says = f"{name} has {len(frame):,} rows; a sheet holds {MOST_ROWS:,}"
            raise ParameterError(f"{says}. Export it with --format csv or parquet.")
    book = Workbook(write_only=True)
    book.properties.title = f"perfkit: {collection.name}"
    book.properties.creator = "perfkit"
    book.properties.language = "en-GB"
    cover = book.create_sheet("Cover")
    styles = _styles(cover)
    _cover(cover, collection)
    for name, frame in collection.frames.items():
        _headings(book.create_sheet(name), frame, collection.tables[name])
    return _with_rows(workbook_bytes.of(book), collection, styles)


def _cover(sheet: Any, collection: Collection) -> None:
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
    sheet.append([_cell(sheet, "Sheet", bold=True), _cell(sheet, "What it holds", bold=True), "Rows"])
    for name, frame in collection.frames.items():
        sheet.append([name, _cell(sheet, collection.tables[name].meaning), len(frame)])
    says = "Each row carries the file, sheet, cell and vintage that it was read from. An empty cell has no value."
    sheet.append(["perfkit", says])


def _headings(sheet: Any, frame: pd.DataFrame, declared: StarTable) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(declared.columns, 1):
        width = {"text": 24, "date": 12}.get(column.kind, 14)
        sheet.column_dimensions[_letter(place)].width = max(width, len(column.name) + 2)
    sheet.append([_cell(sheet, str(name), bold=True) for name in frame])
    sheet.auto_filter.ref = f"A1:{_letter(len(declared.columns))}{len(frame) + 1}"


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _with_rows(made: bytes, collection: Collection, styles: Styles) -> bytes:
    """Put the rows below the headings, in pieces: a large table never stands whole in memory."""
    parts = {f"xl/worksheets/sheet{place}.xml": frame for place, frame in enumerate(collection.frames.values(), 2)}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            head, end, tail = before.read(part).partition(b"</sheetData>")
            info = zipfile.ZipInfo(part.filename, part.date_time)
            info.compress_type = zipfile.ZIP_DEFLATED
            frame = parts.get(part.filename)
            with after.open(info, "w", force_zip64=frame is not None and frame.size > _LARGE) as file:
                file.write(head)
                for rows in _below(frame, styles):
                    file.write(rows.encode())
                file.write(end + tail)
    return out.getvalue()


def _below(frame: pd.DataFrame | None, styles: Styles) -> Iterator[str]:
    yield from () if frame is None else sheet_rows.written(frame, first=2, styles=styles)


def _styles(sheet: Any) -> Styles:
    day, quoted = WriteOnlyCell(sheet, dt.date(2017, 4, 1)), WriteOnlyCell(sheet, "=")
    quoted.quotePrefix = True
    return Styles(day.style_id, quoted.style_id)


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, sheet_rows.fit(text))
    cell.data_type = "s"
    if bold:
        cell.font = _BOLD
    return cell
