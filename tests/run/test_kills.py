"""A run or a load that is killed at any moment loses nothing; full disks and read-only folders are told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import pytest

from perfkit.model.errors import RunError
from perfkit.run import executors, publication, sets
from perfkit.run.jobs import Job

Notebook = Callable[..., Path]


@pytest.mark.skipif(os.name == "nt", reason="a process is killed with a signal")
def test_ten_kills_at_random_moments_lose_nothing(project: Path) -> None:
    command = [sys.executable, str(project / "benchmarks" / "kills.py"), "--kills", "10", "--thin"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("10 kills, ")


def make(tmp_path: Path, pool: Executor) -> sets.Manifest:
    job = Job("scorecard", "scorecard", "Scorecard", "Managers", {"quarter": "2017-18 Q1"})
    places = sets.Places(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "store")
    means = sets.Means(pool, executors.usual_engine())
    return sets.make([job], quarter="2017-18 Q1", places=places, known=sets.Known([]), means=means)


def test_a_full_disk_is_told_and_the_last_good_set_stays(
    notebook: Notebook, tmp_path: Path, pool: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook()
    make(tmp_path, pool)
    page = tmp_path / "reports" / "2017-18-Q1" / "scorecard.html"
    good = page.read_bytes()
    notebook("from perfkit import page\npage.title('Another')")

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, os.strerror(28), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RunError, match=r"cannot be written to .*reports: No space left on device\. The last good"):
        make(tmp_path, pool)
    assert page.read_bytes() == good
    assert not list((tmp_path / "reports" / ".sets" / "2017-18-Q1").glob(".making-*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the size of files")
def test_a_disk_that_fills_while_a_page_is_made_is_a_failure_of_that_page(
    notebook: Notebook, tmp_path: Path, pool: Executor
) -> None:
    little = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    notebook(f"{little}import pathlib\npathlib.Path({str(tmp_path / 'x')!r}).write_text('x' * 100)")
    page = make(tmp_path, pool).pages[0]
    assert (page.status, page.cause) == ("failed", "OSError: [Errno 27] File too large")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system's user may write everywhere")
def test_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir(mode=0o555)
    with pytest.raises(RunError, match="Permission denied"), publication.locked(tmp_path / "reports" / "2017-18-Q1"):
        pass
