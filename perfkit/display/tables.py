"""Tables that cannot be drawn without a caption: scoped headers, figures set right, missing values said in words."""

from __future__ import annotations

from perfkit.display.tables_board import exceptions, key_points, outcomes
from perfkit.display.tables_changes import movements
from perfkit.display.tables_outlook import council as outlook_council
from perfkit.display.tables_outlook import first as outlook_first
from perfkit.display.tables_plain import ranking, table
from perfkit.display.tables_quality import changes, later, questions, returns, revisions, warnings
from perfkit.display.tables_scorecard import scorecard

__all__ = [
    "changes",
    "exceptions",
    "key_points",
    "later",
    "movements",
    "outcomes",
    "outlook_council",
    "outlook_first",
    "questions",
    "ranking",
    "returns",
    "revisions",
    "scorecard",
    "table",
    "warnings",
]
