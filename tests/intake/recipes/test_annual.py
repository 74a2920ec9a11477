"""Annual coverage: told by what differs from the quarterly recipe; it never takes a quarter for a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfkit.intake import recipes
from perfkit.intake.reading import Reading
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import ParameterError

FILE = "cover-annual-data-tables-2024-to-2025.ods"
ANNUAL = "Childhood vaccination coverage statistics, England: 2024 to 2025"
QUARTERLY = "Quarterly vaccination coverage statistics (COVER programme): April to June 2024"
HEADINGS = ["Code", "Local authority", "Region name", "Number aged 12 months", "Coverage at 12 months MenB (%)"]
OXFORD: list[Any] = ["E10000025", "Oxfordshire", "South East", 7444.0, 94.6]


def book(cover: str, *, file: str = FILE) -> Workbook:
    table = Sheet(file, "T4a_UTLA12m", [["Table 4a. Children aged 12 months, percentage"], HEADINGS, OXFORD])
    return Workbook(file, (Sheet(file, "Cover", [[cover]]), table))


def read(workbook: Workbook) -> Reading:
    recipe = reader.recognise(workbook, recipes.gather())
    assert recipe is not None
    return reader.read(workbook, recipe)


@pytest.mark.parametrize(
    ("cover", "file", "release", "period"),
    [
        (ANNUAL, "tables.ods", "cover_vaccinations_annual", "2024-25"),
        ("COVER programme", FILE, "cover_vaccinations_annual", "2024-25"),
        ("NHS Immunisation Statistics, England - 2013-14", "tables.xlsx", "cover_vaccinations_annual", "2013-14"),
        (QUARTERLY, "tables.ods", "cover_vaccinations", "2024-25 Q1"),
        (f"{QUARTERLY}. See also: {ANNUAL}", "tables.ods", "cover_vaccinations", "2024-25 Q1"),
    ],
)
def test_a_year_and_a_quarter_are_series_of_their_own(cover: str, file: str, release: str, period: str) -> None:
    reading = read(book(cover, file=file))
    frame = reading.tables["releases"]
    assert set(frame["release"]) == {release}
    assert set(frame["period"]) == {period}
    assert frame.set_index("measure")["value"].to_dict() == {"children_12m": 7444.0, "menb_12m": 94.6}


def test_a_quarter_is_never_read_as_its_year() -> None:
    recipe = recipes.load(recipes.SHIPPED / "cover_annual.toml")
    reading = reader.read(book(QUARTERLY), recipe)
    assert reading.tables == {}
    assert 'found the quarter "2024-25 Q1" in a series that is told by the year, expected "2017-18"' in "\n".join(
        map(str, reading.issues)
    )


def test_a_title_of_many_years_tells_none_of_them() -> None:
    annual = book("Childhood vaccination statistics", file="tables.ods")
    annual.sheets[1].rows[0][0] = "Table 4a. Coverage in England, 2014-15 to 2024-25"
    reading = read(annual)
    assert reading.tables == {}
    assert "no period in the file's name or in a title" in str(reading.issues[0])
    annual.sheets[1].rows[0][0] = "Table 4a. Coverage in England, 2024-25"
    assert set(read(annual).tables["releases"]["period"]) == {"2024-25"}


def test_a_note_on_a_quarter_is_no_fault_of_a_year() -> None:
    annual = book(ANNUAL)
    notes = Sheet(FILE, "Notes", [["Data of one council for January to March 2025 came late."]])
    reading = read(Workbook(FILE, (*annual.sheets, notes)))
    assert set(reading.tables["releases"]["period"]) == {"2024-25"}


def test_a_name_and_a_title_of_two_years_are_told() -> None:
    reading = read(book(ANNUAL, file="cover-annual-2023-to-2024.ods"))
    assert 'cell A1: found "2024-25", expected "2023-24", as the file\'s name says' in str(reading.issues[0])
    assert reading.stops


def test_a_recipe_like_another_says_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('like = "cover_vaccinations"\ntitle = "Ours"\n[checks]\nratios = false\n', encoding="utf-8")
    own, first = recipes.load(path), recipes.load(recipes.SHIPPED / "cover_vaccinations.toml")
    assert (own.title, own.ratios, own.name) == ("Ours", False, "ours")
    assert (own.publisher, own.sums, len(own.rules)) == (first.publisher, first.sums, len(first.rules))
    path.write_text('like = "nothing"\n', encoding="utf-8")
    with pytest.raises(ParameterError, match=r'ours\.toml says like = "nothing", but there is no recipe of that name'):
        recipes.load(path)
