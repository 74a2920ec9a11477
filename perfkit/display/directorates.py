"""Directorates as a reader knows them: by name, in their own order."""

from __future__ import annotations

import pandas as pd

from perfkit.model import page_names


def named(codes: pd.Series[str], directorates: pd.DataFrame) -> pd.Series[str]:
    """Give directorates' names for their codes; a code without a name is given as it is.

    Needs ``directorate`` and ``name`` of directorates.

    >>> names = pd.DataFrame({"directorate": ["PH"], "name": ["Public Health"]})
    >>> named(pd.Series(["PH", "CEF"]), names).tolist()
    ['Public Health', 'CEF']
    """
    names = dict(zip(directorates["directorate"], directorates["name"], strict=True))
    return codes.map(lambda code: names.get(code, code))


def ordered(frame: pd.DataFrame, directorates: pd.DataFrame) -> pd.DataFrame:
    """Put rows in the order of their directorates, those of no known directorate last.

    Needs ``directorate`` of both frames and ``order`` of directorates.

    >>> order = pd.DataFrame({"directorate": ["PH", "CEF"], "order": [2, 1]})
    >>> ordered(pd.DataFrame({"directorate": ["X", "PH", "CEF"]}), order)["directorate"].tolist()
    ['CEF', 'PH', 'X']
    """
    codes = directorates.sort_values("order")["directorate"].tolist()
    places = frame["directorate"].map({code: place for place, code in enumerate(codes)}).fillna(len(codes))
    return frame.iloc[places.argsort(kind="stable")]


def pages(view: pd.DataFrame) -> dict[str, str]:
    """Name the scorecard of each directorate that has its own: of those that report indicators, where several do.

    Needs ``directorate`` and ``indicators``, how many it reports.

    >>> pages(pd.DataFrame({"directorate": ["PH", "CEF", "RES"], "indicators": [12, 10, 0]}))
    {'PH': 'scorecard-PH.html', 'CEF': 'scorecard-CEF.html'}
    """
    if view.empty:
        return {}
    codes = view.loc[view["indicators"].gt(0), "directorate"].tolist()
    return {code: f"{name}.html" for code, name in page_names.of_directorates("scorecard", codes).items()}
