"""Money whose unit nobody tells is read as pounds, and that is said."""

from __future__ import annotations

import pytest

from perfkit.intake import papers
from perfkit.intake.reading import Reading
from perfkit.intake.workbooks.grid import Sheet, Workbook

HEADINGS = ["Directorate", "Budget line", "Budget", "Forecast"]


def read(budget: object, *, title: str = "", heading: str = "Budget", number_format: str = "General") -> Reading:
    rows = [["Quarter: 2024-25 Q2", title], ["Directorate", "Budget line", heading, "Forecast"],
            ["SCS", "Homes", budget, None]]  # fmt: skip
    sheet = Sheet("a.xlsx", "Money", rows, formats={(2, 2): number_format})
    return papers.read(Workbook("a.xlsx", (sheet,)), framework={})


@pytest.mark.parametrize("budget", [1400, "1,400", "(1,400)"])
def test_an_amount_without_any_unit_is_a_warning_at_its_heading(budget: object) -> None:
    reading = read(budget)
    (issue,) = reading.issues
    assert str(issue) == (
        'a.xlsx, sheet Money, cell C2: found the heading "Budget" and no unit of money on the sheet, expected a unit, '
        'such as "Figures in: £". The amounts were read as pounds; write "Figures in: £000" above the table if they '
        "are thousands."
    )
    assert not reading.stops
    assert reading.tables["finance"]["budget"].abs().tolist() == [1400.0]


def test_a_unit_told_by_title_heading_cell_or_format_is_enough() -> None:
    told = (read(1400, title="Figures in: pounds"), read(1400, heading="Budget (£)"), read("£1,400"), read("1.4k"),
            read(1400, number_format="£#,##0"), read(0), read("[x]", heading="Budget £k"))  # fmt: skip
    assert [issue.found for reading in told for issue in reading.issues if "no unit" in issue.found] == []
