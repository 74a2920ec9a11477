"""Files that come with a release and hold no figures, such as the list of columns beside each DfE CSV file."""

from __future__ import annotations

from perfkit.intake.workbooks.grid import Workbook
from perfkit.model.errors import Issue, Severity, Where

_COLUMNS = {"col_name", "col_type", "label"}


def recognises(workbook: Workbook) -> bool:
    """Say whether a file lists another file's columns, as the Department for Education publishes them.

    >>> recognises(Workbook("absence.csv", ()))
    False
    """
    first = workbook.sheets[0].rows[:1] if workbook.sheets else []
    return any({value for value in row if isinstance(value, str)} >= _COLUMNS for row in first)


def passed_over(workbook: Workbook) -> Issue:
    """Make the warning that says why nothing was read."""
    return Issue(
        Where(workbook.file),
        "a list of another file's columns",
        "a file with figures",
        "It is passed over; nothing is lost.",
        Severity.WARNING,
    )
