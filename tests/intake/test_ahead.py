"""While one workbook is read the next is parsed; what comes of it is the same."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import openpyxl
import pytest

from perfkit.intake import files
from perfkit.intake.ahead import Ahead
from perfkit.intake.files import File
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import InputError


def file(path: Path) -> File:
    (found,) = files.gather([path], None, lambda *_: False)
    return found


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Coverage"
    book.active.append(["Area", "Children"])
    book.active.append(["Kent", 1604])
    book.create_sheet("Working").sheet_state = "hidden"
    book.save(path)
    return path


def contents(workbook: Workbook) -> list[dict[str, object]]:
    return [vars(sheet) for sheet in workbook.sheets]


def test_a_workbook_begun_ahead_reads_as_any_other(tmp_path: Path) -> None:
    path = workbook(tmp_path / "coverage.xlsx")
    for hidden in (False, True):
        with Ahead(hidden=hidden) as reader:
            reader.begin(file(path))
            begun = reader.read(file(path))
            assert contents(begun) == contents(releases.read(path, hidden=hidden))
            assert begun.sheets[0].rows == [["Area", "Children"], ["Kent", 1604.0]]
            assert begun.hidden == ("Working",)


def test_a_damaged_workbook_is_told_when_it_is_read_not_when_it_is_begun(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx").read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: len(whole) // 2])
    with Ahead(hidden=False) as reader:
        reader.begin(file(cut))
        with pytest.raises(InputError, match=r"^cut\.xlsx: found a workbook that is damaged or cut short"):
            reader.read(file(cut))


def test_a_workbook_that_the_parser_refuses_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "changed.xlsx")
    with Ahead(hidden=False) as reader:
        begun = file(path)
        reader._begun[begun] = releases.look(path, file="changed.xlsx"), reader._thread.submit(_refuse)
        with pytest.raises(InputError, match=r"^changed\.xlsx: found a workbook that is damaged or cut short"):
            reader.read(begun)


def test_a_large_workbook_is_not_parsed_beside_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "coverage.xlsx")
    monkeypatch.setattr(files, "_LARGE", path.stat().st_size - 1)
    with Ahead(hidden=False) as reader:
        reader.begin(file(path))
        assert not reader._begun
        assert contents(reader.read(file(path))) == contents(releases.read(path))


def test_no_thread_is_left_and_others_have_their_turns_as_before(tmp_path: Path) -> None:
    before, turn = threading.active_count(), sys.getswitchinterval()
    with Ahead(hidden=False) as reader:
        reader.begin(file(workbook(tmp_path / "coverage.xlsx")))
        assert threading.active_count() == before + 1
        assert sys.getswitchinterval() < turn
    assert threading.active_count() == before
    assert sys.getswitchinterval() == turn


def _refuse() -> releases.Parsed:
    raise ValueError("no such sheet")
