"""Tables that cannot be drawn without a caption: scoped headers, figures set right, missing values said in words."""

from __future__ import annotations

from perfkit.display.tables.board import exceptions, outcomes
from perfkit.display.tables.dashboard import dashboards
from perfkit.display.tables.delivery import actions as delivery_actions
from perfkit.display.tables.delivery import closed_actions, commitments, measures, recommendations, savings
from perfkit.display.tables.delivery import dropped as dropped_actions
from perfkit.display.tables.delivery import streams as savings_by_stream
from perfkit.display.tables.delivery import years as savings_by_year
from perfkit.display.tables.grid import outcome_grid
from perfkit.display.tables.leadership import directorates as single_view
from perfkit.display.tables.leadership import mapped, meetings
from perfkit.display.tables.leadership import priorities as leadership_priorities
from perfkit.display.tables.money import lines as budget_lines
from perfkit.display.tables.movement import changes, later, movements
from perfkit.display.tables.outlook import council as outlook_council
from perfkit.display.tables.outlook import first as outlook_first
from perfkit.display.tables.outlook import scores as outlook_scores
from perfkit.display.tables.paper import calendar, framework_changes, restated, stated_figures
from perfkit.display.tables.plain import ranking, table
from perfkit.display.tables.points import key_points
from perfkit.display.tables.quality import (
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
from perfkit.display.tables.red import red_outcomes
from perfkit.display.tables.risk import register
from perfkit.display.tables.scorecards import scorecard
from perfkit.display.tables.threads import thread
from perfkit.display.tables.yardstick import yardsticks

__all__ = [
    "budget_lines",
    "calendar",
    "changes",
    "closed_actions",
    "commitments",
    "dashboards",
    "deliveries",
    "delivery_actions",
    "dropped_actions",
    "earlier_returns",
    "exceptions",
    "firmness",
    "framework_changes",
    "key_points",
    "later",
    "leadership_priorities",
    "mapped",
    "measures",
    "meetings",
    "missing",
    "movements",
    "outcome_grid",
    "outcomes",
    "outlook_council",
    "outlook_first",
    "outlook_scores",
    "questions",
    "ranking",
    "recommendations",
    "red_outcomes",
    "register",
    "restated",
    "returns",
    "revisions",
    "savings",
    "savings_by_stream",
    "savings_by_year",
    "scorecard",
    "signs",
    "single_view",
    "stated_figures",
    "table",
    "thread",
    "warnings",
    "yardsticks",
]
