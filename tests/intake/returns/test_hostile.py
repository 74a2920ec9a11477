"""Returns as a hostile directorate would lay them out: each reads to the right figures, or says at which cell not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from perfkit.intake import returns
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks import formatted

HEADINGS = ["No.", "Indicator", "Target", "Q1 Actual", "Status", "Q1 RAG", "Outlook", "Reason"]
TITLES = ["Middleshire County Council", "Social Services (SCS)", "Quarter 1 2017-18"]
ROWS: list[list[Any]] = [
    [1, "Users satisfied", "67%", "68%", "final", "G", "↑", None],
    [5, "People delayed", "14", 15, "final", "A", "→", None],
    [27, "Successful quitters", ">2315", 2400, "final", "G", "→", None],
]
RIGHT = {"satisfaction": 68.0, "delayed": 15.0, "quitters": 2400.0}
Change = Callable[[Any], object]
FIRST = 5
"""The row of indicator 1."""


@pytest.fixture
def read(tmp_path: Path, framework: dict[str, pd.DataFrame]) -> Callable[..., Reading]:
    def read(*changes: Change, rows: list[list[Any]] = ROWS) -> Reading:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in [*([title] for title in TITLES), HEADINGS, *rows]:
            sheet.append(row)
        for change in changes:
            change(sheet)
        book.save(tmp_path / "SCS.xlsx")
        return returns.read(formatted.read(tmp_path / "SCS.xlsx", file="SCS.xlsx"), framework=framework)

    return read


def put(**cells: Any) -> Change:
    def change(sheet: Any) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return change


def shown_as(cell: str, number_format: str, value: Any) -> Change:
    def change(sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    return change


def merge(place: str) -> Change:
    return lambda sheet: sheet.merge_cells(place)


def values(reading: Reading) -> dict[str, float]:
    assert not reading.stops, [str(issue) for issue in reading.issues]
    frame = reading.tables["observations"]
    return {str(k): float(v) for k, v in zip(frame["indicator"], frame["value"], strict=True)}


def stopped(reading: Reading) -> dict[str, str]:
    assert reading.tables == {}
    return {issue.where.cell: issue.found for issue in reading.issues if issue.stops}


def test_the_plain_return_reads(read: Callable[..., Reading]) -> None:
    assert values(read()) == RIGHT


@pytest.mark.parametrize(
    "change",
    [
        shown_as("D5", "0%", 0.68), shown_as("D5", "0.0%", 0.68), shown_as("D5", "[Green]0%;-0%", 0.68),
        shown_as("D5", "General", 68), shown_as("D5", '0"%"', 68), shown_as("D5", "@", "68"), put(D5=" 68 % "),
        put(D5="68\u00a0%"), put(D5="68.0%"), shown_as("D5", "0.00%", 0.68),
    ],
)  # fmt: skip
def test_a_percentage_is_right_in_every_spelling(read: Callable[..., Reading], change: Change) -> None:
    assert values(read(change)) == RIGHT


@pytest.mark.parametrize(
    "text",
    ["67% (provisional)", "approx 30", "1 in 4", "70-100", "n/a - see note", "67¹", "1,234*", "67*", "~5", "<5", "5+",
     "(5)", "½", "3/4", "1 234", "1.234,5", "1e3", "٣", "0931", "'67", "nil", "67 [c]", "67 (p)", "see note 1", "[u]",
     "#REF!", "=cmd|' /C calc'!A0", "15\u200b", "x" * 40_000],
)  # fmt: skip
def test_what_is_no_plain_figure_is_told_at_its_cell(read: Callable[..., Reading], text: str) -> None:
    assert list(stopped(read(put(D6=text)))) == ["D6"]


@pytest.mark.parametrize("value", [1, 0.68, 0.004, "1", "0.68", ".5", -0.5])
def test_a_bare_share_of_at_most_one_is_never_taken_for_a_percentage(read: Callable[..., Reading], value: Any) -> None:
    assert list(stopped(read(put(D5=value)))) == ["D5"]
    assert values(read(put(D5="1%")))["satisfaction"] == 1.0
    assert values(read(shown_as("D5", "0%", 1)))["satisfaction"] == 100.0


@pytest.mark.parametrize("number_format", ["#,##0,", '0.0,"k"', ";;;", '"n/a"', '0.0,,"m"'])
def test_a_figure_that_its_format_shrinks_or_hides_is_told(read: Callable[..., Reading], number_format: str) -> None:
    assert list(stopped(read(shown_as("D6", number_format, 15_000)))) == ["D6"]


@pytest.mark.parametrize("number_format", ["#,##0", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "[Red]0", "# ##0", "@"])
def test_a_figure_in_a_plain_format_reads(read: Callable[..., Reading], number_format: str) -> None:
    assert values(read(shown_as("D6", number_format, 15))) == RIGHT
    assert values(read(shown_as("D6", number_format, 0)))["delayed"] == 0.0


def test_a_number_of_four_hundred_digits_is_told(read: Callable[..., Reading]) -> None:
    assert list(stopped(read(put(D6="9" * 400)))) == ["D6"]


@pytest.mark.parametrize("number_format", ["d-mmm", "dd/mm/yyyy", "mmm-yy"])
def test_a_date_that_excel_made_of_3_5_is_told(read: Callable[..., Reading], number_format: str) -> None:
    for cell in ("C6", "D6"):
        found = stopped(read(shown_as(cell, number_format, datetime(2017, 5, 3))))
        assert found == {cell: "the date 3 May 2017"}


def test_a_formula_without_its_result_is_told_wherever_it_stands(read: Callable[..., Reading]) -> None:
    for cell in ("A6", "B6", "C6", "D6", "E6", "F6", "G6"):
        found = stopped(read(put(**{cell: "=Z99"})))
        assert 'the formula "=Z99" without a stored result' in found.get(cell, ""), (cell, found)


def test_zeros_stay_zeros_and_negative_zero_is_zero(read: Callable[..., Reading]) -> None:
    for zero in (0, 0.0, -0.0, "0", "-0"):
        value = values(read(put(D6=zero)))["delayed"]
        assert (value, str(value)) == (0.0, "0.0")


@pytest.mark.parametrize("marker", ["[c]", "[x]", "[z]", "[low]", "[p]", "[r]", "[note 1]", "*", "-", "–", "..", ".",
                                    "N/A", "n.a.", "Pending", "70% to 100%", "…", "TBC"])  # fmt: skip
def test_a_marker_is_kept_and_no_value(read: Callable[..., Reading], marker: str) -> None:
    reading = read(put(D5=marker))
    assert not reading.stops
    row = reading.tables["observations"].set_index("indicator").loc["satisfaction"]
    assert (row["marker"], pd.isna(row["value"])) == (marker, True)


def test_totals_notes_and_titles_within_the_table_are_no_indicators(read: Callable[..., Reading]) -> None:
    foot = [["Total", None, None, 2483], [], ["Note: all figures are provisional."], ["1. Provisional until August."],
            ["Source: own records 2017"]]  # fmt: skip
    assert values(read(rows=[["Protecting people"], *ROWS, *foot])) == RIGHT


def test_a_title_or_note_merged_across_the_table_is_no_indicator(read: Callable[..., Reading]) -> None:
    rows = [["Priority 1: protecting people"], *ROWS, ["2 figures are provisional; see the notes."]]
    assert values(read(merge("A5:H5"), merge("A9:H9"), rows=rows)) == RIGHT


def test_a_total_that_names_an_indicator_is_told(read: Callable[..., Reading]) -> None:
    assert stopped(read(rows=[*ROWS, ["Total", "All indicators", None, 2483]])) == {
        "A8": 'the indicator number "Total"'
    }


@pytest.mark.parametrize(("place", "cell"), [("D5:D6", "D6"), ("F6:F7", "F7"), ("G5:G7", "G6"), ("C6:D6", "D6")])
def test_a_figure_or_rating_merged_with_another_is_told(read: Callable[..., Reading], place: str, cell: str) -> None:
    assert f"a cell merged with {place.split(':')[0]}" in stopped(read(merge(place))).get(cell, "")


def test_a_second_table_beside_the_first_is_told(read: Callable[..., Reading]) -> None:
    beside = [[*row, None, *row] for row in [HEADINGS, *ROWS]]
    book = [cell for cell in beside[0] if cell]
    reading = read(
        lambda sheet: [sheet.cell(4 + r, c + 1, v) for r, row in enumerate(beside) for c, v in enumerate(row)]
    )
    assert len(book) == 16
    assert 'the heading "No." a second time' in stopped(reading).values()


def test_a_table_beside_it_with_other_headings_is_passed_over(read: Callable[..., Reading]) -> None:
    assert values(read(put(K4="Budget", L4="Spend", K5=999, L5=999, K6="Total", L6=1))) == RIGHT


def test_a_second_block_of_rows_may_have_its_columns_in_another_order(read: Callable[..., Reading]) -> None:
    turned = ["No.", "Indicator", "Q1 RAG", "Q1 Actual", "Outlook", "Status", "Target"]
    rows = [*ROWS[:2], [], turned, [27, "Successful quitters", "G", 2400, "→", "final", ">2315"]]
    assert values(read(rows=rows)) == RIGHT


def test_a_summary_above_the_table_with_some_of_its_headings_is_not_read_as_it(read: Callable[..., Reading]) -> None:
    def add(sheet: Any) -> None:
        sheet.insert_rows(4, 3)
        for column, (head, value) in enumerate(
            zip(["No.", "Indicator", "RAG"], [1, "Users satisfied", "R"], strict=True)
        ):
            sheet.cell(4, column + 1, head)
            sheet.cell(5, column + 1, value)

    found = stopped(read(add))
    assert found["A8"] == "indicator 1 a second time (first in A5)"
    assert "in this row" in found["A4"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"I4": "Q1 Actual", "I5": "99%"}, 'the heading "Q1 Actual" a second time'),
        ({"I4": "RAG", "I5": "R"}, 'the heading "RAG", which is read as "Q1 RAG" is'),
        ({"I4": "Latest actual"}, 'the heading "Latest actual", which is read as "Q1 Actual" is'),
    ],
)
def test_two_headings_that_say_the_same_are_told(
    read: Callable[..., Reading], cells: dict[str, Any], told: str
) -> None:
    assert stopped(read(put(**cells)))["I4"].startswith(told)


def test_headings_with_footnotes_line_breaks_and_capitals_will_do(read: Callable[..., Reading]) -> None:
    names = {
        "A4": "NO",
        "B4": "Success\nindicator",
        "C4": "TARGET*",
        "D4": "Q1\nActual",
        "F4": "Q1  R.A.G",
        "G4": "OUTLOOK ",
    }
    reading = read(put(**names))
    assert reading.stops
    assert values(read(put(**{**names, "F4": "Q1  RAG"}))) == RIGHT


def test_a_rating_told_by_colour_alone_is_asked_for(read: Callable[..., Reading]) -> None:
    reading = read(put(F5=None, F6=None, F7=None))
    assert ("F4", "no rating in any row") in [(issue.where.cell, issue.found) for issue in reading.issues]


def test_ratings_of_which_some_are_told_by_colour_alone_are_asked_for_once(read: Callable[..., Reading]) -> None:
    told = [(issue.where.cell, issue.found) for issue in read(put(F6=None, F7=None)).issues]
    assert ("F6", "no rating of indicators 5 and 27, beside a figure and a target") in told
    assert not [found for _, found in told if "any row" in found]


def test_an_indicator_said_not_to_be_rated_is_not_asked_for(read: Callable[..., Reading]) -> None:
    assert not [issue for issue in read(put(F6="Not rated")).issues if "no rating" in issue.found]


def test_a_sheet_left_with_last_quarters_title_is_told(read: Callable[..., Reading]) -> None:
    def add(sheet: Any) -> None:
        sheet.parent.create_sheet("Exceptions").append(["Quarter 4 (January to March 2017)"])

    assert stopped(read(add)) == {"A1": "a title for 2017-18 Q4"}


@pytest.mark.parametrize("cell", ["D5", "F5"])
def test_rows_that_were_sorted_apart_from_their_numbers_are_told(read: Callable[..., Reading], cell: str) -> None:
    moved = [[ROWS[(n + 1) % 3][0], *row[1:]] for n, row in enumerate(ROWS)]
    assert len(stopped(read(rows=moved))) >= 3


def test_an_impossible_percentage_is_told(read: Callable[..., Reading]) -> None:
    assert stopped(read(put(D5="680%"))) == {"D5": "680%"}
    assert stopped(read(shown_as("D5", "0%", 68))) == {"D5": "6800%"}
    assert [(i.where.cell, i.found) for i in read(put(D5="-68%")).issues if i.found == "-68%"] == [("D5", "-68%")]


def test_external_links_and_macros_change_nothing(tmp_path: Path, framework: dict[str, pd.DataFrame]) -> None:
    book = openpyxl.Workbook()
    for row in [*([title] for title in TITLES), HEADINGS, *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "SCS.xlsm")
    with zipfile.ZipFile(tmp_path / "SCS.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(100))
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    reading = returns.read(formatted.read(tmp_path / "SCS.xlsm", file="SCS.xlsm"), framework=framework)
    assert values(reading) == RIGHT


@pytest.mark.parametrize(
    "told", ["20 July 2017", "20th July 2017", "20.7.17", "Thursday 20 July 2017", "20 July 2017; Rated by: Ann Other"]
)
def test_the_date_of_a_return_is_read_however_it_is_written(read: Callable[..., Reading], told: str) -> None:
    reading = read(put(C3=f"Return date: {told}"))
    assert {str(day.date()) for day in reading.tables["assessments"]["assessed_on"]} == {"2017-07-20"}
    assert not [issue for issue in reading.issues if issue.where.cell == "C3"]


def test_the_date_of_a_return_may_lack_its_colon(read: Callable[..., Reading]) -> None:
    days = read(put(C3="Return date 20 July 2017")).tables["assessments"]["assessed_on"]
    assert {str(day.date()) for day in days} == {"2017-07-20"}


@pytest.mark.parametrize("day", ["20 July 2017", datetime(2017, 7, 20)])
def test_the_date_and_who_rated_may_stand_in_the_cells_after_their_labels(
    read: Callable[..., Reading], day: object
) -> None:
    told = read(put(C2="Return date:", D2=day, C3="Rated by:", D3="Ann Other")).tables["assessments"]
    assert {str(each.date()) for each in told["assessed_on"]} == {"2017-07-20"}
    assert set(told["assessed_by"]) == {"Ann Other"}


def test_a_heading_of_the_table_is_no_label(read: Callable[..., Reading]) -> None:
    reading = read(put(I4="Return date", J4="Notes of ours", K4="Signed off by", L4="Our reference"))
    assert not [issue for issue in reading.issues if "date" in issue.expected]
    assert reading.tables["assessments"][["assessed_on", "assessed_by"]].isna().all(axis=None)


@pytest.mark.parametrize("told", ["7/20/2017", "31 June 2017", "July 2017"])
def test_a_date_of_a_return_that_nobody_can_read_is_told(read: Callable[..., Reading], told: str) -> None:
    reading = read(put(C3=f"Return date: {told}"))
    assert [
        f'SCS.xlsx, sheet Sheet, cell C3: found "{told}", expected a date such as 21 July 2017. Type the date in full.'
    ] == [str(issue) for issue in reading.issues if issue.where.cell == "C3"]
    assert reading.tables["assessments"]["assessed_on"].isna().all()


@pytest.mark.parametrize("day", ["20 April 2017", "20 July 2016", "20 July 2027"])
def test_a_date_left_from_another_return_is_told(read: Callable[..., Reading], day: str) -> None:
    reading = read(put(C3=f"Return date: {day}"))
    assert [
        f"SCS.xlsx, sheet Sheet, cell C3: found the date {day} as that of the return for 2017-18 Q1, expected a day "
        "from 1 June 2017 to 30 June 2018. Correct the date; it may be that of an earlier return which was copied."
    ] == [str(issue) for issue in reading.issues if issue.where.cell == "C3"]
    assert not reading.stops


@pytest.mark.parametrize("day", ["1 June 2017", "30 June 2018"])
def test_a_return_may_be_dated_from_the_last_month_of_its_quarter_on(read: Callable[..., Reading], day: str) -> None:
    assert not [issue for issue in read(put(C3=f"Return date: {day}")).issues if issue.where.cell == "C3"]
