"""A delivery is held against what was known: what a person would stumble over is told, and nothing else."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.intake import sanity
from perfkit.intake.folder import Delivery
from perfkit.intake.reading import Reading
from perfkit.intake.sanity import figures as sanity_figures
from perfkit.intake.sanity import repeats
from perfkit.intake.sanity import words as sanity_words
from perfkit.model.errors import Issue, Severity

PLACE = {"file": "SCS.xlsx", "sheet": "Dashboard"}
INDICATORS = pd.DataFrame(
    {
        "indicator": ["visits", "deaths", "survey"],
        "ref": ["46", "9", "1"],
        "title": ["Safe and well visits", "Deaths", "Survey"],
        "frequency": ["quarter", "quarter", "year"],
        "polarity": ["higher", "lower", "higher"],
        "rule": ["relative", "points", "points"],
    }
)
QUARTERS = ("2016-17 Q1", "2016-17 Q2", "2016-17 Q3", "2016-17 Q4")


def figures(indicator: str, values: dict[str, float | None], *, file: str = "history.xlsx") -> pd.DataFrame:
    rows = [
        {"indicator": indicator, "period": period, "report_period": period, "area": "Oxfordshire County Council",
         "part": 1, "value": value, "file": file, "sheet": "Dashboard", "cell": f"G{number}"}
        for number, (period, value) in enumerate(values.items(), 8)
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"value": "float64"})


def told(issues: list[Issue]) -> list[str]:
    assert all(issue.severity is Severity.WARNING for issue in issues)
    return [str(issue) for issue in issues]


PAST = figures("visits", dict(zip(QUARTERS, (1180.0, 1210.0, 1190.0, 1200.0), strict=True)))


@pytest.mark.parametrize(
    ("value", "words"),
    [(119_500.0, "119,500 for indicator 46 (Safe and well visits), 100 times its usual size"),
     (12.0, "12 for indicator 46 (Safe and well visits), a 100th of its usual size")],
)  # fmt: skip
def test_a_figure_a_hundred_times_its_history_or_a_hundredth_is_told_at_its_cell(value: float, words: str) -> None:
    returned = figures("visits", {"2017-18 Q1": value}, file="CSS.xlsx")
    [said] = told(sanity_figures.sizes(returned, PAST, indicators=INDICATORS))
    assert said.startswith(f"CSS.xlsx, sheet Dashboard, cell G8: found {words}")
    assert "expected a figure like its last 4, from 1,180 to 1,210" in said


@pytest.mark.parametrize("value", [0.0, None, 400.0, 5_000.0])
def test_zero_nothing_and_a_strong_change_are_not_told(value: float | None) -> None:
    returned = figures("visits", {"2017-18 Q1": value})
    assert sanity_figures.sizes(returned, PAST, indicators=INDICATORS) == []


def test_one_figure_is_no_history_and_later_ones_do_not_count() -> None:
    returned = figures("visits", {"2016-17 Q2": 119_500.0})
    assert sanity_figures.sizes(returned, PAST, indicators=INDICATORS) == []


def test_two_figures_that_are_alike_make_a_history_and_two_that_are_not_make_none() -> None:
    returned = figures("visits", {"2016-17 Q3": 119_500.0})
    [said] = told(sanity_figures.sizes(returned, PAST, indicators=INDICATORS))
    assert "expected a figure like its last 2, from 1,180 to 1,210" in said
    unlike = figures("visits", {"2016-17 Q1": 300.0, "2016-17 Q2": 1_210.0})
    assert sanity_figures.sizes(returned, unlike, indicators=INDICATORS) == []


def test_a_quarter_left_out_between_two_is_told() -> None:
    returned = figures("visits", {"2017-18 Q1": 1200.0})
    [said] = told(sanity_figures.gaps(returned, PAST[PAST["period"] != "2016-17 Q4"], indicators=INDICATORS))
    assert "a figure for 2017-18 Q1 of indicator 46 (Safe and well visits), none for 2016-17 Q4" in said
    assert "every quarter since 2016-17 Q1" in said
    assert sanity_figures.gaps(returned, PAST, indicators=INDICATORS) == []


def test_a_return_that_has_not_come_is_told_once_and_a_figure_left_out_of_one_by_itself() -> None:
    quarterly = INDICATORS.iloc[:2]
    past = pd.concat([figures(name, {"2016-17 Q3": 5.0}) for name in ("visits", "deaths")])
    returned = pd.concat([figures(name, {"2017-18 Q1": 6.0}, file="SCS.xlsx") for name in ("visits", "deaths")])
    assert told(sanity_figures.gaps(returned, past, indicators=quarterly)) == [
        "SCS.xlsx, sheet Dashboard: found figures for 2017-18 Q1 of 2 quarterly indicators, none of which has one for "
        "2016-17 Q4, expected every quarter. Load the return for 2016-17 Q4 too, or send it."
    ]
    past = pd.concat([past, figures("deaths", {"2016-17 Q4": 5.0})])
    [said] = told(sanity_figures.gaps(returned, past, indicators=quarterly))
    assert "of indicator 46 (Safe and well visits), none for 2016-17 Q4" in said


def rated(subject: str, rag: str, reason: str | None = None) -> pd.DataFrame:
    row: dict[str, Any] = {"subject_kind": "indicator", "subject": subject, "period": "2017-18 Q1", "rag": rag,
                           "reason": reason, **PLACE, "cell": "I8"}  # fmt: skip
    return pd.DataFrame([row])


def test_a_row_without_figure_marker_or_reason_is_told_where_there_was_a_figure_before() -> None:
    [said] = told(
        sanity_figures.silent(rated("visits", "green"), PAST.iloc[:0], PAST, indicators=INDICATORS),
    )
    assert "neither a figure nor a marker for indicator 46 (Safe and well visits), which had one for 2016-17 Q4" in said
    given = figures("visits", {"2017-18 Q1": 1200.0}, file="SCS.xlsx")
    assert sanity_figures.silent(rated("visits", "green"), given, PAST, indicators=INDICATORS) == []
    other = given.assign(file="CEF.xlsx")
    assert len(sanity_figures.silent(rated("visits", "green"), other, PAST, indicators=INDICATORS)) == 1
    explained = rated("visits", "green", "Survey moved to quarter 2.")
    assert sanity_figures.silent(explained, PAST.iloc[:0], PAST, indicators=INDICATORS) == []


def test_a_figure_that_is_missing_is_told_where_it_should_stand() -> None:
    beside = figures("deaths", {"2017-18 Q1": 3.0}, file=PLACE["file"]).assign(sheet=PLACE["sheet"], cell="G7")
    rows = rated("visits", "green").assign(cell="K10")
    [issue] = sanity_figures.silent(rows, beside, PAST, indicators=INDICATORS)
    assert issue.where.cell == "G10"


def test_a_target_of_zero_is_told_unless_points_are_counted_from_it() -> None:
    targets = pd.DataFrame({"indicator": ["visits", "deaths"], "kind": "threshold", "low": 0.0, "text": "0", **PLACE,
                            "cell": ["D5", "D6"]})  # fmt: skip
    [said] = told(sanity_figures.zero_targets(targets, INDICATORS))
    assert 'cell D5: found the target "0" for indicator 46 (Safe and well visits), which is zero' in said


def test_months_that_no_workbook_gives_are_named() -> None:
    months = pd.DataFrame({"month": pd.PeriodIndex(["2017-03", "2017-06"], freq="M"), "file": ["m.xls", "j.xls"]})
    [said] = told(sanity_figures.missing_months(months, months))
    assert said == ("j.xls: found June 2017 straight after March 2017, expected April 2017 to May 2017 between them. "
                    "Load April 2017 to May 2017 too.")  # fmt: skip


@pytest.mark.parametrize(
    ("rag", "reason", "tells"),
    [
        ("green", "Target missed by two visits.", True),
        ("green", "We are behind schedule.", True),
        ("green", "Quarter 1 dipped below the target; the year is forecast to end on target.", False),
        ("green", "No target was missed.", False),
        ("red", "The target was exceeded.", True),
        ("red", "Visits were recorded late; quarter 2 is expected to be back on target.", False),
        ("red", "The target was not met.", False),
        ("amber", "Target missed.", False),
    ],
)
def test_a_rating_that_its_reason_contradicts(rag: str, reason: str, tells: bool) -> None:
    assert len(told(sanity_words.comments(rated("visits", rag, reason), indicators=INDICATORS))) == tells


@pytest.mark.parametrize(
    ("subject", "rag", "reason", "tells"),
    [
        ("visits", "green", "We are not on track to meet the target.", True),
        ("visits", "green", "Performance is no longer on track.", True),
        ("visits", "green", "The target has not been met.", True),
        ("visits", "green", "The target wasn’t met.", True),
        ("visits", "green", "We didn't meet the target.", True),
        ("visits", "green", "We failed to meet the target.", True),
        ("visits", "green", "We are no longer behind target.", False),
        ("visits", "green", "Not behind schedule.", False),
        ("visits", "green", "Behind schedule last quarter, since recovered.", False),
        ("visits", "green", "If funding ends we are behind target.", False),
        ("visits", "green", "There is a risk that the target will not be met.", False),
        ("visits", "green", "Visits are below target.", True),
        ("deaths", "green", "Deaths are below target.", False),
        ("deaths", "green", "Deaths are above the target.", True),
        ("deaths", "red", "Deaths are above the target.", False),
        ("deaths", "red", "Deaths are below the target.", True),
        ("visits", "red", "We are on track.", True),
        ("visits", "red", "This isn't on track.", False),
        ("visits", "red", "Nowhere near on track.", False),
        ("visits", "red", "At risk of not being on track.", False),
        ("visits", "red", "Last year the target was met.", False),
        ("visits", "red", "We aim to be on target in March.", False),
    ],
)
def test_denials_hopes_and_what_above_means_are_heeded(subject: str, rag: str, reason: str, tells: bool) -> None:
    assert len(told(sanity_words.comments(rated(subject, rag, reason), indicators=INDICATORS))) == tells


def test_an_achievement_about_a_red_indicator_is_told() -> None:
    point = {"period": "2017-18 Q1", "kind": "achievement", "subject_kind": "priority", "subject": "Safety"}
    commentary = pd.DataFrame([{**point, "indicators": "deaths visits", **PLACE, "cell": "C20"}])
    [said] = told(sanity_words.achievements(commentary, rated("visits", "red"), indicators=INDICATORS))
    assert "cell C20: found an achievement about indicator 46, which is rated red" in said
    assert sanity_words.achievements(commentary, rated("visits", "amber"), indicators=INDICATORS) == []


def stack(values: list[float], quarter: str, file: str) -> pd.DataFrame:
    return pd.concat([figures(f"i{n}", {quarter: value}, file=file) for n, value in enumerate(values)])


def test_last_quarters_return_sent_again_is_told_and_one_new_figure_clears_it() -> None:
    past = stack([1.0, 2.0, 3.0, 4.0], "2017-18 Q1", "Q1/SCS.xlsx")
    again = stack([1.0, 2.0, 3.0, 4.0], "2017-18 Q2", "Q2/SCS.xlsx")
    [said] = told(repeats.last_quarter(again, past))
    assert said.startswith("Q2/SCS.xlsx, sheet Dashboard: found all 4 figures that can be compared equal to those of")
    assert repeats.last_quarter(stack([1.0, 2.0, 3.0, 4.1], "2017-18 Q2", "Q2/SCS.xlsx"), past) == []


def test_last_quarters_return_with_one_figure_in_ten_typed_anew_is_told() -> None:
    before = [float(n) for n in range(20)]
    past = stack(before, "2017-18 Q1", "Q1/SCS.xlsx")
    [said] = told(repeats.last_quarter(stack([99.0, 98.0, *before[2:]], "2017-18 Q2", "Q2/SCS.xlsx"), past))
    assert "found 18 of 20 figures that can be compared equal to those of the quarter before, expected" in said
    assert repeats.last_quarter(stack([99.0, 98.0, 97.0, *before[3:]], "2017-18 Q2", "Q2/SCS.xlsx"), past) == []
    past = past.iloc[:9]
    assert repeats.last_quarter(stack([99.0, *before[1:9]], "2017-18 Q2", "Q2/SCS.xlsx"), past) == [], "too few"


def test_the_same_figures_for_two_directorates_are_told() -> None:
    one = stack([1.0, 2.0, 3.0, 4.0], "2017-18 Q2", "SCS.xlsx")
    other = stack([1.0, 2.0, 3.0, 4.0], "2017-18 Q2", "CEF.xlsx")
    [said] = told(repeats.twins(pd.concat([one, other])))
    assert said.startswith("CEF.xlsx, sheet Dashboard: found the same 4 figures in the same order as SCS.xlsx")
    for different in ([1.0, 2.0, 3.0, 5.0], [1.0, 2.0, 3.0]):
        assert repeats.twins(pd.concat([one, stack(different, "2017-18 Q2", "CEF.xlsx")])) == []
    assert repeats.twins(pd.concat([one, stack([1.0, 2.0, 3.0, 4.0], "2017-18 Q1", "CEF.xlsx")])) == []


def test_content_received_before_under_another_name_is_told_even_where_the_file_is_refused() -> None:
    digest = "6b86b273ff34"
    delivery = Delivery("CEF.xlsx", digest, Reading())
    [checked] = sanity.check([delivery], known={}, contents={digest: "SCS.xlsx"})
    assert told(list(checked.reading.issues)) == [
        "CEF.xlsx: found the same content as SCS.xlsx, expected a workbook of its own. "
        "Send the right workbook, or take this copy away."
    ]
    [same] = sanity.check([delivery], known={}, contents={digest: "CEF.xlsx"})
    assert same.reading.issues == ()


def test_a_file_received_before_is_not_its_own_copy_where_it_lies_now_but_is_one_in_another_quarter() -> None:
    digest = "6b86b273ff34"
    before = {digest: "2017-18/Q1/returns/SCS.xlsx"}
    assert repeats.copies({"inbox/SCS.xlsx": digest}, before) == []
    [said] = told(repeats.copies({"2017-18/Q2/returns/SCS.xlsx": digest}, before))
    assert "the same content as 2017-18/Q1/returns/SCS.xlsx" in said


@pytest.mark.parametrize(
    ("reason", "tells"),
    [("Provisional until the audit.", True), ("This is an estimate.", True), ("Subject to validation", True),
     ("Nothing provisional about it: no estimates.", False), ("Better than last year.", False)],
)  # fmt: skip
def test_a_final_status_that_its_reason_contradicts(reason: str, tells: bool) -> None:
    observations = pd.DataFrame({"indicator": ["a"], "status": ["final"], "cell": "E5", **PLACE})
    assessments = pd.DataFrame({"subject": ["a"], "reason": [reason], **PLACE})
    told = [issue.found for issue in sanity_words.statuses(observations, assessments)]
    assert bool(told) is tells
    assert sanity_words.statuses(observations, assessments.assign(file="CEF.xlsx")) == [], "another return's reason"
    assert sanity_words.statuses(observations.assign(status="provisional"), assessments) == []


@pytest.mark.parametrize(
    ("reason", "tells"),
    [("Figure is for Q1 as Q2 is not yet available.", "Figure is for Q1"),
     ("The data shown is Q1.", "data shown is Q1"),
     ("Data available relates to Quarter 1", "Data available relates to Quarter 1"),
     ("Q1 data used.", "Q1 data used"), ("Last quarter’s figure is shown.", "Last quarter’s figure is shown"),
     ("The figure is the previous quarter's", "figure is the previous quarter's"),
     ("Figure is for Q2.", ""), ("The figure for Q1 was 20, now 22.", ""), ("Data is up from Q1.", ""),
     ("Results are better than last quarter.", ""), ("Higher than the Q1 figure.", ""),
     ("Q1 data showed a rise.", ""), ("The target is for Q4.", "")],
)  # fmt: skip
def test_a_figure_that_its_reason_gives_to_another_quarter(reason: str, tells: str) -> None:
    figure = figures("a", {"2017-18 Q2": 5.0}, file="SCS.xlsx").assign(report_period="2017-18 Q2")
    assessments = pd.DataFrame({"subject": ["a"], "reason": [reason], **PLACE, "file": "SCS.xlsx"})
    said = [issue.found for issue in sanity_words.quarters(figure, assessments)]
    assert said == [f'a figure for 2017-18 Q2 beside a reason that says "{tells}"'] * bool(tells)
    assert sanity_words.quarters(figure.assign(value=float("nan")), assessments) == []


def test_a_figure_that_always_comes_late_may_be_said_to_be_of_its_own_quarter() -> None:
    late = figures("a", {"2017-18 Q1": 5.0}, file="SCS.xlsx").assign(report_period="2017-18 Q2")
    for reason in ("Figure is for Q1.", "Last quarter's figure is shown."):
        assessments = pd.DataFrame({"subject": ["a"], "reason": [reason], **PLACE, "file": "SCS.xlsx"})
        assert sanity_words.quarters(late, assessments) == []


def test_what_a_return_restates_does_not_hide_that_last_quarters_was_sent_again() -> None:
    frame = pd.DataFrame({"indicator": ["a", "a", "b"], "part": 1, "area": "X", "value": [1.0, 2.0, 3.0],
                          "period": ["2017-18 Q2", "2017-18 Q1", "2017-18 Q1"], "file": "Q2.xlsx"})  # fmt: skip
    assert repeats.newest(frame)["value"].tolist() == [1.0, 3.0]
    assert repeats.newest(frame.assign(file=["Q2.xlsx", "Q1.xlsx", "Q2.xlsx"]))["value"].tolist() == [1, 2, 3]


def test_a_target_above_100_is_told_unless_the_framework_says_that_the_percentage_can_pass_it() -> None:
    targets = pd.DataFrame({"indicator": ["survey", "visits"], "kind": "threshold", "low": [670.0, 1200.0],
                            "text": ["670%", "1,200"], **PLACE, "cell": "D2"})  # fmt: skip
    indicators = INDICATORS.assign(unit=["count", "count", "percent"], definition=None, can_pass_100=None)
    [said] = told(sanity_figures.high_targets(targets, indicators))
    assert said == (
        'SCS.xlsx, sheet Dashboard, cell D2: found the target "670%" for indicator 1 (Survey), expected at most 100%. '
        "Correct the target; if the percentage can pass 100, type Y below Can pass 100% in the framework."
    )
    assert sanity_figures.high_targets(targets, indicators.assign(can_pass_100=True)) == []


def test_files_that_could_not_be_opened_are_no_copies_of_each_other() -> None:
    assert repeats.copies({"SCS.xlsx": "", "zero.csv": ""}, {}) == []
