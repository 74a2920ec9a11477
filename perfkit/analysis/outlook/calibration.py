"""How well past outlooks of a council's own history would have done, and how wide to draw the next ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.outlook import quarters
from perfkit.analysis.outlook.series import adds_up
from perfkit.analysis.outlook.statement import Outlook
from perfkit.analysis.outlook.yearend import PROBABLE, project

TRUST = 20
"""Ended years of indicators at which the council's own back-tests weigh as much as the benchmark's."""
_NARROWEST, _WIDEST = 0.5, 2.5
_COLUMNS = ("indicator", "year", "made", "horizon", "year_end", "low80", "high80", "low95", "high95", "actual", "naive")


@dataclass(frozen=True)
class Calibration:
    """What the back-tests of a council's history say; ``widen`` is what to give `project`.

    ``covered80`` and ``covered95`` are percentages of outlooks whose interval held the year's end; ``gain`` is the
    share by which the projections missed less than the last figure carried on, below 0 where they missed more.
    """

    widen: float
    series: int
    years: int
    outlooks: int
    covered80: float | None
    covered95: float | None
    gain: float | None
    words: str


def calibrate(history: pd.DataFrame, indicators: pd.DataFrame | None = None) -> Calibration:
    """Back-test a council's own history and give the factor by which to draw its intervals wider or narrower.

    Needs the columns indicator, period and value; ``indicators`` gives series_type and unit, without it every series
    is of points. Every quarter with six points behind it and its year's end known makes one outlook. The factor is
    what would have held 80% of the ends, drawn towards 1 where few years have ended, and kept within 0.5 to 2.5.
    """
    tests = backtests(history, indicators)
    judged = tests[tests["high80"] > tests["low80"]]
    if judged.empty:
        words = "No back-tests: an indicator needs six quarters before the end of a year that is known."
        return Calibration(1.0, 0, 0, 0, None, None, None, words)
    years = len(judged[["indicator", "year"]].drop_duplicates())
    widen = _widen(judged, years)
    held80, held95 = (float(100 * _held(tests, width).mean()) for width in ("80", "95"))
    gain = _gain(tests)
    series = tests["indicator"].nunique()
    words = _words(widen, (series, years, len(tests)), (held80, held95), gain)
    return Calibration(widen, series, years, len(tests), held80, held95, gain, words)


def backtests(history: pd.DataFrame, indicators: pd.DataFrame | None = None) -> pd.DataFrame:
    """Make the outlook that each past quarter would have had, beside how the year ended.

    Gives indicator, year, made (the quarter), horizon, year_end, the four ends of the intervals, actual, and naive
    (the last figure carried on; of a total its pace).
    """
    kinds = _kinds(indicators)
    rows: list[dict[str, Any]] = []
    for name, frame in history.groupby("indicator", sort=True):
        how = kinds.get(str(name), {"series_type": "point", "unit": ""})
        if how["series_type"] != "milestone":
            rows += [{"indicator": str(name), **row} for row in _of_series(frame[["period", "value"]], how)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _kinds(indicators: pd.DataFrame | None) -> dict[str, dict[str, Any]]:
    if indicators is None:
        return {}
    last = indicators.drop_duplicates("indicator", keep="last")
    return {
        str(name): {"series_type": str(kind), "unit": "" if pd.isna(unit) else str(unit)}
        for name, kind, unit in zip(last["indicator"], last["series_type"], last["unit"], strict=True)
    }


def _of_series(frame: pd.DataFrame, how: dict[str, Any]) -> Iterable[dict[str, Any]]:
    frame = frame[frame["value"].notna()]
    numbers = np.array([quarters.number(text) for text in frame["period"]], dtype=int)
    ends: dict[int, float | None] = {}
    for made in np.unique(numbers)[PROBABLE - 1 :].tolist():
        end = quarters.first_of_year(made) + 3
        if end not in ends:
            whole = frame[numbers <= end]
            ends[end] = project(whole, year=quarters.year_label(end), **how).year_end if end in numbers else None
        actual = ends[end]
        if made == end or actual is None:
            continue
        found = project(frame[numbers <= made], year=quarters.year_label(end), **how)
        if found.year_end is not None and found.points >= PROBABLE:
            yield _row(found, quarters.label(made), actual, how)


def _row(found: Outlook, made: str, actual: float, how: dict[str, Any]) -> dict[str, Any]:
    last = found.last_value if found.last_value is not None else math.nan
    done = 4 - (found.horizon or 0)
    grows = how["series_type"] == "ytd" and adds_up(how["unit"]) and done > 0
    naive = last * 4 / done if grows else last
    row = {name: getattr(found, name) for name in ("year", "horizon", "year_end", "low80", "high80", "low95", "high95")}
    return {**row, "made": made, "actual": actual, "naive": naive}


def _held(tests: pd.DataFrame, width: str) -> pd.Series[bool]:
    return tests["actual"].between(tests[f"low{width}"], tests[f"high{width}"])


def _widen(judged: pd.DataFrame, years: int) -> float:
    """Give the 80th percentile of misses in half-widths, its logarithm weighed by the number of ended years."""
    miss = judged["actual"] - judged["year_end"]
    side = np.where(miss > 0, judged["high80"] - judged["year_end"], judged["year_end"] - judged["low80"])
    half = np.maximum(side, (judged["high80"] - judged["low80"]) / 4)
    needed = float(np.quantile(miss.abs() / half, 0.8))
    drawn = math.log(max(needed, 0.01)) * years / (years + TRUST)
    return round(min(max(math.exp(drawn), _NARROWEST), _WIDEST), 3)


def _gain(tests: pd.DataFrame) -> float | None:
    """Compare misses with the naive ones, each indicator counted alike whatever its unit."""
    ours = (tests["actual"] - tests["year_end"]).abs().groupby(tests["indicator"]).mean()
    naive = (tests["actual"] - tests["naive"]).abs().groupby(tests["indicator"]).mean()
    ratio = (ours / naive)[naive > 0]
    return None if ratio.empty else float(1 - np.exp(np.log(ratio.clip(lower=0.01)).mean()))


def _words(widen: float, size: tuple[int, int, int], held: tuple[float, float], gain: float | None) -> str:
    series, years, outlooks = size
    better = "" if gain is None else (
        f" The projections missed {abs(gain):.0%} {'less' if gain >= 0 else 'more'} than the last figure carried on."
    )  # fmt: skip
    drawn = (
        "as wide as the benchmark's" if widen == 1 else f"{abs(widen - 1):.0%} {'wider' if widen > 1 else 'narrower'}"
    )
    return (
        f"{_counted(outlooks, 'past outlook')} of {_counted(series, 'indicator')} "
        f"({_counted(years, 'ended year')}): the 80% interval held {held[0]:.0f}% "
        f"of the ends, the 95% interval {held[1]:.0f}%.{better} By this history intervals are to be drawn {drawn}."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
