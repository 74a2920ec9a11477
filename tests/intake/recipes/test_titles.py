"""A workbook is of the period that its own title tells, not of one that its notes mention."""

from __future__ import annotations

import pytest

from perfkit.intake import recipes
from perfkit.intake.recipes import titles
from perfkit.intake.workbooks.grid import Sheet, Workbook

COVER = recipes.load(recipes.SHIPPED / "cover_vaccinations.toml")
TITLE = "Quarterly vaccination coverage statistics (COVER programme)"


def book(*sheets: tuple[str, str], file: str = "tables.ods") -> Workbook:
    return Workbook(file, tuple(Sheet(file, name, [[text]]) for name, text in sheets))


@pytest.mark.parametrize(
    "sheets",
    [
        [("Cover", f"{TITLE}: April to June 2024"), ("Notes", "From Quarter 3 2022 to 2023 BCG is left out")],
        [("Notes", "Quarter 3 2022 to 2023 has no BCG"), ("Cover", f"{TITLE}: April to June 2024")],
        [("Cover", "Next release: Quarter 2 2024 to 2025"), ("Table 1", "Table 1. Quarter 1 2024 to 2025")],
        [("Cover", "Coverage since Quarter 1 2013 to 2014"), ("Table 1", "Table 1. April to June 2024")],
        [("Cover", "Quarter 1 2024/25 and Quarter 4 2023/24"), ("Table 1", "Table 1. Quarter 1 2024 to 2025")],
        [("Cover", "Revised: Quarter 1 2024 to 2025"), ("Notes", "Quarter 4 2023 to 2024")],
        [("Cover", f"{TITLE}: April to June 2024"), ("Table 8", "Quarter 4 2023 to 2024")],
    ],
)
def test_a_title_of_its_own_goes_before_notes_and_texts_on_other_quarters(sheets: list[tuple[str, str]]) -> None:
    when, issues = titles.of_workbook(book(*sheets), COVER)
    assert when is not None
    assert (when.label, issues) == ("2024-25 Q1", [])


def test_a_title_that_compares_two_quarters_tells_neither() -> None:
    compared = book(("Cover", "COVER programme: January to March 2024 and April to June 2024"))
    when, issues = titles.of_workbook(compared, COVER)
    assert when is None
    assert [str(issue) for issue in issues] == [
        'tables.ods: found no period in the file\'s name or in a title, expected one such as "2017-18 Q1". '
        "Name the file after its period."
    ]


@pytest.mark.parametrize("file", ["COVER_2023-24_Q4.ods", "cover-January-to-March-2024.ods"])
def test_the_months_of_a_title_must_agree_with_the_files_name(file: str) -> None:
    _, issues = titles.of_workbook(book(("Cover", f"{TITLE}: April to June 2024"), file=file), COVER)
    assert [issue.found + issue.expected for issue in issues] == [
        '"2024-25 Q1""2023-24 Q4", as the file\'s name says']  # fmt: skip
    assert issues[0].stops


@pytest.mark.parametrize(
    ("title", "file", "found"),
    [
        ("COVER programme: 2024/25 quarter 1 to quarter 2", "tables.ods", "quarter 1 to quarter 2"),
        ("COVER programme: Q1-Q2 2024/25", "tables.ods", "Q1-Q2"),
        ("COVER programme: 2024/25 Q1 & Q2 (cumulative)", "tables.ods", "Q1 & Q2"),
        ("COVER programme: quarters 1 and 2 2024/25", "tables.ods", "quarters 1 and 2"),
        (f"{TITLE}: Quarter 1 2024 to 2025", "cover_2024-25_Q1-Q2.ods", "Q1-Q2"),
    ],
)
def test_several_quarters_are_never_taken_for_one(title: str, file: str, found: str) -> None:
    when, issues = titles.of_workbook(book(("Cover", title), file=file), COVER)
    assert when is None
    assert [issue.found for issue in issues] == [f'"{found}", which is more than one quarter']


@pytest.mark.parametrize(
    "title", ["Quarter 1 - 1 April to 30 June 2024 (2024/25, quarter 1)", "Q1 2024-25", "Quarter 1, 2024/25"]
)
def test_a_day_or_a_year_behind_a_quarter_is_no_second_one(title: str) -> None:
    when, issues = titles.of_workbook(book(("Cover", f"COVER programme: {title}")), COVER)
    assert when is not None
    assert (when.label, issues) == ("2024-25 Q1", [])


def test_a_note_on_several_quarters_changes_nothing() -> None:
    noted = book(("Notes", "Quarters 1 to 3 of 2023/24 were revised"), ("Cover", f"{TITLE}: April to June 2024"))
    when, issues = titles.of_workbook(noted, COVER)
    assert when is not None
    assert (when.label, issues) == ("2024-25 Q1", [])


@pytest.mark.parametrize(
    ("months", "label"),
    [
        ("January to March 2024", "2023-24 Q4"),
        ("January to March 2023/24", "2023-24 Q4"),
        ("January to March 2023 to 2024", "2023-24 Q4"),
        ("January 2024 to March 2024 (149 authorities)", "2023-24 Q4"),
        ("January to March 2024 - 49 authorities", "2023-24 Q4"),
        ("April to June 2023/24", "2023-24 Q1"),
        ("Jan-Mar 2024", "2023-24 Q4"),
        ("Jul to Sept 2024", "2024-25 Q2"),
        ("Apr-Sep 2024", None),
        ("1 April to 30 June 2024", "2024-25 Q1"),
        ("collected 15 April to 30 June 2024", None),
        ("quarter ended 31 March 2024", "2023-24 Q4"),
        ("quarter ended 31 May 2024", None),
        ("12 months to March 2024", None),
        ("October 2023 to December 2024", None),
    ],
)
def test_months_of_a_financial_year_are_of_its_last_quarter(months: str, label: str | None) -> None:
    when, _ = titles.of_workbook(book(("Cover", f"COVER programme: {months}")), COVER)
    assert (when.label if when else None) == label
