"""A made-up district council: no directorates, mostly annual measures, its own year; written as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

NAME, AREA, YEAR, QUARTER = "Ashmere District Council", "Ashmere", "2025-26", "2025-26 Q1"
TOML = f"""name = "{NAME}"
area = "{AREA}"
contact = "performance@ashmere.example"

[parameters.cabinet_report]
recommendation = "Cabinet is asked to note the report."

[parameters.leadership_report]
high_risk = 20
"""
INDICATORS = (
    ("homes-built", "1", "Homes built", "Homes for all", "H1", "count", "higher", "year", 0, "240"),
    ("homes-decent", "2", "Homes that are decent", "Homes for all", "H1", "percent", "higher", "year", 0, "95%"),
    ("parks-rated", "3", "Parks rated good", "Green and clean", "G1", "percent", "higher", "year", 0, "80%"),
    ("waste-recycled", "4", "Waste recycled", "Green and clean", "G1", "percent", "higher", "quarter", 1, "55%"),
    (
        "calls-answered",
        "5",
        "Calls answered in time",
        "Green and clean",
        "G2",
        "percent",
        "higher",
        "quarter",
        0,
        "90%",
    ),
)
FIGURES = {"4": (0.512, "R", "↓"), "5": (0.93, "G", "→")}
"""What the return says: figure, rating and outlook, by number; the annual ones have none yet."""

Row = Sequence[object]


def write(folder: Path) -> None:
    """Write all that the council sends but its return, which is made from the template."""
    (folder / YEAR / "Q1" / "returns").mkdir(parents=True)
    (folder / "council.toml").write_text(TOML, encoding="utf-8")
    _framework(folder / YEAR / "framework.xlsx")
    finance = [("Housing", 4200, 1100, 4600, "Repairs cost more."), ("Waste and parks", 6100, 1500, 6050, None)]
    _paper(folder / YEAR / "Q1" / "finance.xlsx", "Finance", ("Quarter: 2025-26 Q1", "Figures in: £000"),
           ("Budget line", "Budget", "Actual to date", "Forecast", "Reason"), finance)  # fmt: skip
    risks = [("R1", "Too few builders tender", 4, 5, "Head of Housing", "Talks with builders", "4"),
             ("R2", "The depot floods", 2, 4, "Head of Waste", "Flood doors", "")]  # fmt: skip
    _paper(folder / YEAR / "Q1" / "risks.xlsx", "Risks", ("Quarter: 2025-26 Q1",),
           ("Id", "Risk", "Likelihood", "Impact", "Owner", "Mitigation", "Indicators"), risks)  # fmt: skip
    mapping = [("indicator", i[0], "1" if i[3] == "Homes for all" else "2") for i in INDICATORS]
    _paper(folder / YEAR / "mapping.xlsx", "Mapping", ("Financial year: 2025-26",),
           ("Kind", "Id", "Leadership priorities"), mapping)  # fmt: skip
    actions = [("1", "1.1", "Buy the Mill Lane site", "September 2025", "ongoing", "Price agreed"),
               ("1", "1.2", "Appoint a housing lead", "May 2025", "complete", "In post")]  # fmt: skip
    _paper(folder / YEAR / "Q1" / "actions.xlsx", "Actions",
           ("Programme: Ashmere plan", "As at: June 2025"),
           ("Recommendation", "Action", "What is to be done", "Due", "Status", "Progress"), actions)  # fmt: skip


def fill_return(path: Path) -> None:
    """Fill in the return as the council would: quarterly figures; of annual measures only a rating's absence."""
    book = openpyxl.load_workbook(path)
    sheet = book["Dashboard"]
    sheet["A4"], sheet["A5"] = "Return date: 18 July 2025", "Rated by: Chief executive"
    for row in range(8, sheet.max_row + 1):
        figure, rag, outlook = FIGURES.get(str(sheet.cell(row, 3).value), (None, None, "→"))
        if sheet.cell(row, 4).value:
            sheet.cell(row, 9).value, sheet.cell(row, 11).value, sheet.cell(row, 12).value = figure, rag, outlook
            sheet.cell(row, 10).value = "provisional" if figure else None
            sheet.cell(row, 13).value = "As expected." if figure else "Reported once a year."
    for column, value in ((1, 4), (4, "R"), (5, "Fewer households sorted their waste."), (6, "New bins from May.")):
        book["Exceptions"].cell(8, column).value = value
    book.save(path)


def _framework(path: Path) -> None:
    book = openpyxl.Workbook()
    front = book.active
    front.title = "Read me"
    front["A1"], front["A2"] = f"{NAME}: council plan", f"Financial year: {YEAR}"
    _sheet(book, "Priorities", ("Order", "Priority"), [(1, "Homes for all"), (2, "Green and clean")])
    outcomes = [("H1", "Enough good homes", "Homes for all"), ("G1", "Cleaner places", "Green and clean"),
                ("G2", "Services that answer", "Green and clean")]  # fmt: skip
    _sheet(book, "Outcomes", ("Outcome id", "Outcome", "Priority"), outcomes)
    _sheet(book, "Leadership priorities", ("Number", "Priority", "Kind"),
           [(1, "Build more homes", "focus"), (2, "Do the basics well", "continuing")])  # fmt: skip
    headings = ("Id", "No.", "Indicator", "Priority", "Outcome id", "Unit", "Polarity", "Frequency", "Decimals")
    _sheet(book, "Indicators", headings, [row[:9] for row in INDICATORS])
    targets = [(row[0], "target", YEAR, row[9]) for row in INDICATORS]
    _sheet(book, "Targets", ("Id", "Role", "Period", "Target"), targets)
    book.save(path)


def _paper(path: Path, sheet: str, told: Sequence[str], headings: Row, rows: Sequence[Row]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    _sheet(book, sheet, headings, rows, above=[f"{NAME}: {sheet.lower()}", *told])
    book.save(path)


def _sheet(book: openpyxl.Workbook, name: str, headings: Row, rows: Sequence[Row], above: Sequence[str] = ()) -> None:
    sheet = book.create_sheet(name)
    for line in above:
        sheet.append([line])
    sheet.append([])
    for row in (headings, *rows):
        sheet.append(list(row))
