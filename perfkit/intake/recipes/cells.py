"""The cells below a row of headings, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from perfkit.intake.workbooks.grid import Value

_FEW = 1_000
"""Rows up to which all columns are taken out at once; a long sheet's columns are taken one at a time."""


class Cells:
    """The rows below the headings of one sheet.

    >>> Cells([["a", 1.0], ["b"]]).column(1)
    (1.0, None)
    """

    def __init__(self, rows: Sequence[Sequence[Value]]) -> None:
        self._rows = rows
        self.size = len(rows)
        self.few = self.size <= _FEW
        self._columns = list(zip(*rows, strict=True)) if self.few and len(set(map(len, rows))) == 1 else []

    def column(self, column: int) -> tuple[Value, ...]:
        """Give one column; a row that ends before it has an empty cell there."""
        if column < len(self._columns):
            return self._columns[column]
        try:
            return tuple([row[column] for row in self._rows])
        except IndexError:
            return tuple([row[column] if column < len(row) else None for row in self._rows])
