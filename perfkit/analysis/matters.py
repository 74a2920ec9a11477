"""What matters most: outlook and variation of every indicator side by side, in the order in which to look at them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.model import periods

_DEFINED = ("ref", "title", "directorate", "priority", "unit", "decimals", "polarity", "series_type", "data_owner")
_VARIED = {
    "chart": "chart",
    "variation": "variation",
    "assurance": "assurance",
    "words": "variation_words",
    "period": "variation_period",
    "single": "single",
    "trial": "trial",
    "reason": "not_charted",
    "warnings": "variation_warnings",
}
_GOALS = ("part", "goal_low", "goal_high")
STEP = 0.05
"""By how much the weight falls from one priority of the plan to the next."""


def side_by_side(
    projected: pd.DataFrame, indicators: pd.DataFrame, *, variation: pd.DataFrame, paths: pd.DataFrame
) -> pd.DataFrame:
    """Set an indicator's definition, outlook and variation in one row; neither overwrites the other.

    ``projected`` is what `outlook.agreement` gives, ``variation`` the summary of `spc.charts`, ``paths`` what
    `outlook.paths_many` gives. Adds ref, title, directorate, priority, unit, decimals, polarity, series_type and
    data_owner; chart, variation, assurance, variation_words, variation_period, single, trial, not_charted and
    variation_warnings; part (of a pair the less probable), goal_low and goal_high, in the indicator's unit. Rows stay
    as they are in ``projected``.
    """
    current = indicators[indicators["financial_year"].isin(projected["year"])].drop_duplicates("indicator", keep="last")
    known = current.set_index("indicator")[[name for name in _DEFINED if name in current]]
    varied = variation.set_index("indicator")[list(_VARIED)].rename(columns=_VARIED)
    goals = paths.drop_duplicates("indicator").set_index("indicator")[[n for n in _GOALS if n in paths]]
    joined = projected
    for frame in (known, varied, goals):
        joined = joined.join(frame, on="indicator")
    return joined


def written(joined: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Add target_text, the year's target as it was written; missing where none was.

    Needs indicator and year in ``joined``; indicator, period, part and text in ``targets``.

    >>> joined = pd.DataFrame({"indicator": ["strategy"], "year": ["2017-18"]})
    >>> targets = pd.DataFrame({"indicator": ["strategy"], "period": ["2017-18"], "part": [1], "text": ["Completion"]})
    >>> written(joined, targets)["target_text"].item()
    'Completion'
    """
    years = {text: periods.year_label(text) for text in targets["period"].unique()}
    first_parts = targets[targets["part"] == 1].assign(year=targets["period"].map(years))
    texts = first_parts.drop_duplicates(["indicator", "year"], keep="last").set_index(["indicator", "year"])["text"]
    return joined.join(texts.rename("target_text"), on=["indicator", "year"])


def weigh(priorities: pd.DataFrame, *, given: Mapping[str, float] | None = None) -> dict[str, float]:
    """Give each priority of the plan its weight: 1 for the first, then a twentieth less for each that follows.

    Needs priority and order. ``given`` replaces the weights of the priorities it names, where the council has set some.

    >>> weigh(pd.DataFrame({"priority": ["Economy", "People"], "order": [1, 2]}))
    {'Economy': 1.0, 'People': 0.95}
    """
    ordered = priorities.drop_duplicates("priority").sort_values("order", kind="stable")["priority"]
    plain = {str(name): round(max(1 - STEP * place, STEP), 4) for place, name in enumerate(ordered)}
    return plain | {name: float(weight) for name, weight in (given or {}).items()}


def rank(joined: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Add the order in which to look: the probability of missing the target times the weight of its priority.

    Needs probability, priority and variation. Adds missing (probability of missing
    the target, 0 to 1), weight, matter (their product) and place (1 for what matters most; missing where there is no
    probability). Of equal ones a cause for concern comes first, then the order given. A priority without a weight
    weighs 1.

    >>> joined = pd.DataFrame({"priority": ["A", "A"], "probability": [0.9, 0.25], "variation": ["", "concern low"]})
    >>> rank(joined, {"A": 1.0})["place"].tolist()
    [2, 1]
    """
    missing = 1 - joined["probability"].astype("float64")
    weight = joined["priority"].map(dict(weights)).fillna(1.0).astype("float64")
    matter = missing * weight
    # Beyond the hundredth a probability says nothing: such ones count as equal.
    order = pd.DataFrame({"matter": matter.round(2), "concern": joined["variation"].str.startswith("concern")})
    sorted_rows = order[matter.notna()].sort_values(["matter", "concern"], ascending=False, kind="stable").index
    place = pd.Series(range(1, len(sorted_rows) + 1), index=sorted_rows, dtype="Int64").reindex(joined.index)
    return joined.assign(missing=missing, weight=weight, matter=matter, place=place)


def first(ranked: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """Give those that matter most, the first one first; needs place.

    >>> first(pd.DataFrame({"indicator": ["a", "b"], "place": [2, 1]}), 1)["indicator"].tolist()
    ['b']
    """
    return ranked[ranked["place"].le(most).fillna(False)].sort_values("place", kind="stable").reset_index(drop=True)


def figures(observations: pd.DataFrame, ranked: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give the figures behind the outlook and the charts: of the indicators shown, known by the end of the quarter.

    Needs indicator and period in ``observations`` and indicator in ``ranked``; keeps the columns of the first.

    >>> seen = pd.DataFrame({"indicator": ["a", "a", "b"], "period": ["2017-18 Q1", "2017-18 Q2", "2017-18 Q1"]})
    >>> len(figures(seen, pd.DataFrame({"indicator": ["a"]}), quarter="2017-18 Q1"))
    1
    """
    last = periods.parse(quarter, expect="quarter").end_time
    labels = [text for text in observations["period"].unique() if periods.parse(text).end_time <= last]
    known = observations["indicator"].isin(ranked["indicator"]) & observations["period"].isin(labels)
    return observations[known].reset_index(drop=True)
