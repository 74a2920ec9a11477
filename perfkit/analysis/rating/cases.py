"""Lining up: one case for each indicator and report quarter, with its figure, that of a year ago, and its target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import ordinals, periods, profiles, trajectories
from perfkit.model.errors import ParameterError
from perfkit.model.ordinals import Numbers
from perfkit.model.schemas import TARGET_KINDS

_YEAR = 4


@dataclass(frozen=True)
class Cases:
    """The cases: places in the tables (-1 for none), quarters as numbers; the second of two is the 'of which' of a
    pair."""

    indicators: pd.DataFrame
    observations: pd.DataFrame
    targets: pd.DataFrame
    defined: Numbers
    quarter: Numbers
    data_quarter: Numbers
    observed: tuple[Numbers, Numbers]
    year_ago: Numbers
    found: tuple[trajectories.Found, trajectories.Found]

    def definition(self, name: str) -> pd.Series[Any]:
        """Give a column of the indicators, one row a case."""
        return take(self.indicators, name, self.defined)

    def defined_as(self, name: str, *words: object) -> Numbers:
        """Say for which cases a column of the indicators holds one of the words."""
        return among(self.indicators, name, *words)[self.defined]

    def told(self, name: str) -> pd.Series[Any]:
        """Give a column of the observations, missing where nothing was told."""
        return take(self.observations, name, self.observed[0])

    def promised(self, name: str) -> pd.Series[Any]:
        """Give a column of the targets that govern, missing where there is none."""
        return take(self.targets, name, self.found[0].row)

    def promised_as(self, name: str, *words: object) -> Numbers:
        """Say for which cases a column of the governing target holds one of the words."""
        return np.append(among(self.targets, name, *words), False)[self.found[0].row]

    @cached_property
    def kinds(self) -> Numbers:
        """The kind of the governing target, as its place in `TARGET_KINDS`; -1 where there is none."""
        if "kind" not in self.targets:
            return np.full(len(self.quarter), -1)
        codes = pd.Index(TARGET_KINDS).get_indexer(self.targets["kind"].astype("object"))
        return np.append(codes, -1).astype("int8")[self.found[0].row]

    def of_kind(self, *names: str) -> Numbers:
        """Say which cases have a target of one of the kinds."""
        held = [self.kinds == TARGET_KINDS.index(name) for name in names]
        return np.asarray(np.logical_or.reduce(held))

    @cached_property
    def percent(self) -> Numbers:
        """Which cases are percentages."""
        return self.defined_as("unit", "percent")

    def figures(self, places: Numbers) -> Numbers:
        """Give the values of observations at places."""
        return numbers(self.observations, "value")[places]


def take(frame: pd.DataFrame, name: str, places: Numbers) -> pd.Series[Any]:
    """Give a column's values at places, missing at -1 and where the frame has no such column."""
    if name not in frame or frame.empty:
        return pd.Series(np.nan, index=range(len(places)), dtype="object")
    column = frame[name]
    if column.dtype.kind in "iub" and places.size and places.min() < 0:
        column = column.astype("object" if column.dtype.kind == "b" else "float64")
    return pd.Series(column.array.take(places, allow_fill=True))


def among(frame: pd.DataFrame, name: str, *words: object) -> Numbers:
    """Say where a column holds one of the words; missing is none of them."""
    if name not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame[name].isin(words), dtype=bool)


def numbers(frame: pd.DataFrame, name: str) -> Numbers:
    """Give a column as numbers with a missing one at the end, so that the place -1 is missing."""
    if name not in frame:
        return np.full(len(frame) + 1, np.nan)
    return np.append(frame[name].to_numpy("float64", na_value=np.nan), np.nan)


def reported(observations: pd.DataFrame) -> list[str]:
    """List the quarters in whose returns figures appeared, in order."""
    labels = observations["report_period" if "report_period" in observations else "period"].dropna().unique()
    found = {periods.quarter_of(periods.parse(str(text))) for text in labels}
    return [periods.label(quarter) for quarter in sorted(found)]


def line_up(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    indicators: pd.DataFrame,
    quarters: list[str],
    area: str | None,
) -> Cases:
    """Put every indicator of each quarter's financial year beside its figure and its target."""
    if area is not None:
        observations = observations[observations["area"] == area]
    observations, targets, indicators = (t.reset_index(drop=True) for t in (observations, targets, indicators))
    defined, quarter = _grid(indicators, quarters)
    late = numbers(indicators, "arrears")[:-1]
    data_quarter = quarter - np.where(np.isnan(late), 0, late).astype("int64")[defined]
    code, names = ordinals.encode(indicators["indicator"])
    known = pd.Index(names, dtype="object")
    *observed, year_ago = _observed(observations, known, code[defined], data_quarter)
    rows = trajectories.arrange(targets)
    found = _found(
        rows, known, indicators, code=code[defined], defined=defined, quarter=data_quarter, told=observations
    )
    return Cases(
        indicators, observations, targets, defined, quarter, data_quarter, (observed[0], observed[1]), year_ago, found
    )


def _grid(indicators: pd.DataFrame, quarters: list[str]) -> tuple[Numbers, Numbers]:
    """Give for each case the place of its definition and the number of its report quarter, quarter by quarter."""
    years = ordinals.year(ordinals.end_months(indicators["financial_year"]))
    months = [ordinals.end_month(label) for label in quarters]
    places = [np.flatnonzero(years == ordinals.year(np.array(month))) for month in months]
    counts = [len(rows) for rows in places]
    return np.concatenate([np.array([], dtype="int64"), *places]), np.repeat(
        np.array(months, dtype="int64") // 3, counts
    )


def _observed(observations: pd.DataFrame, known: pd.Index[Any], code: Numbers, quarter: Numbers) -> list[Numbers]:
    """Find each case's observation of part 1 and 2, and part 1 of the same quarter a year before.

    A month that ends the quarter stands for it where the quarter has no row, and a year for its quarter 4.
    """
    if not len(quarter) or observations.empty:
        return [np.full(len(code), -1) for _ in range(3)]
    codes, names = ordinals.encode(observations["indicator"])
    at = np.append(known.get_indexer(pd.Index(names, dtype="object")), -1)[codes]
    month, rank = _months(observations["period"])
    first, span = int(quarter.min()) - _YEAR, int(quarter.max() - quarter.min()) + _YEAR + 1
    part = numbers(observations, "part")[:-1]
    part = np.where(np.isnan(part), 1, part).astype("int64") - 1
    place = month // 3 - first
    usable = np.flatnonzero((at >= 0) & (month % 3 == 2) & (place >= 0) & (place < span))
    key = (at[usable] * span + place[usable]) * 2 + part[usable]
    table = np.full(len(known) * span * 2, -1)
    for each in (2, 1, 0):
        own = rank[usable] == each
        _refuse_mixed(observations, usable[own], key[own])
        table[key[own]] = usable[own]
    return [table[(code * span + quarter - first - back) * 2 + which] for back, which in ((0, 0), (0, 1), (_YEAR, 0))]


def _months(labels: pd.Series[Any]) -> tuple[Numbers, Numbers]:
    """Give each label's last month, and how well it names a quarter: 0 itself, 1 as a month, 2 as a year."""
    codes, unique = ordinals.encode(labels)
    months = np.array([*(ordinals.end_month(text) for text in unique), -1], dtype="int64")
    kinds = ("quarter", "month", "year")
    ranks = np.array([*(kinds.index(periods.kind(periods.parse(text))) for text in unique), 0], dtype="int64")
    return months[codes], ranks[codes]


def _refuse_mixed(observations: pd.DataFrame, places: Numbers, key: Numbers) -> None:
    """Refuse two figures of one indicator and period: several areas, or a table that was put together twice."""
    if not len(key) or np.bincount(key).max() < 2:
        return
    areas = sorted(observations["area"].iloc[places].dropna().unique()) if "area" in observations else []
    if len(areas) > 1:
        shown = ", ".join(areas[:5]) + (" ..." if len(areas) > 5 else "")
        raise ParameterError(f"the observations hold {len(areas)} areas ({shown}): name the one to rate, area=...")
    row = observations.iloc[places[pd.Series(key).duplicated().to_numpy()][0]]
    raise ParameterError(
        f'the observations hold "{row["indicator"]}" for {row["period"]} twice: give each figure once.'
    )


def _found(
    rows: pd.DataFrame,
    known: pd.Index[Any],
    indicators: pd.DataFrame,
    *,
    code: Numbers,
    defined: Numbers,
    quarter: Numbers,
    told: pd.DataFrame,
) -> tuple[trajectories.Found, trajectories.Found]:
    """Find what is expected of both parts in every case, by the case's own definition."""
    adds = profiles.adding(indicators["unit"])[defined]
    to_date = among(indicators, "series_type", "ytd")[defined]
    keys = rows.drop_duplicates("group")
    at = known.get_indexer(pd.Index(keys["indicator"], dtype="object"))
    groups = np.full(2 * len(known) + 2, -1)
    groups[np.where(at >= 0, 2 * at + keys["part"].to_numpy() - 1, -1)] = np.where(
        at >= 0, keys["group"].to_numpy(), -1
    )
    first, second = (
        trajectories.find(
            rows, trajectories.Cells(groups[2 * code + which], 3 * quarter + 2, adds, to_date), history=told
        )
        if which == 0 or (keys["part"] == 2).any()
        else _nothing(len(code))
        for which in (0, 1)
    )
    return first, second


def _nothing(count: int) -> trajectories.Found:
    none = np.full(count, np.nan)
    return trajectories.Found(none, none, none, np.full(count, -1), np.zeros(count, dtype="int64"), [""])
