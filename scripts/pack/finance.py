"""Q1/finance.xlsx: budget and forecast beside performance; no figure of it was published."""

from __future__ import annotations

from pathlib import Path

from pack import book, sheets
from pack.sheets import Page
from perfkit.model.paper_layouts import FINANCE

Line = tuple[str, str, int, int, int | str, str, str | None]
LINES: tuple[Line, ...] = (
    (
        "SCS",
        "Older people: care at home and in homes",
        86400,
        22300,
        89100,
        "7, 8, 10",
        "Prices of home care rose, and stays were longer after delays in leaving hospital.",
    ),
    ("SCS", "Learning disability", 77900, 19600, 78600, "10", "Two costly placements."),
    (
        "SCS",
        "Hospital discharge and reablement",
        8900,
        2450,
        9400,
        "7, 8",
        "Agency carers cover hours that the contractor cannot staff.",
    ),
    ("SCS", "Adult social care teams", 14200, 3400, 13900, "10", "Posts not filled."),
    ("SCS", "Commissioning and contracts", 5100, 1200, 5000, "11", None),
    (
        "CEF",
        "Placements of looked after children",
        32600,
        8900,
        34800,
        "8",
        "More children are looked after than the budget allows for.",
    ),
    ("CEF", "Children's social care teams", 24300, 6100, 24500, "3, 8", None),
    ("CEF", "Early help", 12400, 2900, 12000, "8", "Centres opened later than planned."),
    ("CEF", "Home to school transport", 17200, 4300, 17500, "10", None),
    ("CEF", "Education services", 8900, 2200, 8800, "10", None),
    ("PH", "Children's public health", 8600, 2100, 8600, "7", None),
    ("PH", "Drug and alcohol services", 8900, 2200, 8700, "7", None),
    ("PH", "Sexual health", 6200, 1500, 6200, "7", None),
    ("PH", "Health checks and healthy living", 3800, 800, 3600, "7, 8", "Fewer people took up the invitation."),
    ("COM", "Highways maintenance", 17900, 4700, 18200, "9, 10", "More defects that pose a risk were repaired."),
    ("COM", "Waste management", 26800, 6500, 26300, "10", "Less waste per household."),
    ("COM", "Public transport and concessionary fares", 10400, 2600, 10400, "10", None),
    ("COM", "Planning and environment", 5600, 1300, 5500, "4, 5, 6", None),
    ("COM", "Property and facilities", 13200, 3400, 13300, "6, 11", None),
    ("CSS", "Fire and rescue", 21700, 5400, 21600, "10, 12", None),
    ("CSS", "Trading standards", 2300, 550, 2300, "5", None),
    ("CSS", "Emergency planning", 400, 90, "[x]", "12", "No forecast until the team is in post."),
)
"""Directorate, budget line, budget, actual, forecast in £000, leadership priorities, reason."""
_FIGURES = ("budget", "actual", "forecast")


def build(_folder: Path, out: Path) -> None:
    """Write Q1/finance.xlsx."""
    made = sheets.workbook(
        f"{book.COUNCIL}: finance return, quarter 1 of 2017-18",
        ["Revenue budget, spending to date and forecast by directorate and budget line", "Quarter: 2017-18 Q1",
         "Illustrative throughout: the cabinet papers of quarter 1 gave no money beside performance."],
    )  # fmt: skip
    notes = ("Illustrative: no figure on this sheet was published. [x] means that no forecast was made.",)
    told = {"period": "2017-18 Q1", "status": "illustrative"}
    page = Page(f"{book.COUNCIL}: finance return", told, notes, "£000", totals=[_total("Council", LINES)])
    sheets.add(made, FINANCE, page, _rows())
    book.save(made, out / "Q1" / "finance.xlsx")


def _rows() -> list[sheets.Cells]:
    rows: list[sheets.Cells] = []
    for code in dict.fromkeys(line[0] for line in LINES):
        own = [line for line in LINES if line[0] == code]
        rows += [_row(line) for line in own]
        rows.append(_total(code, own))
    return rows


def _row(line: Line) -> sheets.Cells:
    names = ("directorate", "line", *_FIGURES, "priorities", "reason")
    return {**dict(zip(names, line, strict=True)), "status": "illustrative"}


def _total(code: str, lines: tuple[Line, ...] | list[Line]) -> sheets.Cells:
    sums = {name: sum(v for line in lines if isinstance(v := line[n], int)) for n, name in enumerate(_FIGURES, 2)}
    return {"directorate": code if code != "Council" else None, "line": f"Total {code}", **sums, "is_total": True}
