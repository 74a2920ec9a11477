"""An area and its parts in one period: told to a person, and counted once in what England is held against."""

from __future__ import annotations

import pytest

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe, reader
from perfkit.intake.workbooks.grid import Sheet, Workbook

RECIPE = r"""
release = "homes"
title = "Homes"
publisher = "A national body"
[recognise]
headings = ["authority", "homes", "year"]
[checks]
sums = ["homes"]
[period]
calendar = "reporting"
[[table]]
needed = ["area", "period"]
[table.columns]
area = ["authority"]
area_code = ["code"]
period = ["year"]
[[table.measure]]
id = "homes"
title = "Homes built"
unit = "homes"
heading = 'homes'
"""


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    path = tmp_path_factory.mktemp("recipes") / "homes.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return recipes.load(path)


def read(recipe: Recipe, england: float, *rows: tuple[str, str | None, object], year: str = "2017-18") -> Reading:
    lines: list[list[object]] = [["Authority", "Code", "Year", "Homes"], ["England", None, year, england]]
    lines += [[name, code, year, homes] for name, code, homes in rows]
    return reader.read(Workbook("homes.csv", (Sheet("homes.csv", "", lines),)), recipe)


def told(reading: Reading) -> list[str]:
    return [str(issue)[str(issue).index("found ") :] for issue in reading.issues]


KEPT = "expected each part of England once. Both were kept; never add them together, since the one holds the other."
BOTH = ("Bournemouth & Poole", None, 30)
TWICE = f"found a figure for Bournemouth & Poole, beside one for Bournemouth and Poole, {KEPT}"


def test_a_combined_area_counts_in_englands_sum(recipe: Recipe) -> None:
    assert read(recipe, 130, BOTH, ("Kent", "E10000016", 100)).issues == ()
    assert "found 131 for England (homes), expected 130" in told(read(recipe, 131, BOTH, ("Kent", None, 100)))[0]


def test_a_combined_area_beside_both_its_parts_yields_to_them(recipe: Recipe) -> None:
    parts = [("Bournemouth", "E06000028", 10), ("Poole", "E06000029", 20)]
    reading = read(recipe, 130, BOTH, *parts, ("Kent", "E10000016", 100))
    assert told(reading) == [TWICE]
    assert len(reading.tables["releases"]) == 5


def test_a_part_that_is_withheld_leaves_the_combined_area_to_be_counted(recipe: Recipe) -> None:
    reading = read(recipe, 130, BOTH, ("Bournemouth", None, 10), ("Poole", None, "[c]"), ("Kent", None, 100))
    assert told(reading) == [TWICE.replace("Bournemouth and Poole, exp", "Bournemouth, exp")]


def test_an_authority_that_holds_another_counts_once(recipe: Recipe) -> None:
    rows = [("Cornwall and Isles of Scilly", "E06000052", 50), ("Isles of Scilly", "E06000053", 5)]
    reading = read(recipe, 50, *rows)
    assert told(reading) == [f"found a figure for Cornwall and Isles of Scilly, beside one for Isles of Scilly, {KEPT}"]
    assert read(recipe, 55, ("Cornwall", "E06000052", 50), rows[1]).issues == ()
    assert read(recipe, 50, rows[0], ("Isles of Scilly", "E06000053", "[z]")).issues == ()


def test_two_areas_of_one_name_in_either_order_are_one_fact(recipe: Recipe) -> None:
    reading = read(recipe, 60, ("Hackney and City of London", None, 60), ("City of London & Hackney", None, 60))
    assert "City of London and Hackney, 2017-18 a second time" in told(reading)[0]


@pytest.mark.parametrize(("year", "first"), [("2017-18", "Poole"), ("2017", "Poole"), ("2021", "Northamptonshire")])
def test_an_area_beside_one_that_took_it_over_stops_the_file(recipe: Recipe, year: str, first: str) -> None:
    heir = {"Poole": "Bournemouth, Christchurch and Poole", "Northamptonshire": "West Northamptonshire"}[first]
    reading = read(recipe, 50, (first, None, 20), (heir, None, 30), year=year)
    assert reading.tables == {}
    assert f"beside one for {heir}, expected each part of England once. Leave out one of them" in told(reading)[0]


@pytest.mark.parametrize(("year", "area"), [("2018", "Dorset (before 2019)"), ("2020", "Dorset")])
def test_a_reporting_year_tells_which_area_of_a_name_is_meant(recipe: Recipe, year: str, area: str) -> None:
    frame = read(recipe, 20, ("Dorset", None, 20), year=year).tables["releases"]
    assert frame["area"].tolist() == ["England", area]
