"""What headings of a discharge workbook say of their figures, whatever table they stand in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_OTHER = re.compile(r"percent|proportion|%|\brates?\b|\bcosts?\b|£|discharge ready")
"""Words over figures that are no counts of patients or days, such as what delays cost since August 2025."""
_MEAN = re.compile(r"daily average [-–]", re.IGNORECASE)
_STAY = re.compile(
    r"(?P<low>\d+) ?(?:-|–|to) ?(?P<high>\d+) days|(?:over|more than|>) ?(?P<over>\d+) days|"
    r"(?:≥|>=|at least|minimum of)? ?(?P<least>\d+) ?(?:\+|days|or more|or over|and over|plus)",
    re.IGNORECASE,
)


ALONE, NEVER = "counts alone", "costs, shares and averages of the days never are."
"""What is expected in place of what is made of counts, and why it is not read."""


class Said(NamedTuple):
    """What a column gives: measure, breakdown, its title and unit."""

    measure: str
    breakdown: str
    title: str
    unit: str


@lru_cache(maxsize=1024)
def is_other(text: str) -> bool:
    """Say whether a text stands over figures that are no counts of patients or days.

    >>> is_other("Delay reason LOS 7+ cost"), is_other("Delay reason LOS 7+")
    (True, False)
    """
    return _OTHER.search(text.lower()) is not None


def is_made(text: str) -> bool:
    """Say whether a text is of what is made of counts: a cost or a share, or, since August 2025, the mean of the days.

    >>> is_made("Daily Average - Number of patients"), is_made("Number of patients discharged")
    (True, False)
    """
    return is_other(text) or _MEAN.match(text) is not None


@lru_cache(maxsize=512)
def stay(text: str) -> str:
    """Give the length of stay that a text speaks of, "" for none.

    >>> stay("length of stay of 7+ days"), stay("length of stay 14 days or over"), stay("7 - 13 days"), stay("All")
    ('7 days or more', '14 days or more', '7 to 13 days', '')
    """
    match = _STAY.search(text)
    if match is None:
        return ""
    if match["low"]:
        return f"{match['low']} to {match['high']} days"
    return f"{int(match['over']) + 1 if match['over'] else match['least']} days or more"
