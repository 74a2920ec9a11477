"""Time the loading of national releases against pandas' default engines and against calamine alone.

    python benchmarks/loading.py FOLDER [--rounds N] [--rows N] [--returns FOLDER]

FOLDER holds folders of workbooks: dtoc_monthly (.xls), cover_quarterly (.xlsx, .ods), discharge_acute (.xlsx). It
prints, from one run with the readers taking turns, the median time of each reader on the same sheets and their ratios:
pandas with its default engine (where it is installed; fewer rounds, since it is slow), calamine to lists, and perfkit
to checked tidy frames. A workbook of many rows is made for the last comparison, with the peak of memory of each reader
in a process of its own. The goals: pandas takes at least 4 (.xls), 8 (.xlsx) and 30 (.ods) times as long as perfkit;
perfkit at most twice as long as calamine; peak memory at most 3 times the frame's. Trust the ratios, not the times.
With ``--returns`` 300 small workbooks are read, against the usual way of calling `read_excel` for each sheet; the goal
is 12: first the cells alone, with number formats, errors and formulas without a result, which `read_excel` does not
tell; then from the files to checked tidy tables, and what it takes to keep these. The folder holds a framework.xlsx and
the returns of one quarter, as data/raw/2017-18 of the sample pack does. The engines xlrd and odfpy are not among
perfkit's own requirements: install them for the comparison alone (``pip install --target FOLDER xlrd odfpy``, and
FOLDER in PYTHONPATH).
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import resource
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from perfkit import store
from perfkit.intake import discharge, dtoc, excel, folder, recipe_reader, recipes, releases
from perfkit.intake.reading import Reading

ENGINES = {".xls": ("xlrd", 4), ".xlsx": ("openpyxl", 8), ".ods": ("odf", 30)}
SMALL = 300
Reader = Callable[[list[Path]], object]


def with_pandas(paths: list[Path]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            pd.read_excel(path, sheet_name=None, header=None)


def with_calamine(paths: list[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def with_perfkit(paths: list[Path]) -> list[pd.DataFrame]:
    return [frame for path in paths for frame in read(path).tables.values()]


def read(path: Path) -> Reading:
    workbook = releases.read(path)
    if dtoc.recognises(workbook):
        return dtoc.read(workbook)
    if discharge.recognises(workbook):
        return discharge.read(workbook)
    recipe = recipe_reader.recognise(workbook, recipes.gather())
    if recipe is None:
        raise SystemExit(f"{path.name} is of no kind that perfkit knows.")
    return recipe_reader.read(workbook, recipe)


def timed(call: Reader, paths: list[Path]) -> float:
    start = time.perf_counter()
    call(paths)
    return time.perf_counter() - start


def compare(title: str, paths: list[Path], rounds: int) -> None:
    engine, goal = ENGINES[paths[0].suffix]
    installed = importlib.util.find_spec(engine) is not None
    times: dict[str, list[float]] = {"perfkit": [], "calamine": [], "pandas": []}
    for number in range(rounds):
        times["calamine"].append(timed(with_calamine, paths))
        times["perfkit"].append(timed(with_perfkit, paths))
        if installed and number < max(1, rounds // 3):
            times["pandas"].append(timed(with_pandas, paths))
    ours, alone = (statistics.median(times[name]) for name in ("perfkit", "calamine"))
    print(f"{title}: {len(paths)} workbooks, {1000 * ours / len(paths):.1f} ms each")
    verdict(f"perfkit / calamine {ours / alone:6.2f}", ours / alone <= 2, "at most 2")
    if installed:
        ratio = statistics.median(times["pandas"]) / ours
        verdict(f"pandas ({engine}) / perfkit {ratio:6.1f}", ratio >= goal, f"at least {goal}")
    else:
        print(f"    pandas' default engine, {engine}, is not installed: NOT compared (see --help)")


def sheet_by_sheet(paths: list[Path]) -> None:
    """Read as many scripts do: the names first, then each sheet on its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            for name in pd.ExcelFile(path).sheet_names:
                pd.read_excel(path, sheet_name=name, header=None)


def with_formats(paths: list[Path]) -> None:
    for path in paths:
        excel.read(path, file=path.name)


def small_workbooks(given: Path, rounds: int) -> None:
    """Read the returns of a folder, 300 in all."""
    framework = one_framework(given)
    with tempfile.TemporaryDirectory() as place:
        paths = copies(sorted(given.rglob("returns/*.xlsx")), Path(place))
        times: dict[str, list[float]] = {"naive": [], "cells": [], "tables": []}
        for _ in range(rounds):
            times["naive"].append(timed(sheet_by_sheet, paths[: SMALL // 10]) * 10)
            times["cells"].append(timed(with_formats, paths))
            start = time.perf_counter()
            deliveries = folder.read([Path(place)], base=None, known=framework, is_known=lambda *_: False)
            times["tables"].append(time.perf_counter() - start)
    naive = statistics.median(times["naive"])
    for name, what in (("cells", "cells with their formats"), ("tables", "to checked tidy tables")):
        ours = statistics.median(times[name])
        print(f"{SMALL} small workbooks, {what}: {1000 * ours / SMALL:.1f} ms each")
        verdict(f"read_excel sheet by sheet / perfkit {naive / ours:.1f}", naive / ours >= 12, "at least 12")
    print(f"    keeping the tables of one in the store: {1000 * kept(deliveries):.1f} ms")


def one_framework(given: Path) -> dict[str, pd.DataFrame]:
    paths = sorted(given.rglob("framework.xlsx"))[:1]
    read = folder.read(paths, base=None, known={}, is_known=lambda *_: False) if paths else []
    if not read or read[0].reading.stops:
        raise SystemExit(f"There is no framework.xlsx that can be read in {given}.")
    return dict(read[0].reading.tables)


def copies(returns: list[Path], place: Path) -> list[Path]:
    """Copy the returns until there are 300, each set in a folder of its own."""
    if not returns:
        raise SystemExit("There is no folder returns with .xlsx workbooks.")
    paths = []
    for number in range(SMALL):
        path = place / f"set{number // len(returns):03}" / returns[number % len(returns)].name
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(returns[number % len(returns)], path)
        paths.append(path)
    return paths


def kept(deliveries: list[folder.Delivery]) -> float:
    """Give the seconds that it takes to keep one file; of returns sent again and again only the first are kept."""
    good = [delivery for delivery in deliveries if delivery.reading.tables]
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        for one in good:
            store.save(one.reading.tables, file=one.file, content=one.content, root=Path(place))
        return (time.perf_counter() - start) / len(good)


def verdict(text: str, good: bool, goal: str) -> None:
    print(f"    {text:36} goal: {goal:12} {'met' if good else 'NOT met'}")


def many_rows(place: Path, rows: int) -> Path:
    """Make a workbook of one figure a row."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(["area_code", "area_name", "period", "indicator", "measure", "unit", "value"])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(2000, 2020)]
    for number in range(rows):
        sheet.append(
            ["E10000025", "Oxfordshire", years[number % 20], f"Indicator {number // 20}", "Count", "Cases", number]
        )
    path = place / "many_rows.xlsx"
    book.save(path)
    return path


def in_a_process(reader: Reader, path: Path) -> tuple[float, float, float]:
    """Give the seconds, the peak of memory above the start in MB, and the size of the frames in MB."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(measured, (reader, path))


def measured(reader: Reader, path: Path) -> tuple[float, float, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    result = reader([path])
    taken = time.perf_counter() - start
    frames = [item for item in result if isinstance(item, pd.DataFrame)] if isinstance(result, list) else []
    size = sum(frame.memory_usage(deep=True).sum() for frame in frames) / 1e6
    return taken, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, size


def long_workbook(rows: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = many_rows(Path(place), rows)
        alone, calamine_peak, _ = in_a_process(with_calamine, path)
        ours, peak, size = in_a_process(with_perfkit, path)
    print(f"One workbook of {rows:,} rows: perfkit {ours:.1f} s, calamine {alone:.1f} s ({calamine_peak:.0f} MB)")
    verdict(f"perfkit / calamine {ours / alone:6.2f}", ours / alone <= 2, "at most 2")
    verdict(f"peak {peak:.0f} MB / frame {size:.0f} MB {peak / size:6.2f}", peak <= 3 * size, "at most 3")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the loading of national releases.")
    parser.add_argument("folder", type=Path, help="folder of folders of workbooks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=500_000, help="rows of the long workbook; 0 to leave it out")
    parser.add_argument("--returns", type=Path, help="folder with framework.xlsx and the returns of a quarter")
    given = parser.parse_args()
    for title, pattern in (
        ("Delayed transfers, .xls", "dtoc_monthly/*.xls"),
        ("Vaccination coverage, .xlsx", "cover_quarterly/*.xlsx"),
        ("Vaccination coverage, .ods", "cover_quarterly/*.ods"),
        ("Acute discharges, .xlsx", "discharge_acute/*.xlsx"),
    ):
        paths = sorted(given.folder.glob(pattern))
        if paths:
            compare(title, paths, given.rounds)
        else:
            print(f"{title}: no workbooks under {pattern}")
    if given.returns:
        small_workbooks(given.returns, max(3, given.rounds))
    if given.rows:
        long_workbook(given.rows)


if __name__ == "__main__":
    main()
