"""A column of the year to date in a return: it speaks of cumulative indicators, the quarter's of others."""

from __future__ import annotations

from perfkit.intake import cells
from perfkit.intake.headings import Headings
from perfkit.intake.returns.frame import Facts, Ground
from perfkit.intake.rows import Row
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity


def of(row: Row, facts: Facts, ground: Ground) -> Row:
    """Give the row with the column of the figure that is meant as its actual.

    A figure of the quarter alone is none of a cumulative indicator, but in the year's first quarter.
    """
    quarters = row.column("actual") is not None
    if row.column("ytd") is None or (quarters and facts["series_type"] != "ytd"):
        return row
    if quarters and not row.text_of("ytd") and row.text_of("actual"):
        if ground.quarter.quarter == 1:
            return row
        row.wrong("ytd", f"nothing beside the quarter's {cells.shown(row.value('actual'))}",
                  "the figure of the year to date of a cumulative indicator", "Fill the cell.")  # fmt: skip
    return row.under(**{**row.headings.columns, "actual": row.headings.columns["ytd"]})


def alone(sheet: Sheet, found: Headings, ground: Ground) -> list[Issue]:
    """Warn after the first quarter of a table with no other figures, where some indicators are not cumulative."""
    mixed = any(facts["series_type"] != "ytd" for facts in ground.due().values())
    if "ytd" not in found.columns or "actual" in found.columns or ground.quarter.quarter == 1 or not mixed:
        return []
    column = found.columns["ytd"]
    quarter = f"Q{ground.quarter.quarter}"
    heading = cells.shown(sheet.at(found.row, column))
    action = f"They were read as those of {quarter}; add that column where they differ."
    expected = f"{quarter} Actual for indicators that are not cumulative"
    return [sheet.issue(found.row, column, found=f"{heading} as the only figures", expected=expected, action=action,
                        severity=Severity.WARNING)]  # fmt: skip
