"""The tables of what national bodies publish."""

from __future__ import annotations

from perfkit.model.columns import Column, Table
from perfkit.model.schemas.words import (
    ALL,
    AREA_KINDS,
    ATTRIBUTIONS,
    CALENDARS,
    ORG_KINDS,
    SETTINGS,
    STATUSES,
    key,
    text,
)

DELAYS = Table(
    "delays",
    "delayed transfers of care: days of delay in a month",
    ("month", "area", "attribution", "setting", "reason"),
    (
        key("month", "the month", kind="month"),
        key("area", "name of the authority, England, or where else the patient lives"),
        text("area_code", "code in the workbook (608, E10000025)"),
        text("area_kind", "what the area is", "country", "authority", "elsewhere", required=True),
        text("region", "region, where the workbook gives it"),
        key("attribution", "whose delay", *ATTRIBUTIONS, ALL),
        key("setting", "where the patient waits", *SETTINGS, ALL),
        key("reason", "letter of the reason (A to O), or all"),
        text("reason_title", "the reason in words, the same in every layout"),
        Column("delayed_days", "number", "days of delay in the month"),
        Column("calendar_days", "whole", "days in the month", True),
        text("status", "how firm", *STATUSES, required=True),
        text("marker", "the published sign in place of a value"),
    ),
    unit=("month",),
)

NOTES = Table(
    "notes",
    "what the publisher says of the quality of a month's delays",
    ("month", "number"),
    (
        key("month", "the month", kind="month"),
        key("number", "place on the sheet", kind="whole"),
        text("organisation", "code of the organisation that the line names, where it names one"),
        text("text", "the sentence, or the organisation's name", required=True),
    ),
    unit=("month",),
)

RELEASES = Table(
    "releases",
    "what national bodies publish, read by a recipe: one measure of one area in one period",
    ("release", "measure", "period", "calendar", "area_kind", "area", "breakdown"),
    (
        key("release", "the series that the release belongs to, as its recipe names it"),
        key("measure", "id of what is measured, stable over the layouts of a series"),
        key("period", "label of the period: 2017-18 Q1; of a calendar or reporting year its number, 2025"),
        key(
            "calendar",
            "whose year: April to March, September to August, January to December, or the publisher's own",
            *CALENDARS,
        ),
        key(
            "area_kind", "what the area is; of combined ones and their parts only one kind may be added up", *AREA_KINDS
        ),
        key("area", "the area's name in the register of areas; as published where the register does not cover it"),
        key("breakdown", "who or what of the measure: characteristic=value, several joined by ; or all"),
        text("measure_title", "the measure in words"),
        text("area_code", "the area's code as published"),
        text("area_name", "the area's name as published"),
        text("region", "the region it is listed under"),
        Column("value", "number", "in the unit of the measure; a percentage is 67.0"),
        Column("numerator", "number", "where published"),
        Column("denominator", "number", "where published"),
        text("unit", "percent, count, rate per 10,000, ..."),
        text("marker", "the published sign in place of the value or beside it, as written"),
        text("marker_means", "what the marker means"),
        text("note", "what the release says beside the figure, such as which caveat holds"),
        text("status", "how firm", *STATUSES, required=True),
    ),
    unit=("release", "period"),
)

DISCHARGES = Table(
    "discharges",
    "patients who no longer meet the criteria to reside in hospital: what came after `delays`, never joined to it",
    ("collection", "period", "org_kind", "org_code", "measure", "breakdown"),
    (
        key("collection", "which hospitals report", "acute", "community"),
        key(
            "period", "the day (2022-04-01), the week by its first day (week of 2022-04-04), or the month (April 2022)"
        ),
        text("period_kind", "how long the period is", "day", "week", "month", required=True),
        Column("starts", "date", "the first day of the period", True),
        key("month", "the month of the workbook", kind="month"),
        key("org_kind", "what reports: England, a region, an integrated care board or a trust", *ORG_KINDS),
        key("org_code", "code of the board or trust; of England and regions their name"),
        text("org_name", "its name as published", required=True),
        text("region", "the NHS region that it lies in"),
        key("measure", "id of what is counted"),
        key("breakdown", "length of stay, destination or reason for delay, in bare words; or all"),
        text("breakdown_title", "the same, as published"),
        Column("value", "number", "patients, bed days, or people a day on average"),
        text("unit", "patients, bed days or people a day", required=True),
        text("marker", "the published sign in place of a value"),
        text("marker_means", "what the marker means"),
        text("status", "how firm", *STATUSES, required=True),
    ),
    unit=("collection", "month"),
)
