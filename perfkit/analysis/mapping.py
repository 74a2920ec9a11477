"""The second line of reporting: which leadership priorities indicators, outcomes, budget lines and risks bear on.

One thing may bear on several priorities, so that counts by priority do not add up to the whole.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.model import periods

_PLACE = ("file", "sheet", "cell", "vintage")


def serve(rated: pd.DataFrame, mapping: pd.DataFrame) -> pd.DataFrame:
    """Give each rated indicator once for every leadership priority that it serves.

    Needs ``indicator, outcome, period`` of ``rated`` and the table ``mapping``, of which the rows of the period's
    financial year count. Adds ``number`` (of the priority) and ``through``: "" where the indicator itself is mapped,
    else "outcome": an indicator without a mapping of its own follows its outcome. Those without either are left out
    (`unmapped`).

    >>> rated = pd.DataFrame({"indicator": ["a", "b"], "outcome": "E5", "period": "2017-18 Q1"})
    >>> mapping = pd.DataFrame({"subject_kind": ["indicator", "indicator", "outcome"], "subject": ["a", "a", "E5"],
    ...     "number": [7, 10, 8], "financial_year": "2017-18"})
    >>> serve(rated, mapping)[["indicator", "number", "through"]].values.tolist()
    [['a', 7, ''], ['b', 8, 'outcome'], ['a', 10, '']]
    """
    own = _mapped(mapping, rated, "indicator")
    theirs = _mapped(mapping, rated, "outcome")
    first = rated.merge(own, on=["indicator", "period"], how="inner").assign(through="")
    left = rated[~rated["indicator"].isin(own["indicator"])]
    second = left.merge(theirs, on=["outcome", "period"], how="inner").assign(through="outcome")
    whole = pd.concat([first, second], ignore_index=True)
    return whole.sort_values("number", kind="stable").reset_index(drop=True)


def serve_outcomes(rolled: pd.DataFrame, mapping: pd.DataFrame, served: pd.DataFrame) -> pd.DataFrame:
    """Give each rolled-up outcome once for every leadership priority that it serves.

    Needs ``outcome`` and ``period`` of ``rolled`` and what `serve` gives. Adds ``number`` and ``through``: "" where the
    outcome itself is mapped, else "indicators": an outcome without a mapping of its own follows its indicators.
    """
    own = _mapped(mapping, rolled, "outcome")
    first = rolled.merge(own, on=["outcome", "period"], how="inner").assign(through="")
    left = rolled[~rolled["outcome"].isin(own["outcome"])]
    below = served[["outcome", "period", "number"]].drop_duplicates()
    second = left.merge(below, on=["outcome", "period"], how="inner").assign(through="indicators")
    return pd.concat([first, second], ignore_index=True).sort_values("number", kind="stable").reset_index(drop=True)


def unmapped(whole: pd.DataFrame, served: pd.DataFrame, *, by: str = "indicator") -> pd.DataFrame:
    """Give the rows of a frame that serve no leadership priority; ``by`` names the column that tells them apart.

    >>> unmapped(pd.DataFrame({"indicator": ["a", "b"]}), pd.DataFrame({"indicator": ["a"]}))["indicator"].tolist()
    ['b']
    """
    return whole[~whole[by].isin(served[by])].reset_index(drop=True)


def subjects(rated: pd.DataFrame, rolled: pd.DataFrame, mapping: pd.DataFrame) -> pd.DataFrame:
    """List every indicator and outcome once with all the leadership priorities that it serves.

    Needs what `serve` and `serve_outcomes` need, with title, ref and effective of ``rated`` and title and rag of
    ``rolled``. Gives ``kind, ref, title, rag, priorities`` (numbers, "" for none), ``through``, and the ``file, sheet,
    cell, vintage`` of the mapping, missing where there is none of its own.
    """
    served = serve(rated, mapping)
    outcomes = serve_outcomes(rolled, mapping, served)
    indicators = _listed(rated.assign(rag=rated["effective"]), served, "indicator")
    both = [_listed(rolled.assign(ref=rolled["outcome"]), outcomes, "outcome"), indicators]
    rows = pd.concat(both, ignore_index=True)
    places = mapping.drop_duplicates(["subject_kind", "subject"])
    places = places[["subject_kind", "subject", *(name for name in _PLACE if name in mapping)]]
    found = rows.merge(places, left_on=["kind", "subject"], right_on=["subject_kind", "subject"], how="left")
    return found.drop(columns=["subject_kind", "subject"])


def _listed(whole: pd.DataFrame, served: pd.DataFrame, kind: str) -> pd.DataFrame:
    held = served.drop_duplicates([kind, "number"]).sort_values("number", kind="stable").groupby(kind, sort=False)
    numbers = {subject: ", ".join(map(str, part["number"])) for subject, part in held}
    ways = served.drop_duplicates(kind).set_index(kind)["through"].to_dict()
    made = whole[["ref", "title", "rag"]].reset_index(drop=True).assign(kind=kind, subject=whole[kind].to_numpy(object))
    return made.assign(
        priorities=[numbers.get(subject, "") for subject in made["subject"]],
        through=[ways.get(subject, "") for subject in made["subject"]],
    )


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """Give budget lines or risks once for every leadership priority that they bear on; those that name none drop out.

    Needs ``priorities``, numbers separated by spaces. Adds ``number``. What is repeated must never be added up.

    >>> spread(pd.DataFrame({"risk": ["R1", "R2"], "priorities": ["7 10", None]}))[["risk", "number"]].values.tolist()
    [['R1', 7], ['R1', 10]]
    """
    named = frame["priorities"].astype("object").fillna("").astype(str).str.split()
    rows = frame.assign(number=named.to_numpy()).explode("number")
    rows = rows[rows["number"].notna()]
    return rows.assign(number=rows["number"].astype("int64").astype("Int64")).reset_index(drop=True)


def strays(mapping: pd.DataFrame, *, rated: pd.DataFrame, priorities: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the mapping, of the quarter's year, that name what the framework of the year does not have.

    Needs ``indicator, outcome, period`` of ``rated`` and ``number`` of ``priorities``. Adds ``unknown``: indicator,
    outcome or priority.
    """
    rows = _of_years(mapping, rated)
    indicator = rows["subject_kind"].eq("indicator") & ~rows["subject"].isin(rated["indicator"])
    outcome = rows["subject_kind"].eq("outcome") & ~rows["subject"].isin(rated["outcome"])
    priority = ~rows["number"].isin(priorities["number"])
    words = pd.Series("", index=rows.index, dtype="object")
    words = words.mask(priority, "priority").mask(indicator, "indicator").mask(outcome, "outcome")
    return rows.assign(unknown=words)[words != ""].drop(columns="_period").reset_index(drop=True)


def _mapped(mapping: pd.DataFrame, rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Give the mapping of one kind of subject: its id, the period, and the number of a priority, each once."""
    held = _of_years(mapping[mapping["subject_kind"] == kind], rows)
    named = held[["subject", "_period", "number"]].rename(columns={"subject": kind, "_period": "period"})
    return named.astype({"number": "Int64", kind: "object", "period": "object"}).drop_duplicates()


def _of_years(mapping: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the mapping of each period's financial year, and name the period."""
    labels = pd.Series(rows["period"].unique(), dtype="object")
    years: list[Any] = [periods.year_label(str(label)) for label in labels]
    frame = pd.DataFrame({"_period": labels, "financial_year": pd.Series(years, dtype="object")})
    return mapping.astype({"financial_year": "object"}).merge(frame, on="financial_year", how="inner")
