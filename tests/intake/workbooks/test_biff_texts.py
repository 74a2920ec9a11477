"""Figures that an old workbook raises to a note or strikes out are never read as part of a number."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import xlwt

from perfkit.intake import returns
from perfkit.intake.workbooks import biff, formatted, releases
from perfkit.model.errors import InputError

PLAIN, BOLD = xlwt.easyxf("").font, xlwt.easyxf("font: bold on").font
RAISED, LOWERED = xlwt.easyxf("font: escapement superscript").font, xlwt.easyxf("font: escapement subscript").font
STRUCK = xlwt.easyxf("font: struck_out on").font

Runs = Sequence[tuple[str, xlwt.Font]]
Row = Sequence[Any]


def workbook(path: Path, *rows: Row, cell: xlwt.Font = PLAIN) -> Path:
    book, style = xlwt.Workbook(), xlwt.XFStyle()
    style.font = cell
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            write = sheet.write if isinstance(value, str | float | int) else sheet.write_rich_text
            write(r, c, value, style)
    book.save(str(path))
    return path


@pytest.mark.parametrize(
    ("runs", "read"),
    [
        ([("45", PLAIN), ("1", RAISED)], "45¹"),
        ([("85.2%", PLAIN), ("2", RAISED)], "85.2%²"),
        ([("8", PLAIN), ("1", LOWERED)], "8¹"),
        ([("45", STRUCK), ("47", PLAIN)], "4\u03365\u033647"),
        ([("4", PLAIN), ("7", BOLD)], "47"),
        ([("Tonnes of CO", PLAIN), ("2", RAISED)], "Tonnes of CO2"),
        ([("45", STRUCK)], "45"),
        ([("£4", PLAIN), ("5", STRUCK), (" – ", PLAIN), ("6", RAISED)], "£45 – 6"),
        ([("£4", PLAIN), ("5", STRUCK), ("6", RAISED)], "£45\u0336⁶"),
    ],
)
@pytest.mark.parametrize("reader", [formatted, releases])
def test_what_is_raised_or_struck_out_in_a_number_stays_so(
    tmp_path: Path, reader: ModuleType, runs: Runs, read: str
) -> None:
    path = workbook(tmp_path / "a.xls", ["451", 451], [runs, "1"])
    (sheet,) = reader.read(path, file="a.xls").sheets
    assert sheet.rows == [["451", 451], [read, "1"]]


def test_what_stands_before_the_first_run_looks_as_its_cell_does(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xls", ["45", (("45", STRUCK), ("47", PLAIN))], cell=STRUCK)
    content = path.read_bytes()
    # As Excel does, leave out the run that begins the text, since it is in the font of its cell.
    both = struct.pack("<HBH", 4, 8, 2) + b"4547" + struct.pack("<H", 0)
    font = content[content.index(both) + len(both) : content.index(both) + len(both) + 2]
    assert content.count(both) == 1
    path.write_bytes(content.replace(both + font, both[:-2] + struct.pack("<H", 0) + font))
    assert releases.read(path).sheets[0].rows == [["45", "4\u03365\u033647"]]


def test_texts_that_run_over_into_further_records_are_read_whole(tmp_path: Path) -> None:
    words = [f"Area {number}: {'Ωé' * (number % 40)}" for number in range(900)]
    rows = [[word, ((f"{number}", PLAIN), ("1", RAISED), ("%", PLAIN))] for number, word in enumerate(words)]
    path = workbook(tmp_path / "a.xls", *rows)
    assert path.read_bytes().count(b"\x3c\x00\x20\x20") > 1
    assert releases.read(path).sheets[0].rows == [[word, f"{number}¹%"] for number, word in enumerate(words)]


def test_cells_filled_from_a_merged_one_have_its_text(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    sheet.merge(0, 0, 0, 1)
    sheet.write_rich_text(0, 0, [("8", PLAIN), ("1", RAISED)])
    sheet.write(0, 2, "81")
    book.save(str(tmp_path / "a.xls"))
    for reader in (releases, formatted):
        assert reader.read(tmp_path / "a.xls", file="a.xls").sheets[0].rows == [["8¹", "8¹", "81"]]


class OwnText:
    """A cell that has its rich text, 81 with the second sign in another font, to itself."""

    def __init__(self, font: int) -> None:
        self._text = struct.pack("<HHHHB", 0, 1, 15, 2, 0) + b"81" + struct.pack("<HHH", 1, 1, font)

    def get_biff_data(self) -> bytes:
        return struct.pack("<HH", 0x00D6, len(self._text)) + self._text


def test_a_cell_with_a_text_of_its_own_is_read_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    row = book.add_sheet("Sheet").row(0)
    row.write(0, "81")
    row.insert_cell(1, OwnText(book.add_font(RAISED)))
    book.save(str(tmp_path / "a.xls"))
    assert releases.read(tmp_path / "a.xls").sheets[0].rows == [["81", "8¹"]]


def test_texts_that_claim_to_go_on_beyond_their_records_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xls", [(("8", PLAIN), ("1", RAISED)), "Area"])
    content = path.read_bytes()
    area = struct.pack("<HB", 4, 0) + b"Area"
    assert content.count(area) == 1
    path.write_bytes(content.replace(area, struct.pack("<HB", 4_000, 0) + b"Area"))
    assert biff.is_sound(path.read_bytes())
    with pytest.raises(InputError, match="found a workbook that is damaged or cut short"):
        releases.read(path)


def test_a_note_raised_beside_an_actual_is_asked_and_never_a_figure(
    tmp_path: Path, framework: dict[str, pd.DataFrame]
) -> None:
    titles = [["Middleshire County Council"], ["Social Services (SCS)"], ["Quarter 1 2017-18"]]
    headings = ["No.", "Indicator", "Target", "Q1 Actual", "Status", "Q1 RAG", "Outlook"]
    row = [5, "People delayed", 14, (("15", PLAIN), ("1", RAISED)), "final", "A", "→"]
    path = workbook(tmp_path / "SCS.xls", *titles, headings, row)
    reading = returns.read(formatted.read(path, file="SCS.xls"), framework=framework)
    assert [(issue.where.cell, issue.found) for issue in reading.issues if issue.stops] == [("D5", '"15¹"')]
