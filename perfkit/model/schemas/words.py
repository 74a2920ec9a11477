"""The words that tables may hold, and how a column is written down in a table."""

from __future__ import annotations

from perfkit.model.columns import Column, Kind

RAGS = ("green", "amber", "red")
OUTLOOKS = ("improving", "stable", "deteriorating")
POLARITIES = ("higher", "lower", "within", "neutral")
SERIES_TYPES = ("point", "ytd", "rolling", "snapshot", "milestone", "rare_count")
STATUSES = ("provisional", "revised", "final", "illustrative")
FREQUENCIES = ("month", "quarter", "year")
RULES = ("relative", "points", "floor", "direction", "range", "pair", "milestone", "rank")
TARGET_KINDS = (
    "threshold", "range", "pair", "comparator", "milestone", "change", "maintain", "band", "duration", "none",
)  # fmt: skip
ATTRIBUTIONS = ("NHS", "social care", "both")
SETTINGS = ("acute", "non-acute")
ALL = "all"
"""In `delays`: the total over attributions, settings or reasons, as the workbook prints it."""
AREA_KINDS = ("country", "region", "part of region", "authority", "combined", "other")
CALENDARS = ("financial", "academic", "calendar", "reporting")
ORG_KINDS = ("country", "region", "board", "trust")
ACTION_STATUSES = ("complete", "ongoing", "not started", "withdrawn")


def text(name: str, meaning: str, *words: str, required: bool = False) -> Column:
    """Write down a column of text.

    >>> text("owner", "who answers for it").required
    False
    """
    return Column(name, "text", meaning, required, words)


def key(name: str, meaning: str, *words: str, kind: Kind = "text") -> Column:
    """Write down a column that every row fills, as the columns of a key must be.

    >>> key("number", "place in the list", kind="whole").required
    True
    """
    return Column(name, kind, meaning, True, words)


YEAR = key("financial_year", "such as 2017-18")
INDICATOR = key("indicator", "stable id; outlives the published number")
PERIOD = key("period", "label of the period that the figure is about")
PART = key("part", "1, or 2 for the 'of which' of a pair", kind="whole")
