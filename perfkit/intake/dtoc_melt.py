"""The sheets of one month's workbook as rows of `delays`, built column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.intake.dtoc_layout import REASONS, area_key
from perfkit.intake.dtoc_table import ENGLAND, EnglandTable, Floats, Ints, Table
from perfkit.intake.grid import cell_name
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

_ELSEWHERE = re.compile(
    r"\b(residents?|outside|scotland|wales|northern ireland|overseas|unknown|not known)\b", re.IGNORECASE
)
_ATTRIBUTIONS, _SETTINGS = (ALL, *ATTRIBUTIONS), (ALL, *SETTINGS)
_FROM = ("attribution", "setting", "reason")
"""Sheets in the order in which an area's total is looked for; the total is given once."""


@dataclass(frozen=True)
class Book:
    """What was found in a workbook and has been checked."""

    file: str
    month: pd.Period
    status: str
    tables: dict[str, Table]
    england: EnglandTable


@dataclass(frozen=True)
class _Piece:
    """Rows of one sheet as numbers: places in the lists of words, and the figures."""

    sheet: str
    area: Ints
    attribution: Ints
    setting: Ints
    reason: Ints
    row: Ints
    column: Ints
    value: Floats
    marker: npt.NDArray[np.object_] | None


def melt(book: Book) -> pd.DataFrame:
    """Give the workbook as rows of `delays`, typed as the store keeps them, with the cell of each figure."""
    first = book.tables[_FROM[0]]
    reasons = list(dict.fromkeys((ALL, *REASONS, *book.tables["reason"].words, *book.england.titles)))
    pieces = [_table_piece(book.tables[name], first.names, reasons, name == _total_sheet(book)) for name in _FROM]
    pieces.append(_england_piece(book.england, first.names.index(ENGLAND), reasons))
    return _frame(book, first, reasons, pieces)


def _titles(book: Book) -> dict[str, str]:
    words = {**book.tables["reason"].titles, **book.england.titles}
    return {**words, **{letter: title for letter, (title, _) in REASONS.items()}, ALL: "All reasons"}


def _total_sheet(book: Book) -> str:
    return next((name for name in _FROM if ALL in book.tables[name].words), "")


def _table_piece(table: Table, areas: list[str], reasons: list[str], with_total: bool) -> _Piece:
    kept = [j for j, word in enumerate(table.words) if word != ALL or with_total]
    words = [table.words[j] for j in kept]
    places = {area_key(name): i for i, name in enumerate(areas)}
    across, down = len(kept), len(table.names)
    return _Piece(
        table.sheet.name,
        np.repeat([places[area_key(name)] for name in table.names], across),
        np.tile(_codes(words, _ATTRIBUTIONS, table.dimension == "attribution"), down),
        np.tile(_codes(words, _SETTINGS, table.dimension == "setting"), down),
        np.tile(_codes(words, reasons, table.dimension == "reason"), down),
        np.repeat(table.rows, across),
        np.tile(table.columns[kept], down),
        table.values[:, kept].ravel(),
        _signs(table.markers, (down, len(table.words)), kept),
    )


def _codes(words: list[str], known: tuple[str, ...] | list[str], used: bool) -> Ints:
    return np.array([known.index(word) if used else 0 for word in words], dtype=np.int64)


def _england_piece(england: EnglandTable, area: int, reasons: list[str]) -> _Piece:
    across, down = len(england.words), len(england.keys)
    return _Piece(
        england.sheet.name,
        np.full(across * down, area),
        np.tile(_codes(england.words, _ATTRIBUTIONS, True), down),
        np.repeat(_codes([setting for setting, _ in england.keys], _SETTINGS, True), across),
        np.repeat(_codes([reason for _, reason in england.keys], reasons, True), across),
        np.repeat(england.rows, across),
        np.tile(england.columns, down),
        england.values.ravel(),
        _signs(england.markers, (down, across), list(range(across))),
    )


def _signs(
    markers: dict[tuple[int, int], str], shape: tuple[int, int], kept: list[int]
) -> npt.NDArray[np.object_] | None:
    if not markers:
        return None
    grid = np.full(shape, None, dtype=object)
    for at, text in markers.items():
        grid[at] = text
    return np.asarray(grid[:, kept].ravel())


def _frame(book: Book, first: Table, reasons: list[str], pieces: list[_Piece]) -> pd.DataFrame:
    area = np.concatenate([piece.area for piece in pieces])
    reason = np.concatenate([piece.reason for piece in pieces])
    size, titles = len(area), _titles(book)
    sheet = np.repeat(np.arange(len(pieces)), [len(piece.area) for piece in pieces])
    return pd.DataFrame(
        {
            "month": pd.PeriodIndex.from_ordinals(np.full(size, book.month.ordinal), freq="M"),
            "area": _spread(first.names, area),
            "area_code": _spread(first.codes, area),
            "area_kind": _spread([kind(name) for name in first.names], area),
            "region": _spread(first.regions, area),
            "attribution": _spread(_ATTRIBUTIONS, np.concatenate([piece.attribution for piece in pieces])),
            "setting": _spread(_SETTINGS, np.concatenate([piece.setting for piece in pieces])),
            "reason": _spread(reasons, reason),
            "reason_title": _spread([titles[letter] for letter in reasons], reason),
            "delayed_days": np.concatenate([piece.value for piece in pieces]),
            "calendar_days": pd.array(np.full(size, book.month.days_in_month), dtype="Int64"),
            "status": _same(book.status, size),
            "marker": _marker(pieces, size),
            "file": _same(book.file, size),
            "sheet": _spread([piece.sheet for piece in pieces], sheet),
            "cell": _cells(pieces),
            "vintage": _same("", size),
        },
        copy=False,
    )


@lru_cache(maxsize=4096)
def kind(area: str) -> str:
    """Say what an area of the workbooks is.

    >>> kind("England"), kind("Oxfordshire"), kind("Resident In Wales")
    ('country', 'authority', 'elsewhere')
    """
    if area == ENGLAND:
        return "country"
    return "elsewhere" if _ELSEWHERE.search(area) else "authority"


def _words(texts: Iterable[str]) -> Any:
    return pd.array([text or None for text in texts], dtype="str")


def _spread(texts: Iterable[str], places: Ints) -> Any:
    """Give each row its word. Workbooks of one layout share most columns, so what was spread is kept to be copied."""
    return _spread_once(tuple(texts), places.tobytes()).copy()


@lru_cache(maxsize=64)
def _spread_once(texts: tuple[str, ...], places: bytes) -> Any:
    return _words(texts).take(np.frombuffer(places, dtype=np.int64))


@lru_cache(maxsize=64)
def _same_once(text: str, size: int) -> Any:
    return _words([text]).take(np.zeros(size, dtype=np.int64))


def _same(text: str, size: int) -> Any:
    return _same_once(text, size).copy()


def _marker(pieces: list[_Piece], size: int) -> Any:
    if all(piece.marker is None for piece in pieces):
        return _same("", size)
    parts = [np.full(len(p.area), None, dtype=object) if p.marker is None else p.marker for p in pieces]
    return pd.array(np.concatenate(parts), dtype="str")


def _cells(pieces: list[_Piece]) -> Any:
    rows, columns = (np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("row", "column"))
    return _cells_once(rows.tobytes(), columns.tobytes()).copy()


@lru_cache(maxsize=32)
def _cells_once(rows: bytes, columns: bytes) -> Any:
    return cell_names(np.frombuffer(rows, dtype=np.int64), np.frombuffer(columns, dtype=np.int64))


@lru_cache(maxsize=1)
def _coordinates() -> tuple[Any, Any]:
    letters = [cell_name(0, column)[:-1] for column in range(512)]
    return pd.array(letters, dtype="str"), pd.array([str(row + 1) for row in range(20_000)], dtype="str")


def cell_names(rows: Ints, columns: Ints) -> Any:
    """Name many cells at once; rows and columns count from 0.

    >>> cell_names(np.array([14, 9]), np.array([6, 0])).tolist()
    ['G15', 'A10']
    """
    letters, numbers = _coordinates()
    if rows.max(initial=0) >= len(numbers) or columns.max(initial=0) >= len(letters):
        return pd.array([cell_name(int(r), int(c)) for r, c in zip(rows, columns, strict=True)], dtype="str")
    return letters.take(columns) + numbers.take(rows)
