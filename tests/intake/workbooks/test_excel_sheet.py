"""A sheet's XML as various programs write it, typed by hand: texts in pieces, kinds of cells, formulas, names."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks import excel
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import InputError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="77"/></cellXfs>'
)
TEXTS = (
    "<si><t>plain</t></si>"
    '<si><r><rPr><b/></rPr><t xml:space="preserve">rich </t></r><r><t>text</t></r></si>'
    "<si><t>東京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh></si>"
    "<si><t>one_x000D_two_xD800__x0000_</t></si><si/>"
)


def write(
    path: Path, rows: str, *, after: str = "", texts: str = TEXTS, styles: str = STYLES, book: str = "", head: str = ""
) -> Path:
    def relation(name: str, kind: str, target: str) -> str:
        return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'

    def part(tag: str, content: str) -> str:
        return f'<{tag} xmlns="{MAIN}" xmlns:r="{OFFICE}">{content}</{tag}>'

    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{relation("a", "officeDocument", "xl/workbook.xml")}'
                       "</Relationships>",
        "xl/workbook.xml": part("workbook", f'{book}<sheets><sheet name="S" sheetId="1" r:id="b"/></sheets>'),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relation("c", "sharedStrings", "texts.xml")}'
                                      f'{relation("b", "worksheet", "/xl/worksheets/one.xml")}'
                                      f'{relation("d", "styles", "styles.xml")}</Relationships>',
        "xl/texts.xml": part("sst", texts),
        "xl/styles.xml": part("styleSheet", styles),
        "xl/worksheets/one.xml": head + part("worksheet", f"<sheetData>{rows}</sheetData>{after}"),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def whole(folder: Path, rows: str, **parts: str) -> Workbook:
    return excel.read(write(folder / "a.xlsx", rows, **parts), file="a.xlsx")


def test_texts_are_bare_whether_rich_spoken_escaped_or_in_the_cell(tmp_path: Path) -> None:
    shared = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(5))
    inline = '<c t="inlineStr"><is><r><t>in</t></r><r><t> line</t></r><rPh><t>x</t></rPh></is></c>'
    (read,) = whole(tmp_path, f'<row r="1">{shared}{inline}</row>').sheets
    assert read.rows == [["plain", "rich text", "東京", "one\rtwo_xD800__x0000_", "", "in line"]]


def test_a_run_without_properties_looks_as_its_cell_does(tmp_path: Path) -> None:
    styles = (
        "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
        "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    )
    texts = (
        "<si><r><t>45</t></r><r><rPr><b/></rPr><t>47</t></r></si>"
        "<si><r><rPr><b/></rPr><t>45</t></r><r><t>47</t></r></si>"
        "<si><t>45</t></si>"
    )
    plain, struck = ("".join(f'<c s="{style}" t="s"><v>{n}</v></c>' for n in range(3)) for style in range(2))
    (read,) = whole(tmp_path, f"<row>{plain}</row><row>{struck}</row>", texts=texts, styles=styles).sheets
    assert read.rows == [["4547", "4547", "45"], ["4\u03365\u033647", "4547", "45"]]


def test_cells_without_a_place_follow_one_another(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    (read,) = whole(tmp_path, rows).sheets
    assert read.rows == [[1], [], [None, 2, 3], [4]]


def test_each_kind_of_cell_is_what_it_says(tmp_path: Path) -> None:
    cells = ('<c t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><v>said</v></c><c><v>1E3</v></c>'
             '<c><v>7</v></c><c t="d"><v>2017-07-21T00:00:00</v></c><c s="2"><v>42000.5</v></c><c s="3"><v>1.5</v></c>'
             '<c s="2"><v>99999999</v></c><c t="inlineStr"/>')  # fmt: skip
    (read,) = whole(tmp_path, f"<row>{cells}</row>").sheets
    assert read.rows == [[True, "#DIV/0!", "said", 1000.0, 7, dt.datetime(2017, 7, 21), dt.datetime(2014, 12, 27, 12),
                          dt.timedelta(days=1, hours=12), "#VALUE!"]]  # fmt: skip
    assert isinstance(read.rows[0][4], int)


def test_a_date_counts_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    (read,) = whole(tmp_path, '<row><c s="2"><v>1</v></c></row>', book='<workbookPr date1904="1"/>').sheets
    assert read.rows == [[dt.datetime(1904, 1, 2)]]


def test_formats_are_those_of_the_cells_own_style(tmp_path: Path) -> None:
    (read,) = whole(tmp_path, '<row><c s="1"><v>0.5</v></c><c s="0"><v>1</v></c><c s="1"/><c s="4"/></row>').sheets
    assert read.formats == {(0, 0): "0.0%", (0, 2): "0.0%"}


def test_a_formula_without_its_result_says_so_and_one_that_shows_nothing_is_empty(tmp_path: Path) -> None:
    cells = ('<c r="A1"><f>B1*2</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>IF(A1,1,"")</f><v></v></c>'
             '<c r="D1"><f t="shared" ref="D1:E1" si="0">A1+1</f><v>5</v></c><c r="E1"><f t="shared" si="0"/></c>'
             '<c r="F1"><f>1/0</f><v></v></c><c r="G1" t="str"><f>A1</f></c>')  # fmt: skip
    (read,) = whole(tmp_path, f"<row>{cells}</row>").sheets
    told = ["=B1*2", 2, None, 5, "=B1+1", "=1/0", "=A1"]
    assert [str(v) if isinstance(v, UncachedFormula) else v for v in read.rows[0]] == told


def test_a_merged_range_hides_what_stands_below_it(tmp_path: Path) -> None:
    rows = '<row><c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row><row><c r="B2"><v>3</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    (read,) = whole(tmp_path, rows, after=merged).sheets
    assert (read.rows, read.merged, read.formats) == ([[1, 1]], {(0, 1): (0, 0)}, {})


def test_elements_under_a_prefix_or_in_the_strict_form_are_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", "<row><c><v>7</v></c></row>")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/one.xml"] = (f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c>'
                                      "</x:row></x:sheetData></x:worksheet>")  # fmt: skip
    for change in (lambda text: text, lambda text: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, change(content))
        assert excel.read(path, file="a.xlsx").sheets[0].rows == [[7]]


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<!DOCTYPE a [<!ENTITY b "c">]>'},
        {"head": '<!DOCTYPE a SYSTEM "file:///etc/hostname">'},
        {"texts": "<si><t>never closed</si>"},
        {"rows": '<row><c t="s"><v>99</v></c></row>'},
        {"rows": '<row><c t="s"><v>-1</v></c></row>'},
        {"rows": '<row><c s="99"><v>1</v></c></row>'},
        {"rows": "<row><c><v>seven</v></c></row>"},
        {"rows": '<row r="x"/>'},
        {"rows": '<row><c r="1A"><v>7</v></c></row>'},
        {"rows": '<row><c r="A0"><v>7</v></c></row>'},
        {"rows": '<row r="1048577"><c><v>7</v></c></row>'},
        {"after": '<mergeCells><mergeCell ref="A1:B"/></mergeCells>'},
    ],
)
def test_an_unsound_part_is_one_issue(tmp_path: Path, parts: dict[str, str]) -> None:
    with pytest.raises(InputError, match="a damaged workbook, expected a workbook that Excel opens") as caught:
        whole(tmp_path, **{"rows": "<row><c><v>7</v></c></row>", **parts})
    assert len(caught.value.issues) == 1


def test_merged_ranges_without_end_are_not_filled(tmp_path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, 2000, 10))
    (read,) = whole(tmp_path, '<row><c r="A1"><v>1</v></c></row>', after=f"<mergeCells>{areas}</mergeCells>").sheets
    assert len(read.merged) <= excel.LARGEST_MERGE


def test_more_cells_than_are_read_is_one_issue(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 500,000 cells, blank ones with a format among them"):
        whole(tmp_path, f"<row>{'<c/>' * 500_001}</row>")


def test_cells_spread_too_far_are_refused_however_they_are_written(tmp_path: Path) -> None:
    rows = "".join(f"<row><c r='BXX{n}'><v>1</v></c></row>" for n in range(1, 11_000))
    with pytest.raises(InputError, match="more than 500,000 cells"):
        whole(tmp_path, rows)
