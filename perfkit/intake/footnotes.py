"""The marks of footnotes after a name or a heading, such as Dorset*, Kent (1) and Total [note 2]."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"(?:[\s*†‡§¹²³]|\s*[\[(](?:note )?\d{1,2}[\])]|(?:(?<=[A-Za-z]{2})|(?<=[)\]]))\^?\d(?:,\d)*)+$", re.IGNORECASE
)
"""A raised figure may stand as a plain one behind a word, as in Dorset1; P0 and Q1 are words of their own."""


def bare(text: str) -> str:
    """Give a text with single spaces and without the marks of footnotes after it.

    >>> bare(" Derby  UA* "), bare("Dorset1"), bare("Kent (2)"), bare("Total [note 3]"), bare("P0"), bare("Pathway 1")
    ('Derby UA', 'Dorset', 'Kent', 'Total', 'P0', 'Pathway 1')
    """
    return _MARKS.sub("", " ".join(text.split()))
