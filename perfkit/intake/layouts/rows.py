"""Rows of a sheet to fill in that are none of its own: totals, notes, rows that lost their key; and unread columns."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from perfkit.intake import unread_columns
from perfkit.intake.cells import shown
from perfkit.intake.headings import Headings, words
from perfkit.intake.layouts import cells, dates
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.rows import Row
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue, Severity
from perfkit.model.layouts import Layout

TOTAL = re.compile(r"(?:(?:grand|overall|net|sub) |sub-?)?totals?\b.*|sum|.* totals?:?", re.IGNORECASE)
_ASIDE = re.compile(
    r"[*†‡]|(?:notes?|n\.?b\.?|source|key|prepared by|last updated|updated|version|please note|page \d+|end of)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.!?]")
_DERIVED = re.compile(
    r"\b(?:variance|variation|difference|over|under|total|score|change|last|previous|prior|updated|as at|review|raised|"
    r"opened|closed|added|start|original|20\d\d|percent|inherent|gross|target|initial|rating|l x i)\b|%"
)
"""Words of columns that repeat or follow from others, or speak of another time."""


def _is_amount(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_month(value: Value) -> bool:
    return not _is_amount(value) and dates.month(value).value is not None


_MISSED = {"money": _is_amount, "month": _is_month}
"""Kinds of columns that a layout may do without, but whose loss would be a loss of figures; and what they hold."""


def set_totals_aside(
    sheet: Sheet, found: Headings, filled: Filled, scales: dict[str, float], issues: list[Issue]
) -> Sheet:
    """Give the sheet without its rows of totals, which are kept apart to be checked."""
    if not filled.layout.summed:
        return sheet
    rows = list(sheet.rows)
    texts = [h.field for h in filled.layout.headings if h.kind in ("text", "whole", "year")]
    for number in range(found.row + 1, len(rows)):
        row = Row(sheet, found, number, issues)
        if any(isinstance(row.value(name), str) and TOTAL.fullmatch(str(row.value(name)).strip()) for name in texts):
            figures = {h.field: cells.read(row, h, scale=scales.get(h.field, 1.0))
                       for h in filled.layout.headings if h.field in filled.layout.summed}  # fmt: skip
            if any(said.value is not None for said in figures.values()):
                filled.totals.append((row, figures))
                rows[number] = []
    return replace(sheet, rows=rows)


def is_aside(row: Row) -> bool:
    """Tell a note below or between the rows, which fills one cell only."""
    own = [(c, v) for c, v in enumerate(row.sheet.rows[row.number]) if v not in (None, "")]
    first = [c for c, _ in own if (row.number, c) not in row.sheet.merged]
    texts = {str(v) for _, v in own}
    merged = len(own) > 1 and len(first) <= 1
    return len(texts) == 1 and (merged or _is_note(next(iter(texts))))


def _is_note(text: str) -> bool:
    plain = " ".join(text.split())
    return _ASIDE.match(plain) is not None or _SENTENCE.fullmatch(plain) is not None


def without_key(sheet: Sheet, found: Headings, layout: Layout, known: Collection[int]) -> list[Issue]:
    """Tell of rows with figures or words under the headings but nothing under the key, which nobody would read."""
    issues: list[Issue] = []
    for number in range(found.row + 1, len(sheet.rows)):
        row = Row(sheet, found, number, issues)
        own = [n for n, c in found.columns.items() if row.text_of(n) and (number, c) not in sheet.merged]
        if number in known or not own or row.text_of(layout.key) or _is_headings(row, own):
            continue
        if len(own) == 1 and isinstance(row.value(own[0]), str) and is_aside(row):
            continue
        key = next(heading for heading in layout.headings if heading.field == layout.key)
        row.wrong(layout.key, f"nothing in a row with {shown(row.value(own[0]))}", f"{key.title}: {key.meaning}",
                  "Fill the cell, or empty the whole row.")  # fmt: skip
    return issues


def _is_headings(row: Row, own: Collection[str]) -> bool:
    """Whether a row repeats headings, such as those of units below the headings again."""
    above = row.sheet.rows[row.headings.row]
    return all(words(row.text_of(n)) == words(str(above[row.headings.columns[n]] or "")) for n in own)


def unread(sheet: Sheet, found: Headings, layout: Layout, rows: Collection[int]) -> list[Issue]:
    """Warn of columns that nothing reads: of each with amounts or months where the layout misses such, else once."""
    issues = []
    rest = unread_columns.find(sheet, found, rows, besides=(),
                               passed_over=lambda text: _DERIVED.search(words(text)) is not None)  # fmt: skip
    for kind, holds in _MISSED.items():
        missed = [
            h.title for h in layout.headings if h.kind == kind and not h.required and h.field not in found.columns
        ]
        for column in [c for c, text in rest.items() if missed and text and any(holds(sheet.at(n, c)) for n in rows)]:
            issues.append(sheet.issue(
                found.row, column, found=f"the heading {shown(rest.pop(column))}, which nothing reads",
                expected=f"{' or '.join(missed)}, which no column has", severity=Severity.WARNING,
                action="If it is meant, give the column that heading; else leave it.",
            ))  # fmt: skip
    action = "What they hold was passed over; rename them if they are meant, else leave them."
    return issues + unread_columns.tell(sheet, found.row, rest, action)
