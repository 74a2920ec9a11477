"""Headings as officers type them: found with what stands about them, never those of another year or stage."""

from __future__ import annotations

import pytest

from perfkit.intake.layouts import reader
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Issue
from perfkit.model.paper_layouts import LAYOUTS

Rows = list[list[object]]


def read(table: str, *rows: list[object], merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> Filled:
    sheet = Sheet("a.xlsx", "Sheet", [["Quarter: 2024-25 Q2", "Figures in: £"], *rows], merged=merged or {})
    issues: list[Issue] = []
    filled = reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS[table], issues)
    assert issues == []
    return filled


def risk(*headings: str) -> dict[str, object]:
    (row,) = read("risks", list(headings), ["R1", "No carers", 4, 5]).rows
    return row


@pytest.mark.parametrize(
    "headings",
    [("RISK ID", "RISK", "LIKELIHOOD", "IMPACT"), ("Risk\nRef.", "Risk\ntitle", "Likelihood\n(1-5)", "Impact\n(1-5)"),
     ("Ref*", "Risk (1)", "Likelihood [2]", "Impact (note 3)"), ("Ref", "Risk¹", "Likelihood2", "Impact†"),
     ("No", "Details of risk", "L", "I"), ("ID", "Risk name", "Current probability", "Residual severity")],
)  # fmt: skip
def test_a_heading_is_found_in_capitals_abbreviated_broken_or_with_a_footnote(headings: tuple[str, ...]) -> None:
    assert risk(*headings)["likelihood"] == 4


def test_the_scores_after_mitigation_are_taken_not_the_inherent_ones() -> None:
    titles = ["Ref", "Risk", "Inherent", "Inherent", "Residual", "Residual"]
    heads = ["Ref", "Risk", "Likelihood", "Impact", "Likelihood", "Impact"]
    merged = {(2, 0): (1, 0), (2, 1): (1, 1), (1, 3): (1, 2), (1, 5): (1, 4)}
    (row,) = read("risks", titles, heads, ["R1", "No carers", 5, 5, 3, 4], merged=merged).rows
    assert (row["likelihood"], row["impact"]) == (3, 4)


def test_a_title_over_several_columns_need_not_be_merged() -> None:
    titles = [None, None, "Target", None, "Current", None]
    heads = ["Ref", "Risk", "Likelihood", "Impact", "Likelihood", "Impact"]
    (row,) = read("risks", titles, heads, ["R1", "No carers", 1, 2, 3, 4]).rows
    assert (row["likelihood"], row["impact"]) == (3, 4)


def test_the_columns_of_the_reported_year_are_taken() -> None:
    heads = ["Directorate", "Line", "2023/24 Budget", "2024/25 Budget", "Q2 Forecast 2024-25"]
    (row,) = read("finance", heads, ["SCS", "Homes", 1, 100, 110]).rows
    assert (row["budget"], row["forecast"], row["cell"]) == (100, 110, "D3")


def test_columns_of_another_year_alone_are_told() -> None:
    heads: list[object] = ["Directorate", "Line", "Budget 2023/24", "Forecast"]
    rows: Rows = [["Quarter: 2024-25 Q2"], heads, ["SCS", "Homes", 1, 2]]
    sheet = Sheet("a.xlsx", "Money", rows)
    issues: list[Issue] = []
    reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["finance"], issues)
    (issue,) = issues
    assert (issue.where.cell, issue.found) == ("C2", 'the heading "Budget 2023/24"')
    assert issue.expected == "headings for 2024-25 Q2, which the sheet reports"


def test_headings_that_stand_again_at_a_page_break_hold_from_there_on() -> None:
    rows: Rows = [["Directorate", "Line", "Budget", "Forecast"], ["SCS", "Homes", 1, 2], ["Page 1 of 2"],
                  ["Directorate", "Line", "Forecast", "Budget"], ["CEF", "Schools", 4, 3]]  # fmt: skip
    filled = read("finance", *rows)
    read_rows = [(row["line"], row["budget"], row["forecast"]) for row in filled.rows]
    assert read_rows == [("Homes", 1, 2), ("Schools", 3, 4)]


def test_words_in_the_rows_are_not_taken_for_headings() -> None:
    (row,) = read("risks", ["Ref", "Risk", "Likelihood", "Impact", "Owner"], ["R1", "Impact (1)", 1, 2, "Risk 2"]).rows
    assert (row["title"], row["owner"]) == ("Impact (1)", "Risk 2")


def test_scores_of_another_stage_alone_are_told() -> None:
    heads: list[object] = ["Ref", "Risk", "Likelihood", "Impact", "Likelihood", "Impact"]
    rows: Rows = [
        ["Quarter: 2024-25 Q2"],
        [None, None, "Inherent", None, "Target", None],
        heads,
        ["R1", "A", 5, 5, 1, 1],
    ]
    sheet = Sheet("a.xlsx", "Risks", rows)
    issues: list[Issue] = []
    reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["risks"], issues)
    (issue,) = issues
    assert (issue.where.cell, issue.found) == ("C3", 'the heading "Inherent Likelihood"')
    assert issue.expected == "the figures as they stand now"


def test_of_two_due_dates_the_revised_one_is_taken() -> None:
    top: Rows = [["Programme: P"], ["As at: October 2024"]]
    upper: list[object] = ["Recommendation", "Action", "What is to be done", "Status", "Due date", "Due date"]
    lower: list[object] = [*upper[:4], "Original", "Revised"]
    merged = {(3, c): (2, c) for c in range(4)} | {(2, 5): (2, 4)}
    row: list[object] = ["1", "1.1", "Website", "Ongoing", "Dec 2024", "Jan 2025"]
    sheet = Sheet("a.xlsx", "Plan", [*top, upper, lower, row], merged=merged)
    issues: list[Issue] = []
    filled = reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["actions"], issues)
    assert (issues, [one["due"] for one in filled.rows]) == ([], ["January 2025"])


def test_scores_below_a_title_belong_to_the_headings_beside_it() -> None:
    titles = ["Ref", "Risk", "Inherent risk", None, None, "Controls", "Residual risk", None, None]
    heads = [None, None, "Likelihood", "Impact", "Score", None, "Likelihood", "Impact", "Score"]
    (row,) = read("risks", titles, heads, ["R1", "No carers", 5, 5, 25, "Hire", 3, 4, 12]).rows
    assert (row["likelihood"], row["impact"], row["mitigation"], row["cell"]) == (3, 4, "Hire", "A4")


@pytest.mark.parametrize("headings", [
    ("Ref", "Risk", "Current likelihood (1-5)", "Current impact (1-5)"),
    ("Ref", "Risk", "Likelihood score", "Impact rating"),
])  # fmt: skip
def test_a_scale_or_the_word_score_may_stand_behind_a_score(headings: tuple[str, ...]) -> None:
    assert risk(*headings)["likelihood"] == 4


@pytest.mark.parametrize(("heads", "number", "title"), [
    (["Rec", "Action No", "Action", "Status"], "1.1", "Website"),
    (["Recommendation", "Ref", "Action", "Status"], "1.1", "Website"),
    (["Recommendation", "Action", "What is to be done", "Status"], "1.1", "Website"),
])  # fmt: skip
def test_action_is_its_number_only_where_nothing_else_is(heads: list[object], number: str, title: str) -> None:
    filled = reader_of_actions(heads, ["1", "1.1", "Website", "Complete"])
    assert [(row["action"], row["title"]) for row in filled.rows] == [(number, title)]


def reader_of_actions(*rows: list[object]) -> Filled:
    top: Rows = [["Programme: Peer challenge 2024"], ["As at: October 2024"]]
    sheet, issues = Sheet("a.xlsx", "Plan", [*top, *rows]), list[Issue]()
    filled = reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["actions"], issues)
    assert issues == []
    return filled


@pytest.mark.parametrize(("heads", "line"), [
    (["Directorate", "Service", "Budget", "Forecast"], "Homes"),
    (["Service", "Cost centre", "Budget", "Forecast"], "Homes"),
    (["Directorate", "Service area", "Budget", "Forecast"], "Homes"),
])  # fmt: skip
def test_a_service_is_a_budget_line_or_a_directorate(heads: list[object], line: str) -> None:
    (row,) = read("finance", heads, ["SCS", "Homes", 1, 2]).rows
    assert (row["directorate"], row["line"]) == ("SCS", line)


def test_a_heading_of_words_for_another_year_is_told() -> None:
    rows: Rows = [["Financial year: 2024-25"], ["No.", "Step", "When 2023/24"], [1, "Report", "May 2024"]]
    sheet, issues = Sheet("a.xlsx", "Steps", rows), list[Issue]()
    reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["timetable"], issues)
    assert [(issue.where.cell, issue.found, issue.expected) for issue in issues] == [
        ("C2", 'the heading "When 2023/24"', "headings for 2024-25, which the sheet reports")
    ]
