"""savings_programme.xlsx: the business strategy of 2011: what it promised, its work streams, illustrative amounts."""

from __future__ import annotations

from pathlib import Path

from pack import book, facts, sheets
from pack.sheets import Page
from perfkit.model.paper_layouts import PROGRAMMES, SAVINGS, STREAMS

FOLDER = "oxfordshire-2011-business-strategy"
PROGRAMME = "Business strategy 2011"
AS_AT = "March 2014"
YEARS = ("2011-12", "2012-13", "2013-14", "2014-15")
REQUIRED = {
    1: (3000, 4000, 3000, 2000), 2: (6000, 6000, 4000, 2000), 3: (4000, 6000, 6000, 4000), 4: (2000, 4000, 5000, 5000),
    5: (1000, 2000, 2000, 1000), 6: (36000, 33000, 26000, 18000), 7: (1000, 2000, 2000, 2000),
    8: (2000, 3000, 2000, 1000),
}  # fmt: skip
"""In £000, by work stream and year; £200 million together."""
DELIVERED = {
    1: (3000, 3800, 2600), 2: (6200, 6100, 3900), 3: (3600, 5200, 5100), 4: (1500, 2900, 3600), 5: (1000, 1900, 1800),
    6: (36400, 33800, 26700), 7: (500, 1100, 900), 8: (2000, 2700, 2000),
}  # fmt: skip
FORECAST = {1: 2100, 2: 2000, 3: 4300, 4: 5600, 5: 900, 6: 19200, 7: 1100, 8: 900}
"""For 2014-15, of which nothing was delivered yet."""
NOTES = {
    (3, "2012-13"): "The customer service centre opened later than planned.",
    (4, "2013-14"): "Two sales of buildings fell through.",
    (6, "2014-15"): "Savings found beyond the plan make up for some of what others lack.",
    (7, "2013-14"): "Fewer groups took services on than hoped.",
}
_UNITS = {"million pounds": ("pounds", 1_000_000)}


def build(folder: Path, out: Path) -> None:
    """Write savings_programme.xlsx."""
    made = sheets.workbook(
        f"{book.COUNCIL}: savings programme",
        [f"Programme: {PROGRAMME}", f"As at: {AS_AT}",
         "Published: the eight work streams and their aims; £200 million of savings by 2015; a quarter fewer managers; "
         "monthly reviews and quarterly updates.",
         "Illustrative: every amount by work stream and year. They add up to the £200 million that was published."],
    )  # fmt: skip
    told = {"programme": PROGRAMME}
    page = Page(f"{book.COUNCIL}: what the programme promised", told, ("As published.",))
    sheets.add(made, PROGRAMMES, page, [_promise(r) for r in facts.read(folder, "programme", folder=FOLDER)])
    streams = facts.read(folder, "workstreams", folder=FOLDER)
    page = Page(f"{book.COUNCIL}: work streams", told, ("As published.",))
    rows = [{"number": int(r["number"]), "title": r["title"], "aim": r["aim"], "status": "published"} for r in streams]
    sheets.add(made, STREAMS, page, rows)
    notes = ("Illustrative: no amount on this sheet was published. Forecast is what is still to come in the year.",)
    told = {**told, "as_at": AS_AT, "status": "illustrative"}
    amounts = [_amount(r, n) for r in streams for n in range(len(YEARS))]
    page = Page(f"{book.COUNCIL}: savings by work stream and year", told, notes, "£000", totals=[_total(amounts)])
    sheets.add(made, SAVINGS, page, amounts)
    book.save(made, out / "savings_programme.xlsx")


def _promise(row: facts.Row) -> sheets.Cells:
    number = row["value"].isdigit()
    unit, times = _UNITS.get(row["unit"], (row["unit"], 1))
    return {
        "measure": row["measure"], "value": int(row["value"]) * times if number else None,
        "words": None if number else row["value"], "unit": unit or None, "by": row["by"] or None,
        "status": "published",
    }  # fmt: skip


def _amount(row: facts.Row, n: int) -> sheets.Cells:
    stream, year = int(row["number"]), YEARS[n]
    over = year != YEARS[-1]
    return {
        "number": stream, "stream_title": row["title"], "financial_year": year, "required": REQUIRED[stream][n],
        "delivered": DELIVERED[stream][n] if over else None, "forecast": None if over else FORECAST[stream],
        "note": NOTES.get((stream, year)), "status": "illustrative",
    }  # fmt: skip


def _total(amounts: list[sheets.Cells]) -> sheets.Cells:
    names = ("required", "delivered", "forecast")
    sums = {name: sum(v for row in amounts if isinstance(v := row[name], int)) for name in names}
    return {"stream_title": "Total", **sums, "is_total": True}
