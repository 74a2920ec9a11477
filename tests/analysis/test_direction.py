"""Direction of travel: what is compared with what, and why it is blank where it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import direction


def travelled(
    figures: dict[str, float],
    quarter: str = "2017-18 Q2",
    *,
    targets: pd.DataFrame | None = None,
    before: dict[str, Any] | None = None,
    **more: Any,
) -> pd.Series[Any]:
    plain = {
        "indicator": "a",
        "unit": "count",
        "polarity": "higher",
        "series_type": "point",
        "frequency": "quarter",
        "arrears": 0,
    }
    this = {**plain, **more}
    indicators = pd.DataFrame(
        [{**this, **(before or {}), "financial_year": "2016-17"}, {**this, "financial_year": "2017-18"}]
    )
    observations = pd.DataFrame({"indicator": "a", "period": list(figures), "value": list(figures.values()), "part": 1})
    return direction.travel(observations, indicators=indicators, quarters=[quarter], targets=targets).iloc[0]


FIGURES = {"2016-17 Q2": 60.0, "2017-18 Q1": 81.0, "2017-18 Q2": 79.5}


def test_each_comparison_is_in_the_numbers_own_unit() -> None:
    found = travelled(FIGURES, unit="percent")
    assert found[["value", "previous_value", "change", "direction_previous"]].tolist() == [
        79.5,
        81.0,
        -1.5,
        "deteriorating",
    ]
    assert found[["year_ago_value", "change_year", "direction_year"]].tolist() == [60.0, 19.5, "improving"]
    assert found["reason"] == ""


@pytest.mark.parametrize(
    ("polarity", "now", "word"),
    [
        ("higher", 82, "improving"),
        ("higher", 80, "deteriorating"),
        ("lower", 82, "deteriorating"),
        ("lower", 80, "improving"),
        ("lower", 81, "unchanged"),
    ],
)
def test_polarity_says_which_way_is_better(polarity: str, now: float, word: str) -> None:
    assert travelled({"2017-18 Q1": 81.0, "2017-18 Q2": now}, polarity=polarity)["direction_previous"] == word


def test_a_count_to_date_is_compared_by_the_quarters_alone() -> None:
    """10 in quarter 1 and 25 by quarter 2 is 15 in quarter 2 alone, better than 10. A year ago: 30 by quarter 2."""
    found = travelled({"2016-17 Q2": 30.0, "2017-18 Q1": 10.0, "2017-18 Q2": 25.0}, series_type="ytd")
    assert found[["value", "previous_value", "change", "direction_previous"]].tolist() == [25.0, 10.0, 5.0, "improving"]
    assert found[["year_ago_value", "change_year", "direction_year"]].tolist() == [30.0, -5.0, "deteriorating"]


def test_quarter_1_of_a_count_to_date_is_compared_with_quarter_4_alone() -> None:
    """90 by quarter 3 and 100 by quarter 4 is 10 in quarter 4 alone."""
    figures = {"2016-17 Q3": 90.0, "2016-17 Q4": 100.0, "2017-18 Q1": 12.0}
    found = travelled(figures, "2017-18 Q1", series_type="ytd")
    assert found[["previous_value", "change", "direction_previous"]].tolist() == [10.0, 2.0, "improving"]


def test_a_percentage_to_date_is_compared_with_a_year_ago_only() -> None:
    found = travelled(FIGURES, unit="percent", series_type="ytd")
    assert found["direction_previous"] == ""
    assert found["reason_previous"] == "a year-to-date percentage or rate is compared with a year ago only"
    assert found["direction_year"] == "improving"


def test_a_missing_figure_is_named() -> None:
    found = travelled({"2017-18 Q2": 79.5})
    assert (found["reason_previous"], found["reason_year"]) == ("no value for 2017-18 Q1", "no value for 2016-17 Q2")
    assert found["reason"] == "no value for 2017-18 Q1; no value for 2016-17 Q2"
    assert pd.isna(found["change"])
    assert travelled({"2017-18 Q1": 81.0})["reason"] == "no value for 2017-18 Q2"


def test_a_yearly_figure_is_compared_with_last_years_only() -> None:
    found = travelled({"2016-17": 60.0, "2017-18": 61.0}, "2017-18 Q4", frequency="year")
    assert (found["reason_previous"], found["direction_year"]) == ("reported once a year", "improving")


def test_a_figure_in_arrears_is_compared_by_its_own_period() -> None:
    found = travelled({"2016-17 Q4": 5.0, "2017-18 Q1": 7.0}, arrears=1)
    assert found[["value", "previous_value"]].tolist() == [7.0, 5.0]


def test_a_changed_definition_leaves_the_comparison_blank() -> None:
    found = travelled(FIGURES, before={"definition": "All visits."}, definition="Completed visits.")
    assert found["direction_year"] == ""
    assert found["reason_year"] == "the definition changed since 2016-17 Q2"
    assert found["direction_previous"] == "deteriorating"


def promised(*rows: tuple[str, float, str]) -> pd.DataFrame:
    return pd.DataFrame([{"indicator": "a", "period": period, "part": 1, "role": role, "kind": "threshold", "low": low,
                          "text": f"{low:.0f}%"} for period, low, role in rows])  # fmt: skip


def test_a_changed_target_leaves_the_comparison_blank() -> None:
    targets = promised(("2016-17", 75.0, "target"), ("2017-18", 80.0, "target"))
    found = travelled(FIGURES, unit="percent", targets=targets)
    assert (found["direction_year"], found["reason_year"]) == (
        "",
        "the target changed since 2016-17 Q2 (from 75% to 80%)",
    )
    assert pd.isna(found["change_year"])
    assert found["direction_previous"] == "deteriorating"


def test_the_same_target_again_and_the_points_of_a_trajectory_are_no_change() -> None:
    same = promised(("2016-17", 80.0, "target"), ("2017-18", 80.0, "target"))
    assert travelled(FIGURES, unit="percent", targets=same)["direction_year"] == "improving"
    line = promised(("2016-17", 75.0, "interim"), ("2017-18", 80.0, "final"))
    assert travelled(FIGURES, unit="percent", targets=line)["direction_year"] == "improving"


def test_within_a_band_nearer_is_better() -> None:
    band = pd.DataFrame(
        {"indicator": ["a"], "period": ["2017-18"], "part": 1, "kind": "range", "low": 90.0, "high": 95.0}
    )
    closer = travelled({"2017-18 Q1": 99.0, "2017-18 Q2": 88.0}, polarity="within", targets=band)
    assert closer["direction_previous"] == "improving"
    inside = travelled({"2017-18 Q1": 91.0, "2017-18 Q2": 94.0}, polarity="within", targets=band)
    assert inside["direction_previous"] == "unchanged"
    assert (
        travelled(FIGURES, polarity="within")["reason_previous"]
        == "which way is good depends on a target, and none is given"
    )


def test_where_neither_direction_is_good_the_change_stands_alone() -> None:
    found = travelled(FIGURES, polarity="neutral")
    assert (found["change"], found["direction_previous"]) == (-1.5, "")
    assert found["reason"] == "neither direction is good for this indicator"


def test_every_indicator_of_every_quarter_has_a_row() -> None:
    indicators = pd.DataFrame({"indicator": ["a", "b"], "financial_year": "2017-18", "unit": "count",
                               "polarity": "higher", "series_type": "point"})  # fmt: skip
    observations = pd.DataFrame({"indicator": ["a"], "period": ["2017-18 Q1"], "value": [1.0]})
    found = direction.travel(observations, indicators=indicators, quarters=["2017-18 Q1", "2017-18 Q2"])
    assert found[["indicator", "period"]].to_numpy().tolist() == [
        ["a", "2017-18 Q1"], ["b", "2017-18 Q1"], ["a", "2017-18 Q2"], ["b", "2017-18 Q2"],
    ]  # fmt: skip
