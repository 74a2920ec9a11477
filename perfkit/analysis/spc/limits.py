"""The mean and natural process limits of an XmR chart."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SPREAD = 1.128
"""Mean range of two values drawn from a normal distribution, in standard deviations (d2 for n = 2)."""
REACH = 2.66
"""Limits lie this many mean moving ranges from the mean: 3 standard deviations, 3 / 1.128 (Shewhart's E2 for n = 2)."""
SCREEN = 3.267
"""A moving range of this many times the mean range or more is an outlier (Shewhart's D4 for n = 2; Nelson 1982)."""


@dataclass(frozen=True)
class Limits:
    """The lines of a chart, a value each point; missing where there are too few points to draw them."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    moving_range: Floats
    base: npt.NDArray[np.bool_]


def mean_of(values: Floats) -> float:
    """Give the mean free of the rounding of sums, so that a point on the mean is seen to be on it.

    >>> mean_of(np.array([0.1] * 13)) == 0.1
    True
    """
    listed = values.tolist()
    if not listed:
        return math.nan
    first = math.fsum(listed) / len(listed)
    return first + math.fsum([*listed, *[-first] * len(listed)]) / len(listed)


def natural(values: Floats, groups: list[slice], *, fix_after: int | None, screen: bool, least: int = 0) -> Limits:
    """Compute the lines group by group; groups with fewer than ``least`` values have a mean but no limits."""
    lines = np.full((6, len(values)), np.nan)
    base = np.zeros(len(values), dtype=bool)
    for rows in groups:
        calibration = values[rows][:fix_after]
        base[rows.start : rows.start + len(calibration)] = ~np.isnan(calibration)
        lines[0, rows] = centre = mean_of(calibration[~np.isnan(calibration)])
        lines[5, rows] = moving_ranges(values[rows])
        if np.count_nonzero(~np.isnan(values[rows])) >= least:
            typical = typical_range(moving_ranges(calibration), screen=screen)
            reach, near = REACH * typical, 2 * (REACH / 3) * typical
            lines[1:5, rows] = np.array([[centre - reach], [centre + reach], [centre - near], [centre + near]])
    mean, lower, upper, near_lower, near_upper, ranges = lines
    return Limits(mean, lower, upper, near_lower, near_upper, ranges, base)


def moving_ranges(values: Floats) -> Floats:
    """Give the distance of each value from the one before it; missing where either is."""
    return np.abs(np.diff(values, prepend=np.nan))


def typical_range(ranges: Floats, *, screen: bool) -> float:
    """Give the mean moving range, outlying ranges screened out once if asked.

    The ranges of a series without variation are all 0, none is below 3.267 × 0, and so it has no limits once screened.

    >>> typical_range(np.array([1.0, 1, 1, 1, 1, 13]), screen=False)
    3.0
    >>> typical_range(np.array([1.0, 1, 1, 1, 1, 13]), screen=True)
    1.0
    """
    present = ranges[~np.isnan(ranges)]
    return mean_of(present[present < SCREEN * mean_of(present)] if screen else present)
