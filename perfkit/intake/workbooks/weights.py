"""How much memory a workbook takes once it is read: a small file may come to thousands of times its size.

A text that a thousand cells share is one in the file and a thousand in memory; an OpenDocument cell that is repeated is
told once. What cannot come near `MOST` weighs nothing here, so that ordinary workbooks are not counted through.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import numpy as np
import numpy.typing as npt

from perfkit.intake.workbooks import biff_texts, ods_marks

MEBIBYTE = 1024 * 1024
MOST = 700 * MEBIBYTE
"""The most memory that the cells of a workbook may take."""
_CELL, _TEXT, _SIGN, _PLACE = 80, 70, 2, 64
"""Bytes that a cell takes, a text besides, each of its signs, and each place of an old sheet, whether filled or not."""
_CHUNK, _LONGEST = 4 * MEBIBYTE, 64 * 1024
_SHEETS, _SHARED = "xl/worksheets/", "xl/sharedStrings.xml"
_PER_BYTE, _LEAST_CELL = 7, 21
"""What a byte of a sheet can weigh at most, and the bytes that a cell with a shared text has at least."""
_ITEM, _ITEM_ENDS, _PER_ITEM = b"<si", b"</si>", 56
_REFERENCE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)""")
_REPEATED = re.compile(rb'columns-repeated="\d{2,}"(?:[^>]*office:value|[^>]*[^/>]>)')
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table(?=[ >]))\b([^>]*)>")
_BLANKS, _NUMBER = b'<text:s text:c="', re.compile(rb"\d{1,15}")
"""What stands before the number of spaces in one place of an OpenDocument text, which it does not write out."""
_MARKS = 60
"""About how many signs of a cell's content are marks and not its text."""
_FULL = re.compile(rb"(?:office:value|office:string-value|table:formula)")
_ROW = b"<table:table-row"
_BEGIN, _TEXTS, _CONTINUE, _CELL_OF_TEXT, _SEVERAL = 0x0809, 0x00FC, 0x003C, 0x00FD, 0x00BD
_VALUES = frozenset({_CELL_OF_TEXT, _SEVERAL, 0x0203, 0x027E, 0x0204, 0x0205, 0x0006, 0x0406, 0x0206, 0x00D6})
_PER_OLD_BYTE, _LEAST_OLD_CELL = 7, 14
"""What a byte of an old workbook can weigh at most besides places and texts; the bytes of a cell with a shared text."""
Lengths = npt.NDArray[np.int64]


def of_packed(archive: zipfile.ZipFile) -> int:
    """Estimate the bytes that the cells of an .xlsx take; 0 where they cannot be near `MOST`."""
    sizes = {part.filename: part.file_size for part in archive.infolist()}
    sheets = {name: size for name, size in sizes.items() if name.startswith(_SHEETS) and name.endswith(".xml")}
    texts, cells = sizes.get(_SHARED, 0), sum(sheets.values()) // _LEAST_CELL
    if not texts or _most(sheets, texts, _SIGN * texts * cells) <= MOST:
        return 0 if _most(sheets, texts, 0) <= MOST else _counted(archive, sheets, np.zeros(1, dtype="int64"))
    if texts > MOST // _SIGN // 3:
        items = sum(chunk.count(_ITEM) for chunk in _chunks(archive, _SHARED))
        if items * _PER_ITEM + texts > MOST:
            return items * _PER_ITEM + texts
    lengths = np.fromiter(map(len, archive.read(_SHARED).split(_ITEM_ENDS)), dtype="int64")
    if _most(sheets, texts, _SIGN * int(lengths.max()) * cells) <= MOST:
        return 0
    return _counted(archive, sheets, lengths, besides=len(lengths) * _PER_ITEM + texts)


def _most(sheets: Mapping[str, int], texts: int, signs: int) -> int:
    """Give what the cells take at most, if texts of so many signs stand in them."""
    return sum(sheets.values()) * _PER_BYTE + texts * 5 + signs


def _counted(archive: zipfile.ZipFile, sheets: Mapping[str, int], lengths: Lengths, *, besides: int = 0) -> int:
    """Weigh the cells of sheets as if each held the longest text; where that is too much, by what they do hold."""
    # A sheet may name its cells by a prefix of its own.
    cells = {name: _count(archive, name, b"<c ", b"<c>") or _count(archive, name, b":c ", b":c>") for name in sheets}
    longest = _SIGN * int(lengths.max())
    heaviest = sum(cells[name] * (_CELL + longest) + _texts(cells[name], cells[name], size, cells[name])
                   for name, size in sheets.items())  # fmt: skip
    if besides + heaviest <= MOST:
        return besides + heaviest
    return besides + sum(_of_sheet(archive, name, size, cells[name], lengths) for name, size in sheets.items())


def _of_sheet(archive: zipfile.ZipFile, name: str, size: int, cells: int, lengths: Lengths) -> int:
    """Weigh so many cells of a sheet; those with a shared text by its length where that may be long."""
    own = _count(archive, name, b"inlineStr", b'"str"')
    shared = _count(archive, name, b'"s"', b"'s'")
    weight = cells * _CELL + _texts(own, own + shared, size, cells)
    longest = _SIGN * shared * int(lengths.max())
    return weight + (longest if weight + longest <= MOST else _SIGN * _signs(archive, name, lengths))


def _texts(own: int, texts: int, size: int, cells: int) -> int:
    """Weigh texts apart from the signs of those that are shared; the sheet's bytes hold its ``own``."""
    return texts * _TEXT + _SIGN * own * max(size - 40 * cells, 0) // max(cells, 1)


def _count(archive: zipfile.ZipFile, name: str, *what: bytes) -> int:
    return sum(chunk.count(one) for chunk in _chunks(archive, name) for one in what)


def _signs(archive: zipfile.ZipFile, name: str, lengths: Lengths) -> int:
    """Add up the lengths of the shared texts of a sheet's cells."""
    total, tail = 0, b""
    for chunk in _chunks(archive, name):
        content = tail + chunk
        end = content.rfind(b"<")
        found = np.array(_REFERENCE.findall(content, 0, end), dtype="int64")
        total += int(lengths[found[found < len(lengths)]].sum())
        tail = content[max(content.rfind(b"c ", 0, end), len(content) - _LONGEST) :]
    return total


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def may_be_heavy(size: int) -> bool:
    """Say whether cells in so many bytes of content, none of them repeated, could come near `MOST`.

    >>> may_be_heavy(1_000_000), may_be_heavy(200_000_000)
    (False, True)
    """
    return size * _PER_BYTE > MOST


def may_be_repeated(content: bytes) -> bool:
    """Say whether a part of an OpenDocument workbook repeats a value over many columns.

    >>> may_be_repeated(b'<table:table-cell table:number-columns-repeated="900" office:value="1"/>')
    True
    >>> may_be_repeated(b'<table:table-cell table:number-columns-repeated="900"/>')
    False
    """
    return _REPEATED.search(content) is not None


def blanks(content: bytes) -> int:
    """Count the spaces of OpenDocument texts that are told by their number.

    >>> blanks(b'<text:p>a<text:s text:c="3"/>b</text:p>')
    3
    """
    told = map(_NUMBER.match, content.split(_BLANKS)[1:])
    return sum(int(number[0]) for number in told if number)


def of_open(stream: IO[bytes]) -> int:
    """Estimate the bytes that the cells of an OpenDocument workbook take, each as often as it is repeated."""
    sheets, tail = _Sheets(), b""
    while chunk := stream.read(_CHUNK):
        content = tail + chunk
        end = max(content.rfind(_ROW), 0)
        sheets.take(content, end)
        tail = content[end:]
    sheets.take(tail, len(tail))
    return sheets.weight


class _Sheets:
    """Adds up the cells of OpenDocument sheets, a row that is repeated as often as it is."""

    def __init__(self) -> None:
        self._before = self._places = self._texts = 0
        self._row = self._column = self._widest = self._filled = 0
        self._times = 1

    @property
    def weight(self) -> int:
        """The bytes that all cells seen so far take."""
        return self._before + self._places * _PLACE + self._texts

    def take(self, content: bytes, end: int) -> None:
        """Take note of the cells in a part of the content that ends before a row."""
        tags, some = list(_ODS_TAG.finditer(content, 0, end)), blanks(content)
        for tag, after in zip(tags, [*(tag.start() for tag in tags), end][1:], strict=True):
            found = ods_marks.REPEATED.search(tag[2])
            times = int(found[1]) if found else 1
            if tag[1] == b"table":
                self._before, self._places, self._texts = self.weight, 0, 0
                self._row = self._widest = 0
            elif tag[1] == b"table-row":
                self._row, self._column, self._times = self._row + times, 0, times
            else:
                self._column += times
                more = blanks(content[tag.end() : after]) if some else 0
                self._note(tag, times, after - tag.end() + more)

    def _note(self, tag: re.Match[bytes], times: int, length: int) -> None:
        if _FULL.search(tag[2]) or not tag[2].endswith(b"/"):
            self._widest = max(self._widest, self._column)
            self._places = max(self._places, self._row * self._widest)
            self._texts += (
                times * self._times * (_TEXT + _SIGN * max(length - _MARKS, 0) if b'"string"' in tag[2] else 10)
            )


def of_records(stream: bytes, places: int) -> int:
    """Estimate the bytes that the cells of an old workbook (.xls) take; 0 where they cannot be near `MOST`.

    ``places`` are those that its sheets claim for their cells.
    """
    size = len(stream)
    # No shared text weighs more than where half of the file is one text, and the other half cells that hold it.
    if places * _PLACE + size * _PER_OLD_BYTE + size * size // (2 * _LEAST_OLD_CELL) <= MOST:
        return 0
    bodies: list[bytes] = []
    numbers: list[int] = []
    sheets = [(0, 0)]
    for code, body in _all_records(stream):
        if code == _BEGIN:
            sheets.append((0, 0))
        elif code == _TEXTS or (code == _CONTINUE and bodies and not numbers):
            bodies.append(body)
        elif code in _VALUES:
            row, column = struct.unpack_from("<HH", body)
            column += (len(body) - 6) // 6 if code == _SEVERAL else 1
            sheets[-1] = max(sheets[-1][0], row + 1), max(sheets[-1][1], column)
            if code == _CELL_OF_TEXT:
                numbers.append(struct.unpack_from("<I", body, 6)[0])
    places = sum(rows * columns for rows, columns in sheets)
    return places * _PLACE + size * _PER_OLD_BYTE + _of_shared(bodies, numbers)


def _of_shared(bodies: Sequence[bytes], numbers: Sequence[int]) -> int:
    lengths = np.array([len(raw) for _, raw, _ in biff_texts.shared(bodies)] or [0], dtype="int64")
    found = np.array(numbers, dtype="int64")
    return len(numbers) * _TEXT + int(lengths[found[found < len(lengths)]].sum())


def _all_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, position)
        yield code, stream[position + 4 : position + 4 + size]
        position += 4 + size
