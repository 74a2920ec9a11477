"""The months that a quarter's report is about, set side by side."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import names, selection
from perfkit.analysis.delays.series import by_month
from perfkit.model import periods
from perfkit.model.schemas import ALL, ATTRIBUTIONS


def until(frame: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Keep the months up to the end of a quarter, so that a report knows nothing later, each authority under one name.

    Needs the columns of `delays`. Raises `ParameterError` where no month of the quarter has data; a quarter of which
    months are missing is kept.

    >>> frame = pd.DataFrame({"month": pd.PeriodIndex(["2017-06", "2017-07"], freq="M"), "area": "Kent",
    ...                       "area_kind": "authority"})
    >>> until(frame, quarter="2017-18 Q1")["month"].astype(str).tolist()
    ['2017-06']
    """
    months = selection.months(quarter)
    if not frame["month"].isin(months).any():
        raise selection.without_data(frame, quarter)
    return names.joined(frame[frame["month"] <= months[-1]].reset_index(drop=True))


def side_by_side(frame: pd.DataFrame, *, area: str, months: int = 25) -> pd.DataFrame:
    """Set the attributions of an area's delays side by side for its last calendar months.

    Needs the columns of `delays`. Gives one row a month: month (its label), people delayed a day as ``NHS``,
    ``social care``, ``both`` and ``all``, delayed days as ``NHS_days`` ..., and the total's status, file, sheet, cell.
    A month without a figure stays missing, and so
    does one that lacks among them.
    """
    total = selection.every_month(by_month(frame, area=area), months)
    wide = total.assign(**{ALL: total["people_a_day"], f"{ALL}_days": total["delayed_days"]}).set_index("month")
    for attribution in ATTRIBUTIONS:
        part = by_month(frame, area=area, attribution=attribution).set_index("month")
        wide[attribution], wide[f"{attribution}_days"] = part["people_a_day"], part["delayed_days"]
    words = [*ATTRIBUTIONS, ALL]
    kept = wide.reset_index()[["month", *words, *(f"{word}_days" for word in words), "status", "file", "sheet", "cell"]]
    return kept.assign(month=[periods.label(month) for month in kept["month"]])
