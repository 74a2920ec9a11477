"""What a page says in words: its headline and numbered paragraphs, made from counted frames."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import words

Counts = Mapping[str, int]


def tally(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """Count what a column says; an empty cell counts as "none".

    >>> tally(pd.DataFrame({"effective": ["red", "green", "green", None]}), "effective")
    {'green': 2, 'none': 1, 'red': 1}
    """
    counted = frame[column].astype("object").where(frame[column].notna() & (frame[column] != ""), "none").value_counts()
    return {str(name): int(counted[name]) for name in sorted(counted.index)}


def scorecard(rated: pd.DataFrame) -> str:
    """Say in a headline how the indicators stand.

    >>> scorecard(pd.DataFrame({"effective": ["red", "green"], "outlook": ["stable", "stable"],
    ...     "ref": ["7", "8"], "title": ["Hours delivered", "Products"]}))
    '1 of 2 indicators is green and 1 red. Red: 7 (Hours delivered).'
    """
    said = words.rag_summary(tally(rated, "effective"))
    red = [f"{row.ref} ({row.title})" for row in rated[rated["effective"] == "red"].itertuples()]
    return said + (f" Red: {words.join(red)}." if red else "")


def outlooks(rated: pd.DataFrame) -> str:
    """Say what directors expect.

    >>> outlooks(pd.DataFrame({"outlook": ["improving", "stable", "deteriorating"]}))
    'Directors see 1 indicator improving, 1 stable and 1 deteriorating: 2 of 3 are stable or improving.'
    """
    counts = tally(rated, "outlook")
    shown = [(kind, counts[kind]) for kind in ("improving", "stable", "deteriorating") if counts.get(kind)]
    if not shown:
        return "Directors have given no outlook."
    first, *rest = shown
    parts = [f"{first[1]} {words.plural('indicator', first[1])} {first[0]}", *(f"{n} {kind}" for kind, n in rest)]
    good = counts.get("improving", 0) + counts.get("stable", 0)
    without = (
        f" {words.sentence(words.counted('indicator', counts['none']))[:-1]} has no outlook."
        if counts.get("none") == 1
        else ""
    )
    if counts.get("none", 0) > 1:
        without = f" {counts['none']} have no outlook."
    be = "is" if good == 1 else "are"
    return f"Directors see {words.join(parts)}: {good} of {len(rated)} {be} stable or improving.{without}"


def outcomes(rolled: pd.DataFrame) -> str:
    """Say how the outcomes stand, each rated by its worst indicator, and name the red ones.

    >>> outcomes(pd.DataFrame({"outcome": ["E5", "E6"], "title": ["Effective services", "Services designed together"],
    ...     "rag": ["red", "green"]}))
    '1 of 2 outcomes is green and 1 red. Red by its worst indicator: Effective services (E5).'
    """
    said = words.rag_summary(tally(rolled, "rag"), noun="outcome")
    red = [f"{row.title} ({row.outcome})" for row in rolled[rolled["rag"] == "red"].itertuples()]
    its = "its worst indicator" if len(red) == 1 else "their worst indicators"
    return said + (f" Red by {its}: {words.join(red)}." if red else "")
