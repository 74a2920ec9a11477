"""A council's own back-tests, and the factor they give."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.analysis import outlook
from perfkit.model import periods

START = periods.parse("2012-13 Q1")


def history(noise: float, count: int = 12, quarters: int = 24, *, seed: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    labels = [periods.label(START + place) for place in range(quarters)]
    level = 500 + np.cumsum(rng.normal(scale=5, size=(count, quarters)), axis=1)
    jumps = rng.normal(scale=noise, size=(count, quarters)) * (np.arange(quarters) % 4 == 3)
    return pd.concat(
        pd.DataFrame({"indicator": f"i{n}", "period": labels, "value": level[n] + jumps[n]}) for n in range(count)
    )


def test_years_that_end_with_jumps_widen_the_next_intervals() -> None:
    calm, wild = outlook.calibrate(history(0.0)), outlook.calibrate(history(60.0))
    assert calm.widen < 1 < wild.widen
    assert (calm.series, calm.years) == (12, 60)
    assert wild.covered80 < 80 < calm.covered80


def test_few_ended_years_leave_the_benchmarks_width_nearly_alone() -> None:
    many, few = (outlook.calibrate(history(60.0, count)) for count in (12, 1))
    assert abs(few.widen - 1) < abs(many.widen - 1)


def test_the_words_say_how_well_past_outlooks_did() -> None:
    found = outlook.calibrate(history(60.0))
    tested = f"{found.outlooks} past outlooks of 12 indicators (60 ended years)"
    assert found.words.startswith(f"{tested}: the 80% interval held {found.covered80:.0f}%")
    assert found.words.endswith(f"By this history intervals are to be drawn {found.widen - 1:.0%} wider.")


def test_a_history_too_short_to_test_changes_nothing() -> None:
    found = outlook.calibrate(history(0.0, quarters=6))
    assert (found.widen, found.outlooks, found.covered80) == (1.0, 0, None)
    assert found.words == "No back-tests: an indicator needs six quarters before the end of a year that is known."


def test_a_back_test_knows_only_what_was_known_and_how_the_year_ended() -> None:
    tests = outlook.backtests(history(0.0, count=1, quarters=12))
    assert tests["made"].tolist() == [f"2013-14 Q{q}" for q in (2, 3)] + [f"2014-15 Q{q}" for q in (1, 2, 3)]
    assert tests["horizon"].tolist() == [2, 1, 3, 2, 1]
    given = history(0.0, count=1, quarters=12).set_index("period")["value"]
    assert tests["actual"].tolist() == [given["2013-14 Q4"]] * 2 + [given["2014-15 Q4"]] * 3
    assert tests["naive"].tolist() == given[tests["made"]].tolist()
    changed = history(0.0, count=1, quarters=12)
    changed.loc[changed["period"] == "2014-15 Q4", "value"] = 9999.0
    assert outlook.backtests(changed)["year_end"].tolist() == tests["year_end"].tolist()


def test_totals_for_the_year_to_date_are_tested_as_totals() -> None:
    singles = history(0.0, count=4, quarters=16)
    year = singles["period"].str[:7]
    totals = singles.assign(value=singles.groupby(["indicator", year])["value"].cumsum())
    kinds = pd.DataFrame({"indicator": [f"i{n}" for n in range(4)], "series_type": "ytd", "unit": "count"})
    tests = outlook.backtests(totals, kinds)
    assert tests["year_end"].between(1500, 2500).all()
    assert (tests["naive"] - tests["actual"]).abs().max() < 200
