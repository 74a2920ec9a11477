"""Single periods out of year-to-date figures."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.analysis.spc.limits import Floats
from perfkit.analysis.spc.points import arrange, numbers
from perfkit.model.errors import ParameterError


def decumulate(
    frame: pd.DataFrame,
    *,
    date: str = "period",
    value: str = "value",
    numerator: str | None = None,
    denominator: str | None = None,
    per: float = 100.0,
) -> pd.DataFrame:
    """Turn year-to-date figures by month or quarter into figures of the single periods, in order of date.

    Within a financial year each figure less the one before; April's, or quarter 1's, as it is. Where the figure before
    is not known the single period cannot be known either and is missing; nothing is spread over a gap. A figure that
    was corrected downwards gives a negative difference, which is kept. A rate cannot be subtracted: name its
    ``numerator`` and ``denominator``, which are, and the value becomes ``per`` times their quotient.
    Other columns stay as they are. Raises `ParameterError` for annual figures, other dates, and as `xmr` does.

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2018-19 Q1"],
    ...                       "value": [10.0, 25.0, 45.0, 12.0]})
    >>> decumulate(frame)["value"].tolist()
    [10.0, 15.0, 20.0, 12.0]
    """
    series = arrange(frame, date)
    when = series.dates.as_periods()
    if frame.empty:
        return frame.copy()
    if when is None or when.freqstr[0] not in "MQ":
        raise ParameterError("Year-to-date figures are de-cumulated by month or quarter; these dates are neither.")
    if (numerator is None) != (denominator is None):
        raise ParameterError("A rate needs both its numerator and its denominator to be de-cumulated.")
    single = frame.iloc[series.rows].reset_index(drop=True)
    if numerator is None or denominator is None:
        return single.assign(**{value: _steps(numbers(frame, value, series), when)})
    top, bottom = (_steps(numbers(frame, name, series), when) for name in (numerator, denominator))
    rate = per * np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
    return single.assign(**{numerator: top, denominator: bottom, value: rate})


def _steps(totals: Floats, when: pd.PeriodIndex) -> Floats:
    year: npt.NDArray[np.int64] = when.asfreq("Y-MAR").year.to_numpy()
    begins = (when - 1).asfreq("Y-MAR").year.to_numpy() != year
    order = when.asi8
    follows = np.append(False, np.diff(order) == 1) & ~begins
    before = np.where(follows, np.append(np.nan, totals[:-1]), np.nan)
    return np.where(begins, totals, totals - before)
