"""The figures of one delayed-transfers sheet: areas down, figures across, markers kept apart from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from perfkit.intake import markers as markings
from perfkit.intake.dtoc import layout
from perfkit.intake.dtoc import rows as dtoc_rows
from perfkit.intake.dtoc.rows import Areas, Column
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue

_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_EMPTY = type(None)
TYPE_IT = "Type the number, or the publisher's marker."

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Markers = dict[tuple[int, int], str]
"""The markers among figures, by row and column."""


@dataclass(frozen=True)
class Region:
    """The total of a region, which stands among the authorities and is not loaded: they add up to it."""

    name: str
    row: int
    values: Floats


@dataclass
class Table:
    """One sheet's authorities and their figures. ``values[i, j]`` stands in row ``rows[i]``, column ``columns[j]``."""

    sheet: Sheet
    dimension: str
    areas: Areas
    rows: Ints
    words: list[str]
    columns: Ints
    values: Floats
    titles: dict[str, str]
    markers: Markers = field(default_factory=dict)
    people: Floats | None = None
    people_columns: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    labels: Mapping[str, int] = field(default_factory=dict)
    """The column of each label of an area: its name, code and region."""

    def label(self, i: int, what: str = "name") -> tuple[int, int]:
        """Give the row and column in which a label of the i-th area stands, its name where the sheet has none such."""
        return int(self.rows[i]), self.labels.get(what, self.labels.get("name", 0))

    @cached_property
    def known(self) -> Floats:
        """The figures with 0 for what is not known, to be added up."""
        return known(self.values)

    def column(self, word: str) -> Floats | None:
        """Give the figures under one word, None where the sheet has no such column."""
        return self.values[:, self.words.index(word)] if word in self.words else None


def table(sheet: Sheet, heading: layout.Heading, block: layout.Block) -> Table:
    """Take the authorities and figures below a heading; note rows and blank rows are passed over."""
    cells, (words, columns) = dtoc_rows.below(sheet, heading.row), _columns(block)
    rows = dtoc_rows.find(sheet, heading, cells, columns)
    beds = _people(heading, words)
    figures, markers, strange = numbers(cells, [*rows.areas, *rows.regions], [*columns, *beds.values()])
    days, own = len(columns), len(rows.areas)
    start = heading.row + 1
    return Table(
        sheet=sheet,
        dimension=block.dimension,
        areas=rows.listed,
        rows=np.array(rows.areas, dtype=np.int64) + start,
        words=words,
        columns=np.array(columns, dtype=np.int64),
        values=whole(figures[:own, :days]),
        titles=heading.titles,
        markers={(i, j): text for (i, j), text in markers.items() if i < own and j < days},
        people=figures[:own, days:] if beds else None,
        people_columns=beds,
        issues=[
            *(fault.at(sheet, heading.row, column) for column, fault in heading.faults),
            *rows.issues,
            *(no_figure(sheet, start + r, column) for r, column in strange),
        ],
        regions=[Region(name, start + r, figures[own + k, :days]) for k, (r, name) in enumerate(rows.regions.items())],
        labels=heading.labels,
    )


def _columns(block: layout.Block) -> tuple[list[str], list[int]]:
    return [word for _, word in block.columns], list(block.columns.values())


def _people(heading: layout.Heading, words: list[str]) -> dict[str, int]:
    """Give the columns of people a day that stand beside days of the same words."""
    people = heading.people.columns.items() if heading.people else ()
    return {word: column for (_, word), column in people if word in words}


def numbers(cells: list[Column], rows: list[int], columns: list[int]) -> tuple[Floats, Markers, list[tuple[int, int]]]:
    """Read the cells where rows and columns meet as numbers; give markers apart, and the places of what is neither."""
    chosen = [cells[c] for c in columns]
    markers: Markers = {}
    strange: list[tuple[int, int]] = []
    plain: Iterable[Value] = chain.from_iterable(chosen)
    if odd := _no_numbers(chosen):
        kept, plain = {r: i for i, r in enumerate(rows)}, list(plain)
        for k in odd:
            (j, r), figure = divmod(k, len(cells[0])), _figure(plain[k])
            plain[k] = figure if type(figure) is float else np.nan
            if type(figure) is str and r in kept:
                markers[kept[r], j] = figure
            elif figure is None and r in kept:
                strange.append((r, columns[j]))
    values = np.fromiter(plain, np.float64, len(columns) * len(cells[0])).reshape(len(columns), len(cells[0]))
    return values.take(np.array(rows, dtype=np.int64), axis=1).T, markers, strange


def _no_numbers(columns: list[Column]) -> list[int]:
    """Give the places of cells that are neither a number nor empty; of most sheets there are none or few."""
    kinds = list(map(type, chain.from_iterable(columns)))
    others, texts = len(kinds) - kinds.count(float) - kinds.count(_EMPTY), 0
    if others:
        texts = kinds.count(str)
    if others > texts:
        return [k for k, kind in enumerate(kinds) if kind not in (float, int, _EMPTY)]
    places = [-1]
    for _ in range(texts):
        places.append(kinds.index(str, places[-1] + 1))
    return places[1:]


@lru_cache(maxsize=1024)
def _figure(value: Value) -> float | str | None:
    """Give the number or the marker that a text is."""
    text = " ".join(value.split()) if isinstance(value, str) else None
    if text is None or _NUMBER.fullmatch(text):
        return None if text is None else float(text.replace(",", ""))
    return text if not text or markings.meaning(text) else None


def whole(values: Floats) -> Floats:
    """Take away what binary fractions leave beside a whole number; a figure that is not whole stays as it is."""
    rounded = np.rint(values)
    if not ((values < rounded) | (values > rounded)).any():
        return values
    near = np.abs(values - rounded, where=np.isfinite(values), out=np.zeros_like(values)) <= 1e-9 * np.abs(rounded)
    return np.where(near, rounded, values)


def known(values: Floats) -> Floats:
    """Give figures with 0 for what is not known, to be added up."""
    unknown = np.isnan(values)
    return np.where(unknown, 0.0, values) if unknown.any() else values


def no_figure(sheet: Sheet, row: int, column: int) -> Issue:
    """Tell of a cell that holds neither a number nor a marker."""
    text = sheet.text(row, column)
    shown = text if len(text) <= 40 else text[:37] + "..."
    return sheet.issue(row, column, found=f'"{shown}"', expected="a number of days, or a marker such as - or NA",
                       action=TYPE_IT)  # fmt: skip
