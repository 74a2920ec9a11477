"""Words of a fixed list as officers type them: statuses, crosses and ticks, and places on a scale from 1 to 5."""

from __future__ import annotations

import re

from perfkit.intake import cells, markers
from perfkit.intake.cells import Problem
from perfkit.intake.headings import words
from perfkit.intake.layouts import text as layout_text
from perfkit.intake.layouts.said import Said
from perfkit.model.errors import one_of
from perfkit.model.layouts import Heading

_TICKS = ("✓", "✔", "☑", "✅", "√", "ü", "🗸")
"""Ticks, among them the letter that shows as one in the type Wingdings."""
_YES = ("x", "×", "☒", "yes", "y", "true", "1", "●", "•", "■", "tick", "ticked", *_TICKS)
_NO = ("", "no", "n", "false", "0", "-", "–", "—", "☐", "□", "○")
_COLOURS = ("g", "a", "r", "b", "green", "amber", "red", "blue", "ag", "ar", "amber green", "amber red", "rag",
            "a g", "a r", "r a", "g a", "red amber", "green amber", "black", "grey", "yellow")  # fmt: skip
_LONG = 10
"""Digits that no number of an item has."""
_PARTS = re.compile(r"\s+[-–—]\s+|[():;,/.]|\s+(?=\d)")
_OUT_OF = re.compile(r"(?P<own>\d)(?:\.0)?\s*(?:/|out of|of)\s*(?P<most>\d+)")
_BESIDE = re.compile(r"(?:(?P<first>\d)(?:\.0)?[\s.:=()-]*(?P<after>\D*)|(?P<before>\D*?)[\s.:=()-]*(?P<last>\d)\)?)")


def code(value: object, heading: Heading) -> Said:
    """Read a word of the heading's list or what people write for it, with a date, a tick or a colour beside it.

    >>> known = ("complete", "ongoing")
    >>> status = Heading("status", "Status", "code", "", words=known, synonyms=(("done", "complete"),))
    >>> code("DONE ✓ (12/9/24)", status).value, code("Complete / ongoing", status).problem.found
    ('complete', '"Complete / ongoing"')
    """
    text = cells.text(value).value
    if text is None:
        return Said()
    if not heading.words:
        return Said(text.lower())
    known = {words(word) or word: word for word in heading.words}
    known |= {words(other) or other: word for other, word in heading.synonyms}
    key = words(text) or text.rstrip("\ufe0e\ufe0f*")
    if key in known:
        return Said(known[key])
    if not heading.required and markers.meaning(text):
        return Said(marker=text)
    parts = [part for part in map(words, _PARTS.split(text)) if part and not part.replace(" ", "").isdecimal()]
    meant = {known.get(part, "") for part in parts if part in known or part not in _COLOURS}
    if len(meant) == 1 and "" not in meant:
        return Said(meant.pop())
    colour = "Type one of these words; a colour does not tell them."
    action = colour if parts and not meant else "Type one of these words."
    return Said(problem=Problem(cells.shown(value), one_of(heading.words), action))


def flag(value: object, heading: Heading) -> Said:
    """Read a mark that says yes, or its absence; a cross such as ✗ may mean either and is asked.

    >>> [flag(sign, Heading("deliver", "Deliver", "flag", "")).value for sign in ("x", "✓", "TRUE", "", "✗")]
    [True, True, True, False, None]
    """
    if isinstance(value, bool):
        return Said(value)
    text = (cells.text(value).value or "").lower().rstrip("\ufe0e\ufe0f*").strip()
    if text in (*_YES, heading.title.lower()):
        return Said(True)
    if text in _NO:
        return Said(False)
    return Said(problem=Problem(cells.shown(value), "x, or nothing", "Type x where it is so, else empty the cell."))


def whole(text: str, heading: Heading) -> Said:
    """Read a whole number, alone, as the number of an item, or with its word on a scale: 4, "4 - Likely", "4/5".

    >>> scale = Heading("likelihood", "Likelihood", "whole", "1 to 5", least=1, most=5, synonyms=(("likely", "4"),))
    >>> [whole(text, scale).value for text in ("4.0", "4 - Likely", "Likely (4)", "likely", "4/5", "4*")]
    [4, 4, 4, 4, 4, 4]
    >>> whole("4/4", scale).value, whole("5 - likely", scale).problem.action
    (None, 'Type the number alone: 1 to 5.')
    >>> whole("WS2", Heading("number", "No.", "whole", "")).value
    2
    """
    plain = " ".join(text.split()).rstrip("*†").strip()
    if not plain:
        return Said()
    number = cells.whole(plain)
    if number.value is not None and number.problem is None:
        return Said(int(number.value))
    found = _on_scale(plain, heading) if heading.most is not None else _item(plain)
    if found is not None:
        return Said(found)
    if not heading.required and markers.meaning(plain):
        return Said(marker=plain)
    expected = f"a number from {heading.least:g} to {heading.most:g}" if heading.most else "a whole number"
    action = f"Type the number alone: {heading.meaning}." if heading.most else "Type the number alone."
    return Said(problem=Problem(cells.shown(text), expected, action))


def _item(text: str) -> int | None:
    number = layout_text.item(text)
    return int(number) if number.isdecimal() and len(number) < _LONG else None


def _on_scale(text: str, heading: Heading) -> int | None:
    known = {name: int(place) for name, place in heading.synonyms}
    if words(text) in known:
        return known[words(text)]
    if match := _OUT_OF.fullmatch(text):
        return int(match["own"]) if int(match["most"]) == heading.most else None
    match = _BESIDE.fullmatch(text)
    if match is None:
        return None
    number = int(match["first"] or match["last"])
    word = words(match["after"] or match["before"] or "")
    return number if known.get(word, number) == number else None
