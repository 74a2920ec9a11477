"""Parts of every chart over time: which periods are named below it, and labels that do not touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pandas as pd

from perfkit.display import style, svg
from perfkit.display.charts.frame import Margins
from perfkit.display.svg import Sheet
from perfkit.model import periods
from perfkit.model.periods import MONTHS

_LABEL = 66
"""Pixels across that a period below the axis needs."""


def short(label: str) -> str:
    """Write a period in two short lines.

    >>> short("2017-18 Q1").split("\\n"), short("June 2017").split("\\n")
    (['Q1', '2017-18'], ['Jun', '2017'])
    """
    if match := re.fullmatch(r"(\d{4}-\d\d) (Q\d)", label):
        return f"{match[2]}\n{match[1]}"
    if (match := re.fullmatch(r"([A-Z][a-z]+) (\d{4})", label)) and match[1] in MONTHS:
        return f"{match[1][:3]}\n{match[2]}"
    return label


def tick_places(size: int, most: int) -> list[int]:
    """Choose which of so many places are named: the last one, and back from it in equal steps.

    >>> tick_places(13, 4)
    [0, 4, 8, 12]
    """
    step = max(1, -(-size // most))
    return list(range(size - 1, -1, -step))[::-1]


def name_periods(sheet: Sheet, places: Sequence[float], labels: Sequence[str]) -> None:
    """Write periods below the axis, as many as there is room for."""
    room = sheet.axes.get_position().width * sheet.width
    chosen = tick_places(len(labels), max(1, int(room / _LABEL)))
    name_ticks(sheet, [places[place] for place in chosen], [labels[place] for place in chosen])


def name_ticks(sheet: Sheet, places: Sequence[float], labels: Sequence[str]) -> None:
    """Write below the axis what stands at places."""
    sheet.axes.set_xticks(places, [""] * len(places))
    for place, said in zip(places, map(short, labels), strict=True):
        down = -20.0 if "\n" in said else -14.0
        where = ("data", "axes fraction")
        svg.beside(sheet.axes, said, (place, 0), by=(0, down), coords=where, ha="center", color=style.SOFT)


def apart(sheet: Sheet, values: Sequence[float], gap: float = 17) -> list[float]:
    """Give the heights, in pixels above the axis, of labels that stand beside their values but do not touch."""
    box = sheet.axes.get_position()
    low, high = sheet.axes.get_ylim()
    pixels = [(value - low) / (high - low) * box.height * sheet.height for value in values]
    order = sorted(range(len(pixels)), key=pixels.__getitem__)
    for below, above in pairwise(order):
        pixels[above] = max(pixels[above], pixels[below] + gap)
    return pixels


def name_lines(sheet: Sheet, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write what each line is beside its end: its height, words and colour."""
    heights = apart(sheet, [value for value, _, _ in ends], 15 if sheet.narrow else 17)
    for (_, said, colour), height in zip(ends, heights, strict=True):
        coords = ("axes fraction", "axes pixels")
        svg.beside(sheet.axes, said, (1, height), by=(8, 0), coords=coords, color=colour)


def scale(sheet: Sheet, values: Sequence[float]) -> None:
    """Set the upright axis to hold these values; from 0 where they come near it."""
    held = [value for value in values if value == value]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    room = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    sheet.axes.set_ylim(0 if 0 <= low < high / 4 else low - room, high + room)


def right_margin(said: Sequence[str], narrow: bool) -> float:
    """Give the room in pixels that labels beside the lines need."""
    return 16 + max([len(words) for words in said] + [4]) * (6.7 if narrow else 7.5)


def margins(said: Callable[[bool], Sequence[str]], *, above: float) -> tuple[Margins, Margins]:
    """Give the margins of a wide and of a narrow chart: ``said`` gives the labels beside the lines of either."""
    wide, narrow = (right_margin(said(is_narrow), is_narrow) for is_narrow in (False, True))
    return (56, wide, above, 44), (46, narrow, above, 44)


def place(label: str) -> float:
    """Give where a period stands on an axis of quarters, so that gaps show and months fall between.

    >>> place("2017-18 Q2") - place("2017-18 Q1"), round(place("July 2017") - place("2017-18 Q1"), 2)
    (1.0, 0.33)
    """
    end: pd.Timestamp = periods.parse(label).end_time
    return float(end.year * 12 + end.month) / 3
