"""Tables that stand before a cabinet: outcomes, red exceptions, achievements and issues."""

from __future__ import annotations

import pandas as pd

from perfkit.display.markup import Fragment
from perfkit.display.tables_plain import table


def outcomes(rolled: pd.DataFrame, *, caption: str) -> Fragment:
    """Show outcomes with their ratings, by priority."""
    return table(
        rolled, caption=caption, columns={"outcome": "No.", "title": "Outcome", "rag": "Rating"}, ratings=["rag"]
    )


def exceptions(frame: pd.DataFrame, *, caption: str) -> Fragment:
    """Show what is red, with cause and action."""
    return table(
        frame, caption=caption, columns={name: name for name in frame.columns if name in ("title", "cause", "action")}
    )


def key_points(commentary: pd.DataFrame, *, kind: str) -> Fragment:
    """List achievements or issues by priority."""
    return table(commentary[commentary["kind"] == kind], caption=kind, columns={"subject": "Priority", "text": "Point"})
