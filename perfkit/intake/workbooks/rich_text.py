"""Figures in a rich text that are no part of its number: raised to a note, as in 8¹, or struck out."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLAIN, RAISED, STRUCK = "", "raised", "struck"
_NUMBER = re.compile(r"[\s£$€+-]*[\d.,\s]*\d[\d.,\s]*%?[\d.,\s]*", re.ASCII)
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE = "\N{COMBINING LONG STROKE OVERLAY}"
_MARKED = re.compile(f"[⁰¹²³⁴⁵⁶⁷⁸⁹{_LINE}]")


def join(runs: Sequence[tuple[str, str]]) -> str:
    """Join the runs of a text, each with its manner; where they would read as one number, keep their manner in signs.

    What is raised stays raised and what is struck out stays so, so that 8 with the note 1 is never read as 81. A text
    of one run alone stays as it is, as does one of a cell that is struck out or raised as a whole.

    >>> join([("8", PLAIN), ("1", RAISED)]), join([("45", STRUCK), ("47", PLAIN)]), join([("CO", PLAIN), ("2", RAISED)])
    ('8¹', '4̶5̶47', 'CO2')
    """
    if len(runs) == 1:
        return runs[0][0]
    text = "".join(run for run, _ in runs)
    if all(manner == PLAIN for _, manner in runs) or not is_number(text):
        return text
    return "".join(_written(run, manner) for run, manner in runs)


def is_number(text: str) -> bool:
    """Say whether a text would read as a number, signs and spaces about it included.

    >>> is_number("£45.1"), is_number("CO2")
    (True, False)
    """
    return _NUMBER.fullmatch(text) is not None


def is_marked(text: str) -> bool:
    """Say whether a text holds figures that are raised or struck out, as `join` writes them.

    >>> is_marked("8¹"), is_marked("81")
    (True, False)
    """
    return _MARKED.search(text) is not None


def _written(run: str, manner: str) -> str:
    if manner == STRUCK:
        return "".join(sign + _LINE for sign in run)
    return run.translate(_ABOVE) if manner == RAISED else run


def manner(tag: str, value: str) -> str:
    """Give the manner that a property of a run asks for: ``vertAlign`` or ``strike`` with its value.

    >>> manner("vertAlign", "superscript"), manner("strike", "1"), manner("strike", "0")
    ('raised', 'struck', '')
    """
    if tag == "strike":
        return PLAIN if value in ("0", "false") else STRUCK
    return PLAIN if value == "baseline" else RAISED
