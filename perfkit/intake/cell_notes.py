"""Notes and comments pinned to the cells of what a council sends: no reader takes them, so their words are told."""

from __future__ import annotations

from perfkit.intake.cells import shown
from perfkit.intake.workbooks.grid import Place, Sheet, cell_name
from perfkit.model import template_notes
from perfkit.model.errors import Issue, Severity, Where

MOST = 20
"""Issues that the notes of one sheet make at most."""
_LONGEST, _HEAD, _WORD = 160, 5_000, 40
_EXPECTED = "what matters in the cells themselves"
_ACTION = "Notes pinned to cells are not read; write it under Comments, or in a column of notes, if it matters."


def tell(sheet: Sheet) -> list[Issue]:
    """Warn of every note that is neither empty nor a template's own; those beyond `MOST` are told at once.

    >>> rows = [["No.", "Q1 Actual"], [1, 2]]
    >>> print(*tell(Sheet("SCS.xlsx", "A", rows, notes={(1, 1): "Provisional,\\nto be confirmed"})))
    SCS.xlsx, sheet A, cell B2: found the note "Provisional, to be confirmed", expected what matters in the cells \
themselves. Notes pinned to cells are not read; write it under Comments, or in a column of notes, if it matters.
    """
    if sheet.notes is None:
        found, action = (
            "notes pinned to cells that cannot be read",
            "Open it in Excel, and write in cells what they say.",
        )
        return [Issue(Where(sheet.file, sheet.name), found, _EXPECTED, action, Severity.WARNING)]
    notes = {place: words for place, text in sorted(sheet.notes.items()) if (words := _words(text))}
    told = list(notes) if len(notes) <= MOST else list(notes)[: MOST - 1]
    issues = [_issue(sheet, place, f"the note {shown(notes[place], longest=_LONGEST)}") for place in told]
    if more := list(notes)[len(told) :]:
        issues.append(_issue(sheet, more[0], f"{len(more)} more notes, from here to {cell_name(*more[-1])}"))
    return issues


def _issue(sheet: Sheet, place: Place, found: str) -> Issue:
    return sheet.issue(*place, found=found, expected=_EXPECTED, action=_ACTION, severity=Severity.WARNING)


def _words(text: str) -> str:
    """Give a note's words without signs that nobody sees and what a template wrote; long ones, as links are, cut."""
    seen = "".join(sign for sign in text.strip()[:_HEAD] if sign.isprintable() or sign.isspace())
    own = template_notes.without(" ".join(seen.split()))
    return " ".join(word if len(word) <= _WORD else f"{word[: _WORD - 3]}..." for word in own.split())
