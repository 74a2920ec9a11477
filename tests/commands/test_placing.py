"""Files are put in place whole, all or none."""

from __future__ import annotations

import errno
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from perfkit import cli
from perfkit.commands import form_files, placing
from perfkit.model.errors import ParameterError


def write(text: str, path: Path) -> None:
    path.write_text(text)


@pytest.mark.parametrize("error", [OSError(errno.EFBIG, "Error writing bytes"), OSError(errno.EFBIG, None)])
def test_what_the_system_refuses_is_told_of_the_file_asked_for_and_leaves_nothing(
    error: OSError, tmp_path: Path
) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    with pytest.raises(OSError, match="File too large") as raised:
        placing.replace(tmp_path / "delays.csv", fail)
    assert raised.value.filename == str(tmp_path / "delays.csv")
    assert list(tmp_path.iterdir()) == []


def test_where_one_of_several_files_cannot_be_written_those_of_before_stay(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    first, second = tmp_path / "SCS.xlsx", tmp_path / "CEF.xlsx"
    first.write_text("filled in")
    with pytest.raises(OSError, match="No space left"):
        placing.replace_all({first: partial(write, "empty"), second: fail})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"SCS.xlsx": "filled in"}


def test_a_file_behind_a_link_is_replaced_there(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    link = tmp_path / "figures.csv"
    link.symlink_to(tmp_path / "share" / "figures.csv")
    for text in ("first", "second"):
        placing.replace(link, partial(write, text))
        assert (tmp_path / "share" / "figures.csv").read_text() == text
    assert link.is_symlink()


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    listener.start()
    placing.replace(pipe, partial(write, "told"))
    listener.join(30)
    assert heard == ["told"]
    assert pipe.is_fifo()


def test_a_folder_where_a_file_is_asked_for_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="is a folder: name a file with --out"):
        placing.replace_all({tmp_path / "a.csv": partial(write, "a"), tmp_path: partial(write, "b")})
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_cannot_be_written_leaves_the_one_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "SCS.xlsx").write_bytes(b"filled in")

    def fail(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space left"):
        form_files.save({"SCS.xlsx": b"empty"}, tmp_path, raw=tmp_path / "raw", force=True)
    assert (tmp_path / "SCS.xlsx").read_bytes() == b"filled in"


def test_what_check_and_diff_write_takes_the_place_of_an_earlier_file_whole(
    tmp_path: Path, store_of_pack: Path, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    out = tmp_path / "told.txt"
    out.write_text("of before")

    def fail(path: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_text", fail)
    framework = str(project / "data" / "raw" / "2017-18" / "framework.xlsx")
    asked = (["check", framework, "--format", "json"], ["diff", "--from", "now"])
    for words in asked:
        assert cli.main([*words, "--out", str(out), "--store", str(store_of_pack)]) == cli.MISUSED
    assert out.read_text() == "of before"
