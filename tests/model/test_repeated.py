"""Issues in the order in which a person looks for cells, and the same said of many cells said once."""

from __future__ import annotations

from perfkit.model import repeated
from perfkit.model.errors import Issue, Severity, Where


def period(cell: str, *, sheet: str = "", severity: Severity = Severity.ERROR) -> Issue:
    return Issue(Where("cla.csv", sheet, cell), 'the period "2O25"', "a year", "Correct it.", severity)


def test_cells_are_told_row_by_row_as_a_sheet_is_read() -> None:
    told = [period(cell) for cell in ("AA2", "A10", "B2", "")]
    assert [issue.where.cell for issue in sorted(told, key=repeated.order)] == ["", "B2", "AA2", "A10"]


def test_what_is_said_of_more_than_two_cells_is_told_at_the_first() -> None:
    (issue,) = repeated.once([period("A10"), period("A9"), period("A2"), period("A2")])
    assert str(issue) == (
        'cla.csv, cell A2: found the period "2O25", here and in 2 more cells, expected a year. Correct it.'
    )


def test_two_cells_a_warning_and_a_file_are_told_by_themselves() -> None:
    told = [period("A2"), period("A3"), period("A4", severity=Severity.WARNING)]
    assert repeated.once(told) == told
    assert len(repeated.once([period("", sheet=sheet) for sheet in "ABCD"])) == 4
