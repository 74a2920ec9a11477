"""What changed, in words: since the quarter before, and since a quarter was reported."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.display import words
from perfkit.display.sentences import compared, on_last_year
from perfkit.display.tables.plain import shown
from perfkit.model import periods

_SAID = {
    "new red": ("is newly red", "are newly red"),
    "worse": ("got worse", "got worse"),
    "recovered": ("recovered from red", "recovered from red"),
    "better": ("got better", "got better"),
    "no longer rated": ("is no longer rated", "are no longer rated"),
    "newly rated": ("is now rated", "are now rated"),
    "added": ("was added", "were added"),
    "dropped": ("was dropped", "were dropped"),
    "renumbered": ("was renumbered", "were renumbered"),
}
_NOUNS = {
    "target changed": "target",
    "rule changed": "rating rule",
    "definition changed": "definition",
    "value revised": "figure",
    "value received": "late figure",
    "value withdrawn": "figure",
}
_VERBS = {
    "target changed": ("was changed", "were changed"),
    "rule changed": ("was changed", "were changed"),
    "definition changed": ("was changed", "were changed"),
    "value revised": ("was revised", "were revised"),
    "value received": ("came", "came"),
    "value withdrawn": ("was withdrawn", "were withdrawn"),
}


def day(text: str) -> str:
    """Write a day in words; no day stays none.

    >>> day("2017-10-31"), day("")
    ('31 October 2017', '')
    """
    return shown(pd.Timestamp(text)) if text else ""


def since_last(changed: pd.DataFrame, before: pd.DataFrame, *, quarter: str) -> str:
    """Say what changed since the quarter before, or plainly that there is no return to compare with.

    Needs the column ``kind`` of what `changes.since` gives; ``before`` holds the ratings of the quarter before, none
    where it has no return.

    >>> changed = pd.DataFrame({"kind": ["new red", "target changed"], "title": "Visits", "ref": "46"})
    >>> since_last(changed, changed, quarter="2017-18 Q2")
    'Since 2017-18 Q1, as it was reported: 1 indicator is newly red; 1 target was changed. Newly red: Visits (46).'
    >>> since_last(changed, changed.head(0), quarter="2017-18 Q1")
    'There is no return for the quarter before (2016-17 Q4), so which ratings, targets and definitions changed since \
then cannot be said.'
    """
    last = periods.label(periods.earlier(periods.parse(quarter, expect="quarter"), steps=1))
    if before.empty:
        unsaid = "which ratings, targets and definitions changed since then cannot be said"
        return f"There is no return for the quarter before ({last}), so {unsaid}."
    if changed.empty:
        return f"Since {last}, as it was reported, no rating, target, definition or earlier figure changed."
    red = [f"{row.title} ({row.ref})" for row in changed[changed["kind"].eq("new red")].itertuples()]
    said = f"Since {last}, as it was reported: {tally(changed)}."
    return said + (f" Newly red: {words.some(red)}." if red else "")


def since_reported(changed: pd.DataFrame | None = None, *, quarter: str, known_by: str, asked: str = "") -> str:
    """Say that a page does not use all that is known today, and what has changed; empty where it uses all.

    ``known_by`` is the last day known to the page, ``asked`` the day that its reader asked for, if any. Without
    ``changed`` nothing is said of changes.

    >>> changed = pd.DataFrame({"kind": ["value revised"]})
    >>> since_reported(changed, quarter="2017-18 Q1", known_by="2017-07-21")
    '2017-18 Q1 stands here as it was reported, with what was known on 21 July 2017. Since then: 1 figure was revised.'
    >>> since_reported(changed, quarter="2017-18 Q1", known_by="2017-07-31", asked="2017-07-31")
    'As asked, this page uses what was known on 31 July 2017 and nothing that came later.'
    """
    if asked:
        return f"As asked, this page uses what was known on {day(asked)} and nothing that came later."
    if not known_by:
        return ""
    shown = f"{quarter} stands here as it was reported, with what was known on {day(known_by)}."
    if changed is None:
        return shown
    if changed.empty:
        return f"{shown} Nothing has changed it since."
    return f"{shown} Since then: {tally(changed)}."


def tally(changed: pd.DataFrame) -> str:
    """Count the changes of each kind.

    >>> tally(pd.DataFrame({"kind": ["new red", "new red", "value received"]}))
    '2 indicators are newly red; 1 late figure came'
    """
    counts = changed["kind"].value_counts()
    parts = []
    for kind in changed["kind"].drop_duplicates():
        count = int(counts[kind])
        one, many = (_SAID | _VERBS).get(kind, (f"({kind})", f"({kind})"))
        noun = words.plural(_NOUNS.get(kind, "indicator"), count)
        parts.append(f"{count} {noun} {one if count == 1 else many}")
    return "; ".join(parts)


def reds(joined: pd.DataFrame, rated: pd.DataFrame) -> str:
    """Give the heat map's title: how many of the indicators are red, now and when first shown.

    Columns used: ``period, effective, indicator`` of joined (quarters in order), ``indicator`` of rated.

    >>> joined = pd.DataFrame({"indicator": ["a", "a"], "period": ["2017-18 Q1", "2017-18 Q2"],
    ...     "effective": ["red", "green"]})
    >>> reds(joined, joined[["indicator"]])
    'No indicator is red in 2017-18 Q2; one was in 2017-18 Q1'
    """
    mine = joined[joined["indicator"].isin(rated["indicator"])]
    reds = mine["effective"].eq("red").groupby(mine["period"], sort=False).sum()
    if reds.empty:
        return "No quarter is known"
    first, last = reds.index[0], reds.index[-1]
    now, then = int(reds.iloc[-1]), int(reds.iloc[0])
    said = f"{words.counted('indicator', now).capitalize()} {words.are(now)} red in {last}"
    said = said.replace("No indicators are", "No indicator is")
    if first == last:
        return said
    was = "none was" if then == 0 else "one was" if then == 1 else f"{words.count_word(then)} were"
    return f"{said}; {was} in {first}"


def travelled(rated: pd.DataFrame, moved: pd.DataFrame) -> str:
    """Say how many of a report's indicators got better and worse since last quarter and since a year ago.

    >>> rated = pd.DataFrame({"indicator": ["a", "b", "c"]})
    >>> moved = rated.assign(direction_previous=["improving", "", ""], direction_year=["unchanged", "improving", ""])
    >>> travelled(rated, moved)
    'Since last quarter 1 indicator is better, none is worse and none unchanged; 2 cannot be compared. Against the \
same quarter last year 1 indicator is better, none is worse and 1 unchanged; 1 cannot be compared.'
    """
    mine = moved[moved["indicator"].isin(rated["indicator"])]
    return f"{compared(mine['direction_previous'], 'Since last quarter')} {on_last_year(rated, moved)}"


def _statuses(joined: pd.DataFrame) -> pd.Series[Any]:
    """Give the statuses of figures; a sign in place of a figure has none."""
    held = joined[joined["value"].notna()] if "value" in joined else joined
    return held["status"].dropna()


def past(joined: pd.DataFrame, rated: pd.DataFrame) -> str:
    """Introduce the heat map: each quarter as it was reported, and how many of its figures are illustrative.

    Columns used: ``period, indicator, status`` of joined, ``indicator`` of rated.

    >>> joined = pd.DataFrame({"indicator": ["a"], "period": ["2017-18 Q1"], "status": ["illustrative"]})
    >>> past(joined, joined[["indicator"]])
    'Ratings are known for one quarter so far; each later one will stand beside it as it was reported. The one figure \
behind these ratings is illustrative.'
    """
    mine = joined[joined["indicator"].isin(rated["indicator"])]
    quarters, given = mine["period"].nunique(), _statuses(mine)
    made_up = int(given.eq("illustrative").sum())
    said = (
        "Ratings are known for one quarter so far; each later one will stand beside it as it was reported."
        if quarters < 2
        else "Each quarter stands as it was reported, with the targets, rules and figures of its time; a dash also "
        "stands for a quarter in which an indicator was not reported."
    )
    if not made_up:
        return said
    verb = words.are(made_up)
    if made_up == len(given):
        return f"{said} {words.sentence(words.every('figure', made_up))[:-1]} behind these ratings {verb} illustrative."
    return f"{said} {made_up} of {len(given)} figures behind these ratings {verb} illustrative."
