"""What commands say: results to standard output, complaints to standard error, in plain lines."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfkit.model.errors import Issue

MOST = 10
"""How many warnings of one kind are written out for a file; json and html hold all of them."""
DONE, FAILED, MISUSED, BAD_INPUT = 0, 1, 2, 3
EXIT_CODES = "exit status: 0 all is well, 1 some reports failed, 2 the command cannot be carried out, 3 bad input"


def say(text: str) -> None:
    """Write a line of result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line of complaint."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def show_issues(issues: Sequence[Issue], *, to: Callable[[str], None] = complain) -> None:
    """Write every issue, grouped by file; of many warnings of one kind the first, and how many more there are.

    To standard error, but for a command whose result they are.
    """
    from perfkit.model.repeated import order

    file, kinds, told = "", Counter(map(_kind, issues)), Counter[tuple[str, ...]]()
    for issue in sorted(issues, key=order):
        if issue.where.file != file:
            file = issue.where.file
            to(f"{file}:")
        kind = _kind(issue)
        told[kind] += 1
        if issue.stops or told[kind] <= MOST:
            to(f"  {issue.severity}: {issue}")
        if not issue.stops and told[kind] == MOST < kinds[kind]:
            to(f"  … and {kinds[kind] - MOST:,} more of the same kind (perfkit check --format html lists all)")


def _kind(issue: Issue) -> tuple[str, ...]:
    """Give what warnings of one kind share: the file, and the words but for figures and quotations."""
    said = (re.sub(r'"[^"]*"|\d+', "", text) for text in (issue.expected, issue.action))
    return issue.where.file, str(issue.severity), *said


def count(number: int, noun: str) -> str:
    """Write a number and its noun.

    >>> count(1, "file"), count(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
