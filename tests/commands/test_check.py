"""The issues of a delivery in the three forms in which they are wanted: read, sent on, and read by a program."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli
from perfkit.commands import issue_groups, issue_page
from perfkit.model.errors import Issue, Severity, Where


@pytest.fixture
def desk(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a delivery of a framework, key points and the returns of one quarter."""
    source = project / "data" / "raw" / "2017-18"
    shutil.copytree(source / "Q1", tmp_path / "data" / "raw" / "2017-18" / "Q1")
    shutil.copy(source / "framework.xlsx", tmp_path / "data" / "raw" / "2017-18")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    return tmp_path


def spoil(desk: Path, cell: str, value: object) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "SCS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Dashboard"][cell] = value
    book.save(path)


def test_json_has_every_part_of_every_issue_by_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(desk, "G9", "about thirty")
    assert cli.main(["check", "data/raw", "--format", "json"]) == cli.BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    assert (told["checked"], told["errors"], told["warnings"]) == (9, 1, 5)
    [scs] = [file for file in told["files"] if file["file"].endswith("SCS.xlsx")]
    assert scs["issues"][0] == {
        "severity": "error",
        "sheet": "Dashboard",
        "cell": "G9",
        "found": '"about thirty"',
        "expected": "a number or a marker such as [x]",
        "action": "Type the number; put words in the comments column.",
    }


def test_the_page_to_send_back_is_one_file_with_the_cells_and_no_markup_of_the_sender(desk: Path) -> None:
    spoil(desk, "G9", "<script>alert(1)</script>")
    assert cli.main(["check", "data/raw", "--format", "html", "--out", "issues.html"]) == cli.BAD_INPUT
    page = (desk / "issues.html").read_text(encoding="utf-8")
    assert "9 workbooks checked: 1 error, 5 warnings." in page
    assert "Sheet Dashboard, cell G9" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert page.count("<table") == page.count("<caption") == 5


def test_on_a_phone_each_cell_of_the_page_to_send_back_says_what_it_is() -> None:
    page = issue_page.render([Issue(Where("SCS.xlsx", "Dashboard", "G9"), "x", "y", "Type it.")], checked=1)
    assert 'class="pk-scroll"' not in page, "what to do was out of sight"
    said = re.findall(r'\.pk-cards td:nth-child\(\d\):not\(:empty\)::before{content:"(.*?)"}', page)
    assert said == ["Severity", "Found", "Expected", "What to do"]


def test_errors_come_before_warnings_within_a_file() -> None:
    warning = Issue(Where("a.xlsx", "S", "A1"), "x", "y", "z.", Severity.WARNING)
    error = Issue(Where("a.xlsx", "S", "B9"), "x", "y", "z.")
    [group] = issue_groups.grouped([warning, error])
    assert group.issues == (error, warning)
    assert group.summary == "1 error and 1 warning."


def test_files_with_errors_come_first_on_the_page() -> None:
    warning = Issue(Where("a.xlsx", "S", "A1"), "x", "y", "z.", Severity.WARNING)
    error = Issue(Where("b.xlsx", "S", "B9"), "x", "y", "z.")
    page = issue_page.render([warning, error], checked=2)
    assert page.index("Issues of b.xlsx") < page.index("Issues of a.xlsx")
    assert "<p>1 warning.</p>" in page


def test_the_page_says_how_many_files_are_kept_out_and_what_to_answer_to_a_warning() -> None:
    warning = Issue(Where("a.xlsx", "S", "A1"), "x", "y", "z.", Severity.WARNING)
    errors = [Issue(Where(file, "S", cell), "x", "y", "z.") for file in ("b.xlsx", "c.xlsx") for cell in ("B1", "B2")]
    assert "<p>No file is kept out. A warning keeps nothing out," in issue_page.render([warning], checked=3)
    assert "<p>1 file cannot be used until its errors are mended." in issue_page.render(errors[:2], checked=3)
    page = issue_page.render([warning, *errors], checked=3)
    assert "<p>2 files cannot be used until their errors are mended." in page
    assert "where a warning stands and the figure is right, say why." in page


def test_a_delivery_without_issues_says_so() -> None:
    page = issue_page.render([], checked=2)
    assert "2 workbooks checked. Nothing to mend." in page
    assert "<table" not in page


def test_a_slipped_decimal_point_is_told_by_check_and_kept_by_load(
    desk: Path, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    shutil.copy(project / "data" / "raw" / "2017-18" / "history.xlsx", desk / "data" / "raw" / "2017-18")
    spoil(desk, "G13", 6600)
    assert cli.main(["load", "data/raw"]) == cli.DONE
    assert "cell G13\n    found       6,600 for indicator 6" in capsys.readouterr().err


@pytest.mark.parametrize(("asked", "words"), [([], "It was not read"), (["--hidden"], "It was read, as asked for")])
def test_hidden_sheets_are_read_on_request_and_said_so(
    desk: Path, capsys: pytest.CaptureFixture[str], asked: list[str], words: str
) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "SCS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Exceptions"].sheet_state = "hidden"
    book.save(path)
    cli.main(["check", "data/raw", *asked])
    told = capsys.readouterr().out
    assert f"found a hidden sheet expected visible sheets what to do {words}" in " ".join(told.split())
    assert ("a red rating without a cause" in told) is (not asked), "the causes stand on the hidden sheet"


def test_a_return_with_an_error_in_one_row_is_told_what_its_other_rows_contradict(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "SCS.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Dashboard"]
    for row in (9, 10):
        sheet[f"I{row}"] = "G"
        sheet[f"K{row}"] = "The target was missed by two visits."
    sheet["G9"] = "about thirty"
    book.save(path)
    assert cli.main(["check", "data/raw"]) == cli.BAD_INPUT
    told = capsys.readouterr().out
    assert 'Error: sheet Dashboard, cell G9\n    found       "about thirty"\n' in told
    assert told.count('beside a reason that says "target was missed"') == 1
    assert 'cell I10\n    found       the rating green beside a reason that says "target was missed"' in told


def test_the_tutorial_shows_what_check_says(desk: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", "data/raw"])
    spoil(desk, "G9", "n/a - see note")
    shutil.copytree("data/raw", "copy-of-raw")
    capsys.readouterr()
    cli.main(["check", "copy-of-raw"])
    page = (project / "docs" / "tutorial.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\n(.+?)```", page, re.DOTALL)
    assert shown in capsys.readouterr().out
