"""Where the year-end stands against the same quarter last year: the arrow follows the number, the word polarity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perfkit.analysis.outlook.distribution import Distribution

NO_CHANGE = "no clear change"
_SURE_ENOUGH = 0.5


@dataclass(frozen=True)
class Direction:
    """An arrow (up, down, level), a word (empty for neutral polarity), and how probable it is."""

    arrow: str = ""
    word: str = ""
    probability: float | None = None


def dead_band(values: NDArray[np.float64], materiality: float | None = None) -> float:
    """Give the change that is too small to mention: the owner's, or half the mean year-on-year change if larger.

    >>> dead_band(np.array([1.0, 2.0, 3.0, 4.0, 3.0, 2.0]), 0.2)
    0.5
    """
    changes = np.abs(values[4:] - values[:-4])
    usual = 0.5 * float(changes.mean()) if len(changes) else 0.0
    return max(usual, materiality or 0.0)


def direction(figure: Distribution, last_year: float, band: float, *, polarity: str = "higher") -> Direction:
    """Compare what the year-end may be with the same quarter last year.

    A direction is named where a change beyond the dead band that way is likelier than one the other way and than
    none, and where the year-end is on that side of last year with probability of one half or more; that probability
    is given. "No clear change" claims nothing, and so carries none.

    >>> from perfkit.analysis.outlook.distribution import Student
    >>> found = direction(Student(70.0, 2.0), 66.0, 1.0)
    >>> found.arrow, found.word, round(found.probability, 2)
    ('up', 'improving', 0.94)
    """
    rises = figure.at_least(last_year + band, strict=True)
    falls = 1 - figure.at_least(last_year - band)
    stays = max(0.0, 1 - rises - falls)
    higher, lower = figure.at_least(last_year, strict=True), 1 - figure.at_least(last_year)
    if rises > max(falls, stays) and higher >= _SURE_ENOUGH:
        return Direction("up", _word(polarity, "higher"), higher)
    if falls > max(rises, stays) and lower >= _SURE_ENOUGH:
        return Direction("down", _word(polarity, "lower"), lower)
    return Direction("level", NO_CHANGE if polarity in ("higher", "lower") else "")


def _word(polarity: str, moved: str) -> str:
    if polarity not in ("higher", "lower"):
        return ""
    return "improving" if polarity == moved else "deteriorating"
