"""What became of the indicators between two years' frameworks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.analysis import framework_changes
from perfkit.model.errors import ParameterError

PLACE = {"file": "framework.xlsx", "sheet": "Indicators", "cell": "A5"}


def indicator(name: str, ref: str, year: str, **more: object) -> dict[str, object]:
    return {"indicator": name, "financial_year": year, "ref": ref, "title": name.capitalize(), "definition": None,
            "unit": "count", "polarity": "higher", "directorate": "CSS", "data_owner": "Ann", "outcome": "V2",
            **PLACE, **more}  # fmt: skip


def target(name: str, period: str, text: str, low: float | None, **more: object) -> dict[str, object]:
    return {"indicator": name, "period": period, "part": 1, "kind": "threshold", "direction": None, "strict": False,
            "low": low, "high": None, "comparator": None, "due": None, "basis": "year", "text": text, "reason": None,
            **more}  # fmt: skip


def between(
    old: list[Any], new: list[Any], targets: list[Any] | None = None, before: list[Any] | None = None
) -> pd.DataFrame:
    columns = list(target("x", "2017-18", "", None))
    return framework_changes.between(
        pd.DataFrame([*old, *new]),
        pd.DataFrame(targets or [], columns=columns),
        before="2017-18",
        after="2018-19",
        targets_before=None if before is None else pd.DataFrame(before, columns=columns),
    )


def told(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(frame["indicator"], frame["status"], frame["change"], strict=True))


def test_each_indicator_is_carried_over_revised_introduced_or_dropped() -> None:
    old = [indicator(name, ref, "2017-18") for name, ref in (("calls", "9"), ("tea", "10"), ("visits", "11"))]
    new = [indicator("calls", "9", "2018-19"), indicator("trees", "10", "2018-19"),
           indicator("visits", "11", "2018-19", title="Safe visits")]  # fmt: skip
    changes = between(old, new)
    assert told(changes) == [
        ("calls", "carried over", "carried over"),
        ("trees", "introduced", "introduced"),
        ("visits", "revised", "revised title"),
        ("tea", "dropped", "dropped"),
    ]
    assert changes["sentence"].tolist() == [
        "9 Calls is carried over unchanged.",
        "10 Trees was introduced.",
        "11 Safe visits has another title: Visits before, Safe visits now.",
        "10 Tea was dropped.",
    ]
    assert framework_changes.counts(changes)["indicators"].tolist() == [1, 1, 1, 1]


def test_another_number_alone_leaves_an_indicator_carried_over() -> None:
    changes = between([indicator("visits", "46", "2017-18")], [indicator("visits", "45", "2018-19")])
    assert told(changes) == [("visits", "carried over", "renumbered")]
    assert changes[["ref_before", "ref", "sentence"]].to_numpy().tolist() == [["46", "45", "45 Visits was number 46."]]


@pytest.mark.parametrize(
    ("field", "value", "change", "words"),
    [
        ("polarity", "lower", "revised polarity", "has another direction of good: higher before, lower now."),
        ("data_owner", "Ben", "revised owner", "has another data owner: Ann before, Ben now."),
        ("data_owner", None, "revised owner", "has another data owner: Ann before, none now."),
        ("directorate", "SCS", "revised directorate", "has another directorate: CSS before, SCS now."),
        ("definition", "Since April", "revised definition", "has another definition: none before, Since April now."),
    ],
)
def test_what_an_indicator_is_may_be_revised(field: str, value: object, change: str, words: str) -> None:
    old, new = indicator("visits", "1", "2017-18"), indicator("visits", "1", "2018-19", **{field: value})
    changes = between([old], [new])
    assert told(changes) == [("visits", "revised", change)]
    assert changes["sentence"].tolist() == [f"1 Visits {words}"]


OLD, NEW = [indicator("visits", "1", "2017-18")], [indicator("visits", "1", "2018-19")]


def test_a_target_is_compared_by_what_it_means_not_by_how_it_is_written() -> None:
    same = [target("visits", "2017-18", "1,750", 1750.0), target("visits", "2018-19", "1750", 1750.0)]
    assert told(between(OLD, NEW, same)) == [("visits", "carried over", "carried over")]
    other = [same[0], target("visits", "2018-19", "1,900", 1900.0, reason="More staff.")]
    changes = between(OLD, NEW, other)
    assert told(changes) == [("visits", "revised", "revised target")]
    assert changes[["before", "after", "reason"]].to_numpy().tolist() == [["1,750", "1,900", "More staff."]]


def test_the_same_promise_by_another_month_is_another_only_where_it_is_not_the_years() -> None:
    march = [target("visits", "March 2018", "14", 14.0), target("visits", "March 2019", "14", 14.0)]
    assert told(between(OLD, NEW, march)) == [("visits", "carried over", "carried over")]


def test_a_target_that_the_earlier_framework_foresaw_is_no_revision() -> None:
    steps = [target("visits", "2017-18", "1750", 1750.0), target("visits", "2018-19", "3000", 3000.0)]
    changes = between(OLD, NEW, steps, before=steps)
    assert told(changes) == [("visits", "carried over", "revised target")]
    assert changes["foreseen"].tolist() == [True]
    assert changes["sentence"].tolist() == ["1 Visits has the target 3000 that was foreseen, after 1750."]


def test_a_target_not_yet_set_is_no_target() -> None:
    unset = [target("visits", "2017-18", "80", 80.0), target("visits", "2018-19", "to be set", None, kind="none")]
    assert between(OLD, NEW, unset)["sentence"].tolist() == ["1 Visits has another target: 80 before, to be set now."]
    never = [target("visits", "2018-19", "TBC", None, kind="none")]
    assert told(between(OLD, NEW, never)) == [("visits", "carried over", "carried over")]


def test_the_second_part_of_a_pair_counts() -> None:
    pair = [target("visits", year, "60/20", low, part=part, kind="pair")
            for year in ("2017-18", "2018-19") for part, low in ((1, 60.0), (2, 20.0))]  # fmt: skip
    assert told(between(OLD, NEW, pair)) == [("visits", "carried over", "carried over")]
    pair[3] = {**pair[3], "low": 25.0}
    assert told(between(OLD, NEW, pair)) == [("visits", "revised", "revised target")]


def test_one_that_is_introduced_says_its_target_and_the_frames_stay_as_they_are() -> None:
    indicators = pd.DataFrame([*OLD, *NEW, indicator("trees", "2", "2018-19")])
    targets = pd.DataFrame([target("trees", "2018-19", ">500", 500.0)])
    before = indicators.copy(), targets.copy()
    changes = framework_changes.between(indicators, targets, before="2017-18", after="2018-19")
    assert changes["sentence"].tolist()[1] == "2 Trees was introduced with the target >500."
    pd.testing.assert_frame_equal(indicators, before[0])
    pd.testing.assert_frame_equal(targets, before[1])


def test_a_year_without_a_framework_is_said() -> None:
    with pytest.raises(ParameterError, match="no framework of 2018-19 to compare: there are those of 2017-18"):
        between(OLD, [])
