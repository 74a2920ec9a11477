"""What stands above the tables of delayed transfers: labels such as Period and Basis, and how firm the figures are."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress

from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity

_METADATA = {"title", "summary", "period", "source", "basis", "published", "revised", "status", "contact"}
Above = list[tuple[Sheet, dict[str, tuple[int, int]]]]
"""The sheets, each with the labels above its table and where their values stand."""
HIGHEST, _LONGEST = 30, 15
"""Rows within which a sheet without a table has its labels, and signs that a label has fewer than."""
_STATUSES = ("published", "revised", "final", "provisional", "public", "illustrative")


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    label = text.partition(":")[0].strip().lower() if len(text) < _LONGEST or ":" in text else ""
    return label if label in _METADATA else ""


def metadata(sheet: Sheet, rows: int = HIGHEST) -> dict[str, tuple[int, int]]:
    """Find the labels above a sheet's table (period, status, revised, ...) and where their values stand.

    A value may stand in the label's own cell, "Period: May 2019".
    """
    places: dict[str, tuple[int, int]] = {}
    for r, row in enumerate(sheet.rows[:rows]):
        for c, value in compress(enumerate(row), row):
            if type(value) is str and (label := _label(value)):
                own = ":" in value and not value.rstrip().endswith(":")
                place = c if own else c + 1
                while place < len(row) and row[place] is None:
                    place += 1
                if place < len(row):
                    places.setdefault(label, (r, place))
    return places


def status(above: Above, issues: list[Issue]) -> str:
    """Give how firm the figures are: illustrative, provisional, revised or final; other words go to ``issues``."""
    texts = [(sheet, sheet.text(*places["status"]).lower(), places["status"]) for sheet, places in above
             if "status" in places]  # fmt: skip
    for sheet, text, place in texts:
        if not any(word in text for word in _STATUSES):
            issues.append(sheet.issue(*place, found=f'the status "{sheet.text(*place)}"',
                                      expected=f"one of {', '.join(_STATUSES)}", severity=Severity.WARNING,
                                      action="Check how firm the figures are."))  # fmt: skip
    if any("illustrative" in text for _, text, _ in texts):
        return "illustrative"
    if any("provisional" in text for _, text, _ in texts):
        return "provisional"
    revised = any(re.search(r"\d", sheet.text(*places["revised"])) for sheet, places in above if "revised" in places)
    return "revised" if revised else "final"
