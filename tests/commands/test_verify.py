"""``perfkit verify`` says whether pages, inputs and record still agree."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli

from .test_run import QUARTER, desk, loaded, write

__all__ = ["desk", "loaded"]


@pytest.fixture
def reports(desk: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert cli.main(["run", QUARTER, "--only", "cabinet_report"]) == cli.DONE
    capsys.readouterr()
    return desk / "reports" / "2017-18-Q1"


def test_a_fresh_set_agrees(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "reports/2017-18-Q1"]) == cli.DONE
    told = capsys.readouterr().out
    assert re.fullmatch(r"reports/2017-18-Q1: 1 page and \d+ inputs agree with the record.\n", told)


def test_pages_that_were_edited_added_or_taken_away_are_told(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "cabinet_report.html").write_text("edited")
    shutil.copy(reports / "cabinet_report.html", reports / "stranger.html")
    (reports / "index.html").unlink()
    assert cli.main(["verify", "reports/2017-18-Q1"]) == cli.FAILED
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "index.html: the index is missing.",
        "cabinet_report.html: the page is not the one that was made; it was changed afterwards.",
        "stranger.html: the record knows no such page.",
    ]
    assert told.out == "reports/2017-18-Q1: 3 things no longer agree.\n"


def test_take_aways_that_were_edited_added_or_taken_away_are_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = (
        "from perfkit import page, store, tables\ndisplay(page.title(quarter))\n"
        "tables.table(store.known().directorates, caption='Codes', columns={'directorate': 'Code'})"
    )
    write(desk / "notebooks" / "cabinet_report.ipynb", table)
    assert cli.main(["run", QUARTER, "--only", "cabinet_report"]) == cli.DONE
    folder = desk / "reports" / "2017-18-Q1"
    (folder / "cabinet_report.xlsx").write_bytes(b"edited")
    (folder / "cabinet_report-tables" / "1-codes.csv").rename(folder / "cabinet_report-tables" / "2.csv")
    capsys.readouterr()
    assert cli.main(["verify", "reports/2017-18-Q1"]) == cli.FAILED
    assert capsys.readouterr().err.splitlines() == [
        "cabinet_report.xlsx: the take-away is not the one that was made; it was changed afterwards.",
        "cabinet_report-tables/1-codes.csv: the take-away is missing.",
        "cabinet_report-tables/2.csv: the record knows no such file.",
    ]


def test_inputs_that_changed_are_told_with_the_pages_that_show_them(
    desk: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "CSS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Dashboard"]["G10"] = 1190
    book.save(path)
    assert cli.main(["verify", "reports/2017-18-Q1"]) == cli.FAILED
    changed = "2017-18/Q1/returns/CSS.xlsx: the file in raw is not the one that the reports were made from."
    assert capsys.readouterr().err.splitlines() == [changed]
    assert cli.main(["load", "data/raw", "--received", "2017-10-20"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["verify", "reports/2017-18-Q1"]) == cli.FAILED
    assert capsys.readouterr().err.splitlines() == [
        "2017-18/Q1/returns/CSS.xlsx: a later version came on 2017-10-20; the reports use the earlier one.",
        changed,
        "cabinet_report.html: the rows that it shows have changed since: observations.",
    ]


def test_a_folder_that_is_no_set_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "data"]) == cli.MISUSED
    assert "data is no set of reports: it has no manifest.json." in capsys.readouterr().err


def test_a_folder_of_raw_data_that_is_none_is_refused_and_not_passed_over(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", "reports/2017-18-Q1", "--raw", "data/rwa"]) == cli.MISUSED
    assert "data/rwa is no folder: name that of the raw data with --raw." in capsys.readouterr().err
