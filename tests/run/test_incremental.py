"""One directorate's changed return makes only its page again and those that add it up, as a fresh run would."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli

QUARTER = "2017-18 Q1"


@pytest.fixture
def desk(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out the sample returns and the real notebooks; the delays' workbooks are not needed here."""
    raw = tmp_path / "data" / "raw" / "2017-18"
    shutil.copytree(project / "data" / "raw" / "2017-18", raw, ignore=shutil.ignore_patterns("dtoc"))
    shutil.copytree(project / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PERFKIT_STORE", raising=False)
    return tmp_path


def run(*options: str) -> int:
    return cli.main(["run", QUARTER, "--only", "scorecard", *options])


def test_a_changed_return_makes_its_own_pages_again_with_the_bytes_of_a_fresh_run(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == cli.DONE
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "CSS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Dashboard"]["G10"] = 1190
    book.save(path)
    capsys.readouterr()
    assert run() == cli.DONE
    told = capsys.readouterr().out
    again = [line.split("] ")[1].split(":")[0] for line in told.splitlines() if line.endswith(": made")]
    assert sorted(again) == ["Scorecard, Community Safety Services", "Scorecard, whole council"]
    assert told.count(": unchanged") == 4
    assert run("--out", "fresh") == cli.DONE
    pages = sorted((desk / "fresh" / "2017-18-Q1").glob("scorecard*.html"))
    assert len(pages) == 6
    for page in pages:
        assert (desk / "reports" / "2017-18-Q1" / page.name).read_bytes() == page.read_bytes(), page.name
