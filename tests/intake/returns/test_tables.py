"""A table of a return that is wrong as a whole is told of once; columns that nothing reads are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from perfkit.intake import returns
from perfkit.intake.workbooks.grid import Sheet, Workbook
from tests.intake.conftest import GOOD_ROWS, HEADINGS

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]


def found_in(workbook: Workbook, framework: Framework) -> list[tuple[str, str]]:
    return [(issue.where.cell, issue.found) for issue in returns.read(workbook, framework=framework).issues]


def dashboard(name: str, rows: list[list[Any]]) -> Sheet:
    return Sheet("2017-18/Q1/returns/SCS.xlsx", name, [HEADINGS, *rows])


def test_a_return_under_another_directorates_title_is_one_issue(return_book: Make, framework: Framework) -> None:
    theirs = framework["indicators"].assign(directorate="CSS")
    assert found_in(return_book(), {**framework, "indicators": theirs}) == [
        ("A5", "a table of 5 indicators that CSS reports")
    ]


def test_a_copy_of_the_dashboard_is_one_issue(return_book: Make, framework: Framework) -> None:
    book = return_book()
    copied = Workbook(book.file, (*book.sheets, dashboard("Dashboard (2)", GOOD_ROWS)))
    assert found_in(copied, framework) == [("A1", "5 indicators of another sheet again")]


def test_one_indicator_on_two_sheets_is_told_at_its_row(return_book: Make, framework: Framework) -> None:
    book = return_book()
    twice = Workbook(book.file, (*book.sheets, dashboard("More", GOOD_ROWS[:1])))
    assert found_in(twice, framework) == [("A2", "indicator 1 a second time (first in A6)")]


def test_columns_that_hold_figures_which_nothing_reads_are_named_once(return_book: Make, framework: Framework) -> None:
    headings = [*HEADINGS, "Numerator", "Denominator", "Last quarter", "Empty"]
    rows = [[*row, 68, 100, "65%", None] for row in GOOD_ROWS]
    assert found_in(return_book(rows, headings=headings), framework) == [
        ("J5", 'columns that nothing reads: "Numerator", "Denominator"')
    ]
    assert not returns.read(return_book(rows, headings=headings), framework=framework).stops


def test_what_stands_in_a_column_without_a_heading_is_told(return_book: Make, framework: Framework) -> None:
    rows = [[*row, None, "surplus" if row[0] == 27 else None] for row in GOOD_ROWS]
    reading = returns.read(return_book(rows), framework=framework)
    assert [str(issue) for issue in reading.issues] == [
        "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell K5: found columns that nothing reads: column K, expected "
        "the headings of the template. What they hold was passed over; say what matters under Comments."
    ]


def test_a_dashboard_under_a_heading_that_nobody_knows_is_told_which_one_it_lacks(return_book: Make) -> None:
    book = return_book(headings=["Aim" if heading == "Indicator" else heading for heading in HEADINGS])
    issue = returns.nearly(book)
    assert issue is not None
    assert issue.where.cell == "A5"
    assert issue.found == "headings like those of a return, but none for Indicator"
    assert returns.nearly(Workbook("notes.xlsx", (Sheet("notes.xlsx", "A", [["Name", "Target"]]),))) is None


def test_an_indicator_may_be_called_a_performance_measure(return_book: Make, framework: Framework) -> None:
    names = {"Indicator": "Performance Measure", "No.": "KPI Ref"}
    book = return_book(headings=[names.get(heading, heading) for heading in HEADINGS])
    assert returns.recognises(book)
    assert returns.read(book, framework=framework).issues == ()


def test_an_actual_over_numerator_and_rate_is_asked_about(return_book: Make, framework: Framework) -> None:
    book = return_book()
    rows = [list(row) for row in book.sheets[0].rows]
    wide = [[*row[:5], None, *row[5:]] for row in rows]
    wide.insert(5, [None, None, None, None, "Numerator", "Rate"])
    reading = returns.read(Workbook(book.file, (Sheet(book.file, "Dashboard", wide),)), framework=framework)
    assert reading.tables == {}
    assert ("E6", 'several columns under "Q1 Actual": "Numerator", "Rate"') in [
        (issue.where.cell, issue.found) for issue in reading.issues
    ]


def test_indicators_above_the_headings_keep_the_return_out(return_book: Make, framework: Framework) -> None:
    """The headings of the first block lost one of theirs; those of the next block are taken for the table's."""
    rows = [GOOD_ROWS[0], GOOD_ROWS[1], [], HEADINGS, *GOOD_ROWS[2:]]
    headings = ["Number of" if heading == "No." else heading for heading in HEADINGS]
    reading = returns.read(return_book(rows, headings=headings), framework=framework)
    assert reading.tables == {}
    assert ("B6", "indicator 1 (Users satisfied) above the headings") in [
        (issue.where.cell, issue.found) for issue in reading.issues if issue.stops
    ]


def test_a_second_sheet_that_lost_a_heading_keeps_the_return_out(return_book: Make, framework: Framework) -> None:
    book = return_book(GOOD_ROWS[2:])
    heads = ["Aim" if heading == "Indicator" else heading for heading in HEADINGS]
    more = Sheet(book.file, "Page 2", [heads, *GOOD_ROWS[:2]])
    reading = returns.read(Workbook(book.file, (*book.sheets, more)), framework=framework)
    assert reading.tables == {}
    assert [str(issue) for issue in reading.issues if issue.stops] == [
        f"{book.file}, sheet Page 2, cell A1: found headings like those of a return, but none for Indicator, expected "
        "No., Indicator, RAG. Write the headings as the template has them."
    ]
