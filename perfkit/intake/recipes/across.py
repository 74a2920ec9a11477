"""Tables whose headings say the period of each column: quarters or years side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfkit.intake.recipes import Periods, bare
from perfkit.intake.recipes.periods import When, taken_from
from perfkit.intake.recipes.stacks import written
from perfkit.intake.workbooks.grid import Value

_CENTURY = "20"
"""What stands in every text that tells a year."""
_MANY = 2
"""Periods that a row above the headings must tell, lest a title be taken for them."""


@dataclass(frozen=True)
class Dated:
    """What headings, and the cells above them, say besides periods; and the period of each column that has one."""

    own: list[str]
    above: list[str]
    periods: dict[int, When]


def split(row: Sequence[Value], above: Sequence[Value], told: Periods | None) -> Dated:
    """Take the periods out of a row of headings, and of the row above it, where one goes on until the next.

    >>> told = Periods("financial", False, "quarter", (), {})
    >>> found = split(["Area", "MMR, April to June 2017", "MMR, July to September 2017"], [], told)
    >>> found.own, [when.label for when in found.periods.values()]
    (['area', 'mmr', 'mmr'], ['2017-18 Q1', '2017-18 Q2'])
    """
    over = [*above[: len(row)], *[None] * (len(row) - len(above))]
    row, over = ([written(value) for value in values] for values in (row, over))
    if told is None or not any(isinstance(value, str) and _CENTURY in value for value in (*row, *over)):
        return Dated([_words(value) for value in row], [_words(value) for value in over], {})
    own, higher = ([_taken(value, told) for value in values] for values in (row, over))
    if len({when for _, when in higher if when}) < _MANY:
        higher = [(_words(value), None) for value in over]
    dates: dict[int, When] = {}
    last: When | None = None
    for column, ((_, here), (text, there)) in enumerate(zip(own, higher, strict=True)):
        last = there or (None if text else last)
        if when := here or last:
            dates[column] = when
    return Dated([text for text, _ in own], [text for text, _ in higher], dates)


def _taken(value: Value, told: Periods) -> tuple[str, When | None]:
    if not isinstance(value, str):
        return "", None
    rest, when = taken_from(" ".join(value.split()), told)
    return bare(rest), when


def _words(value: Value) -> str:
    return bare(value) if isinstance(value, str) else ""
