"""Which of the papers a sheet is, known by its headings and, where several fit, by its name."""

from __future__ import annotations

from perfkit.intake.headings import Headings, words
from perfkit.intake.layouts import reader, text
from perfkit.intake.layouts.headings import DEPTH
from perfkit.intake.papers import grid
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.layouts import Heading, Layout
from perfkit.model.paper_layouts import LAYOUTS, SAVINGS

_MANY = 4
_MORE = 2
"""Headings by which one that is almost another paper goes before what it would be read as."""


def paper(sheet: Sheet) -> Layout | None:
    """Give the layout by which a sheet is surely read: by all headings that it needs, or as a grid of savings.

    >>> paper(Sheet("a.xlsx", "Savings", [["Saving", "2024-25", "2025-26"], ["Fleet", 1, 2]])).table
    'savings'
    """
    return of(sheet) or (SAVINGS if grid.find(sheet) else None)


def of(sheet: Sheet) -> Layout | None:
    """Choose the layout by whose headings a sheet is known; of several the one with most of them on it.

    >>> of(Sheet("a.xlsx", "Register", [["Risk id", "Risk", "Likelihood", "Impact"]])).table
    'risks'
    """
    clean = text.plain(sheet, rows=DEPTH)
    fits = [(layout, found) for layout in LAYOUTS.values() if (found := reader.find(clean, layout))]
    if not fits:
        return None
    named = [layout for layout, _ in fits if words(layout.sheet) == words(sheet.name)]
    if named:
        return named[0]
    layout, found = max(fits, key=lambda fit: len(fit[1].columns))
    rival = _nearly(clean)
    return None if rival and len(rival[1].columns) > len(found.columns) + _MORE else layout


def nearly(sheet: Sheet) -> tuple[Layout, int, list[Heading]] | None:
    """Tell of a sheet that lacks few of the headings that a layout needs: half if it bears its name, else one of many.

    >>> nearly(Sheet("a.xlsx", "Risk register", [["Risk id", "Risk", "Chance", "Impact"]]))[2][0].title
    'Likelihood'
    """
    lacking = _nearly(text.plain(sheet, rows=DEPTH))
    return (lacking[0], lacking[1].row, lacking[2]) if lacking else None


def _nearly(sheet: Sheet) -> tuple[Layout, Headings, list[Heading]] | None:
    for layout in LAYOUTS.values():
        lacking = reader.lacks(sheet, layout)
        if lacking is None:
            continue
        found, without = lacking
        named = words(layout.sheet).rstrip("s") in words(sheet.name)
        if (named and 2 * len(without) <= len(layout.needed)) or _one_of_many(layout, without):
            return layout, found, without
    return None


def _one_of_many(layout: Layout, without: list[Heading]) -> bool:
    return len(without) == 1 and len(layout.needed) >= _MANY
