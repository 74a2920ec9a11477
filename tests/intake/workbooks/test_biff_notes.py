"""An old workbook keeps a note's text apart from its cell, and other things may stand between the two."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from perfkit.intake.workbooks import formatted
from perfkit.intake.workbooks.grid import Sheet

CHART = struct.pack("<HHHHII", 0x0809, 12, 0x0600, 0x0020, 0, 0)
CELL_OF_CHART = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 0, 99.0)
END = struct.pack("<HH", 0x000A, 0)


def record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def spelt(text: str) -> bytes:
    wide = any(sign > "\xff" for sign in text)
    return bytes([wide]) + text.encode("utf-16-le" if wide else "latin-1")


def text_of(number: int, *pieces: str) -> bytes:
    """Write an object with its text, which runs over from record to record, and the runs of its fonts."""
    there = record(0x005D, struct.pack("<HHHHH", 0x15, 0x12, 0x19, number, 0) + bytes(12))
    there += record(0x01B6, struct.pack("<HH6xHHH", 0, 0, len("".join(pieces)), 16, 0) + bytes(2))
    return there + b"".join(record(0x003C, spelt(piece)) for piece in pieces) + record(0x003C, bytes(16))


def note(row: int, column: int, number: int, author: str) -> bytes:
    return record(0x001C, struct.pack("<HHHHH", row, column, 0, number, len(author)) + spelt(author) + b"\x00")


def read(path: Path, change: Callable[[bytes], bytes]) -> Sheet:
    """Give a sheet as read once the records of its cells and what is said of them were changed."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for row in range(60):
        sheet.write(row, 0, f"a text so that the records are not too short {row}")
    sheet.write_merge(1, 2, 1, 1, 15)
    before = sheet.get_biff_data
    sheet.get_biff_data = lambda: change(before())
    book.save(str(path / "a.xls"))
    (one,) = formatted.read(path / "a.xls", file="a.xls").sheets
    return one


def test_notes_are_read_with_their_texts_and_without_their_authors(tmp_path: Path) -> None:
    notes = text_of(1, "Jo:\nprovisional, ", "to be confirmed – by ", "finance") + text_of(2, "Q4's")
    notes += note(3, 0, 2, "") + note(1, 1, 1, "Jo")
    one = read(tmp_path, lambda records: records.removesuffix(END) + notes + END)
    assert one.notes == {(3, 0): "Q4's", (1, 1): "provisional, to be confirmed – by finance"}
    assert one.at(2, 1) == 15


@pytest.mark.parametrize(
    "damaged",
    [note(1, 1, 7, "Jo"), text_of(7, "note").replace(b"\4\0\x10\0", b"\5\4\x10\0") + note(1, 1, 7, "Jo"),
     text_of(7, "x") + record(0x001C, b"\x01\x00\x01\x00\x00\x00\x07\x00")],
    ids=["no text", "cut short", "no author"],
)  # fmt: skip
def test_notes_that_cannot_be_read_are_known_to_be_there(tmp_path: Path, damaged: bytes) -> None:
    one = read(tmp_path, lambda records: records.removesuffix(END) + damaged + END)
    assert one.notes is None
    assert one.at(1, 1) == 15


def test_notes_are_read_also_behind_a_chart(tmp_path: Path) -> None:
    behind = CHART + CELL_OF_CHART + END + text_of(1, "Q4's") + note(1, 1, 1, "") + END
    one = read(tmp_path, lambda records: records.removesuffix(END) + behind)
    assert one.notes == {(1, 1): "Q4's"}
    assert (one.text(0, 0)[:6], one.at(2, 1)) == ("a text", 15)
