"""Tables that cannot be drawn without a caption: scoped headers, figures set right, missing values said in words."""

from __future__ import annotations

from perfkit.display.tables_board import exceptions, outcomes
from perfkit.display.tables_changes import changes, later, movements
from perfkit.display.tables_dashboards import dashboards
from perfkit.display.tables_delivery import actions as delivery_actions
from perfkit.display.tables_delivery import closed_actions, commitments, measures, recommendations, savings
from perfkit.display.tables_delivery import dropped as dropped_actions
from perfkit.display.tables_delivery import streams as savings_by_stream
from perfkit.display.tables_delivery import years as savings_by_year
from perfkit.display.tables_grid import outcome_grid
from perfkit.display.tables_leadership import directorates as single_view
from perfkit.display.tables_leadership import mapped, meetings
from perfkit.display.tables_leadership import priorities as leadership_priorities
from perfkit.display.tables_money import lines as budget_lines
from perfkit.display.tables_outlook import council as outlook_council
from perfkit.display.tables_outlook import first as outlook_first
from perfkit.display.tables_outlook import scores as outlook_scores
from perfkit.display.tables_paper import calendar, framework_changes, restated, stated_figures
from perfkit.display.tables_plain import ranking, table
from perfkit.display.tables_points import key_points
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
from perfkit.display.tables_red import red_outcomes
from perfkit.display.tables_risk import register
from perfkit.display.tables_scorecard import scorecard
from perfkit.display.tables_thread import thread
from perfkit.display.tables_yardsticks import yardsticks

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
