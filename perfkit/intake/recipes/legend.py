"""What the notes at the foot of a sheet say of its markers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfkit.intake.coded import Ints
from perfkit.intake.recipes.layout import Found
from perfkit.intake.workbooks.grid import Sheet

_FOOT = 60
"""Rows from the bottom in which markers are explained."""
_EXPLAINED = re.compile(r"(?P<marker>\*+|\[\w+\]|[†‡:~]) ?[-=:]? ?(?P<text>\S.{9,})")


def read(sheet: Sheet, found: Found, rows: Ints, meanings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Give what each marker means and the note's own words; ``rows`` of figures are no notes."""
    told: dict[str, tuple[str, str]] = {}
    if not meanings:
        return told
    foot = range(max(found.row + 1, len(sheet.rows) - _FOOT), len(sheet.rows))
    figures = set(rows[-_FOOT:].tolist())
    for row in (sheet.rows[number] for number in foot if number not in figures):
        filled = [value for value in row[:12] if value not in (None, "")]
        if not 0 < len(filled) <= 3:
            continue
        texts = dict.fromkeys(" ".join(str(value).split()) for value in filled)
        if match := _EXPLAINED.fullmatch(" ".join(texts)):
            text = match["text"]
            meaning = next((said for words, said in meanings.items() if re.search(words, text, re.IGNORECASE)), None)
            if meaning:
                told.setdefault(match["marker"].lower(), (meaning, text))
    return told
