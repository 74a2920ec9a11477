"""Quarterly actuals of past years, several quarters side by side under a two-row heading: the year over Q1 to Q4."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from perfkit.intake import cells, council_file, headings, reading, unread
from perfkit.intake.headings import Headings, words
from perfkit.intake.reading import Reading
from perfkit.intake.returns import frame, lines
from perfkit.intake.returns.frame import Facts, Framework
from perfkit.intake.rows import Row, TableSpec, walk
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import periods
from perfkit.model.errors import Issue, ParseError

COLUMNS = TableSpec(
    {
        "indicator": ("id", "indicator id", "stable id"),
        "title": ("indicator", "title", "measure"),
        "status": ("status", "data status"),
        "published": ("published quarters",),
    },
    ("indicator", "title"),
    "indicator",
    "title",
)
FEWEST_QUARTERS = 4
_QUARTER = re.compile(r"(?:Q|Qtr|Quarter)\s*(\d)", re.IGNORECASE)


def recognises(workbook: Workbook) -> bool:
    """Say whether a sheet lists indicators by id with at least four quarters side by side."""
    return any(len(_quarters(sheet, found)) >= FEWEST_QUARTERS for sheet, found in COLUMNS.places(workbook))


def read(workbook: Workbook, *, framework: Framework) -> Reading:
    """Read the quarters of every indicator into observations; an empty cell makes no row.

    A quarter's column is the quarter that the figure is about; the return that it appeared in lies the indicator's
    arrears later. Indicators are found by their stable id in the newest framework that has it.
    """
    placed = council_file.of_title(workbook, framework)
    issues = reading.hidden(workbook)
    if placed is None:
        issues.append(frame.untitled(workbook, "council", "Oxfordshire County Council: history"))
    area = placed[0] if placed else ""
    issues += council_file.another(*placed, framework) if placed else []
    known = _known(framework["indicators"])
    rows: reading.Rows = []
    seen: dict[str, str] = {}
    places = list(COLUMNS.places(workbook))
    for sheet, found in places:
        quarters = _quarters(sheet, found)
        issues += [*_amiss(sheet, found, quarters), *headings.absent(sheet, found, {"status": "Status"})]
        for row in walk(sheet, found, COLUMNS, issues):
            if facts := _indicator(row, known, seen):
                rows += _observations(row, facts, quarters, area)
    issues += unread.tell(workbook, [sheet.name for sheet, _ in places])
    return reading.of({"observations": rows}, issues)


def _quarters(sheet: Sheet, found: Headings) -> dict[int, str]:
    """Give the quarter of every column, named in one heading or in two rows of it.

    A year may be merged over its quarters or stand over the first of them alone.
    """
    quarters: dict[int, str] = {}
    year = ""
    for column in range(len(sheet.rows[found.row])):
        top, below = sheet.text(found.row, column), sheet.text(found.row + 1, column)
        year = top or (year if column - 1 in quarters else "")
        name = f"{year} {below}" if _QUARTER.fullmatch(below) and not _QUARTER.search(top) else top
        if _QUARTER.search(name) and (quarter := _quarter(name)):
            quarters[column] = quarter
    return quarters


def _amiss(sheet: Sheet, found: Headings, quarters: dict[int, str]) -> list[Issue]:
    """Tell of a quarter that has no year, and of one that stands over two columns; the second is not read."""
    issues: list[Issue] = []
    first: dict[str, int] = {}
    for column in range(len(sheet.rows[found.row])):
        quarter, row = quarters.get(column), found.row + bool(_QUARTER.fullmatch(sheet.text(found.row + 1, column)))
        named = _QUARTER.search(sheet.text(row, column)) is not None and column not in found.columns.values()
        if quarter is None and named:
            issues.append(sheet.issue(row, column, found=f'"{sheet.text(row, column)}" without a year that is known',
                                      expected="a quarter such as 2016-17 Q1, or its year over it",
                                      action="Write the year over the quarter."))  # fmt: skip
        elif quarter is not None and first.setdefault(quarter, column) != column:
            at = sheet.where(row, first[quarter]).cell
            issues.append(sheet.issue(row, column, found=f"{quarter} a second time (first in {at})",
                                      expected="each quarter once",
                                      action="Correct the year or the quarter."))  # fmt: skip
            del quarters[column]
    return issues


def _quarter(name: str) -> str | None:
    try:
        return periods.quarter_label(name)
    except ParseError:
        return None


def _known(indicators: pd.DataFrame) -> dict[str, Facts]:
    newest = indicators.sort_values("financial_year", kind="stable").drop_duplicates("indicator", keep="last")
    return {str(facts["indicator"]): facts for facts in newest.to_dict("records")}


def _indicator(row: Row, known: dict[str, Facts], seen: dict[str, str]) -> Facts | None:
    name = row.text("indicator") or ""
    facts = known.get(name)
    if facts is None:
        row.wrong("indicator", f"the indicator {cells.shown(name)}", "the id of an indicator of a framework",
                  "Correct the id, or add the indicator to the framework.")  # fmt: skip
        return None
    if name in seen:
        row.wrong(
            "indicator", f"{name} a second time (first in {seen[name]})", "each indicator once", "Remove one row."
        )
        return None
    seen[name] = row.cell("indicator")
    title = row.text("title")
    if title is not None and words(title) != words(facts["title"]):
        row.wrong("title", f"{cells.shown(title)} as {name}", cells.shown(facts["title"]),
                  "Check that the rows have not shifted against their ids, then put the title right.")  # fmt: skip
    return facts


def _observations(row: Row, facts: Facts, quarters: dict[int, str], area: str) -> reading.Rows:
    status, published = lines.status(row), _published(row)
    rows: reading.Rows = []
    for column, period in quarters.items():
        at = row.under(actual=column)
        common: dict[str, Any] = {
            "indicator": facts["indicator"],
            "period": period,
            "area": area,
            "report_period": periods.label(periods.parse(period) + int(facts["arrears"])),
            "status": "final" if period in published else status,
            **at.place("actual"),
        }
        rows += [{**common, **part} for part in lines.figures(at, facts, "actual")]
    return rows


def _published(row: Row) -> set[str]:
    names = [name.strip() for name in (row.text("published") or "").split(",") if name.strip()]
    found = {name: _quarter(name) for name in names}
    for name, quarter in found.items():
        if quarter is None:
            row.wrong("published", cells.shown(name), "a quarter such as 2016-17 Q4", "Correct the quarter.")
    return {quarter for quarter in found.values() if quarter}
