"""Delays over time: by month, quarter and financial year, and the seasons of a year."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.selection import Label
from perfkit.model import periods
from perfkit.model.errors import ParameterError, Where
from perfkit.model.schemas import ALL

_GROUPED = [
    "period", "months", "months_in_period", "complete", "delayed_days", "calendar_days", "people_a_day",
    "status", "source",
]  # fmt: skip
_CELLS = ["month", "delayed_days", "calendar_days", "status", "marker", "file", "sheet", "cell"]
_MONTHLY = ["month", "delayed_days", "calendar_days", "people_a_day", "status", "marker", "file", "sheet", "cell"]


def by_month(
    frame: pd.DataFrame,
    *,
    area: str,
    attribution: str = ALL,
    setting: str = ALL,
    reason: str = ALL,
    first: Label | None = None,
    last: Label | None = None,
) -> pd.DataFrame:
    """Give an area's delays month by month, each with the cell it stands in.

    Needs the columns of `delays`. Gives month (period), delayed_days, calendar_days (days in the month), people_a_day
    (delayed days ÷ days in the month), status, marker, file, sheet and cell; a month without a figure keeps its marker.
    Raises `ParameterError` where the area, a word or the months are unknown. Source of the measure: NHS England's
    "people delayed a day".

    >>> from perfkit.analysis.delays.selection import pick
    >>> march = {"month": pd.Period("2017-03", "M"), "area": "Oxfordshire", "attribution": "both", "setting": "all",
    ...     "reason": "all", "delayed_days": 2062.0, "calendar_days": 31, "status": "revised", "marker": None,
    ...     "file": "March_17.xls", "sheet": "LA - by responsible org", "cell": "H114"}
    >>> by_month(pd.DataFrame([march]), area="Oxfordshire", attribution="both")["people_a_day"].round(1).tolist()
    [66.5]
    """
    rows = selection.pick(frame, columns=_CELLS, area=area, attribution=attribution, setting=setting, reason=reason)
    if rows.empty:
        raise ParameterError(_not_published(area, attribution, setting, reason))
    if first is not None:
        rows = rows[rows["month"] >= selection.month(first)]
    if last is not None:
        rows = rows[rows["month"] <= selection.month(last)]
    rows = rows.sort_values("month", kind="stable").reset_index(drop=True)
    days = rows["calendar_days"].astype("float64")
    return rows.assign(people_a_day=rows["delayed_days"] / days)[_MONTHLY]


def _not_published(area: str, attribution: str, setting: str, reason: str) -> str:
    given = {"attribution": attribution, "setting": setting, "reason": reason}
    words = ", ".join(f"{column} {word}" for column, word in given.items() if word != ALL) or "in total"
    return (
        f"There are no delays of {area} by {words}. Authorities' delays are published by attribution, by setting "
        "and by reason, each on its own; only England's by all three at once."
    )


def by_quarter(frame: pd.DataFrame, *, area: str, attribution: str = ALL, setting: str = ALL, reason: str = ALL,
               first: Label | None = None, last: Label | None = None) -> pd.DataFrame:  # fmt: skip
    """Give an area's delays by quarter of the financial year; a quarter with months missing says so.

    Needs the columns of `delays`. Gives period (label), months (with a figure), months_in_period, complete,
    delayed_days and calendar_days (of the months there), people_a_day, status (the least firm) and source (the cells).
    Raises `ParameterError` as `by_month` does.
    """
    monthly = by_month(
        frame, area=area, attribution=attribution, setting=setting, reason=reason, first=first, last=last
    )
    return _grouped(monthly, "Q-MAR")


def by_year(frame: pd.DataFrame, *, area: str, attribution: str = ALL, setting: str = ALL, reason: str = ALL,
            first: Label | None = None, last: Label | None = None) -> pd.DataFrame:  # fmt: skip
    """Give an area's delays by financial year; a year with months missing says so.

    Needs and gives the columns of `by_quarter`. Raises `ParameterError` as `by_month` does.
    """
    monthly = by_month(
        frame, area=area, attribution=attribution, setting=setting, reason=reason, first=first, last=last
    )
    return _grouped(monthly, "Y-MAR")


def _grouped(monthly: pd.DataFrame, freq: Literal["Q-MAR", "Y-MAR"]) -> pd.DataFrame:
    rows = monthly[monthly["delayed_days"].notna()].astype({"sheet": "object"}).fillna({"sheet": ""})
    groups: dict[pd.Period, list[dict[Hashable, Any]]] = {}
    for row in rows.to_dict("records"):
        groups.setdefault(row["month"].asfreq(freq), []).append(row)
    return pd.DataFrame([_total(period, group) for period, group in groups.items()], columns=_GROUPED)


def _total(period: pd.Period, rows: list[dict[Hashable, Any]]) -> dict[str, object]:
    days, calendar = sum(row["delayed_days"] for row in rows), sum(row["calendar_days"] for row in rows)
    whole = {"Q": 3, "Y": 12}[period.freqstr[0]]
    return {
        "period": periods.label(period),
        "months": len(rows),
        "months_in_period": whole,
        "complete": len(rows) == whole,
        "delayed_days": days,
        "calendar_days": calendar,
        "people_a_day": days / calendar,
        "status": selection.firmness(row["status"] for row in rows),
        "source": "; ".join(str(Where(row["file"], row["sheet"], row["cell"])) for row in rows),
    }


def seasonality(frame: pd.DataFrame, *, area: str, attribution: str = ALL) -> pd.DataFrame:
    """Say which months of the year stand above or below the rest: people a day over the mean of its own year.

    Needs the columns of `delays`. Uses financial years whose twelve months are all there. Gives month_name (April
    first), years (used), index (1.10 is 10% above the year's mean) and low and high (the lowest and highest year's).
    Raises `ParameterError` where no year is whole.
    """
    monthly = by_month(frame, area=area, attribution=attribution)
    year = monthly["month"].dt.asfreq("Y-MAR")
    whole = monthly[monthly["people_a_day"].notna().groupby(year).transform("sum") == 12]
    if whole.empty:
        raise ParameterError(f"There is no whole financial year of delays of {area}, so no season can be told.")
    share = whole["people_a_day"] / whole["people_a_day"].groupby(year).transform("mean")
    number = whole["month"].dt.month
    found = share.groupby(number).agg(years="count", index="mean", low="min", high="max")
    found = found.reindex([*range(4, 13), 1, 2, 3])
    return found.assign(month_name=[periods.MONTHS[n - 1] for n in found.index]).reset_index(drop=True)[
        ["month_name", "years", "index", "low", "high"]
    ]
