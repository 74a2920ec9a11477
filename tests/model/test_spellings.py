"""Numbers and signs as councils type them."""

from __future__ import annotations

import pytest

from perfkit.model import spellings
from perfkit.model.errors import ParseError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,000", 12000),
        ("£1.4m", 1_400_000),
        ("1.1m", 1_100_000),
        ("2bn", 2e9),
        (".5", 0.5),
        ("-2", -2),
        ("1 234 567", 1234567),
    ],
)
def test_numbers_are_read_exactly(text: str, value: float) -> None:
    assert float(spellings.number(text)) == value


@pytest.mark.parametrize("text", ["12,00", "1,2345", "", "-", "1.2.3", "5 apples", "1e5", "٣", "9" * 16, "9000000bn"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match=r"is not a number|too large"):
        spellings.number(text)


@pytest.mark.parametrize(("value", "text"), [(12000.0, "12,000"), (0.1, "0.1"), (1e-7, "0.0000001"), (-0.0, "0")])
def test_numbers_are_written_without_needless_zeros(value: float, text: str) -> None:
    assert spellings.written(value) == text


def test_dashes_and_spaces_of_every_kind_become_plain() -> None:
    assert spellings.tidy("93\u2013 95\u00a0%") == "93- 95 %"


def test_letters_within_words_stay() -> None:
    assert spellings.mend("TOP quartile, 10 Oaks, 1O") == ("TOP quartile, 10 Oaks, 10", ("O read as 0",))
