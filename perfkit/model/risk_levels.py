"""The level of a risk by its score, which is likelihood times impact, 1 to 25."""

from __future__ import annotations

HIGH, MEDIUM = 15, 8
"""From which score a risk is high or medium: perfkit's own default, as the papers of 2017 publish none."""


def level(score: int, *, high: int = HIGH) -> str:
    """Give the level of a score: high, medium or low.

    >>> level(20), level(12), level(12, high=12), level(4)
    ('high', 'medium', 'high', 'low')
    """
    return "high" if score >= high else "medium" if score >= MEDIUM else "low"
