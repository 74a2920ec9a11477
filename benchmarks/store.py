"""Time keeping and asking for many small files, and one quarter and directorate out of ten million rows; print ratios.

    python benchmarks/store.py [--years 10] [--areas 1042] [--files 300] [--quarters 10]

First returns of some twenty rows, 300 a quarter: what one takes to keep in a delivery of 300, and what one takes that
is kept alone; how long a table takes to load after the first quarter and after ten, the newest quarter of it, and the
same table when every file of a quarter was kept alone; the floor is one Parquet file that holds just those rows.

Then a store that holds one file a year (quarterly figures of 240 indicators, six directorates, for many areas), as a
national body might publish; ten years of 1,042 areas are ten million rows. Measured in one run, each the median of
nine: the question through `store.load`, and the floor, one Parquet file of just those rows, read by its path. Reading
everything is measured once, with the memory that it takes, on as many rows as the machine can hold. Aim: under 10 ms,
or at most three times the floor.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from perfkit import store
from perfkit.model import schemas

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


def returned(number: int, quarter: str) -> store.Parcel:
    """Make what a directorate's return says: ten figures, as many ratings and a few comments, as readers give them."""
    names = [f"indicator-{number:03d}-{n}" for n in range(10)]
    file = f"{quarter}/D{number:03d}.xlsx"
    row = {"period": quarter, "file": file, "sheet": "Dashboard", "cell": [f"F{n}" for n in range(9, 19)]}
    figures = {
        "indicator": names,
        "area": "Kent",
        "part": 1,
        "report_period": quarter,
        "value": 67.0,
        "status": "final",
    }
    said = {
        "subject": names,
        "subject_kind": "indicator",
        "rag": "green",
        "outlook": "improving",
        "reason": "As planned.",
    }
    tables = {
        "observations": pd.DataFrame(figures | row),
        "assessments": pd.DataFrame(said | row),
        "commentary": pd.DataFrame(
            {"subject": names, "kind": "cause", "subject_kind": "indicator", "number": 1, "text": "As planned."} | row
        ).head(3),
    }
    typed = {name: schemas.conform(frame, schemas.TABLES[name]) for name, frame in tables.items()}
    return store.Parcel(file, hashlib.sha256(file.encode()).hexdigest(), typed)


def small_files(files: int, quarters: int) -> None:
    """Keep returns together, quarter after quarter, and those of one quarter alone; print what each takes."""
    labels = [f"{label(2010 + n // 4)} Q{n % 4 + 1}" for n in range(quarters)]
    deliveries = [[returned(number, quarter) for number in range(files)] for quarter in labels]
    with tempfile.TemporaryDirectory() as folder:
        alone, together = Path(folder) / "alone", Path(folder) / "together"
        one = once(lambda: [store.keep([parcel], root=alone) for parcel in deliveries[0]]) / files
        kept = [once(lambda some=some: store.keep(some, root=together)) / files for some in deliveries[:1]]
        first = asked_of(together)
        kept += [once(lambda some=some: store.keep(some, root=together)) / files for some in deliveries[1:]]
        again = once(lambda: store.keep(deliveries[-1], root=together)) / files
        whole, apart = asked_of(together), asked_of(alone)
        newest = asked_of(together, where={"period": labels[-1]})
    say = sys.stdout.write
    say(f"a return kept with {files - 1} others: {statistics.median(kept):.2f} ms; alone {one:.2f} ms; ")
    say(f"ratio {one / statistics.median(kept):.1f}; known already {again:.3f} ms\n")
    say(f"assessments of {files} returns: {first[0]:.1f} ms, {first[0] / first[1]:.1f} times the floor; ")
    say(f"each kept alone {apart[0]:.0f} ms, {apart[0] / first[0]:.0f} times as long\n")
    say(f"assessments of {files * quarters:,} returns: {whole[0]:.1f} ms, {whole[0] / whole[1]:.1f} times the floor, ")
    say(f"{whole[0] / first[0]:.1f} times as long as of {files}; one quarter of them {newest[0]:.1f} ms\n")


def once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def asked_of(place: Path, **question: object) -> tuple[float, float]:
    """Give the milliseconds that the assessments take, and the floor: the same rows from one file."""
    single = place / "single.parquet"
    store.load("assessments", root=place, **question).to_parquet(single, index=False)
    return milliseconds(lambda: store.load("assessments", root=place, **question)), milliseconds(
        lambda: pd.read_parquet(single)
    )


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    work()
    return statistics.median(timeit.repeat(work, number=1, repeat=times)) * 1000


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


def large_files(years: int, areas: int) -> None:
    """Fill a store with millions of rows; print how long a part of them and all of them take."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=10, help="one file each (default: 10); 0 for small files alone")
    parser.add_argument("--areas", type=int, default=1042, help="default: 1042, which makes ten million rows")
    parser.add_argument("--files", type=int, default=300, help="small files in a delivery (default: 300)")
    parser.add_argument("--quarters", type=int, default=10, help="deliveries of small files (default: 10)")
    given = parser.parse_args()
    small_files(given.files, given.quarters)
    if given.years:
        large_files(given.years, given.areas)


if __name__ == "__main__":
    main()
