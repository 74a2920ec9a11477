"""How well two colours stand out from each other: the rule that charts are drawn by and pages are checked by."""

from __future__ import annotations

from functools import cache


@cache
def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours, as WCAG 2.2 defines it (1 to 21).

    >>> round(contrast("#000000", "#ffffff")), round(contrast("#777777", "#ffffff"), 2)
    (21, 4.48)
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
