"""Comparators: ranks with ties and gaps, quartiles, averages and neighbours."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from perfkit.analysis import benchmark
from perfkit.model.errors import ParameterError

EIGHT = pd.DataFrame({"area": list("ABCDEFGH"), "period": "2016-17", "value": [80.0, 78, 76, 74, 72, 70, 68, 66]})


def test_ties_take_the_better_rank_and_missing_values_have_none() -> None:
    areas = pd.DataFrame({"area": list("ABCDE"), "value": [5.0, 9.0, 9.0, None, 1.0]})
    found = benchmark.rank(areas, polarity="higher", fewest=4)
    assert found["rank"].astype(object).where(found["rank"].notna(), None).tolist() == [3, 1, 1, None, 4]
    assert found["of"].tolist() == [4] * 5
    assert benchmark.rank(areas, polarity="lower")["rank"].tolist()[4] == 1


def test_quartiles_are_quarters_of_the_areas_with_a_value() -> None:
    assert benchmark.rank(EIGHT, polarity="higher")["quartile"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4]


def test_too_few_areas_have_no_quartiles() -> None:
    assert benchmark.rank(EIGHT.head(7), polarity="higher")["quartile"].isna().all()
    assert benchmark.rank(EIGHT.head(7), polarity="higher", fewest=7)["quartile"].notna().all()


def test_each_period_is_ranked_by_itself() -> None:
    two = pd.concat([EIGHT, EIGHT.assign(period="2017-18", value=EIGHT["value"].to_numpy()[::-1])])
    found = benchmark.rank(two, polarity="higher", by="period")
    assert found["rank"].tolist() == [*range(1, 9), *range(8, 0, -1)]


def test_a_polarity_without_a_best_end_is_refused() -> None:
    with pytest.raises(ParameterError, match='"within" has no best end'):
        benchmark.rank(EIGHT, polarity="within")


def cut(comparator: str, **more: object) -> list[float]:
    found = benchmark.comparators(EIGHT, indicator="a", **{"polarity": "higher", **more})  # type: ignore[arg-type]
    return found.loc[found["comparator"] == comparator, ["value", "amber"]].iloc[0].tolist()


def test_the_quartiles_end_at_the_last_area_within_them() -> None:
    assert cut("top quartile") == [78.0, 74.0]
    assert cut("median") == [74.0, 70.0]
    assert cut("top quartile", polarity="lower") == [68.0, 72.0]


def test_an_area_tied_with_the_last_of_the_quartile_is_within_it() -> None:
    tied = EIGHT.assign(value=[80.0, 78, 78, 74, 72, 70, 68, 66])
    ranked = benchmark.rank(tied, polarity="higher")
    assert ranked["quartile"].tolist()[:4] == [1, 1, 1, 2]


def test_the_plain_mean_says_that_it_is_one_and_a_published_average_stands_as_published() -> None:
    plain = benchmark.comparators(EIGHT, indicator="a", polarity="higher").set_index("comparator")
    assert plain.loc["national average", ["value", "how"]].tolist() == [73.0, "plain mean of 8 of 8 areas"]
    england = pd.concat([EIGHT, pd.DataFrame({"area": ["England"], "period": "2016-17", "value": [75.5]})])
    found = benchmark.comparators(england, indicator="a", polarity="higher", national="England").set_index("comparator")
    assert found.loc["national average", ["value", "how"]].tolist() == [75.5, "the published figure of England"]
    assert found.loc["top quartile", "areas"] == 8


def test_neighbours_are_averaged_over_those_with_a_value() -> None:
    groups = {"statistical neighbours": ["A", "C", "Z"]}
    found = benchmark.comparators(EIGHT, indicator="a", polarity="higher", neighbours=groups).set_index("comparator")
    assert found.loc["statistical neighbours", ["value", "areas", "how"]].tolist() == [
        78.0,
        2,
        "plain mean of 2 of 3 areas",
    ]


def test_a_difference_keeps_the_unit_of_the_values() -> None:
    compared = benchmark.comparators(EIGHT, indicator="a", polarity="higher")
    found = benchmark.gap(EIGHT, compared, area="C").set_index("comparator")
    assert found["area_value"].tolist() == [76.0] * 3
    assert found["difference"].tolist() == [-2.0, 2.0, 3.0]


def test_an_unknown_area_has_no_neighbours() -> None:
    table = pd.DataFrame({"old_la_code": [931], "la_name": ["Oxfordshire"], "SN_1": [825]})
    assert benchmark.neighbours(table, area="931") == ["825"]
    with pytest.raises(ParameterError, match='"Oxfordshyre" is not in the table of neighbours'):
        benchmark.neighbours(table, area="Oxfordshyre")


@pytest.mark.samples
def test_statistical_neighbours_are_read_from_both_national_groupings(shared: Path) -> None:
    folder = shared / "samples" / "benchmark"
    old = pd.read_csv(folder / "New_Statistical_Neighbour_Groupings_April_2021.csv", encoding="utf-8-sig")
    new = pd.read_csv(folder / "sn_model_2025_wide.csv", encoding="utf-8-sig")
    assert benchmark.neighbours(old, area="City of London")[:3] == ["207", "213", "212"]
    assert benchmark.neighbours(new, area="302")[:3] == ["320", "870", "310"]
    assert benchmark.neighbours(new, area="Barnet", most=2) == ["320", "870"]
    for table in (old, new):
        found = benchmark.neighbours(table, area="Oxfordshire")
        assert len(found) == len(set(found)) == 10
        assert "931" not in found


@pytest.mark.samples
def test_looked_after_children_against_neighbours_region_and_england(shared: Path) -> None:
    folder = shared / "samples" / "benchmark"
    raw = pd.read_csv(folder / "cla_number_and_rate_per_10k_children.csv", dtype=str)
    raw = raw[raw["population_type"] == "Children looked after on 31 March each year"]
    raw = raw[raw["geographic_level"].ne("Regional") | raw["region_name"].eq("South East")]
    name = raw["old_la_code"].where(raw["geographic_level"] == "Local authority", raw["region_name"]).fillna("England")
    values = pd.DataFrame(
        {"area": name, "period": raw["time_period"], "value": pd.to_numeric(raw["rate_per_10000"], errors="coerce")}
    )
    near = benchmark.neighbours(
        pd.read_csv(folder / "sn_model_2025_wide.csv", encoding="utf-8-sig"), area="Oxfordshire"
    )
    found = benchmark.comparators(
        values[values["period"] == "2025"], indicator="looked-after", polarity="lower", national="England",
        regions={"regional average": "South East"}, neighbours={"statistical neighbours": near},
    ).set_index("comparator")  # fmt: skip
    assert found.at["national average", "value"] == 67.0
    own = values[(values["period"] == "2025") & values["area"].isin(near)]["value"]
    assert found.at["statistical neighbours", "value"] == pytest.approx(own.sum() / len(own))
    assert found.at["statistical neighbours", "areas"] == 10
    assert {"top quartile", "median", "regional average"} <= set(found.index)
