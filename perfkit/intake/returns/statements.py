"""Statements that the council published of its delays, each to be checked against the data: the sheet "Claims"."""

from __future__ import annotations

from typing import Any

from perfkit.intake import cells
from perfkit.intake.returns.frame import Ground
from perfkit.intake.rows import Row, TableSpec, walk
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import Issue

COLUMNS = TableSpec(
    {
        "text": ("statement", "claim", "what was said"),
        "area": ("area", "authority", "of whom"),
        "source": ("source", "published in", "where"),
    },
    ("text", "area"),
    "text",
    "text",
)


def read(workbook: Workbook, ground: Ground, issues: list[Issue]) -> list[dict[str, Any]]:
    """Read the statements of a workbook of key points, none where it has no such sheet; a fault is added to issues.

    A statement needs a figure and its area, and stands once.
    """
    place = next(COLUMNS.places(workbook), None)
    if place is None:
        return []
    rows: list[dict[str, Any]] = []
    for row in walk(*place, COLUMNS, issues):
        made = _statement(row, ground, len(rows) + 1, {str(r["text"]) for r in rows})
        rows += [made] if made else []
    return rows


def _statement(row: Row, ground: Ground, number: int, seen: set[str]) -> dict[str, Any]:
    text, area = row.text("text") or "", row.text("area")
    if not any(sign.isdigit() for sign in text):
        row.wrong("text", cells.shown(row.value("text")), "a statement with a figure", "Type the statement.")
        return {}
    if not area:
        row.wrong("area", "no area", "the authority that it speaks of, such as Oxfordshire", "Type its name.")
        return {}
    if text in seen:
        row.wrong("text", "the same statement again", "each statement once", "Remove one of the two.")
        return {}
    return {
        "period": ground.period,
        "number": number,
        "text": text,
        "area": area,
        "source": row.text("source"),
        **row.place("text"),
    }
