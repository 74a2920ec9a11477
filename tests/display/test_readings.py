"""What a chart shows, in a sentence."""

from __future__ import annotations

import pytest

from perfkit.display import readings

NAN = float("nan")


@pytest.mark.parametrize(
    ("points", "target", "said"),
    [
        ([("March", 28.0), ("June", 25.1)], 24.5,
         "Delays fell from 28 in March to 25.1 in June, above the target of 24.5."),
        ([("March", 20.0), ("June", 25.0)], 26.0,
         "Delays rose from 20 in March to 25 in June, below the target of 26."),
        ([("March", 25.0), ("June", 25.0)], 25.0,
         "Delays stood at 25 in both March and June, the same as the target of 25."),
        ([("March", 20.0), ("May", 31.0), ("June", 25.0)], None,
         "Delays rose from 20 in March to 25 in June, peaking at 31 in May."),
        ([("March", 20.0), ("April", 12.0), ("May", 31.0), ("June", 25.0)], None,
         "Delays rose from 20 in March to 25 in June, peaking at 31 in May and with a low of 12 in April."),
        ([("March", 20.0), ("June", NAN)], None, "Delays stood at 20 in March. 1 of 2 periods has no value."),
        ([("March", NAN), ("May", NAN), ("June", 3.0)], NAN,
         "Delays stood at 3 in June. 2 of 3 periods have no value."),
        ([("March", NAN)], None, "Delays: no values."),
        ([], None, "Delays: no values."),
    ],
)  # fmt: skip
def test_a_series_is_told_from_its_first_to_its_last_value(
    points: list[tuple[str, float]], target: float | None, said: str
) -> None:
    assert readings.change("Delays", points, target=target) == said


def test_rounding_decides_whether_a_series_changed_as_it_does_on_the_chart() -> None:
    assert readings.change("Rate", [("Q1", 66.96), ("Q2", 67.04)], unit="percent", decimals=1) == (
        "Rate stood at 67.0% in both Q1 and Q2."
    )


@pytest.mark.parametrize(
    ("points", "focus", "said"),
    [
        ([], None, "No values."),
        ([("A", 3.0)], None, "A is at 3."),
        ([("A", 3.0), ("B", 1.0)], "Z", "A is highest at 3 and B lowest at 1, of 2 shown."),
    ],
)
def test_bars_are_told_by_their_ends(points: list[tuple[str, float]], focus: str | None, said: str) -> None:
    assert readings.ranked(points, focus=focus) == said


def test_authorities_with_the_same_value_are_neither_higher_nor_lower() -> None:
    assert readings.among([("A", 5.0), ("B", 5.0), ("C", 7.0)], focus="A") == (
        "A is at 5: 1 authority is higher and none is lower. Values run from 5 to 7."
    )


def test_counts_of_ratings_are_read_however_not_rated_is_written() -> None:
    assert readings.counts_of({"green": 1, "not rated": 2}) == {"green": 1, "amber": 0, "red": 0, "not rated": 2}
    assert readings.counts_of({"green": NAN, "not_rated": 2.0})["green"] == 0
