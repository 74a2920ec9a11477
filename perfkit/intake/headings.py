"""Find the heading row of a table by its words, wherever it stands on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfkit.intake.grid import Sheet
from perfkit.model.errors import Issue, Severity, Where

Aliases = Mapping[str, tuple[str, ...]]
_QUARTER = re.compile(r"(?:q|qtr|quarter) ?\d")


@dataclass(frozen=True)
class Headings:
    """A row of headings, the column of each, and headings that stand more than once."""

    row: int
    columns: dict[str, int]
    twice: tuple[tuple[str, int], ...] = ()


def words(text: str) -> str:
    """Write a heading or title in bare words, to compare by.

    >>> words("Cumulative Target\\n(Y/N)"), words("Q1 RAG*")
    ('cumulative target y n', 'q1 rag')
    """
    return re.sub(r"[^0-9a-z%£]+", " ", text.lower().replace("’", "'").replace("'", "")).strip()


def find(sheet: Sheet, aliases: Aliases, *, needed: Sequence[str]) -> Headings | None:
    """Find the first row that holds all needed headings under any of their names.

    A heading may be told in two rows: "Q1" over "Actual" is "Q1 Actual". A column under another quarter than the names
    ask for is left out.

    >>> sheet = Sheet("a.xlsx", "A", [["Dashboard", None], ["No.", "Success indicator"], [1, "Visits"]])
    >>> found = find(sheet, {"ref": ("no",), "title": ("indicator", "success indicator")}, needed=("ref", "title"))
    >>> found.row, found.columns
    (1, {'ref': 0, 'title': 1})
    """
    for row in range(len(sheet.rows)):
        found = _match(sheet, row, aliases)
        if all(name in found.columns for name in needed):
            return found
    return None


def _match(sheet: Sheet, row: int, aliases: Aliases) -> Headings:
    names = {alias: name for name, some in aliases.items() for alias in some}
    columns: dict[str, int] = {}
    twice = []
    for column, value in enumerate(sheet.rows[row]):
        name = _named(sheet, row, column, names) if isinstance(value, str) else None
        if name is None or _filled_from_the_left(sheet, row, column):
            continue
        if name in columns:
            twice.append((name, column))
        columns.setdefault(name, column)
    return Headings(row, columns, tuple(twice))


def _named(sheet: Sheet, row: int, column: int, names: Mapping[str, str]) -> str | None:
    own, above = words(sheet.text(row, column)), words(sheet.text(row - 1, column)) if row else ""
    if (both := f"{above} {own}") in names:
        return names[both]
    other = _QUARTER.fullmatch(above) is not None and not any(name.startswith(f"{above} ") for name in names)
    return None if other and _names_blocks(sheet, row - 1) else names.get(own)


def _names_blocks(sheet: Sheet, row: int) -> bool:
    """Tell a row of block titles, which names quarters over several columns, from a title that names one."""
    return sum(_QUARTER.fullmatch(words(sheet.text(row, c))) is not None for c in range(len(sheet.rows[row]))) > 1


def _filled_from_the_left(sheet: Sheet, row: int, column: int) -> bool:
    origin = sheet.merged.get((row, column))
    return origin is not None and origin[1] != column


def body(sheet: Sheet, headings: Headings, key: str) -> Iterator[int]:
    """Walk the rows below the headings in which the key column holds something other than the heading again."""
    column = headings.columns[key]
    own = words(sheet.text(headings.row, column))
    for row in range(headings.row + 1, len(sheet.rows)):
        text = sheet.text(row, column)
        if text and words(text) != own:
            yield row


def missing(sheet: Sheet, needed: Sequence[str]) -> Issue:
    """Tell that a sheet has no row with these headings."""
    return Issue(
        Where(sheet.file, sheet.name),
        "no row of headings",
        f"one row with {', '.join(needed[:-1])} and {needed[-1]}",
        "Put the headings back as the template has them.",
    )


def absent(
    sheet: Sheet, found: Headings, names: Mapping[str, str], *, severity: Severity = Severity.ERROR
) -> list[Issue]:
    """Tell of headings that a table lacks besides those it was found by; ``names`` gives them as they are written."""
    where = sheet.where(found.row, min(found.columns.values()))
    action = "Put the heading back over its column."
    return [
        Issue(where, f"no heading {heading} in this row", ", ".join(names.values()), action, severity)
        for name, heading in names.items()
        if name not in found.columns
    ]


def doubled(sheet: Sheet, headings: Headings) -> list[Issue]:
    """Tell of every heading that stands twice in the row, since either column could be meant."""
    return [
        sheet.issue(
            headings.row,
            column,
            found=f'the heading "{sheet.text(headings.row, column)}" a second time',
            expected="each heading once",
            action="Rename or remove the column that is not meant.",
        )
        for _, column in headings.twice
    ]
