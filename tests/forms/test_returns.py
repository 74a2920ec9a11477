"""A return to fill in: what it shows, what may be typed where, and that what is typed reads back."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from perfkit import cli, store
from perfkit.forms import notes, returns
from perfkit.intake.returns import lines
from perfkit.model.errors import ParameterError

from .conftest import COUNCIL
from .filling import ACTUAL, LAST, NO, TITLE, fill

DIRECTORATES = ("SCS", "CEF", "PH", "COM", "CSS")


def written(tables: dict[str, pd.DataFrame], directorate: str, quarter: str = "2017-18 Q2") -> Any:
    made = returns.write(tables, quarter=quarter, directorate=directorate, council=COUNCIL)
    return openpyxl.load_workbook(io.BytesIO(made))


def row_of(sheet: Any, ref: int) -> int:
    return next(row for row in range(returns.FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, NO).value == ref)


def rules_of(sheet: Any, cell: str) -> list[Any]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def checked(folder: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    cli.main(["check", str(folder), "--store", str(place), "--format", "json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_titles_and_headings_are_those_that_the_reader_looks_for(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "SCS")["Dashboard"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "Oxfordshire County Council: performance dashboard 2017-18",
        "Social and Community Services (SCS)",
        "Quarter 2 (July to September 2017)",
        "Return date:",
        "Rated by:",
    ]
    assert [cell.value for cell in sheet[returns.HEADING_ROW]][4:12] == [
        "Target", "Cumulative Target Y/N", "Last quarter: 2017-18 Q1", "Last quarter RAG", "Q2 Actual", "Status",
        "Q2 RAG", "Outlook",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("directorate", "ref", "last", "number_format", "rag"),
    [
        ("SCS", 2, 0.292, "0.0%", "G"),
        ("SCS", 1, "Pending", "@", "G"),
        ("SCS", 4, 42, "#,##0", "G"),
        ("SCS", 8, None, "General", "G"),
        ("COM", 32, "17/6", "@", "G"),
        ("CSS", 46, 1180, "#,##0", "R"),
    ],
)
def test_last_quarters_figure_and_rating_stand_beside_the_indicator(
    tables: dict[str, pd.DataFrame], directorate: str, ref: int, last: object, number_format: str, rag: str
) -> None:
    sheet = written(tables, directorate)["Dashboard"]
    cell = sheet.cell(row_of(sheet, ref), LAST)
    assert (cell.value, cell.number_format, sheet.cell(cell.row, LAST + 1).value) == (last, number_format, rag)


def test_a_figure_in_arrears_says_for_which_quarter_it_is_due(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "PH")["Dashboard"]
    cell = sheet.cell(row_of(sheet, 27), ACTUAL)
    assert "one quarter in arrears: give the figure for quarter 1 of 2017-18 (April to June 2017)" in cell.comment.text
    own = tables["observations"].query("indicator == 'smoking-quitters' and period == '2016-17 Q4'")["value"].iloc[0]
    assert sheet.cell(cell.row, LAST).value == own
    assert sheet.cell(row_of(sheet, 20), ACTUAL).comment is None


def test_a_percentage_is_typed_into_a_cell_of_percentages_and_a_pair_into_one_of_text(
    tables: dict[str, pd.DataFrame],
) -> None:
    com, scs = written(tables, "COM")["Dashboard"], written(tables, "SCS")["Dashboard"]
    formats = {ref: com.cell(row_of(com, ref), ACTUAL).number_format for ref in (32, 31, 36, 33)}
    assert formats == {32: "@", 31: "@", 36: "0.0%", 33: "#,##0"}
    assert scs.cell(row_of(scs, 7), ACTUAL).number_format == "#,##0"


def test_only_the_cells_to_fill_in_are_unlocked_and_there_is_no_password(tables: dict[str, pd.DataFrame]) -> None:
    book = written(tables, "COM")
    sheet = book["Dashboard"]
    assert all(each.protection.sheet and each.protection.password is None for each in book)
    row = row_of(sheet, 36)
    open_cells = [cell.column for cell in sheet[row] if not cell.protection.locked]
    assert open_cells == list(range(ACTUAL, 14))
    assert all(cell.protection.locked for cell in sheet[returns.HEADING_ROW])
    assert not sheet["A4"].protection.locked


def test_the_page_freezes_and_prints_with_its_headings(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "SCS")["Dashboard"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("E8", "$7:$7")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape", 1, 0,
    )  # fmt: skip


def test_lists_offer_the_words_that_are_understood(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "COM")["Dashboard"]
    row = row_of(sheet, 31)
    lists = [rule.formula1 for cell in ("I", "J", "K", "L") for rule in rules_of(sheet, f"{cell}{row}")]
    assert lists == ['"Complete,On track,Behind"', '"provisional,final,revised"', '"G,A,R"', '"↑,→,↓"']
    assert {word.lower() for word in notes.MILESTONES} <= set(lines.MILESTONES)


def test_a_percentage_above_100_and_a_count_below_0_are_asked_about(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "COM")["Dashboard"]
    for ref, formula in ((36, "OR(ISTEXT({0}),{0}<=1)"), (33, "OR(ISTEXT({0}),{0}>=0)")):
        cell = f"I{row_of(sheet, ref)}"
        [rule] = rules_of(sheet, cell)
        assert (rule.type, rule.errorStyle, rule.formula1) == ("custom", "warning", formula.format(cell))
    assert [rule.type for rule in rules_of(sheet, f"I{row_of(sheet, 32)}")] == [None]


def test_a_percentage_that_can_pass_100_is_not_asked_about(tables: dict[str, pd.DataFrame]) -> None:
    passing = tables["indicators"].assign(can_pass_100=tables["indicators"]["ref"] == "36")
    sheet = written({**tables, "indicators": passing}, "COM")["Dashboard"]
    kinds = {ref: [rule.type for rule in rules_of(sheet, f"I{row_of(sheet, ref)}")] for ref in (36, 37)}
    assert kinds == {36: [None], 37: ["custom"]}


def test_a_target_of_one_quarter_says_so_beside_a_cumulative_figure(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "CSS")["Dashboard"]
    row = row_of(sheet, 46)
    assert sheet.cell(row, 5).comment.text == (
        "The target is for one quarter; the figure to give covers the time since April."
    )
    assert sheet.cell(row_of(sheet, 49), 5).comment is None


def test_one_content_is_one_sequence_of_bytes_and_the_tables_stay_as_they_are(tables: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy() for name, frame in tables.items()}
    once, twice = (returns.write(tables, quarter="2017-18 Q2", directorate="SCS", council=COUNCIL) for _ in range(2))
    assert once == twice
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_every_indicator_filled_in_reads_back_without_an_issue(
    tables: dict[str, pd.DataFrame], pack_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "2017-18" / "Q2" / "returns"
    folder.mkdir(parents=True)
    typed: dict[str, Any] = {}
    for code in DIRECTORATES:
        path = folder / f"{code}.xlsx"
        path.write_bytes(returns.write(tables, quarter="2017-18 Q2", directorate=code, council=COUNCIL))
        typed |= fill(path)
    told = checked(tmp_path, pack_store, capsys)
    assert [issue for file in told["files"] for issue in file["issues"]] == []
    assert (told["checked"], len(typed)) == (5, 50)


def test_what_was_typed_is_what_is_kept(tables: dict[str, pd.DataFrame], project: Path, tmp_path: Path) -> None:
    path = tmp_path / "raw" / "COM.xlsx"
    path.parent.mkdir()
    path.write_bytes(returns.write(tables, quarter="2017-18 Q2", directorate="COM", council=COUNCIL))
    typed = fill(path)
    place, framework = tmp_path / "store", project / "data" / "raw" / "2017-18" / "framework.xlsx"
    assert cli.main(["load", str(framework), str(path), "--store", str(place)]) == cli.DONE
    kept = store.load("observations", root=place).set_index(["indicator", "part"])["value"]
    assert (typed["36"], kept["planning-responses", 1]) == (0.777, 77.7)
    assert (typed["32"], kept["new-investors", 1], kept["new-investors", 2]) == ("34/12", 34.0, 12.0)
    said = store.load("assessments", root=place)
    assert set(said.loc[said["subject_kind"] == "outcome", "rag"]) == {"red"}
    assert set(said["assessed_by"]) == {"Director"}
    assert set(store.load("commentary", root=place)["text"]) == {"Fewer came.", "More are asked."}


def test_an_untouched_return_is_one_in_which_nothing_was_sent(
    tables: dict[str, pd.DataFrame], pack_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "CSS.xlsx").write_bytes(returns.write(tables, quarter="2017-18 Q2", directorate="CSS", council=COUNCIL))
    told = checked(tmp_path, pack_store, capsys)
    found = [issue["found"] for file in told["files"] for issue in file["issues"]]
    assert sum(text.startswith("neither a figure nor a marker for indicator ") for text in found) == 7


def test_the_first_quarter_of_a_year_shows_the_last_of_the_year_before(tables: dict[str, pd.DataFrame]) -> None:
    sheet = written(tables, "CEF", "2017-18 Q1")["Dashboard"]
    assert sheet.cell(returns.HEADING_ROW, LAST).value == "Last quarter: 2016-17 Q4"
    row = row_of(sheet, 11)
    assert (sheet.cell(row, TITLE).value, sheet.cell(row, LAST).value) == ("Looked after children", 667)


def test_a_text_that_begins_like_a_formula_stays_text(tables: dict[str, pd.DataFrame]) -> None:
    spoilt = tables["indicators"].copy()
    spoilt.loc[spoilt["ref"] == "2", "title"] = '=cmd|"/c calc"!A1'
    sheet = written({**tables, "indicators": spoilt}, "SCS")["Dashboard"]
    cell = sheet.cell(row_of(sheet, 2), TITLE)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=cmd|"/c calc"!A1', "s", True)


def test_a_directorate_that_is_not_there_or_reports_nothing_is_refused(tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(ParameterError, match='"XX" is not a directorate of 2017-18: the framework has SCS, CEF, PH,'):
        written(tables, "XX")
    none = tables["indicators"][tables["indicators"]["directorate"] != "PH"]
    with pytest.raises(ParameterError, match=r"Public Health \(PH\) reports no indicator in 2017-18"):
        written({**tables, "indicators": none}, "PH")
