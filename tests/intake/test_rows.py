"""Walking a table: its rows, headings that stand again, and rows that lost their key."""

from __future__ import annotations

from perfkit.intake.headings import Headings
from perfkit.intake.rows import Row, TableSpec, walk
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Issue

COLUMNS = TableSpec({"ref": ("no",), "title": ("indicator",), "actual": ("actual",)}, ("ref", "title"), "ref", "title")


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
    columns = TableSpec({"id": ("id",), "title": ("title",)}, ("id", "title"), "id", "title")
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


QUARTERS = TableSpec(
    {"ref": ("no",), "title": ("indicator",), "actual": ("actual", "q1 actual", "q1"), "rag": ("rag", "q1 rag"),
     "outlook": ("q1 outlook",)},
    ("ref", "title", "rag"),
    "ref",
    "title",
)  # fmt: skip


def _of_quarters(*rows: list[object]) -> tuple[list[tuple[object, ...]], list[Issue]]:
    sheet, issues = Sheet("SCS.xlsx", "Dashboard", list(rows)), list[Issue]()
    found = QUARTERS.find(sheet)
    assert found is not None
    names = ("ref", "actual", "rag", "outlook")
    return [tuple(row.value(name) for name in names) for row in walk(sheet, found, QUARTERS, issues)], issues


def test_a_title_below_headings_that_name_a_quarter_is_no_row_of_headings() -> None:
    """The row below Q1 and Q1 Outlook has neither of its own: what stands above it is no heading of its columns."""
    rows, issues = _of_quarters(
        ["No.", "Indicator", "Q1", "RAG", "Q1 Outlook"], [None, None, "Outcome: a"], [1, "Visits", 10, "G", "↑"]
    )
    assert (rows, issues) == ([(1, 10, "G", "↑")], [])


def test_headings_printed_twice_one_below_the_other_are_read_once() -> None:
    heads: list[object] = ["No.", "Indicator", "Q1 RAG", "Q1 Actual"]
    rows, issues = _of_quarters(heads, heads, [1, "Visits", "G", 10])
    assert (rows, issues) == ([(1, 10, "G", None)], [])


def test_a_next_block_is_known_whatever_stands_over_the_key() -> None:
    rows, issues = _of_quarters(
        ["No.", "Indicator", "Q1 RAG", "Q1 Actual"], [1, "Visits", "G", 10],
        ["Owner", "Quarter 1 Actual", "Indicator", "Q1 RAG", "No."], ["A. Smith", 20, "Calls", "A", 2],
    )  # fmt: skip
    assert (rows, issues) == ([(1, 10, "G", None), (2, 20, "A", None)], [])


def test_a_heading_that_a_next_block_lacks_is_told() -> None:
    _, issues = _of_quarters(
        ["No.", "Indicator", "Q1 RAG", "Q1 Actual"], [1, "Visits", "G", 10],
        ["No.", "Indicator", "Q1 RAG", "Figure"], [2, "Calls", "A", 20],
    )  # fmt: skip
    assert [str(issue) for issue in issues] == [
        'SCS.xlsx, sheet Dashboard, cell A3: found no heading "Q1 Actual" in this row, expected the headings of row 1. '
        "Put the heading over its column, if the rows below have one."
    ]
