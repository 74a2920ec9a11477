"""The sample pack: it reads without an error, says what was published, and is what its builder makes of the facts."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from perfkit.intake import framework, reading, returns
from perfkit.intake.reading import Reading
from perfkit.intake.returns import commentary, history
from perfkit.intake.workbooks import excel
from perfkit.model.errors import Severity

FILES = [
    "Q1/key_points.xlsx", "Q1/returns/CEF.xlsx", "Q1/returns/COM.xlsx", "Q1/returns/CSS.xlsx", "Q1/returns/PH.xlsx",
    "Q1/returns/SCS.xlsx", "framework.xlsx", "history.xlsx",
]  # fmt: skip
NO_FIGURE = {8, 9, 10, 18, 19, 24, 30, 34, 35, 40, 43}
FACTS = "facts/oxfordshire-2017-18-q1"


@pytest.fixture(scope="session")
def pack(project: Path) -> Path:
    return project / "data" / "raw" / "2017-18"


@pytest.fixture(scope="session")
def readings(pack: Path) -> dict[str, Reading]:
    books = {name: excel.read(pack / name, file=f"2017-18/{name}") for name in FILES}
    done = {"framework.xlsx": framework.read(books["framework.xlsx"])}
    for name, book in books.items():
        for reader in (returns, history, commentary):
            if reader.recognises(book):
                assert name not in done, f"{name} is known as two kinds"
                done[name] = reader.read(book, framework=done["framework.xlsx"].tables)
    return done


@pytest.fixture(scope="session")
def tables(readings: dict[str, Reading]) -> dict[str, pd.DataFrame]:
    return reading.merge([readings[name] for name in FILES]).tables


@pytest.fixture(scope="session")
def observed(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    numbers = tables["indicators"].set_index("indicator")["ref"].astype(int)
    return tables["observations"].assign(ref=lambda frame: frame["indicator"].map(numbers))


@pytest.fixture(scope="session")
def assessed(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    numbers = tables["indicators"].set_index("indicator")["ref"].astype(int)
    return tables["assessments"].assign(ref=lambda frame: frame["subject"].map(numbers))


def _facts(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / FACTS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_workbook_is_known_and_read_without_an_error(readings: dict[str, Reading]) -> None:
    assert sorted(readings) == FILES
    assert not [str(issue) for r in readings.values() for issue in r.issues if issue.severity is Severity.ERROR]


def test_its_damage_is_told_in_four_warnings(readings: dict[str, Reading]) -> None:
    found = {(i.where.file, i.where.cell): (i.found, i.expected) for r in readings.values() for i in r.issues}
    assert found == {
        ("2017-18/Q1/returns/CEF.xlsx", "I11"): ('"Α" (GREEK CAPITAL LETTER ALPHA)', "A"),
        ("2017-18/Q1/returns/CSS.xlsx", "E10"): ('"-1,562"', '"1,562", as in the framework'),
        ("2017-18/Q1/returns/PH.xlsx", "I13"): ('"Ð" (LATIN CAPITAL LETTER ETH)', "G"),
        ("2017-18/Q1/returns/SCS.xlsx", "J9"): ('"1"', "↑"),
    }


def test_the_directors_rate_thirty_six_green_ten_amber_two_red(assessed: pd.DataFrame) -> None:
    indicators = assessed.query("subject_kind == 'indicator'")
    counts = indicators["rag"].value_counts().to_dict()
    assert (len(indicators), counts) == (50, {"green": 36, "amber": 10, "red": 2})
    assert set(indicators.loc[indicators["rag"].isna(), "ref"]) == {9, 10}
    assert indicators["outlook"].value_counts().to_dict() == {"improving": 26, "stable": 23, "deteriorating": 1}


def test_the_directors_rate_two_outcomes_red(assessed: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> None:
    outcomes = assessed.query("subject_kind == 'outcome'")
    assert dict(zip(outcomes["subject"], outcomes["rag"], strict=True)) == {"E5": "red", "V2": "red"}
    assert len(tables["outcomes"]) == 23


def test_indicators_without_a_figure_are_rated_all_the_same(observed: pd.DataFrame, assessed: pd.DataFrame) -> None:
    now = observed[observed["report_period"] == "2017-18 Q1"]
    assert set(range(1, 51)) - set(now["ref"]) == NO_FIGURE
    assert dict(zip(now["ref"], now["marker"], strict=True)).items() >= {1: "Pending", 31: "N/A"}.items()
    rated = assessed.dropna(subset="rag")
    assert NO_FIGURE - set(rated["ref"]) == {9, 10}


def test_only_published_figures_are_final(observed: pd.DataFrame) -> None:
    final = observed[observed["status"] == "final"]
    assert set(observed["status"]) == {"final", "illustrative"}
    assert final[["ref", "period", "value"]].sort_values(["ref", "period"]).to_numpy().tolist() == [
        [11, "2016-17 Q4", 667.0], [12, "2016-17 Q4", 371.0], [13, "2016-17 Q4", 266.0], [14, "2016-17 Q4", 458.0],
        [15, "2016-17 Q4", 19417.0], [16, "2016-17 Q4", 6650.0], [33, "2017-18 Q1", 5.0], [37, "2017-18 Q1", 100.0],
    ]  # fmt: skip


def test_history_leads_up_to_the_return_without_a_quarter_twice(observed: pd.DataFrame) -> None:
    assert not observed.duplicated(["indicator", "period", "area", "part"]).any()
    quitters = observed.query("indicator == 'smoking-quitters'")["period"].tolist()
    assert quitters[-1] == "2016-17 Q4" or "2016-17 Q4" in quitters
    assert observed.query("report_period != '2017-18 Q1'")["ref"].nunique() >= 30


def test_children_looked_after_are_those_before_plus_those_coming_less_those_leaving(observed: pd.DataFrame) -> None:
    wide = observed[observed["ref"].isin([11, 12, 13])].pivot(index="period", columns="ref", values="value")
    within = [q for q in wide.index if not q.endswith("Q1")]
    before = wide.shift(1)
    change = (wide[12] - before[12]) - (wide[13] - before[13])
    assert (wide[11] - before[11]).loc[within].tolist() == change.loc[within].tolist()
    assert (
        wide.at["2017-18 Q1", 11] == wide.at["2016-17 Q4", 11] + wide.at["2017-18 Q1", 12] - wide.at["2017-18 Q1", 13]
    )


def test_counts_to_date_rise_within_a_year_and_start_again_in_april(
    observed: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    counts = tables["indicators"].query("series_type == 'ytd' and unit != 'percent'")["indicator"]
    series = observed[observed["indicator"].isin(counts)].sort_values(["indicator", "part", "period"])
    steps = series.groupby(["indicator", "part"])["value"].diff()
    first = series["period"].str.endswith("Q1")
    assert (steps[~first].dropna() >= 0).all()
    assert (steps[first].dropna() < 0).all()


def test_each_year_total_of_a_quarterly_target_is_stated(pack: Path) -> None:
    sheet = excel.read(pack / "framework.xlsx", file="framework.xlsx").sheet("Targets")
    assert sheet is not None
    column = [sheet.text(3, c) for c in range(14)].index("Year total")
    totals = [sheet.at(row, column) for row in range(4, len(sheet.rows)) if sheet.at(row, column)]
    assert totals == [3332, 14168, 6248, 266664, 1000]


def test_no_workbook_carries_the_time_it_was_made(pack: Path) -> None:
    for name in FILES:
        with zipfile.ZipFile(pack / name) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(2017, 7, 21, 9, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        assert set(re.findall(r">(\d{4}-[^<]+)<", core)) == {"2017-07-21T09:00:00Z"}


def test_the_priority_stands_in_a_rotated_merged_cell(pack: Path) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(pack / "Q1/returns/CSS.xlsx")["Dashboard"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert "A9:A11" in merged
    assert sheet["A9"].alignment.textRotation == 90


@pytest.mark.samples
def test_every_published_fact_is_in_the_framework(shared: Path, tables: dict[str, pd.DataFrame]) -> None:
    indicators = tables["indicators"].set_index("ref")
    for fact in _facts(shared, "indicators"):
        own = indicators.loc[fact["ref"]]
        assert (own["title"], own["directorate"], own["priority"], own["outcome"]) == (
            fact["title"], fact["directorate"], fact["priority"], fact["outcome_id"],
        )  # fmt: skip
        targets = tables["targets"][tables["targets"]["indicator"] == own["indicator"]]
        assert fact["target"] in set(targets["text"])
        if fact["baseline"]:
            assert set(targets["baseline"]) == {float(fact["baseline"])}
        if fact["later_target_period"] in ("2018-19", "2019-03"):
            assert fact["later_target"] in set(targets["text"])
    outcomes = tables["outcomes"].set_index("outcome")
    for fact in _facts(shared, "outcomes"):
        own = outcomes.loc[fact["outcome_id"]]
        assert (own["title"], own["priority"], own["directorate"]) == (
            fact["title"],
            fact["priority"],
            fact["directorate"],
        )


@pytest.mark.samples
def test_every_published_rating_is_in_the_returns(shared: Path, assessed: pd.DataFrame) -> None:
    words = {"G": "green", "A": "amber", "R": "red", "": None}
    own = assessed.query("subject_kind == 'indicator'").set_index("ref")
    for fact in _facts(shared, "indicators"):
        row = own.loc[int(fact["ref"])]
        assert (row["rag"] if pd.notna(row["rag"]) else None, row["outlook"]) == (words[fact["rag"]], fact["outlook"])


@pytest.mark.samples
def test_every_other_published_fact_is_in_the_pack(shared: Path, tables: dict[str, pd.DataFrame]) -> None:
    for name, table, columns in (
        ("directorates", "directorates", {"directorate": "directorate", "name": "name"}),
        ("leadership_priorities", "leadership_priorities", {"number": "number", "title": "title", "kind": "kind"}),
        ("published_counts", "published", {"statement": "statement", "count": "count"}),
    ):
        rows = tables[table].astype(object).to_dict("records")
        for fact in _facts(shared, name):
            assert any(
                all(str(row[own]).removesuffix(".0") == fact[c] for c, own in columns.items()) for row in rows
            ), fact
    texts = set(tables["commentary"]["text"])
    for fact in _facts(shared, "key_points"):
        assert fact["text"].rstrip(".") + "." in texts
    for fact in _facts(shared, "exceptions"):
        assert {fact["cause"], fact["action"]} <= texts


@pytest.mark.samples
def test_building_it_again_gives_the_same_bytes(shared: Path, project: Path, pack: Path, tmp_path: Path) -> None:
    for out in (tmp_path / "one", tmp_path / "two"):
        subprocess.run([sys.executable, project / "scripts/build_pack.py", shared / "facts", out], check=True)
    made = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert {f"2017-18/{name}" for name in FILES} < {path.as_posix() for path in made}
    for name in made:
        first, second = (tmp_path / "one" / name).read_bytes(), (tmp_path / "two" / name).read_bytes()
        assert first == second == (pack.parent / name).read_bytes(), name


def test_the_lists_of_days_name_every_workbook_with_its_content(pack: Path) -> None:
    for workbook in sorted(p for p in pack.parent.rglob("*") if p.suffix in {".xlsx", ".xls"}):
        with (workbook.parent / "received.csv").open(encoding="utf-8", newline="") as lines:
            listed = {line["file"]: line["sha256"] for line in csv.DictReader(lines)}
        assert listed.get(workbook.name) == hashlib.sha256(workbook.read_bytes()).hexdigest(), workbook.name
