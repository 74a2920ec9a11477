"""Issues that say the same of many cells, told once, and the order in which a person looks for cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from perfkit.model.errors import Issue

MOST = 2
"""Cells of which the same may be said one by one."""


def once(issues: Iterable[Issue]) -> list[Issue]:
    """Put issues in the order of their cells; what is said of more than `MOST` cells of a file is told at the first.

    >>> from perfkit.model.errors import Where
    >>> told = [Issue(Where("a.csv", "", f"A{row}"), 'the period "2O25"', "a year", "Mend it.") for row in (10, 2)]
    >>> [issue.where.cell for issue in once(told)]
    ['A2', 'A10']
    >>> print(*once(replace(one, where=Where("a.csv", sheet, one.where.cell)) for one in told for sheet in "BC"))
    a.csv, sheet B, cell A2: found the period "2O25", here and in 3 more cells, expected a year. Mend it.
    """
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for issue in sorted(dict.fromkeys(issues), key=order):
        key = (issue.where.file, issue.found, issue.expected, issue.action, str(issue.severity))
        groups.setdefault(key, []).append(issue)
    told = (_told(some) if len(some) > MOST and some[0].where.cell else some for some in groups.values())
    return sorted((issue for some in told for issue in some), key=order)


def _told(some: list[Issue]) -> list[Issue]:
    return [replace(some[0], found=f"{some[0].found}, here and in {len(some) - 1:,} more cells")]


def order(issue: Issue) -> tuple[str, str, int, int, str, Issue]:
    """Give what issues are put in order by: file, sheet, row, column."""
    cell = re.fullmatch(r"([A-Z]*)(\d+)", issue.where.cell)
    row, column = (int(cell[2]), cell[1]) if cell else (0, "")
    return issue.where.file, issue.where.sheet, row, len(column), column, issue
