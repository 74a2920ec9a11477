"""The commitments of a strategy: in which role, with which indicators as evidence, and how those are rated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.model.schemas import RAGS

STATES = ("rated", "not rated", "not in the framework", "none named")
"""What evidence a commitment has, the best that any of its indicators gives."""


def evidence(commitments: pd.DataFrame, rated: pd.DataFrame) -> pd.DataFrame:
    """List the indicators that a commitment names, one a row, each with its rating where it has one.

    Needs number and indicators (ids separated by spaces) of ``commitments``, and indicator, ref, title and effective of
    ``rated``. Gives number, indicator, ref, title, rating (green, amber, red or not rated; missing for an indicator
    that is not in the quarter's framework). A commitment that names none has no row.

    >>> commitments = pd.DataFrame({"number": [1], "indicators": ["hours users"]})
    >>> rated = pd.DataFrame({"indicator": ["hours"], "ref": ["7"], "title": ["Hours"], "effective": ["red"]})
    >>> evidence(commitments, rated)[["indicator", "rating"]].astype("object").values.tolist()
    [['hours', 'red'], ['users', nan]]
    """
    named = commitments[["number"]].assign(indicator=commitments["indicators"].str.split())
    named = named.explode("indicator").dropna(subset="indicator").drop_duplicates()
    seen = rated[["indicator", "ref", "title", "effective"]].rename(columns={"effective": "rating"}).astype("object")
    return named.astype({"indicator": "object"}).merge(seen, on="indicator", how="left").reset_index(drop=True)


def matrix(commitments: pd.DataFrame, proof: pd.DataFrame) -> pd.DataFrame:
    """Give each commitment with its roles, how many indicators evidence it and how they are rated.

    Needs the table commitments of one year, and what `evidence` gives. Adds named, green, amber, red and not_rated
    (numbers of indicators; not_rated counts those outside the framework too), and state (of `STATES`).

    >>> commitments = pd.DataFrame({"number": [1, 2], "indicators": ["hours", None]})
    >>> proof = pd.DataFrame({"number": [1], "indicator": ["hours"], "rating": ["red"]})
    >>> matrix(commitments, proof)[["red", "state"]].values.tolist()
    [[1, 'rated'], [0, 'none named']]
    """
    flags = {rag: proof["rating"].eq(rag).fillna(False).astype("int64") for rag in RAGS}
    known = proof["rating"].notna().astype("int64")
    counted = pd.DataFrame(flags | {"named": 1, "known": known}, index=proof.index)
    sums = counted.groupby(proof["number"].astype("int64")).sum()
    rows = commitments.sort_values("number", kind="stable").reset_index(drop=True)
    counts = sums.reindex(rows["number"].astype("int64"), fill_value=0).astype("int64").reset_index(drop=True)
    judged = counts["green"] + counts["amber"] + counts["red"]
    state = np.select([judged > 0, counts["known"] > 0, counts["named"] > 0], list(STATES[:3]), STATES[3])
    rows = rows.assign(**{name: counts[name] for name in ("named", *RAGS)})
    return rows.assign(not_rated=counts["named"] - judged, state=pd.Series(state, index=rows.index, dtype="object"))
