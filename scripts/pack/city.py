"""The second council, a city: its action plan, commitments and annual measures, and its own council.toml."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pack import book, facts, sheets
from pack.sheets import Page
from perfkit.model import councils, periods
from perfkit.model.paper_layouts import ACTIONS, COMMITMENTS, MEASURES, RECOMMENDATIONS

COUNCIL = "Oxford City Council"
PROGRAMME = "Peer challenge 2024"
YEAR = {"financial_year": "2024-25"}
_PEERS, _STRATEGY = "oxford-city-peer-challenge-2024", "oxford-city-strategy"
EARLIER = {"10.2": "August 2024", "4.2": "October 2024", "2.5": "December 2024", "7.3": "December 2024"}
"""When these actions were due by the illustrative plan of July 2024; the others were due as they are now."""
UNFINISHED = {"1.4": "September 2024", "4.1": "September 2024", "7.8": "August 2024", "9.3": "September 2024"}
"""Complete in October, and by the illustrative plan of July still ongoing, with the month then due."""


def build(folder: Path, out: Path) -> None:
    """Write the city's workbooks below ``out``, which is its own folder of raw data."""
    _plan(folder, out / "2024-25" / "action_plan_2024-10.xlsx", "October 2024")
    _plan(folder, out / "2024-25" / "action_plan_2024-07.xlsx", "July 2024")
    _strategy(folder, out / "2024-25" / "strategy.xlsx")
    (out / councils.FILE).write_text(f'name = "{COUNCIL}"\narea = "Oxford"\n', encoding="utf-8")


def _plan(folder: Path, path: Path, as_at: str) -> None:
    now = as_at == "October 2024"
    published = "Published: recommendations, actions, status, due months and progress as at October 2024."
    made_up = "Illustrative: this plan as at July 2024 was never published; it is made to show what slipped since."
    made = sheets.workbook(
        f"{COUNCIL}: action plan after the peer challenge",
        [f"Programme: {PROGRAMME}", f"As at: {as_at}", published if now else made_up],
    )
    told = {"programme": PROGRAMME}
    rows = [{"number": r["number"], "title": r["title"], "status": "published"}
            for r in facts.read(folder, "recommendations", folder=_PEERS)]  # fmt: skip
    sheets.add(made, RECOMMENDATIONS, Page(f"{COUNCIL}: recommendations", told, ("As published, in short.",)), rows)
    actions = facts.read(folder, "actions", folder=_PEERS)
    told |= {"as_at": as_at} | ({} if now else {"status": "illustrative"})
    page = Page(f"{COUNCIL}: actions", told, (published if now else made_up,), leave_out=("owner",))
    sheets.add(made, ACTIONS, page, [_action(row) if now else _before(row) for row in actions])
    book.save(made, path)


def _action(row: facts.Row) -> dict[str, object]:
    due = periods.label(pd.Period(row["due"], "M")) if row["due"] else None
    return {
        "recommendation": row["recommendation"], "action": row["action"], "title": row["title"],
        "status": row["status"], "due": due, "progress": row["progress"], "source_status": "published",
    }  # fmt: skip


def _before(row: facts.Row) -> dict[str, object]:
    own = {**_action(row), "progress": None, "source_status": "illustrative"}
    if row["action"] in UNFINISHED:
        return {**own, "status": "Ongoing", "due": UNFINISHED[row["action"]]}
    return {**own, "due": EARLIER.get(row["action"], own["due"])}


def _strategy(folder: Path, path: Path) -> None:
    made = sheets.workbook(
        f"{COUNCIL}: council strategy 2024 to 2028",
        ["Commitments and annual measures", "Financial year: 2024-25",
         "Published: eleven commitments and the council's role in each; that four key measures are reported each year.",
         "The source does not name the four measures: their titles and figures stay empty until the council does."],
    )  # fmt: skip
    page = Page(f"{COUNCIL}: commitments", YEAR, ("As published, in short.",))
    sheets.add(made, COMMITMENTS, page, [_commitment(r) for r in facts.read(folder, "commitments", folder=_STRATEGY)])
    page = Page(f"{COUNCIL}: annual measures", YEAR, ("Name each measure when the council has chosen it.",))
    rows = [{"number": int(r["number"]), "title": r["title"] or None, "note": _sentence(r["note"]),
             "status": "published"} for r in facts.read(folder, "annual_measures", folder=_STRATEGY)]  # fmt: skip
    sheets.add(made, MEASURES, page, rows)
    book.save(made, path)


def _commitment(row: facts.Row) -> sheets.Cells:
    roles = {role: row[role] or None for role in ("deliver", "partner", "influence")}
    return {"number": int(row["number"]), "title": row["title"], **roles, "status": "published"}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
