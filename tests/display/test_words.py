"""English of counts and figures."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import words


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"green": 36, "amber": 10, "red": 2, "not rated": 2},
         "36 of 50 indicators are green, 10 amber and 2 red; 2 are not rated."),
        ({"green": 1, "red": 1}, "1 of 2 indicators is green and 1 red."),
        ({"green": 3, "not_rated": 1}, "3 of 4 indicators are green; 1 is not rated."),
        ({"green": 23}, "All 23 indicators are green."),
        ({"red": 2}, "Both indicators are red."),
        ({"amber": 1}, "The one indicator is amber."),
        ({"not rated": 1}, "The one indicator is not rated."),
        ({"not rated": 5, "green": 0}, "None of the 5 indicators is rated."),
        ({"green": 1500, "red": 1}, "1,500 of 1,501 indicators are green and 1 red."),
        ({}, "There are no indicators to rate."),
    ],
)  # fmt: skip
def test_ratings_are_summed_up_in_a_sentence(counts: dict[str, int], said: str) -> None:
    assert words.rag_summary(counts) == said


def test_a_summary_can_speak_of_other_things() -> None:
    assert words.rag_summary({"green": 20, "red": 2, "amber": 1}, noun="outcome") == (
        "20 of 23 outcomes are green, 1 amber and 2 red."
    )


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        (12345, "", None, "12,345"),
        (67.0, "percent", 1, "67.0%"),
        (67, "percent", None, "67%"),
        (1_400_000, "£", None, "£1.4m"),
        (2_000_000_000, "£", None, "£2.0bn"),
        (-12_500, "£", None, "−£12,500"),
        (27.71, "people a day", 1, "27.7 a day"),
        (8920, "hours", None, "8,920 hours"),
        (1, "hours", None, "1 hour"),
        (0, "count", None, "0"),
        (0.25, "", 1, "0.3"),
        (2.675, "", 2, "2.68"),
        (-0.04, "", 1, "0.0"),
        (-1562, "count", 0, "−1,562"),
        (float("nan"), "percent", 1, "no value"),
        (None, "count", None, "no value"),
        (pd.NA, "count", None, "no value"),
        (float("inf"), "count", None, "no value"),
        ("Top quartile", "quartile", None, "Top quartile"),
    ],
)
def test_a_figure_is_written_with_its_unit(value: object, unit: str, decimals: int | None, said: str) -> None:
    assert words.number(value, unit, decimals) == said


@pytest.mark.parametrize(("count", "said"), [(0, "no"), (1, "one"), (9, "nine"), (10, "10"), (1000, "1,000")])
def test_small_counts_are_words(count: int, said: str) -> None:
    assert words.count_word(count) == said


def test_lists_join_as_in_a_sentence() -> None:
    assert words.join(["red", "amber", "green"]) == "red, amber and green"
    assert words.join([]) == ""


def test_plurals() -> None:
    assert [words.plural(noun, 2) for noun in ("authority", "day", "box", "branch")] == [
        "authorities", "days", "boxes", "branches",
    ]  # fmt: skip
