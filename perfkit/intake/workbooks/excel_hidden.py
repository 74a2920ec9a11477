"""What one sheet of an .xlsx workbook hides: rows and columns, and the filters that hide rows.

Names of elements and attributes: ECMA-376 part 1, 18.3.1 and 18.3.2.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from perfkit.intake.workbooks import excel_parts, xml_parts
from perfkit.intake.workbooks.xml_parts import named

TAGS = ("sheetFormatPr", "col", "autoFilter", "customSheetViews", "tablePart")
CRITERIA = ("filters", "customFilters", "dynamicFilter", "top10", "colorFilter", "iconFilter")
"""What a filter that is in use has within it; one that has none only offers its arrows."""
_TAGS = named(("autoFilter", *CRITERIA))
_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)")
_YES = ("1", "true")

Span = tuple[int, int]


@dataclass
class Hidden:
    """Gathers while a sheet is read; rows and columns count from 0, spans give the first and the last."""

    rows: set[int] = field(default_factory=set)
    filters: list[Span] = field(default_factory=list)
    has_tables: bool = False
    _shown: list[Span] = field(default_factory=list)
    _columns: list[Span] = field(default_factory=list)
    _other_columns: bool = False
    _filter: Span | None = None
    _own: bool = True

    def note_row(self, number: int, attributes: Mapping[str, str]) -> None:
        """Take note of a row, hidden outright or of no height."""
        if attributes.get("hidden") in _YES or _is_zero(attributes.get("ht")):
            self.rows.add(number)

    def note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take note of another element of `TAGS` or `CRITERIA`."""
        if tag == "col":
            self._note_columns(attributes)
        elif tag == "sheetFormatPr":
            self._other_columns = _is_zero(attributes.get("defaultColWidth"))
        elif tag == "customSheetViews":
            self._own = False  # what follows are filters of views that somebody saved
        elif tag == "autoFilter":
            self._filter = _rows_below(attributes.get("ref", "")) if self._own else None
        elif tag == "tablePart":
            self.has_tables = True
        elif self._filter is not None:
            self.filters.append(self._filter)
            self._filter = None

    def rows_of(self, height: int) -> frozenset[int]:
        """Give the hidden ones of a sheet's first rows.

        A sheet may hide all rows that it does not list (``zeroHeight``), but these hold nothing.
        """
        return frozenset(row for row in self.rows if row < height)

    def columns_of(self, width: int) -> frozenset[int]:
        """Give the hidden ones of a sheet's first columns; those not listed are hidden where their width is 0."""
        found = _within(self._columns, width)
        return found | (frozenset(range(width)) - _within(self._shown, width) if self._other_columns else frozenset())

    def _note_columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            hidden = attributes.get("hidden") in _YES or _is_zero(attributes.get("width"))
            (self._columns if hidden else self._shown).append((int(first) - 1, int(last) - 1))


def of_tables(archive: zipfile.ZipFile, part: str) -> list[Span]:
    """Give the rows that filters of a sheet's tables choose from; a table keeps its filter in a part of its own."""
    names = set(archive.namelist())
    if excel_parts.relations_of(part) not in names:
        return []
    kinds, targets = excel_parts.relations(archive, part)
    found = Hidden()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if tag := _TAGS.get(name):
            found.note(tag, attributes)

    for relation, target in targets.items():
        if kinds[relation] == "table" and target in names:
            xml_parts.walk(archive.read(target), start=start)
    return found.filters


def filtered(rows: Iterable[int], filters: Iterable[Span]) -> frozenset[int]:
    """Give the rows that lie in the reach of a filter.

    >>> sorted(filtered([1, 5, 6, 40], [(5, 20)]))
    [5, 6]
    """
    spans = list(filters)
    return frozenset(row for row in rows if any(first <= row <= last for first, last in spans))


def _rows_below(reference: str) -> Span | None:
    """Give the rows of a filter's range without the headings that it begins with."""
    match = _RANGE.fullmatch(reference)
    return (int(match[1]), int(match[2]) - 1) if match else None


def _is_zero(size: str | None) -> bool:
    return bool(size) and not str(size).strip("0.")


def _within(spans: Iterable[Span], width: int) -> frozenset[int]:
    return frozenset(column for first, last in spans for column in range(first, min(last + 1, width)))
