"""``perfkit status``: say what is loaded and what reports there are."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from perfkit.commands import options
from perfkit.commands.terminal import DONE, complain, count, say
from perfkit.model import councils

_OWN = "outlook-"
"""How the names of files begin that perfkit made itself of what was loaded."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options.add_council(parser)
    parser.add_argument("--out", type=options.path, metavar="FOLDER", help="default: reports")


def carry_out(given: argparse.Namespace) -> int:
    """Say it; give the exit status."""
    place = options.store_of(given)
    _whose(given, place)
    _loaded(place)
    _made(options.reports_of(given))
    return DONE


def _whose(given: argparse.Namespace, place: Path) -> None:
    """Name the council, and the others that have a folder in data/raw."""
    from perfkit import store
    from perfkit.model.errors import StoreError

    own = councils.read(options.raw_of(given))
    try:
        name = store.council(root=place) or (own.name if own else "")
    except StoreError:
        name = own.name if own else ""
    if name:
        say(name)
    for folder in ("", *councils.others(options.RAW)):
        other = councils.read(options.RAW / folder)
        if other and folder != options.council_of(given):
            say(f"Another council: {other.name}, {f'with --council {folder}' if folder else 'without --council'}")


def _loaded(place: Path) -> None:
    from perfkit import store

    receipts = store.receipts(root=place)
    withdrawn = [receipt for receipt in receipts if not receipt.tables]
    rows: Counter[str] = Counter()
    for receipt in receipts:
        rows.update(receipt.tables)
    quarters = ", ".join(store.quarters(root=place)) or "none"
    say(f"{count(len(receipts) - len(withdrawn), 'file')} loaded; returns for: {quarters}")
    for table, number in sorted(rows.items()):
        say(f"  {table:<24}{number:>10,} {'row' if number == 1 else 'rows'}")
    for receipt in withdrawn:
        say(f"Withdrawn on {receipt.received}, not believed any more: {receipt.file}")
    for file in sorted(store.lost(root=place)):
        again = "make it again with perfkit outlook" if file.startswith(_OWN) else "load it again"
        complain(f"The store's copy of {file} is gone or damaged: {again}.")


def _made(out: Path) -> None:
    from perfkit.run import manifest

    for folder in sorted(path for path in out.glob("[!.]*") if path.is_dir()):
        record = manifest.read(folder)
        if record:
            failed = sum(page.status == "failed" for page in record.pages)
            pages = count(len(record.pages), "report")
            say(f"{record.quarter}: {pages}, {failed} failed, made {record.made_at[:10]}: {folder}")
