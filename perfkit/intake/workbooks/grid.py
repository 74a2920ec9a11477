"""A sheet as a grid of cells that know where they stand; every reader works on this and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from perfkit.model.errors import Issue, Severity, Where

Value = object
Place = tuple[int, int]
Notes = dict[Place, str] | None
"""Notes pinned to cells, by row and column; None where there are some that cannot be read."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The cells of one sheet, row by row from A1; merged ranges are filled with the value of their first cell.

    ``rows[0][0]`` is A1. An empty cell is None. ``formats`` holds number formats by (row, column) where they were read;
    ``merged`` tells for a filled cell which cell it was filled from. Rows and columns that are hidden are read all the
    same; they are named where they were looked for, with those of the hidden rows that a filter hides. ``struck`` are
    the cells that are struck out as a whole, where formats were read; ``notes`` are then what people pinned to cells.
    """

    file: str
    name: str
    rows: list[list[Value]]
    hidden: bool = False
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    notes: Notes = field(default_factory=dict)

    def at(self, row: int, column: int) -> Value:
        """Give the value at a place, None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def put(self, row: int, column: int, text: str) -> None:
        """Put another text in place of a cell's own, and into the cells that were filled from it."""
        if isinstance(self.at(row, column), str) and (row, column) not in self.merged:
            for r, c in ((row, column), *(place for place, origin in self.merged.items() if origin == (row, column))):
                self.rows[r][c] = text

    def text(self, row: int, column: int) -> str:
        """Give the value at a place as text with single spaces, "" where it is empty."""
        value = self.at(row, column)
        return "" if value is None else " ".join(str(value).split())

    def is_lent(self, row: int, column: int) -> bool:
        """Say whether a cell was filled from one in another column, with which it is merged."""
        origin = self.merged.get((row, column))
        return origin is not None and origin[1] != column

    def where(self, row: int, column: int) -> Where:
        """Name a place as file, sheet and cell."""
        return Where(self.file, self.name, cell_name(row, column))

    def issue(
        self, row: int, column: int, *, found: str, expected: str, action: str, severity: Severity = Severity.ERROR
    ) -> Issue:
        """Make an issue about one cell."""
        return Issue(self.where(row, column), found, expected, action, severity)

    def cells(self) -> Iterator[tuple[int, int, Value]]:
        """Walk the cells that hold something, row by row."""
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value is not None and value != "":
                    yield r, c, value


@dataclass(frozen=True)
class Workbook:
    """A file's visible sheets in order, and the names of those that are hidden."""

    file: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name, whatever its case and spacing."""
        wanted = "".join(name.lower().split())
        return next((s for s in self.sheets if "".join(s.name.lower().split()) == wanted), None)


def as_text(value: Value) -> str:
    """Write a cell's value as text with single spaces, "" where it is empty; 608.0 is "608".

    >>> as_text(608.0), as_text(" Derby  UA"), as_text(None)
    ('608', 'Derby UA', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def cell_name(row: int, column: int) -> str:
    """Write a place, counted from 0, as Excel names it.

    >>> cell_name(11, 5)
    'F12'
    """
    return f"{get_column_letter(column + 1)}{row + 1}"
