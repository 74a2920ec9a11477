"""What each indicator is held against: its target, what that adds up to in the year, later targets and the baseline."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.model import periods, trajectories

_OF_INDICATOR = ["indicator", "ref", "title", "directorate", "polarity", "series_type", "unit", "decimals",
                 "definition"]  # fmt: skip
_OF_TARGET = {"text": "target", "period": "target_period", "low": "target_low", "role": "role", "basis": "basis",
              "due": "due", "file": "file", "sheet": "sheet", "cell": "cell"}  # fmt: skip
_LATER = {"text": "later", "period": "later_period", "low": "later_low"}
_RECORDED = {"value": "recorded", "period": "recorded_period", "status": "recorded_status"}


def lay_out(
    indicators: pd.DataFrame, targets: pd.DataFrame, observations: pd.DataFrame, *, quarter: str
) -> pd.DataFrame:
    """List each indicator of a quarter's year with its target, the year's, the later one, and the baseline found again.

    Needs the tables `indicators`, `targets` and `observations`. Gives a row for each indicator, in the framework's
    order: ``target`` (as written) for ``target_period``, with ``role``, ``basis`` and ``due``; ``in_year``, what a
    target for a quarter or a month adds up to over the year, in the indicator's unit; ``later`` for ``later_period``,
    the target after the year's; ``baseline`` at ``baseline_period``, and ``recorded``, the figure that was reported for
    the period that ends with it; ``change`` and ``later_change``, what the two targets ask for in per cent of the
    baseline (of a percentage, in points); and file, sheet and cell of the target. What is not known is missing.

    >>> indicators = pd.DataFrame({"indicator": ["stays"], "financial_year": ["2017-18"], "unit": ["count"],
    ...     "series_type": ["ytd"]})
    >>> targets = pd.DataFrame({"indicator": ["stays"], "period": ["2017-18"], "part": [1], "role": ["target"],
    ...     "kind": ["threshold"], "text": ["150"], "low": [150.0], "basis": ["year"], "baseline": [200.0],
    ...     "baseline_period": ["2016-17"]})
    >>> seen = pd.DataFrame({"indicator": ["stays"], "period": ["2016-17 Q4"], "value": [200.0]})
    >>> lay_out(indicators, targets, seen, quarter="2017-18 Q1")[["baseline", "recorded", "change"]].values.tolist()
    [[200.0, 200.0, -25.0]]
    """
    year = periods.year_of(periods.parse(quarter, expect="quarter"))
    rows = indicators[indicators["financial_year"] == periods.label(year)]
    rows = rows.reindex(columns=_OF_INDICATOR).reset_index(drop=True)
    now, later = _governing(targets, year)
    made = rows.merge(_named(now, _OF_TARGET), on="indicator", how="left")
    made = made.merge(_named(later, _LATER), on="indicator", how="left")
    made = made.merge(_baselines(now, later, observations), on="indicator", how="left")
    made = made.assign(in_year=_in_year(made, targets, indicators, year))
    return made.assign(
        **{name: _asked(made, low) for name, low in (("change", "target_low"), ("later_change", "later_low"))}
    )


def _governing(targets: pd.DataFrame, year: pd.Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give of each indicator the last target that ends within the year, and the last one that ends after it."""
    first = targets[targets["part"] == 1]
    ends = periods.ends(first["period"]).set_axis(first.index)
    ordered = first.loc[ends.sort_values(kind="stable").index]
    start, end = year.start_time, year.end_time
    within, after = ordered[ends[ordered.index].between(start, end)], ordered[ends[ordered.index] > end]
    return within.drop_duplicates("indicator", keep="last"), after.drop_duplicates("indicator", keep="last")


def _named(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    return rows.reindex(columns=["indicator", *names]).rename(columns=names)


def _baselines(now: pd.DataFrame, later: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Give each baseline that the targets name, with the figure reported for the period that ends when it does."""
    both = pd.concat([now, later], ignore_index=True).reindex(columns=["indicator", "baseline", "baseline_period"])
    held = both.dropna().drop_duplicates("indicator").reset_index(drop=True)
    held = held.assign(end=periods.ends(held["baseline_period"]) if len(held) else pd.Series(dtype="datetime64[ns]"))
    seen = observations[observations["indicator"].isin(held["indicator"]) & observations["value"].notna()]
    seen = seen[seen["part"].eq(1)] if "part" in seen else seen
    seen = seen.assign(end=periods.ends(seen["period"]).to_numpy() if len(seen) else None)
    found = seen.reindex(columns=["indicator", "end", *_RECORDED]).rename(columns=_RECORDED)
    found = found.drop_duplicates(["indicator", "end"], keep="last").astype({"end": held["end"].dtype})
    return held.merge(found, on=["indicator", "end"], how="left").drop(columns="end")


def _in_year(made: pd.DataFrame, targets: pd.DataFrame, indicators: pd.DataFrame, year: pd.Period) -> Any:
    """Give what is expected by the year's last quarter of the indicators whose target is for a quarter or a month."""
    last = periods.label(periods.quarters_of(year)[-1])
    due = trajectories.expected(targets, indicators=indicators, quarters=[last])
    by_end = due[due["part"] == 1].set_index("indicator")["expected"]
    spread = made["basis"].isin(["quarter", "month"]) & made["series_type"].eq("ytd")
    return made["indicator"].map(by_end).astype("float64").where(spread)


def _asked(made: pd.DataFrame, low: str) -> Any:
    baseline = made["baseline"].astype("float64").where(made["baseline"].ne(0))
    change = made[low].astype("float64") - baseline
    return change.where(made["unit"].eq("percent"), change / baseline * 100)
