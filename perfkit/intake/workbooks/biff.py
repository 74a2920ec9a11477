"""Old Excel workbooks (.xls) from the inside: enough to refuse a damaged one before it is opened.

A single wrong bit can make such a file claim billions of rows, and the parser would ask for the memory. Layout of the
container: [MS-CFB]; of the records: [MS-XLS], both published by Microsoft.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container of such a workbook begins, also where it holds a later one under a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name by which such a container tells that it holds a later workbook under a password."""
ROWS, COLUMNS = 65_536, 256
"""The most that an .xls sheet can have."""

_CELLS = frozenset({0x0203, 0x027E, 0x00BD, 0x00FD, 0x0201, 0x00BE, 0x0204, 0x0205, 0x0006, 0x00D6, 0x0406, 0x0206})
_DIMENSIONS, _STRINGS, _MERGED, _BEGIN, _END = 0x0200, 0x00FC, 0x00E5, 0x0809, 0x000A
_RECORD, _SPAN = struct.Struct("<HHHH").unpack_from, struct.Struct("<IIHH").unpack_from
_MOST_AT_ONCE = 15


def _several(code: bytes, each: int) -> bytes:
    """Write the pattern of a record that holds several cells of a row, ``each`` so many bytes."""
    sizes = (6 + each * count for count in range(1, _MOST_AT_ONCE + 1))
    return code + rb"(?:" + b"|".join(rb"%b\x00...\x00.{%d}" % (re.escape(bytes([s])), s - 4) for s in sizes) + rb")"


_COMMONEST = (
    rb"\xfd\x00\x0a\x00...\x00.{6}", _several(rb"\xbd\x00", 6), rb"\x03\x02\x0e\x00...\x00.{10}",
    rb"\x7e\x02\x0a\x00...\x00.{6}", _several(rb"\xbe\x00", 2), rb"\x01\x02\x06\x00...\x00..",
    rb"\x08\x02\x10\x00.{16}", rb"\xe0\x00\x14\x00.{20}",
)  # fmt: skip
_RUN = re.compile(rb"(?:" + rb"|".join(_COMMONEST) + rb")++", re.DOTALL)
"""A run of the commonest records, all of their usual size and in columns that can be: texts, numbers, blanks, rows."""
_RUNNING = frozenset({0x00FD, 0x00BD, 0x0203, 0x027E, 0x00BE, 0x0201, 0x0208, 0x00E0})
_DEPTH = {_BEGIN: 1, _END: -1}
_CLAIMS = frozenset({_DIMENSIONS, _STRINGS, _MERGED})
_WATCHED = _RUNNING | _CELLS | _CLAIMS | {*_DEPTH, 0}
"""The records of a kind that says something; most others need but be stepped over."""
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
Ints = npt.NDArray[np.int64]


def is_sound(content: bytes) -> bool:
    """Say whether the container holds together and its records claim no more than an .xls can hold.

    >>> is_sound(b"no workbook")
    False
    """
    try:
        sound_stream(content)
    except ValueError:
        return False
    return True


def sound_stream(content: bytes) -> tuple[bytes, int]:
    """Take the workbook's records out as `workbook_stream` does, and count the places for cells that its sheets claim.

    Raises ValueError where it is not sound.
    """
    try:
        stream = workbook_stream(content) or b""
        places = _places(stream)
    except (struct.error, IndexError) as error:
        raise ValueError("the container runs past its end") from error
    if places is None:
        raise ValueError("the records claim more than an .xls can hold")
    return stream, places


def workbook_stream(content: bytes) -> bytes | None:
    """Take the workbook's records out of the container; None where they are too short to need a look.

    Raises ValueError, IndexError or `struct.error` where the container is damaged.
    """
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector not in (512, 4096):
        raise ValueError("no sector is of this size")
    table = _allocation_table(content, sector)
    directory = _join(content, sector, table, struct.unpack_from("<I", content, 48)[0])
    for entry in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, first, size = struct.unpack_from("<H50xII", directory, entry + 64)
        if directory[entry + 66] and size > len(content):
            raise ValueError("a stream is longer than the file")
        name = directory[entry : entry + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            return None if size < 4096 else _join(content, sector, table, first, size)
    raise ValueError("there is no workbook in it")


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Walk the records of one part of a workbook's stream, from where it starts to its end: code and content.

    Those of a chart that stands in a sheet are passed over: it is a part of its own between two records of the sheet.
    """
    position, depth = start, 0
    while position + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, position)
        depth += code == _BEGIN
        if depth <= 1:
            yield code, stream[position + 4 : position + 4 + size]
        depth -= code == _END
        if code == _END and depth <= 0:
            return
        position += 4 + size


def text(body: bytes, length: str) -> str:
    """Read a text that tells its length, as ``length`` says, and whether each sign takes two bytes.

    >>> text(b"\\x02\\x00Q1", "<B")
    'Q1'
    """
    count, after = struct.unpack_from(length, body)[0], struct.calcsize(length)
    wide = body[after] & 1
    raw = body[after + 1 : after + 1 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1")


def _allocation_table(content: bytes, sector: int) -> Ints:
    count = struct.unpack_from("<I", content, 44)[0]
    places = list(struct.unpack_from("<109I", content, 76))
    following, per_sector = struct.unpack_from("<I", content, 68)[0], sector // 4
    while count > len(places) and following < _LAST_SECTOR:
        more = struct.unpack_from(f"<{per_sector}I", content, (following + 1) * sector)
        places += more[:-1]
        following = more[-1]
        if len(places) * sector > len(content) + 128 * sector:
            raise ValueError("the table of sectors runs in a circle")
    parts = [np.frombuffer(content, "<u4", per_sector, (place + 1) * sector) for place in places[:count]]
    return np.concatenate(parts).astype(np.int64)


def _join(content: bytes, sector: int, table: Ints, first: int, size: int | None = None) -> bytes:
    """Follow a chain of sectors, run by run of such as stand one after another, as far as ``size``."""
    ends = np.flatnonzero(np.append(table[:-1] != np.arange(1, len(table)), True))
    view, parts, sectors = memoryview(content), [], 0
    while first < _LAST_SECTOR:
        last = int(ends[np.searchsorted(ends, first)])
        parts.append(view[(first + 1) * sector : (last + 2) * sector])
        sectors += last - first + 1
        if sectors > len(table):
            raise ValueError("the sectors run in a circle")
        first = int(table[last])
    if size is not None and parts:
        # To cut the last part takes no time, to cut the whole would copy it once more.
        parts[-1] = parts[-1][: max(size - sum(map(len, parts[:-1])), 0)]
    return b"".join(parts)[:size]


def _places(stream: bytes) -> int | None:
    """Walk the records of a workbook; give the places that its sheets claim, None where a record is not sound."""
    end, position, depth, places = len(stream) - 8, 0, 0, 0
    while position <= end:
        code, size, row, column = _RECORD(stream, position)
        if code not in _WATCHED:
            position += size + 4
            continue
        if code in _RUNNING and (run := _RUN.match(stream, position)):
            position = run.end()
            continue
        if code in _CELLS:
            if column >= COLUMNS:
                return None
        elif code in _DEPTH:
            depth += _DEPTH[code]
        elif not code and not size and not depth:
            return places
        elif code in _CLAIMS and not _is_sound_record(stream, position, code, size, row):
            return None
        if code == _DIMENSIONS and size >= 14:
            places += _area(*_SPAN(stream, position + 4))
        position += size + 4
    return places if position <= len(stream) else None


def _area(first_row: int, rows: int, first: int, columns: int) -> int:
    return max(rows - first_row, 0) * max(columns - first, 0)


def _is_sound_record(stream: bytes, position: int, code: int, size: int, count: int) -> bool:
    if code == _DIMENSIONS and size >= 14:
        _, rows, _, columns = _SPAN(stream, position + 4)
        return bool(rows <= ROWS and columns <= COLUMNS)
    if code == _STRINGS and size >= 8:
        return bool(struct.unpack_from("<I", stream, position + 8)[0] * 3 <= len(stream))
    return code != _MERGED or size >= 2 + 8 * count
