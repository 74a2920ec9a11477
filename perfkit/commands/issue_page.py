"""The issues of a delivery as a page that can be sent back to whoever sent the workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfkit.commands.issue_groups import grouped, place, totals
from perfkit.commands.terminal import count
from perfkit.model.errors import Issue
from perfkit.run import own_pages


def render(issues: Sequence[Issue], *, checked: int) -> str:
    """Write the issues as one self-contained page; ``checked`` is how many files were looked at."""
    groups = grouped(issues)
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
        place=place,
        first_large=_first_large,
    )


def _kept_out(files: int) -> str:
    """Say how many files the errors keep out: that is what the sender must act on first."""
    if not files:
        return "No file is kept out."
    return f"{count(files, 'file')} cannot be used until {'its' if files == 1 else 'their'} errors are mended."


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
