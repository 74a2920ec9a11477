"""One name for each authority, however its months spell it, so that its series is one."""

from __future__ import annotations

import pandas as pd

from perfkit.model import areas


def joined(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of each authority under the spelling that most of its rows have, where the register knows it.

    Needs the columns of `delays`; ``area`` is written anew. Authorities that ended or began keep their own names.

    >>> spelt = pd.DataFrame({"area": ["Derby UA", "Derby UA", "Derby"], "area_kind": "authority"})
    >>> joined(spelt)["area"].tolist()
    ['Derby UA', 'Derby UA', 'Derby UA']
    """
    rows = frame["area_kind"] == areas.AUTHORITY
    names = frame.loc[rows, "area"].unique()
    if len({areas.named(name) for name in names}) == len(names):
        return frame
    best = areas.usual(frame.loc[rows, "area"].value_counts().to_dict())
    usual = frame["area"].map({name: best[areas.named(name)] for name in names})
    return frame.assign(area=frame["area"].where(~rows, usual))
