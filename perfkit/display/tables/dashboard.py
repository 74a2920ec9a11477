"""The annex of a cabinet report: every directorate's dashboard."""

from __future__ import annotations

import pandas as pd

from perfkit.display import markup
from perfkit.display.markup import Fragment
from perfkit.display.tables.scorecards import scorecard


def dashboards(
    rated: pd.DataFrame, directorates: pd.DataFrame, *, caption: str, outcomes: pd.DataFrame | None = None
) -> Fragment:
    """Show rated indicators as the directorates report them: a table each, in their order, grouped by outcome.

    Needs what `tables.scorecard` needs and ``directorate`` of rated; ``directorate, name, order`` of directorates. A
    directorate without a row there is shown by its code, after the others; a council without directorates in one
    table. Links may lead to each indicator. Raises `ValueError` without a caption.

    >>> columns = ["directorate", "priority", "outcome"]
    >>> dashboards(pd.DataFrame(columns=columns), pd.DataFrame(columns=["directorate", "name", "order"]), caption="All")
    All: no indicators
    """
    names = dict(zip(directorates["directorate"], directorates["name"], strict=True))
    order = {code: place for place, code in enumerate(directorates.sort_values("order")["directorate"])}
    named = rated.assign(
        dashboard=rated["directorate"].map(lambda code: names.get(code, code)),
        place=rated["directorate"].map(lambda code: order.get(code, len(order))),
    )
    named = named.sort_values("place", kind="stable").drop(columns="place")
    if named.empty:
        return Fragment(markup.text("p", "No indicators.", class_="pk-quiet"), f"{caption}: no indicators")
    return scorecard(named, caption=caption, outcomes=outcomes, by="dashboard", anchors=True)
