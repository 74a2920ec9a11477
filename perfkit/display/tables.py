"""Tables that cannot be drawn without a caption: scoped headers, figures set right, missing values said in words."""

from __future__ import annotations

from perfkit.display.tables_board import exceptions, key_points, outcomes
from perfkit.display.tables_changes import changes, later, movements
from perfkit.display.tables_outlook import council as outlook_council
from perfkit.display.tables_outlook import first as outlook_first
from perfkit.display.tables_outlook import scores as outlook_scores
from perfkit.display.tables_plain import ranking, table
from perfkit.display.tables_quality import (
    deliveries,
    earlier_returns,
    firmness,
    missing,
    questions,
    returns,
    revisions,
    signs,
    warnings,
)
from perfkit.display.tables_scorecard import scorecard

__all__ = [
    "changes",
    "deliveries",
    "earlier_returns",
    "exceptions",
    "firmness",
    "key_points",
    "later",
    "missing",
    "movements",
    "outcomes",
    "outlook_council",
    "outlook_first",
    "outlook_scores",
    "questions",
    "ranking",
    "returns",
    "revisions",
    "scorecard",
    "signs",
    "table",
    "warnings",
]
