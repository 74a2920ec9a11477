"""Commitments: in which role, with what evidence."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import delivery

RATED = pd.DataFrame({"indicator": ["hours", "users", "calls"], "ref": ["7", "1", "50"], "title": "T",
                      "effective": ["red", "green", "not rated"]})  # fmt: skip


def listed(*named: str | None) -> pd.DataFrame:
    frame = pd.DataFrame({"number": range(len(named), 0, -1), "indicators": list(named)[::-1]}).astype(
        {"indicators": "str"}
    )
    return frame.assign(title="T", deliver=True, partner=False, influence=False)


def matrix(*named: str | None) -> pd.DataFrame:
    frame = listed(*named)
    return delivery.matrix(frame, delivery.evidence(frame, RATED))


def test_each_named_indicator_brings_its_rating() -> None:
    proof = delivery.evidence(listed("hours users", None, "calls gone"), RATED).sort_values(["number", "indicator"])
    assert proof[["number", "indicator"]].to_numpy().tolist() == [
        [1, "hours"], [1, "users"], [3, "calls"], [3, "gone"],
    ]  # fmt: skip
    assert proof["rating"].tolist()[:3] == ["red", "green", "not rated"]
    assert proof["rating"].isna().tolist() == [False, False, False, True]


def test_a_commitment_has_the_best_evidence_that_any_indicator_gives() -> None:
    found = matrix("hours calls", "calls gone", "gone", None)
    assert found["number"].tolist() == [1, 2, 3, 4]
    assert found["state"].tolist() == ["rated", "not rated", "not in the framework", "none named"]
    assert found[["named", "red", "green", "not_rated"]].to_numpy().tolist() == [
        [2, 1, 0, 1], [2, 0, 0, 2], [1, 0, 0, 1], [0, 0, 0, 0],
    ]  # fmt: skip


def test_an_indicator_named_twice_counts_once() -> None:
    assert matrix("hours hours")["named"].tolist() == [1]


def test_a_council_without_ratings_has_no_evidence() -> None:
    frame = listed("hours", None)
    found = delivery.matrix(frame, delivery.evidence(frame, RATED.head(0)))
    assert found["state"].tolist() == ["not in the framework", "none named"]


def test_no_commitments_give_no_rows() -> None:
    assert matrix().empty
