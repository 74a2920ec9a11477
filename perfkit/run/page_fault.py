"""One thing that keeps a page from being published."""

from __future__ import annotations

from dataclasses import dataclass

from perfkit.run.page_tree import Element


@dataclass(frozen=True, order=True)
class Fault:
    """Where a page is wrong, what was found there, and what is expected.

    >>> print(Fault(3, "<img src='x.png'>", "no text alternative", "a sentence that says what it shows"))
    line 3, <img src='x.png'>: found no text alternative, expected a sentence that says what it shows
    """

    line: int
    element: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.element}: found {self.found}, expected {self.expected}"


def at(element: Element | None, found: str, expected: str) -> Fault:
    """Make the fault of an element, or of the page where there is none."""
    if element is None:
        return Fault(1, "the page", found, expected)
    return Fault(element.line, element.start, found, expected)
