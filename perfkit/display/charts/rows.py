"""Bars one below another, each named beside it on a wide screen and above it on a phone."""

from __future__ import annotations

from collections.abc import Iterable

from perfkit.display import svg, words
from perfkit.display.svg import Sheet

_ON_A_PHONE = 54
"""Letters of a name that stand across a phone."""


def lay_out(sheet: Sheet, ends: Iterable[float], *, count: int) -> None:
    """Set the axes for so many bars from 0 to their ends, the first on top."""
    reach = [0.0, *ends]
    sheet.axes.set_xlim(min(reach), max(reach) or 1.0)
    sheet.axes.set_ylim(max(count, 1) - 0.5, -0.5)
    sheet.axes.axis("off")


def height(sheet: Sheet, place: int) -> float:
    """Say how far down the bar at a place stands: on a phone below its name."""
    return place + (0.16 if sheet.narrow else 0.0)


def name(sheet: Sheet, said: str, place: int, *, letters: int, gap: int = 12, weight: str = "normal") -> None:
    """Write the name of a bar: ``gap`` pixels left of the axes in two lines of so many ``letters``, or above it."""
    if sheet.narrow:
        left = sheet.axes.get_position().x0 * sheet.width
        at, by, ha, lines = (0, place - 0.25), (2 - left, 0), "left", words.shortened(said, _ON_A_PHONE)
    else:
        at, by, ha, lines = (0, place), (-gap, 0), "right", words.in_two_lines(said, letters)
    look = {"size": 12} if "\n" in lines else {}
    svg.beside(sheet.axes, lines, at, by=by, coords=("axes fraction", "data"), ha=ha, weight=weight, **look)
