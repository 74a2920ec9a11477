"""``perfkit check``: show every issue of workbooks and keep nothing."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options, placing
from perfkit.commands.terminal import BAD_INPUT, DONE, complain, count, say

if TYPE_CHECKING:
    from perfkit.model.errors import Issue

FORMATS = ("text", "json", "html")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", type=options.path, metavar="PATH", help="workbooks, or folders of them")
    parser.add_argument("--format", choices=FORMATS, default="text", help="html can be sent back (default: text)")
    parser.add_argument(
        "--out", type=options.path, metavar="FILE", help="where to write json or html (default: to the screen)"
    )
    options.add_council(parser)
    options.add_hidden(parser)
    options.add_recipe(parser)


def carry_out(given: argparse.Namespace) -> int:
    """Check; give the exit status."""
    from perfkit.commands import delivery, issue_groups, issue_text

    place, raw = options.store_of(given), options.raw_of(given)
    options.check_paths(given, given.paths)
    deliveries = delivery.read(given.paths, place, base=raw, again=True, hidden=given.hidden, recipe=given.recipe)
    issues = delivery.issues_of(deliveries)
    found = f"{count(len(deliveries), 'file')} checked: {issue_groups.totals(issues)}."
    if given.format == "text":
        issue_text.show(issues, asked=True)
        say(found)
    else:
        _write(
            as_json(issues, len(deliveries)) if given.format == "json" else _page(issues, len(deliveries)), given.out
        )
        complain(found)
    return BAD_INPUT if any(issue.stops for issue in issues) else DONE


def as_json(issues: Sequence[Issue], checked: int) -> str:
    """Write the issues for another program: counts, then a list of files with their issues in full.

    >>> as_json([], 2)
    '{"checked": 2, "errors": 0, "warnings": 0, "files": []}'
    """
    from perfkit.commands.issue_groups import grouped

    stopping = sum(issue.stops for issue in issues)
    files = [{"file": group.file, "issues": [_fields(issue) for issue in group.issues]} for group in grouped(issues)]
    told = {"checked": checked, "errors": stopping, "warnings": len(issues) - stopping, "files": files}
    return json.dumps(told, ensure_ascii=False, indent=1 if files else None)


def _fields(issue: Issue) -> dict[str, str]:
    return {
        "severity": str(issue.severity),
        "sheet": issue.where.sheet,
        "cell": issue.where.cell,
        "found": issue.found,
        "expected": issue.expected,
        "action": issue.action,
    }


def _page(issues: Sequence[Issue], checked: int) -> str:
    from perfkit.commands.issue_page import render

    return render(issues, checked=checked).rstrip("\n")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        # A page and JSON say that they are UTF-8, whatever a terminal of the machine would take.
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8")
        say(text)
        return
    placing.replace(out, lambda path: path.write_text(text + "\n", encoding="utf-8"))
    complain(f"Written to {out}.")
