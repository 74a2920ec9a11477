"""Ratings and arrows as they stand in returns, damaged ones included."""

from __future__ import annotations

import unicodedata

from perfkit.intake.cells import Problem, Word, fault, shown
from perfkit.intake.workbooks.grid import as_text
from perfkit.model.errors import Severity

RATINGS = {
    "g": "green", "green": "green", "a": "amber", "amber": "amber", "r": "red", "red": "red",
    "🟢": "green", "🟠": "amber", "🟡": "amber", "🔴": "red",
}  # fmt: skip
NO_RATING = ("", "not rated", "no rating", "n/a", "-", "blank")
DAMAGED_RATINGS = {
    "Α": "A", "А": "A", "α": "A", "Ð": "G", "O": "G", "Ԍ": "G", "Ꮐ": "G", "Я": "R",
}  # fmt: skip
OUTLOOKS = {
    "↑": "improving", "⇑": "improving", "▲": "improving", "⬆": "improving", "🡅": "improving", "up": "improving",
    "improving": "improving", "↗": "improving", "improved": "improving", "🠕": "improving", "⭡": "improving",
    "→": "stable", "⇒": "stable", "►": "stable", "➡": "stable", "↔": "stable", "⬌": "stable", "stable": "stable",
    "same": "stable", "static": "stable", "no change": "stable", "unchanged": "stable", "➔": "stable", "➜": "stable",
    "⟶": "stable", "⭢": "stable", "🡆": "stable", "⇨": "stable",
    "↓": "deteriorating", "⇓": "deteriorating", "▼": "deteriorating", "⬇": "deteriorating", "down": "deteriorating",
    "deteriorating": "deteriorating", "↘": "deteriorating", "worsening": "deteriorating",
    "declining": "deteriorating", "worse": "deteriorating", "🡇": "deteriorating", "⭣": "deteriorating",
}  # fmt: skip
DAMAGED_OUTLOOKS = {"1": "↑", "Τ": "↑", "Υ": "↑", "^": "↑", "->": "→", "v": "↓"}
_DRAWN = "; an icon, or a sign of a font such as Wingdings, is only drawn over it and not read."
"""What to say of a number or a single letter, which its sender may never have seen as such."""


def rating(value: object) -> Word:
    """Read a RAG letter or word; an empty cell is no rating; a letter that only looks right is taken with a warning.

    >>> rating("G").value, rating("Amber").value, rating(None).value
    ('green', 'amber', None)
    >>> rating("Α").value, rating("Α").problem.found
    ('amber', '"Α" (GREEK CAPITAL LETTER ALPHA)')
    >>> rating("X").problem.expected
    'G, A, R or nothing'
    """
    return _read(value, RATINGS, DAMAGED_RATINGS, "G, A, R or nothing")


def outlook(value: object) -> Word:
    """Read an outlook arrow or word; a sign that scanning damaged is taken with a warning.

    >>> outlook("↑").value, outlook("stable").value, outlook(1).value
    ('improving', 'stable', 'improving')
    """
    return _read(value, OUTLOOKS, DAMAGED_OUTLOOKS, "↑, → or ↓")


def _read(value: object, words: dict[str, str], damaged: dict[str, str], expected: str) -> Word:
    if problem := fault(value):
        return Word(problem=problem)
    # Some screens draw an arrow as a picture where a sign that nobody sees follows it.
    text = as_text(value).rstrip("\ufe0e\ufe0f")
    if text.lower() in NO_RATING and text not in damaged:
        return Word()
    if plain := words.get(text.lower()):
        return Word(plain)
    if meant := damaged.get(text):
        return Word(words[meant.lower()], _taken(text, meant))
    is_drawn = len(text) == 1 or isinstance(value, int | float)
    return Word(problem=Problem(shown(value), expected, f"Type one of these signs{_DRAWN if is_drawn else '.'}"))


def _taken(text: str, meant: str) -> Problem:
    name = f" ({unicodedata.name(text)})" if len(text) == 1 and not text.isascii() else ""
    return Problem(f'"{text}"{name}', meant, f"It was read as {meant}; type {meant} itself.", Severity.WARNING)
