"""What a run must know of the store before it makes pages, and ``verify`` afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from perfkit import store, vintages
from perfkit.keeping import receipts
from perfkit.model import periods, rules
from perfkit.model.errors import ParameterError
from perfkit.run import jobs
from perfkit.run.manifest import Input, Read, Rule

if TYPE_CHECKING:
    from perfkit.run.jobs import Job

_QUARTERLY = ("assessments", "finance", "risks")
_AS_IT_STOOD = ("actions", "savings")
_YEARLY = ("commitments", "measures")
_DEFAULT = "perfkit's default"


def inputs(place: Path, as_of: str) -> list[Input]:
    """List the files that are current, or were on a day."""
    return [Input(r.file, r.vintage, r.sha256, r.received) for r in receipts.current(root=place, as_of=as_of)]


def rows(read: Read, place: Path) -> str:
    """Give the digest of the rows that a page would read now."""
    return vintages.digest(read.table, directorate=read.directorate, as_of=read.as_of, asked=read.asked, root=place)


def rules_read(reads: Sequence[Read], place: Path, quarter: str) -> list[Rule]:
    """List the rules and tolerances of the quarter's year that rows which were read set, and by whom and when."""
    views = {(read.as_of, read.directorate) for read in reads if read.table == "indicators"}
    if not views:
        return []
    frames = [store.load("indicators", as_of=day, root=place, directorate=code) for day, code in sorted(views)]
    indicators = pd.concat(frames, ignore_index=True)
    indicators = indicators[indicators["financial_year"] == periods.year_label(quarter)]
    found: dict[tuple[str, float | None, str, str], list[str]] = {}
    for row in indicators.itertuples():
        found.setdefault(_rule(row), []).append(row.indicator)
    listed = sorted(found.items(), key=lambda item: tuple(map(str, item[0])))
    return [Rule(*rule, tuple(sorted(set(named)))) for rule, named in listed]


def _rule(row: object) -> tuple[str, float | None, str, str]:
    family, width, by, on, unit = (
        getattr(row, name) for name in ("rule", "tolerance", "tolerance_set_by", "tolerance_set_on", "unit")
    )
    family = "relative" if pd.isna(family) else str(family)
    if pd.isna(width) and family in ("relative", "points", "range", "pair"):
        in_points = family == "points" or (family != "relative" and unit == "percent")
        points = rules.DEFAULT_POINTS if unit == "percent" else 0.0
        return family, points if in_points else rules.DEFAULT_PERCENT, _DEFAULT, ""
    day = "" if pd.isna(on) else pd.Timestamp(on).date().isoformat()
    return family, None if pd.isna(width) else float(width), "" if pd.isna(by) else str(by), day


def organisation(place: Path, as_of: str) -> str:
    """Name the council whose figures these are."""
    return store.council(root=place, as_of=as_of)


def day(quarter: str, place: Path, as_of: str) -> str:
    """Give the day up to which a quarter's reports may know: one asked for, or the eve of the next one's returns."""
    return vintages.until_next(quarter, as_of=as_of, root=place).as_of


def directorates(quarter: str, place: Path, as_of: str) -> dict[str, str]:
    """Give the directorates that report an indicator in a quarter's year, code to name, in their order."""
    year = periods.year_label(quarter)
    table, indicators = (store.load(name, root=place, as_of=as_of) for name in ("directorates", "indicators"))
    reporting = indicators.loc[indicators["financial_year"] == year, "directorate"]
    table = table[(table["financial_year"] == year) & table["directorate"].isin(reporting)].sort_values("order")
    return dict(zip(table["directorate"], table["name"], strict=True))


def areas(place: Path, as_of: str) -> list[str]:
    """List the authorities whose delays have been loaded."""
    table = store.load("delays", root=place, as_of=as_of)
    return sorted(table.loc[table["area_kind"] == "authority", "area"].unique())


def held(plan: Iterable[Job], quarter: str, place: Path, as_of: str) -> set[str]:
    """Name the tables, of those that the reports of a plan need, that hold rows for the quarter."""
    wanted = {table for report in {job.report for job in plan} for table in jobs.REPORTS[report].needs}
    return {table for table, frame in _loaded(sorted(wanted), place, as_of) if _concerning(frame, quarter)}


def quarters(place: Path, as_of: str) -> list[str]:
    """List the quarters for which anything has been received, the oldest first.

    What stands for a year tells the year's last quarter, where nothing else tells a quarter of that year.
    """
    told = set()
    for table, frame in _loaded((*_QUARTERLY, *_AS_IT_STOOD), place, as_of):
        told |= set(map(_quarter, frame["period" if table in _QUARTERLY else "as_at"].unique()))
    for _, frame in _loaded(_YEARLY, place, as_of):
        years = set(frame["financial_year"].unique()) - {periods.year_label(label) for label in told}
        told |= {f"{year} Q4" for year in years}
    return sorted(told, key=lambda label: periods.parse(label).end_time)


def check_quarter(quarter: str, place: Path, as_of: str) -> None:
    """Refuse a quarter for which nothing has been loaded."""
    known = quarters(place, as_of)
    if quarter not in known:
        returned = store.quarters(root=place, as_of=as_of)
        said = f"There are returns for {', '.join(returned)}." if returned else "No return has been loaded at all."
        others = [label for label in known if label not in returned]
        more = f" There are other figures for {', '.join(others)}." if others else ""
        raise ParameterError(f"No return for {quarter} has been loaded. {said}{more}")


def latest(place: Path, as_of: str) -> str:
    """Give the newest quarter that has a return; without returns the newest of which anything is known."""
    known = store.quarters(root=place, as_of=as_of) or quarters(place, as_of)
    if not known:
        raise ParameterError("No return has been loaded at all, so there is no latest quarter.")
    return known[-1]


def _loaded(tables: Iterable[str], place: Path, as_of: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Open those of the tables that have rows."""
    there = {table for receipt in receipts.current(root=place, as_of=as_of) for table, n in receipt.tables.items() if n}
    for table in tables:
        if table in there:
            yield table, store.load(table, root=place, as_of=as_of)


def _concerning(frame: pd.DataFrame, quarter: str) -> bool:
    """Say whether a table has rows for a quarter: of it, as things stood by its end, or of its year."""
    span = periods.parse(quarter, expect="quarter")
    if "period" in frame:
        return bool((frame["period"] == quarter).any())
    if "month" in frame:
        return bool(frame["month"].isin(periods.months_of(span)).any())
    if "as_at" in frame:
        return any(periods.parse(label).end_time <= span.end_time for label in frame["as_at"].unique())
    if "financial_year" in frame:
        return bool((frame["financial_year"] == periods.year_label(quarter)).any())
    return len(frame) > 0


def _quarter(label: str) -> str:
    """Name the quarter that a month or a quarter ends in."""
    return periods.label(periods.quarter_of(periods.parse(label)))
