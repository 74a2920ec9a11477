"""Q1/returns: one dashboard workbook a directorate, laid out as councils lay them out."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pack import book, facts
from pack.definitions import COMMENTS, DEFINITIONS, PUBLISHED_QUARTER_1, QUARTER_1

HEADINGS = (
    "Priority", "Outcome", "No.", "Indicator", "Target", "Cumulative Target Y/N", "Q1 Actual", "Status", "Q1 RAG",
    "Outlook", "Comments / Reason",
)  # fmt: skip
EXCEPTION_HEADINGS = ("No.", "Indicator", "Outcome", "Outcome RAG", "Cause", "Action")
FIRST_ROW = 8
_ROTATED = 96
"""Points that the longest title of a priority needs when it is turned and wrapped."""
_FILLS = {"G": "00B050", "A": "FFC000", "R": "FF0000"}
_ARROWS = {"improving": "↑", "stable": "→", "deteriorating": "↓"}
_DAMAGED_RATINGS = {12: "Α", 24: "Ð"}
_DAMAGED_ARROWS = {2: "1"}
_PRINTED_TARGETS = {46: "-1,562"}


def build(folder: Path, out: Path) -> None:
    """Write a return for each directorate."""
    indicators, outcomes = facts.read(folder, "indicators"), facts.read(folder, "outcomes")
    for directorate in facts.read(folder, "directorates"):
        code = directorate["directorate"]
        workbook, sheet = book.new("Dashboard")
        _titles(sheet, directorate)
        _dashboard(sheet, [row for row in indicators if row["directorate"] == code], outcomes)
        exceptions = [row for row in facts.read(folder, "exceptions") if row["directorate"] == code]
        _exceptions(workbook.create_sheet("Exceptions"), directorate, exceptions, _titles_of(indicators, outcomes))
        book.save(workbook, out / "Q1" / "returns" / f"{code}.xlsx")


def _titles_of(indicators: list[facts.Row], outcomes: list[facts.Row]) -> dict[str, str]:
    return {r["ref"]: r["title"] for r in indicators} | {r["outcome_id"]: r["title"] for r in outcomes}


def _titles(sheet: Worksheet, directorate: facts.Row) -> None:
    book.titles(sheet, [
        f"{book.COUNCIL}: performance dashboard 2017-18",
        f"{directorate['name']} ({directorate['directorate']})",
        "Quarter 1 (April to June 2017)",
        f"Return date: 21 July 2017 (illustrative). Rated by: Director, {directorate['name']}",
        "Status tells where a figure stands: final (published), or illustrative (never published, made for this pack).",
    ])  # fmt: skip


def _dashboard(sheet: Worksheet, rows: list[facts.Row], outcomes: list[facts.Row]) -> None:
    titles = {outcome["outcome_id"]: outcome["title"] for outcome in outcomes}
    book.heading(sheet, FIRST_ROW - 1, HEADINGS)
    sheet.row_dimensions[FIRST_ROW - 1].height = 34
    ordered = sorted(rows, key=lambda r: _place(r, outcomes))
    for number, row in enumerate(ordered, FIRST_ROW):
        book.line(sheet, number, _cells(row, titles))
        _dress(sheet, number, row)
    _merge(sheet, [row["priority"] for row in ordered], column=1)
    _merge(sheet, [row["outcome_id"] for row in ordered], column=2)
    book.widths(sheet, [7, 28, 6, 46, 13, 12, 11, 13, 8, 9, 60])
    first = FIRST_ROW
    for _, group in groupby(row["priority"] for row in ordered):
        length = len(list(group))
        book.heights(sheet, first, first + length - 1, least=max(30.0, _ROTATED / length))
        first += length
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 5)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.cell(FIRST_ROW + len(ordered) + 1, 1, "RAG: G on target, A just off target, R off target. "
               "Outlook: ↑ improving, → stable, ↓ deteriorating.").font = Font(italic=True)  # fmt: skip


def _place(row: facts.Row, outcomes: list[facts.Row]) -> tuple[int, int]:
    return [o["outcome_id"] for o in outcomes].index(row["outcome_id"]), int(row["ref"])


def _cells(row: facts.Row, outcomes: dict[str, str]) -> list[object]:
    ref = int(row["ref"])
    value = QUARTER_1.get(ref)
    status = None if value is None else ("final" if ref in PUBLISHED_QUARTER_1 else "illustrative")
    return [
        row["priority"], outcomes[row["outcome_id"]], ref, row["title"], _PRINTED_TARGETS.get(ref, row["target"]),
        row["cumulative"], _shown(value, row["unit"]), status, _DAMAGED_RATINGS.get(ref, row["rag"] or None),
        _DAMAGED_ARROWS.get(ref, _ARROWS[row["outlook"]]), COMMENTS.get(ref),
    ]  # fmt: skip


def _shown(value: float | str | None, unit: str) -> object:
    if unit == "percent" and not isinstance(value, str) and value is not None:
        return round(value / 100, 6)
    return value


def _dress(sheet: Worksheet, number: int, row: facts.Row) -> None:
    percent = row["unit"] == "percent"
    sheet.cell(number, 7).number_format = (
        ("0.0%" if DEFINITIONS[int(row["ref"])].decimals else "0%") if percent else "#,##0"
    )
    for column in (3, 5, 6, 7, 8, 9, 10):
        sheet.cell(number, column).alignment = book.CENTRE
    if row["rag"]:
        sheet.cell(number, 9).fill = PatternFill("solid", fgColor=_FILLS[row["rag"]])
    sheet.cell(number, 9).font = Font(bold=True)
    sheet.cell(number, 10).font = Font(size=14)


def _merge(sheet: Worksheet, keys: list[str], *, column: int) -> None:
    row = FIRST_ROW
    for _, group in groupby(keys):
        length = len(list(group))
        if length > 1:
            sheet.merge_cells(start_row=row, end_row=row + length - 1, start_column=column, end_column=column)
        rotation = 90 if column == 1 else 0
        sheet.cell(row, column).alignment = Alignment("center", "center", text_rotation=rotation, wrap_text=True)
        sheet.cell(row, column).font = Font(bold=column == 1)
        row += length


def _exceptions(sheet: Worksheet, directorate: facts.Row, rows: list[facts.Row], titles: dict[str, str]) -> None:
    _titles(sheet, directorate)
    sheet.cell(1, 1).value = f"{book.COUNCIL}: red exceptions 2017-18"
    book.heading(sheet, FIRST_ROW - 1, EXCEPTION_HEADINGS)
    for number, row in enumerate(rows, FIRST_ROW):
        cells = (int(row["ref"]), titles[row["ref"]], titles[row["outcome_id"]], "R", row["cause"], row["action"])
        book.line(sheet, number, cells)
        sheet.cell(number, 4).fill = PatternFill("solid", fgColor=_FILLS["R"])
    if not rows:
        sheet.cell(FIRST_ROW, 1, "No indicator is red this quarter.")
    book.widths(sheet, [7, 40, 40, 13, 80, 50])
    book.heights(sheet, FIRST_ROW, FIRST_ROW + len(rows) - 1)
