"""``perfkit roll``: a quarter prepared, and a new year's framework made and asked about."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli


@pytest.fixture
def place(store_of_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a store of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(store_of_pack, tmp_path / "store")
    return tmp_path / "store"


def test_within_a_year_a_quarter_gets_its_workbooks_and_its_dates(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["roll", "2017-18 Q2", "--store", str(place)]) == cli.DONE
    folder = Path("templates/2017-18/Q2")
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")) == [
        "finance.xlsx", "key_points.xlsx", "returns/CEF.xlsx", "returns/COM.xlsx", "returns/CSS.xlsx",
        "returns/PH.xlsx", "returns/SCS.xlsx", "risks.xlsx", "timetable.xlsx",
    ]  # fmt: skip
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("9 workbooks written to templates/2017-18/Q2: ")
    assert "  30 October 2017 *     Directorates send their returns" in told
    assert (
        told[-1]
        == "  * perfkit's usual distance from the quarter's end, off weekends but for that of returns; set your own."
    )


def test_the_timetable_that_was_written_is_the_one_that_is_known_once_it_is_loaded(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["roll", "2017-18 Q2", "--store", str(place)]) == cli.DONE
    path = Path("templates/2017-18/Q2/timetable.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Timetable"]
    [row] = [row[0].row for row in sheet.iter_rows() if row[1].value == "30 October 2017"]
    sheet.cell(row, 3).value = "Returns are due at noon"
    book.save(path)
    assert cli.main(["load", str(path), "--store", str(place)]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["roll", "2017-18 Q2", "--store", str(place), "--out", "again"]) == cli.DONE
    told = capsys.readouterr().out
    assert "  30 October 2017       Returns are due at noon\n" in told
    assert "usual distance" not in told


def test_into_a_new_year_the_framework_is_carried_forward_and_asked_about(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["roll", "2018-19 Q1", "--drop", "8", "--store", str(place)]) == cli.DONE
    assert capsys.readouterr().out.splitlines() == [
        "1 workbook written to templates/2018-19/Q1: framework-2018-19.xlsx",
        "49 indicators carried forward from 2017-18, numbered 1 to 49.",
        "Dropped: 8 Co-production products delivered with service users (as asked).",
        "70 questions on the sheet To confirm: new target 44, milestone 1, no figure all year 13, baseline 8, "
        "carried target 4.",
        'Confirm it, save it as 2018-19/framework.xlsx with the raw data, load it, then: perfkit roll "2018-19 Q1"',
    ]


def test_a_confirmed_framework_leads_to_the_returns_of_the_new_year(place: Path) -> None:
    assert cli.main(["roll", "2018-19 Q1", "--drop", "8", "--store", str(place)]) == cli.DONE
    made = Path("templates/2018-19/Q1/framework-2018-19.xlsx")
    assert cli.main(["load", str(made), "--store", str(place)]) == cli.DONE
    assert cli.main(["roll", "2018-19 Q1", "--store", str(place)]) == cli.DONE
    sheet = openpyxl.load_workbook("templates/2018-19/Q1/returns/CEF.xlsx")["Dashboard"]
    told = {sheet.cell(row, 3).value: (sheet.cell(row, 4).value, sheet.cell(row, 5).value) for row in range(8, 17)}
    assert sheet["G7"].value == "Last quarter: 2017-18 Q4"
    assert told[10] == ("Looked after children", "582")
    assert told[11] == ("Children becoming looked after in the year", "to be set")


def test_within_a_year_no_indicator_is_dropped(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["roll", "2017-18 Q2", "--drop", "8", "--store", str(place)]) == cli.MISUSED
    assert capsys.readouterr().err == (
        "--drop is for a new year: within a year the framework stays as it was loaded.\n"
    )
