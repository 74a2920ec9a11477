"""A large delivery is read by several processes, with the same result as by one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from perfkit.intake import files, folder, hands
from perfkit.intake.files import File
from perfkit.intake.folder import Delivery

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

SENT = "2017-18"


@pytest.fixture(autouse=True)
def however_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hands be called however little there is to do."""
    monkeypatch.setattr(hands, "_WORTH", 1e-9)


def read(raw: Path, at_once: int) -> list[Delivery]:
    return folder.read([raw / SENT], base=raw, known={}, is_known=lambda *_: False, at_once=at_once)


@pytest.fixture(scope="module")
def alone(project: Path) -> list[Delivery]:
    return read(project / "data" / "raw", 1)


def assert_alike(some: list[Delivery], others: list[Delivery]) -> None:
    assert [d.file for d in some] == [d.file for d in others]
    assert [d.reading.issues for d in some] == [d.reading.issues for d in others]
    for one, other in zip(some, others, strict=True):
        assert list(one.reading.tables) == list(other.reading.tables)
        for name, frame in one.reading.tables.items():
            assert_frame_equal(frame, other.reading.tables[name])


def test_several_processes_read_what_one_reads(project: Path, alone: list[Delivery]) -> None:
    assert sum(len(d.reading.tables) for d in alone) > 10
    assert_alike(read(project / "data" / "raw", 3), alone)


def _dies_at_once(*_: Any) -> None:
    os._exit(1)


def _dies_after_the_first_step(pile: Any, settle: Any, line: Any, lines: Any) -> None:
    line.send(pile.begin())
    line.recv()
    os._exit(1)


@pytest.mark.parametrize("dies", [_dies_at_once, _dies_after_the_first_step])
def test_what_a_lost_process_should_have_read_is_read_all_the_same(
    dies: Callable[..., None], project: Path, alone: list[Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "_work", dies)
    assert_alike(read(project / "data" / "raw", 2), alone)


def _file(name: str, size: int) -> File:
    return File(Path(name), Path(name), name, "", False, None, (size, 0))


def test_a_process_is_let_go_without_a_word_whatever_the_command_does_when_it_is_stopped(
    project: Path, alone: list[Delivery], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def send_and_linger(line: Any, what: object, real: Callable[..., None] = hands._send) -> None:
        real(line, what)
        if os.getpid() != here and isinstance(what, dict):
            time.sleep(30)

    def stop(number: int, _: object) -> None:
        raise KeyboardInterrupt(number)

    here = os.getpid()
    monkeypatch.setattr(hands, "_send", send_and_linger)
    before = signal.signal(signal.SIGTERM, stop)
    try:
        assert_alike(read(project / "data" / "raw", 2), alone)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capfd.readouterr().err == ""


def test_files_are_shared_out_alike_in_work() -> None:
    found = [_file("large.xlsx", 100_000), *(_file(f"small{k}.xlsx", 10_000) for k in range(7))]
    large, small = hands.share(found, 2)
    assert [file.name for file in large] == ["large.xlsx"], "it takes as long as seven small ones"
    assert len(small) == 7


def test_an_old_workbook_takes_less_than_a_packed_one_of_its_size() -> None:
    found = [_file("old.xls", 100_000), _file("packed.xlsx", 100_000), _file("older.xls", 100_000)]
    packed, old = hands.share(found, 2)
    assert [file.name for file in packed] == ["packed.xlsx"]
    assert [file.name for file in old] == ["old.xls", "older.xls"]


def test_files_that_fill_much_memory_are_read_one_after_another(tmp_path: Path) -> None:
    small = [_file(f"small{k}.xlsx", 100_000) for k in range(20)]
    assert len(hands.share(small, 4)) == 4
    (alone,) = hands.share([*small, _file("large.csv", 9 * 1024 * 1024)], 4)
    assert len(alone) == 21
    with zipfile.ZipFile(tmp_path / "packed.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 33 * 1024 * 1024)
    path = tmp_path / "packed.xlsx"
    packed = File(path, path, path.name, "", False, None, (path.stat().st_size, 0))
    assert packed.is_large, "it unpacks to far more"
    assert len(hands.share([*small, packed], 4)) == 1


def test_a_small_delivery_needs_no_other_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "_WORTH", 0.15)
    assert len(hands.share([_file("SCS.xlsx", 20_000)], 4)) == 1
    assert len(hands.share([_file(f"{k}.xlsx", 20_000) for k in range(600)], 4)) == 4


def test_where_nothing_is_to_be_read_there_is_one_empty_pile() -> None:
    assert hands.share([], 4) == [[]]


def test_a_delivery_names_its_files_in_their_order(project: Path) -> None:
    raw = project / "data" / "raw"
    named = [file.name for file in files.gather([raw / SENT], raw, lambda *_: False)]
    assert [d.file for d in read(raw, 3)] == named
