"""Which leadership priorities things bear on: many to many, with what is left over."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import mapping

RATED = pd.DataFrame(
    {
        "indicator": ["hours", "users", "roads", "alone"],
        "outcome": ["E5", "E5", "T1", "T2"],
        "period": "2017-18 Q1",
        "ref": ["7", "1", "20", "30"],
        "effective": ["red", "green", "green", "amber"],
    }
)
ROLLED = pd.DataFrame({"outcome": ["E5", "T1", "T2"], "period": "2017-18 Q1", "rag": ["red", "green", "amber"]})


def mapped(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["subject_kind", "subject", "number"])
    return frame.assign(financial_year="2017-18").astype({"number": "Int64"})


MAPPING = mapped(("indicator", "hours", 7), ("indicator", "hours", 10), ("outcome", "E5", 8), ("indicator", "roads", 5))


def pairs(frame: pd.DataFrame, name: str) -> list[tuple[str, int, str]]:
    return list(zip(frame[name], frame["number"], frame["through"], strict=True))


def test_an_indicator_stands_once_for_each_priority_it_serves() -> None:
    served = mapping.serve(RATED, MAPPING)
    assert pairs(served, "indicator") == [
        ("roads", 5, ""), ("hours", 7, ""), ("users", 8, "outcome"), ("hours", 10, ""),
    ]  # fmt: skip


def test_an_indicators_own_mapping_goes_before_that_of_its_outcome() -> None:
    served = mapping.serve(RATED, MAPPING)
    assert 8 not in served.loc[served["indicator"] == "hours", "number"].tolist()


def test_counts_by_priority_do_not_add_up_to_the_indicators() -> None:
    served = mapping.serve(RATED, MAPPING)
    assert (len(served), served["indicator"].nunique(), len(RATED)) == (4, 3, 4)


def test_what_serves_none_is_left_over() -> None:
    served = mapping.serve(RATED, MAPPING)
    assert mapping.unmapped(RATED, served)["indicator"].tolist() == ["alone"]
    outcomes = mapping.serve_outcomes(ROLLED, MAPPING, served)
    assert mapping.unmapped(ROLLED, outcomes, by="outcome")["outcome"].tolist() == ["T2"]


def test_an_outcome_without_a_mapping_follows_its_indicators() -> None:
    served = mapping.serve(RATED, MAPPING)
    assert pairs(mapping.serve_outcomes(ROLLED, MAPPING, served), "outcome") == [("T1", 5, "indicators"), ("E5", 8, "")]


def test_the_mapping_of_another_year_does_not_count() -> None:
    later = MAPPING.assign(financial_year="2018-19")
    assert mapping.serve(RATED, later).empty
    assert mapping.strays(later, rated=RATED, priorities=pd.DataFrame({"number": [1]})).empty


def test_a_line_that_bears_on_several_stands_for_each_and_one_without_drops_out() -> None:
    lines = pd.DataFrame({"line": ["Care", "Roads", "Rest"], "priorities": ["7 10", "5", None], "budget": [3.0, 2, 1]})
    found = mapping.spread(lines)
    assert found[["line", "number"]].values.tolist() == [["Care", 7], ["Care", 10], ["Roads", 5]]
    assert mapping.spread(lines.iloc[2:]).empty
    assert mapping.spread(lines.iloc[:0])["number"].tolist() == []


def test_a_mapping_that_names_what_is_not_there_is_told() -> None:
    wrong = mapped(("indicator", "hourz", 7), ("outcome", "E9", 7), ("indicator", "hours", 13), ("outcome", "E5", 7))
    found = mapping.strays(wrong, rated=RATED, priorities=pd.DataFrame({"number": [7, 10]}))
    assert found[["subject", "number", "unknown"]].values.tolist() == [
        ["hourz", 7, "indicator"], ["E9", 7, "outcome"], ["hours", 13, "priority"],
    ]  # fmt: skip


def test_without_a_mapping_or_indicators_nothing_serves() -> None:
    assert mapping.serve(RATED, mapped()).empty
    assert mapping.serve(RATED.iloc[:0], MAPPING).empty
    assert mapping.serve_outcomes(ROLLED, mapped(), mapping.serve(RATED, mapped())).empty


def test_what_is_given_stays_as_it_was() -> None:
    before, rows = MAPPING.copy(), RATED.copy()
    served = mapping.serve(RATED, MAPPING)
    mapping.serve_outcomes(ROLLED, MAPPING, served)
    mapping.strays(MAPPING, rated=RATED, priorities=pd.DataFrame({"number": [7]}))
    pd.testing.assert_frame_equal(MAPPING, before)
    pd.testing.assert_frame_equal(RATED, rows)
