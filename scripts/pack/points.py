"""Q1/key_points.xlsx: what the council wished to say of the quarter."""

from __future__ import annotations

from pathlib import Path

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
    book.save(workbook, out / "Q1" / "key_points.xlsx")


def _full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
