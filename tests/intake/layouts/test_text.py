"""Text as officers type it: what a reader saw counts, what nobody sees does not."""

from __future__ import annotations

import pytest

from perfkit.intake.layouts import text as layout_text
from perfkit.intake.workbooks.grid import Sheet


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.1.", "1.1"), ("1.10", "1.10"), ("01.1", "1.1"), ("Rec 3", "3"), ("R3", "3"), ("Recommendation 3: Homes", "3"),
     ("3 - Homes", "3"), ("3 Homes", "3"), ("(3)", "3"), ("3)", "3"), ("3*", "3"), ("3.0", "3"), ("3a", "3a"),
     ("Action 1.1", "1.1"), ("10", "10"), ("20.10", "20.10")],
)  # fmt: skip
def test_the_number_of_an_item_is_the_same_however_it_is_written(text: str, number: str) -> None:
    assert layout_text.item(text) == number


@pytest.mark.parametrize("text", ["1 & 2", "1.1 and 1.2", "1 to 3", "A1", "PC-3", "One"])
def test_what_is_not_the_number_of_one_item_stays_as_it_is(text: str) -> None:
    assert layout_text.item(text) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [(1.1, "0.00", "1.10"), (1.1, "General", "1.1"), (1.1, "0.00_);(0.00)", "1.10"), (3.0, '"R"00', "R03"),
     (7, "000", "007"), (0.675, "0%", "67.5%"),
     (1200, "£#,##0", "£1200"), (-2, "0", "-2"), (2.0, "0.0", "2.0"), (1.1, "", "1.1"), (12.0, "#,##0", "12")],
)  # fmt: skip
def test_a_number_is_the_text_that_its_format_shows(value: float, number_format: str, text: str) -> None:
    assert layout_text.shown(value, number_format) == text


def test_signs_that_nobody_sees_are_dropped_and_wide_ones_made_plain() -> None:
    sheet = Sheet("a.xlsx", "A", [["Comp\u200blete", "１.１0", "a\u00a0b", "\ufeffRisk", "don’t", 4]])
    assert layout_text.plain(sheet).rows == [["Complete", "1.10", "a b", "Risk", "don’t", 4]]


def test_a_plain_sheet_is_given_as_it_is() -> None:
    sheet = Sheet("a.xlsx", "A", [["Risk", 4]])
    assert layout_text.plain(sheet) is sheet
