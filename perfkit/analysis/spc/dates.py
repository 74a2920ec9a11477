"""The dates of a series, however they are written, as numbers to sort and compare by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParameterError, ParseError

_LABELLED = ("M", "Q-MAR", "Y-MAR", "Y-AUG", "Y-DEC")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = {"month": (27, 32), "quarter": (88, 93), "year": (350, 380)}


@dataclass(frozen=True)
class Dates:
    """The dates of a series in its rows' order; ``freq`` is empty where they are days and not periods."""

    order: npt.NDArray[np.int64]
    freq: str

    def label(self, row: int) -> str:
        """Write the date of a row as a reader knows it."""
        if not self.freq:
            return str(pd.Timestamp(int(self.order[row])).date())
        period = pd.Period(ordinal=int(self.order[row]), freq=self.freq)
        return periods.label(period) if self.freq in _LABELLED else str(period)

    def taken(self, rows: npt.NDArray[np.intp]) -> Dates:
        """Give the dates of some rows, in their order."""
        return Dates(self.order[rows], self.freq)

    @property
    def kind(self) -> str:
        """Whether a figure is due each year, quarter or month, or at other times (day)."""
        if self.freq:
            return {"Y": "year", "Q": "quarter", "M": "month"}.get(self.freq[0], "day")
        if len(self.order) < 2:
            return "day"
        usual = float(np.median(np.diff(np.sort(self.order)))) / pd.Timedelta(days=1).value
        return next((kind for kind, (low, high) in _DAYS.items() if low <= usual <= high), "day")

    def as_periods(self) -> pd.PeriodIndex | None:
        """Give the dates as months, or as quarters or years of a financial year; none where they are neither."""
        freq = self.freq or {"month": "M", "quarter": "Q-MAR", "year": "Y-MAR"}.get(self.kind, "")
        if not freq or freq[0] not in "MQY":
            return None
        if self.freq:
            return pd.PeriodIndex.from_ordinals(self.order, freq=freq)
        return pd.DatetimeIndex(self.order).to_period(freq)


def read(column: pd.Series[Any]) -> Dates:
    """Read labels of periods, pandas periods, dates and times (as text: 2017-06-30), each row's.

    Raises `ParameterError` that says which is none of these.
    """
    gaps = np.flatnonzero(column.isna())
    if len(gaps):
        raise ParameterError(f"Row {gaps[0] + 1} has no date in {column.name}: give each figure its period.")
    if isinstance(column.dtype, pd.PeriodDtype):
        index = pd.PeriodIndex(column)
        return Dates(np.asarray(index.asi8, dtype=np.int64), index.freqstr)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return Dates(_nanoseconds(pd.DatetimeIndex(column)), "")
    values = column.tolist()
    if all(isinstance(value, dt.date) or (isinstance(value, str) and _ISO.fullmatch(value)) for value in values):
        return Dates(_nanoseconds(_days(values)), "")
    return _from_periods([_period(value) for value in values])


def _days(values: list[Any]) -> pd.DatetimeIndex:
    try:
        return pd.DatetimeIndex(values)
    except ValueError as error:
        raise ParameterError(f"A date is not one: {error}.") from None


def _nanoseconds(index: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    bare = index.tz_localize(None) if index.tz is not None else index
    return np.asarray(bare.as_unit("ns").asi8, dtype=np.int64)


def _period(value: object) -> pd.Period:
    if isinstance(value, pd.Period):
        return value
    try:
        return periods.parse(str(value))
    except ParseError as error:
        raise ParameterError(f"{error} Dates may also be pandas periods or datetimes.") from None


def _from_periods(found: list[pd.Period]) -> Dates:
    frequencies = sorted({period.freqstr for period in found})
    if len(frequencies) > 1:
        first, other = (next(p for p in found if p.freqstr == freq) for freq in frequencies[:2])
        raise ParameterError(
            f"The series mixes {_shown(first)} and {_shown(other)}: a chart needs periods of one kind."
        )
    order = np.array([period.ordinal for period in found], dtype=np.int64)
    return Dates(order, frequencies[0] if frequencies else "")


def _shown(period: pd.Period) -> str:
    return periods.label(period) if period.freqstr in _LABELLED else str(period)


def starts(dates: Dates, rebase: Iterable[object]) -> npt.NDArray[np.int64]:
    """Give each of the sorted dates the number of its group; a rebase date begins one, and must be among them."""
    marks = np.zeros(len(dates.order), dtype=np.int64)
    alone = isinstance(rebase, str | dt.date | pd.Period)
    for given in [rebase] if alone else rebase:
        rows = np.flatnonzero(dates.order == _key(given, dates.freq))
        if not len(rows):
            raise ParameterError(
                f"The rebase date {given} is not in the data: give the date of the first point after the change."
            )
        marks[rows[0]] = 1
    return np.cumsum(marks)


def _key(given: Any, freq: str) -> int | None:
    """Give the number that a rebase date has among dates of that frequency; none where it can have none."""
    if pd.isna(given):
        raise ParameterError("A rebase date is missing: give the date of the first point after each change.")
    day = _day(given)
    if freq:
        period = _period(given) if day is None else pd.Period(day, freq=freq)
        return int(period.ordinal) if period.freqstr == freq else None
    if day is None:
        day = _period(given).start_time
    return int(day.tz_localize(None).as_unit("ns").value)


def _day(given: Any) -> pd.Timestamp | None:
    if isinstance(given, dt.date | np.datetime64) or (isinstance(given, str) and _ISO.fullmatch(given)):
        return _days([given])[0]
    return None
