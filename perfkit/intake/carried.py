"""What a column of labels says once for several rows: the region of all areas below it, down to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def down(labels: Sequence[str | None]) -> Sequence[str | None]:
    """Carry each label down over the empty cells below it, where each is written once; else give them as they are.

    >>> down(["North", None, "South", None]), down(["North", None, "South", "South"])
    (['North', 'North', 'South', 'South'], ['North', None, 'South', 'South'])
    """
    told = [label for label in labels if label]
    if len(set(told)) < len(told):
        return labels
    return list(accumulate(labels, _next))


def _next(last: str | None, own: str | None) -> str | None:
    return last if own is None else own
