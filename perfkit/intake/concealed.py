"""Rows and columns that a workbook hides within a table: they are read, since hiding is not deleting, and told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from perfkit.intake.headings import Headings
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity

_ACTION = "What is hidden is read like all else; show it, or delete it if it is not meant."

MOST_RUNS = 5
"""Runs of hidden rows, or columns, of one table that are told one by one."""

Run = tuple[int, int, int]


def within(sheet: Sheet, found: Headings) -> list[Issue]:
    """Tell of every run of hidden rows and columns that hold something in the table below some headings.

    Of more than `MOST_RUNS`, such as a filter leaves, it is told once how many rows or columns there are.

    >>> rows = [["No.", "Indicator", "Q4 RAG"], [1, "Visits", "G"], [2, "Loans", "A"]]
    >>> sheet = Sheet("SCS.xlsx", "Dashboard", rows, hidden_rows=frozenset([2]))
    >>> print(within(sheet, Headings(0, {"ref": 0, "title": 1}))[0].found)
    row 3 hidden
    """
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return []
    left, right = min(found.columns.values()), _right_edge(sheet, found)
    columns = range(left, right + 1)
    rows = [row for row in sorted(sheet.hidden_rows) if any(_holds(sheet, row, column) for column in columns)]
    below = range(found.row, len(sheet.rows))
    covered = [
        column for column in sorted(sheet.hidden_columns.intersection(columns))
        if any(_holds(sheet, row, column) for row in below)
    ]  # fmt: skip
    return [*_of_rows(sheet, rows, left), *_of_columns(sheet, covered, found.row)]


def _of_rows(sheet: Sheet, rows: Sequence[int], column: int) -> Iterator[Issue]:
    for some, why in ((sheet.filtered_rows, " (by a filter)"), (sheet.hidden_rows - sheet.filtered_rows, "")):
        own = [row for row in rows if row in some]
        for first, last, count in _runs(own, sheet.hidden_rows):
            found = _named("row", str(first + 1), str(last + 1), count) + why
            yield _issue(sheet, (first, column), found, "visible rows")


def _of_columns(sheet: Sheet, columns: Sequence[int], row: int) -> Iterator[Issue]:
    for first, last, count in _runs(columns, sheet.hidden_columns):
        found = _named("column", get_column_letter(first + 1), get_column_letter(last + 1), count)
        yield _issue(sheet, (row, first), found, "visible columns")


def _runs(places: Sequence[int], hidden: frozenset[int]) -> list[Run]:
    """Put places together that have nothing visible between them; too many runs become one, with how many they hold."""
    runs: list[Run] = []
    for place in places:
        if runs and all(between in hidden for between in range(runs[-1][1] + 1, place)):
            runs[-1] = (runs[-1][0], place, 0)
        else:
            runs.append((place, place, 0))
    return runs if len(runs) <= MOST_RUNS else [(places[0], places[-1], len(places))]


def _named(what: str, first: str, last: str, count: int) -> str:
    if count:
        return f"{count} {what}s from {first} to {last} hidden"
    return f"{what} {first} hidden" if first == last else f"{what}s {first} to {last} hidden"


def _issue(sheet: Sheet, at: tuple[int, int], found: str, expected: str) -> Issue:
    return sheet.issue(*at, found=found, expected=expected, action=_ACTION, severity=Severity.WARNING)


def _right_edge(sheet: Sheet, found: Headings) -> int:
    """Give the last column with a heading; one empty column may stand between, as between blocks of quarters."""
    edge = max(found.columns.values())
    while step := next((step for step in (1, 2) if _is_headed(sheet, found.row, edge + step)), 0):
        edge += step
    return edge


def _is_headed(sheet: Sheet, row: int, column: int) -> bool:
    """Tell a column with a heading of its own, in the row of headings or in that above or below it."""
    return any(sheet.text(at, column) for at in (row - 1, row, row + 1))


def _holds(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.text(row, column) != "" and (row, column) not in sheet.merged
