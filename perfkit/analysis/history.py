"""The last quarters of every indicator, in order, for the small trend beside a figure."""

from __future__ import annotations

import pandas as pd

from perfkit.model import periods


def recent(observations: pd.DataFrame, *, quarter: str, quarters: int = 13) -> pd.DataFrame:
    """Give each indicator's figures up to a quarter, the oldest first.

    Columns used: ``indicator, period, part, value``; of a pair the first part is kept. Columns given: ``indicator,
    period, value``, at most ``quarters`` rows an indicator; a period without a value stays, empty.

    >>> observations = pd.DataFrame({"indicator": "visits", "period": ["2017-18 Q1", "2016-17 Q4", "2017-18 Q2"],
    ...     "part": 1, "value": [5.0, 4.0, 6.0]})
    >>> recent(observations, quarter="2017-18 Q1")["value"].tolist()
    [4.0, 5.0]
    """
    mine = observations[observations["part"] == 1]
    end = periods.ends(mine["period"])
    last = periods.parse(quarter, expect="quarter").end_time.normalize()
    ordered = mine.assign(_end=end)[(end <= last).to_numpy()].sort_values(["indicator", "_end"], kind="stable")
    return (
        ordered.groupby("indicator", sort=False).tail(quarters)[["indicator", "period", "value"]].reset_index(drop=True)
    )
