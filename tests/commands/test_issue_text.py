"""Issues as a person reads them: by file, errors first, wrapped on a terminal; of many warnings the first ten."""

from __future__ import annotations

import io

import pytest

from perfkit.commands import issue_text
from perfkit.commands.issue_text import MOST
from perfkit.model.errors import Issue, Severity, Where


def rates(count: int, *, file: str = "April.xls", severity: Severity = Severity.WARNING) -> list[Issue]:
    """Give issues of one kind, each with figures and a cell of its own."""
    return [
        Issue(Where(file, "LA", f"K{row}"), f"{row}.5 people a day", f"{row}.1 over 31 days", "Compare.", severity)
        for row in range(100, 100 + count)
    ]


def headings(told: str) -> list[str]:
    """Give the lines that name a file or an issue, and those that count what is left out."""
    return [line.strip() for line in told.splitlines() if line and not line.startswith("    ")]


class Terminal(io.StringIO):
    """A standard stream that somebody sits in front of."""

    def isatty(self) -> bool:
        return True


def test_the_file_is_told_once_with_its_counts_and_each_issue_has_four_lines_errors_first() -> None:
    where = Where("2017-18/Q1/returns/SCS.xlsx", "Dashboard", "G9")
    oddity = Issue(Where(where.file, "Dashboard", "B2"), '"1"', "↑", "Type ↑ itself.", Severity.WARNING)
    whole = Issue(Where("key_points.xlsx"), "no rows", "a point", "Add it.", Severity.WARNING)
    fault = Issue(where, '"about thirty"', "a number or a marker such as [x]", "Type the number.")
    assert list(issue_text.lines([whole, oddity, fault])) == [
        "2017-18/Q1/returns/SCS.xlsx: 1 error and 1 warning.",
        "  Error: sheet Dashboard, cell G9",
        '    found       "about thirty"',
        "    expected    a number or a marker such as [x]",
        "    what to do  Type the number.",
        "  Warning: sheet Dashboard, cell B2",
        '    found       "1"',
        "    expected    ↑",
        "    what to do  Type ↑ itself.",
        "",
        "key_points.xlsx: 1 warning.",
        "  Warning: the whole file",
        "    found       no rows",
        "    expected    a point",
        "    what to do  Add it.",
        "",
    ]


def test_files_with_errors_come_before_those_with_warnings_alone() -> None:
    told = issue_text.lines([*rates(1, file="a.xls"), *rates(1, file="b.xls", severity=Severity.ERROR)])
    assert [line for line in told if ".xls" in line] == ["b.xls: 1 error.", "a.xls: 1 warning."]


LONG = Issue(
    Where("SCS.xlsx", "Dashboard", "G9"), "the rating green", "a rating", "Correct the rating, or say in 2017-18 why."
)


def test_on_a_terminal_lines_are_wrapped_to_its_width_below_what_they_go_on_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("COLUMNS", "44")
    issue_text.show([LONG])
    assert screen.getvalue().splitlines()[-3:] == [
        "    what to do  Correct the rating, or say",
        "                in 2017-18 why.",
        "",
    ]


def test_what_goes_into_a_file_is_not_wrapped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    issue_text.show([LONG], asked=True)
    assert "    what to do  Correct the rating, or say in 2017-18 why.\n" in capsys.readouterr().out


def test_a_name_that_would_break_the_line_or_steer_the_terminal_is_told_by_the_numbers_of_its_signs() -> None:
    [issue] = rates(1, file="returns\n29 files checked: 0 errors\x1b[2J\udce9.xlsx")
    assert next(issue_text.lines([issue])) == r"returns\n29 files checked: 0 errors\x1b[2J\udce9.xlsx: 1 warning."


def test_the_first_ten_warnings_of_a_kind_are_told_and_how_many_more_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = Issue(Where("April.xls", "LA", "K1999"), '"Kenf"', "a council", "Correct the name.", Severity.WARNING)
    issue_text.show([*rates(907), other])
    told = headings(capsys.readouterr().err)
    assert told[0] == "April.xls: 908 warnings."
    assert told[10:] == [
        "Warning: sheet LA, cell K109",
        "… and 897 more of the same kind (perfkit check --format html lists all)",
        "Warning: sheet LA, cell K1999",
    ]


def test_ten_warnings_of_a_kind_are_all_told_and_another_file_is_counted_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    issue_text.show([*rates(MOST), *rates(MOST, file="May.xls")])
    told = headings(capsys.readouterr().err)
    assert len(told) == 2 * (1 + MOST)
    assert not any("more of the same kind" in line for line in told)


def test_every_error_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    issue_text.show(rates(30, severity=Severity.ERROR))
    assert len(headings(capsys.readouterr().err)) == 31
