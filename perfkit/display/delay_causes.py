"""What the page on delayed transfers says of why people wait and whose delays they are."""

from __future__ import annotations

import pandas as pd

from perfkit.display import words


def reasons(split: pd.DataFrame, *, period: str) -> str:
    """Title a chart of reasons.

    ``split`` has reason_title, share (0 to 1) and rank.

    >>> reasons(pd.DataFrame({"reason_title": ["Awaiting care package in own home"], "share": [0.408], "rank": [1]}),
    ...     period="2017-18 Q1")
    'Awaiting care package in own home caused most delay in 2017-18 Q1: 41% of delayed days'
    """
    if split.empty:
        return f"No reason is given for {period}"
    first = split[split["rank"] == 1].iloc[0]
    return f"{first['reason_title']} caused most delay in {period}: {float(first['share']):.0%} of delayed days"


def explained(change: pd.DataFrame, *, since: str, period: str) -> str:
    """Say which reasons explain a change, the largest first.

    ``change`` has reason_title and change (people a day), the largest part first.

    >>> change = pd.DataFrame({"reason_title": ["Care package", "Choice"], "change": [12.0, -2.0]})
    >>> explained(change, since="2016-17 Q1", period="2017-18 Q1")
    'Between 2016-17 Q1 and 2017-18 Q1 delays rose by 10.0 people a day. Largest rise: care package (up 12.0 people \
a day).'
    """
    if change.empty:
        return f"What changed cannot be told: no quarter before {period} is loaded."
    total = float(change["change"].sum())
    if round(total, 1) == 0:
        return f"Between {since} and {period} delays did not change in total."
    verb = "rose" if total > 0 else "fell"
    said = f"Between {since} and {period} delays {verb} by {words.number(abs(total), '', 1)} people a day."
    return f"{said} {main_parts(change)}".strip()


def main_parts(change: pd.DataFrame) -> str:
    """Name the reasons that make up most of a change; "" where nothing changed.

    >>> main_parts(pd.DataFrame({"reason_title": ["Care package", "Choice"], "change": [-12.0, 2.0]}))
    'Largest fall: care package (down 12.0 people a day).'
    """
    total = float(change["change"].sum())
    if not len(change) or round(total, 1) == 0:
        return ""
    same = change[(change["change"] > 0) == (total > 0)].head(3)
    noun, way = ("rise", "up") if total > 0 else ("fall", "down")
    named = same[same["change"].abs().round(1) > 0]
    parts = [
        f"{row.reason_title[:1].lower()}{row.reason_title[1:]} ({way} {words.number(abs(row.change), '', 1)}"
        + (" people a day)" if place == 0 else ")")
        for place, row in enumerate(named.itertuples())
    ]
    return f"Largest {words.plural(noun, len(parts))}: {words.join(parts)}." if parts else ""


def changed(change: pd.DataFrame, *, since: str, period: str) -> str:
    """Title the chart of what a change is made of.

    >>> change = pd.DataFrame({"reason_title": ["Care package", "Choice"], "change": [12.0, -2.0]})
    >>> changed(change, since="2016-17 Q1", period="2017-18 Q1")
    'Care package changed most between 2016-17 Q1 and 2017-18 Q1: up 12.0 people a day'
    """
    if change.empty:
        return f"No change can be told for {period}"
    largest = change.loc[change["change"].abs().idxmax()]
    if round(float(largest["change"]), 1) == 0:
        return f"No reason changed between {since} and {period}"
    way = "up" if largest["change"] > 0 else "down"
    amount = words.number(abs(largest["change"]), "", 1)
    return f"{largest['reason_title']} changed most between {since} and {period}: {way} {amount} people a day"


def whose(parts: pd.DataFrame, *, before: str) -> str:
    """Say whose delays and where they are, and which share moved most since an earlier period.

    ``parts`` has split, part, share (per cent) and points (percentage points).

    >>> parts = pd.DataFrame({"split": ["attribution", "attribution"], "part": ["NHS", "both"], "share": [60.0, 40.0],
    ...     "points": [-3.0, 3.0]})
    >>> whose(parts, before="2016-17 Q1")
    "Of the delayed days 60% were the NHS's and 40% joint. Since 2016-17 Q1 the NHS's share fell most, by 3.0 points."
    """
    attributed = parts[parts["split"] == "attribution"]
    listed = split_by(attributed)
    moved = attributed[attributed["points"].notna()]
    if moved.empty or round(float(moved["points"].abs().max()), 1) == 0:
        return f"Of the delayed days {listed}."
    most = moved.loc[moved["points"].abs().idxmax()]
    way = "rose" if most["points"] > 0 else "fell"
    points = words.number(abs(most["points"]), "points", 1)
    return f"Of the delayed days {listed}. Since {before} {_whose(most['part'], 'the ')} share {way} most, by {points}."


def split_by(attributed: pd.DataFrame) -> str:
    """Say what share of the delayed days is whose, largest as it comes.

    Needs part and share (per cent).

    >>> split_by(pd.DataFrame({"part": ["both", "NHS"], "share": [51.0, 49.0]}))
    "51% were joint and 49% the NHS's"
    """
    verbs = ["were ", *[""] * len(attributed)]
    rows = zip(attributed.itertuples(), verbs, strict=False)
    return words.join(f"{words.number(row.share, 'percent', 0)} {verb}{_whose(row.part)}" for row, verb in rows)


def _whose(part: object, article: str = "") -> str:
    said = str(part)
    known = {"NHS": "the NHS's", "both": f"{article}joint", "both jointly": f"{article}joint"}
    return known.get(said) or known.get(said.lower()) or f"{said.lower()}'s"


def largest(parts: pd.DataFrame, *, split: str, period: str) -> str:
    """Title a chart of shares by the largest of them.

    ``parts`` has split, part (as shown) and share (per cent).

    >>> parts = pd.DataFrame({"split": ["setting"], "part": ["Acute"], "share": [58.0]})
    >>> largest(parts, split="setting", period="2017-18 Q1")
    '58% of delayed days in 2017-18 Q1 were in acute care'
    """
    mine = parts[(parts["split"] == split) & parts["share"].notna()]
    if mine.empty:
        return f"No delayed days are split by {split} in {period}"
    top = mine.loc[mine["share"].idxmax()]
    share = words.number(top["share"], "percent", 0)
    if split == "setting":
        return f"{share} of delayed days in {period} were in {str(top['part']).lower()} care"
    return f"{share} of delayed days in {period} were {_whose(top['part'])}"
