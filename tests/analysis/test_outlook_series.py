"""What is done to a series before it is projected, each with what is said of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from perfkit.analysis.outlook.series import prepare
from perfkit.model.errors import InputError, ParameterError

YEARS = [f"{y}-{y - 1999} Q{q}" for y in range(2013, 2018) for q in (1, 2, 3, 4)]


def frame(values: list[float | None], labels: list[str] | None = None) -> pd.DataFrame:
    labels = YEARS[: len(values)] if labels is None else labels
    return pd.DataFrame({"period": labels, "value": pd.array(values, dtype="Float64")})


def test_totals_since_april_are_taken_apart_and_start_again_each_year() -> None:
    ready = prepare(frame([10, 25, 45, 70, 12, 30]), series_type="ytd")
    assert ready.values.tolist() == [10, 15, 20, 25, 12, 18]
    assert ready.warnings == ()


def test_a_missing_total_shares_what_the_next_one_holds() -> None:
    ready = prepare(frame([10, None, 40, 70]), series_type="ytd")
    assert ready.values.tolist() == [10, 15, 15, 30]
    assert ready.real.tolist() == [True, False, True, True]


def test_a_total_below_the_one_before_is_named() -> None:
    ready = prepare(frame([10, 25, 20]), series_type="ytd")
    assert ready.values.tolist() == [10, 15, -5]
    assert ready.warnings == ("the total to 2013-14 Q3 is below that of the quarter before",)


def test_a_missing_quarter_takes_the_mean_of_the_same_quarter_in_the_years_beside() -> None:
    ready = prepare(frame([1, 2, 3, 4, 5, None, 7, 8, 9, 12, 11, 12]))
    assert ready.values.tolist() == [1, 2, 3, 4, 5, 7, 7, 8, 9, 12, 11, 12]
    assert (ready.points, round(ready.widening, 4)) == (11, round((12 / 11) ** 0.5, 4))
    assert ready.warnings == ("1 quarter without a figure filled; the interval is wider for it",)


def test_a_missing_quarter_with_no_year_beside_lies_on_the_line() -> None:
    assert prepare(frame([1, 2, None, 4])).values.tolist() == [1, 2, 3, 4]


def test_missing_quarters_at_the_ends_are_not_filled() -> None:
    ready = prepare(frame([None, 2, 3, 4, None]))
    assert ready.values.tolist() == [2, 3, 4]


def test_history_before_a_declared_break_is_left_out() -> None:
    ready = prepare(frame([1, 2, 3, 40, 50, 60]), breaks=["2013-14 Q4"])
    assert ready.values.tolist() == [40, 50, 60]
    assert ready.warnings == ("figures before 2013-14 Q4 are not used: a break in the series is declared there",)


def test_a_break_outside_the_series_changes_nothing() -> None:
    assert prepare(frame([1, 2, 3]), breaks=["2019-20 Q1", "2010-11 Q1"]).values.tolist() == [1, 2, 3]


def test_one_figure_a_hundred_times_the_rest_is_left_out_and_named() -> None:
    ready = prepare(frame([10, 12, 11, 13, 1100, 12, 11, 13]))
    assert ready.values.max() == 13
    assert ready.warnings[0] == "the figure for 2014-15 Q1 is 92 times the usual and is not used: check it"


def test_below_eight_points_such_a_figure_is_kept_and_named() -> None:
    ready = prepare(frame([10, 12, 11, 1300, 12]))
    assert ready.values.max() == 1300
    assert ready.warnings == ("the figure for 2013-14 Q4 is 113 times the usual: check it",)


def test_a_high_season_is_no_slip() -> None:
    assert prepare(frame([10, 12, 900, 13, 11, 12, 1100, 13, 9])).warnings == ()


def months(values: list[float], first: str = "2017-04") -> pd.DataFrame:
    labels = [p.strftime("%B %Y") for p in pd.period_range(first, periods=len(values), freq="M")]
    return frame(list(values), labels)


@pytest.mark.parametrize(
    ("series_type", "unit", "expected"),
    [("point", "count", 60.0), ("point", "percent", 20.0), ("snapshot", "count", 30.0), ("ytd", "count", 30.0)],
)
def test_months_make_a_quarter_as_the_type_and_unit_suggest(series_type: str, unit: str, expected: float) -> None:
    assert prepare(months([10, 20, 30]), series_type=series_type, unit=unit).values.tolist() == [expected]


def test_an_unfinished_quarter_of_months_is_not_used() -> None:
    ready = prepare(months([10, 20, 30, 40]), unit="count")
    assert ready.values.tolist() == [60]
    assert ready.warnings == ("2017-18 Q2 is not finished: its months are not used",)


def test_a_quarter_with_two_of_its_months_counts_the_third_as_their_mean() -> None:
    labels = ["April 2017", "June 2017", "July 2017", "August 2017", "September 2017"]
    ready = prepare(frame([10, 30, 1, 2, 3], labels), unit="count")
    assert ready.values.tolist() == [60, 6]
    assert ready.warnings == ("2017-18 Q1 has 2 of its 3 months",)


def test_how_months_make_a_quarter_can_be_said() -> None:
    assert prepare(months([10, 20, 30]), unit="count", months="mean").values.tolist() == [20]
    with pytest.raises(ParameterError, match='"median" is not a way to make quarters of months'):
        prepare(months([10, 20, 30]), months="median")


def test_every_fault_of_a_frame_is_named_at_once() -> None:
    faulty = frame([1, 2, 3, np.inf, 4], ["2017-18 Q1", "2017-18 Q1", "2016-17", "2017-18 Q2", "spring"])
    faulty = faulty.assign(file="history.xlsx", sheet="Quarters", cell=["B2", "C2", "D2", "E2", "F2"])
    with pytest.raises(InputError) as caught:
        prepare(faulty)
    assert [str(issue) for issue in caught.value.issues] == [
        'history.xlsx, sheet Quarters, cell C2: found "2017-18 Q1" a second time, expected each period once. '
        "Remove one of the two.",
        'history.xlsx, sheet Quarters, cell D2: found the year "2016-17", expected a quarter or a month. '
        "A year's end is projected from the quarters within years.",
        "history.xlsx, sheet Quarters, cell E2: found an infinite value for 2017-18 Q2, expected a number, or nothing "
        "where there is none. Correct the value.",
        'history.xlsx, sheet Quarters, cell F2: found period "spring", expected a quarter or a month. '
        "Write it as 2017-18 Q1.",
    ]


def test_a_value_that_is_text_is_named() -> None:
    faulty = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3"], "value": [1.0, "see note", None]})
    with pytest.raises(InputError, match='series: found "see note", expected a number'):
        prepare(faulty)


def test_a_frame_without_its_columns_is_refused() -> None:
    with pytest.raises(ParameterError, match="The series has no column value: it needs period and value"):
        prepare(pd.DataFrame({"period": []}))


def test_the_frame_given_is_not_changed() -> None:
    given = frame([3, None, 1, 2])
    before = given.copy()
    prepare(given, series_type="ytd")
    pd.testing.assert_frame_equal(given, before)
