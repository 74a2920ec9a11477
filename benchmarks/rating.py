"""Time rating 100,000 indicator-quarters against the pandas arithmetic alone, and print the ratio (aim: at most 3).

    python benchmarks/rating.py [INDICATORS] [YEARS]

The arithmetic alone is what an analyst would write once for a table that needs no care: join figures, targets and
definitions, work out what is expected, compare, name the colour. No reasons, no rule in words, no missing rows,
no trajectories, no cells.
"""

from __future__ import annotations

import statistics
import sys
import timeit
from collections.abc import Callable

import numpy as np
import pandas as pd

from perfkit.analysis import rating


def tables(count: int, years: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make definitions, targets and figures: half percentages, half year-to-date counts; a tenth has no figure."""
    chance = np.random.default_rng(7)
    labels = [f"{2008 + y}-{(9 + y) % 100:02d}" for y in range(years)]
    names = np.array([f"indicator-{n:05d}" for n in range(count)], dtype=object)
    indicator, year = np.repeat(names, years), np.tile(np.array(labels, dtype=object), count)
    counted = np.repeat(np.arange(count) % 2 == 0, years)
    indicators = pd.DataFrame({
        "indicator": indicator, "financial_year": year, "ref": indicator, "title": indicator, "directorate": "SCS",
        "priority": "Efficient", "outcome": "E5", "unit": np.where(counted, "count", "percent"), "polarity": "higher",
        "frequency": "quarter", "series_type": np.where(counted, "ytd", "point"), "arrears": 0, "decimals": 0,
        "rule": np.where(counted, "relative", "points"), "tolerance": np.where(counted, 10.0, 5.0),
        "tolerance_set_by": "Performance lead", "tolerance_set_on": pd.Timestamp("2017-04-03"),
    })  # fmt: skip
    low = np.where(counted, 1000.0, 80.0) + chance.integers(0, 15, len(indicator))
    place = {"file": "framework.xlsx", "sheet": "Targets", "cell": "F12", "vintage": "0" * 12}
    targets = pd.DataFrame({
        "indicator": indicator, "period": year, "part": 1, "role": "target", "text": [f"{x:.0f}" for x in low],
        "kind": "threshold", "strict": False, "low": low, "basis": np.where(counted, "year", "level"), **place,
    })  # fmt: skip
    quarter = np.tile(np.arange(1, 5), len(indicator))
    base = np.repeat(low, 4) * np.where(np.repeat(counted, 4), quarter / 4, 1.0)
    value = base * chance.normal(1.0, 0.08, len(base))
    period = np.char.add(np.char.add(np.repeat(year, 4).astype(str), " Q"), quarter.astype(str)).astype(object)
    observations = pd.DataFrame({
        "indicator": np.repeat(indicator, 4), "period": period, "area": "Oxfordshire", "part": 1,
        "report_period": period, "value": np.where(chance.random(len(base)) < 0.1, np.nan, value),
        "status": "final", **place,
    })  # fmt: skip
    return observations, targets, indicators


def arithmetic(observations: pd.DataFrame, targets: pd.DataFrame, indicators: pd.DataFrame) -> pd.Series:
    """Rate with the arithmetic alone."""
    frame = observations.assign(
        year=observations["period"].str.slice(0, 7), n=observations["period"].str.slice(9).astype(int)
    )
    frame = frame.merge(indicators, left_on=["indicator", "year"], right_on=["indicator", "financial_year"])
    frame = frame.merge(
        targets, left_on=["indicator", "year"], right_on=["indicator", "period"], suffixes=("", "_target")
    )
    expected = frame["low"] * np.where(frame["series_type"] == "ytd", frame["n"] / 4, 1.0)
    width = np.where(frame["rule"] == "relative", expected * frame["tolerance"] / 100, frame["tolerance"])
    miss = expected - frame["value"]
    colours = np.select([frame["value"].isna(), miss <= 0, miss <= width], ["not rated", "green", "amber"], "red")
    return frame.assign(expected=expected, variance=-miss, calculated=colours)["calculated"]


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Give the median time of a few runs, after one to warm up."""
    work()
    return statistics.median(timeit.repeat(work, number=1, repeat=times))


def main(count: int = 2500, years: int = 10) -> None:
    observations, targets, indicators = tables(count, years)
    alone = seconds(lambda: arithmetic(observations, targets, indicators))
    rated = seconds(lambda: rating.rate(observations, targets, indicators=indicators))
    same = (
        arithmetic(observations, targets, indicators).value_counts().to_dict()
        == rating.rate(observations, targets, indicators=indicators)["calculated"].value_counts().to_dict()
    )
    print(f"{count * years * 4:,} indicator-quarters, the same ratings: {same}")
    print(f"arithmetic alone {alone * 1000:.0f} ms, rating.rate {rated * 1000:.0f} ms, ratio {rated / alone:.2f}")


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
