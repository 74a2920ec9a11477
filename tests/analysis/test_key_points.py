"""Achievements and issues are held against the ratings and figures of the indicators that they speak of."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.analysis import key_points

PLACE = {"file": "key_points.xlsx", "sheet": "Key points", "cell": "C6", "vintage": "0" * 12, "status": "final"}


def said(text: str, indicators: str | None = None, *, kind: str = "achievement", number: int = 1) -> dict[str, object]:
    return {"kind": kind, "subject": "Safety", "number": number, "text": text, "indicators": indicators, **PLACE}


def rated(**changes: object) -> pd.DataFrame:
    row = {"indicator": "visits", "ref": "46", "title": "Safe and well visits", "effective": "red", "outlook": "stable",
           "value": 1180.0, "unit": "count", "status": "final", "period": "2017-18 Q1"}  # fmt: skip
    return pd.DataFrame([row | changes])


def two() -> pd.DataFrame:
    other = {"indicator": "recycling", "ref": "41", "title": "Recycling", "effective": "green", "value": 59.9,
             "unit": "percent"}  # fmt: skip
    return pd.concat([rated(), rated(**other)], ignore_index=True)


def test_an_achievement_on_a_red_indicator_is_a_question_to_its_author() -> None:
    linked = key_points.link(pd.DataFrame([said("Homes visited.", "visits")]), rated())
    assert linked["question"].tolist() == ["46 Safe and well visits is red: why is this an achievement?"]


def test_the_question_names_every_red_indicator_of_the_point_and_stands_in_each_of_its_rows() -> None:
    both = pd.concat([two(), rated(indicator="hours", ref="7", title="Hours")], ignore_index=True)
    linked = key_points.link(pd.DataFrame([said("All well.", "visits recycling hours")]), both)
    question = "46 Safe and well visits and 7 Hours are red: why is this an achievement?"
    assert linked["question"].tolist() == [question] * 3


@pytest.mark.parametrize("rating", ["green", "amber", "not rated"])
def test_an_achievement_on_anything_else_is_no_question(rating: str) -> None:
    linked = key_points.link(pd.DataFrame([said("Homes visited.", "visits")]), rated(effective=rating))
    assert linked["question"].isna().all()


def test_an_issue_on_a_red_indicator_is_as_it_should_be() -> None:
    linked = key_points.link(pd.DataFrame([said("Visits are late.", "visits", kind="issue")]), rated())
    assert linked["question"].isna().all()
    assert linked["effective"].tolist() == ["red"]


def test_a_point_that_names_no_indicator_or_one_not_reported_keeps_its_row_without_a_rating() -> None:
    linked = key_points.link(pd.DataFrame([said("Bids won."), said("More.", "gone", number=2)]), rated())
    assert linked["ref"].isna().all()
    assert linked["text"].tolist() == ["Bids won.", "More."]


def test_causes_and_actions_are_no_key_points_and_the_input_stays() -> None:
    given_ = pd.DataFrame([said("Late.", "visits", kind="cause"), said("Homes visited.", "visits")])
    before = given_.copy()
    assert key_points.link(given_, rated())["kind"].tolist() == ["achievement"]
    pd.testing.assert_frame_equal(given_, before)


def stated(text: str, indicators: str | None = "visits recycling", **changes: object) -> list[list[object]]:
    frame = two()
    for column, value in changes.items():
        frame[column] = value
    found = key_points.figures(pd.DataFrame([said(text, indicators)]), frame)
    return [list(row) for row in found[["stated", "ref", "found"]].values.tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 59% of waste recycled.", [["Over 59%", "41", True]]),
        ("Over 60% of waste recycled.", [["Over 60%", "41", False]]),
        ("Nearly 60% recycled.", [["Nearly 60%", "41", True]]),
        ("59.9% recycled.", [["59.9%", "41", True]]),
        ("60% recycled.", [["60%", "41", True]]),
        ("59% recycled.", [["59%", "41", False]]),
        ("1,180 homes visited.", [["1,180", "46", True]]),
        ("Fewer than 1,200 homes.", [["Fewer than 1,200", "46", True]]),
        ("Over 3 days within 13 weeks, in quarter 1 of 2017-18.", []),
        ("Nothing is told in figures.", []),
    ],
)
def test_a_stated_figure_is_looked_for_among_the_values_of_its_kind(text: str, expected: list[list[object]]) -> None:
    assert stated(text) == expected


def test_a_number_in_words_is_a_figure_too() -> None:
    frame = rated(value=5.0)
    found = key_points.figures(pd.DataFrame([said("Five bids were submitted.", "visits")]), frame)
    assert found[["stated", "found"]].values.tolist() == [["Five", True]]


def test_over_means_a_little_over_not_any_amount() -> None:
    """1,180 is a quarter more than 944 and bears out "over 944", not "over 943"."""
    assert stated("Over 944 homes.") == [["Over 944", "46", True]]
    assert stated("Over 943 homes.") == [["Over 943", "46", False]]


@pytest.mark.parametrize(
    ("text", "indicators", "changes", "remark"),
    [
        ("350 incidents.", None, {}, "no indicator is named that could bear it out"),
        ("350 homes.", "visits", {"value": None}, "its indicator has no figure this quarter"),
        ("80% of homes.", "visits", {}, "indicator 46 is not a percentage"),
        ("80 homes.", "visits", {"unit": "percent"}, "indicator 46 is a percentage"),
        ("348 homes.", "visits", {}, "another measure or period than indicator 46 for 2017-18 Q1"),
        ("1,180 homes.", "visits", {"status": "illustrative"},
         "the value agrees, but is illustrative and bears nothing out"),
    ],
)  # fmt: skip
def test_a_figure_that_is_not_borne_out_says_why(
    text: str, indicators: str | None, changes: dict[str, object], remark: str
) -> None:
    found = key_points.figures(pd.DataFrame([said(text, indicators)]), rated(**changes))
    assert found[["found", "remark"]].values.tolist() == [[False, remark]]


@given(st.text(max_size=60))
def test_no_text_of_a_workbook_stops_it(text: str) -> None:
    found = key_points.figures(pd.DataFrame([said(text, "visits")]), rated())
    assert set(found["text"]) <= {text}


def doubled(text: str, value: float | None, change: float | None, **changes: object) -> list[object]:
    moved = pd.DataFrame({"indicator": ["visits"], "value": [value], "change_year": [change]})
    found = key_points.figures(pd.DataFrame([said(text, "visits")]), rated(value=value, **changes), moved)
    row = found.iloc[0]
    return [bool(row["found"]), row["remark"], row["computed"]]


def test_that_something_doubled_is_held_against_the_same_quarter_last_year() -> None:
    """238 is 2.125 times the 112 of last year; 180 of 100 is 1.8 times, the least that counts as doubled."""
    assert doubled("Visits have doubled.", 238.0, 126.0) == [True, "", 2.125]
    assert doubled("Visits have doubled.", 180.0, 80.0)[0] is True
    assert doubled("Visits have doubled.", 179.0, 79.0)[0] is False
    assert doubled("Visits have halved.", 50.0, -50.0) == [True, "", 0.5]
    assert (
        doubled("Visits have halved.", 238.0, 126.0)[1]
        == "another measure or period than indicator 46 against last year"
    )


def test_a_multiple_without_last_years_figure_or_made_up_is_not_borne_out() -> None:
    assert doubled("Visits have doubled.", 238.0, None)[1] == "no figure of a year ago to hold it against"
    made_up = doubled("Visits have doubled.", 238.0, 126.0, status="illustrative")
    assert made_up[:2] == [False, "agrees with the same quarter last year, but is illustrative and bears nothing out"]
    none = key_points.figures(pd.DataFrame([said("Bids doubled.", None)]), rated())
    assert none["remark"].tolist() == ["no indicator is named that could bear it out"]


@pytest.mark.parametrize(("value", "found"), [(100.0, True), (99.0, False)])
def test_every_states_a_hundred_per_cent(value: float, found: bool) -> None:
    made = key_points.figures(
        pd.DataFrame([said("Every visit was made.", "visits")]), rated(value=value, unit="percent")
    )
    assert made[["stated", "found"]].values.tolist() == [["Every", found]]


def test_points_without_a_figure_stand_with_the_ratings_that_they_rest_on() -> None:
    points = pd.DataFrame([said("Standards met.", "visits recycling"), said("Visits made.", "visits"),
                           said("Consultation began.", None), said("Five bids.", "visits")])  # fmt: skip
    frame = two()
    others = key_points.others(points, frame, key_points.figures(points, frame))
    assert others["text"].tolist() == ["Standards met.", "Visits made.", "Consultation began."]
    assert others["remark"].tolist() == [
        "its 2 indicators are red and green", "its indicator is red",
        "no indicator is named, so nothing that was sent can bear it out",
    ]  # fmt: skip
