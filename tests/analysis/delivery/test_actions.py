"""Actions: overdue at a date, due next, moved since last time; figures worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import delivery

TITLES = pd.DataFrame({"programme": "Review", "number": ["1", "2"], "title": ["Partners", "Pace"]})


def plan(*rows: tuple[str, str, str | None], as_at: str = "October 2024") -> pd.DataFrame:
    """Make actions of one report: number, status and due month."""
    frame = pd.DataFrame(list(rows), columns=["action", "status", "due"], dtype="object")
    recommended = [number.split(".")[0] for number in frame["action"]]
    return frame.assign(programme="Review", as_at=as_at, recommendation=recommended, title="T", source_status=None)


def one(status: str, due: str | None, *, at: str = "") -> Any:
    return delivery.track(plan(("1.1", status, due)), at=at).iloc[0]


@pytest.mark.parametrize(
    ("due", "at", "overdue"),
    [
        ("September 2024", "", True),
        ("October 2024", "", False),
        ("October 2024", "2024-10-31", False),
        ("October 2024", "2024-11-01", True),
        ("November 2024", "", False),
        ("December 2024", "2024-12-31", False),
        ("December 2024", "2025-01-01", True),
    ],
)
def test_an_action_is_overdue_once_its_month_had_ended_before_the_day(due: str, at: str, overdue: bool) -> None:
    assert one("ongoing", due, at=at)["overdue"] == overdue


@pytest.mark.parametrize(
    ("status", "overdue"), [("ongoing", True), ("not started", True), ("complete", False), ("withdrawn", False)]
)
def test_only_what_is_still_to_be_done_is_overdue(status: str, overdue: bool) -> None:
    assert one(status, "May 2024")["overdue"] == overdue


def test_an_action_without_a_date_is_never_overdue() -> None:
    assert one("ongoing", None)[["overdue", "when"]].tolist() == [False, "no date"]


@pytest.mark.parametrize(
    ("due", "when"),
    [
        ("October 2024", "this quarter"),
        ("December 2024", "this quarter"),
        ("January 2025", "next quarter"),
        ("March 2025", "next quarter"),
        ("April 2025", "later"),
        ("September 2024", "overdue"),
    ],
)
def test_quarters_are_counted_from_the_day_of_the_report(due: str, when: str) -> None:
    assert one("ongoing", due)["when"] == when


def test_another_day_moves_the_quarters_too() -> None:
    assert one("ongoing", "March 2025", at="2025-01-15")["when"] == "this quarter"


def test_overdue_ones_come_first_then_by_date_and_number() -> None:
    rows = plan(
        ("1.10", "ongoing", "December 2024"), ("1.9", "ongoing", "December 2024"), ("1.1", "complete", None),
        ("2.1", "ongoing", "May 2024"), ("2.2", "ongoing", None), ("2.3", "ongoing", "November 2024"),
    )  # fmt: skip
    assert delivery.track(rows)["action"].tolist() == ["2.1", "2.3", "1.9", "1.10", "2.2", "1.1"]


BEFORE = plan(("1.1", "ongoing", "June 2024"), ("1.2", "complete", None), ("1.3", "ongoing", "March 2025"),
              ("1.4", "ongoing", "May 2024"), ("1.5", "ongoing", "May 2024"), as_at="July 2024")  # fmt: skip
NOW = plan(("1.1", "ongoing", "December 2024"), ("1.2", "ongoing", "January 2025"), ("1.3", "ongoing", "January 2025"),
           ("1.4", "complete", None), ("2.1", "not started", "March 2025"))  # fmt: skip


def test_what_moved_since_the_report_before_is_told() -> None:
    rows = delivery.track(NOW, BEFORE).set_index("action").sort_index()
    assert rows["slipped"].tolist() == [True, False, False, False, False]
    assert rows["brought_forward"].tolist() == [False, False, True, False, False]
    assert rows["news"].tolist() == ["", "reopened", "", "completed", "new"]
    assert rows.loc["1.1", "due_before"] == "June 2024"
    assert set(rows["before"]) == {"July 2024"}
    assert delivery.dropped(delivery.track(NOW, BEFORE), BEFORE)["action"].tolist() == ["1.5"]


def test_a_date_given_again_has_not_slipped_and_one_given_first_neither() -> None:
    then = plan(("1.1", "ongoing", "May 2024"), ("1.2", "ongoing", None), as_at="July 2024")
    now = plan(("1.1", "ongoing", "May 2024"), ("1.2", "ongoing", "May 2025"))
    assert not delivery.track(now, then)["slipped"].any()


def test_a_complete_action_has_not_slipped_whatever_date_stands_beside_it() -> None:
    then, now = plan(("1.1", "ongoing", "May 2024"), as_at="July 2024"), plan(("1.1", "complete", "October 2024"))
    assert delivery.track(now, then)[["slipped", "news"]].to_numpy().tolist() == [[False, "completed"]]


def test_without_an_earlier_report_nothing_is_new_or_slipped() -> None:
    rows = delivery.track(NOW)
    assert set(rows["news"]) == {""}
    assert not rows["slipped"].any()
    assert rows["before"].isna().all()


def test_a_programme_that_had_no_report_before_has_nothing_new() -> None:
    other = NOW.assign(programme="Other")
    rows = delivery.track(pd.concat([NOW, other], ignore_index=True), BEFORE)
    assert set(rows.loc[rows["programme"] == "Other", "news"]) == {""}
    assert "new" in set(rows.loc[rows["programme"] == "Review", "news"])


def test_recommendations_without_actions_stay_and_unlisted_ones_are_shown() -> None:
    rows = plan(("1.1", "complete", None), ("1.2", "ongoing", "May 2024"), ("3.1", "ongoing", "December 2024"))
    counted = delivery.by_recommendation(delivery.track(rows), TITLES)
    columns = ["number", "actions", "complete", "ongoing", "overdue", "this_quarter"]
    assert counted[columns].to_numpy().tolist() == [["1", 2, 1, 1, 1, 0], ["2", 0, 0, 0, 0, 0], ["3", 1, 0, 1, 0, 1]]
    assert counted["title"].isna().tolist() == [False, False, True]


def test_the_summary_counts_a_programme_with_what_was_dropped() -> None:
    row = delivery.summary(delivery.track(NOW, BEFORE), TITLES, BEFORE).iloc[0]
    names = ["actions", "complete", "ongoing", "not_started", "overdue", "slipped", "new", "reopened", "dropped"]
    assert row[names].tolist() == [5, 1, 3, 1, 0, 1, 1, 1, 1]
    assert (row["as_at"], row["at"], row["before"]) == ("October 2024", pd.Timestamp("2024-10-31"), "July 2024")
    assert row["recommendations"] == 2


def test_every_action_is_counted_once_by_state_and_once_by_when() -> None:
    row = delivery.summary(delivery.track(NOW, BEFORE), TITLES).iloc[0]
    states, when = (
        ["complete", "ongoing", "not_started", "withdrawn"],
        ["overdue", "this_quarter", "next_quarter", "later", "no_date"],
    )
    assert row[states].sum() == row["actions"]
    assert row[when].sum() == row["ongoing"] + row["not_started"]


def test_the_frames_given_are_not_changed() -> None:
    now, then = NOW.copy(), BEFORE.copy()
    delivery.dropped(delivery.track(NOW, BEFORE), BEFORE)
    pd.testing.assert_frame_equal(NOW, now)
    pd.testing.assert_frame_equal(BEFORE, then)
