"""The signs that stand in place of a value, and what each means; a marker is never a missing value or a zero."""

from __future__ import annotations

import re

from perfkit.model.spellings import with_plain_dashes

SUPPRESSED = "suppressed"
NOT_AVAILABLE = "not available"
NOT_APPLICABLE = "not applicable"
LOW = "low"
PROVISIONAL = "provisional"
REVISED = "revised"
PENDING = "pending"
NOTE = "see note"
RANGE = "range"

MEANINGS = {
    "[c]": SUPPRESSED,
    "c": SUPPRESSED,
    "*": SUPPRESSED,
    "x": NOT_AVAILABLE,
    "[x]": NOT_AVAILABLE,
    "-": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "...": NOT_AVAILABLE,
    "…": NOT_AVAILABLE,
    "not available": NOT_AVAILABLE,
    "[z]": NOT_APPLICABLE,
    "z": NOT_APPLICABLE,
    ".": NOT_APPLICABLE,
    "n/a": NOT_APPLICABLE,
    "na": NOT_APPLICABLE,
    "n.a.": NOT_APPLICABLE,
    "n.a": NOT_APPLICABLE,
    "n / a": NOT_APPLICABLE,
    "not applicable": NOT_APPLICABLE,
    "[low]": LOW,
    "low": LOW,
    "[k]": LOW,
    "[p]": PROVISIONAL,
    "[r]": REVISED,
    "pending": PENDING,
    "tbc": PENDING,
    "awaited": PENDING,
}
_NOTE = re.compile(r"\[notes? ?[\d, ]+\]")
_RANGE = re.compile(r"\d+(\.\d+)?% ?(to|-) ?\d+(\.\d+)?%")


def meaning(text: str) -> str | None:
    """Say what a text means that stands in place of a value, or None where it is no known marker.

    >>> meaning("[c]"), meaning("N/A"), meaning("–"), meaning("[note 1]"), meaning("70% to 100%"), meaning("see below")
    ('suppressed', 'not applicable', 'not available', 'see note', 'range', None)
    """
    tidy = with_plain_dashes(" ".join(text.split())).lower()
    if _NOTE.fullmatch(tidy):
        return NOTE
    return RANGE if _RANGE.fullmatch(tidy) else MEANINGS.get(tidy)


def stands_for_nothing(text: str) -> bool:
    """Say whether the sign of accessible tables stands where a name, a code or a note does not apply.

    >>> stands_for_nothing("[z]"), stands_for_nothing("[c]"), stands_for_nothing("England")
    (True, False, False)
    """
    return text.lower() == "[z]"
