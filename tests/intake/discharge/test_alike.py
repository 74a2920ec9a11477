"""A code means the same organisation on every sheet, and a count stands on one of them."""

from __future__ import annotations

from perfkit.intake.discharge import alike
from perfkit.intake.discharge.counts import Counts
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.workbooks.grid import Sheet
from tests.intake.discharge.test_blocks import REGION, table


def test_a_code_that_another_sheet_gives_to_another_board_is_told_at_the_code() -> None:
    first, other = table("discharged_to", [30, 10, 20]), table("delayed_by_reason", [30, 10, 20], sheet="Table 5")
    assert list(alike.check([first, other])) == []
    swapped = [REGION, Organisation("board", "Q2", "BOARD 1", "London"), *other.organisations[2:]]
    sheet = Sheet("a.xlsx", "Table 5", [["LONDON"], ["BOARD 1", "Q2", 10]])
    moved = Counts(sheet, tuple(swapped), *(getattr(other, name) for name in list(Counts.__dataclass_fields__)[2:]))
    issue, *_ = alike.check([first, moved])
    assert (issue.where.cell, issue.found, issue.expected) == (
        "B2", "the code Q2 for BOARD 1", "BOARD 2, as on sheet Table 4",
    )  # fmt: skip


def test_a_count_on_two_sheets_is_told_once() -> None:
    first, other = table("discharged_to", [30, 10, 20]), table("discharged_to", [30, 10, 25], sheet="Table 5")
    (issue,) = alike.check([first, other])
    assert (issue.where.sheet, issue.found) == (
        "Table 5", "figures for LONDON (discharged to) that stand on sheet Table 4 too",
    )  # fmt: skip
