"""The counts of each day by their headings: who no longer meets the criteria, who was discharged and who remains."""

from __future__ import annotations

import re
from functools import lru_cache

from perfkit.intake.discharge.layout import Column
from perfkit.intake.discharge.said import Said, is_other, stay
from perfkit.intake.headings import words

_WHO = r"(?:(?:total )?(?:daily )?(?:number of )?(?:adult )?(?:patients|people|inpatients) )"
_MEET = r"(?:longer )?(?:meet|meets|met|meeting)? ?(?:the )?criteria to reside"
_COUNTS = (
    (re.compile(_WHO + rf"(?:(?:who )?remain(?:ing|ed)?|still|(?:who were )?not discharged)(?: (?:in|at) "
                       rf"(?:(?:a|the|community|acute) )*(?:hospital|bed|setting|trust)s?)*"
                       rf"(?: (?:who|that|and|with) .*?{_MEET})?(?P<when>.*)"), "remaining"),
    (re.compile(_WHO + r".*criteria to reside (?:but|and|who) (?:are |were |was )?not discharged(?P<when>.*)"),
     "remaining"),
    (re.compile(_WHO + r"(?:who )?(?:do not|did not|not|no longer|are not|(?:have |had |with )?no|without) "
                       rf"{_MEET}(?P<when>.*)"),
     "not_meeting_criteria"),
    (re.compile(_WHO + r"(?:who were |that were )?discharged(?P<when>.*)"), "discharged"),
)  # fmt: skip
"""What a heading counts. What follows is a part of the day or of the patients, and no count of all."""
_ALL = re.compile(r"(?:in )?(?:total|all)|(?:(?:at|by) )?(?:the )?(?:end of (?:the )?day|midnight|23 ?59)|today|"
                  r"(?:(?:that|each|on the|on that|per) )?day")  # fmt: skip
_OF_A_STAY = re.compile(r"\blos\b|\bstay|\bdays\b")


def count(column: Column, title: str = "") -> Said | None:
    """Read one of the counts of a day; the heading may stand over the day, or above another line.

    The length of stay may be told by it, by those over it, or by the ``title`` of the table.
    """
    if column.day is None and any("average" in text.lower() for text in column.over):
        return None
    for heading in (column.heading, *reversed(column.over)):
        if found := _counted(words(heading)):
            measure, when = found
            days = next(filter(None, map(stay, (column.heading, *reversed(column.over), title))), "")
            if days and (when == "all" or _OF_A_STAY.search(when)):
                when = days
            return Said(measure, when, when, "patients")
    return None


def counts(heading: str) -> bool:
    """Say whether a heading, in bare words, is of a count of a day.

    >>> counts("number of patients discharged by 17 00"), counts("p0 domestic home")
    (True, False)
    """
    return _counted(heading) is not None


@lru_cache(maxsize=512)
def _counted(heading: str) -> tuple[str, str] | None:
    for form, name in _COUNTS:
        if (match := form.fullmatch(heading)) and not is_other(heading):
            when = match["when"].strip()
            return name, "all" if not when or _ALL.fullmatch(when) else when
    return None
