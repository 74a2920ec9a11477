"""The month of a delayed-transfers workbook: by its label and its titles."""

from __future__ import annotations

import pandas as pd

from perfkit.intake.dtoc import month as dtoc_month
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue


def test_a_title_tells_the_month_where_no_label_does() -> None:
    issues: list[Issue] = []
    sheet = Sheet("x.xls", "England", [["Delayed Transfers of Care, May 2019"], ["Published 11 July 2019"]])
    assert dtoc_month.find("x.xls", [(sheet, {})], issues) == pd.Period("2019-05", "M")
    assert issues == []


def test_no_month_is_told() -> None:
    issues: list[Issue] = []
    assert (
        dtoc_month.find("May_19.xls", [(Sheet("May_19.xls", "England", [["Published 11 July 2019"]]), {})], issues)
        is None
    )
    assert 'found no "Period:" above the tables' in str(issues[0])
