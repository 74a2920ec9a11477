"""Rows of a draft and of its frame say the same."""

from __future__ import annotations

import pandas as pd
import pytest

from perfkit.intake import drafts, records
from perfkit.intake.drafts import Draft, Rows
from perfkit.model import schemas

PLACE = {"file": "framework.xlsx", "sheet": "Priorities", "cell": "B5"}
ROWS = Rows(
    schemas.PRIORITIES,
    [
        {"priority": name, "financial_year": "2017-18", "order": number, **PLACE}
        for number, name in ((1, "A"), (2, "B"))
    ],
)


@pytest.mark.parametrize("draft", [ROWS, drafts.frame([ROWS])], ids=["rows", "frame"])
def test_a_draft_is_gone_through_row_by_row_and_what_stands_together_is_given_once(draft: Draft) -> None:
    assert [(row["priority"], row["order"]) for row in records.of(draft)] == [("A", 1), ("B", 2)]
    assert list(records.distinct(draft, ["financial_year", "file"])) == [("2017-18", "framework.xlsx")]


def test_no_table_has_no_rows() -> None:
    assert list(records.of(None)) == list(records.distinct(None, ["file"])) == []
    assert records.of(pd.DataFrame({"file": []})) == []
