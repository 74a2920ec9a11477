"""Walking a table: its rows, headings that stand again, and rows that lost their key."""

from __future__ import annotations

from perfkit.intake.rows import Columns, walk
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue

COLUMNS = Columns({"ref": ("no",), "title": ("indicator",), "actual": ("actual",)}, ("ref", "title"), "ref", "title")


def _walked(*rows: list[object]) -> tuple[list[tuple[object, object]], list[Issue]]:
    sheet, issues = Sheet("SCS.xlsx", "Dashboard", list(rows)), list[Issue]()
    found = COLUMNS.find(sheet)
    assert found is not None
    return [(row.value("ref"), row.value("actual")) for row in walk(sheet, found, COLUMNS, issues)], issues


def test_headings_printed_again_further_down_are_no_rows() -> None:
    rows, issues = _walked(["No.", "Indicator"], [1, "Visits"], [None, None], ["No.", "Indicator"], [2, "Calls"])
    assert (rows, issues) == ([(1, None), (2, None)], [])


def test_headings_that_stand_again_hold_from_there_on() -> None:
    rows, issues = _walked(
        ["No.", "Indicator", "Actual", "Note"], [1, "Visits", 10, 99],
        ["No.", "Indicator", "Note", "Actual"], [2, "Calls", 99, 20],
    )  # fmt: skip
    assert (rows, issues) == ([(1, 10), (2, 20)], [])


def test_a_heading_that_stands_again_without_the_others_is_told() -> None:
    rows, issues = _walked(["No.", "Indicator", "Actual"], [1, "Visits", 10], ["No.", "Name"], [2, "Calls", 20])
    assert [(issue.where.cell, issue.found) for issue in issues] == [
        ("A3", 'the heading "No." again, without the others')
    ]
    assert rows == [(1, 10), (2, 20)]


def test_a_row_that_lost_its_key_is_told_and_an_empty_one_is_not() -> None:
    rows, issues = _walked(["No.", "Indicator", "Actual"], [None, "Visits", 10], [], [2, "Calls", 20])
    assert rows == [(2, 20)]
    assert [issue.where.cell for issue in issues] == ["A2"]
