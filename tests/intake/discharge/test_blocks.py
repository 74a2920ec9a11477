"""Boards and trusts make up their region."""

from __future__ import annotations

import numpy as np

from perfkit.intake.discharge import blocks
from perfkit.intake.discharge.counts import Counts, Kind
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.workbooks.grid import Sheet

NONE = float("nan")
REGION = Organisation("region", "London", "LONDON", "London")


def table(measure: str, values: list[float], kind: str = "board", sheet: str = "Table 4") -> Counts:
    """Make a sheet of London and its boards: the region's figure first."""
    organisations = [REGION] + [
        Organisation(kind, f"Q{k}", f"BOARD {k}", "London") for k in range(1, len(values))
    ]  # fmt: skip
    rows = [["LONDON", None, values[0]], *([f"BOARD {k}", f"Q{k}", v] for k, v in enumerate(values[1:], 1))]
    shape = (len(values), 1)
    places = np.arange(len(values)).reshape(shape), np.full(shape, 2)
    kinds = (Kind(None, False, measure, "all", "", ""),)
    return Counts(
        Sheet("a.xlsx", sheet, rows),
        tuple(organisations),
        kinds,
        np.array(values).reshape(shape),
        np.zeros(shape, dtype=np.int64),
        ((None, None),),
        *places,
    )


def told(measure: str, values: list[float], kind: str = "board") -> list[str]:
    return [
        f"{issue.where.cell}: {issue.found}, {issue.expected}" for issue in blocks.sums(table(measure, values, kind))
    ]


def test_boards_that_do_not_make_their_region_are_told_at_its_figure() -> None:
    assert told("discharged_to", [30, 10, 20]) == []
    assert told("discharged_to", [30, 10, 200]) == ["C1: 30 for London (discharged to), 210, the sum of its boards"]
    assert told("discharged_to", [30, 10, 19], "trust") == [
        "C1: 30 for London (discharged to), 29, the sum of its trusts"
    ]


def test_a_board_without_a_figure_leaves_room_below_and_none_above() -> None:
    assert told("additional_bed_days", [30, 10, NONE]) == []
    assert len(told("additional_bed_days", [30, 31, NONE])) == 1
    assert told("additional_bed_days", [30, NONE, NONE]) == []


def test_averages_may_differ_by_ten_people_or_a_tenth_and_counts_of_days_are_not_held() -> None:
    assert told("delayed_by_reason", [30, 19, 20]) == []
    assert told("delayed_by_reason", [30, 19, 200]) == [
        "C1: 30 for London (delayed by reason), 219, the sum of its boards"
    ]
    assert told("delayed_by_reason", [30, 19, 200], "trust") == []
    assert told("discharged", [30, 10, 200]) == []
