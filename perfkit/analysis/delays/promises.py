"""The delays as indicators, so that their promises and their year's end can be looked at as any indicator's."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.analysis.delays.series import by_quarter
from perfkit.analysis.delays.trajectory import delivered
from perfkit.model import areas, periods
from perfkit.model.schemas import ALL

PROMISED = {ALL: "delayed-all", "social care": "delayed-social-care", "both": "delayed-attributable"}
"""The indicator that each attribution is promised by; of all delays together nothing is promised."""
HOURS = "reablement-hours"
_TITLES = {ALL: "All delays", "social care": "Social care delays", "both": "Delays of both jointly"}


def own(targets: pd.DataFrame, *, area: str, council: str) -> pd.DataFrame:
    """Keep the targets where the council is that of the area, no rows where it is another's: nobody else promised them.

    >>> targets = pd.DataFrame({"indicator": ["delayed-social-care"]})
    >>> [len(own(targets, area=area, council="Kent County Council")) for area in ("Kent", "Devon", "England")]
    [1, 0, 0]
    """
    return targets if areas.named(area) == areas.named(council) else targets.iloc[:0]


def quarterly(frame: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Give people delayed a day by whole quarter as observations: in all, of social care, of both jointly.

    Needs the columns of `delays`. Gives indicator, part, period (label), value (people a day) and status, from the
    newest quarter back to the first gap: what lies behind missing quarters says nothing of where the series is heading.
    """
    return pd.concat([_observed(frame, area, line) for line in PROMISED], ignore_index=True)


def _observed(frame: pd.DataFrame, area: str, line: str) -> pd.DataFrame:
    quarters = by_quarter(frame, area=area, attribution=line)
    whole = quarters[quarters["complete"].astype(bool)]
    number = pd.Series([periods.parse(label).ordinal for label in whole["period"]], index=whole.index, dtype="int64")
    broken = number.diff().ne(1).cumsum()
    whole = whole[broken == broken.max()]
    kept = whole.rename(columns={"people_a_day": "value"})[["period", "value", "status"]]
    return kept.assign(indicator=PROMISED[line], part=1)[["indicator", "part", "period", "value", "status"]]


def defined(quarter: str) -> pd.DataFrame:
    """Define those indicators for the year of a quarter: title, unit, decimals, polarity and the rest.

    >>> defined("2017-18 Q1")["title"].tolist()
    ['All delays', 'Social care delays', 'Delays of both jointly']
    """
    year = periods.year_label(quarter)
    same: dict[str, Any] = {"financial_year": year, "unit": "people a day", "decimals": 1, "polarity": "lower",
                            "series_type": "point", "frequency": "quarter", "arrears": 0}  # fmt: skip
    return pd.DataFrame([{"indicator": PROMISED[line], "title": _TITLES[line], **same} for line in PROMISED])


def hours(observations: pd.DataFrame, targets: pd.DataFrame, *, quarter: str) -> pd.DataFrame:
    """Hold the hours of discharge and reablement care delivered a month against those contracted, up to a quarter.

    Needs the columns of `observations` and `targets` of the indicator `reablement-hours`. Gives period, hours,
    contracted, share (per cent), shortfall (hours), status, file, sheet and cell; no rows where the framework has no
    such target or nothing was observed.
    """
    promised = targets[(targets["indicator"] == HOURS) & targets["low"].notna()]
    last = periods.parse(quarter, expect="quarter").end_time
    mine = observations[(observations["indicator"] == HOURS) & observations["value"].notna()]
    ends = periods.ends(mine["period"]) if len(mine) else pd.Series(dtype="datetime64[ns]")
    mine = mine[(ends <= last).to_numpy(dtype=bool)].rename(columns={"value": "hours"})
    columns = ["period", "hours", "contracted", "share", "shortfall", "status", "file", "sheet", "cell"]
    if promised.empty or mine.empty:
        return pd.DataFrame(columns=columns)
    held = delivered(mine.assign(month=mine["period"]), contracted=float(promised["low"].iloc[-1]))
    made = held.assign(period=held["month"], share=held["share"] * 100, **mine[["status", "file", "sheet", "cell"]])
    return made.iloc[periods.ends(made["period"]).argsort()][columns].reset_index(drop=True)
