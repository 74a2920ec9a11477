"""Every row of a fact finds its place in the dimensions, and totals stay apart from their parts."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import star
from perfkit.analysis.star import building
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


def released(period: str, calendar: str, area: str = "Essex", kind: str = "authority") -> dict[str, object]:
    return {"release": "coverage", "measure": "mmr", "period": period, "calendar": calendar, "area_kind": kind,
            "area": area, "breakdown": "all", "measure_title": "MMR at 24 months", "region": "South East",
            "value": 91.0, "unit": "percent", "status": "final"}  # fmt: skip


def discharged(period: str, kind: str, *, code: str, name: str, org: str, unit: str = "patients") -> dict[str, object]:
    return {"collection": "acute", "period": period, "period_kind": kind, "starts": pd.Timestamp("2022-04-04"),
            "month": pd.Period("2022-04", "M"), "org_kind": org, "org_code": code, "org_name": name,
            "measure": "not_meeting_criteria", "breakdown": "all", "value": 12.0, "unit": unit,
            "status": "final"}  # fmt: skip


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
        "releases": table("releases", released("2016-17 Q4", "financial"), released("2016-17", "academic"),
                          released("2017", "reporting"), released("March 2017", "academic"),
                          released("2016-17", "academic", area="Dorset (before 2019)"),
                          released("2016-17 Q4", "financial", kind="other"),
                          released("2016-17", "financial", area="South East", kind="region")),
        "discharges": table(
            "discharges", discharged("2022-04-04", "day", code="RTH", name="OXFORD", org="trust"),
            discharged("week of 2022-04-04", "week", code="England", name="ENGLAND (Type 1)", org="country",
                       unit="bed days"),
        ),
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
        "March 2017", "2016-17 Q4", "2016-17", "2017-18 Q1", "2016-17 (academic)", "2017-18", "2018-19 Q1", "2018-19",
        "2022-04-04", "week of 2022-04-04", "April 2022", "2022-23", "2017 (reporting)",
    ]  # fmt: skip
    assert periods["place"].tolist() == list(range(1, 14))
    row = periods.set_index("period").loc["2016-17 Q4"]
    assert (row["kind"], row["starts"], row["ends"], row["financial_year"], row["quarter"]) == (
        "quarter", pd.Timestamp("2017-01-01"), pd.Timestamp("2017-03-31"), "2016-17", 4,
    )  # fmt: skip
    assert periods.set_index("period")["quarter"]["March 2017"] == 4


def test_years_of_different_calendars_that_share_a_label_are_told_apart(frames: dict[str, pd.DataFrame]) -> None:
    known = frames["dim_period"].set_index("period")
    facts = frames["fact_release"]["period"].tolist()
    assert facts[:4] == ["2016-17 Q4", "2016-17 (academic)", "2017 (reporting)", "March 2017"]
    assert facts[-1] == "2016-17"
    assert known.loc[["2016-17", "2016-17 (academic)", "March 2017"], "calendar"].tolist() == [
        "financial", "academic", "calendar",
    ]  # fmt: skip
    school = known.loc["2016-17 (academic)"]
    assert (school["label"], school["kind"], school["starts"]) == ("2016-17", "year", pd.Timestamp("2016-09-01"))
    assert pd.isna(school["financial_year"]), "it lies across two"
    assert pd.isna(known["starts"]["2017 (reporting)"]), "the publisher alone knows"


def test_a_day_and_a_week_know_their_month_and_quarter(frames: dict[str, pd.DataFrame]) -> None:
    known = frames["dim_period"].set_index("period")
    for period, kind in (("2022-04-04", "day"), ("week of 2022-04-04", "week")):
        row = known.loc[period]
        assert (row["kind"], row["month"], row["quarter"], row["financial_year"]) == (kind, "April 2022", 1, "2022-23")
    assert known["ends"]["week of 2022-04-04"] == pd.Timestamp("2022-04-10")
    assert frames["fact_discharge"]["month"].tolist() == ["April 2022", "April 2022"]


def test_what_is_no_registered_area_is_not_taken_for_one_of_its_name(frames: dict[str, pd.DataFrame]) -> None:
    known = frames["dim_area"].set_index("area")
    assert frames["fact_release"]["area"].tolist()[-2:] == ["Essex (other)", "South East"]
    assert known.loc["Essex", ["name", "kind", "region"]].tolist() == ["Essex", "authority", "East of England"]
    assert known.loc["Essex (other)", ["name", "kind"]].tolist() == ["Essex", "other"]
    assert pd.isna(known["region"]["South East"])


def test_a_measure_stands_once_with_its_series_and_its_unit_where_it_has_one(frames: dict[str, pd.DataFrame]) -> None:
    known = frames["dim_measure"].set_index("measure")
    assert known.loc["coverage: mmr", ["series", "id", "title", "unit"]].tolist() == [
        "coverage", "mmr", "MMR at 24 months", "percent",
    ]  # fmt: skip
    patients = known.loc["discharges: not_meeting_criteria"]
    assert (patients["title"], pd.isna(patients["unit"])) == ("Not meeting criteria", True)


def test_an_organisation_keeps_its_kind_and_the_country_its_plain_name(frames: dict[str, pd.DataFrame]) -> None:
    known = frames["dim_organisation"]
    assert known[["org_code", "name", "kind"]].to_numpy().tolist() == [
        ["England", "England", "country"], ["RTH", "OXFORD", "trust"],
    ]  # fmt: skip


def test_areas_have_their_region_and_code(frames: dict[str, pd.DataFrame]) -> None:
    row = frames["dim_area"].set_index("area").loc["Oxfordshire"]
    assert (row["kind"], row["region"], row["code"]) == ("authority", "South East", "E10000025")
    assert pd.isna(row["valid_from"]), "it stood before April 2009"
    ended = frames["dim_area"].set_index("area").loc["Dorset (before 2019)"]
    assert (ended["code"], ended["valid_to"]) == ("E10000009", pd.Timestamp("2019-03-31"))
    assert frames["dim_area"].set_index("area")["kind"]["Oxfordshire County Council"] == "council"


def test_areas_of_the_delays_have_their_name_in_the_register_on_their_day() -> None:
    months = [pd.Period("2015-03", "M")] * 3 + [pd.Period("2019-06", "M")] * 4
    names = ["Derby UA", "Cheshire West And Chester", "Dorset", "Dorset", "Elsewhere", "Hull", "Kingston Upon Hull UA"]
    delays = pd.DataFrame({"month": months, "area": names}, index=range(5, 12))
    named = building._in_one_spelling(delays)
    assert named["area"].tolist() == [
        "Derby", "Cheshire West and Chester", "Dorset (before 2019)", "Dorset", "Elsewhere",
        "Hull", "Kingston Upon Hull UA",
    ], "two that would become one in a month stay apart"  # fmt: skip
    assert named.index.tolist() == delays.index.tolist()
    assert building._in_one_spelling(delays.head(0)).empty
