"""What a target asks for by the end of a quarter: a share of the year's count, a point on a line, or the level itself.

Months are counted from January 1970 (0), so that quarters and financial years are whole-number arithmetic on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParseError
from perfkit.model.spellings import written

Numbers = np.ndarray[Any, np.dtype[Any]]

COLUMNS = ("indicator", "part", "period", "expected", "expected_high", "how", "times", "target_row")
_FLAT = re.compile(
    r"percent|percentage|%|rate\b|ratio|quartile|milestone|index|score|average|mean|proportion", re.IGNORECASE
)
_SHARES = re.compile(r"[0-9.]+(?:/[0-9.]+){3}")
_USED = ("period", "part", "role", "kind", "low", "high", "relative", "basis", "profile", "baseline", "baseline_period")
_FAR = 100_000
_EQUAL = (25.0, 25.0, 25.0, 25.0)


def accumulates(unit: str) -> bool:
    """Say whether figures of a unit add up over quarters: counts, hours and money do, percentages and rates do not.

    >>> accumulates("count"), accumulates("percent"), accumulates("rate per 100,000")
    (True, False, False)
    """
    return _FLAT.match(unit) is None


def shares(profile: str | None) -> tuple[float, ...] | None:
    """Read a profile such as 20/25/25/30 as percentages of the year; equal if none is given, None if it is no share.

    Raises `ParseError` where the four do not make 100.

    >>> shares("20/25/25/30"), shares("equal")
    ((20.0, 25.0, 25.0, 30.0), (25.0, 25.0, 25.0, 25.0))
    """
    if profile is None or profile == "equal":
        return _EQUAL
    if not _SHARES.fullmatch(profile):
        return None
    parts = tuple(float(part) for part in profile.split("/"))
    if abs(sum(parts) - 100) > 0.5:
        raise ParseError(f'"{profile}" is not a profile: the four shares make {written(sum(parts))}, expected 100.')
    return tuple(100 * part / sum(parts) for part in parts)


def end_months(labels: pd.Series[Any]) -> Numbers:
    """Give the last month of each labelled period as a number, -1 where there is no label."""
    codes, unique = pd.factorize(labels)
    numbers = np.array([_end_month(str(text)) for text in unique] + [-1], dtype="int64")
    return numbers[codes]


def year_of_month(months: Numbers) -> Numbers:
    """Give the number of the financial year that each month lies in."""
    return (months - 3) // 12


def quarter_label(quarter: int) -> str:
    """Write the quarter of that number (its last month's number divided by 3).

    >>> quarter_label(570 // 3)
    '2017-18 Q2'
    """
    return periods.label(periods.quarter_of(pd.Period(ordinal=3 * quarter + 2, freq="M")))


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
    baseline, the interim targets and the final target. Source: the framework's targets, design section 4.

    >>> targets = pd.DataFrame({"indicator": ["visits"], "period": ["2017-18"], "part": [1], "role": ["target"],
    ...     "kind": ["threshold"], "low": [3332.0], "basis": ["year"]})
    >>> indicators = pd.DataFrame({"indicator": ["visits"], "financial_year": ["2017-18"], "unit": ["count"],
    ...     "series_type": ["ytd"]})
    >>> expected(targets, indicators=indicators, quarters=["2017-18 Q2"])[["expected", "how"]].values.tolist()
    [[1666.0, 'a quarter of 3,332 times 2']]
    """
    rows = _rows(targets.reset_index(drop=True))
    cells = _cells(rows, indicators, quarters)
    found = _level(cells, rows)
    _spread(found, cells, rows, _seasons(cells, history))
    return pd.DataFrame({**cells.names(rows), **{name: found[name] for name in COLUMNS[3:]}})


@dataclass(frozen=True)
class _Cells:
    """One cell for each (indicator, part) and quarter: its group of rows, last month, and how its figures behave."""

    group: Numbers
    month: Numbers
    period: Numbers
    adds: Numbers
    to_date: Numbers
    indicator: Numbers
    part: Numbers

    def names(self, rows: pd.DataFrame) -> dict[str, Any]:
        """Give the key columns."""
        return {"indicator": self.indicator, "part": self.part, "period": self.period}

    @property
    def year(self) -> Numbers:
        """The number of each cell's financial year."""
        return year_of_month(self.month)

    @property
    def quarter(self) -> Numbers:
        """The number of each cell's quarter in its year, 1 to 4."""
        return (self.month - 3) % 12 // 3 + 1


def _rows(targets: pd.DataFrame) -> pd.DataFrame:
    """Give the targets in order of group and month, with their full figures and where their line starts."""
    n = len(targets)
    blank = pd.Series(np.nan, index=targets.index)
    column = {name: targets[name] if name in targets else blank for name in _USED}
    kind, base, low, high = (column[name] for name in ("kind", "baseline", "low", "high"))
    relative = column["relative"].isin([True]).to_numpy()
    base, low, high = (part.to_numpy("float64", na_value=np.nan) for part in (base, low, high))
    moves = kind.isin(["change", "band"]).to_numpy()
    value = np.where(moves, np.where(relative, base * (1 + low / 100), base + low), low)
    upper = np.where(moves, np.where(relative, base * (1 + high / 100), base + high), high)
    part = column["part"].fillna(1).to_numpy("int64") if n else np.array([], dtype="int64")
    group, _ = pd.factorize(pd.Series(targets["indicator"].to_numpy(object)))
    rows = pd.DataFrame(
        {
            "row": np.arange(n),
            "indicator": targets["indicator"].to_numpy(object),
            "part": part,
            "code": group * 2 + part - 1,
            "month": end_months(column["period"]),
            "span": spans(column["period"]),
            "later": column["role"].isin(["interim", "final"]).to_numpy(),
            "value": np.where(kind.eq("maintain").to_numpy(), base, value),
            "high": np.where(kind.isin(["range", "band"]).to_numpy(), upper, np.nan),
            "level": kind.isin(["band", "maintain", "duration"]).to_numpy(),
            "held": kind.eq("duration").to_numpy(),
            "base": base,
            "base_month": end_months(column["baseline_period"]),
            "basis": column["basis"].to_numpy(object),
            "profile": column["profile"].to_numpy(object),
        }
    )
    rows = rows.sort_values(["code", "month"], kind="stable").reset_index(drop=True)
    rows["group"] = pd.factorize(rows["code"])[0]
    return _starts(rows)


def _starts(rows: pd.DataFrame) -> pd.DataFrame:
    """Add where the line to each row starts: its baseline, or for an interim or final target the point before it."""
    dated = np.where((rows["base_month"] >= 0) & rows["base"].notna(), rows["base_month"], -1)
    own = pd.DataFrame({"month": dated, "value": np.where(dated >= 0, rows["base"], np.nan)})
    first = own.where(own["month"] >= 0).groupby(rows["group"]).transform("first")
    for name, missing in (("month", -1), ("value", np.nan)):
        own[name] = own[name].where((own["month"] >= 0) | ~rows["later"], first[name].fillna(missing))
    before = rows[["month", "value"]].where(rows["group"].eq(rows["group"].shift())).shift(0)
    before = rows.groupby("group")[["month", "value"]].shift()
    joins = rows["later"] & before["value"].notna() & (before["month"].fillna(-1) > own["month"])
    flat = rows["level"] | ~rows["profile"].isin(["line", "step"]) & pd.Series(rows["profile"]).notna()
    month = np.where(joins, before["month"], own["month"])
    rows["start_month"] = np.where(flat, -1, month)
    rows["start_value"] = np.where(rows["start_month"] >= 0, np.where(joins, before["value"], own["value"]), np.nan)
    return rows


def _cells(rows: pd.DataFrame, indicators: pd.DataFrame, quarters: list[str]) -> _Cells:
    keys = rows.drop_duplicates("group")
    count = len(keys)
    months = end_months(pd.Series(quarters, dtype="object"))
    group, month = np.repeat(np.arange(count), len(quarters)), np.tile(months, count)
    indicator = keys["indicator"].to_numpy(object)
    unit, series = _definitions(indicator, indicators, sorted(set(year_of_month(months).tolist())))
    years = year_of_month(month)
    place = np.searchsorted(np.unique(year_of_month(months)), years)
    return _Cells(
        group,
        month,
        np.tile(np.array(quarters, dtype=object), count),
        unit[group, place],
        series[group, place],
        np.repeat(indicator, len(quarters)),
        np.repeat(keys["part"].to_numpy(), len(quarters)),
    )


def _definitions(names: Numbers, indicators: pd.DataFrame, years: list[int]) -> tuple[Numbers, Numbers]:
    """Give, by indicator and year, whether its figures add up and whether they are year-to-date.

    A year without a definition of its own takes the indicator's nearest one: a figure in arrears reaches back a year.
    """
    unit = indicators["unit"].fillna("")
    adds = unit.map({text: accumulates(str(text)) for text in unit.unique()}).to_numpy(bool)
    to_date = indicators["series_type"].eq("ytd").to_numpy()
    defined = year_of_month(end_months(indicators["financial_year"]))
    out = np.zeros((2, len(names), len(years)), dtype=bool)
    for place, year in enumerate(years):
        order = np.argsort(np.abs(defined - year), kind="stable")
        nearest = pd.Index(indicators["indicator"].to_numpy(object)[order])
        keep = ~nearest.duplicated()
        at = nearest[keep].get_indexer(names)
        chosen = order[keep][at]
        out[0, :, place] = np.where(at >= 0, adds[chosen], False)
        out[1, :, place] = np.where(at >= 0, to_date[chosen], False)
    return out[0], out[1]


def _level(cells: _Cells, rows: pd.DataFrame) -> dict[str, Numbers]:
    """Give every cell the level, line or step of the next row that falls due."""
    group, month = rows["group"].to_numpy(), rows["month"].to_numpy()
    at = np.searchsorted(group * _FAR + month, cells.group * _FAR + cells.month)
    at = np.minimum(at, max(len(rows) - 1, 0))
    mine = (group[at] == cells.group) & (month[at] >= cells.month)
    start, end = rows["start_month"].to_numpy()[at], month[at]
    whole_year = (end % 12 == 2) & (rows["span"].to_numpy()[at] != "quarter")
    same = np.where(whole_year, year_of_month(end) == cells.year, end // 3 == cells.month // 3)
    moving = mine & (start >= 0) & (cells.month >= start)
    governed = moving | (mine & (start < 0) & same)
    value, high, first = (rows[name].to_numpy()[at] for name in ("value", "high", "start_value"))
    step = rows["profile"].eq("step").to_numpy()[at]
    part = np.where(moving & (end > start), (cells.month - start) / np.maximum(end - start, 1), 1.0)
    part = np.where(step & (cells.month < end) & moving, 0.0, part)
    texts = _level_texts(rows)
    return {
        "expected": np.where(governed, np.where(moving & (part < 1), first + (value - first) * part, value), np.nan),
        "expected_high": np.where(governed, np.where(moving & (part < 1), first + (high - first) * part, high), np.nan),
        "how": np.where(governed & ~np.isnan(value), texts[at], ""),
        "times": np.where(governed, 1.0, np.nan),
        "target_row": np.where(governed, rows["row"].to_numpy()[at], -1),
    }


def _level_texts(rows: pd.DataFrame) -> Numbers:
    """Say for each row how its level is found."""
    value, first = _written(rows["value"]), _written(rows["start_value"])
    due, start = _month_names(rows["month"]), _month_names(rows["start_month"])
    step = rows["profile"].eq("step").to_numpy()
    return np.array(
        [
            f"{v}, the target's level" if not s else f"{f} until {d}, then {v}" if jump else
            f"straight line from {f} in {s} to {v} in {d}"
            for v, f, d, s, jump in zip(value, first, due, start, step, strict=True)
        ],
        dtype=object,
    )  # fmt: skip


def _spread(found: dict[str, Numbers], cells: _Cells, rows: pd.DataFrame, seasons: Numbers) -> None:
    """Overwrite the cells of counts: their year's figure by its profile, or their quarters' figures together."""
    at = _year_rows(cells, rows)
    basis, held = rows["basis"].to_numpy(object)[at], rows["held"].to_numpy()[at]
    alone = cells.adds & ~cells.to_date & np.isin(basis.astype(str), ["year", "month"]) & (at >= 0)
    counted = cells.adds & cells.to_date
    times, words = _times(cells, rows, at, seasons)
    use = (counted | alone) & (at >= 0) & ~held
    value, high = rows["value"].to_numpy()[at], rows["high"].to_numpy()[at]
    texts = _written(rows["value"])
    lost = counted & ~use & ~(rows["held"].to_numpy()[at] & (at >= 0))
    for name, figures in (("expected", value * times), ("expected_high", high * times), ("times", times)):
        found[name] = np.where(use, figures, np.where(lost, np.nan, found[name]))
    how = np.array([w.replace("#", t) for w, t in zip(words, texts[at], strict=True)], dtype=object)
    found["how"] = np.where(use & ~np.isnan(value), how, np.where(lost | use, "", found["how"]))
    found["target_row"] = np.where(use, rows["row"].to_numpy()[at], np.where(lost, -1, found["target_row"]))
    _by_quarter(found, cells, rows, counted)


def _times(cells: _Cells, rows: pd.DataFrame, at: Numbers, seasons: Numbers) -> tuple[Numbers, list[str]]:
    """Give how often the written figure counts by the end of each cell's quarter, and the words for it."""
    n, to_date = cells.quarter, cells.to_date
    basis = rows["basis"].to_numpy(object)[at].astype(str)
    profile = np.where(pd.isna(rows["profile"].to_numpy(object)), "equal", rows["profile"].to_numpy(object))[at]
    number = np.where(to_date, n, 1)
    times = np.where(basis == "quarter", number, np.where(basis == "month", 3 * number, number / 4)).astype("float64")
    words = np.array(["a quarter of # times 1", "a quarter of # times 2", "a quarter of # times 3", "4 quarters of #"])
    texts = np.array([f"a quarter of # times {k}" for k in range(1, 5)], dtype=object)[number - 1]
    texts = np.where(
        basis == "quarter", np.array([f"# a quarter times {k}" for k in range(1, 5)], dtype=object)[number - 1], texts
    )
    texts = np.where(
        basis == "month", np.array([f"# a month times {3 * k}" for k in range(1, 5)], dtype=object)[number - 1], texts
    )
    yearly = ~np.isin(basis, ["quarter", "month"])
    for name in pd.unique(profile):
        parts = shares(str(name))
        chosen = yearly & (profile == name)
        if name == "seasonal":
            times = np.where(chosen, seasons, times)
            texts = np.where(
                chosen, [f"{written(round(100 * x, 1))}% of #, as last year" if x == x else "" for x in seasons], texts
            )
        elif parts is not None and parts != _EQUAL:
            sums = np.cumsum(parts) / 100
            own = np.where(to_date, sums[n - 1], np.array(parts)[n - 1] / 100)
            times = np.where(chosen, own, times)
            texts = np.where(
                chosen, np.array([f"{written(round(100 * x, 4))}% of #" for x in own], dtype=object), texts
            )
    return times, list(texts)


def _year_rows(cells: _Cells, rows: pd.DataFrame) -> Numbers:
    """Find for each cell the row that stands for its financial year, -1 for none."""
    whole = (rows["month"] % 12 == 2) & (rows["span"] != "quarter")
    year = rows[whole].assign(order=rows["span"].ne("year"), year=year_of_month(rows["month"].to_numpy())[whole])
    year = year.sort_values("order", kind="stable").drop_duplicates(["group", "year"])
    keys = pd.Index(year["group"].to_numpy() * _FAR + year["year"].to_numpy())
    at = keys.get_indexer(cells.group * _FAR + cells.year)
    return np.where(at >= 0, year.index.to_numpy()[at] if len(year) else -1, -1)


def _by_quarter(found: dict[str, Numbers], cells: _Cells, rows: pd.DataFrame, counted: Numbers) -> None:
    """Where every quarter so far has a target of its own, put their sum (or the last, if it is written as to date)."""
    own = rows[rows["span"].eq("quarter")].copy()
    if own.empty:
        return
    own["year"] = year_of_month(own["month"].to_numpy())
    own["alone"] = own["basis"].eq("quarter")
    own["sum"] = own["value"].where(own["alone"]).groupby([own["group"], own["year"]]).cumsum()
    own["count"] = own["alone"].groupby([own["group"], own["year"]]).cumsum()
    complete = own["count"].eq((own["month"] - 3) % 12 // 3 + 1) & own["alone"]
    own = own[complete | ~own["alone"]]
    at = pd.Index(own["group"].to_numpy() * _FAR + own["month"].to_numpy()).get_indexer(
        cells.group * _FAR + cells.month
    )
    use = counted & (at >= 0)
    if not use.any():
        return
    alone = own["alone"].to_numpy()[at]
    value = np.where(alone, own["sum"].to_numpy()[at], own["value"].to_numpy()[at])
    found["expected"] = np.where(use, value, found["expected"])
    found["expected_high"] = np.where(use, np.nan, found["expected_high"])
    found["times"] = np.where(use, 1.0, found["times"])
    found["target_row"] = np.where(use, own["row"].to_numpy()[at], found["target_row"])
    texts = np.where(alone, "the quarters' targets so far together", "the quarter's target to date").astype(object)
    found["how"] = np.where(use, texts, found["how"])


def _seasons(cells: _Cells, history: pd.DataFrame | None) -> Numbers:
    """Give the share of last year's total that had come in by the same quarter, missing where it is not known."""
    if history is None or history.empty:
        return np.full(len(cells.group), np.nan)
    part = history["part"].fillna(1).to_numpy("int64") if "part" in history else np.ones(len(history), dtype="int64")
    known = history.assign(_month=end_months(history["period"]), _part=part).dropna(subset=["value"])
    known = known[known["period"].astype(str).str.contains("Q")]
    figures = known.drop_duplicates(["indicator", "_part", "_month"], keep="last").set_index(
        ["indicator", "_part", "_month"]
    )["value"]
    last = [(i, p, m) for i, p, m in zip(cells.indicator, cells.part, cells.month - 12, strict=True)]
    ends = [(i, p, 12 * y + 2) for i, p, y in zip(cells.indicator, cells.part, cells.year, strict=True)]
    so_far, whole = (figures.reindex(pd.MultiIndex.from_tuples(k)).to_numpy("float64") for k in (last, ends))
    return np.divide(so_far, whole, out=np.full(len(whole), np.nan), where=(whole != 0) & ~np.isnan(whole))


def _end_month(text: str) -> int:
    period = periods.parse(text)
    return int(pd.Period(period.end_time, freq="M").ordinal)


def spans(labels: pd.Series[Any]) -> Numbers:
    """Say whether each label is of a year, a quarter or a month; "" where there is none."""
    codes, unique = pd.factorize(labels)
    return np.array([str(periods.kind(periods.parse(str(text)))) for text in unique] + [""], dtype=object)[codes]


def _month_names(months: pd.Series[Any]) -> Numbers:
    codes, unique = pd.factorize(months)
    names = ["" if m < 0 else periods.label(pd.Period(ordinal=int(m), freq="M")) for m in unique]
    return np.array(names, dtype=object)[codes]


def _written(values: pd.Series[Any]) -> Numbers:
    codes, unique = pd.factorize(values)
    return np.array([written(round(float(x), 4)) for x in unique] + [""], dtype=object)[codes]
