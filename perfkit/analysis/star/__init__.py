"""The store's facts as a star: dimensions to choose by, facts to add up, for Power BI and other tools.

An export reads as a sentence::

    frames = star.build(tables, rated=rated, rolled=rolled)
    frames["fact_rating"].merge(frames["dim_indicator"], on="indicator")
"""

from perfkit.analysis.star.building import build
from perfkit.analysis.star.layout import TABLES, StarColumn, StarTable, tidy

__all__ = ["TABLES", "StarColumn", "StarTable", "build", "tidy"]
