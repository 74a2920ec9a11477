"""Headings over several rows: each column is what all of them say, and a column without any is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook

RECIPE = r"""
release = "school_meals"
title = "School meals"
publisher = "A national body"
[recognise]
phrases = ["school meals"]
[period]
calendar = "financial"
[[table]]
sheets = 'table \d+'
totals = [{ under = ["region"], pattern = '(?P<name>.+) total', kind = "region" }]
[table.columns]
area = ["local authority"]
area_code = ["code"]
region = ["region"]
[[table.measure]]
id = "pupils"
title = "Pupils"
unit = "pupils"
heading = 'number of pupils'
[[table.measure]]
id = "meals"
title = "Pupils who eat"
unit = "percent"
heading = 'pupils who eat( a hot)?( meal)?%'
"""
TITLE = ["School meals, England, 2017/18, quarter 1"]
KENT = ["Kent", "E10000016", 200.0, 50.0]


@pytest.fixture
def recipe(tmp_path: Path) -> recipes.Recipe:
    path = tmp_path / "school_meals.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return recipes.load(path)


def read(
    recipe: recipes.Recipe, *rows: list[Any], merged: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Reading:
    width = max(map(len, rows))
    filled = [[*row, *[None] * (width - len(row))] for row in (TITLE, *rows)]
    sheet = Sheet("meals.xlsx", "Table 1", filled, merged=merged or {})
    return reader.read(Workbook("meals.xlsx", (sheet,)), recipe)


def values(reading: Reading) -> dict[str, float]:
    return dict(zip(*(reading.tables["releases"][column] for column in ("measure", "value")), strict=True))


BOTH = {"pupils": 200.0, "meals": 50.0}


@pytest.mark.parametrize(
    "headings",
    [
        [["Local authority", "Code", "Number of pupils", "Pupils who eat (%)"]],
        [[None, None, "Number", "Pupils"], ["Local authority", "Code", "of pupils", "who eat (%)"]],
        [[None, None, "Number", "Pupils"], [None, None, "of", "who eat"], ["Local authority", "Code", "pupils", "(%)"]],
        [[None, None, "Number of pupils", "Pupils who eat (%)"], ["Local authority", "Code"]],
        [[None, None, "Number of pupils", "Pupils who eat (%)"], [], ["Local authority", "Code"]],
        [["Local authority", "Code", "Number of", "Pupils who eat"], [None, None, "pupils", "a hot meal (%)"]],
        [["Local authority", None, None, "Pupils"], [None, "Code", "Number of pupils", "who eat (%)"]],
        [["Local authority", "Code", "Number of pupils", "Pupils who eat (%)"], [None, None, "[note 1]", "[note 2]"]],
    ],
)  # fmt: skip
def test_a_heading_is_what_all_its_rows_say(recipe: recipes.Recipe, headings: list[list[Any]]) -> None:
    reading = read(recipe, *headings, KENT)
    assert reading.issues == ()
    assert values(reading) == BOTH


def test_the_first_row_of_figures_is_never_a_heading(recipe: recipes.Recipe) -> None:
    """A row of markers names its area, and so is one of figures."""
    reading = read(recipe, ["Local authority", "Code", "Number of pupils", "Pupils who eat (%)"],
                   ["Essex", "E10000012", "[c]", "[c]"], KENT)  # fmt: skip
    assert reading.tables["releases"]["area"].tolist() == ["Essex", "Kent", "Essex", "Kent"]


def test_a_row_of_markers_that_lost_its_area_is_told(recipe: recipes.Recipe) -> None:
    reading = read(recipe, ["Local authority", "Code", "Number of pupils", "Pupils who eat (%)"],
                   [None, None, "[x]", "[x]"], KENT)  # fmt: skip
    assert reading.tables == {}
    assert [issue.found for issue in reading.issues] == ["figures in a row without an area"]


def test_a_column_of_figures_without_a_heading_is_told(recipe: recipes.Recipe) -> None:
    reading = read(recipe, ["Local authority", "Code", "Number of pupils", None], KENT)
    assert values(reading) == {"pupils": 200.0}
    assert [str(issue) for issue in reading.issues] == [
        "meals.xlsx, sheet Table 1, cell D2: found a column of figures without a heading, expected what they are. "
        "It was not read; compare with the publisher's file."
    ]  # fmt: skip


def test_the_second_column_under_a_merged_heading_is_not_the_first(recipe: recipes.Recipe) -> None:
    band = {(1, 2): (1, 2), (1, 3): (1, 2)}
    heading = ["Local authority", "Code", "Number of pupils", "Number of pupils"]
    reading = read(recipe, heading, KENT, merged=band)
    assert values(reading) == {"pupils": 200.0}
    assert [issue.found for issue in reading.issues] == ["a column of figures without a heading"]
    reading = read(recipe, heading, ["Local authority", "Code", "Number of pupils"], KENT, merged=band)
    assert values(reading) == {"pupils": 200.0}


def test_totals_are_known_under_a_heading_that_stands_higher(recipe: recipes.Recipe) -> None:
    reading = read(recipe, ["Region", "Local authority", "Code", "Number"], [None, None, None, "of pupils"],
                   ["South East", *KENT[:3]], ["South East total", None, None, 200.0])  # fmt: skip
    assert reading.issues == ()
    assert reading.tables["releases"][["area", "area_kind"]].to_numpy().tolist() == [
        ["Kent", "authority"], ["South East", "region"]]  # fmt: skip


def test_blocks_below_repeat_their_units(recipe: recipes.Recipe) -> None:
    units = [None, None, "of pupils", "who eat (%)"]
    heading = ["Local authority", "Code", "Number", "Pupils"]
    reading = read(recipe, heading, units, KENT, [], heading, units, ["Essex", "E10000012", 100.0, 40.0])
    assert reading.issues == ()
    frame = reading.tables["releases"]
    assert frame.pivot(index="area", columns="measure", values="value").to_dict("index") == {
        "Kent": BOTH, "Essex": {"pupils": 100.0, "meals": 40.0}}  # fmt: skip


def test_numbers_of_the_rows_need_no_heading(recipe: recipes.Recipe) -> None:
    reading = read(recipe, [None, "Local authority", "Code", "Number of pupils"], [1.0, *KENT[:3]],
                   [2.0, "Essex", "E10000012", 100.0])  # fmt: skip
    assert reading.issues == ()
