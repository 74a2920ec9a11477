"""The two distributions of an outlook, on numpy alone: Student's t, and the negative binomial for small counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

FREEDOM = 4
"""Degrees of freedom of the t: tails heavy enough that both 80% and 95% intervals hold in back-tests."""
_COUNTS_REACH = 40


def t_below(x: float, freedom: int = FREEDOM) -> float:
    """Give the probability that Student's t is at most x.

    Source: the finite series for whole degrees of freedom, Abramowitz and Stegun 26.7.3 and 26.7.4.

    >>> round(t_below(2.776445, 4), 4), round(t_below(-1.475884, 5), 4)
    (0.975, 0.1)
    """
    if math.isinf(x):
        return 1.0 if x > 0 else 0.0
    angle = math.atan2(x, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    if freedom % 2 == 0:
        return 0.5 + 0.5 * sine * _series(cosine, range(1, freedom // 2), -1)
    spread = sine * cosine * _series(cosine, range(1, (freedom - 1) // 2), 1) if freedom > 1 else 0.0
    return 0.5 + (angle + spread) / math.pi


def _series(cosine: float, steps: range, shift: int) -> float:
    term = total = 1.0
    for k in steps:
        numerator, denominator = (2 * k - 1, 2 * k) if shift < 0 else (2 * k, 2 * k + 1)
        term *= cosine * cosine * numerator / denominator
        total += term
    return total


@lru_cache(maxsize=256)
def t_quantile(probability: float, freedom: int = FREEDOM) -> float:
    """Give the value that Student's t stays below with that probability.

    >>> round(t_quantile(0.9, 4), 4), round(t_quantile(0.975, 10), 4)
    (1.5332, 2.2281)
    """
    low, high = -1.0, 1.0
    while t_below(low, freedom) > probability:
        low *= 2
    while t_below(high, freedom) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if t_below(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


@dataclass(frozen=True)
class Student:
    """A t about a centre, in the figure's unit or in logs, its mass beyond the bounds gathered on them."""

    centre: float
    scale: float
    logs: bool = False
    lowest: float = -math.inf
    highest: float = math.inf
    whole: bool = False

    @property
    def middle(self) -> float:
        """The figure as likely to be passed as not."""
        return self._shown(self.centre)

    def quantile(self, probability: float) -> float:
        """Give the figure that stays unpassed with that probability."""
        if self.scale == 0:
            return self.middle
        return self._shown(self.centre + self.scale * t_quantile(probability))

    def at_least(self, figure: float, *, strict: bool = False) -> float:
        """Give the probability of reaching the figure; strictly: of passing it. Whole figures reach half a unit."""
        if figure < self.lowest or figure > self.highest:
            return 1.0 if figure < self.lowest else 0.0
        if figure == self.lowest and not strict:
            return 1.0
        if figure == self.highest and strict:
            return 0.0
        edge = (math.floor(figure) + 0.5 if strict else math.ceil(figure) - 0.5) if self.whole else figure
        if self.scale == 0:
            return float(self.middle > edge or (self.middle == edge and not strict))
        return 1 - t_below((self._measured(edge) - self.centre) / self.scale)

    def _measured(self, figure: float) -> float:
        if not self.logs:
            return figure
        return math.log(figure) if figure > 0 else -math.inf

    def _shown(self, measured: float) -> float:
        figure = math.exp(min(measured, 700.0)) if self.logs else measured
        figure = min(max(figure, self.lowest), self.highest)
        return float(round(figure)) if self.whole else figure


class Counts:
    """A negative binomial with that mean and variance; a Poisson where the variance is no larger than the mean.

    It counts on from ``start``, the year so far.

    >>> few = Counts(2.0, 2.0)
    >>> few.quantile(0.9), round(few.at_least(1), 3), round(few.at_least(1, strict=True), 3)
    (4.0, 0.865, 0.594)
    """

    def __init__(self, mean: float, variance: float, *, start: float = 0.0) -> None:
        mean = max(mean, 1e-6)
        self._mean, self._start = mean, start
        top = int(mean + _COUNTS_REACH * math.sqrt(max(variance, mean)) + 10)
        k = np.arange(1, top)
        if variance <= mean * (1 + 1e-9):
            first, ratios = math.exp(-mean), mean / k
        else:
            size = mean * mean / (variance - mean)
            first = math.exp(size * math.log(size / (size + mean)))
            ratios = (k - 1 + size) / k * (mean / (size + mean))
        chances = np.concatenate(([first], first * np.cumprod(ratios)))
        self._below = np.minimum(np.cumsum(chances), 1.0)

    @property
    def middle(self) -> float:
        """The mean, as a whole number."""
        return float(round(self._start + self._mean))

    def quantile(self, probability: float) -> float:
        """Give the least whole number that stays unpassed with that probability."""
        return self._start + float(np.searchsorted(self._below, probability))

    def at_least(self, figure: float, *, strict: bool = False) -> float:
        """Give the probability of reaching the figure; strictly: of passing it."""
        figure -= self._start
        least = math.floor(figure) + 1 if strict else math.ceil(figure)
        if least <= 0:
            return 1.0
        return float(1 - self._below[least - 1]) if least <= len(self._below) else 0.0


@dataclass(frozen=True)
class Unvaried:
    """A figure that has never varied: it stays with probability (n + 1) / (n + 2), by the rule of succession.

    The remainder is shared between both sides, or goes to the one side that the bounds leave.

    >>> full = Unvaried(100.0, points=10, reach=3.0, highest=100.0)
    >>> full.quantile(0.1), round(full.at_least(100.0), 3)
    (100.0, 0.917)
    """

    value: float
    points: int
    reach: float
    lowest: float = -math.inf
    highest: float = math.inf

    @property
    def middle(self) -> float:
        """The figure that has stood all along."""
        return self.value

    def _sides(self) -> tuple[float, float]:
        moves = 1 / (self.points + 2)
        if self.value <= self.lowest:
            return 0.0, moves
        return (moves, 0.0) if self.value >= self.highest else (moves / 2, moves / 2)

    def quantile(self, probability: float) -> float:
        """Give the figure itself but far in the tails, where it is the edge of the reach."""
        below, above = self._sides()
        if probability < below:
            return max(self.value - self.reach, self.lowest)
        return min(self.value + self.reach, self.highest) if probability > 1 - above else self.value

    def at_least(self, figure: float, *, strict: bool = False) -> float:
        """Give the probability of reaching the figure; strictly: of passing it."""
        below, above = self._sides()
        if figure < self.value or (figure == self.value and not strict):
            return 1.0 if figure <= self.lowest else 1 - below * (figure >= self.value - self.reach)
        return above * (figure <= self.value + self.reach)


Distribution = Student | Counts | Unvaried
