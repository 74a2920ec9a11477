"""How a sentence lists things: the last one after "and" or "or", all others with commas."""

from __future__ import annotations

from collections.abc import Iterable


def join(items: Iterable[object], *, last: str = "and") -> str:
    """Join items as a sentence does.

    >>> join(["a"]), join(["a", "b"]), join(["a", "b", "c"], last="or"), join([])
    ('a', 'a and b', 'a, b or c', '')
    """
    *most, end = [str(item) for item in items] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end
