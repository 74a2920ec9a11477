"""Savings: required, delivered, still to come and short; a missing amount is never a nought."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.analysis import delivery

Amount = float | None


def rows(*given: tuple[int, str, Amount, Amount, Amount], as_at: str = "December 2014") -> pd.DataFrame:
    """Make amounts: work stream, year, required, delivered and forecast."""
    frame = pd.DataFrame(list(given), columns=["number", "financial_year", "required", "delivered", "forecast"])
    numbers = dict.fromkeys(["required", "delivered", "forecast"], "float64")
    return frame.astype(numbers).assign(programme="P", as_at=as_at, status=None, note=None)


def gap(year: str, delivered: Amount, forecast: Amount, *, as_at: str = "December 2014") -> list[Any]:
    found = delivery.gaps(rows((1, year, 10.0, delivered, forecast), as_at=as_at)).iloc[0]
    return [None if pd.isna(found["gap"]) else found["gap"], found["unknown"]]


@pytest.mark.parametrize(
    ("year", "delivered", "forecast", "expected"),
    [
        ("2014-15", 6.0, 3.0, [1.0, 0.0]),
        ("2014-15", 6.0, 4.0, [0.0, 0.0]),
        ("2014-15", 6.0, 5.0, [-1.0, 0.0]),
        ("2014-15", 6.0, 0.0, [4.0, 0.0]),
        ("2014-15", 6.0, None, [None, 4.0]),
        ("2014-15", None, 3.0, [None, 7.0]),
        ("2014-15", None, None, [None, 10.0]),
        ("2013-14", 6.0, None, [4.0, 0.0]),
        ("2013-14", None, None, [None, 10.0]),
        ("2015-16", None, 9.0, [1.0, 0.0]),
        ("2015-16", None, None, [None, 10.0]),
    ],
)
def test_short_is_required_less_delivered_less_forecast(
    year: str, delivered: Amount, forecast: Amount, expected: list[Any]
) -> None:
    assert gap(year, delivered, forecast) == expected


def test_a_year_is_over_on_its_last_day_and_needs_no_forecast() -> None:
    assert gap("2014-15", 6.0, None, as_at="March 2015") == [4.0, 0.0]
    assert gap("2014-15", 6.0, None, as_at="February 2015") == [None, 4.0]


def test_a_year_has_begun_with_its_first_month() -> None:
    assert gap("2014-15", None, 10.0, as_at="March 2014") == [0.0, 0.0]
    assert gap("2014-15", None, 10.0, as_at="April 2014") == [None, 0.0]


TWO_YEARS = rows(
    (1, "2013-14", 10.0, 8.0, None), (1, "2014-15", 10.0, 6.0, 3.0), (2, "2013-14", 20.0, 20.0, None),
    (2, "2014-15", 20.0, 10.0, None),
)  # fmt: skip


def test_a_total_of_which_a_part_is_not_known_is_not_known() -> None:
    whole = delivery.total(delivery.gaps(TWO_YEARS)).iloc[0]
    assert whole[["required", "delivered", "forecast", "short", "unknown"]].tolist() == [60.0, 44.0, 3.0, 3.0, 10.0]
    assert pd.isna(whole["gap"])
    assert (whole["silent"], whole["parts"], whole["first_year"], whole["last_year"]) == (1, 4, "2013-14", "2014-15")
    assert whole["share"] == pytest.approx(44 / 60 * 100)


def test_years_and_streams_add_up_each_for_itself() -> None:
    found = delivery.gaps(TWO_YEARS)
    years = delivery.by_year(found)
    assert years[["financial_year", "required", "delivered", "gap"]].astype("object").to_numpy().tolist()[0] == [
        "2013-14", 30.0, 28.0, 2.0,
    ]  # fmt: skip
    assert years["gap"].isna().tolist() == [False, True]
    assert years["forecast"].isna().tolist() == [True, False]
    streams = pd.DataFrame({"programme": "P", "number": [1, 2, 3], "title": ["A", "B", "C"], "aim": None})
    summed = delivery.by_stream(found, streams)
    assert summed["title"].tolist() == ["A", "B", "C"]
    assert summed["gap"].isna().tolist() == [False, True, True]
    assert summed["required"].isna().tolist() == [False, False, True]


def test_the_steps_lead_from_required_to_nothing() -> None:
    steps = delivery.bridge(delivery.gaps(TWO_YEARS))
    assert steps[["kind", "financial_year", "amount"]].astype("object").where(
        steps["financial_year"].notna(), None
    ).iloc[[1, 2, 3]].to_numpy().tolist() == [
        ["delivered", "2013-14", 28.0],
        ["delivered", "2014-15", 16.0],
        ["forecast", "2014-15", 3.0],
    ]
    assert steps["kind"].tolist() == ["required", "delivered", "delivered", "forecast", "gap", "unknown"]
    assert steps["start"].tolist() == [0.0, 60.0, 32.0, 16.0, 13.0, 10.0]
    assert steps["end"].tolist() == [60.0, 32.0, 16.0, 13.0, 10.0, 0.0]


def test_nothing_short_is_still_a_step_and_a_surplus_is_below_nought() -> None:
    assert delivery.bridge(delivery.gaps(rows((1, "2014-15", 10.0, 6.0, 4.0))))["amount"].tolist()[-1] == 0.0
    steps = delivery.bridge(delivery.gaps(rows((1, "2014-15", 10.0, 6.0, 5.0))))
    assert steps[["kind", "amount", "start", "end"]].to_numpy().tolist()[-1] == ["gap", -1.0, -1.0, 0.0]


_money = st.integers(0, 10**7).map(float)
_maybe = st.one_of(st.none(), _money)
_year = st.sampled_from(["2012-13", "2013-14", "2014-15", "2015-16"])


@given(st.dictionaries(st.tuples(st.integers(1, 4), _year), st.tuples(_money, _maybe, _maybe), min_size=1, max_size=12))
def test_parts_add_up_to_what_is_required(amounts: dict[Any, Any]) -> None:
    found = delivery.gaps(rows(*((*key, *value) for key, value in amounts.items())))
    whole = delivery.total(found).iloc[0]
    parts = sum(whole[name] for name in ("delivered", "forecast", "short", "unknown") if not pd.isna(whole[name]))
    assert parts == pytest.approx(whole["required"])
    streams = pd.DataFrame({"programme": "P", "number": [1, 2, 3, 4], "title": "T", "aim": None})
    for split in (delivery.by_year(found), delivery.by_stream(found, streams)):
        for name in ("required", "delivered", "forecast", "short", "unknown"):
            assert split[name].sum() == pytest.approx(0 if pd.isna(whole[name]) else whole[name])
        assert bool(split.loc[split["parts"].notna(), "gap"].isna().any()) == bool(pd.isna(whole["gap"]))
    steps = delivery.bridge(found)
    assert steps["end"].iloc[-1] == pytest.approx(0, abs=0.01)
    assert steps["start"].iloc[1:].tolist() == steps["end"].iloc[:-1].tolist()


def test_what_was_promised_stands_beside_what_the_streams_add_up_to() -> None:
    promised = pd.DataFrame(
        {"programme": "P", "measure": ["Savings required", "reduction in managers", "update"],
         "value": [60.0, 25.0, None]}
    )  # fmt: skip
    found = delivery.promises(promised, delivery.total(delivery.gaps(TWO_YEARS)))
    assert found["computed"].iloc[0] == 60.0
    assert found["computed"].isna().tolist() == [False, True, True]
    assert found["agrees"].iloc[0]
    assert found["agrees"].isna().tolist() == [False, True, True]


def test_a_promise_without_amounts_is_neither_kept_nor_broken() -> None:
    promised = pd.DataFrame({"programme": ["Q"], "measure": ["savings required"], "value": [60.0]})
    assert delivery.promises(promised, delivery.total(delivery.gaps(TWO_YEARS)))["agrees"].isna().all()


def test_the_frame_given_is_not_changed() -> None:
    kept = TWO_YEARS.copy()
    delivery.bridge(delivery.gaps(TWO_YEARS))
    pd.testing.assert_frame_equal(TWO_YEARS, kept)
