"""Walking a table: its rows, headings that stand again, and rows that lost their key."""

from __future__ import annotations

from perfkit.intake.headings import Headings
from perfkit.intake.rows import Columns, Row, walk
from perfkit.intake.workbooks.grid import Sheet, Workbook
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


def test_a_table_is_found_on_every_sheet_that_holds_it() -> None:
    sheets = [Sheet("a.xlsx", name, [["Id", "Title"], [1, "Visits"]]) for name in ("One", "Two")]
    book = Workbook("a.xlsx", (sheets[0], Sheet("a.xlsx", "Notes", [["Read me"]]), sheets[1]))
    columns = Columns({"id": ("id",), "title": ("title",)}, ("id", "title"), "id", "title")
    assert [(sheet.name, found.columns) for sheet, found in columns.places(book)] == [
        ("One", {"id": 0, "title": 1}), ("Two", {"id": 0, "title": 1}),
    ]  # fmt: skip


def test_a_row_under_other_headings_keeps_its_place_and_its_issues() -> None:
    issues: list[Issue] = []
    row = Row(Sheet("a.xlsx", "One", [["Id", "Title", "Score"], [1, "Visits", 9]]), Headings(0, {"id": 0}), 1, issues)
    score = row.under(score=2)
    assert (score.value("score"), score.cell("score"), score.value("id")) == (9, "C2", None)
    score.wrong("score", "9", "8", "Correct it.")
    assert [issue.where.cell for issue in issues] == ["C2"]


def test_a_next_block_may_call_its_headings_otherwise_and_stand_elsewhere() -> None:
    rows, issues = _walked(
        ["No.", "Indicator", "Actual"], [1, "Visits", 10], [],
        ["Indicator", "Actual", "No."], ["Calls", 20, 2], [],
        [None, None, None, "No.", "Indicator", "Actual"], [None, None, None, 3, "Loans", 30],
    )  # fmt: skip
    assert (rows, issues) == ([(1, 10), (2, 20), (3, 30)], [])


def test_a_row_that_sums_up_others_needs_no_key() -> None:
    rows, issues = _walked(["No.", "Indicator", "Actual"], [1, "Visits", 10], [None, "Average", 10])
    assert (rows, issues) == ([(1, 10)], [])
