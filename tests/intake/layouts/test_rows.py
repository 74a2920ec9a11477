"""Rows of a paper that are none of its own: notes are passed over, figures without a name never are."""

from __future__ import annotations

import datetime as dt

import pytest

from perfkit.intake import papers
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Severity

Row = list[object]
FINANCE: Row = ["Directorate", "Budget line", "Budget", "Forecast"]
HOMES: Row = ["SCS", "Homes", 50, 60]


def finance(*rows: Row, headings: Row = FINANCE) -> Reading:
    sheet = Sheet("a.xlsx", "Money", [["Quarter: 2024-25 Q2"], ["Figures in: £"], headings, *rows])
    return papers.read(Workbook("a.xlsx", (sheet,)), framework={})


def plan(*rows: Row, headings: Row) -> Reading:
    top: list[Row] = [["Programme: Peer challenge 2024"], ["As at: October 2024"]]
    sheet = Sheet("a.xlsx", "Plan", [*top, headings, *rows])
    return papers.read(Workbook("a.xlsx", (sheet,)), framework={})


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(issue.where.cell, issue.found, issue.expected) for issue in reading.issues]


@pytest.mark.parametrize(
    "note",
    ["* Includes one-off money", "† Provisional", "N.B. rounded", "Source: ledger", "Prepared by: A. Smith",
     "Page 1 of 2", "Last updated 3 October 2024", "The budget was agreed by full council."],
)  # fmt: skip
def test_a_note_below_the_table_is_passed_over(note: str) -> None:
    for column in range(4):
        reading = finance(HOMES, [*[None] * column, note])
        assert told(reading) == []
        assert reading.tables["finance"]["line"].tolist() == ["Homes"]


def test_a_heading_over_some_rows_says_that_it_is_no_line() -> None:
    assert told(finance([None, "Adult services"], HOMES)) == [
        ("B4", '"Adult services" and nothing beside it', "Directorate, Budget")
    ]


@pytest.mark.parametrize("row", [[None, None, 150, None], [None, None, 150, 160], ["SCS", None, 150, 160]])
def test_figures_without_a_line_are_told(row: Row) -> None:
    (issue,) = finance(HOMES, row).issues
    assert (issue.where.cell, issue.action) == ("B5", "Fill the cell, or empty the whole row.")


def test_a_sub_total_adds_up_the_rows_since_the_one_before() -> None:
    rows: list[Row] = [HOMES, ["SCS", "Care", 10, 10], ["Sub-total", None, 60, 70], ["CEF", "Schools", 5, 5],
                       ["SUB TOTAL:", None, 5, 5], [None, "Grand Total", 65, 75]]  # fmt: skip
    assert told(finance(*rows)) == []
    wrong: list[Row] = [*rows[:4], ["Sub total", None, 6, 5], rows[5]]
    assert told(finance(*wrong)) == [("C8", "a total of £6", "£5, the sum of its rows")]


def test_a_total_may_name_its_directorate() -> None:
    rows: list[Row] = [HOMES, ["CEF", "Schools", 5, 5], ["Total SCS", None, 50, 60], ["Total CEF", None, 5, 5]]
    assert told(finance(*rows)) == []


def test_a_total_that_does_not_call_itself_so_is_a_warning() -> None:
    reading = finance(HOMES, ["SCS", "Care", 10, 10], ["SCS", "Net expenditure", 60, 70])
    assert told(reading) == [
        ("B6", 'the line "Net expenditure", the sum of lines above it', "lines that are added up once")
    ]
    assert not reading.stops


def test_a_column_of_months_or_amounts_that_nothing_reads_is_named() -> None:
    headings: Row = ["Recommendation", "Action", "What is to be done", "Status", "Milestone"]
    reading = plan(["1", "1.1", "Website", "Complete", dt.datetime(2024, 12, 1)], headings=headings)
    assert told(reading) == [("E3", 'the heading "Milestone", which nothing reads', "Due, which no column has")]
    spent = finance([*HOMES, 20], headings=[*FINANCE, "Spent so far"])
    assert told(spent) == [
        ("E3", 'the heading "Spent so far", which nothing reads', "Actual to date, which no column has")
    ]
    assert {issue.severity for issue in (*reading.issues, *spent.issues)} == {Severity.WARNING}


def test_columns_of_words_that_nothing_reads_are_named_once() -> None:
    headings: Row = ["Recommendation", "Action", "What is to be done", "Status", "Milestone", "RAG", "Empty"]
    reading = plan(["1", "1.1", "Website", "Complete", "New design", "G", None], headings=headings)
    assert told(reading) == [("E3", 'columns that nothing reads: "Milestone", "RAG"', "the headings of the template")]
    assert not reading.stops


def test_figures_in_a_column_without_a_heading_are_told_and_notes_beside_the_table_are_not() -> None:
    headings: Row = [None, "Directorate", "Budget line", "Budget", None, "Forecast"]
    reading = finance([None, "SCS", "Homes", 50, 12, 60], ["Source: ledger"], headings=headings)
    assert told(reading) == [("E3", "columns that nothing reads: column E", "the headings of the template")]
