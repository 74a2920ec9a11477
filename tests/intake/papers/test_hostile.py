"""Papers as a hostile officer would type them, in every kind of workbook: each gives the same rows, or is asked."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt

from perfkit.intake import papers
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks import formatted
from tests.intake.workbooks.test_formatted import write_ods

Cell = Any
Rows = list[list[Cell]]
DATE = "dd/mm/yyyy"
PLAN: Rows = [
    ["Middleshire County Council – action plan"],
    ["Programme: Peer challenge 2024"],
    ["AS AT 31/10/24"],
    [],
    ["REC.\nNO.", "Action\nno. (1)", "What is to be done*", "STATUS", "Due date [note 2]"],
    ["Rec 1", "1.9", "Website", "COMPLETED ✓", "TBC"],
    ["Rec 1", ("1.10", 1.1, "0.00"), "Report", "On Track ", (dt.datetime(2024, 12, 31), DATE)],
    [],
    ["REC.\nNO.", "Action\nno. (1)", "What is to be done*", "STATUS", "Due date [note 2]"],
    ["2.", "2.1.", "Staff\u200b survey", "not-started", "end of Q4 24/25"],
    ["* as agreed by the board in July 2024."],
]
MONEY: Rows = [
    ["Quarter: Q2 2024/25"],
    ["Directorate", "Budget line", "2024/25 Budget\n£'000", "Forecast (£k)", "Variance £000"],
    ["SCS", "Care\u00a0homes", ("1,400", 1400, "#,##0"), "1,500", "100"],
    ["SCS", "Income", "(250)", "250-", "nil"],
    ["SCS", "Grants", "-£1.2m", "£(1,200)k", "0"],
    ["Sub-total", None, ("-50", -50, "#,##0"), "50", None],
    ["CEF", "Placements", "７０", "0.07m", None],
    ["GRAND TOTAL", None, "20", "120", None],
]
REGISTER: Rows = [
    ["Risks: quarter 2 of 2024-25"],
    ["Ref", "Risk", "Likelihood (1-5)", "Impact (1-5)", "Score"],
    ["R1", "Staff can’t be found", "4 - Likely", ("5", 5, "0"), ("20", 20, "0")],
    ["R2", "Money", " 3 ", "4/5", "12 (amber)"],
]
GRID: Rows = [
    ["Programme: Budget 2024"],
    ["As at October 2024"],
    ["No.", "Saving", "2024/25 £k", "FY25/26 £k", "Total £k"],
    ["WS1", "Fleet", ("100", 100, "0"), "200", "300"],
    ["2", "Estates", "-", "£1.5m", "1,500"],
    ["Total", None, "100", "1,700", "1,800"],
]


def save_xlsx(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            _, value, number_format = parts(cell)
            place = book.active.cell(r, c, value)
            place.number_format = number_format
    book.save(path)


def save_xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            _, value, number_format = parts(cell)
            sheet.write(r, c, value, xlwt.easyxf(num_format_str=number_format))
    book.save(str(path))


def save_ods(path: Path, rows: Rows) -> None:
    lines = "".join(f"<table:table-row>{''.join(map(open_cell, row))}</table:table-row>" for row in rows)
    write_ods(path, f'<table:table table:name="Sheet">{lines}</table:table>')


def open_cell(cell: Cell) -> str:
    shown, value, _ = parts(cell)
    if shown == "1.10":
        value = shown
    if value is None:
        return "<table:table-cell/>"
    kind = 'office:value-type="string"'
    if isinstance(value, dt.datetime):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif not isinstance(value, str):
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{escape(shown)}</text:p></table:table-cell>"


def save_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[parts(cell)[0] for cell in row] for row in rows])


def parts(cell: Cell) -> tuple[str, Any, str]:
    """Give what a cell shows, what it holds and its number format."""
    if isinstance(cell, tuple):
        return (f"{cell[0]:%d/%m/%Y}", *cell) if len(cell) == 2 else cell
    return str(cell or ""), cell, "General"


SAVE: dict[str, Callable[[Path, Rows], None]] = {
    ".xlsx": save_xlsx, ".xls": save_xls, ".ods": save_ods, ".csv": save_csv,
}  # fmt: skip


@pytest.fixture(params=list(SAVE))
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], Reading]:
    def read(rows: Rows) -> Reading:
        path = tmp_path / f"paper{request.param}"
        SAVE[request.param](path, rows)
        book = formatted.read(path, file=path.name)
        assert papers.recognises(book)
        return papers.read(book, framework={})

    return read


def test_an_action_plan_reads_the_same_from_every_kind_of_workbook(read: Callable[[Rows], Reading]) -> None:
    reading = read(PLAN)
    assert [str(issue) for issue in reading.issues] == []
    columns = ["recommendation", "action", "title", "status", "due", "as_at", "cell"]
    assert reading.tables["actions"][columns].astype(object).fillna("").to_numpy().tolist() == [
        ["1", "1.9", "Website", "complete", "", "October 2024", "B6"],
        ["1", "1.10", "Report", "ongoing", "December 2024", "October 2024", "B7"],
        ["2", "2.1", "Staff survey", "not started", "March 2025", "October 2024", "B10"],
    ]


def test_money_reads_the_same_from_every_kind_of_workbook(read: Callable[[Rows], Reading]) -> None:
    reading = read(MONEY)
    assert [str(issue) for issue in reading.issues] == []
    assert reading.tables["finance"][["line", "budget", "forecast", "cell"]].to_numpy().tolist() == [
        ["Care homes", 1_400_000.0, 1_500_000.0, "C3"], ["Income", -250_000.0, -250_000.0, "C4"],
        ["Grants", -1_200_000.0, -1_200_000.0, "C5"], ["Placements", 70_000.0, 70_000.0, "C7"],
    ]  # fmt: skip


def test_a_register_of_risks_reads_the_same_from_every_kind_of_workbook(read: Callable[[Rows], Reading]) -> None:
    reading = read(REGISTER)
    assert [str(issue) for issue in reading.issues] == []
    assert reading.tables["risks"][["risk", "likelihood", "impact", "cell"]].to_numpy().tolist() == [
        ["R1", 4, 5, "A3"], ["R2", 3, 4, "A4"],
    ]  # fmt: skip


def test_a_grid_of_savings_reads_the_same_from_every_kind_of_workbook(read: Callable[[Rows], Reading]) -> None:
    reading = read(GRID)
    assert [str(issue) for issue in reading.issues] == []
    assert reading.tables["savings"][["number", "financial_year", "required", "cell"]].to_numpy().tolist() == [
        [1, "2024-25", 100_000.0, "C4"], [1, "2025-26", 200_000.0, "D4"], [2, "2025-26", 1_500_000.0, "D5"],
    ]  # fmt: skip
