"""The way of every indicator to the year's end, and a calibration as the store keeps it."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import outlook
from perfkit.model import schemas

QUARTERS = [f"{year}-{year - 1999} Q{q}" for year in (2014, 2015, 2016) for q in (1, 2, 3, 4)] + ["2017-18 Q1"]
VALUES = [60.0, 61.0, 60.0, 62.0, 61.0, 62.0, 61.0, 63.0, 62.0, 63.0, 62.0, 64.0, 63.0]
INDICATORS = pd.DataFrame(
    {
        "indicator": ["a", "b"], "financial_year": "2017-18", "unit": "percent", "polarity": "higher",
        "series_type": "point", "arrears": 0,
    }
)  # fmt: skip
TARGETS = pd.DataFrame(
    [{"indicator": "a", "period": "2017-18", "part": 1, "role": "target", "kind": "threshold", "low": 62.5,
      "high": float("nan"), "basis": "level"}]
)  # fmt: skip
FIGURES = pd.DataFrame({"indicator": "a", "period": QUARTERS, "part": 1, "value": VALUES})


def test_the_path_ends_where_the_projection_does_and_carries_its_goal() -> None:
    path = outlook.paths_many(FIGURES, INDICATORS, TARGETS, quarter="2017-18 Q1")
    row = outlook.project_many(FIGURES, INDICATORS, TARGETS, quarter="2017-18 Q1").set_index("indicator").loc["a"]
    assert path["period"].tolist() == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]
    assert path["indicator"].unique().tolist() == ["a"]
    end = path.iloc[-1]
    assert end[["mean", "low80", "high80", "low95", "high95"]].tolist() == [
        row["year_end"], row["low80"], row["high80"], row["low95"], row["high95"],
    ]  # fmt: skip
    assert end["goal_low"] == 62.5
    assert pd.isna(end["goal_high"])


def test_a_wider_calibration_widens_every_step() -> None:
    plain, wide = (
        outlook.paths_many(FIGURES, INDICATORS, TARGETS, quarter="2017-18 Q1", widen=widen) for widen in (1.0, 1.5)
    )
    assert (wide["high80"] - wide["low80"] > plain["high80"] - plain["low80"]).all()


def test_a_year_that_is_over_has_no_path() -> None:
    assert outlook.paths_many(FIGURES, INDICATORS, TARGETS, quarter="2016-17 Q4").empty


def test_a_calibration_fits_its_table_and_gives_its_width_back() -> None:
    found = outlook.calibrate(FIGURES, INDICATORS)
    table = outlook.as_table(found, until="2017-18 Q1").assign(vintage="0" * 12)
    kept = schemas.conform(table, schemas.TABLES["calibrations"])
    assert outlook.widening(kept) == found.widen
    assert outlook.widening(schemas.empty(schemas.TABLES["calibrations"])) == 1.0
