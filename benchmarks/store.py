"""Time asking the store for one quarter and one directorate out of ten million rows, and print ratios.

    python benchmarks/store.py [--years 10] [--areas 1042]

The store holds one file a year (quarterly figures of 240 indicators, six directorates, for many areas), as a national
body might publish; ten years of 1,042 areas are ten million rows. Measured in one run, each the median of nine: the
question through `store.load`, and the floor, which is one Parquet file that holds just those rows, read by its path.
Reading everything is measured once, with the memory that it takes, on as many rows as the machine can hold. Aim: under
10 ms, or at most three times the floor.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from perfkit import store

CODES = ("SCS", "CEF", "CSS", "EE", "PH", "FRS")
QUESTION = {"directorate": "SCS", "where": {"period": "2017-18 Q1"}}


def framework(first: int, years: int) -> dict[str, pd.DataFrame]:
    """Define 240 indicators, reported in turn by six directorates, in every year."""
    names = [f"indicator-{n:03d}" for n in range(240)]
    place = {"file": "framework.xlsx", "sheet": "Indicators", "cell": "A2"}
    fixed = {"priority": "Efficient", "unit": "percent", "polarity": "higher", "frequency": "quarter"}
    rows = [
        {"indicator": name, "financial_year": label(year), "ref": str(n), "title": name, "directorate": CODES[n % 6],
         "outcome": f"outcome-{n % 6}", "series_type": "point", "arrears": 0, "decimals": 1, **fixed, **place}
        for year in range(first, first + years) for n, name in enumerate(names)
    ]  # fmt: skip
    led = [
        {"outcome": f"outcome-{n}", "financial_year": label(year), "title": f"Outcome {n}", "priority": "Efficient",
         "directorate": code, **place}
        for year in range(first, first + years) for n, code in enumerate(CODES)
    ]  # fmt: skip
    return {"indicators": pd.DataFrame(rows), "outcomes": pd.DataFrame(led)}


def label(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def figures(year: int, areas: int) -> pd.DataFrame:
    """Make a year of figures: a row for each quarter, indicator and area."""
    chance = np.random.default_rng(year)
    quarters = np.array([f"{label(year)} Q{n}" for n in (1, 2, 3, 4)], dtype=object)
    indicators = np.array([f"indicator-{n:03d}" for n in range(240)], dtype=object)
    places = np.array([f"Area {n:04d}" for n in range(areas)], dtype=object)
    period = np.repeat(quarters, 240 * areas)
    rows = len(period)
    return pd.DataFrame({
        "indicator": np.tile(np.repeat(indicators, areas), 4), "period": period, "area": np.tile(places, 4 * 240),
        "part": 1, "report_period": period, "value": chance.normal(60, 12, rows).round(1), "status": "final",
        "file": f"release-{label(year)}.csv", "cell": [f"F{n}" for n in range(2, rows + 2)],
    })  # fmt: skip


def fill(place: Path, years: int, areas: int) -> int:
    """Load it all; give the number of rows."""
    first = 2018 - years
    store.save(framework(first, years), file="framework.xlsx", content=b"framework", root=place)
    rows = 0
    for year in range(first, 2018):
        frame = figures(year, areas)
        store.save({"observations": frame}, file=frame["file"][0], content=str(year).encode(), root=place)
        rows += len(frame)
    return rows


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def alone(place: Path, question: str) -> tuple[float, float]:
    """Ask in a process of its own; give the seconds taken and the memory added at the peak, in MB."""
    code = (
        "import resource, sys, time; from pathlib import Path; from perfkit import store\n"
        "import pandas, pyarrow.parquet\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.perf_counter()\n"
        f"store.load('observations', root=Path(sys.argv[1]), **{question})\n"
        "taken = time.perf_counter() - start\n"
        "sys.stdout.write(f'{taken} {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}')"
    )
    said = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=True).stdout
    taken, added = said.split()
    return float(taken), float(added)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=10, help="one file each (default: 10)")
    parser.add_argument("--areas", type=int, default=1042, help="default: 1042, which makes ten million rows")
    given = parser.parse_args()
    years, areas = given.years, given.areas
    with tempfile.TemporaryDirectory() as folder:
        place, single = Path(folder) / "store", Path(folder) / "single.parquet"
        start = time.perf_counter()
        rows = fill(place, years, areas)
        written = time.perf_counter() - start
        size = sum(path.stat().st_size for path in place.rglob("*.parquet")) / 2**20
        answer = store.load("observations", root=place, **QUESTION)
        answer.to_parquet(single, index=False)
        asked = milliseconds(lambda: store.load("observations", root=place, **QUESTION))
        floor = milliseconds(lambda: pd.read_parquet(single))
        cold, small = alone(place, repr(QUESTION))
        whole, large = alone(place, "{}")
    say = sys.stdout.write
    say(f"{rows:,} rows in {years} files, written in {written:.0f} s, {size:.0f} MB\n")
    say(f"one quarter, one directorate: {len(answer):,} rows in {asked:.1f} ms; floor {floor:.1f} ms; ratio ")
    say(f"{asked / floor:.1f}; first time in a new process {cold * 1000:.0f} ms and {small:.0f} MB\n")
    say(f"everything: {whole:.1f} s and {large:.0f} MB, {whole * 1000 / asked:,.0f} times as long\n")
    say(f"peak of the process that wrote: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")


if __name__ == "__main__":
    main()
