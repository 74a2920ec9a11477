"""The framework: every table read, every slip told at its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import framework as frameworks
from perfkit.intake.workbooks.grid import Sheet, Workbook
from tests.intake.conftest import INDICATOR_HEADINGS, INDICATORS

Make = Callable[..., Workbook]


def _messages(workbook: Workbook) -> list[str]:
    return [str(issue) for issue in frameworks.read(workbook).issues]


def test_it_is_known_by_its_headings_not_its_name(framework_book: Make, return_book: Make) -> None:
    assert frameworks.recognises(framework_book())
    assert not frameworks.recognises(return_book())


def test_all_its_tables_are_read(framework: dict[str, pd.DataFrame]) -> None:
    assert {name: len(frame) for name, frame in framework.items()} == {
        "priorities": 1, "outcomes": 2, "indicators": 6, "directorates": 2, "leadership_priorities": 1, "published": 1,
        "targets": 7,
    }  # fmt: skip


def test_an_indicator_keeps_its_place_and_its_year(framework: dict[str, pd.DataFrame]) -> None:
    visits = framework["indicators"].set_index("indicator").loc["visits"]
    assert (visits["ref"], visits["financial_year"], visits["series_type"]) == ("46", "2017-18", "ytd")
    assert (visits["file"], visits["sheet"], visits["cell"]) == ("framework.xlsx", "Indicators", "A7")


def test_a_pair_becomes_two_targets(framework: dict[str, pd.DataFrame]) -> None:
    pair = framework["targets"].query("indicator == 'investors'")
    assert pair[["part", "low", "text", "cell"]].to_numpy().tolist() == [
        [1, 60.0, "60/20", "D6"],
        [2, 20.0, "60/20", "D6"],
    ]


def test_a_cumulative_flag_makes_a_year_to_date_series_where_none_is_named(framework_book: Make) -> None:
    headings = ["Id", "No.", "Indicator", "Directorate", "Priority", "Outcome id", "Unit", "Polarity", "Cumulative"]
    row = ["visits", 46, "Visits", "CSS", "Protecting vulnerable people", "V2", "count", "higher", "Y"]
    book = framework_book(Indicators=[headings, row], Targets=[["Id", "Role", "Period", "Target"]])
    assert frameworks.read(book).tables["indicators"]["series_type"].tolist() == ["ytd"]


def test_a_target_formatted_as_a_percentage_is_the_percentage(framework_book: Make) -> None:
    book = framework_book(Targets=[["Id", "Role", "Period", "Target"], ["satisfaction", "target", "2017-18", 0.67]])
    sheets = [Sheet(s.file, s.name, s.rows, formats={(1, 3): "0%"} if s.name == "Targets" else {}) for s in book.sheets]
    target = frameworks.read(Workbook(book.file, tuple(sheets))).tables["targets"].iloc[0]
    assert (target["low"], target["text"]) == (67.0, "67%")


@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        (["visits", "target", "2017-18", "-1,562"], "D2", 'Is it "1,562"?'),
        (["visits", "target", "2017-19", "1,562"], "C2", 'found "2017-19", expected a period such as 2017-18'),
        (
            ["visit", "target", "2017-18", "1,562"],
            "A2",
            'found "visit", expected the id of an indicator of this framework',
        ),
        (["visits", "goal", "2017-18", "1,562"], "B2", 'found role "goal", expected target, interim or final'),
        (["visits", "target", "2017-18", "<1,562"], "D2", "higher is better for this indicator"),
    ],
)
def test_a_target_that_cannot_be_meant_is_an_issue_at_its_cell(
    framework_book: Make, row: list[Any], cell: str, message: str
) -> None:
    book = framework_book(Targets=[["Id", "Role", "Period", "Target"], row])
    reading = frameworks.read(book)
    assert reading.tables == {}
    assert any(i.where.cell == cell and message in str(i) for i in reading.issues), _messages(book)


def test_four_quarters_must_make_the_year(framework_book: Make) -> None:
    headings = ["Id", "Role", "Period", "Target", "Basis", "Year total"]
    book = framework_book(Targets=[headings, ["visits", "target", "2017-18", "1,562", "quarter", 6000]])
    assert _messages(book) == [
        "framework.xlsx, sheet Targets, cell F2: found 6000, expected 6,248, four times the quarter's 1,562. "
        "Correct the quarter's target or the year's."
    ]


def test_rows_that_name_what_is_not_there_are_issues(framework_book: Make) -> None:
    book = framework_book(
        Outcomes=[["Outcome id", "Outcome", "Priority", "Directorate"], ["V7", "Better", "Thrift", "ABC"]]
    )
    messages = _messages(book)
    assert any('cell D2: found the directorate "ABC" in this row' in text for text in messages)
    assert any('cell C2: found the priority "Thrift" in this row' in text for text in messages)
    assert any('cell F7: found the outcome "V2" in this row' in text for text in messages)


def test_the_same_indicator_twice_is_an_issue(framework_book: Make, framework: dict[str, pd.DataFrame]) -> None:
    book = framework_book()
    indicators = next(s for s in book.sheets if s.name == "Indicators").rows
    messages = _messages(framework_book(Indicators=[*indicators, indicators[1]]))
    assert any("indicators for satisfaction, 2017-18 a second time" in text for text in messages)


def test_without_a_year_nothing_is_read(framework_book: Make) -> None:
    messages = _messages(framework_book(Read_me=[["Middleshire County Council"]]))
    assert messages == [
        "framework.xlsx: found no financial year, expected a title that names it. "
        "Write the year in a title, as Financial year: 2017-18."
    ]


def test_a_sheet_that_is_missing_is_told_by_its_headings(framework_book: Make) -> None:
    named = {"Leadership priorities": [["something else"]]}
    messages = _messages(framework_book(Leadership=[["something else"]], **named))
    assert messages == [
        "framework.xlsx: found no sheet with the headings number, priority, kind, expected every table of a framework. "
        "Put the sheet back, with its headings in one row."
    ]


@pytest.mark.parametrize(("heading", "said", "held"), [
    ("Can pass 100%", "Y", True), ("May exceed 100", "no", False), ("Can be above 100% (Y/N)", True, True),
    ("Can pass 100%", None, None),
])  # fmt: skip
def test_a_framework_may_say_that_a_percentage_can_pass_100(
    framework_book: Make, heading: str, said: object, held: object
) -> None:
    book = framework_book(Indicators=[[*INDICATOR_HEADINGS, heading], *([*row, said] for row in INDICATORS)])
    found = frameworks.read(book).tables["indicators"]["can_pass_100"].iloc[0]
    assert (None if pd.isna(found) else bool(found)) is held


def test_another_word_than_yes_or_no_is_told_at_its_cell(framework_book: Make) -> None:
    headings = [*INDICATOR_HEADINGS, "Can pass 100%"]
    book = framework_book(Indicators=[headings, [*INDICATORS[0], "150%"], *([*row, ""] for row in INDICATORS[1:])])
    assert _messages(book) == [
        'framework.xlsx, sheet Indicators, cell L2: found "150%", expected Y, N or nothing. Type Y or N.'
    ]


def test_words_that_a_framework_does_not_know_are_told_at_their_own_cells_alone(framework_book: Make) -> None:
    place = INDICATOR_HEADINGS.index("Polarity")
    odd = [*INDICATORS[0][:place], "hgiher", *INDICATORS[0][place + 1 :], "weekly"]
    book = framework_book(
        Indicators=[[*INDICATOR_HEADINGS, "Frequency"], odd, *([*row, "quarter"] for row in INDICATORS[1:])]
    )
    assert _messages(book) == [
        'framework.xlsx, sheet Indicators, cell H2: found polarity "hgiher", expected higher, lower, within or '
        "neutral. Use one of these words.",
        'framework.xlsx, sheet Indicators, cell L2: found frequency "weekly", expected month, quarter or year. Use one '
        "of these words.",
    ]


def test_a_number_that_two_indicators_bear_is_told_at_the_second(framework_book: Make) -> None:
    again = [*INDICATORS[5][:1], 5, *INDICATORS[5][2:]]
    assert _messages(framework_book(Indicators=[INDICATOR_HEADINGS, *INDICATORS[:5], again])) == [
        'framework.xlsx, sheet Indicators, cell B7: found the number "5" a second time (first in B3), expected each '
        "indicator under a number of its own, since returns are read by it. Correct one of the two numbers."
    ]


def test_a_title_may_stand_once_in_each_directorate(framework_book: Make) -> None:
    elsewhere = [*INDICATORS[5][:2], "Users satisfied", *INDICATORS[5][3:]]
    same = [*elsewhere[:3], "SCS", *elsewhere[4:]]
    assert _messages(framework_book(Indicators=[INDICATOR_HEADINGS, *INDICATORS[:5], elsewhere])) == []
    (issue,) = frameworks.read(framework_book(Indicators=[INDICATOR_HEADINGS, *INDICATORS[:5], same])).issues
    assert "cell C7: found the title" in str(issue)
    assert not issue.stops


def test_a_target_of_067_that_is_not_shown_as_a_percentage_is_asked_about(framework_book: Make) -> None:
    book = framework_book(Targets=[["Id", "Role", "Period", "Target"], ["satisfaction", "target", "2017-18", 0.67]])
    assert _messages(book) == [
        "framework.xlsx, sheet Targets, cell D2: found 0.67 in a cell that is not shown as a percentage, expected a "
        "percentage such as 67%. Type 0.67 as 67%, or, if it is at most 1%, as text with the sign: 0.67%."
    ]


@pytest.mark.parametrize("written", ["%", "Percentage", "Per cent", "PERCENT"])
def test_a_percentage_by_any_name_is_kept_as_one(framework_book: Make, written: str) -> None:
    row = [*INDICATORS[0][:6], written, *INDICATORS[0][7:]]
    book = framework_book(Indicators=[INDICATOR_HEADINGS, row, *INDICATORS[1:]])
    assert frameworks.read(book).tables["indicators"]["unit"].tolist()[0] == "percent"


def test_the_words_of_other_councils_are_known(framework_book: Callable[..., Workbook]) -> None:
    heads = ["Stable ID", "PI Ref", "Key performance indicator", "Directorate", "Priority", "Outcome ref",
             "Unit of measure", "Good is", *INDICATOR_HEADINGS[8:]]  # fmt: skip
    said = {"higher": "Bigger is better", "lower": "Low"}
    rows = [[*row[:7], said[row[7]], *row[8:]] for row in INDICATORS]
    reading = frameworks.read(framework_book(Indicators=[heads, *rows]))
    assert reading.issues == ()
    assert reading.tables["indicators"]["polarity"].tolist() == [row[7] for row in INDICATORS]
    assert reading.tables["indicators"]["title"].tolist() == [row[2] for row in INDICATORS]


def test_a_title_among_the_indicators_is_one_issue(framework_book: Callable[..., Workbook]) -> None:
    rows = [INDICATOR_HEADINGS, ["Social services"], *INDICATORS]
    assert [str(issue) for issue in frameworks.read(framework_book(Indicators=rows)).issues] == [
        'framework.xlsx, sheet Indicators, cell A2: found "Social services" and nothing beside it, expected a row that '
        "is filled. Fill the row; if it only heads the rows below it, take it out."
    ]
