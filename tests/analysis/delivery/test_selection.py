"""Which report of a programme a quarter may know."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import delivery


def told(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Make deliveries: programme, month reported, vintage and day received, the oldest first."""
    frame = pd.DataFrame(list(rows), columns=["programme", "as_at", "vintage", "received"])
    return frame.assign(file="plan.xlsx", source_status=None)


TWO = told(("Review", "July 2024", "a", "2024-08-05"), ("Review", "October 2024", "b", "2024-11-05"))


def months(frame: pd.DataFrame) -> list[str]:
    return frame["as_at"].tolist()


def test_the_latest_report_by_the_quarters_end_counts_never_a_later_one() -> None:
    assert months(delivery.now(TWO, quarter="2024-25 Q3")) == ["October 2024"]
    assert months(delivery.now(TWO, quarter="2024-25 Q2")) == ["July 2024"]
    assert months(delivery.now(TWO, quarter="2024-25 Q1")) == []
    assert months(delivery.now(TWO, quarter="2025-26 Q4")) == ["October 2024"]


def test_a_month_that_ends_with_the_quarter_belongs_to_it() -> None:
    frame = told(("Review", "September 2024", "a", "2024-10-05"))
    assert months(delivery.now(frame, quarter="2024-25 Q2")) == ["September 2024"]
    assert months(delivery.now(frame, quarter="2024-25 Q1")) == []


def test_the_report_before_is_the_one_to_compare_with() -> None:
    assert months(delivery.before(TWO, quarter="2024-25 Q3")) == ["July 2024"]
    assert months(delivery.before(TWO, quarter="2024-25 Q2")) == []


def test_programmes_are_chosen_each_for_itself() -> None:
    frame = told(("Review", "July 2024", "a", "2024-08-05"), ("Savings", "October 2024", "b", "2024-11-05"))
    chosen = delivery.now(frame, quarter="2024-25 Q3")
    assert sorted(zip(chosen["programme"], chosen["as_at"], strict=True)) == [
        ("Review", "July 2024"), ("Savings", "October 2024"),
    ]  # fmt: skip


def test_a_programme_first_reported_after_the_quarter_is_named() -> None:
    assert delivery.later(TWO, quarter="2024-25 Q1").to_numpy().tolist() == [["Review", "July 2024"]]
    assert delivery.later(TWO, quarter="2024-25 Q2").empty


def test_a_month_sent_again_is_believed_as_it_came_last() -> None:
    again = told(
        ("Review", "July 2024", "a", "2024-08-05"),
        ("Review", "July 2024", "a", "2024-08-05"),
        ("Review", "July 2024", "b", "2024-09-05"),
    ).assign(action=["1.1", "1.2", "1.1"])
    assert delivery.now(again, quarter="2024-25 Q3")[["action", "vintage"]].to_numpy().tolist() == [["1.1", "b"]]


def test_a_published_report_goes_before_an_illustrative_one_that_came_later() -> None:
    again = told(("Review", "July 2024", "a", "2024-08-05"), ("Review", "July 2024", "b", "2024-09-05"))
    again = again.assign(source_status=[None, "illustrative"])
    assert delivery.now(again, quarter="2024-25 Q3")["vintage"].tolist() == ["a"]


def test_the_tracker_that_was_overwritten_still_tells_the_month_before() -> None:
    assert delivery.before(TWO, quarter="2024-25 Q3")["vintage"].tolist() == ["a"]


def test_a_year_without_rows_falls_back_to_the_last_one_before_it() -> None:
    frame = pd.DataFrame({"number": [1, 1, 1], "financial_year": ["2022-23", "2023-24", "2025-26"]})
    assert delivery.newest_year(frame, quarter="2024-25 Q3")["financial_year"].tolist() == ["2023-24"]
    assert delivery.newest_year(frame, quarter="2025-26 Q1")["financial_year"].tolist() == ["2025-26"]
    assert delivery.newest_year(frame, quarter="2021-22 Q4").empty


def test_nothing_told_gives_nothing_with_its_columns() -> None:
    none = TWO.head(0)
    for chosen in (delivery.now(none, quarter="2024-25 Q3"), delivery.before(none, quarter="2024-25 Q3")):
        assert chosen.empty
        assert list(chosen) == list(none)


def test_the_frame_given_is_not_changed() -> None:
    kept = TWO.copy()
    delivery.now(TWO, quarter="2024-25 Q3")
    pd.testing.assert_frame_equal(TWO, kept)
