"""The texts of an .xlsx workbook in which figures are raised or struck out, which the quick reader drops."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from openpyxl.utils import column_index_from_string

from perfkit.intake.workbooks import excel_parts, rich_text
from perfkit.intake.workbooks.grid import Sheet

TEXTS = "xl/sharedStrings.xml"
_MANNERS = (b"vertAlign", b"strike")
_CHUNK = 4 * 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="s"[^>]*><v>(\d+)</v>')


def may_hold(texts: IO[bytes]) -> bool:
    """Say whether the part of the shared texts raises or strikes out anything.

    >>> import io
    >>> may_hold(io.BytesIO(b"<si><r><rPr><strike/></rPr><t>45</t></r></si>"))
    True
    """
    tail = b""
    while chunk := texts.read(_CHUNK):
        if any(manner in tail + chunk for manner in _MANNERS):
            return True
        tail = chunk[-len(max(_MANNERS, key=len)) :]
    return False


def restore(archive: zipfile.ZipFile, sheets: Sequence[Sheet]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    Raises ValueError, KeyError or IndexError where a part is missing or unsound.
    """
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
