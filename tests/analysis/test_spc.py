"""XmR charts: limits, rebasing, the rules, and what a chart must refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from perfkit.analysis import spc
from perfkit.model import periods
from perfkit.model.errors import ParameterError


def series(values: Sequence[float | str | None], start: str = "2010-11 Q1") -> pd.DataFrame:
    first = periods.parse(start)
    return pd.DataFrame({"period": [periods.label(first + n) for n in range(len(values))], "value": values})


def shown(values: Sequence[float | None], **options: object) -> list[str]:
    return list(spc.xmr(series(values), **options)["special_cause"])  # type: ignore[arg-type]


# twelve points about 10 whose limits are 10 ± 2.66 × 2 (4.68 to 15.32), near lines at 10 ± 3.547 (6.45 and 13.55)
BASE = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11]


def test_limits_are_the_mean_and_266_mean_moving_ranges() -> None:
    chart = spc.xmr(series([4, 6, 5, 5]))  # ranges 2, 1, 0: mean 1
    assert chart["mean"].tolist() == [5] * 4
    assert chart["upper"].tolist() == pytest.approx([7.66] * 4)
    assert chart["lower"].tolist() == pytest.approx([2.34] * 4)
    assert chart["near_upper"].tolist() == pytest.approx([5 + 2.66 * 2 / 3] * 4)
    assert chart["near_lower"].tolist() == pytest.approx([5 - 2.66 * 2 / 3] * 4)
    assert np.isnan(chart["moving_range"].iloc[0])
    assert chart["moving_range"].tolist()[1:] == [2, 1, 0]


def test_a_range_of_3267_times_the_mean_range_is_screened_out_once() -> None:
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 21]  # nine ranges of 1 and one of 20: mean 2.9, screen at 9.47
    assert spc.xmr(series(values))["upper"].iloc[0] == pytest.approx(26 / 11 + 2.66 * 1)
    assert spc.xmr(series(values), screen=False)["upper"].iloc[0] == pytest.approx(26 / 11 + 2.66 * 2.9)


def test_the_excel_rule_set_screens_nothing_and_draws_limits_from_13_points() -> None:
    twelve, thirteen = series([*BASE]), series([*BASE, 9])
    assert spc.xmr(twelve, rules="mdc_excel")["upper"].isna().all()
    assert spc.xmr(twelve, rules="mdc_excel")["mean"].tolist() == [10] * 12
    assert spc.xmr(thirteen, rules="mdc_excel")["upper"].notna().all()
    assert set(spc.xmr(thirteen, rules="mdc_excel")["rule_set"]) == {"mdc_excel"}


def test_limits_are_not_clamped_at_0_or_100() -> None:
    chart = spc.xmr(series([1, 99, 1, 99]))
    assert chart["lower"].iloc[0] < 0
    assert chart["upper"].iloc[0] > 100


def test_a_rebase_date_starts_a_new_group_with_limits_of_its_own() -> None:
    chart = spc.xmr(series([4, 6, 4, 6, 14, 16, 14, 16]), rebase=["2011-12 Q1"])
    assert chart["group"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert chart["mean"].tolist() == [5] * 4 + [15] * 4
    assert chart["points"].tolist() == [4] * 8


def test_fixed_limits_come_from_the_first_points_of_the_group() -> None:
    chart = spc.xmr(series([*BASE, 30, 31]), fix_after=12)
    assert chart["mean"].tolist() == [10] * 14
    assert chart["upper"].tolist() == pytest.approx([15.32] * 14)
    assert chart["in_limits"].tolist() == [True] * 12 + [False] * 2
    assert chart["special_cause"].tolist()[12:] == ["outside high"] * 2


def test_a_missing_value_has_no_range_and_does_not_count() -> None:
    chart = spc.xmr(series([4, None, 6, 5]))  # one range only: 6 to 5
    assert chart["mean"].tolist() == [5] * 4
    assert chart["moving_range"].isna().tolist() == [True, True, True, False]
    assert chart["upper"].tolist() == pytest.approx([7.66] * 4)
    assert chart["in_limits"].tolist() == [True, False, True, True]
    assert chart["points"].tolist() == [3] * 4
    assert chart["point_type"].iloc[1] == "common cause"


def test_limits_from_fewer_than_20_points_are_on_trial_and_below_13_short() -> None:
    for count, trial, short in ((12, True, True), (13, True, False), (19, True, False), (20, False, False)):
        chart = spc.xmr(series([1.0, 2] * 10).head(count))
        assert (chart["trial"].iloc[0], chart["short"].iloc[0]) == (trial, short)


def test_outside_is_strictly_beyond_a_limit() -> None:
    causes = shown([*BASE, 16, 4], fix_after=12)
    assert causes[12:] == ["outside high", "outside low"]
    on_limit = spc.xmr(series([*BASE, 10]), fix_after=12)["upper"].iloc[0]
    assert shown([*BASE, on_limit], fix_after=12)[12] == ""


def test_seven_in_a_row_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert shown([*BASE, 10.5, 11, 10.5, 11, 10.5, 11], fix_after=12)[12:] == ["shift high"] * 6  # 11 precedes: seven
    assert shown([*BASE, 9, 11, 10.5, 11, 10.5, 11, 10.5], fix_after=12)[12:] == [""] * 7
    assert shown([*BASE, 9, 9.5, 9, 9.5, 9, 9.5, 9], fix_after=12)[12:] == ["shift low"] * 7


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    assert shown([*BASE, 10.5, 11, 10.5, 10, 10.5, 11, 10.5], fix_after=12)[12:] == [""] * 7


def test_a_missing_value_breaks_a_shift() -> None:
    assert shown([*BASE, 10.5, 11, 10.5, None, 10.5, 11, 10.5], fix_after=12)[12:] == [""] * 7


def test_a_shift_does_not_cross_a_rebase_date() -> None:
    values = [*BASE, 10.5, 11, 10.5, *BASE]
    assert "shift high" not in shown(values, rebase=["2013-14 Q4"])


def test_seven_points_with_six_rising_steps_are_a_trend_and_a_tie_ends_it() -> None:
    rising = [8, 8.5, 9, 9.5, 10, 10.5, 11]
    assert shown([*BASE, *rising], fix_after=12)[12:] == ["trend up"] * 7
    assert shown([*BASE, *rising[::-1]], fix_after=12)[13:] == ["trend down"] * 6
    assert shown([*BASE, 8, 8.5, 9, 9, 10, 10.5, 11], fix_after=12)[12:] == [""] * 7
    assert shown([*BASE, 8, 8.5, 9, None, 10, 10.5, 11], fix_after=12)[12:] == [""] * 7


def test_a_point_between_two_rising_trends_is_rising() -> None:
    values = [7.0, 7.5, 8, 8.5, 9, 9.5, 10.5, 10.5, 10.6, 10.7, 10.8, 10.9, 11, 11.1]
    assert shown([*BASE, *values], fix_after=12)[12:] == ["trend up"] * 14


def test_a_peak_is_shown_as_part_of_the_trend_that_it_begins_and_keeps_both() -> None:
    values = [7.0, 8, 9, 9.5, 10.5, 11, 12, 11, 10.5, 9.5, 9, 8, 7]
    chart = spc.xmr(series([*BASE, *values]), fix_after=12).iloc[12:]
    assert chart["special_cause"].tolist() == ["trend up"] * 6 + ["trend down"] * 7
    assert chart["rules"].iloc[6] == "trend down; trend up"
    mirrored = spc.xmr(series([*BASE, *(20 - value for value in values)]), fix_after=12).iloc[12:]
    assert mirrored["special_cause"].tolist() == ["trend down"] * 6 + ["trend up"] * 7


def test_two_of_three_near_a_limit_on_one_side_are_marked_and_the_third_is_not() -> None:
    assert shown([*BASE, 14, 11, 14], fix_after=12)[12:] == ["two of three high", "", "two of three high"]
    assert shown([*BASE, 6, 6, 9], fix_after=12)[12:] == ["two of three low", "two of three low", ""]
    assert shown([*BASE, 9, 14, 9, 14], fix_after=12)[12:] == ["", "", "", ""]  # never three on one side
    assert shown([*BASE, 14, None, 14], fix_after=12)[12:] == ["", "", ""]


def test_beyond_the_limit_is_not_near_it_but_counts_in_the_excel_rule_set() -> None:
    values = [*BASE, 9, 14, 16, 11]
    assert shown(values, fix_after=12)[13:15] == ["", "outside high"]
    assert shown(values, fix_after=12, rules="mdc_excel")[13:15] == ["two of three high", "outside high"]


def test_all_rules_fired_are_kept_and_the_first_by_priority_is_shown() -> None:
    rising = [10.5, 11, 11.5, 12, 13, 14, 16]
    chart = spc.xmr(series([*BASE, *rising]), fix_after=12)
    assert chart["rules"].tolist()[12:] == [
        *["trend up; shift high"] * 5,
        "trend up; shift high",
        "outside high; trend up; shift high",
    ]
    assert chart["special_cause"].iloc[18] == "outside high"


def test_trend_comes_before_two_of_three_which_comes_before_shift() -> None:
    chart = spc.xmr(series([*BASE, 10.5, 11, 11.5, 12, 13.6, 14, 14.5]), fix_after=12)
    assert chart["rules"].iloc[18] == "trend up; two of three high; shift high"
    chart = spc.xmr(series([*BASE, 10.5, 11, 11.5, 11, 13.6, 14, 13.6]), fix_after=12)
    assert chart["rules"].iloc[18] == "two of three high; shift high"


@pytest.mark.parametrize(
    ("polarity", "high", "low"),
    [
        ("higher", "improvement", "concern"),
        ("lower", "concern", "improvement"),
        ("neutral", "neutral", "neutral"),
        ("within", "neutral", "neutral"),
    ],
)
def test_polarity_says_whether_a_special_cause_is_improvement(polarity: spc.Polarity, high: str, low: str) -> None:
    chart = spc.xmr(series([*BASE, 16, 4]), fix_after=12, polarity=polarity)
    assert chart["point_type"].tolist()[12:] == [high, low]
    assert set(chart["point_type"].head(12)) == {"common cause"}


def test_improvement_wins_a_conflict_in_the_excel_rule_set_only() -> None:
    rising = series([*BASE, 3, 3.5, 4, 4.5, 5, 5.5, 6])  # a rising trend below the lower limit
    ptd = spc.xmr(rising, fix_after=12).iloc[12]
    excel = spc.xmr(rising, fix_after=12, rules="mdc_excel").iloc[12]
    assert (ptd["special_cause"], ptd["point_type"]) == ("outside low", "concern")
    assert (excel["special_cause"], excel["point_type"]) == ("trend up", "improvement")
    assert set(ptd["rules"].split("; ")) == {"outside low", "trend up", "shift low"}


def test_six_points_can_make_a_shift_in_the_excel_rule_set_only() -> None:
    values = [*BASE, 9, 10.5, 11, 10.5, 11, 10.5, 11]
    assert shown(values, fix_after=12, rules="mdc_excel", trend_points=6)[13:] == ["shift high"] * 6
    assert shown(values, fix_after=12, rules="mdc_excel")[13:] == [""] * 6
    with pytest.raises(ParameterError, match="6 points make no shift or trend under the rule set ptd: use 7"):
        spc.xmr(series(values), trend_points=6)


def test_dates_may_be_labels_periods_or_datetimes_and_give_one_chart() -> None:
    labels = series([4, 6, 4, 9], start="April 2017")
    months = labels.assign(period=pd.period_range("2017-04", periods=4, freq="M"))
    days = labels.assign(period=pd.date_range("2017-04-01", periods=4, freq="MS"))
    texts = labels.assign(period=["2017-04-01", "2017-05-01", "2017-06-01", "2017-07-01"])
    plain = labels.assign(period=[dt.date(2017, month, 1) for month in (4, 5, 6, 7)])
    objects = labels.assign(period=pd.Series(list(pd.period_range("2017-04", periods=4, freq="M")), dtype=object))
    expected = spc.xmr(labels, rebase=["June 2017"]).drop(columns="period")
    for frame in (months, days, texts, plain, objects):
        for rebase in ("June 2017", dt.date(2017, 6, 1), pd.Timestamp("2017-06-01"), pd.Period("2017-06", "M")):
            chart = spc.xmr(frame, rebase=[rebase])
            pd.testing.assert_frame_equal(chart.drop(columns="period"), expected)
    assert spc.xmr(labels)["period"].tolist() == labels["period"].tolist()
    assert spc.xmr(days, rebase="2017-18 Q1")["group"].tolist() == [1, 1, 1, 1]  # the quarter begins on 1 April


def test_weeks_and_days_can_be_charted_too() -> None:
    weeks = pd.DataFrame({"period": pd.period_range("2017-04-03", periods=4, freq="W"), "value": [1, 2, 3, 4]})
    assert spc.xmr(weeks, rebase=["2017-04-18"])["group"].tolist() == [0, 0, 1, 1]
    twice = weeks.assign(period=[*weeks["period"][:3], weeks["period"][0]])
    with pytest.raises(ParameterError, match="2017-04-03/2017-04-09 stands twice"):
        spc.xmr(twice)


def test_the_order_of_rows_does_not_matter_and_the_input_stays_as_it_was() -> None:
    frame = series([4, 6, None, 9, 5, 16])
    shuffled = frame.iloc[[3, 0, 5, 1, 4, 2]]
    before = shuffled.copy(deep=True)
    pd.testing.assert_frame_equal(spc.xmr(shuffled), spc.xmr(frame))
    pd.testing.assert_frame_equal(shuffled, before)


def test_no_rows_one_row_and_nothing_but_missing_values_are_answered() -> None:
    assert spc.xmr(series([])).empty
    one = spc.xmr(series([5.0]))
    assert one["mean"].tolist() == [5]
    assert one["upper"].isna().all()
    nothing = spc.xmr(series([None, None, None]))
    assert nothing["mean"].isna().all()
    assert nothing["point_type"].tolist() == ["common cause"] * 3


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (series([1, 2]), {"rebase": ["2012-13 Q1"]}, "rebase date 2012-13 Q1 is not in the data"),
        (series([1, 2]), {"rebase": [None]}, "A rebase date is missing"),
        (series([1, 2]), {"rebase": ["soon"]}, '"soon" is not a period'),
        (pd.DataFrame({"period": ["2017-18 Q1"] * 2, "value": [1, 2]}), {}, "2017-18 Q1 stands twice in the data"),
        (pd.DataFrame({"period": ["2017-18 Q1", None], "value": [1, 2]}), {}, "Row 2 has no date in period"),
        (pd.DataFrame({"period": ["2017-18 Q1", "2017-18"], "value": [1, 2]}), {}, "mixes 2017-18 Q1 and 2017-18"),
        (pd.DataFrame({"period": ["2017-04-31"], "value": [1]}), {}, "A date is not one"),
        (series([1, float("inf")]), {}, "2010-11 Q2 has an infinite value"),
        (series([1, -float("inf")]), {}, "2010-11 Q2 has an infinite value"),
        (series([1, "two"]), {}, '2010-11 Q2 has the value "two", not a number'),
        (series([1, 2]), {"value": "amount"}, "no column amount; it has period, value"),
        (series([1, 2]), {"fix_after": 11}, "cannot be fixed after 11 points: they need 12 or more"),
        (series([1, 2]), {"polarity": "up"}, 'Polarity "up" is not known'),
        (series([1, 2]), {"rules": "western"}, 'Rule set "western" is not known: use ptd or mdc_excel'),
        (series([1, 2]), {"target": float("inf")}, "The target inf is not a number"),
        (series([1, 2]), {"series_type": "ytd"}, "de-cumulate it first with spc.decumulate"),
        (
            series([1, 2]),
            {"series_type": "rolling"},
            "is a false alarm about two times in three: chart the single periods",
        ),
    ],
)
def test_what_cannot_be_charted_is_refused_with_the_reason(
    frame: pd.DataFrame, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        spc.xmr(frame, **options)  # type: ignore[arg-type]
