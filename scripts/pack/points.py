"""Q1/key_points.xlsx: what the council wished to say of the quarter."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from pack import book, facts


def build(folder: Path, out: Path) -> None:
    """Write key_points.xlsx."""
    workbook, sheet = book.new("Key points")
    book.titles(sheet, [
        f"{book.COUNCIL}: key points 2017-18",
        "Achievements and issues by priority",
        "Quarter 1 (April to June 2017)",
    ])  # fmt: skip
    book.heading(sheet, 5, ("Kind", "Priority", "Key point", "Indicators", "Status"))
    for number, row in enumerate(facts.read(folder, "key_points"), 6):
        cells = (row["kind"].capitalize(), row["priority"], _full_stop(row["text"]), row["refs"] or None, "final")
        book.line(sheet, number, cells)
    book.widths(sheet, [14, 34, 96, 14, 12])
    book.heights(sheet, 6, sheet.max_row)
    sheet.freeze_panes = "A6"
    _claims(folder, workbook)
    book.save(workbook, out / "Q1" / "key_points.xlsx")


STATEMENTS = {
    "bed days lost to delays": "{qualifier} {number} bed days lost in {period}",
    "national rank, highest rate first": "{number}th highest nationally in {period}",
    "rate relative to the national average": "{qualifier} {number} times the national average in {period}",
    "people delayed awaiting social care, monthly average": "{number} people a day awaiting social care in {period}",
    "delayed transfers attributable to adult social care, monthly average": "{number} people a day delayed in {period}",
}
"""What the report said of delays, by the measure that the facts give it; targets are in the framework instead."""


def _claims(folder: Path, workbook: Workbook) -> None:
    sheet = workbook.create_sheet("Claims")
    book.titles(sheet, [f"{book.COUNCIL}: statements to be checked", "Delayed transfers of care"])
    book.heading(sheet, 4, ("Statement", "Area", "Source"))
    facts_of = [row for row in facts.read(folder, "delayed_transfers") if row["measure"] in STATEMENTS]
    for number, row in enumerate(facts_of, 5):
        source = f"Performance report, quarter 1 of 2017-18: {row['measure']}"
        book.line(sheet, number, (_statement(row), book.COUNCIL.removesuffix(" County Council"), source))
    book.widths(sheet, [60, 20, 70])


def _statement(row: facts.Row) -> str:
    period = row["period"]
    if len(period) == 7 and int(period[5:]) <= 12 and int(period[5:]) != int(period[2:4]) + 1:
        period = pd.Period(period, "M").strftime("%B %Y")
    qualifier = row["qualifier"].replace("more than", "over")
    return STATEMENTS[row["measure"]].format(qualifier=qualifier, number=f"{int(row['value']):,}", period=period)


def _full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
