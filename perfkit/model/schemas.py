"""The tidy tables: their columns, keys and allowed words, and the check that a frame keeps to them.

Long form, one fact a row; every row carries `LINEAGE`. Missing text and numbers are missing (never ``""`` or 0);
``value`` is empty wherever ``marker`` says why there is none.
"""

from __future__ import annotations

from perfkit.model.columns import LINEAGE, Column, Kind, Table
from perfkit.model.contract import conform, empty

__all__ = ["LINEAGE", "TABLES", "Column", "Kind", "Table", "conform", "empty"]

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


def _text(name: str, meaning: str, *words: str, required: bool = False) -> Column:
    return Column(name, "text", meaning, required, words)


def _key(name: str, meaning: str, *words: str, kind: Kind = "text") -> Column:
    return Column(name, kind, meaning, True, words)


_YEAR = _key("financial_year", "such as 2017-18")
_INDICATOR = _key("indicator", "stable id; outlives the published number")
_PERIOD = _key("period", "label of the period that the figure is about")
_PART = _key("part", "1, or 2 for the 'of which' of a pair", kind="whole")

INDICATORS = Table(
    "indicators",
    "what is measured, as defined for one financial year",
    ("indicator", "financial_year"),
    (
        _INDICATOR,
        _YEAR,
        _key("ref", "the number it is published under that year"),
        _key("title", "title as published"),
        _key("directorate", "code of the directorate that reports it"),
        _key("priority", "title of the priority"),
        _key("outcome", "id of the outcome"),
        _key("unit", "percent, count, hours, quartile, milestone, ..."),
        _key("polarity", "which way is good", *POLARITIES),
        _key("frequency", "how often a figure is due", *FREQUENCIES),
        _key("series_type", "what a figure covers", *SERIES_TYPES),
        Column("arrears", "whole", "quarters by which the figure lags its report", True),
        Column("decimals", "whole", "decimal places to show", True),
        _text("rule", "rating family", *RULES),
        Column("tolerance", "number", "width of amber: percent of the target, or points; a floor's level"),
        _text("tolerance_set_by", "who set rule and tolerance"),
        Column("tolerance_set_on", "date", "when"),
        _text("data_owner", "who answers for the figure"),
        _text("definition", "what is counted, where the title does not say it"),
    ),
    unit=("financial_year",),
)

OUTCOMES = Table(
    "outcomes",
    "what the council wants for residents, in one financial year",
    ("outcome", "financial_year"),
    (
        _key("outcome", "id of the outcome"),
        _YEAR,
        _key("title", "title as published"),
        _key("priority", "title of the priority"),
        _key("directorate", "code of the lead directorate"),
    ),
    unit=("financial_year",),
)

PRIORITIES = Table(
    "priorities",
    "the council's corporate priorities, in one financial year",
    ("priority", "financial_year"),
    (_key("priority", "title"), _YEAR, _key("order", "place in the plan", kind="whole")),
    unit=("financial_year",),
)

DIRECTORATES = Table(
    "directorates",
    "the directorates, in one financial year",
    ("directorate", "financial_year"),
    (_key("directorate", "code"), _YEAR, _key("name", "name"), _key("order", "place in reports", kind="whole")),
    unit=("financial_year",),
)

LEADERSHIP_PRIORITIES = Table(
    "leadership_priorities",
    "the leadership team's priorities, in one financial year",
    ("number", "financial_year"),
    (
        _key("number", "place in the list", kind="whole"),
        _YEAR,
        _key("title", "title"),
        _text("kind", "whether new focus or continuing", "focus", "continuing"),
    ),
    unit=("financial_year",),
)

TARGETS = Table(
    "targets",
    "what was promised: a target, an interim or a final one, for a period",
    ("indicator", "period", "part"),
    (
        _INDICATOR,
        _key("period", "label of the period the target is for: the year, or the quarter or month it is due by"),
        _PART,
        _text("role", "its place in a trajectory", "target", "interim", "final", required=True),
        _text("text", "the target as written; empty where none was written"),
        _text("kind", "what the text means", *TARGET_KINDS, required=True),
        _text("direction", "the target's own direction, where it states one", "at least", "at most"),
        Column("strict", "flag", "whether reaching the threshold exactly is not enough"),
        Column("low", "number", "the threshold; of a range its lower edge; of a change the percentage, signed"),
        Column("high", "number", "the upper edge of a range"),
        _text("comparator", "of a relative target: top quartile, national average, neighbours, ..."),
        _text("due", "of a milestone: label of the period it is due by"),
        _text("basis", "what the number is for", "year", "quarter", "month", "level"),
        _text("profile", "how a year's count is spread: equal, seasonal, step, line, or shares as 20/25/25/30"),
        Column("baseline", "number", "where the trajectory starts"),
        _text("baseline_period", "label of the baseline's period"),
        _text("set_by", "who set it"),
        Column("set_on", "date", "when"),
        _text("reason", "why it was changed, where it was"),
    ),
)

OBSERVATIONS = Table(
    "observations",
    "what was measured",
    ("indicator", "period", "area", "part"),
    (
        _INDICATOR,
        _PERIOD,
        _key("area", "the area measured; the council's own name for its own figures"),
        _PART,
        _text("report_period", "label of the quarter in whose return it appeared", required=True),
        Column("value", "number", "in the indicator's unit; a percentage is 67.0"),
        Column("numerator", "number", "where known"),
        Column("denominator", "number", "where known"),
        _text("status", "how firm", *STATUSES, required=True),
        _text("marker", "the published sign that stands in place of a value, as written"),
        _text("marker_means", "what the marker means"),
    ),
)

ASSESSMENTS = Table(
    "assessments",
    "what the director says of an indicator or outcome",
    ("subject", "period"),
    (
        _text("subject_kind", "what is assessed", "indicator", "outcome", required=True),
        _key("subject", "id of the indicator or outcome"),
        _PERIOD,
        _text("rag", "the director's rating; empty where none was given", *RAGS),
        _text("outlook", "the director's outlook", *OUTLOOKS),
        _text("reason", "why it differs from the calculated rating, or why there is none"),
        _text("action", "what is being done"),
        _text("assessed_by", "who says so"),
        Column("assessed_on", "date", "when"),
        Column("expires_on", "date", "until when it stands"),
    ),
)

COMMENTARY = Table(
    "commentary",
    "what is to be said beside the figures",
    ("period", "kind", "subject", "number"),
    (
        _PERIOD,
        _text("kind", "what it is", "achievement", "issue", "cause", "action", required=True),
        _text("subject_kind", "what it is about", "priority", "outcome", "indicator", required=True),
        _key("subject", "title of the priority, or id of the outcome or indicator"),
        _key("number", "place among its kind and subject", kind="whole"),
        _key("text", "the text, as sent"),
        _text("indicators", "ids of the indicators that it speaks of, separated by spaces"),
        _text("status", "illustrative where it was never published", *STATUSES),
    ),
)

DELAYS = Table(
    "delays",
    "delayed transfers of care: days of delay in a month",
    ("month", "area", "attribution", "setting", "reason"),
    (
        _key("month", "the month", kind="month"),
        _key("area", "name of the authority, England, or where else the patient lives"),
        _text("area_code", "code in the workbook (608, E10000025)"),
        _text("area_kind", "what the area is", "country", "authority", "elsewhere", required=True),
        _text("region", "region, where the workbook gives it"),
        _key("attribution", "whose delay", *ATTRIBUTIONS, ALL),
        _key("setting", "where the patient waits", *SETTINGS, ALL),
        _key("reason", "letter of the reason (A to O), or all"),
        _text("reason_title", "the reason in words, the same in every layout"),
        Column("delayed_days", "number", "days of delay in the month"),
        Column("calendar_days", "whole", "days in the month", True),
        _text("status", "how firm", *STATUSES, required=True),
        _text("marker", "the published sign in place of a value"),
    ),
    unit=("month",),
)

NOTES = Table(
    "notes",
    "what the publisher says of the quality of a month's delays",
    ("month", "number"),
    (
        _key("month", "the month", kind="month"),
        _key("number", "place on the sheet", kind="whole"),
        _text("organisation", "code of the organisation that the line names, where it names one"),
        _text("text", "the sentence, or the organisation's name", required=True),
    ),
    unit=("month",),
)

CLAIMS = Table(
    "claims",
    "statements of delays that the council published for a period, to be checked against the data",
    ("period", "number"),
    (
        _PERIOD,
        _key("number", "place in the list", kind="whole"),
        _text("text", "the statement, which names its own period: over 51,000 bed days lost in 2016-17", required=True),
        _text("area", "the authority that it speaks of", required=True),
        _text("source", "where it was published"),
    ),
    unit=("period",),
)

AREA_KINDS = ("country", "region", "part of region", "authority", "combined", "other")
CALENDARS = ("financial", "academic", "calendar", "reporting")
ORG_KINDS = ("country", "region", "board", "trust")

RELEASES = Table(
    "releases",
    "what national bodies publish, read by a recipe: one measure of one area in one period",
    ("release", "measure", "period", "calendar", "area_kind", "area", "breakdown"),
    (
        _key("release", "the series that the release belongs to, as its recipe names it"),
        _key("measure", "id of what is measured, stable over the layouts of a series"),
        _key("period", "label of the period: 2017-18 Q1; of a calendar or reporting year its number, 2025"),
        _key(
            "calendar",
            "whose year: April to March, September to August, January to December, or the publisher's own",
            *CALENDARS,
        ),
        _key(
            "area_kind", "what the area is; of combined ones and their parts only one kind may be added up", *AREA_KINDS
        ),
        _key("area", "the area's name in the register of areas; as published where the register does not cover it"),
        _key("breakdown", "who or what of the measure: characteristic=value, several joined by ; or all"),
        _text("measure_title", "the measure in words"),
        _text("area_code", "the area's code as published"),
        _text("area_name", "the area's name as published"),
        _text("region", "the region it is listed under"),
        Column("value", "number", "in the unit of the measure; a percentage is 67.0"),
        Column("numerator", "number", "where published"),
        Column("denominator", "number", "where published"),
        _text("unit", "percent, count, rate per 10,000, ..."),
        _text("marker", "the published sign in place of the value or beside it, as written"),
        _text("marker_means", "what the marker means"),
        _text("note", "what the release says beside the figure, such as which caveat holds"),
        _text("status", "how firm", *STATUSES, required=True),
    ),
    unit=("release", "period"),
)

DISCHARGES = Table(
    "discharges",
    "patients who no longer meet the criteria to reside in hospital: what came after `delays`, never joined to it",
    ("collection", "period", "org_kind", "org_code", "measure", "breakdown"),
    (
        _key("collection", "which hospitals report", "acute", "community"),
        _key(
            "period", "the day (2022-04-01), the week by its first day (week of 2022-04-04), or the month (April 2022)"
        ),
        _text("period_kind", "how long the period is", "day", "week", "month", required=True),
        Column("starts", "date", "the first day of the period", True),
        _key("month", "the month of the workbook", kind="month"),
        _key("org_kind", "what reports: England, a region, an integrated care board or a trust", *ORG_KINDS),
        _key("org_code", "code of the board or trust; of England and regions their name"),
        _text("org_name", "its name as published", required=True),
        _text("region", "the NHS region that it lies in"),
        _key("measure", "id of what is counted"),
        _key("breakdown", "length of stay, destination or reason for delay, in bare words; or all"),
        _text("breakdown_title", "the same, as published"),
        Column("value", "number", "patients, bed days, or people a day on average"),
        _text("unit", "patients, bed days or people a day", required=True),
        _text("marker", "the published sign in place of a value"),
        _text("marker_means", "what the marker means"),
        _text("status", "how firm", *STATUSES, required=True),
    ),
    unit=("collection", "month"),
)

PUBLISHED = Table(
    "published",
    "figures that the council published for a period, to hold perfkit's own against",
    ("period", "statement"),
    (_PERIOD, _key("statement", "what is counted"), _key("count", "the published figure", kind="number")),
)

CALIBRATIONS = Table(
    "calibrations",
    "how well past outlooks of the council's own history did, and how wide to draw the next ones",
    ("subject",),
    (
        _key("subject", "what was calibrated: outlook"),
        Column("widen", "number", "factor by which intervals are drawn wider", True),
        _text("until", "label of the last period of the history", required=True),
        Column("series", "whole", "indicators that were back-tested", True),
        Column("years", "whole", "ended years of indicators among them", True),
        Column("outlooks", "whole", "past outlooks that were made again", True),
        Column("covered80", "number", "percentage of year-ends within the 80% interval"),
        Column("covered95", "number", "percentage of year-ends within the 95% interval"),
        Column("gain", "number", "share by which projections missed less than the last figure carried on"),
        _text("words", "the same in a sentence", required=True),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "what was said of a target while its year was running, to be scored when the year has ended",
    ("indicator", "year", "quarter", "who"),
    (
        _INDICATOR,
        _key("year", "the financial year whose end was judged"),
        _key("quarter", "label of the quarter at which it was judged"),
        _key("who", "whose judgement", "director", "perfkit"),
        Column("probability", "number", "probability of meeting the target, 0 to 1", True),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        INDICATORS,
        OUTCOMES,
        PRIORITIES,
        DIRECTORATES,
        LEADERSHIP_PRIORITIES,
        TARGETS,
        OBSERVATIONS,
        ASSESSMENTS,
        COMMENTARY,
        DELAYS,
        NOTES,
        CLAIMS,
        RELEASES,
        DISCHARGES,
        PUBLISHED,
        CALIBRATIONS,
        JUDGEMENTS,
    )
}
