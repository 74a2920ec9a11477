"""Time ``perfkit run`` against papermill and nbconvert from the shell on the same pages, in one sitting.

    python benchmarks/run.py            every page of the sample quarter, three rounds, medians
    python benchmarks/run.py --pages 2 --rounds 1    quickly

(a)        ``papermill`` then ``jupyter nbconvert --to perfkit`` for each page, one after the other, from the shell
floor      the same notebooks' code, exported, in one plain process after its imports
perfkit    ``perfkit run --no-take-aways``, everything included: start, intake of the raw data, pages, index
take-aways ``perfkit run`` as usual, which makes a workbook and CSV files beside each page, from nothing as well
ahead      ``perfkit run --engine ahead``, as where there is no fork, from nothing as well
kernels    ``perfkit run --engine kernel``, an ordinary kernel a page, from nothing as well
five sets  the pages of five sets (sixty) through one preloaded parent, its start included
unchanged  ``perfkit run`` again
one file   ``perfkit run`` after one directorate has sent its return again with another figure

Only the ratios mean anything: they are taken in the same sitting, the ways interleaved.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl

from perfkit.commands import knowledge
from perfkit.run import executors, jobs, sets
from perfkit.run.takeaways import Wanted

PROJECT = Path(__file__).resolve().parents[1]
QUARTER = "2017-18 Q1"
ENGINES = {"perfkit run": "fork", "ahead": "ahead", "kernels": "kernel"}
FLOOR = """
import json, sys, time
import nbformat
from nbconvert.exporters import get_exporter
from perfkit.run import cells
cells.preload()
from IPython.core.interactiveshell import InteractiveShell
exporter = get_exporter("perfkit")()
begun = time.perf_counter()
for path, parameters in json.load(sys.stdin):
    shell = InteractiveShell()
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source, silent=True)
            if "parameters" in cell.metadata.get("tags", []):
                shell.user_ns.update(parameters)
    exporter.from_notebook_node(notebook)
sys.stderr.write(str(time.perf_counter() - begun))
"""


def main() -> None:
    given = _options()
    rounds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        desk = lay_out(Path(folder))
        plan = planned(desk)[: given.pages]
        for number in range(given.rounds):
            shutil.rmtree(desk / "reports", ignore_errors=True)
            took = {"(a) papermill + nbconvert": shell(desk, plan), "floor": floor(desk, plan)}
            for name, more in {
                "perfkit run": [],
                "ahead": ["--engine", "ahead"],
                "kernels": ["--engine", "kernel"],
            }.items():
                took |= {name: run(desk, what=[QUARTER, "--no-take-aways", *more])}
                shutil.rmtree(desk / "reports")
            took |= {"perfkit run, take-aways": run(desk), "nothing changed": run(desk), "five sets": five(desk)}
            change(desk, 1000 + number)
            took |= {"one file changed": run(desk)}
            for name, seconds in took.items():
                rounds.setdefault(name, []).append(seconds)
        pages = len(planned(desk))
    show({name: statistics.median(times) for name, times in rounds.items()}, timed=len(plan), pages=pages)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=None, help="pages made by (a) and the floor (default: all)")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def lay_out(desk: Path) -> Path:
    raw = PROJECT / "data" / "raw"
    shutil.copytree(raw, desk / "data" / "raw", ignore=shutil.ignore_patterns("oxford-city"))
    shutil.copytree(PROJECT / "notebooks", desk / "notebooks", ignore=shutil.ignore_patterns(".*"))
    run(desk, command="load", what=["data/raw"])
    return desk


def planned(desk: Path) -> list[jobs.Job]:
    names = knowledge.directorates(QUARTER, desk / "data" / "processed", "")
    return jobs.plan(QUARTER, directorates=names)


def run(desk: Path, *, command: str = "run", what: list[str] | None = None) -> float:
    return timed([sys.executable, "-m", "perfkit", command, *(what or [QUARTER])], desk)


def five(desk: Path) -> float:
    """Make five sets of the quarter's pages, one after the other, through one pool."""
    store, begun = desk / "data" / "processed", time.perf_counter()
    with executors.opened("fork", workers=executors.most()) as pool:
        for number in range(5):
            shutil.rmtree(desk / "five" / str(number), ignore_errors=True)
            places = sets.Places(desk / "notebooks", desk / "five" / str(number), store)
            known = sets.Known(knowledge.inputs(store, ""), "", lambda read: knowledge.rows(read, store))
            means = sets.Means(pool, "fork", wanted=Wanted(()))
            sets.make(planned(desk), quarter=QUARTER, places=places, known=known, means=means)
    return time.perf_counter() - begun


def shell(desk: Path, plan: list[jobs.Job]) -> float:
    """Make each page as a shell script would."""
    whole = 0.0
    for job in plan:
        given = [text for name, value in job.parameters.items() for text in ("-r", name, str(value))]
        made = str(desk / f"{job.name}.ipynb")
        source = f"notebooks/{job.report}.ipynb"
        whole += timed([sys.executable, "-m", "papermill", "--no-progress-bar", source, made, *given], desk)
        whole += timed([sys.executable, "-m", "nbconvert", "--to", "perfkit", made], desk)
    return whole


def floor(desk: Path, plan: list[jobs.Job]) -> float:
    given = json.dumps([(f"notebooks/{job.report}.ipynb", job.parameters) for job in plan])
    command = [sys.executable, "-c", FLOOR]
    ended = subprocess.run(command, cwd=desk, input=given, capture_output=True, text=True, check=True, env=_env(desk))
    return float(ended.stderr.strip().splitlines()[-1])


def timed(command: list[str], desk: Path) -> float:
    begun = time.perf_counter()
    ended = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False, env=_env(desk))
    assert ended.returncode in (0, 1), ended.stdout + ended.stderr
    return time.perf_counter() - begun


def _env(desk: Path) -> dict[str, Any]:
    return os.environ | {"PERFKIT_STORE": str(desk / "data" / "processed")}


def change(desk: Path, value: int) -> None:
    path = desk / "data" / "raw" / "2017-18" / "Q1" / "returns" / "CSS.xlsx"
    book = openpyxl.load_workbook(path)
    book["Dashboard"]["G10"] = value
    book.save(path)


def show(median: dict[str, float], *, timed: int, pages: int) -> None:
    a_page = median["(a) papermill + nbconvert"] / timed
    sys.stdout.write(
        f"{pages} pages; medians; {os.cpu_count()} cores\n\n| | seconds | a page | (a) is so many times |\n"
    )
    sys.stdout.write("|---|---:|---:|---:|\n")
    for name, seconds in median.items():
        of = timed if name in ("(a) papermill + nbconvert", "floor") else 5 * pages if name == "five sets" else pages
        ratio = a_page / (seconds / of)
        sys.stdout.write(f"| {name} | {seconds:.2f} | {seconds / of:.3f} | {ratio:.1f} |\n")


if __name__ == "__main__":
    main()
