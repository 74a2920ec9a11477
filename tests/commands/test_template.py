"""``perfkit template``: what is written where, and what is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from perfkit import cli
from perfkit.commands import form_files, template

Desk = Callable[..., int]


@pytest.fixture
def desk(store_of_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a way to call the command from a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> int:
        return cli.main(["template", "--quarter", "Q2 2017/18", "--store", str(store_of_pack), *words])

    return call


def test_a_name_that_no_reader_would_find_again_is_refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk("--name", "Our <b>services</b>") == cli.MISUSED
    assert capsys.readouterr().err.startswith('--name "Our <b>services</b>" would not be known again in a title: ')
    assert not Path("templates").exists()


def test_every_directorate_has_a_return_in_the_quarters_folder(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk() == cli.DONE
    assert sorted(path.name for path in Path("templates/2017-18/Q2/returns").iterdir()) == [
        "CEF.xlsx", "COM.xlsx", "CSS.xlsx", "PH.xlsx", "SCS.xlsx",
    ]  # fmt: skip
    assert capsys.readouterr().out.startswith("5 workbooks written to templates/2017-18/Q2: returns/SCS.xlsx, ")


def test_one_directorates_return_goes_where_it_is_asked_for(desk: Desk) -> None:
    assert desk("--directorate", "SCS", "--out", "post", "--ask", "Ann, ann@example.org") == cli.DONE
    assert [path.name for path in Path("post").iterdir()] == ["SCS.xlsx"]
    notes = openpyxl.load_workbook("post/SCS.xlsx")["Notes"]
    assert "Ann, ann@example.org" in [cell.value for cell in notes["A"]]


def test_each_kind_has_a_workbook(desk: Desk) -> None:
    for kind in template.KINDS[1:]:
        assert desk("--kind", kind, "--out", "kinds") == cli.DONE
    names = sorted(path.stem for path in Path("kinds").iterdir())
    assert names == sorted(kind.replace("-", "_") for kind in template.KINDS[1:])
    assert template.KINDS == form_files.KINDS


def test_a_workbook_that_was_filled_in_is_not_overwritten_unless_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk("--directorate", "PH", "--out", "post") == cli.DONE
    assert desk("--directorate", "PH", "--out", "post") == cli.DONE
    Path("post/PH.xlsx").write_bytes(b"filled in")
    capsys.readouterr()
    assert desk("--out", "post") == cli.MISUSED
    assert capsys.readouterr().err == (
        "post already holds PH.xlsx, with other content. Give --force to replace, or another folder with --out.\n"
    )
    assert sorted(path.name for path in Path("post").iterdir()) == ["PH.xlsx"]
    assert desk("--out", "post", "--force") == cli.DONE
    assert Path("post/PH.xlsx").read_bytes() != b"filled in"


def test_nothing_to_fill_in_is_written_where_it_would_be_loaded(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk("--out", "data/raw/2017-18/Q2/returns") == cli.MISUSED
    assert "workbooks still to be filled in would be loaded as returns" in capsys.readouterr().err
    assert not Path("data").exists()


def test_a_year_without_a_framework_says_how_to_make_one(
    store_of_pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["template", "--quarter", "2018-19 Q1", "--store", str(store_of_pack)]) == cli.MISUSED
    assert capsys.readouterr().err == (
        "No framework has been loaded for 2018-19 (loaded: 2017-18). Make one from the year before with: "
        'perfkit roll "2018-19 Q1"\n'
    )


def test_before_any_return_has_come_the_councils_name_must_be_given(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    framework = project / "data" / "raw" / "2017-18" / "framework.xlsx"
    assert cli.main(["load", str(framework), "--store", "store"]) == cli.DONE
    command = ["template", "--quarter", "2017-18 Q1", "--directorate", "PH", "--store", "store"]
    assert cli.main(command) == cli.MISUSED
    assert "give its name with --name, or in council.toml of data/raw" in capsys.readouterr().err
    assert cli.main([*command, "--name", "Oxfordshire County Council"]) == cli.DONE
    Path("own").mkdir()
    Path("own/council.toml").write_text('name = "Kent County Council"\narea = "Kent"\n', encoding="utf-8")
    assert cli.main([*command, "--raw", "own", "--out", "post"]) == cli.DONE
    title = openpyxl.load_workbook("post/PH.xlsx")["Dashboard"]["A1"].value
    assert title == "Kent County Council: performance dashboard 2017-18"
