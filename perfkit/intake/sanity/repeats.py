"""Returns that say what another has said: one sent for two directorates, last quarter's sent again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from perfkit.intake import named_quarters
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

FEW = 4
"""Figures that two returns must share before that is more than chance."""
_PER_CHANGE = 10
"""Figures for each one of which may have been typed anew into last quarter's return."""


def twins(returned: pd.DataFrame) -> list[Issue]:
    """Tell of two returns for one quarter with the same figures in the same order: one was sent for two directorates.

    Needs the observations of all returns, each in the order of its rows; at least `FEW` figures, not all alike. A
    return is for the quarter that its first row tells.
    """
    figures = newest(returned).dropna(subset=["value"]).groupby("file", sort=False)["value"].agg(tuple)
    first = returned.drop_duplicates("file").set_index("file", drop=False)
    alike: dict[tuple[str, tuple[float, ...]], list[str]] = {}
    for file, values in figures.items():
        if len(values) >= FEW and len(set(values)) > 1:
            alike.setdefault((first.at[file, "report_period"], values), []).append(file)
    action = "Send the return of the right directorate in place of one of the two."
    return [
        _about(
            first.loc[other], f"the same {len(values)} figures in the same order as {one}", "figures of its own", action
        )
        for (_, values), files in alike.items()
        for one, other in combinations(files, 2)
    ]


def newest(observations: pd.DataFrame) -> pd.DataFrame:
    """Leave out the earlier periods of a series that a return restates beside its own quarter."""
    ends = periods.ends(observations["period"]).to_numpy()
    series = observations.assign(end=ends).groupby(["file", "indicator", "part", "area"], sort=False)
    return observations[ends == series["end"].transform("max").to_numpy()]


def last_quarter(returned: pd.DataFrame, past: pd.DataFrame) -> list[Issue]:
    """Tell of returns whose figures are those of the quarter before: last quarter's was sent again.

    Columns used: ``file, indicator, part, area, period, value``. At least `FEW` figures of a return must have one to be
    held against; figures that are not due every quarter have none and do not count. All must be the same, but for one
    in ten.
    """
    mine = newest(returned).dropna(subset=["value"])
    before = {label: periods.label(periods.earlier(periods.parse(label), steps=1)) for label in mine["period"].unique()}
    asked = mine.assign(period=mine["period"].map(before))
    pairs = asked.merge(past, on=["indicator", "part", "area", "period"], suffixes=("", "_before"))
    pairs = pairs.dropna(subset=["value_before"])
    equal = (pairs["value"] == pairs["value_before"]).groupby(pairs["file"]).agg(["size", "sum"])
    suspect = equal[(equal["size"] >= FEW) & (equal["size"] - equal["sum"] <= equal["size"] // _PER_CHANGE)]
    first = returned.drop_duplicates("file").set_index("file", drop=False)
    action = "Was last quarter's return sent again? Send this one's."
    return [
        _about(first.loc[file], f"{_of_all(same, count)} figures that can be compared equal to those of the quarter "
               "before", "figures of this quarter", action)
        for file, count, same in suspect.itertuples()
    ]  # fmt: skip


def _of_all(same: int, count: int) -> str:
    return f"all {count}" if same == count else f"{same} of {count}"


def copies(files: Mapping[str, str], contents: Mapping[str, str]) -> list[Issue]:
    """Tell of files whose content is, byte for byte, that of another file, of this delivery or one received before.

    ``files`` gives the SHA-256 of each one's content; what could not be opened has none and is like nothing.
    ``contents`` gives names of earlier files by theirs. An earlier file of the same name is the file itself, checked
    where it lies now, unless its path names another quarter.

    >>> for issue in copies({"SCS.xlsx": "6b86", "CEF.xlsx": "6b86"}, {}):
    ...     print(issue)
    SCS.xlsx: found the same content as CEF.xlsx, expected a workbook of its own. Send the right workbook, or take \
this copy away.
    """
    seen = dict(contents)
    issues = []
    for file in sorted(file for file, sha256 in files.items() if sha256):
        other = seen.setdefault(files[file], file)
        if other != file and not (other not in files and _moved(file, other)):
            action = "Send the right workbook, or take this copy away."
            issues.append(
                Issue(Where(file), f"the same content as {other}", "a workbook of its own", action, Severity.WARNING)
            )
    return issues


def _moved(file: str, other: str) -> bool:
    same = PurePosixPath(file).name == PurePosixPath(other).name
    return same and named_quarters.of_path(file) in (None, named_quarters.of_path(other))


def _about(row: pd.Series[Any], found: str, expected: str, action: str) -> Issue:
    return Issue(Where(row["file"], row["sheet"]), found, expected, action, Severity.WARNING)
