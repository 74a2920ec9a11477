"""What the leadership page says of mapping, register and golden thread, over none, one, two and many."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.display import mapping_sentences as told

NAN = float("nan")
UNPUBLISHED = "Which theme leads to which corporate priority was never published"


def indicators(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"indicator": list(names), "title": list(names), "ref": list(names)}, dtype="object")


def register(levels: str = "", trends: tuple[str, ...] = ()) -> pd.DataFrame:
    words = {"h": "high", "m": "medium", "l": "low"}
    given = list(trends) or [""] * len(levels)
    return pd.DataFrame({"level": [words[letter] for letter in levels], "trend": given}, dtype="object")


@pytest.mark.parametrize(
    ("known", "served", "said"),
    [
        (
            "abc", "aab",
            "Of 3 indicators 2 serve a leadership priority, 1 of them more than one: counts by priority add up to 3, "
            "not to 2.",
        ),
        ("ab", "a", "Of 2 indicators 1 serves a leadership priority, none of them more than one."),
        ("ab", "", "Of 2 indicators none is mapped to a leadership priority."),
        ("", "", "Of 0 indicators none is mapped to a leadership priority."),
    ],
)  # fmt: skip
def test_how_many_serve_and_that_counts_do_not_add_up(known: str, served: str, said: str) -> None:
    assert told.served(indicators(*known), indicators(*served)) == said


def test_lines_stand_whole_and_those_without_a_priority_are_counted() -> None:
    rule = "A line stands whole under every priority that it bears on; it is neither split nor added up."
    assert told.lines(pd.DataFrame({"priorities": ["7 8"]})) == rule
    assert told.lines(pd.DataFrame({"priorities": ["7", None]})) == f"{rule} One budget line names no priority."
    assert told.lines(pd.DataFrame({"priorities": [None, None]})) == f"{rule} Two budget lines name no priority."
    assert told.lines(pd.DataFrame({"priorities": []})).startswith("No finance return has come")


def test_priorities_without_an_indicator_are_named() -> None:
    frame = pd.DataFrame({"number": [1, 2], "title": ["Place", "NHS"], "indicators": [1, 1]})
    assert told.unserved(frame) == "Every leadership priority has at least one indicator."
    more = pd.concat([frame.assign(indicators=0), pd.DataFrame([{"number": 3, "title": "Staff", "indicators": 1}])])
    assert told.unserved(more) == "Two leadership priorities have no indicator: 1, Place; 2, NHS."
    assert told.unserved(frame.assign(indicators=0)) == "No leadership priority has an indicator."
    assert told.unserved(frame.iloc[:0]) == ""


def test_what_serves_no_priority_is_named_up_to_twelve() -> None:
    outcomes = pd.DataFrame({"title": ["Safer"], "outcome": ["V3"]})
    none = outcomes.iloc[:0]
    assert told.unmapped(indicators(), none) == (
        "Every indicator serves at least one leadership priority. Every outcome serves at least one."
    )
    assert told.unmapped(indicators("a", "b"), outcomes) == (
        "Two indicators serve no leadership priority: a (a); b (b). "
        "One outcome serves no leadership priority: Safer (V3)."
    )
    many = indicators(*map(str, range(13)))
    assert told.unmapped(many, none).startswith("13 indicators serve no leadership priority; the table lists them.")


@pytest.mark.parametrize(
    ("levels", "trends", "closed", "said"),
    [
        ("", (), 0, "No register of risks for 2017-18 Q1 has come; that is not to say that there is no risk."),
        (
            "h", (), 0,
            "The register for 2017-18 Q1 holds one risk: 1 high. No register for 2016-17 Q4 is known, so that no "
            "movement can be shown.",
        ),
        (
            "hml", ("up", "same", "new"), 0,
            "The register for 2017-18 Q1 holds three risks: 1 high, 1 medium and 1 low. Since 2016-17 Q4, 1 rose, "
            "1 stayed as it was and 1 is new.",
        ),
        (
            "ll", ("down", "down"), 1,
            "The register for 2017-18 Q1 holds two risks: 2 low. Since 2016-17 Q4, 2 fell and 1 was closed.",
        ),
        (
            "mmmm", ("same", "same", "new", "new"), 2,
            "The register for 2017-18 Q1 holds four risks: 4 medium. Since 2016-17 Q4, 2 stayed as they were, 2 are "
            "new and 2 were closed.",
        ),
    ],
)  # fmt: skip
def test_the_register_is_told_with_its_movement(levels: str, trends: tuple[str, ...], closed: int, said: str) -> None:
    gone = pd.DataFrame({"risk": range(closed)})
    assert told.register(register(levels, trends), gone, quarter="2017-18 Q1") == said


def themes(*links: tuple[str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(links, columns=["priority", "priority_status"], dtype="object").assign(level="theme")


@pytest.mark.parametrize(
    ("rows", "begins"),
    [
        (themes(), "No vision or themes have been loaded"),
        (themes((None, None)).assign(level="vision"), "No themes have been loaded"),
        (themes((None, None), (None, None)), "No link between the themes and the corporate priorities is published"),
        (themes(("P", "illustrative")), f"{UNPUBLISHED}: these links are illustrative [i]."),
        (themes(("P", "illustrative"), ("Q", "final")), f"{UNPUBLISHED}: the links marked [i] are illustrative"),
        (themes(("P", "final"), ("Q", "final")), "Each theme leads to the corporate priority that the council has"),
        (themes(("P", "final"), (None, None)), "One theme leads to no corporate priority. Each other theme leads to"),
    ],
)  # fmt: skip
def test_a_link_of_the_thread_is_never_invented(rows: pd.DataFrame, begins: str) -> None:
    said = told.thread(rows)
    assert said.startswith(begins)
    assert said.endswith("stand under By leadership priority.")


def risks(**more: Any) -> pd.DataFrame:
    return pd.DataFrame([{"risk": "R1", "title": "Carers leave", "owner": "Director", "mitigation": "Recruit"} | more])


def lines(**more: Any) -> pd.DataFrame:
    held = {
        "directorate": "SCS",
        "line": "Care",
        "forecast": 110.0,
        "variance": 10.0,
        "money": "red",
        "reason": "Prices",
    }
    return pd.DataFrame([held | more])


def test_a_risk_without_owner_or_mitigation_is_a_question() -> None:
    assert told.questions(risks(), lines()) == []
    assert told.questions(risks(owner=None), lines()) == [
        "Risk R1, Carers leave: nobody is named as its owner. Who answers for it?"
    ]
    assert told.questions(risks(owner=None, mitigation=None), lines()) == [
        "Risk R1, Carers leave: nobody is named as its owner and no mitigation is given. "
        "Who answers for it and what is being done?"
    ]


def test_a_variance_without_a_reason_and_a_line_without_a_forecast_are_questions() -> None:
    assert told.questions(risks(), lines(reason=None)) == [
        "SCS, Care: the forecast is over budget by £10, without a reason. Why?"
    ]
    assert told.questions(risks(), lines(reason=None, variance=-10.0, money="amber")) == [
        "SCS, Care: the forecast is under budget by £10, without a reason. Why?"
    ]
    assert told.questions(risks(), lines(reason=None, money="green")) == []
    assert told.questions(risks(), lines(forecast=NAN, variance=NAN, money="not rated")) == [
        "SCS, Care: no forecast was made. What is expected?"
    ]


def test_what_names_an_unknown_priority_or_indicator_is_a_question_with_its_cell() -> None:
    place = {"file": "2017-18/mapping.xlsx", "sheet": "Mapping", "cell": "B4"}
    strays = pd.DataFrame(
        [
            {"subject": "hourz", "number": 7, "unknown": "indicator"} | place,
            {"subject": "hours", "number": 13, "unknown": "priority"} | place,
        ]
    )
    budget = pd.DataFrame([{"line": "Care", "number": 14} | place])
    found = pd.DataFrame([{"risk": "R1", "number": 7} | place])
    assert told.misnamed(strays, budget, found, priorities=pd.DataFrame({"number": [7]})) == [
        'The mapping of "hourz" names an indicator that the framework does not have (mapping.xlsx, Mapping!B4). '
        "What is meant?",
        'The mapping of "hours" names a leadership priority 13 that the framework does not have (mapping.xlsx, '
        "Mapping!B4). What is meant?",
        "The budget line Care names leadership priority 14, which the framework does not have (mapping.xlsx, "
        "Mapping!B4). What is meant?",
    ]
