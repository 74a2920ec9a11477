"""Returns that are too large, locked, cut short or something else: one located issue each, in less than a gibibyte."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perfkit.intake import folder
from perfkit.intake.folder import Delivery

GIBIBYTE_IN_KIB = 1024 * 1024
MEBIBYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def desk(project: Path, tmp_path: Path) -> Path:
    """Lay out a framework and one return, SCS.xlsx."""
    source = project / "data" / "raw" / "2017-18"
    shutil.copy(source / "framework.xlsx", tmp_path)
    shutil.copy(source / "Q1" / "returns" / "SCS.xlsx", tmp_path)
    return tmp_path


def read(desk: Path, name: str = "SCS.xlsx") -> Delivery:
    found = folder.read([desk], base=desk, known={}, is_known=lambda *_: False)
    return next(delivery for delivery in found if delivery.file == name)


def told(desk: Path, name: str = "SCS.xlsx") -> str:
    reading = read(desk, name).reading
    assert reading.tables == {}
    (issue,) = [issue for issue in reading.issues if issue.stops]
    return str(issue)


def rezip(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))


def in_sheet(path: Path, more: bytes) -> None:
    def add(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", more + b"</sheetData>") if name.endswith("sheet1.xml") else content

    rezip(path, add)


CHECK = """
import pathlib, re, sys
from perfkit import cli
status = cli.main(sys.argv[1:])
print("PEAK", re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1], "STATUS", status)
"""


def peak_of_check(desk: Path) -> tuple[str, int]:
    """Check the desk in a process of its own; give what it said and its peak memory in KiB."""
    if not Path("/proc/self/status").is_file():
        pytest.skip("the peak of a process is read where Linux tells it")
    command = [sys.executable, "-c", CHECK, "check", str(desk), "--store", str(desk / "store")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    words = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in words
    peak = re.search(r"PEAK (\d+)", words)
    assert peak is not None, words
    return words, int(peak[1])


def test_the_sound_return_reads(desk: Path) -> None:
    assert not read(desk).reading.stops


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file (0 bytes)"),
        (b"<html><table><tr><td>No.</td></tr></table></html>", "a web page (HTML) under a workbook's name"),
        (b"No.,Indicator,Q1 RAG\n1,Visits,G\n", "text such as CSV under a workbook's name"),
        (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096), "protected by a password"),
        (OLE + bytes(600), "damaged or cut short"),
        (bytes(4096), "something that is not a workbook"),
    ],
)
def test_what_is_no_workbook_is_one_issue(desk: Path, content: bytes, words: str) -> None:
    (desk / "SCS.xlsx").write_bytes(content)
    assert words in told(desk)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_a_return_cut_short_is_one_issue(desk: Path, share: float) -> None:
    content = (desk / "SCS.xlsx").read_bytes()
    (desk / "SCS.xlsx").write_bytes(content[: int(len(content) * share)])
    assert "damaged or cut short" in told(desk)


def test_a_framework_cut_short_is_told_and_its_returns_ask_for_one(desk: Path) -> None:
    content = (desk / "framework.xlsx").read_bytes()
    (desk / "framework.xlsx").write_bytes(content[: len(content) // 2])
    assert "damaged or cut short" in told(desk, "framework.xlsx")
    assert "a return, but no framework" in told(desk)


def test_a_cell_in_column_16383_costs_nothing(desk: Path) -> None:
    in_sheet(desk / "SCS.xlsx", b'<row r="900"><c r="XFC900" t="inlineStr"><is><t>far away</t></is></c></row>')
    assert not read(desk).reading.stops


def test_a_million_blank_rows_change_nothing(desk: Path) -> None:
    in_sheet(desk / "SCS.xlsx", b"".join(b'<row r="%d"/>' % row for row in range(1_000, 1_001_000)))
    words, peak = peak_of_check(desk)
    assert ("0 errors" in words, peak < GIBIBYTE_IN_KIB) == (True, True), (words, peak)


def test_a_million_blank_cells_with_a_format_are_refused_in_little_memory(desk: Path) -> None:
    row = b'<row r="%d">' + b"".join(b'<c r="%c%%d" s="1"/>' % (65 + n) for n in range(10)) + b"</row>"
    in_sheet(desk / "SCS.xlsx", b"".join(row % ((r,) * 11) for r in range(1_000, 101_000)))
    words, peak = peak_of_check(desk)
    assert "cells, blank ones with a format among them expected at most 500,000" in words
    assert peak < GIBIBYTE_IN_KIB


def test_a_sheet_that_unpacks_to_half_a_gibibyte_is_refused_in_little_memory(desk: Path) -> None:
    with zipfile.ZipFile(desk / "SCS.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(desk / "SCS.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(sheet.replace(b"</worksheet>", b""))
            for _ in range(512):
                out.write(b" " * MEBIBYTE)
            out.write(b"</worksheet>")
    words, peak = peak_of_check(desk)
    assert "MiB of memory once it is read expected at most 700 MiB" in words
    assert peak < GIBIBYTE_IN_KIB


def test_a_text_of_40000_characters_is_told_at_its_cell(desk: Path) -> None:
    (desk / "SCS.csv").write_text("Oxfordshire County Council\nSocial and Community Services (SCS)\nQuarter 1 2017-18\n"
                                  f"No.,Indicator,Target,Q1 Actual,Status,Q1 RAG,Outlook\n1,{'x' * 40_000},,1,,G,\n",
                                  encoding="utf-8")  # fmt: skip
    (desk / "SCS.xlsx").unlink()
    reading = read(desk, "SCS.csv").reading
    assert ("B5", "a text of 40,000 characters") in [(issue.where.cell, issue.found) for issue in reading.issues]
    assert reading.tables == {}
