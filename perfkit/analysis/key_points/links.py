"""Which indicators a key point speaks of, and the question to its author where a rating contradicts it."""

from __future__ import annotations

import pandas as pd

from perfkit.model import lists

KINDS = ("achievement", "issue")
POINT = ("kind", "subject", "number", "text", "status", "file", "sheet", "cell", "vintage")
_OF_INDICATOR = ("indicator", "ref", "title", "effective", "outlook")


def link(commentary: pd.DataFrame, rated: pd.DataFrame) -> pd.DataFrame:
    """Put beside each achievement and issue the indicators that it speaks of, with their ratings.

    Columns used: those of the table `commentary`; ``indicator, ref, title, effective, outlook`` of rated. Columns:
    those of the point, ``indicator, ref, title, effective, outlook`` (empty where it names none), and ``question`` to
    its author, the same in every row of a point: an achievement on a red indicator. One row a point and indicator, in
    the order given. An indicator that is not reported in the quarter keeps its id, without a rating.

    >>> said = pd.DataFrame({"kind": ["achievement"], "subject": "P", "number": 1, "text": "Most visits.",
    ...     "indicators": ["visits"]})
    >>> rated = pd.DataFrame({"indicator": ["visits"], "ref": "46", "title": "Visits", "effective": "red",
    ...     "outlook": "stable"})
    >>> link(said, rated)["question"].tolist()
    ['46 Visits is red: why is this an achievement?']
    """
    points = commentary[commentary["kind"].isin(KINDS) & commentary["text"].notna()]
    points = points.reindex(columns=[*POINT, "indicators"]).reset_index(drop=True)
    points = points.assign(point=points.index, indicator=points["indicators"].astype("object").str.split())
    linked = points.drop(columns="indicators").explode("indicator")
    linked = linked.merge(rated[list(_OF_INDICATOR)].astype("object"), on="indicator", how="left")
    asked = linked["point"].map(_questions(linked))
    return linked.assign(question=asked.astype("object")).drop(columns="point")


def _questions(linked: pd.DataFrame) -> dict[int, str]:
    """Ask of each point, by its place, what does not go together."""
    odd = linked[linked["kind"].eq("achievement") & linked["effective"].eq("red")]
    named = (odd["ref"].astype(str) + " " + odd["title"].astype(str)).groupby(odd["point"]).agg(list)
    return {int(point): _question(names) for point, names in named.items()}


def _question(names: list[str]) -> str:
    whole = lists.join(names)
    return f"{whole} {'is' if len(names) == 1 else 'are'} red: why is this an achievement?"
