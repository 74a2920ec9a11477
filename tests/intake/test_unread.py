"""A sheet that no reader takes is named, in every kind of workbook that a council sends; notes are not."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from perfkit.intake import framework as frameworks
from perfkit.intake import papers, returns
from perfkit.intake.reading import Reading
from perfkit.intake.returns import commentary, history
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Severity

TABLE = [["Service", "Visits", "Calls"], ["Libraries", 1, 2]]
RISKS = [["Quarter: 2017-18 Q1"], ["Risk id", "Risk", "Likelihood", "Impact"], ["R1", "No carers", 5, 4]]
GRID = [["Saving", "2017-18", "2018-19"], ["Fleet", 1, 2]]
NOTHING_READS = "a sheet that nothing reads"
Books = Callable[..., Workbook]


def beside(book: Workbook, name: str, rows: list[list[object]]) -> Workbook:
    return Workbook(book.file, (*book.sheets, Sheet(book.file, name, rows)))


def unread(reading: Reading) -> list[tuple[str, str]]:
    found = [issue for issue in reading.issues if issue.found.startswith(NOTHING_READS)]
    assert all(issue.severity is Severity.WARNING for issue in found)
    return [(issue.where.sheet, issue.found) for issue in found]


def test_a_table_in_a_return_that_nothing_reads_is_named_and_the_return_is_still_read(
    return_book: Books, framework: dict[str, pd.DataFrame]
) -> None:
    reading = returns.read(beside(return_book(), "Working", TABLE), framework=framework)
    assert unread(reading) == [("Working", NOTHING_READS)]
    assert len(reading.tables["observations"]) > 0


def test_a_paper_beside_a_return_is_named_for_what_it_is(
    return_book: Books, framework: dict[str, pd.DataFrame]
) -> None:
    for rows, kind in ((RISKS, "Risks"), (GRID, "Savings")):
        found = [("Register", f"a sheet that nothing reads here, a paper of the kind {kind}")]
        assert unread(returns.read(beside(return_book(), "Register", rows), framework=framework)) == found


def test_a_paper_beside_a_framework_is_read_and_held_against_it(framework_book: Books) -> None:
    reading = frameworks.read(beside(beside(framework_book(), "Register", RISKS), "Working", TABLE))
    assert unread(reading) == [("Working", NOTHING_READS)]
    assert reading.tables["risks"][["risk", "period", "cell"]].to_numpy().tolist() == [["R1", "2017-18 Q1", "A3"]]
    assert len(reading.tables["indicators"]) == 6
    wrong = [[*row, directorate] for row, directorate in zip(RISKS, ("", "Directorate", "XYZ"), strict=True)]
    reading = frameworks.read(beside(framework_book(), "Register", wrong))
    assert reading.tables == {}
    assert [(issue.where.sheet, issue.where.cell) for issue in reading.issues] == [("Register", "E3")]


def test_key_points_and_histories_name_what_they_do_not_read(framework: dict[str, pd.DataFrame]) -> None:
    points = [["Middleshire County Council"], ["Quarter 1 2017-18"], ["Kind", "Priority", "Key point"],
              ["Achievement", "Protecting vulnerable people", "More people are satisfied."]]  # fmt: skip
    past = [["Middleshire County Council"], ["Id", "Indicator", "Status", *(f"2016-17 Q{q}" for q in (1, 2, 3, 4))],
            ["satisfaction", "Users satisfied", "final", 1, 2, 3, 4]]  # fmt: skip
    for reader, rows in ((commentary, points), (history, past)):
        book = beside(Workbook("a.xlsx", (Sheet("a.xlsx", "Main", rows),)), "Working", TABLE)
        assert unread(reader.read(book, framework=framework)) == [("Working", NOTHING_READS)]


def test_papers_name_what_they_do_not_read() -> None:
    book = beside(Workbook("a.xlsx", (Sheet("a.xlsx", "Risks", RISKS),)), "Matrix", TABLE)
    assert unread(papers.read(book, framework={})) == [("Matrix", NOTHING_READS)]


def test_notes_and_lines_of_words_are_not_named() -> None:
    book = Workbook("a.xlsx", (Sheet("a.xlsx", "Risks", RISKS),))
    assert unread(papers.read(beside(book, "Read me", TABLE), framework={})) == []
    assert unread(papers.read(beside(book, "Front", [["Risks of the county"], ["July", "2017"]]), framework={})) == []
