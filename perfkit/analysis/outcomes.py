"""From indicators to outcomes to priorities; a child that is not rated is disclosed, never dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd

from perfkit.model import lists, periods
from perfkit.model.errors import ParameterError
from perfkit.model.ordinals import Numbers

Method = Literal["worst", "majority", "weighted"]

_WORDS = ("red", "amber", "green")
_COUNTS = ("green", "amber", "red", "not_rated")
_GREEN_FROM, _AMBER_FROM = 1.5, 0.5


def roll_up(
    rated: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    assessments: pd.DataFrame | None = None,
    method: Method = "worst",
    column: str = "effective",
) -> pd.DataFrame:
    """Give every outcome of the year a rating from its indicators, with the director's own rating beside it.

    Needs of ``rated`` the columns indicator, outcome, period, ref and the one named ``column``; of ``outcomes`` its
    table. Gives one row per period and outcome: outcome, title, priority, directorate, period, ``rag`` (green, amber,
    red or not rated), ``rag_reason``, ``assessed`` (the director's rating of the outcome), ``differs``, ``indicators``
    and the counts ``green``, ``amber``, ``red``, ``not_rated`` of its indicators.

    ``worst``: as its worst indicator. ``majority``: as most of its rated indicators, of a tie the worse. ``weighted``:
    by the mean of green 2, amber 1, red 0, weighted by the column ``weight`` if there is one: green from 1.5, amber
    from 0.5. Indicators not rated have no say; with none rated the outcome is not rated. Raises `ParameterError` for
    another method.

    >>> rated = pd.DataFrame({"indicator": ["a", "b"], "outcome": "E5", "period": "2017-18 Q1", "ref": ["5", "7"],
    ...     "effective": ["green", "red"]})
    >>> outcomes = pd.DataFrame({"outcome": ["E5"], "financial_year": ["2017-18"], "title": ["Services"],
    ...     "priority": ["Efficient"], "directorate": ["SCS"]})
    >>> roll_up(rated, outcomes)[["rag", "rag_reason", "green", "red"]].values.tolist()
    [['red', 'worst of 2: red on 7', 1, 1]]
    """
    if method not in _METHODS:
        raise ParameterError(f'"{method}" is not a way to roll up: expected worst, majority or weighted.')
    rated = rated.reset_index(drop=True)
    rolled = _counted(rated, _of_years(outcomes, rated), column)
    judged = _METHODS[method](rolled)
    rolled["rag"] = np.where(rolled["rated"].eq(0), "not rated", judged)
    rolled["rag_reason"] = _reasons(rolled, rated, column, method)
    rolled["assessed"] = _assessed(rolled, assessments)
    rolled["differs"] = (
        rolled["assessed"].notna() & rolled["rag"].ne("not rated") & rolled["assessed"].ne(rolled["rag"])
    )
    order = ["outcome", "title", "priority", "directorate", "period", "rag", "rag_reason", "assessed", "differs"]
    return rolled[[*order, "indicators", *_COUNTS]]


def by_priority(rolled: pd.DataFrame, priorities: pd.DataFrame) -> pd.DataFrame:
    """Count each priority's outcomes and indicators by rating, in the order of the plan.

    Needs what `roll_up` gives. Gives one row per period and priority: ``outcomes``, ``outcomes_green``,
    ``outcomes_amber``, ``outcomes_red``, ``outcomes_not_rated``, ``indicators`` and ``green``, ``amber``, ``red``,
    ``not_rated`` of the indicators. A priority without outcomes has counts of 0.
    """
    flags = {
        f"outcomes_{word.replace(' ', '_')}": rolled["rag"].eq(word) for word in ("green", "amber", "red", "not rated")
    }
    wide = rolled.assign(outcomes=1, **{name: flag.astype("int64") for name, flag in flags.items()})
    counts = ["outcomes", *flags, "indicators", *_COUNTS]
    sums = wide.groupby(["period", "priority"], sort=False)[counts].sum()
    names = priorities.sort_values("order", kind="stable")["priority"].drop_duplicates()
    keys = pd.MultiIndex.from_product([rolled["period"].unique(), names], names=["period", "priority"])
    full = sums.reindex(keys.append(sums.index.difference(keys)))
    return full.where(full.notna(), 0).astype("int64").reset_index()


def _of_years(outcomes: pd.DataFrame, rated: pd.DataFrame) -> pd.DataFrame:
    """Give the outcomes of each period's financial year."""
    labels = pd.Series(rated["period"].unique(), dtype="object")
    years = [periods.year_label(str(label)) for label in labels]
    # Of no period at all the years are still text, lest they match no outcome's.
    frame = pd.DataFrame({"period": labels, "financial_year": years}, dtype="object")
    kept = outcomes[["outcome", "financial_year", "title", "priority", "directorate"]]
    return frame.merge(kept.astype("object"), on="financial_year", how="inner")


def _counted(rated: pd.DataFrame, wanted: pd.DataFrame, column: str) -> pd.DataFrame:
    word = rated[column]
    flags = pd.DataFrame({name: word.eq(name).fillna(False).astype("int64") for name in _WORDS})
    flags["not_rated"] = 1 - flags.sum(axis=1)
    flags["indicators"] = 1
    weight = rated["weight"].astype("float64") if "weight" in rated else pd.Series(1.0, index=rated.index)
    flags["weight"] = weight.where(flags["not_rated"].eq(0), 0.0)
    flags["score"] = (2 * flags["green"] + flags["amber"]) * flags["weight"]
    keys = ["period", "outcome"]
    sums = pd.concat([rated[keys].astype("object"), flags], axis=1).groupby(keys, sort=False).sum().reset_index()
    rolled = wanted.merge(sums, on=keys, how="left")
    numbers = [*_COUNTS, "indicators"]
    rolled[numbers] = rolled[numbers].where(rolled[numbers].notna(), 0).astype("int64")
    return rolled.assign(rated=rolled["green"] + rolled["amber"] + rolled["red"])


def _worst(rolled: pd.DataFrame) -> Numbers:
    return np.where(rolled["red"] > 0, "red", np.where(rolled["amber"] > 0, "amber", "green"))


def _majority(rolled: pd.DataFrame) -> Numbers:
    order = rolled[list(_WORDS)].to_numpy()
    return np.asarray(np.array(_WORDS, dtype=object)[order.argmax(axis=1)])


def _weighted(rolled: pd.DataFrame) -> Numbers:
    mean = rolled["score"] / rolled["weight"].where(rolled["weight"] > 0)
    return np.where(mean >= _GREEN_FROM, "green", np.where(mean >= _AMBER_FROM, "amber", "red"))


_METHODS: dict[str, Callable[[pd.DataFrame], Numbers]] = {
    "worst": _worst,
    "majority": _majority,
    "weighted": _weighted,
}


def _reasons(rolled: pd.DataFrame, rated: pd.DataFrame, column: str, method: str) -> list[str]:
    """Say what each rating rests on: of how many, which indicators decide, and how many are not rated."""
    names = rated["ref"] if "ref" in rated else rated["indicator"]
    keys = [rated["period"].astype("object"), rated["outcome"].astype("object"), rated[column].astype("object")]
    refs = names.astype("object").groupby(keys).agg(list).to_dict()
    return [_reason(row, refs.get((row.period, row.outcome, row.rag), []), method) for row in rolled.itertuples()]


def _reason(row: Any, refs: list[str], method: str) -> str:
    if row.indicators == 0:
        return "no indicators"
    if row.rated == 0:
        return "its one indicator is not rated" if row.indicators == 1 else f"none of {row.indicators} is rated"
    if row.indicators == 1:
        return f"as its one indicator, {lists.join(refs)}"
    unrated = f"; {row.not_rated} not rated" if row.not_rated else ""
    which = f" on {lists.join(refs)}" if method == "worst" and row.rag != "green" else ""
    hidden = f", with {row.red} red" if method != "worst" and row.rag != "red" and row.red else ""
    return f"{method} of {row.rated}: {row.rag}{which}{hidden}{unrated}"


def _assessed(rolled: pd.DataFrame, assessments: pd.DataFrame | None) -> pd.Series[Any]:
    if assessments is None or assessments.empty:
        return pd.Series(None, index=rolled.index, dtype="object")
    said = assessments[assessments["subject_kind"] == "outcome"].drop_duplicates(["subject", "period"], keep="last")
    found = pd.MultiIndex.from_frame(said[["subject", "period"]].astype("object"))
    at = found.get_indexer(pd.MultiIndex.from_frame(rolled[["outcome", "period"]].astype("object")))
    words = [*said["rag"].astype("object"), None]
    return pd.Series(
        [None if pd.isna(words[place]) else words[place] for place in at], index=rolled.index, dtype="object"
    )
