"""Periods are read as councils and national bodies write them, and are never guessed."""

from __future__ import annotations

import contextlib
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.model import periods
from perfkit.model.errors import ParseError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2017-18 Q1", "2017-18 Q1"),
        ("2017/18 Q1", "2017-18 Q1"),
        ("Q1 2017-18", "2017-18 Q1"),
        ("2017-18-Q1", "2017-18 Q1"),
        ("2017_18_Q1", "2017-18 Q1"),
        ("2018-19;Q1", "2018-19 Q1"),
        ("FY2024_25_Q4", "2024-25 Q4"),
        ("Quarter 1 2017/18", "2017-18 Q1"),
        ("quarter 2, 2017–18", "2017-18 Q2"),
        ("2017－18 Q2", "2017-18 Q2"),
        ("2011_APRIL", "April 2011"),
        ("April 2019", "April 2019"),
        ("Apr-19", "April 2019"),
        ("Sept 2017", "September 2017"),
        ("2016-17 OCTOBER", "October 2016"),
        ("2016-17 February", "February 2017"),
        ("2013/ 14", "2013-14"),
        ("1999-2000", "1999-00"),
        ("2011-12", "2011-12"),
    ],
)
def test_every_spelling_in_use_is_read(written: str, meant: str) -> None:
    assert periods.label(periods.parse(written)) == meant


def test_quarter_1_of_2017_18_is_april_to_june_2017() -> None:
    period = periods.parse("2017-18 Q1")
    assert period.start_time.date() == dt.date(2017, 4, 1)
    assert period.end_time.date() == dt.date(2017, 6, 30)
    assert periods.in_words(period) == "quarter 1 of 2017-18 (April to June 2017)"


def test_quarter_4_lies_in_the_next_calendar_year() -> None:
    assert periods.parse("2017-18 Q4").end_time.date() == dt.date(2018, 3, 31)


def test_a_compact_year_is_read_only_where_a_year_is_expected() -> None:
    assert periods.label(periods.parse("202425", expect="year")) == "2024-25"
    with pytest.raises(ParseError, match='"202425" is not a period'):
        periods.parse("202425")


def test_an_iso_month_is_read_only_where_a_month_is_expected() -> None:
    assert periods.label(periods.parse("2017-03", expect="month")) == "March 2017"
    assert periods.label(periods.parse("2011-12", expect="month")) == "December 2011"
    with pytest.raises(ParseError, match="the second part must be the year after it"):
        periods.parse("2017-03")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2017-19", r'"2017-19" is not a year: the second part must be the year after it \(2017-18\)'),
        ("2017-18 Q5", '"2017-18 Q5" is not a quarter: a year has quarters 1 to 4'),
        ("2017-18 Q0", "a year has quarters 1 to 4"),
        ("Smarch 2017", "is not a period"),
        ("", "is not a period"),
        ("1-2", "is not a period"),
    ],
)
def test_what_is_not_a_period_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        periods.parse(written)


def test_a_period_of_another_kind_than_expected_is_refused() -> None:
    with pytest.raises(ParseError, match='"2017-18" is a year, expected a quarter such as "2017-18 Q1"'):
        periods.parse("2017-18", expect="quarter")


def test_what_is_no_period_at_all_is_told_the_kind_that_is_wanted_and_all_kinds_where_none_is() -> None:
    with pytest.raises(ParseError, match=r'^"rubbish" is not a quarter: expected one such as "2017-18 Q1"\.$'):
        periods.parse("rubbish", expect="quarter")
    every = r'^"rubbish" is not a period: expected one such as "2017-18", "2017-18 Q1" or "April 2017"\.$'
    with pytest.raises(ParseError, match=every):
        periods.parse("rubbish")


def test_a_calendar_must_be_named() -> None:
    assert periods.parse("2017-18", calendar="academic").end_time.date() == dt.date(2018, 8, 31)
    assert periods.parse("2017", calendar="calendar").end_time.date() == dt.date(2017, 12, 31)
    with pytest.raises(ParseError):
        periods.parse("2017")
    with pytest.raises(ParseError, match="quarters are known for financial years only"):
        periods.parse("2017-18 Q1", calendar="academic")


@pytest.mark.parametrize("text", ["2017-18", "2017/2018", "201718"])
def test_a_year_that_spans_two_is_no_calendar_year(text: str) -> None:
    with pytest.raises(ParseError, match=r'is no calendar year: expected one such as "2018"'):
        periods.parse(text, expect="year", calendar="calendar")


def test_a_span_runs_from_the_earlier_to_the_later() -> None:
    assert str(periods.parse_span("2021/22 Q1 - 2021/22 Q2")) == "2021-22 Q1 to 2021-22 Q2"
    with pytest.raises(ParseError, match="the earlier first"):
        periods.parse_span("2021/22 Q2 - 2021/22 Q1")
    with pytest.raises(ParseError, match="two periods of one kind"):
        periods.parse_span("2021/22 - 2021/22 Q1")


def test_labels_of_every_kind_sort_by_their_last_day() -> None:
    labels = pd.Series(["2017-18", "June 2017", "2017-18 Q2", None])
    assert periods.ends(labels).dt.strftime("%Y-%m-%d").tolist()[:3] == ["2018-03-31", "2017-06-30", "2017-09-30"]
    assert pd.isna(periods.ends(labels)[3])


@given(st.integers(1950, 2090), st.integers(1, 4), st.integers(1, 12))
def test_what_is_written_is_read_back(year: int, quarter: int, month: int) -> None:
    for period in (
        pd.Period(year=year, freq="Y-MAR"),
        pd.Period(year=year, quarter=quarter, freq="Q-MAR"),
        pd.Period(year=year, month=month, freq="M"),
    ):
        assert periods.parse(periods.label(period)) == period


@given(st.text(max_size=30))
def test_no_text_does_anything_but_read_or_be_refused(text: str) -> None:
    with contextlib.suppress(ParseError):
        assert isinstance(periods.parse(text), pd.Period)
