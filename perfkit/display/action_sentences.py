"""What the page on delivery says of action plans: done, overdue, due next, moved since last time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import words
from perfkit.display.delivery_words import months, on, parted
from perfkit.model import periods

Row = Mapping[Any, Any]


def actions(counts: pd.DataFrame, tracked: pd.DataFrame) -> str:
    """Say of each action plan how many actions are complete, and name the overdue ones.

    Needs what `delivery.summary` and `delivery.track` give. A paragraph a programme.

    >>> at, one = pd.Timestamp("2024-10-31"), {"programme": "Review", "as_at": "October 2024"}
    >>> counts = pd.DataFrame([one | {"at": at, "actions": 2, "complete": 1, "ongoing": 1, "not_started": 0,
    ...     "withdrawn": 0, "overdue": 1, "recommendations": 1}])
    >>> tracked = pd.DataFrame([one | {"action": "1.2", "title": "Board set up", "due": "September 2024",
    ...     "overdue": True}])
    >>> actions(counts, tracked)
    'Review: at 31 October 2024, 1 of 2 actions on 1 recommendation is complete and 1 ongoing; 1 is overdue: Board \
set up (1.2), due by the end of September 2024.'
    """
    return "\n\n".join(_plan(row, tracked) for row in counts.to_dict("records"))


def due_next(counts: pd.DataFrame) -> str:
    """Say how many actions fall due this quarter, in the next, later and without a date, from the day of the report."""
    several = len(counts) > 1
    return "\n\n".join(filter(None, (_ahead(row, several) for row in counts.to_dict("records"))))


def moved(counts: pd.DataFrame, tracked: pd.DataFrame) -> str:
    """Say how many slipped, were reopened, completed, added or dropped since the report before, or that there is none.

    Needs what `delivery.summary` and `delivery.track` give. A paragraph a programme.
    """
    several = len(counts) > 1
    return "\n\n".join(_since(row, tracked, several) for row in counts.to_dict("records"))


def slipped(tracked: pd.DataFrame) -> list[str]:
    """List the actions that are due later than in the report before.

    Needs what `delivery.track` gives.

    >>> slipped(pd.DataFrame({"programme": ["Review"], "action": ["1.2"], "title": ["Board set up"],
    ...     "slipped": [True], "due_before": ["June 2024"], "due": ["September 2024"]}))
    ['Board set up (1.2), from June 2024 to September 2024.']
    """
    several = tracked["programme"].nunique() > 1
    return [
        f"{f'{row.programme}: ' if several else ''}{row.title} ({row.action}), from {row.due_before} to {row.due}."
        for row in tracked[tracked["slipped"]].itertuples()
    ]


def recommendations(counted: pd.DataFrame) -> str:
    """Say how many recommendations have every action complete, and which have overdue ones.

    Needs what `delivery.by_recommendation` gives.

    >>> recommendations(pd.DataFrame({"number": ["1", "2"], "title": ["Partners", "Pace"], "actions": [3, 2],
    ...     "complete": [3, 1], "withdrawn": [0, 0], "overdue": [0, 1]}))
    '1 of 2 recommendations has all of its actions complete. Overdue actions belong to Pace (2).'
    """
    if counted.empty:
        return ""
    total, begun = len(counted), counted[counted["actions"] > 0]
    done = int((begun["complete"] + begun["withdrawn"]).eq(begun["actions"]).sum())
    late = [_named(row.title, row.number) for row in counted[counted["overdue"] > 0].itertuples()]
    empty = [_named(row.title, row.number) for row in counted[counted["actions"] == 0].itertuples()]
    has = "has all of its" if done < 2 else "have all of their"
    said = [f"{done or 'None'} of {total} {words.plural('recommendation', total)} {has} actions complete."]
    if total == 1:
        said = [f"The one recommendation {'has' if done else 'does not have'} all of its actions complete."]
    said += [f"Overdue actions belong to {words.join(late)}."] if late else []
    said += [f"No action is reported for {words.join(empty)}."] if empty else []
    return " ".join(said)


def _plan(row: Row, tracked: pd.DataFrame) -> str:
    kinds = [(name, int(row[name.replace(" ", "_")])) for name in ("complete", "ongoing", "not started", "withdrawn")]
    lead = f"{row['programme']}: {on(row['at'])}"
    reported = periods.ends([row["as_at"]]).iloc[0]
    asked = f" (as reported for {row['as_at']})" if reported != row["at"] else ""
    late = tracked[(tracked["programme"] == row["programme"]) & tracked["overdue"]]
    of_those = int(row["recommendations"])
    on_what = f" on {of_those} {words.plural('recommendation', of_those)}"
    open_ones = kinds[1][1] + kinds[2][1]
    return f"{lead}{asked}, {parted(kinds, 'action', of=on_what)}{_overdue(late) if open_ones else ''}."


def _overdue(late: pd.DataFrame) -> str:
    if late.empty:
        return "; none is overdue"
    named = [f"{row.title} ({row.action}), due by the end of {row.due}" for row in late.itertuples()]
    return f"; {len(late)} {words.are(len(late))} overdue: {'; '.join(named[:3])}" + (
        f"; and {len(named) - 3} more" if len(named) > 3 else ""
    )


def _ahead(row: Row, several: bool) -> str:
    if not int(row["ongoing"]) + int(row["not_started"]):
        return ""
    this, following = months(row["at"])
    parts = [(int(row["this_quarter"]), f"by the end of {this}"),
             (int(row["next_quarter"]), f"in the next quarter ({following})"),
             (int(row["later"]), "later")]  # fmt: skip
    due = [(count, when) for count, when in parts if count]
    bare, late = int(row["no_date"]), int(row["overdue"])
    besides = f"besides the {late} overdue, " if late else ""
    said = (
        [f"{due[0][0]} {'falls' if due[0][0] == 1 else 'fall'} due {due[0][1]}"]
        if due
        else [f"nothing {'more ' if late else ''}falls due"]
    )
    told = words.join([*said, *(f"{count} {when}" for count, when in due[1:])])
    tail = f"; {bare} {'has' if bare == 1 else 'have'} no date" if bare else ""
    lead = f"{row['programme']}: " if several else ""
    whole = f"{besides}{told}{tail}."
    return f"{lead}{whole}" if several else words.sentence(whole)


def _since(row: Row, tracked: pd.DataFrame, several: bool) -> str:
    lead = f"{row['programme']}: " if several else ""
    if words.missing(row["before"]):
        return f"{lead}{'no' if several else 'No'} earlier report of this plan is held, so what slipped cannot be said."
    mine = tracked[tracked["programme"] == row["programme"]]
    later = int(mine["slipped"].sum())
    kinds = (("brought_forward", "was brought forward"), ("reopened", "was reopened"),
             ("completed_since", "was completed"), ("new", "is new"), ("dropped", "was dropped"))  # fmt: skip
    parts = [f"{int(row[name])} {_many(verb, int(row[name]))}" for name, verb in kinds if int(row[name])]
    first = f"{later} slipped" if later else "no action slipped"
    made_up = " (an illustrative report)" if row["before_status"] == "illustrative" else ""
    return f"{lead}{'since' if several else 'Since'} {row['before']}{made_up}, {words.join([first, *parts])}."


def _many(verb: str, count: int) -> str:
    return verb if count == 1 else verb.replace("was ", "were ").replace("is ", "are ")


def _named(title: object, number: object) -> str:
    return f"{title} ({number})" if not words.missing(title) else f"recommendation {number}"
