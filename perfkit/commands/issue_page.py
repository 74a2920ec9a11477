"""The issues of a delivery as a page that can be sent back to whoever sent the workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from perfkit.commands.terminal import count
from perfkit.model.errors import Issue
from perfkit.model.repeated import order
from perfkit.run import own_pages


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
    """Group issues by file, in the order of the files' names."""
    ordered = sorted(issues, key=lambda issue: (issue.where.file, not issue.stops, order(issue)))
    return [Group(file, tuple(some)) for file, some in groupby(ordered, key=lambda issue: issue.where.file)]


def totals(issues: Sequence[Issue]) -> str:
    """Count errors and warnings.

    >>> totals([])
    '0 errors, 0 warnings'
    """
    stopping = sum(issue.stops for issue in issues)
    return f"{count(stopping, 'error')}, {count(len(issues) - stopping, 'warning')}"


def render(issues: Sequence[Issue], *, checked: int) -> str:
    """Write the issues as one self-contained page, files with errors first; ``checked`` is how many were looked at."""
    groups = sorted(grouped(issues), key=lambda group: not group.issues[0].stops)
    files = f"{count(checked, 'workbook')} checked"
    headline = f"{files}: {totals(issues)}." if groups else f"{files}. Nothing to mend."
    return own_pages.make(
        Path(__file__).parent / "templates",
        "issues",
        title="Issues in the workbooks received",
        subtitle="What was found, what was expected, and what to do",
        headline=headline,
        kept_out=_kept_out(sum(group.issues[0].stops for group in groups)),
        groups=groups,
        place=_place,
        first_large=_first_large,
    )


def _kept_out(files: int) -> str:
    """Say how many files the errors keep out: that is what the sender must act on first."""
    if not files:
        return "No file is kept out."
    return f"{count(files, 'file')} cannot be used until {'its' if files == 1 else 'their'} errors are mended."


def _place(issue: Issue) -> str:
    named = (("sheet", issue.where.sheet), ("cell", issue.where.cell))
    return _first_large(", ".join(f"{kind} {name}" for kind, name in named if name)) or "The whole file"


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
