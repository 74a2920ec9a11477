"""A second council runs through the same notebooks by configuration alone: the city, and a district."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from perfkit import cli
from perfkit.intake import council_file
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Where
from tests import district
from tests.test_reports import Page

CITY, FOLDER = "oxford-city", "ashmere"
MADE = ("cabinet_report", "data_quality", "delivery", "leadership_report", "outlook", "scorecard")


def _desk(project: Path, folder: Path) -> None:
    shutil.copytree(project / "notebooks", folder / "notebooks")
    (folder / "data" / "raw").mkdir(parents=True)


@pytest.fixture(scope="module")
def city(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a desk on which the city's reports were made."""
    desk = tmp_path_factory.mktemp("city")
    _desk(project, desk)
    shutil.copy(project / "data" / "raw" / "council.toml", desk / "data" / "raw")
    shutil.copytree(project / "data" / "raw" / CITY, desk / "data" / "raw" / CITY)
    _at(desk, "run", "2024-25 Q3", "--council", CITY)
    return desk


@pytest.fixture(scope="module")
def ashmere(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a desk on which the district's return was made from its template, filled in, and its reports made."""
    desk = tmp_path_factory.mktemp("ashmere")
    _desk(project, desk)
    raw = desk / "data" / "raw" / FOLDER
    district.write(raw)
    _at(desk, "load", "--council", FOLDER)
    _at(desk, "template", "--quarter", district.QUARTER, "--council", FOLDER)
    (written,) = (desk / "templates" / FOLDER).rglob("*.xlsx")
    district.fill_return(written)
    shutil.copy(written, raw / district.YEAR / "Q1" / "returns")
    _at(desk, "run", district.QUARTER, "--council", FOLDER)
    return desk


def _at(desk: Path, *words: str) -> None:
    before = Path.cwd()
    os.chdir(desk)
    try:
        assert cli.main(list(words)) == cli.DONE
    finally:
        os.chdir(before)


def _page(desk: Path, quarter: str, name: str) -> Page:
    return Page(desk / "reports" / quarter / f"{name}.html")


def test_the_city_has_its_action_plan_commitments_and_annual_measures(city: Path) -> None:
    text = _page(city, f"{CITY}/2024-25-Q3", "delivery").text
    assert (
        "at 31 October 2024, 40 of 55 actions on 10 recommendations are complete and 15 ongoing; 1 is overdue" in text
    )
    assert "None of 11 commitments is evidenced by a rated indicator." in text
    assert text.count("40 of 55 actions") == 1
    assert "None of the four key measures has been named." in text


def test_the_city_s_pages_bear_its_name_and_nothing_of_the_county(city: Path) -> None:
    pages = [*(city / "reports" / CITY / "2024-25-Q3").glob("*.html"), city / "reports" / CITY / "index.html"]
    for path in pages:
        page = Page(path)
        assert "Oxford City Council" in page.text
        assert not re.search("Oxfordshire|directorate", page.text, re.IGNORECASE), path.name
    assert not list((city / "data" / "processed").glob("receipts"))


def test_the_city_s_index_says_what_was_not_made_and_why(city: Path) -> None:
    text = _page(city, f"{CITY}/2024-25-Q3", "index").text
    assert "1 report, up to date: 1 new or changed. 6 not made for want of data." in text
    assert "Scorecard (for managers): no return for 2024-25 Q3 has been loaded." in text


def test_every_report_of_which_a_district_has_data_is_made(ashmere: Path) -> None:
    made = {path.stem for path in (ashmere / "reports" / FOLDER / "2025-26-Q1").glob("*.html")}
    assert made == {*MADE, "index"}


@pytest.mark.parametrize("name", MADE)
def test_each_page_bears_the_district_s_name_and_no_other_s(ashmere: Path, name: str) -> None:
    text = _page(ashmere, f"{FOLDER}/2025-26-Q1", name).text
    assert "Ashmere District Council" in text
    assert "Oxford" not in text
    assert "by directorate" not in text
    assert not re.search(r"\bnan\b|\bNone\b(?! named| of)", text.replace("None.", ""))


def test_annual_measures_are_not_due_in_a_first_quarter(ashmere: Path) -> None:
    text = _page(ashmere, f"{FOLDER}/2025-26-Q1", "scorecard").text
    assert "1 of 5 indicators is green and 1 red; 3 are not rated. Red: Waste recycled (4)." in text
    text = _page(ashmere, f"{FOLDER}/2025-26-Q1", "data_quality").text
    assert "Not due: reported once a year, for quarter 4." in text


def test_without_directorates_all_three_meet_in_the_whole_council(ashmere: Path) -> None:
    text = _page(ashmere, f"{FOLDER}/2025-26-Q1", "leadership_report").text
    assert "A red indicator, an overspend and a high risk meet in the whole council: Waste recycled (4) is red" in text
    assert "The council forecasts 3.4% more than its budget" in text
    assert "All three meet under no leadership priority." in text
    assert text.count("No budget line bears on it") == 2


def test_council_toml_sets_the_parameters_of_its_reports(ashmere: Path) -> None:
    text = _page(ashmere, f"{FOLDER}/2025-26-Q1", "cabinet_report").text
    assert "Cabinet is asked to note the report." in text
    assert "performance@ashmere.example" in text


def test_a_workbook_of_another_council_is_told_with_its_cell(ashmere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at, told = Where("SCS.xlsx", "Dashboard", "A1"), {"councils": council_file.read(
        ashmere / "data" / "raw" / FOLDER / "council.toml", file="council.toml").tables["councils"]}  # fmt: skip
    assert council_file.another("ashmere District  Council", at, told) == []
    (issue,) = council_file.another("Kent County Council", at, told)
    assert issue.stops
    assert str(issue) == (
        "SCS.xlsx, sheet Dashboard, cell A1: found the council Kent County Council, expected Ashmere District Council, "
        "as council.toml says. Correct the title, or move the file to its own council's folder."
    )


def test_a_return_whose_titles_name_no_council_is_that_of_council_toml(ashmere: Path) -> None:
    told = council_file.read(ashmere / "data" / "raw" / FOLDER / "council.toml", file="council.toml").tables
    sheet = Sheet("return.xlsx", "Dashboard", [["London Borough of Somewhere"]])
    book = Workbook("return.xlsx", (sheet,))
    assert council_file.of_title(book, told) == ("Ashmere District Council", Where("return.xlsx"))
    assert council_file.of_title(book, {}) is None


def test_an_unknown_council_is_refused_with_the_nearest(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(city)
    assert cli.main(["status", "--council", "oxford-cty"]) == cli.MISUSED
    assert 'There is no council "oxford-cty". Did you mean "oxford-city"?' in capsys.readouterr().err
    assert cli.main(["load", f"data/raw/{CITY}"]) == cli.MISUSED
    assert "data/raw/oxford-city belongs to another council: give --council oxford-city." in capsys.readouterr().err


def test_status_names_the_council_and_lists_the_others(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(city)
    assert cli.main(["status", "--council", CITY]) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Oxford City Council", "Another council: Oxfordshire County Council, without --council"]
