"""The tables of the papers: the two lines of reporting, money and risk beside performance, and what delivers them."""

from __future__ import annotations

from perfkit.model.columns import Column, Table
from perfkit.model.schemas.words import ACTION_STATUSES, PERIOD, STATUSES, YEAR, key, text

_STATUS = text("status", "illustrative where it was never published", *STATUSES)
_PROGRAMME = key("programme", "name of the programme, such as peer challenge 2024")
_AS_AT = key("as_at", "label of the month that the row describes the end of, such as October 2024")
_PRIORITIES = text("priorities", "numbers of the leadership priorities that it bears on, separated by spaces")
_MARKERS = text("markers", "published signs in place of figures, each after its column, such as forecast [x]")
_INDICATORS = text("indicators", "ids of the indicators that it bears on, separated by spaces")

MAPPING = Table(
    "mapping",
    "which leadership priorities an indicator or outcome serves: many to many",
    ("subject", "number", "financial_year"),
    (
        text("subject_kind", "what is mapped", "indicator", "outcome", required=True),
        key("subject", "id of the indicator or outcome"),
        key("number", "number of the leadership priority", kind="whole"),
        YEAR,
        _STATUS,
    ),
    unit=("financial_year",),
)

THREAD = Table(
    "thread",
    "the golden thread above the priorities: vision, themes and what the framework is made of",
    ("level", "order", "financial_year"),
    (
        key("level", "vision, theme, framework segment, transformation work stream, ..."),
        key("order", "place within its level", kind="whole"),
        YEAR,
        text("parent", "level and order of what it serves, such as vision 1; empty at the top"),
        text("title", "title as published", required=True),
        text("priority", "title of the corporate priority that a theme leads to, where it is known"),
        text("priority_status", "illustrative where that link was never published", *STATUSES),
        _STATUS,
    ),
    unit=("financial_year",),
)

FINANCE = Table(
    "finance",
    "the year's budget and forecast as reported in a quarter, in pounds",
    ("period", "directorate", "line"),
    (
        PERIOD,
        key("directorate", "code of the directorate"),
        key("line", "title of the budget line"),
        Column("budget", "number", "of the whole year, in pounds", True),
        Column("actual", "number", "spent by the end of the period, in pounds"),
        Column("forecast", "number", "of the whole year, in pounds; empty where none was made"),
        _PRIORITIES,
        text("reason", "why the forecast differs from the budget"),
        _MARKERS,
        _STATUS,
    ),
    unit=("period", "directorate"),
)

RISKS = Table(
    "risks",
    "the register of risks as reported in a quarter",
    ("period", "risk"),
    (
        PERIOD,
        key("risk", "id of the risk, the same from quarter to quarter"),
        text("title", "what may happen", required=True),
        text("directorate", "code of the directorate; empty for the whole council"),
        Column("likelihood", "whole", "1 (rare) to 5 (almost certain)", True),
        Column("impact", "whole", "1 (negligible) to 5 (severe)", True),
        text("owner", "who answers for it"),
        text("mitigation", "what is being done"),
        _PRIORITIES,
        _INDICATORS,
        _STATUS,
    ),
    unit=("period",),
)

RECOMMENDATIONS = Table(
    "recommendations",
    "what a review recommended",
    ("programme", "number"),
    (_PROGRAMME, key("number", "number of the recommendation"), text("title", "in short", required=True), _STATUS),
    unit=("programme",),
)

ACTIONS = Table(
    "actions",
    "what is done about each recommendation, as it stood at the end of a month",
    ("programme", "action", "as_at"),
    (
        _PROGRAMME,
        key("action", "number of the action, such as 1.10"),
        _AS_AT,
        text("recommendation", "number of the recommendation", required=True),
        text("title", "what is to be done", required=True),
        text("status", "how far it is", *ACTION_STATUSES, required=True),
        text("due", "label of the month by whose end it is due; empty where it is done or has no date"),
        text("progress", "what was said of it"),
        text("owner", "who answers for it"),
        text("markers", "signs in place of a month, such as due TBC"),
        text("source_status", "illustrative where it was never published", *STATUSES),
    ),
    unit=("programme", "as_at"),
)

STREAMS = Table(
    "streams",
    "the work streams of a savings programme",
    ("programme", "number"),
    (
        _PROGRAMME,
        key("number", "place in the list", kind="whole"),
        text("title", "title as published", required=True),
        text("aim", "what it is to do"),
        _STATUS,
    ),
    unit=("programme",),
)

SAVINGS = Table(
    "savings",
    "what each work stream must save in a year, has saved and is forecast to, as it stood at the end of a month",
    ("programme", "number", "financial_year", "as_at"),
    (
        _PROGRAMME,
        key("number", "number of the work stream", kind="whole"),
        YEAR,
        _AS_AT,
        Column("required", "number", "in pounds, of that year", True),
        Column("delivered", "number", "in pounds, of that year; empty where none was reported"),
        Column("forecast", "number", "in pounds, still to come in that year; empty where none was made"),
        text("note", "why it differs"),
        _MARKERS,
        _STATUS,
    ),
    unit=("programme", "as_at"),
)

PROGRAMMES = Table(
    "programmes",
    "what a programme promised as a whole",
    ("programme", "measure"),
    (
        _PROGRAMME,
        key("measure", "what is promised, such as savings required"),
        Column("value", "number", "in its unit; empty where the promise is in words"),
        text("words", "the promise where it is not a number, such as monthly"),
        text("unit", "pounds, percent, ..."),
        text("by", "label of the year by which, or the date as written"),
        _STATUS,
    ),
    unit=("programme",),
)

COMMITMENTS = Table(
    "commitments",
    "what the council's strategy commits it to, and in which role",
    ("number", "financial_year"),
    (
        key("number", "place in the list", kind="whole"),
        YEAR,
        text("title", "title as published", required=True),
        Column("deliver", "flag", "whether the council delivers it itself", True),
        Column("partner", "flag", "whether it works with partners", True),
        Column("influence", "flag", "whether it influences others", True),
        _INDICATORS,
        _STATUS,
    ),
    unit=("financial_year",),
)

MEASURES = Table(
    "measures",
    "the key measures that the council reports once a year",
    ("number", "financial_year"),
    (
        key("number", "place in the list", kind="whole"),
        YEAR,
        text("title", "what is measured; empty until the council names it"),
        Column("value", "number", "in its unit"),
        text("unit", "percent, count, ..."),
        text("target", "the target as written"),
        text("polarity", "which way is good", "higher", "lower", "within", "neutral"),
        text("note", "what is to be said of it"),
        text("marker", "the published sign in place of a value"),
        _STATUS,
    ),
    unit=("financial_year",),
)

TIMETABLE = Table(
    "timetable",
    "the calendar of reporting: what happens when",
    ("number", "financial_year"),
    (
        key("number", "place in the list", kind="whole"),
        YEAR,
        text("when", "as written, such as 2017-09 to 2017-10", required=True),
        Column("starts", "date", "the first day of it", True),
        Column("ends", "date", "the last day of it", True),
        text("step", "what happens", required=True),
        text("quarter", "label of the quarter that the step reports, where it reports one"),
        _STATUS,
    ),
    unit=("financial_year",),
)
