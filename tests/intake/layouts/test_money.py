"""Money as officers type it: signs, brackets and units before and behind; what is about right is never a figure."""

from __future__ import annotations

import pytest

from perfkit.intake.layouts.money import money
from perfkit.intake.layouts.said import Said


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("(1,234)", -1234), ("£(1,234)", -1234), ("(£1,234)", -1234), ("1,234-", -1234), ("£-1,234", -1234),
     ("− 1234", -1234), ("-£1.2m", -1_200_000), ("£(1.2)m", -1_200_000), ("£1,234k", 1_234_000), ("£ 500 K", 500_000),
     ("1.2 million", 1_200_000), ("£1.2mn", 1_200_000), ("1.2 mil", 1_200_000), ("1 234", 1234), ("1234.50", 1234.5),
     ("+100", 100), ("100*", 100)],
)  # fmt: skip
def test_an_amount_is_pounds_however_it_is_written(text: str, pounds: float) -> None:
    assert money(text) == Said(pounds)


@pytest.mark.parametrize("text", ["0", "nil", "NIL", "zero", "£nil", " £-   "])
def test_no_money_is_zero_pounds(text: str) -> None:
    assert money(text) == Said(0.0)


@pytest.mark.parametrize("text", ["-", "–", "n/a", "TBC", "[x]"])
def test_a_marker_is_never_zero(text: str) -> None:
    assert money(text) == Said(marker=text.replace("–", "-"))


@pytest.mark.parametrize(
    ("text", "action"),
    [("c. £100k", "Type the amount alone; say in another column that it is about right."),
     ("up to 100", "Type the amount alone; say in another column that it is about right."),
     ("100+", "Type the amount alone; say in another column that it is about right."),
     ("£100-200k", "Type one amount; put the range in another column."),
     ("100 CR", "Type a credit with a minus in front, such as -100."),
     ("€100", "Type the amount in pounds."),
     ("£100k p.a.", "Type the amount; put words in another column."),
     ("none", "Type the amount; put words in another column."),
     ("1.234,50", "Type the amount; put words in another column.")],
)  # fmt: skip
def test_what_is_no_plain_amount_says_what_to_type(text: str, action: str) -> None:
    said = money(text)
    assert (said.value, said.problem is not None and said.problem.action) == (None, action)
