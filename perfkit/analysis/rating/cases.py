"""Lining up: one case for each indicator and report quarter, with its figure, the figure of a year ago and its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import periods, trajectories
from perfkit.model.errors import ParameterError

Numbers = np.ndarray[Any, np.dtype[Any]]

_FAR = 1_000_000


@dataclass(frozen=True)
class Cases:
    """The cases, as places in the tables (-1 for none) and quarters as numbers; parts are the two of a pair."""

    indicators: pd.DataFrame
    observations: pd.DataFrame
    targets: pd.DataFrame
    expected: pd.DataFrame
    defined: Numbers
    quarter: Numbers
    data_quarter: Numbers
    observed: tuple[Numbers, Numbers]
    year_ago: Numbers
    asked: tuple[Numbers, Numbers]

    def definition(self, name: str) -> pd.Series[Any]:
        """Give a column of the indicators, one row a case."""
        return take(self.indicators, name, self.defined)

    def told(self, name: str, part: int = 1) -> pd.Series[Any]:
        """Give a column of the observations, missing where nothing was told."""
        return take(self.observations, name, self.observed[part - 1])

    def promised(self, name: str, part: int = 1) -> pd.Series[Any]:
        """Give a column of the target that governs."""
        rows = take(self.expected, "target_row", self.asked[part - 1]).fillna(-1).to_numpy("int64")
        return take(self.targets, name, rows)

    def value_at(self, places: Numbers) -> Numbers:
        """Give the figures of observations at places."""
        return take(self.observations, "value", places).to_numpy("float64", na_value=np.nan)

    def due(self, name: str, part: int = 1) -> Numbers:
        """Give a number of what is expected."""
        return take(self.expected, name, self.asked[part - 1]).to_numpy("float64", na_value=np.nan)


def take(frame: pd.DataFrame, name: str, places: Numbers) -> pd.Series[Any]:
    """Give a column's values at places, missing at -1 and where the frame has no such column."""
    if name not in frame or frame.empty:
        return pd.Series(np.nan, index=range(len(places)), dtype="object")
    column = frame[name]
    if places.size and places.min() < 0 and column.dtype.kind in "iub":
        column = column.astype("float64") if column.dtype.kind in "iu" else column.astype("object")
    return pd.Series(column.array.take(places, allow_fill=True), name=name)


def line_up(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    indicators: pd.DataFrame,
    quarters: list[str],
    area: str | None,
) -> Cases:
    """Put every indicator of each quarter's financial year beside its figure and its target."""
    indicators, targets = indicators.reset_index(drop=True), targets.reset_index(drop=True)
    observations = _of_area(observations, area).reset_index(drop=True)
    defined, quarter = _grid(indicators, quarters)
    data_quarter = (
        quarter - indicators["arrears"].fillna(0).to_numpy("int64")[defined] if "arrears" in indicators else quarter
    )
    codes, names = pd.factorize(indicators["indicator"])
    code = codes[defined]
    observed, year_ago = _observed(observations, pd.Index(names), code, data_quarter)
    labels = [trajectories.quarter_label(int(q)) for q in np.unique(data_quarter)]
    expected = trajectories.expected(targets, indicators=indicators, quarters=labels, history=observations)
    asked = _asked(expected, pd.Index(names), code, data_quarter)
    return Cases(indicators, observations, targets, expected, defined, quarter, data_quarter, observed, year_ago, asked)


def reported(observations: pd.DataFrame) -> list[str]:
    """List the quarters in whose returns figures appeared, in order."""
    labels = observations["report_period" if "report_period" in observations else "period"].dropna().unique()
    quarters = {periods.quarter_of(periods.parse(str(text))) for text in labels}
    return [periods.label(quarter) for quarter in sorted(quarters)]


def _of_area(observations: pd.DataFrame, area: str | None) -> pd.DataFrame:
    if "area" not in observations:
        return observations
    if area is not None:
        return observations[observations["area"] == area]
    keys = [name for name in ("indicator", "period", "part") if name in observations]
    if observations.duplicated(keys).any():
        areas = ", ".join(sorted(observations["area"].dropna().unique())[:5])
        raise ParameterError(f"the observations hold several areas ({areas}): name the one to rate, area=...")
    return observations


def _grid(indicators: pd.DataFrame, quarters: list[str]) -> tuple[Numbers, Numbers]:
    """Give for each case the place of its definition and the number of its report quarter, quarter by quarter."""
    years = trajectories.year_of_month(trajectories.end_months(indicators["financial_year"]))
    places, numbers = [np.array([], dtype="int64")], [np.array([], dtype="int64")]
    for month in trajectories.end_months(pd.Series(quarters, dtype="object")):
        rows = np.flatnonzero(years == trajectories.year_of_month(month))
        places.append(rows)
        numbers.append(np.full(len(rows), month // 3))
    return np.concatenate(places), np.concatenate(numbers)


def _observed(
    observations: pd.DataFrame, names: pd.Index[Any], code: Numbers, quarter: Numbers
) -> tuple[tuple[Numbers, Numbers], Numbers]:
    """Find each case's observation of part 1 and 2, and part 1 of the same quarter a year before.

    A month that ends the quarter stands for it where the quarter has no row, and a year for its quarter 4.
    """
    month = trajectories.end_months(observations["period"])
    part = observations["part"].fillna(1).to_numpy("int64") if "part" in observations else np.ones(len(month), "int64")
    order = trajectories.spans(observations["period"])
    rank = np.where(order == "quarter", 0, np.where(order == "month", 1, 2))
    at = names.get_indexer(observations["indicator"])
    usable = np.flatnonzero((at >= 0) & (month % 3 == 2))
    usable = usable[np.argsort(rank[usable], kind="stable")]
    key = _key(at[usable], month[usable] // 3, part[usable])
    key, first = np.unique(key, return_index=True)
    rows = usable[first]
    found = [_find(key, rows, _key(code, quarter - back, which)) for back, which in ((0, 1), (0, 2), (4, 1))]
    return (found[0], found[1]), found[2]


def _asked(expected: pd.DataFrame, names: pd.Index[Any], code: Numbers, quarter: Numbers) -> tuple[Numbers, Numbers]:
    at = names.get_indexer(expected["indicator"])
    usable = np.flatnonzero(at >= 0)
    months = trajectories.end_months(expected["period"])[usable]
    key = _key(at[usable], months // 3, expected["part"].to_numpy("int64")[usable])
    order = np.argsort(key, kind="stable")
    return tuple(_find(key[order], usable[order], _key(code, quarter, which)) for which in (1, 2))  # type: ignore[return-value]


def _key(code: Numbers, quarter: Numbers, part: Numbers | int) -> Numbers:
    return (code.astype("int64") * _FAR + quarter) * 2 + part - 1


def _find(keys: Numbers, rows: Numbers, wanted: Numbers) -> Numbers:
    """Give the row of each wanted key among the sorted keys, -1 for none."""
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, rows[at], -1)
