"""The papers of the sample pack: what was published is there as published, what was not is marked illustrative."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from perfkit.intake import folder, reading
from perfkit.intake.folder import Delivery
from perfkit.model import councils, periods
from perfkit.model.councils import Council

PAPERS = ("mapping", "thread", "timetable", "finance", "risks", "streams", "savings", "programmes", "recommendations",
          "actions", "commitments", "measures")  # fmt: skip


def _deliveries(raw: Path) -> list[Delivery]:
    return folder.read([raw], base=raw, known={}, is_known=lambda name, _: "/dtoc/" in name)


@pytest.fixture(scope="session")
def county(project: Path) -> list[Delivery]:
    return _deliveries(project / "data" / "raw")


@pytest.fixture(scope="session")
def city(project: Path) -> list[Delivery]:
    return _deliveries(project / "data" / "raw" / "oxford-city")


@pytest.fixture(scope="session")
def papers(county: list[Delivery]) -> dict[str, pd.DataFrame]:
    return _tables(county)


@pytest.fixture(scope="session")
def city_papers(city: list[Delivery]) -> dict[str, pd.DataFrame]:
    return _tables(city)


def _tables(deliveries: list[Delivery]) -> dict[str, pd.DataFrame]:
    return reading.merge([delivery.reading for delivery in deliveries]).tables


def _facts(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _now(actions: pd.DataFrame) -> pd.DataFrame:
    return actions[actions["as_at"] == "October 2024"]


def test_no_paper_of_either_council_gives_an_issue(county: list[Delivery], city: list[Delivery]) -> None:
    read = [d for d in (*county, *city) if set(d.reading.tables) & set(PAPERS)]
    assert [d.file for d in read] == [
        "2016-17/Q4/risks.xlsx", "2017-18/Q1/finance.xlsx", "2017-18/Q1/risks.xlsx", "2017-18/mapping.xlsx",
        "2017-18/savings_programme.xlsx", "2024-25/action_plan_2024-07.xlsx", "2024-25/action_plan_2024-10.xlsx",
        "2024-25/strategy.xlsx",
    ]  # fmt: skip
    assert [str(issue) for d in read for issue in d.reading.issues] == []


def test_the_city_s_files_are_not_the_county_s(county: list[Delivery], city: list[Delivery], project: Path) -> None:
    assert not [d.file for d in county if "oxford-city" in d.file]
    assert [d.file for d in city] == [
        "council.toml", "2024-25/action_plan_2024-07.xlsx", "2024-25/action_plan_2024-10.xlsx", "2024-25/strategy.xlsx",
    ]  # fmt: skip
    raw = project / "data" / "raw"
    assert councils.read(raw) == Council("Oxfordshire County Council", "Oxfordshire")
    assert councils.read(raw / "oxford-city") == Council("Oxford City Council", "Oxford")


def test_the_city_is_read_without_a_framework(city_papers: dict[str, pd.DataFrame]) -> None:
    assert set(city_papers) == {"councils", "recommendations", "actions", "commitments", "measures"}


def test_fifty_five_actions_forty_complete_fifteen_ongoing(city_papers: dict[str, pd.DataFrame]) -> None:
    now = _now(city_papers["actions"])
    assert now["status"].value_counts().to_dict() == {"complete": 40, "ongoing": 15}
    assert now["recommendation"].nunique() == 10
    assert {"1.1", "1.10"} <= set(now["action"])


def test_one_action_is_overdue_at_the_end_of_october_2024(city_papers: dict[str, pd.DataFrame]) -> None:
    open_now = _now(city_papers["actions"]).query("status == 'ongoing'")
    overdue = open_now[periods.ends(open_now["due"]) <= pd.Timestamp(2024, 10, 31)]
    assert overdue[["action", "due"]].to_numpy().tolist() == [["10.2", "September 2024"]]


def test_the_plan_of_july_is_illustrative_and_the_one_of_october_published(
    city_papers: dict[str, pd.DataFrame],
) -> None:
    statuses = city_papers["actions"].groupby("as_at")["source_status"].unique().map(list).to_dict()
    assert statuses == {"July 2024": ["illustrative"], "October 2024": ["final"]}


def test_what_was_never_published_is_marked_so(papers: dict[str, pd.DataFrame]) -> None:
    for name in ("mapping", "finance", "risks", "savings"):
        assert set(papers[name]["status"]) == {"illustrative"}, name
    for name in ("thread", "timetable", "streams", "programmes"):
        assert set(papers[name]["status"]) == {"final"}, name
    assert set(papers["thread"]["priority_status"].dropna()) == {"illustrative"}


def test_the_savings_add_up_to_the_two_hundred_million_published(papers: dict[str, pd.DataFrame]) -> None:
    savings, promised = papers["savings"], papers["programmes"].set_index("measure")
    assert promised.loc["savings required", ["value", "unit", "by"]].tolist() == [200_000_000.0, "pounds", "2015"]
    assert savings["required"].sum() == 200_000_000
    assert savings.groupby("financial_year")["required"].sum().to_dict() == {
        "2011-12": 55e6, "2012-13": 60e6, "2013-14": 50e6, "2014-15": 35e6,
    }  # fmt: skip
    assert (savings["delivered"].sum(), savings["forecast"].sum()) == (158_300_000, 36_100_000)
    over = savings["financial_year"] != "2014-15"
    assert savings["forecast"].isna().equals(over)
    assert savings["delivered"].notna().equals(over)


def test_a_red_indicator_an_overspend_and_a_high_risk_meet_in_social_care(papers: dict[str, pd.DataFrame]) -> None:
    money = papers["finance"].groupby("directorate")[["budget", "forecast"]].sum()
    assert money.loc["SCS"].tolist() == [192_500_000.0, 196_000_000.0]
    risks = papers["risks"].assign(score=papers["risks"]["likelihood"] * papers["risks"]["impact"])
    reablement = risks[risks["risk"] == "R01"].set_index("period")
    assert reablement["score"].to_dict() == {"2016-17 Q4": 16, "2017-18 Q1": 20}
    assert "reablement-hours" in str(reablement.at["2017-18 Q1", "indicators"]).split()


def test_a_forecast_that_was_not_made_is_missing_with_its_marker(papers: dict[str, pd.DataFrame]) -> None:
    missing = papers["finance"][papers["finance"]["forecast"].isna()]
    assert missing[["line", "markers"]].to_numpy().tolist() == [["Emergency planning", "forecast [x]"]]


def test_most_of_what_is_measured_serves_a_priority_and_a_few_do_not(papers: dict[str, pd.DataFrame]) -> None:
    mapped = papers["mapping"].groupby("subject_kind")["subject"].unique()
    numbers = papers["indicators"].set_index("indicator")["ref"].astype(int)
    assert set(numbers.drop(list(mapped["indicator"]))) == {24, 43, 47}
    assert set(papers["outcomes"]["outcome"]) - set(mapped["outcome"]) == {"V3", "E8"}
    assert set(papers["mapping"]["number"]) == set(range(2, 13))


def test_the_four_measures_wait_for_their_names(city_papers: dict[str, pd.DataFrame]) -> None:
    measures = city_papers["measures"]
    assert (len(measures), measures["title"].isna().all(), measures["value"].isna().all()) == (4, True, True)


@pytest.mark.samples
def test_every_published_action_and_recommendation_is_as_published(
    shared: Path, city_papers: dict[str, pd.DataFrame]
) -> None:
    now = _now(city_papers["actions"]).set_index("action")
    facts = _facts(shared, "oxford-city-peer-challenge-2024/actions")
    assert len(facts) == len(now) == 55
    for fact in facts:
        own = now.loc[fact["action"]]
        due = periods.label(pd.Period(fact["due"], "M")) if fact["due"] else None
        assert (own["recommendation"], own["title"], own["status"], own["progress"]) == (
            fact["recommendation"], fact["title"], fact["status"].lower(), fact["progress"],
        )  # fmt: skip
        assert (own["due"] if pd.notna(own["due"]) else None) == due
    titles = [fact["title"] for fact in _facts(shared, "oxford-city-peer-challenge-2024/recommendations")]
    recommendations = city_papers["recommendations"]
    latest = recommendations[recommendations["file"].str.contains("2024-10")]
    assert latest["title"].tolist() == titles
    assert len(titles) == 10


@pytest.mark.samples
def test_every_published_commitment_stands_with_its_roles(shared: Path, city_papers: dict[str, pd.DataFrame]) -> None:
    facts = _facts(shared, "oxford-city-strategy/commitments")
    own = city_papers["commitments"]
    assert len(facts) == 11
    assert own[["title", "deliver", "partner", "influence"]].astype(object).to_numpy().tolist() == [
        [fact["title"], *(fact[role] == "x" for role in ("deliver", "partner", "influence"))] for fact in facts
    ]


@pytest.mark.samples
def test_every_published_part_of_the_savings_programme_and_thread_stands(
    shared: Path, papers: dict[str, pd.DataFrame]
) -> None:
    same: dict[str, tuple[str, tuple[str, ...]]] = {
        "streams": ("oxfordshire-2011-business-strategy/workstreams", ("number", "title", "aim")),
        "thread": ("oxfordshire-2017-operating-framework/golden_thread", ("level", "order", "parent", "title")),
        "timetable": ("oxfordshire-2017-18-q1/timetable", ("when", "step")),
    }
    for table, (name, columns) in same.items():
        facts = _facts(shared, name)
        own = papers[table][list(columns)].astype(object)
        assert own.where(own.notna(), "").astype(str).to_numpy().tolist() == [[f[c] for c in columns] for f in facts]
    assert len(papers["streams"]) == 8
