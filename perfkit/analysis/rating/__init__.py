"""Ratings: what the figures say (calculated), what the director says (assessed), and which of the two stands
(effective).

An analysis reads as a sentence::

    rated = rating.rate(observations, targets, indicators=indicators).pipe(rating.assess, assessments)
    rating.count(rated, by="directorate")
"""

from perfkit.analysis.rating.assessment import assess
from perfkit.analysis.rating.calculation import rate
from perfkit.analysis.rating.counting import count
from perfkit.analysis.rating.selection import of
from perfkit.analysis.rating.wording import rules

__all__ = ["assess", "count", "of", "rate", "rules"]
