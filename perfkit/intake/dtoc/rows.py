"""The rows of a delayed-transfers sheet: areas, totals of regions, and what is no area at all, such as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

from perfkit.intake import carried
from perfkit.intake.dtoc import words
from perfkit.intake.dtoc.layout import Heading, area_key
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue

Column = tuple[Value, ...]
_ROLES = ("name", "code", "region", "ons")


@dataclass(frozen=True)
class Areas:
    """The areas of one sheet in their order, as they are named there: the same month after month."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    keys: tuple[str, ...]
    """What stays the same of a name between sheets."""
    ons: tuple[str, ...] = ()
    """The codes of the Office for National Statistics; none at all where the sheet has no column of them."""

    @cached_property
    def england(self) -> int | None:
        """The place of England among them."""
        return self.names.index(words.ENGLAND) if words.ENGLAND in self.names else None

    @cached_property
    def repeats(self) -> bool:
        """Whether a name or a code stands there twice."""
        codes = [code for code in self.codes if code]
        return len(set(self.keys)) < len(self.keys) or len(set(codes)) < len(codes)

    def only(self, places: Sequence[int]) -> Areas:
        """Keep some of them."""
        lists = {name: getattr(self, name) for name in ("names", "codes", "regions", "keys", "ons")}
        return Areas(**{name: tuple(some[i] for i in places) if some else () for name, some in lists.items()})


@dataclass(frozen=True)
class Rows:
    """The rows below a heading that hold figures, counted from it: of areas, and of regions with each one's name."""

    listed: Areas
    areas: list[int]
    regions: dict[int, str]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Named:
    """What the columns of labels hold, by place: the same month after month."""

    listed: Areas
    areas: list[int]
    nameless: tuple[int, ...]
    england: tuple[int, ...]
    regions: dict[int, str]


def below(sheet: Sheet, row: int) -> list[Column]:
    """Give the cells below a row column by column."""
    return list(zip_longest(*sheet.rows[row + 1 :])) or [()] * len(sheet.rows[row])


def find(sheet: Sheet, heading: Heading, cells: list[Column], columns: list[int]) -> Rows:
    """Find the rows of areas and of regions among the cells below a heading; blank rows and notes are passed over.

    England's row may be repeated at the foot of the table: the same figures are read once.
    """
    start, place = heading.row + 1, heading.labels.get
    named = _named(*(() if (c := place(role)) is None else cells[c] for role in _ROLES))
    first, last = min(columns), max(columns) + 1
    figures = cells[first]
    filled = [r for r in named.areas
              if type(figures[r]) is float or _has_figures(sheet.rows[start + r], heading, first, last)]  # fmt: skip
    if len(named.england) > 1:
        top, *others = named.england
        again = {r for r in others if sheet.rows[start + r][first:last] == sheet.rows[start + top][first:last]}
        filled = [r for r in filled if r not in again]
    regions = {r: name for r, name in named.regions.items() if r in filled}
    own = [r for r in filled if r not in regions] if regions else filled
    listed = named.listed if own == named.areas else named.listed.only([named.areas.index(r) for r in own])
    issues = _nameless(sheet, [start + r for r in named.nameless], heading.labels["name"], (first, last))
    return Rows(listed, own, regions, tuple(issues))


def _has_figures(row: list[Value], heading: Heading, first: int, last: int) -> bool:
    code = heading.labels.get("code")
    return row[first] != row[heading.labels["name"]] and (
        any(value is not None for value in row[first:last])
        or (code is not None and any(sign.isalnum() for sign in str(row[code] or "")))
    )


@lru_cache(maxsize=128)
def _named(names: Column, codes: Column, beside: Column, ons: Column) -> _Named:
    """Tell names apart; a region is one that the register knows, or that stands in the column of regions beside."""
    found = tuple(map(words.name, names))
    labels = {words.name(label).lower() for label in beside}
    regions = {r: words.bare_region(name) for r, name in enumerate(names) if found[r] and (
        words.region(name) or words.bare_region(name).lower() in labels)}  # fmt: skip
    blank, places = ("",) * len(names), [r for r, name in enumerate(found) if name]
    every = Areas(found, tuple(map(words.code, codes)) or blank, _beside(found, beside) or blank,
                  tuple(map(area_key, found)), tuple(map(words.code, ons)))  # fmt: skip
    return _Named(
        every.only(places),
        places,
        tuple(r for r, name in enumerate(found) if not name),
        tuple(r for r, name in enumerate(found) if name == words.ENGLAND),
        {r: name for r, name in regions.items() if found[r] != words.ENGLAND},
    )


def _beside(names: tuple[str, ...], beside: Column) -> tuple[str, ...]:
    """Give the region beside each area; where every region is written once, the empty cells below it are of it too."""
    labels = tuple(map(words.code, beside))
    if None not in beside:
        return labels
    below = carried.down([None if cell is None else label for cell, label in zip(beside, labels, strict=True)])
    return tuple(
        label if name == words.ENGLAND or words.ELSEWHERE.search(name) else region or ""
        for name, label, region in zip(names, labels, below, strict=True)
    )


def _nameless(sheet: Sheet, rows: list[int], column: int, span: tuple[int, int]) -> Iterator[Issue]:
    for r in rows:
        if any(isinstance(value, float | int) for value in sheet.rows[r][slice(*span)]):
            text = sheet.text(r, column)
            found = f'"{text}" as the name of an area' if text else "figures without the name of an area"
            yield sheet.issue(r, column, found=found, expected="an authority, or England",
                              action="Give the name, or remove the row.")  # fmt: skip
