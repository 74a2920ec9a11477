"""The table of a chart: points, lines and what they mean, one row a point."""

from __future__ import annotations

from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from perfkit.analysis.spc import judgement, special_causes
from perfkit.analysis.spc.judgement import Polarity
from perfkit.analysis.spc.limits import Floats, Limits
from perfkit.analysis.spc.points import Points
from perfkit.model.errors import ParameterError

SHORT = 13
"""A group of fewer values than this is short."""
TRIAL = 20
"""Limits from fewer values than this are trial limits."""


class Reading(NamedTuple):
    """How the points are to be read."""

    polarity: Polarity
    target: float | None
    rules: str
    length: int


def judged(dates: pd.Series[Any], series: Points, values: Floats, lines: Limits, reading: Reading) -> pd.DataFrame:
    """Set points, lines, special causes and their meaning out in order of date."""
    rule_set = judgement.RULE_SETS[reading.rules]
    fired = special_causes.fired(
        values, lines, series.group, points=reading.length, beyond_counts=rule_set.beyond_counts
    )
    count, based = (_by_group(flags, series.group) for flags in (~np.isnan(values), lines.base))
    return pd.DataFrame(
        {
            "period": dates.array.take(series.rows),
            "value": values,
            "mean": lines.mean,
            "lower": lines.lower,
            "upper": lines.upper,
            "near_lower": lines.near_lower,
            "near_upper": lines.near_upper,
            "moving_range": lines.moving_range,
            **judgement.judge(fired, reading.polarity, rule_set),
            "group": series.group,
            "points": count,
            "trial": based < TRIAL,
            "short": count < SHORT,
            "in_limits": lines.base,
            "polarity": reading.polarity,
            "target": _finite(reading.target),
            "rule_set": reading.rules,
        }
    )


def _finite(target: float | None) -> float:
    if target is None or pd.isna(target):
        return np.nan
    if not isinstance(target, Real) or np.isinf(target):
        raise ParameterError(f"The target {target!r} is not a number that a value can be compared with.")
    return float(target)


def _by_group(flags: special_causes.Flags, group: special_causes.Whole) -> special_causes.Whole:
    """Give each point the number of points of its group that are flagged."""
    if not len(flags):
        return np.zeros(0, dtype=np.int64)
    return np.bincount(group, weights=flags).astype(np.int64)[group]
