"""No page leads to one that its set cannot have."""

from __future__ import annotations

from perfkit.run import links


def test_a_link_to_a_page_that_cannot_be_made_is_words_that_say_so() -> None:
    page = '<li><a href="delivery.html#savings">Delivery: <b>savings</b></a></li><a href="#top">Top</a>'
    expected = '<li>Delivery: <b>savings</b> (not made for this quarter)</li><a href="#top">Top</a>'
    assert links.settle(page, absent=["delivery"]) == expected


def test_a_link_within_a_page_or_to_another_stays() -> None:
    page = '<a href="scorecard-SCS.html">SCS</a> <a href="scorecard.html#indicator-7">7</a>'
    assert links.settle(page, absent=["delivery"]) == page


def test_a_link_to_a_directorates_page_of_an_absent_report_is_words_too() -> None:
    page = '<small><a href="scorecard-SCS.html">Its scorecard</a></small>'
    assert links.settle(page, absent=["scorecard"]) == "<small>Its scorecard (not made for this quarter)</small>"
