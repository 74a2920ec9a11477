"""What a workbook hides within a table is read, and told of: nobody's figures come from a cell that nobody saw."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import xlwt
from openpyxl.worksheet.table import Table, TableStyleInfo

from perfkit.intake import concealed, returns
from perfkit.intake.headings import Headings
from perfkit.intake.workbooks import biff_cells, formatted
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity
from tests.intake.workbooks.test_formatted import ROWS, grid, save_xlsx, write_ods

READ = "What is hidden is read like all else; show it, or delete it if it is not meant."
TABLE = [["No.", "Indicator", "Q1 Actual", "Q1 RAG"], [1, "Visits", 5, "G"], [2, "Loans", 6, "A"], [3, "Fines", 7, "R"]]
FOUND = Headings(0, {"ref": 0, "title": 1, "actual": 2, "rag": 3})


def told(issues: Any) -> list[tuple[str, str]]:
    return [(issue.where.cell, issue.found) for issue in issues if issue.where.cell and "hidden" in issue.found]


def of(rows: list[list[Any]], **hidden: Any) -> list[tuple[str, str]]:
    sheet = Sheet("SCS.xlsx", "Dashboard", rows, **{name: frozenset(places) for name, places in hidden.items()})
    return told(concealed.within(sheet, FOUND))


def read(path: Path, sheet: int = 0) -> tuple[list[int], list[int], list[int]]:
    one = formatted.read(path, file=path.name).sheets[sheet]
    return sorted(one.hidden_rows), sorted(one.hidden_columns), sorted(one.filtered_rows)


def test_each_run_is_one_warning_at_its_first_cell() -> None:
    sheet = Sheet("SCS.xlsx", "Dashboard", TABLE, hidden_rows=frozenset([1, 2]), hidden_columns=frozenset([2]))
    assert concealed.within(sheet, FOUND) == [
        Issue(sheet.where(1, 0), "rows 2 to 3 hidden", "visible rows", READ, Severity.WARNING),
        Issue(sheet.where(0, 2), "column C hidden", "visible columns", READ, Severity.WARNING),
    ]


def test_rows_of_a_filter_are_told_apart_from_others() -> None:
    assert of(TABLE, hidden_rows=[1, 3], filtered_rows=[3]) == [("A4", "row 4 hidden (by a filter)"),
                                                                 ("A2", "row 2 hidden")]  # fmt: skip


def test_a_run_goes_on_over_empty_rows_that_are_hidden_with_it_and_ends_with_what_holds_something() -> None:
    rows = [*TABLE[:2], [], TABLE[2], [], []]
    assert of(rows, hidden_rows=[1, 2, 3, 4, 5]) == [("A2", "rows 2 to 4 hidden")]
    assert of(rows, hidden_rows=[1, 3]) == [("A2", "row 2 hidden"), ("A4", "row 4 hidden")]


def test_many_runs_as_a_filter_leaves_them_are_told_at_once() -> None:
    rows = [TABLE[0], *([n, "Visits", 5, "G"] for n in range(2, 16))]
    hidden = [1, 2, 4, 6, 8, 10]
    assert len(of(rows, hidden_rows=hidden, filtered_rows=hidden)) == 5
    assert of(rows, hidden_rows=[*hidden, 12], filtered_rows=[*hidden, 12]) == [
        ("A2", "7 rows from 2 to 13 hidden (by a filter)")
    ]  # fmt: skip


def test_what_is_empty_or_beside_the_table_or_only_lent_by_a_merged_cell_is_passed_over() -> None:
    words = [[*row, None, None, None, "Green"] for row in TABLE]
    assert of(words, hidden_columns=[7]) == []
    assert of([*TABLE, [None] * 4, [None] * 7 + ["Red"]], hidden_rows=[4, 5]) == []
    titled = Sheet("SCS.xlsx", "D", [["Title"] * 4, *TABLE], merged={(0, c): (0, 0) for c in (1, 2, 3)},
                   hidden_columns=frozenset([2]))  # fmt: skip
    empty = Sheet("SCS.xlsx", "D", [["Title"] * 4, *([row[0], row[1], None, row[3]] for row in TABLE)],
                  merged=titled.merged, hidden_columns=titled.hidden_columns)  # fmt: skip
    assert [len(concealed.within(sheet, Headings(1, FOUND.columns))) for sheet in (titled, empty)] == [1, 0]


def test_quarters_beyond_the_headings_that_a_table_is_known_by_belong_to_it() -> None:
    rows = [[*row, None, f"Q{n}", 1, 2] for n, row in enumerate(TABLE)]
    rows[0][5:] = ["Q2", "Q3", "Q4"]
    assert of(rows, hidden_columns=[5, 6]) == [("F1", "columns F to G hidden")]


def test_a_return_with_hidden_rows_and_columns_is_read_whole(
    tmp_path: Path, framework: dict[str, pd.DataFrame]
) -> None:
    save_xlsx(tmp_path / "SCS.xlsx", grid(ROWS))
    book = openpyxl.load_workbook(tmp_path / "SCS.xlsx")
    book.active.row_dimensions[6].hidden = book.active.column_dimensions["E"].hidden = True
    book.save(tmp_path / "SCS.xlsx")
    reading = returns.read(formatted.read(tmp_path / "SCS.xlsx", file="SCS.xlsx"), framework=framework)
    assert not reading.stops
    assert reading.tables["observations"]["value"].tolist() == [68.0, 15.0]
    assert told(reading.issues) == [("A6", "row 6 hidden"), ("E4", "column E hidden")]


def test_an_xlsx_hides_outright_or_by_no_height_or_width(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[3].height = 1
    book.active.column_dimensions["B"].hidden = True
    book.active.column_dimensions["D"].width = 1
    book.save(tmp_path / "a.xlsx")
    rewrite(tmp_path / "a.xlsx", ' ht="1"', ' ht="0"')
    rewrite(tmp_path / "a.xlsx", 'width="1"', 'width="0"')
    assert read(tmp_path / "a.xlsx") == ([1, 2], [1, 3], [])


def rewrite(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_columns_that_a_sheet_does_not_list_are_hidden_where_it_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["C4"] = "No.", 1
    book.active.column_dimensions["A"].width = 20
    book.save(tmp_path / "a.xlsx")
    rewrite(tmp_path / "a.xlsx", "<sheetFormatPr", '<sheetFormatPr defaultColWidth="0"')
    assert read(tmp_path / "a.xlsx") == ([], [1, 2], [])


def filtered(path: Path, criteria: bool) -> None:
    book = openpyxl.Workbook()
    for row in [["Title"], *TABLE]:
        book.active.append(row)
    book.active.auto_filter.ref = "A2:D5"
    if criteria:
        book.active.auto_filter.add_filter_column(3, ["G"])
    for row in (1, 4, 5):
        book.active.row_dimensions[row].hidden = True
    book.save(path)


def test_a_filter_that_is_in_use_hides_rows_below_its_headings(tmp_path: Path) -> None:
    for criteria, rows in ((True, [3, 4]), (False, [])):
        filtered(tmp_path / "a.xlsx", criteria)
        assert read(tmp_path / "a.xlsx") == ([0, 3, 4], [], rows)


def test_a_filter_of_a_view_that_somebody_saved_hides_nothing(tmp_path: Path) -> None:
    filtered(tmp_path / "a.xlsx", criteria=False)
    view = ('<customSheetViews><customSheetView guid="{0}"><autoFilter ref="A2:D5"><filterColumn colId="3"><filters>'
            '<filter val="G"/></filters></filterColumn></autoFilter></customSheetView></customSheetViews>')  # fmt: skip
    rewrite(tmp_path / "a.xlsx", "<pageMargins", f"{view}<pageMargins")
    assert read(tmp_path / "a.xlsx") == ([0, 3, 4], [], [])


def test_the_filter_of_a_table_within_a_sheet_counts_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    table = Table(displayName="Dashboard", ref="A1:D4", tableStyleInfo=TableStyleInfo(name="TableStyleLight1"))
    table._initialise_columns()
    table.autoFilter.add_filter_column(3, ["G"])
    book.active.add_table(table)
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == ([2, 3], [], [2, 3])


def test_an_open_document_hides_by_its_rows_columns_and_closed_groups(tmp_path: Path) -> None:
    row = "<table:table-row{0}>" + 5 * '<table:table-cell office:value-type="float" office:value="1"/>'
    row += "</table:table-row>"
    lines = [
        "<table:table-header-rows>", row.format(""), "</table:table-header-rows>",
        row.format(' table:visibility="filter" table:number-rows-repeated="2"'),
        '<table:table-row-group table:display="false">', row.format(""), "</table:table-row-group>",
        row.format(""), row.format(' table:visibility="collapse"'),
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>",
    ]  # fmt: skip
    columns = ('<table:table-column/><table:table-column-group table:display="false"><table:table-column/>'
               '</table:table-column-group><table:table-columns><table:table-column/></table:table-columns>'
               '<table:table-column table:visibility="collapse" table:number-columns-repeated="1021"/>')  # fmt: skip
    write_ods(tmp_path / "a.ods", f'<table:table table:name="S">{columns}{"".join(lines)}</table:table>')
    assert read(tmp_path / "a.ods") == ([1, 2, 3, 5], [1, 3, 4], [1, 2])


def test_an_old_workbook_hides_rows_and_columns(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    for r in range(100):
        sheet.write(r, 6, "so that the records are long enough to be kept in sectors of their own" + str(r))
    sheet.row(1).hidden = sheet.col(2).hidden = True
    sheet.row(3).height_mismatch, sheet.row(3).height = True, 0
    sheet.col(3).width = 0
    book.save(str(tmp_path / "a.xls"))
    assert read(tmp_path / "a.xls") == ([1, 3], [2, 3], [])


def test_the_filter_of_an_old_workbook_is_found_in_its_records() -> None:
    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    name = bytes.fromhex("2100 0001 0b00 0000 0100 00000000 00 0d 3b 0000 0100 0900 0100 0700".replace(" ", ""))
    row = struct.pack("<HHHHHHBBH", 5, 0, 8, 255, 0, 0, 0x20, 1, 15)
    for on in (True, False):
        sheet = (record(0x009B, b"") if on else b"") + record(0x0208, row) + record(0x000A, b"")
        head = record(0x0018, name)
        start = len(head) + len(record(0x0085, bytes(6) + b"\x01\x00S")) + len(record(0x000A, b""))
        head += record(0x0085, struct.pack("<IH", start, 0) + b"\x01\x00S") + record(0x000A, b"")
        found = biff_cells._sheets(head + sheet)["S"]
        assert found.hidden_rows == {5}
        assert found.filtered == (range(2, 10) if on else range(0))
