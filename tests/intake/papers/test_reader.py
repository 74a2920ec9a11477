"""The papers: each sheet known by its headings, each fault told where it stands, no value ever made a zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import pytest

from perfkit.intake import papers
from perfkit.intake.papers import twice
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook

Rows = Sequence[Sequence[object]]
YEAR = {"financial_year": ["2017-18"]}
FRAMEWORK = {
    "directorates": pd.DataFrame({"directorate": ["SCS", "CEF"], "financial_year": "2017-18",
                                  "name": ["Social and Community Services", "Children, Education and Families"]}),
    "indicators": pd.DataFrame({"indicator": ["reablement-hours"], "ref": ["7"], **YEAR}),
    "outcomes": pd.DataFrame({"outcome": ["E5"], **YEAR}),
    "leadership_priorities": pd.DataFrame({"number": [7, 8], "financial_year": "2017-18"}),
    "priorities": pd.DataFrame({"priority": ["A strong and thriving economy"], **YEAR}),
}  # fmt: skip
FINANCE = ("Directorate", "Budget line", "Budget", "Forecast")
RISKS = ("Risk id", "Risk", "Directorate", "Likelihood", "Impact")
ACTIONS = ("Recommendation", "Action", "What is to be done", "Status", "Due")
SAVINGS = ("Work stream no.", "Financial year", "Required", "Delivered", "Forecast")
NO_UNIT = "no unit of money on the sheet"
PLAN = (["Programme: Peer challenge 2024"], ["As at: October 2024"])


def sheet(name: str, titles: Rows, headings: Sequence[str], rows: Rows) -> Sheet:
    return Sheet("paper.xlsx", name, [list(row) for row in (*titles, [], headings, *rows)])


def read(*sheets: Sheet, framework: dict[str, pd.DataFrame] | None = None) -> Reading:
    book = Workbook("paper.xlsx", sheets)
    assert papers.recognises(book)
    return papers.read(book, framework=FRAMEWORK if framework is None else framework)


def finance(rows: Rows, *, headings: Sequence[str] = FINANCE, titles: Rows = (["Quarter: 2017-18 Q1"],)) -> Reading:
    return read(sheet("Money", titles, headings, rows))


def risks(*rows: Sequence[object], headings: Sequence[str] = RISKS) -> Reading:
    return read(sheet("Register", (["Quarter 1 (April to June 2017)"], ["Risks 2017-18"]), headings, rows))


def actions(*rows: Sequence[object], titles: Rows = PLAN) -> Reading:
    return read(sheet("Plan", titles, ACTIONS, rows))


def told(reading: Reading) -> list[tuple[str, str, str]]:
    """Give the issues, without the warning that the small sheets here tell no unit of money, which has its own test."""
    issues = [issue for issue in reading.issues if not issue.found.endswith(NO_UNIT)]
    return [(issue.where.cell, issue.found, issue.expected) for issue in issues]


def test_finance_is_read_whatever_the_order_of_its_headings() -> None:
    reading = finance(
        [["Care homes", 110.0, 100.0, "SCS"]], headings=("Line", "Full year forecast", "Annual budget", "Directorate")
    )
    assert told(reading) == []
    (row,) = reading.tables["finance"].to_dict("records")
    assert (row["period"], row["directorate"], row["budget"], row["forecast"]) == ("2017-18 Q1", "SCS", 100.0, 110.0)
    assert (row["file"], row["sheet"], row["cell"]) == ("paper.xlsx", "Money", "C4")


@pytest.mark.parametrize(
    ("heading", "title", "cell", "pounds"),
    [
        ("Budget", "", 1400000, 1400000.0),
        ("Budget", "", "£1.4m", 1400000.0),
        ("Budget", "", "1,400,000", 1400000.0),
        ("Budget £000", "", 1400, 1400000.0),
        ("Budget (£k)", "", "1,400", 1400000.0),
        ("Budget in £m", "", 1.4, 1400000.0),
        ("Budget", "All figures in £000", 1400, 1400000.0),
        ("Budget £000", "", "£1.4m", 1400000.0),
        ("Budget £'000s", "", "(200)", -200000.0),
    ],
)
def test_money_is_pounds_whatever_its_unit(heading: str, title: str, cell: object, pounds: float) -> None:
    titles = (["Quarter: 2017-18 Q1"], [title])
    reading = finance([["SCS", "Care homes", cell, None]], headings=(*FINANCE[:2], heading, "Forecast"), titles=titles)
    assert told(reading) == []
    assert reading.tables["finance"]["budget"].tolist() == [pounds]


def test_a_unit_in_a_row_of_its_own_below_the_headings_counts() -> None:
    reading = finance([[None, None, "£000", "£000"], ["SCS", "Care homes", 1400, 1500]])
    assert told(reading) == []
    assert reading.tables["finance"][["budget", "forecast"]].to_numpy().tolist() == [[1400000.0, 1500000.0]]


def test_two_units_for_one_column_and_a_pound_sign_under_thousands_are_told() -> None:
    headings = (*FINANCE[:2], "Budget £m", "Forecast")
    titles = (["Quarter: 2017-18 Q1"], ["All figures in £000"])
    assert told(finance([["SCS", "Care homes", 1.4, 5]], headings=headings, titles=titles)) == [
        ("C4", 'the heading "Budget £m"', "the unit that A2 tells")
    ]
    reading = finance([["SCS", "Care homes", "£1,400", None]], headings=(*FINANCE[:2], "Budget £000", "Forecast"))
    assert told(reading) == [("C4", '"£1,400"', "an amount in units of £1,000, as its heading says")]


@pytest.mark.parametrize("title", ["Revenue budget 2017-18 (£000)", "£'000", "Figures in £k", "Amounts are in: £000s"])
def test_a_unit_at_the_end_of_a_title_counts(title: str) -> None:
    reading = finance([["SCS", "Care homes", 1400, 1500]], titles=(["Quarter: 2017-18 Q1"], [title]))
    assert told(reading) == []
    assert reading.tables["finance"][["budget", "forecast"]].to_numpy().tolist() == [[1400000.0, 1500000.0]]


@pytest.mark.parametrize("title", ["Figures in £bn", "All figures in £000 unless stated", "Revenue budget (£bn)"])
def test_a_unit_that_is_not_known_is_never_taken_for_pounds(title: str) -> None:
    reading = finance([["SCS", "Care homes", 1400, 1500]], titles=(["Quarter: 2017-18 Q1"], [title]))
    assert told(reading) == [("A2", "a unit of money that is not known", "a unit of £, £000 or £m")]
    assert reading.tables == {}


def test_figures_in_brackets_are_no_unit() -> None:
    titles = (["Quarter: 2017-18 Q1"], ["Figures in brackets are underspends"])
    assert told(finance([["SCS", "Care homes", 1400, 1500]], titles=titles)) == []


def test_a_column_without_a_unit_beside_one_in_thousands_is_asked() -> None:
    reading = finance([["SCS", "Care homes", 1400, 1500]], headings=(*FINANCE[:2], "Budget £000", "Forecast"))
    assert told(reading) == [("D3", 'the heading "Forecast" without a unit', 'a unit, as "Budget £000" has')]
    assert reading.tables == {}


def test_an_amount_shown_as_a_percentage_or_in_thousands_is_told() -> None:
    for number_format, found in (("0%", "86%"), ("#,##0,", "86,400,000 in a cell that shows it in thousands")):
        value = 0.86 if "%" in number_format else 86_400_000
        rows = [["Quarter: 2017-18 Q1"], [], list(FINANCE), ["SCS", "Care homes", value, None]]
        reading = read(Sheet("paper.xlsx", "Money", rows, formats={(3, 2): number_format}))
        assert [(cell, what) for cell, what, _ in told(reading)][:1] == [("C4", found)]
        assert reading.tables == {}


@pytest.mark.parametrize("written", [100, -100, "(100)"])
def test_a_variance_either_way_round_agrees(written: object) -> None:
    headings = (*FINANCE[:2], "Budget £000", "Forecast £000", "Variance £000")
    assert told(finance([["SCS", "Care homes", 1400, 1500, written]], headings=headings)) == []


def test_a_variance_that_contradicts_its_amounts_is_a_warning_and_is_not_kept() -> None:
    headings = (*FINANCE[:2], "Budget £000", "Forecast £000", "Variance £000", "Variance %")
    reading = finance([["SCS", "Care homes", 1400, 1500, 900, 7.1]], headings=headings)
    assert told(reading) == [("E4", "a variance of £900,000", "£100,000, the forecast less the budget")]
    assert reading.tables["finance"]["forecast"].tolist() == [1500000.0]


def test_a_missing_forecast_is_missing_and_its_marker_kept() -> None:
    reading = finance([["SCS", "Care homes", 100, None], ["SCS", "Home care", 100, "[x]"], ["SCS", "Teams", 0, 0]])
    frame = reading.tables["finance"]
    assert frame["forecast"].isna().tolist() == [True, True, False]
    assert frame["markers"].fillna("").tolist() == ["", "forecast [x]", ""]
    assert frame["budget"].tolist() == [100.0, 100.0, 0.0]


def test_a_budget_that_is_missing_or_marked_is_told_at_its_cell() -> None:
    reading = finance([["SCS", "Care homes", None, 5], ["SCS", "Home care", "[x]", 5]])
    assert reading.tables == {}
    assert told(reading) == [
        ("C4", "nothing", "Budget: of the whole year"),
        ("C5", '"[x]"', "Budget: of the whole year"),
    ]


def test_totals_are_checked_and_never_added_up_twice() -> None:
    good = [["SCS", "Care homes", 100, 110], ["SCS", "Home care", 50, None], ["SCS", "Total SCS", 150, 110],
            ["CEF", "Placements", 70, 80], [None, "Grand total", 220, 190]]  # fmt: skip
    reading = finance(good)
    assert told(reading) == []
    assert reading.tables["finance"]["line"].tolist() == ["Care homes", "Home care", "Placements"]
    bad = [*good[:2], ["SCS", "Sub-total", 160, 110], good[3], ["Total", None, 220, 200]]
    assert told(finance(bad)) == [
        ("C6", "a total of £160", "£150, the sum of its rows"),
        ("D8", "a total of £200", "£190, the sum of its rows"),
    ]


def test_a_total_that_adds_nothing_up_is_told_rather_than_left_out() -> None:
    reading = finance([["SCS", "Care homes", 100, None], ["CEF", "Total Place programme", 70, 80]])
    assert told(reading) == [
        ("C5", "a total of £70", "£100, the sum of its rows"),
        ("D5", "a total of £80", "rows with amounts that it adds up"),
    ]


def test_a_total_in_thousands_may_differ_by_rounding() -> None:
    headings = (*FINANCE[:2], "Budget £000", "Forecast £000")
    rows = [["SCS", "Care homes", 100, 110], ["SCS", "Home care", 50, 60]]
    assert told(finance([*rows, [None, "Total", 151, 170]], headings=headings)) == []
    assert told(finance([*rows, [None, "Total", 155, 170]], headings=headings)) == [
        ("C6", "a total of £155,000", "£150,000, the sum of its rows")
    ]


def test_the_directorate_may_be_told_once_and_by_its_name() -> None:
    titles = (["Quarter: 2017-18 Q1"], ["Directorate: Social and Community Services"])
    reading = finance([["Care homes", 100, 110]], headings=FINANCE[1:], titles=titles)
    assert told(reading) == []
    assert reading.tables["finance"]["directorate"].tolist() == ["SCS"]
    assert told(finance([["Care homes", 100, 110]], headings=FINANCE[1:])) == [
        ("A4", "no directorate", "its code or name in each row or in a title")
    ]


def test_an_unknown_directorate_is_told_and_without_a_framework_taken_as_written() -> None:
    reading = finance([["XYZ", "Care homes", 100, 110]])
    assert told(reading) == [("A4", 'the directorate "XYZ"', "one of the framework: SCS, CEF")]
    alone = read(sheet("F", (["Quarter: 2017-18 Q1"],), FINANCE, [["XYZ", "Care homes", 100, 110]]), framework={})
    assert alone.tables["finance"]["directorate"].tolist() == ["XYZ"]


def test_a_paper_without_its_quarter_or_month_says_what_to_write() -> None:
    assert told(finance([["SCS", "Care homes", 1, 1]], titles=(["Finance"],))) == [
        ("", "no quarter", 'a title such as "Quarter: 2017-18 Q1"')
    ]
    reading = actions(["1", "1.1", "Website", "Complete", None], titles=(["Action plan"],))
    assert [i.found for i in reading.issues] == ["no as at", "no programme"]
    wrong = actions(["1", "1.1", "Website", "Complete", None], titles=(PLAN[0], ["As at: autumn"]))
    assert told(wrong) == [("A2", '"As at: autumn"', "a month such as October 2024")]


def test_a_title_that_the_folder_contradicts_is_told() -> None:
    one = sheet("F", (["Quarter: 2017-18 Q2"],), FINANCE, [["SCS", "Care homes", 1, 1]])
    moved = Sheet("2017-18/Q1/finance.xlsx", "F", one.rows)
    reading = papers.read(Workbook(moved.file, (moved,)), framework=FRAMEWORK)
    assert told(reading) == [("A1", "a title for 2017-18 Q2", "2017-18 Q1, as the folder says")]


def test_rows_marked_illustrative_above_or_beside_are_illustrative() -> None:
    titles = (["Quarter: 2017-18 Q1"], ["Status of figures: illustrative"])
    assert finance([["SCS", "Care homes", 1, 1]], titles=titles).tables["finance"]["status"].tolist() == [
        "illustrative"
    ]
    beside = finance([["SCS", "Care homes", 1, 1, "Published"]], headings=(*FINANCE, "Source"), titles=titles)
    assert beside.tables["finance"]["status"].tolist() == ["final"]


def test_risks_name_their_scores_priorities_and_indicators() -> None:
    headings = (*RISKS, "Leadership priorities", "Indicators")
    reading = risks(["R1", "No carers", "SCS", 5, "4", "7, 8 and 7", 7], headings=headings)
    assert told(reading) == []
    (row,) = reading.tables["risks"].to_dict("records")
    assert (row["period"], row["likelihood"], row["impact"]) == ("2017-18 Q1", 5, 4)
    assert (row["priorities"], row["indicators"]) == ("7 8", "reablement-hours")


def test_scores_outside_one_to_five_and_unknown_numbers_are_told_together() -> None:
    headings = (*RISKS, "Leadership priorities", "Indicators")
    reading = risks(["R1", "No carers", "SCS", 6, 0, 7, None], ["R2", "No beds", "SCS", 5, 4, "7, 13", "no-such"],
                    headings=headings)  # fmt: skip
    assert told(reading) == [
        ("D5", "6", "a number from 1 to 5"),
        ("E5", "0", "a number from 1 to 5"),
        ("F6", 'the leadership priority "13"', "one of the framework"),
        ("G6", 'the indicator "no-such"', "one of the framework"),
    ]


def test_a_risk_stands_once() -> None:
    reading = risks(["R1", "No carers", "SCS", 5, 4], ["R1", "No beds", "SCS", 3, 3])
    assert told(reading) == [
        ("A6", "risks for 2017-18 Q1, R1 a second time (first at paper.xlsx, sheet Register, cell A5)", "it once")
    ]


def test_a_risk_of_the_whole_council_has_no_directorate() -> None:
    frame = risks(["R1", "An attack", "Whole council", 2, 5], ["R2", "No money", None, 3, 5]).tables["risks"]
    assert frame["directorate"].isna().all()


def test_a_list_that_excel_made_a_date_is_told() -> None:
    reading = risks(
        ["R1", "No carers", "SCS", 5, 4, dt.datetime(2024, 7, 8)], headings=(*RISKS, "Leadership priorities")
    )
    assert told(reading)[0][:2] == ("F5", "the date 8 July 2024")


@pytest.mark.parametrize(
    ("word", "status"),
    [("Completed", "complete"), ("Done", "complete"), ("In progress", "ongoing"), ("On track", "ongoing"),
     ("Not begun", "not started"), ("COMPLETE", "complete"), ("cancelled", "withdrawn")],
)  # fmt: skip
def test_a_status_is_known_by_what_people_write(word: str, status: str) -> None:
    assert actions(["1", "1.1", "Website", word, "Dec 2024"]).tables["actions"]["status"].tolist() == [status]


@pytest.mark.parametrize(
    "due",
    ["Dec 2024", "2024-12", "31/12/2024", "31 December 2024", "by end of December 2024", "12/2024", "2024-25 Q3",
     dt.datetime(2024, 12, 1), dt.date(2024, 12, 31)],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(due: object) -> None:
    reading = actions(["1", "1.1", "Website", "Ongoing", due])
    assert told(reading) == []
    (row,) = reading.tables["actions"].to_dict("records")
    assert (row["due"], row["as_at"], row["programme"]) == ("December 2024", "October 2024", "Peer challenge 2024")


def test_the_month_above_the_table_may_be_a_date_in_a_cell_of_its_own() -> None:
    titles = (["Programme", "Peer challenge 2024"], ["As at:", dt.datetime(2024, 10, 31)])
    reading = actions(["1", "1.1", "Website", "Complete", None], titles=titles)
    assert reading.tables["actions"][["programme", "as_at"]].to_numpy().tolist() == [
        ["Peer challenge 2024", "October 2024"]
    ]


@pytest.mark.parametrize(
    "title",
    [("Programme: Peer challenge 2024", None, "As at: October 2024"),
     ("Programme:", "Peer challenge 2024", "As at:", dt.datetime(2024, 10, 31)),
     ("Programme:", "Peer challenge 2024", None, "As at: October 2024")],
)  # fmt: skip
def test_particulars_may_stand_side_by_side_above_the_table(title: tuple[object, ...]) -> None:
    reading = actions(["1", "1.1", "Website", "Complete", None], titles=(["Action plan"], [*title]))
    assert told(reading) == []
    assert reading.tables["actions"][["programme", "as_at"]].to_numpy().tolist() == [
        ["Peer challenge 2024", "October 2024"]
    ]


def test_words_above_the_table_that_only_resemble_a_title_are_passed_over() -> None:
    titles = ([*PLAN[0]], ["Figures as at the time of writing"], *PLAN[1:])
    reading = actions(["1", "1.1", "Website", "Complete", None], titles=titles)
    assert reading.tables["actions"]["as_at"].tolist() == ["October 2024"]
    titles = (["Directorate performance and money"], ["Quarter: 2017-18 Q1"])
    assert told(finance([["SCS", "Care homes", 1, 1]], titles=titles)) == []


def test_an_ongoing_action_without_a_month_is_a_warning_and_a_complete_one_is_fine() -> None:
    reading = actions(["1", "1.1", "Website", "Ongoing", None], ["1", "1.2", "Group", "Ongoing", "TBC"],
                      ["1", "1.3", "Fund", "Complete", "March 2030"])  # fmt: skip
    assert not reading.stops
    assert [(i.where.cell, i.severity.value) for i in reading.issues] == [("E5", "warning"), ("E6", "warning")]
    assert reading.issues[0].found == "an action that is ongoing without a month by which it is due"
    assert reading.tables["actions"]["markers"].fillna("").tolist() == ["", "due TBC", ""]


def test_unknown_words_months_and_recommendations_are_told_together() -> None:
    known = sheet("R", PLAN[:1], ("No.", "Recommendation"), [[1, "Shared outcomes"]])
    plan = sheet(
        "Plan", PLAN, ACTIONS, [["1", "1.1", "Website", "Perhaps", "soon"], ["2", "2.1", "Group", "Done", None]]
    )
    reading = read(known, plan)
    assert told(reading) == [
        ("A6", 'the recommendation "2"', "a number of the sheet Recommendations"),
        ("D5", '"Perhaps"', "complete, ongoing, not started or withdrawn"),
        ("E5", '"soon"', "a month such as December 2024"),
    ]


def test_the_last_nought_of_an_action_s_number_is_kept_where_its_format_shows_it() -> None:
    one = sheet("Plan", PLAN, ACTIONS, [[1, 1.1, "Website", "Done", None], [1, 1.1, "Group", "Done", None]])
    shown = Sheet(one.file, one.name, one.rows, formats={(5, 1): "0.00"})
    assert read(shown).tables["actions"]["action"].tolist() == ["1.1", "1.10"]
    assert read(one).issues[0].found.startswith("actions for Peer challenge 2024, 1.1, October 2024 a second time")


def test_an_action_under_another_recommendation_than_its_number_says_is_a_warning() -> None:
    reading = actions(["2", "1.1", "Website", "Done", None])
    assert not reading.stops
    assert told(reading) == [("B5", "the action 1.1 under recommendation 2", "an action of recommendation 1")]


def savings(*rows: Sequence[object], promise: object = 300) -> Reading:
    titles = (["Programme: Strategy 2011"], ["As at: March 2014"])
    promises = [["savings required", promise, None, "pounds"], ["directorate review", None, "monthly", None]]
    promised = sheet("P", titles, ("Measure", "Value", "In words", "Unit"), promises)
    streams = sheet("W", titles, ("No.", "Work stream", "Aim"), [[1, "ICT", None], [2, "Assets", None]])
    return read(promised, streams, sheet("S", titles, SAVINGS, rows))


def test_savings_by_stream_and_year_add_up_to_the_promise() -> None:
    reading = savings([1, "2013-14", 100, 90, None], [2, "2014-15", 200, None, 180], ["Total", None, 300, 90, 180])
    assert told(reading) == []
    frame = reading.tables["savings"]
    assert frame[["number", "financial_year", "as_at"]].to_numpy().tolist() == [
        [1, "2013-14", "March 2014"], [2, "2014-15", "March 2014"],
    ]  # fmt: skip
    assert frame["delivered"].isna().tolist() == [False, True]
    assert reading.tables["programmes"]["words"].fillna("").tolist() == ["", "monthly"]


def test_savings_that_miss_the_promise_are_a_warning() -> None:
    reading = savings([1, "2013-14", 100, 90, None])
    assert not reading.stops
    assert told(reading) == [("B5", "a promise of £300", "£100, what the sheet Savings requires")]


def test_an_unknown_stream_and_savings_before_their_year_are_told() -> None:
    reading = savings([3, "2014-15", 300, 20, None])
    assert told(reading) == [
        ("A5", "the work stream 3", "a number of the sheet Work streams"),
        ("D5", "savings delivered in 2014-15", "none reported yet: the year begins after March 2014"),
    ]


def mapped(*rows: Sequence[object]) -> Reading:
    headings = ("Kind", "Id", "Title", "Leadership priorities")
    return read(sheet("M", (["Financial year: 2017-18"],), headings, rows))


def test_each_priority_of_a_mapping_makes_a_row_and_an_unmapped_one_none() -> None:
    reading = mapped(["Indicator", 7, "Hours", "7; 8"], ["Outcome", "E5", "Services", None])
    assert told(reading) == []
    assert reading.tables["mapping"][["subject_kind", "subject", "number"]].to_numpy().tolist() == [
        ["indicator", "reablement-hours", 7], ["indicator", "reablement-hours", 8],
    ]  # fmt: skip


def test_a_mapping_of_what_the_framework_lacks_is_told() -> None:
    assert told(mapped(["Indicator", "none-such", "Hours", "7"], ["Outcome", "E5", "Services", "99"])) == [
        ("B4", 'the indicator "none-such"', "an indicator of the framework"),
        ("D5", 'the leadership priority "99"', "the number of one of the framework"),
    ]


def test_the_golden_thread_serves_what_stands_on_the_sheet() -> None:
    headings = ("Level", "Order", "Serves", "Title", "Corporate priority")
    rows = [["vision", 1, None, "A thriving county", None],
            ["theme", 1, "vision 1", "Economy", "a strong and thriving economy"],
            ["theme", 2, "vision 2", "People", "Nobody's priority"]]  # fmt: skip
    reading = read(sheet("T", (["Financial year: 2017-18"],), headings, rows))
    assert told(reading) == [
        ("C6", '"vision 2", which the sheet does not hold', "level and order of another row, such as vision 1"),
        ("E6", 'the priority "Nobody\'s priority"', "a corporate priority of the framework"),
    ]


def test_commitments_know_their_roles_by_a_cross() -> None:
    headings = ("No.", "Commitment", "Deliver", "Partner", "Influence")
    rows = [[1, "Digital first", "x", None, None], [2, "A balanced budget", "Yes", "✓", "no"],
            [3, "Nothing yet", None, None, None], [4, "Perhaps", "maybe", None, None]]  # fmt: skip
    reading = read(sheet("C", (["Strategy 2024-25"],), headings, rows))
    assert told(reading) == [
        ("C6", "a commitment without a role", "x under deliver, partner or influence"),
        ("C7", '"maybe"', "x, or nothing"),
    ]
    reading = read(sheet("C", (["Strategy 2024-25"],), headings, rows[:2]))
    assert reading.tables["commitments"][["deliver", "partner", "influence"]].to_numpy().tolist() == [
        [True, False, False], [True, True, False],
    ]  # fmt: skip


def test_a_measure_may_wait_for_its_name_and_keep_a_marker_for_its_value() -> None:
    rows = [[1, None, None, "not named yet"], [2, "Homes built", "[x]", None], [3, "Homes let", 0, None]]
    reading = read(sheet("A", (["2024-25"],), ("No.", "Key measure", "Value", "Note"), rows))
    assert told(reading) == []
    frame = reading.tables["measures"]
    assert frame["value"].isna().tolist() == [True, True, False]
    assert frame["marker"].fillna("").tolist() == ["", "[x]", ""]
    assert frame["title"].fillna("").tolist() == ["", "Homes built", "Homes let"]


def test_a_timetable_knows_when_its_steps_begin_and_end() -> None:
    rows = [[1, "2017-09 to 2017-10", "Choose"], [2, "2017-18 Q3", "Show"], [3, "21 July 2017", "Return"]]
    reading = read(sheet("T", (["2017-18"],), ("No.", "When", "Step"), rows))
    assert told(reading) == []
    days = reading.tables["timetable"][["starts", "ends"]].map(lambda day: day.strftime("%Y-%m-%d"))
    assert days.to_numpy().tolist() == [
        ["2017-09-01", "2017-10-31"], ["2017-10-01", "2017-12-31"], ["2017-07-21", "2017-07-21"],
    ]  # fmt: skip
    reading = read(sheet("T", (["2017-18"],), ("No.", "When", "Step"), [[1, "in due course", "Choose"]]))
    assert told(reading) == [("B4", '"in due course"', "a month, a quarter, a day, or two months with to between them")]


def test_a_sheet_that_lost_a_heading_says_which() -> None:
    one = sheet("Risks", (["Quarter: 2017-18 Q1"],), ("Risk id", "Risk", "Likelihood"), [["R1", "No carers", 5]])
    reading = read(one)
    assert told(reading) == [("A3", "no heading Impact in this row", "Risk id, Risk, Likelihood, Impact")]


def test_a_unit_that_is_not_known_is_told_at_its_heading() -> None:
    headings = (*FINANCE[:2], "Budget £bn", "Forecast")
    reading = read(sheet("Finance", (["Quarter: 2017-18 Q1"],), headings, [["SCS", "Care homes", 1, 1]]))
    assert told(reading) == [("C3", 'the heading "Budget £bn"', "a unit of £, £000 or £m")]


def test_a_row_that_lost_its_id_is_told_and_a_note_below_is_not_a_row() -> None:
    reading = risks([None, "No carers", "SCS", 5, 4], [], ["Note: scores as agreed in May."])
    assert told(reading) == [("A5", 'nothing beside "No carers"', 'what "Risk id" asks for')]


def test_other_workbooks_are_not_taken_for_papers() -> None:
    release = Sheet("release.csv", "", [["Area", "Measure", "Value"], ["Dorset", "Visits", 5]])
    assert not papers.recognises(Workbook("release.csv", (release,)))
    front = Sheet("a.xlsx", "Read me", [["Risks and finance"], ["As at: October 2024"]])
    assert not papers.recognises(Workbook("a.xlsx", (front,)))


def test_one_quarter_s_risks_in_two_files_are_told_and_a_programme_s_recommendations_are_not() -> None:
    one, other = (Sheet(name, "Risks", [["Quarter: 2017-18 Q1"], [*RISKS], [id, "No carers", "SCS", 5, 4]])
                  for name, id in (("scs.xlsx", "R1"), ("cef.xlsx", "R2")))  # fmt: skip
    readings = [papers.read(Workbook(s.file, (s,)), framework=FRAMEWORK) for s in (one, other)]
    (issue,) = twice.sent_twice(readings)
    assert str(issue) == (
        "cef.xlsx, sheet Risks: found risks for 2017-18 Q1 that scs.xlsx holds as well, expected them in one workbook. "
        "Put them together, or send one of the two."
    )
    known = (Sheet(name, "R", [*PLAN[:1], ["No.", "Recommendation"], [1, "Shared outcomes"]]) for name in "ab")
    assert twice.sent_twice([papers.read(Workbook(s.file, (s,)), framework={}) for s in known]) == []


def test_what_is_given_is_not_changed() -> None:
    rows = [["SCS", "Care homes", 100, 110], [None, "Total", 100, 110]]
    one = sheet("Money", (["Quarter: 2017-18 Q1"],), FINANCE, rows)
    before = [list(row) for row in one.rows]
    read(one)
    assert one.rows == before


@pytest.mark.parametrize("typed", [True, False])
def test_a_number_whose_last_nought_excel_dropped_is_told_by_its_place(typed: bool) -> None:
    rows = [[1, number if typed else str(number), "Website", "Done", None] for number in (1.8, 1.9, 1.1, 1.11)]
    plan = sheet("Plan" if typed else "", PLAN, ACTIONS, rows)
    reading = read(plan)
    assert told(reading) == [("B7", "the action 1.1 after 1.9", "1.10, or the actions in their order")]
    assert reading.stops is typed


def test_an_action_s_number_that_excel_made_a_date_is_told() -> None:
    reading = actions(["1", dt.datetime(2024, 10, 1), "Website", "Done", None])
    (issue,) = reading.issues
    assert (issue.where.cell, issue.found) == ("B5", "the date 1 October 2024")
    assert issue.action.startswith("Type it as text, in a cell formatted as Text")


def test_a_recommendation_merged_over_its_actions_holds_for_each() -> None:
    rows = [["Rec 1: Homes", "1.1", "Website", "Done", None], ["Rec 1: Homes", "1.2", "Group", "Done", None]]
    one = sheet("Plan", PLAN, ACTIONS, rows)
    reading = read(Sheet(one.file, one.name, one.rows, merged={(5, 0): (4, 0)}))
    assert told(reading) == []
    assert reading.tables["actions"]["recommendation"].tolist() == ["1", "1"]


def test_a_date_that_does_not_show_its_year_is_a_warning() -> None:
    one = sheet("Plan", PLAN, ACTIONS, [["1", "1.1", "Website", "Ongoing", dt.datetime(2026, 10, 24)]])
    reading = read(Sheet(one.file, one.name, one.rows, formats={(4, 4): "d-mmm"}))
    assert told(reading) == [
        ("E5", "the date 24 October 2026 in a cell that does not show its year", "a month such as December 2024")
    ]
    assert reading.tables["actions"]["due"].tolist() == ["October 2026"]


@pytest.mark.parametrize(
    "title", ["As at 31/10/24", "AS AT 31.10.2024", "Position at end of October 2024", "As of Oct-24"]
)
def test_the_month_of_a_report_is_told_in_many_ways(title: str) -> None:
    reading = actions(["1", "1.1", "Website", "Done", None], titles=(["Programme – Peer challenge 2024"], [title]))
    assert told(reading) == []
    assert reading.tables["actions"][["programme", "as_at"]].to_numpy().tolist() == [
        ["Peer challenge 2024", "October 2024"]
    ]


@pytest.mark.parametrize("title", ["Q1 17/18", "Quarter 1 2017–18", "17/18 Q1", "Quarter:\u00a0Q1 2017/18"])
def test_the_quarter_of_a_report_is_told_in_many_ways(title: str) -> None:
    reading = read(sheet("Register", ([title],), RISKS, [["R1", "No carers", "SCS", 5, 4]]))
    assert told(reading) == []
    assert reading.tables["risks"]["period"].tolist() == ["2017-18 Q1"]


def test_priorities_may_be_written_with_any_sign_between_and_words_before() -> None:
    headings = (*RISKS, "Leadership priorities")
    for written in ("7/8", "7 + 8", "LP7, LP8", "Priority 7 and 8", "7; 8"):
        reading = risks(["R1", "No carers", "SCS", 5, 4, written], headings=headings)
        assert told(reading) == []
        assert reading.tables["risks"]["priorities"].tolist() == ["7 8"]
    for written in ("7-8", 7.8, "all"):
        (issue,) = risks(["R1", "No carers", "SCS", 5, 4, written], headings=headings).issues
        assert (issue.where.cell, issue.action) == ("F5", "Type each number, with a comma between them.")


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [("w/c 2 October 2017", "2017-10-02", "2017-10-08"), ("2nd-6th October 2017", "2017-10-02", "2017-10-06"),
     ("Oct/Nov 2017", "2017-10-01", "2017-11-30"), ("October–November 2017", "2017-10-01", "2017-11-30"),
     ("Dec to Jan 2018", "2017-12-01", "2018-01-31"), ("31.10.17", "2017-10-31", "2017-10-31"),
     ("Q3 17/18", "2017-10-01", "2017-12-31"), ("mid October 2017", "2017-10-01", "2017-10-31"),
     (dt.datetime(2017, 10, 31), "2017-10-31", "2017-10-31")],
)  # fmt: skip
def test_a_step_s_days_are_read_however_they_are_written(when: object, first: str, last: str) -> None:
    reading = read(sheet("T", (["2017-18"],), ("No.", "When", "Step"), [["Step 1", when, "Choose"]]))
    assert told(reading) == []
    (row,) = reading.tables["timetable"].to_dict("records")
    assert (str(row["starts"].date()), str(row["ends"].date()), row["number"]) == (first, last, 1)


@pytest.mark.parametrize("when", ["TBC", "monthly", "Autumn 2017", "45596", "October 2017 onwards", "2017"])
def test_a_step_without_plain_days_is_asked(when: str) -> None:
    reading = read(sheet("T", (["2017-18"],), ("No.", "When", "Step"), [[1, when, "Choose"]]))
    assert told(reading) == [("B4", f'"{when}"', "a month, a quarter, a day, or two months with to between them")]


def test_a_promise_may_be_typed_as_money_is() -> None:
    assert told(savings([1, "13/14", "£200", None, None], [2, "FY14/15", "0.1k", None, None], promise="£0.3k")) == []


def test_a_sheet_by_another_name_that_lacks_one_heading_of_many_says_which() -> None:
    headings = ("Ref", "Risk description", "Likelihood", "How bad")
    reading = read(sheet("Sheet1", (["Quarter: 2017-18 Q1"],), headings, [["R1", "No carers", 5, 4]]))
    assert told(reading) == [("A3", "no heading Impact in this row", "Risk id, Risk, Likelihood, Impact")]


def test_a_target_is_the_text_that_its_cell_shows_and_a_unit_has_one_name() -> None:
    headings = ("No.", "Key measure", "Value", "Unit", "Target", "Note")
    one = sheet("A", (["2024-25"],), headings, [[1, "Homes let", 0.66, "%", 0.675, None]])
    reading = read(Sheet(one.file, one.name, one.rows, formats={(3, 2): "0%", (3, 4): "0.0%"}))
    assert told(reading) == []
    (row,) = reading.tables["measures"].to_dict("records")
    assert (row["value"], row["unit"], row["target"]) == (66.0, "percent", "67.5%")


def test_a_status_of_the_figures_that_is_not_known_is_a_warning() -> None:
    titles = (["Quarter: 2017-18 Q1"], ["Status of figures: early draft"])
    reading = finance([["SCS", "Care homes", 1, 1]], titles=titles)
    assert told(reading) == [("A2", '"Status of figures: early draft"', "provisional, revised, final or illustrative")]
    assert not reading.stops


def test_savings_without_month_and_programme_say_what_to_write() -> None:
    reading = read(sheet("S", ([],), SAVINGS, [[1, "2013-14", 100, 90, None]]))
    assert told(reading) == [
        ("", "no as at", 'a title such as "As at: October 2024"'),
        ("", "no programme", 'a title such as "Programme: peer challenge 2024"'),
    ]


def test_an_action_plan_without_a_status_is_not_taken_for_a_list_of_recommendations() -> None:
    rows: list[list[object]] = [
        ["Programme: Peer challenge 2024"], ["As at: October 2024"],
        ["Recommendation", "Ref", "What will we do?", "Who", "By when", "Progress"],
        [1, "1.1", "Website", "A. Smith", "Dec 2024", "Begun"],
    ]  # fmt: skip
    workbook = Workbook("plan.xlsx", (Sheet("plan.xlsx", "Plan", rows),))
    assert papers.recognises(workbook)
    reading = papers.read(workbook, framework={})
    assert [str(issue) for issue in reading.issues] == [
        "plan.xlsx, sheet Plan, cell A3: found no heading Status in this row, expected Recommendation, Action, What is "
        "to be done, Status. Put the heading back over its column."
    ]
