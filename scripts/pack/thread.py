"""mapping.xlsx: the leadership line of reporting: mapping, golden thread, timetable."""

from __future__ import annotations

from pathlib import Path

from pack import book, facts, sheets
from pack.definitions import DEFINITIONS
from pack.sheets import Page
from perfkit.model.paper_layouts import MAPPING, THREAD, TIMETABLE

YEAR = {"financial_year": "2017-18"}
SERVES: dict[int, str] = {
    1: "10", 2: "10", 3: "7, 10", 4: "10, 11", 5: "7, 8", 6: "7, 8", 7: "7, 8, 10", 8: "2, 10", 9: "10", 10: "10",
    11: "8", 12: "8", 13: "8, 10", 14: "8", 15: "8", 16: "8", 17: "3", 18: "3, 11", 19: "7", 20: "7, 10",
    21: "7, 10", 22: "7, 10", 23: "7", 24: "", 25: "7, 8", 26: "7, 8", 27: "7, 8", 28: "7", 29: "7", 30: "7",
    31: "4, 5, 6", 32: "5", 33: "5, 6", 34: "5, 6", 35: "6, 11", 36: "4, 10", 37: "10", 38: "9, 10", 39: "9, 10",
    40: "6, 10", 41: "10", 42: "10", 43: "", 44: "5", 45: "8", 46: "8, 10", 47: "", 48: "10, 12", 49: "10, 12",
    50: "10, 12",
}  # fmt: skip
"""Leadership priorities by the number of the indicator; nothing for those left out on purpose."""
OUTCOMES: dict[str, str] = {
    "T1": "5", "T2": "10", "T3": "4, 5, 6", "T4": "5", "T5": "5, 6", "T6": "4", "T7": "9, 10", "V1": "8",
    "V2": "8, 10", "V3": "", "V4": "7", "V5": "7, 8", "V6": "8", "V7": "10", "V8": "7, 10", "E1": "10, 12",
    "E2": "10, 12", "E3": "8", "E4": "3", "E5": "7, 8", "E6": "2", "E7": "10", "E8": "",
}  # fmt: skip
LEADS_TO = {
    "Thriving economy": "A strong and thriving economy",
    "Thriving people": "Protecting vulnerable people",
    "Thriving communities": "Efficient public services",
}
_MADE_UP = "The mapping is illustrative: the council said that it would map its outcomes, not how. Three indicators, "
_LEFT_OUT = "24, 43 and 47, and outcomes V3 and E8 are left without a priority on purpose."


def build(folder: Path, out: Path) -> None:
    """Write mapping.xlsx."""
    made = sheets.workbook(
        f"{book.COUNCIL}: the leadership line of reporting 2017-18",
        ["Mapping, golden thread and reporting timetable", "Financial year: 2017-18",
         "Published: the golden thread of the operating framework of 2017; the reporting timetable.",
         "Illustrative: which leadership priorities each indicator and outcome serves; which corporate priority each "
         "theme leads to. The column Source says so in each row."],
    )  # fmt: skip
    page = Page(f"{book.COUNCIL}: mapping to the leadership priorities", YEAR, (_MADE_UP + _LEFT_OUT,))
    sheets.add(made, MAPPING, page, _mapping(folder))
    page = Page(f"{book.COUNCIL}: golden thread", YEAR, ("Levels, order and titles as published.",))
    sheets.add(made, THREAD, page, _thread(folder))
    page = Page(f"{book.COUNCIL}: reporting timetable", YEAR, ("As published.",), leave_out=("starts", "ends"))
    sheets.add(made, TIMETABLE, page, _timetable(folder))
    book.save(made, out / "mapping.xlsx")


def _mapping(folder: Path) -> list[sheets.Cells]:
    own = {"status": "illustrative"}
    indicators = [
        {"subject_kind": "indicator", "subject": DEFINITIONS[int(r["ref"])].id, "subject_title": r["title"],
         "number": SERVES[int(r["ref"])] or None, **own}
        for r in facts.read(folder, "indicators")
    ]  # fmt: skip
    outcomes = [
        {"subject_kind": "outcome", "subject": r["outcome_id"], "subject_title": r["title"],
         "number": OUTCOMES[r["outcome_id"]] or None, **own}
        for r in facts.read(folder, "outcomes")
    ]  # fmt: skip
    return [*indicators, *outcomes]


def _thread(folder: Path) -> list[sheets.Cells]:
    rows = facts.read(folder, "golden_thread", folder="oxfordshire-2017-operating-framework")
    return [
        {"level": r["level"], "order": int(r["order"]), "parent": r["parent"] or None, "title": r["title"],
         "priority": LEADS_TO.get(r["title"]), "status": "published",
         "priority_status": "illustrative" if r["title"] in LEADS_TO else None}
        for r in rows
    ]  # fmt: skip


def _timetable(folder: Path) -> list[sheets.Cells]:
    quarters = {"2017-11": "2017-18 Q2", "2017-18 Q3": "2017-18 Q3"}
    return [
        {"number": n, "when": r["when"], "step": r["step"], "quarter": quarters.get(r["when"]), "status": "published"}
        for n, r in enumerate(facts.read(folder, "timetable"), 1)
    ]
