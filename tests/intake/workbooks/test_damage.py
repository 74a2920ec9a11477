"""Damaged workbooks end in right values or in an issue, never in a wrong value or a crash."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pandas as pd
import pytest

from perfkit.intake import framework, returns
from perfkit.intake.workbooks import excel
from perfkit.intake.workbooks.grid import Sheet, Workbook, cell_name
from perfkit.model.errors import InputError

FILE = "2017-18/Q1/returns/CSS.xlsx"
COLUMNS = ["No.", "Indicator", "Target", "Cumulative Target Y/N", "Q1 Actual", "Status", "Q1 RAG", "Outlook"]


@pytest.fixture(scope="module")
def tables(project: Path) -> dict[str, pd.DataFrame]:
    name = "2017-18/framework.xlsx"
    return framework.read(excel.read(project / "data/raw" / name, file=name)).tables


@pytest.fixture(scope="module")
def book(project: Path) -> Workbook:
    return excel.read(project / "data/raw" / FILE, file=FILE)


def _with(book: Workbook, row: int, column: int, value: object) -> Workbook:
    sheet = book.sheets[0]
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = value
    changed = Sheet(sheet.file, sheet.name, rows, formats=sheet.formats, merged=sheet.merged)
    return Workbook(book.file, (changed, *book.sheets[1:]))


@pytest.mark.parametrize("heading", COLUMNS)
def test_junk_in_any_cell_of_the_table_is_told_at_that_cell(
    book: Workbook, tables: dict[str, pd.DataFrame], heading: str
) -> None:
    sheet = book.sheets[0]
    column = [sheet.text(6, c) for c in range(len(sheet.rows[6]))].index(heading)
    for row in range(7, 14):
        reading = returns.read(_with(book, row, column, "?! see below"), framework=tables)
        assert reading.tables == {}
        assert cell_name(row, column) in {issue.where.cell for issue in reading.issues if issue.stops}


def test_values_that_change_places_are_told_or_stay_in_their_rows(
    book: Workbook, tables: dict[str, pd.DataFrame]
) -> None:
    chance = random.Random(7)
    right = returns.read(book, framework=tables).tables["observations"].set_index("indicator")["value"].to_dict()
    for _ in range(60):
        row, other = chance.sample(range(7, 14), 2)
        column, second = chance.choices(range(2, 10), k=2)
        here, there = book.sheets[0].at(row, column), book.sheets[0].at(other, second)
        reading = returns.read(_with(_with(book, row, column, there), other, second, here), framework=tables)
        if not reading.stops and not column == second == 6:
            values = reading.tables["observations"].set_index("indicator")["value"].to_dict()
            assert values == right, (row, column, other, second)


def test_flipped_bytes_and_cut_files_are_refused_or_read_as_they_were(
    project: Path, tmp_path: Path, book: Workbook
) -> None:
    content, chance = (project / "data/raw" / FILE).read_bytes(), random.Random(3)
    path = tmp_path / "CSS.xlsx"
    for n in range(60):
        damaged = bytearray(content if n % 3 else content[: chance.randrange(len(content))])
        for _ in range(3 if damaged else 0):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with contextlib.suppress(InputError):
            read = excel.read(path, file=FILE)
            assert [sheet.rows for sheet in read.sheets] == [sheet.rows for sheet in book.sheets], n
