"""Run charts: a median and the sides of it, for series too short for limits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.analysis.spc.points import arrange, numbers

_SIDES = {1: "above", -1: "below", 0: "on the median"}


def runs(frame: pd.DataFrame, *, date: str = "period", value: str = "value") -> pd.DataFrame:
    """Compute a run chart: one row a point, in order of date.

    Gives ``period``, ``value``, ``median`` (in the value's unit), ``side`` (above, below, on the median; empty where
    the value is missing), ``run`` (the number of the run on one side that the point belongs to; points on the median
    belong to none and do not end a run) and ``run_length``. It draws no limits and no icons.
    Raises `ParameterError` as `xmr` does.
    Source: Perla, Provost and Murray (2011), The run chart, BMJ Quality & Safety 20(1).

    >>> frame = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3"], "value": [3.0, 5.0, 4.0]})
    >>> runs(frame)[["value", "median", "side", "run", "run_length"]]
       value  median           side   run  run_length
    0    3.0     4.0          below     1           1
    1    5.0     4.0          above     2           1
    2    4.0     4.0  on the median  <NA>        <NA>
    """
    series = arrange(frame, date)
    values = numbers(frame, value, series)
    known = values[~np.isnan(values)]
    median = float(np.median(known)) if len(known) else np.nan
    sides = pd.Series(np.sign(values - median))
    beside = sides[sides.notna() & (sides != 0)]
    run = (beside != beside.shift()).cumsum()
    return pd.DataFrame(
        {
            "period": frame[date].iloc[series.rows].array,
            "value": values,
            "median": np.full(len(values), median),
            "side": pd.Series([_SIDES.get(side, "") for side in sides], dtype="str"),
            "run": run.reindex(sides.index).astype("Int64"),
            "run_length": run.map(run.value_counts()).reindex(sides.index).astype("Int64"),
        }
    )
