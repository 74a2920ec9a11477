"""The texts of an .xlsx workbook in which figures are raised or struck out, which the quick reader drops."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from typing import IO

from openpyxl.utils import column_index_from_string

from perfkit.intake.workbooks import excel_parts, rich_text
from perfkit.intake.workbooks.excel_parts import Book
from perfkit.intake.workbooks.grid import Sheet

TEXTS = "xl/sharedStrings.xml"
_MANNERS = (b"vertAlign", b"strike")
_INLINE, _CELL_ENDS = b"inlineStr", b"</c>"
_CHUNK = 4 * 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>(?:<v>(\d+)</v>|\s*<is>(.*?)</is>)', re.DOTALL)
_BEGUN = re.compile(rb"<si><r><t[^>]*>[\s\d.,+-]*</t></r>")
"""How figures begin that have the font of their cell, which may strike them out, and go on in another."""
_SHARED, _STYLE = re.compile(rb'\bt="s"'), re.compile(rb'\bs="(\d+)"')


def may_hold(texts: IO[bytes]) -> bool:
    """Say whether figures in the part of the shared texts may be raised or struck out, by it or by their cell.

    >>> import io
    >>> may_hold(io.BytesIO(b"<si><r><rPr><strike/></rPr><t>45</t></r></si>"))
    True
    """
    tail = b""
    while chunk := texts.read(_CHUNK):
        if _has_manner(tail + chunk) or _BEGUN.search(tail + chunk):
            return True
        tail = chunk[-len(max(_MANNERS, key=len)) :]
    return False


def may_hold_own(sheet: bytes) -> bool:
    """Say whether cells in a part of a sheet that have their texts to themselves raise or strike out anything.

    >>> may_hold_own(b'<c t="inlineStr"><is><r><rPr><strike/></rPr><t>45</t></r></is></c>')
    True
    """
    return _INLINE in sheet and _has_manner(sheet)


def _has_manner(content: bytes) -> bool:
    return any(manner in content for manner in _MANNERS)


def restore(archive: zipfile.ZipFile, sheets: Sequence[Sheet]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    Raises ValueError, KeyError or IndexError where a part is missing or unsound.
    """
    book = excel_parts.read(archive)
    marked = {number for number, text in enumerate(book.texts) if rich_text.is_marked(text)}
    if any(style.manner for style in book.styles):
        marked |= book.begun.keys()
    parts = {part.name: part.path for part in book.sheets}
    for sheet in sheets:
        with archive.open(parts[sheet.name]) as stream:
            for row, column, text in _told(stream, book, marked):
                if rich_text.is_marked(text):
                    sheet.put(row, column, text)


def _told(stream: IO[bytes], book: Book, marked: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """Walk the cells of a sheet that may hold such texts: row, column, text."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        content = tail + chunk
        for letters, number, about, index, own in _CELL.findall(content) if marked or may_hold_own(content) else ():
            if own or (_SHARED.search(about) and int(index) in marked):
                style = _STYLE.search(about)
                manner = book.styles[int(style[1])].manner if style else rich_text.PLAIN
                text = excel_parts.own_text(own) if own else book.shared_text(int(index), manner)
                yield int(number) - 1, column_index_from_string(letters.decode()) - 1, text
        tail = content[max(content.rfind(_CELL_ENDS), 0) :]
