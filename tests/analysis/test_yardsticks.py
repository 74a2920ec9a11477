"""What an indicator is held against: the year's target, the later one, and a baseline that the returns bear out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit import yardsticks


def indicators(**changes: object) -> pd.DataFrame:
    return pd.DataFrame([{"indicator": "children", "financial_year": "2017-18", "ref": "11", "title": "Children",
                          "unit": "count", "series_type": "snapshot", "polarity": "lower", **changes}])  # fmt: skip


def target(period: str, low: float, **changes: object) -> dict[str, Any]:
    return {"indicator": "children", "period": period, "part": 1, "role": "target", "kind": "threshold",
            "text": f"{low:.0f}", "low": low, "basis": "level", "profile": None, "baseline": 667.0,
            "baseline_period": "March 2017", **changes}  # fmt: skip


def seen(**values: float) -> pd.DataFrame:
    rows = [{"indicator": "children", "period": label.replace("_", " ").replace("y", "20", 1).replace("to", "-"),
             "part": 1, "value": value, "status": "final"} for label, value in values.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["indicator", "period", "part", "value", "status"])


def laid(targets: list[dict[str, Any]], figures: pd.DataFrame, quarter: str = "2017-18 Q1", **changes: object) -> Any:
    return yardsticks.lay_out(indicators(**changes), pd.DataFrame(targets), figures, quarter=quarter).iloc[0]


POINTS = [target("March 2018", 629.0, role="interim"), target("March 2019", 582.0, role="final")]


def test_the_year_has_its_own_target_and_the_next_one_comes_later() -> None:
    row = laid(POINTS, seen(y16to17_Q4=667.0))
    assert (row["target"], row["target_period"], row["role"]) == ("629", "March 2018", "interim")
    assert (row["later"], row["later_period"]) == ("582", "March 2019")


def test_a_baseline_is_found_in_the_period_that_ends_with_it() -> None:
    row = laid(POINTS, seen(y16to17_Q3=644.0, y16to17_Q4=667.0, y17to18_Q1=668.0))
    assert (row["baseline"], row["recorded"], row["recorded_period"]) == (667.0, 667.0, "2016-17 Q4")


@pytest.mark.parametrize("figures", [seen(), seen(y16to17_Q3=644.0)])
def test_a_baseline_that_nothing_was_reported_for_stays_alone(figures: pd.DataFrame) -> None:
    row = laid(POINTS, figures)
    assert row["baseline"] == 667.0
    assert pd.isna(row["recorded"])


def test_what_a_target_asks_for_is_in_per_cent_of_the_baseline_and_of_a_percentage_in_points() -> None:
    """629 of 667 is 38 fewer, 5.7%; 582 is 85 fewer, 12.7%."""
    row = laid(POINTS, seen())
    assert (round(row["change"], 1), round(row["later_change"], 1)) == (-5.7, -12.7)
    percentage = laid([target("2017-18", 75.0, baseline=70.0, baseline_period="2016-17")], seen(), unit="percent")
    assert percentage["change"] == 5.0


def test_nothing_is_asked_of_a_baseline_of_nought() -> None:
    assert pd.isna(laid([target("2017-18", 75.0, baseline=0.0)], seen())["change"])


@pytest.mark.parametrize(("basis", "expected"), [("quarter", 3332.0), ("month", 9996.0), ("year", None)])
def test_a_target_for_a_quarter_or_month_comes_to_more_in_a_year(basis: str, expected: float | None) -> None:
    row = laid([target("2017-18", 833.0, basis=basis)], seen(), series_type="ytd")
    assert row["in_year"] == expected if expected else pd.isna(row["in_year"])


def test_an_indicator_without_a_target_stays_and_another_years_is_left_out() -> None:
    none = yardsticks.lay_out(
        indicators(), pd.DataFrame([target("2017-18", 5.0, indicator="other")]), seen(), quarter="2017-18 Q1"
    )
    assert none["ref"].tolist() == ["11"]
    assert none["target"].isna().all()
    another = yardsticks.lay_out(indicators(), pd.DataFrame(POINTS), seen(), quarter="2018-19 Q1")
    assert another.empty
