"""Key measures: named or not, against the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import delivery


def two_years(then: Any, now: Any, polarity: str | None = "higher", **more: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"number": [1, 1], "financial_year": ["2023-24", "2024-25"], "title": "Homes built",
                          "value": [then, now], "unit": None, "polarity": polarity})  # fmt: skip
    return frame.astype({"value": "float64"}).assign(**more)


@pytest.mark.parametrize(
    ("then", "now", "polarity", "direction"),
    [
        (10, 12, "higher", "better"),
        (10, 8, "higher", "worse"),
        (10, 8, "lower", "better"),
        (10, 12, "lower", "worse"),
        (10, 10, "higher", "no change"),
        (0, 0, "lower", "no change"),
        (10, 12, "neutral", "changed"),
        (10, 12, None, "changed"),
    ],
)
def test_direction_follows_the_polarity(then: float, now: float, polarity: str | None, direction: str) -> None:
    row = delivery.annual(two_years(then, now, polarity), quarter="2024-25 Q4").iloc[0]
    assert (row["value_before"], row["change"], row["direction"]) == (then, now - then, direction)


@pytest.mark.parametrize(("then", "now"), [(None, 12), (10, None), (None, None)])
def test_without_both_values_there_is_no_direction(then: Any, now: Any) -> None:
    row = delivery.annual(two_years(then, now), quarter="2024-25 Q4").iloc[0]
    assert pd.isna(row["direction"])
    assert pd.isna(row["change"])


@pytest.mark.parametrize("more", [{"title": ["Homes begun", "Homes built"]}, {"unit": ["percent", "count"]}])
def test_another_measure_in_the_same_place_is_not_compared(more: dict[str, Any]) -> None:
    row = delivery.annual(two_years(10, 12, **more), quarter="2024-25 Q4").iloc[0]
    assert row["direction"] == "not comparable"
    assert pd.isna(row["change"])


def test_unnamed_measures_are_told_apart() -> None:
    frame = pd.DataFrame({"number": [2, 1], "financial_year": "2024-25", "title": [None, "Homes built"],
                          "value": [None, 12.0], "unit": None, "polarity": None})  # fmt: skip
    found = delivery.annual(frame, quarter="2024-25 Q3")
    assert found["number"].tolist() == [1, 2]
    assert found["named"].tolist() == [True, False]
    assert found["direction"].isna().all()


def test_a_quarter_of_the_year_before_shows_that_year_and_never_a_later_one() -> None:
    row = delivery.annual(two_years(10, 12), quarter="2023-24 Q4").iloc[0]
    assert (row["financial_year"], row["value"]) == ("2023-24", 10)
    assert pd.isna(row["value_before"])
