"""Headings are found by their words, in one row or two."""

from __future__ import annotations

import pytest

from perfkit.intake import headings
from perfkit.intake.workbooks.grid import Sheet

ALIASES = {"ref": ("no", "ref"), "title": ("indicator",), "actual": ("actual", "q1 actual")}


def _sheet(*rows: list[object], merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> Sheet:
    return Sheet("SCS.xlsx", "Dashboard", list(rows), merged=merged or {})


def test_the_row_may_stand_anywhere_and_columns_in_any_order() -> None:
    found = headings.find(_sheet(["Title"], [], [None, "INDICATOR", "Ref."]), ALIASES, needed=("ref", "title"))
    assert found is not None
    assert (found.row, found.columns) == (2, {"ref": 2, "title": 1})


def test_without_a_needed_heading_there_is_none() -> None:
    assert headings.find(_sheet(["No.", "Name"]), ALIASES, needed=("ref", "title")) is None


def test_headings_are_looked_for_among_the_first_rows_and_not_to_the_end_of_a_register() -> None:
    row: list[object] = ["No.", "Indicator"]
    last = _sheet(*[["1", "Supplier"]] * (headings.SEARCHED - 1), row)
    found = headings.find(last, ALIASES, needed=("ref", "title"))
    assert found is not None
    assert found.row == headings.SEARCHED - 1
    beyond = _sheet(*[["1", "Supplier"]] * headings.SEARCHED, row)
    assert headings.find(beyond, ALIASES, needed=("ref", "title")) is None


def test_a_heading_told_in_two_rows_is_read_as_one_and_other_quarters_are_left_out() -> None:
    sheet = _sheet(
        [None, None, "Q1", "Q1", "Q2", "Q2"],
        ["No.", "Indicator", "Actual", "RAG", "Actual", "RAG"],
        merged={(0, 3): (0, 2), (0, 5): (0, 4)},
    )
    found = headings.find(sheet, ALIASES, needed=("ref", "title"))
    assert found is not None
    assert found.columns["actual"] == 2
    assert found.twice == ()


def test_a_title_that_names_the_quarter_just_above_the_headings_is_no_block() -> None:
    found = headings.find(_sheet(["Quarter 2"], ["No.", "Indicator"]), ALIASES, needed=("ref", "title"))
    assert found is not None
    assert found.columns == {"ref": 0, "title": 1}


def test_a_heading_merged_over_two_columns_is_one_heading() -> None:
    sheet = _sheet(["No.", "Indicator", "Indicator"], merged={(0, 2): (0, 1)})
    found = headings.find(sheet, ALIASES, needed=("ref", "title"))
    assert found is not None
    assert found.twice == ()


def test_a_heading_that_stands_twice_is_an_issue_at_its_cell() -> None:
    sheet = _sheet(["No.", "Indicator", "Actual", "Q1 Actual"])
    found = headings.find(sheet, ALIASES, needed=("ref", "title"))
    assert found is not None
    assert [str(issue) for issue in headings.doubled(sheet, found)] == [
        'SCS.xlsx, sheet Dashboard, cell D1: found the heading "Q1 Actual", which is read as "Actual" is, in C1, '
        "expected each heading once. "
        "Rename or remove the column that is not meant."
    ]


def test_two_headings_that_are_read_alike_are_both_named() -> None:
    sheet = Sheet("SCS.xlsx", "Dashboard", [["No.", "Annual target", "Target", "Target"]])
    found = headings.match(sheet, 0, {"ref": ("no",), "target": ("target", "annual target")})
    assert [issue.found for issue in headings.doubled(sheet, found)] == [
        'the heading "Target", which is read as "Annual target" is, in B1',
        'the heading "Target", which is read as "Annual target" is, in B1',
    ]
    twice = Sheet("SCS.xlsx", "Dashboard", [["No.", "Target", "Target"]])
    (issue,) = headings.doubled(twice, headings.match(twice, 0, {"ref": ("no",), "target": ("target",)}))
    assert issue.found == 'the heading "Target" a second time'


CHOICES = {"ref": ("no",), "ref?": ("id",), "actual": ("actual",), "actual?": ("outturn", "performance")}


def test_a_second_choice_stands_for_a_heading_that_no_column_bears() -> None:
    found = headings.match(Sheet("a.xlsx", "A", [["Id", "Performance", "Outturn"]]), 0, CHOICES)
    assert (found.columns, found.twice) == ({"ref": 0, "actual": 2}, ())
    found = headings.match(Sheet("a.xlsx", "A", [["Id", "Outturn", "Actual", "No."]]), 0, CHOICES)
    assert (found.columns, found.twice) == ({"ref": 3, "actual": 2}, ())


def test_a_second_choice_that_stands_twice_is_told() -> None:
    found = headings.match(Sheet("a.xlsx", "A", [["No.", "Outturn", "Outturn"]]), 0, CHOICES)
    assert (found.columns, found.twice) == ({"ref": 0, "actual": 1}, (("actual", 2),))


def test_a_second_choice_under_a_title_of_another_time_is_left_out() -> None:
    sheet = Sheet("a.xlsx", "A", [[None, "Last quarter"], ["No.", "Outturn"]])
    assert headings.match(sheet, 1, CHOICES).columns == {"ref": 0}


OF_THE_THIRD = {"no": ("no",), "title": ("indicator",), "actual": ("actual", "q3 actual", "actual q3", "q3"),
                "rag": ("rag", "q3 rag", "rag q3")}  # fmt: skip
QUARTERS: list[object] = ["Q1", "Q2", "Q3", "Q4"]


@pytest.mark.parametrize("rows", [
    ([None, None, "Actual", None, None, None, "RAG"], ["No.", "Indicator", *QUARTERS, *QUARTERS]),
    (["No.", "Indicator", "Actual", None, None, None, "RAG"], [None, None, *QUARTERS, *QUARTERS]),
])  # fmt: skip
def test_quarters_may_stand_side_by_side_below_each_field(rows: tuple[list[object], ...]) -> None:
    found = headings.find(_sheet(*rows), OF_THE_THIRD, needed=("no", "title", "rag"))
    assert found is not None
    assert (found.row, found.columns) == (1, {"no": 0, "title": 1, "actual": 4, "rag": 8})


def test_quarters_below_another_year_are_left_out() -> None:
    rows: list[list[object]] = [
        ["No.", "Indicator", "2016/17", None, None, None, "2017/18"],
        [None, None, *QUARTERS * 2],
    ]
    found = headings.find(_sheet(*rows), OF_THE_THIRD, needed=("no", "title", "actual"), year="2017-18")
    assert found is not None
    assert found.columns == {"no": 0, "title": 1, "actual": 8}


def of_the_third(*row: str) -> dict[str, int]:
    return headings.match(_sheet(["No.", "Indicator", *row]), 0, OF_THE_THIRD, year="2017-18").columns


def test_what_follows_each_quarter_alike_is_of_that_quarter() -> None:
    read = {"no": 0, "title": 1}
    assert of_the_third("Q1", "RAG", "Q2", "RAG", "Q3", "RAG") == {**read, "actual": 6, "rag": 7}
    assert of_the_third("Q2", "Target", "RAG", "Q3", "Target", "RAG") == {**read, "actual": 5, "rag": 7}
    assert of_the_third("Q1", "RAG", "Q2", "RAG") == read, "a return for Q3 has no column here"
    assert of_the_third("Q1", "Q2", "Q3", "RAG") == {**read, "actual": 4, "rag": 5}, "one rating for the whole row"


def test_quarters_are_known_by_two_digits_of_the_year_and_by_their_months() -> None:
    read = {"no": 0, "title": 1}
    assert of_the_third("Q3 16/17", "Q3 17/18", "RAG") == {**read, "actual": 3, "rag": 4}
    assert of_the_third("Jul-Sep 17", "Oct - Dec 17", "RAG") == {**read, "actual": 3, "rag": 4}
    assert of_the_third("October to December 2017") == {**read, "actual": 2}
    assert of_the_third("Oct-Dec 16", "Oct", "Dec", "Oct-Nov", "Ages 16 17") == read
