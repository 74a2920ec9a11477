"""One return in every kind of workbook: each reads to the same figures, and what a kind cannot tell is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pandas as pd
import pytest
import xlwt

from perfkit.intake import returns
from perfkit.intake.cells import UncachedFormula
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks import biff_cells, formatted, ods
from perfkit.model.errors import InputError

Cell = Any
Rows = list[list[Cell]]
HEADINGS = ["No.", "Indicator", "Target", "Q1 Actual", "Status", "Q1 RAG", "Outlook"]
TITLES = ["Middleshire County Council", "Social Services (SCS)", "Quarter 1 2017-18"]
ROWS: Rows = [[1, "Users satisfied", 0.67, 0.68, "final", "G", "↑"], [5, "People delayed", 14, 15, "final", "A", "→"]]
PERCENT = {(4, 2), (4, 3)}
NAMES = {"office": "office", "table": "table", "text": "text", "style": "style"}


def grid(rows: Rows) -> Rows:
    return [*([title] for title in TITLES), HEADINGS, *rows]


def save_xlsx(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for r, c in PERCENT:
        book.active.cell(r + 1, c + 1).number_format = "0%"
    book.create_sheet("Working").sheet_state = "hidden"
    book.save(path)


def save_xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell, xlwt.easyxf(num_format_str="0%" if (r, c) in PERCENT else "General"))
    book.add_sheet("Working").visibility = 1
    book.save(str(path))


def save_csv(path: Path, rows: Rows) -> None:
    spelt = [[f"{cell:.0%}" if (r, c) in PERCENT else cell for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    path.write_text("\n".join(",".join(map(str, row)) for row in spelt), encoding="utf-8")


def save_ods(path: Path, rows: Rows) -> None:
    lines = "".join(f"<table:table-row>{''.join(_cell(r, c, v) for c, v in enumerate(row))}</table:table-row>"
                    for r, row in enumerate(rows))  # fmt: skip
    write_ods(path, f'<table:table table:name="Sheet">{lines}</table:table>'
                    '<table:table table:name="Working" table:style-name="ta2"/>')  # fmt: skip


def _cell(row: int, column: int, value: Cell) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    kind = "percentage" if (row, column) in PERCENT else "float"
    number = quoteattr(str(value))
    return f'<table:table-cell office:value-type="{kind}" office:value={number}><text:p>x</text:p></table:table-cell>'


def write_ods(path: Path, tables: str) -> None:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    content = (f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
               f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
               "</office:document-content>")  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")


SAVE: dict[str, Callable[[Path, Rows], None]] = {
    ".xlsx": save_xlsx, ".xlsm": save_xlsx, ".xls": save_xls, ".ods": save_ods, ".csv": save_csv,
}  # fmt: skip


@pytest.fixture(params=list(SAVE))
def read(request: pytest.FixtureRequest, tmp_path: Path, framework: dict[str, pd.DataFrame]) -> Callable[..., Reading]:
    def read(rows: Rows = ROWS) -> Reading:
        path = tmp_path / f"SCS{request.param}"
        SAVE[request.param](path, grid(rows))
        return returns.read(formatted.read(path, file=path.name), framework=framework)

    return read


def test_each_kind_reads_to_the_same_figures(read: Callable[..., Reading]) -> None:
    reading = read()
    assert not reading.stops, [str(issue) for issue in reading.issues]
    frame = reading.tables["observations"]
    assert frame[["indicator", "value", "cell"]].to_numpy().tolist() == [
        ["satisfaction", 68.0, "D5"], ["delayed", 15.0, "D6"],
    ]  # fmt: skip
    assert reading.tables["assessments"]["outlook"].tolist() == ["improving", "stable"]


def test_a_share_that_is_not_shown_as_a_percentage_is_asked(tmp_path: Path, framework: dict[str, pd.DataFrame]) -> None:
    bare = [[1, "Users satisfied", "67%", 0.68, "final", "G", "↑"]]
    for suffix, save in SAVE.items():
        path = tmp_path / f"SCS{suffix}"
        global PERCENT
        kept, PERCENT = PERCENT, set()
        save(path, grid(bare))
        PERCENT = kept
        reading = returns.read(formatted.read(path, file=path.name), framework=framework)
        assert [(issue.where.cell, issue.found) for issue in reading.issues if issue.stops] == [
            ("D5", "0.68 in a cell that is not shown as a percentage")
        ], suffix


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_hidden_sheets_are_read_on_request_only(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"SCS{suffix}"
    SAVE[suffix](path, grid(ROWS))
    for hidden, names in ((False, ["Sheet"]), (True, ["Sheet", "Working"])):
        book = formatted.read(path, file=path.name, hidden=hidden)
        assert [sheet.name for sheet in book.sheets] == names
        assert book.hidden == ("Working",)


def test_an_old_workbook_tells_its_errors_and_merged_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    sheet.write_merge(0, 1, 0, 2, "Title")
    sheet.write(2, 0, 0.5, xlwt.easyxf(num_format_str='0.0%;"n/a"'))
    for column, value in enumerate((0.25, 0.75), 1):
        sheet.write(2, column, value, xlwt.easyxf(num_format_str="0.00%"))
    book.save(str(tmp_path / "a.xls"))
    (read,) = formatted.read(tmp_path / "a.xls", file="a.xls").sheets
    assert read.rows[:2] == [["Title"] * 3, ["Title"] * 3]
    assert read.merged[1, 2] == (0, 0)
    assert read.formats == {(2, 0): '0.0%;"n/a"', (2, 1): "0.00%", (2, 2): "0.00%"}


def test_the_errors_of_an_old_workbook_are_found_in_its_records() -> None:
    formula = bytes.fromhex("0400 0300 0000 02 00 07 00 00 00 ffff".replace(" ", "")) + bytes(8)
    plain = bytes.fromhex("0500 0300 0000 2a 01".replace(" ", ""))
    assert biff_cells._error(0x0006, formula) == "#DIV/0!"
    assert biff_cells._error(0x0205, plain) == "#N/A"
    assert biff_cells._error(0x0203, bytes(14)) is None


def test_an_open_document_tells_errors_formulas_dates_and_merged_cells(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string">'
        "<text:p>Title<text:s text:c='2'/>two</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>'
        "<text:p>with a note</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1/0" office:value-type="string">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=[.A1]"/>'
        '<table:table-cell office:value-type="date" office:date-value="2017-05-03">'
        "<text:p>x</text:p></table:table-cell>"
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:number-columns-repeated="16000"/>'
    )
    write_ods(tmp_path / "a.ods", f'<table:table table:name="S"><table:table-row>{cells}</table:table-row>'
              '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
              "</table:table>")  # fmt: skip
    (sheet,) = formatted.read(tmp_path / "a.ods", file="a.ods").sheets
    first = sheet.rows[0]
    assert first[:4] == ["Title  two", "Title  two", "with a note", "#DIV/0!"]
    assert first[4] == UncachedFormula("=[.A1]")
    assert str(first[5]) == "2017-05-03 00:00:00"
    assert first[6] is True
    assert sheet.merged == {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0)}


def test_an_open_document_that_repeats_a_value_without_end_is_refused(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="600000" office:value-type="float" office:value="1"/>'
    write_ods(
        tmp_path / "a.ods", f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    )
    with pytest.raises(InputError, match="more than 500,000 cells of content"):
        ods.read(tmp_path / "a.ods", file="a.ods")


def test_a_workbook_whose_list_of_parts_is_damaged_is_refused_in_words(tmp_path: Path) -> None:
    save_xlsx(tmp_path / "SCS.xlsx", grid(ROWS))
    content = (tmp_path / "SCS.xlsx").read_bytes()
    (tmp_path / "SCS.xlsx").write_bytes(content.replace(b"PK\x01\x02", b"PKxx", 1))
    with pytest.raises(InputError, match="a workbook that is damaged or cut short"):
        formatted.read(tmp_path / "SCS.xlsx", file="SCS.xlsx")
