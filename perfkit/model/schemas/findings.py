"""The tables of what was published, claimed and judged, to hold the figures against."""

from __future__ import annotations

from perfkit.model.columns import Column, Table
from perfkit.model.schemas.words import INDICATOR, PERIOD, key, text

CLAIMS = Table(
    "claims",
    "statements of delays that the council published for a period, to be checked against the data",
    ("period", "number"),
    (
        PERIOD,
        key("number", "place in the list", kind="whole"),
        text("text", "the statement, which names its own period: over 51,000 bed days lost in 2016-17", required=True),
        text("area", "the authority that it speaks of", required=True),
        text("source", "where it was published"),
    ),
    unit=("period",),
)

PUBLISHED = Table(
    "published",
    "figures that the council published for a period, to hold perfkit's own against",
    ("period", "statement"),
    (PERIOD, key("statement", "what is counted"), key("count", "the published figure", kind="number")),
)

CALIBRATIONS = Table(
    "calibrations",
    "how well past outlooks of the council's own history did, and how wide to draw the next ones",
    ("subject",),
    (
        key("subject", "what was calibrated: outlook"),
        Column("widen", "number", "factor by which intervals are drawn wider", True),
        text("until", "label of the last period of the history", required=True),
        Column("series", "whole", "indicators that were back-tested", True),
        Column("years", "whole", "ended years of indicators among them", True),
        Column("outlooks", "whole", "past outlooks that were made again", True),
        Column("covered80", "number", "percentage of year-ends within the 80% interval"),
        Column("covered95", "number", "percentage of year-ends within the 95% interval"),
        Column("gain", "number", "share by which projections missed less than the last figure carried on"),
        text("words", "the same in a sentence", required=True),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "what was said of a target while its year was running, to be scored when the year has ended",
    ("indicator", "year", "quarter", "who"),
    (
        INDICATOR,
        key("year", "the financial year whose end was judged"),
        key("quarter", "label of the quarter at which it was judged"),
        key("who", "whose judgement", "director", "perfkit"),
        Column("probability", "number", "probability of meeting the target, 0 to 1", True),
    ),
)
