"""Phrases that the page on delivery is made of: days, counts of actions, and what to send."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfkit.display import words
from perfkit.display.tables.plain import shown
from perfkit.model import periods

SENT = {
    "actions": ("action plan", "recommendations, and the actions on each with their state and due month"),
    "savings": ("savings programme", "what each work stream must save, has saved and is forecast to save"),
    "commitments": (
        "list of commitments",
        "each commitment, the council's roles in it and the indicators that evidence it",
    ),
    "measures": ("key measures", "the few measures that the council reports once a year"),
}
"""What a section shows, by the kind of workbook to send for it: its name, and what it holds."""


def on(day: object) -> str:
    """Name the day at which something is judged.

    >>> on(pd.Timestamp("2024-10-31"))
    'at 31 October 2024'
    """
    return f"at {shown(pd.Timestamp(day))}"


def parted(counts: Sequence[tuple[str, int]], noun: str, *, of: str = "") -> str:
    """Say how a whole is made up, in figures; one that is all of one kind is said to be. ``of`` follows the noun.

    >>> parted([("complete", 40), ("ongoing", 15), ("not started", 0)], "action")
    '40 of 55 actions are complete and 15 ongoing'
    >>> parted([("complete", 2)], "action"), parted([("complete", 1)], "action", of=" on 1 recommendation")
    ('both actions are complete', 'the one action on 1 recommendation is complete')
    """
    known = [(kind, count) for kind, count in counts if count]
    total = sum(count for _, count in known)
    if not known:
        return f"there are no {words.plural(noun, 0)}{of}"
    named = f"{words.plural(noun, total)}{of}"
    if len(known) == 1:
        whole = {1: f"the one {named} is", 2: f"both {named} are"}
        return f"{whole.get(total, f'all {total:,} {named} are')} {known[0][0]}"
    (kind, first), others = known[0], known[1:]
    lead = f"{first:,} of {total:,} {named} {words.are(first)} {kind}"
    return words.join([lead, *(f"{count:,} {kind}" for kind, count in others)])


def months(first: pd.Timestamp) -> tuple[str, str]:
    """Name the last month of the financial quarter that a day lies in, and the months of the next.

    >>> months(pd.Timestamp("2024-10-31"))
    ('December 2024', 'January to March 2025')
    """
    quarter = pd.Period(first, freq="Q-MAR")
    following = periods.in_words(quarter + 1)
    return periods.label(periods.months_of(quarter)[-1]), following[following.index("(") + 1 : -1]


def nothing(kind: str, *, quarter: str) -> str:
    """Say that nothing was sent for a section, and what to send.

    >>> nothing("measures", quarter="2024-25 Q3")
    'No key measures have been sent. To report them here, send the workbook of key measures (the few measures that the \
council reports once a year): perfkit template --kind measures --quarter "2024-25 Q3" writes it, ready to be filled in.'
    """
    name, holds = SENT[kind]
    verb, it = ("have", "them") if kind == "measures" else ("has", "it")
    book = f"the workbook of {'key measures' if kind == 'measures' else 'the ' + name}"
    return (
        f"No {name} {verb} been sent. To report {it} here, send {book} ({holds}): "
        f'perfkit template --kind {kind} --quarter "{quarter}" writes it, ready to be filled in.'
    )


def not_yet(later: pd.DataFrame, *, quarter: str) -> str:
    """Say which programmes were first reported after the quarter; empty where none was.

    Needs what `delivery.later` gives.

    >>> not_yet(pd.DataFrame({"programme": ["Review"], "as_at": ["October 2024"]}), quarter="2024-25 Q2")
    'Review was first reported as at October 2024, after 2024-25 Q2 had ended, so it is not used here.'
    """
    return " ".join(
        f"{row.programme} was first reported as at {row.as_at}, after {quarter} had ended, so it is not used here."
        for row in later.itertuples()
    )
