"""From indicators to outcomes to priorities."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.analysis import outcomes
from perfkit.model.errors import ParameterError

QUARTER = "2017-18 Q1"


def rated(*words: str, outcome: str = "E5", period: str = QUARTER) -> pd.DataFrame:
    refs = [str(n) for n in range(1, len(words) + 1)]
    return pd.DataFrame(
        {"indicator": refs, "ref": refs, "outcome": outcome, "period": period, "effective": list(words)}
    )


def listed(*names: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "outcome": list(names),
            "financial_year": "2017-18",
            "title": "Services",
            "priority": "Efficient",
            "directorate": "SCS",
        }
    )


def rag(*words: str, method: str = "worst") -> list[str]:
    found = outcomes.roll_up(rated(*words), listed("E5"), method=method).iloc[0]
    return [found["rag"], found["rag_reason"]]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("green", "green"), ["green", "worst of 2: green"]),
        (("green", "amber"), ["amber", "worst of 2: amber on 2"]),
        (("red", "amber", "red"), ["red", "worst of 3: red on 1 and 3"]),
        (("green", "not rated"), ["green", "worst of 1: green; 1 not rated"]),
        (("not rated", "not rated"), ["not rated", "none of 2 is rated"]),
        (("amber",), ["amber", "as its one indicator, 1"]),
        (("not rated",), ["not rated", "its one indicator is not rated"]),
    ],
)
def test_an_outcome_is_as_its_worst_indicator_and_tells_what_is_not_rated(
    words: tuple[str, ...], answer: list[str]
) -> None:
    assert rag(*words) == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("green", "green", "red"), ["green", "majority of 3: green, with 1 red"]),
        (("green", "amber"), ["amber", "majority of 2: amber"]),
        (("green", "red"), ["red", "majority of 2: red"]),
        (("not rated", "not rated", "green"), ["green", "majority of 1: green; 2 not rated"]),
    ],
)
def test_a_majority_takes_the_worse_of_a_tie_and_never_hides_a_red(words: tuple[str, ...], answer: list[str]) -> None:
    assert rag(*words, method="majority") == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("green", "amber"), ["green", "weighted of 2: green"]),
        (("green", "red"), ["amber", "weighted of 2: amber, with 1 red"]),
        (("green", "amber", "amber"), ["amber", "weighted of 3: amber"]),
        (("amber", "red"), ["amber", "weighted of 2: amber, with 1 red"]),
        (("amber", "red", "red"), ["red", "weighted of 3: red"]),
    ],
)
def test_weighted_is_green_from_a_mean_of_1_5_and_amber_from_0_5(words: tuple[str, ...], answer: list[str]) -> None:
    assert rag(*words, method="weighted") == answer


def test_weights_count_where_there_are_some() -> None:
    """Green 2 x 3 and red 0 x 1 make 1.5 of 4."""
    weighted = rated("green", "red").assign(weight=[3.0, 1.0])
    assert outcomes.roll_up(weighted, listed("E5"), method="weighted")["rag"].tolist() == ["green"]


def test_an_outcome_without_indicators_stays_in_the_list() -> None:
    found = outcomes.roll_up(rated("green"), listed("E5", "E6")).set_index("outcome").loc["E6"]
    assert found[["rag", "rag_reason", "indicators", "not_rated"]].tolist() == ["not rated", "no indicators", 0, 0]


def test_of_no_quarter_no_outcome_is_rated() -> None:
    assert outcomes.roll_up(rated(), listed("E5")).empty


def test_the_directors_rating_stands_beside() -> None:
    said = pd.DataFrame({"subject_kind": ["outcome"], "subject": ["E5"], "period": [QUARTER], "rag": ["amber"]})
    found = outcomes.roll_up(rated("red"), listed("E5"), assessments=said).iloc[0]
    assert found[["rag", "assessed", "differs"]].tolist() == ["red", "amber", True]
    without = outcomes.roll_up(rated("red"), listed("E5")).iloc[0]
    assert pd.isna(without["assessed"])
    assert not without["differs"]


def test_each_quarter_is_rolled_up_by_itself() -> None:
    two = pd.concat([rated("red"), rated("green", period="2017-18 Q2")])
    assert outcomes.roll_up(two, listed("E5"))[["period", "rag"]].to_numpy().tolist() == [
        [QUARTER, "red"],
        ["2017-18 Q2", "green"],
    ]


def test_another_column_may_be_rolled_up() -> None:
    both = rated("green").assign(calculated="red")
    assert outcomes.roll_up(both, listed("E5"), column="calculated")["rag"].tolist() == ["red"]


def test_priorities_stand_in_the_order_of_the_plan_with_their_counts() -> None:
    two = pd.concat([rated("red", "green"), rated("not rated", outcome="E6")])
    rolled = outcomes.roll_up(two, listed("E5", "E6"))
    plan = pd.DataFrame({"priority": ["Efficient", "Thriving"], "order": [2, 1]})
    found = outcomes.by_priority(rolled, plan)
    assert found["priority"].tolist() == ["Thriving", "Efficient"]
    assert found.iloc[1].drop(["period", "priority"]).to_dict() == {
        "outcomes": 2, "outcomes_green": 0, "outcomes_amber": 0, "outcomes_red": 1, "outcomes_not_rated": 1,
        "indicators": 3, "green": 1, "amber": 0, "red": 1, "not_rated": 1,
    }  # fmt: skip
    assert found.iloc[0]["outcomes"] == 0


def test_another_method_is_refused() -> None:
    with pytest.raises(ParameterError, match='"best" is not a way to roll up'):
        outcomes.roll_up(rated("red"), listed("E5"), method="best")  # type: ignore[arg-type]


def test_the_frames_given_stay_as_they_are() -> None:
    frame, names = rated("red", "green"), listed("E5")
    copies = frame.copy(), names.copy()
    outcomes.roll_up(frame, names)
    pd.testing.assert_frame_equal(frame, copies[0])
    pd.testing.assert_frame_equal(names, copies[1])
