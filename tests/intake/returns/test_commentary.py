"""Key points of a quarter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import reading
from perfkit.intake.reading import Reading
from perfkit.intake.returns import commentary
from perfkit.intake.workbooks.grid import Sheet, Workbook

Framework = dict[str, pd.DataFrame]
POINT = ["Achievement", "Protecting vulnerable people", "Satisfaction is above the national average.", "1 5", "final"]


def _book(*rows: list[Any]) -> Workbook:
    top = [["Middleshire County Council: key points 2017-18"], ["Quarter 1"]]
    headings = ["Kind", "Priority", "Key point", "Indicators", "Status"]
    return Workbook("key_points.xlsx", (Sheet("key_points.xlsx", "Key points", [*top, headings, *rows]),))


def test_a_key_point_names_priority_indicators_and_place(framework: Framework) -> None:
    reading = commentary.read(
        _book(
            POINT, ["Issue", *POINT[1:2], "Care is hard to source.", *POINT[3:]], [*POINT[:2], "Another.", *POINT[3:]]
        ),
        framework=framework,
    )
    assert reading.issues == ()
    rows = reading.tables["commentary"]
    assert rows[["kind", "number", "cell"]].to_numpy().tolist() == [
        ["achievement", 1, "C4"], ["issue", 1, "C5"], ["achievement", 2, "C6"],
    ]  # fmt: skip
    first = rows.iloc[0]
    assert (first["period"], first["subject_kind"], first["subject"]) == ("2017-18 Q1", "priority", POINT[1])
    assert (first["indicators"], first["status"]) == ("satisfaction delayed", "final")


def test_a_number_typed_as_a_number_is_an_indicator(framework: Framework) -> None:
    row = commentary.read(_book([*POINT[:3], 46, None]), framework=framework).tables["commentary"].iloc[0]
    assert row["indicators"] == "visits"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (0, "Success", 'cell A4: found "Success", expected Achievement or Issue. Type one of these words.'),
        (1, "Thrift", 'cell B4: found "Thrift", expected a priority of the framework. Type its title.'),
        (3, "1 99", 'cell D4: found the indicator number "99", expected a number of the framework. Correct it.'),
        (2, -1, "cell C4: found -1, expected a sentence. Type the key point."),
        (2, "#REF!", "cell C4: found the formula error #REF!"),
    ],
)
def test_a_slip_is_told_at_its_cell(framework: Framework, column: int, value: str, expected: str) -> None:
    row = [value if c == column else cell for c, cell in enumerate(POINT)]
    reading = commentary.read(_book(row), framework=framework)
    assert reading.tables == {}
    assert any(expected in str(issue) for issue in reading.issues), reading.issues


def test_a_key_point_that_stands_twice_is_an_issue(framework: Framework) -> None:
    issues = commentary.read(_book(POINT, POINT), framework=framework).issues
    assert [(issue.where.cell, issue.found) for issue in issues] == [("C5", "the key point of C4 again")]


def test_it_is_not_taken_for_another_workbook(
    return_book: Callable[..., Workbook], framework_book: Callable[..., Workbook]
) -> None:
    assert commentary.recognises(_book())
    assert not commentary.recognises(return_book())
    assert not commentary.recognises(framework_book())


@pytest.mark.parametrize("refs", ["1 & 5", "1/5", "Nos. 1 and 5", "KPI 1; KPI 5", "#1 #5", "1\u00a05\u200b"])
def test_numbers_of_indicators_may_have_words_and_signs_about_them(framework: Framework, refs: str) -> None:
    reading = commentary.read(_book(["ACHIEVEMENTS*", *POINT[1:3], refs, None]), framework=framework)
    assert reading.issues == ()
    row = reading.tables["commentary"].iloc[0]
    assert (row["kind"], row["indicators"]) == ("achievement", "satisfaction delayed")


def test_numbers_of_indicators_that_excel_made_a_date_are_told(framework: Framework) -> None:
    (issue,) = commentary.read(_book([*POINT[:3], datetime(2024, 5, 1), None]), framework=framework).issues
    assert (issue.where.cell, issue.found, issue.expected) == (
        "D4", "the date 1 May 2024", "numbers of indicators, such as 7, 10",
    )  # fmt: skip


def test_key_points_of_one_priority_in_two_files_are_told_once_and_of_two_priorities_not_at_all() -> None:
    def told(file: str, *priorities: str) -> Reading:
        rows = [
            {"period": "2017-18 Q1", "kind": "issue", "subject_kind": "priority", "subject": priority, "number": 1,
             "text": f"Said in {file}.", "file": file, "sheet": "Key points", "cell": "C6"} for priority in priorities
        ]  # fmt: skip
        return reading.of({"commentary": rows})

    first, again = told("key points.xlsx", "Economy", "Care"), told("key points v2.xlsx", "Economy", "Care")
    assert [str(issue) for issue in commentary.sent_twice([first, again])] == [
        "key points v2.xlsx: found key points for 2017-18 Q1 that key points.xlsx holds as well, expected them in one "
        "workbook. Put them together, or send one."
    ]
    assert commentary.sent_twice([told("economy.xlsx", "Economy"), told("care.xlsx", "Care")]) == []
