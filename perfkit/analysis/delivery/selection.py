"""Which report of a programme a quarter may know: the latest as at its end or before, never a later one."""

from __future__ import annotations

import pandas as pd

from perfkit.model import periods

_UNIT = ["programme", "as_at"]
_DELIVERY = ("file", "vintage", "received")


def now(told: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give of each programme its latest report as at the end of the quarter or before.

    Needs programme and as_at (label of a month); where the frame stacks several deliveries, the oldest first, also
    file, vintage and received: of two deliveries that report one month the published one is believed, then the later.
    Gives the columns given; none of a programme that was first reported after the quarter.

    >>> told = pd.DataFrame({"programme": "Review", "as_at": ["June 2024", "October 2024"], "action": ["1.1", "1.1"]})
    >>> now(told, quarter="2024-25 Q2")["as_at"].tolist()
    ['June 2024']
    """
    return _back(told, quarter, 0)


def before(told: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give of each programme the report before the one that `now` gives; nothing where that was the first.

    >>> told = pd.DataFrame({"programme": "Review", "as_at": ["June 2024", "October 2024"], "action": ["1.1", "1.1"]})
    >>> before(told, quarter="2024-25 Q3")["as_at"].tolist()
    ['June 2024']
    """
    return _back(told, quarter, 1)


def later(told: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """List the programmes whose every report came after the quarter's end: programme and its first as_at.

    >>> told = pd.DataFrame({"programme": ["Review"], "as_at": ["October 2024"]})
    >>> later(told, quarter="2024-25 Q2").values.tolist()
    [['Review', 'October 2024']]
    """
    reports = _reports(told)
    first = reports.sort_values("end", kind="stable").drop_duplicates("programme")
    return first.loc[first["end"] > _end(quarter), _UNIT].reset_index(drop=True)


def newest_year(frame: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give the rows of the quarter's financial year, or of the last year before it that has any.

    Needs financial_year; gives the columns given.

    >>> frame = pd.DataFrame({"number": [1, 1], "financial_year": ["2023-24", "2025-26"]})
    >>> newest_year(frame, quarter="2024-25 Q3")["financial_year"].tolist()
    ['2023-24']
    """
    year = periods.year_of(periods.parse(quarter, expect="quarter"))
    ends = periods.ends(frame["financial_year"])
    known = ends[ends <= year.end_time.normalize()]
    return frame[ends == known.max()].reset_index(drop=True) if len(known) else frame.iloc[:0].reset_index(drop=True)


def _back(told: pd.DataFrame, quarter: str, steps: int) -> pd.DataFrame:
    reports = _reports(told)
    known = reports[reports["end"] <= _end(quarter)].sort_values("end", ascending=False, kind="stable")
    chosen = known[known.groupby("programme", sort=False).cumcount() == steps]
    wanted = set(zip(chosen["programme"], chosen["as_at"], strict=True))
    believed = _believed(told)
    mine = [pair in wanted for pair in zip(believed["programme"], believed["as_at"], strict=True)]
    return believed[pd.Series(mine, index=believed.index, dtype="bool")].reset_index(drop=True)


def _reports(told: pd.DataFrame) -> pd.DataFrame:
    reports = told[_UNIT].drop_duplicates().reset_index(drop=True)
    return reports.assign(end=periods.ends(reports["as_at"]))


def _end(quarter: str) -> pd.Timestamp:
    return periods.parse(quarter, expect="quarter").end_time.normalize()


def _believed(told: pd.DataFrame) -> pd.DataFrame:
    """Keep of each programme and month the rows of one delivery: published before illustrative, then the last."""
    parts = [name for name in _DELIVERY if name in told]
    if not parts or told.empty:
        return told
    delivery = told.groupby(parts, sort=False, dropna=False).ngroup()
    made_up = told.get("source_status", told.get("status", pd.Series(None, index=told.index, dtype="object")))
    place = pd.Series(range(len(told)), index=told.index) + made_up.ne("illustrative").astype("int64") * len(told)
    last = place.groupby([told[name] for name in _UNIT], sort=False).transform("idxmax")
    return told[delivery.eq(delivery.loc[last].to_numpy())]
