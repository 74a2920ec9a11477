"""Ratings and arrows, damaged ones included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.intake import signs
from perfkit.model.errors import Severity


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("G", "green"),
        ("a", "amber"),
        (" Red ", "red"),
        ("AMBER", "amber"),
        ("🟢", "green"),
        ("🟠", "amber"),
        ("🟡", "amber"),
        ("🔴", "red"),
    ],
)
def test_a_rating_is_read_as_letter_or_word(value: str, expected: str) -> None:
    assert signs.rating(value) == signs.Word(expected)


@pytest.mark.parametrize("value", [None, "", " ", "Not rated", "-"])
def test_no_rating_is_no_rating_and_no_problem(value: object) -> None:
    assert signs.rating(value) == signs.Word()


@pytest.mark.parametrize(
    ("value", "expected", "letter"),
    [("Α", "amber", "A"), ("А", "amber", "A"), ("Ð", "green", "G"), ("O", "green", "G")],
)
def test_a_letter_that_only_looks_right_is_taken_with_a_warning(value: str, expected: str, letter: str) -> None:
    word = signs.rating(value)
    assert word.value == expected
    assert word.problem is not None
    assert word.problem.severity is Severity.WARNING
    assert word.problem.expected == letter
    assert word.problem.action == f"It was read as {letter}; type {letter} itself."


def test_a_damaged_letter_is_named_so_that_it_can_be_found() -> None:
    problem = signs.rating("Α").problem
    assert problem is not None
    assert problem.found == '"Α" (GREEK CAPITAL LETTER ALPHA)'


@pytest.mark.parametrize("value", ["X", "G/A", "B", 3, "#REF!"])
def test_an_unknown_rating_is_an_error(value: object) -> None:
    word = signs.rating(value)
    assert word.value is None
    assert word.problem is not None
    assert word.problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("value", "expected"),
    [("↑", "improving"), ("→", "stable"), ("↓", "deteriorating"), ("▲", "improving"), ("⬆\ufe0f", "improving"),
     ("Stable", "stable")],
)  # fmt: skip
def test_an_outlook_is_read_as_arrow_or_word(value: str, expected: str) -> None:
    assert signs.outlook(value) == signs.Word(expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", "improving"), (1, "improving"), (1.0, "improving"), ("->", "stable")]
)
def test_a_damaged_arrow_is_taken_with_a_warning(value: object, expected: str) -> None:
    word = signs.outlook(value)
    assert word.value == expected
    assert word.problem is not None
    assert word.problem.severity is Severity.WARNING


@given(st.text(max_size=5) | st.integers() | st.floats() | st.none())
def test_any_cell_is_a_known_word_empty_or_a_problem(value: object) -> None:
    for word, known in ((signs.rating(value), signs.RATINGS), (signs.outlook(value), signs.OUTLOOKS)):
        assert word.value in {None, *known.values()}
        if word.value is None and word.problem is None:
            assert signs.rating(value) == signs.Word() or signs.outlook(value) == signs.Word()


@pytest.mark.parametrize(("read", "values"), [(signs.rating, [2, -1.5, "l"]), (signs.outlook, [3, 0, "é"])])
def test_what_an_icon_or_a_font_draws_over_is_told_so(
    read: Callable[[object], signs.Word], values: list[object]
) -> None:
    action = (
        "Type one of these signs; an icon, or a sign of a font such as Wingdings, is only drawn over it and not read."
    )
    for value in values:
        problem = read(value).problem
        assert problem is not None
        assert (problem.action, problem.severity) == (action, Severity.ERROR)
