"""Read a workbook of any kind with its number formats, as a council's own workbooks need: 0.67 may be 67%."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from perfkit.intake import cells
from perfkit.intake.workbooks import biff, biff_cells, csvs, excel, ods, releases
from perfkit.intake.workbooks.biff_cells import Cells
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import InputError, Issue, Where

_NEW_EXCEL = (".xlsx", ".xlsm")


def read(path: Path, *, file: str, hidden: bool = False) -> Workbook:
    """Read the visible sheets of an .xlsx, .xlsm, .xls, .ods or .csv, with ``hidden`` the hidden ones too.

    Cells of a .csv are text. Raises `InputError` with one issue where the file cannot be read.
    """
    if path.suffix.lower() == ".csv":
        return csvs.read(path, file=file)
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == biff.START:
        return _old(path, file, hidden)
    if path.suffix.lower() not in _NEW_EXCEL and ods.is_ods(path):
        return ods.read(path, file=file, hidden=hidden)
    return excel.read(path, file=file, hidden=hidden)


def with_signs(plain: Workbook, formats: Workbook) -> Workbook:
    """Write the numbers that a workbook shows as percentages as it shows them: 0.67 as "67%".

    >>> plain = Workbook("a.xlsx", (Sheet("a.xlsx", "A", [[0.67, 0.67]]),))
    >>> shown = Workbook("a.xlsx", (Sheet("a.xlsx", "A", [[0.67, 0.67]], formats={(0, 1): "0%"}),))
    >>> with_signs(plain, shown).sheets[0].rows
    [[0.67, '67%']]
    """
    known = {sheet.name: sheet.formats for sheet in formats.sheets}
    return replace(plain, sheets=tuple(_signed(sheet, known.get(sheet.name, {})) for sheet in plain.sheets))


def _signed(sheet: Sheet, formats: Mapping[tuple[int, int], str]) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for (r, c), number_format in formats.items():
        if "%" in number_format and isinstance(value := sheet.at(r, c), int | float) and not isinstance(value, bool):
            rows[r][c] = cells.as_written(value, number_format)
    return replace(sheet, rows=rows)


def _old(path: Path, file: str, hidden: bool) -> Workbook:
    workbook = releases.read(path, file=file, hidden=hidden)
    found = biff_cells.read(path.read_bytes())
    if found is None or any(sheet.name not in found for sheet in workbook.sheets):
        action = "Save it as .xlsx and send it again."
        raise InputError([Issue(Where(file), "an old workbook whose number formats cannot be read", ".xlsx", action)])
    return replace(workbook, sheets=tuple(_with(sheet, found[sheet.name]) for sheet in workbook.sheets))


def _with(sheet: Sheet, found: Cells) -> Sheet:
    """Add to a sheet its formats, errors and merged cells, and what it hides."""
    rows = [list(row) for row in sheet.rows]
    for (r, c), error in found.errors.items():
        if r < len(rows) and c < len(rows[r]):
            rows[r][c] = error
    merged = {}
    for top, bottom, left, right in found.merged:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None or (bottom - top + 1) * (right - left + 1) > excel.LARGEST_MERGE:
            continue
        for r in range(top, bottom + 1):
            rows += [[] for _ in range(r + 1 - len(rows))]
            rows[r] += [None] * (right + 1 - len(rows[r]))
            for c in range(left, right + 1):
                if (r, c) != (top, left):
                    rows[r][c], merged[r, c] = value, (top, left)
    hidden = frozenset(row for row in found.hidden_rows if row < len(rows))
    width = max(map(len, rows), default=0)
    return replace(
        sheet,
        rows=rows,
        formats=found.formats,
        merged=sheet.merged | merged,
        hidden_rows=hidden,
        hidden_columns=frozenset(column for column in found.hidden_columns if column < width),
        filtered_rows=hidden.intersection(found.filtered),
        struck=frozenset(found.struck),
        notes=found.notes,
    )
