"""The English of the leadership page, over what may and may not have come, and over none, one, two and many."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd
import pytest

from perfkit.display import leadership_sentences as say

ALL, RED_OVER, OVER_HIGH, RED_HIGH, NONE = "roh", "ro", "oh", "rh", ""
NAN = float("nan")


def row(place: int, has: str, **more: Any) -> dict[str, Any]:
    """Give the row of one directorate: r for a red indicator, o for an overspend, h for a high risk."""
    red, over, high = "r" in has, "o" in has, "h" in has
    return {
        "directorate": f"D{place}",
        "name": f"Department {chr(64 + place)}",
        "indicators": 3,
        "red": int(red),
        "red_titles": ["Hours (7)"] if red else [],
        "lines": 2,
        "without_forecast": 0,
        "budget": 200_000.0,
        "forecast": 210_000.0 if over else 200_000.0,
        "variance": 10_000.0 if over else 0.0,
        "percent": 5.0 if over else 0.0,
        "risk": "R1" if high else None,
        "risk_title": "Carers leave" if high else None,
        "score": 20 if high else None,
        "has_red": red,
        "has_over": over,
        "has_high": high,
        "meeting": len(has),
        "rated_known": True,
        "finance_known": True,
        "risk_known": True,
        "judged": True,
    } | more


def view(*kinds: str, **more: Any) -> pd.DataFrame:
    return pd.DataFrame([row(place, has, **more) for place, has in enumerate(kinds, 1)])


def test_one_place_is_told_in_full_with_its_figures() -> None:
    assert say.headline(view(ALL, NONE)) == (
        "A red indicator, an overspend and a high risk meet in Department A: Hours (7) is red, the forecast is "
        "£10,000 (5.0%) over budget, and risk R1 (carers leave) scores 20 of 25."
    )


def test_two_and_three_places_are_told_with_figures_and_more_by_name() -> None:
    assert say.headline(view(ALL, ALL)) == (
        "A red indicator, an overspend and a high risk meet in two directorates: Department A (1 red, £10,000 (5.0%) "
        "over, risk R1 at 20) and Department B (1 red, £10,000 (5.0%) over, risk R1 at 20)."
    )
    assert "meet in three directorates: Department A (1 red" in say.headline(view(ALL, ALL, ALL))
    assert say.headline(view(ALL, ALL, ALL, ALL)) == (
        "A red indicator, an overspend and a high risk meet in four directorates: Department A, Department B, "
        "Department C and Department D."
    )


def test_all_well_is_said() -> None:
    assert say.headline(view(NONE, NONE)) == "In no directorate do a red indicator, an overspend and a high risk meet."
    assert say.second(view(NONE, NONE)) == "In no directorate do two of the three meet."
    assert say.links(view(NONE)) == []


def test_what_has_not_come_is_never_taken_for_well() -> None:
    begin = "Whether a red indicator, an overspend and a high risk meet anywhere cannot be said: there is "
    assert say.headline(view(RED_HIGH, finance_known=False)) == begin + "no finance return."
    assert say.headline(view(RED_OVER, risk_known=False)) == begin + "no register of risks."
    assert say.headline(view(NONE, finance_known=False, risk_known=False)) == (
        begin + "no finance return and no register of risks."
    )
    assert say.headline(view(NONE, rated_known=False)) == begin + "no rated indicator."
    assert say.key_figures(view(NONE, finance_known=False), pd.DataFrame(), pd.DataFrame())[0] == (
        "Where all three meet", "Not known", "a return is missing",
    )  # fmt: skip


def test_the_second_line_names_which_two_meet() -> None:
    assert say.second(view(ALL, RED_OVER)) == (
        "Two of the three meet in Department B (one red indicator and a forecast £10,000 (5.0%) over budget)."
    )
    assert say.second(view(OVER_HIGH, RED_HIGH)) == (
        "Two of the three meet in Department A (a forecast £10,000 (5.0%) over budget and risk R1 at 20) and "
        "Department B (one red indicator and risk R1 at 20)."
    )
    assert say.second(view(ALL, NONE)) == "Nowhere else do two of the three meet."
    assert say.second(view(*[RED_HIGH] * 5)).endswith("(one red indicator and risk R1 at 20), and in two more.")


def test_the_second_line_claims_no_more_than_is_known() -> None:
    assert say.second(view(NONE, finance_known=False)) == (
        "As far as is known, in no directorate do two of the three meet."
    )
    assert say.second(view(RED_HIGH, finance_known=False)) == (
        "Two of the three meet in Department A (one red indicator and risk R1 at 20)."
    )
    assert say.second(view("r", finance_known=False, risk_known=False)) == (
        "Nor can it be said where two of the three do."
    )


def test_a_directorate_that_has_not_sent_or_cannot_be_judged_is_named() -> None:
    frame = pd.DataFrame(
        [row(1, NONE), row(2, NONE, finance_known=False), row(3, NONE, judged=False, without_forecast=2)]
    )
    assert say.second(frame) == (
        "In no directorate do two of the three meet. No finance return has come from Department B. "
        "Whether Department C is over budget cannot be said: two budget lines have no forecast."
    )
    both = pd.DataFrame([row(1, NONE, rated_known=False), row(2, NONE)])
    assert say.caution(both) == " No indicator is rated of Department A."


@pytest.mark.parametrize("missing", [{}, {"finance_known": False}, {"risk_known": False}, {"rated_known": False}])
def test_every_combination_is_english(missing: dict[str, bool]) -> None:
    for kinds in itertools.product([ALL, RED_OVER, RED_HIGH, NONE], repeat=3):
        frame = view(*kinds, **missing)
        for said in (say.headline(frame), say.second(frame), say.finance(frame, council())):
            assert_english(said)


def assert_english(said: str) -> None:
    assert said[0].isupper()
    assert said.endswith(".")
    marks, missing = r"  |\.\.|,\.| ,|:\.|\(\)", r"\bnan\b|None|<NA>|\.0 (?:of|and)"
    wrong = rf"{marks}|{missing}|\b1 (?:indicators|risks|lines)\b|\bone (?:are|have)\b"
    assert re.search(wrong, said) is None, said


def priority(number: int, has: str, **more: Any) -> dict[str, Any]:
    return row(number, has) | {"number": number, "title": "Work with the NHS", "line": "Home care"} | more


def priorities(*kinds: str, **more: Any) -> pd.DataFrame:
    """Give rows as `single_view.meet` gives them for priorities: with a number and a title, and no name."""
    return pd.DataFrame([priority(place, has, **more) for place, has in enumerate(kinds, 1)]).drop(columns="name")


def test_priorities_are_told_by_number_title_and_figures() -> None:
    assert say.by_priority(priorities(ALL, NONE)) == (
        "All three meet under leadership priority 1, Work with the NHS (1 red, Home care £10,000 (5.0%) over, "
        "risk R1 at 20)."
    )
    assert say.by_priority(priorities(ALL, ALL)).startswith("All three meet under leadership priorities 1, Work")
    assert say.by_priority(priorities(*[ALL] * 4, NONE)) == (
        "All three meet under four of 5 leadership priorities: 1, 2, 3 and 4."
    )
    assert say.by_priority(priorities(NONE)) == "All three meet under no leadership priority."


def test_priorities_without_a_mapping_or_a_return_say_so() -> None:
    assert say.by_priority(pd.DataFrame()) == (
        "No leadership priorities have been loaded, so that nothing can be said by priority."
    )
    assert say.by_priority(priorities(NONE, indicators=0)) == (
        "No indicator is mapped to a leadership priority, so that nothing can be said of performance by priority."
    )
    assert say.by_priority(priorities(NONE, finance_known=False)) == (
        "By leadership priority it cannot be said either: there is no finance return."
    )


def council(**more: Any) -> pd.DataFrame:
    whole = {
        "lines": 4, "without_forecast": 0, "budget": 400_000.0, "forecast": 410_000.0, "variance": 10_000.0,
        "percent": 2.5, "known_budget": 400_000.0, "known_variance": 10_000.0, "known_percent": 2.5,
    }  # fmt: skip
    return pd.DataFrame([whole | more])


def test_money_is_told_of_the_whole_and_of_who_is_over() -> None:
    assert say.finance(view(ALL, NONE), council()) == (
        "The council forecasts £410,000 against a budget of £400,000: £10,000 (2.5%) over. "
        "One directorate is over budget beyond the tolerance: Department A by £10,000 (5.0%)."
    )
    assert say.finance(view(ALL, RED_OVER), council()).endswith(
        "Two directorates are over budget beyond the tolerance: Department A by £10,000 (5.0%) and "
        "Department B by £10,000 (5.0%)."
    )
    level = council(forecast=400_000.0, variance=0.0, percent=0.0)
    assert say.finance(view(NONE), level) == (
        "The council forecasts £400,000 against a budget of £400,000: as budgeted. "
        "No directorate is over budget beyond the tolerance."
    )


def test_a_part_of_the_council_is_never_called_the_council() -> None:
    some = pd.DataFrame([row(1, NONE), row(2, NONE, finance_known=False)])
    assert say.finance(some, council()) == (
        "The one directorate of 2 that sent a return forecasts £410,000 against a budget of £400,000: £10,000 (2.5%) "
        "over. No directorate is over budget beyond the tolerance. No finance return has come from Department B."
    )
    more = pd.DataFrame([row(1, NONE), row(2, NONE), row(3, NONE, finance_known=False)])
    assert say.finance(more, council()).startswith("The two directorates of 3 that sent a return forecast £410,000")


def test_a_line_without_a_forecast_leaves_the_whole_unsaid_and_the_rest_told() -> None:
    gap = {"forecast": NAN, "variance": NAN, "percent": NAN}
    assert say.finance(view(NONE), council(**gap, without_forecast=1)).startswith(
        "One of four budget lines has no forecast, so that none is given of the whole; "
        "the other three lines are £10,000 (2.5%) over budget. "
    )
    every = gap | {"known_variance": NAN, "known_percent": NAN, "known_budget": NAN}
    assert say.finance(view(NONE), council(**every, without_forecast=4)).startswith(
        "Four of four budget lines have no forecast, so that none is given of the whole. "
    )
    assert say.key_figures(view(NONE), council(**every, without_forecast=4), pd.DataFrame())[2] == (
        "Forecast against budget", "Not known", "no line has a forecast",
    )  # fmt: skip


def test_no_finance_return_is_said() -> None:
    assert say.finance(view(NONE, finance_known=False), pd.DataFrame()) == (
        "No finance return has come, so that nothing can be said of money."
    )


def test_key_figures_stand_with_what_they_are_of() -> None:
    register = pd.DataFrame({"level": ["high", "low"], "trend": ["up", "same"]})
    assert say.key_figures(view(ALL, NONE), council(), register) == [
        ("Where all three meet", 1, "of two directorates"),
        ("Indicators red", 1, "of 6"),
        ("Forecast against budget", "+£10,000", "2.5% over, of £400,000"),
        ("High risks", 1, "of 2; 1 up since last quarter"),
    ]
    first = register.assign(trend="")
    assert say.key_figures(view(ALL), council(), first)[3] == ("High risks", 1, "of 2")
    partly = council(without_forecast=1, variance=NAN)
    assert say.key_figures(view(ALL), partly, first)[2][2] == (
        "2.5% over, of £400,000; one line without a forecast left out"
    )


def test_the_headline_leads_to_the_rows_that_it_names() -> None:
    assert say.links(view(ALL, RED_OVER)) == [("#view-D1", "See Department A")]


def test_other_pages_are_named_for_directorates_that_have_one() -> None:
    frame = pd.DataFrame([row(1, ALL), row(2, NONE, indicators=0), row(3, NONE, directorate="a/b")])
    pages = [address for address, _ in say.elsewhere(frame)]
    assert pages[:3] == ["scorecard-D1.html", "scorecard-a-b.html", "scorecard.html"]
    assert {"outlook.html", "cabinet_report.html", "delivery.html"} <= set(pages)
    assert say.elsewhere(frame.iloc[:2])[0][0] == "scorecard.html", "one that reports alone is the whole council"
