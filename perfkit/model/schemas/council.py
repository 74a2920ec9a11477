"""The tables of the council itself: what it promised, what it measured and what its directors say."""

from __future__ import annotations

from perfkit.model.columns import Column, Table
from perfkit.model.schemas.words import (
    FREQUENCIES,
    INDICATOR,
    OUTLOOKS,
    PART,
    PERIOD,
    POLARITIES,
    RAGS,
    RULES,
    SERIES_TYPES,
    STATUSES,
    TARGET_KINDS,
    YEAR,
    key,
    text,
)

INDICATORS = Table(
    "indicators",
    "what is measured, as defined for one financial year",
    ("indicator", "financial_year"),
    (
        INDICATOR,
        YEAR,
        key("ref", "the number it is published under that year"),
        key("title", "title as published"),
        key("directorate", "code of the directorate that reports it"),
        key("priority", "title of the priority"),
        key("outcome", "id of the outcome"),
        key("unit", "percent, count, hours, quartile, milestone, ..."),
        key("polarity", "which way is good", *POLARITIES),
        key("frequency", "how often a figure is due", *FREQUENCIES),
        key("series_type", "what a figure covers", *SERIES_TYPES),
        Column("arrears", "whole", "quarters by which the figure lags its report", True),
        Column("decimals", "whole", "decimal places to show", True),
        text("rule", "rating family", *RULES),
        Column("tolerance", "number", "width of amber: percent of the target, or points; a floor's level"),
        text("tolerance_set_by", "who set rule and tolerance"),
        Column("tolerance_set_on", "date", "when"),
        text("data_owner", "who answers for the figure"),
        text("definition", "what is counted, where the title does not say it"),
        Column("can_pass_100", "flag", "whether its percentage can pass 100; empty where the framework does not say"),
    ),
    unit=("financial_year",),
)

OUTCOMES = Table(
    "outcomes",
    "what the council wants for residents, in one financial year",
    ("outcome", "financial_year"),
    (
        key("outcome", "id of the outcome"),
        YEAR,
        key("title", "title as published"),
        key("priority", "title of the priority"),
        key("directorate", "code of the lead directorate"),
    ),
    unit=("financial_year",),
)

PRIORITIES = Table(
    "priorities",
    "the council's corporate priorities, in one financial year",
    ("priority", "financial_year"),
    (key("priority", "title"), YEAR, key("order", "place in the plan", kind="whole")),
    unit=("financial_year",),
)

DIRECTORATES = Table(
    "directorates",
    "the directorates, in one financial year",
    ("directorate", "financial_year"),
    (key("directorate", "code"), YEAR, key("name", "name"), key("order", "place in reports", kind="whole")),
    unit=("financial_year",),
)

LEADERSHIP_PRIORITIES = Table(
    "leadership_priorities",
    "the leadership team's priorities, in one financial year",
    ("number", "financial_year"),
    (
        key("number", "place in the list", kind="whole"),
        YEAR,
        key("title", "title"),
        text("kind", "whether new focus or continuing", "focus", "continuing"),
    ),
    unit=("financial_year",),
)

TARGETS = Table(
    "targets",
    "what was promised: a target, an interim or a final one, for a period",
    ("indicator", "period", "part"),
    (
        INDICATOR,
        key("period", "label of the period the target is for: the year, or the quarter or month it is due by"),
        PART,
        text("role", "its place in a trajectory", "target", "interim", "final", required=True),
        text("text", "the target as written; empty where none was written"),
        text("kind", "what the text means", *TARGET_KINDS, required=True),
        text("direction", "the target's own direction, where it states one", "at least", "at most"),
        Column("strict", "flag", "whether reaching the threshold exactly is not enough"),
        Column("low", "number", "the threshold; of a range its lower edge; of a change the percentage, signed"),
        Column("high", "number", "the upper edge of a range"),
        text("comparator", "of a relative target: top quartile, national average, neighbours, ..."),
        text("due", "of a milestone: label of the period it is due by"),
        text("basis", "what the number is for", "year", "quarter", "month", "level"),
        text("profile", "how a year's count is spread: equal, seasonal, step, line, or shares as 20/25/25/30"),
        Column("baseline", "number", "where the trajectory starts"),
        text("baseline_period", "label of the baseline's period"),
        text("set_by", "who set it"),
        Column("set_on", "date", "when"),
        text("reason", "why it was changed, where it was"),
    ),
)

OBSERVATIONS = Table(
    "observations",
    "what was measured",
    ("indicator", "period", "area", "part"),
    (
        INDICATOR,
        PERIOD,
        key("area", "the area measured; the council's own name for its own figures"),
        PART,
        text("report_period", "label of the quarter in whose return it appeared", required=True),
        Column("value", "number", "in the indicator's unit; a percentage is 67.0"),
        Column("numerator", "number", "where known"),
        Column("denominator", "number", "where known"),
        text("status", "how firm", *STATUSES, required=True),
        text("marker", "the published sign that stands in place of a value, as written"),
        text("marker_means", "what the marker means"),
    ),
)

ASSESSMENTS = Table(
    "assessments",
    "what the director says of an indicator or outcome",
    ("subject", "period"),
    (
        text("subject_kind", "what is assessed", "indicator", "outcome", required=True),
        key("subject", "id of the indicator or outcome"),
        PERIOD,
        text("rag", "the director's rating; empty where none was given", *RAGS),
        text("outlook", "the director's outlook", *OUTLOOKS),
        text("reason", "why it differs from the calculated rating, or why there is none"),
        text("action", "what is being done"),
        text("assessed_by", "who says so"),
        Column("assessed_on", "date", "when"),
        Column("expires_on", "date", "until when it stands"),
        text("council", "the council that the return names"),
    ),
)

COMMENTARY = Table(
    "commentary",
    "what is to be said beside the figures",
    ("period", "kind", "subject", "number"),
    (
        PERIOD,
        text("kind", "what it is", "achievement", "issue", "cause", "action", required=True),
        text("subject_kind", "what it is about", "priority", "outcome", "indicator", required=True),
        key("subject", "title of the priority, or id of the outcome or indicator"),
        key("number", "place among its kind and subject", kind="whole"),
        key("text", "the text, as sent"),
        text("indicators", "ids of the indicators that it speaks of, separated by spaces"),
        text("status", "illustrative where it was never published", *STATUSES),
    ),
)

COUNCILS = Table(
    "councils",
    "whose figures these are, as council.toml tells",
    ("name",),
    (
        key("name", "the council's name, as pages show it"),
        key("area", "the area that its figures are about"),
    ),
)
