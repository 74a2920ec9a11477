"""The probability of meeting a target, by its kind, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from perfkit.analysis.outlook.distribution import Distribution
from perfkit.model.errors import ParameterError

Kind = Literal["higher", "lower", "band", "milestone", "none"]

LIKELY, UNLIKELY = 0.8, 0.2


@dataclass(frozen=True)
class Goal:
    """A target as an outlook needs it: at least ``low``, at most ``high``, or between the two.

    A strict goal is not met by reaching the edge exactly. A milestone, or no target, has no probability.

    >>> Goal("higher", low=67.0).met(67.0), Goal("lower", high=3.0, strict=True).met(3.0)
    (True, False)
    """

    kind: Kind
    low: float | None = None
    high: float | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        needed = {"higher": ("low",), "lower": ("high",), "band": ("low", "high")}.get(self.kind, ())
        for edge in needed:
            if getattr(self, edge) is None:
                raise ParameterError(f'A target of the kind "{self.kind}" needs its {edge} edge.')
        if self.kind == "band" and self.low is not None and self.high is not None and self.low > self.high:
            raise ParameterError(f"A band from {self.low:g} to {self.high:g} is empty: give the lower edge first.")

    def met(self, figure: float) -> bool | None:
        """Say whether a figure meets the goal; None where nothing can."""
        if self.kind not in ("higher", "lower", "band"):
            return None
        above = self.low is None or (figure > self.low if self.strict else figure >= self.low)
        below = self.high is None or (figure < self.high if self.strict else figure <= self.high)
        return {"higher": above, "lower": below}.get(self.kind, above and below)

    def settled(self, so_far: float) -> bool | None:
        """Say whether a total that can only grow has met the goal, or lost it, for good; None while it is open."""
        if self.kind == "higher":
            return self.met(so_far) or None
        if self.kind in ("lower", "band") and self.high is not None:
            beyond = so_far >= self.high if self.strict else so_far > self.high
            return False if beyond else None
        return None


def meeting(goal: Goal | None, figure: Distribution) -> float | None:
    """Give the probability that the figure meets the goal; None where the goal has none.

    >>> from perfkit.analysis.outlook.distribution import Student
    >>> round(meeting(Goal("higher", low=67.0), Student(70.0, 2.0)), 2)
    0.9
    """
    if goal is None or goal.met(0.0) is None:
        return None
    reached = 1.0 if goal.low is None else figure.at_least(goal.low, strict=goal.strict)
    passed = 0.0 if goal.high is None else figure.at_least(goal.high, strict=not goal.strict)
    chance = {"higher": reached, "lower": 1 - passed}.get(goal.kind, reached - passed)
    return min(max(chance, 0.0), 1.0)


def verdict(probability: float | None) -> str:
    """Put a probability in a word: likely from 0.8, unlikely to 0.2, uncertain between; none for none.

    >>> verdict(0.8), verdict(0.5), verdict(0.2), verdict(None)
    ('likely', 'uncertain', 'unlikely', '')
    """
    if probability is None:
        return ""
    if probability >= LIKELY:
        return "likely"
    return "unlikely" if probability <= UNLIKELY else "uncertain"


def pair(probabilities: Iterable[float | None]) -> float | None:
    """Give what can be said of a pair of targets, both to be met: no more than the less probable of its parts.

    None where a part has no probability, since the pair then has none.

    >>> pair([0.9, 0.4]), pair([0.9, None])
    (0.4, None)
    """
    parts = list(probabilities)
    known = [part for part in parts if part is not None]
    return min(known) if known and len(known) == len(parts) else None
