"""Comparators: averages, neighbours, quartiles and ranks from any table of values by area."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.model.errors import ParameterError

FEWEST = 8
"""Areas with a value that quartiles need; below that a quartile holds fewer than two."""
COLUMNS = ("indicator", "period", "comparator", "value", "amber", "areas", "how")


def rank(
    values: pd.DataFrame, *, polarity: str, fewest: int = FEWEST, by: str | list[str] | None = None
) -> pd.DataFrame:
    """Rank areas by their value, the best first.

    Needs ``area`` and ``value``. Adds ``rank`` (ties take the better rank; missing values have none), ``of`` (the
    number of areas with a value) and ``quartile`` (1 the best quarter of them; missing where fewer than ``fewest`` have
    a value). With ``by`` each group, such as a period, is ranked by itself. Raises `ParameterError` for a polarity
    without a best end.

    >>> areas = pd.DataFrame({"area": list("ABCD"), "value": [61.0, 58.0, 61.0, None]})
    >>> rank(areas, polarity="higher", fewest=3)[["rank", "of"]].fillna(0).astype(int).values.tolist()
    [[1, 3], [3, 3], [1, 3], [0, 3]]
    """
    if polarity not in ("higher", "lower"):
        raise ParameterError(f'"{polarity}" has no best end to rank from: expected higher or lower.')
    groups = (
        np.zeros(len(values), dtype="int64") if by is None else values.groupby(by, dropna=False).ngroup().to_numpy()
    )
    grouped = values["value"].groupby(groups)
    place = grouped.rank(method="min", ascending=polarity == "lower")
    of = grouped.transform("count")
    quartile = np.ceil(4 * place / of.where(of > 0)).where(of >= fewest)
    return values.assign(rank=place.astype("Int64"), of=of.astype("Int64"), quartile=quartile.astype("Int64"))


def neighbours(groupings: pd.DataFrame, *, area: str, most: int = 10) -> list[str]:
    """List an area's statistical neighbours, the nearest first, by the codes of the grouping.

    Needs the wide layout of the national groupings: a column of the area's code (``LA number`` or ``old_la_code``), one
    of its name, and SN1 to SN10 (or SN_1 to SN_10). ``area`` is a code or a name. Raises `ParameterError` for an
    unknown area.

    >>> table = pd.DataFrame({"old_la_code": [931], "la_name": ["Oxfordshire"], "SN_1": [825], "SN_2": [873]})
    >>> neighbours(table, area="Oxfordshire")
    ['825', '873']
    """
    code, name = (
        _column(groupings, words) for words in (("la num", "la number", "old_la_code"), ("la name", "la_name"))
    )
    codes, names = groupings[code].map(_code), groupings[name].astype("str").str.strip()
    mine = groupings[(codes == _code(area)) | (names.str.casefold() == str(area).strip().casefold())]
    if mine.empty:
        raise ParameterError(f'"{area}" is not in the table of neighbours.')
    columns = {str(c).lower().replace("_", ""): c for c in groupings.columns}
    wanted = [columns[f"sn{n}"] for n in range(1, most + 1) if f"sn{n}" in columns]
    return [_code(mine.iloc[0][c]) for c in wanted if not pd.isna(mine.iloc[0][c])]


def comparators(
    values: pd.DataFrame,
    *,
    indicator: str,
    polarity: str,
    national: str | None = None,
    regions: dict[str, str] | None = None,
    neighbours: dict[str, list[str]] | None = None,
    fewest: int = FEWEST,
) -> pd.DataFrame:
    """Work out of the values of all areas, period by period, the figures that a relative target compares with.

    Needs ``area``, ``period`` and ``value``. ``national`` and ``regions`` (comparator: area) name rows that already are
    averages, and are left out of quartiles; without ``national`` the national average is the plain mean of the areas,
    and says so. ``neighbours`` gives the areas of "statistical neighbours" and "nearest neighbours", of which it takes
    the mean.

    Gives one row per period and comparator: ``indicator``, ``period``, ``comparator``, ``value`` (the figure to reach),
    ``amber`` (of a rank: the figure that ends the next quartile), ``areas`` (how many values it rests on) and ``how``.
    Quartiles and the median are left out where fewer than ``fewest`` areas have a value.

    >>> values = pd.DataFrame({"area": [*"ABCDEFGH"], "period": "2016-17", "value": [80.0, 78, 76, 74, 72, 70, 68, 66]})
    >>> found = comparators(values, indicator="recycling", polarity="higher")
    >>> found[["comparator", "value", "amber"]].fillna(0).values.tolist()
    [['top quartile', 78.0, 74.0], ['median', 74.0, 70.0], ['national average', 73.0, 0.0]]
    """
    named = {name for name in (national, *(regions or {}).values()) if name is not None}
    rows = []
    for period, frame in values.groupby("period", sort=False):
        known = frame.dropna(subset=["value"])
        areas = known[~known["area"].isin(named)]
        found = _cuts(areas, polarity, fewest) + _averages(known, areas, national, regions or {})
        found += [
            _mean_of(name, areas[areas["area"].isin(members)], len(members))
            for name, members in (neighbours or {}).items()
        ]
        rows += [(indicator, period, *each) for each in found if each is not None]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def gap(values: pd.DataFrame, compared: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Put an area's value beside each comparator of its period, with the difference in the unit of the value.

    Needs what `comparators` gives and ``area``, ``period``, ``value``. Adds ``area_value`` and ``difference``.
    """
    own = values[values["area"] == area].drop_duplicates("period", keep="last").set_index("period")["value"]
    mine = compared["period"].map(own).astype("float64")
    return compared.assign(area_value=mine, difference=mine - compared["value"])


def _cuts(areas: pd.DataFrame, polarity: str, fewest: int) -> list[tuple[Any, ...]]:
    """Give the value of the last area within the best quarter, half and three quarters."""
    if len(areas) < fewest or polarity not in ("higher", "lower"):
        return []
    ranked = rank(areas, polarity=polarity, fewest=fewest)
    within = [ranked.loc[ranked["quartile"] <= n, "value"] for n in (1, 2, 3)]
    cut = [float(values.min() if polarity == "higher" else values.max()) for values in within]
    n = len(areas)
    return [
        ("top quartile", cut[0], cut[1], n, f"the value that ends the best quarter of {n} areas"),
        ("median", cut[1], cut[2], n, f"the value that ends the better half of {n} areas"),
    ]


def _averages(
    known: pd.DataFrame, areas: pd.DataFrame, national: str | None, regions: dict[str, str]
) -> list[tuple[Any, ...] | None]:
    found = (
        [_published("national average", known, national)]
        if national
        else [_mean_of("national average", areas, len(areas))]
    )
    return found + [_published(name, known, area) for name, area in regions.items()]


def _published(name: str, known: pd.DataFrame, area: str) -> tuple[Any, ...] | None:
    own = known.loc[known["area"] == area, "value"]
    return None if own.empty else (name, float(own.iloc[-1]), np.nan, 1, f"the published figure of {area}")


def _mean_of(name: str, members: pd.DataFrame, of: int) -> tuple[Any, ...] | None:
    n = len(members)
    return None if n == 0 else (name, float(members["value"].mean()), np.nan, n, f"plain mean of {n} of {of} areas")


def _column(frame: pd.DataFrame, names: tuple[str, ...]) -> Any:
    known = {str(column).strip().lower(): column for column in frame.columns}
    found = [known[name] for name in names if name in known]
    if not found:
        raise ParameterError(f"the table of neighbours has no column {' or '.join(names)}.")
    return found[0]


def _code(value: object) -> str:
    text = str(value).strip()
    return text.removesuffix(".0")
