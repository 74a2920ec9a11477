"""The key points of a quarter, ready to be filled in: achievements and issues by priority."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfkit.forms import book, notes
from perfkit.model import periods, workbook_bytes

HEADINGS = ("Kind", "Priority", "Key point", "Indicators", "Status")
KINDS = ("Achievement", "Issue")
ROWS = 24
_HEADING_ROW = 5
_WIDTHS = (14, 34, 90, 18, 13)
_PRIORITY = "Priority"


def write(priorities: Sequence[str], *, quarter: str, council: str, ask: str = "") -> bytes:
    """Write the form for a quarter's key points; ``priorities`` are the titles to choose from."""
    own = periods.parse(quarter, expect="quarter")
    workbook, sheet = book.new("Key points", council=council)
    year = periods.label(periods.year_of(own))
    book.titles(sheet, (
        f"{council}: key points {year}",
        "Achievements and issues by priority",
        periods.in_title(own),
    ))  # fmt: skip
    told = workbook.create_sheet("Notes")
    notes.write(told, top=("Notes: how to fill in the key points",), sections=_sections(priorities, ask))
    _table(sheet, notes.cells_beside(told, _PRIORITY))
    return workbook_bytes.of(workbook)


def _table(sheet: Any, priorities: str) -> None:
    book.widths(sheet, _WIDTHS)
    book.headings(sheet, _HEADING_ROW, HEADINGS)
    first, last = _HEADING_ROW + 1, _HEADING_ROW + ROWS
    for row in range(first, last + 1):
        for column in range(1, len(HEADINGS) + 1):
            book.unlock(book.put(sheet, row, column, None))
        sheet.cell(row, 4).number_format = "@"
        sheet.row_dimensions[row].height = 32
    for letter, choices, prompt in (
        ("A", KINDS, "What it is."),
        ("B", priorities, "The corporate priority that it is about."),
        ("C", (), "One sentence or two, as they may stand in the report."),
        ("D", (), "Published numbers of the indicators that it speaks of, such as 33, 37."),
        ("E", [word for word, _ in notes.STATUSES], "How firm it is; provisional if left empty."),
    ):
        title = HEADINGS["ABCDE".index(letter)]
        book.drop_down(sheet, f"{letter}{first}:{letter}{last}", choices, prompt=prompt, title=title)
    book.finish(sheet, heading_row=_HEADING_ROW, columns=len(HEADINGS))


def _sections(priorities: Sequence[str], ask: str) -> tuple[notes.Section, ...]:
    return (
        ("How to fill in", (
            "One line for each achievement or issue. Say which indicators it speaks of, so that the report can lead "
            "from the sentence to the figure.",
            "An achievement about an indicator that is rated red comes back as a question.",
        )),
        ("Whom to ask", (ask or notes.ASK,)),
        ("Priorities", tuple((_PRIORITY, title) for title in priorities)),
    )  # fmt: skip
