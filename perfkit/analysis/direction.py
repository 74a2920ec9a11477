"""Direction of travel: against the previous quarter and against the same quarter last year, by polarity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import ordinals, profiles, trajectories
from perfkit.model.ordinals import Numbers

_DEFINED = ("unit", "polarity", "series_type", "definition")
_PROMISED = ("kind", "direction", "low", "high", "comparator")
_SLACK = 1e-9
_NEUTRAL = "neither direction is good for this indicator"


def travel(
    observations: pd.DataFrame,
    *,
    indicators: pd.DataFrame,
    quarters: list[str],
    targets: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say whether each indicator got better or worse since the previous quarter and since a year ago.

    Needs the columns of the tables; of pairs it compares the first part. Gives one row per indicator of the quarter's
    financial year and quarter: ``value``, ``previous_value``, ``change``, ``direction_previous``, ``reason_previous``,
    ``year_ago_value``, ``change_year``, ``direction_year``, ``reason_year`` and ``reason`` (both together). Changes are
    in the indicator's unit: points for percentages. A direction is improving, deteriorating, unchanged, or "" with a
    reason.

    Year-to-date counts only grow, so the quarter's own figure (this quarter's less the one before) is compared with the
    previous quarter's own figure; with a year ago the figures to date are compared. Percentages and rates to date are
    compared with a year ago only. Nothing is compared across a change of definition, or (where ``targets`` are given)
    of target; the points of one trajectory are no change. Figures in arrears are compared by their own periods.

    >>> periods = ["2017-18 Q1", "2017-18 Q2"]
    >>> observations = pd.DataFrame({"indicator": "calls", "period": periods, "value": [81.0, 79.5]})
    >>> indicators = pd.DataFrame({"indicator": ["calls"], "financial_year": ["2017-18"], "unit": ["percent"],
    ...     "polarity": ["higher"], "series_type": ["point"]})
    >>> moved = travel(observations, indicators=indicators, quarters=["2017-18 Q2"])
    >>> moved[["change", "direction_previous", "reason_year"]].values.tolist()
    [[-1.5, 'deteriorating', 'no value for 2016-17 Q2']]
    """
    cells = _cells(indicators.reset_index(drop=True), quarters)
    figures = _figures(observations)
    edges = None if targets is None else _edges(cells, indicators, targets)
    now, last, year = (_at(figures, cells, back) for back in (0, 1, 4))
    own, own_last = (
        _own(cells, now, last),
        _own(cells.assign(quarter=cells["quarter"] - 1), last, _at(figures, cells, 2)),
    )
    result = cells[["indicator", "period"]].assign(value=now)
    for name, here, there, back in (("previous", own, own_last, 1), ("year", now, year, 4)):
        reason = _reasons(cells, here, there, back=back, indicators=indicators, edges=edges)
        result = result.assign(**_compared(cells, here, there, name=name, back=back, reason=reason, edges=edges))
    one, two = result["reason_previous"], result["reason_year"]
    return result.assign(reason=one.where(one == two, (one + "; " + two).str.strip("; ")))


def _cells(indicators: pd.DataFrame, quarters: list[str]) -> pd.DataFrame:
    """Give one row per indicator of each quarter's year, with the number of the quarter that its figure is about."""
    years = ordinals.year(ordinals.end_months(indicators["financial_year"]))
    frames = []
    for label, month in zip(quarters, ordinals.end_months(pd.Series(quarters, dtype="object")), strict=True):
        mine = indicators[years == ordinals.year(month)]
        late = mine["arrears"].fillna(0).astype("int64") if "arrears" in mine else 0
        yearly = mine["frequency"].eq("year") if "frequency" in mine else False
        frames.append(mine.assign(period=label, quarter=month // 3 - late, yearly=yearly, year=years[mine.index]))
    cells = pd.concat(frames, ignore_index=True)
    adds = cells["unit"].map({unit: profiles.accumulates(str(unit)) for unit in cells["unit"].unique()}).astype(bool)
    return cells.assign(counted=cells["series_type"].eq("ytd") & adds, to_date=cells["series_type"].eq("ytd") & ~adds)


def _figures(observations: pd.DataFrame) -> pd.Series[Any]:
    """Give the figures of part 1 by indicator and quarter; a quarter's own row comes before a month's or a year's."""
    first = observations[observations["part"].fillna(1).eq(1)] if "part" in observations else observations
    month = ordinals.end_months(first["period"])
    rank = pd.Series(ordinals.spans(first["period"])).map({"quarter": 0, "month": 1, "year": 2}).to_numpy()
    frame = pd.DataFrame(
        {
            "indicator": first["indicator"].to_numpy(object),
            "quarter": month // 3,
            "rank": rank,
            "value": first["value"].to_numpy(),
        }
    )
    frame = frame[month % 3 == 2].sort_values("rank", kind="stable").drop_duplicates(["indicator", "quarter"])
    return frame.set_index(["indicator", "quarter"])["value"].astype("float64")


def _at(figures: pd.Series[Any], cells: pd.DataFrame, back: int) -> Numbers:
    keys = pd.MultiIndex.from_arrays([cells["indicator"].astype("object"), cells["quarter"] - back])
    places = figures.index.get_indexer(keys)
    return np.asarray(np.append(figures.to_numpy("float64"), np.nan)[places])


def _own(cells: pd.DataFrame, value: Numbers, before: Numbers) -> Numbers:
    """Give the figure of the quarter alone: of a year-to-date count what came in since the quarter before."""
    first = (3 * cells["quarter"] + 2 - 3) % 12 // 3 == 0
    return np.where(cells["counted"], np.where(first, value, value - before), value)


def _compared(
    cells: pd.DataFrame,
    here: Numbers,
    there: Numbers,
    *,
    name: str,
    back: int,
    reason: pd.Series[Any],
    edges: pd.DataFrame | None,
) -> dict[str, Any]:
    change = np.where(reason.eq("") | reason.eq(_NEUTRAL), here - there, np.nan)
    slack = _SLACK * np.maximum(np.abs(here), np.abs(there))
    better = np.select(
        [cells["polarity"].eq("higher"), cells["polarity"].eq("lower")],
        [change, -change],
        _nearer(here, there, back, edges),
    )
    words = np.select(
        [np.abs(better) <= slack, better > 0, better < 0], ["unchanged", "improving", "deteriorating"], ""
    )
    column = "previous_value" if name == "previous" else "year_ago_value"
    changed = "change" if name == "previous" else "change_year"
    return {
        column: there,
        changed: change,
        f"direction_{name}": np.where(reason.eq(""), words, ""),
        f"reason_{name}": reason,
    }


def _nearer(here: Numbers, there: Numbers, back: int, edges: pd.DataFrame | None) -> Numbers:
    """Give by how much a figure came nearer to its band."""
    if edges is None:
        return np.full(len(here), np.nan)
    now, then = (
        np.maximum(np.maximum(edges[f"low{b}"] - value, value - edges[f"high{b}"]), 0.0)
        for b, value in ((0, here), (back, there))
    )
    return np.asarray(then - now)


def _edges(cells: pd.DataFrame, indicators: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Give for each cell the band and the place of the governing target, now, a quarter ago and a year ago."""
    numbers = sorted({int(q) - back for q in cells["quarter"].unique() for back in (0, 1, 4)})
    labels = {q: ordinals.label(q) for q in numbers}
    found = trajectories.expected(targets, indicators=indicators, quarters=list(labels.values()))
    first = found[found["part"] == 1].set_index(["indicator", "period"])
    out: dict[str, Any] = {}
    for back in (0, 1, 4):
        periods_back = (cells["quarter"] - back).map(labels)
        rows = first.reindex(pd.MultiIndex.from_arrays([cells["indicator"].astype("object"), periods_back]))
        low = rows["expected"].to_numpy("float64")
        high = rows["expected_high"].to_numpy("float64")
        place = rows["target_row"].fillna(-1).to_numpy("int64")
        out |= {f"low{back}": low, f"high{back}": np.where(np.isnan(high), low, high)}
        out[f"text{back}"], out[f"promise{back}"] = _promises(targets, place)
        out[f"joined{back}"] = (
            np.append(targets["role"].isin(["interim", "final"]).to_numpy(), False)[place]
            if "role" in targets
            else False
        )
    return pd.DataFrame(out)


def _promises(targets: pd.DataFrame, place: Numbers) -> tuple[Numbers, Numbers]:
    """Give the text of the targets at places, and what they mean as one text; "" for none."""
    kept = [targets[name].astype("object").map(str) for name in _PROMISED if name in targets]
    means = np.array([" ".join(parts) for parts in zip(*kept, strict=True)] + [""], dtype=object)
    texts = (
        targets["text"].astype("object").map(lambda text: "" if pd.isna(text) else str(text))
        if "text" in targets
        else None
    )
    said = np.array([*(means[:-1] if texts is None else texts), ""], dtype=object)
    return said[place], means[place]


def _reasons(
    cells: pd.DataFrame,
    here: Numbers,
    there: Numbers,
    *,
    back: int,
    indicators: pd.DataFrame,
    edges: pd.DataFrame | None,
) -> pd.Series[Any]:
    """Say why a comparison is blank, "" where it is not."""
    now = cells["quarter"].map(_label)
    then = (cells["quarter"] - back).map(_label)
    per_year = cells["yearly"] & ((back == 1) | np.isnan(here))
    rate = cells["to_date"] & (back == 1)
    redefined = _redefined(cells, indicators, back)
    retargeted = _retargeted(edges, back, len(cells))
    polarity = cells["polarity"]
    because = [
        (per_year.to_numpy(bool), "reported once a year"),
        (rate.to_numpy(bool), "a year-to-date percentage or rate is compared with a year ago only"),
        (np.isnan(here), "no value for " + now),
        (np.isnan(there), "no value for " + then),
        (redefined != "", "the " + redefined + " changed since " + then),
        (retargeted != "", "the target changed since " + then + retargeted),
        (polarity.eq("neutral").to_numpy(), _NEUTRAL),
        (
            polarity.eq("within").to_numpy() & (edges is None),
            "which way is good depends on a target, and none is given",
        ),
    ]
    texts = np.select([holds for holds, _ in because], [reason for _, reason in because], "")
    return pd.Series(texts, index=cells.index).astype("object")


def _label(quarter: int) -> str:
    return ordinals.label(int(quarter))


def _redefined(cells: pd.DataFrame, indicators: pd.DataFrame, back: int) -> Numbers:
    """Name what changed in the definition since the year that the other figure belongs to, "" for nothing."""
    then = ordinals.year(3 * (cells["quarter"].to_numpy() - back) + 2)
    years = ordinals.year(ordinals.end_months(indicators["financial_year"]))
    keys = pd.MultiIndex.from_arrays([indicators["indicator"].astype("object"), years])
    at = keys.get_indexer(pd.MultiIndex.from_arrays([cells["indicator"].astype("object"), then]))
    out = np.full(len(cells), "", dtype=object)
    for name in reversed([name for name in _DEFINED if name in indicators]):
        before = np.append(indicators[name].astype("object").to_numpy(), [None])[at]
        same = pd.Series(before).fillna("").to_numpy() == cells[name].astype("object").fillna("").to_numpy()
        out = np.where((at >= 0) & ~same, name.replace("_", " "), out)
    return out


def _retargeted(edges: pd.DataFrame | None, back: int, count: int) -> Numbers:
    """Say from what to what the target changed, "" where it did not; points of one trajectory are no change."""
    if edges is None:
        return np.full(count, "", dtype=object)
    before, after = edges[f"promise{back}"], edges["promise0"]
    changed = (before != "") & (after != "") & (before != after) & ~edges["joined0"].astype(bool)
    texts = " (from " + edges[f"text{back}"] + " to " + edges["text0"] + ")"
    return np.where(changed, texts, "")
