"""One cause told once: where many cells of a column have the same fault, the first of them with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from perfkit.model.errors import Issue

MANY = 20
"""Issues of one kind in one column of a sheet from which they are told once."""
_SPECIFIC = re.compile(r'"[^"]*"|\bno figure\b|[\d,.]+')


def gather(issues: Iterable[Issue]) -> list[Issue]:
    """Tell once of many issues of one kind in one column of a sheet, in their order; all others stay as they are.

    Of one kind are issues of one severity that ask for the same, and whose expectation begins with the same three
    words, figures and quoted texts left out.
    """
    groups: dict[tuple[object, ...], list[Issue]] = {}
    for issue in issues:
        groups.setdefault(_kind(issue), []).append(issue)
    return [told for some in groups.values() for told in (some if len(some) < MANY else [_once(some)])]


def _kind(issue: Issue) -> tuple[object, ...]:
    expected = " ".join(_SPECIFIC.sub("", issue.expected).split()[:3])
    return issue.where.sheet, _column(issue), issue.severity, issue.action, expected


def _column(issue: Issue) -> str:
    return issue.where.cell.rstrip("0123456789")


def _once(issues: list[Issue]) -> Issue:
    column = _column(issues[0])
    more = f"{len(issues) - 1} more" + (f" in column {column}" if column else "")
    return replace(issues[0], found=f"{issues[0].found} (and {more})")
