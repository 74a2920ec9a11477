"""A series made ready: quarters in order, a year's running totals taken apart, gaps filled, breaks and slips set apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from perfkit.model import periods
from perfkit.model.errors import InputError, Issue, ParseError, Where

ADDED_UNITS = ("count", "number")
"""Units whose months add up to a quarter; others take the mean, and a snapshot its last month."""
_OUTLIER_TIMES, _OUTLIER_NEXT = 20.0, 5.0
_MONTHS = 3
Known = dict[int, float]


@dataclass(frozen=True)
class Series:
    """Quarterly figures without gaps up to the last real one, and what had to be done to have them."""

    values: NDArray[np.float64]
    real: NDArray[np.bool_]
    last: int
    running: Known = field(default_factory=dict)
    shown_value: float | None = None
    shown_period: str = ""
    dropped: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The number of real figures."""
        return int(self.real.sum())

    def at(self, quarter: int) -> float | None:
        """Give the figure of a quarter, real or filled; None outside the series."""
        place = quarter - self.last + len(self.values) - 1
        return float(self.values[place]) if 0 <= place < len(self.values) else None

    def is_real(self, quarter: int) -> bool:
        """Say whether the quarter has a figure of its own."""
        place = quarter - self.last + len(self.values) - 1
        return bool(0 <= place < len(self.values) and self.real[place])


@lru_cache(maxsize=8192)
def _placed(label: str) -> tuple[str, int]:
    period = periods.parse(label)
    return periods.kind(period), int(period.ordinal)


def quarter_number(label: str) -> int:
    """Give a quarter's number in pandas' count, by which quarters can be subtracted.

    >>> quarter_number("2017-18 Q2") - quarter_number("2016-17 Q2")
    4
    """
    kind, number = _placed(label)
    return number if kind == "quarter" else int(periods.quarter_of(periods.parse(label)).ordinal)


def quarter_label(number: int) -> str:
    """Give the label of the quarter of that number.

    >>> quarter_label(quarter_number("2017-18 Q2") + 3)
    '2018-19 Q1'
    """
    return periods.label(pd.Period(ordinal=number, freq="Q-MAR"))


def year_numbers(year: str) -> tuple[int, int]:
    """Give the numbers of a financial year's first and last quarter."""
    last = int(periods.quarter_of(periods.parse(year, expect="year")).ordinal)
    return last - 3, last


def prepare(
    frame: pd.DataFrame, *, series_type: str = "point", unit: str = "", breaks: Iterable[str] = (), months: str = ""
) -> Series:
    """Make a series ready for projection from the columns period and value.

    ``months`` says how months make a quarter ("sum", "mean", "last"); by default as the unit and the type suggest.
    Raises `InputError` for periods that cannot be read or stand twice, for years, and for infinite values.
    """
    known, monthly = _read(frame)
    warnings: list[str] = []
    if monthly:
        known = _quarters(known, _manner(series_type, unit, months), warnings)
    running = dict(known) if series_type == "ytd" else {}
    shown = max(known, default=None)
    if series_type == "ytd":
        known, parted = _taken_apart(known, warnings)
    else:
        parted = set()
    known, dropped = _after_break(known, breaks, warnings)
    known = _without_outlier(known, warnings)
    ready = _filled(known, parted)
    if shown is None:
        return replace(ready, warnings=tuple(warnings))
    value = running.get(shown, known.get(shown)) if series_type == "ytd" else _first_known(frame, known, shown)
    return replace(
        ready,
        running=running,
        shown_value=value,
        shown_period=quarter_label(shown),
        dropped=dropped,
        warnings=tuple(warnings),
    )
