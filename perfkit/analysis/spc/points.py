"""A series as a chart reads it: sorted by date, checked, and cut into groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.analysis.spc import dates as reading
from perfkit.analysis.spc.dates import Dates
from perfkit.model.errors import ParameterError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """A series sorted by date: its rows' places in the frame given, dates, and group by rebase date."""

    rows: npt.NDArray[np.intp]
    dates: Dates
    group: npt.NDArray[np.int64]

    @property
    def slices(self) -> list[slice]:
        """The rows of each group, the earliest first."""
        begins = np.flatnonzero(np.diff(self.group, prepend=-1)).tolist()
        return [slice(first, end) for first, end in pairwise([*begins, len(self.group)])]


def arrange(frame: pd.DataFrame, date: str, rebase: Iterable[object] = ()) -> Points:
    """Sort a series and cut it into groups. Raises `ParameterError` for a date that is missing or stands twice."""
    need(frame, date)
    found = reading.read(frame[date])
    rows = np.argsort(found.order, kind="stable")
    dates = found.taken(rows)
    twice = np.flatnonzero(np.diff(dates.order) == 0)
    if len(twice):
        raise ParameterError(
            f"{dates.label(int(twice[0]))} stands twice in the data: a chart takes one series, one figure a date."
        )
    return Points(rows, dates, reading.starts(dates, rebase))


def need(frame: pd.DataFrame, *names: str) -> None:
    """Raise `ParameterError` for a column that is not in the frame."""
    for name in names:
        if name not in frame:
            raise ParameterError(f"The data has no column {name}; it has {', '.join(map(str, frame.columns))}.")


def numbers(frame: pd.DataFrame, name: str, points: Points) -> Floats:
    """Give a column of numbers in the order of dates; raises for text and infinities, naming the date."""
    need(frame, name)
    column: pd.Series[Any] = frame[name]
    given = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    found: Floats = given[points.rows]
    for row in np.flatnonzero(np.isnan(found) & column.notna().to_numpy()[points.rows]):
        text = column.iloc[points.rows[row]]
        raise ParameterError(f'{points.dates.label(int(row))} has the {name} "{text}", not a number.')
    for row in np.flatnonzero(np.isinf(found)):
        raise ParameterError(f"{points.dates.label(int(row))} has an infinite {name}: correct or remove it.")
    return found
