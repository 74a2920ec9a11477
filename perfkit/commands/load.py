"""``perfkit load``: check workbooks and keep what they say."""

from __future__ import annotations

import argparse

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    words = "workbooks, or folders of them (default: the council's raw data)"
    parser.add_argument("paths", nargs="*", type=options.path, metavar="PATH", help=words)
    parser.add_argument("--received", metavar="DAY", help="the day they were received (default: today)")
    words = "believe a file no longer that is not in the raw data any more, named as issues name it; it can be repeated"
    parser.add_argument("--withdraw", action="append", default=[], metavar="FILE", help=words)
    options.add_council(parser)
    options.add_hidden(parser)
    options.add_recipe(parser)
    parser.set_defaults(stopped="Stopped. Every file is kept whole or not at all: load again to keep the others.")


def carry_out(given: argparse.Namespace) -> int:
    """Load; give the exit status."""
    received = options.day_gone("--received", given.received)
    from perfkit.commands import delivery

    place, raw = options.store_of(given), options.raw_of(given)
    for file in given.withdraw:
        delivery.withdraw(file, place, base=raw, received=received)
    if given.withdraw and not given.paths:
        return DONE
    paths = given.paths or [raw]
    options.check_paths(given, paths)
    issues = delivery.receive(paths, place, base=raw, received=received, hidden=given.hidden, recipe=given.recipe)
    return BAD_INPUT if any(issue.stops for issue in issues) else DONE
