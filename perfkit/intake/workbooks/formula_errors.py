"""Find what the quick reader of workbooks (.xlsx) leaves out: formula errors, and formulas saved without a result.

It gives an empty cell for both; here they are put back, so that a lost figure is told and not taken for an empty one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks.grid import Sheet, Value

SHEETS = "xl/worksheets/"
"""Where the parts of an .xlsx workbook stand that hold cells."""
_CHUNK = 4 * 1024 * 1024
_LONGEST_CELL = 64 * 1024
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]+)</v>')
_UNCACHED = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>(?:<f[^>]*/>|<f[^>]*>([^<]*)</f>)(<v ?/>|<v></v>)?</c>')
_IS_ERROR, _CELL = b't="e"', b'<c r="'
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def restore(path: Path, sheets: tuple[Sheet, ...], within: frozenset[str]) -> None:
    """Put formula errors and formulas without a result back into the cells of sheets that were just read.

    ``within`` names the parts of the file in which there are any, as `limits.check` found them.
    """
    if not any(part.startswith(SHEETS) for part in within):
        return
    with zipfile.ZipFile(path) as archive:
        parts = _parts(archive)
        for sheet in sheets:
            part = parts.get(sheet.name)
            if part is not None and part in within:
                with archive.open(part) as stream:
                    for row, column, value in _found(stream):
                        _put(sheet.rows, row, column, value)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the part of the archive that each sheet stands in; nothing where it is no .xlsx workbook."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {str(r.get("Id")): str(r.get("Target")) for r in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = {
        str(s.get("name")): targets.get(str(s.get(_RELATION)), "") for s in book.iter() if s.tag.endswith("}sheet")
    }
    full = {name: target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            for name, target in sheets.items()}  # fmt: skip
    return {name: part for name, part in full.items() if part in names}


def _found(stream: IO[bytes]) -> Iterator[tuple[int, int, Value]]:
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        end = text.rfind(b"</c>") + 4
        whole = text[:end]
        yield from (_at(m, m[3].decode("utf-8", "replace")) for m in _errors(whole))
        if b"<f" in whole:
            yield from (
                _at(m, UncachedFormula((m[4] or b"").decode("utf-8", "replace")))
                for m in _UNCACHED.finditer(whole)
                if not (m[5] and b't="str"' in m[3])  # a formula whose result is an empty text
            )
        tail = text[end:][-_LONGEST_CELL:]


def _errors(text: bytes) -> Iterator[re.Match[bytes]]:
    """Match the cells that hold errors, which are few: each is looked for by its type."""
    place = text.find(_IS_ERROR)
    while place >= 0:
        if match := _ERROR.match(text, max(text.rfind(_CELL, 0, place), 0)):
            yield match
        place = text.find(_IS_ERROR, place + 1)


def _at(match: re.Match[bytes], value: Value) -> tuple[int, int, Value]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1, value


def _put(rows: list[list[Value]], row: int, column: int, value: Value) -> None:
    if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
        rows[row][column] = value
