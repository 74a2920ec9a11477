"""Read one sheet of an .xlsx workbook in one pass: values, number formats, formulas without a result, merged ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks import excel_hidden, rich_text, xml_parts
from perfkit.intake.workbooks.excel_hidden import Hidden
from perfkit.intake.workbooks.excel_parts import GENERAL, Book, Style, unescaped
from perfkit.intake.workbooks.grid import Value, cell_name
from perfkit.intake.workbooks.xml_parts import named

_RUN = ("r", "vertAlign", "strike")
_TAGS = named(("row", "c", "v", "f", "t", "rPh", "mergeCell", *_RUN, *excel_hidden.TAGS, *excel_hidden.CRITERIA))
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_PLAIN = Style()

LAST_ROW = 1_048_576
"""The rows that Excel allows."""

Place = tuple[int, int]


class TooManyError(Exception):
    """A sheet has more cells, blank ones with a format among them, than are read."""


@dataclass
class Cells:
    """What a sheet holds, by row and column from 0; merged ranges as top, left, bottom, right; how many cells.

    Also the places that are struck out as a whole, and what it hides.
    """

    values: dict[Place, Value] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[Place] = field(default_factory=set)
    seen: int = 0
    hidden: Hidden = field(default_factory=Hidden)


def read(content: bytes, book: Book, *, columns: int, most: int) -> Cells:
    """Read a sheet's cells up to a number of columns.

    Raises ValueError or IndexError where it is unsound, `TooManyError` where it has more than ``most`` cells.
    """
    sheet = _Sheet(book, columns, most)
    xml_parts.walk(content, start=sheet.start, end=sheet.end, text=sheet.text)
    return sheet.cells


class _Sheet:
    """Keeps what the parser tells until a cell is whole."""

    def __init__(self, book: Book, columns: int, most: int) -> None:
        self.cells = Cells()
        self._book, self._columns, self._most = book, columns, most
        self._styles = book.styles or [_PLAIN]
        self._row = self._column = -1
        self._shared: dict[str, tuple[str, str]] = {}
        self._spoken = False
        self._parts: list[str] | None = None
        self._cell: Mapping[str, str] = {}
        self._about: Mapping[str, str] = {}
        self._value: str | None = None
        self._inline: list[tuple[str, str]] | None = None
        self._manner = rich_text.PLAIN
        self._formula: tuple[Mapping[str, str], str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element that begins."""
        tag = _TAGS.get(name)
        if tag == "c":
            self._cell = attributes
            self._value = self._inline = self._formula = None
            self._manner = rich_text.PLAIN
        elif tag in ("v", "f", "t"):
            self._parts = []
            self._about = attributes
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            self.cells.hidden.note_row(self._row, attributes)
        elif tag == "rPh":
            self._spoken = True
        elif tag == "mergeCell":
            self.cells.merged.append(_range(attributes["ref"]))
        elif tag in _RUN:
            self._manner = rich_text.PLAIN if tag == "r" else self._manner_of(tag, attributes)
        elif tag is not None:
            self.cells.hidden.note(tag, attributes)

    def _manner_of(self, tag: str, attributes: Mapping[str, str]) -> str:
        return rich_text.manner(tag, attributes.get("val", "")) or self._manner

    def text(self, data: str) -> None:
        """Gather the text of an element that holds one."""
        if self._parts is not None:
            self._parts.append(data)

    def end(self, name: str) -> None:
        """Take note of an element that ends."""
        tag = _TAGS.get(name)
        if tag is None:
            return
        if tag == "c":
            self._keep()
        elif tag == "rPh":
            self._spoken = False
        elif self._parts is not None and tag in ("v", "f", "t"):
            self._take(tag, "".join(self._parts))
            self._parts = None

    def _take(self, tag: str, text: str) -> None:
        if tag == "v":
            self._value = text
        elif tag == "f":
            self._formula = (self._about, text)
        elif not self._spoken:
            self._inline = self._inline or []
            self._inline.append((text, self._manner))

    def _keep(self) -> None:
        cells, cell = self.cells, self._cell
        cells.seen += 1
        if cells.seen > self._most:
            raise TooManyError
        row, column = place = self._place()
        if not 0 <= row < LAST_ROW:
            raise ValueError("a cell outside the sheet")
        if column >= self._columns:
            return
        style = self._styles[int(cell.get("s") or 0)]
        if style.format != GENERAL:
            cells.formats[place] = style.format
        value = self._meant(style)
        if self._formula is not None:
            self._remember(place)
            if value is None and not self._shows_nothing():
                value = UncachedFormula(self._written(place))
        if value is not None:
            cells.values[place] = value
            if style.manner == rich_text.STRUCK:
                cells.struck.add(place)

    def _place(self) -> Place:
        written = self._cell.get("r")
        place = (self._row, self._column + 1) if written is None else place_of(written)
        self._column = place[1]
        return place

    def _meant(self, style: Style) -> Value:
        """Give what the cell holds, by its kind."""
        kind, value = self._cell.get("t", "n"), self._value
        if kind == "inlineStr":
            return None if self._inline is None else unescaped(rich_text.join(self._inline))
        if not value:
            return None
        if kind == "n":
            return _number(value, style, self._book)
        if kind == "s":
            return self._book.shared_text(_index(value), style.manner)
        if kind == "b":
            return bool(int(value))
        if kind == "d":
            return from_ISO8601(value)
        return unescaped(value) if kind == "str" else value

    def _shows_nothing(self) -> bool:
        """Tell a formula whose result is an empty text from one that was saved without its result."""
        return self._cell.get("t") == "str" and self._value == ""

    def _remember(self, place: Place) -> None:
        """Keep a formula that other cells share."""
        about, text = self._formula or ({}, "")
        if about.get("t") == "shared" and text:
            self._shared.setdefault(about.get("si", ""), (f"={text}", cell_name(*place)))

    def _written(self, place: Place) -> str:
        about, text = self._formula or ({}, "")
        shared = self._shared.get(about.get("si", "")) if about.get("t") == "shared" else None
        return f"={text}" if shared is None else str(Translator(*shared).translate_formula(cell_name(*place)))


def _number(value: str, style: Style, book: Book) -> Value:
    number = float(value) if "." in value or "E" in value or "e" in value else int(value)
    if not style.is_date:
        return number
    try:
        return from_excel(number, book.epoch, timedelta=style.is_duration)
    except (OverflowError, ValueError):
        return "#VALUE!"  # as Excel shows it, a row of hash signs


def _index(value: str) -> int:
    index = int(value)
    if index < 0:
        raise ValueError("a shared text before the first")
    return index


def _range(written: str) -> tuple[int, int, int, int]:
    first, _, last = written.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return top, left, bottom, right


@lru_cache(maxsize=20_000)
def place_of(written: str) -> Place:
    """Read a cell's name as row and column from 0; raises ValueError where it is none.

    >>> place_of("F12")
    (11, 5)
    """
    match = _PLACE.fullmatch(written)
    if match is None:
        raise ValueError(f"{written} is no cell")
    return int(match[2]) - 1, column_index_from_string(match[1]) - 1
