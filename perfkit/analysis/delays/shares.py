"""Whose delays they are and where patients wait: shares of a period, and how they moved since an earlier one."""

from __future__ import annotations

import pandas as pd

from perfkit.analysis.delays import splits

_COLUMNS = ["split", "part", "people_a_day", "share", "before", "share_before", "change", "points"]
_CHANGES = ["before", "after", "change", "share_of_change", "note"]


def shares(frame: pd.DataFrame, *, area: str, period: str, before: str) -> pd.DataFrame:
    """Give people delayed a day and their share by attribution and by setting, and how both moved.

    Needs the columns of `delays`; ``before`` labels the earlier period, "" for none. Gives split (attribution or
    setting), part, people_a_day, share (per cent of the split), before and share_before (missing without an earlier
    period), change (people a day) and points (percentage points). Raises `ParameterError` where a period has no data.
    """
    attribution = _moved(splits.by_attribution, frame, area, period, before, "attribution")
    setting = _moved(splits.by_setting, frame, area, period, before, "setting")
    return pd.concat([attribution, setting], ignore_index=True)[_COLUMNS]


def _moved(split: splits.Splitter, frame: pd.DataFrame, area: str, period: str, before: str, by: str) -> pd.DataFrame:
    now = split(frame, area=area, period=period).rename(columns={by: "part"})
    then = split(frame, area=area, period=before).set_index(by) if before else pd.DataFrame(index=pd.Index([]))
    lacking = pd.Series(float("nan"), index=then.index)
    earlier = now["part"].map(then.get("people_a_day", lacking)).astype("float64")
    share, share_before = now["share"] * 100, now["part"].map(then.get("share", lacking)).astype("float64") * 100
    return now.assign(split=by, share=share, before=earlier, share_before=share_before,
                      change=now["people_a_day"] - earlier, points=share - share_before)  # fmt: skip


def reasons_since(frame: pd.DataFrame, *, area: str, period: str, before: str) -> pd.DataFrame:
    """Say what explains the change since an earlier period as `explain` does; no rows where there is no such period."""
    if before:
        return splits.explain(frame, area=area, period=period, since=before)
    return pd.DataFrame(columns=["reason", "reason_title", *_CHANGES])
