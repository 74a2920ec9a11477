"""Read an .xlsx or .xlsm workbook into a grid, with number formats, since a return's percentages depend on them."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from perfkit.intake.workbooks import biff, excel_hidden, excel_notes, excel_parts, excel_sheet, limits
from perfkit.intake.workbooks.excel_parts import Part
from perfkit.intake.workbooks.excel_sheet import Cells, Place, TooManyError
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model.errors import InputError, Issue, Where

MOST_COLUMNS = 2_000
"""Columns beyond this are not read; Excel allows 16,384."""
MOST_CELLS = 500_000
"""The most cells, blank ones with a format included, of a workbook that is read with its formats."""
LARGEST = 100 * limits.MEBIBYTE
"""The largest content, unpacked, of a workbook that is read with its formats."""
LARGEST_MERGE = 250_000
"""Cells that the merged ranges of a sheet may have to be filled."""
_UNSOUND = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, LookupError,
            ValueError, StopIteration, OverflowError)  # fmt: skip


def read(path: Path, *, file: str, hidden: bool = False) -> Workbook:
    """Read the visible sheets; a cell of a merged range holds the range's value, a formula without a result says so.

    With ``hidden`` the hidden sheets are read too. Raises `InputError` with one issue where the file is not a workbook
    that can be read.
    """
    limits.check(path, Where(file))
    with path.open("rb") as stream:
        if stream.read(8) == biff.START:
            raise _refused(file, "a workbook with a password, or in the old .xls form", "an open .xlsx workbook",
                           "Take the password off, or save it as .xlsx, and send it again.")  # fmt: skip
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(archive, file)
            return _read(archive, file, hidden)
    except TooManyError as error:
        found = f"a workbook with more than {MOST_CELLS:,} cells, blank ones with a format among them"
        action = "Delete the rows and columns beyond the table."
        raise _refused(file, found, f"at most {MOST_CELLS:,}", action) from error
    except _UNSOUND as error:
        raise _refused(
            file, "a damaged workbook", "a workbook that Excel opens", "Save it afresh from Excel."
        ) from error


def _check_size(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a workbook whose sheets and texts are too much once unpacked."""
    size = sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/"))
    if size > LARGEST:
        raise _refused(file, f"a workbook with {size // limits.MEBIBYTE} MiB of content once unpacked",
                       f"at most {LARGEST // limits.MEBIBYTE} MiB", "Send only what is asked for.")  # fmt: skip


def _refused(file: str, found: str, expected: str, action: str) -> InputError:
    return InputError([Issue(Where(file), found, expected, action)])


def _read(archive: zipfile.ZipFile, file: str, hidden: bool) -> Workbook:
    book = excel_parts.read(archive)
    sheets: list[Sheet] = []
    left = MOST_CELLS
    for part in book.sheets:
        if hidden or not part.hidden:
            cells = excel_sheet.read(archive.read(part.path), book, columns=MOST_COLUMNS, most=left)
            left -= cells.seen
            if cells.hidden.rows and cells.hidden.has_tables:
                cells.hidden.filters += excel_hidden.of_tables(archive, part.path)
            sheets.append(replace(_sheet(file, part, cells), notes=excel_notes.read(archive, part.path)))
    return Workbook(file, tuple(sheets), tuple(part.name for part in book.sheets if part.hidden))


def _sheet(file: str, part: Part, cells: Cells) -> Sheet:
    merged = _merged(cells)
    rows = _rows(cells.values)
    hidden_rows = cells.hidden.rows_of(len(rows))
    return Sheet(
        file,
        part.name,
        rows,
        hidden=part.hidden,
        formats=cells.formats,
        merged=merged,
        hidden_rows=hidden_rows,
        hidden_columns=cells.hidden.columns_of(max(map(len, rows), default=0)),
        filtered_rows=excel_hidden.filtered(hidden_rows, cells.hidden.filters),
        struck=frozenset(cells.struck),
    )


def _merged(cells: Cells) -> dict[Place, Place]:
    """Fill merged ranges with the value of their first cell, whatever is hidden in them; give where each is from."""
    merged: dict[Place, Place] = {}
    for top, left, bottom, right in cells.merged:
        value = cells.values.get((top, left))
        if (bottom - top + 1) * (right - left + 1) + len(merged) > LARGEST_MERGE:
            continue
        for place in ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)):
            if place != (top, left):
                cells.formats.pop(place, None)
                cells.values.pop(place, None)
                if value is not None:
                    cells.values[place], merged[place] = value, (top, left)
    return merged


def _rows(values: dict[Place, Value]) -> list[list[Value]]:
    last: dict[int, int] = {}
    for r, c in values:
        last[r] = max(c, last.get(r, 0))
    if sum(last.values()) > limits.CELLS:
        raise TooManyError
    rows: list[list[Value]] = [[None] * (last[r] + 1) if r in last else [] for r in range(max(last, default=-1) + 1)]
    for (r, c), value in values.items():
        rows[r][c] = value
    return rows
