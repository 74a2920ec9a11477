"""A directorate's return for one quarter, ready to be filled in: dashboard, exceptions and notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill

from perfkit.forms import book, notes
from perfkit.forms.return_lines import Line, Tables, is_pair, number_format, of_directorate
from perfkit.model import periods, template_notes, workbook_bytes
from perfkit.model.errors import ParameterError
from perfkit.model.percentages import may_pass_100

HEADING_ROW = 7
FIRST_ROW = HEADING_ROW + 1
EXCEPTIONS = ("No.", "Indicator", "Outcome", "Outcome RAG", "Cause", "Action")
RAGS, OUTLOOKS = ("G", "A", "R"), ("↑", "→", "↓")
STATUSES = tuple(word for word, _ in notes.STATUSES)
_WIDTHS = (7, 26, 6, 44, 13, 12, 15, 10, 12, 12, 8, 9, 52)
_NUMBER, _TARGET, _LAST, _LAST_RAG, _ACTUAL, _STATUS, _RAG, _OUTLOOK, _COMMENTS = 3, 5, 7, 8, 9, 10, 11, 12, 13
_FILLS = {"G": "A9D18E", "A": "FFD966", "R": "FF9B9B"}
_EXCEPTION_ROWS = 8
_TURNED = 96
"""Points that the longest title of a priority needs when it is turned and wrapped."""


def write(tables: Tables, *, quarter: str, directorate: str, council: str, ask: str = "") -> bytes:
    """Write the return that one directorate fills in for a quarter; the same tables give the same bytes.

    Needs the tables ``indicators, outcomes, priorities, directorates, targets, observations, assessments``; ``council``
    is the name in the title, ``ask`` whom to ask. Raises `ParameterError` for a directorate that the year's framework
    lacks, or that reports no indicator.
    """
    own = periods.parse(quarter, expect="quarter")
    name = _name(tables, periods.label(periods.year_of(own)), directorate)
    lines = of_directorate(tables, quarter=quarter, directorate=directorate)
    if not lines:
        raise ParameterError(f"{name} ({directorate}) reports no indicator in {periods.label(periods.year_of(own))}.")
    year = periods.label(periods.year_of(own))
    workbook, sheet = book.new("Dashboard", council=council)
    top = [
        f"{council}: performance dashboard {year}",
        name if name == directorate else f"{name} ({directorate})",
        periods.in_title(own),
    ]
    _dashboard(sheet, [*top, "Return date:", "Rated by:"], lines, own)
    exceptions, told = workbook.create_sheet("Exceptions"), workbook.create_sheet("Notes")
    sections = notes.of_return(quarter=periods.label(own), ask=ask, outcomes=_outcomes(lines))
    notes.write(told, top=("Notes: how to fill in this return",), sections=sections)
    _exceptions(
        exceptions,
        [f"{council}: red exceptions {year}", *top[1:]],
        lines,
        outcomes=notes.cells_beside(told, notes.OUTCOME),
    )
    return workbook_bytes.of(workbook)


def headings(quarter: str) -> tuple[str, ...]:
    """Give the headings of the dashboard.

    >>> headings("2017-18 Q2")[6:9]
    ('Last quarter: 2017-18 Q1', 'Last quarter RAG', 'Q2 Actual')
    """
    own = periods.parse(quarter, expect="quarter")
    now, before = f"Q{own.quarter}", periods.label(own - 1)
    return ("Priority", "Outcome", "No.", "Indicator", "Target", "Cumulative Target Y/N", f"Last quarter: {before}",
            "Last quarter RAG", f"{now} Actual", "Status", f"{now} RAG", "Outlook", "Comments / Reason")  # fmt: skip


def _name(tables: Tables, year: str, directorate: str) -> str:
    frame = tables["directorates"]
    names = {row["directorate"]: row["name"] for row in frame[frame["financial_year"] == year].to_dict("records")}
    if directorate not in names:
        raise ParameterError(
            f'"{directorate}" is not a directorate of {year}: the framework has {", ".join(names) or "none"}.'
        )
    return str(names[directorate])


def _outcomes(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(str(line["outcome_title"]) for line in lines))


def _dashboard(sheet: Any, top: Sequence[str], lines: Sequence[Line], quarter: Any) -> None:
    book.widths(sheet, _WIDTHS)
    book.titles(sheet, top)
    for row, what in ((len(top) - 1, "the date, as Return date: 20 October 2017"), (len(top), "who rated")):
        book.open_line(sheet, row, columns=4)
        book.prompt(sheet, f"A{row}", f"Type {what}, after the words that are there.", title="Who and when")
    book.headings(sheet, HEADING_ROW, headings(periods.label(quarter)))
    for row, line in enumerate(lines, FIRST_ROW):
        _fixed(sheet, row, line)
        _to_fill(sheet, row, line, quarter)
    last = HEADING_ROW + len(lines)
    _lists(sheet, last)
    _merge(sheet, [line["priority"] for line in lines], column=1)
    _merge(sheet, [line["outcome_title"] for line in lines], column=2)
    _heights(sheet, lines)
    signs = "RAG: G on target, A just off target, R off target. Outlook: ↑ improving, → stable, ↓ deteriorating."
    book.put(sheet, last + 2, 1, signs, framed=False).font = Font(italic=True)
    sheet.cell(last + 2, 1).alignment = Alignment(wrap_text=False)
    book.finish(sheet, heading_row=HEADING_ROW, columns=len(_WIDTHS), freeze=4)


def _fixed(sheet: Any, row: int, line: Line) -> None:
    ref = str(line["ref"])
    cumulative = "Y" if line["series_type"] == "ytd" else "N"
    values = (line["priority"], line["outcome_title"], int(ref) if ref.isdigit() else ref, line["title"],
              line["target_text"], cumulative, line["last"], line["last_rag"])  # fmt: skip
    for column, value in enumerate(values, 1):
        cell = book.put(sheet, row, column, value)
        if column not in (2, 4):
            book.centre(cell)
    sheet.cell(row, _TARGET).number_format = "@"
    if line["target_basis"] in ("quarter", "month"):
        told = template_notes.of_target(line["target_basis"], cumulative=cumulative == "Y")
        book.note(sheet.cell(row, _TARGET), told)
    sheet.cell(row, _LAST).number_format = line["last_format"]
    for column in (_LAST, _LAST_RAG):
        book.grey(sheet.cell(row, column))


def _to_fill(sheet: Any, row: int, line: Line, quarter: Any) -> None:
    for column in range(_ACTUAL, _COMMENTS + 1):
        cell = book.put(sheet, row, column, None)
        book.unlock(cell)
        if column != _COMMENTS:
            book.centre(cell)
    actual = sheet.cell(row, _ACTUAL)
    actual.number_format = number_format(line, pair=is_pair(line))
    if said := _said(line, quarter):
        book.note(actual, said)
    _figure_rule(sheet, actual.coordinate, line)
    sheet.cell(row, _RAG).font, sheet.cell(row, _OUTLOOK).font = Font(bold=True), Font(size=14)


def _figure_rule(sheet: Any, cell: str, line: Line) -> None:
    """Offer the states of a milestone; ask about a percentage above 100 and a count below 0, which cannot be."""
    title, asked = f"Figure for {line['due']}", _asked(line)
    if line["unit"] == "milestone" or is_pair(line) or (line["unit"] == "percent" and may_pass_100(line) == "yes"):
        choices = notes.MILESTONES if line["unit"] == "milestone" else ()
        book.drop_down(sheet, cell, choices, prompt=asked, title=title)
    elif line["unit"] == "percent":
        text = "That is more than 100%. Type 67% as 67% or as 67, not as 6700."
        book.doubt(sheet, cell, f"OR(ISTEXT({cell}),{cell}<=1)", prompt=asked, title=title, text=text)
    else:
        text = "That is less than 0. Does a stray dash stand before it?"
        book.doubt(sheet, cell, f"OR(ISTEXT({cell}),{cell}>=0)", prompt=asked, title=title, text=text)


def _said(line: Line, quarter: Any) -> str:
    """Say for what period a figure is due, where that is not the quarter itself."""
    if int(line["arrears"]):
        return template_notes.of_arrears(int(line["arrears"]), periods.in_words(periods.parse(line["due"])))
    if line["frequency"] == "year" and line["unit"] != "milestone":
        return template_notes.of_year(periods.label(quarter))
    return ""


def _asked(line: Line) -> str:
    if is_pair(line):
        return "The whole and its part with a stroke between, such as 17/6; or [x] if there is none."
    if line["unit"] == "milestone":
        return "How far it is: choose from the list."
    if line["unit"] == "percent":
        return "A percentage, such as 67%; or [x] if there is none."
    if line["unit"] == "quartile":
        return "1 for the best quarter of authorities to 4; or [x] if there is none."
    so_far = ", since April" if line["series_type"] == "ytd" else ""
    return f"A number ({line['unit']}{so_far}); or [x] if there is none."


def _lists(sheet: Any, last: int) -> None:
    for letter, choices, title, prompt in (
        ("J", STATUSES, "Status", "How firm the figure is; provisional if left empty."),
        ("K", RAGS, "RAG", "The director's rating: G, A or R; empty if not rated."),
        ("L", OUTLOOKS, "Outlook", "To the year's end: ↑ improving, → stable, ↓ deteriorating."),
    ):
        book.drop_down(sheet, f"{letter}{FIRST_ROW}:{letter}{last}", choices, prompt=prompt, title=title)
    _colour(sheet, f"K{FIRST_ROW}:K{last}")
    _colour(sheet, f"H{FIRST_ROW}:H{last}")


def _colour(sheet: Any, cells: str) -> None:
    for letter, colour in _FILLS.items():
        fill = PatternFill("solid", bgColor=colour)
        sheet.conditional_formatting.add(cells, CellIsRule(operator="equal", formula=[f'"{letter}"'], fill=fill))


def _merge(sheet: Any, keys: Sequence[str], *, column: int) -> None:
    row = FIRST_ROW
    for _, group in groupby(keys):
        length = len(list(group))
        if length > 1:
            sheet.merge_cells(start_row=row, end_row=row + length - 1, start_column=column, end_column=column)
        turned = 90 if column == 1 else 0
        sheet.cell(row, column).alignment = Alignment("center", "center", text_rotation=turned, wrap_text=True)
        sheet.cell(row, column).font = Font(bold=column == 1)
        row += length


def _heights(sheet: Any, lines: Sequence[Line]) -> None:
    first = FIRST_ROW
    for _, group in groupby(line["priority"] for line in lines):
        length = len(list(group))
        book.heights(sheet, first, first + length - 1, least=max(32.0, _TURNED / length))
        first += length


def _exceptions(sheet: Any, top: Sequence[str], lines: Sequence[Line], *, outcomes: str) -> None:
    book.widths(sheet, (7, 42, 42, 13, 60, 60))
    book.titles(sheet, top)
    book.headings(sheet, HEADING_ROW, EXCEPTIONS)
    rows = max(_EXCEPTION_ROWS, len(lines))
    last, listed = HEADING_ROW + rows, HEADING_ROW + len(lines)
    for row in range(FIRST_ROW, last + 1):
        for column in range(1, len(EXCEPTIONS) + 1):
            book.unlock(book.put(sheet, row, column, None))
        sheet.row_dimensions[row].height = 48
    for letter, choices, title, prompt in (
        ("A", f"Dashboard!$C${FIRST_ROW}:$C${listed}", "No.", "The number of an indicator rated R."),
        ("B", f"Dashboard!$D${FIRST_ROW}:$D${listed}", "Indicator", "May be left empty: the number says it."),
        ("C", outcomes, "Outcome", "May be left empty: the number says it."),
        ("D", RAGS, "Outcome RAG", "The director's rating of the outcome, where there is one."),
        ("E", (), "Cause", "Why it is red."),
        ("F", (), "Action", "What is being done, by whom and by when."),
    ):
        book.drop_down(sheet, f"{letter}{FIRST_ROW}:{letter}{last}", choices, prompt=prompt, title=title)
    _colour(sheet, f"D{FIRST_ROW}:D{last}")
    book.finish(sheet, heading_row=HEADING_ROW, columns=len(EXCEPTIONS), freeze=2)
