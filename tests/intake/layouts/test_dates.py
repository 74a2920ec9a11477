"""Months and years as officers type them: each spelling that is plain is read, each that is not says what to type."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from perfkit.intake.layouts import dates


@pytest.mark.parametrize(
    "text",
    ["31/10/24", "31/10/2024", "31.10.2024", "31.10.24", "31-10-24", "31-Oct-24", "31 Oct 24", "31st October 2024",
     "Oct-24", "Oct '24", "Oct’24", "OCTOBER 2024", "October, 2024", "by end of October 2024", "mid-October 2024",
     "2024-10-31 00:00:00", "2024-10-31T00:00:00", "2024-10", "Thursday 31 October 2024", "Oct 2024*", "10/2024",
     "31 / 10 / 2024", "Revised: Oct 2024", "Due: 31 October 2024.", "October 31, 2024"],
)  # fmt: skip
def test_october_2024_is_read_however_it_is_written(text: str) -> None:
    assert dates.month(text) == dates.Said("October 2024")


@pytest.mark.parametrize(
    "text", ["Q4 2024/25", "end of Q4 24/25", "Q4 24-25", "Q4 FY24/25", "2024/25", "end of financial year 2024-25"]
)
def test_a_quarter_or_year_is_due_by_its_last_month(text: str) -> None:
    assert dates.month(text).value == "March 2025"


def test_a_day_stands_before_its_month_as_in_britain() -> None:
    assert dates.month("05/06/24").value == "June 2024"


@pytest.mark.parametrize("word", ["TBC", "n/a", "ongoing", "On-going", "to be confirmed", "?", "None", "complete"])
def test_a_word_for_no_month_is_kept_as_a_marker(word: str) -> None:
    assert dates.month(word) == dates.Said(marker=word)


@pytest.mark.parametrize(
    ("text", "action"),
    [("10/31/2024", "Type the day before the month: 31/10/2024."),
     ("45596", "If the day 31 October 2024 is meant, type it so."),
     (45596.0, "If the day 31 October 2024 is meant, type it so."),
     ("end of Q3", "Type the quarter with its year, such as Q3 2024-25."),
     ("December", "Type the year behind the month."),
     ("Autumn 2024", "Type the month by whose end it is due."),
     ("2025", "Type the month by whose end it is due."),
     ("31/10/2024 (was 30/09/2024)", "Type the one month by whose end it is due; put other dates under Progress."),
     ("Dec 2024/Jan 2025", "Type the one month by whose end it is due; put other dates under Progress."),
     ("31/09/2024", "There is no such day; type the month and year."),
     ("11/12", "Type the month and year."),
     ("2011-12", "Type the month and year."),
     ("ASAP", "Type the month and year.")],
)  # fmt: skip
def test_what_could_be_two_months_or_none_says_what_to_type(text: object, action: str) -> None:
    said = dates.month(text)
    assert (said.value, said.problem is not None and said.problem.action) == (None, action)


@pytest.mark.parametrize("value", [dt.datetime(1900, 1, 5), dt.date(2190, 1, 1), "1905-01-01", dt.date(9999, 12, 31)])
def test_a_date_that_no_plan_has_is_told(value: object) -> None:
    said = dates.month(value)
    assert said.problem is not None
    assert said.problem.expected == "a month such as December 2024"


@pytest.mark.parametrize(
    "text",
    ["2011/12", "2011-12", "11/12", "11-12", "FY11/12", "FY 2011-12", "2011/2012", "2011–12", "2011 to 2012", 201112,
     "'2011/12", "2011/12*"],
)  # fmt: skip
def test_a_financial_year_is_read_however_it_is_written(text: object) -> None:
    assert dates.year(text).value == "2011-12"


@pytest.mark.parametrize("text", ["2011", 2011.0, "2011.0", "FY11"])
def test_a_single_year_may_be_two_financial_years(text: object) -> None:
    said = dates.year(text)
    assert said.problem is not None
    assert said.problem.action == "Type both years, 2010-11 or 2011-12, whichever is meant."


def test_a_year_that_excel_made_a_date_is_told() -> None:
    said = dates.year(dt.datetime(2012, 11, 1))
    assert said.problem is not None
    assert said.problem.found == "the date 1 November 2012"
    assert said.problem.expected == "a financial year such as 2017-18"


@pytest.mark.parametrize("text", ["21/07/2017", "21.7.17", "Fri 21st July 2017", "2017-07-21 00:00:00"])
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert dates.day(text).value == pd.Timestamp(2017, 7, 21)
