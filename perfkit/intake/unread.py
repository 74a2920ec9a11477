"""Sheets that no reader took, and notes on the cells of those that one did: nothing that was sent is silently lost."""

from __future__ import annotations

from collections.abc import Collection

from perfkit.intake import cell_notes
from perfkit.intake.headings import words
from perfkit.intake.papers import kinds
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Issue, Severity, Where

NOTES = (
    "notes", "note", "guidance", "guidance notes", "instructions", "how to fill in", "lists", "list", "read me",
    "readme", "contents", "cover", "cover sheet", "front page", "front sheet", "title", "introduction", "index", "key",
    "lookup", "lookups", "dropdowns", "drop downs", "validation", "data validation", "definitions", "glossary",
    "version control", "version history", "document control", "change log", "dropped", "to confirm",
)  # fmt: skip
"""Sheets that explain a workbook and hold nothing to be read."""
_WIDE = 3
"""Cells of a row from which on it is taken for a row of a table, not for a line of words."""


def tell(workbook: Workbook, taken: Collection[str]) -> list[Issue]:
    """Warn of each sheet with a table that is not among those taken, by their names, and of notes on those taken.

    >>> table = [["Service", "Visits", "Calls"], ["Fleet", 1, 2]]
    >>> book = Workbook("SCS.xlsx", (Sheet("SCS.xlsx", "Working", table), Sheet("SCS.xlsx", "Notes", table)))
    >>> print(*tell(book, ["Dashboard"]))
    SCS.xlsx, sheet Working: found a sheet that nothing reads, expected a sheet with the headings of a template. It \
was passed over; mend its headings, or move it elsewhere if it is not meant for perfkit.
    """
    notes = [issue for sheet in workbook.sheets if sheet.name in taken for issue in cell_notes.tell(sheet)]
    return [_issue(sheet) for sheet in left(workbook, taken)] + notes


def left(workbook: Workbook, taken: Collection[str]) -> list[Sheet]:
    """Give the sheets with a table that are not among those taken, by their names."""
    return [sheet for sheet in workbook.sheets if sheet.name not in taken and _holds_table(sheet)]


def _holds_table(sheet: Sheet) -> bool:
    if words(sheet.name) in NOTES:
        return False
    wide = (row for row in sheet.rows if sum(value not in (None, "") for value in row) >= _WIDE)
    return next(wide, None) is not None and next(wide, None) is not None


def _issue(sheet: Sheet) -> Issue:
    where = Where(sheet.file, sheet.name)
    paper = kinds.paper(sheet)
    if paper is None:
        action = "It was passed over; mend its headings, or move it elsewhere if it is not meant for perfkit."
        expected = "a sheet with the headings of a template"
        return Issue(where, "a sheet that nothing reads", expected, action, Severity.WARNING)
    found = f"a sheet that nothing reads here, a paper of the kind {paper.sheet}"
    action = "It was passed over; save it as a workbook of its own and send that too."
    return Issue(where, found, "it in a workbook of its own", action, Severity.WARNING)
