"""Every fact that was added, withdrawn or changed, cell by cell; where it stands alone is no difference."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis import differences

PLACE = {"file": "CSS.xlsx", "sheet": "Dashboard", "cell": "G10", "vintage": "0" * 12}


def observed(value: float | None, *, indicator: str = "visits", **other: object) -> dict[str, object]:
    said = {"indicator": indicator, "period": "2017-18 Q1", "area": "Oxon", "part": 1, "report_period": "2017-18 Q1"}
    return {**said, "value": value, "status": "final", "marker": None, **PLACE, **other}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"value": "float64"})


def told(found: pd.DataFrame) -> list[list[object]]:
    return found[["kind", "column", "before", "after"]].astype("object").where(found.notna(), None).to_numpy().tolist()


def test_a_changed_figure_is_told_with_both_cells() -> None:
    found = differences.facts(frame(observed(1180.0)), frame(observed(1215.5, cell="G11", vintage="1" * 12)),
                              table="observations")  # fmt: skip
    row = found.iloc[0]
    assert told(found) == [["changed", "value", "1180", "1215.5"]]
    assert row["key"] == "indicator visits, period 2017-18 Q1, area Oxon, part 1"
    assert (row["cell_before"], row["cell"], row["vintage"]) == ("G10", "G11", "1" * 12)


def test_a_fact_that_only_moved_is_no_difference() -> None:
    moved = observed(5.0, file="other.xlsx", cell="Z1", vintage="1" * 12)
    assert differences.facts(frame(observed(5.0)), frame(moved), table="observations").empty


def test_zero_missing_and_a_marker_stay_apart() -> None:
    before, after = frame(observed(0.0)), frame(observed(None, marker="[x]"))
    found = differences.facts(before, after, table="observations")
    assert told(found) == [["changed", "value", "0", None], ["changed", "marker", None, "[x]"]]


def test_missing_in_both_is_no_difference() -> None:
    both = frame(observed(None))
    assert differences.facts(both, both, table="observations").empty


def test_changed_comes_before_withdrawn_before_added() -> None:
    before = frame(observed(1.0, indicator="gone"), observed(2.0))
    after = frame(observed(3.0, indicator="new"), observed(4.0))
    found = differences.facts(before, after, table="observations")
    assert told(found) == [
        ["changed", "value", "2", "4"],
        ["withdrawn", "report_period", "2017-18 Q1", None], ["withdrawn", "value", "1", None],
        ["withdrawn", "status", "final", None],
        ["added", "report_period", None, "2017-18 Q1"], ["added", "value", None, "3"],
        ["added", "status", None, "final"],
    ]  # fmt: skip
    assert differences.count(found).to_numpy().tolist() == [["observations", 1, 1, 1]]


def test_months_and_days_are_compared_and_written() -> None:
    place = {"file": "f.xlsx", "sheet": "S", "cell": "A2", "vintage": "0" * 12}
    before = pd.DataFrame([{"month": pd.Period("2017-03", "M"), "number": 1, "text": "One", **place}])
    found = differences.facts(before, before.assign(text="Two"), table="notes")
    assert found[["key", "before", "after"]].to_numpy().tolist() == [["month 2017-03, number 1", "One", "Two"]]


def test_nothing_before_is_all_added_and_the_frames_are_left_as_they_were() -> None:
    after = frame(observed(5.0))
    copy = after.copy()
    found = differences.facts(after.iloc[:0], after, table="observations")
    assert set(found["kind"]) == {"added"}
    pd.testing.assert_frame_equal(after, copy)


def test_ratings_that_moved_are_told_with_the_cell_of_their_figure() -> None:
    before = pd.DataFrame([{"indicator": "visits", "period": "2017-18 Q1", "calculated": "red", "assessed": None,
                            "effective": "red", **PLACE}])  # fmt: skip
    found = differences.ratings(before, before.assign(calculated="green", effective="green"))
    assert told(found) == [["changed", "calculated", "red", "green"], ["changed", "effective", "red", "green"]]
    assert found["cell"].tolist() == ["G10", "G10"]


def test_outcomes_that_moved_are_told() -> None:
    before = pd.DataFrame([{"outcome": "E5", "period": "2017-18 Q1", "rag": "red", "assessed": None}])
    found = differences.outcome_ratings(before, before.assign(rag="amber"))
    assert told(found) == [["changed", "rag", "red", "amber"]]


def test_a_table_whose_key_has_a_column_called_kind_keeps_it() -> None:
    place = {"file": "f.xlsx", "sheet": "S", "cell": "A2", "vintage": "0" * 12}
    said = {"period": "2017-18 Q1", "kind": "issue", "subject": "P2", "number": 1, "subject_kind": "outcome"}
    found = differences.facts(pd.DataFrame([{**said, "text": "One", **place}]),
                              pd.DataFrame([{**said, "text": "Two", **place}]), table="commentary")  # fmt: skip
    assert found[["kind", "key", "before", "after"]].to_numpy().tolist() == [
        ["changed", "period 2017-18 Q1, kind issue, subject P2, number 1", "One", "Two"]
    ]
