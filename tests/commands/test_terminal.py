"""Many warnings of one kind are not all written out on the screen; errors always are."""

from __future__ import annotations

import pytest

from perfkit.commands.terminal import MOST, show_issues
from perfkit.model.errors import Issue, Severity, Where


def rates(count: int, *, file: str = "April.xls", severity: Severity = Severity.WARNING) -> list[Issue]:
    """Give issues of one kind, each with figures and a cell of its own."""
    return [
        Issue(Where(file, "LA", f"K{row}"), f"{row}.5 people a day", f"{row}.1 over 31 days", "Compare.", severity)
        for row in range(100, 100 + count)
    ]


def test_the_first_ten_warnings_of_a_kind_are_told_and_how_many_more_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = Issue(Where("April.xls", "LA", "K999"), '"Kenf"', "a council", "Correct the name.", Severity.WARNING)
    show_issues([*rates(907), other])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "April.xls:"
    assert lines[10].startswith("  warning: April.xls, sheet LA, cell K1")
    assert lines[11] == "  … and 897 more of the same kind (perfkit check --format html lists all)"
    assert lines[12:] == [f"  warning: {other}"]


def test_ten_warnings_of_a_kind_are_all_told_and_another_file_is_counted_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_issues([*rates(MOST), *rates(MOST, file="May.xls")])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 * (1 + MOST)
    assert not any("more of the same kind" in line for line in lines)


def test_every_error_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    show_issues(rates(30, severity=Severity.ERROR))
    assert len(capsys.readouterr().err.splitlines()) == 31
