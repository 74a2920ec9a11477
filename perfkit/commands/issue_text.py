"""Issues as text for a person: each file once, as a heading, and below it what is wrong with it, errors first."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from perfkit.commands.issue_groups import Group, grouped, place
from perfkit.commands.terminal import complain, say
from perfkit.model.errors import Issue

MOST = 10
"""How many warnings of one kind are written out for a file; json and html hold all of them."""
_NARROWEST = 40
_UNWRAPPED = 0
_UNSEEMLY = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def show(issues: Sequence[Issue], *, asked: bool = False) -> None:
    """Write every issue to standard error, or where a command was asked for them to standard output.

    Lines are wrapped to the width of a terminal; what goes into a file or to another program is not.
    """
    stream, write = (sys.stdout, say) if asked else (sys.stderr, complain)
    width = max(_NARROWEST, shutil.get_terminal_size().columns) if stream.isatty() else _UNWRAPPED
    for line in lines(issues, width=width):
        write(line)


def lines(issues: Sequence[Issue], *, width: int = _UNWRAPPED) -> Iterator[str]:
    """Write issues in lines of at most that many letters; of many warnings of one kind the first, and how many follow.

    >>> from perfkit.model.errors import Where
    >>> where = Where("SCS.xlsx", "Dashboard", "G9")
    >>> print(*lines([Issue(where, '"about thirty"', "a number", "Type the number.")]), sep="\\n")
    SCS.xlsx: 1 error.
      Error: sheet Dashboard, cell G9
        found       "about thirty"
        expected    a number
        what to do  Type the number.
    <BLANKLINE>
    """
    for group in grouped(issues):
        yield from _wrapped(f"{_plain(group.file)}: {group.summary}", "", "  ", width)
        for text, indent in _told(group):
            yield from _wrapped(text, indent, " " * 16, width)
        yield ""


def _told(group: Group) -> Iterator[tuple[str, str]]:
    """Give the lines of a file, each with its indent."""
    kinds, told = Counter(map(_kind, group.issues)), Counter[tuple[str, ...]]()
    for issue in group.issues:
        kind = _kind(issue)
        told[kind] += 1
        if issue.stops or told[kind] <= MOST:
            yield f"{issue.severity.capitalize()}: {_plain(place(issue))}", "  "
            yield f"found       {_plain(issue.found)}", "    "
            yield f"expected    {_plain(issue.expected)}", "    "
            yield f"what to do  {_plain(issue.action)}", "    "
        if not issue.stops and told[kind] == MOST < kinds[kind]:
            yield f"… and {kinds[kind] - MOST:,} more of the same kind (perfkit check --format html lists all)", "  "


def _kind(issue: Issue) -> tuple[str, ...]:
    """Give what warnings of one kind in a file share: the words but for figures and quotations."""
    said = (re.sub(r'"[^"]*"|\d+', "", text) for text in (issue.expected, issue.action))
    return str(issue.severity), *said


def _wrapped(text: str, indent: str, hanging: str, width: int) -> list[str]:
    if not width:
        return [indent + text]
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def _plain(text: str) -> str:
    """Write signs that would break a line, steer a terminal or fit no encoding by their numbers."""
    return _UNSEEMLY.sub(lambda sign: repr(sign[0])[1:-1], text)
