"""A council's outlook: a row an indicator, the target of its year-end, the reason where there is nothing to say."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import outlook
from perfkit.model import periods

START = periods.parse("2015-16 Q1")


def observed(name: str, values: list[float], part: int = 1) -> pd.DataFrame:
    labels = [periods.label(START + place) for place in range(len(values))]
    return pd.DataFrame({"indicator": name, "period": labels, "part": part, "value": values})


def defined(name: str, unit: str = "percent", **other: Any) -> dict[str, Any]:
    facts = {"financial_year": "2017-18", "polarity": "higher", "series_type": "point", "arrears": 0}
    return {"indicator": name, "unit": unit, **facts, **other}


def promised(name: str, low: float, **other: Any) -> dict[str, Any]:
    facts = {"period": "2017-18", "part": 1, "role": "target", "kind": "threshold", "basis": "level", "high": None}
    blank = {"direction": None, "strict": False, "profile": None, "baseline": None, "baseline_period": None}
    return {"indicator": name, "low": low, **facts, **blank, **other}


def ask(
    values: pd.DataFrame, definitions: list[dict[str, Any]], targets: list[dict[str, Any]], quarter: str = "2017-18 Q1"
) -> pd.DataFrame:
    columns = list(promised("", 0))
    frame = pd.DataFrame(targets, columns=columns).astype({"high": "float64", "baseline": "float64"})
    return outlook.project_many(values, pd.DataFrame(definitions), frame, quarter=quarter)


LEVEL = [62.0, 64, 63, 65, 63, 64, 62, 65, 64]


def test_every_indicator_has_a_row_and_those_without_figures_a_reason() -> None:
    found = ask(observed("paid", LEVEL), [defined("unpaid"), defined("paid")], [promised("paid", 60.0)])
    assert found["indicator"].tolist() == ["unpaid", "paid"]
    assert found["reason"].tolist() == ["there is no figure", ""]
    assert found["verdict"].tolist() == ["", "likely"]
    assert found["probability"].isna().tolist() == [True, False]


def test_a_row_says_what_project_says() -> None:
    found = ask(observed("paid", LEVEL), [defined("paid")], [promised("paid", 60.0)]).iloc[0]
    one = outlook.project(
        observed("paid", LEVEL), unit="percent", year="2017-18", target=outlook.Goal("higher", low=60.0)
    )
    assert (found["year_end"], found["low80"], found["words"]) == (one.year_end, one.low80, one.words)
    assert (found["points"], found["horizon"], found["confidence"]) == (9, 3, "standard")


def test_what_came_after_the_quarter_is_not_known() -> None:
    found = ask(observed("paid", LEVEL), [defined("paid")], [], quarter="2016-17 Q4")
    assert found.empty  # no definition for 2016-17
    found = ask(observed("paid", LEVEL), [defined("paid", financial_year="2016-17")], [], quarter="2016-17 Q2")
    assert (found["points"].item(), found["last_period"].item()) == (6, "2016-17 Q2")


def test_figures_of_whole_years_are_left_out() -> None:
    yearly = pd.DataFrame({"indicator": "paid", "period": ["2015-16", "2016-17"], "part": 1, "value": [60.0, 61.0]})
    assert ask(yearly, [defined("paid")], [])["reason"].item() == "there is no figure"


@pytest.mark.parametrize(
    ("polarity", "target", "sure"),
    [
        ("higher", {"low": 55.0}, True),
        ("lower", {"low": 55.0}, False),
        ("lower", {"low": 55.0, "direction": "at least"}, True),
        ("higher", {"low": 58.0, "high": 99.0, "kind": "range"}, True),
        ("lower", {"low": 10.0, "high": 75.0, "kind": "range"}, True),
        ("within", {"low": 55.0, "high": 75.0, "kind": "range"}, True),
    ],
)
def test_the_target_is_read_by_its_kind_direction_and_the_polarity(
    polarity: str, target: dict[str, Any], sure: bool
) -> None:
    found = ask(observed("paid", LEVEL), [defined("paid", polarity=polarity)], [promised("paid", **target)])
    assert found["verdict"].item() == ("likely" if sure else "unlikely")


@pytest.mark.parametrize(("kind", "low"), [("milestone", None), ("comparator", None), ("none", None)])
def test_kinds_without_a_number_have_no_probability(kind: str, low: float | None) -> None:
    target = promised("paid", 0.0, kind=kind) | {"low": low}
    found = ask(observed("paid", LEVEL), [defined("paid")], [target])
    assert found["probability"].isna().all()
    assert found["year_end"].notna().all()


def test_a_target_per_quarter_of_a_running_total_is_four_of_them_by_the_year_end() -> None:
    values = observed("visits", [20.0, 40, 60, 80, 20, 41, 60, 81, 21])
    definition = defined("visits", "count", series_type="ytd")
    low = ask(values, [definition], [promised("visits", 15.0, basis="quarter")])
    high = ask(values, [definition], [promised("visits", 25.0, basis="quarter")])
    assert (low["verdict"].item(), high["verdict"].item()) == ("likely", "unlikely")


def test_a_year_count_given_by_single_quarters_is_projected_as_their_sum() -> None:
    values = observed("visits", [20.0, 20, 20, 20, 20, 21, 19, 21, 20])
    found = ask(values, [defined("visits", "count")], [promised("visits", 60.0, basis="year")])
    assert 78 <= found["year_end"].item() <= 83
    assert found["verdict"].item() == "likely"


def test_a_pair_shows_its_less_probable_part() -> None:
    values = pd.concat(
        [observed("jobs", [60.0, 61, 59, 60, 62, 58, 60, 61]), observed("jobs", [20.0] * 4 + [18.0] * 4, 2)]
    )
    targets = [promised("jobs", 40.0, kind="pair"), promised("jobs", 25.0, kind="pair", part=2)]
    found = ask(values, [defined("jobs", "count")], targets, quarter="2017-18 Q1")
    assert len(found) == 1
    assert found["verdict"].item() == "unlikely"
    said = "Of the two figures the less probable, the second: 2017-18 is projected to end at 1"
    assert found["words"].item().startswith(said)


def test_year_to_date_percentages_are_means_of_quarters_and_stay_below_a_hundred() -> None:
    values = observed("repaired", [96.0, 97, 96.5, 97, 99, 99.5, 99, 99.2, 98])
    found = ask(values, [defined("repaired", series_type="ytd")], [promised("repaired", 90.0)])
    assert 96 < found["year_end"].item() <= found["high95"].item() <= 100
    assert found["warnings"].item() == ""
    assert found["met"].isna().all()


def test_an_indicators_declared_break_starts_its_history_again() -> None:
    values = observed("paid", [500.0, 510, 505, *LEVEL[3:]])
    found = outlook.project_many(
        values,
        pd.DataFrame([defined("paid")]),
        pd.DataFrame([promised("paid", 60.0)]),
        quarter="2017-18 Q1",
        breaks={"paid": ["2015-16 Q4"]},
    )
    assert found["points"].item() == 6
    assert found["year_end"].item() < 70


def test_the_frames_given_are_not_changed() -> None:
    values, definitions = observed("paid", LEVEL), pd.DataFrame([defined("paid")])
    targets = pd.DataFrame([promised("paid", 60.0)])
    copies = [frame.copy() for frame in (values, definitions, targets)]
    outlook.project_many(values, definitions, targets, quarter="2017-18 Q1")
    for frame, copy in zip((values, definitions, targets), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
