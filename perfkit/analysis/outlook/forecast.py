"""A series' forecast: what its figure may be so many quarters ahead, or the sum of some of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perfkit.analysis.outlook import distribution, projection, spread

LEAST = 4
"""Fewer real points than this are no ground for a projection."""
LOG_LEAST = 12
"""From so many points on, a series that is above nought throughout is projected in logs."""
SMALL_COUNT = 30.0
"""Counts expected to be below this take the negative binomial."""


@dataclass(frozen=True)
class Bounds:
    """What a figure can be: its least and most, and whether only whole numbers."""

    lowest: float = -math.inf
    highest: float = math.inf
    whole: bool = False


@dataclass(frozen=True)
class Forecast:
    """Centres and scales of one to so many quarters ahead, in logs or not, and what the figure can be."""

    centres: NDArray[np.float64]
    scales: NDArray[np.float64]
    logs: bool
    bounds: Bounds
    unvaried: float | None = None
    points: int = 0

    def quarter(self, ahead: int) -> distribution.Distribution:
        """Give what the figure may be so many quarters ahead."""
        centre, scale = float(self.centres[ahead - 1]), float(self.scales[ahead - 1])
        least, most, whole = self.bounds.lowest, self.bounds.highest, self.bounds.whole
        if self.unvaried is not None:
            return self._unmoved(self.unvaried, scale, least)
        if whole and least == 0 and self._in_units(ahead)[0] < SMALL_COUNT:
            middle, width = self._in_units(ahead)
            return distribution.Counts(middle, _variance(width))
        return distribution.Student(centre, scale, self.logs, least, most, whole)

    def mean(self, so_far: float, ahead: Sequence[int], *, quarters: int) -> distribution.Distribution:
        """Give what the mean of so many quarters may be: of those so far, whose sum is given, and of those ahead."""
        pairs = np.array([self._in_units(h) for h in ahead])
        centre = (so_far + float(pairs[:, 0].sum())) / quarters
        width = spread.total_scale(pairs[:, 1]) / quarters
        if self.unvaried is not None:
            return self._unmoved(centre, width, self.bounds.lowest)
        least, most = ((so_far + edge * len(ahead)) / quarters for edge in (self.bounds.lowest, self.bounds.highest))
        return distribution.Student(centre, width, lowest=least, highest=most)

    def total(self, so_far: float, ahead: Sequence[int]) -> distribution.Distribution:
        """Give what a year may add up to: the sum so far and the figures of those quarters ahead."""
        pairs = np.array([self._in_units(h) for h in ahead])
        rest, width = float(pairs[:, 0].sum()), spread.total_scale(pairs[:, 1])
        least = so_far if self.bounds.lowest == 0 else -math.inf
        if self.unvaried is not None:
            return self._unmoved(so_far + self.unvaried * len(ahead), width, least)
        if self.bounds.whole and least == so_far and rest < SMALL_COUNT:
            return distribution.Counts(rest, _variance(width), start=so_far)
        return distribution.Student(so_far + rest, width, lowest=least, whole=self.bounds.whole)

    def _in_units(self, ahead: int) -> tuple[float, float]:
        """Give a quarter's centre and scale in the figure's own unit."""
        centre, scale = float(self.centres[ahead - 1]), float(self.scales[ahead - 1])
        if self.logs:
            centre = math.exp(min(centre, 700.0))
            return centre, centre * math.sinh(min(scale, 10.0))
        return min(max(centre, self.bounds.lowest), self.bounds.highest), scale

    def _unmoved(self, value: float, scale: float, least: float) -> distribution.Unvaried:
        reach = scale * distribution.t_quantile(0.975)
        if self.bounds.whole:
            reach = max(1.0, float(round(reach)))
        return distribution.Unvaried(value, self.points, reach, least, self.bounds.highest)


def forecast(values: NDArray[np.float64], bounds: Bounds, *, points: int, steps: int, widen: float = 1.0) -> Forecast:
    """Forecast a series without gaps, of which so many points are real.

    ``widen`` multiplies the scales: what missing quarters cost, and a council's own recalibration.
    """
    values = values[-projection.LONGEST :]
    logs = bool(len(values) >= LOG_LEAST and values.min() > 0 and not math.isfinite(bounds.highest))
    measured = np.log(values) if logs else values
    unvaried = float(values[-1]) if np.ptp(values) == 0 else None
    found = projection.paths(measured[None, :], steps=steps)
    level = 1.0 if logs else float(np.abs(values).mean())
    scales = widen * spread.scale(float(found.error[0]), level, min(points, len(values)), steps)
    return Forecast(found.centre[0], scales, logs, bounds, unvaried, points)


def _variance(scale: float) -> float:
    """Give the variance of the normal whose 80% interval is that of the t of this scale."""
    return (scale * distribution.t_quantile(0.9) / 1.2815515655446004) ** 2
