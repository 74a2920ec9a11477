"""Read an .xlsx or .xlsm workbook into a grid, with number formats, since a return's percentages depend on them."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

from perfkit.intake import limits
from perfkit.intake.cells import UncachedFormula
from perfkit.intake.grid import Sheet, Value, Workbook
from perfkit.model.errors import InputError, Issue, Where

MOST_COLUMNS = 2_000
"""Columns beyond this are not read; Excel allows 16,384."""
MOST_CELLS = 500_000
"""The most cells, blank ones with a format included, of a workbook that is read with its formats."""
LARGEST = 100 * limits.MEBIBYTE
"""The largest content, unpacked, of a workbook that is read with its formats."""
_CHUNK = 4 * limits.MEBIBYTE
LARGEST_MERGE = 250_000
"""Cells that one merged range may have to be filled."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, *, file: str, hidden: bool = False) -> Workbook:
    """Read the visible sheets; a cell of a merged range holds the range's value, a formula without a result says so.

    With ``hidden`` the hidden sheets are read too. Raises `InputError` with one issue where the file is not a workbook
    that can be read.
    """
    _check(path, file)
    try:
        shown = _load(path, data_only=True)
        formulas = _load(path, data_only=False) if _has_formulas(path) else None
    except Exception as error:
        raise _refused(
            file, "a damaged workbook", "a workbook that Excel opens", "Save it afresh from Excel."
        ) from error
    unseen = tuple(sheet.title for sheet in shown.worksheets if sheet.sheet_state != "visible")
    wanted = [sheet for sheet in shown.worksheets if hidden or sheet.title not in unseen]
    return Workbook(file, tuple(_sheet(file, s, formulas[s.title] if formulas else None) for s in wanted), unseen)


def _load(path: Path, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=data_only, keep_links=False)


def _check(path: Path, file: str) -> None:
    limits.check(path, Where(file))
    with path.open("rb") as stream:
        if stream.read(8) == _OLD_EXCEL:
            raise _refused(file, "a workbook with a password, or in the old .xls form", "an open .xlsx workbook",
                           "Take the password off, or save it as .xlsx, and send it again.")  # fmt: skip
    try:
        size = _size(path)
        cells = _count(path, rb"<c ") if size <= LARGEST else 0
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise limits.damaged(Where(file)) from error
    if size > LARGEST:
        raise _refused(file, f"a workbook with {size // limits.MEBIBYTE} MiB of content once unpacked",
                       f"at most {LARGEST // limits.MEBIBYTE} MiB", "Send only what is asked for.")  # fmt: skip
    if cells > MOST_CELLS:
        raise _refused(file, f"a workbook with {cells:,} cells, blank ones with a format among them",
                       f"at most {MOST_CELLS:,}", "Delete the rows and columns beyond the table.")  # fmt: skip


def _refused(file: str, found: str, expected: str, action: str) -> InputError:
    return InputError([Issue(Where(file), found, expected, action)])


def _size(path: Path) -> int:
    """Give the size of a workbook's sheets and texts once unpacked."""
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/"))


def _has_formulas(path: Path) -> bool:
    return _count(path, rb"<f[ >/]") > 0


def _count(path: Path, sign: bytes) -> int:
    """Count a sign in the sheets of a workbook, a piece at a time."""
    found, pattern = 0, re.compile(sign)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as stream:
                    tail = b""
                    while chunk := stream.read(_CHUNK):
                        text = tail + chunk
                        found += len(pattern.findall(text))
                        tail = text[-2:]
    return found


def _sheet(file: str, sheet: Any, formulas: Any) -> Sheet:
    # The sheet's own list of cells: walking its declared size would make a cell for every blank one.
    filled = {(r - 1, c - 1): cell for (r, c), cell in sheet._cells.items() if c <= MOST_COLUMNS}
    values: dict[tuple[int, int], Value] = {at: cell.value for at, cell in filled.items() if cell.value is not None}
    if formulas is not None:
        values |= _uncached(formulas, values)
    merged = _merged(sheet, values)
    values |= {place: values[origin] for place, origin in merged.items()}
    formats = {at: str(cell.number_format) for at, cell in filled.items() if cell.number_format != "General"}
    hidden = sheet.sheet_state != "visible"
    return Sheet(file, sheet.title, _rows(values), hidden=hidden, formats=formats, merged=merged)


def _uncached(formulas: Any, values: dict[tuple[int, int], Value]) -> dict[tuple[int, int], Value]:
    return {
        (r - 1, c - 1): UncachedFormula(str(getattr(cell.value, "text", cell.value)))
        for (r, c), cell in formulas._cells.items()
        if cell.data_type == "f" and (r - 1, c - 1) not in values
    }


def _merged(sheet: Any, values: dict[tuple[int, int], Value]) -> dict[tuple[int, int], tuple[int, int]]:
    ranges = [(r.min_row - 1, r.min_col - 1, r.max_row, r.max_col) for r in sheet.merged_cells.ranges]
    return {
        (row, column): (top, left)
        for top, left, bottom, right in ranges
        if (top, left) in values and (bottom - top) * (right - left) <= LARGEST_MERGE
        for row in range(top, bottom)
        for column in range(left, right)
        if (row, column) != (top, left)
    }


def _rows(values: dict[tuple[int, int], Value]) -> list[list[Value]]:
    if not values:
        return []
    rows: list[list[Value]] = [[] for _ in range(max(r for r, _ in values) + 1)]
    for r, c in sorted(values):
        rows[r] += [None] * (c - len(rows[r]))
        rows[r].append(values[r, c])
    return rows
