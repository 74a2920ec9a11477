"""The exported tables as one workbook: a cover, then a sheet a table from cell A1, for a person or a pivot table.

No merged cells; text that begins like a formula stays text; the same tables give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from perfkit.model.errors import ParameterError
from perfkit.run import workbook

if TYPE_CHECKING:
    from perfkit.analysis.star import StarTable
    from perfkit.commands.collection import Collection

MOST_ROWS = 1_048_575
"""The rows that a sheet holds below its headings."""
LONGEST = 32_767
_CUT = " [cut: a cell holds no more]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOLD = Font(bold=True)


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
    _cover(book.create_sheet("Cover"), collection)
    for name, frame in collection.frames.items():
        _table(book.create_sheet(name), frame, collection.tables[name])
    out = io.BytesIO()
    book.save(out)
    return workbook.without_time(out.getvalue())


def _cover(sheet: Any, collection: Collection) -> None:
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
    sheet.append([_cell(sheet, "Sheet", bold=True), _cell(sheet, "What it holds", bold=True), "Rows"])
    for name, frame in collection.frames.items():
        sheet.append([name, _cell(sheet, collection.tables[name].meaning), len(frame)])
    says = "Each row carries the file, sheet, cell and vintage that it was read from. An empty cell has no value."
    sheet.append(["perfkit", says])


def _table(sheet: Any, frame: pd.DataFrame, declared: StarTable) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(declared.columns, 1):
        width = {"text": 24, "date": 12}.get(column.kind, 14)
        sheet.column_dimensions[_letter(place)].width = max(width, len(column.name) + 2)
    sheet.append([_cell(sheet, str(name), bold=True) for name in frame])
    for row in _rows(frame):
        sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in row])


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Give rows of plain values, missing ones as none, months as their first day."""
    months = {c: frame[c].dt.to_timestamp() for c in frame if isinstance(frame[c].dtype, pd.PeriodDtype)}
    plain = frame.assign(**months).astype("object")
    plain = plain.where(plain.notna(), None)
    return zip(*(_days(plain[name]) for name in plain), strict=True)


def _days(column: pd.Series[Any]) -> list[Any]:
    return [value.date() if isinstance(value, pd.Timestamp) else value for value in column]


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """Give text that fits; a cell of its own where it begins like a formula, so that it stays text."""
    fit = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    fit = fit if len(fit) <= LONGEST else fit[: LONGEST - len(_CUT)] + _CUT
    if not bold and not fit.startswith(_FORMULA):
        return fit
    cell = WriteOnlyCell(sheet, fit)
    cell.data_type = "s"
    if bold:
        cell.font = _BOLD
    else:
        cell.quotePrefix = True
    return cell
