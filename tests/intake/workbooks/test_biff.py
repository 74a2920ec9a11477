"""Old workbooks that claim more than an .xls can hold are refused before memory is asked for."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import xlwt

from perfkit.intake.workbooks import biff, releases
from perfkit.model.errors import InputError


@pytest.fixture
def content() -> bytes:
    book, stream = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("England")
    for row in range(40):
        sheet.write(row, 1, f"Area {row}")
        sheet.write(row, 2, row)
    book.save(stream)
    return stream.getvalue()


def altered(content: bytes, record: bytes, offset: int, new: bytes) -> bytes:
    at = content.index(record) + 4 + offset
    return content[:at] + new + content[at + len(new) :]


def test_a_whole_workbook_is_sound(content: bytes) -> None:
    assert biff.is_sound(content)


@pytest.mark.parametrize(
    ("record", "offset", "new"),
    [
        (b"\x00\x02\x0e\x00", 4, struct.pack("<I", 4_000_000_000)),
        (b"\x00\x02\x0e\x00", 10, struct.pack("<H", 60_000)),
        (b"\xfd\x00\x0a\x00", 2, struct.pack("<H", 40_000)),
        (b"\xfc\x00", 6, struct.pack("<I", 2_000_000_000)),
        (b"\xfd\x00\x0a\x00", -2, struct.pack("<H", 65_000)),
    ],
    ids=["rows", "columns", "a cell far to the right", "texts", "a record longer than the file"],
)
def test_a_claim_beyond_an_xls_is_unsound(
    content: bytes, tmp_path: Path, record: bytes, offset: int, new: bytes
) -> None:
    damaged = altered(content, record, offset, new)
    assert not biff.is_sound(damaged)
    (tmp_path / "a.xls").write_bytes(damaged)
    with pytest.raises(InputError, match="found a workbook that is damaged or cut short"):
        releases.read(tmp_path / "a.xls")


def test_sectors_that_run_in_a_circle_are_unsound(content: bytes) -> None:
    table = struct.unpack_from("<I", content, 76)[0]
    place = (table + 1) * 512
    assert not biff.is_sound(content[:place] + struct.pack("<4I", 1, 0, 1, 0) + content[place + 16 :])


def test_a_stream_longer_than_its_file_is_unsound(content: bytes) -> None:
    entry = content.index("Workbook".encode("utf-16-le"))
    assert not biff.is_sound(content[: entry + 120] + struct.pack("<I", 3_000_000_000) + content[entry + 124 :])
