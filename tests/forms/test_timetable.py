"""The dates of a quarter: the council's own before perfkit's usual distances."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from perfkit.analysis import completeness
from perfkit.forms import timetable
from perfkit.model import periods


def test_without_dates_of_its_own_a_quarter_has_the_usual_ones_off_weekends() -> None:
    rows = timetable.of_quarter("2017-18 Q2")
    assert [row["when"] for row in rows] == [
        "30 September 2017",  # a Saturday: a quarter ends when it ends
        "2 October 2017",  # 1 October was a Sunday
        "30 October 2017",  # thirty days on, when pages count returns as due
        "6 November 2017",  # 4 November was a Saturday
        "13 November 2017",  # 11 November was a Saturday
        "20 November 2017",  # 18 November was a Saturday
        "19 December 2017",  # a Tuesday
    ]
    assert rows[2]["starts"] == rows[2]["ends"] == dt.datetime(2017, 10, 30)
    assert all(row["usual"] for row in rows)


def test_a_years_timetable_numbers_the_steps_of_its_four_quarters() -> None:
    rows = timetable.of_year("2017-18 Q2")
    assert [row["number"] for row in rows] == list(range(1, 29))
    assert [row["quarter"] for row in rows].count("2017-18 Q4") == 7


def step(number: int, when: str, what: str, quarter: str | None, *days: str) -> dict[str, object]:
    return {"number": number, "financial_year": "2017-18", "when": when, "starts": pd.Timestamp(days[0]),
            "ends": pd.Timestamp(days[-1]), "step": what, "quarter": quarter, "status": None}  # fmt: skip


OWN = pd.DataFrame([
    step(2, "13 October 2017", "Returns are due", "2017-18 Q2", "2017-10-13"),
    step(1, "2017-09 to 2017-10", "Outcomes are mapped", None, "2017-09-01", "2017-10-31"),
])  # fmt: skip


def test_the_councils_own_date_takes_the_place_of_the_usual_one() -> None:
    rows = timetable.of_quarter("2017-18 Q2", known=OWN)
    assert [(row["when"], row["step"], row["usual"]) for row in rows][2] == (
        "13 October 2017", "Returns are due", False,
    )  # fmt: skip
    assert sum(row["usual"] for row in rows) == 6
    assert all(row["usual"] for row in timetable.of_quarter("2017-18 Q3", known=OWN))


def test_a_year_lists_its_own_steps_and_the_usual_ones_in_time() -> None:
    rows = timetable.of_year("2017-18 Q2", known=OWN)
    assert len(rows) == 29
    assert [row["starts"] for row in rows] == sorted(row["starts"] for row in rows)
    assert [row["step"] for row in rows if not row["usual"]] == ["Outcomes are mapped", "Returns are due"]
    assert {row["status"] for row in rows if row["usual"]} == {"provisional"}


@pytest.mark.parametrize("quarter", ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4"])
def test_returns_are_asked_for_on_the_day_after_which_pages_call_them_late(quarter: str) -> None:
    asked = next(row["starts"] for row in timetable.of_quarter(quarter) if "returns" in row["step"])
    end = periods.parse(quarter).end_time.normalize()
    assert asked == end + pd.Timedelta(days=completeness.DAYS)
