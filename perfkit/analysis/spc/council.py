"""The charts of a whole council: the points of every indicator, what each says, and why some have no chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd

from perfkit.analysis.spc import judgement
from perfkit.analysis.spc.cumulation import decumulate
from perfkit.analysis.spc.individuals import xmr
from perfkit.analysis.spc.judgement import Polarity
from perfkit.analysis.spc.medians import runs
from perfkit.analysis.spc.suitability import ChartKind, chart_kind, refuse
from perfkit.analysis.spc.verdicts import icons
from perfkit.model import periods
from perfkit.model.errors import ParameterError
from perfkit.model.profiles import accumulates
from perfkit.model.trajectories import expected

COLUMNS = (
    "indicator", "chart", "variation", "assurance", "words", "period", "points", "trial", "single", "warnings",
    "reason",
)  # fmt: skip
_TEXTS = ("indicator", "chart", "variation", "assurance", "words", "period", "warnings", "reason")
_OF_POINTS = {"period": "str", "value": "float64", "median": "float64", "mean": "float64", "lower": "float64",
              "upper": "float64", "special_cause": "str", "indicator": "str", "chart": "str"}  # fmt: skip
"""What points have at least, where no indicator has any."""
_NOT_APART = (
    "A year-to-date percentage cannot be taken apart into single quarters without its numerator and denominator, and "
    "a control chart of it would mislead: give the two numbers to have it charted."
)


class CouncilCharts(NamedTuple):
    """The points of every chart, one row a point, and what each chart says, one row an indicator."""

    points: pd.DataFrame
    summary: pd.DataFrame


def charts(
    frame: pd.DataFrame,
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    quarter: str,
    rules: str = "ptd",
    breaks: Mapping[str, Iterable[str]] | None = None,
) -> CouncilCharts:
    """Chart every indicator of the quarter's financial year, as far as it suits, from what is known by that quarter.

    Needs the columns indicator, period and value (and part: the first of a pair is charted) in ``frame``, and those of
    the tables indicators and targets. Year-to-date counts are de-cumulated, shares too where numerator and denominator
    are known. ``breaks`` gives by indicator the first period after each change of what is counted.
    ``points`` holds what `xmr` or `runs` give, with indicator and chart ("xmr" or "run"). ``summary`` has a row an
    indicator, in the order of ``indicators``: chart ("" for none), variation, assurance and words as `icons` gives
    them, period (the latest charted), points, trial, single (whether de-cumulated), warnings, and the reason where
    there is no chart or no icon; what `xmr` refuses is such a reason. Raises `ParameterError` for an unknown rule set.

    >>> frame = pd.DataFrame({"indicator": "visits", "period": ["2017-18 Q1", "2017-18 Q2"], "value": [4.0, 9.0]})
    >>> kinds = pd.DataFrame({"indicator": ["visits"], "unit": ["count"], "polarity": ["higher"], "series_type": "ytd"})
    >>> made = charts(frame, kinds, pd.DataFrame(), quarter="2017-18 Q2")
    >>> made.points["value"].tolist(), made.summary["reason"].item()
    ([4.0, 5.0], 'Not enough data: 2 of 12 points, so a run chart with the median.')
    """
    judgement.chosen(rules, "higher", None)
    year = periods.year_label(quarter, expect="quarter")
    current = indicators[indicators["financial_year"] == year] if "financial_year" in indicators else indicators
    seen = _seen(frame, quarter)
    asked = _targets(targets, current, year)
    parts = dict(iter(seen.groupby("indicator", sort=False)))
    made = [
        _one(
            parts.get(row["indicator"], seen.iloc[:0]),
            row,
            target=asked.get(row["indicator"]),
            rules=rules,
            rebase=(breaks or {}).get(row["indicator"], ()),
        )
        for row in current.to_dict("records")
    ]
    points = [one.points for one in made if len(one.points)]
    kinds = {"points": "Int64", "trial": "bool", "single": "bool", **dict.fromkeys(_TEXTS, "str")}
    summary = pd.DataFrame([one.row for one in made], columns=list(COLUMNS)).astype(kinds)
    return CouncilCharts(pd.concat(points, ignore_index=True) if points else _no_points(), summary)


def _no_points() -> pd.DataFrame:
    return pd.DataFrame(columns=list(_OF_POINTS)).astype(_OF_POINTS)


def _seen(frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Keep the first part's figures known by the end of the quarter; of yearly ones those with none in between."""
    last = periods.parse(quarter).end_time
    found = {text: periods.parse(text) for text in frame["period"].unique()}
    known = frame[frame["period"].isin([text for text, period in found.items() if period.end_time <= last])]
    known = known[known["part"].fillna(1) == 1] if "part" in known else known
    yearly = known["period"].isin([text for text, period in found.items() if periods.kind(period) == "year"])
    between = known["indicator"].isin(known.loc[~yearly, "indicator"])
    return known[~(yearly & between)]


def _targets(targets: pd.DataFrame, current: pd.DataFrame, year: str) -> dict[str, float]:
    """Give what a single point is to reach: a level by the year's end, or an equal share of the year's count."""
    if targets.empty:
        return {}
    quarters = [f"{year} Q{number}" for number in (1, 2, 3, 4)]
    rows = expected(targets, indicators=current, quarters=quarters)
    rows = rows[rows["part"] == 1].set_index("indicator")
    kinds = current.set_index("indicator")
    asked: dict[str, float] = {}
    for name, part in rows.groupby(level=0, sort=False):
        if name in kinds.index:
            asked[str(name)] = _single(part, kinds.loc[name])
    return asked


def _single(part: pd.DataFrame, kind: pd.Series[Any]) -> float:
    lower = kind["polarity"] == "lower"
    figures = part["expected_high"].fillna(part["expected"]) if lower else part["expected"]
    values = figures.to_numpy("float64")
    if kind["series_type"] != "ytd" or not accumulates(str(kind["unit"])):
        return float(values[-1])
    steps = np.diff(values, prepend=0.0)
    return float(steps[-1]) if np.allclose(steps, steps[-1], equal_nan=False) else np.nan


@dataclass(frozen=True)
class _Made:
    row: dict[str, Any]
    points: pd.DataFrame = field(default_factory=pd.DataFrame)


def _one(
    rows: pd.DataFrame, kind: Mapping[Any, Any], *, target: float | None, rules: str, rebase: Iterable[str]
) -> _Made:
    """Chart one indicator, or keep it with the reason why it has no chart."""
    blank: dict[str, Any] = dict.fromkeys(_TEXTS, "") | {"trial": False, "single": False}
    row = blank | {"indicator": kind["indicator"], "points": int(rows["value"].notna().sum())}
    try:
        series, single = _suited(rows, kind)
        if not series["value"].notna().any():
            return _Made(row | {"reason": "There is no figure."})
        there = [label for label in rebase if label in set(series["period"])]
        chosen = chart_kind(series, "point" if single else str(kind["series_type"]), rebase=there)
        points = _points(series, chosen, kind, target=target, rules=rules, rebase=there)
    except ParameterError as error:
        return _Made(row | {"reason": str(error)})
    row |= {"chart": chosen.kind, "single": single, "points": chosen.points, "trial": chosen.trial}
    row |= {"warnings": " ".join(chosen.warnings)} | _said(points, chosen)
    return _Made(row, points.assign(indicator=kind["indicator"], chart=chosen.kind))


def _suited(rows: pd.DataFrame, kind: Mapping[Any, Any]) -> tuple[pd.DataFrame, bool]:
    """Give the series that a chart may show, and whether it was de-cumulated; refuses what no chart suits."""
    used = [name for name in ("period", "value", "numerator", "denominator") if name in rows]
    series, series_type = rows[used], str(kind["series_type"])
    if series_type != "ytd":
        refuse(series_type)
        return series, False
    if series["value"].notna().sum() == 0:
        return series, True
    if accumulates(str(kind["unit"])):
        return decumulate(series), True
    if "numerator" not in series or series[["numerator", "denominator"]].isna().any(axis=None):
        raise ParameterError(_NOT_APART)
    return decumulate(series, numerator="numerator", denominator="denominator"), True


def _points(
    series: pd.DataFrame,
    chosen: ChartKind,
    kind: Mapping[Any, Any],
    *,
    target: float | None,
    rules: str,
    rebase: Iterable[str],
) -> pd.DataFrame:
    if chosen.kind == "run":
        return runs(series).assign(target=np.nan if target is None else target)
    polarity = cast("Polarity", kind["polarity"])
    return xmr(series, polarity=polarity, target=target, rules=rules, rebase=rebase)


def _said(points: pd.DataFrame, chosen: ChartKind) -> dict[str, str]:
    latest = str(points["period"].iloc[-1])
    if chosen.kind == "run":
        return {"period": latest, "words": chosen.words, "reason": chosen.words}
    found = icons(points)
    return {
        "period": latest,
        "variation": found.variation,
        "assurance": found.assurance,
        "words": found.words,
        "reason": "" if found.variation else found.words,
    }
