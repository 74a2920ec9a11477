"""Delays by month, quarter and year: days divided by days, and periods that are not whole say so."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from perfkit.analysis import delays
from perfkit.model.errors import ParameterError

Make = Callable[..., pd.DataFrame]

SOCIAL = {"attribution": "social care"}


def test_people_a_day_is_delayed_days_over_the_days_of_the_month(delays_of: Make) -> None:
    frame = delays_of(("2017-02", "Oxfordshire", 560, SOCIAL), ("2017-03", "Oxfordshire", 859, SOCIAL))
    monthly = delays.by_month(frame, area="Oxfordshire", attribution="social care")
    assert monthly["people_a_day"].round(1).tolist() == [20.0, 27.7]
    assert monthly["calendar_days"].tolist() == [28, 31]
    assert monthly[["file", "sheet", "cell"]].iloc[1].tolist() == ["2017-03.xls", "LA", "F20"]


def test_months_come_in_order_within_first_and_last(delays_of: Make) -> None:
    frame = delays_of(*[(m, "Oxfordshire", 31) for m in ("2017-05", "2017-03", "2017-04", "2017-06")])
    monthly = delays.by_month(frame, area="Oxfordshire", first="April 2017", last="May 2017")
    assert monthly["month"].astype(str).tolist() == ["2017-04", "2017-05"]


def test_a_month_without_a_figure_keeps_its_marker_and_is_never_zero(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", None, {"marker": "-"}), ("2017-05", "Oxfordshire", 0))
    monthly = delays.by_month(frame, area="Oxfordshire")
    assert monthly["people_a_day"].isna().tolist() == [True, False]
    assert monthly["marker"].iloc[0] == "-"
    assert monthly["delayed_days"].iloc[1] == 0


def test_a_quarter_divides_its_days_by_its_days(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 300), ("2017-05", "Oxfordshire", 310), ("2017-06", "Oxfordshire", 300))
    [quarter] = delays.by_quarter(frame, area="Oxfordshire").to_dict("records")
    assert (quarter["period"], quarter["months"], quarter["complete"]) == ("2017-18 Q1", 3, True)
    assert (quarter["delayed_days"], quarter["calendar_days"], quarter["people_a_day"]) == (910, 91, 10)
    assert quarter["source"].startswith("2017-04.xls, sheet LA, cell F20; 2017-05.xls")


def test_the_source_of_a_csv_file_names_no_sheet(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 300, {"file": "2017-04.csv", "sheet": None}))
    assert delays.by_quarter(frame, area="Oxfordshire")["source"].tolist() == ["2017-04.csv, cell F20"]


def test_a_period_with_months_missing_says_how_many_it_has(delays_of: Make) -> None:
    frame = delays_of(
        ("2017-03", "Oxfordshire", 62),
        ("2017-04", "Oxfordshire", 300),
        ("2017-05", "Oxfordshire", None, {"marker": "-"}),
    )
    quarterly = delays.by_quarter(frame, area="Oxfordshire")
    assert quarterly[["period", "months", "months_in_period", "complete"]].to_numpy().tolist() == [
        ["2016-17 Q4", 1, 3, False],
        ["2017-18 Q1", 1, 3, False],
    ]
    assert quarterly["people_a_day"].tolist() == [2.0, 10.0]
    yearly = delays.by_year(frame, area="Oxfordshire")
    assert yearly[["period", "months", "months_in_period"]].to_numpy().tolist() == [
        ["2016-17", 1, 12],
        ["2017-18", 1, 12],
    ]


def test_a_sum_is_as_firm_as_its_least_firm_month(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 1), ("2017-05", "Oxfordshire", 1, {"status": "illustrative"}))
    assert delays.by_quarter(frame, area="Oxfordshire")["status"].tolist() == ["illustrative"]


def test_seasons_are_told_from_whole_years_only(delays_of: Make) -> None:
    months = [str(m) for m in pd.period_range("2016-04", "2017-06", freq="M")]
    people = [12.0 if m.endswith("-01") else 10.0 for m in months]
    frame = delays_of(
        *[(m, "Oxfordshire", p * pd.Period(m, "M").days_in_month) for m, p in zip(months, people, strict=True)]
    )
    seasons = delays.seasonality(frame, area="Oxfordshire").set_index("month_name")
    assert list(seasons.index[:2]) == ["April", "May"]
    assert seasons["years"].tolist() == [1] * 12
    assert seasons["index"]["January"] == pytest.approx(12 / (122 / 12))
    with pytest.raises(ParameterError, match="There is no whole financial year of delays of Oxfordshire"):
        delays.seasonality(frame.iloc[:11], area="Oxfordshire")


def test_an_unknown_area_is_told_with_names_that_are_near(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 1), ("2017-04", "Bath & North East Somerset UA", 1))
    with pytest.raises(ParameterError, match=r'No area is called "Oxfordshre" .*; the nearest is "Oxfordshire"\.'):
        delays.by_month(frame, area="Oxfordshre")
    with pytest.raises(ParameterError, match='the nearest is "Bath & North East Somerset UA"'):
        delays.by_month(frame, area="Somerset")


def test_an_unknown_word_and_an_unpublished_split_are_told(delays_of: Make) -> None:
    frame = delays_of(("2017-04", "Oxfordshire", 1))
    with pytest.raises(ParameterError, match=r'"council" is no attribution; expected all, NHS, social care or both\.'):
        delays.by_month(frame, area="Oxfordshire", attribution="council")
    with pytest.raises(ParameterError, match="There are no delays of Oxfordshire by attribution NHS, reason E"):
        delays.by_month(frame, area="Oxfordshire", attribution="NHS", reason="E")


def test_the_frame_given_is_not_changed(delays_of: Make) -> None:
    frame = delays_of(("2017-05", "Oxfordshire", 1), ("2017-04", "Oxfordshire", 2))
    before = frame.copy(deep=True)
    delays.by_month(frame, area="Oxfordshire")
    delays.by_quarter(frame, area="Oxfordshire")
    pd.testing.assert_frame_equal(frame, before)
