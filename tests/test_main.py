"""Rules of the program as it is started: what it says never fails for want of a place or a sign to say it with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perfkit import cli

CHECK = [sys.executable, "-m", "perfkit", "check", "↑.xlsx"]


def test_a_sign_that_the_place_it_is_written_to_does_not_know_is_told_by_its_number(tmp_path: Path) -> None:
    """As where a terminal, or the file that Windows is asked to write, is of an encoding of before Unicode."""
    (tmp_path / "↑.xlsx").write_bytes(b"")
    for encoding in ("ascii", "cp1252"):
        surroundings = {**os.environ, "PYTHONIOENCODING": encoding}
        ended = subprocess.run(CHECK, capture_output=True, env=surroundings, cwd=tmp_path, check=False)
        assert (ended.returncode, ended.stderr) == (cli.BAD_INPUT, b"")
        assert ended.stdout.startswith(b"\\u2191.xlsx: 1 error.")


def test_a_page_is_utf_8_as_it_says_wherever_it_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "↑.xlsx").write_bytes(b"")
    surroundings = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    typed = [*CHECK, "--format", "html"]
    ended = subprocess.run(typed, capture_output=True, env=surroundings, cwd=tmp_path, check=False)
    assert ended.returncode == cli.BAD_INPUT
    assert "↑.xlsx" in ended.stdout.decode("utf-8")


def test_where_nobody_listens_the_status_is_the_same_and_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    command = f"{sys.executable} -m perfkit check empty.xlsx >&-"
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ended.returncode, ended.stderr) == (cli.BAD_INPUT, "")
