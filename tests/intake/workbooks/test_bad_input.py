"""Whatever arrives ends in one located issue or in right values; never in a traceback, half a load or a full memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwt

from perfkit.intake import files, folder
from perfkit.intake.reading import Reading

PEAK = Path("/proc/self/clear_refs")
"""Where Linux, and no other system, takes a 5 to begin the peak of memory anew."""
HEADINGS = ["area_code", "area_name", "period", "indicator", "measure", "unit", "value"]
ROW = ["E10000025", "Oxfordshire", "2017/18", "Waste recycled", "Percentage", "Waste", 57.1]
HEADER, LINE = ",".join(HEADINGS), ",".join(map(str, ROW))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def below_a_gibibyte() -> Iterator[None]:
    """Hold each file here, zip bomb and blank rows among them, to less than 1 GiB with all that perfkit imports."""
    if not PEAK.exists():
        yield
        return
    before = in_kibibytes("VmRSS")
    PEAK.write_text("5")
    yield
    assert in_kibibytes("VmHWM") - before < 768 * 1024


def in_kibibytes(line: str) -> int:
    found = re.search(rf"{line}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


def read(path: Path) -> Reading:
    (delivery,) = folder.read([path], base=None, known={}, is_known=lambda *_: False)
    return delivery.reading


def told(path: Path) -> str:
    reading = read(path)
    assert reading.tables == {}, "nothing of it is loaded"
    assert [issue.where.file for issue in reading.issues if issue.stops] == [path.name], "one issue, with its file"
    return "\n".join(map(str, reading.issues))


def workbook(path: Path, *rows: list[object], change: Callable[[openpyxl.Workbook], object] = lambda _: None) -> Path:
    book = openpyxl.Workbook()
    for row in rows or (HEADINGS, ROW):
        book.active.append(row)
    change(book)
    book.save(path)
    return path


def rezip(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
    return path


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def value(path: Path) -> float:
    reading = read(path)
    assert not reading.stops, reading.issues
    (only,) = reading.tables["releases"]["value"]
    return float(only)


def test_the_sound_file_reads(tmp_path: Path) -> None:
    assert value(workbook(tmp_path / "waste.xlsx")) == 57.1
    assert value(written(tmp_path / "waste.csv", f"{HEADER}\n{LINE}\n")) == 57.1


def test_an_encrypted_workbook_asks_for_one_without_a_password(tmp_path: Path) -> None:
    locked = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)
    assert "protected by a password" in told(written(tmp_path / "waste.xlsx", locked))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_cut_short(tmp_path: Path, share: float) -> None:
    content = workbook(tmp_path / "waste.xlsx").read_bytes()
    assert "damaged or cut short" in told(written(tmp_path / "waste.xlsx", content[: int(len(content) * share)]))


@pytest.mark.parametrize("suffix", files.SUFFIXES)
def test_a_file_of_no_bytes_is_empty(tmp_path: Path, suffix: str) -> None:
    assert "an empty file (0 bytes)" in told(written(tmp_path / f"waste{suffix}", b""))


def test_an_empty_workbook_and_blank_text_hold_nothing(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "waste.xlsx")
    assert "a workbook of a kind that perfkit does not know" in told(tmp_path / "waste.xlsx")
    assert "a file without any text" in told(written(tmp_path / "waste.csv", " \r\n\r\n"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (f"{HEADER}\n{LINE}\n", "text such as CSV"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (bytes(range(256)) * 4, "something that is not a workbook"),
    ],
)
def test_a_renamed_file_is_called_what_it_is(tmp_path: Path, content: bytes | str, kind: str) -> None:
    assert kind in told(written(tmp_path / "waste.xlsx", content))


def test_a_workbook_or_page_renamed_to_csv_is_called_what_it_is(tmp_path: Path) -> None:
    content = workbook(tmp_path / "waste.xlsx").read_bytes()
    assert "a zip file such as .xlsx" in told(written(tmp_path / "a.csv", content))
    assert "an old Excel workbook" in told(written(tmp_path / "b.csv", OLE + bytes(1000)))
    assert "a web page" in told(written(tmp_path / "c.csv", "<html><body>Not found</body></html>"))
    assert "not text" in told(written(tmp_path / "d.csv", bytes(range(1, 32)) * 40))


def test_a_sheet_of_16383_columns_reads(tmp_path: Path) -> None:
    def widen(book: openpyxl.Workbook) -> None:
        book.create_sheet("Contents").cell(2, 16_383, "Contents")

    assert value(workbook(tmp_path / "waste.xlsx", change=widen)) == 57.1


def test_a_million_blank_rows_read(tmp_path: Path) -> None:
    def lengthen(name: str, content: bytes) -> bytes:
        blank = b"".join(b'<row r="%d"/>' % r for r in range(3, 1_000_003))
        return content.replace(b"</sheetData>", blank + b"</sheetData>") if name.endswith("sheet1.xml") else content

    assert value(rezip(workbook(tmp_path / "waste.xlsx"), lengthen)) == 57.1


def test_a_zip_bomb_is_refused_by_a_stated_limit(tmp_path: Path) -> None:
    path = workbook(tmp_path / "waste.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/big.xml", "w") as out:
        for _ in range(700):
            out.write(bytes(1024 * 1024))
    assert "expected a workbook that unpacks to at most 600 MiB" in told(path)


def test_links_to_other_workbooks_and_macros_are_ignored(tmp_path: Path) -> None:
    path = workbook(tmp_path / "waste.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", OLE + bytes(100))
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert value(path) == 57.1


def test_a_text_of_40000_characters_is_no_figure(tmp_path: Path) -> None:
    long = workbook(tmp_path / "waste.xlsx", HEADINGS, [*ROW[:-1], "x" * 32_767])
    assert "cell G2" in told(long)
    text = written(tmp_path / "waste.csv", f"{HEADER}\n{LINE.replace('57.1', 'x' * 40_000)}\n")
    assert "cell G2: found a text of 40,000 characters" in told(text)


@pytest.mark.parametrize("formula", ["=cmd|'/C calc'!A0", "=HYPERLINK(A1)", "+1+cmd|' /C calc'!A0", "@SUM(1)"])
def test_a_formula_in_a_csv_is_text_and_no_figure(tmp_path: Path, formula: str) -> None:
    assert "cell G2: found" in told(written(tmp_path / "waste.csv", f"{HEADER}\n{LINE.replace('57.1', formula)}\n"))


def test_a_formula_without_its_result_and_a_formula_error_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "waste.xlsx", HEADINGS, [*ROW[:-1], "=cmd|'/C calc'!A0"])
    assert "cell G2: found the formula" in told(path)
    assert "without a stored result" in told(path)

    def fail(name: str, content: bytes) -> bytes:
        cell = b'<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        start = content.find(b'<c r="G2"')
        return content[:start] + cell + content[content.find(b"</c>", start) + 4 :] if start > 0 else content

    assert "cell G2: found the formula error #DIV/0!" in told(rezip(workbook(tmp_path / "error.xlsx"), fail))


def test_null_bytes_are_told_at_their_cell(tmp_path: Path) -> None:
    assert "cell B2: found a text with a null character" in told(
        written(tmp_path / "waste.csv", f"{HEADER}\n{LINE.replace('Oxfordshire', 'Oxford' + chr(0) + 'shire')}\n")
    )


def test_a_fact_that_stands_twice_names_both_cells(tmp_path: Path) -> None:
    path = written(tmp_path / "waste.csv", f"{HEADER}\n{LINE}\n{LINE.replace('57.1', '58')}\n")
    assert "cell G3: found waste_recycled_percentage, Oxfordshire, 2017-18 a second time (first in cell G2)" in told(
        path
    )


def test_two_headings_that_match_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "waste.xlsx", [*HEADINGS, "Value"], [*ROW, 99])
    assert 'cell H1: found the heading "Value", which says the same as "value" in column G1' in told(path)


def test_no_heading_at_all_is_no_table(tmp_path: Path) -> None:
    assert "a workbook of a kind that perfkit does not know" in told(written(tmp_path / "waste.csv", f"{LINE}\n"))


def test_a_row_cut_short_or_with_a_loose_comma_is_told(tmp_path: Path) -> None:
    cut = f"{HEADER}\n{LINE}\nE10000025,Oxfordshire,2018/1"
    assert "cell A3: found a row of 3 cells, expected 7" in told(written(tmp_path / "waste.csv", cut))
    loose = f"{HEADER}\n{LINE.replace('57.1', '1,562')}\n"
    assert "cell A2: found a row of 8 cells, expected 7" in told(written(tmp_path / "loose.csv", loose))


def test_quotes_that_never_close_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "waste.csv", f'{HEADER}\n"E10000025,Oxfordshire\n')
    assert "a row that cannot be cut into cells" in told(path)


def test_an_old_workbook_reads_or_is_cut_short(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for r, row in enumerate((HEADINGS, ROW)):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    assert value(written(tmp_path / "waste.xls", out.getvalue())) == 57.1
    assert "damaged or cut short" in told(written(tmp_path / "waste.xls", out.getvalue()[:2000]))
