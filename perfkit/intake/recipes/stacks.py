"""Headings that go on over several rows: what stands above each of them, and where the last of their rows is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perfkit.intake import markers
from perfkit.intake.recipes import bare
from perfkit.intake.workbooks.grid import Sheet, Value, as_text

HIGHEST = 8
"""Rows over which a heading may go on upwards."""
_TITLED = 2
"""First columns in which titles stand."""
_NOTE = "see note"
"""What a mark such as [note 1] means, which may stand beside a heading."""
_EMPTY = 1
"""Empty rows that may lie between the rows of one heading."""


def above(sheet: Sheet, row: int, nearest: Sequence[str], *, top: int) -> list[tuple[str, ...]]:
    """Give what stands above each column of a row of headings, in bare words, the nearest first.

    ``nearest`` is the row above as it is to be read; nothing is taken from above the row ``top``.

    >>> sheet = Sheet("a.xlsx", "1", [["Children", "Children"], ["aged 1", None], ["(thousands)", "MMR"]])
    >>> above(sheet, 2, ["aged 1", ""], top=0)
    [('aged 1', 'children'), ('children',)]
    """
    rows = _higher(sheet, row, nearest, top)
    return [_distinct([words[c] for words in rows if c < len(words)]) for c in range(len(sheet.rows[row]))]


def spread(sheet: Sheet, row: int, nearest: Sequence[str], *, top: int, over: Collection[int]) -> list[tuple[str, ...]]:
    """Give what stands above each column where headings of groups are not merged: each goes on until the next.

    Groups are only spread to the columns ``over`` which they may stand, and merged ones never. A row of them is left as
    it is where a heading before its first group comes again in a group: its texts may stand in the middle of theirs.

    >>> sheet = Sheet("a.xlsx", "1", [[None, "Owed", None, "Ended", None], ["Area", "People", "%", "People", "%"]])
    >>> spread(sheet, 1, ["", "owed", "", "ended", ""], top=0, over={2, 4})
    [(), ('owed',), ('owed',), ('ended',), ('ended',)]
    """
    own = [bare(value) if isinstance(value, str) else "" for value in sheet.rows[row]]
    rows, starts = _higher(sheet, row, nearest, top), set[int]()
    for number, words in zip(range(row - len(rows), row), reversed(rows), strict=True):
        begun = [c for c, text in enumerate(words) if text]
        before = {own[c] for c in over if begun and c < begun[0]}
        if not begun or (len(begun) == 1 and begun[0] < _TITLED) or before & set(own[begun[0] :]):
            continue
        words += [""] * (len(own) - len(words))
        group = ""
        for c in range(begun[0], len(own)):
            group = words[c] or ("" if c in starts else group)
            words[c] = group if c in over else words[c]
            group = "" if (number, c) in sheet.merged else group
        starts |= set(begun)
    return [_distinct([words[c] for words in rows if c < len(words)]) for c in range(len(own))]


def _higher(sheet: Sheet, row: int, nearest: Sequence[str], top: int) -> list[list[str]]:
    """Give the rows of one heading above its last, the nearest first."""
    rows, empty = [list(nearest)], 0 if any(nearest) else 1
    for higher in range(row - 2, max(top, row - HIGHEST) - 1, -1):
        words = [bare(value) if isinstance(value, str) else "" for value in sheet.rows[higher]]
        empty += not any(words)
        if empty > _EMPTY:
            break
        rows.append(words)
    return rows


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for i, text in enumerate(texts) if text and text not in texts[:i])


def written(value: Value) -> Value:
    """Write a heading that is a whole number in figures: ages and years are often kept as numbers.

    >>> written(2021.0), written(0.5), written("MMR")
    ('2021', 0.5, 'MMR')
    """
    return as_text(value) if isinstance(value, float) and value.is_integer() else value


def heading(sheet: Sheet, row: int, column: int) -> str:
    """Give a heading as it stands in the sheet, or where its cell is empty the nearest text above."""
    own = row_of(sheet, row, column)
    return "" if own is None else as_text(sheet.at(own, column))


def row_of(sheet: Sheet, row: int, column: int) -> int | None:
    """Give the row in which a column's heading stands: that of the headings, or the nearest above with a text.

    None where there is no text, or only a title: a text in one of the first columns that is alone in its row.
    """
    if column < len(sheet.rows[row]) and _is_text(written(sheet.rows[row][column])):
        return row
    rows = range(row - 1, max(-1, row - HIGHEST - 1), -1)
    own = next((r for r in rows if column < len(sheet.rows[r]) and _is_text(sheet.rows[r][column])), None)
    titled = own is not None and column < _TITLED and sum(map(_is_text, sheet.rows[own])) == 1
    return None if titled else own


def goes_on(sheet: Sheet, row: int, columns: Collection[int]) -> bool:
    """Say whether the row below headings is one of headings too: it names nothing, and has words but no figures.

    ``columns`` are those that say what a row is about.
    """
    if row + 1 >= len(sheet.rows):
        return False
    below = sheet.rows[row + 1]
    names = all(c >= len(below) or below[c] in (None, "", sheet.at(row, c)) for c in columns)
    return names and any(map(_is_text, below)) and not any(map(_is_figure, below))


def _is_figure(value: Value) -> bool:
    """Say whether a cell holds a number, or a marker in its place."""
    marker = markers.meaning(value) if isinstance(value, str) else None
    return isinstance(value, int | float) or marker not in (None, _NOTE)


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and bool(value.strip())
