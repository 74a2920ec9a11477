"""A series made ready: running totals taken apart, breaks and slips set aside, gaps filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from perfkit.analysis.outlook import quarters
from perfkit.model.profiles import accumulates

_OUTLIER_TIMES, _OUTLIER_NEXT = 20.0, 5.0
_OUTLIER_POINTS = 8
Known = dict[int, float]


@dataclass(frozen=True)
class Series:
    """Quarterly figures without gaps up to the last one that can be used, and what was done to have them.

    ``values`` are of single quarters; ``known`` are the figures as given, running totals where the series is of these.
    """

    values: NDArray[np.float64]
    real: NDArray[np.bool_]
    last: int
    known: Known
    warnings: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The number of figures that are real, not filled."""
        return int(self.real.sum())

    @property
    def widening(self) -> float:
        """How much wider the filled gaps make an interval."""
        return float(np.sqrt(len(self.real) / max(self.points, 1)))

    def at(self, quarter: int) -> float | None:
        """Give the figure of a quarter, real or filled; None outside the series."""
        place = quarter - self.last + len(self.values) - 1
        return float(self.values[place]) if 0 <= place < len(self.values) else None


def prepare(
    frame: pd.DataFrame, *, series_type: str = "point", unit: str = "", breaks: Iterable[str] = (), months: str = ""
) -> Series:
    """Make a series ready for projection from its columns period and value.

    ``months`` says how months make a quarter ("sum", "mean", "last"); by default as the unit and the type suggest.
    Raises `InputError` for periods that cannot be read or stand twice, for years, and for infinite values.

    Of a percentage or rate for the year to date, each quarter's own is found as if quarters weighed alike.

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3"], "value": [20.0, 45.0, 60.0]})
    >>> prepare(frame, series_type="ytd").values.tolist()
    [20.0, 25.0, 15.0]
    >>> prepare(frame, series_type="ytd", unit="percent").values.tolist()
    [20.0, 70.0, 90.0]
    """
    warnings: list[str] = []
    known = quarters.read(frame, quarters.manner(series_type, unit, months), warnings)
    single = {q: (v, True) for q, v in known.items()}
    if series_type == "ytd":
        sums = known if adds_up(unit) else {q: v * quarters.of_year(q) for q, v in known.items()}
        single = _taken_apart(sums, warnings if adds_up(unit) else [])
    single = _after_break(single, breaks, warnings)
    single = _without_outlier(single, warnings)
    values, real, last = _filled(single)
    if not real.all():
        warnings.append(f"{_quarters(int((~real).sum()))} without a figure filled; the interval is wider for it")
    return Series(values, real, last, known, tuple(warnings))


def adds_up(unit: str) -> bool:
    """Say whether a year's figures of the unit are a sum; else they are a mean. Without a unit they are a sum."""
    return not unit or accumulates(unit)


Single = dict[int, tuple[float, bool]]
"""By quarter its figure, and whether it is real rather than shared out."""


def _taken_apart(known: Known, warnings: list[str]) -> Single:
    """Give each quarter's own figure from totals since April; a gap's sum is shared equally over its quarters."""
    single: Single = {}
    for quarter in sorted(known):
        first = quarters.first_of_year(quarter)
        before = max((q for q in known if first <= q < quarter), default=first - 1)
        own = (known[quarter] - (known[before] if before >= first else 0.0)) / (quarter - before)
        single |= {q: (own, quarter - before == 1 or q == quarter) for q in range(before + 1, quarter + 1)}
        if own < 0 and known[quarter] >= 0:
            warnings.append(f"the total to {quarters.label(quarter)} is below that of the quarter before")
    return single


def _after_break(single: Single, breaks: Iterable[str], warnings: list[str]) -> Single:
    """Leave out what came before the latest declared break that lies within the series."""
    last = max(single, default=0)
    begun = [q for q in map(quarters.number, breaks) if q <= last]
    if not begun or not any(q < max(begun) for q in single):
        return single
    warnings.append(
        f"figures before {quarters.label(max(begun))} are not used: a break in the series is declared there"
    )
    return {q: pair for q, pair in single.items() if q >= max(begun)}


def _without_outlier(single: Single, warnings: list[str]) -> Single:
    """Leave out one figure of another order than all others: a slip of the keys sooner than a change.

    It is 20 times the median and five times the next largest. Below eight points a season could look like that, so
    there the figure is kept and named.
    """
    if len(single) < quarters.LEAST_TO_COMPARE:
        return single
    sizes = sorted((abs(value), quarter) for quarter, (value, _) in single.items())
    size, quarter = sizes[-1]
    usual = float(np.median([entry[0] for entry in sizes[:-1]]))
    if usual == 0 or size < _OUTLIER_TIMES * usual or size < _OUTLIER_NEXT * sizes[-2][0]:
        return single
    found = f"the figure for {quarters.label(quarter)} is {size / usual:,.0f} times the usual"
    if len(single) < _OUTLIER_POINTS:
        warnings.append(f"{found}: check it")
        return single
    warnings.append(f"{found} and is not used: check it")
    return {q: pair for q, pair in single.items() if q != quarter}


def _filled(single: Single) -> tuple[NDArray[np.float64], NDArray[np.bool_], int]:
    """Lay the figures in a row, each gap the mean of the same quarter of the years beside it, else on a line."""
    if not single:
        return np.empty(0), np.empty(0, dtype=bool), 0
    first, last = min(single), max(single)
    values = np.array([single[q][0] if q in single else np.nan for q in range(first, last + 1)])
    real = np.array([single[q][1] if q in single else False for q in range(first, last + 1)])
    gaps = np.flatnonzero(np.isnan(values))
    if not len(gaps):
        return values, real, last
    padded = np.concatenate((np.full(4, np.nan), values, np.full(4, np.nan)))
    beside = np.stack((padded[gaps], padded[gaps + 8]))
    there = ~np.isnan(beside)
    line = np.interp(gaps, np.flatnonzero(~np.isnan(values)), values[~np.isnan(values)])
    mean = np.where(there, beside, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    filled = values.copy()
    filled[gaps] = np.where(there.any(axis=0), mean, line)
    return filled, real, last


def _quarters(count: int) -> str:
    return f"{count} quarter{'' if count == 1 else 's'}"
