"""Ranks among all, in the region and among neighbours; averages side by side; rates only with adults loaded."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError
from tests.analysis.delays.conftest import Make

MONTH = "April 2017"


def country(make: Make) -> pd.DataFrame:
    return make(
        ("2017-04", "A", 300), ("2017-04", "B", 200), ("2017-04", "C", 600, {"region": "London"}),
        ("2017-04", "D", 300, {"region": "London"}), ("2017-04", "E", None),
        ("2017-04", "England", 1400, {"area_kind": "country", "region": None}),
    )  # fmt: skip


def test_places_among_all_in_the_region_and_among_neighbours(delays_of: Make) -> None:
    ranked = delays.compare(country(delays_of), period=MONTH)
    found = delays.standing(ranked, area="A", peers=["C", "D"], named=True)
    assert found.astype(object).to_numpy().tolist() == [
        ["authorities in England", 2, 4], ["in South East", 1, 2], ["named neighbours and itself", 2, 3],
    ]  # fmt: skip


def test_an_area_without_a_figure_and_england_have_no_rank(delays_of: Make) -> None:
    ranked = delays.compare(country(delays_of), period=MONTH)
    assert delays.standing(ranked, area="England", peers=[], named=False)["rank"].isna().all()


def test_neighbours_are_those_named_or_those_of_the_region(delays_of: Make) -> None:
    frame = country(delays_of)
    assert delays.neighbours(frame, area="A") == ["B", "E"]
    assert delays.neighbours(frame, area="A", named="D; C; A; D") == ["D", "C"]
    with pytest.raises(ParameterError, match='No area is called "Z"'):
        delays.neighbours(frame, area="A", named="C; Z")


def test_a_region_that_older_months_lack_is_taken_from_the_newest(delays_of: Make) -> None:
    frame = delays_of(
        ("2011-04", "A", 1, {"region": None}), ("2011-04", "C", 1, {"region": None}), ("2017-04", "A", 1),
        ("2017-04", "B", 1), ("2017-04", "C", 1, {"region": "London"}),
    )  # fmt: skip
    assert delays.neighbours(frame, area="A") == ["B"]
    assert delays.region(frame, area="A") == "South East"


def test_england_and_every_average_stand_side_by_side(delays_of: Make) -> None:
    found = delays.beside(country(delays_of), period=MONTH, area="A", peers=["C"], named=True).set_index("basis")
    assert found["delayed_days"].to_dict() == {
        "A": 300, "England, all together": 1400, "mean of authorities": 350, "mean of authorities in South East": 250,
        "mean of neighbours": 600, "median of authorities": 300,
    }  # fmt: skip
    assert found["ratio"].round(2).tolist() == [1.0, 0.21, 0.86, 1.2, 0.5, 1.0]
    assert found["rate"].isna().all()


def releases(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area", "period", "value"])
    return frame.assign(measure="adults", breakdown="all", release="population estimates", file="pop.csv")


def test_adults_are_those_of_the_newest_year_up_to_the_period(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 1), ("2017-04", "Brighton & Hove UA", 1))
    loaded = releases(
        ("Oxfordshire", "2015", 1.0), ("Oxfordshire", "2016", 535_000.0), ("Oxfordshire", "2030", 9.0),
        ("Brighton and Hove", "2016", 235_000.0), ("Kent", "2016", 3.0),
    )  # fmt: skip
    found = delays.adults(loaded, frame, period="2016-17")
    assert found is not None
    assert found[["area", "adults", "year", "source"]].to_numpy().tolist() == [
        ["Oxfordshire", 535_000.0, "2016", "population estimates, pop.csv"],
        ["Brighton & Hove UA", 235_000.0, "2016", "population estimates, pop.csv"],
    ]


def test_without_adults_there_is_no_denominator(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 1))
    assert delays.adults(releases(), frame, period="2016-17") is None
    assert delays.adults(releases(("Oxfordshire", "2030", 9.0)), frame, period="2016-17") is None
    assert delays.adults(releases(("Kent", "2016", 9.0)), frame, period="2016-17") is None
