"""``perfkit load``: check workbooks and keep what they say."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE

if TYPE_CHECKING:
    from perfkit.commands.options import Commands


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "load", "check workbooks and keep what they say", carry_out)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="workbooks, or folders of them")
    parser.add_argument("--received", metavar="DAY", help="the day they were received (default: today)")
    options.add_hidden(parser)
    options.add_recipe(parser)


def carry_out(given: argparse.Namespace) -> int:
    """Load; give the exit status."""
    received = options.day("--received", given.received)
    from perfkit.commands import delivery

    place = options.store_of(given)
    issues = delivery.receive(
        given.paths, place, base=options.RAW, received=received, hidden=given.hidden, recipe=given.recipe
    )
    return BAD_INPUT if any(issue.stops for issue in issues) else DONE
