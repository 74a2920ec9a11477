"""What a return shows of last quarter for information: held against what was known, and never believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import returns
from perfkit.intake.reading import Reading
from perfkit.intake.returns import restatements
from perfkit.intake.workbooks.grid import Workbook

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]
Settle = Callable[..., Reading]
TITLES = ("Middleshire County Council", "Social Services (SCS)")
FIRST, SECOND = "2017-18/Q1/returns/SCS.xlsx", "2017-18/Q2/returns/SCS.xlsx"
ALONE = ["No.", "Indicator", "Target", "Status", "Q1 Actual", "Q1 RAG", "Outlook"]
SATISFIED, INVESTORS, QUITTERS = (
    [1, "Users satisfied", "67%"],
    [32, "New investors", "60/20"],
    [27, "Successful quitters", ">2315"],
)


@pytest.fixture
def settle(return_book: Make, framework: Framework) -> Settle:
    def settle(row: list[Any], then: object, shown: object, *, heading: str = "Last quarter: 2017-18 Q1",
               besides: tuple[str, Any] | None = None) -> Reading:  # fmt: skip
        """Read the return of a first quarter with one figure, and that of a second that shows it beside its own."""
        more = besides or ("Remarks", None)
        headings = ["No.", "Indicator", "Target", "Status", heading, more[0], "Q2 Actual", "Q2 RAG", "Outlook"]
        first = return_book([[*row, "final", then, "G", "→"]], file=FIRST, titles=(*TITLES, "Quarter 1 2017-18"),
                            headings=ALONE, exceptions=[])  # fmt: skip
        second = return_book([[*row, "final", shown, more[1], then, "G", "→"]], file=SECOND,
                             titles=(*TITLES, "Quarter 2 2017-18"), headings=headings, exceptions=[])  # fmt: skip
        known = returns.read(first, framework=framework)
        read = returns.read(second, framework=framework)
        assert not any(reading.stops for reading in (known, read)), (known.issues, read.issues)
        return restatements.settle({SECOND: read}, known.tables)[SECOND]

    return settle


def told(reading: Reading) -> list[str]:
    return [str(issue) for issue in reading.issues if "indicator" not in issue.found]


def test_a_figure_that_is_not_the_one_known_is_told_and_not_believed(settle: Settle) -> None:
    reading = settle(SATISFIED, "68%", "86%")
    assert told(reading) == [
        "2017-18/Q2/returns/SCS.xlsx, sheet Dashboard, cell E5: found 86 as the figure of 2017-18 Q1, expected 68, as "
        "in 2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell E5. It stands there for information and is not read; if "
        "that quarter's figure has changed, send its return again."
    ]
    assert reading.tables["observations"]["period"].tolist() == ["2017-18 Q2"]


@pytest.mark.parametrize(
    ("then", "shown"), [("68%", "68%"), ("68.4%", 68), ("68%", None), ("68%", "see notes"), ("[x]", "n/a")]
)
def test_what_agrees_or_says_nothing_is_no_issue(settle: Settle, then: str, shown: object) -> None:
    assert told(settle(SATISFIED, then, shown)) == []


@pytest.mark.parametrize(("then", "shown", "found"), [("[x]", "68%", "68"), ("68%", "[x]", '"[x]"')])
def test_a_marker_is_no_figure(settle: Settle, then: str, shown: str, found: str) -> None:
    assert f"found {found} as the figure of 2017-18 Q1" in told(settle(SATISFIED, then, shown))[0]


@pytest.mark.parametrize(
    "heading", ["Last quarter", "Previous Quarter Actual", "Prior quarter: Q1", "Last quarter figure"]
)
def test_the_column_goes_by_several_names(settle: Settle, heading: str) -> None:
    assert len(told(settle(SATISFIED, "68%", "70%", heading=heading))) == 1


@pytest.mark.parametrize("heading", ["Last quarter RAG", "Last quarter: 2016-17 Q1", "Last quarter: Q3", "Last year"])
def test_other_columns_of_the_past_are_left_alone(settle: Settle, heading: str) -> None:
    assert told(settle(SATISFIED, "68%", "70%", heading=heading)) == []


def test_of_two_such_columns_neither_is_taken(settle: Settle) -> None:
    assert told(settle(SATISFIED, "68%", "70%", besides=("Previous quarter", "68%"))) == []


def test_beside_the_year_to_date_a_cumulative_figure_may_be_of_the_quarter_alone(settle: Settle) -> None:
    assert "found 20 as the figure of 2017-18 Q1, expected 17" in told(settle(INVESTORS, "17/6", "20/6"))[0]
    assert told(settle(INVESTORS, "17/6", "20/6", besides=("YTD", "17/6"))) == []


def test_an_indicator_in_arrears_shows_the_figure_that_was_reported_then(settle: Settle) -> None:
    assert "found 2300 as the figure of 2016-17 Q4" in told(settle(QUITTERS, 2400, 2300))[0]
