"""The English of the page on delivery, over every combination of none, one, two and many."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import delivery
from perfkit.display import action_sentences, delivery_sentences, savings_sentences

WRONG = re.compile(
    r"\b1 (?:are|have|fall|were)\b|(?<!of )\b(?:[02-9]|\d\d+) (?:is|has|falls|was)\b|\b1 (?:actions|recommendations)\b|"
    r"\b(?:[2-9]|\d\d+) (?:action|recommendation|measure|commitment)\b|\bnan\b|None\b(?! of)|  |\.\.|;\.|: \.|"
    r", and |\b0 "
)
"""What no sentence may hold: a verb or noun in the wrong number, a missing value, a counted nought, doubled signs."""
TITLES = pd.DataFrame({"programme": "Review", "number": ["1", "2"], "title": ["Partners", "Pace"]})
NO_TITLES = TITLES.head(0)


def plan(*rows: tuple[str, str, str | None], as_at: str = "October 2024", programme: str = "Review") -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["action", "status", "due"], dtype="object")
    frame = frame.assign(
        programme=programme, as_at=as_at, source_status=None, title=[f"Act {n}" for n in frame["action"]]
    )
    return frame.assign(recommendation=[number.split(".")[0] for number in frame["action"]])


def told(actions: pd.DataFrame, before: pd.DataFrame | None = None, *, at: str = "") -> list[str]:
    """Say all that is said of an action plan."""
    tracked = delivery.track(actions, before, at=at)
    counts = delivery.summary(tracked, TITLES, before)
    return [action_sentences.actions(counts, tracked), action_sentences.due_next(counts),
            action_sentences.moved(counts, tracked)]  # fmt: skip


KINDS = (("complete", None), ("ongoing", "September 2024"), ("ongoing", "December 2024"), ("not started", "March 2025"),
         ("not started", "July 2025"), ("ongoing", None), ("withdrawn", None))  # fmt: skip


@pytest.mark.parametrize("first", [0, 1, 5])
def test_every_mixture_of_actions_reads_as_english(first: int) -> None:
    for others in itertools.product((0, 1, 2), repeat=len(KINDS) - 2):
        numbers = (first, *others, others[0])
        if not sum(numbers):
            continue
        rows = [(f"{kind + 1}.{n}", *KINDS[kind]) for kind, count in enumerate(numbers) for n in range(count)]
        counts, tracked = _counted(numbers, rows)
        said = [action_sentences.actions(counts, tracked), action_sentences.due_next(counts)]
        assert not [text for text in said if WRONG.search(_plainly(text))], said
        assert all(text == "" or text.endswith(".") for text in said)


def _plainly(text: str) -> str:
    """Leave out the numbers of actions, which agree with nothing."""
    return re.sub(r"Act \S+ \(\S+\)", "it", text)


def _counted(numbers: tuple[int, ...], rows: list[tuple[str, str, str | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count a mixture by hand, which is quicker than tracking thousands of plans."""
    done, late, this, following, ahead, bare, withdrawn = numbers
    counts = pd.DataFrame([{
        "programme": "Review", "as_at": "October 2024", "at": pd.Timestamp("2024-10-31"), "actions": sum(numbers),
        "complete": done, "ongoing": late + this + bare, "not_started": following + ahead, "withdrawn": withdrawn,
        "overdue": late, "this_quarter": this, "next_quarter": following, "later": ahead, "no_date": bare,
        "recommendations": 10,
    }])  # fmt: skip
    tracked = pd.DataFrame(rows, columns=["action", "state", "due"])
    overdue = tracked["due"].eq("September 2024")
    return counts, tracked.assign(programme="Review", title="Act " + tracked["action"], overdue=overdue)


def test_the_published_review_is_told_in_its_first_sentence() -> None:
    done = [(f"1.{n}", "complete", None) for n in range(40)]
    ahead = [(f"2.{n}", "ongoing", "December 2024") for n in range(14)]
    said = told(plan(*done, *ahead, ("10.2", "ongoing", "September 2024")))
    assert said[0] == (
        "Review: at 31 October 2024, 40 of 55 actions on 3 recommendations are complete and 15 ongoing; 1 is overdue: "
        "Act 10.2 (10.2), due by the end of September 2024."
    )
    assert said[1] == "Besides the 1 overdue, 14 fall due by the end of December 2024."
    assert said[2] == "No earlier report of this plan is held, so what slipped cannot be said."


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "the one action on 2 recommendations is complete."),
        (2, "both actions on 2 recommendations are complete."),
        (3, "all 3 actions on 2 recommendations are complete."),
    ],
)
def test_all_complete_needs_no_word_of_overdue_or_due(count: int, expected: str) -> None:
    said = told(plan(*[(f"1.{n}", "complete", None) for n in range(count)]))
    assert said[:2] == [f"Review: at 31 October 2024, {expected}", ""]


def test_many_overdue_are_named_as_far_as_three() -> None:
    said = told(plan(*[(f"1.{n}", "ongoing", "May 2024") for n in range(5)]))[0]
    assert said.endswith("Act 1.2 (1.2), due by the end of May 2024; and 2 more.")
    assert "5 are overdue: Act 1.0 (1.0)" in said


def test_another_day_is_said_with_the_month_that_was_reported() -> None:
    said = told(plan(("1.1", "ongoing", "December 2024")), at="2025-01-01")[0]
    assert said.startswith("Review: at 1 January 2025 (as reported for October 2024), the one action on 2")
    assert "1 is overdue" in said


def test_what_moved_since_last_time_is_counted_and_what_slipped_is_listed() -> None:
    then = plan(("1.1", "ongoing", "June 2024"), ("1.2", "complete", None), ("1.3", "ongoing", "March 2025"),
                ("1.4", "ongoing", "May 2024"), ("1.5", "ongoing", "May 2024"), as_at="July 2024")  # fmt: skip
    now = plan(("1.1", "ongoing", "December 2024"), ("1.2", "ongoing", "January 2025"), ("1.4", "complete", None),
               ("1.3", "ongoing", "January 2025"), ("2.1", "not started", "March 2025"))  # fmt: skip
    assert told(now, then)[2] == (
        "Since July 2024, 1 slipped, 1 was brought forward, 1 was reopened, 1 was completed, 1 is new and 1 was "
        "dropped."
    )
    assert action_sentences.slipped(delivery.track(now, then)) == ["Act 1.1 (1.1), from June 2024 to December 2024."]
    made_up = then.assign(source_status="illustrative")
    assert told(now, made_up)[2].startswith("Since July 2024 (an illustrative report), 1 slipped")


def test_two_of_a_kind_are_were_and_are() -> None:
    then = plan(("1.1", "complete", None), ("1.2", "complete", None), ("1.3", "ongoing", None),
                ("1.4", "ongoing", None), as_at="July 2024")  # fmt: skip
    now = plan(("1.1", "ongoing", None), ("1.2", "ongoing", None), ("2.1", "ongoing", None), ("2.2", "ongoing", None))
    assert told(now, then)[2] == "Since July 2024, no action slipped, 2 were reopened, 2 are new and 2 were dropped."


def test_nothing_moved_is_said_too() -> None:
    then, now = plan(("1.1", "ongoing", "May 2025"), as_at="July 2024"), plan(("1.1", "ongoing", "May 2025"))
    assert told(now, then)[2] == "Since July 2024, no action slipped."


def test_two_plans_have_a_paragraph_each() -> None:
    both = pd.concat([plan(("1.1", "complete", None)), plan(("1.1", "ongoing", None), programme="Other")])
    said = told(both.reset_index(drop=True))
    assert [text.split(":")[0] for text in said[0].split("\n\n")] == ["Other", "Review"]
    assert said[1] == "Other: nothing falls due; 1 has no date."
    assert said[2].startswith("Other: no earlier report of this plan is held")


def test_recommendations_without_actions_and_without_titles_are_named() -> None:
    counted = delivery.by_recommendation(
        delivery.track(plan(("1.1", "complete", None), ("3.1", "ongoing", "May 2024"))), TITLES
    )
    assert action_sentences.recommendations(counted) == (
        "1 of 3 recommendations has all of its actions complete. Overdue actions belong to recommendation 3. No action "
        "is reported for Pace (2)."
    )
    assert action_sentences.recommendations(counted.head(0)) == ""
    one = counted.head(1).assign(actions=2, complete=1, withdrawn=0, overdue=0)
    assert action_sentences.recommendations(one) == (
        "The one recommendation does not have all of its actions complete."
    )


def money(*given: tuple[int, str, float, float | None, float | None], as_at: str = "December 2014") -> pd.DataFrame:
    frame = pd.DataFrame(list(given), columns=["number", "financial_year", "required", "delivered", "forecast"])
    frame = frame.astype(dict.fromkeys(["required", "delivered", "forecast"], "float64"))
    return delivery.gaps(frame.assign(programme="Strategy", as_at=as_at, status="final", note=None))


DONE = "£6m (60%) was delivered by the end of December 2014"
LACKS = "the gap is not known, since 1 of 1 amounts of a work stream and year lacks a figure"


@pytest.mark.parametrize(
    ("delivered", "forecast", "tail"),
    [
        (6e6, 3e6, f"{DONE} and £3m is forecast still to come: a gap of £1m."),
        (6e6, 4e6, f"{DONE} and £4m is forecast still to come: no gap is left."),
        (6e6, 6e6, f"{DONE} and £6m is forecast still to come: £2m more than required."),
        (6e6, 0.0, f"{DONE}: a gap of £4m."),
        (0.0, 0.0, "£0 (0%) was delivered by the end of December 2014: a gap of £10m."),
        (6e6, None, f"{DONE}; {LACKS} (of £4m nothing is said there)."),
    ],
)
def test_what_is_saved_is_said_in_one_sentence(delivered: float, forecast: float | None, tail: str) -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, delivered, forecast)))
    said = savings_sentences.savings(sums, quarter="2014-15 Q3")
    assert said == f"Strategy: of £10m to be saved by 2014-15, {tail}"


def test_nothing_reported_is_not_said_to_be_nothing_saved() -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, None, 3e6)))
    assert savings_sentences.savings(sums, quarter="2014-15 Q3") == (
        "Strategy: of £10m to be saved by 2014-15, nothing is reported as delivered by the end of December 2014 and "
        f"£3m is forecast still to come; {LACKS} (of £7m nothing is said there)."
    )


def test_a_share_is_not_taken_of_amounts_of_which_one_was_not_reported() -> None:
    sums = delivery.total(money((1, "2013-14", 10e6, None, None), (2, "2013-14", 10e6, 6e6, None)))
    assert savings_sentences.savings(sums, quarter="2013-14 Q4").startswith(
        "Strategy: of £20m to be saved by 2013-14, £6m is reported as delivered by the end of December 2014; "
    )
    none = pd.DataFrame()
    assert delivery_sentences.key_figures(none, sums, none, none)[0] == (
        "Delivered",
        "£6m",
        "of £20m, as far as reported",
    )


def test_more_delivered_than_required_leaves_nothing_to_be_said_of() -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, 12e6, None)))
    assert savings_sentences.savings(sums, quarter="2014-15 Q3").endswith(f"December 2014; {LACKS}.")
    assert savings_sentences.short(sums) == {"Strategy": "The gap of the £10m required is not known"}


def test_a_programme_that_is_over_says_so() -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, 6e6, 3e6)))
    said = savings_sentences.savings(sums, quarter="2017-18 Q1")
    assert said.endswith(
        "£3m was forecast still to come: a gap of £1m. The programme ran to 2014-15; it was last reported as at "
        "December 2014."
    )
    assert "The programme ran" not in savings_sentences.savings(sums, quarter="2014-15 Q4")


def test_made_up_amounts_are_said_to_be() -> None:
    rows = money((1, "2014-15", 10e6, 6e6, 3e6)).assign(status="illustrative")
    said = savings_sentences.savings(delivery.total(rows), quarter="2014-15 Q3")
    assert said.endswith("a gap of £1m. All amounts by work stream and year are illustrative.")
    assert savings_sentences.notes(rows) == ["All amounts are illustrative: they were made up and never published"]
    assert savings_sentences.notes(rows.assign(status="final")) == []


@pytest.mark.parametrize(
    ("forecast", "message"),
    [
        (3e6, "£1m of £10m is neither delivered nor forecast"),
        (4e6, "All of the £10m required is delivered or forecast"),
        (6e6, "£2m more than the £10m required is delivered or forecast"),
        (None, "£4m of £10m has no figure, so the gap is not known"),
    ],
)
def test_the_waterfalls_title_is_its_message(forecast: float | None, message: str) -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, 6e6, forecast)))
    assert savings_sentences.short(sums) == {"Strategy": message}


def test_the_largest_gaps_are_named_and_those_not_known() -> None:
    streams = pd.DataFrame({"programme": "Strategy", "number": [1, 2, 3], "title": ["A", "B", "C"], "aim": None})

    def said(*forecasts: float | None) -> str:
        rows = money(*[(n, "2014-15", 10e6, 6e6, forecast) for n, forecast in enumerate(forecasts, 1)])
        return savings_sentences.streams(delivery.by_stream(rows, streams.head(len(forecasts))))

    assert said(4e6, 4e6) == "No work stream has a gap."
    assert said(3e6, 5e6) == "The largest gap is in A (£1m)."
    assert said(3e6, 2e6) == "The largest gaps are in B (£2m) and A (£1m)."
    assert said(3e6, None) == "The largest gap is in A (£1m). The gap of B is not known."
    assert said(None, None) == "The gap of A and B is not known."


def test_promises_are_told_with_what_they_come_to() -> None:
    promised = pd.DataFrame(
        {"programme": "Strategy", "measure": ["savings required", "managers", "review", "update"],
         "unit": ["pounds", "percent", None, None], "value": [200e6, 25.0, None, None],
         "words": [None, None, "monthly", None], "by": ["2015", None, None, None]}
    )  # fmt: skip

    def said(required: float) -> list[str]:
        sums = delivery.total(money((1, "2014-15", required, 6e6, 3e6)))
        return savings_sentences.promises(delivery.promises(promised, sums))

    assert said(200e6) == [
        "Savings required: £200m by 2015; the work streams' requirements add up to £200m, as promised.",
        "Managers: 25%; no figure was sent that tells whether it was kept.",
        "Review: monthly; nothing was sent that tells whether it was kept.",
        "Update: no value; nothing was sent that tells whether it was kept.",
    ]  # fmt: skip
    assert said(190e6)[0].endswith("add up to £190m, £10m less.")
    assert said(201.5e6)[0].endswith("add up to £201.5m, £1.5m more.")


def committed(*states: str, deliver: int = 1, partner: int = 0, influence: int = 0) -> pd.DataFrame:
    count = len(states)
    roles = {"deliver": deliver, "partner": partner, "influence": influence}
    flags = {name: [place < held for place in range(count)] for name, held in roles.items()}
    return pd.DataFrame({"number": range(1, count + 1), "title": "T", "state": list(states), "named": 1, **flags})


@pytest.mark.parametrize(
    ("rated", "total", "expected"),
    [
        (0, 1, "The one commitment is not evidenced by a rated indicator."),
        (1, 1, "The one commitment is evidenced by a rated indicator."),
        (0, 2, "None of 2 commitments is evidenced by a rated indicator."),
        (1, 2, "1 of 2 commitments is evidenced by a rated indicator; 1 is not."),
        (2, 2, "Both commitments are evidenced by a rated indicator."),
        (3, 11, "3 of 11 commitments are evidenced by a rated indicator; 8 are not."),
        (11, 11, "All 11 commitments are evidenced by a rated indicator."),
    ],
)
def test_evidence_is_counted(rated: int, total: int, expected: str) -> None:
    rows = committed(*["rated"] * rated, *["none named"] * (total - rated))
    assert delivery_sentences.commitments(rows).startswith(expected + " The council delivers ")


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"deliver": 11, "partner": 9}, "delivers all 11 itself, works with partners on 9 and influences others on "
                                        "none."),
        ({"deliver": 0, "partner": 1, "influence": 11}, "delivers none itself, works with partners on 1 and influences "
                                                        "others on all 11."),
    ],
)  # fmt: skip
def test_roles_are_counted(roles: dict[str, int], expected: str) -> None:
    assert delivery_sentences.commitments(committed(*["rated"] * 11, **roles)).endswith(expected)


def test_commitments_without_evidence_are_listed_by_the_reason() -> None:
    rows = committed("none named", "rated", "not rated", "none named", "not in the framework")
    assert delivery_sentences.unevidenced(rows) == [
        "No indicator is named: T (1); T (4).", "What is named is not in this quarter's framework: T (5).",
        "What is named is not rated this quarter: T (3).",
    ]  # fmt: skip
    assert delivery_sentences.unevidenced(committed("none named", "none named")) == [
        "No indicator is named: both commitments."
    ]
    assert delivery_sentences.unevidenced(committed("rated")) == []


def yearly(*rows: tuple[str | None, float | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["title", "value", "direction"], dtype="object")
    return frame.assign(named=frame["title"].notna(), financial_year="2024-25")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(None, None, None)] * 4, "None of the four key measures has been named."),
        ([(None, None, None)] * 2, "Neither of the two key measures has been named."),
        ([(None, None, None)], "The one key measure has not been named."),
        ([("A", None, None)], "The one named measure has no figure for 2024-25."),
        ([("A", 1.0, None), ("B", None, None)], "1 of 2 named measures has a figure for 2024-25."),
        ([("A", 1.0, "better"), ("B", 2.0, "better"), ("C", 3.0, "worse")],
         "3 of 3 named measures have a figure for 2024-25: 2 are better than the year before and 1 is worse."),
        ([(None, None, None), ("B", 2.0, "no change"), ("C", 3.0, "changed"), ("D", 4.0, "not comparable")],
         "1 of 4 key measures has not been named. 3 of 3 named measures have a figure for 2024-25: 1 is unchanged, 1 "
         "is changed, neither way being good and 1 is not comparable with the year before."),
        ([], ""),
    ],
)  # fmt: skip
def test_measures_are_counted(rows: list[Any], expected: str) -> None:
    assert delivery_sentences.measures(yearly(*rows)) == expected


def test_of_several_programmes_each_slipped_action_is_listed_with_its_own() -> None:
    then = pd.concat(
        [plan(("1.1", "ongoing", "June 2024"), as_at="July 2024", programme=p) for p in ("Review", "Plan")]
    )
    now = pd.concat([plan(("1.1", "ongoing", "March 2025"), programme=p) for p in ("Review", "Plan")])
    assert sorted(action_sentences.slipped(delivery.track(now, then))) == [
        "Plan: Act 1.1 (1.1), from June 2024 to March 2025.", "Review: Act 1.1 (1.1), from June 2024 to March 2025.",
    ]  # fmt: skip


def test_a_section_goes_on_from_what_the_top_has_said_and_does_not_repeat_it() -> None:
    later = pd.DataFrame({"programme": ["Review"], "as_at": ["October 2024"]})
    assert delivery_sentences.section("savings", "No gap is left.", quarter="2024-25 Q2") == ""
    said = delivery_sentences.section("actions", "All are complete.", later, quarter="2024-25 Q2")
    assert said.startswith("Review was first reported as at October 2024")


def test_a_section_without_anything_says_what_to_send() -> None:
    said = delivery_sentences.section("actions", "", TITLES.head(0), quarter="2024-25 Q3")
    assert said.startswith("No action plan has been sent. To report it here, send the workbook of the action plan")
    assert said.endswith('perfkit template --kind actions --quarter "2024-25 Q3" writes it, ready to be filled in.')


def test_a_programme_first_reported_later_is_no_programme_that_was_not_sent() -> None:
    later = pd.DataFrame({"programme": ["Review"], "as_at": ["October 2024"]})
    assert delivery_sentences.section("actions", "", later, quarter="2024-25 Q2") == (
        "Review was first reported as at October 2024, after 2024-25 Q2 had ended, so it is not used here."
    )


def test_the_page_begins_with_what_was_sent_and_says_it_once() -> None:
    assert delivery_sentences.headline("", "", "", "") == (
        "Nothing that this page shows had been sent by the end of the quarter."
    )
    given = {delivery_sentences.SAVED: "A.\n\nB.", delivery_sentences.STAND: "C."}
    assert delivery_sentences.answers(given, first="A. B.") == [(delivery_sentences.STAND, "C.")]


def test_key_figures_and_rules_are_of_what_was_sent() -> None:
    sums = delivery.total(money((1, "2014-15", 10e6, 6e6, None)))
    none = pd.DataFrame()
    assert delivery_sentences.key_figures(none, sums, none, none) == [
        ("Delivered", "£6m", "of £10m"), ("Gap", "not known", "neither delivered nor forecast"),
    ]  # fmt: skip
    assert len(delivery_sentences.rules(none, sums, none, none)) == 2
    assert delivery_sentences.rules(none, none, none, none) == []
