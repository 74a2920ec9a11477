"""What to know of the workbooks behind a page: months that lack, figures that may change, signs in place of figures."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import selection

_KINDS = ("final", "revised", "provisional", "illustrative")


def gaps(frame: pd.DataFrame) -> str:
    """Name the runs of months between the first and the last that were not loaded; "" where none lacks.

    >>> gaps(pd.DataFrame({"month": pd.PeriodIndex(["2017-01", "2017-04", "2017-06"], freq="M")}))
    'February 2017 to March 2017, May 2017'
    """
    there = frame["month"].astype("int64").unique()
    lacking = sorted(set(range(int(there.min()), int(there.max()) + 1)) - {int(month) for month in there})
    return selection.runs(lacking)


def firm(frame: pd.DataFrame) -> pd.DataFrame:
    """Count months by how firm they are: status, months, and which (runs of months).

    >>> frame = pd.DataFrame({"month": pd.PeriodIndex(["2017-01", "2017-02"], freq="M"), "status": "revised"})
    >>> firm(frame).to_numpy().tolist()
    [['revised', 2, 'January 2017 to February 2017']]
    """
    months = frame[["month", "status"]].drop_duplicates()
    rows = []
    for kind in _KINDS:
        mine = months.loc[months["status"] == kind, "month"]
        if len(mine):
            rows.append((kind, len(mine), selection.runs(sorted(int(month.ordinal) for month in mine))))
    return pd.DataFrame(rows, columns=["status", "months", "which"])


def signs(frame: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Count the signs that stand in place of figures: sign, figures of the area, figures of all areas.

    Needs area and marker.

    >>> signs(pd.DataFrame({"area": ["A", "B", "B"], "marker": ["-", "-", None]}), area="A").to_numpy().tolist()
    [['-', 1, 2]]
    """
    known = frame[frame["marker"].notna()]
    counted = known.groupby("marker").agg(all_areas=("marker", "size"), here=("area", lambda a: int((a == area).sum())))
    return counted.reset_index().rename(columns={"marker": "sign"})[["sign", "here", "all_areas"]]


def said(notes: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Put together by month what the publisher says of the months that a frame holds, the newest first.

    Needs of ``notes`` month, number, organisation and text. Gives month, text (the sentences) and organisations (how
    many they name).

    >>> notes = pd.DataFrame({"month": pd.PeriodIndex(["2018-03"] * 3, freq="M"), "number": [1, 2, 3],
    ...     "organisation": [None, None, "RGD"], "text": ["Partial.", "These revised data:", "A Trust"]})
    >>> said(notes, notes).to_numpy().tolist()
    [[Period('2018-03', 'M'), 'Partial. These revised data:', 1]]
    """
    kept = notes[notes["month"].isin(frame["month"].unique())].sort_values(["month", "number"], kind="stable")
    sentences = kept[kept["organisation"].isna()].groupby("month")["text"].agg(" ".join)
    named = kept[kept["organisation"].notna()].groupby("month").size()
    made = pd.DataFrame({"text": sentences, "organisations": named.reindex(sentences.index)}).reset_index()
    made["organisations"] = made["organisations"].astype("Int64")
    return made.sort_values("month", ascending=False, kind="stable").reset_index(drop=True)
