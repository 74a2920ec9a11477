"""Columns of a table that hold something and that nothing reads: named once, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from openpyxl.utils import get_column_letter

from perfkit.intake.cells import shown
from perfkit.intake.headings import Headings
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity


def find(
    sheet: Sheet,
    found: Headings,
    rows: Collection[int],
    *,
    besides: Collection[int],
    passed_over: Callable[[str], bool],
) -> dict[int, str]:
    """Give the columns that hold something in some rows, with their headings; "" where one has none.

    Left out are those that are read, those ``besides``, and those whose heading is ``passed_over``.
    """
    taken = {*found.columns.values(), *(column for _, column in found.twice), *besides}
    width = max((len(sheet.rows[row]) for row in rows), default=0)
    texts = {
        column: _heading(sheet, found.row, column) for column in range(width)
        if column not in taken and (found.row, column) not in sheet.merged
        and any(sheet.text(row, column) and (row, column) not in sheet.merged for row in rows)
    }  # fmt: skip
    return {column: text for column, text in texts.items() if not text or not passed_over(text)}


def _heading(sheet: Sheet, row: int, column: int) -> str:
    """Give the text of a heading, or where it has none that of the row above."""
    return sheet.text(row, column) or (sheet.text(row - 1, column) if row else "")


def tell(sheet: Sheet, row: int, columns: Mapping[int, str], action: str) -> list[Issue]:
    """Warn once of columns by their headings, where there are any.

    >>> sheet = Sheet("SCS.xlsx", "A", [["No.", "Owner"]])
    >>> print(*tell(sheet, 0, {1: "Owner", 2: ""}, "Name them."))
    SCS.xlsx, sheet A, cell B1: found columns that nothing reads: "Owner", column C, expected the headings of the \
template. Name them.
    """
    if not columns:
        return []
    told = ", ".join(shown(text) if text else f"column {get_column_letter(c + 1)}" for c, text in columns.items())
    return [sheet.issue(row, next(iter(columns)), found=f"columns that nothing reads: {told}",
                        expected="the headings of the template", action=action, severity=Severity.WARNING)]  # fmt: skip
