"""How a year's figure is spread over its quarters: equally, by shares, as last year, or a quarter or month at a
time."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import ordinals
from perfkit.model.errors import ParseError
from perfkit.model.ordinals import Numbers
from perfkit.model.spellings import written

BASES = {"quarter": 1, "month": 2, "year": 3}
EQUAL = (25.0, 25.0, 25.0, 25.0)
_WITHOUT_SHARES = ("seasonal", "line", "step")
_SHARES = re.compile(r"[0-9.]+(?:/[0-9.]+){3}")
_WORDS = (("a quarter of #", 1), ("# a quarter", 1), ("# a month", 3))
"""How a figure for the year, a quarter and a month is counted, and how often in one quarter."""
_UNKNOWN = "last year's quarters are not known, so # cannot be spread as last year"
_FLAT = re.compile(
    r"percent|percentage|%|rate\b|ratio|quartile|milestone|index|score|average|mean|proportion", re.IGNORECASE
)


def accumulates(unit: str) -> bool:
    """Say whether figures of a unit add up over quarters: counts, hours and money do, percentages and rates do not.

    >>> accumulates("count"), accumulates("percent"), accumulates("rate per 100,000")
    (True, False, False)
    """
    return _FLAT.match(unit) is None


def adding(units: pd.Series[Any]) -> Numbers:
    """Say of each unit whether its figures add up."""
    codes, unique = ordinals.encode(units)
    return np.array([*(accumulates(unit) for unit in unique), False], dtype=bool)[codes]


def shares(profile: str | None) -> tuple[float, ...] | None:
    """Read a profile such as 20/25/25/30 as percentages of the year; equal if none is given, None if it is no share.

    Raises `ParseError` for another text, and where the four do not make 100.

    >>> shares("20/25/25/30"), shares("equal")
    ((20.0, 25.0, 25.0, 30.0), (25.0, 25.0, 25.0, 25.0))
    """
    if profile is None or profile in ("", "equal"):
        return EQUAL
    if profile in _WITHOUT_SHARES:
        return None
    if not _SHARES.fullmatch(profile):
        raise ParseError(
            f'"{profile}" is not a profile: expected equal, seasonal, line, step, or shares as 20/25/25/30.'
        )
    parts = tuple(float(part) for part in profile.split("/"))
    if abs(sum(parts) - 100) > 0.5:
        raise ParseError(f'"{profile}" is not a profile: the four shares make {written(sum(parts))}, expected 100.')
    return tuple(100 * part / sum(parts) for part in parts)


def times(
    number: Numbers, *, to_date: Numbers, basis: Numbers, profile: Numbers | None, seasons: Numbers
) -> tuple[Numbers, Numbers, list[str]]:
    """Give how often a written figure counts by the end of a quarter, and its words: a place in a list of them.

    ``number`` is the quarter in its year; where not ``to_date`` the quarter stands alone. ``basis`` is numbered as
    `BASES`; ``profile`` is None where all are equal. In the words # is the figure.
    """
    counted = np.where(to_date, number, 1)
    quarterly, monthly = basis == BASES["quarter"], basis == BASES["month"]
    result = np.where(quarterly, counted, np.where(monthly, 3 * counted, counted / 4)).astype("float64")
    words = [f"{text} times {n * k}" for text, k in _WORDS for n in (1, 2, 3, 4)]
    which = np.where(quarterly, 4, np.where(monthly, 8, 0)) + counted - 1
    if profile is None:
        return result, which, words
    yearly = ~quarterly & ~monthly
    for name in dict.fromkeys(str(each) for each in pd.unique(profile)):
        parts, chosen = shares(name), yearly & (profile == name)
        if parts == EQUAL or (parts is None and name != "seasonal"):
            continue
        own = seasons if parts is None else _shares_at(parts, number, to_date)
        result = np.where(chosen, own, result)
        codes, unique = pd.factorize(own)
        tail = ", as last year" if parts is None else ""
        which = np.where(chosen, np.where(codes >= 0, len(words) + codes, len(words) + len(unique)), which)
        words += [f"{written(round(100 * float(share), 2))}% of #{tail}" for share in unique] + [_UNKNOWN]
    return result, which, words


def _shares_at(parts: tuple[float, ...], number: Numbers, to_date: Numbers) -> Numbers:
    return np.asarray(np.where(to_date, np.cumsum(parts)[number - 1], np.array(parts)[number - 1]) / 100)


def last_year(history: pd.DataFrame, *, indicator: Numbers, part: Numbers, month: Numbers) -> Numbers:
    """Give the share of last year's total that had come in by the same quarter, missing where it is not known.

    ``history`` holds year-to-date figures as in the table ``observations``.
    """
    quarterly = history[ordinals.spans(history["period"]) == "quarter"].dropna(subset=["value"])
    own = quarterly["part"].fillna(1).astype("int64") if "part" in quarterly else pd.Series(1, index=quarterly.index)
    keys = pd.MultiIndex.from_arrays(
        [quarterly["indicator"].astype("object"), own, ordinals.end_months(quarterly["period"])]
    )
    figures = pd.Series(quarterly["value"].to_numpy("float64"), index=keys)
    figures = figures[~keys.duplicated(keep="last")]
    so_far, whole = (
        figures.reindex(pd.MultiIndex.from_arrays([indicator, part, at])).to_numpy("float64")
        for at in (month - 12, 12 * ordinals.year(month) + 2)
    )
    known = (whole != 0) & ~np.isnan(whole)
    return np.asarray(np.divide(so_far, whole, out=np.full(len(whole), np.nan), where=known))
