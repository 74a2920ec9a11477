"""Tests of a column of the year to date beside that of the quarter, or in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import returns
from perfkit.intake.workbooks.grid import Workbook

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]
FILE = "2017-18/Q2/returns/CSS.xlsx"
TITLES = ("Middleshire County Council: dashboard 2017-18", "Safety (CSS)", "Quarter 2 (July to September 2017)")
BESIDE = ["No.", "Indicator", "Target", "Q1 Actual", "Q2 Actual", "YTD", "Q2 RAG", "Outlook", "Status"]
VISITS = [46, "Safe and well visits", "1,562", 400, 380, 780, "G", "→", None]


def _read(make: Make, framework: Framework, headings: list[str], row: list[Any], **options: Any) -> Any:
    book = make([row], file=FILE, titles=TITLES, headings=headings, exceptions=[], **options)
    return returns.read(book, framework=framework)


def test_of_a_cumulative_indicator_the_year_to_date_is_read(return_book: Make, framework: Framework) -> None:
    reading = _read(return_book, framework, BESIDE, VISITS)
    assert reading.issues == ()
    assert reading.tables["observations"][["value", "cell"]].to_numpy().tolist() == [[780, "F5"]]


def test_quarters_beside_it_are_of_each_quarter_alone(return_book: Make, framework: Framework) -> None:
    """Q1 alone is the year to date of Q1 as well; Q2 alone is none of the second quarter's."""
    third = ("Middleshire County Council: dashboard 2017-18", "Safety (CSS)", "Quarter 3 (October to December 2017)")
    names = ["No.", "Indicator", "Target", "Q1 Actual", "Q2 Actual", "Q3 Actual", "YTD", "Q3 RAG", "Outlook", "Status"]
    row = [46, "Safe and well visits", "1,562", 400, 380, 410, 1190, "G", "→", None]
    book = return_book([row], file="2017-18/Q3/CSS.xlsx", titles=third, headings=names, exceptions=[])
    reading = returns.read(book, framework=framework)
    assert reading.tables["observations"]["value"].tolist() == [1190]
    assert reading.earlier["observations"].rows[0]["value"] == 400
    assert len(reading.earlier["observations"].rows) == 1


def test_an_empty_year_to_date_is_not_filled_from_the_quarter(return_book: Make, framework: Framework) -> None:
    row = [None if value == 780 else value for value in VISITS]
    issue = _read(return_book, framework, BESIDE, row).issues[0]
    assert issue.stops
    assert str(issue) == (
        f"{FILE}, sheet Dashboard, cell F5: found nothing beside the quarter's 380, expected the figure of the year to "
        "date of a cumulative indicator. Fill the cell."
    )


def test_other_indicators_keep_the_quarter(return_book: Make, framework: Framework) -> None:
    titles = (TITLES[0], "Social Services (SCS)", TITLES[2])
    row = [5, "People delayed", "14", 20, 15, 35, "A", "→", None]
    book = return_book([row], file="2017-18/Q2/returns/SCS.xlsx", titles=titles, headings=BESIDE, exceptions=[])
    assert returns.read(book, framework=framework).tables["observations"]["value"].tolist() == [15]


@pytest.mark.parametrize("heading", ["YTD", "Year to date", "YTD Actual"])
def test_alone_it_is_read_for_all_and_that_is_told(return_book: Make, framework: Framework, heading: str) -> None:
    titles = (TITLES[0], "Social Services (SCS)", TITLES[2])
    names = ["No.", "Indicator", "Target", heading, "Q2 RAG", "Outlook", "Status"]
    row = [5, "People delayed", "14", 35, "A", "→", None]
    book = return_book([row], file="2017-18/Q2/returns/SCS.xlsx", titles=titles, headings=names, exceptions=[])
    reading = returns.read(book, framework=framework)
    assert reading.tables["observations"]["value"].tolist() == [35]
    told = next(issue for issue in reading.issues if "only figures" in issue.found)
    assert (told.stops, told.where.cell) == (False, "D4")
    assert told.expected == "Q2 Actual for indicators that are not cumulative"
