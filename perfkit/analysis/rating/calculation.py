"""The calculated rating: every indicator of the year, every quarter, with target, rule and the cells behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.rating import families, reasons
from perfkit.analysis.rating.cases import Cases, line_up, numbers, reported
from perfkit.model import ordinals, periods, rules
from perfkit.model.ordinals import Numbers
from perfkit.model.schemas import RULES

_DEFINED = (
    "indicator", "ref", "title", "directorate", "priority", "outcome", "unit", "polarity", "decimals", "series_type",
)  # fmt: skip
_LINEAGE = ("file", "sheet", "cell", "vintage")


def rate(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    indicators: pd.DataFrame,
    quarters: list[str] | None = None,
    area: str | None = None,
    comparators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rate every indicator of the financial year for every quarter, whether it has a figure and a target or not.

    Needs the columns of the tables ``observations``, ``targets`` and ``indicators``; ``comparators`` (indicator,
    period, comparator, value, and for ranks amber: the figure that ends the next quartile) as `benchmark.comparators`
    gives. Without ``quarters`` these are the quarters in whose returns figures appeared.

    Adds ``expected`` and ``variance`` (both in the indicator's unit; points for percentages; of a range the variance is
    the distance to the edge that counts), ``calculated`` (green, amber, red or not rated), ``calculated_reason`` (why
    it is not rated), ``rule`` (the family) and ``rule_text`` (the rule with its tolerance and who set it), and the
    file, sheet and cell of figure and target. Figures in arrears are rated against the target of their own period.
    Raises `ParameterError` where areas are mixed. Rules and boundaries: docs/reference/ratings.md.

    >>> indicators = pd.DataFrame({"indicator": ["visits"], "financial_year": ["2017-18"], "unit": ["count"],
    ...     "polarity": ["higher"], "series_type": ["ytd"]})
    >>> targets = pd.DataFrame({"indicator": ["visits"], "period": ["2017-18"], "part": [1], "kind": ["threshold"],
    ...     "low": [6248.0], "basis": ["year"]})
    >>> observations = pd.DataFrame({"indicator": ["visits"], "period": ["2017-18 Q1"], "value": [1180.0]})
    >>> rated = rate(observations, targets, indicators=indicators)
    >>> rated[["value", "expected", "variance", "calculated"]].values.tolist()
    [[1180.0, 1562.0, -382.0, 'red']]
    """
    names = reported(observations) if quarters is None else [periods.label(periods.parse(q)) for q in quarters]
    cases = line_up(observations, targets, indicators=indicators, quarters=names, area=area)
    whole = families.figures(cases, _compared(cases, comparators))
    part = families.of_which(cases, whole)
    state = reasons.milestone_states(cases)
    judged = families.judge(cases, whole, part, state=state)
    why = reasons.not_rated(cases, whole, part, judged, state=state)
    return _frame(cases, whole, part, judged, why)


def _compared(cases: Cases, comparators: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give the comparator's value (and the end of the next quartile) for each case, by its quarter or else its year."""
    at = np.flatnonzero(cases.of_kind("comparator"))
    if comparators is None or comparators.empty or not len(at):
        return None
    held = comparators.drop_duplicates(["indicator", "period", "comparator"], keep="last")
    figures = held.reindex(columns=["value", "amber"]).to_numpy("float64", na_value=np.nan)
    key = pd.MultiIndex.from_frame(held[["indicator", "period", "comparator"]].astype("object"))
    name, words = (
        column.iloc[at].astype("object") for column in (cases.definition("indicator"), cases.promised("comparator"))
    )
    labels = pd.Series(cases.data_quarter[at]).map(ordinals.label)
    out = np.full((len(cases.quarter), 2), np.nan)
    for period in (labels.str.slice(0, 7), labels):
        found = key.get_indexer(pd.MultiIndex.from_arrays([name, period.astype("object"), words]))
        out[at[found >= 0]] = figures[found[found >= 0]]
    return pd.DataFrame(out, columns=["value", "amber"])


def _frame(
    cases: Cases,
    whole: families.Figures,
    part: families.Figures,
    judged: families.Judged,
    why: tuple[Numbers, list[str]],
) -> pd.DataFrame:
    unrated, texts = why
    target = cases.found[0].row
    plain = ~cases.of_kind("milestone", "none")
    code = np.where(unrated > 0, rules.NOT_RATED, judged.code)
    columns: dict[str, Any] = {name: cases.definition(name) for name in _DEFINED}
    columns |= {"period": _labels(cases.quarter), "data_period": _data_periods(cases)}
    columns |= {"value": whole.value, "value_of_which": part.value}
    columns |= {name: cases.told(name) for name in ("status", "marker", "marker_means")}
    columns |= {f"target_{name}": cases.promised(name) for name in ("text", "kind")}
    columns |= {f"target_{name}": numbers(cases.targets, name)[target] for name in ("low", "high")}
    columns |= {"expected": np.where(plain, whole.low, np.nan), "expected_high": cases.found[0].high}
    columns |= {"expected_of_which": part.low, "expected_how": _how(cases), "variance": judged.variance}
    columns |= {"calculated": _text(rules.WORDS, code), "calculated_reason": _text(texts, unrated)}
    columns |= {"rule": _text(list(RULES), judged.family), "rule_text": _rule_texts(cases, judged)}
    columns |= {name: cases.told(name) for name in _LINEAGE}
    columns |= {f"target_{name}": cases.promised(name) for name in ("file", "sheet", "cell")}
    return pd.DataFrame(columns)


def _text(words: list[str], codes: Numbers) -> pd.Series[Any]:
    """Give words at places, which is quicker than as many texts."""
    return pd.Series(pd.Series(words, dtype="str").array.take(codes))


def _labels(numbered: Numbers) -> pd.Series[Any]:
    codes, unique = pd.factorize(numbered)
    return _text([ordinals.label(int(quarter)) for quarter in unique], codes)


def _data_periods(cases: Cases) -> pd.Series[Any]:
    """Give the period of the figure as its row says, or where there is no row the one it was due for."""
    told = cases.told("period")
    return told.where(cases.observed[0] >= 0, _labels(cases.data_quarter)).astype("str")


def _how(cases: Cases) -> pd.Series[Any]:
    found = cases.found[0]
    compared = np.flatnonzero(cases.of_kind("comparator"))
    if not len(compared):
        return _text(found.texts, found.how)
    words, unique = pd.factorize(cases.promised("comparator").iloc[compared])
    how = found.how.copy()
    how[compared] = len(found.texts) + words
    return _text(found.texts + [f"the comparator: {word}" for word in unique], how)


def _rule_texts(cases: Cases, judged: families.Judged) -> pd.Series[Any]:
    """Write each rule once for all cases that share it."""
    by, names = ordinals.encode(cases.indicators.get("tolerance_set_by", pd.Series(None, index=cases.indicators.index)))
    on, days = pd.factorize(cases.indicators.get("tolerance_set_on", pd.Series(None, index=cases.indicators.index)))
    width, widths = pd.factorize(judged.width)
    percent, within = cases.percent, _within(cases)
    code = judged.family
    for each, size in (
        (width + 1, len(widths) + 1),
        (by[cases.defined] + 1, len(names) + 1),
        (on[cases.defined] + 1, len(days) + 1),
        (percent + 2 * judged.points + 4 * judged.default + 8 * within, 16),
    ):
        code = code * size + each
    codes, unique = pd.factorize(code)
    first = np.full(len(unique), 0)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    texts = [_rule_text(cases, judged, int(place), within=bool(within[place])) for place in first]
    return _text(texts, codes)


def _within(cases: Cases) -> Numbers:
    """Say which cases have a band of which neither side is better."""
    return cases.defined_as("polarity", "within") | cases.of_kind("band")


def _rule_text(cases: Cases, judged: families.Judged, place: int, *, within: bool) -> str:
    row = cases.indicators.iloc[cases.defined[place]]
    by, on = row.get("tolerance_set_by"), pd.to_datetime(row.get("tolerance_set_on"))
    who = "" if pd.isna(by) else f" by {by}"
    when = "" if pd.isna(on) else f" on {on.day} {periods.MONTHS[on.month - 1]} {on.year}"
    says = f"set{who}{when}" if who or when else "as defined for the indicator"
    if judged.default[place] and RULES[judged.family[place]] not in ("milestone", "rank", "direction"):
        says = "perfkit's default"
    width = float(judged.width[place])
    family = RULES[judged.family[place]]
    return rules.sentence(
        "within" if within and family == "range" else family,
        width=0.0 if np.isnan(width) else width,
        percent=bool(cases.percent[place]),
        points=bool(judged.points[place]),
        says=says,
    )
