"""The arithmetic of a rating, and its words."""

from __future__ import annotations

import numpy as np
import pytest

from perfkit.model import rules


@pytest.mark.parametrize(
    ("value", "sign", "miss"),
    [(92.0, 1, 1.0), (96.0, 1, -3.0), (96.0, -1, 1.0), (92.0, -1, -3.0), (94.0, 0, -1.0), (99.0, 0, 4.0)],
)
def test_the_wrong_side_is_below_above_or_outside(value: float, sign: int, miss: float) -> None:
    found = rules.shortfall(np.array([value]), low=np.array([93.0]), high=np.array([95.0]), sign=np.array([sign]))
    assert found.tolist() == [miss]


@pytest.mark.parametrize(
    ("miss", "strict", "met"), [(0.0, False, True), (0.0, True, False), (1e-12, False, True), (1e-6, False, False)]
)
def test_equal_is_met_unless_more_is_asked(miss: float, strict: bool, met: bool) -> None:
    assert rules.met(np.array([miss]), scale=np.array([80.0]), strict=np.array([strict])).tolist() == [met]


def test_without_a_tolerance_there_is_no_amber() -> None:
    codes = rules.judge(np.array([0.0, 0.1]), width=np.zeros(2), scale=np.ones(2), strict=False)
    assert codes.tolist() == [rules.GREEN, rules.RED]


def test_the_words_follow_the_order_of_the_codes() -> None:
    assert [rules.WORDS[code] for code in (rules.RED, rules.AMBER, rules.GREEN, rules.NOT_RATED)] == [
        "red", "amber", "green", "not rated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "more", "words"),
    [
        ("points", {"width": 1.0, "percent": True, "points": True}, "amber within 1 point of it, red beyond"),
        ("points", {"width": 0.0, "points": True}, "Green where the target is met, else red"),
        ("floor", {"width": 95.0, "percent": True}, "from there to the floor of 95%"),
        ("range", {"width": 3.0, "percent": True, "points": True}, "amber within 3 points of its nearer edge"),
        ("direction", {}, "better than in the same quarter last year"),
    ],
)
def test_each_rule_is_a_sentence(family: str, more: dict[str, float], words: str) -> None:
    plain = {"width": 10.0, "percent": False, "points": False}
    text = rules.sentence(family, says="set by Cabinet", **{**plain, **more})  # type: ignore[arg-type]
    assert words in text
    assert text.endswith("(set by Cabinet).")
