"""``perfkit verify``: say whether published reports still agree with their record and their inputs."""

from __future__ import annotations

import argparse

from perfkit.commands import options
from perfkit.commands.terminal import DONE, FAILED, complain, count, say
from perfkit.model.errors import ParameterError


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options.add_council(parser)
    parser.add_argument(
        "folder", type=options.path, metavar="FOLDER", help="a quarter's reports, such as reports/2017-18-Q1"
    )
    parser.add_argument("--raw", type=options.path, metavar="FOLDER", help="folder of raw data (default: data/raw)")


def carry_out(given: argparse.Namespace) -> int:
    """Verify; give the exit status."""
    from perfkit.commands import knowledge
    from perfkit.run import manifest, verification

    place = options.store_of(given)
    raw = options.raw_of(given)
    if given.raw and not raw.is_dir():
        raise ParameterError(f"{raw} is no folder: name that of the raw data with --raw.")
    record = manifest.read(given.folder)
    as_of = str(next((page.parameters.get("as_of", "") for page in record.pages), "")) if record else ""
    found = verification.verify(
        given.folder,
        inputs=knowledge.inputs(place, as_of),
        raw=raw if raw.is_dir() else None,
        rows=lambda read: knowledge.rows(read, place),
    )
    for text in found:
        complain(text)
    if found:
        say(f"{given.folder}: {count(len(found), 'thing')} no longer agree{'s' if len(found) == 1 else ''}.")
        return FAILED
    pages = record.pages if record else ()
    files = record.inputs if record else ()
    say(f"{given.folder}: {count(len(pages), 'page')} and {count(len(files), 'input')} agree with the record.")
    return DONE
