"""National releases (`.xls`, `.xlsx`, `.ods`) as grids, read quickly and refused safely.

Council returns, where number formats and formula errors matter, are not read here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from perfkit.intake.workbooks import formula_errors, limits, marked_texts
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model.errors import InputError, Issue, Where

_MANY = 500_000
"""Cells from which a sheet is read row by row."""
_EMPTY = ""
"""The one empty text that there is: to ask for it by identity takes a third of the time."""


@dataclass(frozen=True)
class Looked:
    """A workbook that has been looked through and may be parsed; the parts in which the parser leaves something out."""

    path: Path
    where: Where
    hidden: bool
    within: frozenset[str]


@dataclass(frozen=True)
class Parsed:
    """The sheets that are read, and the names of those that are hidden."""

    sheets: Sequence[CalamineSheet]
    hidden: tuple[str, ...]


def read(path: Path, *, file: str | None = None, hidden: bool = False) -> Workbook:
    """Read every visible sheet of a workbook; hidden sheets are named, and read with ``hidden`` alone.

    ``file`` is the name under which the workbook is known (its path below the folder of raw data); the file's own
    name otherwise. Raises `InputError` with one issue where the file is empty, protected by a password, damaged,
    not a workbook, or larger than `limits` allows.

    >>> read(Path("no such folder/April_17.xls"))
    Traceback (most recent call last):
    perfkit.model.errors.InputError: April_17.xls: found no such file, expected a workbook. Check the path.
    """
    looked = look(path, file=file, hidden=hidden)
    return grids(looked, partial(parse, looked))


def look(path: Path, *, file: str | None = None, hidden: bool = False) -> Looked:
    """Look through a file before it is parsed; arguments and errors are those of `read`."""
    where = Where(file or path.name)
    if not path.is_file():
        raise InputError([Issue(where, "no such file", "a workbook", "Check the path.")])
    return Looked(path, where, hidden, limits.check(path, where))


def parse(looked: Looked) -> Parsed:
    """Parse what has been looked through. This takes the longest, and another thread can go on meanwhile."""
    with CalamineWorkbook.from_path(looked.path) as workbook:
        sheets = [m for m in workbook.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
        visible = [m.name for m in sheets if m.visible is SheetVisibleEnum.Visible]
        return Parsed(
            [workbook.get_sheet_by_name(m.name) for m in sheets if looked.hidden or m.name in visible],
            tuple(m.name for m in sheets if m.name not in visible),
        )


def grids(looked: Looked, parsed: Callable[[], Parsed]) -> Workbook:
    """Make grids of the sheets that ``parsed`` gives; raises `InputError` where it cannot parse them."""
    try:
        found, name = parsed(), looked.where.file
        workbook = Workbook(name, tuple(_sheet(name, sheet) for sheet in found.sheets), found.hidden)
        formula_errors.restore(looked.path, workbook.sheets, looked.within)
        marked_texts.restore(looked.path, workbook.sheets, looked.within)
        return workbook
    except (CalamineError, OSError, ValueError, KeyError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise _unreadable(looked.where, error) from error
    except BaseException as error:
        # The parser reports its own crash on a damaged file as a bare exception; let all others through.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(looked.where, error) from error


def _sheet(file: str, sheet: CalamineSheet) -> Sheet:
    rows = _few_texts(sheet) if sheet.total_height * sheet.total_width > _MANY else _rows(sheet)
    return Sheet(file, sheet.name, rows, merged=_fill_merged(rows, sheet.merged_cell_ranges or []))


def _rows(sheet: CalamineSheet) -> list[list[Value]]:
    cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return [[None if value is _EMPTY else value for value in row] for row in cells]


def _few_texts(sheet: CalamineSheet) -> list[list[Value]]:
    """Read a large sheet row by row and keep each text once, since it repeats its words in a million cells."""
    known: dict[Value, Value] = {_EMPTY: None}
    keep = known.setdefault
    # The rows begin at the sheet's first row, but at its first filled column.
    before: list[Value] = [None] * (sheet.start[1] if sheet.start else 0)
    return [
        before + [keep(value, value) if type(value) is str else value for value in row] for row in sheet.iter_rows()
    ]


def _fill_merged(
    rows: list[list[Value]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> dict[tuple[int, int], tuple[int, int]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in ranges:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None:
            continue
        for r in range(top, min(bottom + 1, len(rows))):
            for c in range(left, min(right + 1, len(rows[r]))):
                if (r, c) != (top, left):
                    rows[r][c] = value
                    merged[r, c] = (top, left)
    return merged


def _unreadable(where: Where, error: BaseException) -> InputError:
    if isinstance(error, PasswordError) or "password" in str(error).lower() or "encrypt" in str(error).lower():
        return limits.locked(where)
    return limits.damaged(where)
