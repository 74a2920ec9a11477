"""One cell: numbers in every spelling, markers kept, everything else a problem in words."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.intake import cells
from perfkit.intake.cells import UncachedFormula


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [(67, "", 67.0), (67.0, "0.0", 67.0), ("67%", "", 67.0), (" 67 % ", "", 67.0), (0.67, "0%", 67.0),
     ("67 per cent", "", 67.0), ("6.8 Percent", "", 6.8),
     (0.854, "0.0%", 85.4), (0, "", 0.0), (0, "0%", 0.0), ("0%", "", 0.0)],
)  # fmt: skip
def test_a_percentage_is_sixty_seven_in_every_spelling(value: object, number_format: str, expected: float) -> None:
    assert cells.number(value, unit="percent", number_format=number_format).value == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1,562", 1562),
        ("12,000", 12000),
        ("12000", 12000),
        ("-3", -3),
        ("−3", -3),
        ("－3", -3),
        (".5", 0.5),
        ("266,664.25", 266664.25),
    ],
)
def test_a_number_kept_as_text_is_the_number(value: str, expected: float) -> None:
    assert cells.number(value, unit="rate").value == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("£1.4m", 1_400_000), ("£12,000", 12_000), ("£3k", 3_000), ("-£2bn", -2e9)]
)
def test_money_is_read_in_pounds(value: str, expected: float) -> None:
    assert cells.number(value, unit="£").value == expected


@pytest.mark.parametrize("value", ["1,56", "1.562,00", "12 000", "about 5", "5-7", "3/4", "１２", "1e3", "12,0000"])
def test_what_is_not_plainly_a_number_is_a_problem(value: str) -> None:
    read = cells.number(value, unit="count")
    assert read.value is None
    assert read.problem is not None
    assert read.problem.found == f'"{value}"'
    assert read.problem.expected == "a number or a marker such as [x]"


@pytest.mark.parametrize(
    ("value", "means"),
    [("[c]", "suppressed"), ("*", "suppressed"), ("[x]", "not available"), ("-", "not available"),
     ("–", "not available"),
     ("..", "not available"), ("[z]", "not applicable"), (".", "not applicable"), ("N/A", "not applicable"),
     ("[low]", "low"), ("Pending", "pending"), ("[note 1]", "see note")],
)  # fmt: skip
def test_a_marker_is_kept_as_written_and_never_a_value(value: str, means: str) -> None:
    read = cells.number(value, unit="percent")
    assert (read.value, read.marker, read.means, read.problem) == (None, value, means, None)


def test_a_provisional_or_revised_figure_keeps_its_marker() -> None:
    read = cells.number("1,234 [p]", unit="count")
    assert (read.value, read.marker, read.means) == (1234.0, "[p]", "provisional")


@pytest.mark.parametrize("value", [None, "", "   "])
def test_an_empty_cell_says_nothing_and_is_not_zero(value: object) -> None:
    assert cells.number(value) == cells.Number()


def test_a_date_that_excel_made_is_no_number() -> None:
    problem = cells.number(datetime(2017, 5, 3)).problem
    assert problem is not None
    assert problem.found == "the date 3 May 2017"
    assert "Excel makes a date of entries such as 3-5" in problem.action


def test_a_formula_error_and_a_formula_without_result_are_problems() -> None:
    assert cells.number("#DIV/0!").problem == cells.Problem(
        "the formula error #DIV/0!", "a value", "Mend the formula or type the value."
    )
    problem = cells.number(UncachedFormula("=SUM(A1:A3)")).problem
    assert problem is not None
    assert problem.found == 'the formula "=SUM(A1:A3)" without a stored result'


def test_a_percentage_where_a_count_belongs_is_a_problem() -> None:
    for read in (cells.number(0.67, unit="count", number_format="0%"), cells.number("67%", unit="count")):
        assert read.value is None
        assert read.problem is not None
        assert "67%" in read.problem.found


def test_a_percent_sign_that_the_format_only_quotes_is_no_percentage() -> None:
    assert cells.number(67, unit="percent", number_format='0"% of users"').value == 67.0


def test_a_negative_count_is_a_problem_but_a_negative_rate_is_not() -> None:
    assert cells.number(-5, unit="count").problem is not None
    assert cells.number(-5, unit="percent").problem is None


@pytest.mark.parametrize("value", [True, False, math.nan, math.inf, 1e300])
def test_what_can_be_no_figure_is_a_problem(value: object) -> None:
    read = cells.number(value)
    assert read.value is None
    assert read.problem is not None


def test_a_long_text_and_a_null_character_are_problems() -> None:
    assert cells.text("x" * 40_000).problem == cells.Problem(
        "a text of 40,000 characters", "at most 32,767", "Shorten the text."
    )
    assert cells.text("a\x00b").problem is not None


@pytest.mark.parametrize(
    "value", ["2017-07-21", "21/07/2017", "21 July 2017", "21 Jul 2017", datetime(2017, 7, 21, 9, 30)]
)
def test_a_day_is_read_the_british_way(value: object) -> None:
    stamp, problem = cells.day(value)
    assert problem is None
    assert stamp is not None
    assert stamp.date().isoformat() == "2017-07-21"


def test_what_is_no_day_is_a_problem() -> None:
    assert cells.day("next week")[1] == cells.Problem(
        '"next week"', "a date such as 21 July 2017", "Type the date in full."
    )
    assert cells.day(45000)[1] is not None


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [(0.67, "0%", "67%"), (0.068, "0.0%", "6.8%"), (1562, "General", "1562"), (1562.0, "", "1562"),
     (">28%", "", ">28%"), (None, "", "")],
)  # fmt: skip
def test_a_target_is_taken_as_the_sheet_shows_it(value: object, number_format: str, expected: str) -> None:
    assert cells.as_written(value, number_format) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert cells.number(f"{value:,}", unit="count").value == cells.number(value, unit="count").value == float(value)


@given(st.decimals(min_value=0, max_value=100, places=1))
def test_the_three_spellings_of_a_percentage_agree(value: object) -> None:
    plain = float(str(value))
    spelt = [
        cells.number(plain, unit="percent").value,
        cells.number(f"{value}%", unit="percent").value,
        cells.number(plain / 100, unit="percent", number_format="0.0%").value,
    ]
    assert spelt == [plain] * 3


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.none())
def test_any_cell_is_a_value_a_marker_a_problem_or_empty(value: object) -> None:
    for unit in ("", "count", "percent", "£"):
        read = cells.number(value, unit=unit)
        assert read.value is None or math.isfinite(read.value)
        if read.value is None and read.marker is None and read.problem is None:
            assert value is None or (isinstance(value, str) and not value.strip())


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",))))
def test_only_digits_ever_make_a_number(text: str) -> None:
    if not any("0" <= sign <= "9" for sign in text):
        assert cells.number(text).value is None


@given(st.text(max_size=60))
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    once = cells.text(text).value
    assert once is None or cells.text(once).value == once


@pytest.mark.parametrize(
    ("written", "action"),
    [
        ("79,5%", "Write a point before the decimals, not a comma: 79.5%."),
        ("1.234,56", "Write a point before the decimals, not a comma: 1234.56."),
        ("1\N{THIN SPACE}009", "Type it without spaces, or signs that cannot be seen, within it: 1009."),
        ("79\N{ZERO WIDTH SPACE}%", "Type it without spaces, or signs that cannot be seen, within it: 79%."),
        ("26 people", "Type the number; put words in the comments column."),
    ],
)
def test_a_number_in_another_spelling_is_told_with_how_to_write_it(written: str, action: str) -> None:
    problem = cells.number(written).problem
    assert problem is not None
    assert problem.action == action


@pytest.mark.parametrize("unit", ["count", "hours"])
def test_a_point_where_a_comma_may_be_meant_is_asked_about(unit: str) -> None:
    problem = cells.number("1.400", unit=unit).problem
    assert problem is not None
    assert (problem.found, problem.expected) == ('"1.400"', f"a number ({unit}) that can be read in one way")
    assert problem.action == "Type it without the point if 1,400 is meant, else with fewer decimals."


def test_three_decimals_of_a_rate_are_decimals() -> None:
    assert cells.number("1.400", unit="rate").value == 1.4
    assert cells.number("0.125", unit="count").value == 0.125
