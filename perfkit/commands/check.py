"""``perfkit check``: show every issue of workbooks and keep nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE, count, say, show_issues

if TYPE_CHECKING:
    from perfkit.commands.options import Commands


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "check", "show every issue of workbooks; keep nothing", carry_out)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="workbooks, or folders of them")


def carry_out(given: argparse.Namespace) -> int:
    """Check; give the exit status."""
    from perfkit.commands import delivery

    deliveries = delivery.read(given.paths, options.store_of(given), base=options.RAW, again=True)
    issues = delivery.issues_of(deliveries)
    show_issues(issues)
    stopping = sum(issue.stops for issue in issues)
    found = f"{count(stopping, 'error')}, {count(len(issues) - stopping, 'warning')}"
    say(f"{count(len(deliveries), 'file')} checked: {found}.")
    return BAD_INPUT if stopping else DONE
