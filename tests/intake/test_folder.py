"""A delivery is taken in whole: every workbook found, recognised by its content, and read against its framework."""

from __future__ import annotations

import csv
import datetime as dt
import os
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from perfkit.intake import folder
from perfkit.intake.folder import Delivery
from perfkit.model.errors import ParameterError


@pytest.fixture
def raw(project: Path, tmp_path: Path) -> Path:
    shutil.copytree(project / "data" / "raw" / "2017-18" / "Q1", tmp_path / "raw" / "2017-18" / "Q1")
    shutil.copy(project / "data" / "raw" / "2017-18" / "framework.xlsx", tmp_path / "raw" / "2017-18")
    return tmp_path / "raw"


def read(
    *paths: Path, base: Path | None = None, unchanged: tuple[str, ...] = (), **known: object
) -> dict[str, Delivery]:
    found = folder.read(paths, base=base, known=known, is_known=lambda file, _: file in unchanged)  # type: ignore[arg-type]
    return {delivery.file: delivery for delivery in found}


def told(delivery: Delivery) -> str:
    return "\n".join(str(issue) for issue in delivery.reading.issues)


def test_files_are_named_below_the_folder_of_raw_data_or_below_the_folder_given(raw: Path) -> None:
    assert "2017-18/Q1/returns/SCS.xlsx" in read(raw, base=raw)
    assert "2017-18/Q1/returns/SCS.xlsx" in read(raw / "2017-18", base=raw)
    assert "raw/2017-18/Q1/returns/SCS.xlsx" in read(raw)


def test_a_return_without_a_framework_is_refused(raw: Path) -> None:
    alone = read(raw / "2017-18" / "Q1" / "returns" / "SCS.xlsx", base=raw)["2017-18/Q1/returns/SCS.xlsx"]
    assert "found a return, but no framework" in told(alone)
    assert alone.reading.tables == {}


def test_a_framework_of_an_earlier_delivery_serves(raw: Path) -> None:
    before = read(raw / "2017-18" / "framework.xlsx", base=raw)["2017-18/framework.xlsx"].reading.tables
    later = read(raw / "2017-18" / "Q1" / "returns" / "SCS.xlsx", base=raw, **before)["2017-18/Q1/returns/SCS.xlsx"]
    assert not later.reading.stops
    assert len(later.reading.tables["assessments"]) == 9, "eight indicators and one outcome"


def test_a_return_is_read_against_the_framework_of_the_day_that_it_came(raw: Path) -> None:
    then = read(raw / "2017-18" / "framework.xlsx", base=raw)["2017-18/framework.xlsx"].reading.tables
    indicators = then["indicators"]
    now = {**then, "indicators": indicators.assign(ref=indicators["ref"].replace("7", "70"))}
    path, days = raw / "2017-18" / "Q1" / "returns" / "SCS.xlsx", []

    def known_on(day: dt.date) -> dict[str, pd.DataFrame]:
        days.append(day)
        return dict(then)

    renumbered = folder.read([path], base=raw, known=now, is_known=lambda *_: False)[0]
    assert 'found the indicator number "7", expected a number of the framework of 2017-18' in told(renumbered)
    on_its_day = folder.read([path], base=raw, known=now, is_known=lambda *_: False, known_on=known_on)[0]
    assert not on_its_day.reading.stops
    assert days == [dt.date(2017, 7, 21)]


def test_of_two_frameworks_of_one_year_the_later_is_believed_whole(raw: Path) -> None:
    then = read(raw / "2017-18" / "framework.xlsx", base=raw)["2017-18/framework.xlsx"].reading.tables
    extra = then["indicators"].head(1).assign(indicator="dropped-since", ref="99", directorate="SCS")
    known = {**then, "indicators": pd.concat([then["indicators"], extra], ignore_index=True)}
    again = read(raw, base=raw, **known)["2017-18/Q1/returns/SCS.xlsx"]
    assert "indicator 99" not in told(again)


def test_a_return_sent_twice_under_two_names_is_refused(raw: Path) -> None:
    returns = raw / "2017-18" / "Q1" / "returns"
    shutil.copy(returns / "SCS.xlsx", returns / "SCS final v2.xlsx")
    both = read(raw, base=raw)
    names = {"2017-18/Q1/returns/SCS.xlsx", "2017-18/Q1/returns/SCS final v2.xlsx"}
    assert len([name for name in names if both[name].reading.stops]) == 1


def test_a_second_file_for_an_unchanged_return_is_refused_too(raw: Path) -> None:
    returns = raw / "2017-18" / "Q1" / "returns"
    first = read(raw, base=raw)
    known = dict(first["2017-18/framework.xlsx"].reading.tables)
    known["assessments"] = first["2017-18/Q1/returns/SCS.xlsx"].reading.tables["assessments"]
    shutil.copy(returns / "SCS.xlsx", returns / "SCSv2.xlsx")
    again = read(raw, base=raw, unchanged=("2017-18/Q1/returns/SCS.xlsx",), **known)
    assert again["2017-18/Q1/returns/SCS.xlsx"].unchanged
    assert "that 2017-18/Q1/returns/SCS.xlsx reports as well" in told(again["2017-18/Q1/returns/SCSv2.xlsx"])


def test_a_workbook_of_no_known_kind_is_told_and_stops(raw: Path) -> None:
    openpyxl.Workbook().save(raw / "notes.xlsx")
    assert "found a workbook of a kind that perfkit does not know" in told(read(raw, base=raw)["notes.xlsx"])


def test_a_return_on_a_hidden_sheet_is_asked_for(raw: Path) -> None:
    path = raw / "2017-18" / "Q1" / "returns" / "SCS.xlsx"
    book = openpyxl.load_workbook(path)
    book.create_sheet("Cover")["A1"] = "For information"
    book.active = book["Cover"]
    for sheet in book.worksheets:
        sheet.sheet_state = "visible" if sheet.title == "Cover" else "hidden"
    book.save(path)
    found = read(raw, base=raw)["2017-18/Q1/returns/SCS.xlsx"]
    assert found.reading.stops
    assert "If what is meant stands on a hidden sheet, show that sheet." in told(found)


def test_a_damaged_file_is_told_beside_all_the_others(raw: Path) -> None:
    (raw / "2017-18" / "Q1" / "returns" / "PH.xlsx").write_bytes(b"PK\x03\x04 cut short")
    found = read(raw, base=raw)
    assert "damaged or cut short" in told(found["2017-18/Q1/returns/PH.xlsx"])
    assert not found["2017-18/Q1/returns/SCS.xlsx"].reading.stops


def test_excels_lock_files_are_passed_over(raw: Path) -> None:
    (raw / "2017-18" / "Q1" / "returns" / "~$SCS.xlsx").write_bytes(b"lock")
    assert not [name for name in read(raw, base=raw) if "~$" in name]


def test_received_csv_dates_the_content_it_names_and_no_other(raw: Path) -> None:
    name = "2017-18/Q1/returns/SCS.xlsx"
    assert read(raw, base=raw)[name].received == dt.date(2017, 7, 21)
    book = openpyxl.load_workbook(raw / name)
    book["Dashboard"]["L9"] = "a note added later"
    book.save(raw / name)
    assert read(raw, base=raw)[name].received is None


@pytest.mark.parametrize(
    ("day", "told"), [("21/7/17", "expected one such as 2017-07-21"), ("2999-07-21", "which is still to come")]
)
def test_a_received_csv_with_a_wrong_day_is_told(raw: Path, day: str, told: str) -> None:
    listing = raw / "2017-18" / "Q1" / "returns" / "received.csv"
    rows = list(csv.reader(listing.open(encoding="utf-8")))
    rows[5][1] = day
    with listing.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    with pytest.raises(ParameterError, match=rf'received\.csv, line 6: found the day "{day}", {told}'):
        read(raw, base=raw)


def test_a_missing_path_and_an_empty_folder_are_refused(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="There is no file or folder"):
        read(raw / "2018-19")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ParameterError, match="There is no workbook"):
        read(tmp_path / "empty")


def test_a_file_too_large_to_be_opened_is_not_even_read(tmp_path: Path) -> None:
    for ending in ("xlsx", "xls", "ods", "csv"):
        with (tmp_path / f"all.{ending}").open("wb") as file:
            file.truncate(300 * 1024 * 1024)
    found = read(tmp_path)
    assert len(found) == 4
    for delivery in found.values():
        assert told(delivery).endswith(
            "found a file of 300 MiB, expected a file of at most 100 MiB. Split it, or send only what is needed."
        )
        assert delivery.sha256 == ""


def test_a_file_that_two_paths_lead_to_is_read_once(raw: Path) -> None:
    folder_of_returns = raw / "2017-18" / "Q1" / "returns"
    found = read(folder_of_returns / "SCS.xlsx", folder_of_returns)
    assert [name for name in found if name.endswith("SCS.xlsx")] == ["returns/SCS.xlsx"]
    assert "sent twice" not in told(found["returns/SCS.xlsx"])


def test_a_link_that_leads_nowhere_is_told(raw: Path) -> None:
    (raw / "2017-18" / "Q1" / "returns" / "lost.xlsx").symlink_to(raw / "elsewhere.xlsx")
    assert "found a file that cannot be opened (no such file or directory)" in told(
        read(raw)["raw/2017-18/Q1/returns/lost.xlsx"]
    )


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ParameterError, match=r"pipe\.csv is neither a file nor a folder\."):
        read(tmp_path / "pipe.csv")


def shut(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the system refuse to list the folders of some names."""
    listed = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name in names:
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_that_cannot_be_opened_is_told_and_not_taken_for_an_empty_one(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut(monkeypatch, "returns")
    found = read(raw)
    assert "found a folder that cannot be opened" in told(found["raw/2017-18/Q1/returns"])
    assert found["raw/2017-18/Q1/returns"].reading.stops
    assert "raw/2017-18/framework.xlsx" in found
    assert "found a folder that cannot be opened" in told(read(raw / "2017-18" / "Q1" / "returns")["returns"])


def test_a_folder_that_a_drive_keeps_for_itself_is_passed_over(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("System Volume Information", "lost+found", "$RECYCLE.BIN", ".Trashes")
    before = set(read(raw))
    for name in names:
        (raw / name).mkdir()
    shut(monkeypatch, *names)
    assert set(read(raw)) == before
