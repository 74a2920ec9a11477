"""Authorities add up to England on any day, each part once, however they have merged and ended since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perfkit.intake import dtoc, recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import Recipe, reader
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import areas

RECIPE = r"""
release = "homes"
title = "Homes"
publisher = "A national body"
[recognise]
headings = ["authority", "homes", "year"]
[checks]
sums = ["homes"]
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
YEARS = {2018: 152, 2019: 151, 2020: 151, 2021: 152, 2022: 152, 2023: 153}
"""Authorities with social care by the financial year that begins then."""


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    path = tmp_path_factory.mktemp("recipes") / "homes.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return recipes.load(path)


def read(recipe: Recipe, year: int, rows: list[list[object]]) -> Reading:
    label = f"{year}/{(year + 1) % 100}"
    filled = [["Authority", "Code", "Year", "Homes"], *([name, code, label, count] for name, code, count in rows)]
    return reader.read(Workbook("homes.csv", (Sheet("homes.csv", "", filled),)), recipe)


def those_of(year: int) -> list[list[object]]:
    """List the authorities of a year, the n-th with n homes, under the codes that they had."""
    stood = areas.authorities(dt.date(year + 1, 3, 31))
    rows: list[list[object]] = [[area.name.split(" (")[0], area.code(), n] for n, area in enumerate(stood, 1)]
    return [["England", "E92000001", sum(range(1, len(stood) + 1))], *rows]


@pytest.mark.parametrize("year", YEARS)
def test_the_authorities_of_a_year_are_england_once(recipe: Recipe, year: int) -> None:
    reading = read(recipe, year, those_of(year))
    assert reading.issues == ()
    frame = reading.tables["releases"]
    parts = frame[frame["area_kind"] == "authority"]
    assert len(parts) == parts["area"].nunique() == YEARS[year]
    assert parts["value"].sum() == frame.loc[frame["area"] == "England", "value"].item()


@pytest.mark.parametrize(
    ("year", "ended", "heir"),
    [
        (2019, "Poole", "Bournemouth, Christchurch and Poole"),
        (2019, "Bournemouth UA", "Bournemouth, Christchurch and Poole"),
        (2021, "Northamptonshire", "North Northamptonshire"),
        (2023, "Cumbria CC", "Cumberland"),
    ],
)
def test_one_that_ended_beside_one_that_took_it_over_is_refused(
    recipe: Recipe, year: int, ended: str, heir: str
) -> None:
    reading = read(recipe, year, [*those_of(year), [ended, None, 7]])
    assert reading.tables == {}
    assert any(heir in issue.found and "beside one for" in issue.found for issue in reading.issues)


@pytest.mark.parametrize(("old", "year"), [("E10000002", 2021), ("E10000023", 2024), ("E10000027", 2024)])
def test_a_council_that_only_changed_its_code_is_one_area(recipe: Recipe, old: str, year: int) -> None:
    """Buckinghamshire, North Yorkshire and Somerset: their old code and their new one are one area, told twice."""
    area = areas.resolve(old)
    assert area.code() != old
    reading = read(recipe, year, [[area.name, area.code(), 5], [area.name, old, 5]])
    assert any("a second time" in issue.found for issue in reading.issues)


@pytest.mark.samples
def test_delays_of_every_month_add_up_to_england(shared: Path) -> None:
    for path in sorted((shared / "samples" / "dtoc_monthly").glob("*.xls")):
        delays = dtoc.read(releases.read(path)).tables["delays"]
        total = delays[(delays["attribution"] == "all") & (delays["setting"] == "all") & (delays["reason"] == "all")]
        by_kind = total.groupby("area_kind")["delayed_days"].sum()
        assert by_kind["authority"] + by_kind["elsewhere"] == by_kind["country"], path.name
        names = total.loc[total["area_kind"] == "authority", "area"]
        assert names.nunique() == len(names)
        assert areas.doubled(names) == []


COVERAGE = r"""
release = "cover"
title = "Cover"
publisher = "A national body"
[recognise]
headings = ["authority", "children", "year"]
[checks]
ratios = true
[[table]]
needed = ["area", "period"]
[table.columns]
area = ["authority"]
area_code = ["code"]
period = ["year"]
[[table.measure]]
id = "children"
title = "Children"
unit = "children"
heading = 'children'
[[table.measure]]
id = "mmr"
title = "MMR"
unit = "percent"
heading = 'mmr'
of = "children"
"""


@pytest.mark.parametrize(
    ("england", "third", "told"),
    [
        # 100 of 100 and 150 of 300 children are 250 of 400, or 62.5%; 100 more make between 50% and 70%.
        (62.5, None, []),
        (62.55, None, []),
        (82.5, None, ["found 82.5% for England (mmr), expected 62.5%, which its authorities make"]),
        (69.9, "[x]", []),
        (71, "[x]", ["found 71% for England (mmr), expected between 50.0% and 70.0%, which its authorities make"]),
    ],
)
def test_a_percentage_of_england_is_what_its_authorities_make(
    tmp_path: Path, england: float, third: str | None, told: list[str]
) -> None:
    (tmp_path / "cover.toml").write_text(COVERAGE, encoding="utf-8")
    rows: list[list[object]] = [
        ["Authority", "Code", "Year", "Children", "MMR"],
        ["England", "E92000001", "2018/19", 500 if third else 400, england],
        ["Derby", "E06000015", "2018/19", 100, 100],
        ["Leicester", "E06000016", "2018/19", 300, 50],
    ]
    rows += [["Rutland", "E06000017", "2018/19", 100, third]] if third else []
    workbook = Workbook("cover.csv", (Sheet("cover.csv", "", rows),))
    issues = [str(issue) for issue in reader.read(workbook, recipes.load(tmp_path / "cover.toml")).issues]
    assert [issue[issue.index("found") : issue.index(". Compare")] for issue in issues] == told
