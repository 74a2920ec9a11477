"""A quarter against the one a year before, the year so far, and the period over which areas are compared."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError
from tests.analysis.delays.conftest import Make

ALL = ("all", "NHS", "social care", "both")


def spring(make: Make, year: int, days: tuple[float, float, float]) -> list[tuple[str, str, float, dict[str, object]]]:
    months = zip((f"{year}-04", f"{year}-05", f"{year}-06"), days, strict=True)
    return [(month, "A", value, {"attribution": line}) for month, value in months for line in ALL]


def test_a_quarter_that_rose_fell_or_stayed(delays_of: Make) -> None:
    # 91 days in April to June: 910 days are 10 a day, 1,001 are 11, 919 are 10.1.
    for days, verdict, percent in ((1001.0, "worse", 10.0), (819.0, "better", -10.0), (919.1, "much the same", 1.0)):
        frame = delays_of(*spring(delays_of, 2016, (300, 310, 300)), *spring(delays_of, 2017, (0, 0, days)))
        moved = delays.movement(frame, area="A", quarter="2017-18 Q1", before="2016-17 Q1")
        assert moved["attribution"].tolist() == list(ALL)
        assert (moved["verdict"][0], moved["percent"].round(1)[0], moved["before"][0]) == (verdict, percent, 10.0)


def test_without_an_earlier_quarter_there_is_no_verdict(delays_of: Make) -> None:
    frame = delays_of(*spring(delays_of, 2017, (300, 310, 300)))
    moved = delays.movement(frame, area="A", quarter="2017-18 Q1", before="")
    assert moved["verdict"].tolist() == [""] * 4
    assert moved["before"].isna().all()


def test_a_quarter_of_which_months_are_missing_says_so(delays_of: Make) -> None:
    frame = delays_of(*spring(delays_of, 2016, (300, 310, 300))[4:], *spring(delays_of, 2017, (300, 310, 330))[:8])
    moved = delays.movement(frame, area="A", quarter="2017-18 Q1", before="2016-17 Q1")
    assert (moved["months"].tolist(), moved["months_before"].tolist()) == ([2] * 4, [2] * 4)
    row = delays.year_so_far(frame, area="A", quarter="2017-18 Q1").iloc[0]
    assert (row["months"], row["days"]) == (2, 610)
    assert pd.isna(row["days_before"])  # May and June are not April and May


def test_a_quarter_is_held_against_a_year_before_or_the_newest_within_the_year(delays_of: Make) -> None:
    frame = delays_of(("2016-05", "A", 1), ("2017-01", "A", 1), ("2017-05", "A", 1), ("2018-11", "A", None))
    asked = {q: delays.since(frame, area="A", quarter=q) for q in ("2017-18 Q1", "2017-18 Q2", "2019-20 Q3")}
    assert asked == {"2017-18 Q1": "2016-17 Q1", "2017-18 Q2": "2017-18 Q1", "2019-20 Q3": ""}
    with pytest.raises(ParameterError, match='No area is called "B"'):
        delays.since(frame, area="B", quarter="2017-18 Q1")


def test_the_year_so_far_adds_the_same_months_of_both_years(delays_of: Make) -> None:
    frame = delays_of(*spring(delays_of, 2016, (100, 200, 300)), *spring(delays_of, 2017, (150, 250, 350)))
    row = delays.year_so_far(frame, area="A", quarter="2017-18 Q1").iloc[0]
    assert (row["months"], row["days"], row["days_before"], row["change"]) == (3, 750, 600, 150)


def test_another_number_of_months_is_not_held_against_this_years(delays_of: Make) -> None:
    frame = delays_of(*spring(delays_of, 2016, (100, 200, 300))[:8], *spring(delays_of, 2017, (150, 250, 350)))
    row = delays.year_so_far(frame, area="A", quarter="2017-18 Q1").iloc[0]
    assert (row["days"], pd.isna(row["days_before"]), pd.isna(row["change"])) == (750, True, True)


def test_areas_are_compared_over_the_last_year_that_is_whole() -> None:
    months = pd.DataFrame({"month": pd.period_range("2016-04", "2017-06", freq="M")})
    assert delays.whole_year(months, quarter="2017-18 Q1") == "2016-17"
    assert delays.whole_year(months.drop(index=5), quarter="2017-18 Q1") == "2017-18 Q1"
