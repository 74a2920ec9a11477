"""What a run must know of the store before it makes pages, and ``verify`` afterwards."""

from __future__ import annotations

from pathlib import Path

from perfkit import receipts, store
from perfkit.model import periods
from perfkit.model.errors import ParameterError
from perfkit.run.manifest import Input, Read


def inputs(place: Path, as_of: str) -> list[Input]:
    """List the files that are current, or were on a day."""
    return [Input(r.file, r.vintage, r.sha256, r.received) for r in receipts.current(root=place, as_of=as_of)]


def rows(read: Read, place: Path) -> str:
    """Give the digest of the rows that a page would read now."""
    if read.table == "receipts":
        return receipts.state(root=place)
    frame = store.load(read.table, as_of=read.as_of, root=place, directorate=read.directorate)
    return store.fingerprint(frame, root=place)


def organisation(place: Path, as_of: str) -> str:
    """Name the council whose figures these are."""
    return ", ".join(sorted(store.load("observations", root=place, as_of=as_of)["area"].unique()))


def directorates(quarter: str, place: Path, as_of: str) -> dict[str, str]:
    """Give the directorates of a quarter's year, code to name, in their order."""
    table = store.load("directorates", root=place, as_of=as_of)
    year = periods.label(periods.year_of(periods.parse(quarter)))
    table = table[table["financial_year"] == year].sort_values("order")
    return dict(zip(table["directorate"], table["name"], strict=True))


def check_quarter(quarter: str, place: Path, as_of: str) -> None:
    """Refuse a quarter for which no return has been loaded."""
    known = store.quarters(root=place, as_of=as_of)
    if quarter not in known:
        there = f"There are returns for {', '.join(known)}." if known else "No return has been loaded at all."
        raise ParameterError(f"No return for {quarter} has been loaded. {there}")


def latest(place: Path, as_of: str) -> str:
    """Give the newest quarter that has a return."""
    known = store.quarters(root=place, as_of=as_of)
    if not known:
        raise ParameterError("No return has been loaded at all, so there is no latest quarter.")
    return known[-1]
