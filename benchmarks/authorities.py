"""Show what a page costs as the number of councils grows: python benchmarks/authorities.py [--sizes 10 50 152].

Builds synthetic councils (scripts/build_authorities.py), each with a store of its own, and makes and publishes a
scorecard and a cabinet report of every one, three ways: one process, two processes, and a Dask cluster of one
scheduler and two workers on this machine. Prints seconds a page, and the most memory that any process has taken so
far: neither should grow with the councils. Loading is timed apart, since it is done once.
"""

from __future__ import annotations

import argparse
import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from perfkit.commands import delivery, knowledge
from perfkit.run import executors, jobs, sets

PROJECT = Path(__file__).resolve().parents[1]
QUARTER = "2017-18 Q1"
REPORTS = ("scorecard", "cabinet_report")
DASK = [sys.executable, "-m", "dask"]


def main() -> None:
    given = _options()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        councils = prepare(desk, max(given.sizes))
        sys.stdout.write("| councils | way | pages | seconds | seconds a page | most memory of a process, MB |\n")
        sys.stdout.write("|---:|---|---:|---:|---:|---:|\n")
        for size in given.sizes:
            for way in ("one process", "two processes", "Dask, two workers"):
                report(way, councils[:size], desk)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 50, 152])
    return parser.parse_args()


def prepare(desk: Path, number: int) -> list[str]:
    """Build and load the councils; give their names."""
    build = [sys.executable, str(PROJECT / "scripts" / "build_authorities.py"), str(desk / "raw")]
    subprocess.run([*build, "--councils", str(number)], check=True)
    names = sorted(path.name for path in (desk / "raw").iterdir())
    begun = time.perf_counter()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for name in names:
            raw = desk / "raw" / name
            issues = delivery.receive([raw], desk / "store" / name, base=raw)
            assert not any(issue.stops for issue in issues), issues
    took = time.perf_counter() - begun
    sys.stdout.write(f"Loaded {number} councils, six workbooks each, in {took:.1f} s: {took / number:.2f} s each.\n\n")
    return names


def report(way: str, councils: Sequence[str], desk: Path) -> None:
    shutil.rmtree(desk / "reports", ignore_errors=True)
    with way_of(way, desk) as pool:
        pool.submit(abs, -1).result()
        begun = time.perf_counter()
        with ThreadPoolExecutor(4) as threads:
            pages = sum(threads.map(lambda name: make(name, desk, pool), councils))
        took = time.perf_counter() - begun
    memory = _memory()
    sys.stdout.write(f"| {len(councils)} | {way} | {pages} | {took:.1f} | {took / pages:.3f} | {memory:.0f} |\n")
    sys.stdout.flush()


def make(council: str, desk: Path, pool: executors.Executor) -> int:
    """Make and publish one council's set; give the number of its pages."""
    store = desk / "store" / council
    plan = [job for report in REPORTS for job in jobs.plan(QUARTER, directorates={}, only=report)]
    known = sets.Known(knowledge.inputs(store, ""), council, lambda read: knowledge.rows(read, store))
    places = sets.Places(PROJECT / "notebooks", desk / "reports" / council, store)
    record = sets.make(plan, quarter=QUARTER, places=places, known=known, means=sets.Means(pool, "fork"))
    assert all(page.status == "made" for page in record.pages), [page.cause for page in record.pages]
    return len(record.pages)


@contextmanager
def way_of(way: str, desk: Path) -> Iterator[executors.Executor]:
    if not way.startswith("Dask"):
        with executors.opened("fork", workers=1 if way.startswith("one") else 2) as pool:
            yield pool
        return
    with _cluster(desk) as address, executors.opened("fork", workers=2, address=address) as pool:
        yield pool


@contextmanager
def _cluster(desk: Path) -> Iterator[str]:
    from distributed import Client

    where = ["--scheduler-file", str(desk / "scheduler.json"), "--no-dashboard", "--host", "127.0.0.1"]
    (desk / "scheduler.json").unlink(missing_ok=True)
    begun = [subprocess.Popen([*DASK, "scheduler", "--port", "0", *where], stderr=subprocess.DEVNULL)]
    worker = [*DASK, "worker", "--nthreads", "1", "--no-nanny", *where]
    begun += [subprocess.Popen(worker, stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        with Client(scheduler_file=str(desk / "scheduler.json"), timeout=30) as client:
            client.wait_for_workers(2, timeout=30)
            address = client.scheduler.address.replace("tcp://", "dask://")
        yield address
    finally:
        for process in begun:
            process.kill()
            process.wait()


def _memory() -> float:
    """Give the most that this process or any that it started, and those that they started, took so far."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


if __name__ == "__main__":
    main()
