"""A directorate's return: what is read, what is told back, and at which cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import returns
from perfkit.intake.cells import UncachedFormula
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Severity
from tests.intake.conftest import GOOD_ROWS, HEADINGS

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]
FIRST = 6
"""The row of indicator 1 in the hand-typed return."""


def _changed(ref: int, heading: str, value: object) -> list[list[Any]]:
    column = HEADINGS.index(heading)
    return [[value if r[0] == ref and c == column else cell for c, cell in enumerate(r)] for r in GOOD_ROWS]


def _issues(reading: Reading) -> list[str]:
    return [str(issue) for issue in reading.issues]


def test_a_good_return_gives_its_tables_and_no_issue(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(), framework=framework)
    assert reading.issues == ()
    assert {name: len(frame) for name, frame in reading.tables.items()} == {
        "observations": 5, "assessments": 6, "commentary": 2,
    }  # fmt: skip


def test_figures_keep_unit_status_and_cell(return_book: Make, framework: Framework) -> None:
    observations = (
        returns.read(return_book(), framework=framework).tables["observations"].set_index(["indicator", "part"])
    )
    satisfied, delayed = observations.loc[("satisfaction", 1)], observations.loc[("delayed", 1)]
    assert (satisfied["value"], satisfied["status"], satisfied["cell"]) == (68.0, "final", "E6")
    assert (delayed["value"], delayed["status"], delayed["cell"]) == (15.0, "provisional", "E7")
    assert satisfied["area"] == "Middleshire County Council"


def test_a_figure_in_arrears_belongs_to_the_quarter_before(return_book: Make, framework: Framework) -> None:
    observations = returns.read(return_book(), framework=framework).tables["observations"].set_index("indicator")
    assert observations.loc["quitters", ["period", "report_period"]].tolist() == ["2016-17 Q4", "2017-18 Q1"]


def test_a_pair_has_two_parts_at_one_cell(return_book: Make, framework: Framework) -> None:
    observations = returns.read(return_book(), framework=framework).tables["observations"]
    pair = observations.query("indicator == 'investors'")
    assert pair[["part", "value", "cell"]].to_numpy().tolist() == [[1, 17.0, "E10"], [2, 6.0, "E10"]]


def test_a_rating_without_a_figure_stands_and_no_figure_is_made_up(return_book: Make, framework: Framework) -> None:
    tables = returns.read(return_book(), framework=framework).tables
    assert "strategy" not in set(tables["observations"]["indicator"])
    strategy = tables["assessments"].set_index("subject").loc["strategy"]
    assert (strategy["rag"], strategy["outlook"], strategy["cell"]) == ("amber", "stable", "G9")
    assert strategy["reason"] == "Consultation runs until August."


def test_an_assessment_says_who_rated_and_when(return_book: Make, framework: Framework) -> None:
    assessment = returns.read(return_book(), framework=framework).tables["assessments"].iloc[0]
    assert assessment["assessed_by"] == "Director of Social Services"
    assert assessment["assessed_on"] == pd.Timestamp("2017-07-21")


def test_every_assessment_names_the_council_so_that_a_return_without_figures_is_not_nameless(
    return_book: Make, framework: Framework
) -> None:
    assessments = returns.read(return_book(), framework=framework).tables["assessments"]
    assert set(assessments["subject_kind"]) == {"indicator", "outcome"}
    assert assessments["council"].unique().tolist() == ["Middleshire County Council"]


def test_a_red_exception_gives_cause_action_and_the_outcome_rating(return_book: Make, framework: Framework) -> None:
    tables = returns.read(return_book(), framework=framework).tables
    assert tables["commentary"][["kind", "subject", "text", "cell"]].to_numpy().tolist() == [
        ["cause", "delayed", "Carers are hard to recruit.", "E2"],
        ["action", "delayed", "Plans in place.", "F2"],
    ]
    outcome = tables["assessments"].query("subject_kind == 'outcome'").iloc[0]
    assert (outcome["subject"], outcome["rag"], outcome["cell"]) == ("V7", "red", "D2")
    assert tables["assessments"].set_index("subject").loc["delayed", "action"] == "Plans in place."


def test_a_blank_rating_is_no_rating_and_is_told(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(_changed(1, "Q1 RAG", None)), framework=framework)
    assert _issues(reading) == [
        "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell G6: found no rating of indicator 1, beside a figure and "
        "a target, expected a letter, or Not rated. Type it; a colour alone is not read, and where nothing stands the "
        "rating that is calculated holds."
    ]
    assert reading.tables["assessments"]["rag"].isna().tolist() == [True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("ref", "heading", "value", "expected"),
    [
        (1, "Q1 Actual", "n/a - see note",
         'cell E6: found "n/a - see note", expected a number or a marker such as [x]. '
         "Type the number; put words in the comments column."),
        (1, "Q1 Actual", datetime(2017, 5, 3),
         "cell E6: found the date 3 May 2017, expected a number or a marker such as [x]. "
         "Type the number as text; Excel makes a date of entries such as 3-5."),
        (1, "Q1 Actual", "#REF!",
         "cell E6: found the formula error #REF!, expected a value. Mend the formula or type the value."),
        (1, "Q1 Actual", UncachedFormula("=A1"),
         'cell E6: found the formula "=A1" without a stored result, expected its result.'),
        (1, "Q1 Actual", 168, "cell E6: found 168%, expected at most 100%. Correct the percentage; if it can "
         "pass 100, say so in the framework, with Y below Can pass 100%."),
        (1, "Q1 Actual", 0.68,
         "cell E6: found 0.68 in a cell that is not shown as a percentage, expected a percentage such as 67 or 67%. "
         "Type 0.68 as 68%"),
        (5, "Q1 Actual", "68%", 'cell E7: found "68%", expected a number or a marker such as [x].'),
        (5, "Q1 Actual", -15, "cell E7: found -15, expected a number (count) of 0 or more."),
        (32, "Q1 Actual", "6/17", 'cell E10: found "6/17", expected the whole and its part.'),
        (1, "Status", "nearly", 'cell F6: found "nearly", expected provisional, revised, final or illustrative.'),
        (1, "Q1 RAG", "Purple", 'cell G6: found "Purple", expected G, A, R or nothing. Type one of these signs.'),
        (1, "Outlook", "?", 'cell H6: found "?", expected ↑, → or ↓.'),
        (1, "Cumulative Target Y/N", "maybe", 'cell D6: found "maybe", expected Y or N.'),
        (1, "No.", 77, 'cell A6: found the indicator number "77", expected a number of the framework of 2017-18.'),
        (1, "No.", 46, "cell A6: found indicator 46, which CSS reports, expected an indicator of SCS."),
        (27, "No.", 5, "cell A8: found indicator 5 a second time (first in A7), expected each indicator once."),
        (1, "Target", "76%",
         'cell C6: found "76%", expected "67%", as in the framework. Correct the target here or in the framework.'),
        (1, "Target", datetime(2017, 5, 3), 'cell C6: found the date 3 May 2017, expected "67%", as in the framework.'),
        (5, "Target", "-1,562", 'cell C7: found "-1,562", expected "14", as in the framework. Is it 1,562?'),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_cell_and_keeps_the_file_out(
    return_book: Make, framework: Framework, ref: int, heading: str, value: object, expected: str
) -> None:
    reading = returns.read(return_book(_changed(ref, heading, value)), framework=framework)
    assert reading.tables == {}
    assert any(f"SCS.xlsx, sheet Dashboard, {expected}" in text for text in _issues(reading)), _issues(reading)


def _passing(framework: Framework, *, said: object, title: str = "Users satisfied") -> Framework:
    indicators = framework["indicators"]
    first = indicators["indicator"] == "satisfaction"
    told = indicators.assign(title=indicators["title"].mask(first, title), can_pass_100=pd.array([said] * len(first)))
    return {**framework, "indicators": told}


def test_a_percentage_above_100_is_right_where_the_framework_says_so(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(_changed(1, "Q1 Actual", "168%")), framework=_passing(framework, said=True))
    assert reading.issues == ()
    assert reading.tables["observations"]["value"].iloc[0] == 168.0


@pytest.mark.parametrize(
    ("value", "expected"),
    [("168%", "cell E6: found 168%, expected seldom more than 100%. Check the percentage; if it is right, say so in "
      "the framework, with Y below Can pass 100%."),
     (1.68, "cell E6: found 1.68 in a cell that is not shown as a percentage, expected a percentage with its sign. "
      "It was read as 1.68%; if 168% is meant, type that.")],
)  # fmt: skip
def test_what_may_pass_100_by_its_words_is_a_warning_at_most(
    return_book: Make, framework: Framework, value: object, expected: str
) -> None:
    rows = [[("Savings against plan" if cell == "Users satisfied" else cell) for cell in row]
            for row in _changed(1, "Q1 Actual", value)]  # fmt: skip
    known = _passing(framework, said=None, title="Savings against plan")
    reading = returns.read(return_book(rows), framework=known)
    assert [(issue.severity, str(issue)) for issue in reading.issues] == [
        (Severity.WARNING, f"2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, {expected}")
    ]
    assert "satisfaction" in set(reading.tables["observations"]["indicator"])
    denied = returns.read(return_book(rows), framework=_passing(framework, said=False, title="Savings against plan"))
    assert any(issue.stops for issue in denied.issues) is (value == "168%")


def test_rows_that_shifted_against_their_numbers_are_found(return_book: Make, framework: Framework) -> None:
    shifted = _changed(5, "Indicator", "Successful quitters")
    assert (
        '2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell B7: found "Successful quitters" as indicator 5; it is the '
        'title of 27, expected "People delayed". Check that the rows have not shifted against their numbers, then put '
        "the title right."
    ) in _issues(returns.read(return_book(shifted), framework=framework))


@pytest.mark.parametrize("title", ["users  Satisfied", "Users satisfied.", "USERS SATISFIED"])
def test_case_spaces_and_full_stops_in_a_title_do_not_matter(
    return_book: Make, framework: Framework, title: str
) -> None:
    assert returns.read(return_book(_changed(1, "Indicator", title)), framework=framework).issues == ()


def test_all_issues_come_at_once(return_book: Make, framework: Framework) -> None:
    rows = _changed(1, "Q1 Actual", "lots")
    rows[1][6] = "X"
    cells = {issue.where.cell for issue in returns.read(return_book(rows), framework=framework).issues if issue.stops}
    assert cells == {"E6", "G7"}


def test_a_stray_dash_that_the_framework_explains_is_a_warning(return_book: Make, framework: Framework) -> None:
    visits = [46, "Safe and well visits", "-1,562", "Y", 1180, None, "R", "↑", None]
    book = return_book(
        [visits],
        file="2017-18/Q1/returns/CSS.xlsx",
        titles=("Middleshire County Council", "Safety (CSS)", "2017-18 Quarter 1"),
        exceptions=[[46, "Safe and well visits", "People live safely", "R", "Late paperwork.", "None"]],
    )
    reading = returns.read(book, framework=framework)
    assert [(issue.severity, str(issue)) for issue in reading.issues] == [
        (Severity.WARNING,
         '2017-18/Q1/returns/CSS.xlsx, sheet Dashboard, cell C5: found "-1,562", expected "1,562", as in the '
         "framework. It was read as 1,562; take the stray dash away."),
    ]  # fmt: skip
    assert len(reading.tables["observations"]) == 1


@pytest.mark.parametrize(("ref", "text"), [(1, "67.0%"), (1, "≥67%"), (5, "14.0"), (27, "> 2,315"), (32, "60 / 20")])
def test_a_target_spelt_otherwise_is_the_same_target(
    return_book: Make, framework: Framework, ref: int, text: str
) -> None:
    assert returns.read(return_book(_changed(ref, "Target", text)), framework=framework).issues == ()


def test_a_target_cell_shown_as_a_percentage_is_its_text(return_book: Make, framework: Framework) -> None:
    book = return_book(_changed(1, "Target", 0.67), formats={(FIRST - 1, 2): "0%"})
    assert returns.read(book, framework=framework).issues == ()


@pytest.mark.parametrize(("value", "number_format"), [(68, ""), ("68%", ""), (0.68, "0%"), ("68", "@")])
def test_a_percentage_comes_out_alike_in_all_its_spellings(
    return_book: Make, framework: Framework, value: object, number_format: str
) -> None:
    book = return_book(_changed(1, "Q1 Actual", value), formats={(FIRST - 1, 4): number_format})
    assert returns.read(book, framework=framework).tables["observations"]["value"].iloc[0] == 68.0


@pytest.mark.parametrize(
    ("value", "marker", "means"),
    [("[c]", "[c]", "suppressed"), ("Pending", "Pending", "pending"), ("-", "-", "not available")],
)
def test_a_marker_makes_a_row_without_a_value(
    return_book: Make, framework: Framework, value: str, marker: str, means: str
) -> None:
    row = returns.read(return_book(_changed(1, "Q1 Actual", value)), framework=framework).tables["observations"].iloc[0]
    assert (row["marker"], row["marker_means"]) == (marker, means)
    assert pd.isna(row["value"])


def test_zero_stays_zero(return_book: Make, framework: Framework) -> None:
    tables = returns.read(return_book(_changed(5, "Q1 Actual", 0)), framework=framework).tables
    assert tables["observations"].set_index("indicator").loc["delayed", "value"] == 0.0


def test_a_revised_figure_says_so_in_its_status(return_book: Make, framework: Framework) -> None:
    tables = returns.read(return_book(_changed(5, "Q1 Actual", "15 [r]")), framework=framework).tables
    row = tables["observations"].set_index("indicator").loc["delayed"]
    assert (row["value"], row["status"]) == (15.0, "revised")
    assert pd.isna(row["marker"])


@pytest.mark.parametrize(("said", "value", "marker"), [("Complete", 1.0, None), ("On track", None, "on track")])
def test_a_milestone_is_told_in_words(
    return_book: Make, framework: Framework, said: str, value: float | None, marker: str | None
) -> None:
    tables = returns.read(return_book(_changed(31, "Q1 Actual", said)), framework=framework).tables
    row = tables["observations"].set_index("indicator").loc["strategy"]
    assert (row["value"] if value else None, marker and row["marker"]) == (value, marker)


def test_damaged_letters_and_arrows_are_read_with_a_warning(return_book: Make, framework: Framework) -> None:
    rows = _changed(31, "Q1 RAG", "Α")
    rows[0][7] = "1"
    reading = returns.read(return_book(rows), framework=framework)
    assert [issue.severity for issue in reading.issues] == [Severity.WARNING] * 2
    assessments = reading.tables["assessments"].set_index("subject")
    assert (assessments.loc["strategy", "rag"], assessments.loc["satisfaction", "outlook"]) == ("amber", "improving")


def test_an_indicator_that_is_not_returned_is_a_warning(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(GOOD_ROWS[1:]), framework=framework)
    assert _issues(reading) == [
        "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard: found no row for indicator 1 (Users satisfied), expected every "
        "indicator of the directorate. Add the row, with [x] if there is no figure."
    ]
    assert reading.tables


def test_a_red_rating_without_a_cause_is_a_warning(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(exceptions=[]), framework=framework)
    assert [issue.found for issue in reading.issues] == ["a red rating without a cause"]
    assert [issue.where.cell for issue in reading.issues] == ["G7"]


def test_an_exception_for_what_is_not_red_is_a_warning(return_book: Make, framework: Framework) -> None:
    red = [5, "People delayed", "Better experience", "R", "Carers.", "Plans."]
    extra = [1, "Users satisfied", "Better experience", None, "Few answers.", "Ask again."]
    reading = returns.read(return_book(exceptions=[red, extra]), framework=framework)
    assert [issue.found for issue in reading.issues] == ["indicator 1, which is not rated red"]


def test_an_exception_under_the_wrong_outcome_is_an_error(return_book: Make, framework: Framework) -> None:
    red = [5, "People delayed", "People live safely", "R", "Carers.", "Plans."]
    issues = _issues(returns.read(return_book(exceptions=[red]), framework=framework))
    assert issues == [
        '2017-18/Q1/returns/SCS.xlsx, sheet Exceptions, cell C2: found "People live safely", expected "Better '
        'experience". Correct the outcome of this indicator.'
    ]


TITLES = ("Middleshire County Council", "Social Services (SCS)", "Quarter 1 2017-18")


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (TITLES[:2], "SCS.xlsx: found no title that names the quarter"),
        (TITLES[1:], "SCS.xlsx: found no title that names the council"),
        (TITLES[::2], "SCS.xlsx: found no title that names the directorate"),
        ((*TITLES[:2], "Quarter 2 2017-18"),
         "cell A3: found a title for 2017-18 Q2, expected 2017-18 Q1, as the folder says. "
         "Correct the title, or move the file."),
        ((TITLES[0], "Safety (CSS)", TITLES[2]),
         "cell A2: found a title for Safety, expected Social Services, as the file's name says. "
         "Send the right workbook, or rename the file."),
    ],
)  # fmt: skip
def test_titles_must_name_quarter_council_and_directorate(
    return_book: Make, framework: Framework, titles: tuple[str, ...], expected: str
) -> None:
    reading = returns.read(return_book(titles=titles), framework=framework)
    assert reading.tables == {}
    assert any(expected in text for text in _issues(reading)), _issues(reading)


def test_a_year_without_a_framework_is_an_error(return_book: Make, framework: Framework) -> None:
    titles = ("Middleshire County Council", "Social Services (SCS)", "Quarter 1 2018-19")
    reading = returns.read(return_book(titles=titles, file="SCS.xlsx"), framework=framework)
    assert _issues(reading) == [
        "SCS.xlsx: found a workbook for 2018-19, expected a year that a framework was loaded for. "
        "Load the framework of that year first, or correct the year in the title."
    ]


def test_it_is_known_by_its_headings(return_book: Make, framework_book: Make) -> None:
    assert returns.recognises(return_book())
    assert not returns.recognises(framework_book())
    assert not returns.recognises(Workbook("a.xlsx", ()))


def test_other_names_of_the_headings_will_do(return_book: Make, framework: Framework) -> None:
    names = ["Ref", "Success indicator", "Annual target", "Cumulative", "Quarter 1 actual", "Data status", "RAG rating",
             "Outlook", "Commentary"]  # fmt: skip
    assert returns.read(return_book(headings=names), framework=framework).issues == ()


def test_of_quarters_side_by_side_the_one_in_the_title_is_read(return_book: Make, framework: Framework) -> None:
    headings = ["No.", "Indicator", "Target", "Q1 Actual", "Q1 RAG", "Q2 Actual", "Q2 RAG", "Outlook", "Status"]
    rows = [[1, "Users satisfied", "67%", 68, "G", 60, "R", "↓", None]]
    titles = ("Middleshire County Council", "Social Services (SCS)", "Quarter 2 2017-18")
    book = return_book(rows, headings=headings, titles=titles, file="SCS.xlsx", exceptions=[])
    tables = returns.read(book, framework=framework).tables
    assert tables["observations"][["period", "value"]].to_numpy().tolist() == [["2017-18 Q2", 60.0]]
    assert tables["assessments"]["rag"].tolist() == ["red"]


def test_a_return_without_its_table_says_what_is_missing(return_book: Make, framework: Framework) -> None:
    book = return_book(headings=["Number of", "things"])
    assert not returns.recognises(book)
    assert _issues(returns.read(book, framework=framework)) == [
        "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard: found no row of headings, expected one row with No., Indicator "
        "and Q1 RAG. Put the headings back as the template has them."
    ]


def test_a_table_of_another_quarter_than_the_title_names_is_told_as_such(
    return_book: Make, framework: Framework
) -> None:
    names = [name.replace("Q1", "Q2") for name in HEADINGS]
    reading = returns.read(return_book(headings=names), framework=framework)
    assert reading.tables == {}
    place = f"sheet Dashboard, cell {'ABCDEFGHIJK'[names.index('Q2 RAG')]}5"
    assert _issues(reading) == [
        f"2017-18/Q1/returns/SCS.xlsx, {place}: found the heading "
        '"Q2 RAG", expected headings of Q1, since the workbook is titled 2017-18 Q1. Correct the quarter in the title, '
        "or in the headings."
    ]


LOST = "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell A5: found no heading {} in this row, expected Q1 Actual, "


def test_a_column_of_figures_that_lost_its_heading_keeps_the_file_out(return_book: Make, framework: Framework) -> None:
    names = ["Something" if name == "Q1 Actual" else name for name in HEADINGS]
    reading = returns.read(return_book(headings=names), framework=framework)
    assert reading.tables == {}
    lost, unread = _issues(reading)
    assert lost == LOST.format("Q1 Actual") + "Outlook, Target, Status. Put the heading back over its column."
    assert 'found columns that nothing reads: "Something"' in unread


@pytest.mark.parametrize("heading", ["Outlook", "Target"])
def test_without_outlooks_or_targets_a_return_is_read_and_that_is_told(
    return_book: Make, framework: Framework, heading: str
) -> None:
    names = ["Direction of travel" if name == heading else name for name in HEADINGS]
    reading = returns.read(return_book(headings=names), framework=framework)
    lost, unread = _issues(reading)
    assert lost == LOST.format(heading) + "Outlook, Target, Status. Put the heading over its column, if there is one."
    assert 'found columns that nothing reads: "Direction of travel"' in unread
    assert reading.tables["observations"]["value"].tolist() == [68, 15, 2400, 17, 6]
    assert reading.tables["assessments"]["outlook"].isna().all() == (heading == "Outlook")


@pytest.mark.parametrize(
    "names",
    [
        ["PI Ref", "Performance Measure", "2017/18 Target", "Q1 Outturn", "Status", "BRAG", "Outlook", "Narrative"],
        ["Measure ID", "KPI", "Annual target", "YTD", "Data status", "R/A/G", "Year end outlook", "Commentary"],
        ["Code", "Key Performance Indicators", "Target", "Current performance", "Status", "Rating", "Outlook",
         "Q1 Comments"],
        ["Indicator reference", "PI", "Q1 Target", "Quarter 1 result", "Status", "RAG status", "Outlook", "Context"],
    ],
)  # fmt: skip
def test_the_words_of_other_councils_are_known(return_book: Make, framework: Framework, names: list[str]) -> None:
    rows = [[row[0], row[1], row[2], *row[4:]] for row in GOOD_ROWS]
    reading = returns.read(return_book(rows, headings=names), framework=framework)
    assert reading.issues == ()
    assert reading.tables["observations"]["value"].tolist() == [68, 15, 2400, 17, 6]
    assert reading.tables["assessments"]["rag"].tolist()[:5] == ["green", "red", "green", "amber", "green"]


def test_a_target_of_the_quarter_beside_that_of_the_year_is_passed_over_and_told(
    return_book: Make, framework: Framework
) -> None:
    names = ["Q1 Target" if name == "Cumulative Target Y/N" else name for name in HEADINGS]
    reading = returns.read(return_book(headings=names), framework=framework)
    assert [issue.found for issue in reading.issues] == ['columns that nothing reads: "Q1 Target"']


@pytest.mark.parametrize("heading", ["Outcome RAG", "Cause", "Action"])
def test_exceptions_that_lost_a_heading_are_an_issue(return_book: Make, framework: Framework, heading: str) -> None:
    book = return_book()
    table = [["?" if cell == heading else cell for cell in row] for row in book.sheets[1].rows]
    book = Workbook(book.file, (book.sheets[0], Sheet(book.file, "Exceptions", table)))
    reading = returns.read(book, framework=framework)
    assert reading.tables == {}
    assert f"no heading {heading} in this row" in [issue.found for issue in reading.issues]


def test_without_a_status_column_figures_are_provisional_and_that_is_told(
    return_book: Make, framework: Framework
) -> None:
    names = ["?" if name == "Status" else name for name in HEADINGS]
    reading = returns.read(return_book(headings=names), framework=framework)
    assert [issue.found for issue in reading.issues] == [
        "no heading Status in this row", 'columns that nothing reads: "?"',
    ]  # fmt: skip
    assert set(reading.tables["observations"]["status"]) == {"provisional"}


def test_a_row_that_lost_its_number_is_an_issue(return_book: Make, framework: Framework) -> None:
    reading = returns.read(return_book(_changed(1, "No.", None)), framework=framework)
    assert reading.tables == {}
    assert any(
        'cell A6: found nothing beside "Users satisfied", expected what "No." asks for' in text
        for text in _issues(reading)
    )


def test_notes_below_the_table_are_no_indicators(return_book: Make, framework: Framework) -> None:
    rows = [*GOOD_ROWS, [], ["Note: provisional until August."], ["RAG: G on target"]]
    assert returns.read(return_book(rows), framework=framework).issues == ()


def test_the_tables_may_be_spread_over_sheets(return_book: Make, framework: Framework) -> None:
    book = return_book(GOOD_ROWS[:2])
    second = Sheet(book.file, "Second", [HEADINGS, *GOOD_ROWS[2:]])
    reading = returns.read(Workbook(book.file, (*book.sheets, second)), framework=framework)
    assert reading.issues == ()
    assert reading.tables["assessments"]["sheet"].value_counts().to_dict() == {
        "Second": 3,
        "Dashboard": 2,
        "Exceptions": 1,
    }


def test_a_hidden_sheet_is_told(return_book: Make, framework: Framework) -> None:
    book = return_book()
    reading = returns.read(Workbook(book.file, book.sheets, ("Working",)), framework=framework)
    assert [issue.found for issue in reading.issues] == ["a hidden sheet"]


def test_a_return_that_came_twice_is_told_once_a_file(return_book: Make, framework: Framework) -> None:
    one = returns.read(return_book(), framework=framework)
    again = returns.read(return_book(file="2017-18/Q1/returns/SCS (2).xlsx"), framework=framework)
    assert [str(issue) for issue in returns.sent_twice([one, again])] == [
        "2017-18/Q1/returns/SCS (2).xlsx: found indicators for 2017-18 Q1 that 2017-18/Q1/returns/SCS.xlsx reports as "
        "well, expected one return a directorate and quarter. Send one of the two, and say which."
    ]
    assert returns.sent_twice([one]) == []


def test_the_framework_given_is_not_changed(return_book: Make, framework: Framework) -> None:
    before = {name: frame.copy(deep=True) for name, frame in framework.items()}
    returns.read(return_book(), framework=framework)
    for name, frame in framework.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_of_two_columns_of_words_the_better_named_is_read_and_the_other_told(
    return_book: Make, framework: Framework
) -> None:
    rows = [[*row, "to be checked", "Green"] for row in GOOD_ROWS]
    names = [*("Data status" if name == "Status" else name for name in HEADINGS), "Notes", "Status"]
    reading = returns.read(return_book(rows, headings=names), framework=framework)
    assert [issue.found for issue in reading.issues] == ['columns that nothing reads: "Notes", "Status"']
    assert reading.tables["assessments"]["reason"].dropna().tolist() == ["Consultation runs until August."]
    assert reading.tables["observations"]["status"].tolist()[0] == "final"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("CSS return Q1.xlsx", "Safety, as the file's name says"),
        ("Q1 Safety.xlsx", "Safety, as the file's name says"),
        ("SCS for CSS.xlsx", None),
        ("Social Services Q1.xlsx", None),
        ("css of stylesheets.xlsx", None),
    ],
)
def test_a_file_name_may_tell_the_directorate_among_other_words(
    return_book: Make, framework: Framework, file: str, expected: str | None
) -> None:
    book = return_book()
    renamed = Workbook(file, tuple(replace(sheet, file=file) for sheet in book.sheets))
    assert [i.expected for i in returns.read(renamed, framework=framework).issues] == ([expected] if expected else [])
