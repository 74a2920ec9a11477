"""Formula errors and formulas without a result come back into the cells that the quick reader leaves empty."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks import limits, releases
from perfkit.intake.workbooks.grid import Value
from perfkit.model.errors import Where

ERROR = b'<c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Rates & counts"
    for row in (["Area", "Rate", "Count"], ["Kent", 5, 7], ["Devon", 6, 8]):
        workbook.active.append(row)
    workbook.create_sheet("Empty")
    workbook.save(tmp_path / "rates.xlsx")
    return tmp_path / "rates.xlsx"


def with_cell(path: Path, cell: bytes, *, at: bytes = b'<c r="B2"') -> list[list[Value]]:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(at)
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + cell + sheet[sheet.index(b"</c>", start) + 4 :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return releases.read(path).sheets[0].rows


def test_a_sound_workbook_stays_as_it_is(book: Path) -> None:
    assert releases.read(book).sheets[0].rows[1] == ["Kent", 5.0, 7.0]


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A", "#NAME?", "#VALUE!"])
def test_an_error_is_the_cells_text(book: Path, error: str) -> None:
    rows = with_cell(book, ERROR.replace(b"#DIV/0!", error.encode()))
    assert rows[1] == ["Kent", error, 7.0]


@pytest.mark.parametrize("cell", [b'<c r="B2"><f>A1+1</f></c>', b'<c r="B2"><f>A1+1</f><v></v></c>',
                                  b'<c r="B2"><f>A1+1</f><v/></c>'])  # fmt: skip
def test_a_formula_without_a_result_says_so(book: Path, cell: bytes) -> None:
    assert with_cell(book, cell)[1] == ["Kent", UncachedFormula("A1+1"), 7.0]


def test_a_formula_with_its_result_is_the_result(book: Path) -> None:
    assert with_cell(book, b'<c r="B2"><f>A1+1</f><v>9</v></c>')[1] == ["Kent", 9.0, 7.0]


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>"])
def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(book: Path, value: bytes) -> None:
    cell = b'<c r="B2" t="str"><f>IF(C2=7,"",1)</f>' + value + b"</c>"
    assert with_cell(book, cell)[1] == ["Kent", None, 7.0]


def test_rules_for_what_may_be_typed_are_no_formulas(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook.active.conditional_formatting.add("B2", FormulaRule(formula=["B2>5"]))
    workbook.active.auto_filter.ref = "A1:C3"
    workbook.save(book)
    assert limits.check(book, Where(book.name)) == frozenset()
    workbook.active["B2"] = "=1/0"
    workbook.save(book)
    assert limits.check(book, Where(book.name)) == {"xl/worksheets/sheet1.xml"}


def test_letters_and_signs_in_typed_texts_are_no_formulas(book: Path) -> None:
    text = b'<c r="B2" t="inlineStr"><is><t>flat fee #1 of 2</t></is></c>'
    assert with_cell(book, text)[1] == ["Kent", "flat fee #1 of 2", 7.0]
    assert limits.check(book, Where(book.name)) == frozenset()
    assert with_cell(book, b'<c r="C2" t="e"><v>#N/A</v></c>', at=b'<c r="C2"')[1][2] == "#N/A"
    assert limits.check(book, Where(book.name)) == {"xl/worksheets/sheet1.xml"}
