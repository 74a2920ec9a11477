"""Headings and decimals of the tables of the page on delayed transfers, and the rules at its foot."""

from __future__ import annotations

LINES = {"all": "All delays", "NHS": "NHS", "both": "Both jointly", "social care": "Social care"}
MONTHLY = {
    "month": "Month",
    "all": "All delays, people a day",
    "NHS": "NHS, people a day",
    "social care": "Social care, people a day",
    "both": "Both, people a day",
    "all_days": "All delays, days",
    "NHS_days": "NHS, days",
    "social care_days": "Social care, days",
    "both_days": "Both, days",
}
MONTHLY_DECIMALS = dict.fromkeys(("all", "NHS", "social care", "both"), 1)
HOURS = {
    "period": "Quarter",
    "hours": "Hours delivered a month",
    "contracted": "Hours contracted a month",
    "share": "Delivered",
    "shortfall": "Shortfall, hours",
}
HOURS_UNITS = {"share": "percent"}
HOURS_DECIMALS = {"hours": 0, "contracted": 0, "share": 0, "shortfall": 0}
CHANGE = {"reason_title": "Reason", "before": "Before", "after": "Now", "change": "Change", "note": "Note"}
CHANGE_DECIMALS = dict.fromkeys(("before", "after", "change"), 1)
SHARES = {
    "part": "Part",
    "people_a_day": "People a day",
    "before": "Before",
    "change": "Change",
    "share": "Share",
    "share_before": "Share before",
    "points": "Change of share, points",
}
SHARES_UNITS = {"share": "percent", "share_before": "percent"}
SHARES_DECIMALS = {"people_a_day": 1, "before": 1, "change": 1, "share": 0, "share_before": 0, "points": 1}
AVERAGE = {
    "basis": "Who",
    "areas": "Areas",
    "delayed_days": "Delayed days",
    "people_a_day": "People a day",
    "ratio": "This area divided by it",
}
RATED = AVERAGE | {"rate": "Days per 100,000 adults"}
AVERAGE_DECIMALS = {"areas": 0, "people_a_day": 1, "ratio": 2, "rate": 0}
SO_FAR = {
    "part": "Delays",
    "months": "Months",
    "days": "Days since April",
    "days_before": "Same months a year before",
    "change": "Change",
    "people_a_day": "People a day",
    "people_a_day_before": "A year before",
}
SO_FAR_DECIMALS = {"days": 0, "days_before": 0, "change": 0, "people_a_day": 1, "people_a_day_before": 1}
AHEAD = {
    "part": "Delays",
    "now": "Last quarter",
    "end": "Year's last quarter, projected",
    "interval": "80% interval",
    "target": "Target for March",
    "likelihood": "Chance of meeting it",
    "confidence": "How sure",
}
CLAIMS = {
    "claim": "Statement",
    "basis": "Computed as",
    "said": "Figure",
    "answer": "Holds this way",
}
FIRM = {"status": "Status", "months": "Months", "which": "Which", "means": "What it means"}
SIGNS = {"sign": "Sign", "here": "Figures of this area", "all_areas": "Figures of all areas", "means": "What it means"}
NOTES = {"month": "Month", "text": "What the publisher says", "organisations": "Organisations named"}
RULES = (
    "People delayed a day are delayed days divided by the days of the month; of a longer period, days by its days.",
    "Joint delays, or both, are those that the NHS and social care answer for together, as the national workbooks "
    "count them.",
    "Changes and shares are worked out before rounding, and may differ a little from those of the figures shown.",
    "A quarter is held against the same quarter a year before, since winters are worse than summers. Within 2% counts "
    "as much the same.",
    "Authorities are ranked by delayed days, most first (by rate where adults are loaded); ties take the better rank; "
    "those without every month are left out. England is never ranked.",
    "A promise runs in a straight line from its baseline to its target, month by month. Months behind say how long ago "
    "the line stood at today's figure.",
    "A statement is reckoned by every reasonable basis; it holds where all agree. Nearly means up to a tenth below.",
)
