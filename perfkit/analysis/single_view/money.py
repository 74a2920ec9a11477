"""Budget against forecast: the variance in pounds and per cent, and how far over or under is green, amber or red."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model.errors import ParameterError

_SUMS = ("budget", "actual", "forecast")
_SLACK = 1e-9


@dataclass(frozen=True)
class Tolerance:
    """How far a forecast may lie from its budget, in per cent of the budget; the limits themselves are within.

    Over budget: green up to ``green``, amber up to ``amber``, red beyond. Under budget: green up to ``amber``, amber
    beyond, since money that is not spent may be work that is not done. Source: perfkit's own default (1 and 5); the
    papers of 2017 publish no rule, and a council that has one gives it as parameters of the report. Raises
    `ParameterError` where the limits are the wrong way round.
    """

    green: float = 1.0
    amber: float = 5.0

    def __post_init__(self) -> None:
        if not 0 <= self.green <= self.amber:
            raise ParameterError(
                f"A tolerance of {self.green:g}% with a limit of {self.amber:g}% leaves no place for amber: "
                "give a limit that is no less than the tolerance."
            )


def vary(lines: pd.DataFrame, rule: Tolerance | None = None) -> pd.DataFrame:
    """Add to budget lines how far the forecast lies from the budget, and what that means.

    Needs ``budget`` and ``forecast``, in pounds. Adds ``variance`` (pounds, above 0 is over budget), ``percent`` (of
    the budget; missing where that is 0), ``money`` (green, amber, red or not rated) and ``side``: over (beyond what is
    green), under (beyond the same share below), on budget, or "" without a forecast. An income, which is a budget below
    0, is overspent where less comes in. Source of the rule: `Tolerance`.

    >>> lines = pd.DataFrame({"budget": [200.0, 100.0, 50.0], "forecast": [204.0, 106.0, float("nan")]})
    >>> vary(lines)[["variance", "percent", "money", "side"]].values.tolist()
    [[4.0, 2.0, 'amber', 'over'], [6.0, 6.0, 'red', 'over'], [nan, nan, 'not rated', '']]
    """
    rule = rule or Tolerance()
    budget, forecast = lines["budget"].astype("float64"), lines["forecast"].astype("float64")
    variance, size = forecast - budget, budget.abs()
    percent = 100 * variance / size.where(size > 0)
    near, far = size * (rule.green / 100 + _SLACK), size * (rule.amber / 100 + _SLACK)
    known = variance.notna()
    red, amber = variance > far, (variance > near) | (variance < -far)
    money = np.select([~known, red, amber], ["not rated", "red", "amber"], "green")
    side = np.select([~known, variance > near, variance < -near], ["", "over", "under"], "on budget")
    return lines.assign(variance=variance, percent=percent, money=money.astype(object), side=side.astype(object))


def total(lines: pd.DataFrame, rule: Tolerance | None = None, *, by: str | None = "directorate") -> pd.DataFrame:
    """Add up budget lines, each once, by a column or (with None) all of them, and vary the sums.

    Needs ``budget``, ``forecast`` and ``by``; ``actual`` is added up where there is one. Gives one row each: ``lines``
    (how many), ``without_forecast`` (how many of them), the sums, and what `vary` adds. A sum in which one line has no
    figure is missing, never the sum of the rest; how far the lines with a forecast lie from their own budgets stands
    apart, as ``known_budget``, ``known_variance`` (pounds) and ``known_percent``.

    >>> lines = pd.DataFrame({"directorate": ["SCS", "SCS", "PH"], "line": ["a", "b", "c"],
    ...     "budget": [100.0, 100.0, 40.0], "forecast": [101.0, 105.0, float("nan")]})
    >>> total(lines)[["directorate", "lines", "budget", "variance", "money"]].values.tolist()
    [['SCS', 2, 200.0, 6.0, 'amber'], ['PH', 1, 40.0, nan, 'not rated']]
    """
    rows = lines.reset_index(drop=True)
    sums = [name for name in _SUMS if name in rows]
    key: Any = rows[by].astype("object") if by else np.zeros(len(rows), dtype="int64")
    figures = rows[sums].astype("float64")
    silent = figures["forecast"].isna()
    known = {
        "known_budget": figures["budget"].mask(silent),
        "known_variance": figures["forecast"] - figures["budget"],
    }
    counted = figures.assign(lines=1, without_forecast=silent.astype("int64"), **known)
    added = counted.groupby(key, sort=False).sum()
    gaps = rows[sums].isna().groupby(key, sort=False).sum() > 0
    added[sums] = added[sums].mask(gaps)
    added[list(known)] = added[list(known)].mask(added["without_forecast"] == added["lines"])
    size = added["known_budget"].abs()
    added["known_percent"] = 100 * added["known_variance"] / size.where(size > 0)
    named = added.reset_index(names=by) if by else added.reset_index(drop=True)
    return vary(named, rule)
