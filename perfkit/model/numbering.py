"""The order of published numbers, such as 2, 2a and 10: that of their numbers, not of their signs."""

from __future__ import annotations

import re
from typing import Any


def order(number: object) -> tuple[Any, ...]:
    """Give a key that sorts published numbers as people do: 2 before 10, 2a after 2.

    >>> sorted(["10", "2a", "2"], key=order)
    ['2', '2a', '10']
    """
    parts = re.split(r"(\d+)", str(number))
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts if part)
