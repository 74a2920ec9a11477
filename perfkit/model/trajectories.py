"""What a target asks for by the end of a quarter: a share of the year's count, a point on a line, or the level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import ordinals, profiles
from perfkit.model.ordinals import Numbers
from perfkit.model.spellings import written

_USED = (
    "period", "part", "role", "kind", "low", "high", "relative", "basis", "profile", "baseline", "baseline_period",
)  # fmt: skip
_FAR = 100_000
_EQUAL_PROFILES = ("", "equal", "line", "step")


@dataclass(frozen=True)
class Cells:
    """What is asked: the group (indicator and part; -1 for none), the quarter's last month, and whether the figures
    add up over quarters and are year-to-date.
    """

    group: Numbers
    month: Numbers
    adds: Numbers
    to_date: Numbers


@dataclass(frozen=True)
class Found:
    """What is expected, one entry a cell; ``row`` is the place of the governing target, ``how`` a place in
    ``texts``."""

    expected: Numbers
    high: Numbers
    times: Numbers
    row: Numbers
    how: Numbers
    texts: list[str]


def expected(
    targets: pd.DataFrame, *, indicators: pd.DataFrame, quarters: list[str], history: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give what each indicator's target asks for by the end of each quarter.

    Needs the columns of the tables ``targets`` and ``indicators``; ``history`` (observations) only for the profile
    "seasonal". Gives one row per (indicator, part, period): ``expected`` and ``expected_high`` in the indicator's unit
    (missing where the target gives no number for the quarter), ``how`` it was found in words, ``times`` (how often the
    written figure is counted) and ``target_row``, the place in ``targets`` of the row that governs, -1 for none.

    Year-to-date counts take the year's profile; a target per quarter or month is counted as often as there were
    quarters or months; percentages, rates and snapshots stay at their level, or lie on the line (or step) between the
    baseline, the interim targets and the final target. Source: docs/reference/ratings.md.

    >>> targets = pd.DataFrame({"indicator": ["visits"], "period": ["2017-18"], "part": [1], "role": ["target"],
    ...     "kind": ["threshold"], "low": [3332.0], "basis": ["year"]})
    >>> indicators = pd.DataFrame({"indicator": ["visits"], "financial_year": ["2017-18"], "unit": ["count"],
    ...     "series_type": ["ytd"]})
    >>> expected(targets, indicators=indicators, quarters=["2017-18 Q2"])[["expected", "how"]].values.tolist()
    [[1666.0, 'a quarter of 3,332 times 2']]
    """
    rows = arrange(targets)
    keys = rows.drop_duplicates("group")
    months = ordinals.end_months(pd.Series(quarters, dtype="object"))
    group, month = np.repeat(np.arange(len(keys)), len(quarters)), np.tile(months, len(keys))
    adds, to_date = _behaviour(keys["indicator"], indicators, group, ordinals.year(month))
    found = find(rows, Cells(group, month, adds, to_date), history=history)
    return pd.DataFrame(
        {
            "indicator": keys["indicator"].to_numpy(object)[group],
            "part": keys["part"].to_numpy()[group],
            "period": np.tile(np.array(quarters, dtype=object), len(keys)),
            "expected": found.expected,
            "expected_high": found.high,
            "how": np.array(found.texts, dtype=object)[found.how],
            "times": found.times,
            "target_row": found.row,
        }
    )


def arrange(targets: pd.DataFrame) -> pd.DataFrame:
    """Order targets by group (indicator and part) and month, with full figures and where the line to each starts."""
    column = {name: targets[name] if name in targets else pd.Series(np.nan, index=targets.index) for name in _USED}
    kind, relative = column["kind"], column["relative"].isin([True]).to_numpy(bool)
    base, low, high = (column[name].to_numpy("float64", na_value=np.nan) for name in ("baseline", "low", "high"))
    moved = kind.isin(["change", "band"]).to_numpy(bool)
    low, high = (
        np.where(moved, np.where(relative, base * (1 + figure / 100), base + figure), figure) for figure in (low, high)
    )
    code, _ = ordinals.encode(targets["indicator"])
    part = column["part"].to_numpy("float64", na_value=1).astype("int64")
    rows = pd.DataFrame(
        {
            "row": np.arange(len(targets)),
            "indicator": targets["indicator"].to_numpy(object),
            "part": part,
            "code": 2 * code + part - 1,
            "month": ordinals.end_months(column["period"]),
            "span": ordinals.spans(column["period"]),
            "later": column["role"].isin(["interim", "final"]).to_numpy(bool),
            "value": np.where(kind.isin(["maintain"]).to_numpy(bool), base, low),
            "high": np.where(kind.isin(["range", "band"]).to_numpy(bool), high, np.nan),
            "level": kind.isin(["band", "maintain", "duration"]).to_numpy(bool),
            "held": kind.isin(["duration"]).to_numpy(bool),
            "base": base,
            "base_month": ordinals.end_months(column["baseline_period"]),
            "basis": _basis(column["basis"]),
            "profile": _words(column["profile"]),
        }
    )
    order = np.lexsort((rows["month"].to_numpy(), rows["code"].to_numpy()))
    rows = rows.iloc[order].reset_index(drop=True)
    rows["group"] = np.unique(rows["code"].to_numpy(), return_inverse=True)[1]
    return _starts(rows)


def find(rows: pd.DataFrame, cells: Cells, *, history: pd.DataFrame | None = None) -> Found:
    """Find what arranged targets ask for in each cell."""
    if rows.empty:
        none = np.full(len(cells.group), np.nan)
        return Found(none, none, none, np.full(len(none), -1), np.zeros(len(none), dtype="int64"), [""])
    level = _level(rows, cells)
    return _by_quarter(rows, cells, _spread(rows, cells, level, history))


def _basis(column: pd.Series[Any]) -> Numbers:
    """Number what a figure is for, as `profiles.times` counts it; 0 for a level or what is not said."""
    codes, unique = ordinals.encode(column)
    return np.array([*(profiles.BASES.get(word, 0) for word in unique), 0], dtype="int64")[codes]


def _words(column: pd.Series[Any]) -> Numbers:
    codes, unique = ordinals.encode(column)
    return np.array([*unique, ""], dtype=object)[codes]


def _starts(rows: pd.DataFrame) -> pd.DataFrame:
    """Add where the line to each row starts: its baseline, or for an interim or final target the point before it."""
    group, later = rows["group"].to_numpy(), rows["later"].to_numpy()
    base, dated = rows["base"].to_numpy(), rows["base_month"].to_numpy()
    known = (dated >= 0) & ~np.isnan(base)
    month, value = np.where(known, dated, -1), np.where(known, base, np.nan)
    lacks = later & ~known
    if lacks.any():
        first = pd.DataFrame({"month": dated, "value": base})[known].groupby(group[known]).first().reindex(group)
        month = np.where(lacks & first["month"].notna(), first["month"].fillna(-1), month).astype("int64")
        value = np.where(lacks, first["value"], value)
    same = np.append(False, group[1:] == group[:-1])
    before_month, before_value = (np.append(np.nan, rows[name].to_numpy("float64")[:-1]) for name in ("month", "value"))
    joins = later & same & ~np.isnan(before_value) & (before_month > month)
    flat = rows["level"].to_numpy() | ~np.isin(rows["profile"].to_numpy(), ["line", "step", ""])
    start = np.where(flat, -1, np.where(joins, before_month, month)).astype("int64")
    figure = np.where(start < 0, np.nan, np.where(joins, before_value, value))
    return rows.assign(start_month=start, start_value=figure)


def _behaviour(
    names: pd.Series[Any], indicators: pd.DataFrame, group: Numbers, year: Numbers
) -> tuple[Numbers, Numbers]:
    """Say of each cell whether its figures add up and are year-to-date, by the definition of the nearest year."""
    adds = profiles.adding(indicators["unit"])
    to_date = indicators["series_type"].eq("ytd").to_numpy(bool)
    defined = ordinals.year(ordinals.end_months(indicators["financial_year"]))
    out = np.zeros((2, len(group)), dtype=bool)
    for each in np.unique(year):
        order = np.argsort(np.abs(defined - each), kind="stable")
        nearest = pd.Index(indicators["indicator"].to_numpy(object)[order])
        keep = ~nearest.duplicated()
        at = nearest[keep].get_indexer(names.to_numpy(object))
        for place, behaves in enumerate((adds, to_date)):
            mine = np.append(behaves[order[keep]], False)[at]
            out[place] = np.where(year == each, mine[group], out[place])
    return out[0], out[1]


def _level(rows: pd.DataFrame, cells: Cells) -> Found:
    """Give every cell the level, line or step of the next row that falls due."""
    group, month = rows["group"].to_numpy(), rows["month"].to_numpy()
    at = np.searchsorted(group * _FAR + month, cells.group * _FAR + cells.month)
    at = np.minimum(at, len(rows) - 1)
    mine = (group[at] == cells.group) & (month[at] >= cells.month)
    start, end = rows["start_month"].to_numpy()[at], month[at]
    whole = (end % 12 == 2) & (rows["span"].to_numpy() != "quarter")[at]
    same = np.where(whole, ordinals.year(end) == ordinals.year(cells.month), end // 3 == cells.month // 3)
    moving = mine & (start >= 0) & (cells.month >= start)
    governed = moving | (mine & (start < 0) & same)
    share = np.where(moving & (end > start), (cells.month - start) / np.maximum(end - start, 1), 1.0)
    share = np.where((rows["profile"].to_numpy() == "step")[at] & (cells.month < end) & moving, 0.0, share)
    value, high, first = (rows[name].to_numpy()[at] for name in ("value", "high", "start_value"))
    between = moving & (share < 1)
    texts, text = _level_texts(rows)
    return Found(
        np.where(governed, np.where(between, first + (value - first) * share, value), np.nan),
        np.where(governed, np.where(between, first + (high - first) * share, high), np.nan),
        np.where(governed, 1.0, np.nan),
        np.where(governed, rows["row"].to_numpy()[at], -1),
        np.where(governed & ~np.isnan(value), text[at], 0),
        texts,
    )


def _level_texts(rows: pd.DataFrame) -> tuple[list[str], Numbers]:
    """Give the words for how a level is found, and each row's place among them; the first are ""."""
    frame = rows[["value", "start_value", "start_month", "month"]].assign(step=rows["profile"] == "step")
    frame["month"] = frame["month"].where(frame["start_month"] >= 0, -1)
    codes = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup().to_numpy()
    _, places = np.unique(codes, return_index=True)
    texts = [_level_text(*row) for row in frame.iloc[places].itertuples(index=False, name=None)]
    return ["", *texts], codes + 1


def _level_text(value: float, first: float, start: int, end: int, step: bool) -> str:
    to = _figure(value)
    if start < 0:
        return f"{to}, the target's level"
    if step:
        return f"{_figure(first)} until {ordinals.month_name(end)}, then {to}"
    return f"straight line from {_figure(first)} in {ordinals.month_name(start)} to {to} in {ordinals.month_name(end)}"


def _figure(value: float) -> str:
    return "" if np.isnan(value) else written(round(float(value), 4))


def _spread(rows: pd.DataFrame, cells: Cells, level: Found, history: pd.DataFrame | None) -> Found:
    """Give counts their share of the year's figure, or their quarters' (or months') figures together."""
    at = _year_rows(rows, cells)
    basis, profile = np.append(rows["basis"].to_numpy(), 0)[at], rows["profile"].to_numpy()
    plain = not np.isin(profile, _EQUAL_PROFILES, invert=True).any()
    own = None if plain else np.append(profile, "")[at]
    held, there = np.append(rows["held"].to_numpy(), False)[at], at >= 0
    counted = cells.adds & cells.to_date
    use = there & ~held & (counted | (cells.adds & (basis >= profiles.BASES["month"])))
    lost = counted & ~use & ~held
    seasons = _seasons(rows, cells, history if (profile == "seasonal").any() else None)
    number = ordinals.in_year(cells.month)
    times, which, words = profiles.times(number, to_date=cells.to_date, basis=basis, profile=own, seasons=seasons)
    value, high = (np.append(rows[name].to_numpy(), np.nan)[at] for name in ("value", "high"))
    texts, how = _spread_texts(value, which, words, offset=len(level.texts))
    return Found(
        np.where(use, value * times, np.where(lost, np.nan, level.expected)),
        np.where(use, high * times, np.where(lost, np.nan, level.high)),
        np.where(use, times, np.where(lost, np.nan, level.times)),
        np.where(use, np.append(rows["row"].to_numpy(), -1)[at], np.where(lost, -1, level.row)),
        np.where(use & ~np.isnan(value), how, np.where(use | lost, 0, level.how)),
        level.texts + texts,
    )


def _spread_texts(value: Numbers, which: Numbers, words: list[str], *, offset: int) -> tuple[list[str], Numbers]:
    figures, unique = pd.factorize(value)
    codes, pairs = pd.factorize(figures.astype("int64") * len(words) + which)
    written_once = [_figure(float(each)) for each in unique]
    texts = [
        "" if pair < 0 else words[pair % len(words)].replace("#", written_once[pair // len(words)]) for pair in pairs
    ]
    return texts, codes + offset


def _year_rows(rows: pd.DataFrame, cells: Cells) -> Numbers:
    """Find for each cell the row that stands for its financial year, -1 for none; a year's own label comes first."""
    month, span = rows["month"].to_numpy(), rows["span"].to_numpy()
    whole = np.flatnonzero((month % 12 == 2) & (span != "quarter"))
    keys = rows["group"].to_numpy()[whole] * _FAR + ordinals.year(month[whole])
    order = np.argsort(span[whole] != "year", kind="stable")
    unique, first = np.unique(keys[order], return_index=True)
    return locate(unique, whole[order][first], cells.group * _FAR + ordinals.year(cells.month))


def locate(keys: Numbers, places: Numbers, wanted: Numbers) -> Numbers:
    """Give the place that belongs to each wanted key among the sorted keys, -1 for none."""
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, places[at], -1)


def _seasons(rows: pd.DataFrame, cells: Cells, history: pd.DataFrame | None) -> Numbers:
    if history is None or history.empty:
        return np.full(len(cells.group), np.nan)
    keys = rows.drop_duplicates("group")
    indicator, part = (keys[name].to_numpy()[cells.group] for name in ("indicator", "part"))
    return profiles.last_year(history, indicator=indicator, part=part, month=cells.month)


def _by_quarter(rows: pd.DataFrame, cells: Cells, found: Found) -> Found:
    """Where every quarter so far has its own target, give their sum; or the quarter's own, if it is written to date."""
    own = rows[rows["span"].eq("quarter")]
    if own.empty:
        return found
    alone, month = own["basis"].eq(profiles.BASES["quarter"]), own["month"].to_numpy()
    year = [own["group"], pd.Series(ordinals.year(month), index=own.index)]
    sums = own["value"].where(alone).groupby(year).cumsum().where(alone, own["value"])
    complete = alone.astype("int64").groupby(year).cumsum().eq(ordinals.in_year(month)) | ~alone
    keys = own["group"].to_numpy() * _FAR + month
    places = np.where(complete, np.arange(len(own)), -1)
    at = locate(keys, places, cells.group * _FAR + cells.month)
    use = cells.adds & cells.to_date & (at >= 0)
    texts = ["the quarters' targets so far together", "the quarter's target to date"]
    return Found(
        np.where(use, sums.to_numpy()[at], found.expected),
        np.where(use, np.nan, found.high),
        np.where(use, 1.0, found.times),
        np.where(use, own["row"].to_numpy()[at], found.row),
        np.where(use, len(found.texts) + np.where(alone.to_numpy()[at], 0, 1), found.how),
        found.texts + texts,
    )
