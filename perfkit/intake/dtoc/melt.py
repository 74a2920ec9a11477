"""The sheets of one month's workbook as rows of `delays`, built column by column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from perfkit.intake import coded
from perfkit.intake.drafts import Chosen, Columns, same
from perfkit.intake.dtoc.england import England
from perfkit.intake.dtoc.layout import area_key
from perfkit.intake.dtoc.table import Floats, Ints, Table
from perfkit.intake.dtoc.words import ELSEWHERE, ENGLAND, REASONS
from perfkit.model import areas
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

_ATTRIBUTIONS, _SETTINGS = (ALL, *ATTRIBUTIONS), (ALL, *SETTINGS)
_FIXED = ("area", "area_code", "area_kind", "region", "attribution", "setting", "reason", "reason_title")
_CODED = {"area_code": "area", "area_kind": "area", "region": "area", "reason_title": "reason"}
"""Columns that go by the codes of another column."""
_FROM = ("attribution", "setting", "reason")
"""Sheets in the order in which an area's total is looked for; the total is given once."""


@dataclass(frozen=True)
class Book:
    """What was found in a workbook and has been checked."""

    file: str
    month: pd.Period
    status: str
    tables: dict[str, Table]
    england: England


@dataclass(frozen=True)
class _Outline:
    """Where one sheet's figures stand and what they are of: the same month after month, while the layout lasts."""

    sheet: str
    dimension: str
    names: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    rows: bytes
    columns: bytes

    @property
    def places(self) -> tuple[Ints, Ints]:
        """Give the row and column of each figure."""
        rows, columns = (np.frombuffer(part, dtype=np.int64) for part in (self.rows, self.columns))
        return np.repeat(rows, len(columns)), np.tile(columns, len(rows))


@dataclass(frozen=True)
class _Areas:
    """The areas of a workbook: their names, codes and regions."""

    names: tuple[str, ...]
    own: tuple[str, ...]
    codes: tuple[str, ...]
    regions: tuple[str, ...]


def melt(book: Book) -> Columns:
    """Give the workbook as rows of `delays`, typed as the store keeps them, with the cell of each figure."""
    first = book.tables[_FROM[0]].areas
    tables = [(book.tables[name], _kept(book.tables[name], name == _total_sheet(book))) for name in _FROM]
    outlines = (*(_outline(table, kept) for table, kept in tables), _england_outline(book.england))
    places = _Areas(first.names, told_apart(first.names, areas.era(last_day(book.month))), first.codes,
                    first.regions)  # fmt: skip
    titles = {**book.tables["reason"].titles, **book.england.titles}
    fixed = _skeleton(places, outlines, tuple((k, v) for k, v in titles.items() if k not in REASONS and k != ALL))
    values = [*(table.values[:, kept].ravel() for table, kept in tables), book.england.values.ravel()]
    signs = [*(_signs(table, kept) for table, kept in tables), _signs(book.england, [*range(len(book.england.words))])]
    return _columns(book, fixed, np.concatenate(values), _marker(signs, [len(part) for part in values]))


@lru_cache(maxsize=64)
def told_apart(names: tuple[str, ...], since: date) -> tuple[str, ...]:
    """Name an authority by its own time where another of another time bears the same name.

    >>> told_apart(("Dorset", "Derby UA"), date(2018, 6, 30))
    ('Dorset (before 2019)', 'Derby UA')
    """
    return tuple(_of_its_time(name, since) if kind(name) == areas.AUTHORITY else name for name in names)


def last_day(month: pd.Period) -> date:
    """Give the last day of a month.

    >>> last_day(pd.Period("2020-02", "M"))
    datetime.date(2020, 2, 29)
    """
    return date(month.year, month.month, month.days_in_month)


def _of_its_time(name: str, day: date) -> str:
    found = {area.name: area for area in areas.known(name)}
    return next((own for own, area in found.items() if area.stands(day)), name) if len(found) > 1 else name


def _total_sheet(book: Book) -> str:
    return next((name for name in _FROM if ALL in book.tables[name].words), "")


def _kept(table: Table, with_total: bool) -> list[int]:
    return [j for j, word in enumerate(table.words) if word != ALL or with_total]


def _outline(table: Table, kept: list[int]) -> _Outline:
    words = tuple(table.words[j] for j in kept)
    return _Outline(table.sheet.name, table.dimension, table.areas.names, (), words, table.rows.tobytes(),
                    table.columns[kept].tobytes())  # fmt: skip


def _england_outline(england: England) -> _Outline:
    return _Outline(england.sheet.name, "", (), tuple(england.keys), tuple(england.words), england.rows.tobytes(),
                    england.columns.tobytes())  # fmt: skip


def _columns(book: Book, fixed: dict[str, Any], values: Floats, marker: Chosen) -> Columns:
    size = len(values)
    return Columns({
        "month": same(book.month, size, dtype="period[M]"),
        **{name: fixed[name] for name in _FIXED},
        "delayed_days": values,
        "calendar_days": same(book.month.days_in_month, size, dtype="Int64"),
        "status": same(book.status, size),
        "marker": marker,
        "file": same(book.file, size),
        "sheet": fixed["sheet"],
        "cell": fixed["cell"],
        "vintage": fixed["vintage"],
    })  # fmt: skip


@lru_cache(maxsize=32)
def _skeleton(
    places: _Areas, outlines: tuple[_Outline, ...], unknown_titles: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    """Give the columns that depend on the layout alone. Workbooks of one layout share them."""
    reasons = list(dict.fromkeys((ALL, *REASONS, *(w for o in outlines if o.dimension == "reason" for w in o.words),
                                  *(letter for o in outlines for _, letter in o.keys))))  # fmt: skip
    titles = dict(unknown_titles) | {letter: title for letter, (title, _) in REASONS.items()} | {ALL: "All reasons"}
    codes = {name: np.concatenate(parts) for name, parts in _codes(places, outlines, reasons).items()}
    spread = {
        "area": places.own,
        "area_code": places.codes,
        "area_kind": [kind(name) for name in places.names],
        "region": places.regions,
        "attribution": _ATTRIBUTIONS,
        "setting": _SETTINGS,
        "reason": reasons,
        "reason_title": [titles[letter] for letter in reasons],
        "sheet": [outline.sheet for outline in outlines],
    }
    fixed = {name: coded.array(texts, codes[_CODED.get(name, name)]) for name, texts in spread.items()}
    rows, columns = zip(*(outline.places for outline in outlines), strict=True)
    vintage = coded.same("", len(codes["area"]))
    return fixed | {"cell": coded.cells(np.concatenate(rows), np.concatenate(columns)), "vintage": vintage}


def _codes(listed: _Areas, outlines: tuple[_Outline, ...], reasons: list[str]) -> dict[str, list[Ints]]:
    places = {area_key(name): i for i, name in enumerate(listed.names)}
    codes: dict[str, list[Ints]] = {name: [] for name in ("area", "attribution", "setting", "reason", "sheet")}
    for k, outline in enumerate(outlines):
        across, down = len(outline.words), len(outline.names) or len(outline.keys)
        in_row = [places[area_key(name)] for name in outline.names] or [places[area_key(ENGLAND)]] * down
        codes["area"].append(np.repeat(np.array(in_row, dtype=np.int64), across))
        codes["sheet"].append(np.full(across * down, k, dtype=np.int64))
        for n, (name, known) in enumerate((("setting", _SETTINGS), ("reason", reasons))):
            by_row = np.array([known.index(key[n]) for key in outline.keys] or [0] * down, dtype=np.int64)
            by_word = np.array(
                [known.index(w) if outline.dimension == name else 0 for w in outline.words], dtype=np.int64
            )
            codes[name].append(np.repeat(by_row, across) + np.tile(by_word, down))
        is_split = outline.dimension in ("attribution", "")
        whose = np.array([_ATTRIBUTIONS.index(w) if is_split else 0 for w in outline.words], dtype=np.int64)
        codes["attribution"].append(np.tile(whose, down))
    return codes


@lru_cache(maxsize=4096)
def kind(area: str) -> str:
    """Say what an area of the workbooks is.

    >>> kind("England"), kind("Oxfordshire"), kind("Resident In Wales")
    ('country', 'authority', 'elsewhere')
    """
    if area == ENGLAND:
        return "country"
    return "elsewhere" if ELSEWHERE.search(area) else "authority"


def _signs(table: Table | England, kept: list[int]) -> dict[int, str]:
    """Give the markers of one sheet by the place of their row in the frame."""
    across = {j: k for k, j in enumerate(kept)}
    return {i * len(kept) + across[j]: text for (i, j), text in table.markers.items() if j in across}


def _marker(signs: list[dict[int, str]], sizes: list[int]) -> Chosen:
    words = ["", *dict.fromkeys(text for found in signs for text in found.values())]
    codes = np.zeros(sum(sizes), dtype=np.int64)
    start = 0
    for found, size in zip(signs, sizes, strict=True):
        for place, text in found.items():
            codes[start + place] = words.index(text)
        start += size
    return Chosen(words, codes)
