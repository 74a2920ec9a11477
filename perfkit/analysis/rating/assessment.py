"""The director's rating beside the calculated one, and which of the two is effective."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd

from perfkit.model import lists, periods
from perfkit.model.ordinals import Numbers

_KEPT = ("rag", "outlook", "reason", "action", "assessed_by", "assessed_on", "expires_on", "file", "sheet", "cell")


def assess(rated: pd.DataFrame, assessments: pd.DataFrame, *, on: datetime.date | None = None) -> pd.DataFrame:
    """Put the director's rating beside the calculated one, which stays as it is.

    Needs what `rate` gives and the table ``assessments``. Adds ``assessed``, ``outlook``, ``reason``, ``action``,
    ``assessed_by``, ``assessed_on``, ``effective`` (assessed where given and not expired, else calculated),
    ``effective_reason``, ``differs`` (both were given and they differ), ``question`` (what is to be asked of the
    director: a rating that differs needs a reason, a name and a date), and ``assessed_file``, ``assessed_sheet``,
    ``assessed_cell``. A rating has expired if ``expires_on`` is before ``on``, or before the last day of the quarter if
    that is not given.

    >>> rated = pd.DataFrame({"indicator": ["visits"], "period": ["2017-18 Q1"], "ref": ["46"], "calculated": ["red"],
    ...     "calculated_reason": [""]})
    >>> assessments = pd.DataFrame({"subject_kind": ["indicator"], "subject": ["visits"], "period": ["2017-18 Q1"],
    ...     "rag": ["amber"], "assessed_by": ["The director"], "assessed_on": [pd.Timestamp("2017-07-20")]})
    >>> assess(rated, assessments)[["effective", "differs", "question"]].values.tolist()
    [['amber', True, 'The director rates indicator 46 amber, the figures say red: a reason is needed.']]
    """
    rated, said = rated.reset_index(drop=True), _of_indicators(assessments)
    at = pd.MultiIndex.from_frame(said[["subject", "period"]]).get_indexer(
        pd.MultiIndex.from_frame(rated[["indicator", "period"]].astype("object"))
    )
    told = {name: _take(said, name, at, rated.index) for name in _KEPT}
    assessed, calculated = told["rag"], rated["calculated"]
    expired = _expired(told["expires_on"], rated["period"], on)
    given = assessed.notna()
    differs = given & calculated.ne("not rated") & assessed.ne(calculated)
    names = {f"assessed_{name}": told[name] for name in ("file", "sheet", "cell")}
    return rated.assign(
        assessed=assessed,
        **{name: told[name] for name in ("outlook", "reason", "action", "assessed_by", "assessed_on")},
        effective=assessed.where(given & ~expired, calculated),
        effective_reason=_effective_reasons(rated, given, expired, told["expires_on"]),
        differs=differs.astype(bool),
        question=_questions(rated, differs, told),
        **names,
    )


def _of_indicators(assessments: pd.DataFrame) -> pd.DataFrame:
    said = assessments
    if "subject_kind" in said:
        said = said[said["subject_kind"] == "indicator"]
    return said.drop_duplicates(["subject", "period"], keep="last").reset_index(drop=True)


def _take(said: pd.DataFrame, name: str, at: Numbers, index: pd.Index[Any]) -> pd.Series[Any]:
    if name not in said or said.empty:
        return pd.Series(None, index=index, dtype="object")
    return pd.Series(said[name].array.take(at, allow_fill=True), index=index)


def _expired(expires: pd.Series[Any], period: pd.Series[Any], on: datetime.date | None) -> pd.Series[Any]:
    judged = periods.ends(period) if on is None else pd.Timestamp(on)
    return pd.to_datetime(expires) < judged


def _effective_reasons(
    rated: pd.DataFrame, given: pd.Series[Any], expired: pd.Series[Any], expires: pd.Series[Any]
) -> pd.Series[Any]:
    days = pd.to_datetime(expires)
    day = days.map(lambda d: "" if pd.isna(d) else f"{d.day} {periods.MONTHS[d.month - 1]} {d.year}").astype("str")
    unrated = rated["calculated"].eq("not rated")
    texts = np.select(
        [given & ~expired, given & expired, unrated],
        ["the director's rating", "calculated: the director's rating expired on " + day, rated["calculated_reason"]],
        "calculated",
    )
    return pd.Series(texts, index=rated.index)


def _questions(rated: pd.DataFrame, differs: pd.Series[Any], told: dict[str, pd.Series[Any]]) -> pd.Series[Any]:
    """Ask for what an override lacks."""
    lacks = {"a reason": "reason", "a name": "assessed_by", "a date": "assessed_on"}
    questions = pd.Series("", index=rated.index, dtype="object")
    for row in rated.index[differs]:
        missing = [
            words for words, name in lacks.items() if pd.isna(told[name][row]) or str(told[name][row]).strip() == ""
        ]
        if missing:
            which = f"indicator {rated.at[row, 'ref']}" if "ref" in rated else str(rated.at[row, "indicator"])
            needed = lists.join(missing)
            questions[row] = (
                f"The director rates {which} {told['rag'][row]}, the figures say {rated.at[row, 'calculated']}: "
                f"{needed} {'is' if len(missing) == 1 else 'are'} needed."
            )
    return questions
