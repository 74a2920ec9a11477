"""What changed since last quarter, each kind in a sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import changes
from perfkit.model.errors import ParameterError


def rated(words: dict[str, str | None], period: str = "2017-18 Q2", **more: Any) -> pd.DataFrame:
    """Make ratings by indicator; the published number is the place in the list, the title the indicator's name."""
    refs = [str(n) for n in range(1, len(words) + 1)]
    frame = {"indicator": list(words), "ref": refs, "title": [name.title() for name in words], "period": period}
    return pd.DataFrame({**frame, "effective": list(words.values()), **more})


def sentences(now: dict[str, str | None], before: dict[str, str | None]) -> list[list[str]]:
    found = changes.since(rated(now), rated(before, "2017-18 Q1"))
    return found[["kind", "sentence"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("before", "now", "kind", "words"),
    [
        ("green", "red", "new red", "1 Visits is newly red: green in 2017-18 Q1, red in 2017-18 Q2."),
        ("not rated", "red", "new red", "1 Visits is newly red: not rated in 2017-18 Q1, red in 2017-18 Q2."),
        ("red", "amber", "recovered", "1 Visits recovered: red in 2017-18 Q1, amber in 2017-18 Q2."),
        ("amber", "green", "better", "1 Visits got better: amber in 2017-18 Q1, green in 2017-18 Q2."),
        ("green", "amber", "worse", "1 Visits got worse: green in 2017-18 Q1, amber in 2017-18 Q2."),
        (
            "red",
            "not rated",
            "no longer rated",
            "1 Visits is no longer rated: red in 2017-18 Q1, not rated in 2017-18 Q2.",
        ),
        ("not rated", "green", "newly rated", "1 Visits is now rated: not rated in 2017-18 Q1, green in 2017-18 Q2."),
    ],
)
def test_a_rating_that_moved_is_told(before: str, now: str, kind: str, words: str) -> None:
    assert sentences({"visits": now}, {"visits": before}) == [[kind, words]]


def test_what_stayed_is_not_told() -> None:
    assert sentences({"visits": "red", "calls": None}, {"visits": "red", "calls": "not rated"}) == []


def test_indicators_added_dropped_and_renumbered() -> None:
    found = sentences({"new": "green", "visits": "green"}, {"visits": "green", "old": "green"})
    assert found == [
        ["added", "1 New was added."],
        ["dropped", "2 Old was dropped."],
        ["renumbered", "2 Visits was number 1 before."],
    ]


def test_a_definition_that_changed_is_told() -> None:
    before = rated({"visits": "green"}, "2017-18 Q1", unit="count")
    found = changes.since(rated({"visits": "green"}, unit="percent"), before)
    assert found["sentence"].tolist() == ["1 Visits has another unit: count before, percent now."]


def test_a_rule_that_changed_is_told() -> None:
    before = rated({"visits": "green"}, "2017-18 Q1", rule_text="Amber within 10%.")
    found = changes.since(rated({"visits": "green"}, rule_text="Amber within 20%."), before)
    assert found[["kind", "before", "after"]].to_numpy().tolist() == [
        ["rule changed", "Amber within 10%.", "Amber within 20%."]
    ]


def promised(low: float, **more: Any) -> pd.DataFrame:
    row = {"indicator": "visits", "period": "2017-18", "part": 1, "kind": "threshold", "low": low, "text": f"{low:.0f}"}
    return pd.DataFrame([{**row, "file": "framework.xlsx", "sheet": "Targets", "cell": "F9", **more}])


def since(**tables: pd.DataFrame) -> pd.DataFrame:
    return changes.since(rated({"visits": "green"}), rated({"visits": "green"}, "2017-18 Q1"), **tables)


def test_a_target_that_changed_is_told_with_its_reason_and_cell() -> None:
    now = promised(80.0, set_by="Cabinet", set_on=pd.Timestamp("2017-10-02"))
    found = since(targets_now=now, targets_before=promised(100.0)).iloc[0]
    assert found["sentence"] == "1 Visits has another target for 2017-18: 100 before, 80 now."
    assert found[["reason", "file", "cell"]].tolist() == ["set by Cabinet on 2 October 2017", "framework.xlsx", "F9"]
    why = since(targets_now=now.assign(reason="Funding ended."), targets_before=promised(100.0))
    assert why["reason"].tolist() == ["Funding ended."]


def test_a_target_that_went_is_told_and_one_for_a_later_year_is_no_change() -> None:
    found = since(targets_now=promised(100.0, period="2018-19"), targets_before=promised(100.0))
    assert found["sentence"].tolist() == ["1 Visits has no target for 2017-18 any more; it was 100."]
    both = pd.concat([promised(100.0), promised(120.0, period="2018-19")])
    assert since(targets_now=both, targets_before=promised(100.0)).empty


def observed(value: float | None, period: str = "2017-18 Q1", status: str = "provisional") -> pd.DataFrame:
    row = {"indicator": "visits", "period": period, "area": "Oxfordshire", "part": 1, "value": value, "status": status}
    return pd.DataFrame([{**row, "file": "CSS.xlsx", "sheet": "Dashboard", "cell": "H9"}])


@pytest.mark.parametrize(
    ("before", "now", "kind", "words"),
    [
        (
            1180.0,
            1215.0,
            "value revised",
            "1 Visits has a revised figure for 2017-18 Q1: 1,180 before, 1,215 now, revised.",
        ),
        (None, 1215.0, "value received", "1 Visits now has its figure for 2017-18 Q1: 1,215, revised."),
        (1180.0, None, "value withdrawn", "1 Visits has no figure for 2017-18 Q1 any more; it was 1,180."),
    ],
)
def test_a_figure_revised_received_late_or_withdrawn_is_told(
    before: float | None, now: float | None, kind: str, words: str
) -> None:
    found = since(observations_now=observed(now, status="revised"), observations_before=observed(before))
    assert found[["kind", "sentence"]].to_numpy().tolist() == [[kind, words]]


def test_the_new_quarters_figures_are_no_revision_but_a_late_one_is_told() -> None:
    now = pd.concat([observed(5.0, "2016-17 Q4"), observed(1180.0), observed(2400.0, "2017-18 Q2")])
    found = since(observations_now=now, observations_before=observed(1180.0))
    assert found["sentence"].tolist() == ["1 Visits now has its figure for 2016-17 Q4: 5, provisional."]


def test_the_same_again_is_no_change() -> None:
    same = {"targets_now": promised(100.0), "targets_before": promised(100.0)}
    assert since(**same, observations_now=observed(None), observations_before=observed(None)).empty


def test_two_quarters_on_one_side_are_refused() -> None:
    two = pd.concat([rated({"visits": "red"}), rated({"visits": "red"}, "2017-18 Q3")])
    with pytest.raises(ParameterError, match="one side holds 2017-18 Q2, 2017-18 Q3"):
        changes.since(two, rated({"visits": "red"}, "2017-18 Q1"))
