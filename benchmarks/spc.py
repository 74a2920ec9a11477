"""Compare perfkit's XmR charts with a reference's, point by point, and time them.

    python benchmarks/spc.py FOLDER

FOLDER holds ``series.csv`` (options and icons of each series), ``points_input.csv`` and ``points_expected.csv``, as
written by the R package NHSRplotthedots 0.2.2. Prints how many series and points agree, every difference with the
deviation of docs/deviations.md that explains it, and how often charts of unsuitable series would be flagged; ends with
status 1 if a difference has no deviation to explain it.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from perfkit.analysis import spc
from perfkit.model.errors import ParameterError

POLARITY: dict[str, spc.Polarity] = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}
CAUSE = {
    "Common Cause": "",
    "Above UCL": "outside high",
    "Below LCL": "outside low",
    "7 Point Trend (Increasing)": "trend up",
    "7 Point Trend (Decreasing)": "trend down",
    "2 in 3 Above CL": "two of three high",
    "2 in 3 Below CL": "two of three low",
    "7 Points Above CL": "shift high",
    "7 Points Below CL": "shift low",
}
POINT_TYPE = {
    "common_cause": "common cause",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "neutral",
    "special_cause_neutral_low": "neutral",
}
ASSURANCE = {"fail": "fail", "pass": "pass", "inconsistent": "hit and miss"}
LINES = {"mean": "mean", "lpl": "lower", "upl": "upper"}
SIMULATED = (
    "single periods, quarterly",
    "single periods, quarterly, a fifth higher from year 4",
    "year to date, quarterly",
    "year to date, quarterly, a fifth higher from year 4",
    "year to date, monthly",
    "rolling year, monthly",
)
UNEXPLAINED = "no deviation explains it"
REFUSED = "a rebase date that is not in the data is an error"
CRASH = "missing values never crash"
BETWEEN = "a point between two trends of one direction has that direction"
CONSTANT = "a constant series says so"
NO_TARGET = "no target, no assurance"
SHORT = "a group is short by its values, not its rows"


class Difference(NamedTuple):
    """What differs in a series: both answers, and the deviation that explains it."""

    series: str
    what: str
    row: int | None
    reference: object
    ours: object
    deviation: str


class Answer(NamedTuple):
    """What perfkit says of a series."""

    points: pd.DataFrame
    icons: spc.Icons


def answer(points: pd.DataFrame, options: Any) -> Answer:
    """Compute a series under the options of its row in series.csv."""
    chart = spc.xmr(
        points,
        date="x",
        value="y",
        polarity=POLARITY[options.improvement_direction],
        target=None if pd.isna(options.target) else options.target,
        rebase=[] if pd.isna(options.rebase_dates) else options.rebase_dates.split(";"),
        fix_after=None if pd.isna(options.fix_after_n_points) else int(options.fix_after_n_points),
        screen=bool(options.screen_outliers),
    )
    return Answer(chart, spc.icons(chart, least=0))


def compare(folder: Path) -> tuple[Counter[str], list[Difference]]:
    """Give counts of what was compared, and every difference."""
    given = dict(iter(pd.read_csv(folder / "points_input.csv", parse_dates=["x"]).groupby("series_id", sort=False)))
    expected = dict(iter(pd.read_csv(folder / "points_expected.csv").groupby("series_id", sort=False)))
    counts: Counter[str] = Counter()
    differences: list[Difference] = []
    for options in pd.read_csv(folder / "series.csv").itertuples():
        found = list(_series(options, given[options.series_id], expected.get(options.series_id), counts))
        counts["series"] += 1
        counts["series that agree in everything"] += not found
        differences += found
    return counts, differences


def _series(
    options: Any, given: pd.DataFrame, expected: pd.DataFrame | None, counts: Counter[str]
) -> Iterator[Difference]:
    name = options.series_id
    try:
        ours = answer(given, options)
    except ParameterError as error:
        why = REFUSED if "is not in the data" in str(error) else UNEXPLAINED
        yield Difference(name, "series", None, "an answer", str(error), why)
        return
    if options.outcome != "ok" or expected is None:
        yield Difference(name, "series", None, "a crash", "an answer", CRASH if options.n_missing else UNEXPLAINED)
        return
    counts["points compared"] += len(ours.points)
    counts["icons compared"] += 2
    yield from _points(name, expected, ours.points)
    yield from _icons(name, options, ours)


def _points(name: str, expected: pd.DataFrame, ours: pd.DataFrame) -> Iterator[Difference]:
    for theirs, mine in LINES.items():
        a, b = expected[theirs].to_numpy(dtype=float), ours[mine].to_numpy()
        for row in np.flatnonzero(~np.isclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)):
            yield Difference(name, mine, int(row), a[row], b[row], UNEXPLAINED)
    answers = {
        "special cause": (expected["special_cause_type"].map(CAUSE), ours["special_cause"]),
        "point type": (expected["point_type"].map(POINT_TYPE), ours["point_type"]),
        "group": (expected["rebase_group"], ours["group"]),
        "in limits": (expected["in_limit_calculation"], ours["in_limits"]),
        "short": (expected["short_group_warning"], ours["short"]),
    }
    for what, (theirs, mine) in answers.items():
        for row in np.flatnonzero(theirs.to_numpy() != mine.to_numpy()):
            why = _deviation_of_point(what, expected["special_cause_type"].iloc[row], ours, int(row))
            yield Difference(name, what, int(row), theirs.iloc[row], mine.iloc[row], why)


def _deviation_of_point(what: str, cause: str, ours: pd.DataFrame, row: int) -> str:
    """Name the deviation that explains a difference at a point."""
    opposite = {"trend up": "trend down", "trend down": "trend up"}
    theirs, fired = CAUSE[cause], ours["rules"].iloc[row]
    if what in ("special cause", "point type") and theirs in opposite and theirs not in fired:
        return BETWEEN if ours["special_cause"].iloc[row] == opposite[theirs] else UNEXPLAINED
    if what == "short" and ours["value"][ours["group"] == ours["group"].iloc[row]].isna().any():
        return SHORT
    return UNEXPLAINED


def _icons(name: str, options: Any, ours: Answer) -> Iterator[Difference]:
    variation = options.variation_icon.replace("_", " ")
    assurance = "" if pd.isna(options.assurance_icon) else ASSURANCE[options.assurance_icon]
    pairs = {"variation icon": (variation, ours.icons.variation), "assurance icon": (assurance, ours.icons.assurance)}
    for what, (theirs, mine) in pairs.items():
        if theirs != mine:
            why = CONSTANT if ours.icons.variation == "no variation" else UNEXPLAINED
            if pd.isna(options.target) and not mine:
                why = NO_TARGET
            yield Difference(name, what, None, theirs, mine, why)


def pace(folder: Path) -> float:
    """Give milliseconds for a series: its chart and icons, reading of files left out."""
    given = dict(iter(pd.read_csv(folder / "points_input.csv", parse_dates=["x"]).groupby("series_id", sort=False)))
    rows = [row for row in pd.read_csv(folder / "series.csv").itertuples() if row.outcome == "ok"]
    start, done = time.perf_counter(), 0
    for row in rows:
        with contextlib.suppress(ParameterError):
            answer(given[row.series_id], row)
            done += 1
    return 1000 * (time.perf_counter() - start) / max(done, 1)


def simulated(kind: str, rng: np.random.Generator) -> pd.DataFrame:
    """Draw a series of six years whose single periods are independent, about 50 with a standard deviation of 5."""
    per_year = 4 if "quarterly" in kind else 12
    single = rng.normal(50, 5, (6, per_year))
    if "a fifth higher" in kind:
        single[3:] += 10
    if kind.startswith("rolling"):
        flat = single.ravel()
        values = np.convolve(flat, np.ones(per_year) / per_year, mode="valid")
    else:
        values = np.cumsum(single, axis=1).ravel() if "year to date" in kind else single.ravel()
    dates = pd.period_range("2012-04", periods=len(values), freq="Q-MAR" if per_year == 4 else "M")
    return pd.DataFrame({"period": dates, "value": values})


def flagged(kind: str, series: int = 200) -> tuple[float, float]:
    """Give the shares of series with any special cause, and with one at the latest point."""
    rng = np.random.default_rng(2017)
    causes = [spc.xmr(simulated(kind, rng))["special_cause"] for _ in range(series)]
    return float(np.mean([(c != "").any() for c in causes])), float(np.mean([c.iloc[-1] != "" for c in causes]))


def main() -> int:
    """Print the comparison; give 1 if a difference has no deviation to explain it."""
    parser = argparse.ArgumentParser(description="Compare XmR charts with a reference's.")
    parser.add_argument("folder", type=Path, help="holds series.csv, points_input.csv and points_expected.csv")
    folder = parser.parse_args().folder
    counts, differences = compare(folder)
    for what, count in counts.items():
        print(f"{count:>8,}  {what}")
    table = pd.DataFrame(differences, columns=list(Difference._fields))
    print(f"\n{len(table):>8,}  differences, by the deviation that explains them")
    for (deviation, what), rows in table.groupby(["deviation", "what"]):
        print(f"{len(rows):>8,}  {deviation}: {what} ({', '.join(sorted(set(rows['series'])))})")
    print(f"\n{pace(folder):8.2f}  milliseconds a series, chart and icons")
    print("\nShare of 200 simulated series of six years that are flagged: anywhere, and at the latest point")
    for kind in SIMULATED:
        anywhere, latest = flagged(kind)
        print(f"{anywhere:>8.0%} {latest:>8.0%}  {kind}")
    return int((table["deviation"] == UNEXPLAINED).any())


if __name__ == "__main__":
    sys.exit(main())
