"""Ratings against what was published: the council's own quarter, and a city's year of about 1,000 measures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from perfkit.analysis import outcomes, rating
from perfkit.model import targets as grammar

pytestmark = pytest.mark.samples

QUARTER = "2017-18 Q1"
RAGS = {"G": "green", "A": "amber", "R": "red"}


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, pd.DataFrame]:
    folder = shared / "facts" / "oxfordshire-2017-18-q1"
    return {p.stem: pd.read_csv(p, dtype=str, keep_default_na=False) for p in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def quarter(facts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Rate the 50 published indicators, of which no figures were published, with the directors' ratings beside."""
    own = facts["indicators"]
    indicators = own.rename(columns={"outcome_id": "outcome"}).assign(
        indicator=own["ref"], financial_year="2017-18", decimals=0, arrears=0, frequency="quarter",
        polarity=own["polarity"].replace("milestone", "neutral"),
        series_type=own["cumulative"].map({"Y": "ytd", "N": "point"}),
    )  # fmt: skip
    rows = [
        {"indicator": each.indicator, "period": "2017-18", "role": "target", **row}
        for each in indicators.itertuples()
        for row in grammar.rows(grammar.parse(each.target, polarity=each.polarity, unit=each.unit))
    ]
    said = pd.DataFrame({
        "subject_kind": "indicator", "subject": own["ref"], "period": QUARTER, "rag": own["rag"].map(RAGS),
        "outlook": own["outlook"],
    })  # fmt: skip
    none = pd.DataFrame({"indicator": [], "period": [], "value": []}, dtype="object")
    rated = rating.rate(none, pd.DataFrame(rows), indicators=indicators, quarters=[QUARTER])
    return rating.assess(rated, said)


def test_the_directors_ratings_give_the_published_counts(quarter: pd.DataFrame) -> None:
    assert rating.count(quarter).to_numpy().tolist() == [[36, 10, 2, 2, 50]]
    assert quarter.loc[quarter["effective"] == "not rated", "ref"].tolist() == ["9", "10"]
    assert quarter.loc[quarter["effective"] == "red", "ref"].tolist() == ["7", "46"]


def test_the_outlooks_give_the_published_counts(quarter: pd.DataFrame) -> None:
    assert quarter["outlook"].value_counts().to_dict() == {"improving": 26, "stable": 23, "deteriorating": 1}


def test_without_figures_nothing_is_rated_by_them_and_each_says_why(quarter: pd.DataFrame) -> None:
    assert set(quarter["calculated"]) == {"not rated"}
    why = quarter.set_index("ref")["calculated_reason"]
    assert why["1"] == "no value"
    assert why["31"] == "not due until 2017-18"
    assert (why != "").all()


def test_23_outcomes_of_which_2_are_red_by_their_worst_indicator(
    quarter: pd.DataFrame, facts: dict[str, pd.DataFrame]
) -> None:
    own = facts["outcomes"].rename(columns={"outcome_id": "outcome"}).assign(financial_year="2017-18")
    rolled = outcomes.roll_up(quarter, own).set_index("outcome")
    assert len(rolled) == 23
    published = own.loc[own["published_rag"] == "R", "outcome"].tolist()
    assert rolled.index[rolled["rag"] == "red"].tolist() == published == ["V2", "E5"]
    assert rolled.at["E5", "rag_reason"] == "worst of 3: red on 7"
    assert rolled.loc["T2", ["rag", "rag_reason", "not_rated"]].tolist() == ["not rated", "none of 2 is rated", 2]
    assert rolled[["green", "amber", "red", "not_rated"]].sum().tolist() == [36, 10, 2, 2]


BY_HAND = {
    0: "green", 78: "green", 108: "green", 114: "red", 117: "green", 185: "green", 200: "green", 287: "green",
    293: "green", 304: "amber", 316: "red", 321: "green", 329: "green", 336: "red", 337: "red", 341: "green",
    390: "red", 411: "green", 433: "green", 521: "green", 544: "green", 545: "green", 576: "green", 593: "green",
    595: "green", 661: "green",
    664: "green", 727: "green", 766: "amber", 810: "red",
}  # fmt: skip
"""Thirty rows drawn at random and rated by hand: percentages within 5 points, other figures within 10%."""


@pytest.fixture(scope="module")
def city(shared: Path) -> pd.DataFrame:
    """Rate a year of a city's measures; a measure is its row, since three codes occur twice."""
    path = shared / "samples" / "kpi" / "sf_performance_fy13.csv"
    raw = pd.read_csv(path)
    percent = raw["Unit.of.Measure"] == "Percent"
    polarity = raw["Performance.Pattern"].map(
        {"Above target is positive": "higher", "Below target is positive": "lower", "On target is positive": "within"}
    )
    unit = raw["Unit.of.Measure"].map({"Percent": "percent", "Currency": "US dollars", "General": "count"})
    scale = percent.map({True: 100, False: 1})
    name = raw.index.astype(str)
    indicators = pd.DataFrame({
        "indicator": name, "ref": raw["KPI_CODE"], "financial_year": "2012-13", "title": raw["Performance.Measure"],
        "directorate": raw["Dept"], "priority": raw["Program"], "outcome": raw["Goal"],
        "unit": unit, "polarity": polarity,
        "frequency": "year", "series_type": "point", "arrears": 0, "decimals": 1,
    })  # fmt: skip
    target = (raw["FY.2013...Total.Target.Data"] * scale).round(10)
    written = target.map(lambda x: None if pd.isna(x) else f"{x:.10f}".rstrip("0").rstrip("."))
    read = [grammar.parse(t, polarity=p, unit=u) for t, p, u in zip(written, polarity, unit, strict=True)]
    rows = [
        {"indicator": n, "period": "2012-13", **row} for n, t in zip(name, read, strict=True) for row in grammar.rows(t)
    ]
    cells = [f"N{n + 2}" for n in raw.index]
    told = pd.DataFrame({
        "indicator": name, "period": "2012-13", "area": "San Francisco", "part": 1, "report_period": "2012-13 Q4",
        "value": raw["FY.2013...Total.Actual.Data"] * scale, "status": "final", "file": path.name, "cell": cells,
    })  # fmt: skip
    return rating.rate(told, pd.DataFrame(rows), indicators=indicators)


def test_every_measure_of_a_city_is_rated_or_says_why_not(city: pd.DataFrame) -> None:
    assert len(city) == 1002
    unrated = city["calculated"] == "not rated"
    assert (city.loc[unrated, "calculated_reason"] != "").all()
    assert (city.loc[~unrated, "calculated_reason"] == "").all()
    assert city.loc[unrated, "calculated_reason"].value_counts().to_dict() == {"no target": 12}


def test_thirty_measures_are_rated_as_by_hand(city: pd.DataFrame) -> None:
    assert len(BY_HAND) == 30
    found = city.set_index("indicator")["calculated"]
    assert {n: found[str(n)] for n in BY_HAND} == BY_HAND


def test_every_measure_keeps_its_cell_and_its_rule(city: pd.DataFrame) -> None:
    assert city["cell"].tolist() == [f"N{n + 2}" for n in range(1002)]
    rated = city[city["calculated"] != "not rated"]
    assert set(rated["rule"]) == {"relative", "points"}
    assert rated["rule_text"].str.endswith("(perfkit's default).").all()
