"""What a discharge workbook says of itself: acute or community, its month, and whether it was revised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from perfkit.intake.discharge.days import day_of
from perfkit.intake.discharge.layout import Table
from perfkit.intake.headings import words
from perfkit.intake.named_months import NAMED_MONTH, month_in, month_of
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_FIRST_SHEETS = 3
_ACUTE = re.compile(r"^england\b.*\b(?:type 1|acute) trusts", re.IGNORECASE)
"""How England's row of acute hospitals is told from that of community hospitals."""
_READY = re.compile(r"timeliness of acute hospital discharge|discharge ready date")


def is_of_family(workbook: Workbook) -> bool:
    """Say whether the first sheets speak of discharges in the words of these releases."""
    top = _top(workbook)
    return any(said in top for said in ("discharge situation", "criteria to reside", "discharge sitrep"))


def collection(workbook: Workbook, issues: list[Issue]) -> str:
    """Give "acute" or "community" by the title, the file's name or the first sheets; by none an issue, and ""."""
    title, name = _title(workbook), re.split(r"[/\\]", workbook.file.lower())[-1]
    for told, acute in ((title, "acute"), (name, "acute"), (name, "daily")):
        if "community" in told or acute in told:
            return "community" if "community" in told else "acute"
    if "community discharge" in _top(workbook):
        return "community"
    texts = (value for sheet in workbook.sheets for row in sheet.rows for value in row[:12] if isinstance(value, str))
    if any(_ACUTE.search(text) for text in texts):
        return "acute"
    issues.append(Issue(Where(workbook.file), "no title that says whether it is of acute or of community hospitals",
                        'one such as "Acute Daily Discharge Situation Report"',
                        "Restore the cover sheet, or name the file after the collection."))  # fmt: skip
    return ""


def _top(workbook: Workbook) -> str:
    rows = (row[:12] for sheet in workbook.sheets[:_FIRST_SHEETS] for row in sheet.rows[:12])
    return " ".join(value for row in rows for value in row if isinstance(value, str)).lower()


def of_ready_dates(workbook: Workbook) -> bool:
    """Say whether a workbook is of the Discharge Ready Date, which counts other patients in other measures.

    >>> rows = [["Title:", "Timeliness of Acute Hospital Discharges completed within the month"]]
    >>> of_ready_dates(Workbook("x.xlsx", (Sheet("x.xlsx", "Cover Sheet", rows),)))
    True
    """
    title = _title(workbook)
    return _READY.search(title or _top(workbook)) is not None and bool(title or not is_of_family(workbook))


def _title(workbook: Workbook) -> str:
    return next((sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "title")), "")


def _labels(workbook: Workbook, label: str) -> Iterator[tuple[Sheet, int, int]]:
    for sheet in workbook.sheets[:_FIRST_SHEETS]:
        for r, row in enumerate(sheet.rows[:15]):
            for c, value in enumerate(row[:4]):
                if isinstance(value, str) and words(value) == label:
                    yield sheet, r, c


def near(workbook: Workbook) -> dt.date | None:
    """Give a day of the month that the cover or the file's name tells, None where neither does."""
    place = next(_labels(workbook, "period"), None)
    told = month_of(next(iter(_period(*place)), None)) if place else None
    found = told or month_in(workbook.file)
    return found.start_time.date() if found is not None else None


def _period(sheet: Sheet, row: int, column: int) -> list[Value]:
    """Give the cells of a period, which may stand as its first and its last day."""
    cells = [sheet.at(row, c) for c in range(column + 1, column + 5)]
    return [cell for cell in cells if any(sign.isdigit() for sign in str(cell))]


def month(workbook: Workbook, tables: Sequence[Table], issues: list[Issue]) -> pd.Period | None:
    """Give the month on the cover, or that of the days over the tables; None with an issue where neither tells one."""
    place = next(_labels(workbook, "period"), None)
    if place is None:
        return _month_of_days(workbook, tables, issues)
    sheet, row, column = place
    cells = _period(*place)
    months = {month_of(cell) for cell in cells}
    found = next(iter(months)) if len(months) == 1 else None
    told = month_in(workbook.file)
    if found is None:
        text = " ".join(filter(None, (sheet.text(row, c) for c in range(column + 1, column + 5))))
        several = "; a workbook of several months is not read, load that of each month."
        issues.append(sheet.issue(row, column + 1, found=f'"{text}"' if text else "nothing",
                                  expected="a month such as April 2022",
                                  action=f"Correct the period{several if cells else '.'}"))  # fmt: skip
    elif told is not None and told != found:
        issues.append(sheet.issue(row, column + 1, found=f'"{periods.label(found)}"',
                                  expected=f"{periods.label(told)}, as the file's name says",
                                  action="Rename the file, or fetch the right month."))  # fmt: skip
    return found


def other_month(table: Table, month: pd.Period) -> Iterator[Issue]:
    """Tell of a table of the month over whose columns another one stands, as in "April 2022 - Total number"."""
    told = {text: column.place for column in reversed(table.columns) if column.day is None and not column.weekly
            for text in column.over if NAMED_MONTH.match(text)}  # fmt: skip
    for text, column in told.items():
        if month_of(text) not in (None, month):
            row = next(row for row in range(table.rows[0]) if table.sheet.text(row, column).startswith(text))
            yield table.sheet.issue(row, column, found=f'"{text}"', expected=f"figures of {periods.label(month)}",
                                    action="Fetch the file again; one of its tables is of another month.")  # fmt: skip


def _month_of_days(workbook: Workbook, tables: Sequence[Table], issues: list[Issue]) -> pd.Period | None:
    """Take the month from the days over the tables, where the cover sheet is missing (as in October 2024)."""
    days = [column.day for table in tables for column in table.columns if column.day and not column.weekly]
    months = {pd.Period(day, "M") for day in days}
    where, found = Where(workbook.file), 'no "Period:" on its first sheets'
    if len(months) == 1 and month_in(workbook.file) in (None, *months):
        only = months.pop()
        issues.append(Issue(where, found, "the month it is for",
                            f"The days over its tables are those of {periods.label(only)}, which it was taken for.",
                            Severity.WARNING))  # fmt: skip
        return only
    issues.append(Issue(where, found, "the month it is for", "Restore the cover sheet."))
    return None


def status(workbook: Workbook) -> str:
    """Give "provisional", "revised" or "final"; a day of revision on the cover says revised too."""
    texts = [sheet.text(r, c + 1).lower() for sheet, r, c in _labels(workbook, "status")]
    if any("provisional" in text for text in texts):
        return "provisional"
    again = any(day_of(sheet.at(r, c + 1)) for sheet, r, c in _labels(workbook, "revised"))
    return "revised" if again or any("revised" in text for text in texts) else "final"
