"""What the page on delayed transfers says first: is it getting better, is the promise kept, why, how do we compare?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import delay_causes, words
from perfkit.display import delay_sentences as say
from perfkit.model import periods

KEPT, WHY, COMPARE = "Is what was promised kept?", "Why do people wait?", "How do we compare?"


def better(moved: pd.DataFrame, *, quarter: str, before: str) -> str:
    """Say whether delays fell or rose in a quarter against an earlier one.

    ``moved`` has attribution, now, before, percent and verdict, its first row all delays; of months and months_before,
    if it has them, fewer than three are told.

    >>> moved = pd.DataFrame({"attribution": ["all"], "now": [150.0], "before": [120.0], "percent": [25.0],
    ...     "verdict": ["worse"]})
    >>> better(moved, quarter="2017-18 Q1", before="2016-17 Q1")
    'It is getting worse: 150.0 people a day were delayed in quarter 1 of 2017-18, 25% more than the 120.0 of a year \
before.'
    """
    row = moved.iloc[0]
    now = words.number(row["now"], "", 1)
    if words.missing(row["now"]):
        return f"Whether it is getting better cannot be said: there is no figure for {words.when(quarter)}."
    stated = f"{now} people a day were delayed in {words.when(quarter)}{_months(row.get('months'))}"
    if words.missing(row["before"]):
        return f"Whether it is getting better cannot be said: {stated}, and no earlier quarter is loaded."
    then = words.number(row["before"], "", 1)
    earlier = _earlier(quarter, before) + _months(row.get("months_before"))
    if row["verdict"] == "much the same":
        return f"No clear change: {stated}, much the same as the {then} of {earlier}."
    percent = words.number(abs(float(row["percent"])), "percent", 0)
    way, verb = ("worse", "more") if row["verdict"] == "worse" else ("better", "fewer")
    return f"It is getting {way}: {stated}, {percent} {verb} than the {then} of {earlier}."


def _months(known: float | None) -> str:
    """Say of how many of its months the figure of a quarter is, where it is not of all three.

    >>> _months(2), _months(1), _months(3)
    (' (two of its three months)', ' (one of its three months)', '')
    """
    return f" ({words.count_word(int(known))} of its three months)" if known and known < 3 else ""


def kept(lines: dict[str, pd.DataFrame]) -> str:
    """Say how far each promise is kept in its newest month, and by how many months it is ahead or behind.

    Each frame has month, people_a_day, expected, distance and months_ahead; the keys name whose delays.

    >>> line = pd.DataFrame({"month": ["April 2017", "June 2017"], "people_a_day": [27.0, 25.0],
    ...     "expected": [26.8, 24.5], "distance": [0.2, 0.5], "months_ahead": [-0.2, -0.4]})
    >>> kept({"Social care delays": line})
    'Social care delays are 0.5 people a day above what was promised for June 2017, 0.4 months behind.'
    """
    said = [_promise(name, line) for name, line in lines.items()]
    return " ".join(part for part in said if part) or "Nothing was promised that could be held against these months."


def _promise(name: str, line: pd.DataFrame) -> str:
    known = line[line["people_a_day"].notna() & line["expected"].notna()]
    if known.empty:
        return ""
    last = known.iloc[-1]
    gap = float(last["distance"])
    then = f"what was promised for {last['month']}"
    if round(gap, 1) == 0:
        return f"{name} are at {then}."
    way = "above" if gap > 0 else "below"
    return f"{name} are {words.number(abs(gap), '', 1)} people a day {way} {then}{say.pace(known)}."


def terms(promises: pd.DataFrame, *, of: Mapping[str, str]) -> str:
    """Say from what level to what level delays were promised to fall, and by when; nothing where nothing was promised.

    Needs indicator, text, period, baseline and baseline_period of targets; ``of`` names whose delays, and the indicator
    that promises them.

    >>> rows = {"indicator": ["waits"], "period": ["March 2018"], "text": ["14"], "baseline": [28.0],
    ...     "baseline_period": ["March 2017"]}
    >>> terms(pd.DataFrame(rows), of={"social care delays": "waits"})
    'The council promised: social care delays from 28 people a day in March 2017 to 14 by March 2018.'
    """
    lines = {name: promises[promises["indicator"] == indicator] for name, indicator in of.items()}
    said = [_terms(name, rows.to_dict("records")[-1]) for name, rows in lines.items() if len(rows)]
    return f"The council promised: {'; '.join(said)}." if said else ""


def _terms(name: str, row: Mapping[Any, Any]) -> str:
    if words.missing(row["baseline"]):
        return f"{name} {row['text']} people a day by {row['period']}"
    then = f"from {words.number(row['baseline'])} people a day in {row['baseline_period']}"
    return f"{name} {then} to {row['text']} by {row['period']}"


def why(split: pd.DataFrame, shares: pd.DataFrame, change: pd.DataFrame) -> str:
    """Say what most people wait for, whose delays they are, and what explains the change.

    ``split`` has reason_title, share (0 to 1) and rank; ``shares`` split, part and share (per cent); ``change``
    reason_title and change.

    >>> split = pd.DataFrame({"reason_title": ["Awaiting care package in own home"], "share": [0.41], "rank": [1]})
    >>> shares = pd.DataFrame({"split": ["attribution"], "part": ["NHS"], "share": [51.0]})
    >>> why(split, shares, pd.DataFrame({"reason_title": [], "change": []}))
    "The largest part is awaiting care package in own home (41% of delayed days). Of all delayed days 51% were the \
NHS's."
    """
    first = split.sort_values("rank", kind="stable").head(2)
    parts = [f"{_lower(row.reason_title)} ({float(row.share):.0%})" for row in first.itertuples()]
    if not parts:
        return "Why people wait is not known here."
    least = "The largest parts are" if len(first) > 1 else "The largest part is"
    lead = "Most are" if float(first["share"].sum()) > 0.5 else least
    said = f"{lead} {words.join(parts)}.".replace("%)", "% of delayed days)", 1)
    whose = shares[shares["split"] == "attribution"]
    said += "" if whose.empty else f" Of all delayed days {delay_causes.split_by(whose)}."
    return f"{said} {delay_causes.main_parts(change)}".strip()


def compare(standing: pd.DataFrame, beside: pd.DataFrame, *, area: str, period: str) -> str:
    """Say where an area stands among all and in its region, and how many times the averages it is.

    ``standing`` has among, rank and of; ``beside`` basis, ratio and rate.

    >>> standing = pd.DataFrame({"among": ["authorities in England"], "rank": [9], "of": [151]})
    >>> beside = pd.DataFrame({"basis": ["mean of authorities"], "ratio": [3.51], "rate": [float("nan")]})
    >>> compare(standing, beside, area="Oxfordshire", period="2016-17")
    'Oxfordshire had the 9th most delayed days of 151 authorities in England in 2016-17: 3.5 times the mean of \
authorities. These are days, not rates: a larger authority tends to have more.'
    """
    rated = beside["rate"].notna().any()
    if standing.empty or standing["rank"].isna().all():
        lacks = "with a figure for every month of it" + (" and a number of adults" if rated else "")
        return f"{area} has no rank for {period}: only authorities {lacks} are ranked."
    ranks = [row for row in standing.itertuples() if not words.missing(row.rank) and row.of > 1]
    if not ranks:
        return f"{area} alone has a figure for every month of {period}: there is no authority to compare it with."
    most = "highest rate of delayed days" if rated else "most delayed days"
    places = [_place(row.rank, row.of, words.in_the(row.among), most=most) for row in ranks]
    means = beside[beside["basis"].str.startswith("mean of") & beside["ratio"].notna()]
    times = [f"{words.number(row.ratio, '', 1)} times the {words.in_the(row.basis)}" for row in means.itertuples()]
    said = f"{area} had the {words.join(places)} in {period}"
    if rated:
        return f"{said}." + (f" By days, whatever its size, it had {words.join(times)}." if times else "")
    more = " These are days, not rates: a larger authority tends to have more."
    return f"{said}{': ' if times else ''}{words.join(times)}.{more}"


def _earlier(quarter: str, before: str) -> str:
    return "a year before" if before == periods.year_ago(quarter) else words.when(before)


def _place(rank: int, of: int, among: str, *, most: str) -> str:
    nth = "" if rank == 1 else f"{say.ordinal(int(rank))} "
    return f"{nth}{most} of {of} {among}" if "authorities" in among else f"the {nth}{most.split()[0]} of {of} {among}"


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
