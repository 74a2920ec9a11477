"""Every row of a fact finds its place in the dimensions, and totals stay apart from their parts."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import star
from perfkit.model import schemas

PLACE = {"file": "f.xlsx", "sheet": "S", "cell": "A2", "vintage": "0" * 12}


def table(name: str, *rows: dict[str, object]) -> pd.DataFrame:
    declared = schemas.TABLES[name]
    return schemas.conform(pd.DataFrame([{**row, **PLACE} for row in rows], columns=None), declared)


def defined(year: str, *, directorate: str, ref: str, indicator: str = "visits") -> dict[str, object]:
    return {"indicator": indicator, "financial_year": year, "ref": ref, "title": f"Visits of {year}",
            "directorate": directorate, "priority": "Protecting", "outcome": "P2", "unit": "count",
            "polarity": "higher", "frequency": "quarter", "series_type": "ytd", "arrears": 0,
            "decimals": 0}  # fmt: skip


def observed(indicator: str, period: str) -> dict[str, object]:
    return {"indicator": indicator, "period": period, "area": "Oxfordshire County Council", "part": 1,
            "report_period": period, "value": 5.0, "status": "final"}  # fmt: skip


def delayed(attribution: str, setting: str, reason: str) -> dict[str, object]:
    return {"month": pd.Period("2017-03", "M"), "area": "Oxfordshire", "area_kind": "authority",
            "attribution": attribution, "setting": setting, "reason": reason, "delayed_days": 1.0,
            "calendar_days": 31, "status": "final"}  # fmt: skip


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    years = [defined("2017-18", directorate="CSS", ref="46"), defined("2018-19", directorate="PH", ref="12")]
    outcome = {"outcome": "P2", "financial_year": "2017-18", "title": "Safe", "priority": "Protecting",
               "directorate": "CSS"}  # fmt: skip
    splits = [("all", "all", "all"), ("NHS", "all", "all"), ("all", "acute", "all"), ("NHS", "acute", "A")]
    tables = {
        "indicators": table("indicators", *years),
        "outcomes": table("outcomes", outcome),
        "directorates": table("directorates", {"directorate": "CSS", "financial_year": "2017-18", "name": "Safety",
                                               "order": 1}),
        "observations": table("observations", observed("visits", "2017-18 Q1"), observed("visits", "2018-19 Q1"),
                              observed("stranger", "2016-17 Q4")),
        "targets": schemas.empty(schemas.TARGETS),
        "delays": table("delays", *(delayed(*split) for split in splits)),
        "finance": schemas.empty(schemas.FINANCE),
        "risks": schemas.empty(schemas.RISKS),
    }  # fmt: skip
    rated = pd.DataFrame([{"indicator": "visits", "period": "2017-18 Q1", "data_period": "2017-18 Q1", "ref": "46",
                           "outcome": "P2", "directorate": "CSS", "calculated": "red", "effective": "amber",
                           **PLACE}])  # fmt: skip
    rolled = pd.DataFrame([{"outcome": "P2", "period": "2017-18 Q1", "directorate": "CSS", "rag": "amber",
                            "indicators": 1, "green": 0, "amber": 1, "red": 0, "not_rated": 0}])  # fmt: skip
    return star.build(tables, rated=rated, rolled=rolled)


def test_every_key_of_a_fact_stands_once_in_its_dimension(frames: dict[str, pd.DataFrame]) -> None:
    for name, declared in star.TABLES.items():
        assert list(frames[name]) == declared.names
        assert not frames[name].duplicated(list(declared.key)).any(), name
        for column in declared.columns:
            if column.refers:
                known = set(frames[column.refers][star.TABLES[column.refers].key[0]])
                assert set(frames[name][column.name].dropna()) <= known, (name, column.name)


def test_an_indicator_stands_once_by_its_newest_definition(frames: dict[str, pd.DataFrame]) -> None:
    row = frames["dim_indicator"].set_index("indicator").loc["visits"]
    assert (row["financial_year"], row["ref"], row["reported_by"], row["outcome_title"]) == (
        "2018-19", "12", "PH", "Safe",
    )  # fmt: skip


def test_a_figure_keeps_the_directorate_of_its_own_year(frames: dict[str, pd.DataFrame]) -> None:
    facts = frames["fact_observation"].set_index(["indicator", "period"])["directorate"]
    assert facts["visits", "2017-18 Q1"] == "CSS"
    assert facts["visits", "2018-19 Q1"] == "PH"
    assert pd.isna(facts["stranger", "2016-17 Q4"])


def test_what_nobody_defined_stands_under_its_own_name(frames: dict[str, pd.DataFrame]) -> None:
    assert frames["dim_indicator"].set_index("indicator")["title"]["stranger"] == "stranger"
    assert frames["dim_directorate"].set_index("directorate")["name"]["PH"] == "PH"


def test_delays_say_by_what_they_are_split_so_that_totals_are_not_added_to_parts(
    frames: dict[str, pd.DataFrame],
) -> None:
    assert frames["fact_delay"]["split"].tolist() == [
        "none", "attribution", "setting", "attribution, setting, reason",
    ]  # fmt: skip
    assert frames["fact_delay"]["period"].unique().tolist() == ["March 2017"]


def test_periods_come_in_order_of_time_with_their_days(frames: dict[str, pd.DataFrame]) -> None:
    periods = frames["dim_period"]
    assert periods["period"].tolist() == [
        "March 2017", "2016-17 Q4", "2016-17", "2017-18 Q1", "2017-18", "2018-19 Q1", "2018-19",
    ]  # fmt: skip
    assert periods["place"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    row = periods.set_index("period").loc["2016-17 Q4"]
    assert (row["kind"], row["starts"], row["ends"], row["financial_year"], row["quarter"]) == (
        "quarter", pd.Timestamp("2017-01-01"), pd.Timestamp("2017-03-31"), "2016-17", 4,
    )  # fmt: skip
    assert periods.set_index("period")["quarter"]["March 2017"] == 4


def test_areas_have_their_region_and_code(frames: dict[str, pd.DataFrame]) -> None:
    row = frames["dim_area"].set_index("area").loc["Oxfordshire"]
    assert (row["kind"], row["region"], row["code"]) == ("authority", "South East", "E10000025")
    assert frames["dim_area"].set_index("area")["kind"]["Oxfordshire County Council"] == "council"
