"""What changed, in the words that a reader meets."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.display import change_sentences


def changed(*kinds: str) -> pd.DataFrame:
    count = len(kinds)
    return pd.DataFrame({"kind": list(kinds), "title": ["Visits", "Calls"][:count], "ref": ["46", "50"][:count]})


BEFORE = pd.DataFrame({"period": ["2017-18 Q1"]})


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("new red", "new red"), "2 indicators are newly red. Newly red: Visits (46) and Calls (50)."),
        (("recovered",), "1 indicator recovered from red."),
        (("no longer rated", "no longer rated"), "2 indicators are no longer rated."),
        (("target changed", "rule changed"), "1 target was changed; 1 rating rule was changed."),
        (("value revised", "value received"), "1 figure was revised; 1 late figure came."),
        (("value withdrawn", "value withdrawn"), "2 figures were withdrawn."),
        (("dropped", "renumbered"), "1 indicator was dropped; 1 indicator was renumbered."),
    ],
)
def test_each_kind_of_change_is_counted_in_words(kinds: tuple[str, ...], words: str) -> None:
    said = change_sentences.since_last(changed(*kinds), BEFORE, quarter="2017-18 Q2")
    assert said == f"Since 2017-18 Q1, as it was reported: {words}"


def test_that_nothing_changed_and_that_nothing_can_be_compared_are_told_apart() -> None:
    none = changed()
    assert change_sentences.since_last(none, BEFORE, quarter="2017-18 Q2") == (
        "Since 2017-18 Q1, as it was reported, no rating, target, definition or earlier figure changed."
    )
    assert change_sentences.since_last(none, BEFORE.head(0), quarter="2017-18 Q2") == (
        "There is no return for the quarter before (2017-18 Q1), so which ratings, targets and definitions "
        "changed since then cannot be said."
    )


def test_a_page_that_uses_all_that_is_known_says_nothing_of_it() -> None:
    assert change_sentences.since_reported(changed("new red"), quarter="2017-18 Q1", known_by="") == ""


def test_a_past_quarter_that_nothing_changed_says_so() -> None:
    said = change_sentences.since_reported(changed(), quarter="2017-18 Q1", known_by="2017-07-21")
    assert said == (
        "2017-18 Q1 stands here as it was reported, with what was known on 21 July 2017. Nothing has changed it since."
    )


def reported(*words: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(words), columns=["period", "effective"])
    return frame.assign(indicator=[f"i{n}" for n in frame.groupby("period").cumcount()])


@pytest.mark.parametrize(
    ("then", "now", "title"),
    [
        (("red", "red"), ("red", "green"), "One indicator is red in 2017-18 Q2; two were in 2017-18 Q1"),
        (("red", "green"), ("red", "red"), "Two indicators are red in 2017-18 Q2; one was in 2017-18 Q1"),
        (("green", "green"), ("green", "amber"), "No indicator is red in 2017-18 Q2; none was in 2017-18 Q1"),
    ],
)
def test_the_heat_maps_title_counts_the_reds_of_its_first_and_last_quarter(
    then: tuple[str, str], now: tuple[str, str], title: str
) -> None:
    joined = reported(*(("2017-18 Q1", word) for word in then), *(("2017-18 Q2", word) for word in now))
    assert change_sentences.reds(joined, joined[["indicator"]]) == title


def test_what_cannot_be_compared_is_counted_too() -> None:
    rated = pd.DataFrame({"indicator": ["a", "b"]})
    moved = rated.assign(direction_previous="", direction_year=["deteriorating", "improving"])
    assert change_sentences.travelled(rated, moved) == (
        "Since last quarter no indicator can be compared. Against the same quarter last year 1 indicator is better, "
        "1 is worse and none unchanged."
    )
