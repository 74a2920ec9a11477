"""What must hold in a workbook of discharges before it is believed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from perfkit.intake.discharge_layout import Table
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_COMPARE = "Compare with the publisher's file; one of these figures is not what was published."
_MOST = 20
_WEEKS_AROUND = pd.Timedelta(days=13)
"""How far a week's first day may lie outside its month."""


def check(table: Table, frame: pd.DataFrame) -> Iterator[Issue]:
    """Check one sheet: organisations once, whole patients, those discharged and remaining, regions to England."""
    yield from _repeated(table)
    yield from _negative(frame)
    yield from _parts(frame)
    yield from _incomplete(frame)
    yield from _regions(frame)


def _where(row: pd.Series) -> Where:
    return Where(str(row["file"]), str(row["sheet"]), str(row["cell"]))


def _repeated(table: Table) -> Iterator[Issue]:
    first: dict[tuple[str, str], int] = {}
    for org in table.organisations:
        before = first.setdefault((org.kind, org.code), org.row)
        if before != org.row:
            yield table.sheet.issue(org.row, 0, found=f'the {org.kind} "{org.code}" again (first in row {before + 1})',
                                    expected="it once", action="Remove or correct one of the two rows.")  # fmt: skip


def _negative(frame: pd.DataFrame) -> Iterator[Issue]:
    for _, row in frame[frame["value"] < 0].head(_MOST).iterrows():
        yield Issue(_where(row), f"{row['value']:g}", f"{row['unit']}, 0 or more", _COMPARE)


def _parts(frame: pd.DataFrame) -> Iterator[Issue]:
    """Hold those who no longer meet the criteria against those discharged and those remaining."""
    counts = frame[frame["measure"].isin(["not_meeting_criteria", "discharged", "remaining"]) & frame["value"].notna()]
    if counts.empty:
        return
    key = ["org_kind", "org_code", "day"]
    totals = counts[counts["measure"] == "not_meeting_criteria"]
    parts = counts[counts["measure"] != "not_meeting_criteria"]
    parts = parts[(parts["measure"] == "remaining") | _discharged(parts)]
    sums = parts.groupby(key)["value"].agg(["sum", "size"]).reset_index()
    both = totals.merge(sums, on=key)
    wrong = both[(both["size"] >= 2) & ((both["sum"] - both["value"]).abs() > 0.5)]
    for _, row in wrong.head(_MOST).iterrows():
        yield Issue(_where(row), f"{row['value']:,.0f} patients of {row['org_name']}",
                    f"{row['sum']:,.0f}, those discharged and remaining", _COMPARE)  # fmt: skip


def _incomplete(frame: pd.DataFrame) -> Iterator[Issue]:
    """Tell of an organisation that on one day gives some of its counts and not the others."""
    counts = frame[frame["measure"].isin(["not_meeting_criteria", "discharged", "remaining"])]
    given = counts["value"].notna().groupby([counts["org_kind"], counts["org_code"], counts["day"]])
    some = given.transform("any") & ~given.transform("all") & counts["value"].isna()
    for _, row in counts[some].head(_MOST).iterrows():
        found = f'"{row["marker"]}"' if isinstance(row["marker"], str) else "nothing"
        yield Issue(_where(row), f"{found} for {row['org_name']}, beside its other counts of the day",
                    "all of them, or none", _COMPARE)  # fmt: skip


def _discharged(parts: pd.DataFrame) -> pd.Series:
    """Take all discharges where they are given in all, else those of each part of the day."""
    whole = (parts["measure"] == "discharged") & (parts["breakdown"] == "all")
    return whole if whole.any() else parts["measure"] == "discharged"


def _regions(frame: pd.DataFrame) -> Iterator[Issue]:
    """Hold the regions against England; averages are rounded, and what a region lacks England may hold."""
    key = ["day", "measure", "breakdown"]
    frame = frame[frame["org_kind"].isin(["country", "region"])]
    regions = frame[frame["org_kind"] == "region"]
    sums = regions.groupby(key, dropna=False)["value"].agg(["sum", "count", "size"]).reset_index()
    england = frame[(frame["org_kind"] == "country") & frame["value"].notna()]
    both = england.merge(sums[sums["count"] > 0], on=key)
    gap = both["sum"] - both["value"]
    room = (both["unit"] == "people a day") * 1.0 + 0.5
    wrong = both[(gap > room) | ((gap < -room) & (both["count"] == both["size"]))]
    for _, row in wrong.head(_MOST).iterrows():
        yield Issue(_where(row), f"{row['value']:,.6g} for England ({row['measure']})".replace("_", " "),
                    f"{row['sum']:,.6g}, the sum of the regions", _COMPARE)  # fmt: skip


def within(frame: pd.DataFrame, month: pd.Period) -> Iterator[Issue]:
    """Hold every day and week against the month of the workbook."""
    day = frame["day"]
    room = frame["weekly"].map({True: _WEEKS_AROUND, False: pd.Timedelta(0)})
    out = (day < month.start_time - room) | (day > month.end_time + room)
    for _, row in frame[out].drop_duplicates("day").head(_MOST).iterrows():
        yield Issue(_where(row), f"figures for {row['day'].day} {row['day']:%B %Y}", f"days of {periods.label(month)}",
                    "Correct the date over the column.", Severity.ERROR)  # fmt: skip
