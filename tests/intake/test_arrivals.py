"""Before a file is opened: its name, its ending and the list of when files came are understood, or told."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from perfkit.intake import arrivals, folder
from perfkit.model.errors import ParameterError


def books(place: Path) -> dict[str, bytes]:
    """Make one workbook of each kind, by its ending."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Indicator"
    book.save(place / "kept.bin")
    old = xlwt.Workbook()
    old.add_sheet("A").write(0, 0, "Indicator")
    old.save(str(place / "old.bin"))
    for name, part in (("open.bin", "content.xml"), ("binary.bin", "xl/workbook.bin")):
        with zipfile.ZipFile(place / name, "w") as archive:
            archive.writestr(part, "<x/>")
    names = {".xlsx": "kept.bin", ".xls": "old.bin", ".ods": "open.bin", ".xlsb": "binary.bin"}
    return {ending: (place / name).read_bytes() for ending, name in names.items()}


def told(*paths: Path) -> dict[str, list[str]]:
    found = folder.read(paths, base=None, known={}, is_known=lambda *_: False)
    return {one.file: [issue.found for issue in one.reading.issues] for one in found}


def test_a_workbook_under_the_ending_of_another_kind_is_called_what_it_is(tmp_path: Path) -> None:
    some = books(tmp_path)
    for ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        for kind in (".xlsx", ".xls", ".ods"):
            issue = arrivals.misnamed(f"SCS{ending}", some[kind])
            if kind == ending or {kind, ending} == {".xlsx", ".xlsm"}:
                assert issue is None
            else:
                assert issue is not None
                assert issue.found == f"a workbook of the kind {kind} under the ending {ending}"
                assert issue.action == f"Rename it to SCS{kind}."


def test_a_binary_workbook_asks_to_be_saved_as_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "SCS.xlsb"
    path.write_bytes(books(tmp_path)[".xlsb"])
    assert told(path) == {"SCS.xlsb": ["a binary workbook (.xlsb)"]}


@pytest.mark.parametrize("name", ["SCS\nQ1.xlsx", "SCS\x1b[31m.xlsx", os.fsdecode(b"SCS\xff.xlsx")])
def test_a_name_that_cannot_be_shown_is_told_under_one_that_can(tmp_path: Path, name: str) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / name).write_bytes(books(tmp_path)[".xlsx"])
    ((file, issues),) = told(tmp_path / "given").items()
    assert issues == ["a file name with a character that cannot be shown"]
    assert "\\x" in file
    file.encode("utf-8")


def test_a_folder_whose_name_cannot_be_written_down_is_told_and_not_its_workbooks(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"caf\xe9")
    place.mkdir()
    (place / "SCS.xlsx").write_bytes(books(tmp_path)[".xlsx"])
    assert told(place) == {r"caf\xe9/SCS.xlsx": ["a folder name with a character that cannot be shown"]}


def test_names_that_differ_in_what_cannot_be_shown_stay_two(tmp_path: Path) -> None:
    for name in (b"PH\xe8.xlsx", b"PH\xe9.xlsx"):
        (tmp_path / os.fsdecode(name)).write_bytes(books(tmp_path)[".xlsx"])
    names = [Path(file).name for file in told(tmp_path) if "PH" in file]
    assert names == [r"PH\xe8.xlsx", r"PH\xe9.xlsx"]


def test_a_link_keeps_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "kept.xlsx").write_bytes(books(tmp_path)[".xlsx"])
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "SCS.xlsx").symlink_to(tmp_path / "kept.xlsx")
    assert list(told(tmp_path / "given")) == ["given/SCS.xlsx"]


def test_a_folder_behind_a_link_is_read_once(tmp_path: Path) -> None:
    share, given = tmp_path / "share" / "returns", tmp_path / "desk" / "given"
    for folder_ in (share, given / "Q1"):
        folder_.mkdir(parents=True)
        (folder_ / "SCS.xlsx").write_bytes(books(tmp_path)[".xlsx"])
    (given / "Q2").symlink_to(share)
    (given / "again").symlink_to(given)
    assert sorted(told(given)) == ["given/Q1/SCS.xlsx", "given/Q2/SCS.xlsx"]


def test_two_files_of_one_name_are_never_taken_for_one_another(tmp_path: Path) -> None:
    content = books(tmp_path)[".xlsx"]
    paths = [tmp_path / place / "SCS.xlsx" for place in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(content)
    with pytest.raises(ParameterError, match=r"would both be called SCS\.xlsx: give the folder that holds both"):
        told(*paths)
    assert list(told(paths[0], paths[0])) == ["SCS.xlsx"], "the same file given twice is one file"
    paths[0].write_bytes(books(tmp_path)[".xls"])
    with pytest.raises(ParameterError, match=r"would both be called SCS\.xlsx"):
        told(*paths)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SCS.csv"
    path.write_text("Indicator,Value\nA,1\n")

    def slow(*_: object) -> bool:
        path.write_text("Indicator,Value\nA,1000\n")
        return False

    (delivery,) = folder.read([path], base=None, known={}, is_known=slow)
    assert delivery.reading.tables == {}
    assert [issue.found for issue in delivery.reading.issues] == ["a file that changed while it was read"]


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "SCS.xlsx"
    path.write_bytes(books(tmp_path)[".xlsx"])

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, issue = arrivals.look(path, "SCS.xlsx")
    assert issue is not None
    assert issue.found == "a file that cannot be opened (permission denied)"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "cannot be read as a CSV file in UTF-8"),
        (lambda path: path.write_text("file,received,sha256\n" + "x" * 200_000), "cannot be read as a CSV file"),
        (lambda path: path.write_text("file;received;sha256\n"), "the columns file, received and sha256"),
    ],
)
def test_a_list_of_when_files_came_that_cannot_be_read_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    (tmp_path / "SCS.xlsx").write_bytes(books(tmp_path)[".xlsx"])
    spoil(tmp_path / "received.csv")
    with pytest.raises(ParameterError, match=words):
        told(tmp_path / "SCS.xlsx")


def test_a_workbook_whose_table_stands_on_a_hidden_sheet_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    hidden = book.create_sheet("Finance")
    hidden.append(["Directorate", "Budget line", "Budget", "Forecast"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "finance.xlsx")
    assert "a hidden sheet" in told(tmp_path / "finance.xlsx")["finance.xlsx"]
