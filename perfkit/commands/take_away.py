"""``perfkit take-away``: write the tables of pages as workbooks and CSV files, and print pages as PDF."""

from __future__ import annotations

import argparse

from perfkit.commands import check_page
from perfkit.commands.terminal import DONE, count, say
from perfkit.model.errors import ParameterError


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    check_page.add_pages(parser)
    parser.add_argument("--pdf", action="store_true", help="print each page as a tagged PDF too, with Chromium or Edge")


def carry_out(given: argparse.Namespace) -> int:
    """Write the take-aways; give the exit status."""
    from perfkit.run import pdf, takeaways

    pages = check_page.found(given.pages)
    for page in pages:
        if "<html" not in check_page.read(page).lower():
            raise ParameterError(f"{page} is not a page: expected HTML.")
    for page in pages:
        books = [path.name for path in takeaways.write(page) if path.suffix == ".xlsx"]
        tables = [*books, f"{page.stem}-tables"] if books else ["no tables"]
        printed = [pdf.write(page).name] if given.pdf else []
        say(f"{page}: {', '.join([*tables, *printed])}")
    say(f"Take-aways of {count(len(pages), 'page')} written.")
    return DONE
