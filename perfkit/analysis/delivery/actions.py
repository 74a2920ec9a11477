"""Actions that a review recommended: what is overdue at a date, falls due next, and moved since last time."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from perfkit.model import periods
from perfkit.model.schemas import ACTION_STATUSES

WHEN = ("overdue", "this quarter", "next quarter", "later", "no date", "complete", "withdrawn")
"""When an action falls due, seen from the date of the report; the order in which actions are listed."""
NEWS = ("reopened", "new", "completed", "withdrawn")
_OPEN = ("ongoing", "not started")
_KEY = ["programme", "action"]


def track(actions: pd.DataFrame, before: pd.DataFrame | None = None, *, at: str = "") -> pd.DataFrame:
    """Say of each action whether it is overdue, when it falls due, and what moved since the report before.

    Needs the columns of the table actions, of one report a programme (`selection.now`), and of the report before it in
    ``before``. ``at`` is the day from which is judged, such as 2024-12-31; the last day of the month reported unless
    given. An action is overdue where it is neither complete nor withdrawn and the month by whose end it is due had
    ended before that day. Gives the columns given, ``state`` in place of status and ``status`` in place of
    source_status, and: at and due_end (days), overdue, when (of `WHEN`, quarters being financial ones), before (the
    month of the report before, if any), before_status (of its rows), due_before, slipped (due later than then),
    brought_forward, and news (of `NEWS`, empty where nothing changed). Overdue ones come first, then by due date and
    number.

    >>> actions = pd.DataFrame({"programme": "Review", "action": ["1.1", "10.2"], "as_at": "October 2024",
    ...     "status": ["complete", "ongoing"], "due": [None, "September 2024"], "source_status": None})
    >>> track(actions)[["action", "overdue", "when"]].values.tolist()
    [['10.2', True, 'overdue'], ['1.1', False, 'complete']]
    """
    rows = actions.rename(columns={"status": "state", "source_status": "status"}).reset_index(drop=True)
    rows["at"] = periods.ends(rows["as_at"]) if not at else pd.Timestamp(at)
    rows["due_end"] = periods.ends(rows["due"])
    undone = rows["state"].isin(_OPEN)
    rows["overdue"] = undone & (rows["due_end"] < rows["at"])
    rows["when"] = _when(rows, undone)
    rows = _moved(rows, actions.iloc[:0] if before is None else before)
    order = pd.DataFrame({"when": rows["when"].map(WHEN.index), "due": rows["due_end"], "n": rows["action"].map(place)})
    late = order["when"].gt(WHEN.index("no date"))
    order["due"] = order["due"].mask(late)
    order["programme"] = rows["programme"]
    return rows.loc[order.sort_values(["programme", "when", "due", "n"], kind="stable").index].reset_index(drop=True)


def by_recommendation(tracked: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Count the actions of each recommendation, those without any kept at 0.

    Needs what `track` gives and programme, number and title of ``recommendations``. Gives programme, number, title
    (missing where an action names a recommendation that is not listed), actions, complete, ongoing, not_started,
    withdrawn, overdue, this_quarter, next_quarter, slipped.

    >>> tracked = pd.DataFrame({"programme": "Review", "recommendation": ["1"], "state": ["complete"],
    ...     "when": ["complete"], "overdue": [False], "slipped": [False]})
    >>> titles = pd.DataFrame({"programme": "Review", "number": ["1", "2"], "title": ["Partners", "Pace"]})
    >>> by_recommendation(tracked, titles)[["number", "actions", "complete"]].values.tolist()
    [['1', 1, 1], ['2', 0, 0]]
    """
    counts = _counts(tracked.rename(columns={"recommendation": "number"}), ["programme", "number"])
    mine = recommendations[recommendations["programme"].isin(tracked["programme"])]
    keys = ["programme", "number"]
    rows = mine[[*keys, "title"]].merge(counts, on=keys, how="outer")
    numbers = [name for name in counts if name not in keys]
    rows[numbers] = rows[numbers].where(rows[numbers].notna(), 0).astype("int64")
    order = pd.DataFrame({"programme": rows["programme"], "n": rows["number"].map(place)})
    return rows.loc[order.sort_values(["programme", "n"], kind="stable").index].reset_index(drop=True)


def summary(tracked: pd.DataFrame, recommendations: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the actions of each programme, one row each.

    Needs what `track` gives. Gives programme, as_at, at, before (the month of the report before, missing where there is
    none), before_status, recommendations, the counts of `by_recommendation`, later, no_date, brought_forward, and since
    the report before new, reopened, completed_since and dropped.

    >>> actions = pd.DataFrame({"programme": "Review", "action": ["1.1"], "recommendation": "1",
    ...     "as_at": "October 2024", "status": ["ongoing"], "due": ["September 2024"], "source_status": None})
    >>> titles = pd.DataFrame({"programme": ["Review"], "number": ["1"], "title": ["Partners"]})
    >>> summary(track(actions), titles)[["recommendations", "actions", "overdue"]].values.tolist()
    [[1, 1, 1]]
    """
    rows = _counts(tracked, ["programme"])
    first = tracked.drop_duplicates("programme").set_index("programme")[["as_at", "at", "before", "before_status"]]
    named = by_recommendation(tracked, recommendations).groupby("programme")["number"].nunique()
    gone = (dropped(tracked, before) if before is not None else tracked.iloc[:0]).groupby("programme").size()
    rows = rows.join(first, on="programme")
    return rows.assign(
        recommendations=rows["programme"].map(named), dropped=[int(gone.get(name, 0)) for name in rows["programme"]]
    )


def dropped(tracked: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Give the actions of the report before that are gone from this one: rows of ``before``.

    >>> then = pd.DataFrame({"programme": "Review", "action": ["1.1", "1.2"]})
    >>> dropped(then.head(1), then)["action"].tolist()
    ['1.2']
    """
    kept = pd.MultiIndex.from_frame(tracked[_KEY].astype("object"))
    mine = before[before["programme"].isin(tracked["programme"])]
    return mine[~pd.MultiIndex.from_frame(mine[_KEY].astype("object")).isin(kept)].reset_index(drop=True)


def undone(tracked: pd.DataFrame) -> pd.DataFrame:
    """Give the actions that are neither complete nor withdrawn, in the order given; needs ``state``."""
    return tracked[tracked["state"].isin(_OPEN)].reset_index(drop=True)


def closed(tracked: pd.DataFrame) -> pd.DataFrame:
    """Give the actions that are complete or withdrawn, in the order given; needs ``state``."""
    return tracked[~tracked["state"].isin(_OPEN)].reset_index(drop=True)


def place(number: object) -> tuple[tuple[int, ...], str]:
    """Give what to sort a written number by, so that 1.10 comes after 1.9.

    >>> sorted(["1.10", "1.9", "10.1"], key=place)
    ['1.9', '1.10', '10.1']
    """
    return tuple(int(part) for part in re.findall(r"\d+", str(number))), str(number)


def _when(rows: pd.DataFrame, undone: pd.Series[bool]) -> pd.Series[str]:
    """Say when each action falls due, in financial quarters from the day of the report."""
    quarter = rows["at"].dt.to_period("Q-MAR")
    this, following = (each.dt.end_time.dt.normalize() for each in (quarter, quarter + 1))
    made = np.select(
        [~undone, rows["overdue"], rows["due_end"].isna(), rows["due_end"] <= this, rows["due_end"] <= following],
        [rows["state"], "overdue", "no date", "this quarter", "next quarter"],
        "later",
    )
    return pd.Series(made, index=rows.index, dtype="object")


def _moved(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Say what moved since the report before; nothing is new where there was none."""
    then = before[[*_KEY, "as_at", "status", "due"]].rename(
        columns={"as_at": "seen", "status": "state_before", "due": "due_before"}
    )
    rows = rows.merge(then, on=_KEY, how="left")
    for name, column in (("before", "as_at"), ("before_status", "source_status")):
        rows[name] = rows["programme"].map(dict(zip(before["programme"], before[column], strict=True)))
    was, undone = periods.ends(rows["due_before"]), rows["state"].isin(_OPEN)
    rows["slipped"] = undone & (rows["due_end"] > was)
    rows["brought_forward"] = undone & (rows["due_end"] < was)
    changed = rows["state_before"].notna() & rows["state"].ne(rows["state_before"])
    closed = rows["state_before"].isin(["complete", "withdrawn"])
    found = [
        undone & closed, rows["before"].notna() & rows["seen"].isna(), changed & rows["state"].eq("complete"),
        changed & rows["state"].eq("withdrawn"),
    ]  # fmt: skip
    rows["news"] = pd.Series(np.select(found, list(NEWS), ""), index=rows.index, dtype="object")
    return rows.drop(columns=["seen", "state_before"])


def _counts(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    flags = {"actions": pd.Series(True, index=rows.index)}
    flags |= {state.replace(" ", "_"): rows["state"].eq(state) for state in ACTION_STATUSES}
    flags |= {when.replace(" ", "_"): rows["when"].eq(when) for when in WHEN[:5]}
    flags |= {name: rows[name] for name in ("slipped", "brought_forward") if name in rows}
    flags |= {name: rows["news"].eq(name) for name in ("new", "reopened") if "news" in rows}
    if "news" in rows:
        flags["completed_since"] = rows["news"].eq("completed")
    counted = pd.DataFrame({name: flag.astype("int64") for name, flag in flags.items()}, index=rows.index)
    return counted.groupby([rows[key] for key in keys], sort=False).sum().reset_index()
