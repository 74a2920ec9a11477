"""The month that a period or a file's name tells, however it is written; of several months none is told."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from perfkit.intake.named_months import month_in, month_of
from perfkit.intake.workbooks.grid import Value


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("May 2019", "2019-05"), ("May 2019 (Revised)", "2019-05"), ("Month: May 2019", "2019-05"),
        ("1 May 2019 to 31 May 2019", "2019-05"), ("2019-05-01", "2019-05"), ("31/05/2019", "2019-05"),
        (dt.date(2019, 5, 1), "2019-05"), ("April to May 2019", None), ("May 2018 and May 2019", None),
        ("2019-20", None), ("soon", None), ("2019/05", "2019-05"), ("05/2019", "2019-05"), ("31.05.2019", "2019-05"),
        ("May 2019: final", "2019-05"), ("2011-12", None), ("2011/12", None), ("April 2011-12", "2011-04"),
        ("December 2011", "2011-12"), ("2011-12-31", "2011-12"), ("1 May to 31 May 2019", "2019-05"),
        (43586.0, "2019-05"), (12.0, None), ("Delayed days 2011/12", None),
        ("1 Dec - 31 Dec 2011", "2011-12"),
    ],
)  # fmt: skip
def test_a_period_names_one_month_or_none(text: Value, month: str | None) -> None:
    assert month_of(text) == (pd.Period(month, "M") if month else None)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("LA-Type-B-May-2019-revised-12.09.19.xls", "2019-05"), ("LA-Type-B-May-2012-rev-April-2013.xls", "2012-05"),
        ("Revised December 2019 - LA-Type-B-May-2019.xls", "2019-05"), ("published 11 July 2019.xls", None),
        ("LA-Type-B-March-2011-12-revised-October-2012.xls", "2012-03"), ("Local Authority 2019-20 May.xls", "2019-05"),
        ("2017-18 February (Revised 13.12.18).xls", "2018-02"),
    ],
)  # fmt: skip
def test_a_file_name_tells_the_month_of_the_figures_not_of_a_revision(name: str, month: str | None) -> None:
    assert month_in(name) == (pd.Period(month, "M") if month else None)
