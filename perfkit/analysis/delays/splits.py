"""Why and whose: delays of a period by reason, attribution or setting, and what explains a change."""

from __future__ import annotations

from typing import Literal, Protocol

import pandas as pd

from perfkit.analysis.delays import selection
from perfkit.analysis.delays.selection import Label
from perfkit.model import periods
from perfkit.model.errors import ParameterError
from perfkit.model.schemas import ALL

Split = Literal["reason", "attribution", "setting"]
_SPLITS: tuple[Split, ...] = ("reason", "attribution", "setting")


class Splitter(Protocol):
    """What `by_reason`, `by_attribution` and `by_setting` have in common."""

    def __call__(self, frame: pd.DataFrame, *, area: str, period: Label | None = None) -> pd.DataFrame:
        """Give an area's delays in a period by part."""


def by_reason(frame: pd.DataFrame, *, area: str, period: Label | None = None) -> pd.DataFrame:
    """Give an area's delays in a period by reason, the largest first.

    Needs the columns of `delays`; without a period takes every month there is. Gives reason (letter), reason_title,
    months (with a figure), delayed_days, people_a_day (days ÷ days of those months), share (of the total, 0 to 1) and
    rank (1 the largest; ties take the better rank). Raises `ParameterError` where the area or period has no data.
    """
    return _split(frame, "reason", area, period)


def by_attribution(frame: pd.DataFrame, *, area: str, period: Label | None = None) -> pd.DataFrame:
    """Give an area's delays in a period by whose they are (NHS, social care, both), the largest first.

    Needs, gives and raises what `by_reason` does, with attribution in place of reason.
    """
    return _split(frame, "attribution", area, period)


def by_setting(frame: pd.DataFrame, *, area: str, period: Label | None = None) -> pd.DataFrame:
    """Give an area's delays in a period by where the patient waits (acute, non-acute), the largest first.

    Needs, gives and raises what `by_reason` does, with setting in place of reason.
    """
    return _split(frame, "setting", area, period)


def _split(frame: pd.DataFrame, by: Split, area: str, period: Label | None) -> pd.DataFrame:
    parts = _parts(frame, by, area, period)
    parts["share"] = parts["delayed_days"] / parts["delayed_days"].sum()
    parts["rank"] = selection.rank(parts["delayed_days"])
    parts = parts.sort_values(["delayed_days", by], ascending=[False, True], kind="stable")
    return parts[[*_labels(by), "months", "delayed_days", "people_a_day", "share", "rank"]].reset_index(drop=True)


def _labels(by: Split) -> list[str]:
    return ["reason", "reason_title"] if by == "reason" else [by]


def _parts(frame: pd.DataFrame, by: Split, area: str, period: Label | None) -> pd.DataFrame:
    words = dict.fromkeys(_SPLITS, ALL) | {by: "any"}
    columns = ["month", *_labels(by), "delayed_days", "calendar_days"]
    rows = selection.pick(frame, columns=columns, area=area, months=selection.within(frame, period), **words)
    known = _known(rows)
    if known.empty:
        selection.check_area(frame, area)
        raise selection.without_data(frame[frame["area"] == area], period or "")
    sums = selection.sums(known, by=by, carry=_labels(by)[1:])
    days = known.drop_duplicates("month")["calendar_days"].sum()
    return sums.assign(people_a_day=sums["delayed_days"] / float(days))


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the months of which every part has a figure, so that no part without one counts as nought beside others.

    Where no month is whole, keep what has a figure.
    """
    lacking = rows.loc[rows["delayed_days"].isna(), "month"]
    whole = rows[~rows["month"].isin(lacking)]
    return rows[rows["delayed_days"].notna()] if whole.empty else whole


def explain(frame: pd.DataFrame, *, area: str, period: Label, since: Label, by: Split = "reason") -> pd.DataFrame:
    """Say what explains the change in people delayed a day since an earlier period, the largest part first.

    Needs the columns of `delays`. Gives the split (reason and reason_title, or attribution, or setting), before and
    after (people a day), change (after less before), share_of_change (of the area's whole change, 1 is all of it;
    missing where nothing changed) and note. A reason that was not collected then has no ``before``: its change is all
    of ``after`` and its note says so; the changes always add up to the area's. Raises `ParameterError` where ``since``
    is not before ``period``, or a period has no data.
    """
    if selection.months(since)[0] >= selection.months(period)[0]:
        then, now = (periods.label(selection.period(label)) for label in (since, period))
        raise ParameterError(f"A change is told since an earlier period; {then} is not before {now}.")
    labels = _labels(by)
    before = _parts(frame, by, area, since)[[*labels, "people_a_day"]].rename(columns={"people_a_day": "before"})
    after = _parts(frame, by, area, period)[[*labels, "people_a_day"]].rename(columns={"people_a_day": "after"})
    both = before.merge(after, on=labels, how="outer").sort_values(labels, kind="stable")
    both["change"] = both["after"].where(both["after"].notna(), 0.0) - both["before"].where(both["before"].notna(), 0.0)
    total = float(both["change"].sum())
    both["share_of_change"] = both["change"] / total if abs(total) > 1e-9 else float("nan")
    both["note"] = _not_collected(both["before"], since).where(
        both["before"].isna(), _not_collected(both["after"], period)
    )
    order = both["change"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order, [*labels, "before", "after", "change", "share_of_change", "note"]].reset_index(drop=True)


def _not_collected(values: pd.Series[float], label: Label) -> pd.Series[str]:
    words = f"not collected in {periods.label(selection.period(label))}"
    return pd.Series(words, index=values.index, dtype="str").where(values.isna())
