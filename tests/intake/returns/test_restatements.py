"""What a return repeats of earlier quarters: figures may be restated, ratings never are."""

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
HEADINGS = ["No.", "Indicator", "Target", "Status", "Q1 Actual", "Q1 RAG", "Q2 Actual", "Q2 RAG", "Outlook"]
TITLES = ("Middleshire County Council", "Social Services (SCS)")
FIRST, SECOND = "2017-18/Q1/returns/SCS.xlsx", "2017-18/Q2/returns/SCS.xlsx"


@pytest.fixture
def settle(return_book: Make, framework: Framework) -> Callable[..., Reading]:
    def settle(then: list[Any], now: list[Any], *, stored: bool = False, later: list[Any] | None = None) -> Reading:
        """Read a first return with the figure and rating of ``then``, and a second that repeats those of ``now``."""
        row = [1, "Users satisfied", "67%", "final"]
        readings = {}
        for file, quarter, cells in ((FIRST, 1, then), (SECOND, 2, [*now, "64%", "A"])):
            titles = (*TITLES, f"Quarter {quarter} 2017-18")
            book = return_book([[*row, *cells]], file=file, titles=titles, headings=HEADINGS, exceptions=[])
            readings[file] = returns.read(book, framework=framework)
            assert not readings[file].stops, readings[file].issues
        if stored:
            return restatements.settle({SECOND: readings[SECOND]}, readings[FIRST].tables)[SECOND]
        return restatements.settle(readings, {})[SECOND]

    return settle


def values(reading: Reading) -> dict[str, tuple[float, str]]:
    frame = reading.tables["observations"]
    return dict(zip(frame["period"], zip(frame["value"], frame["status"], strict=True), strict=True))


def told(reading: Reading) -> list[str]:
    return [str(issue) for issue in reading.issues if "indicator" not in issue.found]


@pytest.mark.parametrize("stored", [True, False])
def test_a_figure_that_is_as_it_was_adds_nothing(settle: Callable[..., Reading], stored: bool) -> None:
    reading = settle(["68%", "G"], ["68%", "G"], stored=stored)
    assert values(reading) == {"2017-18 Q2": (64.0, "final")}
    assert told(reading) == []


@pytest.mark.parametrize("stored", [True, False])
def test_a_figure_that_differs_is_restated_and_told(settle: Callable[..., Reading], stored: bool) -> None:
    reading = settle(["68%", "G"], ["66%", "G"], stored=stored)
    assert values(reading) == {"2017-18 Q2": (64.0, "final"), "2017-18 Q1": (66.0, "revised")}
    assert reading.tables["observations"]["report_period"].tolist() == ["2017-18 Q2"] * 2
    assert told(reading) == [
        f"{SECOND}, sheet Dashboard, cell E5: found 66 for 2017-18 Q1, expected 68, as in {FIRST}, sheet Dashboard, "
        "cell E5. It is taken as a restated figure; if it is a slip, put the earlier one back."
    ]


def test_a_figure_that_was_awaited_is_taken_without_a_word(settle: Callable[..., Reading]) -> None:
    reading = settle(["Pending", "G"], ["66%", "G"])
    assert values(reading)["2017-18 Q1"] == (66.0, "revised")
    assert told(reading) == []


def test_a_figure_that_was_never_sent_is_taken_as_it_stands(settle: Callable[..., Reading]) -> None:
    assert values(settle([None, "G"], ["66%", "G"]))["2017-18 Q1"] == (66.0, "final")


def test_an_empty_cell_or_a_marker_takes_no_figure_away(settle: Callable[..., Reading]) -> None:
    assert told(settle(["68%", "G"], [None, "G"])) == []
    reading = settle(["68%", "G"], ["[x]", "G"])
    assert values(reading) == {"2017-18 Q2": (64.0, "final")}
    assert "The figure given then is kept" in told(reading)[0]


def test_a_rating_stands_as_it_was_given(settle: Callable[..., Reading]) -> None:
    reading = settle(["68%", "G"], ["68%", "R"])
    assert reading.tables["assessments"]["period"].tolist() == ["2017-18 Q2"]
    assert told(reading) == [
        f"{SECOND}, sheet Dashboard, cell F5: found the rating red for 2017-18 Q1, expected green, as in {FIRST}, "
        "sheet Dashboard, cell F5. A rating stands as it was given then; this one is not taken."
    ]


def test_ratings_of_a_quarter_that_never_came_are_told_once(return_book: Make, framework: Framework) -> None:
    rows = [[1, "Users satisfied", "67%", "final", "68%", "G", "64%", "A"],
            [5, "People delayed", "14", "final", 13, "G", 12, "G"]]  # fmt: skip
    book = return_book(rows, titles=(*TITLES, "Quarter 2 2017-18"), headings=HEADINGS, file=SECOND, exceptions=[])
    reading = restatements.settle({SECOND: returns.read(book, framework=framework)}, {})[SECOND]
    assert [text for text in told(reading) if "2017-18 Q1" in text] == [
        f"{SECOND}, sheet Dashboard, cell F5: found ratings for 2017-18 Q1 that no return of that quarter gave, "
        "expected only ratings that were given then. They are not taken; load the return for 2017-18 Q1."
    ]
    assert values(reading) == {"2017-18 Q2": (12.0, "final"), "2017-18 Q1": (13.0, "final")}
    assert len(reading.tables["observations"]) == 4


def test_a_return_sent_again_keeps_what_it_restated(return_book: Make, framework: Framework) -> None:
    row = [1, "Users satisfied", "67%", "final", "66%", "G", "64%", "A"]
    book = return_book([row], titles=(*TITLES, "Quarter 2 2017-18"), headings=HEADINGS, file=SECOND, exceptions=[])
    read = returns.read(book, framework=framework)
    once = restatements.settle({SECOND: read}, {})[SECOND]
    again = restatements.settle({SECOND: read}, once.tables)[SECOND]
    pd.testing.assert_frame_equal(again.tables["observations"], once.tables["observations"])


def test_a_later_return_has_the_last_word(settle: Callable[..., Reading], framework: Framework) -> None:
    second = settle(["68%", "G"], ["66%", "G"], stored=True)
    third = second.tables["observations"].assign(value=70.0, report_period="2017-18 Q3", file="Q3.xlsx")
    again = restatements.settle({SECOND: Reading(second.tables, (), _repeated(second))}, {"observations": third})
    assert again[SECOND].tables["observations"]["period"].tolist().count("2017-18 Q1") == 1, "its own row alone"


def _repeated(reading: Reading) -> dict[str, pd.DataFrame]:
    frame = reading.tables["observations"]
    return {
        "observations": frame[frame["period"] == "2017-18 Q1"],
        "assessments": reading.tables["assessments"].head(0),
    }
