"""``perfkit export``: write a tidy table as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import DONE, count, say

if TYPE_CHECKING:
    from perfkit.commands.options import Commands


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "export", "write a tidy table", carry_out)
    parser.add_argument("table", metavar="TABLE", help="such as observations")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help="default: csv")
    parser.add_argument("--as-of", default="", metavar="DAY", help="what was known by that day")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: TABLE.csv or TABLE.parquet, here")


def carry_out(given: argparse.Namespace) -> int:
    """Export; give the exit status."""
    from perfkit import store

    frame = store.load(given.table, as_of=given.as_of, root=options.store_of(given))
    target = given.out or Path(f"{given.table}.{given.format}")
    if given.format == "csv":
        frame.to_csv(target, index=False)
    else:
        frame.to_parquet(target, index=False)
    say(f"{count(len(frame), 'row')} of {given.table} written to {target}")
    return DONE
