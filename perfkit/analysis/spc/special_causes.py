"""The four rules by which a point is more than usual variation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from perfkit.analysis.spc.limits import Limits

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


def fired(values: Floats, lines: Limits, group: Whole, *, points: int, beyond_counts: bool) -> Flags:
    """Say which of `CAUSES` each point shows: a row a point, a column a cause.

    ``points`` is how many in a row make a shift or trend. ``beyond_counts`` lets a point beyond the limits be one of
    the two in three. A missing value, and the edge of a group, ends every run.
    """
    side = np.nan_to_num(np.sign(values - lines.mean)).astype(np.int64)
    high, low = values > lines.upper, values < lines.lower
    near_high, near_low = values > lines.near_upper, values < lines.near_lower
    if not beyond_counts:
        near_high, near_low = near_high & ~high, near_low & ~low
    return np.column_stack(
        (
            high,
            low,
            *trends(values, group, points),
            two_of_three(near_high, side == 1, group),
            two_of_three(near_low, side == -1, group),
            *shifts(side, group, points),
        )
    )


def shifts(side: Whole, group: Whole, points: int) -> tuple[Flags, Flags]:
    """Mark points in a row on one side of the mean: above, below. A point on the mean ends the run.

    >>> shifts(np.array([1, 1, 1, 0, -1, -1]), np.zeros(6, dtype=int), 3)[0].tolist()
    [True, True, True, False, False, False]
    """
    long = _run_lengths(side, group) >= points
    return long & (side == 1), long & (side == -1)


def trends(values: Floats, group: Whole, points: int) -> tuple[Flags, Flags]:
    """Mark points in a row of which each is above, or each below, the one before. A tie ends the trend.

    >>> trends(np.array([1.0, 2, 3, 3, 2]), np.zeros(5, dtype=int), 3)[0].tolist()
    [True, True, True, False, False]
    """
    steps = np.nan_to_num(np.sign(np.diff(values))).astype(np.int64)
    steps[np.diff(group) != 0] = 0
    long = _run_lengths(steps, group[1:]) >= points - 1
    rising, falling = (_both_ends(long & (steps == way)) for way in (1, -1))
    return rising[: len(values)], falling[: len(values)]


def two_of_three(near: Flags, on_side: Flags, group: Whole) -> Flags:
    """Mark the near points of any three in a row that lie on one side with two or more of them near the limit.

    >>> near = np.array([True, False, True, False])
    >>> two_of_three(near, np.array([True, True, True, False]), np.zeros(4, dtype=int)).tolist()
    [True, False, True, False]
    """
    marked = np.zeros(len(near), dtype=bool)
    if len(near) < 3:
        return marked
    together = (group[2:] == group[:-2]) & on_side[2:] & on_side[1:-1] & on_side[:-2]
    found = together & (near[2:].astype(int) + near[1:-1] + near[:-2] >= 2)
    for offset in range(3):
        marked[offset : len(near) - 2 + offset] |= found
    return marked & near


def _run_lengths(sign: Whole, group: Whole) -> Whole:
    """Give each element the length of the run of equal signs, within its group, that it belongs to."""
    if not len(sign):
        return np.zeros(0, dtype=np.int64)
    begins = np.ones(len(sign), dtype=bool)
    begins[1:] = (sign[1:] != sign[:-1]) | (group[1:] != group[:-1])
    run = np.cumsum(begins) - 1
    lengths: Whole = np.bincount(run)[run]
    return lengths


def _both_ends(steps: Flags) -> Flags:
    """Mark the points at either end of the marked steps."""
    ends: Flags = np.append(steps, False) | np.append(False, steps)
    return ends
