"""How an area compares: ranks with ties and gaps, rates with a stated denominator, averages by every basis."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError

Make = Callable[..., pd.DataFrame]

WEST, NORTH = {"region": "South West"}, {"region": "North"}
ENGLAND = {"area_kind": "country", "region": None}
WALES = {"area_kind": "elsewhere", "region": None}
ADULTS = pd.DataFrame(
    {
        "area": ["A", "B", "C", "England"],
        "adults": [100_000, 50_000, 200_000, 400_000],
        "year": ["mid-2016"] * 4,
        "source": ["ONS population estimates"] * 4,
    }
)


@pytest.fixture
def april(delays_of: Make) -> pd.DataFrame:
    return delays_of(
        ("2017-04", "A", 300), ("2017-04", "B", 300), ("2017-04", "C", 450, WEST), ("2017-04", "D", 90, WEST),
        ("2017-04", "E", None, WEST | {"marker": "*"}),
        ("2017-04", "Resident In Wales", 900, WALES), ("2017-04", "England", 2040, ENGLAND),
    )  # fmt: skip


def test_authorities_alone_are_ranked_and_ties_take_the_better_rank(april: pd.DataFrame) -> None:
    found = delays.compare(april, period="April 2017").set_index("area")
    assert found["rank"].dropna().to_dict() == {"C": 1, "A": 2, "B": 2, "D": 4}
    assert found["region_rank"].dropna().to_dict() == {"C": 1, "A": 1, "B": 1, "D": 2}
    assert found.loc[["England", "Resident In Wales"], "rank"].isna().all()


def test_an_area_without_a_figure_is_left_out(april: pd.DataFrame) -> None:
    assert "E" not in delays.compare(april, period="April 2017")["area"].tolist()


def test_a_rate_states_its_denominator_and_ranks_by_it(april: pd.DataFrame) -> None:
    found = delays.compare(april, period="April 2017", per=ADULTS).set_index("area")
    assert found["rate"].dropna().round(9).to_dict() == {"A": 300, "B": 600, "C": 225, "England": 510}
    assert found["rank"].dropna().to_dict() == {"B": 1, "A": 2, "C": 3}
    assert found.loc["A", ["adults", "adults_year", "adults_source"]].tolist() == [
        100_000, "mid-2016", "ONS population estimates",
    ]  # fmt: skip


def test_neighbours_are_ranked_among_themselves(april: pd.DataFrame) -> None:
    found = delays.compare(april, period="April 2017", among=["A", "D"])
    assert found[["area", "rank"]].to_numpy().tolist() == [["A", 1], ["D", 2]]
    with pytest.raises(ParameterError, match='No area is called "Ay"'):
        delays.compare(april, period="April 2017", among=["Ay"])


def test_an_authority_that_began_or_ended_within_the_period_has_no_rank(delays_of: Make) -> None:
    frame = delays_of(
        ("2019-03", "Poole UA", 90), ("2019-03", "A", 31), ("2019-04", "A", 30), ("2019-04", "Dorset", 60)
    )
    found = delays.compare(frame, period="2019-20", attribution="all").set_index("area")
    assert found["rank"].to_dict() == {"Dorset": 1, "A": 2}
    both = pd.concat([frame, frame.assign(month=frame["month"] + 1)]).drop_duplicates(["month", "area"])
    found = delays.compare(both, period="2018-19").set_index("area")
    assert found["rank"].to_dict() == {"Poole UA": 1, "A": 2}
    found = delays.compare(both[both["area"] != "Dorset"], period="2019-20").set_index("area")
    assert found["months"].to_dict() == {"A": 2, "Poole UA": 1}
    assert pd.isna(found.loc["Poole UA", "rank"])


def test_each_average_names_its_basis_and_how_many_areas(april: pd.DataFrame) -> None:
    found = delays.average(april, period="April 2017", area="C", neighbours=["A", "B"]).set_index("basis")
    assert found["areas"].to_dict() == {
        "mean of authorities": 4, "mean of authorities in South West": 2, "mean of neighbours": 2,
        "median of authorities": 4,
    }  # fmt: skip
    assert found["delayed_days"].tolist() == [285, 270, 300, 300]
    assert found["ratio"].round(2).tolist() == [1.58, 1.67, 1.5, 1.5]
    assert set(found["compares"]) == {"days"}


def test_englands_rate_is_another_number_than_the_mean(april: pd.DataFrame) -> None:
    found = delays.average(april, period="April 2017", area="A", per=ADULTS).set_index("basis")
    assert found.loc["rate of England", "rate"] == pytest.approx(510)
    assert found.loc["rate of England", "ratio"] == pytest.approx(300 / 510)
    assert found.loc["mean of authorities", "ratio"] == pytest.approx(300 / 285)
    assert found.loc["rate of authorities in South East", "rate"] == pytest.approx(400)


def test_without_an_area_an_average_has_no_ratio(april: pd.DataFrame) -> None:
    assert delays.average(april, period="April 2017")["ratio"].isna().all()


def test_denominators_that_are_not_whole_are_told(april: pd.DataFrame) -> None:
    with pytest.raises(ParameterError, match="The denominators have no column source"):
        delays.compare(april, period="April 2017", per=ADULTS.drop(columns="source"))
    with pytest.raises(ParameterError, match='The denominators give "A" twice'):
        delays.compare(april, period="April 2017", per=pd.concat([ADULTS, ADULTS.head(1)]))


def test_the_frames_given_are_not_changed(april: pd.DataFrame) -> None:
    before, adults = april.copy(deep=True), ADULTS.copy(deep=True)
    delays.average(april, period="April 2017", area="A", per=ADULTS, neighbours=["B"])
    pd.testing.assert_frame_equal(april, before)
    pd.testing.assert_frame_equal(ADULTS, adults)
