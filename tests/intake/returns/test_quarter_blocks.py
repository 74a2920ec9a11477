"""Quarters side by side: the return's own is read, earlier ones are repeats, later ones must be empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from perfkit.intake import records, returns
from perfkit.intake.drafts import Draft
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks import excel
from perfkit.intake.workbooks.grid import Sheet, Workbook

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]
FLAT = ["No.", "Indicator", "Target", "Status", "Q1 Actual", "Q1 RAG", "Q1 Outlook", "Q2 Actual", "Q2 RAG",
        "Q2 Outlook", "Q3 Actual", "Q3 RAG", "Q3 Outlook", "Q4 Actual", "Q4 RAG", "Q4 Outlook"]  # fmt: skip
EMPTY = [None] * 6
ROW = [1, "Users satisfied", "67%", "final", "68%", "G", "↑", "64%", "A", "↓", *EMPTY]
TITLES = ("Middleshire County Council", "Social Services (SCS)", "Quarter 2 2017-18")


def read(make: Make, framework: Framework, *, headings: list[Any] = FLAT, row: list[Any] = ROW, **more: Any) -> Reading:
    book = make([row], headings=headings, exceptions=[], **({"titles": TITLES, "file": "SCS.xlsx"} | more))
    return returns.read(book, framework=framework)


def figures(draft: Draft) -> list[list[Any]]:
    return [[row[name] for name in ("period", "report_period", "value", "cell")] for row in records.of(draft)]


def test_the_quarter_in_the_title_is_the_report_and_earlier_ones_are_repeats(
    return_book: Make, framework: Framework
) -> None:
    reading = read(return_book, framework)
    assert not reading.stops, reading.issues
    assert figures(reading.tables["observations"]) == [["2017-18 Q2", "2017-18 Q2", 64.0, "H5"]]
    assert figures(reading.earlier["observations"]) == [["2017-18 Q1", "2017-18 Q2", 68.0, "E5"]]
    assert reading.tables["assessments"][["period", "rag", "outlook"]].to_numpy().tolist() == [
        ["2017-18 Q2", "amber", "deteriorating"]
    ]
    rated = records.of(reading.earlier["assessments"])
    assert [[row[name] for name in ("period", "rag", "cell")] for row in rated] == [["2017-18 Q1", "green", "F5"]]


@pytest.mark.parametrize("form", ["Quarter {q} {name}", "{name} Q{q}", "Qtr {q} 2017-18 {name}", "2017/18 Q{q} {name}",
                                  "Q{q} (July to September 2017) {name}"])  # fmt: skip
def test_the_quarter_is_understood_however_a_heading_names_it(
    return_book: Make, framework: Framework, form: str
) -> None:
    names = [form.format(q=name[1], name=name[3:]) if name.startswith("Q") else name for name in FLAT]
    assert figures(read(return_book, framework, headings=names).tables["observations"])[0][2] == 64.0


def test_a_block_of_another_year_is_not_read(return_book: Make, framework: Framework) -> None:
    names = [name.replace("Q1", "2016-17 Q2") for name in FLAT]
    reading = read(return_book, framework, headings=names)
    assert figures(reading.tables["observations"])[0][2] == 64.0
    assert not records.of(reading.earlier["observations"])


@pytest.mark.parametrize(
    "heading",
    [
        "Last quarter: 2017-18 Q1",
        "Last quarter (2017-18 Q1)",
        "Previous quarter",
        "Q2 2017-18 value (for information)",
        "Q1 2017-18 value (for information)",
    ],
)
def test_a_figure_for_information_is_never_the_value(return_book: Make, framework: Framework, heading: str) -> None:
    names = ["No.", "Indicator", "Target", heading, "Q2 Actual", "Status", "Q2 RAG", "Outlook"]
    reading = read(
        return_book, framework, headings=names, row=[1, "Users satisfied", "67%", "99%", "64%", "final", "A"]
    )
    assert figures(reading.tables["observations"]) == [["2017-18 Q2", "2017-18 Q2", 64.0, "E5"]]
    assert not records.of(reading.earlier.get("observations"))


@pytest.mark.parametrize(
    ("place", "what"), [(10, "a figure for 2017-18 Q3 (61)"), (11, 'a rating for 2017-18 Q3 ("G")')]
)
def test_a_quarter_to_come_that_is_filled_stops_the_return(
    return_book: Make, framework: Framework, place: int, what: str
) -> None:
    row = [{10: 61, 11: "G"}[place] if n == place else cell for n, cell in enumerate(ROW)]
    (issue,) = [issue for issue in read(return_book, framework, row=row).issues if issue.stops]
    assert (issue.found, issue.where.cell) == (what, f"{'K' if place == 10 else 'L'}5")
    assert issue.expected == "nothing yet in a return for 2017-18 Q2"


def test_signs_for_nothing_in_quarters_to_come_are_nothing(return_book: Make, framework: Framework) -> None:
    row = [*ROW[:10], "Pending", "-", None, "N/A", "Not rated", None]
    assert not read(return_book, framework, row=row).stops


def test_a_bad_cell_of_an_earlier_quarter_is_told_where_it_stands(return_book: Make, framework: Framework) -> None:
    row = [*ROW[:4], "67% (provisional)?", *ROW[5:]]
    assert [issue.where.cell for issue in read(return_book, framework, row=row).issues if issue.stops] == ["E5"]


def test_a_return_that_names_no_quarter_is_asked_for_it(return_book: Make, framework: Framework) -> None:
    reading = read(return_book, framework, titles=TITLES[:2])
    assert reading.tables == {}
    assert [str(issue) for issue in reading.issues if issue.where.cell] == [
        "SCS.xlsx, sheet Dashboard, cell H3: found quarters side by side, filled up to Q2, expected a title that says "
        'which of them is reported. If it is the return for Q2, write "Quarter 2" with its year above the table.'
    ]


@pytest.mark.parametrize("merged", ["both", "titles", "none"])
def test_two_row_headings_are_read_merged_or_not(tmp_path: Path, framework: Framework, merged: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for title in TITLES:
        sheet.append([title])
    sheet.append(
        ["No.", "Indicator", "Target", "Status", "Q1", None, None, "Q2", None, None, "Q3", None, None, "Reason"]
    )
    sheet.append([None] * 4 + ["Actual", "RAG", "Outlook"] * 3)
    sheet.append(
        [1, "Users satisfied", "67%", "final", "68%", "G", "↑", "64%", "A", "↓", None, None, None, "Few answers"]
    )
    for place in ("E4:G4", "H4:J4", "K4:M4") if merged != "none" else ():
        sheet.merge_cells(place)
    for column in "ABCDN" if merged == "both" else "":
        sheet.merge_cells(f"{column}4:{column}5")
    book.save(tmp_path / "SCS.xlsx")
    reading = returns.read(excel.read(tmp_path / "SCS.xlsx", file="SCS.xlsx"), framework=framework)
    assert not reading.stops, reading.issues
    assert figures(reading.tables["observations"]) == [["2017-18 Q2", "2017-18 Q2", 64.0, "H6"]]
    assert figures(reading.earlier["observations"]) == [["2017-18 Q1", "2017-18 Q2", 68.0, "E6"]]
    assert reading.tables["assessments"][["rag", "outlook", "reason"]].to_numpy().tolist() == [
        ["amber", "deteriorating", "Few answers"]
    ]


def test_a_title_over_columns_that_is_another_time_keeps_them_out(return_book: Make, framework: Framework) -> None:
    titles = [*TITLES, None]
    book = return_book([[1, "Users satisfied", "67%", "final", "99%", "R", "64%", "A", "↓"]], titles=titles,
                       headings=["No.", "Indicator", "Target", "Status", "Actual", "RAG", "Actual", "RAG", "Outlook"],
                       file="SCS.xlsx", exceptions=[])  # fmt: skip
    book.sheets[0].rows[3] = [None, None, None, None, "Last quarter", "Last quarter", "This quarter", "This quarter"]
    reading = returns.read(book, framework=framework)
    assert not reading.stops, reading.issues
    assert figures(reading.tables["observations"])[0][2:] == [64.0, "G6"]
    assert reading.tables["assessments"]["rag"].tolist() == ["amber"]


def test_notes_and_lists_are_passed_over(return_book: Make, framework: Framework) -> None:
    book = return_book()
    notes = Sheet(book.file, "Notes", [["Quarter 4 2016-17"], ["No.", "Indicator", "Q1 RAG"], [99, "Nothing", "?"]])
    reading = returns.read(replace(book, sheets=(notes, *book.sheets)), framework=framework)
    assert reading.issues == ()


def test_two_quarters_side_by_side_are_no_title(return_book: Make, framework: Framework) -> None:
    names = ["No.", "Indicator", "Status", "Actual", "RAG", "Actual", "RAG"]
    book = return_book([[1, "Users satisfied", "final", "68%", "G", "64%", "A"]], titles=(*TITLES[:2], ""),
                       headings=names, file="SCS.xlsx", exceptions=[])  # fmt: skip
    book.sheets[0].rows[2] = [None, None, None, "Q1", None, "Q2"]
    reading = returns.read(book, framework=framework)
    assert reading.tables == {}
    assert "no title that names the quarter" in [issue.found for issue in reading.issues]
