"""Performance, finance and risk beside each other, for each directorate and each leadership priority.

An analysis reads as a sentence::

    rule = single_view.Tolerance(green=1, amber=5)
    lines = single_view.vary(finance, rule)
    money = single_view.total(lines, rule, by="directorate")
    register = single_view.register(risks, quarter="2017-18 Q1", high=15)
    single_view.by_directorate(rated, money, register, directorates=directorates).pipe(single_view.meet)
"""

from perfkit.analysis.single_view.meeting import meet
from perfkit.analysis.single_view.money import Tolerance, total, vary
from perfkit.analysis.single_view.risk import closed, highest, register
from perfkit.analysis.single_view.view import by_directorate, by_priority, of_year, performance, whole

__all__ = [
    "Tolerance",
    "by_directorate",
    "by_priority",
    "closed",
    "highest",
    "meet",
    "of_year",
    "performance",
    "register",
    "total",
    "vary",
    "whole",
]
