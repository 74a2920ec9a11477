"""Returns that say what another has said: one sent for two directorates, last quarter's sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import PurePosixPath

import pandas as pd

from perfkit.intake import titles
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

FEW = 4
"""Figures that two returns must share before that is more than chance."""


def twins(returns: Sequence[Mapping[str, pd.DataFrame]]) -> list[Issue]:
    """Tell of two returns for one quarter with the same figures in the same order: one was sent for two directorates.

    Needs each return's ``observations`` in the order of its rows; at least `FEW` figures, not all alike.
    """
    told = [(frame, _figures(frame)) for frame in (tables["observations"] for tables in returns) if len(frame)]
    issues = []
    for (first, one), (second, other) in combinations(told, 2):
        if one == other and len(one) >= FEW and len(set(one)) > 1 and _quarter(first) == _quarter(second):
            found = f"the same {len(one)} figures in the same order as {first['file'].iloc[0]}"
            action = "Send the return of the right directorate in place of one of the two."
            issues.append(_about(second, found, "figures of its own", action))
    return issues


def _figures(observations: pd.DataFrame) -> list[float]:
    return [float(value) for value in newest(observations)["value"].dropna()]


def newest(observations: pd.DataFrame) -> pd.DataFrame:
    """Leave out the earlier periods of a series that a return restates beside its own quarter."""
    ends = periods.ends(observations["period"]).to_numpy()
    last = observations.assign(end=ends).groupby(["indicator", "part", "area"], sort=False)["end"].transform("max")
    return observations[ends == last.to_numpy()]


def _quarter(observations: pd.DataFrame) -> str:
    return str(observations["report_period"].iloc[0])


def last_quarter(returned: pd.DataFrame, past: pd.DataFrame) -> list[Issue]:
    """Tell of a return all of whose figures are those of the quarter before: last quarter's was sent again.

    Columns used: ``indicator, part, area, period, value``. At least `FEW` figures must have one to be held against;
    figures that are not due every quarter have none and do not count.
    """
    mine = newest(returned).dropna(subset=["value"])
    before = {label: periods.label(periods.earlier(periods.parse(label), steps=1)) for label in mine["period"].unique()}
    asked = mine.assign(period=mine["period"].map(before))
    pairs = asked.merge(past, on=["indicator", "part", "area", "period"], suffixes=("", "_before"))
    pairs = pairs.dropna(subset=["value_before"])
    if len(pairs) < FEW or not (pairs["value"] == pairs["value_before"]).all():
        return []
    found = f"all {len(pairs)} figures that can be compared equal to those of the quarter before"
    return [
        _about(returned, found, "figures of this quarter", "Was last quarter's return sent again? Send this one's.")
    ]


def copies(files: Mapping[str, bytes], contents: Mapping[str, str]) -> list[Issue]:
    """Tell of files whose content is, byte for byte, that of another file, of this delivery or one received before.

    ``contents`` gives names of earlier files by the SHA-256 of their content. An earlier file of the same name is the
    file itself, checked where it lies now, unless its path names another quarter.

    >>> for issue in copies({"SCS.xlsx": b"1", "CEF.xlsx": b"1"}, {}):
    ...     print(issue)
    SCS.xlsx: found the same content as CEF.xlsx, expected a workbook of its own. Send the right workbook, or take \
this copy away.
    """
    seen = dict(contents)
    issues = []
    for file in sorted(files):
        other = seen.setdefault(_hash(files[file]), file)
        if other != file and not (other not in files and _moved(file, other)):
            action = "Send the right workbook, or take this copy away."
            issues.append(
                Issue(Where(file), f"the same content as {other}", "a workbook of its own", action, Severity.WARNING)
            )
    return issues


def _moved(file: str, other: str) -> bool:
    same = PurePosixPath(file).name == PurePosixPath(other).name
    return same and titles.quarter_of_path(file) in (None, titles.quarter_of_path(other))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _about(frame: pd.DataFrame, found: str, expected: str, action: str) -> Issue:
    row = frame.iloc[0]
    return Issue(Where(row["file"], row["sheet"]), found, expected, action, Severity.WARNING)
