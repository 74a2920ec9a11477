"""What a reader must know before the figures: which of them are illustrative, and what the workbooks' checks found."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfkit.display import page, words
from perfkit.display.markup import Fragment


def illustrative(*frames: pd.DataFrame, what: str = "value") -> Fragment:
    """Say how many of the figures shown were never published; nothing where all were.

    Each frame needs ``status``; rows without a status, or without a value where there is a column ``value``, hold no
    figure and do not count.

    >>> illustrative(pd.DataFrame({"status": ["illustrative", "final", None]}))
    Illustrative figures: 1 of 2 values on this page is illustrative: it was made up to show how the report works, \
was never published, and must not be used as fact.
    >>> illustrative(pd.DataFrame({"status": ["final"]})).words
    ''
    """
    status = pd.concat([_of_figures(frame) for frame in frames], ignore_index=True).dropna()
    made_up, all_of_them = int((status == "illustrative").sum()), len(status)
    if not made_up:
        return Fragment("", "")
    one = made_up == 1
    counted = f"{made_up:,} of {all_of_them:,} {words.plural(what, all_of_them)}"
    if made_up == all_of_them:
        counted = words.sentence(words.every(what, made_up))[:-1]
    return page.notice(
        f"{counted} on this page {'is' if one else 'are'} "
        f"illustrative: {'it was' if one else 'they were'} made up to show how the report works, "
        f"{'was' if one else 'were'} never published, and must not be used as fact."
    )


def _of_figures(frame: pd.DataFrame) -> pd.Series[Any]:
    return frame.loc[frame["value"].notna(), "status"] if "value" in frame else frame["status"]


def later(said: str) -> Fragment:
    """Set apart that a page does not use all that is known; nothing where it does.

    >>> later("2017-18 Q1 stands here as it was reported.")
    Please note: 2017-18 Q1 stands here as it was reported.
    >>> later("").words
    ''
    """
    return page.notice(said, kind="information") if said else Fragment("", "")


def silent(said: str) -> Fragment:
    """Warn that returns have not come; nothing where all have.

    >>> silent("No return for 2017-18 Q4 has come from Public Health.")
    Warning: No return for 2017-18 Q4 has come from Public Health.
    """
    return page.notice(said, kind="warning") if said else Fragment("", "")
