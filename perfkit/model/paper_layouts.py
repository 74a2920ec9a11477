"""How each sheet of the papers is laid out: finance, risk, mapping, actions, savings, commitments, measures, calendar.

A council may keep each in a workbook of its own, or several in one; a sheet is known by its headings.
"""

from __future__ import annotations

from dataclasses import replace

from perfkit.model import synonyms
from perfkit.model.layouts import Heading, Layout
from perfkit.model.schemas.words import ACTION_STATUSES, POLARITIES, STATUSES

STATUS = Heading(
    "status", "Source", "code", "illustrative where it was never published", words=STATUSES, width=13,
    aliases=("status of figures", "data status", "figures are", "source of row"), synonyms=synonyms.FIRMNESS,
)  # fmt: skip
SOURCE_STATUS = replace(STATUS, field="source_status")
PRIORITIES = Heading(
    "priorities", "Leadership priorities", "list", "numbers of the priorities that it bears on, such as 7, 10",
    aliases=("leadership priority", "leadership priority numbers", "priorities", "priority numbers"), width=14,
    names="number",
)  # fmt: skip
INDICATORS = Heading(
    "indicators", "Indicators", "list", "ids or published numbers of the indicators that it bears on",
    aliases=("indicator", "indicator ids", "indicator numbers", "evidence"), width=24,
)  # fmt: skip
DIRECTORATE = Heading(
    "directorate", "Directorate", "text", "code or name of the directorate", aliases=("directorate code",),
    width=13, spare=("service",),
)  # fmt: skip
NUMBER = Heading(
    "number", "No.", "whole", "place in the list", required=True, aliases=("no", "number", "ref"), width=7, least=1
)

MAPPING = Layout(
    "mapping",
    "Mapping",
    "Which leadership priorities each indicator and outcome serves; leave the numbers empty where it serves none.",
    (
        Heading("subject_kind", "Kind", "code", "indicator or outcome", words=("indicator", "outcome"), width=11,
                aliases=("what is mapped", "indicator or outcome"),
                synonyms=(("indicators", "indicator"), ("outcomes", "outcome"), ("measure", "indicator"),
                          ("pi", "indicator"), ("kpi", "indicator"), ("performance indicator", "indicator"))),
        Heading("subject", "Id", "text", "id of the indicator or outcome, or the indicator's published number",
                required=True, names="id", width=32,
                aliases=("indicator or outcome id", "subject", "indicator id", "outcome id")),
        Heading("subject_title", "Title", "text", "for the reader; not kept", width=60,
                aliases=("indicator title", "outcome title")),
        Heading("number", "Leadership priorities", "list", "numbers of the leadership priorities, such as 7, 10",
                required=True, width=20, aliases=PRIORITIES.aliases, names="number"),
        STATUS,
    ),
    "subject",
    "subject_title",
    told=("financial_year",),
    spread="number",
)  # fmt: skip
THREAD = Layout(
    "thread",
    "Golden thread",
    "What stands above the priorities: vision, themes, what the framework is made of.",
    (
        Heading("level", "Level", "text", "vision, theme, framework segment, ...", required=True, width=28),
        Heading("order", "Order", "whole", "place within its level", required=True, least=1, width=8,
                aliases=("place", "no", "number")),
        Heading("parent", "Serves", "text", "level and order of what it serves, such as vision 1", required=True,
                aliases=("parent", "part of"), width=16),
        Heading("title", "Title", "text", "title as published", required=True, width=40),
        Heading("priority", "Corporate priority", "text", "the corporate priority that a theme leads to",
                aliases=("priority",), width=34),
        Heading("priority_status", "Source of link", "code", "illustrative where the link to a corporate priority "
                "was never published", words=STATUSES, synonyms=synonyms.FIRMNESS, width=13),
        STATUS,
    ),
    "title",
    "level",
    told=("financial_year",),
)  # fmt: skip
FINANCE = Layout(
    "finance",
    "Finance",
    "The year's budget, spending to date and forecast of each budget line, as reported in the quarter.",
    (
        DIRECTORATE,
        Heading("line", "Budget line", "text", "title of the budget line", required=True, width=44,
                aliases=("budget heading", "service area", "budget title", "line"),
                spare=("cost centre", "budget area", "service line", "service", "division", "description")),
        Heading("budget", "Budget", "money", "of the whole year", required=True, width=16,
                aliases=("annual budget", "latest budget", "net budget", "full year budget", "budget for the year",
                         "current budget", "revised budget", "approved budget", "working budget", "total budget")),
        Heading("actual", "Actual to date", "money", "spent by the end of the quarter", width=16,
                aliases=("actual", "spend to date", "spent to date", "actual spend", "year to date", "actuals", "ytd",
                         "actual ytd", "ytd actual", "actual spend to date", "expenditure to date", "spend ytd",
                         "ytd spend", "actuals to date", "net spend to date")),
        Heading("forecast", "Forecast", "money", "of the whole year; empty where none was made", required=True,
                width=16, aliases=("forecast outturn", "outturn forecast", "projected outturn", "full year forecast",
                                   "year end forecast", "forecast for the year", "f cast", "fcst", "outturn",
                                   "forecast year end", "projection", "estimated outturn", "full year projection")),
        PRIORITIES,
        Heading("reason", "Reason", "text", "why the forecast differs from the budget", width=60,
                aliases=("reason for variance", "reason for variation", "comments", "commentary", "explanation")),
        STATUS,
    ),
    "line",
    "budget",
    told=("period", "directorate"),
    summed=("budget", "actual", "forecast"),
)  # fmt: skip


def _staged(*names: str) -> tuple[str, ...]:
    """Give the names of a score with the words for the stage that is reported: as it stands after what is done."""
    stages = ("", "current ", "residual ", "net ", "mitigated ", "post mitigation ")
    kinds = ("", " score", " rating", " 1 5", " score 1 5")
    staged = (f"{stage}{name}{kind}" for name in names[:2] for stage in stages for kind in kinds)
    return (*names[1:], *(name for name in staged if name not in names))


RISKS = Layout(
    "risks",
    "Risks",
    "The register of risks as reported in the quarter; likelihood and impact from 1 (low) to 5 (high).",
    (
        Heading("risk", "Risk id", "text", "id of the risk, the same from quarter to quarter", required=True, width=10,
                names="id", aliases=("id", "ref", "risk ref", "risk reference", "risk no", "risk number", "ref no",
                                     "no", "number", "reference", "risk code", "risk register ref")),
        Heading("title", "Risk", "text", "what may happen", required=True, width=50,
                aliases=("title", "risk title", "risk description", "description", "description of risk", "risk name",
                         "details of risk", "nature of risk", "risk event")),
        DIRECTORATE,
        Heading("likelihood", "Likelihood", "whole", "1 (rare) to 5 (almost certain)", required=True, least=1, most=5,
                width=12, synonyms=synonyms.LIKELIHOODS,
                aliases=_staged("likelihood", "probability", "likelihood 1 5", "l", "l hood", "lhood", "prob")),
        Heading("impact", "Impact", "whole", "1 (negligible) to 5 (severe)", required=True, least=1, most=5, width=9,
                synonyms=synonyms.IMPACTS,
                aliases=_staged("impact", "severity", "impact 1 5", "i", "imp", "consequence")),
        Heading("owner", "Owner", "text", "who answers for it", width=26,
                aliases=("risk owner", "lead", "owned by", "responsible officer", "lead officer")),
        Heading("mitigation", "Mitigation", "text", "what is being done", width=60,
                aliases=("mitigating actions", "controls", "mitigations", "actions", "what is being done",
                         "mitigating action", "existing controls", "current controls", "controls in place")),
        PRIORITIES,
        INDICATORS,
        STATUS,
    ),
    "risk",
    "title",
    told=("period",),
)  # fmt: skip
RECOMMENDATIONS = Layout(
    "recommendations",
    "Recommendations",
    "What the review recommended.",
    (
        Heading("number", "No.", "text", "number of the recommendation", required=True, aliases=("no", "number", "ref"),
                width=7, names="number"),
        Heading("title", "Recommendation", "text", "in short", required=True, width=64,
                aliases=("recommendation title", "what was recommended")),
        STATUS,
    ),
    "number",
    "title",
    told=("programme",),
)  # fmt: skip
ACTIONS = Layout(
    "actions",
    "Actions",
    "What is done about each recommendation, as it stood at the end of the month.",
    (
        Heading("recommendation", "Recommendation", "text", "number of the recommendation", required=True, width=18,
                names="number", aliases=("recommendation no", "recommendation number", "rec", "rec no", "rec number",
                                         "recommendation ref", "rec ref")),
        Heading("action", "Action", "text", "number of the action, typed as text, such as 1.10", required=True,
                width=9, names="number", aliases=("action no", "action number", "action ref", "action id"),
                spare=("ref", "no", "action")),
        Heading("title", "What is to be done", "text", "in short", required=True, width=56,
                aliases=("title", "action title", "description", "action description", "task", "agreed action",
                         "action required", "what will be done", "what we will do", "what will we do", "key action"),
                spare=("action", "actions")),
        Heading("status", "Status", "code", "how far it is", required=True, words=ACTION_STATUSES, width=12,
                aliases=("action status", "progress status", "state", "current status", "completion status"),
                synonyms=synonyms.PROGRESS),
        Heading("due", "Due", "month", "the month by whose end it is due, such as December 2024", width=17,
                aliases=("due date", "due by", "target date", "deadline", "completion date", "by when", "date due",
                         "target completion date", "timescale", "timescales", "timeframe", "end date", "when",
                         "implementation date", "revised due date", "due date revised", "due revised")),
        Heading("progress", "Progress", "text", "what is said of it", width=60,
                aliases=("update", "progress update", "comments", "commentary")),
        Heading("owner", "Owner", "text", "who answers for it", aliases=("lead", "lead officer", "action owner"),
                width=24),
        SOURCE_STATUS,
    ),
    "action",
    "title",
    told=("programme", "as_at"),
)  # fmt: skip
STREAMS = Layout(
    "streams",
    "Work streams",
    "The work streams of a savings programme.",
    (
        NUMBER,
        Heading("title", "Work stream", "text", "title as published", required=True, width=46,
                aliases=("workstream", "work stream title", "workstream title")),
        Heading("aim", "Aim", "text", "what it is to do", required=True, width=64, aliases=("purpose", "aims")),
        STATUS,
    ),
    "number",
    "title",
    told=("programme",),
)  # fmt: skip
SAVINGS = Layout(
    "savings",
    "Savings",
    "What each work stream must save in each year, has saved, and is forecast to save, as it stood at the month's end.",
    (
        Heading("number", "Work stream no.", "whole", "number of the work stream", required=True, least=1, width=9,
                aliases=("work stream number", "workstream no", "workstream number", "no", "number", "stream")),
        Heading("stream_title", "Work stream", "text", "for the reader; not kept", width=44,
                aliases=("workstream", "title")),
        Heading("financial_year", "Financial year", "year", "such as 2013-14", required=True, width=11,
                aliases=("year",)),
        Heading("required", "Required", "money", "to be saved in the year", required=True, width=15,
                aliases=("savings required", "target", "savings target", "planned")),
        Heading("delivered", "Delivered", "money", "saved in the year; empty where none was reported", width=15,
                aliases=("savings delivered", "achieved", "delivered to date")),
        Heading("forecast", "Forecast", "money", "still to be saved in the year, on top of what is delivered; empty "
                "where none was made", width=15, aliases=("forecast savings", "savings forecast", "still to come")),
        Heading("note", "Note", "text", "why it differs", width=60, aliases=("notes", "reason", "comments")),
        STATUS,
    ),
    "number",
    "stream_title",
    told=("programme", "as_at"),
    summed=("required", "delivered", "forecast"),
)  # fmt: skip
PROGRAMMES = Layout(
    "programmes",
    "Promises",
    "What the programme promised as a whole.",
    (
        Heading("measure", "Measure", "text", "what is promised, such as savings required", required=True, width=32,
                aliases=("promise", "what is promised")),
        Heading("value", "Value", "number", "in its unit; empty where the promise is in words", required=True,
                aliases=("figure", "amount"), width=16),
        Heading("words", "In words", "text", "the promise where it is not a number, such as monthly", required=True,
                aliases=("promise in words",), width=20),
        Heading("unit", "Unit", "text", "pounds, percent, ...", width=12, synonyms=synonyms.UNITS),
        Heading("by", "By", "text", "the year or date by which", aliases=("by when", "due"), width=12),
        STATUS,
    ),
    "measure",
    "unit",
    told=("programme",),
)  # fmt: skip
_ROLE = "x where the council takes this role; empty where it does not"
COMMITMENTS = Layout(
    "commitments",
    "Commitments",
    "What the council's strategy commits it to, and in which role: deliver, partner or influence.",
    (
        NUMBER,
        Heading("title", "Commitment", "text", "title as published", required=True, width=64,
                aliases=("commitment title", "title")),
        Heading("deliver", "Deliver", "flag", _ROLE, required=True, width=10, aliases=("delivers", "delivery")),
        Heading("partner", "Partner", "flag", _ROLE, required=True, width=10, aliases=("partners", "partnership")),
        Heading("influence", "Influence", "flag", _ROLE, required=True, width=10, aliases=("influences",)),
        INDICATORS,
        STATUS,
    ),
    "number",
    "title",
    told=("financial_year",),
)  # fmt: skip
MEASURES = Layout(
    "measures",
    "Annual measures",
    "The key measures that the council reports once a year.",
    (
        NUMBER,
        Heading("title", "Key measure", "text", "what is measured; empty until the council names it", required=True,
                aliases=("measure", "annual measure", "measure title"), width=40),
        Heading("value", "Value", "number", "in its unit, or a marker such as [x]", aliases=("figure", "result"),
                width=12),
        Heading("unit", "Unit", "text", "percent, count, ...", width=12, synonyms=synonyms.UNITS),
        Heading("target", "Target", "text", "the target as written", width=16),
        Heading("polarity", "Good is", "code", "which way is good", words=POLARITIES, aliases=("polarity",), width=12,
                synonyms=synonyms.POLARITIES),
        Heading("note", "Note", "text", "what is to be said of it", required=True, aliases=("notes", "comments"),
                width=64),
        STATUS,
    ),
    "number",
    "note",
    told=("financial_year",),
)  # fmt: skip
TIMETABLE = Layout(
    "timetable",
    "Timetable",
    "The calendar of reporting: what happens when.",
    (
        NUMBER,
        Heading("when", "When", "text", "such as October 2017, September 2017 to October 2017, or 2017-18 Q3",
                required=True, aliases=("date", "dates", "period"), width=34),
        Heading("step", "Step", "text", "what happens", required=True, aliases=("what happens", "milestone"), width=80),
        Heading("starts", "Starts", "day", "the first day, where the words before do not tell it", width=14),
        Heading("ends", "Ends", "day", "the last day, where the words before do not tell it", width=14),
        Heading("quarter", "Reports quarter", "period", "the quarter that the step reports, where it reports one",
                aliases=("quarter", "quarter reported"), width=14),
        STATUS,
    ),
    "step",
    "when",
    told=("financial_year",),
)  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    layout.table: layout
    for layout in (
        MAPPING, THREAD, FINANCE, RISKS, RECOMMENDATIONS, ACTIONS, STREAMS, SAVINGS, PROGRAMMES, COMMITMENTS,
        MEASURES, TIMETABLE,
    )
}  # fmt: skip
"""Every sheet of the papers by the table that it gives."""
