"""Histories whose figures are not those that another file gives for the same quarters."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.intake import cells
from perfkit.intake.records import warning, where
from perfkit.model import schemas
from perfkit.model.errors import Issue

_SAME = 1e-9


def differing(histories: pd.DataFrame, others: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell once of each history and other file that disagree, at the first figure on which they do.

    Columns used of both: ``indicator, period, area, part, value, file, sheet, cell``. ``others`` holds the figures of
    every other file; of two histories the one whose name comes later is told of.
    """
    mine, theirs = (frame[frame["value"].notna()] for frame in (histories, others))
    both = mine.merge(theirs, on=list(schemas.OBSERVATIONS.key), suffixes=("", "_other"))
    first = both["file_other"].isin(set(histories["file"])) & (both["file_other"] > both["file"])
    apart = both[(both["file"] != both["file_other"]) & ~first & ((both["value"] - both["value_other"]).abs() > _SAME)]
    refs = dict(zip(indicators["indicator"], indicators["ref"], strict=True))
    return [_told(rows, refs) for _, rows in apart.groupby(["file", "file_other"], sort=True)]


def _told(rows: pd.DataFrame, refs: Mapping[str, str]) -> Issue:
    row = rows.iloc[0].to_dict()
    other = where({name: row[f"{name}_other"] for name in ("file", "sheet", "cell")})
    indicator = refs.get(row["indicator"], row["indicator"])
    more = f", one of {len(rows):,} figures on which the two files differ" if len(rows) > 1 else ""
    found = f"{cells.shown(row['value'])} for indicator {indicator} in {row['period']}{more}"
    action = "Correct the figure that is wrong; if one file replaces the other, send that one alone."
    return warning(row, found, f"{cells.shown(row['value_other'])}, as in {other}", action)
