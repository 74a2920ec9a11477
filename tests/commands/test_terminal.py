"""What the system refuses is told with the file or folder that it is about, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfkit.commands.terminal import reason


def refusal(action: Callable[[], object]) -> str:
    """Give the reason for which the system refuses to do something."""
    try:
        action()
    except OSError as error:
        return reason(error)
    pytest.fail("it was not refused")


def test_a_file_in_the_place_of_a_folder_is_named_also_where_the_folder_is_to_lie_deeper(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    words = f"{tmp_path / 'out'} is a file where a folder is needed: name another place, or move the file."
    assert refusal((tmp_path / "out").mkdir) == words
    assert refusal((tmp_path / "out" / "2017-18").mkdir) == words


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    words = f"{tmp_path} is a folder where a file is needed: name a file."
    assert refusal(lambda: tmp_path.write_text("", encoding="utf-8")) == words


def test_what_may_not_be_written_is_told_by_its_folder_and_not_by_the_passing_name_of_what_was_being_written(
    tmp_path: Path,
) -> None:
    refused = PermissionError(13, "Permission denied", str(tmp_path / ".writing-0c1d"))
    assert reason(refused).startswith(f"{tmp_path} may not be read or written: close it elsewhere, see that you may")


def test_anything_else_is_told_in_the_systems_words() -> None:
    assert reason(OSError(5, "Input/output error", "/mnt/q1.xlsx")) == f"{Path('/mnt/q1.xlsx')}: Input/output error."
    assert reason(OSError(5, "Input/output error")) == "The system refused: Input/output error."
