"""Delays as indicators, the hours contracted, and what the source is like."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import delays
from tests.analysis.delays.conftest import Make

LINES = ("all", "social care", "both", "NHS")


def quarters(make: Make, *months: str) -> pd.DataFrame:
    return make(*[(month, "A", 310.0, {"attribution": line}) for month in months for line in LINES])


def test_whole_quarters_back_to_the_first_gap(delays_of: Make) -> None:
    frame = quarters(
        delays_of, "2016-04", "2016-05", "2016-06", "2016-10", "2016-11", "2016-12", "2017-01", "2017-02", "2017-03",
        "2017-04", "2017-05",
    )  # fmt: skip
    found = delays.quarterly(frame, area="A")
    mine = found[found["indicator"] == "delayed-all"]
    assert mine["period"].tolist() == ["2016-17 Q3", "2016-17 Q4"]
    assert mine["value"].round(2).tolist() == [10.11, 10.33]
    assert set(found["indicator"]) == {"delayed-all", "delayed-social-care", "delayed-attributable"}


def test_only_the_council_is_held_to_its_promise() -> None:
    targets = pd.DataFrame({"indicator": ["delayed-social-care"], "low": [14.0]})
    kept = [
        len(delays.own(targets, area=area, council="Oxfordshire County Council")) for area in ("Oxfordshire", "Kent")
    ]
    assert kept == [1, 0]


def observed(*values: float | None) -> pd.DataFrame:
    periods = ["2017-18 Q1", "2016-17 Q4", "2017-18 Q2"][: len(values)]
    return pd.DataFrame({"indicator": "reablement-hours", "period": periods, "value": values}).assign(
        status="final", file="SCS.xlsx", sheet="Dashboard", cell="G14"
    )


TARGETS = pd.DataFrame({"indicator": ["reablement-hours"], "low": [8920.0]})


def test_hours_delivered_of_those_contracted_up_to_the_quarter() -> None:
    held = delays.hours(observed(5976.0, 6010.0, 1.0), TARGETS, quarter="2017-18 Q1")
    assert held["period"].tolist() == ["2016-17 Q4", "2017-18 Q1"]
    assert held["share"].round().tolist() == [67, 67]
    assert held["shortfall"].tolist() == [2910, 2944]
    assert held["cell"].tolist() == ["G14", "G14"]


def test_without_a_target_or_a_figure_no_hours_are_told() -> None:
    assert delays.hours(observed(5976.0), TARGETS.iloc[:0], quarter="2017-18 Q1").empty
    assert delays.hours(observed(None), TARGETS, quarter="2017-18 Q1").empty


def test_gaps_statuses_and_signs_of_the_source(delays_of: Make) -> None:
    frame = delays_of(
        ("2017-01", "A", 1, {"status": "final"}), ("2017-02", "A", None, {"marker": "-"}),
        ("2017-02", "B", None, {"marker": "-"}), ("2017-05", "A", 1),
    )  # fmt: skip
    assert delays.quality.gaps(frame) == "March 2017 to April 2017"
    assert delays.quality.firm(frame).to_numpy().tolist() == [
        ["final", 1, "January 2017"], ["revised", 2, "February 2017, May 2017"],
    ]  # fmt: skip
    assert delays.quality.signs(frame, area="A").to_numpy().tolist() == [["-", 1, 2]]


def test_notes_of_months_that_are_not_shown_are_left_out(delays_of: Make) -> None:
    months = pd.PeriodIndex(["2017-05", "2017-05", "2018-01"], freq="M")
    notes = pd.DataFrame({"month": months, "number": [2, 1, 1], "organisation": ["RGD", None, None],
                          "text": ["A Trust", "Revised:", "Later."]})  # fmt: skip
    said = delays.quality.said(notes, delays_of(("2017-05", "A", 1)))
    assert said[["text", "organisations"]].to_numpy().tolist() == [["Revised:", 1]]
