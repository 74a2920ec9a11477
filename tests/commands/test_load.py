"""A load that is stopped: each file is kept whole or not at all, and which were kept is told."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfkit import cli, store
from perfkit.intake import folder
from perfkit.keeping import parcels, receipts


def stop_after(files: int, carry_on: Callable[..., Any]) -> Callable[..., Any]:
    """Carry on as before for some calls, then be stopped as Ctrl-C stops."""
    calls = iter(range(files))

    def stopped(*given: Any, **named: Any) -> Any:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return carry_on(*given, **named)

    return stopped


@pytest.fixture
def arguments(project: Path, tmp_path: Path) -> list[str]:
    """Load the returns of the sample pack into a store of their own."""
    raw = project / "data" / "raw"
    framework = raw / "2017-18" / "framework.xlsx"
    returns = raw / "2017-18" / "Q1" / "returns"
    return ["load", str(framework), str(returns), "--store", str(tmp_path / "store")]


def test_a_load_stopped_between_two_files_names_those_that_were_kept(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stopping:
        stopping.setattr(parcels, "FEW", 0)
        stopping.setattr(receipts, "write", stop_after(2, receipts.write))
        assert cli.main(arguments) == cli.FAILED
    kept = list(receipts.newest(root=tmp_path / "store"))
    told = capsys.readouterr().err
    assert len(kept) == 2
    assert f"2 of 6 files kept: {', '.join(kept)}." in told
    assert told.endswith("Stopped. Every file is kept whole or not at all: load again to keep the others.\n")
    assert "published" not in told
    assert cli.main(arguments) == cli.DONE
    assert "4 files loaded, 2 unchanged, 0 refused." in capsys.readouterr().out


def test_a_load_stopped_while_files_are_read_says_that_none_was_kept(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "read", stop_after(0, folder.read))
    assert cli.main(arguments) == cli.FAILED
    assert capsys.readouterr().err.startswith("No file was kept.\nStopped.")
    assert not (tmp_path / "store").exists()


def test_a_store_that_is_full_names_the_files_that_were_kept(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receipts, "write", full)
    assert cli.main(arguments) == cli.MISUSED
    told = capsys.readouterr().err
    assert "No file was kept." in told
    assert told.endswith("cannot be written: No space left on device.\n")


def test_what_the_store_has_lost_is_loaded_again_and_nothing_else(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == cli.DONE
    next((tmp_path / "store" / "vintages").rglob("assessments.parquet")).write_bytes(b"")
    capsys.readouterr()
    assert cli.main(arguments) == cli.DONE
    assert "6 files loaded, 0 unchanged, 0 refused." in capsys.readouterr().out, "they were kept together"
    assert cli.main(arguments) == cli.DONE
    assert "0 files loaded, 6 unchanged, 0 refused." in capsys.readouterr().out


def test_a_return_sent_in_place_of_another_is_told_and_the_other_can_be_withdrawn(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, place = tmp_path / "data" / "raw", tmp_path / "store"
    shutil.copytree(project / "data" / "raw" / "2017-18", raw / "2017-18")
    monkeypatch.chdir(tmp_path)
    returns = raw / "2017-18" / "Q1" / "returns"
    arguments = ["load", str(raw / "2017-18" / "framework.xlsx"), str(returns), "--store", str(place)]
    old = returns / "SCS.xlsx"
    assert cli.main(arguments) == cli.DONE
    name = "2017-18/Q1/returns/SCS.xlsx"
    before = store.load("assessments", root=place, where={"period": "2017-18 Q1"})
    lost = before[before["file"] == name].iloc[0]
    withdrawing = ["load", "--store", str(place), "--withdraw", name]
    assert cli.main(withdrawing) == cli.MISUSED
    assert "take it away first" in capsys.readouterr().err
    book = openpyxl.load_workbook(old)
    book[lost["sheet"]].delete_rows(book[lost["sheet"]][lost["cell"]].row)
    book.save(returns / "SCS v2.xlsx")
    old.unlink()
    capsys.readouterr()
    assert cli.main(["check", *arguments[1:]]) == cli.DONE
    assert f'perfkit load --withdraw "{name}"' in capsys.readouterr().out
    assert cli.main(arguments) == cli.DONE
    assert "still believed, nothing only here" in capsys.readouterr().err
    assert name in set(store.load("assessments", root=place)["file"])
    assert cli.main(withdrawing) == cli.DONE
    assert f"{name} is not believed any more" in capsys.readouterr().out
    assert name not in set(store.load("assessments", root=place)["file"])
    assert lost["subject"] not in set(store.load("assessments", root=place)["subject"])
    assert cli.main(["status", "--store", str(place)]) == cli.DONE
    told = capsys.readouterr().out
    assert "6 files loaded; returns for: 2017-18 Q1" in told, "the framework and five returns"
    assert f"Withdrawn on {dt.date.today().isoformat()}, not believed any more: {name}\n" in told
    assert cli.main(withdrawing) == cli.MISUSED
    assert f'There is nothing of "{name}" to withdraw' in capsys.readouterr().err
    (returns / "SCS v2.xlsx").unlink()
    shutil.copy(project / "data" / "raw" / name, old)
    assert cli.main(arguments) == cli.DONE
    assert lost["subject"] in set(store.load("assessments", root=place)["subject"])


def test_a_paper_that_comes_again_under_another_name_is_refused_beside_the_one_that_is_held(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(project / "data" / "raw" / "2017-18" / "framework.xlsx", raw)
    shutil.copy(project / "data" / "raw" / "2017-18" / "Q1" / "finance.xlsx", raw)
    arguments = ["load", str(raw), "--store", str(tmp_path / "store")]
    assert cli.main(arguments) == cli.DONE
    book = openpyxl.load_workbook(raw / "finance.xlsx")
    book.active["A1"] = "Finance as at the end of quarter 1, corrected"
    book.save(raw / "finance v2.xlsx")
    capsys.readouterr()
    assert cli.main(arguments) == cli.BAD_INPUT
    told = capsys.readouterr()
    assert "finance for 2017-18 Q1, SCS that raw/finance.xlsx holds as well" in " ".join(told.err.split())
    assert "0 files loaded, 2 unchanged, 1 refused." in told.out


def test_a_file_that_came_earlier_than_what_is_believed_of_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = 'name = "{} City Council"\narea = "Oxford"\n'
    for name, day in (("Oxford", "2017-07-21"), ("Old", "2017-04-03")):
        Path("council.toml").write_text(told.format(name), encoding="utf-8")
        assert cli.main(["load", "council.toml", "--received", day, "--store", "store"]) == cli.DONE
    assert capsys.readouterr().err == (
        "council.toml was kept as having come earlier than what is believed of it, which came on 2017-07-21. If it "
        "replaces that, load it with --received and its right day.\n"
    )


def test_a_day_that_is_still_to_come_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*arguments, "--received", "2999-07-21"]) == cli.MISUSED
    assert capsys.readouterr().err.startswith('--received "2999-07-21" is still to come: expected the day on which')


def test_to_withdraw_nothing_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*arguments[:1], *arguments[-2:], "--withdraw", ""]) == cli.MISUSED
    assert capsys.readouterr().err.startswith('There is nothing of "" to withdraw.')
