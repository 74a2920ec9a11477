"""``perfkit run``: load the raw data and make the reports of a quarter."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit.commands import options
from perfkit.commands.terminal import BAD_INPUT, DONE, FAILED, count, say
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    from perfkit.commands.options import Commands
    from perfkit.run.manifest import Input, Manifest, Page


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = options.command(commands, "run", "load the raw data and make the reports of a quarter", carry_out)
    parser.add_argument("quarter", metavar="QUARTER", help='such as "2017-18 Q1"')
    parser.add_argument("--raw", type=Path, metavar="FOLDER", help="folder of raw data (default: data/raw)")
    parser.add_argument("--out", type=Path, default=options.REPORTS, metavar="FOLDER", help="default: reports")
    parser.add_argument(
        "--notebooks", type=Path, default=options.NOTEBOOKS, metavar="FOLDER", help="default: notebooks"
    )
    parser.add_argument("--only", metavar="NOTEBOOK", help="make one report alone, such as scorecard")
    parser.add_argument("--directorate", metavar="CODE", help="make one directorate's scorecard alone, such as SCS")
    parser.add_argument("--as-of", default="", metavar="DAY", help="use what was known by that day, such as 2017-10-31")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="pages made at the same time (default: 2)")


def carry_out(given: argparse.Namespace) -> int:
    """Run; give the exit status."""
    from perfkit.model import periods

    quarter = periods.label(periods.parse(given.quarter, expect="quarter"))
    _check_names(given)
    place = options.store_of(given)
    if not _received(given, place):
        say("No report was made. The last good reports stay as they are.")
        return BAD_INPUT
    return _make(quarter, given, place)


def _check_names(given: argparse.Namespace) -> None:
    from perfkit.model import parameters

    if given.workers < 1:
        raise ParameterError(f"--workers {given.workers}: expected 1 or more.")
    if given.only is not None:
        parameters.declared(given.only)


def _received(given: argparse.Namespace, place: Path) -> bool:
    """Load the raw data, where there is a folder of it; say whether nothing stops a run."""
    from perfkit.commands import delivery

    if given.raw is None and not options.RAW.is_dir():
        return True
    raw = given.raw or options.RAW
    return not any(issue.stops for issue in delivery.receive([raw], place, base=raw))


def _make(quarter: str, given: argparse.Namespace, place: Path) -> int:
    from perfkit.run import jobs, sets

    plan = jobs.plan(
        quarter,
        directorates=_directorates(quarter, place, given.as_of),
        only=given.only,
        directorate=given.directorate,
        as_of=given.as_of,
    )
    _check_quarter(quarter, place, given.as_of)
    record = sets.make(
        plan,
        quarter=quarter,
        places=sets.Places(given.notebooks.absolute(), given.out.absolute(), place),
        inputs=_inputs(place, given.as_of),
        organisation=_organisation(place, given.as_of),
        workers=given.workers,
        progress=_show_progress,
    )
    return _conclude(record, given.out.absolute())


def _directorates(quarter: str, place: Path, as_of: str) -> dict[str, str]:
    from perfkit import store
    from perfkit.model import periods

    table = store.load("directorates", root=place, as_of=as_of)
    year = periods.label(periods.year_of(periods.parse(quarter)))
    table = table[table["financial_year"] == year].sort_values("order")
    return dict(zip(table["directorate"], table["name"], strict=True))


def _check_quarter(quarter: str, place: Path, as_of: str) -> None:
    from perfkit import store

    known = store.quarters(root=place, as_of=as_of)
    if quarter not in known:
        there = f"There are returns for {', '.join(known)}." if known else "No return has been loaded at all."
        raise ParameterError(f"No return for {quarter} has been loaded. {there}")


def _inputs(place: Path, as_of: str) -> list[Input]:
    from perfkit import store
    from perfkit.run.manifest import Input

    return [Input(r.file, r.vintage, r.sha256, r.received) for r in store.receipts(root=place, as_of=as_of)]


def _organisation(place: Path, as_of: str) -> str:
    from perfkit import store

    return ", ".join(sorted(store.load("observations", root=place, as_of=as_of)["area"].unique()))


def _show_progress(page: Page, done: int, total: int) -> None:
    say(f"[{done}/{total}] {page.title}: {page.status}" + (f": {page.cause}" if page.cause else ""))


def _conclude(record: Manifest, out: Path) -> int:
    from perfkit.run import publication

    failed = [page for page in record.pages if page.status == "failed"]
    index = out / publication.folder_name(record.quarter) / "index.html"
    say(f"{count(len(record.pages) - len(failed), 'report')} ready, {len(failed)} failed: {index}")
    return FAILED if failed else DONE
