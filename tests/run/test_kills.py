"""A run or a load that is killed at any moment loses nothing; full disks and read-only folders are told."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

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
    assert ended.stdout.startswith("10 kills in the midst of a command, ")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def make(tmp_path: Path, pool: Executor) -> sets.Manifest:
    jobs = [Job(name, name, name, "Managers", {"quarter": "2017-18 Q1"}) for name in ("scorecard", "outlook")]
    jobs = [job for job in jobs if (tmp_path / "notebooks" / f"{job.report}.ipynb").is_file()]
    places = sets.Places(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "store")
    means = sets.Means(pool, executors.usual_engine())
    return sets.make(jobs, quarter="2017-18 Q1", places=places, known=sets.Known([]), means=means)


ERRORS = {
    errno.ENOSPC: "No space left on device",
    errno.EROFS: "Read-only file system",
    errno.EACCES: "Permission denied",
}
STEPS = {
    "the folder to make in": (tempfile, "mkdtemp"),
    "the pages and tables": (Path, "write_bytes"),
    "index and failures": (Path, "write_text"),
    "copies of unchanged pages": (shutil, "copy2"),
    "the move to its place": (Path, "rename"),
    "the index of all quarters": (tempfile, "mkstemp"),
}


@pytest.mark.parametrize(("step", "number"), list(zip(STEPS, itertools.cycle(ERRORS), strict=False)))
def test_a_disk_that_refuses_any_step_is_told_and_the_last_good_set_stays(
    notebook: Notebook, tmp_path: Path, pool: Executor, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    notebook()
    notebook(name="outlook")
    make(tmp_path, pool)
    folder = tmp_path / "reports" / "2017-18-Q1"
    good = contents(folder)
    notebook("from perfkit import page\npage.title('Another')")
    place, name = STEPS[step]
    real = getattr(place, name)

    def refuse(*given: object, **named: object) -> Any:
        below = str(tmp_path / "reports")
        if any(below in str(one) for one in (*given, *named.values())):
            raise OSError(number, os.strerror(number), below)
        return real(*given, **named)

    with monkeypatch.context() as refused:
        refused.setattr(place, name, refuse)
        with pytest.raises(RunError, match=rf"cannot be written to .*reports: {ERRORS[number]}\. The last good"):
            make(tmp_path, pool)
    assert [*good] == [*contents(folder)]
    assert step == "the index of all quarters" or contents(folder) == good
    assert not list((tmp_path / "reports" / ".sets" / "2017-18-Q1").glob(".[!l]*"))
    assert {page.status for page in make(tmp_path, pool).pages} <= {"made", "unchanged"}, "the next run completes"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the size of files")
def test_a_disk_that_fills_while_a_page_is_made_is_a_failure_of_that_page(
    notebook: Notebook, tmp_path: Path, pool: Executor
) -> None:
    little = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    notebook(f"{little}import pathlib\npathlib.Path({str(tmp_path / 'x')!r}).write_text('x' * 100)")
    page = make(tmp_path, pool).pages[0]
    assert (page.status, page.cause) == ("failed", "OSError: [Errno 27] File too large")


def test_a_folder_that_cannot_be_made_is_told_whoever_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="Not a directory"), publication.locked(tmp_path / "file" / "r" / "2017-18-Q1"):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system's user may write everywhere")
def test_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir(mode=0o555)
    with pytest.raises(RunError, match="Permission denied"), publication.locked(tmp_path / "reports" / "2017-18-Q1"):
        pass
