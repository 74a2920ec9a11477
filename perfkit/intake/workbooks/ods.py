"""Read an OpenDocument workbook (.ods) with what its cells are: percentages, errors, formulas without their result.

Names of elements and attributes: OpenDocument 1.3, part 3, published by OASIS.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from perfkit.intake.cells import FORMULA_ERRORS, UncachedFormula
from perfkit.intake.workbooks import limits, ods_formats, ods_texts, rich_text
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.intake.workbooks.ods_texts import OFFICE, STYLE, TABLE, TEXT
from perfkit.model.errors import InputError, Issue, Where

LARGEST = 100 * limits.MEBIBYTE
"""The largest content, unpacked, of a workbook that is read with its formats."""
MOST_CELLS = 500_000
MOST_COLUMNS = 2_000
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")

Place = tuple[int, int]


def is_ods(path: Path) -> bool:
    """Say whether a zip file holds an OpenDocument's content.

    >>> is_ods(Path("no such folder/SCS.ods"))
    False
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return "content.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def read(path: Path, *, file: str, hidden: bool = False) -> Workbook:
    """Read the visible sheets, with ``hidden`` the others too; number formats are those that the shown texts tell of.

    Raises `InputError` with one issue where the file is not a workbook that can be read, or larger than `LARGEST`.
    """
    limits.check(path, Where(file))
    try:
        with zipfile.ZipFile(path) as archive:
            size = archive.getinfo("content.xml").file_size
            if size > LARGEST:
                raise _too_large(file, f"{size // limits.MEBIBYTE} MiB", f"{LARGEST // limits.MEBIBYTE} MiB")
            with archive.open("content.xml") as stream:
                return _workbook(stream, file, hidden)
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, RuntimeError) as error:
        raise limits.damaged(Where(file)) from error


def _too_large(file: str, found: str, most: str) -> InputError:
    action = "Delete what stands far outside the table."
    return InputError([Issue(Where(file), f"a workbook with {found} of content", f"at most {most}", action)])


def _workbook(stream: IO[bytes], file: str, hidden: bool) -> Workbook:
    unseen: set[str] = set()
    manners: dict[str, str] = {}
    sheets: list[Sheet] = []
    for _, element in ElementTree.iterparse(stream, events=("end",)):
        if element.tag == f"{STYLE}style":
            if any(part.get(f"{TABLE}display") == "false" for part in element):
                unseen.add(str(element.get(f"{STYLE}name")))
            elif manner := ods_texts.manner(element):
                manners[str(element.get(f"{STYLE}name"))] = manner
        elif element.tag == f"{TABLE}table":
            ods_texts.keep_manners(element, manners)
            struck = {name for name, manner in manners.items() if manner == rich_text.STRUCK}
            sheets.append(_sheet(element, file, element.get(f"{TABLE}style-name") in unseen, struck))
            element.clear()
    shown = tuple(sheet for sheet in sheets if hidden or not sheet.hidden)
    return Workbook(file, shown, tuple(sheet.name for sheet in sheets if sheet.hidden))


def _sheet(table: ElementTree.Element, file: str, hidden: bool, lined: Collection[str]) -> Sheet:
    values: dict[Place, Value] = {}
    formats: dict[Place, str] = {}
    merged: dict[Place, Place] = {}
    struck: set[Place] = set()
    notes: dict[Place, str] = {}
    for (row, column), cell, (down, across) in _places(table, file):
        text = ods_texts.words(cell)
        if (note := cell.find(f"{OFFICE}annotation")) is not None:
            notes[row, column] = ods_texts.words_within(note)
        value = _value(cell, text)
        if value is None:
            continue
        shape = _format(cell, value, text)
        for at in ((row + i, column + k) for i in range(down) for k in range(across)):
            values[at] = value
            if shape:
                formats[at] = shape
            if cell.get(f"{TABLE}style-name") in lined:
                struck.add(at)
            merged |= dict.fromkeys(_spanned(cell, at), at)
    values |= {place: values[origin] for place, origin in merged.items() if origin in values}
    rows = _rows(values)
    unseen = _unseen(table, "row", len(rows))
    return Sheet(
        file,
        str(table.get(f"{TABLE}name")),
        rows,
        hidden=hidden,
        formats=formats,
        merged=merged,
        hidden_rows=frozenset(unseen),
        hidden_columns=frozenset(_unseen(table, "column", max(map(len, rows), default=0))),
        filtered_rows=frozenset(row for row, why in unseen.items() if why == "filter"),
        struck=frozenset(struck),
        notes=notes,
    )


def _unseen(table: ElementTree.Element, kind: str, most: int) -> dict[int, str]:
    """Give the hidden ones of a table's first rows or columns, and whether each is a "filter"'s or a "collapse"."""
    unseen: dict[int, str] = {}
    at = 0
    for line, why in _lines(table, kind, "visible"):
        after = at + int(line.get(f"{TABLE}number-{kind}s-repeated", "1"))
        if why != "visible":
            unseen |= dict.fromkeys(range(at, min(after, most)), why)
        at = after
    return unseen


def _lines(group: ElementTree.Element, kind: str, outside: str) -> Iterator[tuple[ElementTree.Element, str]]:
    """Walk rows or columns with their visibility; a group that is closed hides what is in it."""
    for part in group:
        if part.tag == f"{TABLE}table-{kind}":
            own = part.get(f"{TABLE}visibility", "visible")
            yield part, outside if own == "visible" else own
        elif part.tag in (f"{TABLE}table-{kind}-group", f"{TABLE}table-{kind}s", f"{TABLE}table-header-{kind}s"):
            closed = part.get(f"{TABLE}display") == "false"
            yield from _lines(part, kind, "collapse" if closed else outside)


def _places(table: ElementTree.Element, file: str) -> Iterator[tuple[Place, ElementTree.Element, tuple[int, int]]]:
    """Walk the cells that hold something: place, cell, and how often it is repeated down and across."""
    row = found = 0
    for line in table.iter(f"{TABLE}table-row"):
        down, column = int(line.get(f"{TABLE}number-rows-repeated", "1")), 0
        for cell in line:
            if cell.tag not in _CELLS:
                continue
            across = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            if column < MOST_COLUMNS and (len(cell) or cell.get(f"{OFFICE}value-type") or cell.get(f"{TABLE}formula")):
                found += down * across
                if found > MOST_CELLS:
                    raise _too_large(file, f"more than {MOST_CELLS:,} cells", f"{MOST_CELLS:,} cells")
                yield (row, column), cell, (down, across)
            column += across
        row += down


def _value(cell: ElementTree.Element, text: str) -> Value:
    kind = cell.get(f"{OFFICE}value-type")
    if text.strip().upper() in FORMULA_ERRORS or text.startswith("Err:"):
        return text.strip().upper() if text.strip().upper() in FORMULA_ERRORS else "#VALUE!"
    if kind in ("float", "percentage", "currency"):
        number = float(str(cell.get(f"{OFFICE}value")))
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "date":
        return dt.datetime.fromisoformat(str(cell.get(f"{OFFICE}date-value"))[:19])
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    formula = cell.get(f"{TABLE}formula")
    if formula and not text:
        return UncachedFormula(f"={formula.partition('=')[2]}")
    return text or None


def _format(cell: ElementTree.Element, value: Value, text: str) -> str:
    if isinstance(value, str):
        return ""
    shown = None if not text and cell.find(f"{TEXT}p") is None else text
    return ods_formats.told(value, shown, percent=cell.get(f"{OFFICE}value-type") == "percentage")


def _spanned(cell: ElementTree.Element, at: Place) -> list[Place]:
    down, across = (int(cell.get(f"{TABLE}number-{name}-spanned", "1")) for name in ("rows", "columns"))
    if down * across > MOST_CELLS:
        return []
    return [(at[0] + i, at[1] + k) for i in range(down) for k in range(across) if i or k]


def _rows(values: dict[Place, Any]) -> list[list[Value]]:
    rows: list[list[Value]] = [[] for _ in range(max((r for r, _ in values), default=-1) + 1)]
    for r, c in sorted(values):
        rows[r] += [None] * (c - len(rows[r]))
        rows[r].append(values[r, c])
    return rows
