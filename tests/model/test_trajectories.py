"""What a target asks for by the end of a quarter, worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from perfkit.model import targets as grammar
from perfkit.model import trajectories
from perfkit.model.errors import ParseError

QUARTERS = [f"2017-18 Q{n}" for n in (1, 2, 3, 4)]


def target(low: float | None = None, period: str = "2017-18", **more: Any) -> dict[str, Any]:
    row = {"indicator": "a", "period": period, "part": 1, "role": "target", "kind": "threshold", "low": low}
    return {**row, **more}


def ask(*rows: dict[str, Any], unit: str = "count", series: str = "ytd", quarters: list[str] = QUARTERS,
        history: pd.DataFrame | None = None) -> pd.DataFrame:  # fmt: skip
    indicators = pd.DataFrame(
        {"indicator": ["a"], "financial_year": ["2017-18"], "unit": [unit], "series_type": [series]}
    )
    return trajectories.expected(pd.DataFrame(list(rows)), indicators=indicators, quarters=quarters, history=history)


def figures(frame: pd.DataFrame) -> list[float]:
    return [round(x, 6) for x in frame["expected"]]


def test_a_years_count_is_spread_over_equal_quarters() -> None:
    found = ask(target(3332.0, basis="year"))
    assert figures(found) == [833.0, 1666.0, 2499.0, 3332.0]
    assert found["how"].tolist()[1] == "a quarter of 3,332 times 2"


def test_a_target_per_quarter_is_counted_as_often_as_there_were_quarters() -> None:
    found = ask(target(833.0, basis="quarter"))
    assert figures(found) == [833.0, 1666.0, 2499.0, 3332.0]
    assert found["how"].tolist()[1] == "833 a quarter times 2"


def test_a_target_per_month_is_counted_three_times_a_quarter() -> None:
    assert figures(ask(target(100.0, basis="month"))) == [300.0, 600.0, 900.0, 1200.0]


def test_a_profile_of_shares_is_added_up() -> None:
    found = ask(target(1000.0, basis="year", profile="20/25/25/30"))
    assert figures(found) == [200.0, 450.0, 700.0, 1000.0]
    assert found["how"].tolist()[1] == "45% of 1,000"


def test_shares_that_do_not_make_100_are_refused() -> None:
    with pytest.raises(ParseError, match="the four shares make 90, expected 100"):
        ask(target(1000.0, profile="20/20/25/25"))


def test_a_seasonal_profile_is_that_of_last_year() -> None:
    last = {
        "indicator": "a",
        "period": [f"2016-17 Q{n}" for n in (1, 2, 3, 4)],
        "part": 1,
        "value": [10.0, 30.0, 70.0, 80.0],
    }
    found = ask(target(400.0, profile="seasonal"), history=pd.DataFrame(last))
    assert figures(found) == [50.0, 150.0, 350.0, 400.0]
    assert found["how"].tolist()[0] == "12.5% of 400, as last year"


def test_a_seasonal_profile_without_last_year_gives_nothing_and_says_so() -> None:
    found = ask(target(400.0, profile="seasonal"))
    assert found["expected"].isna().all()
    assert "cannot be spread as last year" in found["how"].iloc[0]


def test_targets_of_their_own_for_each_quarter_are_added_up() -> None:
    own = [target(low, f"2017-18 Q{n}", basis="quarter") for n, low in enumerate((10.0, 20.0, 30.0, 40.0), 1)]
    assert figures(ask(*own)) == [10.0, 30.0, 60.0, 100.0]


def test_quarters_without_a_target_of_their_own_take_the_years() -> None:
    found = ask(target(10.0, "2017-18 Q1", basis="quarter"), target(100.0, basis="year"))
    assert figures(found) == [10.0, 50.0, 75.0, 100.0]


@pytest.mark.parametrize(("unit", "series"), [("percent", "ytd"), ("rate per 100,000", "ytd"), ("count", "snapshot")])
def test_percentages_rates_and_snapshots_stay_at_their_level(unit: str, series: str) -> None:
    assert figures(ask(target(80.0, basis="level"), unit=unit, series=series)) == [80.0, 80.0, 80.0, 80.0]


def test_a_years_count_against_quarters_that_stand_alone_is_a_quarter_of_it_each_time() -> None:
    assert figures(ask(target(400.0, basis="year"), series="point")) == [100.0, 100.0, 100.0, 100.0]


LOOKED_AFTER = (
    target(629.0, "March 2018", role="interim", baseline=667.0, baseline_period="March 2017", basis="level"),
    target(582.0, "March 2019", role="final", baseline=667.0, baseline_period="March 2017", basis="level"),
)


def test_the_line_runs_through_baseline_interim_and_final_target() -> None:
    """667 at March 2017, 629 at March 2018, 582 at March 2019: 9.5 a quarter, then 11.75 a quarter."""
    quarters = [*QUARTERS, "2018-19 Q1", "2018-19 Q2", "2018-19 Q4"]
    found = ask(*LOOKED_AFTER, series="snapshot", quarters=quarters)
    assert figures(found) == [657.5, 648.0, 638.5, 629.0, 617.25, 605.5, 582.0]
    assert found["how"].tolist()[0] == "straight line from 667 in March 2017 to 629 in March 2018"
    assert found["how"].tolist()[4] == "straight line from 629 in March 2018 to 582 in March 2019"
    assert found["target_row"].tolist() == [0, 0, 0, 0, 1, 1, 1]


def test_a_step_holds_the_point_before_until_the_next_is_due() -> None:
    step = [{**row, "profile": "step"} for row in LOOKED_AFTER]
    found = ask(*step, series="snapshot", quarters=["2017-18 Q1", "2017-18 Q4", "2018-19 Q2", "2018-19 Q4"])
    assert figures(found) == [667.0, 629.0, 629.0, 582.0]
    assert found["how"].tolist()[0] == "667 until March 2018, then 629"


def test_several_interim_points_each_start_the_next_piece() -> None:
    points = (
        target(10.0, "September 2017", role="interim", baseline=0.0, baseline_period="March 2017"),
        target(40.0, "December 2017", role="interim"),
        target(50.0, "March 2018", role="final"),
    )
    assert figures(ask(*points, series="snapshot")) == [5.0, 10.0, 40.0, 50.0]


def test_one_years_target_is_no_point_of_the_line_to_the_next_years() -> None:
    found = ask(target(80.0, "2017-18"), target(85.0, "2018-19"), unit="percent", series="point",
                quarters=["2017-18 Q3", "2018-19 Q1"])  # fmt: skip
    assert figures(found) == [80.0, 85.0]


def test_before_the_baseline_and_after_the_last_target_nothing_is_expected() -> None:
    found = ask(*LOOKED_AFTER, series="snapshot", quarters=["2016-17 Q3", "2019-20 Q1"])
    assert found["expected"].isna().all()
    assert found["target_row"].tolist() == [-1, -1]
    assert found["how"].tolist() == ["", ""]


def test_changes_bands_and_maintain_are_worked_out_of_the_baseline() -> None:
    more = {"baseline": 200.0, "baseline_period": "2016-17"}
    up = ask(target(36.0, kind="change", relative=True, basis="year", **more))
    assert figures(up) == [68.0, 136.0, 204.0, 272.0]
    fewer = ask(target(-50.0, kind="change", relative=False, basis="year", **more))
    assert figures(fewer)[-1] == 150.0
    assert figures(ask(target(None, kind="maintain", **more), series="snapshot")) == [200.0] * 4
    band = ask(target(-4.5, kind="band", high=4.5, relative=True, **more), series="snapshot")
    assert (figures(band)[0], band["expected_high"].iloc[0]) == (191.0, 209.0)


def test_a_change_without_a_baseline_is_not_worked_out() -> None:
    assert ask(target(36.0, kind="change", relative=True, basis="year"))["expected"].isna().all()


def test_a_duration_is_not_spread() -> None:
    assert figures(ask(target(8.0, kind="duration"), unit="days")) == [8.0] * 4


def test_both_parts_of_a_pair_are_spread() -> None:
    pair = (target(60.0, kind="pair", basis="year"), target(20.0, kind="pair", basis="year", part=2))
    found = ask(*pair, quarters=["2017-18 Q1"])
    assert list(zip(found["part"], found["expected"], strict=True)) == [(1, 15.0), (2, 5.0)]


def test_the_frames_given_stay_as_they_are() -> None:
    rows = pd.DataFrame([target(3332.0, basis="year")])
    before = rows.copy()
    indicators = pd.DataFrame(
        {"indicator": ["a"], "financial_year": ["2017-18"], "unit": ["count"], "series_type": ["ytd"]}
    )
    trajectories.expected(rows, indicators=indicators, quarters=QUARTERS)
    pd.testing.assert_frame_equal(rows, before)


def test_no_targets_give_no_rows() -> None:
    none = pd.DataFrame({"indicator": [], "period": [], "kind": [], "low": []})
    indicators = pd.DataFrame(
        {"indicator": ["a"], "financial_year": ["2017-18"], "unit": ["count"], "series_type": ["ytd"]}
    )
    assert trajectories.expected(none, indicators=indicators, quarters=QUARTERS).empty


EXPECTED_AT_QUARTER_1 = {
    "1": 67.0, "2": 28.0, "3": 80.0, "4": 39.75, "5": 24.5, "6": 66.75, "7": 8920.0, "8": 2.25, "9": None, "10": None,
    "11": 657.5, "12": 79.0, "13": 90.5, "14": 437.5, "15": 3000.0, "16": 1125.0, "17": 75.0, "18": 80.0, "19": 70.0,
    "20": 95.0, "21": (93.0, 95.0), "22": (93.0, 95.0), "23": (60.0, 63.0), "24": 95.0, "25": 84.0, "26": 42.0,
    "27": 2315.0, "28": 6.8, "29": 37.3, "30": 50.0, "31": None, "32": 15.0, "33": 3.75, "34": 80.0, "35": 20.0,
    "36": 80.0, "37": 50.0, "38": 100.0, "39": 90.0, "40": 28.0, "41": 59.0, "42": 60.0, "43": 3.0, "44": 833.0,
    "45": 3542.0, "46": 1562.0, "47": 66666.0, "48": 250.0, "49": 80.0, "50": 95.0,
}  # fmt: skip
EXPECTED_AT_QUARTER_3 = {
    "4": 119.25,
    "5": 17.5,
    "6": 66.25,
    "11": 638.5,
    "12": 237.0,
    "44": 2499.0,
    "46": 4686.0,
    "1": 67.0,
}


@pytest.fixture(scope="module")
def published(shared: Path) -> pd.DataFrame:
    return pd.read_csv(shared / "facts" / "oxfordshire-2017-18-q1" / "indicators.csv", dtype=str, keep_default_na=False)


def _tables(published: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay the published list out as tables: counts to date are for the year, or the quarter if both stand."""
    months = {"2017-03": "March 2017", "2018-03": "March 2018", "2019-03": "March 2019"}
    rows, defined = [], []
    for each in published.to_dict("records"):
        polarity = "neutral" if each["polarity"] == "milestone" else each["polarity"]
        counted = each["cumulative"] == "Y" and each["unit"].startswith("count")
        basis = "quarter" if each["later_target_period"] == "2017-18" else "year" if counted else "level"
        line = {"baseline": float(each["baseline"] or "nan"), "baseline_period": months.get(each["baseline_period"])}
        texts = [("target", "2017-18", each["target"])]
        if each["later_target_period"] in ("2019-03", "2018-19"):
            texts.append(("final", months.get(each["later_target_period"], "2018-19"), each["later_target"]))
        for role, period, text in texts:
            read = grammar.rows(grammar.parse(text, polarity=polarity, unit=each["unit"]))
            rows += [
                {"indicator": each["ref"], "period": period, "role": role, **row, "basis": basis, **line}
                for row in read
            ]
        series = "ytd" if each["cumulative"] == "Y" else "point"
        defined.append(
            {"indicator": each["ref"], "financial_year": "2017-18", "unit": each["unit"], "series_type": series}
        )
    return pd.DataFrame(rows), pd.DataFrame(defined)


@pytest.mark.samples
def test_what_all_50_published_indicators_ask_for(published: pd.DataFrame) -> None:
    rows, indicators = _tables(published)
    found = trajectories.expected(rows, indicators=indicators, quarters=["2017-18 Q1", "2017-18 Q3"])
    first = found[(found["part"] == 1) & (found["period"] == "2017-18 Q1")].set_index("indicator")
    assert len(first) == len(EXPECTED_AT_QUARTER_1) == 50
    for ref, wanted in EXPECTED_AT_QUARTER_1.items():
        low, high = wanted if isinstance(wanted, tuple) else (wanted, None)
        for value, own in ((first.at[ref, "expected"], low), (first.at[ref, "expected_high"], high)):
            assert np.isnan(value) if own is None else value == pytest.approx(own), ref
    third = found[(found["part"] == 1) & (found["period"] == "2017-18 Q3")].set_index("indicator")["expected"]
    assert {ref: third[ref] for ref in EXPECTED_AT_QUARTER_3} == pytest.approx(EXPECTED_AT_QUARTER_3)
    pair = found[(found["part"] == 2) & (found["period"] == "2017-18 Q1")]
    assert pair[["indicator", "expected"]].to_numpy().tolist() == [["32", 5.0]]
