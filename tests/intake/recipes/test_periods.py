"""Every kind of period keeps its calendar; a workbook is of the period that its own title tells, never of a guess."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perfkit.intake import recipes
from perfkit.intake.cells import Problem
from perfkit.intake.recipes import periods
from perfkit.intake.recipes.periods import When
from perfkit.intake.workbooks.grid import Sheet, Workbook

RULE = periods.rule(recipes.load(recipes.SHIPPED / "tidy_education.toml").periods)


@pytest.mark.parametrize(
    ("text", "identifier", "label", "calendar"),
    [
        ("202122", "Academic year", "2021-22", "academic"),
        ("202122", "Financial year", "2021-22", "financial"),
        ("2021", "Calendar year", "2021", "calendar"),
        ("2022", "Reporting year", "2022", "reporting"),
        ("202122", "Autumn and spring term", "2021-22 autumn and spring term", "academic"),
        ("2021", "Week 12", "2021 week 12", "calendar"),
        ("2021", "January", "January 2021", "financial"),
        ("202122", "Financial year Q1", "2021-22 Q1", "financial"),
        ("202122", "Tax year Q1-2", "2021-22 Q1 to 2021-22 Q2", "financial"),
        ("202122", "Part 2 (October to March)", "2021-22 Q3 to 2021-22 Q4", "financial"),
        ("202122", "Academic year Q2", "2021-22 Q2", "academic"),
        ("2021", "Calendar year Q1-3", "2021 Q1 to Q3", "calendar"),
    ],
)
def test_kinds_of_periods(text: str, identifier: str, label: str, calendar: str) -> None:
    found = periods.of_cell(text, identifier, RULE)
    assert isinstance(found, When)
    assert (found.label, found.calendar) == (label, calendar)


@pytest.mark.parametrize(
    ("text", "identifier", "day"),
    [
        ("202223", "Autumn term", dt.date(2022, 12, 31)),
        ("202223", "Spring term", dt.date(2023, 3, 31)),
        ("202223", "Summer term", dt.date(2023, 8, 31)),
        ("202223", "Academic year Q2", dt.date(2023, 2, 28)),
        ("2023", "Week 1", dt.date(2023, 1, 8)),
    ],
)
def test_a_part_of_a_year_ends_where_it_ends(text: str, identifier: str, day: dt.date) -> None:
    found = periods.of_cell(text, identifier, RULE)
    assert isinstance(found, When)
    assert found.ends == day


@pytest.mark.parametrize(
    ("text", "identifier", "expected"),
    [
        ("202122", "Calendar year", 'one such as "2021"'),
        ("202122", "Week 12", 'one such as "2021"'),
        ("202122", "January", 'one such as "2021"'),
        ("2021", "Academic year", 'one such as "2017-18" or "2017-18 Q1"'),
        ("202123", "Academic year", 'one such as "2017-18" or "2017-18 Q1"'),
    ],
)
def test_a_year_of_another_kind_is_refused(text: str, identifier: str, expected: str) -> None:
    found = periods.of_cell(text, identifier, RULE)
    assert isinstance(found, Problem)
    assert (found.found, found.expected) == (f'the period "{text}"', expected)


def test_a_recipe_may_say_whose_year_a_bare_quarter_is_in(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('like = "tidy_education"\n[period.identifiers]\n"quarter 2" = "financial"\n', encoding="utf-8")
    found = periods.of_cell("202324", "Quarter 2", periods.rule(recipes.load(path).periods))
    assert isinstance(found, When)
    assert (found.label, found.calendar) == ("2023-24 Q2", "financial")
    assert isinstance(periods.of_cell("202324", "Quarter 2", RULE), Problem)


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
    ],
)
def test_a_title_of_its_own_goes_before_notes_and_texts_on_other_quarters(sheets: list[tuple[str, str]]) -> None:
    when, issues = periods.of_workbook(book(*sheets), COVER)
    assert when is not None
    assert (when.label, issues) == ("2024-25 Q1", [])


def test_a_title_that_compares_two_quarters_tells_neither() -> None:
    compared = book(("Cover", "COVER programme: January to March 2024 and April to June 2024"))
    when, issues = periods.of_workbook(compared, COVER)
    assert when is None
    assert [str(issue) for issue in issues] == [
        'tables.ods: found no period in the file\'s name or in a title, expected one such as "2017-18 Q1". '
        "Name the file after its period."
    ]


@pytest.mark.parametrize("file", ["COVER_2023-24_Q4.ods", "cover-January-to-March-2024.ods"])
def test_the_months_of_a_title_must_agree_with_the_files_name(file: str) -> None:
    _, issues = periods.of_workbook(book(("Cover", f"{TITLE}: April to June 2024"), file=file), COVER)
    assert [issue.found + issue.expected for issue in issues] == [
        '"2024-25 Q1""2023-24 Q4", as the file\'s name says']  # fmt: skip
    assert issues[0].stops
