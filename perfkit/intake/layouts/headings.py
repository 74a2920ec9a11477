"""Headings of a sheet to fill in as officers type them: with the year, a footnote, a stage such as Inherent above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from perfkit.intake import headings
from perfkit.intake.headings import words
from perfkit.intake.layouts.money import LONGEST_FIRST
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.layouts import Heading, Layout

DEPTH = 60
"""Rows in which headings of a sheet not yet known are looked for under all that may stand about them."""
_FOOTNOTE = re.compile(r"\s*(?:[(\[](?:note )?[1-9a-e]?\d?[)\]]|\bnote [1-9]|(?<=[a-z])[1-9])(?=\s|$)", re.IGNORECASE)
_QUARTER = re.compile(r"\bq[1-4]\b")
_ABOUT = re.compile(r"[\d(\[]|note", re.IGNORECASE)
"""What stands in a heading that has a footnote, a year or a quarter."""
_YEAR = re.compile(r"\b20(?P<first>\d\d) (?:20)?(?P<second>\d\d)\b|\b(?P<short>\d\d) (?P<next>\d\d)\b")
_STAGE = re.compile(r"\b(?:inherent|gross|target|initial|original|unmitigated|pre|previous|prior|last|before)\b")
_FEWEST = 2
"""Headings that a row must hold at least."""
FIGURES = ("money", "number", "whole")
"""Kinds of headings that may stand for several years or stages."""


@lru_cache(maxsize=64)
def names(layout: Layout) -> dict[str, tuple[str, ...]]:
    """Give all that a layout's headings are called, by field; those of money with each unit before or behind them.

    >>> heading = Heading("budget", "Budget", "money", "", aliases=("annual budget",))
    >>> found = names(Layout("finance", "Finance", "", (heading,), "budget", "budget"))["budget"]
    >>> found[:2], "annual budget £000" in found, "£m budget" in found
    (('budget', 'annual budget'), True, True)
    """
    own = {heading.field: _names(heading) for heading in layout.headings}
    return own | {f"{heading.field}?": heading.spare for heading in layout.headings if heading.spare}


def _names(heading: Heading) -> tuple[str, ...]:
    title = words(heading.title)
    plain = (*(() if title in heading.spare else (title,)), *heading.aliases)
    if heading.kind != "money":
        return plain
    own = [f"{name} {unit}" for name in plain for unit in (*LONGEST_FIRST, *(f"in {u}" for u in LONGEST_FIRST))]
    return (*plain, *own, *(f"{unit} {name}" for name in plain for unit in LONGEST_FIRST))


@lru_cache(maxsize=64)
def _fields(layout: Layout) -> dict[str, str]:
    spare_last = sorted(names(layout).items(), key=lambda named: not named[0].endswith("?"))
    return {name: field.removesuffix("?") for field, some in spare_last for name in some}


def settled(sheet: Sheet, layout: Layout, *, period: str = "", depth: int | None = None) -> Sheet:
    """Give a sheet whose headings are bare: no footnote, no year or quarter of its own, none of another stage.

    ``period`` is what the sheet reports, such as 2024-25 Q2: a heading of another year is left as it is, and so not
    found. Without one any year is passed over.

    >>> heading = Heading("budget", "Budget", "money", "", required=True)
    >>> line = Heading("line", "Line", "text", "", required=True)
    >>> layout = Layout("finance", "Finance", "", (line, heading), "line", "budget")
    >>> sheet = Sheet("a.xlsx", "F", [["Line (1)", "Budget 2024/25 £000", "Budget 2023/24 £000"]])
    >>> settled(sheet, layout, period="2024-25 Q2").rows
    [['line', 'budget £000', 'Budget 2023/24 £000']]
    """
    fields, needed = _fields(layout), set(layout.needed)
    rows = list(sheet.rows)
    for number in range(len(rows) if depth is None else min(depth, len(rows))):
        rows[number] = _joined(rows, number, fields, needed)
        if sum(isinstance(value, str) for value in rows[number]) < _FEWEST:
            continue
        bare = [_bare(value, fields, period) for value in rows[number]]
        found = {fields[text] for text in bare if text is not None}
        if len(found & needed) >= max(_FEWEST, len(needed) - 1):
            columns = {c: fields[text] for c, text in enumerate(bare) if text is not None}
            rows[number] = _row(rows[number], bare, _aside(sheet, number, columns, layout, period))
    return replace(sheet, rows=rows)


def _joined(rows: Sequence[list[Value]], number: int, fields: Mapping[str, str], needed: set[str]) -> list[Value]:
    """Give a row; one of headings below titles such as Current risk with those of the row above over its blanks."""
    upper, own = rows[number - 1] if number else [], rows[number]
    below = _needed(own, fields, needed)
    if not upper or not below or not all(isinstance(value, str) for value in own if value is not None):
        return own
    above = _needed(upper, fields, needed)
    if (
        not above
        or set(above.values()) & set(below.values())
        or any(column < len(own) and own[column] for column in above)
    ):
        return own
    wide = [*own, *[None] * (len(upper) - len(own))]
    return [value or (upper[c] if c < len(upper) else None) for c, value in enumerate(wide)]


def _needed(row: Sequence[Value], fields: Mapping[str, str], needed: set[str]) -> dict[int, str]:
    """Give the needed fields that a row holds headings of, by column."""
    bare = {c: _bare(value, fields, "") for c, value in enumerate(row) if isinstance(value, str)}
    return {c: fields[text] for c, text in bare.items() if text is not None and fields[text] in needed}


def _row(row: Sequence[Value], bare: Sequence[str | None], aside: Mapping[int, str]) -> list[Value]:
    changed = [value if text is None or (isinstance(value, str) and words(value) == text) else text
               for value, text in zip(row, bare, strict=True)]  # fmt: skip
    return [f"{aside[c]} {value}" if c in aside else value for c, value in enumerate(changed)]


def _bare(value: Value, fields: Mapping[str, str], period: str) -> str | None:
    """Give the heading that a cell holds, in bare words; None where it holds none."""
    if not isinstance(value, str) or not value or len(value) > headings.LONGEST:
        return None
    return next((text for text in _spellings(value, period) if text in fields), None)


@lru_cache(maxsize=20_000)
def _spellings(text: str, period: str) -> tuple[str, ...]:
    """Give a heading in bare words, and where more stands about it, without that."""
    if not _ABOUT.search(text):
        return (words(text),)
    return words(text), _untimed(words(text), period), _untimed(words(_FOOTNOTE.sub("", text)), period)


def _untimed(text: str, period: str) -> str:
    """Take out of a heading the year and quarter that the sheet reports; any where that is not known."""
    plain = _YEAR.sub(lambda match: "" if _is_own(match, period) else match[0], headings.timed(text))
    quarter = period.partition(" ")[2].lower()
    return " ".join(_QUARTER.sub(lambda m: "" if not period or m[0] == quarter else m[0], plain).split())


def _is_own(match: re.Match[str], period: str) -> bool:
    first, second = match["first"] or match["short"], match["second"] or match["next"]
    if int(second) != (int(first) + 1) % 100:
        return False
    return not period or period.startswith(f"20{first}-{second}")


def _aside(sheet: Sheet, number: int, columns: Mapping[int, str], layout: Layout, period: str) -> dict[int, str]:
    """Give the columns of figures under a title of another stage or year, each with that title."""
    if not number:
        return {}
    groups = _groups(sheet, number - 1, max(columns) + 1)
    key = next((c for c, field in columns.items() if field == layout.key), -1)
    figures = {heading.field for heading in layout.headings if heading.kind in FIGURES}
    own = groups.get(key)
    titled = {c: groups.get(c, "") for c, field in columns.items() if field in figures}
    return {c: title for c, title in titled.items() if title and title != own and _is_other(title, period)}


def _groups(sheet: Sheet, row: int, width: int) -> dict[int, str]:
    """Give the title over each column, which stands over those to its right as well until the next one."""
    own = [sheet.text(row, c) for c in range(width)]
    if len({text for text in own if text}) < 2 and not any((row, c) in sheet.merged for c in range(width)):
        return {}
    merged = any((row, c) in sheet.merged for c in range(width))
    groups: dict[int, str] = {}
    for c, text in enumerate(own):
        if title := text or (groups.get(c - 1, "") if not merged else ""):
            groups[c] = title
    return groups


def _is_other(title: str, period: str) -> bool:
    text = words(title)
    years = list(_YEAR.finditer(text)) if period else []
    return _STAGE.search(text) is not None or (bool(years) and not any(_is_own(year, period) for year in years))
