"""The same jobs on a Dask cluster: every page is made once, also where a worker is lost in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfkit.model.errors import ParameterError, RunError
from perfkit.run import cluster, executors, sets
from perfkit.run.jobs import Job

from .test_execution import Notebook

SLOW = """
import os, pathlib, time
from perfkit import page
with open(os.environ["PERFKIT_STORE"] + "/begun", "a") as notes:
    notes.write(f"{os.getppid()}\\n")
time.sleep(1)
page.title("Scorecard", subtitle=directorate)
"""


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers on this machine; give the address and the workers' processes."""
    distributed = pytest.importorskip("distributed", reason="the optional extra dask is not installed")
    where = ["--scheduler-file", str(tmp_path / "scheduler.json"), "--no-dashboard"]
    alone = ["--host", "127.0.0.1"]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    first = subprocess.Popen([*dask, "scheduler", "--port", "0", *alone, *where], **quiet)  # type: ignore[call-overload]
    begin = [*dask, "worker", "--nthreads", "1", "--no-nanny", *alone, *where]
    workers = [subprocess.Popen(begin, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    with distributed.Client(scheduler_file=str(tmp_path / "scheduler.json"), timeout=30) as client:
        client.wait_for_workers(2, timeout=30)
        address = client.scheduler.address.replace("tcp://", cluster.SCHEME)
    yield address, workers
    for process in (*workers, first):
        process.kill()
        process.wait()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked on this system")
def test_a_worker_that_is_killed_in_the_middle_loses_no_page(
    notebook: Notebook, tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    notebook(SLOW)
    (tmp_path / "store").mkdir()
    address, workers = scheduler
    names = ["SCS", "CEF", "PH", "COM", "CSS", "X"]
    jobs = [Job("scorecard", f"scorecard-{n}", "Scorecard", "Managers", {"directorate": n}) for n in names]
    killed = []

    def kill(page: sets.Page, done: int, total: int) -> None:
        if done == 2:
            workers[0].kill()
            killed.append(page.name)

    with executors.opened("fork", workers=1, address=address) as pool:
        places = sets.Places(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "store")
        means, known = sets.Means(pool, "fork"), sets.Known([])
        record = sets.make(jobs, quarter="2017-18 Q1", places=places, known=known, means=means, progress=kill)
    assert killed
    assert [(page.name, page.status) for page in record.pages] == [(f"scorecard-{name}", "made") for name in names]
    for name in names:
        text = (tmp_path / "reports" / "2017-18-Q1" / f"scorecard-{name}.html").read_text(encoding="utf-8")
        assert f'<p class="pk-subtitle">{name}</p>' in text
    _wait_until_gone(tmp_path / "store" / "begun")


def _wait_until_gone(notes: Path) -> None:
    """Wait until nothing is left of the processes that ran the notebooks, the killed worker's among them."""
    until = time.monotonic() + 10
    while any(Path(f"/proc/{number}").exists() for number in notes.read_text().split()):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"expected an address such as dask://127\.0\.0\.1:8786"):
        cluster.Cluster("ray://somewhere", print)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the optional extra dask is not installed")
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(RunError, match=r"No Dask scheduler answers at dask://127\.0\.0\.1:1\."):
        cluster.Cluster("dask://127.0.0.1:1", print)
