"""Workbooks as Excel saves them: merged cells, formats, hidden sheets, formulas, and files that are none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks import excel
from perfkit.model.errors import InputError

Fill = Callable[[openpyxl.Workbook], None]


def _saved(path: Path, fill: Fill) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def _first(path: Path) -> excel.Sheet:
    return excel.read(path, file="Q1/SCS.xlsx").sheets[0]


def test_a_merged_cell_is_filled_and_its_origin_known(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A2"] = "Protecting vulnerable people"
        book.active.merge_cells("A2:A4")
        book.active["B4"] = 7

    sheet = _first(_saved(tmp_path / "a.xlsx", fill))
    assert sheet.at(3, 0) == "Protecting vulnerable people"
    assert sheet.merged == {(2, 0): (1, 0), (3, 0): (1, 0)}
    assert str(sheet.where(3, 1)) == "Q1/SCS.xlsx, sheet Sheet, cell B4"


def test_number_formats_are_kept_where_a_cell_has_one(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["B1"] = 0.67, 67
        book.active["A1"].number_format = "0%"

    sheet = _first(_saved(tmp_path / "a.xlsx", fill))
    assert sheet.formats == {(0, 0): "0%"}


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.create_sheet("Working").sheet_state = "hidden"

    workbook = excel.read(_saved(tmp_path / "a.xlsx", fill), file="a.xlsx")
    assert [sheet.name for sheet in workbook.sheets] == ["Sheet"]
    assert workbook.hidden == ("Working",)


def test_a_formula_that_was_never_calculated_says_so(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["A2"], book.active["A3"] = 1, "=A1*2", "=cmd|' /C calc'!A0"

    sheet = _first(_saved(tmp_path / "a.xlsx", fill))
    assert sheet.at(1, 0) == UncachedFormula("=A1*2")
    assert sheet.at(2, 0) == UncachedFormula("=cmd|' /C calc'!A0")


def test_a_formatted_cell_in_a_far_corner_costs_nothing(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "Title"
        book.active["XFD900000"].number_format = "0%"

    sheet = _first(_saved(tmp_path / "a.xlsx", fill))
    assert sheet.at(0, 0) == "Title"
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file"),
        (b"<html><table></table></html>", "a web page"),
        (b"No.,Indicator\n1,Visits\n", "text such as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or cut short"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged or cut short"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_issue(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "SCS.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        excel.read(path, file="Q1/SCS.xlsx")
    assert len(caught.value.issues) == 1
    assert str(caught.value).startswith("Q1/SCS.xlsx: found ")


def test_a_workbook_that_lacks_its_parts_is_one_issue(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SCS.xlsx", "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    with pytest.raises(InputError, match="a damaged workbook, expected a workbook that Excel opens"):
        excel.read(tmp_path / "SCS.xlsx", file="SCS.xlsx")


def test_a_workbook_of_which_one_sheet_is_gone_is_not_half_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Exceptions")
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "SCS.xlsx", "w") as left:
        for part in whole.namelist():
            if part != "xl/worksheets/sheet2.xml":
                left.writestr(part, whole.read(part))
    with pytest.raises(InputError, match="found a damaged workbook, expected a workbook that Excel opens"):
        excel.read(tmp_path / "SCS.xlsx", file="SCS.xlsx")


def test_a_workbook_in_the_old_form_is_one_issue(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Dashboard").write(0, 0, "Title")
    book.save(str(tmp_path / "SCS.xls"))
    with pytest.raises(InputError, match=r"a workbook with a password, or in the old \.xls form"):
        excel.read(tmp_path / "SCS.xls", file="Q1/SCS.xls")
