"""Workbooks of the papers to fill in: laid out as told once in the model, and read back as typed."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from perfkit import cli, store
from perfkit.forms import carried, key_points, papers
from perfkit.model.paper_layouts import LAYOUTS

from .conftest import COUNCIL

TOLD = {"period": "2017-18 Q1", "financial_year": "2017-18", "as_at": "June 2017", "programme": "peer challenge 2017"}
TYPED: dict[str, dict[str, object]] = {
    "finance": {"directorate": "SCS", "line": "Home support", "budget": 1200000, "actual": 310000, "forecast": 1250000,
                "reason": "More people.", "status": "illustrative"},
    "risks": {"risk": "R1", "title": "A provider fails", "directorate": "SCS", "likelihood": 3, "impact": 4,
              "owner": "Director", "mitigation": "Quality checks.", "priorities": "7 and 10",
              "indicators": "4 and safe-and-well-visits"},
    "recommendations": {"number": "1", "title": "Simplify the plan"},
    "actions": {"recommendation": "1", "action": "1.10", "title": "Write it", "status": "ongoing",
                "due": "December 2017", "progress": "Begun."},
    "streams": {"number": 1, "title": "Buildings", "aim": "Fewer of them"},
    "savings": {"number": 1, "stream_title": "Buildings", "financial_year": "2017-18", "required": 500000,
                "delivered": 100000},
    "programmes": {"measure": "savings required", "value": 500000, "unit": "pounds", "by": "2017-18"},
    "commitments": {"number": 1, "title": "Clean streets", "deliver": "x", "influence": "x", "indicators": "41"},
    "measures": {"number": 1, "title": "Residents satisfied", "value": 71, "unit": "percent", "target": "75%",
                 "polarity": "higher"},
    "mapping": {"subject_kind": "indicator", "subject": "4", "subject_title": "Checks", "number": "7, 10"},
    "thread": {"level": "vision", "order": 1, "title": "A thriving county"},
    "timetable": {"number": 1, "when": "21 July 2017", "step": "Returns are due",
                  "starts": dt.datetime(2017, 7, 21), "ends": dt.datetime(2017, 7, 21)},
}  # fmt: skip


def opened(kind: str, rows: dict[str, Any] | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(papers.write(kind, council=COUNCIL, told=TOLD, rows=rows)))


def heading_row(sheet: Any, table: str) -> int:
    first = LAYOUTS[table].headings[0].title
    return next(row for row in range(1, 12) if str(sheet.cell(row, 1).value).removesuffix(" *") == first)


@pytest.mark.parametrize("kind", papers.KINDS)
def test_every_heading_says_what_to_write_and_its_words_are_offered(kind: str) -> None:
    book = opened(kind)
    for table in papers.KINDS[kind]:
        layout = LAYOUTS[table]
        sheet = book[layout.sheet]
        row = heading_row(sheet, table)
        for column, heading in enumerate(layout.headings, 1):
            cell = sheet.cell(row, column)
            assert cell.value == (f"{heading.title} *" if heading.required else heading.title)
            assert heading.meaning.lower() in cell.comment.text.lower()
            below = sheet.cell(row + 1, column)
            assert cell.protection.locked
            assert not below.protection.locked
            [rule] = [rule for rule in sheet.data_validations.dataValidation if below.coordinate in rule.sqref]
            words = ("x",) if heading.kind == "flag" else heading.words
            assert rule.formula1 == (f'"{",".join(words)}"' if words else None)
    assert "Notes" in book.sheetnames


@pytest.mark.parametrize("kind", papers.KINDS)
def test_what_is_filled_in_reads_back_without_an_issue(
    kind: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = opened(kind)
    for table in papers.KINDS[kind]:
        sheet, layout = book[LAYOUTS[table].sheet], LAYOUTS[table]
        row = heading_row(sheet, table) + 1
        for column, heading in enumerate(layout.headings, 1):
            sheet.cell(row, column).value = TYPED[table].get(heading.field)
    path = tmp_path / "raw" / f"{kind}.xlsx"
    path.parent.mkdir()
    book.save(path)
    place, framework = tmp_path / "store", project / "data" / "raw" / "2017-18" / "framework.xlsx"
    assert cli.main(["load", str(framework), str(path), "--store", str(place)]) == cli.DONE
    assert capsys.readouterr().err == ""
    for table in papers.KINDS[kind]:
        kept = store.load(table, root=place)
        assert len(kept) == (2 if table == "mapping" else 1)
    if kind == "risks":
        [risk] = store.load("risks", root=place).to_dict("records")
        assert (risk["indicators"], risk["priorities"]) == ("quality-checks safe-and-well-visits", "7 10")
    if kind == "actions":
        [action] = store.load("actions", root=place).to_dict("records")
        assert (action["action"], action["programme"], action["as_at"]) == ("1.10", TOLD["programme"], "June 2017")


def test_one_content_is_one_sequence_of_bytes() -> None:
    once, twice = (papers.write("finance", council=COUNCIL, told=TOLD) for _ in range(2))
    assert once == twice


def test_a_title_that_is_not_known_is_left_to_be_typed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(papers.write("actions", council=COUNCIL, told={"as_at": "June 2017"})))
    sheet = book["Actions"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).protection.locked) for row in (3, 4)] == [
        ("Programme:", False),
        ("As at: June 2017", False),
    ]


def finance(period: str, line: str, forecast: float | None) -> dict[str, object]:
    return {"period": period, "directorate": "SCS", "line": line, "budget": 1000.0, "actual": 250.0,
            "forecast": forecast, "priorities": "7 10", "reason": "x", "status": None}  # fmt: skip


def test_budgets_are_carried_over_from_the_newest_quarter_and_forecasts_are_asked_for_anew(
    tables: dict[str, pd.DataFrame],
) -> None:
    known = pd.DataFrame([finance("2017-18 Q1", "Old", 900.0), finance("2017-18 Q2", "Home support", 1100.0)])
    told = carried.rows("finance", {**tables, "finance": known}, quarter="2017-18 Q3")
    assert told == {
        "finance": [{"directorate": "SCS", "line": "Home support", "budget": 1000.0, "priorities": "7, 10"}]
    }


def test_indicators_are_named_by_the_numbers_that_people_know(tables: dict[str, pd.DataFrame]) -> None:
    risk = {"period": "2017-18 Q1", "risk": "R1", "title": "Fewer visits", "directorate": "CSS", "likelihood": 3,
            "impact": 4, "owner": None, "mitigation": None, "priorities": "7",
            "indicators": "safe-and-well-visits calls-within-11-minutes no-longer-known", "status": None}  # fmt: skip
    [row] = carried.rows("risks", {**tables, "risks": pd.DataFrame([risk])}, quarter="2017-18 Q2")["risks"]
    assert (row["indicators"], row["likelihood"]) == ("46, 49, no-longer-known", 3)


def test_the_mapping_lists_every_outcome_and_indicator_with_what_it_served(tables: dict[str, pd.DataFrame]) -> None:
    known = pd.DataFrame(
        [("indicator", "quality-checks", number, "2017-18") for number in (10, 7)],
        columns=["subject_kind", "subject", "number", "financial_year"],
    )
    rows = carried.rows("mapping", {**tables, "mapping": known}, quarter="2017-18 Q2")["mapping"]
    assert len(rows) == 73
    assert {row["subject"]: row["number"] for row in rows if row["number"]} == {"quality-checks": "7, 10"}
    assert [row["subject"] for row in rows if row["subject_kind"] == "indicator"][9:11] == [
        "permanent-exclusions-quartile",
        "looked-after-children",
    ]


def test_key_points_offer_the_priorities_and_read_back(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    priorities = ["A strong and thriving economy", "Efficient public services"]
    made = key_points.write(priorities, quarter="2017-18 Q2", council=COUNCIL)
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book["Key points"]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if "B6" in rule.sqref]
    assert [cell.value for row in book["Notes"][rule.formula1.split("!")[1].replace("$", "")] for cell in row] == (
        priorities
    )
    for column, value in enumerate(("Issue", priorities[1], "Calls take longer.", "49, 50", "final"), 1):
        sheet.cell(6, column).value = value
    (tmp_path / "raw").mkdir()
    book.save(tmp_path / "raw" / "key_points.xlsx")
    place, framework = tmp_path / "store", project / "data" / "raw" / "2017-18" / "framework.xlsx"
    command = ["load", str(framework), str(tmp_path / "raw"), "--store", str(place)]
    assert (cli.main(command), capsys.readouterr().err) == (cli.DONE, "")
    [kept] = store.load("commentary", root=place).to_dict("records")
    assert (kept["kind"], kept["subject"], kept["indicators"]) == (
        "issue", "Efficient public services", "calls-within-11-minutes calls-within-14-minutes",
    )  # fmt: skip


def test_what_was_told_of_a_later_quarter_is_not_carried_back(tables: dict[str, pd.DataFrame]) -> None:
    known = pd.DataFrame([finance("2017-18 Q1", "Homes", 900.0), finance("2017-18 Q3", "Homes and care", 900.0)])
    told = carried.rows("finance", {**tables, "finance": known}, quarter="2017-18 Q2")
    assert [row["line"] for row in told["finance"]] == ["Homes"]
