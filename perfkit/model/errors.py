"""Where a problem is, what it is, and how perfkit stops for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from perfkit.model import lists


class Severity(StrEnum):
    """An error stops the loading of its file; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


def one_of(words: Iterable[str]) -> str:
    """List words for a message.

    >>> one_of(("higher", "lower", "within")), one_of(["higher"])
    ('higher, lower or within', 'higher')
    """
    return lists.join(words, last="or")


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file: the file alone, a sheet of it, or one cell.

    >>> print(Where("Q1/returns/SCS.xlsx", "Indicators", "F12"))
    Q1/returns/SCS.xlsx, sheet Indicators, cell F12
    >>> print(Where("framework.xlsx"))
    framework.xlsx
    """

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        cell = f", cell {self.cell}" if self.cell else ""
        return f"{self.file}{sheet}{cell}"


@dataclass(frozen=True, order=True)
class Issue:
    """One thing wrong with an input, in words that its sender can act on.

    >>> where = Where("SCS.xlsx", "Dashboard", "H9")
    >>> print(Issue(where, found='"n/a - see note"', expected="a number or a marker such as [x]",
    ...             action="Type the number, or [x] if there is none."))
    SCS.xlsx, sheet Dashboard, cell H9: found "n/a - see note", expected a number or a marker such as [x]. \
Type the number, or [x] if there is none.
    """

    where: Where
    found: str
    expected: str
    action: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}, expected {self.expected}. {self.action}"

    @property
    def stops(self) -> bool:
        """Whether the file must not be loaded."""
        return self.severity is Severity.ERROR


class PerfkitError(Exception):
    """Something a person can mend; its text says what, where and how. Shown without a traceback."""


class ParseError(PerfkitError, ValueError):
    """A text that is not what it should be: a period, a target, a parameter."""


class ParameterError(PerfkitError, ValueError):
    """A parameter of a report or command that is unknown, of the wrong type, or without data."""


class StoreError(PerfkitError):
    """The store is missing, damaged, or does not hold what was asked for."""


class RunError(PerfkitError):
    """A report could not be made."""


class InputError(PerfkitError):
    """Files with issues that stop their loading; carries all the issues at once."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))
