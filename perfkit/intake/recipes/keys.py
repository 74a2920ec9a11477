"""What the keys of a recipe may say: which there are, and of what kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Set
from pathlib import Path

from perfkit.model import periods
from perfkit.model.errors import ParameterError

WHOLE = frozenset({"release", "title", "publisher", "status", "recognise", "period", "markers", "legend", "units",
                   "levels", "ignore", "checks", "headings", "table"})  # fmt: skip
"""Keys of a recipe itself, which stand above its first line in square brackets."""


def known(path: Path, told: Mapping[str, object], allowed: Set[str], under: str) -> None:
    """Check that all keys mean something where they stand; raises `ParameterError`."""
    for key in told:
        if key not in allowed:
            place = f"[{under}] " if under else ""
            high = under and key in WHOLE and not isinstance(told[key], dict)
            remedy = (
                "put it above the first line in square brackets"
                if high
                else f"the keys there are {', '.join(sorted(allowed))}"
            )
            raise ParameterError(f'The recipe {path.name} has the key {place}"{key}", which means nothing; {remedy}.')


def word(path: Path, key: str, value: str, allowed: tuple[str, ...]) -> str:
    """Give a word that is one of some; raises `ParameterError`."""
    if value not in allowed:
        raise ParameterError(f'The recipe {path.name} says {key} = "{value}"; it may be {", ".join(allowed)}.')
    return value


def text(value: object) -> str:
    """Give a text; raises `TypeError` for all else.

    >>> text("tonnes")
    'tonnes'
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def texts(value: object) -> tuple[str, ...]:
    """Give one text, or several in square brackets; raises `TypeError` for all else.

    >>> texts("a"), texts(["a", "b"]), texts(None)
    (('a',), ('a', 'b'), ())
    """
    if value is None:
        return ()
    return tuple(map(text, value)) if isinstance(value, list) else (text(value),)


def last_day(label: object) -> dt.date:
    """Give the last day of a period; raises `TypeError` for what is no text and `ParseError` for what is no period.

    >>> last_day("2026-27 Q1")
    datetime.date(2026, 6, 30)
    """
    last: dt.date = periods.parse(text(label)).end_time.date()
    return last


def pattern(form: str) -> re.Pattern[str]:
    """Read a pattern, for which capitals are as small letters."""
    return re.compile(form, re.IGNORECASE)


def any_of(forms: object) -> re.Pattern[str]:
    """Read patterns, any of which may fit; none of none."""
    return pattern("|".join(texts(forms)) or r"(?!)")


def rewrite(pair: object) -> tuple[re.Pattern[str], str]:
    """Read a pattern and what it is written as; raises `ValueError` or `re.error`."""
    said = texts(pair)
    if len(said) != len(("pattern", "text")):
        raise ValueError(f"{pair!r} is no pair of texts")
    form = pattern(said[0])
    form.sub(said[1], "")
    return form, said[1]
