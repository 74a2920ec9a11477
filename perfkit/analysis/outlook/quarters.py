"""Quarters as numbers that can be subtracted, and a frame of labelled periods read into them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from perfkit.model import periods
from perfkit.model.errors import InputError, Issue, ParameterError, ParseError, Where
from perfkit.model.profiles import accumulates

LEAST_TO_COMPARE = 3
_MANNERS = ("sum", "mean", "last")
_MONTHS = 3
Read = tuple[str, int]


@lru_cache(maxsize=16384)
def _read(label: str) -> Read:
    period = periods.parse(label)
    return periods.kind(period), int(period.ordinal)


@lru_cache(maxsize=16384)
def number(label: str) -> int:
    """Give a quarter's number in pandas' count; of a month or year that of the quarter it ends in.

    >>> number("2017-18 Q2") - number("2016-17 Q2"), number("June 2017") == number("2017-18 Q1")
    (4, True)
    """
    return int(periods.quarter_of(periods.parse(label)).ordinal)


@lru_cache(maxsize=4096)
def label(quarter: int) -> str:
    """Give the label of the quarter of that number.

    >>> label(number("2017-18 Q2") + 3)
    '2018-19 Q1'
    """
    return periods.label(pd.Period(ordinal=quarter, freq="Q-MAR"))


def first_of_year(quarter: int) -> int:
    """Give the first quarter of the financial year that a quarter lies in.

    >>> label(first_of_year(number("2017-18 Q3")))
    '2017-18 Q1'
    """
    return quarter - (quarter - number("2017-18 Q1")) % 4


@lru_cache(maxsize=256)
def year_end(year: str) -> int:
    """Give the number of the last quarter of a financial year; raises `ParseError` for anything but a year.

    >>> label(year_end("2017-18"))
    '2017-18 Q4'
    """
    return int(periods.quarter_of(periods.parse(year, expect="year")).ordinal)


def of_year(quarter: int) -> int:
    """Say which quarter of its financial year a quarter is, 1 to 4.

    >>> of_year(number("2017-18 Q3"))
    3
    """
    return 1 + quarter - first_of_year(quarter)


def year_label(quarter: int) -> str:
    """Give the label of the financial year that a quarter lies in."""
    return label(quarter)[:7]


def manner(series_type: str, unit: str, months: str = "") -> str:
    """Say how months make a quarter: a running total or snapshot by its last month, counts by their sum, else the mean.

    >>> manner("ytd", "count"), manner("point", "count"), manner("point", "percent"), manner("snapshot", "count")
    ('last', 'sum', 'mean', 'last')
    """
    if months and months not in _MANNERS:
        raise ParameterError(f'"{months}" is not a way to make quarters of months: expected {", ".join(_MANNERS)}.')
    if months:
        return months
    if series_type in ("ytd", "snapshot", "rolling"):
        return "last"
    return "sum" if unit and accumulates(unit) else "mean"


def read(frame: pd.DataFrame, manner: str, warnings: list[str]) -> dict[int, float]:
    """Give the figures by quarter, missing ones left out; months are made into quarters in that manner.

    Raises `InputError` with every period that cannot be read, is a year or stands twice, and every infinite value.
    """
    for name in ("period", "value"):
        if name not in frame:
            raise ParameterError(f"The series has no column {name}: it needs period and value.")
    labels = [str(text) for text in frame["period"].tolist()]
    values, unread = _numbers(frame["value"])
    found, faults = _all_read(labels, values)
    faults = sorted([*unread, *faults])
    if faults:
        raise InputError([_issue(frame, place, *fault) for place, fault in faults])
    known = {period: value for period, value in found.items() if value == value}
    if not known or next(iter(known))[0] == "quarter":
        return {quarter: value for (_, quarter), value in known.items()}
    return _from_months({month: value for (_, month), value in known.items()}, manner, warnings)


Fault = tuple[str, str, str]


def _numbers(column: pd.Series[Any]) -> tuple[NDArray[np.float64], list[tuple[int, Fault]]]:
    """Give the values as numbers, and as faults those that are text."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype="float64", na_value=np.nan), []
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    texts = np.flatnonzero(column.notna().to_numpy() & np.isnan(numbers)).tolist()
    action = "Type the number, or leave it out."
    return numbers, [(place, (f'"{column.iloc[place]}"', "a number", action)) for place in texts]


def _all_read(labels: list[str], values: NDArray[np.float64]) -> tuple[dict[Read, float], list[tuple[int, Fault]]]:
    found: dict[Read, float] = {}
    faults: list[tuple[int, Fault]] = []
    kind = ""
    for place, (text, value) in enumerate(zip(labels, values.tolist(), strict=True)):
        try:
            period = _read(text)
        except ParseError:
            faults.append((place, (f'period "{text}"', "a quarter or a month", "Write it as 2017-18 Q1.")))
            continue
        kind = kind or period[0]
        fault = _fault(text, value, period, found, kind)
        if fault:
            faults.append((place, fault))
        found.setdefault(period, value)
    return found, faults


def _fault(text: str, value: float, period: Read, found: Mapping[Read, float], kind: str) -> Fault | None:
    if period[0] == "year":
        return f'the year "{text}"', "a quarter or a month", "A year's end is projected from the quarters within years."
    if period[0] != kind:
        return f'the {period[0]} "{text}" among {kind}s', f"{kind}s alone", "Give one kind of period."
    if period in found:
        return f'"{text}" a second time', "each period once", "Remove one of the two."
    if value in (np.inf, -np.inf):
        return f"an infinite value for {text}", "a number, or nothing where there is none", "Correct the value."
    return None


def _issue(frame: pd.DataFrame, place: int, found: str, expected: str, action: str) -> Issue:
    row = frame.iloc[place]
    parts = [row[name] if name in frame and pd.notna(row[name]) else "" for name in ("file", "sheet", "cell")]
    return Issue(Where(str(parts[0]) or "series", str(parts[1]), str(parts[2])), found, expected, action)


def _from_months(known: Mapping[int, float], manner: str, warnings: list[str]) -> dict[int, float]:
    """Make quarters of months: each needs its last month, or two of its three; an unfinished last one is left out."""
    months: dict[int, dict[int, float]] = {}
    for month in sorted(known):
        quarter = pd.Period(ordinal=month, freq="M").asfreq("Q-MAR").ordinal
        months.setdefault(quarter, {})[month] = known[month]
    made: dict[int, float] = {}
    for quarter, parts in months.items():
        unfinished = quarter == max(months) and len(parts) < _MONTHS
        ended = _last_month(quarter) in parts
        if manner == "last" and ended:
            made[quarter] = parts[_last_month(quarter)]
        elif manner != "last" and not unfinished and len(parts) >= _MONTHS - 1:
            made[quarter] = float(np.mean(list(parts.values()))) * (_MONTHS if manner == "sum" else 1)
        if manner != "last" and not unfinished and len(parts) < _MONTHS:
            warnings.append(f"{label(quarter)} has {len(parts)} of its 3 months")
        if quarter == max(months) and quarter not in made:
            warnings.append(f"{label(quarter)} is not finished: its months are not used")
    return made


def _last_month(quarter: int) -> int:
    return int(pd.Period(ordinal=quarter, freq="Q-MAR").asfreq("M", how="end").ordinal)
