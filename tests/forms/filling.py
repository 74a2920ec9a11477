"""Fill in a return as a directorate would: every figure near last quarter's, every rating, and its exceptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from perfkit.forms.returns import FIRST_ROW

NO, TITLE, LAST, ACTUAL, STATUS, RAG, OUTLOOK, COMMENTS = 3, 4, 7, 9, 10, 11, 12, 13
FIGURES = {"0%": 0.67, "0.0%": 0.672, "@": "On track", "0": 2, "#,##0": 41}


def figure(last: object, number_format: str, *, cumulative: bool) -> object:
    """Give a figure that follows last quarter's; a first one where there was none."""
    if isinstance(last, str) and last[:1].isdigit():
        whole, part = last.split("/")
        return f"{2 * int(whole)}/{2 * int(part)}"
    if not isinstance(last, int | float):
        return FIGURES[number_format]
    if "%" in number_format:
        return round(min(last * 1.02, 0.99), 3)
    return round(last * (2 if cumulative else 1.05))


def fill(path: Path) -> dict[str, Any]:
    """Fill in a return where it lies; give the figures typed, by indicator's number."""
    book = openpyxl.load_workbook(path)
    sheet = book["Dashboard"]
    sheet["A4"], sheet["A5"] = "Return date: 20 October 2017", "Rated by: Director"
    rows = [row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, TITLE).value]
    typed = {}
    for row in rows:
        actual = sheet.cell(row, ACTUAL)
        actual.value = figure(
            sheet.cell(row, LAST).value, actual.number_format, cumulative=sheet.cell(row, 6).value == "Y"
        )
        typed[str(sheet.cell(row, NO).value)] = actual.value
        sheet.cell(row, STATUS).value = "provisional"
        sheet.cell(row, RAG).value = "R" if row == rows[0] else "G"
        sheet.cell(row, OUTLOOK).value = "→"
        sheet.cell(row, COMMENTS).value = "As expected."
    exceptions = book["Exceptions"]
    for column, value in ((1, sheet.cell(rows[0], NO).value), (4, "R"), (5, "Fewer came."), (6, "More are asked.")):
        exceptions.cell(FIRST_ROW, column).value = value
    book.save(path)
    return typed
