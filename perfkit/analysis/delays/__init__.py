"""Delayed transfers of care: how many patients wait in hospital who need not, why, whose delay it is, and compared.

Every function takes the tidy table `delays` and gives a new frame. Delayed days are what the national workbooks count;
people delayed a day are delayed days divided by the days of the month.
"""

from perfkit.analysis.delays import claims, quality
from perfkit.analysis.delays.comparison import average, compare, leading
from perfkit.analysis.delays.movement import movement, since, whole_year, year_so_far
from perfkit.analysis.delays.promise import against_promise, promised
from perfkit.analysis.delays.promises import HOURS, defined, hours, own, quarterly
from perfkit.analysis.delays.reporting import side_by_side, until
from perfkit.analysis.delays.series import by_month, by_quarter, by_year, seasonality
from perfkit.analysis.delays.shares import reasons_since, shares
from perfkit.analysis.delays.splits import by_attribution, by_reason, by_setting, explain
from perfkit.analysis.delays.standing import adults, beside, neighbours, region, standing
from perfkit.analysis.delays.statements import statements
from perfkit.analysis.delays.trajectory import against_target, delivered

__all__ = [
    "HOURS",
    "adults",
    "against_promise",
    "against_target",
    "average",
    "beside",
    "by_attribution",
    "by_month",
    "by_quarter",
    "by_reason",
    "by_setting",
    "by_year",
    "claims",
    "compare",
    "defined",
    "delivered",
    "explain",
    "hours",
    "leading",
    "movement",
    "neighbours",
    "own",
    "promised",
    "quality",
    "quarterly",
    "reasons_since",
    "region",
    "seasonality",
    "shares",
    "side_by_side",
    "since",
    "standing",
    "statements",
    "until",
    "whole_year",
    "year_so_far",
]
