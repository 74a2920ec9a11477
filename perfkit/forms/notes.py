"""The sheet of notes that every workbook to fill in brings: how to fill it in, what may be typed, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Font

from perfkit.forms import book

ASK = "The performance team, who sent you this workbook."
"""Whom to ask where nobody is named."""
MARKERS = (
    ("[x] or -", "Not available: there should be a figure, and there is none."),
    ("[z] or N/A", "Not applicable this quarter."),
    ("[c] or *", "Suppressed, since so small a figure could tell of a person."),
    ("[low]", "More than zero, but rounds to zero."),
    ("Pending", "Awaited: the figure will come later."),
)
STATUSES = (
    ("provisional", "May still change. Also taken where the cell is empty."),
    ("final", "Will not change."),
    ("revised", "Replaces a figure given before."),
)
SIGNS = (
    ("G, A, R", "Rating: green on target, amber just off target, red off target. Empty: not rated."),
    ("↑ → ↓", "Outlook to the year's end: improving, stable, deteriorating."),
)
OUTCOME = "Outcome"
"""What stands beside each outcome that may be chosen."""
MILESTONES = ("Complete", "On track", "Behind")
"""What may be said of a milestone in place of a figure."""

Section = tuple[str, Sequence[str | tuple[str, str]]]


def write(sheet: Any, *, top: Sequence[str], sections: Sequence[Section]) -> None:
    """Write sections below lines of title: sentences across, or a sign and its meaning side by side."""
    book.widths(sheet, (26, 96))
    book.titles(sheet, top)
    row = len(top) + 2
    for name, entries in sections:
        book.put(sheet, row, 1, name, framed=False).font = Font(bold=True, size=12)
        for row, entry in enumerate(entries, row + 1):  # noqa: B020
            _entry(sheet, row, entry)
        row += 2
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.lock(sheet)


def _entry(sheet: Any, row: int, entry: str | tuple[str, str]) -> None:
    if isinstance(entry, str):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        book.put(sheet, row, 1, entry, framed=False)
        sheet.row_dimensions[row].height = 15.0 * (1 + len(entry) // 125)
        return
    for column, text in enumerate(entry, 1):
        book.put(sheet, row, column, text)
    sheet.row_dimensions[row].height = 15.0 * max(1 + len(entry[1]) // 92, 1 + len(entry[0]) // 24)


def of_return(*, quarter: str, ask: str, outcomes: Sequence[str]) -> tuple[Section, ...]:
    """Give the notes of a directorate's return; its outcomes stand last, where the drop-down list looks for them."""
    return (
        ("How to fill in", (
            "Fill in the pale yellow cells of the sheet Dashboard. The other cells are locked, without a password, "
            "so that rows and headings stay where they are looked for.",
            f"Actual: the figure for {quarter}, in the unit of the figure beside it. A percentage may be typed as 67%. "
            "Give the cumulative figure since April where the column Cumulative says Y.",
            "A figure that is a whole and its part, such as 17/6, is typed with a stroke. Of a milestone, say "
            f"{', '.join(MILESTONES[:-1])} or {MILESTONES[-1]}.",
            "A note hangs on the cell of every figure that is due for an earlier quarter or only once a year.",
            "RAG and Outlook are the director's. Say why under Comments where the figure alone would give another "
            "rating, or where there is no figure.",
            "Sheet Exceptions: one line for each indicator rated R, with cause and action. The number is enough to "
            "say which; give the rating of its outcome where the director has one.",
        )),
        ("What may be typed in place of a figure", MARKERS),
        ("Status", STATUSES),
        ("Signs", SIGNS),
        ("What happens to it", (
            "The workbook is checked as it comes: every number, title and target against the year's framework, every "
            "figure against its own history. What does not fit comes back to you with its cell and what to do.",
            "What you send is kept as it is. A figure that changes later is sent in the next return, or in this one "
            "again: the earlier one is not lost.",
        )),
        ("Whom to ask", (ask or ASK,)),
        ("Outcomes of this directorate", tuple((OUTCOME, title) for title in outcomes)),
    )  # fmt: skip


def cells_beside(sheet: Any, sign: str) -> str:
    """Name the cells of the notes that stand beside a sign, for a drop-down list on another sheet."""
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == sign]
    return f"'{sheet.title}'!$B${rows[0]}:$B${rows[-1]}" if rows else ""
