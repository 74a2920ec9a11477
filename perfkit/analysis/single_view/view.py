"""The single view: one row a directorate or leadership priority, with performance, finance and risk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.single_view import risk
from perfkit.model import periods
from perfkit.model.councils import WHOLE
from perfkit.model.schemas import OUTLOOKS, RAGS

_COUNTS = ("indicators", *RAGS, "not_rated", *OUTLOOKS, "no_outlook")
_WORST = {"red": 0, "amber": 1, "green": 2, "not rated": 3}


def of_year(rows: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Keep the rows of the financial year that a quarter belongs to; needs ``financial_year``.

    >>> rows = pd.DataFrame({"financial_year": ["2016-17", "2017-18"], "title": ["Old", "New"]})
    >>> of_year(rows, quarter="2017-18 Q1")["title"].tolist()
    ['New']
    """
    year = periods.year_label(quarter, expect="quarter")
    return rows[rows["financial_year"] == year].reset_index(drop=True)


def performance(rated: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Count indicators by rating and outlook, and name the red ones.

    Needs ``effective, outlook, title, ref`` and ``by``. Gives ``indicators, green, amber, red, not_rated, improving,
    stable, deteriorating, no_outlook`` and ``red_titles``, a list of "title (ref)".

    >>> rated = pd.DataFrame({"directorate": ["PH", "PH"], "effective": ["red", "not rated"], "ref": ["7", "8"],
    ...     "outlook": ["stable", None], "title": ["Hours", "Visits"]})
    >>> performance(rated, by="directorate")[["indicators", "red", "not_rated", "red_titles"]].values.tolist()
    [[2, 1, 1, ['Hours (7)']]]
    """
    rows = rated.reset_index(drop=True)
    flags = pd.DataFrame({word: rows["effective"].eq(word) for word in RAGS})
    ways = pd.DataFrame({word: rows["outlook"].eq(word) for word in OUTLOOKS})
    both = pd.concat([flags, ways], axis=1).fillna(False).astype("int64")
    both["not_rated"] = 1 - both[list(RAGS)].sum(axis=1)
    both["no_outlook"] = 1 - both[list(OUTLOOKS)].sum(axis=1)
    both["indicators"] = 1
    key = rows[by].astype("object")
    red = rows[rows["effective"].eq("red").fillna(False)]
    titles = [f"{title} ({ref})" for title, ref in zip(red["title"], red["ref"], strict=True)]
    named = pd.Series(titles, index=red.index, dtype="object").groupby(key[red.index], sort=False).agg(list)
    counted = both.groupby(key, sort=False)[list(_COUNTS)].sum().reset_index(names=by)
    return counted.assign(red_titles=_lists(counted[by], named))


def by_directorate(
    rated: pd.DataFrame, money: pd.DataFrame, register: pd.DataFrame, *, directorates: pd.DataFrame
) -> pd.DataFrame:
    """Set performance, finance and risk of each directorate in one row.

    Needs of ``rated`` what `performance` needs, with ``directorate``; of ``money`` what `total` gives by directorate;
    of ``register`` what `register` gives; of ``directorates`` its rows of the year, in whose order the view stands; a
    directorate that only the figures name follows with its code. Gives the columns of the three. ``lines`` is 0 where
    no finance return came, ``risks`` missing where no register did and 0 where it names none. Risks and lines of no
    directorate stand in no row.

    >>> rated = pd.DataFrame({"directorate": ["PH"], "effective": ["red"], "outlook": ["stable"], "ref": ["7"],
    ...     "title": ["Hours"]})
    >>> money = pd.DataFrame({"directorate": ["PH"], "lines": [1], "variance": [5.0]})
    >>> found = pd.DataFrame({"risk": [], "directorate": [], "score": [], "level": [], "trend": []}, dtype="object")
    >>> named = pd.DataFrame({"directorate": ["PH"], "name": ["Public Health"], "order": [1]})
    >>> by_directorate(rated, money, found, directorates=named)[["name", "red", "variance", "risks"]].values.tolist()
    [['Public Health', 1, 5.0, <NA>]]
    """
    known = directorates.drop_duplicates("directorate", keep="last").sort_values("order", kind="stable")
    names = dict(zip(known["directorate"], known["name"], strict=True))
    found = [frame["directorate"].dropna() for frame in (rated, money, register)]
    codes = list(dict.fromkeys([*names, *pd.concat([series.astype("object") for series in found])]))
    rows = pd.DataFrame({"directorate": codes, "name": [names.get(code, code) for code in codes]}, dtype="object")
    rows = _joined(rows, performance(rated, by="directorate"), "directorate")
    rows = _with_counts(_joined(rows, money, "directorate"), ["lines"], known=True)
    return _risked(rows, register, "directorate", known=len(register) > 0)


def whole(rated: pd.DataFrame, money: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Give one row for the whole council: all its indicators, all its money, and the risks of no one directorate.

    ``money`` is what `total` gives for all lines. The columns are those of `by_directorate`.

    >>> rated = pd.DataFrame({"effective": ["red"], "outlook": ["stable"], "ref": ["7"], "title": ["Hours"]})
    >>> found = pd.DataFrame({"risk": ["R1"], "directorate": [None], "score": [6], "level": ["low"], "trend": ["new"]})
    >>> whole(rated, pd.DataFrame({"lines": [1], "variance": [5.0]}), found)[["name", "red", "risk"]].values.tolist()
    [['Whole council', 1, 'R1']]
    """
    every = ""
    own = register[register["directorate"].isna()].assign(directorate=every)
    rows = pd.DataFrame({"directorate": [every], "name": [WHOLE]}, dtype="object")
    rows = _joined(rows, performance(rated.assign(directorate=every), by="directorate"), "directorate")
    rows = _with_counts(_joined(rows, money.assign(directorate=every), "directorate"), ["lines"], known=True)
    joined = _joined(rows, risk.highest(own, by="directorate"), "directorate")
    return _with_counts(joined, ["risks", "high"], known=len(register) > 0)


def by_priority(
    served: pd.DataFrame,
    lines: pd.DataFrame,
    register: pd.DataFrame,
    *,
    priorities: pd.DataFrame,
    came: tuple[bool, bool] | None = None,
) -> pd.DataFrame:
    """Set performance, finance and risk of each leadership priority in one row; nothing is split or added up.

    ``served``, ``lines`` (of `vary`) and ``register`` stand once for each priority that they bear on, by ``number``
    (`mapping.serve` and `mapping.spread`); ``priorities`` needs number, title and kind. Gives the counts of
    `performance`; ``lines`` and ``lines_over`` (how many bear on it, and are over budget), and of the one furthest
    over, in per cent, ``line, line_directorate, variance, percent, money``, with ``side`` "over" where there is one;
    and the risks as in `by_directorate`. ``lines`` and ``risks`` are missing where none have come at all: ``came`` says
    whether a finance return and a register have, which those that name no priority do not show.
    """
    money, risks = came or (len(lines) > 0, len(register) > 0)
    rows = priorities.drop_duplicates("number", keep="last").sort_values("number", kind="stable")
    rows = rows[["number", "title", "kind"]].reset_index(drop=True).astype({"number": "Int64"})
    rows = _joined(rows, performance(served, by="number"), "number")
    rows = _joined(rows, _borne(lines), "number")
    rows = _with_counts(rows, ["lines", "lines_over"], known=money)
    return _risked(rows, register, "number", known=risks)


def _borne(lines: pd.DataFrame) -> pd.DataFrame:
    """Count the lines of each priority and give the one furthest over budget, else the first of the worst rating."""
    over = lines["side"].eq("over")
    order = lines.assign(_over=~over, _worst=lines["money"].map(_WORST), _far=-lines["percent"].fillna(np.inf))
    order = order.sort_values(["number", "_over", "_worst", "_far", "directorate", "line"], kind="stable")
    kept = ["number", "line", "directorate", "variance", "percent", "money", "side"]
    first = order.drop_duplicates("number")[kept].rename(columns={"directorate": "line_directorate"})
    counted = pd.DataFrame({"number": lines["number"], "lines": 1, "lines_over": over.astype("int64")})
    return counted.groupby("number", sort=False).sum().reset_index().merge(first, on="number")


def _risked(rows: pd.DataFrame, register: pd.DataFrame, by: str, *, known: bool) -> pd.DataFrame:
    joined = _joined(rows, risk.highest(register, by=by), by)
    return _with_counts(joined, ["risks", "high"], known=known)


def _joined(rows: pd.DataFrame, more: pd.DataFrame, by: str) -> pd.DataFrame:
    """Join by a key; counts of performance are true zeros where there is nothing to count."""
    joined = rows.merge(more.astype({by: rows[by].dtype}), on=by, how="left")
    if "indicators" not in more:
        return joined
    joined = _with_counts(joined, list(_COUNTS), known=True)
    return joined.assign(red_titles=[held if isinstance(held, list) else [] for held in joined["red_titles"]])


def _with_counts(rows: pd.DataFrame, names: list[str], *, known: bool) -> pd.DataFrame:
    """Read a count that found nothing as 0 where what is counted has come, and as missing where it has not."""
    read = {name: rows[name].astype("Int64") for name in names}
    return rows.assign(**{name: series.mask(series.isna(), 0) if known else series for name, series in read.items()})


def _lists(keys: pd.Series[Any], named: pd.Series[Any]) -> pd.Series[Any]:
    held = named.to_dict()
    return pd.Series([held.get(key, []) for key in keys], index=keys.index, dtype="object")
