"""The framework: priorities, outcomes, indicators and targets of one financial year."""

from __future__ import annotations

from collections.abc import Iterator

from perfkit.intake import headings, named_quarters, papers, reading, titles
from perfkit.intake.framework import checks, facts, targets
from perfkit.intake.framework.checks import Places
from perfkit.intake.framework.columns import COLUMNS, INDICATORS, OPTIONAL
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading
from perfkit.intake.rows import walk
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model import periods
from perfkit.model.councils import WHOLE
from perfkit.model.errors import Issue, Where


def recognises(workbook: Workbook) -> bool:
    """Say whether the workbook holds a table of indicators with their ids and polarity."""
    wanted = ("indicator", "title", "polarity")
    return any(headings.find(sheet, INDICATORS.aliases, needed=wanted) for sheet in workbook.sheets)


def read(workbook: Workbook) -> Reading:
    """Read the framework: indicators, outcomes, priorities, directorates, leadership_priorities, targets, published.

    The financial year is the one that the workbook's titles name. What cannot be understood is an issue at its cell. A
    council without directorates leaves out their sheet and their cells, and is then `WHOLE` to itself; leadership
    priorities and published counts may be left out too. Papers, such as the mapping or a register of risks, may stand
    on sheets of the same workbook.
    """
    named = titles.year(workbook)
    if named is None:
        action = "Write the year in a title, as Financial year: 2017-18."
        return Reading({}, (Issue(Where(workbook.file), "no financial year", "a title that names it", action),))
    year = periods.label(named[0])
    issues = [*named_quarters.against_path(*named), *reading.hidden(workbook)]
    places = {name: next(columns.places(workbook), None) for name, columns in COLUMNS.items()}
    issues += _absent(workbook, places)
    walks = {name: walk(*place, COLUMNS[name], issues) if place else () for name, place in places.items()}
    rows = {name: facts.of(walks[name], name, year) for name in COLUMNS if name != "targets"}
    rows["targets"] = targets.of(walks["targets"], rows["indicators"])
    if not rows["directorates"]:
        rows = _of_one(rows, year)
    own = reading.of(rows, issues + checks.check(rows, places))
    return papers.beside(workbook, own, taken=[place[0].name for place in places.values() if place])


def _absent(workbook: Workbook, places: Places) -> Iterator[Issue]:
    """Tell of each table without a place, but for those that are left out on purpose: no sheet bears their name."""
    names = {words(sheet.name) for sheet in workbook.sheets}
    for name in (name for name, place in places.items() if place is None):
        if name not in OPTIONAL or OPTIONAL[name] in names:
            columns = COLUMNS[name]
            wanted = ", ".join(columns.aliases[field][0] for field in columns.needed)
            yield Issue(Where(workbook.file), f"no sheet with the headings {wanted}", "every table of a framework",
                        "Put the sheet back, with its headings in one row.")  # fmt: skip


def _of_one(rows: dict[str, reading.Rows], year: str) -> dict[str, reading.Rows]:
    """Give a council without directorates one for the whole of it; rows that name another stay as they are."""
    users = [row for table in ("indicators", "outcomes") for row in rows[table]]
    if not users or any(row["directorate"] is not None for row in users):
        return rows
    place = {key: users[0][key] for key in ("file", "sheet", "cell")}
    own = {"directorate": WHOLE, "name": WHOLE, "order": 1, "financial_year": year, **place}
    filled = {table: [{**row, "directorate": WHOLE} for row in rows[table]] for table in ("indicators", "outcomes")}
    return {**rows, **filled, "directorates": [own]}
