"""One cause told once: of many cells with one fault the first, and of a cell that was not read no sums with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from perfkit.intake.dtoc.table import TYPE_IT
from perfkit.model.errors import Issue

MANY = 20
"""Issues of one kind in one column of a sheet from which they are told once."""
_SPECIFIC = re.compile(r'"[^"]*"|\bno figure\b|[\d,.]+')


def gather(issues: Iterable[Issue]) -> list[Issue]:
    """Tell once of many issues of one kind in one column of a sheet, in their order; all others stay as they are.

    Texts in place of figures are counted over all columns. Of one kind are issues of one severity that ask for the
    same, and whose expectation begins with the same three words, figures and quoted texts left out.
    """
    groups: dict[tuple[object, ...], list[Issue]] = {}
    for issue in issues:
        groups.setdefault(_kind(issue), []).append(issue)
    return [told for some in groups.values() for told in (some if len(some) < MANY else [_once(some)])]


def causes(issues: Iterable[Issue], unread: Iterable[Issue], results: str) -> list[Issue]:
    """Leave out what follows from a cell that was not read: sums in its row and column, which ask for ``results``.

    A sum that stops does not follow from what does not.
    """
    lines = {True: set[tuple[str, str]](), False: set[tuple[str, str]]()}
    for issue in unread:
        for weight in (False, issue.stops):
            lines[weight].update(_lines(issue))
    return [issue for issue in issues if issue.action != results or lines[issue.stops].isdisjoint(_lines(issue))]


def _lines(issue: Issue) -> set[tuple[str, str]]:
    column = _column(issue)
    return {(issue.where.sheet, column), (issue.where.sheet, issue.where.cell.removeprefix(column))}


def _kind(issue: Issue) -> tuple[object, ...]:
    expected = " ".join(_SPECIFIC.sub("", issue.expected).split()[:3])
    column = "" if issue.action == TYPE_IT else _column(issue)
    return issue.where.sheet, column, issue.severity, issue.action, expected


def _column(issue: Issue) -> str:
    return issue.where.cell.rstrip("0123456789")


def _once(issues: list[Issue]) -> Issue:
    column = _column(issues[0]) if len(set(map(_column, issues))) == 1 else ""
    more = f"{len(issues) - 1} more" + (f" in column {column}" if column else "")
    return replace(issues[0], found=f"{issues[0].found} (and {more})")
