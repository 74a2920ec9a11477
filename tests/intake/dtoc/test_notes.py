"""What the publisher says of a month: sentences and organisations, each with its cell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from perfkit.intake import dtoc
from perfkit.intake.dtoc import notes as dtoc_notes
from perfkit.intake.workbooks import releases
from perfkit.intake.workbooks.grid import Sheet, Workbook

MARCH = pd.Period("2018-03", "M")


def test_sentences_and_organisations_stand_in_order_with_their_cells() -> None:
    rows = [
        ["Data Quality", None], [None, None], ["A trust sent a part only.", None], ["RGD", "A Trust"], ["Note", "more"],
    ]  # fmt: skip
    book = Workbook(
        "March_18.xls", (Sheet("March_18.xls", "England", [["x"]]), Sheet("March_18.xls", "Data Quality", rows))
    )
    found = dtoc_notes.read(book, MARCH)
    assert [(row["number"], row["organisation"], row["text"], row["cell"]) for row in found] == [
        (1, None, "A trust sent a part only.", "A3"), (2, "RGD", "A Trust", "A4"), (3, None, "Note more", "A5"),
    ]  # fmt: skip


def test_a_workbook_without_such_a_sheet_has_no_notes() -> None:
    assert dtoc_notes.read(Workbook("x.xls", (Sheet("x.xls", "England", [["x"]]),)), MARCH) == []


@pytest.mark.samples
def test_the_real_sheet_of_march_2018(shared: Path) -> None:
    notes = dtoc.read(releases.read(shared / "samples" / "dtoc_monthly" / "March_18.xls")).tables["notes"]
    assert notes["text"].iloc[0].startswith("Oxleas NHS Foundation Trust supplied a partial submission")
    assert notes["organisation"].dropna().tolist() == ["R1L", "RL1", "RT1", "RWD", "RX2", "RGD", "RM1"]
