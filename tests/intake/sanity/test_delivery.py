"""A whole delivery is looked through: also what could be read of returns that stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import returns, sanity
from perfkit.intake.folder import Delivery
from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import Issue
from tests.intake.conftest import GOOD_ROWS, HEADINGS

Make = Callable[..., Workbook]
Framework = dict[str, pd.DataFrame]
PLACE = "2017-18/Q1/returns/SCS.xlsx, sheet Dashboard, cell "


def checked(book: Workbook, framework: Framework) -> list[Issue]:
    delivery = Delivery(book.file, "6b86", returns.read(book, framework=framework))
    [told] = sanity.check([delivery], known=framework)
    return list(told.reading.issues)


def typed(column: str, values: dict[int, Any]) -> list[list[Any]]:
    place = HEADINGS.index(column)
    return [[values.get(row[0], cell) if c == place else cell for c, cell in enumerate(row)] for row in GOOD_ROWS]


@pytest.mark.parametrize("headings", [
    [None if heading == "Q1 Actual" else heading for heading in HEADINGS],
    ["No.", "Indicator", "Q1 RAG"],
])  # fmt: skip
def test_a_return_without_a_single_figure_is_refused_in_words(
    return_book: Make, framework: Framework, headings: list[Any]
) -> None:
    told = checked(return_book(headings=headings), framework)
    assert any(issue.stops and "no heading Q1 Actual in this row" in issue.found for issue in told)


def test_a_return_whose_rows_are_all_wrong_is_refused_in_words(return_book: Make, framework: Framework) -> None:
    told = checked(return_book(typed("Q1 RAG", {row[0]: "Purple" for row in GOOD_ROWS})), framework)
    assert {str(issue).partition(", expected")[0] for issue in told if issue.stops} == {
        f'{PLACE}G{row}: found "Purple"' for row in range(6, 11)
    }


def test_the_sound_rows_of_a_return_that_stops_are_looked_at_too(return_book: Make, framework: Framework) -> None:
    rows = typed("Reason", {1: "Below target: performance is poor and worsening."})
    rows[1][6] = "Purple"
    told = checked(return_book(rows), framework)
    assert [issue.where.cell for issue in told if issue.stops] == ["G7"]
    assert any(issue.where.cell in ("G6", "I6") for issue in told if not issue.stops)
