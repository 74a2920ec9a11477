"""One cause is told once with its number, however many figures it puts out; other causes are told beside it."""

from __future__ import annotations

import pytest

from perfkit.intake import dtoc
from perfkit.intake.dtoc import crowds
from perfkit.intake.workbooks.grid import Value, Workbook
from perfkit.model.errors import Issue, Severity, Where
from tests.intake.dtoc.test_reader import changed, found_at, put, workbook

ORG, TYPE = "LA - by responsible org", "LA - by type of care"


def issue(cell: str, number: int = 1, *, severity: Severity = Severity.ERROR, expected: str = "") -> Issue:
    expected = expected or f"{number}, the sum by reason"
    return Issue(Where("June_19.xls", "LA", cell), f"a total of {number}", expected, "Compare.", severity)


def test_many_of_one_kind_in_one_column_are_one_with_their_number() -> None:
    [told] = crowds.gather(issue(f"H{row}", row) for row in range(15, 15 + crowds.MANY))
    assert (told.where.cell, told.found) == ("H15", "a total of 15 (and 19 more in column H)")
    assert told.expected == "15, the sum by reason"


def test_a_figure_that_is_not_known_is_of_the_same_kind_as_one_that_is() -> None:
    known = [issue(f"H{row}", row) for row in range(15, 25)]
    unknown = [issue(f"H{row}", expected="no figure, the sum by reason") for row in range(25, 35)]
    assert [told.where.cell for told in crowds.gather([*known, *unknown])] == ["H15"]


def test_fewer_and_those_of_other_columns_severities_and_kinds_are_told_one_by_one() -> None:
    few = [issue(f"H{row}", row) for row in range(15, 14 + crowds.MANY)]
    others = [
        issue("I15"),
        issue("H15", expected="321, the sum on sheet England"),
        issue("H40", severity=Severity.WARNING),
        issue("H41", expected='"608", as on sheet X'),
    ]
    assert crowds.gather([*few, *others]) == [*few, *others]


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MANY", 3)


def told(book: Workbook) -> list[str]:
    return [f"{one.where.sheet} {one.where.cell}: {one.found}" for one in dtoc.read(book).issues]


@pytest.mark.usefixtures("few_are_many")
def test_an_unknown_organisation_is_told_with_the_totals_that_lack_it() -> None:
    reading = dtoc.read(changed(workbook(), ORG, put(*found_at(workbook(), ORG, "Social Care"), "Parcel")))
    missing, heading = reading.issues
    assert heading.found == 'the heading "Parcel"'
    assert str(missing) == (
        "release.xls, sheet LA - by responsible org: found no column for the attribution social care, expected one, as "
        "in the month's other sheets. Restore the column, or fetch the publisher's file again; 3 totals do not add up "
        "without it."
    )


@pytest.mark.usefixtures("few_are_many")
def test_a_broken_column_is_told_once_and_another_fault_beside_it() -> None:
    def double(rows: list[list[Value]]) -> None:
        for row in rows[16:19]:
            row[5] = 7.0 + float(str(row[5]))

    book = changed(workbook(), ORG, double)
    row, column = found_at(book, "LA - by reason", "608")
    messages = told(changed(book, "LA - by reason", put(row, column, "609")))
    assert f"{ORG} I17: a total of 249 for Oxfordshire (and 2 more in column I)" in messages
    assert 'LA - by reason D17: code "609" for Oxfordshire' in messages
    assert len([message for message in messages if "a total of" in message]) == 1


def test_a_cell_that_was_not_read_is_told_without_the_sums_that_it_breaks() -> None:
    row, column = found_at(workbook(), ORG, 81.0)
    book = changed(workbook(), ORG, put(row, column, "81 (84)"))
    assert told(book) == [f'{ORG} G17: "81 (84)"']
    elsewhere = changed(book, TYPE, put(*found_at(workbook(), TYPE, 51.0), 52.0))
    assert f"{TYPE} H17: a total of 249 for Oxfordshire" in told(elsewhere)


@pytest.mark.usefixtures("few_are_many")
def test_texts_in_place_of_figures_are_told_once_over_all_columns() -> None:
    def revise(rows: list[list[Value]]) -> None:
        rows[16][5:8] = [f"{value:.0f} r" for value in rows[16][5:8] if isinstance(value, int | float)]

    assert told(changed(workbook(), ORG, revise)) == [f'{ORG} F17: "123 r" (and 2 more)']
