"""Find in an OpenDocument workbook (.ods) the cells whose figures are raised or struck out, and read no others."""

from __future__ import annotations

import re
import string
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO
from xml.etree import ElementTree

from perfkit.intake.workbooks import ods_texts, rich_text
from perfkit.intake.workbooks.grid import Sheet
from perfkit.intake.workbooks.ods_texts import STYLE, TABLE

CONTENT = "content.xml"
_BODY, _CHUNK = b"<office:body", 64 * 1024
_ROOT, _END = re.compile(rb"<office:document-content\b[^>]*>"), b"</office:document-content>"
_STYLES = re.compile(rb'<style:style\b[^>]*style:family="text"[^>]*(?<!/)>.*?</style:style>', re.DOTALL)
_SPAN = b'<text:span text:style-name="'
_PARAGRAPH, _PARAGRAPH_ENDS, _TAG = b"<text:p", b"</text:p>", re.compile(rb"<[^>]*>")
_IN_NO_NUMBER = frozenset(string.ascii_letters.encode() + b"()[]:/*")
_TABLE_STARTS, _ROW_STARTS, _CELL_ENDS = b"<table:table ", b"<table:table-row", b"table-cell>"
_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


def restore(archive: zipfile.ZipFile, sheets: Sequence[Sheet]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    Raises ValueError or SyntaxError where the content is unsound.
    """
    with archive.open(CONTENT) as stream:
        head = _before_body(stream)
        root = _ROOT.search(head)
        manners = _manners(root[0], head) if root else {}
        if root is None or not manners:
            return
        content = head + stream.read()
    known = {sheet.name: sheet for sheet in sheets}
    for place in _places(content, manners):
        if cells := _row_to(content, place):
            sheet, rows, columns, text = _told(content, cells, root[0], manners)
            if sheet in known and rich_text.is_marked(text):
                _put(known[sheet], rows, columns, text)


def _before_body(stream: IO[bytes]) -> bytes:
    """Give the content as far as the styles go."""
    found = b""
    while _BODY not in found and (chunk := stream.read(_CHUNK)):
        found += chunk
    return found


def _manners(root: bytes, head: bytes) -> dict[str, str]:
    """Give the styles of texts that raise or strike out, with their manner."""
    styles = _parsed(root, b"".join(_STYLES.findall(head)))
    return {str(style.get(f"{STYLE}name")): how for style in styles if (how := ods_texts.manner(style))}


def _places(content: bytes, manners: Mapping[str, str]) -> Iterator[int]:
    """Walk the places of paragraphs that would read as a number and hold a run of such a style."""
    names = {name.encode() for name in manners}
    yield from dict.fromkeys(place for place, name in _numbers(content) if name in names)


def may_hold(content: bytes) -> bool:
    """Say whether paragraphs in a part of the content would read as a number and hold a run of whatever style.

    >>> may_hold(b'<text:p>8<text:span text:style-name="T1">1</text:span></text:p>')
    True
    """
    return any(True for _ in _numbers(content))


def _numbers(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the runs of paragraphs that would read as a number: where the paragraph begins, and the run's style."""
    place = content.find(_SPAN)
    while place >= 0:
        # Most such runs stand behind a word or a bracket, and there is no need to look further.
        start = place if content[place - 1] in _IN_NO_NUMBER else content.rfind(_PARAGRAPH, 0, place)
        if start < place and not content[start + len(_PARAGRAPH) + 1 : place][:1].isalpha():
            text = _TAG.sub(b"", content[start : content.find(_PARAGRAPH_ENDS, place)])
            if rich_text.is_number(text.decode("utf-8", "replace")):
                name = place + len(_SPAN)
                yield start, content[name : content.find(b'"', name)]
        place = content.find(_SPAN, place + 1)


def _row_to(content: bytes, place: int) -> list[re.Match[bytes]]:
    """Give where the cells of a row begin, up to that which holds a place; none where no cell holds it."""
    row = content.rfind(_ROW_STARTS, 0, place)
    cells = list(CELL.finditer(content, row, place)) if row >= 0 else []
    within = cells and not cells[-1][0].endswith(b"/>") and content.find(_CELL_ENDS, cells[-1].end(), place) < 0
    return cells if within else []


def _told(
    content: bytes, cells: Sequence[re.Match[bytes]], root: bytes, manners: Mapping[str, str]
) -> tuple[str, range, range, str]:
    """Give the sheet of the last of a row's cells, the rows and columns that it is repeated over, and its text."""
    *before, cell = cells
    table = content.rfind(_TABLE_STARTS, 0, cell.start())
    opened = content[table : content.index(b">", table) + 1]
    own = content[cell.start() : content.index(_CELL_ENDS, cell.end()) + len(_CELL_ENDS)]
    rows = [_repeated(row[1]) for row in _ROW.finditer(content, table, cell.start())]
    column = sum(_repeated(other[1]) for other in before)
    read = _parsed(root, opened + own + b"</table:table>")[0]
    ods_texts.keep_manners(read, manners)
    columns = range(column, column + _repeated(cell[1]))
    return str(read.get(f"{TABLE}name")), range(sum(rows[:-1]), sum(rows)), columns, ods_texts.words(read[0])


def _put(sheet: Sheet, rows: range, columns: range, text: str) -> None:
    for row in range(rows.start, min(rows.stop, len(sheet.rows))):
        for column in range(columns.start, min(columns.stop, len(sheet.rows[row]))):
            sheet.put(row, column, text)


def _repeated(attributes: bytes) -> int:
    repeated = REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1


def _parsed(root: bytes, content: bytes) -> ElementTree.Element:
    """Read a piece of the content under the names that its root declares."""
    return ElementTree.fromstring(root + content + _END)
