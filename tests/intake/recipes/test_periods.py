"""Every kind of period of the Department for Education's standard keeps its calendar; none is guessed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perfkit.intake import recipes
from perfkit.intake.cells import Problem
from perfkit.intake.recipes import periods, reader
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


@pytest.mark.parametrize("quarter", ["Q2", "2", "Quarter 2"])
def test_a_quarter_may_be_a_number_alone(quarter: str) -> None:
    found = periods.of_cell("2024 to 2025", quarter, ("financial", (("q2", "financial"),)))
    assert isinstance(found, When)
    assert (found.label, str(found.ends)) == ("2024-25 Q2", "2024-09-30")


def test_a_recipe_may_say_whose_year_a_bare_quarter_is_in(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('like = "tidy_education"\n[period.identifiers]\n"quarter 2" = "financial"\n', encoding="utf-8")
    found = periods.of_cell("202324", "Quarter 2", periods.rule(recipes.load(path).periods))
    assert isinstance(found, When)
    assert (found.label, found.calendar) == ("2023-24 Q2", "financial")
    assert isinstance(periods.of_cell("202324", "Quarter 2", RULE), Problem)


WAITING = """
release = "waiting"
title = "Waiting"
publisher = "A body"
[recognise]
phrases = ["waiting"]
[[table]]
[table.columns]
area = ["authority"]
period = ["quarter ending", "month"]
[[table.measure]]
id = "people"
title = "People"
unit = "people"
heading = "people"
"""


@pytest.mark.parametrize(
    ("heading", "text", "label"),
    [
        ("Quarter ending", "June 2024", "2024-25 Q1"),
        ("Quarter ending", "Jun-24", "2024-25 Q1"),
        ("Quarter ending", "2024-25 Q1", "2024-25 Q1"),
        ("Month", "June 2024", "June 2024"),
    ],
)
def test_a_month_under_quarter_ending_is_the_quarter_that_ends_with_it(
    tmp_path: Path, heading: str, text: str, label: str
) -> None:
    (tmp_path / "a.toml").write_text(WAITING, encoding="utf-8")
    rows: list[list[object]] = [["Waiting", None, None], [heading, "Authority", "People"], [text, "Kent", 4.0]]
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    assert (reading.issues, reading.tables["releases"]["period"].tolist()) == ((), [label])


@pytest.mark.parametrize(
    ("text", "calendar", "label", "of", "ends"),
    [
        ("2021/22 to 2023/24", "financial", "2021-22 to 2023-24", "financial", "2024-03-31"),
        ("2012/13 - 14/15", "financial", "2012-13 to 2014-15", "financial", "2015-03-31"),
        ("2021/22–2023/24", "reporting", "2021-22 to 2023-24", "financial", "2024-03-31"),
        ("2021/22 to 2023/24", "academic", "2021-22 to 2023-24", "academic", "2024-08-31"),
        ("2018 - 20", "calendar", "2018 to 2020", "calendar", "2020-12-31"),
        ("2021-23", "calendar", "2021 to 2023", "calendar", "2023-12-31"),
        ("2018 to 2020", "calendar", "2018 to 2020", "calendar", "2020-12-31"),
        ("2018 - 20", "reporting", "2018 to 2020", "reporting", "None"),
        ("Year ending March 2022", "financial", "2021-22", "financial", "2022-03-31"),
        ("12 months to 31 December 2022", "calendar", "2022", "calendar", "2022-12-31"),
    ],
)
def test_years_may_be_pooled_or_told_by_their_end(text: str, calendar: str, label: str, of: str, ends: str) -> None:
    found = periods.of_cell(text, "", (calendar, ()))
    assert isinstance(found, When)
    assert (found.label, found.calendar, str(found.ends)) == (label, of, ends)


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("2018 - 20", "financial"),
        ("2017/18", "calendar"),
        ("2017 - 18", "calendar"),
        ("2017 - 2018", "calendar"),
        ("2020 to 2018", "calendar"),
        ("2023/24 to 2021/22", "financial"),
        ("2012/13 - 14/16", "financial"),
        ("Year ending March 2022", "calendar"),
        ("Year ending June 2022", "financial"),
    ],
)
def test_years_that_may_be_another_calendars_are_refused(text: str, calendar: str) -> None:
    found = periods.of_cell(text, "", (calendar, ()))
    assert isinstance(found, Problem)
    assert found.action.endswith("say whose year it is in the recipe ([period] calendar).")


@pytest.mark.parametrize(
    ("every", "text", "label"),
    [
        ("quarter", dt.datetime(2024, 6, 30), "2024-25 Q1"),
        ("quarter", dt.date(2024, 3, 31), "2023-24 Q4"),
        ("quarter", "30/06/2024", "2024-25 Q1"),
        ("year", dt.datetime(2024, 3, 31), "2023-24"),
    ],
)
def test_a_day_is_the_quarter_or_year_that_it_ends(tmp_path: Path, every: str, text: object, label: str) -> None:
    text_of_recipe = WAITING.replace("[[table]]", f'[period]\ncalendar = "financial"\nevery = "{every}"\n[[table]]')
    (tmp_path / "a.toml").write_text(text_of_recipe, encoding="utf-8")
    rows: list[list[object]] = [["Waiting", None, None], ["Month", "Authority", "People"], [text, "Kent", 4.0]]
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    assert (reading.issues, reading.tables["releases"]["period"].tolist()) == ((), [label])


def test_a_day_that_ends_no_quarter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(WAITING, encoding="utf-8")
    rows: list[list[object]] = [["Waiting"], ["Month", "Authority", "People"], ["01/07/2024", "Kent", 4.0]]
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    assert reading.stops
    assert 'cell A3: found the period "01/07/2024", expected one such as "2017-18"' in str(reading.issues[0])


YEARLY = WAITING.replace('period = ["quarter ending", "month"]\n', "")


@pytest.mark.parametrize(
    ("period", "title", "file", "label"),
    [
        ("calendar = \"calendar\"\ntitles = ['mid-(?P<year>20\\d\\d)']", "Waiting, mid-2023", "a.xlsx", "2023"),
        ('calendar = "calendar"\nfile = true', "Waiting", "waiting_2023_tables.xlsx", "2023"),
        ('calendar = "financial"', "Waiting, year ending March 2023", "a.xlsx", "2022-23"),
        ('calendar = "academic"', "Waiting, 2022/23", "a.xlsx", "2022-23"),
    ],
)
def test_a_title_or_file_tells_a_year_of_its_calendar(
    tmp_path: Path, period: str, title: str, file: str, label: str
) -> None:
    text = YEARLY.replace("[[table]]", f'[period]\nevery = "year"\n{period}\n[[table]]')
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    rows: list[list[object]] = [[title, None], ["Authority", "People"], ["Kent", 4.0]]
    reading = reader.read(Workbook(file, (Sheet(file, "1", rows),)), recipes.load(tmp_path / "a.toml"))
    assert (reading.issues, reading.tables["releases"]["period"].tolist()) == ((), [label])


def test_a_column_of_no_measure_beside_dated_ones_asks_for_no_period(tmp_path: Path) -> None:
    """Council tax collection: years side by side, and a column of regions that the recipe does not name."""
    text = YEARLY.replace("[[table]]", '[period]\nevery = "year"\ncalendar = "financial"\n[[table]]')
    (tmp_path / "a.toml").write_text(text.replace("[table.columns]", 'periods = "in headings"\n[table.columns]'),
                                     encoding="utf-8")  # fmt: skip
    rows: list[list[object]] = [["Waiting", *[None] * 4], ["Authority", "Class", "Order", "People 2022-23",
                                "People 2023-24"], ["Kent", "SE", 7.5, 4.0, 5.0]]  # fmt: skip
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    frame = reading.tables["releases"]
    assert [issue.found for issue in reading.issues] == ['a column "Order" that the recipe does not know']
    assert list(zip(frame["period"], frame["value"], strict=True)) == [("2022-23", 4.0), ("2023-24", 5.0)]


@pytest.mark.parametrize("years", [(2021.0, 2022.0), ("2021", "2022 [note 3]"), ("mid-2021", "mid-2022")])
def test_years_of_the_calendar_head_columns(tmp_path: Path, years: tuple[object, object]) -> None:
    """They are often kept as numbers; a change since a year is no figure of that year."""
    text = YEARLY.replace("[[table]]", '[period]\nevery = "year"\ncalendar = "calendar"\n[[table]]')
    text = text.replace("[table.columns]", 'periods = "in headings"\n[table.columns]')
    (tmp_path / "a.toml").write_text(text.replace('heading = "people"', 'heading = "people waiting"'), encoding="utf-8")
    rows: list[list[object]] = [["People waiting", *[None] * 3], ["Authority", *years, "Change since 2021"],
                                ["Kent", 4.0, 5.0, 1.0]]  # fmt: skip
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    frame = reading.tables["releases"]
    assert [issue.found for issue in reading.issues] == ['a column "Change since 2021" that the recipe does not know']
    assert list(zip(frame["period"], frame["value"], strict=True)) == [("2021", 4.0), ("2022", 5.0)]


def test_numbers_head_columns_of_ages(tmp_path: Path) -> None:
    """Mid-year estimates: one column for each year of age, of which the headings are numbers."""
    text = YEARLY.split("[[table.measure]]")[0].replace("[[table]]", (
        "[period]\nevery = 'year'\ncalendar = 'calendar'\ntitles = ['mid-(?P<year>20\\d\\d)']\n"
        "[[table]]\nmeasures = 'other columns'"))  # fmt: skip
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    rows: list[list[object]] = [["Waiting, mid-2023", *[None] * 4], ["Authority", "All ages", 0.0, 1.0, "90+"],
                                ["Kent", 9.0, 2.0, 3.0, 4.0]]  # fmt: skip
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    frame = reading.tables["releases"]
    assert reading.issues == ()
    assert dict(zip(frame["measure"], frame["value"], strict=True)) == {"all_ages": 9, "0": 2, "1": 3, "90": 4}
    assert set(frame["period"]) == {"2023"}


def test_a_title_of_two_years_tells_neither(tmp_path: Path) -> None:
    text = YEARLY.replace("[[table]]", '[period]\nevery = "year"\ncalendar = "financial"\n[[table]]')
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    title = "Waiting, year ending March 2024 and year ending March 2023"
    rows: list[list[object]] = [[title, None], ["Authority", "People"], ["Kent", 4.0]]
    reading = reader.read(Workbook("a.xlsx", (Sheet("a.xlsx", "1", rows),)), recipes.load(tmp_path / "a.toml"))
    assert [issue.found for issue in reading.issues] == ["no period in the file's name or in a title"]


@pytest.mark.parametrize(
    ("heading", "calendar", "rest", "label"),
    [
        ("Mended 2018 to 2023 (%)", "calendar", "Mended (%)", "2018 to 2023"),
        ("Mended 2018-20", "calendar", "Mended", "2018 to 2020"),
        ("Mended, 2021/22 to 23/24", "financial", "Mended,", "2021-22 to 2023-24"),
        ("Mended 2021/22", "financial", "Mended", "2021-22"),
        ("Change 2019 to 2020", "calendar", "Change 2019 to 2020", None),
        ("Mended 2019 and 2020", "calendar", "Mended 2019 and 2020", None),
        ("Mended 2018/19", "calendar", "Mended 2018/19", None),
        ("Mended 2021/22 and 2022/23", "financial", "Mended 2021/22 and 2022/23", None),
    ],
)
def test_a_heading_of_several_years_is_of_none_unless_they_are_pooled(
    heading: str, calendar: str, rest: str, label: str | None
) -> None:
    text, when = periods.taken_from(heading, recipes.Periods(calendar, False, "year", (), {}))
    assert (text, when.label if when else None) == (rest, label)
