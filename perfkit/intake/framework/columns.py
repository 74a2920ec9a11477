"""How each table of a framework is found: its headings under all their names, and which of them it needs."""

from __future__ import annotations

from perfkit.intake.returns import dashboards
from perfkit.intake.rows import TableSpec

_CAN_PASS_100 = tuple(
    f"{may} {go} 100{sign}{asked}"
    for may in ("can", "may")
    for go in ("pass", "exceed", "be above", "be over")
    for sign in ("", "%", " %")
    for asked in ("", " y n")
)
INDICATORS = TableSpec(
    {
        "indicator": ("id", "indicator id", "stable id"),
        "ref": (*dashboards.REF, "published number"),
        "title": dashboards.TITLE,
        "title?": dashboards.TITLE_ELSE,
        "directorate": ("directorate", "directorate code"),
        "priority": ("priority", "corporate priority"),
        "outcome": ("outcome id", "outcome ref", "outcome code"),
        "unit": ("unit", "units", "unit of measure", "unit of measurement", "measured in"),
        "polarity": ("polarity", "good is", "what is good", "desired direction", "good performance is"),
        "cumulative": ("cumulative", "cumulative target y n", "cumulative y n"),
        "frequency": ("frequency",),
        "series_type": ("series type",),
        "arrears": ("arrears", "arrears quarters", "quarters in arrears"),
        "decimals": ("decimals", "decimal places"),
        "rule": ("rule", "rating rule"),
        "tolerance": ("tolerance",),
        "set_by": ("set by",),
        "set_on": ("set on",),
        "data_owner": ("data owner", "owner"),
        "definition": ("definition",),
        "can_pass_100": _CAN_PASS_100,
    },
    ("indicator", "ref", "title", "priority", "outcome", "unit", "polarity"),
    "indicator",
    "title",
)
TARGETS = TableSpec(
    {
        "indicator": ("id", "indicator id", "stable id"),
        "role": ("role",),
        "period": ("period", "for"),
        "text": ("target", "target as written"),
        "basis": ("basis",),
        "profile": ("profile",),
        "baseline": ("baseline",),
        "baseline_period": ("baseline period",),
        "due": ("due",),
        "year_total": ("year total",),
        "set_by": ("set by",),
        "set_on": ("set on",),
        "reason": ("reason", "why changed", "reason for change"),
    },
    ("indicator", "role", "period", "text"),
    "indicator",
    "text",
)
OUTCOMES = TableSpec(
    {"outcome": ("outcome id", "id"), "title": ("outcome", "title"), "priority": ("priority",),
     "directorate": ("directorate", "lead directorate")},
    ("outcome", "title", "priority"),
    "outcome",
    "title",
)  # fmt: skip
PRIORITIES = TableSpec({"order": ("order",), "priority": ("priority",)}, ("order", "priority"), "priority", "order")
DIRECTORATES = TableSpec(
    {"order": ("order",), "directorate": ("code",), "name": ("directorate", "name")},
    ("order", "directorate", "name"),
    "directorate",
    "name",
)
LEADERSHIP = TableSpec(
    {"number": ("number", "no"), "title": ("priority", "leadership priority"), "kind": ("kind",)},
    ("number", "title", "kind"),
    "title",
    "number",
)
PUBLISHED = TableSpec(
    {"period": ("period",), "statement": ("statement",), "count": ("count",)},
    ("period", "statement", "count"),
    "statement",
    "count",
)
COLUMNS = {
    "priorities": PRIORITIES,
    "outcomes": OUTCOMES,
    "indicators": INDICATORS,
    "directorates": DIRECTORATES,
    "leadership_priorities": LEADERSHIP,
    "published": PUBLISHED,
    "targets": TARGETS,
}
"""The columns of every table, by its name."""
OPTIONAL = {
    "directorates": "directorates",
    "leadership_priorities": "leadership priorities",
    "published": "published counts",
}
"""What a council may do without, with the name of its sheet: a sheet called so must still be whole."""
