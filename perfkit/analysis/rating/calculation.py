"""The calculated rating: every indicator of the year, every quarter, with the target, the rule and the cells behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.rating import families, milestones
from perfkit.analysis.rating.cases import Cases, line_up, reported, take
from perfkit.model import periods, rules, targets as grammar, trajectories

Numbers = np.ndarray[Any, np.dtype[Any]]

_DEFINED = (
    "indicator",
    "ref",
    "title",
    "directorate",
    "priority",
    "outcome",
    "unit",
    "polarity",
    "decimals",
    "series_type",
)
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

    Needs the columns of the tables ``observations``, ``targets`` and ``indicators``; ``comparators`` (indicator, period,
    comparator, value, and for ranks amber: the figure that ends the next quartile) come from `benchmark.comparators`.
    Without ``quarters`` these are the quarters in whose returns figures appeared.

    Adds ``expected`` and ``variance`` (both in the indicator's unit; points for percentages), ``calculated`` (green,
    amber, red or not rated), ``calculated_reason`` (why it is not rated), ``rule`` (the family) and ``rule_text`` (the
    rule with its tolerance and who set it), and the file, sheet and cell of figure and target. Figures in arrears are
    rated against the target of their own period. Raises `ParameterError` where areas are mixed.
    Source of the rules: design section 4; docs/reference/ratings.md gives every boundary.

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
    compared = _compared(cases, comparators)
    first, second = (families.figures(cases, compared, part=part) for part in (1, 2))
    state = _milestone_state(cases)
    judged = families.judge(cases, first, of_which=second, state=state)
    reason = _reasons(cases, first, second, judged, state)
    code = np.where(reason == "", judged.code, rules.NOT_RATED)
    return _frame(cases, first, second, judged, code, reason)


def _milestone_state(cases: Cases) -> Numbers:
    state = np.full(len(cases.quarter), "", dtype=object)
    at = np.flatnonzero(cases.promised("kind").eq("milestone"))
    if not len(at):
        return state
    marker, due, period = (cases.told("marker"), cases.promised("due"), cases.promised("period"))
    state[at] = milestones.states(
        cases.told("value").to_numpy("float64", na_value=np.nan)[at],
        marker.iloc[at],
        due=due.iloc[at],
        period=period.iloc[at],
        quarter=cases.data_quarter[at],
        percent=cases.definition("unit").eq("percent").to_numpy()[at],
    )
    return state


def _compared(cases: Cases, comparators: pd.DataFrame | None) -> pd.DataFrame:
    """Give the comparator's value (and the end of the next quartile) for each case, by its quarter or else its year."""
    blank = pd.DataFrame({"value": np.full(len(cases.quarter), np.nan), "amber": np.nan})
    kind = cases.promised("kind").eq("comparator").to_numpy()
    if comparators is None or comparators.empty or not kind.any():
        return blank
    at = np.flatnonzero(kind)
    held = comparators.drop_duplicates(["indicator", "period", "comparator"], keep="last")
    held = held if "amber" in held else held.assign(amber=np.nan)
    key = pd.MultiIndex.from_frame(held[["indicator", "period", "comparator"]])
    name, words = cases.definition("indicator").iloc[at], cases.promised("comparator").iloc[at]
    quarters = pd.Series(cases.data_quarter[at]).map(trajectories.quarter_label)
    for labels in (quarters.str.slice(0, 7), quarters):
        found = key.get_indexer(pd.MultiIndex.from_arrays([name, labels, words]))
        hit = at[found >= 0]
        blank.loc[hit, ["value", "amber"]] = held[["value", "amber"]].to_numpy("float64")[found[found >= 0]]
    return blank


def _reasons(
    cases: Cases, first: families.Figures, second: families.Figures, judged: families.Judged, state: Numbers
) -> Numbers:
    """Say why a case cannot be rated, "" where it can; of several reasons the one that stands longest."""
    kind = cases.promised("kind")
    missing, no_target = np.isnan(first.value), np.isnan(first.low)
    milestone = (kind == "milestone").to_numpy()
    yearly = cases.definition("frequency").eq("year").to_numpy() & (cases.data_quarter * 3 % 12 != 0)
    target = np.select([kind.isna(), kind.eq("none")], [_no_target(cases), _none_reasons(cases)], "").astype(object)
    last = np.isnan(cases.value_at(cases.year_ago)) & (judged.family == "direction") & (judged.code != rules.GREEN)
    return np.select(
        [
            target != "",
            milestone & (state != ""),
            milestone,
            missing & yearly & (cases.observed[0] < 0),
            missing,
            kind.eq("comparator").to_numpy() & no_target,
            kind.eq("pair").to_numpy() & np.isnan(second.value),
            no_target,
            np.isnan(first.sign),
            (judged.family == "floor") & np.isnan(judged.width),
            last,
        ],
        [
            target,
            "",
            _milestone_reasons(cases),
            "not due: reported once a year, at quarter 4",
            _no_value(cases, yearly),
            "no comparator for this period",
            "no value for the 'of which'",
            "the target needs a baseline, and there is none",
            "neither direction is good for this indicator",
            "no floor is set for it",
            "off target, and no value for the same quarter last year to compare with",
        ],
        "",
    ).astype(object)


def _no_target(cases: Cases) -> Numbers:
    """Name the period that has no target: of a figure in arrears its own."""
    late = cases.data_quarter != cases.quarter
    labels = pd.Series(np.where(late, cases.data_quarter, -1)).map(
        lambda q: (
            "no target" if q < 0 else f"no target for {trajectories.quarter_label(int(q))}, the figure's own period"
        )
    )
    return labels.to_numpy(object)


def _none_reasons(cases: Cases) -> Numbers:
    """Say which kind of "no target" was written."""
    words = {"blank": "no target", "to be confirmed": "no target: it is to be confirmed"}
    codes, unique = pd.factorize(cases.promised("text"), use_na_sentinel=False)
    why = [grammar.why_none(None if pd.isna(text) else str(text)) for text in unique]
    return np.array([words.get(kind, kind) for kind in why], dtype=object)[codes]


def _milestone_reasons(cases: Cases) -> Numbers:
    """Say of a milestone that nothing was reported of whether it is due."""
    due = cases.promised("due").where(lambda s: s.notna(), cases.promised("period"))
    codes, unique = pd.factorize(pd.Series(list(zip(due, cases.data_quarter, strict=True))))
    texts = []
    for label, quarter in unique:
        passed = not pd.isna(label) and milestones.due_month(str(label)) <= 3 * quarter + 2
        texts.append(f"no value: due by {label} and not reported on" if passed else f"not due until the end of {label}")
    return np.array([*texts, ""], dtype=object)[codes]


def _no_value(cases: Cases, yearly: Numbers) -> Numbers:
    marker, means = cases.told("marker"), cases.told("marker_means")
    codes, unique = pd.factorize(pd.MultiIndex.from_arrays([marker.astype(object), means.astype(object), yearly]))
    return np.array([*(_absence(*each) for each in unique), ""], dtype=object)[codes]


def _absence(marker: object, means: object, yearly: bool) -> str:
    text = "" if pd.isna(means) else str(means)
    if pd.isna(marker):
        return "no value"
    if str(marker).strip("[]").lower() in ("c", "*") or "suppress" in text or "confidential" in text:
        return f"suppressed ({marker})"
    if "not due" in text or yearly and "pending" in str(marker).lower():
        return f"not due ({marker})"
    return f"no value ({text or marker})"


def _frame(
    cases: Cases,
    first: families.Figures,
    second: families.Figures,
    judged: families.Judged,
    code: Numbers,
    reason: Numbers,
) -> pd.DataFrame:
    kind = cases.promised("kind")
    numeric = ~kind.isin(["milestone", "none"]).to_numpy()
    columns: dict[str, Any] = {name: cases.definition(name) for name in _DEFINED}
    columns |= {"period": _labels(cases.quarter), "data_period": _data_periods(cases), "value": first.value}
    columns |= {"value_of_which": second.value}
    columns |= {name: cases.told(name) for name in ("status", "marker", "marker_means")}
    columns |= {f"target_{name}": cases.promised(name) for name in ("text", "kind", "low", "high")}
    columns |= {"expected": np.where(numeric, first.low, np.nan), "expected_high": cases.due("expected_high")}
    columns |= {"expected_of_which": cases.due("expected", 2), "expected_how": _how(cases)}
    columns |= {"variance": judged.variance, "calculated": rules.WORDS[code], "calculated_reason": reason}
    columns |= {"rule": judged.family, "rule_text": _rule_texts(cases, judged)}
    columns |= {name: cases.told(name) for name in _LINEAGE}
    columns |= {f"target_{name}": cases.promised(name) for name in ("file", "sheet", "cell")}
    return pd.DataFrame(columns)


def _labels(quarters: Numbers) -> Numbers:
    unique, codes = np.unique(quarters, return_inverse=True)
    return np.array([trajectories.quarter_label(int(q)) for q in unique], dtype=object)[codes]


def _data_periods(cases: Cases) -> pd.Series[Any]:
    told = cases.told("period")
    return told.where(told.notna(), pd.Series(_labels(cases.data_quarter)))


def _how(cases: Cases) -> pd.Series[Any]:
    how = take(cases.expected, "how", cases.asked[0])
    words = cases.promised("comparator")
    return how.where(words.isna(), "the comparator: " + words.fillna("").astype("object")).fillna("")


def _rule_texts(cases: Cases, judged: families.Judged) -> Numbers:
    """Write each case's rule once for all that share it."""
    frame = pd.DataFrame(
        {
            "family": judged.family,
            "width": judged.width,
            "percent": cases.definition("unit").eq("percent"),
            "points": judged.points,
            "default": judged.default,
            "by": cases.definition("tolerance_set_by"),
            "on": pd.to_datetime(cases.definition("tolerance_set_on")),
        }
    )
    codes = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup().to_numpy()
    unique, first = np.unique(codes, return_index=True)
    texts = [_rule_text(row) for row in frame.iloc[first].itertuples(index=False)]
    return np.array(texts, dtype=object)[codes] if len(unique) else np.array([], dtype=object)


def _rule_text(row: Any) -> str:
    by = "" if pd.isna(row.by) else f" by {row.by}"
    on = "" if pd.isna(row.on) else f" on {row.on.day} {periods.MONTHS[row.on.month - 1]} {row.on.year}"
    says = families.DEFAULT if row.default else f"set{by}{on}" if by or on else "as defined for the indicator"
    width = 0.0 if np.isnan(row.width) else float(row.width)
    return rules.sentence(row.family, width=width, percent=bool(row.percent), points=bool(row.points), says=says)
