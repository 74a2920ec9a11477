"""Which page of a set holds which detail, told once for every page's "See also"."""

from __future__ import annotations

from perfkit.display import page
from perfkit.display.markup import Fragment

_HOLDS = {
    "cabinet_report": "Cabinet report: outcomes by priority, achievements, issues and red outcomes",
    "leadership_report": "Leadership report: performance, finance and risk side by side",
    "scorecard": "Scorecard: every indicator with its value, target, ratings and workbook cells",
    "outlook": "Trend and outlook: where the year will end, and what has really changed",
    "delayed_transfers": "Delayed transfers of care: who waits in hospital, and why",
    "delivery": "Delivery: actions, savings, commitments and annual measures",
    "data_quality": "Data quality: what came late, what is missing, what was revised",
}


def beside(report: str, *, directorate: str = "") -> Fragment:
    """Say on a report's page which other pages hold the detail; on a directorate's, also the whole council's.

    >>> beside("outlook").words.split("; ")[0]
    'See also: Cabinet report: outcomes by priority, achievements, issues and red outcomes (cabinet_report.html)'
    """
    return page.see_also((f"{name}.html", holds) for name, holds in _HOLDS.items() if directorate or name != report)
