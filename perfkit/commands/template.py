"""``perfkit template``: write workbooks to fill in."""

from __future__ import annotations

import argparse

from perfkit.commands import options
from perfkit.commands.terminal import DONE, say

KINDS = ("returns", "key-points", "finance", "risks", "actions", "savings", "commitments", "measures", "mapping",
         "timetable")  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--quarter", required=True, metavar="QUARTER", help='such as "2017-18 Q2"')
    parser.add_argument("--kind", choices=KINDS, default="returns", help="default: returns")
    parser.add_argument("--directorate", default="", metavar="CODE", help="one directorate's return (default: all)")
    parser.add_argument("--programme", default="", metavar="NAME", help="of actions and savings (default: as known)")
    add_common(parser)


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that `roll` has as well."""
    parser.add_argument(
        "--out", type=options.path, metavar="FOLDER", help="where to write (default: templates/YEAR/QUARTER)"
    )
    parser.add_argument("--raw", type=options.path, metavar="FOLDER", help="raw data (default: data/raw)")
    options.add_council(parser)
    parser.add_argument(
        "--name", default="", metavar="NAME", help="the council's name (default: as in council.toml or the returns)"
    )
    parser.add_argument("--ask", default="", metavar="WHO", help="whom to ask, for the notes: a name and an address")
    parser.add_argument("--force", action="store_true", help="replace workbooks that are there already")


def carry_out(given: argparse.Namespace) -> int:
    """Write them; give the exit status."""
    from perfkit.commands import form_files

    quarter = form_files.quarter_of(given.quarter)
    tables = form_files.known(options.store_of(given))
    council = form_files.council_of(tables, given.name, raw=options.raw_of(given))
    common = {"quarter": quarter, "council": council, "ask": given.ask}
    if given.kind == form_files.RETURNS:
        files = form_files.return_forms(tables, directorate=given.directorate, **common)
        files = {name.removeprefix("returns/"): content for name, content in files.items()} if given.out else files
    else:
        files = form_files.paper_forms(given.kind, tables, programme=given.programme, **common)
    folder = given.out or form_files.folder_of(quarter, options.council_of(given))
    form_files.save(files, folder, raw=options.raw_of(given), force=given.force)
    say(form_files.written(list(files), folder))
    return DONE
