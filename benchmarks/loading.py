"""Time the loading of workbooks against pandas' default engines and against calamine alone.

    python benchmarks/loading.py FOLDER [--rounds N] [--rows N] [--pack FOLDER]

FOLDER holds folders of workbooks: dtoc_monthly (.xls), cover_quarterly (.xlsx, .ods), discharge_acute (.xlsx). It
prints, from one run with the readers taking turns, the median time of each reader on the same sheets and their ratios:
pandas with its default engine (where it is installed; fewer rounds, since it is slow), pandas with calamine as its
engine (cells as frames, unchecked), calamine to lists, and perfkit from the files to checked tidy frames, one frame a
table: in one process, and with as many as there are cores. A workbook of many rows is made for one comparison, with
the peak of memory of each reader in a process of its own. The goals: pandas takes at least 4 (.xls), 8 (.xlsx) and 30
(.ods) times as long as perfkit; perfkit at most twice as long as calamine; peak memory at most 3 times the frame's.
Trust the ratios, not the times. With ``--pack``, a folder that holds framework.xlsx and the returns of one quarter as
data/raw/2017-18 of the sample pack does, fifteen years of returns are made of it: 300 small workbooks, read against
the usual way of calling `read_excel` for each sheet (goal: 12), first the cells alone with number formats, errors and
formulas without a result, which `read_excel` does not tell, then to checked tidy frames. The engines xlrd and odfpy
are not among perfkit's own requirements: install them for the comparison alone (``pip install --target FOLDER xlrd
odfpy``, and FOLDER in PYTHONPATH).
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import re
import resource
import statistics
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from perfkit.intake import folder, reading
from perfkit.intake.workbooks import excel
from perfkit.run import executors

ENGINES = {".xls": ("xlrd", 4), ".xlsx": ("openpyxl", 8), ".ods": ("odf", 30)}
AS_MANY = {"one": "one process", "all": f"up to {executors.most()} processes"}
YEARS = 15
QUARTERS = {1: "Quarter 1 (April to June 2017)", 2: "Quarter 2 (July to September 2017)",
            3: "Quarter 3 (October to December 2017)", 4: "Quarter 4 (January to March 2018)"}  # fmt: skip
TEXT, YEAR = re.compile(r"(?<=<t>)[^<]*"), re.compile(r"\b(20\d\d)(?:-(\d\d)(?![\d-]))?")
Reader = Callable[[list[Path]], object]


def with_pandas(paths: list[Path], engine: Literal["calamine"] | None = None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            pd.read_excel(path, sheet_name=None, header=None, engine=engine)


def with_calamine(paths: list[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def with_perfkit(paths: list[Path], *, at_once: int = 1) -> list[pd.DataFrame]:
    deliveries = folder.read(paths, base=None, known={}, is_known=lambda *_: False, at_once=at_once)
    for delivery in deliveries:
        if delivery.reading.stops:
            raise SystemExit(f"{delivery.file} was refused: {delivery.reading.issues[0]}")
    return list(reading.merge([delivery.reading for delivery in deliveries]).tables.values())


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def compare(title: str, paths: list[Path], rounds: int) -> None:
    engine, goal = ENGINES[paths[0].suffix]
    installed = importlib.util.find_spec(engine) is not None
    with_perfkit(paths)
    times: dict[str, list[float]] = {"one": [], "all": [], "calamine": [], "engine": [], "pandas": []}
    for number in range(rounds):
        times["calamine"].append(timed(lambda: with_calamine(paths)))
        times["engine"].append(timed(lambda: with_pandas(paths, "calamine")))
        times["one"].append(timed(lambda: with_perfkit(paths)))
        times["all"].append(timed(lambda: with_perfkit(paths, at_once=executors.most())))
        if installed and number < max(1, rounds // 3):
            times["pandas"].append(timed(lambda: with_pandas(paths)))
    median = {name: statistics.median(some) for name, some in times.items() if some}
    print(f"{title}: {len(paths)} workbooks, {1000 * median['one'] / len(paths):.1f} ms each in one process")
    for name, words in AS_MANY.items():
        ratio = median[name] / median["calamine"]
        verdict(f"{words}: perfkit / calamine {ratio:6.2f}", ratio <= 2, "at most 2")
        print(f"    {words}: pandas (calamine) / perfkit {median['engine'] / median[name]:6.1f}")
        if installed:
            ratio = median["pandas"] / median[name]
            verdict(f"{words}: pandas ({engine}) / perfkit {ratio:6.1f}", ratio >= goal, f"at least {goal}")
    if not installed:
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


def small_workbooks(pack: Path, rounds: int) -> None:
    """Read the frameworks and returns of fifteen years, five directorates a quarter."""
    with tempfile.TemporaryDirectory() as place:
        paths = years_of(pack, Path(place))
        times: dict[str, list[float]] = {"naive": [], "cells": [], "one": [], "all": []}
        for _ in range(rounds):
            times["naive"].append(timed(lambda: sheet_by_sheet(paths)))
            times["cells"].append(timed(lambda: with_formats(paths)))
            times["one"].append(timed(lambda: with_perfkit([Path(place)])))
            times["all"].append(timed(lambda: with_perfkit([Path(place)], at_once=executors.most())))
    naive = statistics.median(times["naive"])
    for name, what in (("cells", "cells with their formats"), *AS_MANY.items()):
        ours = statistics.median(times[name])
        print(f"{len(paths)} small workbooks, {what}: {1000 * ours / len(paths):.1f} ms each")
        verdict(f"read_excel sheet by sheet / perfkit {naive / ours:.1f}", naive / ours >= 12, "at least 12")


def years_of(pack: Path, place: Path) -> list[Path]:
    """Make fifteen years of frameworks and returns of the pack's first quarter, and give all their paths."""
    (framework,), returns = sorted(pack.glob("framework.xlsx")), sorted(pack.glob("Q1/returns/*.xlsx"))
    paths = []
    for back in range(YEARS):
        year = place / at("2017-18", back, 1)
        paths.append(retold(framework, year / "framework.xlsx", back, 1))
        for quarter in range(1, 5):
            paths += [retold(path, year / f"Q{quarter}" / "returns" / path.name, back, quarter) for path in returns]
    return paths


def retold(workbook: Path, made: Path, back: int, quarter: int) -> Path:
    """Copy a workbook so that its texts speak of some years before and of another quarter."""
    made.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = TEXT.sub(lambda found: at(found[0], back, quarter), content.decode("utf-8"))
                content = text.encode("utf-8")
            new.writestr(name, content)
    return made


def at(text: str, back: int, quarter: int) -> str:
    """Write of another quarter, and of all years as so many years before."""
    return YEAR.sub(
        lambda year: str(int(year[1]) - back) + (f"-{(int(year[2]) - back) % 100:02}" if year[2] else ""),
        text.replace(QUARTERS[1], QUARTERS[quarter]).replace("Q1 ", f"Q{quarter} "),
    )


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
    parser.add_argument("--pack", type=Path, help="folder with framework.xlsx and the returns of a quarter")
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
    if given.pack:
        small_workbooks(given.pack, given.rounds)
    if given.rows:
        long_workbook(given.rows)


if __name__ == "__main__":
    main()
