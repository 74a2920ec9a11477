"""Q1/risks.xlsx and the register of the quarter before: risk beside performance; none of it was published."""

from __future__ import annotations

from pathlib import Path

from pack import book, sheets
from pack.sheets import Page
from perfkit.model.paper_layouts import RISKS

Risk = tuple[str, str, str | None, tuple[int, int] | None, tuple[int, int] | None, str, str, str, str | None]
REGISTER: tuple[Risk, ...] = (
    ("R01", "Reablement hours cannot be staffed, and people wait in hospital", "SCS", (4, 4), (5, 4),
     "Director for Adult Services", "Recruitment with the contractor; agency carers; weekly review with the hospitals.",
     "7, 8", "7, 5, 6"),
    ("R02", "Care providers hand contracts back or leave the market", "SCS", (3, 4), (3, 4),
     "Director for Adult Services", "Fee review; early talks with providers at risk.", "7, 10", "3"),
    ("R03", "More children need placements than the budget allows for", "CEF", (3, 4), (4, 4),
     "Director for Children's Services", "Edge of care service; placements closer to home.", "8, 11", "11, 12"),
    ("R04", "Social workers leave faster than they can be replaced", "CEF", (4, 4), (3, 4),
     "Director for Children's Services", "Career scheme; caseloads watched weekly.", "3", "17, 18"),
    ("R05", "The public health grant falls further", "PH", (3, 3), (3, 3), "Director of Public Health",
     "Contracts written so that they can be reduced.", "7, 11", None),
    ("R06", "Fewer people take up health checks, and illness is found late", "PH", (2, 3), (2, 3),
     "Director of Public Health", "Invitations by text message.", "7, 8", "25, 26"),
    ("R07", "Roads wear faster than they can be mended", "COM", (3, 3), (3, 3), "Director for Infrastructure",
     "Capital programme by condition; more crews after winter.", "9, 10", "38, 39, 40"),
    ("R08", "Infrastructure for growth is not funded in time", "COM", (3, 4), (3, 4), "Director for Planning",
     "Bids prepared early; agreements with developers.", "4, 5, 6", "31, 34"),
    ("R09", "Safe and well visits stay below the plan", "CSS", None, (2, 3), "Chief Fire Officer",
     "New support team; electronic recording.", "8, 10", "46"),
    ("R10", "On-call crews cannot be recruited", "CSS", (3, 3), (3, 3), "Chief Fire Officer",
     "Local campaigns; flexible contracts.", "10, 12", "49, 50"),
    ("R11", "Savings in the medium term plan slip", None, (3, 4), (3, 5), "Director of Finance",
     "Monthly review of each saving.", "2, 11", None),
    ("R12", "An attack on our systems stops services", None, (2, 5), (2, 5), "Chief Information Officer",
     "Patching; exercises; copies kept apart.", "12", None),
    ("R13", "Staff move buildings during the busiest weeks", None, (3, 2), None, "Director of Property",
     "Moves planned by team.", "11", None),
)  # fmt: skip
"""Id, risk, directorate, (likelihood, impact) the quarter before and now, owner, mitigation, priorities, indicators."""
BEFORE, NOW = "2016-17 Q4", "2017-18 Q1"
_FOLDERS = {BEFORE: Path("..") / "2016-17" / "Q4", NOW: Path("Q1")}


def build(_folder: Path, out: Path) -> None:
    """Write both registers."""
    for place, quarter in enumerate((BEFORE, NOW), 3):
        rows = [_row(risk, place) for risk in REGISTER if risk[place] is not None]
        made = sheets.workbook(
            f"{book.COUNCIL}: risk register",
            ["Risks by directorate and for the whole council", f"Quarter: {quarter}",
             "Illustrative throughout: the cabinet papers of the quarter gave no risks beside performance."],
        )  # fmt: skip
        told = {"period": quarter, "status": "illustrative"}
        notes = ("Illustrative: no risk on this sheet was published. Likelihood and impact from 1 (low) to 5 (high); "
                 "without a directorate a risk is the whole council's.",)  # fmt: skip
        sheets.add(made, RISKS, Page(f"{book.COUNCIL}: risk register", told, notes), rows)
        book.save(made, (out / _FOLDERS[quarter]).resolve() / "risks.xlsx")


def _row(risk: Risk, place: int) -> sheets.Cells:
    id, title, directorate, _, _, owner, mitigation, priorities, indicators = risk
    scores = risk[place]
    assert isinstance(scores, tuple)
    return {
        "risk": id, "title": title, "directorate": directorate, "likelihood": scores[0], "impact": scores[1],
        "owner": owner, "mitigation": mitigation, "priorities": priorities, "indicators": indicators,
        "status": "illustrative",
    }  # fmt: skip
