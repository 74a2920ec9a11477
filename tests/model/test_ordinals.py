"""Labels as numbers, and back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.model import ordinals


def test_labels_become_the_number_of_their_last_month() -> None:
    labels = pd.Series(["2017-18 Q1", "June 2017", "2017-18", "2017-18 Q4", None])
    assert ordinals.end_months(labels).tolist() == [569, 569, 578, 578, -1]
    assert ordinals.spans(labels).tolist() == ["quarter", "month", "year", "quarter", ""]


def test_quarters_are_numbered_within_their_financial_year() -> None:
    months = ordinals.end_months(pd.Series([f"2017-18 Q{n}" for n in (1, 2, 3, 4)]))
    assert ordinals.in_year(months).tolist() == [1, 2, 3, 4]
    assert len(set(ordinals.year(months).tolist())) == 1
    assert ordinals.year(np.array([566]))[0] == ordinals.year(months)[0] - 1


def test_numbers_become_labels_again() -> None:
    assert [ordinals.label(ordinals.end_month(text) // 3) for text in ("2016-17 Q4", "2017-18 Q1")] == [
        "2016-17 Q4",
        "2017-18 Q1",
    ]
    assert ordinals.month_name(ordinals.end_month("March 2018")) == "March 2018"
    assert ordinals.month_name(-1) == ""
