"""The annex of a cabinet report: every directorate's dashboard."""

from __future__ import annotations

import pandas as pd

from perfkit.display import markup
from perfkit.display.directorates import named, ordered
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
    if rated.empty:
        return Fragment(markup.text("p", "No indicators.", class_="pk-quiet"), f"{caption}: no indicators")
    rows = ordered(rated.assign(dashboard=named(rated["directorate"], directorates)), directorates)
    return scorecard(rows, caption=caption, outcomes=outcomes, by="dashboard", anchors=True)
