"""People delayed a day tell whether the month is right; what is wrong is told once, and at its own cell."""

from __future__ import annotations

import pytest

from perfkit.intake import dtoc
from perfkit.intake.dtoc import people
from perfkit.intake.workbooks.grid import Value
from tests.intake.dtoc.test_reader import Layout, changed, found_at, put, workbook

BY_WHOM = "LA - by responsible org"


def test_a_sheet_whose_people_a_day_fit_another_month_is_of_another_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MANY", 3)
    book = workbook(Layout(month="June 2019"))
    for sheet in ("England", "LA - by type of care", BY_WHOM, "LA - by reason"):
        book = changed(book, sheet, put(*found_at(book, sheet, "June 2019"), "July 2019"))
    reading = dtoc.read(book)
    assert reading.tables == {}
    assert [issue.found for issue in reading.issues] == ["people a day that are the delayed days over 30 days"] * 2
    assert {issue.expected for issue in reading.issues} == {"the days of the month named above the table, 31"}


def test_many_that_fit_no_month_are_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MANY", 3)

    def double(rows: list[list[Value]]) -> None:
        for row in rows[14:]:
            row[10:14] = [value * 2 if isinstance(value, float) else value for value in row[10:14]]

    [issue] = dtoc.read(changed(workbook(), BY_WHOM, double)).issues
    assert not issue.stops
    assert "people a day in 14 cells that are not what the delayed days make" in issue.found


def test_a_day_more_shows_where_people_a_day_are_told_in_full() -> None:
    book = workbook(Layout(month="July 2019"))
    place = found_at(book, BY_WHOM, 81 / 31)
    [issue] = dtoc.read(changed(book, BY_WHOM, put(*place, 82 / 31))).issues
    assert "found 2.65 people a day, expected 2.61" in str(issue)


def test_a_month_after_the_last_that_was_collected_is_refused() -> None:
    [issue] = dtoc.read(workbook(Layout(month="March 2021"))).issues
    assert (issue.found, issue.expected) == ('"March 2021"', "a month up to February 2020, the last that was collected")


def test_an_unknown_authority_is_told_at_its_name_and_a_strange_code_at_the_code() -> None:
    book = workbook()
    for sheet in ("LA - by type of care", BY_WHOM, "LA - by reason"):
        row, column = found_at(book, sheet, "Dorset")
        book = changed(book, sheet, put(row, column, "Nowhere"))
    assert [issue.where.cell for issue in dtoc.read(book).issues if issue.stops] == ["E19"]
    other = changed(workbook(), BY_WHOM, put(*found_at(workbook(), BY_WHOM, "608"), "6O8"))
    assert [issue.where.cell for issue in dtoc.read(other).issues if issue.stops] == ["D17"]
