"""A cell that is struck out as a whole is never read without a word: nobody can say whether its figure still holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlwt
from openpyxl.styles import Font

from perfkit.intake import cells, returns
from perfkit.intake.headings import Headings
from perfkit.intake.reading import Reading
from perfkit.intake.rows import Row
from perfkit.intake.workbooks import formatted
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity
from tests.intake.workbooks.test_formatted import ROWS, grid, save_xlsx, write_ods

STRUCK = "Take the line through it off if it holds; empty the cell if it does not."
LENGTHENS = "so that the records are long enough to be kept in sectors of their own"


def told(reading: Reading) -> list[tuple[str, str, Severity]]:
    return [(i.where.cell, i.found, i.severity) for i in reading.issues if "struck out" in i.found]


def save(path: Path, *places: str) -> Path:
    save_xlsx(path, grid(ROWS))
    book = openpyxl.load_workbook(path)
    for place in places:
        book.active[place].font = Font(strike=True)
    book.save(path)
    return path


def read(path: Path, framework: dict[str, pd.DataFrame]) -> Reading:
    return returns.read(formatted.read(path, file=path.name), framework=framework)


def test_a_figure_that_is_struck_out_keeps_the_return_out(tmp_path: Path, framework: dict[str, pd.DataFrame]) -> None:
    sound = save(tmp_path / "SCS.xlsx")
    assert not read(sound, framework).stops
    headings = [cell.value for cell in openpyxl.load_workbook(sound).active[4]]
    actual = f"{chr(ord('A') + headings.index('Q1 Actual'))}5"
    value = openpyxl.load_workbook(sound).active[actual].value
    reading = read(save(tmp_path / "SCS.xlsx", actual), framework)
    assert reading.stops
    assert told(reading) == [(actual, f"{cells.shown(value)}, struck out", Severity.ERROR)]


def test_a_longer_text_that_is_struck_out_is_read_with_a_warning() -> None:
    sheet = Sheet("SCS.xlsx", "D", [["No.", "Action"], [1, "Open two more libraries"]], struck=frozenset([(1, 1)]))
    issues: list[Issue] = []
    assert Row(sheet, Headings(0, {"ref": 0, "action": 1}), 1, issues).text("action") == "Open two more libraries"
    assert [(issue.where.cell, issue.severity) for issue in issues] == [("B2", Severity.WARNING)]


def test_what_is_struck_out_beside_the_columns_that_are_read_is_nobody_s_figure(
    tmp_path: Path, framework: dict[str, pd.DataFrame]
) -> None:
    assert told(read(save(tmp_path / "SCS.xlsx", "A1", "Z5", "A30"), framework)) == []


def test_a_merged_cell_lends_its_line_with_its_value() -> None:
    sheet = Sheet("SCS.xlsx", "D", [["No.", "Actual"], [1, 45], [2, 45]], merged={(2, 1): (1, 1)},
                  struck=frozenset([(1, 1)]))  # fmt: skip
    issues: list[Issue] = []
    assert Row(sheet, Headings(0, {"ref": 0, "actual": 1}), 2, issues).value("actual") == 45
    assert issues == [Issue(sheet.where(2, 1), "45, struck out", "what holds", STRUCK)]


@pytest.mark.parametrize(("value", "found", "stops"), [
    (45, "45, struck out", True), (0.0, "0, struck out", True), ("G", '"G", struck out', True),
    ("not yet known", '"not yet known", struck out', True),
    ("Open two more libraries", '"Open two more libraries", struck out', False),
])  # fmt: skip
def test_a_figure_or_a_few_words_stop_and_a_longer_text_does_not(value: object, found: str, stops: bool) -> None:
    problem = cells.struck(value)
    assert (problem.found, problem.severity is Severity.ERROR) == (found, stops)


def test_an_old_workbook_tells_what_it_strikes_out(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet, struck = book.add_sheet("Sheet"), xlwt.easyxf("font: struck_out on")
    sheet.write(0, 0, "No.")
    sheet.write(1, 0, 45, struck)
    sheet.write(1, 1, 67.25, struck)
    sheet.write(1, 2, "G", struck)
    sheet.write(1, 3, 45, xlwt.easyxf("font: bold on"))
    sheet.write(2, 3, xlwt.Formula("1+1"), struck)
    sheet.write(3, 3, None, struck)
    for r in range(100):
        sheet.write(r, 6, LENGTHENS + str(r))
    book.save(str(tmp_path / "a.xls"))
    (one,) = formatted.read(tmp_path / "a.xls", file="a.xls").sheets
    assert one.struck == {(1, 0), (1, 1), (1, 2), (2, 3)}


def test_an_open_document_tells_what_it_strikes_out(tmp_path: Path) -> None:
    number = '<table:table-cell table:style-name="{}" office:value-type="float" office:value="45"><text:p>45</text:p>'
    row = "".join(f"{number.format(style)}</table:table-cell>" for style in ("ce1", "ce2", "ce3"))
    write_ods(tmp_path / "plain.ods", f'<table:table table:name="S"><table:table-row>{row}</table:table-row>'
                                      "</table:table>")  # fmt: skip
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:text-properties {how}/></style:style>'
        for name, how in (("ce1", 'style:text-line-through-style="solid"'), ("ce2", 'style:text-position="super 58%"'),
                          ("ce3", 'style:text-line-through-style="none"'))
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "plain.ods") as plain, zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        for name in plain.namelist():
            content = plain.read(name).decode()
            archive.writestr(name, content.replace("<office:automatic-styles>", f"<office:automatic-styles>{styles}"))
    (one,) = formatted.read(tmp_path / "a.ods", file="a.ods").sheets
    assert (one.rows, one.struck) == ([[45, 45, 45]], {(0, 0)})
