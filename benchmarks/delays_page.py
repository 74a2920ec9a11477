"""Time the page on delayed transfers on 105 months: load, analyse and render, on two cores, kernel start included.

    python benchmarks/delays_page.py

Makes 105 monthly workbooks of 151 authorities in a temporary folder from the pack's illustrative months: October 2008
to June 2017, the last quarter that the pack has returns of. Then times, each in a process of its own held to two cores:
`perfkit load` of all of them; a notebook's kernel starting and importing perfkit; the questions of the page;
`perfkit run` of the page, cold. The goal: load and run together under 15 seconds. Making the workbooks is not timed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).resolve().parents[1]
MONTHS = pd.period_range("2008-10", periods=105, freq="M")
QUARTER = "2017-18 Q1"
GOAL = 15.0
CORES = 2
QUESTIONS = """
import sys, time
from pathlib import Path
from perfkit import store
from perfkit.analysis import delays, outlook
start = time.process_time()
known = store.known(root=Path(sys.argv[1]))
seen = delays.until(known.delays, quarter=sys.argv[2])
read = time.process_time() - start
where = {"area": "Oxfordshire"}
before, year = delays.since(seen, quarter=sys.argv[2], **where), delays.whole_year(seen, quarter=sys.argv[2])
delays.side_by_side(seen, **where), delays.movement(seen, quarter=sys.argv[2], before=before, **where)
delays.by_reason(seen, period=sys.argv[2], **where), delays.shares(seen, period=sys.argv[2], before=before, **where)
delays.reasons_since(seen, period=sys.argv[2], before=before, **where)
ranked, peers = delays.compare(seen, period=year), delays.neighbours(seen, **where)
delays.standing(ranked, peers=peers, named=False, **where)
delays.beside(seen, period=year, peers=peers, named=False, **where)
quarters, defined = delays.quarterly(seen, **where), delays.defined(sys.argv[2])
delays.year_so_far(seen, quarter=sys.argv[2], **where)
outlook.project_many(quarters, defined, known.targets, quarter=sys.argv[2])
outlook.paths_many(quarters, defined, known.targets, quarter=sys.argv[2])
delays.statements(known.claims, seen, quarter=sys.argv[2], **where)
delays.quality.gaps(seen), delays.quality.firm(seen), delays.quality.signs(seen, **where)
print(len(known.delays), read, time.process_time() - start - read)
"""
KERNEL = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
client.execute_interactive("from perfkit import charts, delays, outlook, page, store, tables", timeout=60)
client.stop_channels(), manager.shutdown_kernel(now=True)
"""


def make(folder: Path) -> None:
    """Write the workbooks: the figures of a month of the pack under the name of another."""
    sys.path.insert(0, str(PROJECT / "scripts"))
    import build_dtoc

    base = {number: build_dtoc.areas(month) for number, month in enumerate(build_dtoc.MONTHS)}
    early = [n for n, month in enumerate(build_dtoc.MONTHS) if month < build_dtoc.TWO_BLOCKS_FROM]
    late = [n for n in base if n not in early]
    for number, month in enumerate(MONTHS):
        kind = early if month < build_dtoc.TWO_BLOCKS_FROM else late
        areas = base[kind[number % len(kind)]]
        build_dtoc.write(areas, month, folder / f"{month.strftime('%B')}_{month.year % 100:02d}.xls")


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds that processors worked; apart where the machine is busy with other things."""

    clock: float
    work: float

    def __add__(self, other: Took) -> Took:
        return Took(self.clock + other.clock, self.work + other.work)

    def __sub__(self, other: Took) -> Took:
        return Took(self.clock - other.clock, self.work - other.work)


def run(*command: str, cwd: Path) -> tuple[Took, str]:
    """Run a command held to two cores; give what it took and what it said."""
    start, worked = time.perf_counter(), _worked()
    held = {"preexec_fn": lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])}
    told = subprocess.run([sys.executable, *command], cwd=cwd, capture_output=True, text=True, check=False, **held)
    if told.returncode:
        raise SystemExit(told.stdout + told.stderr)
    return Took(time.perf_counter() - start, _worked() - worked), told.stdout


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        raw = desk / "data" / "raw"
        shutil.copytree(PROJECT / "notebooks", desk / "notebooks")
        shutil.copytree(PROJECT / "data" / "raw" / "2017-18", raw / "2017-18", ignore=shutil.ignore_patterns("dtoc"))
        run("-m", "perfkit", "load", str(raw), cwd=desk)
        (raw / "dtoc").mkdir()
        make(raw / "dtoc")
        loading, _ = run("-m", "perfkit", "load", str(raw), cwd=desk)
        kernel, _ = run("-c", KERNEL, cwd=desk)
        _, said = run("-c", QUESTIONS, str(desk / "data" / "processed"), QUARTER, cwd=desk)
        options = ("--only", "delayed_transfers", "--engine", "kernel")
        page, _ = run("-m", "perfkit", "run", QUARTER, *options, cwd=desk)
        shutil.rmtree(desk / "reports")
        forked, _ = run("-m", "perfkit", "run", QUARTER, *options[:2], cwd=desk)
        made = next((desk / "reports").rglob("delayed_transfers.html"))
        tell(loading, kernel, page, forked, said, made.stat().st_size)


def tell(loading: Took, kernel: Took, page: Took, forked: Took, said: str, size: int) -> None:
    rows, read, asked = said.split()
    reading, asking = Took(float(read), float(read)), Took(float(asked), float(asked))
    whole = loading + page
    lines = {
        f"load {len(MONTHS)} workbooks ({int(rows):,} rows)": loading,
        "make the page with a new kernel": page,
        "  of which: kernel starts and imports": kernel,
        "  of which: read the store": reading,
        "  of which: every question of the page": asking,
        "  of which: charts, tables, export, checks (the rest)": page - kernel - reading - asking,
        "make the page as perfkit run does by default": forked,
        "load and page, with a new kernel": whole,
        "load and page, by default": loading + forked,
    }
    print(f"{'':<54} {'clock':>8} {'work':>8}")
    for words, took in lines.items():
        print(f"{words:<54} {took.clock:6.2f} s {took.work:6.2f} s")
    print(f"page of {size / 1000:.0f} kB, {CORES} cores, load of the machine {os.getloadavg()[0]:.1f}")
    for way, took in {"as perfkit run does by default": loading + forked, "with a new kernel": whole}.items():
        print(f"goal of {GOAL:.0f} s, {way}: {'met' if took.clock < GOAL else 'missed'}")


if __name__ == "__main__":
    main()
