"""Notes that people pin to cells of an old Excel workbook (.xls).

Layout of the records: [MS-XLS], published by Microsoft: Note 2.4.179, Obj 2.4.181, TxO 2.4.329.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate

from perfkit.intake.workbooks import biff, biff_texts
from perfkit.intake.workbooks.excel_notes import without_author
from perfkit.intake.workbooks.grid import Notes, Place

_NOTE, _OBJECT, _TEXT, _CONTINUE = 0x001C, 0x005D, 0x01B6, 0x003C


def read(records: Iterable[tuple[int, bytes]]) -> Notes:
    """Read the notes among the records of a sheet; None where there are notes that cannot be read.

    >>> read([])
    {}
    """
    texts: dict[bytes, list[bytes]] = {}
    notes: dict[Place, str] = {}
    number, before = b"", 0
    try:
        for code, body in records:
            if code == _OBJECT:
                number = body[6:8]
            elif code == _TEXT or (code == _CONTINUE and before == _TEXT):
                texts.setdefault(number, []).append(body)
            elif code == _NOTE:
                row, column = struct.unpack_from("<HH", body)
                notes[row, column] = without_author(_joined(texts[body[6:8]]), biff.text(body[8:], "<H"))
            before = before if code == _CONTINUE else code
    except (struct.error, LookupError, ValueError):
        return None
    return notes


def _joined(bodies: Sequence[bytes]) -> str:
    """Join a text, whose length its first record tells, from the records after it."""
    count, data = struct.unpack_from("<H", bodies[0], 10)[0], b"".join(bodies[1:])
    if not count:
        return ""
    return biff_texts.decoded(biff_texts.signs(data, 1, count, data[0], list(accumulate(map(len, bodies[1:]))))[0])
