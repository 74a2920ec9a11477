"""The register of risks: likelihood times impact, how high that is, and how it moved since the last quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfkit.model import periods, risk_levels

_FIRST = {"up": 0, "new": 1, "same": 2, "down": 3}
_OF_HIGHEST = (
    "risk", "title", "likelihood", "impact", "score", "level", "trend", "score_before", "owner", "mitigation",
)  # fmt: skip


def register(risks: pd.DataFrame, *, quarter: str, high: int = risk_levels.HIGH) -> pd.DataFrame:
    """Give the register of a quarter, the highest risk first, each held against the register of the quarter before.

    Needs ``period, risk, likelihood, impact`` of every quarter known. Adds ``score`` (likelihood times impact, 1 to
    25), ``level`` (`perfkit.model.risk_levels`), ``score_before`` and ``trend``: up, down, same, or new where the last
    register did not have it; "" where there was no register of the quarter before.

    >>> risks = pd.DataFrame({"period": ["2016-17 Q4", "2017-18 Q1", "2017-18 Q1"], "risk": ["R1", "R1", "R2"],
    ...     "likelihood": [3, 4, 1], "impact": [4, 4, 2]})
    >>> register(risks, quarter="2017-18 Q1")[["risk", "score", "level", "score_before", "trend"]].values.tolist()
    [['R1', 16, 'high', 12, 'up'], ['R2', 2, 'low', <NA>, 'new']]
    """
    now, before = _of(risks, quarter), _of(risks, periods.previous(quarter))
    score = _score(now)
    then = pd.Series(_score(before).to_numpy(), index=before["risk"].astype("object"), dtype="Int64")
    earlier = now["risk"].astype("object").map(then).astype("Int64")
    change = (score - earlier).astype("float64").to_numpy()
    moved = np.select([np.isnan(change), change > 0, change < 0], ["new", "up", "down"], "same")
    level = [risk_levels.level(int(each), high=high) for each in score]
    made = now.assign(
        score=score,
        level=pd.Series(level, index=now.index, dtype="object"),
        score_before=earlier,
        trend=(moved if len(before) else np.full(len(now), "")).astype(object),
    )
    return made.sort_values(["score", "risk"], ascending=[False, True], kind="stable").reset_index(drop=True)


def closed(risks: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Give the risks of the last quarter's register that the quarter's own no longer has, with their last ``score``.

    Needs what `register` needs. Empty where either register has not come: a register that is missing closes nothing.

    >>> risks = pd.DataFrame({"period": ["2016-17 Q4", "2016-17 Q4", "2017-18 Q1"], "risk": ["R1", "R2", "R1"],
    ...     "likelihood": [3, 2, 3], "impact": [4, 2, 4]})
    >>> closed(risks, quarter="2017-18 Q1")[["risk", "score"]].values.tolist()
    [['R2', 4]]
    """
    now, before = _of(risks, quarter), _of(risks, periods.previous(quarter))
    gone = before[~before["risk"].isin(now["risk"])] if len(now) else before.iloc[:0]
    return gone.assign(score=_score(gone)).reset_index(drop=True)


def highest(register: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Count risks by a column and name the highest of each: of equal ones that which rose, then the first id.

    Needs what `register` adds and ``by``; rows without a value of it are left out. Gives ``risks``, ``high`` (how many
    are), and of the highest its risk, risk_title, likelihood, impact, score, level, trend, score_before, owner and
    mitigation.

    >>> found = pd.DataFrame({"risk": ["R1", "R2"], "directorate": "PH", "score": [6, 6], "level": "low",
    ...     "trend": ["same", "up"]})
    >>> highest(found, by="directorate")[["risks", "high", "risk"]].values.tolist()
    [[2, 0, 'R2']]
    """
    rows = register[register[by].notna()]
    order = rows.assign(_moved=rows["trend"].map(_FIRST).fillna(len(_FIRST)))
    order = order.sort_values(["score", "_moved", "risk"], ascending=[False, True, True], kind="stable")
    kept = [name for name in _OF_HIGHEST if name in rows]
    first = order.drop_duplicates(by).set_index(by)[kept].rename(columns={"title": "risk_title"})
    counted = pd.DataFrame({by: rows[by], "risks": 1, "high": rows["level"].eq("high").astype("int64")})
    return counted.groupby(by, sort=False)[["risks", "high"]].sum().join(first).reset_index()


def _of(risks: pd.DataFrame, quarter: str) -> pd.DataFrame:
    return risks[risks["period"] == quarter].reset_index(drop=True)


def _score(risks: pd.DataFrame) -> pd.Series[int]:
    return risks["likelihood"].astype("Int64") * risks["impact"].astype("Int64")
