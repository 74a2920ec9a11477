"""The path of a quarterly series, and how far its one-step forecasts have missed: many series of one length at once.

A series is a row, its last point in the last column. Which quarter that is does not matter, only that every fourth
column back is the same quarter, so the seasons are counted from the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

SHORT = 8
"""From this number of points on, seasons and smoothing; below, the blend of last value and last year alone."""
LONGEST = 20
"""Points used: what is older than five years tells less of the year's end than it costs."""
_RECENT = 10
_BLEND_SHARE = 0.25
_GROWTH_KEPT = 0.4
_SEASON_BAR = 1.5
_TREND_BAR = 6.0
_LEVEL_STEPS = (0.1, 0.3, 0.5, 0.7, 0.85, 1.0)
_DAMPED_GRID = tuple(
    (level, trend, damping)
    for level in (0.2, 0.5, 0.8, 1.0)
    for trend in (0.05, 0.15, 0.3, 0.6)
    for damping in (0.8, 0.9)
)


@dataclass(frozen=True)
class Paths:
    """Forecasts (a row a series, a column a step ahead) and the mean absolute one-step error of each series."""

    centre: Rows
    error: Rows


def paths(rows: Rows, *, steps: int = 4) -> Paths:
    """Project each row so many quarters ahead; needs four points or more.

    >>> level = np.array([[10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]])
    >>> paths(level, steps=2).centre.round(1).tolist()
    [[10.0, 12.0]]
    """
    rows = rows[:, -LONGEST:]
    blended, error = _blend(rows, steps)
    if rows.shape[1] < SHORT:
        return Paths(blended, error)
    seasons = _seasons(rows)
    adjusted = rows - seasons[:, np.arange(-rows.shape[1], 0) % 4]
    smooth, errors = _smoothed(adjusted, steps)
    smooth += seasons[:, np.arange(steps) % 4]
    errors = np.abs(errors)
    recent = errors[:, -_RECENT:]
    error = (errors.sum(axis=1) / errors.shape[1] + recent.sum(axis=1) / recent.shape[1]) / 2
    return Paths((1 - _BLEND_SHARE) * smooth + _BLEND_SHARE * blended, error)


def _mean_changes(rows: Rows) -> Rows:
    """Give the mean absolute change over one, two, three and four quarters; over the longest there is, if shorter."""
    differences, means = _change_maps(rows.shape[1])
    changes: Rows = np.abs(rows @ differences) @ means
    return changes


@lru_cache(maxsize=64)
def _change_maps(count: int) -> tuple[Rows, Rows]:
    """Give the matrix that makes all changes of a row, and the one that takes their means by lag."""
    unit = np.eye(count)
    lags = [min(lag, count - 1) for lag in range(1, 5)]
    differences = np.concatenate([unit[:, lag:] - unit[:, :-lag] for lag in lags], axis=1)
    means = np.zeros((differences.shape[1], 4))
    start = 0
    for place, lag in enumerate(lags):
        means[start : start + count - lag, place] = 1 / (count - lag)
        start += count - lag
    return differences, means


def _blend(rows: Rows, steps: int) -> tuple[Rows, Rows]:
    """Blend the last value and the same quarter last year, each by how well it would have done; give the miss as well.

    Last year's figure carries part of the latest year-on-year change, and weighs by the square of the other's misses.
    With four points nothing says how well last year would have done: it is taken to miss by twice the mean step.
    The miss is the mean of the mean step and of what the two would have missed by, weighed alike.
    """
    count, ahead = rows.shape[1], np.arange(steps)
    level = _mean_changes(rows)
    yearly = level[:, 3:] if count > 4 else 2 * level[:, :1]
    floor = 0.1 * (level.sum(axis=1, keepdims=True) / 4 + yearly) + 1e-12
    weight = (level + floor) ** 2 / ((level + floor) ** 2 + (yearly + floor) ** 2)
    missed = (weight * yearly + (1 - weight) * level).sum(axis=1) / 4
    weight = weight[:, np.minimum(ahead, 3)]
    growth = _GROWTH_KEPT * _latest_growth(rows)[:, None] if count > 4 else 0.0
    last_year = rows[:, ahead % 4 - 4] + (ahead // 4 + 1) * growth
    return weight * last_year + (1 - weight) * rows[:, -1:], (missed + level[:, 0]) / 2


def _latest_growth(rows: Rows) -> Rows:
    """Give the mean of the last two changes year on year, or the only one."""
    latest = rows[:, -1] - rows[:, -5]
    return latest if rows.shape[1] == 5 else (latest + rows[:, -2] - rows[:, -6]) / 2


def _seasons(rows: Rows) -> Rows:
    """Give each quarter's effect, shrunk towards none as far as chance could have made it (James-Stein).

    Effects are of the steps between quarters, which neither a trend nor a change of level disturbs.
    Column 0 is the quarter after the last, column 3 the last itself.
    """
    steps = rows[:, 1:] - rows[:, :-1]
    averages, place, counts = _season_maps(steps.shape[1])
    means = steps @ averages
    means, overall = means - means.sum(axis=1, keepdims=True) / 4, means
    between = (counts * means**2).sum(axis=1) / 3
    within = ((steps - overall[:, place]) ** 2).sum(axis=1) / (steps.shape[1] - 4)
    kept = np.maximum(between - _SEASON_BAR * within, 0) / (between + 1e-290)
    effects = np.cumsum(means, axis=1)
    shrunk: Rows = (effects - effects.sum(axis=1, keepdims=True) / 4) * kept[:, None]
    return shrunk


@lru_cache(maxsize=64)
def _season_maps(count: int) -> tuple[Rows, NDArray[np.int64], NDArray[np.int64]]:
    """Give the matrix that averages so many steps by quarter, each step's quarter, and the steps in each."""
    place = np.arange(-count, 0) % 4
    counts = np.bincount(place)
    return np.eye(4)[place] / counts, place, counts


def _smoothed(adjusted: Rows, steps: int) -> tuple[Rows, Rows]:
    """Average exponential smoothing (with a drift where one is sure) and the damped trend: forecasts and errors."""
    level_errors, level = _best(adjusted, _level_filters(adjusted.shape[1], steps))
    trend_errors, trend = _best(adjusted, _damped_filters(adjusted.shape[1], steps))
    level = level + _drift(adjusted)[:, None] * np.arange(1, steps + 1)
    return (level + trend) / 2, ((level_errors + trend_errors) / 2)[:, 2:]


def _drift(adjusted: Rows) -> Rows:
    """Give the mean step, as far as the square of its t statistic exceeds the bar."""
    steps = adjusted[:, 1:] - adjusted[:, :-1]
    count = steps.shape[1]
    mean = (adjusted[:, -1] - adjusted[:, 0]) / count
    noise = ((steps - mean[:, None]) ** 2).sum(axis=1) / (count * (count - 1))
    kept = np.maximum(mean * mean - _TREND_BAR * noise, 0) / (mean * mean + 1e-290)
    drift: Rows = kept * mean
    return drift


Filters = tuple[Rows, Rows]


def _best(adjusted: Rows, filters: Filters) -> tuple[Rows, Rows]:
    """Weigh the settings of a method by their likelihood on each series; give its errors and forecasts."""
    errors, forecasts = adjusted @ filters[0], adjusted @ filters[1]
    squares = (errors[:, :, 2:] ** 2).sum(axis=2)
    tiny = 1e-18 * (adjusted**2).sum(axis=1) + 1e-290
    ratio = (squares.min(axis=0) + tiny) / (squares + tiny)
    weights = (ratio ** (adjusted.shape[1] / 2))[:, :, None]
    weights /= weights.sum(axis=0)
    return (weights * errors).sum(axis=0), (weights * forecasts).sum(axis=0)


@lru_cache(maxsize=64)
def _level_filters(count: int, steps: int) -> Filters:
    """Give what exponential smoothing makes of a series, as matrices: it is linear, so the identity shows all."""
    errors, ends = [], []
    for rate in _LEVEL_STEPS:
        level = np.full(count, 0.0)
        level[:3] = 1 / 3
        missed = np.empty((count, count))
        for t, point in enumerate(np.eye(count)):
            missed[:, t] = point - level
            level = level + rate * missed[:, t]
        errors.append(missed)
        ends.append(np.repeat(level[:, None], steps, axis=1))
    return np.stack(errors), np.stack(ends)


@lru_cache(maxsize=64)
def _damped_filters(count: int, steps: int) -> Filters:
    """Give what the damped trend makes of a series, as matrices."""
    errors, ends = [], []
    for settings in _DAMPED_GRID:
        missed, end = _damped(np.eye(count), settings, steps)
        errors.append(missed)
        ends.append(end)
    return np.stack(errors), np.stack(ends)


def _damped(unit: Rows, settings: tuple[float, float, float], steps: int) -> tuple[Rows, Rows]:
    rate, trend_rate, damping = settings
    level, trend = unit[0], (unit[4] - unit[0]) / 8
    missed = np.zeros_like(unit)
    for t in range(1, len(unit)):
        ahead = level + damping * trend
        missed[:, t] = unit[t] - ahead
        level, trend = ahead + rate * missed[:, t], damping * trend + rate * trend_rate * missed[:, t]
    reach: Any = np.cumsum(damping ** np.arange(1, steps + 1))
    return missed, level[:, None] + trend[:, None] * reach
