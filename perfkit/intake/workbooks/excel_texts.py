"""The texts of an .xlsx workbook in which figures are raised or struck out, which the quick reader drops."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from openpyxl.utils import column_index_from_string

from perfkit.intake.workbooks import excel_parts, rich_text
from perfkit.intake.workbooks.grid import Sheet

_TEXTS = "xl/sharedstrings.xml"
_MANNERS = (b"vertAlign", b"strike")
_CHUNK = 4 * 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="s"[^>]*><v>(\d+)</v>')


def restore(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Put the texts back into the sheets of a zip file; of one that is no .xlsx workbook there are none."""
    with zipfile.ZipFile(file) as archive:
        texts = next((name for name in archive.namelist() if name.lower() == _TEXTS), None)
        content = archive.read(texts) if texts else b""
        if any(manner in content for manner in _MANNERS):
            _restore(archive, sheets)


def _restore(archive: zipfile.ZipFile, sheets: Sequence[Sheet]) -> None:
    book = excel_parts.read(archive)
    told = {number: text for number, text in enumerate(book.texts) if rich_text.is_marked(text)}
    parts = {part.name: part.path for part in book.sheets}
    for sheet in sheets if told else ():
        with archive.open(parts[sheet.name]) as stream:
            for row, column, text in _told(stream, told):
                sheet.put(row, column, text)


def _told(stream: IO[bytes], told: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Walk the cells of a sheet that hold such texts: row, column, text."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        for letters, number, index in _CELL.findall(text):
            if int(index) in told:
                yield int(number) - 1, column_index_from_string(letters.decode()) - 1, told[int(index)]
        tail = text[text.rfind(b"<c ") :]
