"""What the columns of a return are called: those of a dashboard, for one quarter or any, and of red exceptions.

Names seen in the workbooks of councils; those ending in _ELSE count only where no column bears one of the others.
"""

from __future__ import annotations

from functools import lru_cache

from perfkit.intake.headings import Aliases
from perfkit.intake.returns import quarter_blocks
from perfkit.intake.rows import TableSpec

REF = (
    "no", "ref", "ref no", "number", "indicator no", "indicator number", "indicator ref", "ref number", "measure no",
    "measure ref", "kpi no", "kpi ref", "kpi number", "pi no", "pi ref", "reference", "measure number", "pi number",
    "indicator reference", "measure reference", "kpi reference", "pi reference",
)  # fmt: skip
_REF_ELSE = (
    "indicator id", "measure id", "kpi id", "pi id", "indicator code", "measure code", "kpi code", "pi code", "id",
    "code",
)  # fmt: skip
TITLE = (
    "indicator", "success indicator", "performance indicator", "measure", "indicator title", "title", "indicator name",
    "performance measure", "measure name", "key performance indicator", "key performance indicator kpi", "kpi title",
    "kpi name", "measure title", "pi title", "pi name", "performance indicator pi", "performance measure name",
)  # fmt: skip
TITLE_ELSE = (
    "kpi", "pi", "performance indicators", "key performance indicators", "indicators", "performance measures",
    "measures", "indicator description", "measure description", "kpi description", "pi description",
)  # fmt: skip
_ACTUAL_ELSE = (
    "outturn", "performance", "current performance", "latest performance", "performance this quarter",
    "actual performance", "actual value", "current value", "latest value", "result", "latest result", "current",
    "this quarter", "quarter actual", "current quarter",
)  # fmt: skip
_TARGET = (
    "target", "annual target", "year target", "target as written", "full year target", "year end target",
    "target for the year", "yearly target", "target annual",
)  # fmt: skip
_YTD = (
    "ytd", "year to date", "ytd actual", "actual ytd", "year to date actual", "actual year to date", "ytd performance",
    "performance ytd", "ytd outturn", "outturn ytd", "cumulative actual", "actual to date",
)  # fmt: skip
_RAG_ELSE = (
    "brag", "brag rating", "brag status", "r a g", "rating", "performance rag", "performance rating", "rag score",
    "current rag", "rag this quarter", "traffic light", "target rag",
)  # fmt: skip
_REASON_ELSE = (
    "comments", "comment", "commentary", "reason", "notes", "narrative", "performance commentary",
    "performance comments", "officer comments", "supporting commentary", "comment on performance",
    "latest commentary", "explanation", "update", "performance narrative", "context",
)  # fmt: skip
EXCEPTIONS = TableSpec(
    {
        "ref": REF,
        "ref?": _REF_ELSE,
        "title": TITLE,
        "title?": TITLE_ELSE,
        "outcome": ("outcome",),
        "outcome_rag": ("outcome rag", "outcome rating", "director s outcome rating", "outcome rag director"),
        "cause": ("cause", "reason", "why", "cause of red"),
        "action": ("action", "actions", "action taken", "what is being done"),
    },
    ("ref", "title"),
    "ref",
    "title",
)


@lru_cache(maxsize=64)
def dashboard(*quarters: int, year: str = "") -> TableSpec:
    """Give the columns of a dashboard under the names seen in practice, for one quarter of the year or several.

    ``year``, such as 2017-18, may stand in its headings too; "*" is any year.
    """
    own = quarter_blocks.aliases(quarters)
    return TableSpec(
        {
            "priority": ("priority", "corporate priority"),
            "outcome": ("outcome",),
            "ref": REF,
            "ref?": _REF_ELSE,
            "title": TITLE,
            "title?": TITLE_ELSE,
            "target": _TARGET,
            "target?": own["target"],
            "cumulative": ("cumulative target y n", "cumulative target", "cumulative y n", "cumulative"),
            "actual": ("actual", "latest actual", "value", *own["actual"], *(f"q{q}" for q in quarters)),
            "actual?": _ACTUAL_ELSE,
            "ytd": _YTD,
            "status": ("data status", *own["status"]),
            "status?": ("status",),
            "rag": ("rag", "rag rating", "rag status", *own["rag"]),
            "rag?": _RAG_ELSE,
            "outlook": ("outlook", "year end outlook", "outlook for the year", "outlook year end", *own["outlook"]),
            "reason": ("comments reason", *own["reason"]),
            "reason?": _REASON_ELSE,
        },
        ("ref", "title", "rag"),
        "ref",
        "title",
        year,
    )


def of_any_quarter() -> TableSpec:
    """Give the columns of a dashboard for any quarter of any year."""
    return dashboard(*quarter_blocks.QUARTERS, year="*")


def aliases() -> Aliases:
    """Give the names of the columns of a dashboard for any quarter of any year."""
    return of_any_quarter().aliases
