"""Where a red indicator, an overspend and a high risk meet."""

from __future__ import annotations

import pandas as pd


def meet(view: pd.DataFrame) -> pd.DataFrame:
    """Say of each row of a single view which of the three it has: a red indicator, an overspend, a high risk.

    Needs ``red`` (how many), ``side``, ``lines``, ``level`` and ``risks`` of `by_directorate` or `by_priority`. Adds
    ``has_red``, ``has_over`` (the forecast is over budget beyond what is green), ``has_high`` and ``meeting`` (how many
    of the three, 0 to 3); ``finance_known`` and ``risk_known``: whether a return has come, so that what has not come
    never counts as well; ``rated_known``: whether any of its indicators is rated, true where it has none; and
    ``judged``: whether its money could be judged, as it cannot where a forecast is missing. Needs ``indicators`` and
    ``not_rated`` too.

    >>> view = pd.DataFrame({"red": [1, 0], "side": ["over", None], "lines": [3, 0], "level": ["high", "low"],
    ...     "risks": [2, 1], "indicators": [4, 4], "not_rated": [0, 4]})
    >>> meet(view)[["meeting", "finance_known"]].values.tolist()
    [[3, True], [0, False]]
    """
    flags = {
        "has_red": view["red"].gt(0).fillna(False).astype(bool),
        "has_over": view["side"].eq("over").fillna(False).astype(bool),
        "has_high": view["level"].eq("high").fillna(False).astype(bool),
    }
    finance = view["lines"].notna() if "line" in view else view["lines"].gt(0).fillna(False)
    judged = view["side"].notna() & view["side"].ne("")
    known = {
        "rated_known": (view["indicators"].eq(0) | view["not_rated"].lt(view["indicators"])).astype(bool),
        "finance_known": finance.astype(bool),
        "risk_known": view["risks"].notna(),
        "judged": judged.astype(bool),
    }
    return view.assign(**flags, meeting=sum(flag.astype("int64") for flag in flags.values()), **known)
