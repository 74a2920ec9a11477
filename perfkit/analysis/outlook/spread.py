"""How wide an outlook is: a series' own errors, steadied by its level, times a factor calibrated by back-tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from perfkit.analysis.outlook.projection import LONGEST, SHORT

Numbers = NDArray[np.float64]

LEVEL_SHARE = 0.03
"""What a series is taken to miss by before its own errors speak, as a share of its level."""
LEVEL_WEIGHT = 2.5
"""How many of its own errors that prior is worth."""
SHORT_FACTOR, SHORT_LOST, SHORT_GROWTH = 0.87, 2.0, 0.25
"""Below eight points: factor x n / (n - lost) x horizon ** growth."""
FACTOR, LOST, GROWTH = 0.93, 4.0, 0.38
"""From eight points on; four points are lost to the seasons."""
TOTAL_FACTORS = (1.0, 0.93, 0.88, 0.87)
"""A sum of quarters is narrower than its quarters' widths added up: by the number of quarters added."""


def scale(error: float, level: float, points: int, steps: int) -> Numbers:
    """Give the scale of the t for one to so many quarters ahead.

    ``error`` is the mean absolute one-step error, ``level`` the mean absolute value (1 for a series in logs).

    >>> scale(2.0, 50.0, 12, 4).round(2).tolist()
    [2.65, 3.45, 4.02, 4.49]
    """
    used = min(points, LONGEST)
    own = used - 2
    steadied = (own * error + LEVEL_WEIGHT * LEVEL_SHARE * level) / (own + LEVEL_WEIGHT)
    ahead = np.arange(1, steps + 1, dtype=float)
    if used < SHORT:
        return steadied * SHORT_FACTOR * used / (used - SHORT_LOST) * ahead**SHORT_GROWTH
    return steadied * FACTOR * used / (used - LOST) * ahead**GROWTH


def total_scale(scales: Numbers) -> float:
    """Give the scale of a sum of quarters from the scales of each.

    >>> total_scale(np.array([2.0, 3.0]))
    4.65
    """
    if not len(scales):
        return 0.0
    return float(scales.sum() * TOTAL_FACTORS[min(len(scales), len(TOTAL_FACTORS)) - 1])
