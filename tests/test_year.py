"""A whole synthetic year of the sample pack: every statement of its pages is held against the frames."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfkit import changes, rating, store, vintages
from perfkit.commands import delivery
from perfkit.run import jobs, sets

MONTHS = {1: "April to June 2017", 2: "July to September 2017", 3: "October to December 2017",
          4: "January to March 2018"}  # fmt: skip
RETURN_DAYS = {1: "21 July 2017", 2: "20 October 2017", 3: "19 January 2018", 4: "20 April 2018"}
Edit = Callable[[Worksheet, dict[str, int]], None]


def _rows(sheet: Worksheet) -> dict[str, int]:
    """Give the row of each published number."""
    return {str(sheet.cell(r, 3).value): r for r in range(8, sheet.max_row + 1) if sheet.cell(r, 3).value is not None}


def _return(pack: Path, out: Path, directorate: str, quarter: int, *edits: Edit) -> Path:
    """Write the return of a later quarter: the pack's of quarter 1 with its titles, counts to date, and edits."""
    book = openpyxl.load_workbook(pack / f"Q1/returns/{directorate}.xlsx")
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet["A3"] = f"Quarter {quarter} ({MONTHS[quarter]})"
        sheet["A4"] = str(sheet["A4"].value).replace("21 July 2017", RETURN_DAYS[quarter])
        for heading in sheet[7]:
            heading.value = str(heading.value).replace("Q1 ", f"Q{quarter} ")
    board, exceptions = book["Dashboard"], book["Exceptions"]
    _count_on(board, quarter)
    if directorate == "CSS" and quarter != 1:
        exceptions.delete_rows(8)
    for edit in edits:
        edit(board, _rows(board))
    path = out / f"Q{quarter}/returns/{directorate}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _count_on(board: Worksheet, quarter: int) -> None:
    """Let counts to date grow by as much in every quarter; quarterly targets stay as written."""
    for row in range(8, board.max_row + 1):
        value, cumulative = board.cell(row, 7), board.cell(row, 6).value
        if cumulative == "Y" and isinstance(value.value, int) and "%" not in value.number_format:
            value.value *= quarter
        elif cumulative == "Y" and isinstance(value.value, str) and "/" in value.value:
            value.value = "/".join(str(int(part) * quarter) for part in value.value.split("/"))


def put(column: str, **values: object) -> Edit:
    """Make an edit that puts values in a column, by published number written as _46."""

    def edit(board: Worksheet, rows: dict[str, int]) -> None:
        for ref, value in values.items():
            board[f"{column}{rows[ref.removeprefix('_')]}"] = value

    return edit


def drop(board: Worksheet, rows: dict[str, int]) -> None:
    board.delete_rows(rows["47"])


def _explain(book: Path, ref: int, title: str, outcome: str, cause: str) -> None:
    workbook = openpyxl.load_workbook(book)
    for column, value in enumerate((ref, title, outcome, "R", cause, "More advisers are being trained."), 1):
        workbook["Exceptions"].cell(8, column).value = value
    workbook.save(book)


def _framework(pack: Path, out: Path) -> None:
    """Write the framework of January: one target changed with its reason, one indicator renumbered, one dropped."""
    book = openpyxl.load_workbook(pack / "framework.xlsx")
    indicators, targets = book["Indicators"], book["Targets"]
    heads = {str(c.value): c.column for c in targets[4]}
    for name in ("Set by", "Set on", "Reason"):
        heads[name] = targets.max_column + 1
        targets.cell(4, heads[name]).value = name
    for sheet in (indicators, targets):
        for row in range(sheet.max_row, 4, -1):
            number = sheet.cell(row, 2)
            if number.value == 47:
                sheet.delete_rows(row)
            elif number.value == 50:
                number.value = 51
    row = next(r for r in range(5, targets.max_row + 1) if targets.cell(r, 1).value == "quality-checks")
    changed = {"Target": "140", "Set by": "Cabinet", "Set on": "2018-01-09", "Reason": "Two inspectors left."}
    for name, value in changed.items():
        targets.cell(row, heads[name]).value = value
    book.save(out / "framework.xlsx")


def _receive(raw: Path, place: Path, days: dict[str, str]) -> None:
    """Write when files came beside them, and load what is new."""
    for name, day in days.items():
        path = raw / "2017-18" / name
        listing = path.parent / "received.csv"
        lines = listing.read_text().splitlines() if listing.exists() else ["file,received,sha256"]
        lines.append(f"{path.name},{day},{hashlib.sha256(path.read_bytes()).hexdigest()}")
        listing.write_text("\n".join(lines) + "\n")
    issues = delivery.receive([raw], place, base=raw)
    assert not [str(issue) for issue in issues if issue.stops]


def _deliver_second_quarter(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    for name in ("CEF", "COM", "SCS"):
        _return(pack, out, name, 2)
    _return(pack, out, "CSS", 2, put("I", _46="A"), put("E", _46="1,562"))
    _return(pack, out, "CSS", 1, put("G", _46=1215), put("H", _46="revised"))
    days = {f"Q2/returns/{name}.xlsx": "2017-10-20" for name in ("CEF", "COM", "SCS", "CSS")}
    _receive(raw, place, days | {"Q1/returns/CSS.xlsx": "2017-10-20"})
    _return(pack, out, "PH", 2)
    _receive(raw, place, {"Q2/returns/PH.xlsx": "2017-11-08"})


def _deliver_third_quarter(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    _framework(pack, out)
    _receive(raw, place, {"framework.xlsx": "2018-01-09"})
    for name in ("CEF", "PH"):
        _return(pack, out, name, 3)
    _return(pack, out, "SCS", 3, put("E", _4="140"))
    book = _return(pack, out, "CSS", 3, put("I", _46="G", _44="R"), put("G", _44=1900), put("C", _50=51), drop)
    _explain(book, 44, "Businesses given advice and support", "Businesses advised and supported to grow", "Sickness.")
    _receive(raw, place, {f"Q3/returns/{name}.xlsx": "2018-01-19" for name in ("CEF", "PH", "SCS", "CSS")})


def _deliver_late_and_fourth(pack: Path, raw: Path, place: Path) -> None:
    out = raw / "2017-18"
    _return(pack, out, "COM", 3)
    _receive(raw, place, {"Q3/returns/COM.xlsx": "2018-02-12"})
    for name in ("CEF", "PH", "COM"):
        _return(pack, out, name, 4)
    _return(pack, out, "CSS", 4, put("I", _46="G"), put("C", _50=51), drop)
    _receive(raw, place, {f"Q4/returns/{name}.xlsx": "2018-04-20" for name in ("CEF", "PH", "COM", "CSS")})
