"""The issues of a delivery as a person wants them: by file, errors first, each with the words for its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from perfkit.commands.terminal import count
from perfkit.model.errors import Issue
from perfkit.model.repeated import order


@dataclass(frozen=True)
class Group:
    """The issues of one file, errors first, then in the order of their cells."""

    file: str
    issues: tuple[Issue, ...]

    @property
    def summary(self) -> str:
        """Say how many there are of each severity."""
        stopping = sum(issue.stops for issue in self.issues)
        kinds = ((stopping, "error"), (len(self.issues) - stopping, "warning"))
        return f"{' and '.join(count(number, kind) for number, kind in kinds if number)}."


def grouped(issues: Sequence[Issue]) -> list[Group]:
    """Group issues by file: files with errors first, then in the order of their names."""
    ordered = sorted(issues, key=lambda issue: (issue.where.file, not issue.stops, order(issue)))
    groups = [Group(file, tuple(some)) for file, some in groupby(ordered, key=lambda issue: issue.where.file)]
    return sorted(groups, key=lambda group: not group.issues[0].stops)


def totals(issues: Sequence[Issue]) -> str:
    """Count errors and warnings.

    >>> totals([])
    '0 errors, 0 warnings'
    """
    stopping = sum(issue.stops for issue in issues)
    return f"{count(stopping, 'error')}, {count(len(issues) - stopping, 'warning')}"


def place(issue: Issue) -> str:
    """Name where in its file an issue is.

    >>> from perfkit.model.errors import Where
    >>> place(Issue(Where("SCS.xlsx", "Dashboard", "G9"), "x", "y", "z.")), place(Issue(Where("a.csv"), "x", "y", "z."))
    ('sheet Dashboard, cell G9', 'the whole file')
    """
    named = (("sheet", issue.where.sheet), ("cell", issue.where.cell))
    return ", ".join(f"{kind} {name}" for kind, name in named if name) or "the whole file"
