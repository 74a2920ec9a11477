"""How a probability is written: as a percentage, never as certainty."""

from __future__ import annotations

CERTAIN = 0.995
"""From here on a percentage would read as certainty."""


def written(probability: float) -> str:
    """Write a probability as a percentage, never as certainty.

    >>> written(0.84), written(0.999), written(0.001)
    ('84%', 'over 99%', 'under 1%')
    """
    if probability >= CERTAIN:
        return "over 99%"
    return "under 1%" if probability <= 1 - CERTAIN else f"{probability:.0%}"
