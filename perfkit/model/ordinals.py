"""Period labels as whole numbers, for columns of them: months since January 1970 (0), quarters, financial years.

A quarter's number is its last month's divided by 3; financial years count from the one that April 1970 began (0).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.model import periods

Numbers = npt.NDArray[Any]


def encode(labels: pd.Series[Any]) -> tuple[Numbers, list[str]]:
    """Give each label's place in the list of different labels (-1 for a missing one), and that list."""
    codes, unique = pd.factorize(labels)
    return np.asarray(codes), np.asarray(unique, dtype=object).tolist()


def end_months(labels: pd.Series[Any]) -> Numbers:
    """Give the number of each label's last month, -1 where there is no label.

    >>> end_months(pd.Series(["2017-18 Q1", "2017-18", None])).tolist()
    [569, 578, -1]
    """
    codes, unique = encode(labels)
    return np.array([*(end_month(text) for text in unique), -1], dtype="int64")[codes]


def end_month(label: str) -> int:
    """Give the number of a label's last month.

    >>> end_month("June 2017")
    569
    """
    return int(pd.Period(periods.parse(label).end_time, freq="M").ordinal)


def spans(labels: pd.Series[Any]) -> Numbers:
    """Say whether each label is of a year, a quarter or a month; "" where there is none."""
    codes, unique = encode(labels)
    return np.array([*(periods.kind(periods.parse(text)) for text in unique), ""], dtype=object)[codes]


def year(months: Numbers) -> Numbers:
    """Give the number of the financial year that each month lies in."""
    return (months - 3) // 12


def in_year(months: Numbers) -> Numbers:
    """Give each month's quarter in its financial year, 1 to 4.

    >>> in_year(np.array([569, 578])).tolist()
    [1, 4]
    """
    return (months - 3) % 12 // 3 + 1


def label(quarter: int) -> str:
    """Write the quarter of a number.

    >>> label(569 // 3)
    '2017-18 Q1'
    """
    return periods.label(periods.quarter_of(pd.Period(ordinal=3 * quarter + 2, freq="M")))


def month_name(month: int) -> str:
    """Write the month of a number, "" for -1.

    >>> month_name(566)
    'March 2017'
    """
    return "" if month < 0 else periods.label(pd.Period(ordinal=month, freq="M"))
