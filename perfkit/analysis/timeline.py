"""Quarters as they were reported, side by side: which came before, and how each indicator's rating went."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from perfkit.model import periods

previous = periods.previous


def join(rated: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the ratings of several quarters, each as it was reported, in one frame in their order.

    Columns used: ``period``; each frame is what `rating.rate` or `rating.assess` gave for one quarter.

    >>> join([pd.DataFrame({"period": ["2017-18 Q2"]}), pd.DataFrame({"period": ["2017-18 Q1"]})])["period"].tolist()
    ['2017-18 Q1', '2017-18 Q2']
    """
    whole = pd.concat(list(rated), ignore_index=True)
    return whole.sort_values("period", key=periods.ends, kind="stable").reset_index(drop=True)


def of(joined: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give one quarter's ratings as they were reported.

    >>> of(pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2"]}), quarter="2017-18 Q2").shape
    (1, 1)
    """
    return joined[joined["period"].eq(quarter)].reset_index(drop=True)


def year(quarter: str) -> str:
    """Label the financial year that a quarter lies in.

    >>> year("2017-18 Q1")
    '2017-18'
    """
    return periods.year_label(quarter, expect="quarter")


def before(joined: pd.DataFrame, *, quarter: str, directorate: str = "") -> pd.DataFrame:
    """Give the ratings of the quarter before, of one directorate or all; no rows where that quarter has no return.

    >>> joined = pd.DataFrame({"period": ["2017-18 Q1", "2017-18 Q2"], "effective": ["red", "green"]})
    >>> before(joined, quarter="2017-18 Q2")["effective"].tolist(), len(before(joined, quarter="2017-18 Q1"))
    (['red'], 0)
    """
    last = of(joined, quarter=previous(quarter))
    return last[last["directorate"].eq(directorate)].reset_index(drop=True) if directorate else last


def concerning(changed: pd.DataFrame, *, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Keep the changes of a report's indicators; none where there is nothing to compare with.

    Columns used: ``indicator`` of all, ``kind`` and ``period`` of changed, ``data_period`` of before. Of an indicator
    that was dropped only that is kept. A figure for a later period than the earlier rating rests on is no news: it came
    when it was due, as figures in arrears do.

    >>> changed = pd.DataFrame({"indicator": ["a", "b", "b"], "kind": ["new red", "dropped", "target changed"],
    ...     "period": "2017-18 Q1"})
    >>> mine = pd.DataFrame({"indicator": ["b"], "data_period": ["2017-18 Q1"]})
    >>> concerning(changed, now=mine, before=mine).values.tolist()
    [['b', 'dropped', '2017-18 Q1']]
    """
    kept = pd.concat([now["indicator"], before["indicator"]]) if len(before) else now["indicator"].head(0)
    mine = changed[changed["indicator"].isin(kept)]
    rests = mine["indicator"].map(before.drop_duplicates("indicator").set_index("indicator")["data_period"])
    early = (periods.ends(mine["period"]) > periods.ends(rests)).to_numpy()
    mine = mine[~(mine["kind"].eq("value received") & (early | rests.isna()))]
    dropped = mine.loc[mine["kind"].eq("dropped"), "indicator"]
    return mine[mine["kind"].eq("dropped") | ~mine["indicator"].isin(dropped)].reset_index(drop=True)


def grid(joined: pd.DataFrame, rated: pd.DataFrame) -> pd.DataFrame:
    """Give the ratings of a report's indicators in every quarter, for a heat map.

    Columns used: ``indicator, period, effective`` of joined; ``indicator, ref, title`` of rated, which give the rows
    and their order. Columns: ``indicator`` (number and title, as now), ``period`` and ``rating``; every indicator has
    a row for every quarter, with no rating where it was not reported.

    >>> rated = pd.DataFrame({"indicator": ["a"], "ref": ["7"], "title": ["Hours"]})
    >>> grid(pd.DataFrame({"indicator": ["a"], "period": ["2017-18 Q1"], "effective": ["red"]}), rated).values.tolist()
    [['7 Hours', '2017-18 Q1', 'red']]
    """
    names = rated[["indicator", "ref", "title"]].astype("object")
    quarters = joined[["period"]].drop_duplicates()
    cells = names.merge(quarters, how="cross").merge(
        joined[["indicator", "period", "effective"]], on=["indicator", "period"], how="left"
    )
    return pd.DataFrame(
        {"indicator": cells["ref"] + " " + cells["title"], "period": cells["period"], "rating": cells["effective"]}
    )
