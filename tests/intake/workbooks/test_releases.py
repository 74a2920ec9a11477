"""Releases open with their coordinates right, or are refused with one issue that says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from perfkit.intake.workbooks import limits, releases
from perfkit.intake.workbooks.grid import cell_name
from perfkit.model.errors import InputError


def xlsx(path: Path, *, hidden: bool = False, merged: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Table 1"
    sheet["C4"] = "Delayed days"
    sheet["C5"] = 12
    sheet["D5"] = 0
    if merged:
        sheet.merge_cells(merged)
    notes = book.create_sheet("Notes")
    notes["A1"] = "hidden notes"
    notes.sheet_state = "hidden" if hidden else "visible"
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        releases.read(path, file=f"dtoc/{path.name}")
    assert len(caught.value.issues) == 1
    return str(caught.value)


def test_cells_keep_their_places_although_the_sheet_begins_lower(tmp_path: Path) -> None:
    sheet = releases.read(xlsx(tmp_path / "a.xlsx")).sheets[0]
    assert {cell_name(r, c): value for r, c, value in sheet.cells()} == {"C4": "Delayed days", "C5": 12, "D5": 0}
    assert sheet.at(0, 0) is None
    assert str(sheet.where(4, 2)) == "a.xlsx, sheet Table 1, cell C5"


def test_zero_stays_zero_and_empty_stays_empty(tmp_path: Path) -> None:
    sheet = releases.read(xlsx(tmp_path / "a.xlsx")).sheets[0]
    assert sheet.at(4, 3) == 0
    assert sheet.at(4, 3) is not None
    assert sheet.at(3, 3) is None


def test_xls_keeps_its_places_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("England").write(14, 3, 41532)
    book.save(str(tmp_path / "April_11.xls"))
    sheet = releases.read(tmp_path / "April_11.xls").sheets[0]
    assert list(sheet.cells()) == [(14, 3, 41532)]


def test_merged_cells_are_filled_and_know_their_origin(tmp_path: Path) -> None:
    sheet = releases.read(xlsx(tmp_path / "a.xlsx", merged="C4:D4")).sheets[0]
    assert sheet.at(3, 3) == "Delayed days"
    assert sheet.merged == {(3, 3): (3, 2)}


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    book = releases.read(xlsx(tmp_path / "a.xlsx", hidden=True))
    assert [sheet.name for sheet in book.sheets] == ["Table 1"]
    assert book.hidden == ("Notes",)


def test_the_given_name_stands_in_every_place(tmp_path: Path) -> None:
    book = releases.read(xlsx(tmp_path / "a.xlsx"), file="2017-18/a.xlsx")
    assert (book.file, book.sheets[0].file) == ("2017-18/a.xlsx", "2017-18/a.xlsx")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "found an empty file (0 bytes), expected a workbook. Send or download the file again."),
        (b"<html><body><table><tr><td>1</td></tr></table>", "found a web page (HTML) under a workbook's name"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>Not found</p>", "found a web page (HTML) under a workbook's name"),
        (b"Area,Days\nOxfordshire,859\n", "found text such as CSV under a workbook's name"),
        (b"%PDF-1.7", "found a PDF file under a workbook's name"),
        (b"\x00\x01\x02\x03", "found something that is not a workbook"),
        (b"PK\x03\x04" + b"\x00" * 40, "found a workbook that is damaged or cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "found a workbook that is damaged or cut short"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "June_17.xls"
    path.write_bytes(content)
    message = refusal(path)
    assert message.startswith("dtoc/June_17.xls: ")
    assert expected in message


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert "found a workbook that is damaged or cut short, expected a whole workbook" in refusal(path)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.xls"
    path.write_bytes(encrypted())
    assert "found a workbook protected by a password" in refusal(path)


def test_an_xlsx_that_office_encrypted_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1200) + "EncryptedPackage".encode("utf-16-le"))
    assert "found a workbook protected by a password" in refusal(path)


def encrypted() -> bytes:
    """Write a workbook and put the record that announces a password behind its first record."""
    book, stream = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("England").write(0, 0, 1)
    book.save(stream)
    content = bytearray(stream.getvalue())
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = start + 20
    content[after : after + 10] = b"\x2f\x00\x06\x00\x01\x00\x00\x00\x00\x00"
    return bytes(content)


def test_a_zip_bomb_is_refused_by_its_stated_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONTENT_SIZE", 2 * limits.MEBIBYTE)
    path = xlsx(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\x00" * (3 * limits.MEBIBYTE))
    assert "found a workbook that unpacks to 3 MiB, expected a workbook that unpacks to at most 2 MiB" in refusal(path)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_SIZE", 2000)
    assert "expected a file of at most 0 MiB" in refusal(xlsx(tmp_path / "a.xlsx"))


def test_a_stray_value_in_the_far_corner_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 2
    book.save(path)
    assert "found a sheet (sheet1) that spans 1,048,576 rows and 16,384 columns" in refusal(path)


def test_blank_cells_in_the_far_corner_are_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "formatted.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"].number_format = "0.0%"
    book.save(path)
    assert list(releases.read(path).sheets[0].cells()) == [(0, 0, 1)]


def test_an_open_document_that_repeats_a_value_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    row = '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'
    cell = '<table:table-cell office:value-type="float" table:number-columns-repeated="16384" office:value="1"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content>{row.format(cell)}</office:document-content>")
    assert "found a sheet that repeats values over 1,048,576 rows and 16,384 columns" in refusal(path)


def test_a_thousand_blank_rows_and_wide_sheets_are_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    book = openpyxl.Workbook()
    book.active.cell(1, 16_383, "Contents")
    book.active.cell(900, 1, "end")
    book.save(path)
    assert [(r, c) for r, c, _ in releases.read(path).sheets[0].cells()] == [(0, 16_382), (899, 0)]


@pytest.mark.samples
def test_the_real_releases_open(shared: Path) -> None:
    for name in ("cover_quarterly/2019_2020_Q1.ods", "discharge_community/october2023.xlsx", "messy"):
        for path in [shared / "samples" / name] if "." in name else (shared / "samples" / name).glob("*.ods"):
            assert releases.read(path).sheets
