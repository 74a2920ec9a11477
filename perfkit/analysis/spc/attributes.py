"""p and u charts: proportions and rates whose numerators and denominators are known, with Laney's correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.spc import judgement, table
from perfkit.analysis.spc.judgement import Polarity
from perfkit.analysis.spc.limits import SPREAD, Floats, Limits, mean_of, moving_ranges
from perfkit.analysis.spc.points import Points, arrange, numbers
from perfkit.model.errors import ParameterError

WIDTH = 3.0
"""Limits lie this many standard deviations from the mean."""


def p_chart(
    frame: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    date: str = "period",
    polarity: Polarity = "higher",
    target: float | None = None,
    rules: str = "ptd",
    rebase: Iterable[object] = (),
    per: float = 100.0,
    prime: bool = True,
) -> pd.DataFrame:
    """Compute a p chart of the share of a denominator that is counted in the numerator, by default in percent.

    Gives the columns of `xmr` (lines differ from point to point, wider for small denominators) with ``numerator``,
    ``denominator`` and ``sigma_z``: how many times the points vary what chance alone would make them. With ``prime``
    the limits are multiplied by it (Laney's p′), without it they are the classical ones. No outlier is screened out.
    A denominator of 0 has no value. Raises `ParameterError` for a numerator above its denominator, and as `xmr` does.
    Source: Laney (2002), Improved control charts for attributes, Quality Engineering 14(4), pages 531 to 537.

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2"], "numerator": [40, 60], "denominator": [100, 100]})
    >>> p_chart(frame, prime=False)[["value", "lower", "mean", "upper"]]
       value  lower  mean  upper
    0   40.0   35.0  50.0   65.0
    1   60.0   35.0  50.0   65.0
    """
    series = arrange(frame, date, rebase)
    counts = _counted(frame, series, numerator, denominator)
    for row in np.flatnonzero(counts.top > counts.bottom):
        raise ParameterError(
            f"{series.dates.label(int(row))} counts {counts.top[row]:g} of {counts.bottom[row]:g}: a share cannot "
            "exceed the whole. Use spc.u_chart for a rate."
        )
    reading = _reading(polarity, target, rules)
    return _chart(frame[date], series, counts, reading, shares=True, per=per, prime=prime).rename(
        columns={"numerator": numerator, "denominator": denominator}
    )


def u_chart(
    frame: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    date: str = "period",
    polarity: Polarity = "higher",
    target: float | None = None,
    rules: str = "ptd",
    rebase: Iterable[object] = (),
    per: float = 1.0,
    prime: bool = True,
) -> pd.DataFrame:
    """Compute a u chart of events for each ``per`` units of a denominator such as residents or days.

    Gives the columns of `p_chart`; the limits are Laney's u′ unless ``prime`` is false. A numerator may exceed its
    denominator, since one resident may have two falls. Raises `ParameterError` for a negative count, and as `xmr` does.
    Source: Laney (2002), Improved control charts for attributes, Quality Engineering 14(4), pages 531 to 537.

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2"], "numerator": [16, 0], "denominator": [4, 4]})
    >>> u_chart(frame, prime=False)[["value", "lower", "mean", "upper"]].round(2)
       value  lower  mean  upper
    0    4.0  -0.12   2.0   4.12
    1    0.0  -0.12   2.0   4.12
    """
    series = arrange(frame, date, rebase)
    counts = _counted(frame, series, numerator, denominator)
    reading = _reading(polarity, target, rules)
    return _chart(frame[date], series, counts, reading, shares=False, per=per, prime=prime).rename(
        columns={"numerator": numerator, "denominator": denominator}
    )


@dataclass(frozen=True)
class _Counts:
    """Numerators and denominators in order of date; both are missing where either is, or the denominator is 0."""

    top: Floats
    bottom: Floats

    @property
    def rates(self) -> Floats:
        return self.top / self.bottom


def _counted(frame: pd.DataFrame, series: Points, numerator: str, denominator: str) -> _Counts:
    top, bottom = numbers(frame, numerator, series), numbers(frame, denominator, series)
    for row in np.flatnonzero((top < 0) | (bottom < 0) | ((top > 0) & (bottom == 0))):
        raise ParameterError(
            f"{series.dates.label(int(row))} counts {top[row]:g} of {bottom[row]:g}: "
            "correct the numerator or the denominator."
        )
    known = ~np.isnan(top) & (bottom > 0)
    return _Counts(np.where(known, top, np.nan), np.where(known, bottom, np.nan))


def _lines(counts: _Counts, groups: list[slice], *, shares: bool, prime: bool, least: int) -> tuple[Limits, Floats]:
    """Give the lines as shares or rates, and by how much the points of each group vary more than by chance."""
    centre, chance, sigma = (np.full(len(counts.top), np.nan) for _ in range(3))
    for rows in groups:
        top, bottom = counts.top[rows], counts.bottom[rows]
        mean = float(np.nansum(top) / np.nansum(bottom)) if np.nansum(bottom) else np.nan
        spread = np.sqrt(mean * (1 - mean if shares else 1) / bottom)
        scores = np.divide(counts.rates[rows] - mean, spread, out=np.full(len(top), np.nan), where=spread > 0)
        ranges = moving_ranges(scores)
        enough = np.count_nonzero(~np.isnan(bottom)) >= least
        centre[rows], chance[rows] = mean, np.where((spread > 0) & enough, spread, np.nan)
        sigma[rows] = mean_of(ranges[~np.isnan(ranges)]) / SPREAD
    reach = WIDTH * chance * (sigma if prime else 1.0)
    near = reach * 2 / 3
    ranges = np.concatenate([moving_ranges(counts.rates[rows]) for rows in groups]) if groups else centre
    known = ~np.isnan(counts.rates)
    return Limits(centre, centre - reach, centre + reach, centre - near, centre + near, ranges, known), sigma


def _scaled(lines: Limits, per: float) -> Limits:
    return Limits(
        lines.mean * per,
        lines.lower * per,
        lines.upper * per,
        lines.near_lower * per,
        lines.near_upper * per,
        lines.moving_range * per,
        lines.base,
    )


def _reading(polarity: Polarity, target: float | None, rules: str) -> table.Reading:
    _, length = judgement.chosen(rules, polarity, None)
    return table.Reading(polarity, target, rules, length)


def _chart(
    dates: pd.Series[Any],
    series: Points,
    counts: _Counts,
    reading: table.Reading,
    *,
    shares: bool,
    per: float,
    prime: bool,
) -> pd.DataFrame:
    least = judgement.RULE_SETS[reading.rules].least
    lines, sigma = _lines(counts, series.slices, shares=shares, prime=prime, least=least)
    drawn = table.judged(dates, series, counts.rates * per, _scaled(lines, per), reading)
    return drawn.assign(numerator=counts.top, denominator=counts.bottom, sigma_z=sigma)
