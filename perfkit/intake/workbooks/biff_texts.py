"""The texts of an old Excel workbook (.xls) in which figures are raised or struck out, which the quick reader drops.

Layout of the records: [MS-XLS], published by Microsoft: Font 2.4.122, SST 2.4.265, the text with runs 2.5.293.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from perfkit.intake.workbooks import biff, rich_text
from perfkit.intake.workbooks.grid import Sheet

RECORDS = "Workbook"
"""The part of the container in which the texts stand."""
_FONT, _XF, _BOUNDSHEET, _TEXTS, _CONTINUE = 0x0031, 0x00E0, 0x0085, 0x00FC, 0x003C
_CELL_OF_TEXT, _RICH_CELL, _END = 0x00FD, 0x00D6, 0x000A
_RICH_CELLS = re.compile(rb"\xd6\x00.[\x00-\x20]...\x00.[\x00-\x0f]..[\x00\x01]", re.DOTALL)
"""How a cell that has its rich text to itself begins: it stands in one of 256 columns and has one of 4,096 styles."""
_RECORD = struct.Struct("<HH2xH4xH")
"""Code and size of a record and, where it is a font, its flags and how far it is raised."""
_VERSION = b"\x00\x06"
"""How a workbook of Excel 97 to 2003 calls itself; older ones have no shared texts."""
_STRUCK = 0x0008
_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08

Runs = list[tuple[int, int]]
"""Where in a text each run begins, and its font; what stands before the first run has the font of the cell."""


@dataclass
class _Book:
    """What the cells lean on: manners of fonts, fonts of styles, where sheets start, rich texts by their number."""

    manners: list[str] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    texts: dict[int, tuple[bytes, Runs]] = field(default_factory=dict)

    def told(self, raw: bytes, runs: Runs, style: int) -> str:
        """Write a text, given in UTF-16, as `rich_text.join` does."""
        begun = runs if runs and not runs[0][0] else [(0, self.fonts[style]), *runs]
        ends = [start for start, _ in begun[1:]] + [len(raw) // 2]
        pieces = [
            (decoded(raw[2 * start : 2 * end]), manner_of(font, self.manners))
            for (start, font), end in zip(begun, ends, strict=True)
        ]
        return rich_text.join(pieces)


def restore(content: bytes, sheets: Sequence[Sheet]) -> None:
    """Put texts that would read as a number, but for what is raised or struck out, back into sheets just read.

    Raises ValueError where the records do not hold together.
    """
    try:
        stream = biff.workbook_stream(content)
        if stream is not None and may_hold(stream):
            _restore(stream, _read(stream, manners(stream)), sheets)
    except (struct.error, IndexError) as error:
        raise ValueError("the texts of the workbook run past their end") from error


def may_hold(stream: bytes) -> bool:
    """Say whether there may be such texts: not where no font of the workbook raises or strikes out."""
    return stream[4:6] == _VERSION and any(manners(stream))


def _restore(stream: bytes, book: _Book, sheets: Sequence[Sheet]) -> None:
    if book.texts or _RICH_CELLS.search(stream):
        for sheet in sheets:
            for row, column, text in _told(stream, book, sheet.name):
                sheet.put(row, column, text)


def manner_of(font: int, manners: Sequence[str]) -> str:
    """Say what the font of a number does to its texts, by the list that `manners` gives.

    >>> manner_of(5, ["", "", "", "", "struck"])
    'struck'
    """
    place = font - (font > 4)  # No font has the number 4: the fifth of the list is number 5.
    return manners[place] if place < len(manners) else rich_text.PLAIN


def manners(stream: bytes) -> list[str]:
    """Say of each font what it does to its texts; the fonts stand before the styles."""
    found, position, code = [], 0, 0
    while code not in (_XF, _END) and position + _RECORD.size <= len(stream):
        code, size, flags, raised = _RECORD.unpack_from(stream, position)
        if code == _FONT:
            found.append(rich_text.STRUCK if flags & _STRUCK else rich_text.RAISED if raised else rich_text.PLAIN)
        position += 4 + size
    return found


def _read(stream: bytes, known: list[str]) -> _Book:
    book, before, bodies = _Book(known), 0, []
    for code, body in biff.records(stream, 0):
        if code == _XF:
            book.fonts.append(struct.unpack_from("<H", body)[0])
        elif code == _BOUNDSHEET:
            book.starts[biff.text(body[6:], "<B")] = struct.unpack_from("<I", body)[0]
        elif code == _TEXTS or (code == _CONTINUE and before == _TEXTS):
            bodies.append(body)
        before = before if code == _CONTINUE else code
    rich = ((number, raw, runs) for number, raw, runs in shared(bodies) if runs)
    book.texts = {number: (raw, runs) for number, raw, runs in rich if rich_text.is_number(decoded(raw))}
    return book


def shared(bodies: Sequence[bytes]) -> Iterator[tuple[int, bytes, Runs]]:
    """Walk the shared texts of some records, which run over from record to record: number, text in UTF-16, runs."""
    data, ends, at = b"".join(bodies), list(accumulate(map(len, bodies))), 8
    for number in range(struct.unpack_from("<I", data, 4)[0] if data else 0):
        count, flags = struct.unpack_from("<HB", data, at)
        rich, spoken = flags & _RICH, flags & _SPOKEN
        runs = struct.unpack_from("<H", data, at + 3)[0] if rich else 0
        more = struct.unpack_from("<I", data, at + (5 if rich else 3))[0] if spoken else 0
        at += 3 + (2 if rich else 0) + (4 if spoken else 0)
        raw, at = signs(data, at, count, flags, ends)
        yield number, raw, list(struct.iter_unpack("<HH", data[at : at + 4 * runs]))
        at += 4 * runs + more


def signs(data: bytes, at: int, count: int, flags: int, ends: Sequence[int]) -> tuple[bytes, int]:
    """Read so many signs; where a record ends among them, the next one begins by telling how wide its signs are."""
    raw = b""
    while True:
        width = 2 if flags & _WIDE else 1
        here = min(count, (ends[bisect_left(ends, at)] - at) // width)
        piece = data[at : at + here * width]
        raw += piece if width == 2 else piece.decode("latin-1").encode("utf-16-le")
        at, count = at + here * width, count - here
        if not count:
            return raw, at
        flags, at = data[at], at + 1


def _told(stream: bytes, book: _Book, name: str) -> Iterator[tuple[int, int, str]]:
    """Walk the cells of a sheet whose text has runs and would read as a number: row, column, the text marked."""
    for code, body in biff.records(stream, book.starts[name]):
        if code == _CELL_OF_TEXT:
            row, column, style, number = struct.unpack_from("<HHHI", body)
            if number in book.texts:
                yield row, column, book.told(*book.texts[number], style)
        elif code == _RICH_CELL:
            row, column, style, count, flags = struct.unpack_from("<HHHHB", body)
            raw, at = signs(body, 9, count, flags, [len(body)])
            yield row, column, book.told(raw, list(struct.iter_unpack("<HH", body[at + 2 :])), style)


def decoded(raw: bytes) -> str:
    """Give a text that is kept in UTF-16."""
    return raw.decode("utf-16-le", "replace")
