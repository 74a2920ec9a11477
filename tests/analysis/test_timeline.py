"""Quarters side by side: which came before, what is news, and the rows of the heat map."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import timeline


def rated(period: str, words: dict[str, str], data_period: str = "") -> pd.DataFrame:
    """Make ratings by indicator, all of one directorate; the number is the place in the list."""
    refs = [str(n) for n in range(1, len(words) + 1)]
    frame = {"indicator": list(words), "ref": refs, "title": [name.title() for name in words], "period": period}
    return pd.DataFrame(
        {**frame, "data_period": data_period or period, "directorate": "CSS", "effective": list(words.values())}
    )


def test_quarters_stand_in_the_order_of_time_over_the_turn_of_the_year() -> None:
    joined = timeline.join([rated(q, {"visits": "red"}) for q in ("2018-19 Q1", "2017-18 Q4", "2017-18 Q3")])
    assert joined["period"].tolist() == ["2017-18 Q3", "2017-18 Q4", "2018-19 Q1"]


def test_the_quarter_before_is_the_calendars_not_the_last_one_known() -> None:
    joined = timeline.join([rated("2017-18 Q1", {"visits": "red"}), rated("2017-18 Q3", {"visits": "green"})])
    assert timeline.before(joined, quarter="2017-18 Q3").empty
    assert timeline.before(joined, quarter="2017-18 Q2")["effective"].tolist() == ["red"]
    assert timeline.before(joined, quarter="2017-18 Q2", directorate="PH").empty


def test_the_heat_map_has_a_row_for_each_indicator_of_now_and_a_gap_where_it_was_not_reported() -> None:
    joined = timeline.join(
        [rated("2017-18 Q1", {"old": "red", "visits": "amber"}), rated("2017-18 Q2", {"visits": "green", "new": "red"})]
    )
    grid = timeline.grid(joined, rated("2017-18 Q2", {"visits": "green", "new": "red"}))
    shown = grid.astype("object").where(grid.notna(), None).to_numpy().tolist()
    assert shown == [
        ["1 Visits", "2017-18 Q1", "amber"],
        ["1 Visits", "2017-18 Q2", "green"],
        ["2 New", "2017-18 Q1", None],
        ["2 New", "2017-18 Q2", "red"],
    ]


def changed(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["indicator", "kind", "period"])


def test_a_figure_in_arrears_that_came_when_it_was_due_is_no_news_a_late_one_is() -> None:
    before = rated("2017-18 Q1", {"quitters": "green"}, data_period="2016-17 Q4")
    now = rated("2017-18 Q2", {"quitters": "green"}, data_period="2017-18 Q1")
    due, late = ("quitters", "value received", "2017-18 Q1"), ("quitters", "value received", "2016-17 Q4")
    kept = timeline.concerning(changed(due, late), now=now, before=before)
    assert kept["period"].tolist() == ["2016-17 Q4"]


def test_of_a_dropped_indicator_only_that_is_told() -> None:
    before, now = rated("2017-18 Q1", {"old": "red", "visits": "red"}), rated("2017-18 Q2", {"visits": "red"})
    rows = ("old", "dropped", "2017-18 Q1"), ("old", "target changed", "2017-18"), ("else", "new red", "2017-18 Q2")
    assert timeline.concerning(changed(*rows), now=now, before=before)["kind"].tolist() == ["dropped"]


def test_without_an_earlier_quarter_nothing_is_a_change() -> None:
    now = rated("2017-18 Q1", {"visits": "red"})
    assert timeline.concerning(changed(("visits", "added", "2017-18 Q1")), now=now, before=now.head(0)).empty
