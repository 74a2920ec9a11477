"""A grid of savings, years across: each figure is a row that keeps its own cell, and no sum is taken for a saving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from perfkit.intake import papers
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook

TITLES = [["Programme: Budget 2024"], ["As at: October 2024"], ["Figures in: £000"]]
HEADINGS = ["No.", "Saving", "2024-25", "2025-26", "Total"]
Rows = Sequence[Sequence[object]]


def grid(rows: Rows, *, headings: Sequence[str] = HEADINGS, titles: Rows = TITLES, name: str = "Savings") -> Sheet:
    return Sheet("a.xlsx", name, [list(row) for row in (*titles, headings, *rows)])


def read(*sheets: Sheet) -> Reading:
    book = Workbook("a.xlsx", sheets)
    assert papers.recognises(book)
    return papers.read(book, framework={})


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(issue.where.cell, issue.found, issue.expected) for issue in reading.issues]


def test_each_figure_is_a_saving_required_in_its_year_at_its_own_cell() -> None:
    reading = read(grid([[1, "Fleet", 100, 200, 300], [2, "Estates", None, 50, 50], ["Total", None, 100, 250, 350]]))
    assert told(reading) == []
    columns = ["number", "financial_year", "required", "programme", "as_at", "cell"]
    assert reading.tables["savings"][columns].to_numpy().tolist() == [
        [1, "2024-25", 100_000.0, "Budget 2024", "October 2024", "C5"],
        [1, "2025-26", 200_000.0, "Budget 2024", "October 2024", "D5"],
        [2, "2025-26", 50_000.0, "Budget 2024", "October 2024", "D6"],
    ]
    assert reading.tables["savings"]["delivered"].isna().all()


@pytest.mark.parametrize("years", [("2024/25", "2025/26"), ("FY24/25 £000", "FY25/26 (£k)"), ("2024 to 2025", "25-26")])
def test_the_years_may_be_spelt_in_any_way(years: tuple[str, str]) -> None:
    reading = read(grid([["1.", "Fleet", 100, 200]], headings=["No.", "Saving", *years]))
    assert told(reading) == []
    assert reading.tables["savings"][["financial_year", "required"]].to_numpy().tolist() == [
        ["2024-25", 100_000.0], ["2025-26", 200_000.0],
    ]  # fmt: skip


def test_savings_without_numbers_have_that_of_their_work_stream() -> None:
    streams = Sheet(
        "a.xlsx", "Streams", [TITLES[0], ["No.", "Work stream", "Aim"], [7, "Fleet", "x"], [9, "Land", "y"]]
    )
    reading = read(grid([["Land", 5, 6], ["Fleet", 1, 2]], headings=["Saving", "2024-25", "2025-26"]), streams)
    assert told(reading) == []
    assert reading.tables["savings"]["number"].tolist() == [9, 9, 7, 7]
    unknown = read(grid([["Ships", 5, 6]], headings=["Saving", "2024-25", "2025-26"]), streams)
    assert told(unknown) == [("A5", 'the work stream "Ships"', "a title of the sheet Work streams")]


def test_savings_that_no_one_numbers_are_numbered_by_their_place_with_a_warning() -> None:
    reading = read(grid([["Fleet", 1, 2], ["Land", 3, 4]], headings=["Saving", "2024-25", "2025-26"]))
    assert told(reading) == [("A4", "savings without numbers", "a column No. beside their titles")]
    assert not reading.stops
    assert reading.tables["streams"][["number", "title", "cell"]].to_numpy().tolist() == [
        [1, "Fleet", "A5"], [2, "Land", "A6"],
    ]  # fmt: skip


def test_sums_are_checked_and_not_kept() -> None:
    rows = [[1, "Fleet", 100, 200, 310], ["Total", None, 100, 210, None]]
    reading = read(grid(rows))
    assert told(reading) == [
        ("D6", "a total of £210,000", "£200,000, the sum of its rows"),
        ("E5", "a total of £310,000", "£300,000, the sum of its years"),
    ]
    assert [issue.severity.value for issue in reading.issues] == ["error", "warning"]


def test_a_dash_is_no_saving_and_another_marker_is_told() -> None:
    reading = read(grid([[1, "Fleet", "-", "TBC", None], [2, "Land", 5, "soon", None]]))
    assert told(reading) == [
        ("D5", '"TBC" in place of an amount', "an amount, or nothing"),
        ("D6", '"soon"', "an amount such as 1,400,000 or £1.4m, or a marker such as [x]"),
    ]


def test_figures_without_a_title_and_numbers_that_are_none_are_told() -> None:
    bare = read(grid([[None, 5, 6]], headings=["Saving", "2024-25", "2025-26"]))
    assert told(bare)[1] == ("A5", "figures without a title", "the saving that they belong to")
    assert told(read(grid([["one", "Fleet", 5, 6, 11]]))) == [("A5", '"one"', "the number of the work stream")]


@pytest.mark.parametrize("word", ["delivered", "forecast", "cumulative"])
def test_a_grid_of_other_savings_than_those_required_is_refused(word: str) -> None:
    reading = read(grid([[1, "Fleet", 1, 2, 3]], titles=[*TITLES, [f"Savings {word} by year"]]))
    assert told(reading) == [("A4", f"a grid of {word} savings", "a grid of the savings required in each year")]


def test_a_grid_without_a_unit_is_read_as_pounds_with_a_warning() -> None:
    reading = read(grid([[1, "Fleet", 100, 200, 300]], titles=TITLES[:2]))
    assert told(reading) == [
        ("C3", 'the heading "2024-25" and no unit of money on the sheet', 'a unit, such as "Figures in: £"')
    ]


def test_years_across_a_sheet_about_something_else_are_no_grid_of_savings() -> None:
    sheet = Sheet("a.csv", "", [["Title", "2024-25", "2025-26"], ["Visits", 1, 2]])
    assert not papers.recognises(Workbook("a.csv", (sheet,)))


def test_a_hidden_row_of_a_grid_is_read_and_told() -> None:
    sheet = replace(grid([[1, "Fleet", 1, 2, 3], [2, "Land", 3, 4, 7]]), hidden_rows=frozenset([5]))
    reading = read(sheet)
    assert [issue.found for issue in reading.issues] == ["row 6 hidden"]
    assert reading.tables["savings"]["number"].tolist() == [1, 1, 2, 2]


def test_a_title_over_several_savings_is_none_of_them() -> None:
    reading = read(grid([["Adults"], ["Fleet", 1, 2]], headings=["Saving", "2024-25", "2025-26"]))
    assert reading.tables["streams"][["number", "title"]].to_numpy().tolist() == [[1, "Fleet"]]


def required(reading: Reading) -> list[list[object]]:
    return reading.tables["savings"][["number", "financial_year", "required", "cell"]].to_numpy().tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "over",
    [
        ["No.", "Saving", "Savings required (£000)"],
        ["No.", "Saving", "Required £k", None, "Total"],
    ],
)
def test_years_below_a_title_over_them_are_headings_in_two_rows(over: list[object]) -> None:
    years = [None, None, "2024-25", "2025-26", None if "Total" in over else "Total"]
    sheet = Sheet("a.xlsx", "Savings", [*TITLES[:2], over, years, [1, "Fleet", 100, 200, 300]])
    reading = read(sheet)
    assert told(reading) == []
    assert required(reading) == [[1, "2024-25", 100_000.0, "C5"], [1, "2025-26", 200_000.0, "D5"]]


def test_a_title_alone_above_the_years_is_no_heading_of_theirs() -> None:
    rows = [["Savings"], [None, None, "2024-25", "2025-26"], [1, "Fleet", 100, 200]]
    assert not papers.recognises(Workbook("a.xlsx", (Sheet("a.xlsx", "Savings", [*TITLES[:2], *rows]),)))


def test_units_below_the_years_are_headings_too() -> None:
    rows = [["No.", "Saving", "2024-25", "2025-26"], [None, None, "£000", "£m"], [1, "Fleet", 100, 2]]
    reading = read(Sheet("a.xlsx", "Savings", [*TITLES[:2], *rows]))
    assert told(reading) == []
    assert required(reading) == [[1, "2024-25", 100_000.0, "C5"], [1, "2025-26", 2_000_000.0, "D5"]]


def test_a_year_over_two_columns_is_asked_for() -> None:
    reading = read(grid([["1.", "Fleet", 1, 2, 3]], headings=["No.", "Saving", "2024-25", "2025-26", "2024-25"]))
    assert told(reading) == [("E4", "2024-25 a second time (first in C4)", "each year once")]
