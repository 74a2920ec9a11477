"""The dates of a quarter: the council's own before perfkit's usual distances."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from perfkit.forms import timetable


def test_without_dates_of_its_own_a_quarter_has_the_usual_ones_off_weekends() -> None:
    rows = timetable.of_quarter("2017-18 Q2")
    assert [row["when"] for row in rows] == [
        "30 September 2017",  # a Saturday: a quarter ends when it ends
        "2 October 2017",  # 1 October was a Sunday
        "23 October 2017",  # 21 October was a Saturday
        "30 October 2017",  # 28 October was a Saturday
        "6 November 2017",  # 4 November was a Saturday
        "20 November 2017",  # 18 November was a Saturday
        "19 December 2017",  # a Tuesday
    ]
    assert rows[2]["starts"] == rows[2]["ends"] == dt.datetime(2017, 10, 23)
    assert timetable.is_usual("2017-18 Q2")


def test_a_years_timetable_numbers_the_steps_of_its_four_quarters() -> None:
    rows = timetable.of_year("2017-18 Q2")
    assert [row["number"] for row in rows] == list(range(1, 29))
    assert [row["quarter"] for row in rows[::7]] == ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]


def test_the_councils_own_dates_go_before_the_usual_ones() -> None:
    day = pd.Timestamp("2017-10-13")
    own = pd.DataFrame([
        {"number": 2, "financial_year": "2017-18", "when": "13 October 2017", "starts": day, "ends": day,
         "step": "Returns are due", "quarter": "2017-18 Q2", "status": None},
        {"number": 1, "financial_year": "2017-18", "when": "2017-09 to 2017-10", "starts": pd.Timestamp("2017-09-01"),
         "ends": pd.Timestamp("2017-10-31"), "step": "Outcomes are mapped", "quarter": None, "status": None},
    ])  # fmt: skip
    assert [row["step"] for row in timetable.of_quarter("2017-18 Q2", known=own)] == ["Returns are due"]
    assert not timetable.is_usual("2017-18 Q2", known=own)
    assert [row["step"] for row in timetable.of_year("2017-18 Q2", known=own)] == [
        "Outcomes are mapped",
        "Returns are due",
    ]
    assert timetable.is_usual("2017-18 Q3", known=own)
