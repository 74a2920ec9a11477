"""The quarter that a path tells, and titles that tell another."""

from __future__ import annotations

import pytest

from perfkit.intake import named_quarters
from perfkit.model import periods
from perfkit.model.errors import Where


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("2017-18/Q1/returns/SCS.xlsx", "2017-18 Q1"),
        ("2017-18 Q3 SCS.xlsx", "2017-18 Q3"),
        ("2017-18/history.xlsx", None),
        ("2017-19/Q1/SCS.xlsx", None),
    ],
)
def test_a_path_may_name_the_quarter(file: str, expected: str | None) -> None:
    found = named_quarters.of_path(file)
    assert (found and periods.label(found)) == expected


@pytest.mark.parametrize(
    "file",
    [
        "SCS Q2.xlsx",
        "SCS_Quarter_2.xlsx",
        "SCS Qtr2 final v2.xlsx",
        "SCS 2017-18Q2.xls",
        "SCS Jul-Sep.xlsx",
        "Q2/SCS Q2.ods",
        "SCS 2016-17.xlsx",
        "SCS 201617 Q1.xlsx",
        "SCS 2016-2017.xlsx",
        "2017-18/Q2/SCS.xlsx",
        "2016-17/Q1/returns/SCS.xlsx",
    ],
)
def test_a_name_of_another_quarter_or_year_is_told(file: str) -> None:
    issues = named_quarters.against_path(periods.parse("2017-18 Q1"), Where(file, "Dashboard", "A3"))
    assert [issue.found for issue in issues] == ["a title for 2017-18 Q1"]


@pytest.mark.parametrize(
    "file",
    [
        "SCS.xlsx",
        "SCS Q1.xlsx",
        "SCS Q1 Apr-Jun 2017.xlsx",
        "SCS 2017-18.xlsx",
        "SCS 2017-08-03.xlsx",
        "SCS Q1 and Q2.xlsx",
        "SCS 2011-12-05.xlsx",
        "2018-19/SCS.xlsx",
        "SCS 2016-17 and 2017-18.xlsx",
        "SCS v2.xlsx",
        "FAQ2.xlsx",
        "2017-18/Q1/a.b.xlsx",
    ],
)
def test_a_name_that_tells_no_other_quarter_is_no_issue(file: str) -> None:
    assert named_quarters.against_path(periods.parse("2017-18 Q1"), Where(file, "Dashboard", "A3")) == []


@pytest.mark.parametrize(("file", "told"), [("2018-19/framework.xlsx", ["2018-19, as the folder says"]),
                                            ("framework 2018-19.xlsx", ["2018-19, as the file's name says"]),
                                            ("2017-18/Q1/framework Q2.xlsx", []), ("framework.xlsx", [])])  # fmt: skip
def test_a_year_is_held_against_folders_too(file: str, told: list[str]) -> None:
    issues = named_quarters.against_path(periods.parse("2017-18"), Where(file, "Framework", "A1"))
    assert [issue.expected for issue in issues] == told
