"""A small workbook that would fill the memory once it is read is refused before it is read."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest
import xlwt

from perfkit.intake.workbooks import limits, weights
from perfkit.model.errors import InputError, Where

NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
BEGIN = f"<office:document-content{NAMES}><office:body><office:spreadsheet>"
END = "</office:spreadsheet></office:body></office:document-content>"


def refused(path: Path) -> int:
    """Give how many MiB a refused workbook is said to fill."""
    with pytest.raises(InputError) as error:
        limits.check(path, Where(path.name))
    (issue,) = error.value.issues
    assert issue.expected == "at most 700 MiB"
    assert issue.action == "Delete what stands far outside the table, or split it."
    found = re.fullmatch(r"a workbook that fills about ([\d,]+) MiB of memory once it is read", issue.found)
    assert found is not None
    return int(found[1].replace(",", ""))


def is_let_in(path: Path) -> bool:
    limits.check(path, Where(path.name))
    return True


def open_book(path: Path, *rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f'{BEGIN}<table:table table:name="A">{"".join(rows)}</table:table>{END}')
    return path


def row(times: int, *cells: str) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def cell(times: int, text: str = "") -> str:
    repeated = f'table:number-columns-repeated="{times}"'
    kind = 'office:value-type="string"' if text else 'office:value-type="float" office:value="1"'
    return f"<table:table-cell {repeated} {kind}><text:p>{text or 1}</text:p></table:table-cell>"


def gap(times: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


@pytest.mark.parametrize(
    "rows",
    [
        [row(1_000_000, cell(19))],
        [row(1, cell(16_000))] * 1_000,
        [row(1, cell(1)), row(1_000_000, gap(16_384)), row(1, gap(50), cell(1))],
        [row(2_000, cell(100, "a remark " * 1_000))],
        [row(1, cell(2, '<text:s text:c="999999999"/>'))],
        [row(1, cell(9, '<text:s text:c="9999"/>' * 9))] * 900,
        [row(100_000, cell(60)), row(100_000, cell(60)), row(100_000, cell(60))],
    ],
    ids=[
        "rows",
        "columns",
        "a far corner",
        "texts",
        "a place of spaces",
        "spaces",
        "rows that only together are too many",
    ],
)
def test_an_opendocument_workbook_that_repeats_too_much(tmp_path: Path, rows: list[str]) -> None:
    path = open_book(tmp_path / "a.ods", *rows)
    assert path.stat().st_size < 10_000
    assert refused(path) > 700


def test_a_row_beyond_all_sheets_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')
    with pytest.raises(InputError, match=r"spans 99,999,999,999 rows"):
        limits.check(path, Where(path.name))


def test_an_opendocument_workbook_may_be_filled_up_to_its_last_row(tmp_path: Path) -> None:
    filler = row(1_048_000, gap(16_384))
    assert is_let_in(open_book(tmp_path / "c.ods", *[row(1, cell(1, 'a<text:s text:c="20"/>b'))] * 5_000, filler))
    assert is_let_in(open_book(tmp_path / "a.ods", row(200, cell(20), gap(16_364)), filler))
    assert is_let_in(open_book(tmp_path / "b.ods", row(20_000, cell(40, "West")), filler)), "800,000 cells"


def book(path: Path, rows: str, *texts: str) -> Path:
    """Make a workbook of some rows, and of texts that its cells share."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
        made.writestr(
            "xl/sharedStrings.xml", "".join(["<sst>", *(f"<si><t>{text}</t></si>" for text in texts), "</sst>"])
        )
    return path


def test_a_long_text_that_many_cells_share_counts_as_often_as_it_stands(tmp_path: Path) -> None:
    many, one = '<row><c t="s"><v>0</v></c></row>' * 20_000, '<row><c t="s"><v>1</v></c></row>'
    long = "remark " * 4_000
    assert refused(book(tmp_path / "a.xlsx", many + one, long, "West")) == pytest.approx(1_070, rel=0.03)
    assert is_let_in(book(tmp_path / "b.xlsx", many + one, "West", long)), "it stands but once"


def test_numbers_by_the_million(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>") * 10_000, "West")
    assert refused(path) == pytest.approx(763, rel=0.01), "ten million cells of 80 bytes"


def old_book(path: Path, text: str, cells: int) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for number in range(cells):
        sheet.write(number // 200, number % 200, text)
    book.save(str(path))
    return path


def test_an_old_workbook_is_weighed_alike(tmp_path: Path) -> None:
    assert refused(old_book(tmp_path / "a.xls", "remark " * 4_000, 15_000)) > 700
    assert is_let_in(old_book(tmp_path / "b.xls", "remark", 15_000))


def test_an_old_workbook_with_values_in_the_corners_of_two_sheets(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in "AB":
        sheet = book.add_sheet(name)
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 2)
    book.save(str(tmp_path / "a.xls"))
    assert refused(tmp_path / "a.xls") == 2 * 65_536 * 256 * 64 // 1024**2


def test_what_is_told_of_a_sheet_is_not_believed_where_it_may_matter() -> None:
    head = struct.pack("<HHIIHHH", 0x0200, 14, 0, 65_536, 0, 256, 0)
    number = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 0, 1.0)
    assert weights.of_records(head * 4 + number, 4 * 65_536 * 256) < 1_000, "one cell"
