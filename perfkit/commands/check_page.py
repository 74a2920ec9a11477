"""``perfkit check-page``: say whether pages may be published, and what is wrong with those that may not."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE, complain, count, say
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    from perfkit.commands.options import Commands


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "check-page", "say whether pages may be published", carry_out)
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
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE", help="HTML pages, or folders of them")


def found(paths: Iterable[Path]) -> list[Path]:
    """List the pages that are named, and those in the folders that are named; hidden folders are left out."""
    pages: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ParameterError(f"{path} does not exist.")
        below = sorted(path.rglob("*.html")) if path.is_dir() else [path]
        shown = [page for page in below if not any(part.startswith(".") for part in page.relative_to(path).parts)]
        if not shown:
            raise ParameterError(f"There is no HTML page in {path}.")
        pages += shown
    return list(dict.fromkeys(pages))


def read(page: Path) -> str:
    """Read a page, or say that it is none."""
    try:
        return page.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParameterError(f"{page} is not a page: expected HTML in UTF-8.") from None
