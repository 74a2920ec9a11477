"""An issue says where, what was found, what was expected and what to do."""

from __future__ import annotations

from perfkit.model.errors import InputError, Issue, Severity, Where


def test_an_issue_reads_as_one_sentence_and_what_to_do() -> None:
    issue = Issue(Where("SCS.xlsx", "Dashboard", "F12"), '"n/a - see note"', "a number", "Type the number.")
    assert (
        str(issue) == 'SCS.xlsx, sheet Dashboard, cell F12: found "n/a - see note", expected a number. Type the number.'
    )


def test_an_error_stops_its_file_and_a_warning_does_not() -> None:
    where = Where("SCS.xlsx")
    assert Issue(where, "a", "b", "c").stops
    assert not Issue(where, "a", "b", "c", Severity.WARNING).stops


def test_an_input_error_carries_and_tells_every_issue() -> None:
    issues = [Issue(Where("a.xlsx"), "x", "y", "Mend it."), Issue(Where("b.xlsx"), "x", "y", "Mend it.")]
    error = InputError(iter(issues))
    assert error.issues == tuple(issues)
    assert str(error).splitlines() == [str(issue) for issue in issues]
