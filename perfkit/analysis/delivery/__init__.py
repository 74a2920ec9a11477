"""Delivery: whether programmes do what they promised; actions, savings, commitments and the measures of the year.

``selection`` picks the report of each programme that a quarter may know. ``actions`` says what is overdue at a date and
what slipped, ``savings`` what is delivered, still to come and short, ``commitments`` what evidence each promise has,
``measures`` how the year's key measures stand. The rules in plain English are in docs/reference/delivery.md.
"""

from perfkit.analysis.delivery import actions, commitments, measures, savings, selection
from perfkit.analysis.delivery.actions import by_recommendation, dropped, summary, track
from perfkit.analysis.delivery.commitments import evidence, matrix
from perfkit.analysis.delivery.measures import annual
from perfkit.analysis.delivery.savings import amounts, bridge, by_stream, by_year, gaps, promises, total
from perfkit.analysis.delivery.selection import before, later, newest_year, now

__all__ = [
    "actions",
    "amounts",
    "annual",
    "before",
    "bridge",
    "by_recommendation",
    "by_stream",
    "by_year",
    "commitments",
    "dropped",
    "evidence",
    "gaps",
    "later",
    "matrix",
    "measures",
    "newest_year",
    "now",
    "promises",
    "savings",
    "selection",
    "summary",
    "total",
    "track",
]
