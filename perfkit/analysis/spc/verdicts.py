"""The two icons of a chart: what the latest point says, and whether the process can meet its target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfkit.analysis.spc import dates
from perfkit.analysis.spc.judgement import COMMON, GOOD, RULE_SETS
from perfkit.model.causes import CAUSES
from perfkit.model.errors import ParameterError

LEAST = 12
"""Fewest values in the latest group for icons to be shown."""

_VARIATION = {
    COMMON: "No significant change",
    "no variation": "No variation: every value is the same",
    "improvement": "Significant improvement",
    "concern": "Cause for concern",
    "neutral": "Significant change",
}
_ASSURANCE = {
    "pass": "The target will be met consistently",
    "fail": "The target will be missed consistently, unless something changes",
    "hit and miss": "Hit and miss: the target lies within the limits",
}


@dataclass(frozen=True)
class Icons:
    """The icons of a chart and what they mean; an icon that is not shown is empty.

    ``variation`` is one of: common cause, no variation, improvement high, improvement low, concern high, concern low,
    neutral high, neutral low. ``assurance`` is one of: pass, fail, hit and miss.
    """

    variation: str
    assurance: str
    words: str


def icons(points: pd.DataFrame, *, least: int = LEAST) -> Icons:
    """Sum up a chart by the icons of its latest point, with their meaning in words.

    Needs what `xmr`, `p_chart` or `u_chart` give. Groups with fewer than ``least`` values, and annual figures, show no
    icons and say "not enough data"; ``least=0`` shows them all the same, as the NHS tools do. A target is judged where
    polarity is higher or lower. A group without variation compares its value with the target. Raises `ParameterError`
    for a frame that is not a chart. Source: NHS England, Making Data Count.

    >>> from perfkit.analysis.spc import xmr
    >>> frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=13), "value": [5, 6, 5, 4] * 3 + [9]})
    >>> print(icons(xmr(frame, target=4)).words)
    Significant improvement: the latest point is above the upper limit. Hit and miss: the target lies within the limits.
    """
    absent = {"points", "special_cause", "rule_set", "target"} - set(points.columns)
    if absent:
        raise ParameterError(f"The points have no column {min(absent)}: give what spc.xmr returns.")
    short = _short(points, least)
    if short:
        return Icons("", "", short)
    group = points[points["group"] == points["group"].iloc[-1]]
    values = group["value"].dropna()
    constant = len(values) > 1 and values.nunique() == 1
    latest = group.iloc[-1]
    variation = "no variation" if constant else _variation(latest)
    assurance = _of_constant(latest, values.iloc[-1]) if constant else _assurance(latest)
    return Icons(variation, assurance, _words(variation, assurance, latest))


def _short(points: pd.DataFrame, least: int) -> str:
    count = 0 if points.empty else int(points["points"].iloc[-1])
    if points.empty or count < least:
        return f"Not enough data: {count} of the {max(least, 1)} points that the icons need."
    if least and dates.read(points["period"]).kind == "year":
        return "Not enough data: annual figures have no icons."
    return ""


def _variation(latest: pd.Series[object]) -> str:
    if latest["point_type"] == COMMON:
        return COMMON
    high = str(latest["special_cause"]).endswith(("high", "up"))
    return f"{latest['point_type']} {'high' if high else 'low'}"


def _assurance(latest: pd.Series[object]) -> str:
    good = GOOD.get(str(latest["polarity"]), 0)
    target, lower, upper = (float(latest[name]) for name in ("target", "lower", "upper"))
    rule_set = RULE_SETS[str(latest["rule_set"])]
    if not good or np.isnan(target) or (np.isnan(upper) and rule_set.least):
        return ""
    if target > upper or (rule_set.edge_decides and target == upper):
        return "fail" if good == 1 else "pass"
    if target < lower or (rule_set.edge_decides and target == lower):
        return "pass" if good == 1 else "fail"
    return "hit and miss"


def _of_constant(latest: pd.Series[object], value: float) -> str:
    good = GOOD.get(str(latest["polarity"]), 0)
    target = float(latest["target"])
    if not good or np.isnan(target):
        return ""
    return "pass" if good * (value - target) >= 0 else "fail"


def _words(variation: str, assurance: str, latest: pd.Series[object]) -> str:
    said = _VARIATION[variation if variation in _VARIATION else variation.split()[0]]
    if latest["special_cause"] and variation != "no variation":
        said += f": the latest point is {CAUSES[str(latest['special_cause'])]}"
    elif pd.isna(latest["value"]):
        said += " can be seen: the latest value is missing"
    if variation != "no variation" and pd.isna(latest["upper"]):
        return f"{said}. No limits can be drawn to judge by."
    if assurance and variation != "no variation" and latest["upper"] == latest["lower"]:
        return f"{said}. Most values are the same, so the limits have no width: compare each value with the target."
    return ". ".join([said, *([_ASSURANCE[assurance]] if assurance else [])]) + "."
