"""What matters most: probability of missing times weight, with the order of equals and what has no place."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import matters

PLAN = pd.DataFrame({"priority": ["People", "Economy", "Services"], "order": [2, 1, 3]})


def joined(*rows: tuple[str, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["priority", "probability", "variation"])
    return frame.assign(indicator=[f"i{n}" for n in range(len(frame))])


def order_of(frame: pd.DataFrame, most: int = 10) -> list[str]:
    return matters.first(matters.rank(frame, matters.weigh(PLAN)), most)["indicator"].tolist()


def test_weights_follow_the_order_of_the_plan() -> None:
    assert matters.weigh(PLAN) == {"Economy": 1.0, "People": 0.95, "Services": 0.9}


def test_a_council_may_set_its_own_weights() -> None:
    assert matters.weigh(PLAN, given={"People": 2.0})["People"] == 2.0


def test_a_priority_held_in_two_years_counts_once() -> None:
    assert matters.weigh(pd.concat([PLAN, PLAN])) == matters.weigh(PLAN)


def test_the_less_probable_target_comes_first() -> None:
    assert order_of(joined(("Economy", 0.9, ""), ("Economy", 0.1, ""), ("Economy", 0.5, ""))) == ["i1", "i2", "i0"]


def test_of_equally_probable_ones_the_weightier_priority_comes_first() -> None:
    assert order_of(joined(("Services", 0.2, ""), ("People", 0.2, ""), ("Economy", 0.2, ""))) == ["i2", "i1", "i0"]


def test_a_much_less_probable_target_of_a_lighter_priority_still_comes_first() -> None:
    # 0.9 missing times 0.9 is 0.81; 0.6 missing times 1 is 0.6
    ranked = matters.rank(joined(("Economy", 0.4, ""), ("Services", 0.1, "")), matters.weigh(PLAN))
    assert ranked["matter"].round(2).tolist() == [0.6, 0.81]
    assert ranked["place"].tolist() == [2, 1]


def test_of_equal_ones_a_cause_for_concern_comes_first() -> None:
    assert order_of(joined(("Economy", 0.001, "improvement high"), ("Economy", 0.004, "concern low"))) == ["i1", "i0"]


def test_what_has_no_probability_has_no_place_and_is_never_taken_for_zero() -> None:
    ranked = matters.rank(joined(("Economy", None, ""), ("Economy", 0.9, "")), matters.weigh(PLAN))
    assert ranked["place"].isna().tolist() == [True, False]
    assert ranked["missing"].isna().tolist() == [True, False]
    assert matters.first(ranked)["indicator"].tolist() == ["i1"]


def test_no_more_than_asked_for_are_given() -> None:
    assert len(order_of(joined(*[("Economy", 0.1 * n, "") for n in range(1, 9)]), most=3)) == 3


def test_a_priority_that_the_plan_does_not_name_weighs_one() -> None:
    assert matters.rank(joined(("Other", 0.25, "")), matters.weigh(PLAN))["matter"].item() == 0.75


def test_side_by_side_keeps_every_row_and_overwrites_neither() -> None:
    projected = pd.DataFrame(
        {"indicator": ["a", "b"], "year": "2017-18", "words": ["Likely.", "Nothing."], "reason": ["", "no figure"]}
    )
    indicators = pd.DataFrame(
        {
            "indicator": ["a", "b", "a"], "financial_year": ["2017-18", "2017-18", "2016-17"], "ref": ["1", "2", "9"],
            "title": ["A", "B", "Old"], "directorate": "PH", "priority": "People", "unit": "count", "decimals": 0,
            "polarity": "higher", "series_type": "point", "data_owner": "Lead",
        }
    )  # fmt: skip
    variation = pd.DataFrame(
        {
            "indicator": ["a"], "chart": "xmr", "variation": "concern low", "assurance": "", "words": "Concern.",
            "period": "2017-18 Q1", "single": False, "trial": True, "reason": "", "warnings": "",
        }
    )  # fmt: skip
    paths = pd.DataFrame({"indicator": ["a", "a"], "part": [2, 2], "goal_low": [5.0, 5.0], "goal_high": [None, None]})
    found = matters.side_by_side(projected, indicators, variation=variation, paths=paths)
    assert found["title"].tolist() == ["A", "B"]
    assert found["words"].tolist() == ["Likely.", "Nothing."]
    assert found.loc[0, ["variation_words", "part", "goal_low"]].tolist() == ["Concern.", 2, 5.0]
    assert pd.isna(found.loc[1, "goal_low"])
    assert "ref" not in projected


def test_written_targets_are_those_of_the_year_and_the_first_part() -> None:
    targets = pd.DataFrame(
        {
            "indicator": ["a", "a", "a"], "period": ["2017-18", "2017-18", "March 2019"], "part": [1, 2, 1],
            "text": ["60/20", "20", "582"],
        }
    )  # fmt: skip
    rows = pd.DataFrame({"indicator": ["a", "b"], "year": ["2017-18", "2017-18"]})
    found = matters.written(rows, targets)["target_text"]
    assert found[0] == "60/20"
    assert pd.isna(found[1])


def test_figures_after_the_quarter_and_of_other_indicators_are_left_out() -> None:
    seen = pd.DataFrame(
        {"indicator": ["a", "a", "a", "b"], "period": ["May 2017", "2017-18 Q1", "2017-18 Q2", "2016-17"]}
    )
    found = matters.figures(seen, pd.DataFrame({"indicator": ["a"]}), quarter="2017-18 Q1")
    assert found["period"].tolist() == ["May 2017", "2017-18 Q1"]
