"""Statements to be checked: the sheet "Claims" of the key points."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.intake.returns import commentary
from perfkit.intake.workbooks.grid import Sheet, Workbook

Framework = dict[str, pd.DataFrame]
TEXT = "over 51,000 bed days lost in 2016-17"


def book(*rows: list[Any], sheets: int = 2) -> Workbook:
    top = [["Middleshire County Council: key points 2017-18"], ["Quarter 1"]]
    points = [*top, ["Kind", "Priority", "Key point", "Indicators", "Status"]]
    point = ["Achievement", "Protecting vulnerable people", "Satisfaction is up.", "1 5", "final"]
    claims = [["Statements"], ["Statement", "Area", "Source"], *rows]
    both = (Sheet("k.xlsx", "Key points", [*points, point]), Sheet("k.xlsx", "Claims", claims))
    return Workbook("k.xlsx", both[:sheets])


def test_a_statement_names_its_area_source_and_place(framework: Framework) -> None:
    reading = commentary.read(
        book([TEXT, "Middleshire", "Report"], ["28 a day", "Middleshire", None]), framework=framework
    )
    rows = reading.tables["claims"]
    assert rows[["period", "number", "text", "area", "cell"]].to_numpy().tolist() == [
        ["2017-18 Q1", 1, TEXT, "Middleshire", "A3"], ["2017-18 Q1", 2, "28 a day", "Middleshire", "A4"],
    ]  # fmt: skip
    assert rows["source"][0] == "Report"
    assert rows["source"].isna().tolist() == [False, True]


def test_key_points_without_statements_are_read_as_before(framework: Framework) -> None:
    reading = commentary.read(book(sheets=1), framework=framework)
    assert reading.issues == ()
    assert list(reading.tables) == ["commentary"]


def test_every_fault_names_its_cell(framework: Framework) -> None:
    rows = [["much was lost", "Middleshire", None], [TEXT, None, None], [TEXT, "Middleshire", None]]
    reading = commentary.read(book(*rows, [TEXT, "Middleshire", None]), framework=framework)
    assert reading.tables == {}
    assert [str(issue) for issue in reading.issues] == [
        'k.xlsx, sheet Claims, cell A3: found "much was lost", expected a statement with a figure. Type the statement.',
        "k.xlsx, sheet Claims, cell A6: found the same statement again, expected each statement once. "
        "Remove one of the two.",
        "k.xlsx, sheet Claims, cell B4: found no area, expected the authority that it speaks of, such as Oxfordshire. "
        "Type its name.",
    ]
