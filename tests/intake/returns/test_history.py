"""Past quarters side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake.returns import history
from perfkit.intake.workbooks.grid import Sheet, Workbook

Framework = dict[str, pd.DataFrame]
YEARS = ["Id", "Indicator", *["2015-16"] * 4, "2016-17", "Status", "Published quarters"]
QUARTERS = ["Id", "Indicator", "Q1", "Q2", "Q3", "Q4", "Q1", "Status", "Published quarters"]
TITLE = "Middleshire County Council: history"


def _book(*rows: list[Any], title: str = TITLE, headings: tuple[list[Any], ...] = (YEARS, QUARTERS)) -> Workbook:
    return Workbook("history.xlsx", (Sheet("history.xlsx", "History", [[title], *headings, *rows]),))


def _visits(*values: Any, status: Any = "illustrative", published: Any = None) -> list[Any]:
    return ["visits", "Safe and well visits", *values, status, published]


def test_a_two_row_heading_names_each_quarter(framework: Framework) -> None:
    reading = history.read(_book(_visits(10, 20, 30, 40, 11)), framework=framework)
    assert reading.issues == ()
    observations = reading.tables["observations"]
    assert observations["period"].tolist() == [*(f"2015-16 Q{q}" for q in (1, 2, 3, 4)), "2016-17 Q1"]
    assert observations["value"].tolist() == [10.0, 20.0, 30.0, 40.0, 11.0]
    assert observations["cell"].tolist() == ["C4", "D4", "E4", "F4", "G4"]
    assert set(observations["status"]) == {"illustrative"}


def test_a_one_row_heading_will_do(framework: Framework) -> None:
    headings = (["Id", "Indicator", "2015-16 Q1", "2015-16 Q2", "2015-16 Q3", "2015-16 Q4", "Status"],)
    book = _book(["visits", "Safe and well visits", 1, 2, 3, 4, None], headings=headings)
    assert history.recognises(book)
    assert len(history.read(book, framework=framework).tables["observations"]) == 4


def test_an_empty_cell_makes_no_row_and_zero_does(framework: Framework) -> None:
    observations = history.read(_book(_visits(None, 0, "[c]", None, None)), framework=framework).tables["observations"]
    assert observations["period"].tolist() == ["2015-16 Q2", "2015-16 Q3"]
    assert observations["value"].fillna(-1).tolist() == [0.0, -1.0]
    assert observations["marker_means"].tolist()[1] == "suppressed"


def test_a_published_quarter_is_final(framework: Framework) -> None:
    book = _book(_visits(10, 20, 30, 40, 11, published="2015-16 Q4, 2016-17 Q1"))
    status = history.read(book, framework=framework).tables["observations"].set_index("period")["status"]
    assert status.to_dict() == {
        "2015-16 Q1": "illustrative", "2015-16 Q2": "illustrative", "2015-16 Q3": "illustrative",
        "2015-16 Q4": "final", "2016-17 Q1": "final",
    }  # fmt: skip


def test_a_figure_in_arrears_was_reported_later(framework: Framework) -> None:
    book = _book(["quitters", "Successful quitters", 2000, None, None, None, None, None, None])
    row = history.read(book, framework=framework).tables["observations"].iloc[0]
    assert (row["period"], row["report_period"]) == ("2015-16 Q1", "2015-16 Q2")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["visit", "Safe and well visits", 1], 'cell A4: found the indicator "visit", expected the id of an indicator'),
        (
            ["visits", "Users satisfied", 1],
            'cell B4: found "Users satisfied" as visits, expected "Safe and well visits"',
        ),
        (_visits("lots", 2, 3, 4, 5), 'cell C4: found "lots", expected a number or a marker such as [x]'),
        (_visits(1, 2, 3, 4, 5, status="so so"), 'cell H4: found "so so", expected provisional, revised'),
        (_visits(1, 2, 3, 4, 5, published="last year"), 'cell I4: found "last year", expected a quarter such as'),
    ],
)
def test_a_slip_is_told_at_its_cell(framework: Framework, row: list[Any], expected: str) -> None:
    reading = history.read(_book(row), framework=framework)
    assert reading.tables == {}
    assert any(expected in str(issue) for issue in reading.issues), reading.issues


def test_an_indicator_twice_is_an_issue(framework: Framework) -> None:
    reading = history.read(_book(_visits(1, 2, 3, 4, 5), _visits(1, 2, 3, 4, 5)), framework=framework)
    assert [issue.found for issue in reading.issues] == ["visits a second time (first in A4)"]


def test_without_a_council_nothing_is_read(framework: Framework) -> None:
    reading = history.read(_book(_visits(1, 2, 3, 4, 5), title="History"), framework=framework)
    assert reading.tables == {}
    assert reading.issues[0].found == "no title that names the council"


def test_it_is_not_taken_for_another_workbook(
    return_book: Callable[..., Workbook], framework_book: Callable[..., Workbook]
) -> None:
    assert history.recognises(_book())
    assert not history.recognises(return_book())
    assert not history.recognises(framework_book())


def test_a_year_may_stand_over_the_first_of_its_quarters_alone(framework: Framework) -> None:
    years = ["Id", "Indicator", "2015-16", None, None, None, "2016-17", "Status", "Published quarters"]
    reading = history.read(_book(_visits(10, 20, 30, 40, 11), headings=(years, QUARTERS)), framework=framework)
    assert reading.issues == ()
    periods = reading.tables["observations"]["period"].tolist()
    assert periods == [*(f"2015-16 Q{q}" for q in (1, 2, 3, 4)), "2016-17 Q1"]


def test_a_quarter_without_a_year_or_twice_is_told_once_at_its_heading(framework: Framework) -> None:
    years = ["Id", "Indicator", None, *["2015-16"] * 4, "Status", "Published quarters"]
    quarters = ["Id", "Indicator", "Q4", "Q1", "Q2", "Q1", "Q3", "Status", "Published quarters"]
    reading = history.read(_book(_visits(10, 20, 30, 40, 11), headings=(years, quarters)), framework=framework)
    assert [(issue.where.cell, issue.found) for issue in reading.issues] == [
        ("C3", '"Q4" without a year that is known'),
        ("F3", "2015-16 Q1 a second time (first in D3)"),
    ]
