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


def grouped(tmp_path: Path) -> recipes.Recipe:
    path = tmp_path / "grouped.toml"
    kinds = [("Prevention Ended", "Number"), ("Prevention Ended", "Rate"), ("Prevention Owed", "Number"),
             ("Prevention Owed", "Rate"), ("Relief Ended", "Number"), ("Relief Ended", "Rate")]  # fmt: skip
    measures = [f'[[table.measure]]\nid = "{g[-5:].strip().lower()} {g[:1].lower()} {n.lower()}"\ntitle = "{g} {n}"\n'
                f'unit = "n"\nheading = "{g} {n}"\n' for g, n in kinds]  # fmt: skip
    path.write_text(RECIPE.split("[[table.measure]]")[0] + "".join(measures), encoding="utf-8")
    return recipes.load(path)


AREA = ["Local authority", "Code"]
FIGURES = ["Kent", "E10000016", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
PAIRS = [*AREA, "Number", "Rate", "Number", "Rate", "Number", "Rate"]


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ([None, None, "Prevention", None, None, None, "Relief"], [None, None, "Ended", None, "Owed", None, "Ended"]),
        ([], [None, None, "Prevention ended", None, "Prevention owed", None, "Relief ended"]),
    ],
)
def test_a_heading_of_a_group_goes_on_until_the_next_although_its_cells_are_not_merged(
    tmp_path: Path, higher: list[Any], lower: list[Any]
) -> None:
    reading = read(grouped(tmp_path), higher, lower, PAIRS, FIGURES)
    assert reading.issues == ()
    assert list(values(reading).values()) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_a_group_ends_where_one_above_it_begins(tmp_path: Path) -> None:
    reading = read(grouped(tmp_path), [None, None, "Prevention", None, None, None, "Relief"],
                   [None, None, "Ended", None, "Owed"], PAIRS, FIGURES)  # fmt: skip
    assert list(values(reading).values()) == [1.0, 2.0, 3.0, 4.0]
    assert [str(issue.where.cell) for issue in reading.issues] == ["G4", "H4"]


def test_headings_in_the_middle_of_their_groups_are_not_spread(tmp_path: Path) -> None:
    """Of the second group the first column would be taken for one of the first group."""
    lower = [None, None, None, "Prevention ended", None, None, "Prevention owed", None]
    columns = [*AREA, "Rate", "All", "Number", "Rate", "All", "Number"]
    reading = read(grouped(tmp_path), lower, columns, FIGURES)
    assert reading.stops
    assert "found no row of headings" in str(reading.issues[0])


def test_a_merged_heading_is_that_of_its_own_columns_alone(tmp_path: Path) -> None:
    reading = read(grouped(tmp_path), [None, None, "Prevention ended", "Prevention ended", None],
                   [*AREA, "Share", "Number", "Rate"], FIGURES[:5],
                   merged={(1, 2): (1, 2), (1, 3): (1, 2)})  # fmt: skip
    assert list(values(reading).values()) == [2.0]
    assert [str(issue.where.cell) for issue in reading.issues] == ["C3", "E3"]
