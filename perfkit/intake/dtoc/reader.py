"""Monthly workbooks of delayed transfers of care by local authority, to tidy `delays`.

NHS England published them from April 2011 to February 2020. Every heading, block and area is found by its words, and
a workbook is believed only where its parts sum to its totals and its authorities to England (see `checks` and `sums`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from perfkit.intake.drafts import Draft
from perfkit.intake.dtoc import above, checks, crowds, layout, melt, siblings, sums
from perfkit.intake.dtoc import areas as dtoc_areas
from perfkit.intake.dtoc import england as dtoc_england
from perfkit.intake.dtoc import month as dtoc_month
from perfkit.intake.dtoc import notes as dtoc_notes
from perfkit.intake.dtoc import words as dtoc_words
from perfkit.intake.dtoc.melt import Book
from perfkit.intake.dtoc.table import Table, table
from perfkit.intake.named_months import month_of
from perfkit.intake.reading import COMPARE, Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import areas, periods
from perfkit.model.errors import Issue, Severity, Where

Headings = list[tuple[Sheet, layout.Heading | None]]
_SOME = 40
"""Names of a sheet by which it is told whether authorities stand there."""
_DIMENSIONS = {"setting": "type of care", "attribution": "responsible organisation", "reason": "reason"}


def recognises(workbook: Workbook) -> bool:
    """Say whether a workbook is a monthly release of delayed transfers of care by local authority, or one beside it.

    One by trust, or of all months, is not read; it says what to load in its place.

    >>> recognises(Workbook("x.xls", (Sheet("x.xls", "Sheet1", [["Name", "Age"]]),)))
    False
    """
    delayed = any(_about_delays(sheet) for sheet in workbook.sheets[:3])
    if delayed and any(_by_authority(sheet) for sheet in workbook.sheets):
        return True
    about = [sheet for sheet in workbook.sheets if _about_delays(sheet)]
    if any(map(siblings.series, about)):
        return True
    told = [_by_authority(sheet) for sheet in about]
    if True in told or False not in told:
        return True in told or any(map(_lists_authorities, about))
    return any(_has_days(sheet) for sheet in about)


def _about_delays(sheet: Sheet) -> bool:
    top = " ".join(str(value) for row in sheet.rows[:14] for value in row if isinstance(value, str)).lower()
    return "delayed transfer" in top or "dtoc" in top or "delayed days" in top


def _by_authority(sheet: Sheet) -> bool | None:
    """Say whether a sheet says so itself, None where it does not tell what it is by."""
    basis = above.metadata(sheet).get("basis")
    if basis is None:
        return True if re.match(r"(la|local authority)\b", sheet.name.strip(), re.IGNORECASE) else None
    return siblings.by_authority(sheet.text(*basis))


def _has_days(sheet: Sheet) -> layout.Heading | None:
    heading = layout.heading(sheet)
    return heading if heading and heading.days and heading.days.dimension in _DIMENSIONS else None


def _lists_authorities(sheet: Sheet) -> bool:
    heading = _has_days(sheet)
    if heading is None:
        return False
    column = heading.labels["name"]
    names = {dtoc_words.name(row[column]) for row in sheet.rows[heading.row + 1 :][:_SOME]} - {""}
    return sum(any(area.kind == areas.AUTHORITY for area in areas.known(name)) for name in names) > len(names) / 2


def read(workbook: Workbook) -> Reading:
    """Read one month's workbook to the tidy table `delays`, or to the issues that stop it.

    Every authority, England and "elsewhere" gets its total and its days by setting, by attribution and by reason;
    England also by setting, attribution and reason at once. Markers stand in ``marker``, never as zero. Source of the
    definitions: NHS England, Monthly Delayed Transfer of Care Situation Reports.
    """
    issues: list[Issue] = []
    england = next((t for sheet in workbook.sheets if (t := dtoc_england.read(sheet))), None)
    headings = [(sheet, None if england and sheet is england.sheet else layout.heading(sheet))
                for sheet in workbook.sheets]  # fmt: skip
    labels = [(sheet, above.metadata(sheet, heading.row if heading else above.HIGHEST)) for sheet, heading in headings]
    told = {issue.where.sheet: issue for issue in siblings.told(labels, with_england=england is not None)}
    if refused := _refused(workbook, headings, told):
        return Reading({}, (refused,))
    issues += [replace(issue, action="The sheet is not read.", severity=Severity.WARNING) for issue in told.values()]
    headings = [(sheet, heading) for sheet, heading in headings if sheet.name not in told]
    labels = [(sheet, places) for sheet, places in labels if sheet.name not in told]
    month, status = dtoc_month.find(workbook.file, labels, issues), above.status(labels, issues)
    # By a month that is in doubt no people a day can be worked out: only the month is told then.
    days = 0 if month is None or any(issue.stops for issue in issues) else month.days_in_month
    tables = _tables(workbook, headings, issues)
    others = list(_of_other_months(headings, month))
    if england is None:
        issues.append(_missing(workbook, "the England sheet (reasons by organisation)"))
    unread = [*others, *(issue for found in tables.values() for issue in (*found.issues, *sums.empty(found))),
              *(england.issues if england else ())]  # fmt: skip
    issues += unread
    if month is not None and tables and status != "illustrative":
        issues += dtoc_areas.check(next(iter(tables.values())), melt.last_day(month))
    # The sums of another month's figures do not hold, which says nothing of this month's.
    if tables and not others:
        issues += crowds.causes(checks.check(tables, england, days), unread, COMPARE)
    if any(issue.stops for issue in issues) or month is None or england is None:
        return Reading({}, _sorted(issues))
    delays = melt.melt(Book(workbook.file, month, status, tables, england))
    return Reading({"delays": delays, **_notes(workbook, month)}, _sorted(issues))


def _refused(workbook: Workbook, headings: Headings, told: Mapping[str, Issue]) -> Issue | None:
    """Give the one issue of a workbook of which nothing can be read, by what was told of its sheets."""
    if told and not any(heading and heading.days for sheet, heading in headings if sheet.name not in told):
        return next(iter(told.values()))
    if any(sheet.name for sheet in workbook.sheets):
        return None
    return Issue(Where(workbook.file), "one sheet of a month's workbook, saved as text",
                 "the workbook with all its sheets, which are held against each other",
                 "Load the workbook itself, as it was published.")  # fmt: skip


def _notes(workbook: Workbook, month: pd.Period) -> dict[str, Draft]:
    notes = dtoc_notes.read(workbook, month)
    return {"notes": dtoc_notes.draft(notes)} if notes else {}


def _sorted(issues: list[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(crowds.gather(issues)))


def _tables(workbook: Workbook, headings: Headings, issues: list[Issue]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for sheet, heading in headings:
        if heading is None:
            continue
        block, place = heading.days, (heading.row, heading.labels["name"])
        if block is None:
            issues.append(sheet.issue(*place, found="no block of delayed days", action="Title the blocks.",
                                      expected='figures under a title such as "Delayed Days"'))  # fmt: skip
        elif block.dimension in tables:
            found = f"a second table by {_DIMENSIONS[block.dimension]}"
            issues.append(sheet.issue(*place, found=found, expected="one", action="Remove one of the two."))
        elif block.dimension in _DIMENSIONS:
            tables[block.dimension] = table(sheet, heading, block)
    issues += [_missing(workbook, f"the sheet of authorities by {words}")
               for dimension, words in _DIMENSIONS.items() if dimension not in tables]  # fmt: skip
    return tables


def _of_other_months(headings: Headings, month: pd.Period | None) -> Iterator[Issue]:
    """Tell of days whose own title names another month, as where last year's stand before this year's."""
    for sheet, heading in headings:
        block = heading.days if heading else None
        named = month_of(block.title) if block else None
        if heading and block and None not in (named, month) and named != month:
            yield sheet.issue(heading.row, min(block.columns.values()), found=f'days under the title "{block.title}"',
                              expected=f"those of {periods.label(month)}, the month of the workbook, first",
                              action="Leave out the other month's, or put them after those of the month.")  # fmt: skip


def _missing(workbook: Workbook, what: str) -> Issue:
    hidden = f" (hidden and so not read: {', '.join(workbook.hidden)})" if workbook.hidden else ""
    sheets = ", ".join(sheet.name for sheet in workbook.sheets) or "none"
    return Issue(Where(workbook.file), f"no table that can be read as {what}{hidden}", f"one of {sheets}",
                 "Check the sheet's heading, or fetch the publisher's file again.")  # fmt: skip
