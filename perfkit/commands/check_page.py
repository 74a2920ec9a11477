"""``perfkit check-page``: say whether pages may be published, and what is wrong with those that may not."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE, complain, count, say
from perfkit.model.errors import ParameterError


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_pages(parser)


def carry_out(given: argparse.Namespace) -> int:
    """Check; give the exit status: bad input where a page has a fault."""
    from perfkit.run import page_check

    pages = found(given.pages)
    faulty = 0
    for page in pages:
        faults = page_check.check(read(page))
        faulty += bool(faults)
        if faults:
            complain(f"{page}:")
        for fault in faults:
            complain(f"  {fault}.")
    say(f"{count(len(pages), 'page')} checked: {faulty or 'none'} with faults.")
    return BAD_INPUT if faulty else DONE


def add_pages(parser: argparse.ArgumentParser) -> None:
    """Add the pages that a command works on."""
    parser.add_argument("pages", nargs="+", type=options.path, metavar="PAGE", help="HTML pages, or folders of them")


def found(paths: Iterable[Path]) -> list[Path]:
    """List the pages that are named, and those in the folders that are named; hidden folders are left out."""
    pages: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ParameterError(f"{path} does not exist.")
        below = sorted(_below(path)) if path.is_dir() else [path]
        if not below:
            raise ParameterError(f"There is no HTML page in {path}.")
        pages += below
    return list(dict.fromkeys(pages))


def _below(folder: Path) -> Iterator[Path]:
    """Give the pages of a folder; a set may stand behind a link, which is followed.

    Raises OSError for a folder below that may not be read: its pages would count as sound.
    """
    for here, folders, names in os.walk(folder, onerror=_refuse, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if name.endswith(".html") and not name.startswith("."))


def _refuse(error: OSError) -> None:
    raise error


def read(page: Path) -> str:
    """Read a page, or say that it is none."""
    try:
        return page.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParameterError(f"{page} is not a page: expected HTML in UTF-8.") from None
