"""A note's number raised beside a figure, or a figure struck out before another, is never read as part of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from perfkit.intake.workbooks import formatted, releases

RAISED, STRUCK, BOLD = InlineFont(vertAlign="superscript"), InlineFont(strike=True), InlineFont(b=True)
CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties {how}/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Another"><table:table-row><table:table-cell/>
<table:table-cell office:value-type="float" office:value="8"><text:p>8</text:p></table:table-cell></table:table-row>
</table:table><table:table table:name="A &amp; B"><table:shapes><text:p>8<text:span text:style-name="T1">1</text:span>
</text:p></table:shapes>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="string"><text:p>81</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="8"><office:annotation><text:p>
8<text:span text:style-name="T1">1</text:span></text:p></office:annotation><text:p>8</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>
<table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>""".replace("\n", "")


@pytest.mark.parametrize(
    ("runs", "read"),
    [
        (CellRichText("8", TextBlock(RAISED, "1")), "8¹"),
        (CellRichText("85.2%", TextBlock(RAISED, "2")), "85.2%²"),
        (CellRichText(TextBlock(STRUCK, "45"), "47"), "4\u03365\u033647"),
        (CellRichText("4", TextBlock(BOLD, "7")), "47"),
        (CellRichText("Tonnes of CO", TextBlock(RAISED, "2")), "Tonnes of CO2"),
    ],
)
def test_excel_keeps_what_is_raised_or_struck_out_in_a_number(tmp_path: Path, runs: CellRichText, read: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = runs
    book.save(tmp_path / "a.xlsx")
    assert formatted.read(tmp_path / "a.xlsx", file="a.xlsx").sheets[0].at(0, 0) == read


@pytest.mark.parametrize(
    ("how", "text", "read"),
    [
        ('style:text-position="super 58%"', '8<text:span text:style-name="T1">1</text:span>', "8¹"),
        ('style:text-line-through-style="solid"', '<text:span text:style-name="T1">4</text:span>7', "4\u03367"),
        ('style:text-position="0% 100%"', '8<text:span text:style-name="T1">1</text:span>', "81"),
    ],
)
@pytest.mark.parametrize("reader", [formatted, releases])
def test_opendocument_does_too(tmp_path: Path, reader: ModuleType, how: str, text: str, read: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", CONTENT.format(how=how, text=text))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    expected = [*[[None, None, "81", 8]] * 2, *[[None, None, None, read]] * 2]
    assert reader.read(tmp_path / "a.ods", file="a.ods").sheets[1].rows == expected
