"""Key points of a quarter: achievements and issues by priority, with the indicators that they speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from perfkit.intake import cells, headings, reading, records, unread
from perfkit.intake.headings import words
from perfkit.intake.layouts import text as layout_text
from perfkit.intake.reading import Reading
from perfkit.intake.returns import frame, lines, statements
from perfkit.intake.returns.frame import Framework, Ground
from perfkit.intake.rows import Row, TableSpec, walk
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model import periods
from perfkit.model.errors import Issue, Where

COLUMNS = TableSpec(
    {
        "kind": ("kind", "type", "achievement or issue"),
        "priority": ("priority", "corporate priority"),
        "text": ("key point", "text", "point"),
        "refs": ("indicators", "indicator numbers", "refs"),
        "status": ("status", "data status"),
    },
    ("kind", "priority", "text"),
    "text",
    "kind",
)
_KINDS = {
    **dict.fromkeys(("achievement", "achievements", "key achievement", "key achievements"), "achievement"),
    **dict.fromkeys(("issue", "issues", "key issue", "key issues"), "issue"),
}
_ONCE = ("period", "kind", "subject_kind", "subject", "file")
_DEPTH = 60
_BETWEEN = re.compile(r"[^\s,;&+/]+")
_BESIDE = re.compile(r"(?<![\w-])(?:and|nos?\.?|indicators?|kpis?|refs?|#)(?![\w-])|#", re.IGNORECASE)
"""Words that stand about the numbers of indicators."""


def recognises(workbook: Workbook) -> bool:
    """Say whether a sheet has the headings of key points: kind, priority and key point."""
    return any(COLUMNS.places(layout_text.plain_all(workbook, rows=_DEPTH)))


def read(workbook: Workbook, *, framework: Framework) -> Reading:
    """Read the key points into commentary, and statements to be checked into claims.

    A priority or indicator number that the framework lacks is an issue.
    """
    workbook = layout_text.plain_all(workbook)
    ground, issues = frame.of_council(workbook, framework)
    place = next(COLUMNS.places(workbook), None)
    if place is None and workbook.sheets:
        issues.append(headings.missing(workbook.sheets[0], ("Kind", "Priority", "Key point")))
    if ground is None or place is None:
        return Reading({}, tuple(issues))
    year = periods.label(periods.year_of(ground.quarter))
    priorities = framework["priorities"]
    issues += headings.absent(*place, {"refs": "Indicators", "status": "Status"})
    titles = {words(title): title for title in priorities.loc[priorities["financial_year"] == year, "priority"]}
    numbers: Counter[tuple[str, str]] = Counter()
    seen: dict[str, str] = {}
    rows = []
    for row in walk(*place, COLUMNS, issues):
        _check_text(row, seen)
        rows.append(_point(row, ground, titles, numbers))
    said = statements.read(workbook, ground, issues)
    claims = next(statements.COLUMNS.places(workbook), None)
    issues += unread.tell(workbook, [sheet.name for sheet, _ in filter(None, (place, claims))])
    tables = {"commentary": [row for row in rows if row]} | ({"claims": said} if said else {})
    return reading.of(tables, issues)


def sent_twice(readings: Sequence[Reading]) -> list[Issue]:
    """Tell of files of one delivery that hold key points of one kind on a priority for the same quarter.

    They would be numbered alike, and of each number one believed. Tells once of each two files.

    >>> sent_twice([])
    []
    """
    first: dict[tuple[str, ...], str] = {}
    issues: dict[tuple[str, str], Issue] = {}
    for one in readings:
        for period, kind, about, subject, own in records.distinct(one.drafts.get("commentary"), _ONCE):
            file = first.setdefault((period, kind, subject), own) if about == "priority" else own
            if file != own and (file, own) not in issues:
                found, action = f"key points for {period} that {file} holds as well", "Put them together, or send one."
                issues[file, own] = Issue(Where(own), found, "them in one workbook", action)
    return list(issues.values())


def _point(row: Row, ground: Ground, priorities: dict[str, str], numbers: Counter[tuple[str, str]]) -> dict[str, Any]:
    kind, priority = _KINDS.get(words(row.text("kind") or "")), priorities.get(words(row.text("priority") or ""))
    if kind is None:
        row.wrong("kind", cells.shown(row.value("kind")), "Achievement or Issue", "Type one of these words.")
    if priority is None:
        row.wrong("priority", cells.shown(row.value("priority")), "a priority of the framework", "Type its title.")
    if kind is None or priority is None:
        return {}
    numbers[kind, priority] += 1
    return {
        "period": ground.period,
        "kind": kind,
        "subject_kind": "priority",
        "subject": priority,
        "number": numbers[kind, priority],
        "text": row.text("text"),
        "indicators": " ".join(_indicators(row, ground)),
        "status": lines.status(row),
        **row.place("text"),
    }


def _check_text(row: Row, seen: dict[str, str]) -> None:
    text = row.text("text") or ""
    if not any(sign.isalpha() for sign in text):
        row.wrong("text", cells.shown(row.value("text")), "a sentence", "Type the key point.")
    if words(text) in seen:
        row.wrong(
            "text", f"the key point of {seen[words(text)]} again", "each key point once", "Remove one of the two."
        )
    seen.setdefault(words(text), row.cell("text"))


def _indicators(row: Row, ground: Ground) -> list[str]:
    if isinstance(value := row.value("refs"), date):
        action = "Type the numbers as text; Excel makes a date of entries such as 7-8."
        row.wrong("refs", cells.shown(value), "numbers of indicators, such as 7, 10", action)
        return []
    refs = _BETWEEN.findall(_BESIDE.sub(" ", row.text("refs") or ""))
    for ref in refs:
        if ref not in ground.by_ref:
            row.wrong("refs", f"the indicator number {cells.shown(ref)}", "a number of the framework", "Correct it.")
    return [str(ground.by_ref[ref]["indicator"]) for ref in refs if ref in ground.by_ref]
