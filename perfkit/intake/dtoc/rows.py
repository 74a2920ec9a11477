"""The rows of a delayed-transfers sheet: areas, totals of regions, and what is no area at all, such as notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfkit.intake.dtoc import words
from perfkit.intake.dtoc.layout import Heading
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue


@dataclass(frozen=True)
class Rows:
    """The rows below a heading that hold figures: of areas, and of regions with each region's name."""

    areas: list[int]
    regions: dict[int, str]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Named:
    """What a column of names holds, by place: the same month after month."""

    areas: tuple[int, ...]
    nameless: tuple[int, ...]
    england: tuple[int, ...]
    regions: dict[int, str]


def find(sheet: Sheet, heading: Heading, columns: list[int]) -> Rows:
    """Find the rows of areas and of regions below a heading; blank rows and notes are passed over.

    England's row may be repeated at the foot of the table: the same figures are read once.
    """
    start, column = heading.row + 1, heading.labels["name"]
    names, beside = (tuple([row[c] for row in sheet.rows[start:]]) if c is not None else () for c in (
        column, heading.labels.get("region")))  # fmt: skip
    named = _named(names, beside)
    first, last = min(columns), max(columns) + 1
    filled = [start + r for r in named.areas if _has_figures(sheet.rows[start + r], heading, first, last)]
    if len(named.england) > 1:
        top, *others = [start + r for r in named.england]
        again = {r for r in others if sheet.rows[r][first:last] == sheet.rows[top][first:last]}
        filled = [r for r in filled if r not in again]
    regions = {start + r: name for r, name in named.regions.items() if start + r in filled} if named.regions else {}
    return Rows([r for r in filled if r not in regions] if regions else filled, regions,
                tuple(_nameless(sheet, [start + r for r in named.nameless], column, (first, last))))  # fmt: skip


def _has_figures(row: list[Value], heading: Heading, first: int, last: int) -> bool:
    figure = row[first]
    if type(figure) is float:
        return True
    code = heading.labels.get("code")
    return figure != row[heading.labels["name"]] and (
        any(value is not None for value in row[first:last])
        or (code is not None and any(sign.isalnum() for sign in str(row[code] or "")))
    )


@lru_cache(maxsize=128)
def _named(names: tuple[Value, ...], beside: tuple[Value, ...]) -> _Named:
    """Tell names apart; a region is one that the register knows, or that stands in the column of regions beside."""
    found = [words.name(name) for name in names]
    labels = {words.name(label).lower() for label in beside}
    regions = {r: words.bare_region(name) for r, name in enumerate(names) if found[r] and (
        words.region(name) or words.bare_region(name).lower() in labels)}  # fmt: skip
    return _Named(
        tuple(r for r, name in enumerate(found) if name),
        tuple(r for r, name in enumerate(found) if not name),
        tuple(r for r, name in enumerate(found) if name == words.ENGLAND),
        {r: name for r, name in regions.items() if found[r] != words.ENGLAND},
    )


def _nameless(sheet: Sheet, rows: list[int], column: int, span: tuple[int, int]) -> Iterator[Issue]:
    for r in rows:
        if any(isinstance(value, float | int) for value in sheet.rows[r][slice(*span)]):
            text = sheet.text(r, column)
            found = f'"{text}" as the name of an area' if text else "figures without the name of an area"
            yield sheet.issue(r, column, found=found, expected="an authority, or England",
                              action="Give the name, or remove the row.")  # fmt: skip
