"""The arithmetic of a rating: what is met, what is near, what is neither. Whole columns at once, nothing rounded.

Boundaries are inclusive: a value at its target is green (unless the target says "more than"), a value exactly at the
end of the tolerance is amber. Figures that differ by less than one part in a thousand million count as equal, so that a
share worked out in binary is not below its own target.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from perfkit.model.ordinals import Numbers
from perfkit.model.spellings import written

RED, AMBER, GREEN, NOT_RATED = range(4)
WORDS = ["red", "amber", "green", "not rated"]
DEFAULT_PERCENT = 10.0
DEFAULT_POINTS = 5.0
_SLACK = 1e-9


def shortfall(value: Numbers, *, low: Numbers, high: Numbers, sign: Numbers) -> Numbers:
    """Give how far a value is on the wrong side: below low (sign 1), above high (-1), outside the two (0).

    >>> shortfall(np.array([92.0, 96.0]), low=np.array([93.0]), high=np.array([95.0]), sign=np.array([0]))
    array([1., 1.])
    """
    below, above = low - value, value - high
    return np.where(sign > 0, below, np.where(sign < 0, above, np.maximum(below, above)))


def met(miss: Numbers, *, scale: Numbers, strict: Any) -> Numbers:
    """Say whether a target is met: missed by nothing, or where it is ``strict`` passed by something.

    ``scale`` is the size of the figures compared.

    >>> met(np.array([0.0, 0.1, -0.1]), scale=np.full(3, 80.0), strict=np.array([False, False, True]))
    array([ True, False,  True])
    """
    slack = _SLACK * scale
    return np.where(strict, miss < -slack, miss <= slack)


def judge(miss: Numbers, *, width: Numbers, scale: Numbers, strict: Any) -> Numbers:
    """Rate by how far a value is on the wrong side: green where it is met, amber up to ``width``, else red.

    >>> judge(np.array([0.0, 10.0, 10.1]), width=np.full(3, 10.0), scale=np.full(3, 100.0), strict=np.full(3, False))
    array([2, 1, 0])
    """
    near = (miss <= width + _SLACK * scale) & (width > 0)
    return np.where(met(miss, scale=scale, strict=strict), GREEN, np.where(near, AMBER, RED))


def sentence(family: str, *, width: float, percent: bool, points: bool, says: str) -> str:
    """Write a rule for a reader, with its tolerance and who set it; "within" is a range with no better side.

    >>> sentence("relative", width=10.0, percent=False, points=False, says="perfkit's default")
    "Green where the target is met, amber within 10% of it, red beyond (perfkit's default)."
    """
    amount = f"within {written(width)}{'' if points else '%'}{_points(width) if points and percent else ''} of it"
    near = f"amber {amount}, red beyond" if width > 0 else "else red"
    level = f"{written(width)}{'%' if percent else ''}"
    met = "Green where the target is met"
    text = {
        "floor": f"{met}, amber from there to the floor of {level}, red beyond the floor",
        "direction": f"{met}, amber if not but better than in the same quarter last year, else red",
        "range": f"Green in the range or better, {near.replace('of it', 'of its nearer edge')}",
        "within": f"Green in the range, {near.replace('of it', 'of its nearer edge')}",
        "pair": f"Each of the two figures is green where its target is met, {near}; the worse of the two counts",
        "milestone": "Green when complete, or on track before it is due; amber when reported behind; red when overdue",
        "rank": "Green in the target's part of the ranking, amber in the next quartile, else red",
    }.get(family, f"{met}, {near}")
    return f"{text} ({says})."


def _points(width: float) -> str:
    return " point" if width == 1 else " points"
