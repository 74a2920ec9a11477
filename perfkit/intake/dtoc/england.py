"""The England sheet of delayed transfers: the days of the country by setting, reason and organisation at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from perfkit.intake.dtoc import layout, words
from perfkit.intake.dtoc import rows as dtoc_rows
from perfkit.intake.dtoc.rows import Column
from perfkit.intake.dtoc.table import Floats, Ints, Markers, no_figure, numbers, whole
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

_SEARCHED = 60
"""Rows from the top within which the heading is looked for."""


@dataclass
class England:
    """The England sheet: a figure for each setting, reason and attribution."""

    sheet: Sheet
    keys: list[tuple[str, str]]
    rows: Ints
    words: list[str]
    columns: Ints
    values: Floats
    titles: dict[str, str]
    markers: Markers = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read(sheet: Sheet) -> England | None:
    """Take the England sheet's figures; None where the sheet has no heading of reasons by organisation."""
    place = next((found for r in range(min(len(sheet.rows), _SEARCHED)) if (found := _heading(sheet, r))), None)
    if place is None:
        return None
    heading, reasons, columns = place
    start, cells = heading + 1, dtoc_rows.below(sheet, heading)
    named = _named(tuple(cells[: reasons + 1]))
    there: dict[tuple[str, str], int] = {}
    filled = [row.count(None) < len(row) for row in zip(*(cells[c] for c in columns.values()), strict=True)]
    for r, key in named:
        if key not in there and filled[r]:
            there[key] = r
    titled = {letter: start + r for (_, letter), r in reversed(there.items()) if letter != ALL}
    texts = {letter: sheet.text(r, reasons) for letter, r in titled.items()}
    titles = {letter: words.REASONS.get(letter, (text, ""))[0] for letter, text in texts.items()}
    issues = [fault.at(sheet, titled[letter], reasons) for letter, text in texts.items()
              if (fault := layout.reason_fault(text, letter))]  # fmt: skip
    values, markers, strange = numbers(cells, list(there.values()), list(columns.values()))
    issues += [no_figure(sheet, start + r, column) for r, column in strange]
    rows = np.array(list(there.values()), dtype=np.int64) + start
    return England(sheet, list(there), rows, list(columns), np.array(list(columns.values()), dtype=np.int64),
                   whole(values), titles, markers, issues)  # fmt: skip


def _heading(sheet: Sheet, row: int) -> tuple[int, int, dict[str, int]] | None:
    if not [
        True
        for value in filter(None, sheet.rows[row])
        if type(value) is str and words.squeeze(value) in words.REASON_HEADINGS
    ]:
        return None
    reasons, columns = _columns(*(layout.texts(sheet, r) for r in (row, row - 1, row - 2)))
    return (row, reasons, columns) if len(columns) == len(ATTRIBUTIONS) else None


@lru_cache(maxsize=64)
def _columns(values: layout.Texts, above: layout.Texts, further: layout.Texts) -> tuple[int, dict[str, int]]:
    """Give the column of reasons, and those of the organisations' days beside it."""
    reasons = next(c for c, text in enumerate(values) if words.squeeze(text) in words.REASON_HEADINGS)
    measures = {c: key for c, text in enumerate(values) if c > reasons and (key := words.measure(text))}
    block = layout.days_block(layout.blocks(measures, values, above, further))
    return reasons, {word: c for (_, word), c in block.columns.items() if word in ATTRIBUTIONS} if block else {}


@lru_cache(maxsize=64)
def _named(columns: tuple[Column, ...]) -> tuple[tuple[int, tuple[str, str]], ...]:
    """Name what the figures of each row are of: setting and reason, by the texts up to the reason's column."""
    setting, found = "", []
    for r, (*before, last) in enumerate(zip(*columns, strict=True)):
        for word in before:
            dimension, known = words.measure(word) or ("", "")
            setting = known if dimension == "setting" or known == ALL else setting
        text = "" if last is None else str(last)
        whole_setting = words.NOTHING.fullmatch(text) or (words.measure(text) or ("", ""))[0] in (ALL, "setting")
        letter = ALL if whole_setting else words.reason(text)
        if setting in SETTINGS and letter:
            found.append((r, (setting, letter)))
    return tuple(found)
