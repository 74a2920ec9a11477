"""Pick rows of the tidy `delays` by words and dates, and say what there is where nothing answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.model import periods
from perfkit.model.errors import ParameterError
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

Label: TypeAlias = str | pd.Period

_ALL_WORDS = {"attribution": (ALL, *ATTRIBUTIONS), "setting": (ALL, *SETTINGS)}
_FIRMNESS = ("illustrative", "provisional", "final", "revised")


def pick(
    frame: pd.DataFrame,
    *,
    columns: Sequence[str],
    area: str | None = None,
    months: pd.PeriodIndex | None = None,
    **words: str,
) -> pd.DataFrame:
    """Give some columns of the rows of an area, of months, and of words such as ``attribution="both"``.

    The word ``"any"`` takes every one but the total. Needs the columns of `delays`. Raises `ParameterError` for an
    area or word that the frame does not know.
    """
    for column, known in _ALL_WORDS.items():
        _check_word(column, words.get(column, ALL), known)
    places: npt.NDArray[np.intp] | None = None
    if months is not None:
        ordinals = frame["month"].astype("int64").to_numpy()
        places = np.flatnonzero((ordinals >= months[0].ordinal) & (ordinals <= months[-1].ordinal))
    if area is not None:
        places = _narrow(frame["area"], area, places)
        if not len(places):
            check_area(frame, area)
    for column, word in words.items():
        places = _narrow(frame[column], word, places)
    wanted = frame[list(columns)]
    return wanted if places is None else wanted.take(places)


def _narrow(column: pd.Series[str], word: str, places: npt.NDArray[np.intp] | None) -> npt.NDArray[np.intp]:
    values = column if places is None else column.take(places)
    kept = (values != ALL if word == "any" else values == word).to_numpy(dtype=bool)
    return np.flatnonzero(kept) if places is None else places[kept]


def check_area(frame: pd.DataFrame, area: str) -> None:
    """Raise `ParameterError` with names that are near where the frame does not know an area.

    >>> check_area(pd.DataFrame({"area": ["England", "Oxfordshire"]}), "Oxfordshre")
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: No area is called "Oxfordshre" in the delays; the nearest is "Oxfordshire".
    """
    known = sorted(frame["area"].unique())
    if area in known:
        return
    lower = {name.lower(): name for name in known}
    near = [lower[name] for name in get_close_matches(area.lower(), lower, n=3, cutoff=0.6)]
    near += [name for name in known if area.lower() in name.lower() and name not in near][: 3 - len(near)]
    if not known:
        raise ParameterError(f'No area is called "{area}" in the delays; the table is empty.')
    hint = "; the nearest " + ("is " if len(near) == 1 else "are ") + ", ".join(f'"{name}"' for name in near)
    raise ParameterError(f'No area is called "{area}" in the delays{hint if near else f"; it has {len(known)} areas"}.')


def _check_word(column: str, word: str, known: Sequence[str]) -> None:
    if word not in known and word != "any":
        raise ParameterError(f'"{word}" is no {column}; expected {", ".join(known[:-1])} or {known[-1]}.')


def period(label: Label) -> pd.Period:
    """Read a label of a month, quarter or year; a period is given back as it is."""
    return label if isinstance(label, pd.Period) else periods.parse(label)


def months(label: Label) -> pd.PeriodIndex:
    """Give the months of a month, quarter or year.

    >>> len(months("2017-18 Q1")), len(months("March 2017"))
    (3, 1)
    """
    return pd.PeriodIndex(periods.months_of(period(label)), freq="M")


def month(label: Label) -> pd.Period:
    """Read the label of a month."""
    return label if isinstance(label, pd.Period) else periods.parse(label, expect="month")


def within(frame: pd.DataFrame, label: Label | None) -> pd.PeriodIndex:
    """Give the months of a period, or of the whole frame where no period is named.

    Raises `ParameterError` that names what there is where the frame has no month of the period.
    """
    there = frame["month"].astype("int64")
    if there.empty:
        raise ParameterError("There are no delays: the table is empty.")
    first, last = (pd.Period(ordinal=int(o), freq="M") for o in (there.min(), there.max()))
    if label is None:
        return pd.period_range(first, last, freq="M")
    wanted = months(label)
    if not bool(((there >= wanted[0].ordinal) & (there <= wanted[-1].ordinal)).any()):
        raise without_data(frame, label)
    return wanted


def without_data(frame: pd.DataFrame, label: Label) -> ParameterError:
    """Make the error for a period without data; it names the runs of months that there are."""
    there = runs(np.unique(frame["month"].astype("int64").to_numpy()))
    return ParameterError(f"There are no delays for {periods.label(period(label))}; there are {there}.")


def runs(ordinals: Iterable[int]) -> str:
    """Name months, given in order by number, as runs.

    >>> runs([564, 565, 567])
    'January 2017 to February 2017, April 2017'
    """
    spans: list[list[int]] = []
    for ordinal in ordinals:
        if spans and ordinal == spans[-1][1] + 1:
            spans[-1][1] = int(ordinal)
        else:
            spans.append([int(ordinal), int(ordinal)])
    named = [[periods.label(pd.Period(ordinal=o, freq="M")) for o in span] for span in spans]
    return ", ".join(first if first == last else f"{first} to {last}" for first, last in named)


def sums(rows: pd.DataFrame, *, by: str, carry: Sequence[str] = ()) -> pd.DataFrame:
    """Add up the rows that have a figure by the words of one column, in the order of the words.

    Gives that column, the columns carried (from the word's last row), months, delayed_days and calendar_days.

    >>> rows = pd.DataFrame({"area": ["B", "A", "B"], "delayed_days": [1.0, 5.0, 2.0], "calendar_days": [30, 30, 31]})
    >>> sums(rows, by="area").to_numpy().tolist()
    [['A', 1, 5.0, 30.0], ['B', 2, 3.0, 61.0]]
    """
    known = rows.take(np.flatnonzero(rows["delayed_days"].notna().to_numpy()))
    codes, words = pd.factorize(known[by], sort=True)
    last = np.zeros(len(words), dtype=np.intp)
    last[codes] = np.arange(len(codes))
    found = {by: words.array} | {column: known[column].array.take(last) for column in carry}
    size = len(words)
    return pd.DataFrame(
        found
        | {
            "months": np.bincount(codes, minlength=size),
            "delayed_days": np.bincount(codes, known["delayed_days"].to_numpy(), size),
            "calendar_days": np.bincount(codes, known["calendar_days"].to_numpy(dtype=np.float64), size),
        }
    )


def firmness(statuses: Iterable[str]) -> str:
    """Give the least firm of some statuses.

    >>> firmness(["revised", "illustrative", "final"])
    'illustrative'
    """
    there = set(statuses)
    return next((status for status in _FIRMNESS if status in there), "")


def rank(values: pd.Series[float]) -> pd.Series[int]:
    """Rank from the highest; ties take the better rank, missing values are left out.

    >>> rank(pd.Series([5.0, 9.0, 9.0, None])).tolist()
    [3, 1, 1, <NA>]
    """
    return values.rank(method="min", ascending=False).astype("Int64")


def every_month(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Give a row for each of the last ``most`` calendar months, missing where there is none; ``rows`` has one a month.

    >>> rows = pd.DataFrame({"month": pd.PeriodIndex(["2017-01", "2017-03"], freq="M"), "n": [1.0, 3.0]})
    >>> every_month(rows, 12)["n"].tolist()
    [1.0, nan, 3.0]
    """
    last = rows["month"].max()
    first = rows.loc[rows["month"] > last - most, "month"].min()
    months = pd.period_range(first, last, freq="M", name="month")
    return rows.set_index("month").reindex(months).reset_index()
