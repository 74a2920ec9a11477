"""Statements of a report, kept as data, put to the test together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.analysis.delays import claims
from perfkit.model import periods

_COLUMNS = ["claim", "basis", "figure", "holds", "verdict"]


def statements(
    said: pd.DataFrame,
    frame: pd.DataFrame,
    *,
    area: str,
    quarter: str,
    per: pd.DataFrame | None = None,
    peers: Sequence[str] = (),
) -> pd.DataFrame:
    """Check the newest statements about an area that were published by a quarter, each by every reasonable basis.

    Needs of ``said`` the columns of the table `claims`, of ``frame`` those of `delays`; ``per`` and ``peers`` add the
    rates and the neighbours. Gives claim, basis, figure, holds (by this basis) and verdict (of the claim), with source,
    file, sheet and cell of the claim; no rows where nothing was published.
    """
    mine = _newest(said[said["area"] == area], quarter)
    kept = [_checked(row, frame, area, per, peers) for row in mine.to_dict("records")]
    if not kept:
        return pd.DataFrame(columns=[*_COLUMNS, "source", "file", "sheet", "cell"])
    return pd.concat(kept, ignore_index=True)


def _newest(said: pd.DataFrame, quarter: str) -> pd.DataFrame:
    if said.empty:
        return said
    ends = periods.ends(said["period"])
    by_then = said[(ends <= periods.parse(quarter).end_time).to_numpy(dtype=bool)]
    if by_then.empty:
        return by_then
    ends = periods.ends(by_then["period"])
    return by_then[(ends == ends.max()).to_numpy(dtype=bool)].sort_values("number", kind="stable")


def _checked(
    row: dict[object, object], frame: pd.DataFrame, area: str, per: pd.DataFrame | None, peers: Sequence[str]
) -> pd.DataFrame:
    table = claims.check_all([str(row["text"])], frame, area=area, per=per, neighbours=peers)
    return table.assign(**{name: row.get(name) for name in ("source", "file", "sheet", "cell")})
