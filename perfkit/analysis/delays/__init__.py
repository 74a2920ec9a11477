"""Delayed transfers of care: how many patients wait in hospital who need not, why, whose delay it is, and compared.

Every function takes the tidy table `delays` and gives a new frame. Delayed days are what the national workbooks count;
people delayed a day are delayed days divided by the days of the month.
"""

from perfkit.analysis.delays import claims
from perfkit.analysis.delays.comparison import average, compare, leading
from perfkit.analysis.delays.promise import against_promise, promised
from perfkit.analysis.delays.reporting import side_by_side, until
from perfkit.analysis.delays.series import by_month, by_quarter, by_year, seasonality
from perfkit.analysis.delays.splits import by_attribution, by_reason, by_setting, explain
from perfkit.analysis.delays.trajectory import against_target, delivered

__all__ = [
    "against_promise",
    "against_target",
    "average",
    "by_attribution",
    "by_month",
    "by_quarter",
    "by_reason",
    "by_setting",
    "by_year",
    "claims",
    "compare",
    "delivered",
    "explain",
    "leading",
    "promised",
    "seasonality",
    "side_by_side",
    "until",
]
