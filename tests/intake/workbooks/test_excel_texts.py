"""Figures that a national release (.xlsx) raises to a note or strikes out are never read as part of a number."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from perfkit.intake.workbooks import excel, releases
from perfkit.model.errors import InputError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RAISED, STRUCK, BOLD = '<vertAlign val="superscript"/>', "<strike/>", "<b/>"


def run(text: str, properties: str = "") -> str:
    return f'<r>{properties and f"<rPr>{properties}</rPr>"}<t xml:space="preserve">{text}</t></r>'


def release(path: Path, texts: Sequence[str], *, merged: str = "") -> Path:
    """Save a sheet of two columns, a name and a text of runs that the workbook shares, as Excel saves every text."""
    book = openpyxl.Workbook()
    for number in range(len(texts)):
        book.active.append([f"Area {number}", number])
    if merged:
        book.active.merge_cells(merged)
    book.save(path.with_suffix(".plain"))
    relation = f'<Relationship Id="texts" Type="{OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    with zipfile.ZipFile(path.with_suffix(".plain")) as plain, zipfile.ZipFile(path, "w") as archive:
        for name in plain.namelist():
            content = re.sub(r'(<c r="B\d+") t="n">', r'\1 t="s">', plain.read(name).decode())
            archive.writestr(name, content.replace("</Relationships>", f"{relation}</Relationships>"))
        shared = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
    return path


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (run("45") + run("1", RAISED), "45¹"),
        (run("45", STRUCK) + run("47"), "4\u03365\u033647"),
        (run("4") + run("7", BOLD), "47"),
        (run("Tonnes of CO") + run("2", RAISED), "Tonnes of CO2"),
        ("<t>451</t>", "451"),
    ],
)
def test_what_is_raised_or_struck_out_in_a_number_stays_so(tmp_path: Path, text: str, read: str) -> None:
    path = release(tmp_path / "a.xlsx", ["<t>451</t>", text])
    assert releases.read(path).sheets[0].rows == [["Area 0", "451"], ["Area 1", read]]


def inline(path: Path, *texts: str) -> Path:
    """Save a sheet of one column, each cell with its text to itself, as some programs save every text."""
    book = openpyxl.Workbook()
    for _ in texts:
        book.active.append(["text"])
    book.save(path.with_suffix(".plain"))
    left = iter(texts)
    with zipfile.ZipFile(path.with_suffix(".plain")) as plain, zipfile.ZipFile(path, "w") as archive:
        for name in plain.namelist():
            content = plain.read(name).decode()
            archive.writestr(name, re.sub("<is>.*?</is>", lambda _: f"<is>{next(left)}</is>", content))
    return path


def test_texts_that_cells_have_to_themselves_keep_what_is_raised_or_struck_out(tmp_path: Path) -> None:
    raised, struck = run("9") + run("2", RAISED), run("45", STRUCK) + run("47")
    path = inline(tmp_path / "a.xlsx", raised, "<t>92</t>", struck, run("CO") + run("2", RAISED))
    read = [["9²"], ["92"], ["4\u03365\u033647"], ["CO2"]]
    assert releases.read(path).sheets[0].rows == read
    assert excel.read(path, file="a.xlsx").sheets[0].rows == read


def test_a_text_that_begins_in_the_font_of_its_cell_has_what_that_does(tmp_path: Path) -> None:
    path = release(tmp_path / "a.xlsx", ["<r><t>45</t></r>" + run("47", BOLD)] * 2)
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    parts["xl/styles.xml"] = re.sub(r"<fonts.*?</fonts>", "<fonts><font/><font><strike/></font></fonts>",
                                    parts["xl/styles.xml"], flags=re.DOTALL)  # fmt: skip
    parts["xl/styles.xml"] = re.sub(r"<cellXfs.*?</cellXfs>", '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>',
                                    parts["xl/styles.xml"], flags=re.DOTALL)  # fmt: skip
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace('<c r="B2"', '<c r="B2" s="1"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    told = [["Area 0", "4547"], ["Area 1", "4\u03365\u033647"]]
    assert excel.read(path, file="a.xlsx").sheets[0].rows == told
    assert releases.read(path).sheets[0].rows == told


def test_cells_filled_from_a_merged_one_have_its_text(tmp_path: Path) -> None:
    path = release(tmp_path / "a.xlsx", [run("8") + run("1", RAISED), "<t>x</t>"], merged="B1:B2")
    assert releases.read(path).sheets[0].rows == [["Area 0", "8¹"], ["Area 1", "8¹"]]


def test_long_sheets_are_looked_through_to_their_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfkit.intake.workbooks.excel_texts._CHUNK", 100)
    path = release(tmp_path / "a.xlsx", [run(f"{number}") + run("1", RAISED) for number in range(30)])
    assert releases.read(path).sheets[0].rows == [[f"Area {number}", f"{number}¹"] for number in range(30)]


def test_a_workbook_whose_texts_are_cut_short_is_refused(tmp_path: Path) -> None:
    path = release(tmp_path / "a.xlsx", [run("8") + run("1", RAISED) + "</si></sst"])
    with pytest.raises(InputError, match="found a workbook that is damaged or cut short"):
        releases.read(path)
