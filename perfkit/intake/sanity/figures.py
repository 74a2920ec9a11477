"""Figures held against their own history: a slipped decimal point, a quarter left out, a target of nothing."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

import pandas as pd

from perfkit.intake.records import warning
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where
from perfkit.model.percentages import CAN_PASS_100, may_pass_100
from perfkit.model.spellings import written

TIMES = 50
"""How many times its history makes a figure odd: a slip of a hundred times, give or take the quarter's own change."""
ENOUGH = 4
"""Figures of the past that make a history."""
FEW, ALIKE = 2, 2
"""Fewer figures make one too where the largest is at most so many times the smallest."""
RECENT = 4
"""Quarters back in which an indicator that is reported quarterly must have had a figure to be missed now."""
_SERIES = ["indicator", "part", "area"]


def sizes(returned: pd.DataFrame, past: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of figures `TIMES` their history or more, or as small a part of it; zeros are left out.

    Columns used: those of observations; of ``indicators`` its ref and title. History is the median of the figures of
    earlier periods, where there are `ENOUGH`, or `FEW` that are much alike.
    """
    mine = returned[returned["value"].fillna(0) != 0].reset_index(drop=True)
    before = past[past["value"].fillna(0) != 0][[*_SERIES, "period", "value"]]
    pairs = mine.reset_index().merge(before, on=_SERIES, suffixes=("", "_before"))
    pairs = pairs[_end(pairs["period_before"]) < _end(pairs["period"])]
    history = pairs.groupby("index")["value_before"].agg(["median", "min", "max", "count"])
    told = mine.join(history, how="inner")
    ratio = (told["value"] / told["median"]).abs()
    ends = told[["min", "max"]].abs()
    alike = (told["min"] * told["max"] > 0) & (ends.max(axis=1) <= ALIKE * ends.min(axis=1))
    has_history = (told["count"] >= ENOUGH) | ((told["count"] >= FEW) & alike)
    odd = told[has_history & ((ratio >= TIMES) | (ratio <= 1 / TIMES))]
    names = _names(indicators)
    return [_odd_size(row, names) for row in odd.to_dict("records")]


def _odd_size(row: dict[str, Any], names: dict[str, str]) -> Issue:
    value, low, high = (written(row[name]) for name in ("value", "min", "max"))
    times = abs(row["value"] / row["median"])
    size = f"{times:,.0f} times" if times > 1 else f"a {round(1 / times):,}th of"
    found = f"{value} for {_name(row['indicator'], names)}, {size} its usual size"
    expected = f"a figure like its last {int(row['count'])}, from {low} to {high}"
    return warning(row, found, expected, "Check the unit and the decimal point; if it is right, say so in the reason.")


def gaps(returned: pd.DataFrame, past: pd.DataFrame, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of quarterly series that lack the quarter before the one returned, though they have earlier ones.

    Where no series of a file has that quarter, its return has not come: it is told once for the file.
    """
    held = _Held(past[past["part"] == 1])
    quarterly = returned[returned["indicator"].isin(_quarterly(indicators)) & (returned["part"] == 1)]
    absent: dict[tuple[str, str], list[tuple[dict[str, Any], str]]] = {}
    present = set()
    for row in quarterly.to_dict("records"):
        before = periods.label(periods.earlier(periods.parse(row["period"]), steps=1))
        earlier = held.before(row["indicator"], row["period"])
        if earlier and earlier[-1] == before:
            present.add((row["file"], before))
        elif earlier:
            absent.setdefault((row["file"], before), []).append((row, earlier[0]))
    names, issues = _names(indicators), []
    for (file, before), missed in absent.items():
        if len(missed) > 1 and (file, before) not in present:
            issues.append(_no_return(missed, before))
        else:
            issues += [_gap(row, before, first, names) for row, first in missed]
    return issues


def _gap(row: dict[str, Any], before: str, first: str, names: dict[str, str]) -> Issue:
    found = f"a figure for {row['period']} of {_name(row['indicator'], names)}, none for {before}"
    return warning(
        row, found, f"every quarter since {first}", f"Send the figure for {before}, or [x] if there is none."
    )


def _no_return(missed: list[tuple[dict[str, Any], str]], before: str) -> Issue:
    row = missed[0][0]
    found = f"figures for {row['period']} of {len(missed)} quarterly indicators, none of which has one for {before}"
    action = f"Load the return for {before} too, or send it."
    return Issue(Where(row["file"], row["sheet"]), found, "every quarter", action, Severity.WARNING)


def silent(
    assessments: pd.DataFrame, returned: pd.DataFrame, past: pd.DataFrame, *, indicators: pd.DataFrame
) -> list[Issue]:
    """Tell of rows without figure or marker, of indicators reported quarterly that had a figure in the last `RECENT`.

    A reason beside the rating is an answer: such a row is not told.
    """
    names, quarterly = _names(indicators), _quarterly(indicators)
    rows = assessments[(assessments["subject_kind"] == "indicator") & assessments["subject"].isin(quarterly)]
    rows = rows[rows["reason"].isna()]
    given = set(zip(returned["file"], returned["indicator"], strict=True))
    held = _Held(past[past["value"].notna()])
    issues = []
    for row in rows.to_dict("records"):
        last = held.before(row["subject"], row["period"])[-1:]
        if last and (row["file"], row["subject"]) not in given and last[0] in _recent(row["period"]):
            found = f"neither a figure nor a marker for {_name(row['subject'], names)}, which had one for {last[0]}"
            place = {**row, "cell": _figures_cell(row, returned)}
            issues.append(warning(place, found, "a figure every quarter", "Type the figure, or [x] and the reason."))
    return issues


def _figures_cell(row: dict[str, Any], returned: pd.DataFrame) -> str:
    """Give the cell of a rating's row in which figures of its sheet stand; the rating's own where there are none."""
    beside = returned[(returned["file"] == row["file"]) & (returned["sheet"] == row["sheet"])]
    columns = beside["cell"].str.extract("^([A-Z]+)", expand=False).mode()
    return f"{columns.iloc[0]}{row['cell'].lstrip(ascii_uppercase)}" if len(columns) else str(row["cell"])


def zero_targets(targets: pd.DataFrame, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of targets of zero: never missed where higher is better, without an amber where lower is and points are not.

    Columns used: ``indicator, low, text, file, sheet, cell``; of ``indicators`` also ``polarity`` and ``rule``.
    """
    facts = indicators.drop_duplicates("indicator", keep="last")[["indicator", "ref", "title", "polarity", "rule"]]
    zero = targets[(targets["low"] == 0) & targets["kind"].isin(("threshold", "pair"))].merge(facts, on="indicator")
    meant = (zero["polarity"] == "lower") & zero["rule"].isin(("points", "floor"))
    return [_zero(row, _names(indicators)) for row in zero[~meant].to_dict("records")]


def _zero(row: dict[str, Any], names: dict[str, str]) -> Issue:
    found = f'the target "{row["text"]}" for {_name(row["indicator"], names)}, which is zero'
    if row["polarity"] == "lower":
        action = "If zero is meant, rate it by points: a percentage of zero leaves no amber."
    else:
        action = "Any figure meets it; if there is no target, write No target."
    return warning(row, found, "a target above zero", action)


def high_targets(targets: pd.DataFrame, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of targets above 100% for percentages that cannot pass 100, or that only their words let pass it.

    Columns used: ``indicator, kind, low, text, file, sheet, cell``; of ``indicators`` also ``unit``, ``title``,
    ``definition`` and ``can_pass_100``.
    """
    high = targets[(targets["low"] > 100) & targets["kind"].isin(("threshold", "range"))]
    percent = indicators[indicators["unit"] == "percent"].drop_duplicates("indicator", keep="last")
    facts = {row["indicator"]: row for row in percent.to_dict("records")}
    rows = [row for row in high.to_dict("records") if row["indicator"] in facts]
    names = _names(indicators)
    return [_high(row, names) for row in rows if may_pass_100(facts[row["indicator"]]) != "yes"]


def _high(row: dict[str, Any], names: dict[str, str]) -> Issue:
    found = f'the target "{row["text"]}" for {_name(row["indicator"], names)}'
    action = f"Correct the target; if the percentage can pass 100, type Y below {CAN_PASS_100} in the framework."
    return warning(row, found, "at most 100%", action)


def missing_months(delays: pd.DataFrame, known: pd.DataFrame) -> list[Issue]:
    """Tell of months that no workbook of delayed transfers gives, though earlier and later ones are there."""
    held = sorted(known["month"].dropna().unique())
    last = {later: earlier for earlier, later in pairwise(held) if later.ordinal - earlier.ordinal > 1}
    first = delays.drop_duplicates("month").to_dict("records")
    return [_hole(row, last[row["month"]]) for row in first if row["month"] in last]


def _hole(row: dict[str, Any], before: pd.Period) -> Issue:
    absent = [periods.label(month) for month in pd.period_range(before + 1, row["month"] - 1, freq="M")]
    some = absent[0] if len(absent) == 1 else f"{absent[0]} to {absent[-1]}"
    found = f"{periods.label(row['month'])} straight after {periods.label(before)}"
    return Issue(Where(row["file"]), found, f"{some} between them", f"Load {some} too.", Severity.WARNING)


def _end(labels: pd.Series[Any]) -> Any:
    return periods.ends(labels).to_numpy()


class _Held:
    """The periods for which there are figures of each indicator."""

    def __init__(self, past: pd.DataFrame) -> None:
        order = {label: _order(label) for label in past["period"].unique()}
        held = past.groupby("indicator")["period"].unique()
        self._held = {indicator: sorted(map(order.__getitem__, labels)) for indicator, labels in held.items()}

    def before(self, indicator: str, period: str) -> list[str]:
        """Give those of the kind of a period that lie before it, in order."""
        own, held = _order(period), self._held.get(indicator, [])
        return [label for _, _, label in held[bisect_left(held, own[:1]) : bisect_left(held, own)]]


def _order(label: str) -> tuple[str, int, str]:
    period = periods.parse(label)
    return period.freqstr, period.ordinal, label


def _recent(period: str) -> list[str]:
    own = periods.parse(period)
    return [periods.label(periods.earlier(own, steps=back)) for back in range(1, RECENT + 1)]


def _quarterly(indicators: pd.DataFrame) -> set[str]:
    newest = indicators.drop_duplicates("indicator", keep="last")
    return set(newest.loc[newest["frequency"] == "quarter", "indicator"])


def _names(indicators: pd.DataFrame) -> dict[str, str]:
    newest = indicators.drop_duplicates("indicator", keep="last")
    named = zip(newest["indicator"], newest["ref"], newest["title"], strict=True)
    return {indicator: f"indicator {ref} ({title})" for indicator, ref, title in named}


def _name(indicator: str, names: dict[str, str]) -> str:
    return names.get(indicator, f"indicator {indicator}")
