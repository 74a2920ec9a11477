"""XmR charts: the points of a series, their limits, and the special causes among them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from perfkit.analysis.spc import judgement, limits, suitability, table
from perfkit.analysis.spc.judgement import Polarity
from perfkit.analysis.spc.points import arrange, numbers
from perfkit.model.errors import ParameterError

LEAST_FIXED = 12
"""Fewest points that limits may be fixed from."""


def xmr(
    frame: pd.DataFrame,
    *,
    date: str = "period",
    value: str = "value",
    polarity: Polarity = "higher",
    target: float | None = None,
    rules: str = "ptd",
    rebase: Iterable[object] = (),
    fix_after: int | None = None,
    trend_points: int | None = None,
    screen: bool | None = None,
    series_type: str = "point",
) -> pd.DataFrame:
    """Compute an XmR chart: one row a point, in order of date.

    Needs a column of dates (labels of periods, pandas periods or datetimes) and one of values in any unit; other
    columns are left out. Gives ``period``, ``value`` and, in the unit of the value, ``mean``, ``lower``, ``upper``,
    ``near_lower``, ``near_upper`` and ``moving_range``; ``rules`` (all that fired, the one shown first),
    ``special_cause`` (the one shown, or empty), ``point_type`` (improvement, concern, neutral, common cause);
    ``group`` (0 until the first rebase date), ``points`` (values in the group), ``trial`` (limits from fewer than 20),
    ``short`` (a group of fewer than 13), ``in_limits`` (the value counts towards the lines); ``polarity``, ``target``
    and ``rule_set`` as given.

    ``rebase`` lists the first date after each change of the process; ``fix_after`` (12 or more) keeps each group's
    limits to those of its first points; ``trend_points`` (7, or 6 with ``mdc_excel``) make a shift or trend;
    ``screen`` overrides whether the rule set screens outlying ranges. Polarity ``within`` is read as neutral.

    Raises `ParameterError` for a series that does not suit (year to date, rolling, milestone), a rebase date that is
    not in the data, a date that stands twice, an infinite value, or an option that is not one.
    Source: NHS England, Making Data Count; the R package NHSRplotthedots 0.2.2; deviations in docs/deviations.md.

    >>> days = pd.date_range("2024-01-01", periods=13)
    >>> chart = xmr(pd.DataFrame({"period": days, "value": [5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 9]}))
    >>> chart[["value", "lower", "mean", "upper", "special_cause", "point_type"]].round(2).tail(1)
        value  lower  mean  upper special_cause   point_type
    12    9.0   2.65  5.31   7.97  outside high  improvement
    """
    suitability.refuse(series_type)
    rule_set, length = judgement.chosen(rules, polarity, trend_points)
    if fix_after is not None and fix_after < LEAST_FIXED:
        raise ParameterError(f"Limits cannot be fixed after {fix_after} points: they need {LEAST_FIXED} or more.")
    series = arrange(frame, date, rebase)
    values = numbers(frame, value, series)
    screened = rule_set.screen if screen is None else screen
    lines = limits.natural(values, series.slices, fix_after=fix_after, screen=screened, least=rule_set.least)
    return table.judged(frame[date], series, values, lines, table.Reading(polarity, target, rules, length))
