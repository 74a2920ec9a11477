"""What a return shows of the quarter before for information: held against what was known, and never believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfkit.intake import headings, records
from perfkit.intake.headings import Headings
from perfkit.intake.records import Record
from perfkit.intake.returns import lines
from perfkit.intake.returns.frame import Facts, Ground
from perfkit.intake.rows import Row
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import periods
from perfkit.model.errors import Issue

_HEADING = re.compile(
    r"(?:last|previous|prior) quarter(?: (?:20(?P<year>\d\d) \d\d )?q(?P<quarter>[1-4]))?"
    r"(?: (?:actual|figure|value|result|performance|outturn))?"
)


def column(sheet: Sheet, found: Headings, ground: Ground) -> int | None:
    """Give the column of last quarter's figures; None where there is none, or where several could be meant."""
    before = periods.earlier(ground.quarter, steps=1)
    told = [headings.bare(v, ground.year) if isinstance(v, str) else "" for v in sheet.rows[found.row]]
    named = [c for c, text in enumerate(told) if (match := _HEADING.fullmatch(text)) and _fits(match, before)]
    return named[0] if len(named) == 1 else None


def _fits(match: re.Match[str], quarter: Any) -> bool:
    label = periods.label(quarter)
    return match["quarter"] in (None, label[-1]) and match["year"] in (None, label[2:4])


def read(row: Row, facts: Facts, ground: Ground, column: int) -> list[Record]:
    """Read what stands there of an indicator; nothing where it cannot be understood, since nobody reads it as a figure.

    Beside a column of the year to date that of a cumulative indicator may be of the quarter alone, and is not read.
    """
    if facts["series_type"] == "ytd" and row.column("ytd") is not None:
        return []
    problems: list[Issue] = []
    then = replace(ground, quarter=periods.earlier(ground.quarter, steps=1))
    alone = Row(row.sheet, Headings(row.headings.row, {"actual": column}), row.number, problems)
    figures = lines.observations(alone, facts, then)
    return [] if problems else [{**figure, "decimals": int(facts["decimals"])} for figure in figures]


def differing(shown: Sequence[tuple[Record, Record | None]]) -> list[Issue]:
    """Warn of figures that are not those known; each comes with what was known of it, None where nothing was."""
    both = [(row, before, 0.5 * 10.0 ** -row["decimals"] + 1e-9) for row, before in shown if before is not None]
    return [_differs(row, before) for row, before, room in both if not records.alike(row, before, within=room)]


def _differs(row: Record, before: Record) -> Issue:
    return records.warning(
        row,
        f"{records.figure(row)} as the figure of {row['period']}",
        f"{records.figure(before)}, as in {records.where(before)}",
        "It stands there for information and is not read; if that quarter's figure has changed, send its return again.",
    )
