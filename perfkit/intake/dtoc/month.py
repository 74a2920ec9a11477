"""The month that a workbook of delayed transfers is of: as it says above its tables, and as its name says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from perfkit.intake.dtoc import checks
from perfkit.intake.named_months import month_of
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model import periods
from perfkit.model.errors import Issue, Where

LAST = pd.Period("2020-02", "M")
"""The last month for which delayed transfers were collected."""
_TITLE = re.compile(r"delayed (transfer|day)|dtoc", re.IGNORECASE)


def find(
    file: str, above: Iterable[tuple[Sheet, Mapping[str, tuple[int, int]]]], issues: list[Issue]
) -> pd.Period | None:
    """Find the month by the label "Period" of each sheet, else by the titles; what is wrong goes to ``issues``."""
    found: dict[pd.Period, Where] = {}
    sheets = list(above)
    for sheet, place in ((sheet, places["period"]) for sheet, places in sheets if "period" in places):
        month = month_of(sheet.at(*place))
        if month is None:
            issues.append(sheet.issue(*place, found=f'"{sheet.text(*place)}"', expected='a month such as "April 2017"',
                                      action="Correct the period."))  # fmt: skip
        else:
            found = found if month in found else {**found, month: sheet.where(*place)}
    if not found and not issues:
        found = _titled([sheet for sheet, _ in sheets])
    if not found and not issues:
        issues.append(Issue(Where(file), 'no "Period:" above the tables', 'one such as "Period: April 2017"',
                            "Give the period."))  # fmt: skip
    months = list(found)
    for month in months[1:]:
        issues.append(Issue(found[month], f'"{periods.label(month)}"',
                            f"{periods.label(months[0])}, as on sheet {found[months[0]].sheet}",
                            "Correct the period of one of the sheets."))  # fmt: skip
    if months and months[0] > LAST:
        issues.append(Issue(found[months[0]], f'"{periods.label(months[0])}"',
                            f"a month up to {periods.label(LAST)}, the last that was collected",
                            "Correct the month."))  # fmt: skip
    if months:
        issues += checks.check_month(file, months[0], found[months[0]])
    return months[0] if months else None


def _titled(sheets: Iterable[Sheet]) -> dict[pd.Period, Where]:
    """Look for the month in titles such as "Delayed Transfers of Care, May 2019"."""
    found: dict[pd.Period, Where] = {}
    for sheet in sheets:
        for r, row in enumerate(sheet.rows[:10]):
            for c, value in enumerate(row):
                if isinstance(value, str) and _TITLE.search(value) and (month := month_of(value)) is not None:
                    found.setdefault(month, sheet.where(r, c))
    return found
