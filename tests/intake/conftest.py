"""A framework and a return typed by hand, small enough to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from perfkit.intake import framework as frameworks
from perfkit.intake.workbooks.grid import Sheet, Workbook

INDICATOR_HEADINGS = [
    "Id", "No.", "Indicator", "Directorate", "Priority", "Outcome id", "Unit", "Polarity", "Series type", "Arrears",
    "Rule",
]  # fmt: skip
VULNERABLE = "Protecting vulnerable people"
INDICATORS = [
    ["satisfaction", 1, "Users satisfied", "SCS", VULNERABLE, "V7", "percent", "higher", "point", 0, "points"],
    ["delayed", 5, "People delayed", "SCS", VULNERABLE, "V7", "count", "lower", "point", 0, "relative"],
    ["quitters", 27, "Successful quitters", "SCS", VULNERABLE, "V7", "rate", "higher", "rolling", 1, "relative"],
    ["strategy", 31, "Strategy produced", "SCS", VULNERABLE, "V7", "milestone", "higher", "milestone", 0, "milestone"],
    ["investors", 32, "New investors", "SCS", VULNERABLE, "V7", "count", "higher", "ytd", 0, "pair"],
    ["visits", 46, "Safe and well visits", "CSS", VULNERABLE, "V2", "count", "higher", "ytd", 0, "relative"],
]
TARGETS = [
    ["satisfaction", "target", "2017-18", "67%"],
    ["delayed", "target", "March 2018", "14"],
    ["quitters", "target", "2017-18", ">2315"],
    ["strategy", "target", "2017-18", "Completion"],
    ["investors", "target", "2017-18", "60/20"],
    ["visits", "target", "2017-18", "1,562"],
]
HEADINGS = ["No.", "Indicator", "Target", "Cumulative Target Y/N", "Q1 Actual", "Status", "Q1 RAG", "Outlook", "Reason"]
GOOD_ROWS = [
    [1, "Users satisfied", "67%", "N", "68%", "final", "G", "↑", None],
    [5, "People delayed", "14", "N", 15, None, "R", "→", None],
    [27, "Successful quitters", ">2315", "N", 2400, None, "G", "→", None],
    [31, "Strategy produced", "Completion", "N", None, None, "A", "→", "Consultation runs until August."],
    [32, "New investors", "60/20", "Y", "17/6", "illustrative", "G", "↑", None],
]


@pytest.fixture(scope="session")
def framework_book() -> Callable[..., Workbook]:
    """Give a function that makes a framework workbook; named sheets may be replaced by other rows."""

    def make(**sheets: list[list[Any]]) -> Workbook:
        rows = {
            "Read me": [["Middleshire County Council"], ["Financial year: 2017-18"]],
            "Priorities": [["Order", "Priority"], [1, VULNERABLE]],
            "Outcomes": [
                ["Outcome id", "Outcome", "Priority", "Directorate"],
                ["V2", "People live safely", VULNERABLE, "CSS"],
                ["V7", "Better experience", VULNERABLE, "SCS"],
            ],
            "Directorates": [["Order", "Code", "Directorate"], [1, "SCS", "Social Services"], [2, "CSS", "Safety"]],
            "Leadership": [["Number", "Priority", "Kind"], [1, "Leadership of place", "focus"]],
            "Published": [["Period", "Statement", "Count"], ["2017-18 Q1", "outcomes reported", 23]],
            "Indicators": [INDICATOR_HEADINGS, *INDICATORS],
            "Targets": [["Id", "Role", "Period", "Target"], *TARGETS],
        } | {name.replace("_", " "): some for name, some in sheets.items()}
        return Workbook("framework.xlsx", tuple(Sheet("framework.xlsx", name, some) for name, some in rows.items()))

    return make


@pytest.fixture(scope="session")
def framework(framework_book: Callable[..., Workbook]) -> dict[str, pd.DataFrame]:
    """Give the tables of the small framework."""
    reading = frameworks.read(framework_book())
    assert reading.issues == ()
    return reading.tables


@pytest.fixture(scope="session")
def return_book() -> Callable[..., Workbook]:
    """Give a function that makes a return of SCS for 2017-18 Q1, its headings in row 5, its first row in row 6."""

    def make(
        rows: list[list[Any]] | None = None,
        *,
        file: str = "2017-18/Q1/returns/SCS.xlsx",
        titles: tuple[str, ...] = (
            "Middleshire County Council: performance dashboard 2017-18",
            "Social Services (SCS)",
            "Quarter 1 (April to June 2017)",
            "Return date: 21 July 2017. Rated by: Director of Social Services",
        ),
        headings: list[Any] = HEADINGS,
        exceptions: list[list[Any]] | None = None,
        formats: dict[tuple[int, int], str] | None = None,
    ) -> Workbook:
        red = [[5, "People delayed", "Better experience", "R", "Carers are hard to recruit.", "Plans in place."]]
        table = [["No.", "Indicator", "Outcome", "Outcome RAG", "Cause", "Action"]]
        top = [[title] for title in titles]
        sheets = (
            Sheet(file, "Dashboard", [*top, headings, *(GOOD_ROWS if rows is None else rows)], formats=formats or {}),
            Sheet(file, "Exceptions", table + (red if exceptions is None else exceptions)),
        )
        return Workbook(file, sheets)

    return make
