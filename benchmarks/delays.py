"""Time the loading of monthly delayed-transfers workbooks, and the questions put to what was loaded.

    python benchmarks/delays.py FOLDER

FOLDER holds the workbooks (.xls). Prints, from one run with the readers taking turns, the median time of reading the
same sheets with pandas.read_excel and its default engine (xlrd, where it is installed), with calamine alone to lists,
and with perfkit to checked tidy frames, and their ratios; then the time of each question on 105 months made by
repeating what was loaded. Trust the ratios; the times are those of the machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from loading import timed, with_calamine, with_pandas

from perfkit.analysis import delays
from perfkit.intake import dtoc
from perfkit.intake.workbooks import releases

ROUNDS = 7
MONTHS = 105
AREA = "Oxfordshire"


def with_perfkit(paths: list[Path]) -> list[pd.DataFrame]:
    return [dtoc.read(releases.read(path)).tables["delays"] for path in paths]


def load(paths: list[Path]) -> None:
    readers = {"calamine to lists": with_calamine, "perfkit to tidy frames": with_perfkit}
    if importlib.util.find_spec("xlrd"):
        readers = {"pandas, default engine": with_pandas, **readers}
    else:
        print("pandas' default engine for .xls, xlrd, is not installed: pip install xlrd to compare with it.")
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            times[name].append(timed(lambda reader=reader: reader(paths)))
    ours = statistics.median(times["perfkit to tidy frames"])
    print(f"Loading {len(paths)} workbooks, median of {ROUNDS} rounds:")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"  {name:26} {1000 * middle:8.0f} ms   {middle / ours:5.2f} of perfkit's")


def ask(paths: list[Path]) -> None:
    frame = many_months(pd.concat(with_perfkit(paths), ignore_index=True))
    last = frame["month"].max()
    year, before = (str(last - back) for back in (0, 12))
    questions: dict[str, Callable[[], object]] = {
        "by_month": lambda: delays.by_month(frame, area=AREA),
        "by_quarter": lambda: delays.by_quarter(frame, area=AREA),
        "by_reason": lambda: delays.by_reason(frame, area=AREA),
        "explain": lambda: delays.explain(frame, area=AREA, period=pd.Period(year), since=pd.Period(before)),
        "compare": lambda: delays.compare(frame, period=last),
        "average": lambda: delays.average(frame, period=last, area=AREA),
    }
    areas = frame.loc[frame["area_kind"] == "authority", "area"].nunique()
    print(f"Questions on {frame['month'].nunique()} months, {areas} authorities, {len(frame):,} rows:")
    for name, question in questions.items():
        middle = statistics.median(timed(question) for _ in range(ROUNDS))
        print(f"  {name:26} {1000 * middle:8.1f} ms")


def many_months(frame: pd.DataFrame) -> pd.DataFrame:
    """Repeat what was loaded until there are as many months as the statistics ran."""
    months = sorted(frame["month"].unique())
    wanted = pd.period_range(months[0], periods=MONTHS, freq="M")
    by_month = dict(tuple(frame.groupby("month")))
    copies = [by_month[months[i % len(months)]].assign(month=month) for i, month in enumerate(wanted)]
    return pd.concat(copies, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the loading of monthly delayed-transfers workbooks.")
    parser.add_argument("folder", type=Path, help="folder of the workbooks (.xls)")
    paths = sorted(parser.parse_args().folder.glob("*.xls"))
    if not paths:
        raise SystemExit("There are no .xls workbooks in that folder.")
    load(paths)
    ask(paths)


if __name__ == "__main__":
    main()
