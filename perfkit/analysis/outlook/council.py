"""The outlook of a whole council: one row an indicator, those of which nothing can be said kept with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from perfkit.analysis.outlook.probability import Goal, pair, verdict
from perfkit.analysis.outlook.statement import Outlook
from perfkit.analysis.outlook.yearend import project
from perfkit.model import periods
from perfkit.model.profiles import accumulates
from perfkit.model.trajectories import expected

COLUMNS = (
    "indicator", "year", "year_end", "low80", "high80", "low95", "high95", "probability", "verdict", "direction",
    "direction_probability", "arrow", "confidence", "words", "points", "horizon", "last_value", "last_period", "met",
    "reason", "warnings",
)  # fmt: skip
PATH_COLUMNS = (
    "indicator", "part", "year", "period", "mean", "low80", "high80", "low95", "high95", "goal_low", "goal_high",
)  # fmt: skip
_TEXTS = (
    "indicator", "year", "verdict", "direction", "arrow", "confidence", "words", "last_period", "reason", "warnings",
)  # fmt: skip
_READ = ("indicator", "part", "period", "value", "file", "sheet", "cell")
_SINGLE_COUNTS = ("point", "rare_count")
_NO_GOAL = Goal("none")


def project_many(
    frame: pd.DataFrame,
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    quarter: str,
    breaks: Mapping[str, Sequence[str]] | None = None,
    widen: float = 1.0,
) -> pd.DataFrame:
    """Project every indicator of the quarter's financial year to its end, from what is known by that quarter.

    Needs the columns indicator, period and value (and part, where there are pairs) in ``frame``, and those of the
    tables indicators and targets; ``breaks`` gives by indicator the periods at which its figures were declared to start
    afresh, ``widen`` a council's recalibration (see `calibrate`). Figures after the quarter and of whole years are left
    out. Gives a row an indicator, in the order of ``indicators``; of a pair the less probable part, whose probability
    is the most the pair can have. The frames given are not changed. Raises `InputError` for periods or values that
    cannot be used.
    """
    each = _each(frame, indicators, targets, quarter=quarter, breaks=breaks, widen=widen)
    made = [{"indicator": name, **_worse([found for _, _, found in parts])} for name, parts in each]
    return _typed(pd.DataFrame(made, columns=list(COLUMNS)))


def paths_many(
    frame: pd.DataFrame,
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    quarter: str,
    breaks: Mapping[str, Sequence[str]] | None = None,
    widen: float = 1.0,
) -> pd.DataFrame:
    """Give the way of every indicator to the year's end, a row a quarter, for charts.

    Takes what `project_many` takes. Gives indicator, part (of a pair the less probable), year, period, mean, low80,
    high80, low95, high95 and the year-end goal: goal_low (at least) and goal_high (at most), missing where none.
    Indicators of which nothing is projected have no row.
    """
    each = _each(frame, indicators, targets, quarter=quarter, breaks=breaks, widen=widen)
    rows: list[dict[str, Any]] = []
    for name, parts in each:
        part, goal, found = min(parts, key=lambda row: _chance(row[2]))
        asked = {"goal_low": goal.low, "goal_high": goal.high} if goal else {}
        head = {"indicator": name, "part": part, "year": found.year} | asked
        rows += [head | asdict(step) for step in found.path]
    made = pd.DataFrame(rows, columns=list(PATH_COLUMNS))
    return made.astype(dict.fromkeys(PATH_COLUMNS[4:], "float64") | {"part": "int64"})


_Part = tuple[int, Goal | None, Outlook]


def _each(
    frame: pd.DataFrame,
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    quarter: str,
    breaks: Mapping[str, Sequence[str]] | None,
    widen: float,
) -> Iterator[tuple[str, list[_Part]]]:
    """Project each part of each indicator of the quarter's year."""
    year = periods.year_label(quarter, expect="quarter")
    current = indicators[indicators["financial_year"] == year] if "financial_year" in indicators else indicators
    seen = _seen(frame, quarter)
    goals = _goals(targets, current, year)
    empty = seen.iloc[:0]
    parts = dict(iter(seen.groupby(["indicator", "part"], sort=False)))
    for definition in current.to_dict("records"):
        name = str(definition["indicator"])
        begun = (breaks or {}).get(name, ())
        numbers = sorted({p for i, p in (*parts, *goals) if i == name}) or [1]
        settings: dict[str, Any] = {"year": year, "widen": widen, "breaks": begun}
        yield (
            name,
            [
                (p, goal[0] if goal else None, _one(parts.get((name, p), empty), definition, goal, **settings))
                for p, goal in ((p, goals.get((name, p))) for p in numbers)
            ],
        )


def _seen(frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Give the quarterly and monthly figures known by the end of the quarter."""
    labels = {text: periods.parse(text) for text in frame["period"].unique()}
    last = periods.parse(quarter).end_time
    usable = {text for text, p in labels.items() if p.end_time <= last and periods.kind(p) != "year"}
    seen = frame.loc[frame["period"].isin(usable), [name for name in _READ if name in frame]]
    return seen.assign(part=seen["part"].fillna(1).astype(int) if "part" in seen else 1)


def _goals(targets: pd.DataFrame, current: pd.DataFrame, year: str) -> dict[tuple[str, int], tuple[Goal, bool]]:
    """Give by indicator and part what the year's end is to reach, and whether that is the sum of single quarters."""
    end = f"{year} Q4"
    rows = targets.to_dict("records")
    asked = expected(targets, indicators=current, quarters=[end]) if len(targets) else pd.DataFrame()
    known = current.set_index("indicator").to_dict("index")
    goals: dict[tuple[str, int], tuple[Goal, bool]] = {}
    for row in asked.to_dict("records"):
        definition = known.get(row["indicator"])
        if definition is None or row["target_row"] < 0:
            continue
        written = rows[int(row["target_row"])]
        summed = _is_summed(definition, written)
        low, high = (written["low"], written["high"]) if summed else (row["expected"], row["expected_high"])
        goals[(str(row["indicator"]), int(row["part"]))] = (_goal(written, definition, low, high), summed)
    return goals


def _is_summed(definition: dict[str, Any], written: dict[str, Any]) -> bool:
    """Say whether a count given by single quarters is promised for the year: its year-end is then their sum."""
    counted = definition.get("series_type") in _SINGLE_COUNTS and accumulates(str(definition.get("unit") or ""))
    return counted and written.get("basis") == "year" and written.get("kind") in ("threshold", "range", "pair")


def _goal(written: dict[str, Any], definition: dict[str, Any], low: float, high: float) -> Goal:
    kind, polarity = str(written.get("kind")), str(definition.get("polarity"))
    if kind == "milestone":
        return Goal("milestone")
    if pd.isna(low):
        return _NO_GOAL
    strict = written.get("strict") in (True, 1)
    lower = {"at most": True, "at least": False}.get(str(written.get("direction")), polarity == "lower")
    if not pd.isna(high) and (kind == "band" or polarity not in ("higher", "lower")):
        return Goal("band", low=min(low, high), high=max(low, high), strict=strict)
    if polarity not in ("higher", "lower") and written.get("direction") not in ("at most", "at least"):
        return _NO_GOAL
    if lower:
        return Goal("lower", high=low if pd.isna(high) else high, strict=strict)
    return Goal("higher", low=low, strict=strict)


def _one(
    rows: pd.DataFrame,
    definition: dict[str, Any],
    promised: tuple[Goal, bool] | None,
    *,
    year: str,
    widen: float,
    breaks: Sequence[str],
) -> Outlook:
    goal, summed = promised or (None, False)
    arrears, passing = definition.get("arrears"), definition.get("can_pass_100")
    return project(
        rows,
        series_type=str(definition.get("series_type") or "point"),
        unit=str(definition.get("unit") or ""),
        polarity=str(definition.get("polarity") or "neutral"),
        year=year,
        target=goal,
        breaks=breaks,
        arrears=0 if arrears is None or pd.isna(arrears) else int(arrears),
        total=summed,
        widen=widen,
        can_pass_100=False if passing is None or pd.isna(passing) else bool(passing),
    )


def _worse(found: list[Outlook]) -> dict[str, Any]:
    """Give the columns of the one outlook, or of a pair's less probable part."""
    chance = pair([part.probability for part in found])
    worse = min(found, key=_chance)
    row: dict[str, Any] = {name: getattr(worse, name) for name in COLUMNS[1:]}
    row["warnings"] = "; ".join(worse.warnings)
    if len(found) > 1:
        row |= {"probability": chance, "verdict": verdict(chance)}
        row["met"] = _both([part.met for part in found])
        which = "second" if worse is found[-1] else "first"
        row["words"] = f"Of the two figures the less probable, the {which}: {worse.words}"
    return row


def _chance(found: Outlook) -> float:
    return 2.0 if found.probability is None else found.probability


def _both(met: list[bool | None]) -> bool | None:
    if False in met:
        return False
    return None if None in met else True


def _typed(made: pd.DataFrame) -> pd.DataFrame:
    kinds = dict.fromkeys(COLUMNS, "float64")
    kinds |= {"points": "Int64", "horizon": "Int64", "met": "boolean", **dict.fromkeys(_TEXTS, "str")}
    return made.astype(kinds)
