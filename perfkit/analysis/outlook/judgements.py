"""The director's outlook beside ours, the question to ask, and judgements held against what came."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.outlook.council import project_many
from perfkit.model import chances

ASK_BELOW, ASK_ABOVE = 0.25, 0.75
"""Probabilities of meeting the target beyond which a director's contrary view is asked about."""
ON_TRACK, OFF_TRACK = "on track", "off track"
STATED = {ON_TRACK: 0.8, OFF_TRACK: 0.2}
"""What a director's words are scored as: the least that "likely", and the most that "unlikely", means here."""
LEAST_RESOLVED = 30
"""A Brier score of fewer judgements says more about luck."""
_OUTTURN = {"indicator": "str", "year": "str", "met": "boolean"}
RECORD = ("indicator", "year", "quarter", "who", "probability")

_VIEWS = {
    ("green", "improving"): ON_TRACK, ("green", "stable"): ON_TRACK, ("green", ""): ON_TRACK,
    ("amber", "improving"): ON_TRACK, ("", "improving"): ON_TRACK, ("", "stable"): ON_TRACK,
    ("green", "deteriorating"): OFF_TRACK, ("amber", "deteriorating"): OFF_TRACK, ("", "deteriorating"): OFF_TRACK,
    ("red", "deteriorating"): OFF_TRACK, ("red", "stable"): OFF_TRACK, ("red", ""): OFF_TRACK,
}  # fmt: skip
_OPPOSITE = {"improving": "deteriorating", "deteriorating": "improving"}


def agreement(projected: pd.DataFrame, assessments: pd.DataFrame) -> pd.DataFrame:
    """Set the director's view beside the projection, with the question to ask where they differ.

    Needs the columns of `project_many`, and of assessments (one quarter's) subject, rag and outlook. Adds
    director_rag, director_outlook, director_view ("on track", "off track", or empty where rating and outlook together
    claim neither), agrees ("agrees", "differs", or empty where one of the two says nothing) and question. Neither view
    overwrites the other. Green with an outlook that is not deteriorating, or amber and improving, is on track, red
    without improvement off track, and a deteriorating outlook off track whatever the rating.

    >>> projected = pd.DataFrame({"indicator": ["visits"], "probability": [0.1], "direction": ["deteriorating"]})
    >>> said = pd.DataFrame({"subject": ["visits"], "rag": ["green"], "outlook": ["stable"]})
    >>> agreement(projected, said)["question"].item()
    "The director's view is on track (green, stable); the figures give the target a probability of 10%. What \
will change by the year-end?"
    """
    said = assessments
    if "subject_kind" in said:
        said = said[said["subject_kind"] == "indicator"]
    said = said.drop_duplicates("subject", keep="last").set_index("subject")
    rag, outlook = (_text(said[name].reindex(projected["indicator"])) for name in ("rag", "outlook"))
    view = [_VIEWS.get(pair, "") for pair in zip(rag, outlook, strict=True)]
    ours = zip(projected["probability"], _text(projected["direction"]), strict=True)
    theirs = zip(view, rag, outlook, strict=True)
    sides = [_compare(*said, chance, way) for said, (chance, way) in zip(theirs, ours, strict=True)]
    return projected.assign(
        director_rag=rag,
        director_outlook=outlook,
        director_view=view,
        agrees=[side[0] for side in sides],
        question=[side[1] for side in sides],
    )


def _text(column: pd.Series[Any]) -> list[str]:
    return ["" if pd.isna(value) else str(value) for value in column]


def _compare(view: str, rag: str, outlook: str, chance: float | None, way: str) -> tuple[str, str]:
    """Say whether the views agree, and what to ask: of the target where it has a probability, else of the direction."""
    if view and chance is not None and not pd.isna(chance):
        said = f"The director's view is {view} ({', '.join(filter(None, (rag, outlook)))})"
        given = f"{said}; the figures give the target a probability of {chances.written(float(chance))}"
        if view == ON_TRACK and chance < ASK_BELOW:
            return "differs", f"{given}. What will change by the year-end?"
        if view == OFF_TRACK and chance > ASK_ABOVE:
            return "differs", f"{given}. What is not yet in the figures?"
        return "agrees", ""
    if way and outlook and way == _OPPOSITE.get(outlook):
        return "differs", f"The director says {outlook}; the figures say {way}. What is not yet in the figures?"
    return ("agrees", "") if way and outlook and way == outlook else ("", "")


def record(agreed: pd.DataFrame, *, quarter: str, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Add a quarter's judgements, ours and the director's, to those recorded before.

    Needs the columns of `agreement` and year. Gives indicator, year, quarter, who ("perfkit" or "director") and
    probability of meeting the target. A judgement once recorded stands: the same quarter again does not change it.
    Settled matters (met is known) are facts, not judgements, and are left out.
    """
    if "met" in agreed:
        agreed = agreed[agreed["met"].isna()]
    base = agreed[["indicator", "year"]].assign(quarter=quarter)
    ours = base.assign(who="perfkit", probability=agreed["probability"].astype("float64"))
    stated = agreed["director_view"].map(STATED).astype("float64")
    new = pd.concat([ours, base.assign(who="director", probability=stated)]).dropna(subset=["probability"])
    every = new if before is None or before.empty else pd.concat([before[list(RECORD)], new])
    kept = every[list(RECORD)].drop_duplicates(["indicator", "year", "quarter", "who"], keep="first")
    return kept.sort_values(["year", "quarter", "indicator", "who"], kind="stable").reset_index(drop=True)


def outturns(
    recorded: pd.DataFrame, observations: pd.DataFrame, indicators: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """Say of every year that was judged whether each target was met, where the year has ended and its figure is known.

    Needs year in ``recorded`` and what `project_many` needs. Gives indicator, year and met (True or False). A total
    that has met its target before the year's end is not an outturn yet.

    >>> outturns(pd.DataFrame({"year": []}), pd.DataFrame(), pd.DataFrame(), pd.DataFrame()).columns.tolist()
    ['indicator', 'year', 'met']
    """
    found = [pd.DataFrame({"indicator": [], "year": [], "met": []}).astype(_OUTTURN)]
    for year in sorted(recorded["year"].unique()):
        ended = project_many(observations, indicators, targets, quarter=f"{year} Q4")
        known = (ended["confidence"] == "known") & ended["met"].notna()
        found.append(ended.loc[known, list(_OUTTURN)])
    return pd.concat(found, ignore_index=True)


def score(recorded: pd.DataFrame, outturns: pd.DataFrame) -> pd.DataFrame:
    """Score recorded judgements against how the years ended.

    Needs the columns that `record` gives, and in ``outturns`` indicator, year and met (True, False or missing). Gives
    a row for each who: judgements, resolved, brier (the mean square of the miss: 0 is perfect, 0.25 is a coin) and
    words. The score is missing until 30 judgements are resolved.
    """
    if recorded.empty:
        return pd.DataFrame(columns=["who", "judgements", "resolved", "brier", "words"])
    ended = outturns.dropna(subset=["met"]).drop_duplicates(["indicator", "year"], keep="last")
    joined = recorded.merge(ended[["indicator", "year", "met"]], on=["indicator", "year"], how="left")
    return pd.DataFrame([_scored(str(who), rows) for who, rows in joined.groupby("who", sort=True)])


def _scored(who: str, rows: pd.DataFrame) -> dict[str, Any]:
    resolved = rows.dropna(subset=["met"])
    count = len(resolved)
    row = {"who": who, "judgements": len(rows), "resolved": count, "brier": np.nan}
    if count < LEAST_RESOLVED:
        left = LEAST_RESOLVED - count
        more = f"{left} more {'is' if left == 1 else 'are'} needed"
        said = f"{count} judgement{'' if count == 1 else 's'} resolved; a score is shown from {LEAST_RESOLVED}: {more}."
        return row | {"words": said}
    missed = resolved["probability"].to_numpy("float64") - resolved["met"].astype("float64").to_numpy()
    brier = float((missed**2).mean())
    return row | {"brier": brier, "words": f"Brier score {brier:.2f} over {count} judgements (a coin scores 0.25)."}
