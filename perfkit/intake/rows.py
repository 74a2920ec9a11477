"""Take one row of a table apart, cell by cell, gathering what is wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from perfkit.intake import cells, concealed, headings
from perfkit.intake.cells import Number, Problem
from perfkit.intake.headings import Aliases, Headings
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook, cell_name
from perfkit.model.errors import Issue, Severity

_SUMS = ("total", "totals", "grand total", "sub total", "subtotal", "overall", "average", "mean", "sum")
"""What stands in place of a title in a row that sums up others, and needs no key."""


@dataclass(frozen=True)
class Row:
    """One row below found headings; what it reads wrong it adds to ``issues``, which rows of a table share."""

    sheet: Sheet
    headings: Headings
    number: int
    issues: list[Issue]

    def column(self, name: str) -> int | None:
        """Give the column of a heading, None where the sheet has none."""
        return self.headings.columns.get(name)

    def value(self, name: str) -> Value:
        """Give the cell under a heading as it is; one that is struck out is told."""
        column, own = self.headings.columns.get(name), self.sheet.rows[self.number]
        if column is None or column >= len(own):
            return None
        if self.sheet.struck and self._is_struck(column):
            self.report(name, cells.struck(own[column]))
        return own[column]

    def _is_struck(self, column: int) -> bool:
        place = self.number, column
        return self.sheet.merged.get(place, place) in self.sheet.struck

    def text_of(self, name: str) -> str:
        """Give the cell under a heading as text with single spaces, "" where it is empty."""
        column = self.column(name)
        return "" if column is None else self.sheet.text(self.number, column)

    def origin(self, name: str) -> tuple[int, int] | None:
        """Give the row and column that a merged cell under a heading was filled from."""
        column = self.column(name)
        return None if column is None else self.sheet.merged.get((self.number, column))

    def format(self, name: str) -> str:
        """Give the number format of the cell under a heading."""
        column = self.column(name)
        return "" if column is None else self.sheet.formats.get((self.number, column), "")

    def cell(self, name: str) -> str:
        """Name the cell under a heading."""
        return cell_name(self.number, self.headings.columns[name])

    def place(self, name: str) -> dict[str, str]:
        """Give file, sheet and cell of the row's main figure."""
        return {"file": self.sheet.file, "sheet": self.sheet.name, "cell": self.cell(name)}

    def under(self, **columns: int) -> Row:
        """Give the same row under headings of other columns, by what they are called there."""
        return Row(self.sheet, Headings(self.headings.row, columns), self.number, self.issues)

    def report(self, name: str, problem: Problem | None) -> None:
        """Keep a problem of the cell under a heading as an issue."""
        column = self.column(name) if problem else None
        if problem and column is not None:
            self.issues.append(problem.at(self.sheet, self.number, column))

    def wrong(self, name: str, found: str, expected: str, action: str, *, severity: Severity = Severity.ERROR) -> None:
        """Keep an issue about the cell under a heading."""
        self.report(name, Problem(found, expected, action, severity))

    def text(self, name: str) -> str | None:
        """Read a text, None where it is empty."""
        value = self.value(name)
        if value is None:
            return None
        word = cells.text(value)
        self.report(name, word.problem)
        return word.value

    def code(self, name: str) -> str | None:
        """Read a text in small letters, for words of a fixed list."""
        word = self.text(name)
        return word.lower() if word else None

    def figure(self, name: str, *, unit: str = "") -> Number:
        """Read a number or the marker in its place."""
        number = cells.number(self.value(name), unit=unit, number_format=self.format(name))
        self.report(name, number.problem)
        return number

    def number_of(self, name: str) -> float | None:
        """Read a number that may be absent."""
        return self.figure(name).value

    def whole(self, name: str) -> int | None:
        """Read a whole number that may be absent."""
        number = cells.whole(self.value(name))
        self.report(name, number.problem)
        return None if number.value is None or number.problem else int(number.value)

    def day(self, name: str) -> pd.Timestamp | None:
        """Read a day that may be absent."""
        stamp, problem = cells.day(self.value(name))
        self.report(name, problem)
        return stamp


@dataclass(frozen=True)
class TableSpec:
    """How a table is found: its columns under all their names, and those it cannot do without.

    A row counts where its ``key`` is filled; a row whose ``witness`` is filled but not its key has lost its key. In
    headings the words of the ``year`` are passed over; "*" is any year.
    """

    aliases: Aliases
    needed: Sequence[str]
    key: str
    witness: str
    year: str = ""

    def find(self, sheet: Sheet) -> Headings | None:
        """Find the table's headings on a sheet."""
        return headings.find(sheet, self.aliases, needed=self.needed, year=self.year)

    def places(self, workbook: Workbook) -> Iterator[tuple[Sheet, Headings]]:
        """Walk the sheets that hold the table, with its headings there."""
        for sheet in workbook.sheets:
            if found := self.find(sheet):
                yield sheet, found

    @cached_property
    def names(self) -> frozenset[str]:
        """All that a heading of the table may be called, in bare words."""
        return frozenset(alias for some in self.aliases.values() for alias in some)

    def again(self, sheet: Sheet, row: int) -> Headings | None:
        """Read a row below the table's headings as headings of its next block, None where it is none."""
        found = headings.match(sheet, row, self.aliases, year=self.year)
        return found if all(name in found.columns for name in self.needed) else None


def walk(sheet: Sheet, found: Headings, columns: TableSpec, issues: list[Issue]) -> Iterator[Row]:
    """Walk the rows of a table; headings that stand twice, rows that lost their key, and what is hidden become issues.

    Where the headings stand again over a next block of rows, they hold from there on, in whatever order they stand.
    """
    issues += [*headings.doubled(sheet, found), *concealed.within(sheet, found)]
    own = headings.words(sheet.text(found.row, found.columns[columns.key]))
    for number in range(found.row + 1, len(sheet.rows)):
        row = Row(sheet, found, number, issues)
        text = row.text_of(columns.key)
        if again := _next_block(row, columns):
            issues += [*headings.doubled(sheet, again), *headings.lost(sheet, found, again)]
            found = again
        elif own and headings.words(text) == own:
            _alone(row, columns)
        elif text:
            yield row
        elif _lost_its_key(row, columns):
            title = cells.shown(row.value(columns.witness))
            heading = cells.shown(sheet.text(found.row, found.columns[columns.key]))
            row.wrong(
                columns.key,
                f"nothing beside {title}",
                f"what {heading} asks for",
                "Fill the cell, or empty the whole row.",
            )


def _next_block(row: Row, columns: TableSpec) -> Headings | None:
    """Read a row as headings again, which may be called otherwise and stand elsewhere; None where it is none."""
    texts = [value for value in row.sheet.rows[row.number] if isinstance(value, str)]
    if columns.names.isdisjoint(headings.bare(text, columns.year) for text in texts):
        return None
    again = columns.again(row.sheet, row.number)
    return again if again and row.sheet.text(row.number, again.columns[columns.key]) else None


def _alone(row: Row, columns: TableSpec) -> None:
    found = f"the heading {cells.shown(row.value(columns.key))} again, without the others"
    row.wrong(columns.key, found, "the same headings over each block of rows", "Repeat all headings, or none.")


def _lost_its_key(row: Row, columns: TableSpec) -> bool:
    """Tell a row with its witness and one cell more, not counting what a merged cell above lends it."""
    if headings.words(row.text_of(columns.witness)) in _SUMS:
        return False
    filled = [column for column in row.headings.columns.values() if row.sheet.text(row.number, column)]
    own = [column for column in filled if (row.number, column) not in row.sheet.merged]
    return row.headings.columns.get(columns.witness) in own and len(own) > 1
