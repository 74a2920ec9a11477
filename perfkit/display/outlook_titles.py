"""What one chart of variation or outlook says: its title, its text alternative and the words on it, from its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from perfkit.display import words
from perfkit.model import chances
from perfkit.model.causes import CAUSES

Row = Mapping[str, object]
SURE = {
    "insufficient data": "not enough data",
    "wide": "very unsure: few figures",
    "low": "low confidence",
    "standard": "standard confidence",
    "seasonal": "standard confidence",
    "known": "known",
}
"""How sure an outlook is, by its confidence."""
_NEWLY = {
    "outside high": "rose above the limits in",
    "outside low": "fell below the limits in",
    "trend up": "kept rising up to",
    "trend down": "kept falling up to",
    "two of three high": "came close to the upper limit twice in the three periods up to",
    "two of three low": "came close to the lower limit twice in the three periods up to",
    "shift high": "stayed above the mean up to",
    "shift low": "stayed below the mean up to",
}
_STILL = {"outside high": "stayed above the limits in", "outside low": "stayed below the limits in"}
_MEANS = {"improvement": "significant improvement", "concern": "cause for concern", "neutral": "significant change"}


def figure(row: Row, value: object) -> str:
    """Write a value in an indicator's unit and decimals.

    >>> figure({"unit": "percent", "decimals": 1}, 67.04)
    '67.0%'
    """
    places = row.get("decimals")
    return words.number(value, str(row.get("unit") or ""), None if words.missing(places) else int(str(places)))


def as_set(row: Row, value: object) -> Row:
    """Give the row with the decimals that a target was set with: a whole one has none, whatever the figures have.

    >>> row = {"unit": "percent", "decimals": 1}
    >>> figure(as_set(row, 80.0), 80.0), figure(as_set(row, 37.3), 37.3)
    ('80%', '37.3%')
    """
    return {**row, "decimals": 0} if float(str(value)).is_integer() else row


def target(row: Row) -> str:
    """Say what the year's end is to reach; empty where there is no such target.

    >>> target({"goal_low": 67.0, "unit": "percent", "decimals": 0}), target({"goal_high": 14.0, "unit": "count"})
    ('at least 67%', 'at most 14')
    """
    edges = (row.get(name) for name in ("goal_low", "goal_high"))
    low, high = (None if words.missing(edge) else figure(as_set(row, edge), edge) for edge in edges)
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}" if high else ""


def interval(row: Row) -> str:
    """Write the 80% interval of the year's end; empty where there is none.

    >>> interval({"low80": 61.0, "high80": 65.5, "unit": "percent", "decimals": 1})
    '61.0% to 65.5%'
    """
    if words.missing(row.get("low80")) or words.missing(row.get("high80")):
        return ""
    return f"{figure(row, row['low80'])} to {figure(row, row['high80'])}"


def likelihood(row: Row) -> str:
    """Say how probable the target is, in a number and a word.

    >>> likelihood({"probability": 0.84, "verdict": "likely"}), likelihood({"met": False, "probability": 0.0})
    ('84%, likely', 'can no longer be met')
    """
    met = row.get("met")
    if not words.missing(met):
        return "already met" if met else "can no longer be met"
    if words.missing(row.get("probability")):
        return ""
    return f"{chances.written(float(str(row['probability'])))}, {row['verdict']}"


def digits(row: Row, value: float) -> str:
    """Write a value for a label on a chart, where the unit stands elsewhere.

    >>> digits({"unit": "hours", "decimals": 0}, 8920.0), digits({"unit": "percent", "decimals": 1}, 67.0)
    ('8,920', '67.0%')
    """
    places = row.get("decimals")
    unit = "percent" if row.get("unit") == "percent" else ""
    return words.number(value, unit, None if words.missing(places) else int(str(places)))


def sure(row: Row) -> str:
    """Say how sure an outlook is.

    >>> sure({"confidence": "low", "points": 6})
    'low confidence, from 6 quarters'
    """
    said = SURE.get(str(row.get("confidence")), "not said")
    points = row.get("points")
    if words.missing(points) or row.get("confidence") in ("known", "insufficient data"):
        return said
    return f"{said}, from {points} {words.plural('quarter', int(str(points)))}"


def named(row: Row) -> str:
    """Name what is projected: an indicator, or of a pair the second figure where that is the less probable.

    >>> named({"title": "Investors / of which large", "part": 2}), named({"title": "Visits", "part": 1})
    ('Investors / of which large (the second figure)', 'Visits')
    """
    return f"{row['title']}{' (the second figure)' if row.get('part') == 2 else ''}"


def fan_title(row: Row) -> str:
    """Say in the title of a fan chart whether the target will be met, or where the year ends.

    >>> row = {"title": "Visits", "year": "2017-18", "goal_low": 67.0, "unit": "percent", "decimals": 0}
    >>> fan_title(row | {"probability": 0.1, "verdict": "unlikely", "year_end": 60.0})
    'Visits: the target of at least 67% is unlikely to be met'
    >>> fan_title(row | {"met": True, "probability": 1.0, "year_end": 70.0})
    'Visits: the target of at least 67% is already met'
    """
    name, goal = named(row), target(row)
    asked = f"the target of {goal}" if goal else "the target"
    if row.get("confidence") == "known" and not words.missing(row.get("year_end")):
        ended = f"{name} ended {row['year']} at {figure(row, row['year_end'])}"
        if words.missing(row.get("met")):
            return ended
        return f"{ended}: {asked} was {'met' if row['met'] else 'missed'}"
    if not words.missing(row.get("met")):
        return f"{name}: {asked} {'is already met' if row['met'] else 'can no longer be met'}"
    if not words.missing(row.get("probability")):
        if row["verdict"] == "uncertain":
            return f"{name}: it is uncertain whether {asked} will be met"
        return f"{name}: {asked} is {row['verdict']} to be met"
    if words.missing(row.get("year_end")):
        return f"{name}: too few figures to say where {row['year']} will end"
    return f"{name} may end {row['year']} at {figure(row, row['year_end'])}, from few figures"


def fan_lines(row: Row) -> list[tuple[str, str]]:
    """Give the lines above a fan: how likely the target is, where the year ends, how sure that is; and their weight.

    >>> row = {"year": "2017-18", "year_end": 61.0, "low80": 58.0, "high80": 64.0, "probability": 0.83,
    ...     "verdict": "likely", "confidence": "low", "points": 6, "unit": "percent", "decimals": 0}
    >>> [said for said, _ in fan_lines(row)]
    ['Chance of meeting target: 83%, likely', 'Ends at 61%; 80% sure of 58% to 64%', 'Low confidence, from 6 quarters']
    """
    if not words.missing(row.get("met")):
        done = "was met" if row["met"] else "was missed"
        said = f"Target: {done if row.get('confidence') == 'known' else likelihood(row)}"
    elif row.get("target_set") is False:
        said = "No target is set"
    elif words.missing(row.get("probability")):
        said = "Target: no probability can be given"
    else:
        said = f"Chance of meeting target: {likelihood(row)}"
    if words.missing(row.get("year_end")):
        ends = "Not enough figures to project the year's end"
    elif row.get("confidence") == "known":
        ends = f"{row['year']} ended at {digits(row, float(str(row['year_end'])))}"
    else:
        low, high = (digits(row, float(str(row[name]))) for name in ("low80", "high80"))
        ends = f"Ends at {digits(row, float(str(row['year_end'])))}; 80% sure of {low} to {high}"
    return [(said, "bold"), (ends, "normal"), (words.sentence(sure(row))[:-1], "normal")]


def fan_alt(row: Row, history: Sequence[tuple[str, float]]) -> str:
    """Say what a fan chart shows.

    >>> row = {"title": "Visits", "year": "2017-18", "year_end": 61.0, "low80": 58.0, "high80": 64.0, "goal_low": 59.0,
    ...     "low95": 56.0, "high95": 66.0, "probability": 0.83, "verdict": "likely", "unit": "percent", "decimals": 0}
    >>> print(fan_alt(row, [("2017-18 Q1", 60.0)]))
    Visits stood at 60% in 2017-18 Q1. 2017-18 is projected to end at 61%: the 80% interval runs from 58% to 64%, the \
95% interval from 56% to 66%. The target is at least 59%; probability of meeting it: 83%, likely.
    """
    parts = [f"{named(row)}: no figures" if not history else f"{named(row)} stood at "]
    if history:
        parts[0] += f"{figure(row, history[-1][1])} in {history[-1][0]}"
    if row.get("confidence") == "known" and not words.missing(row.get("year_end")):
        parts.append(f"{row['year']} ended at {figure(row, row['year_end'])}")
    elif not words.missing(row.get("year_end")):
        ends = [figure(row, row.get(name)) for name in ("low80", "high80", "low95", "high95")]
        parts.append(
            f"{row['year']} is projected to end at {figure(row, row['year_end'])}: the 80% interval runs from "
            f"{ends[0]} to {ends[1]}, the 95% interval from {ends[2]} to {ends[3]}"
        )
    else:
        parts.append("There is no projection")
    goal, likely = target(row), likelihood(row)
    if goal:
        chances = _met(row) or (f"probability of meeting it: {likely}" if likely else "")
        parts.append(f"The target is {goal}" + (f"; {chances}" if chances else ""))
    return ". ".join(parts) + "."


def _met(row: Row) -> str:
    """Say that a target is or was met or missed, where that is known."""
    if words.missing(row.get("met")):
        return ""
    if row.get("confidence") == "known":
        return f"it was {'met' if row['met'] else 'missed'}"
    return "it is already met" if row["met"] else "it can no longer be met"


def looking_back(row: Row) -> str:
    """Say why assurance, which rests on the limits, and outlook may contradict each other; empty where they do not.

    >>> looking_back({"assurance": "pass", "verdict": "unlikely"})
    'They look back over all the points; the level has moved since, so the outlook says more of this year.'
    >>> looking_back({"assurance": "fail", "verdict": "unlikely"})
    ''
    """
    if (row.get("assurance"), row.get("verdict")) not in (("pass", "unlikely"), ("fail", "likely")):
        return ""
    return "They look back over all the points; the level has moved since, so the outlook says more of this year."


def control_title(name: str, points: pd.DataFrame) -> str:
    """Say in the title of a control chart what the latest point shows.

    Needs what `spc.xmr` or `spc.runs` give.

    >>> points = pd.DataFrame({"period": ["2016-17 Q4", "2017-18 Q1"], "value": [9.0, 2.0], "point_type": "concern",
    ...     "special_cause": ["", "outside low"], "group": 0})
    >>> control_title("Safe and well visits", points)
    'Safe and well visits fell below the limits in quarter 1 of 2017-18'
    """
    if "special_cause" not in points:
        known = int(points["value"].notna().sum())
        return f"{name}: not enough data for limits, {known} {words.plural('point', known)} so far"
    latest = points.iloc[-1]
    said, period = str(latest["special_cause"]), words.when(str(latest["period"]))
    if pd.isna(latest["value"]):
        return f"{name}: no figure for {period}"
    group = points[points["group"] == latest["group"]]["value"].dropna()
    if len(group) > 1 and group.nunique() == 1:
        return f"{name}: every value is the same"
    if not said:
        return f"{name}: no significant change up to {period}"
    before = str(points["special_cause"].iloc[-2]) if len(points) > 1 else ""
    verb = _STILL[said] if said in _STILL and before == said else _NEWLY[said]
    return f"{name} {verb} {period}"


def control_alt(points: pd.DataFrame, *, unit: str = "", decimals: int | None = None) -> str:
    """Say what a control chart or run chart shows.

    >>> points = pd.DataFrame({"period": ["2017-18 Q1"], "value": [2.0], "median": [2.0]})
    >>> control_alt(points, unit="percent")
    'Run chart of 1 point, 2017-18 Q1: median 2%. The latest is 2% in 2017-18 Q1.'
    """
    row: Row = {"unit": unit, "decimals": decimals}
    latest, count = points.iloc[-1], int(points["value"].notna().sum())
    kind = "Control chart" if "rule_set" in points else "Run chart"
    span = f"{points['period'].iloc[0]} to {latest['period']}" if len(points) > 1 else str(latest["period"])
    said = f"{kind} of {count} {words.plural('point', count)}, {span}: {_lines_said(latest, row)}."
    if pd.isna(latest["value"]):
        return f"{said} The latest, {latest['period']}, has no value." + _causes_said(points)
    return f"{said} The latest is {figure(row, latest['value'])} in {latest['period']}" + _latest_said(points)


def _lines_said(latest: pd.Series[object], row: Row) -> str:
    # The share of a year's target that falls to a quarter, such as 90.5, is no count: it keeps its decimal.
    finer = {**row, "decimals": None if row["decimals"] in (0, 1) else row["decimals"]}
    names = ("median", "mean", "lower", "upper", "target")
    shown = {name: figure(finer if name == "target" else row, latest[name]) for name in names if name in latest}
    shown = {name: said for name, said in shown.items() if said != words.NO_VALUE}
    parts = [f"{name} {shown[name]}" for name in ("median", "mean") if name in shown]
    if "lower" in shown:
        parts.append(f"limits {shown['lower']} to {shown['upper']}")
    if "target" in shown:
        parts.append(f"target {shown['target']}")
    return ", ".join(parts) or "no lines"


def _latest_said(points: pd.DataFrame) -> str:
    if "special_cause" not in points:
        return "."
    latest = points.iloc[-1]
    cause = CAUSES.get(str(latest["special_cause"]), "")
    if not cause:
        return ", no significant change." + _causes_said(points)
    return f", {cause}: {_MEANS.get(str(latest['point_type']), 'significant change')}." + _causes_said(points)


def _causes_said(points: pd.DataFrame) -> str:
    """List the special causes before the latest point."""
    if "special_cause" not in points:
        return ""
    earlier = points.iloc[:-1]
    marked = earlier[earlier["special_cause"] != ""]
    if marked.empty:
        return ""
    named = [f"{p} ({CAUSES[str(c)]})" for p, c in zip(marked["period"], marked["special_cause"], strict=True)]
    return f" Marked before: {words.join(named)}."
