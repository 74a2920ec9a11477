"""What a column of a discharge workbook counts: by the title of its table, or where that says nothing, by its headings.

Tables are numbered and worded anew from year to year, so neither a number nor one exact wording is relied on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from perfkit.intake.discharge.counts import COUNTS
from perfkit.intake.discharge.layout import Column, Table
from perfkit.intake.headings import words

BASE_STAY = "14"
"""Days in hospital from which the reasons for staying were published from 2022 on."""


class Said(NamedTuple):
    """What a column gives: measure, breakdown, its title and unit."""

    measure: str
    breakdown: str
    title: str
    unit: str


_WHO = r"(?:(?:total )?(?:daily )?(?:number of )?(?:adult )?(?:patients|people|inpatients) )"
_COUNTS = (
    (re.compile(_WHO + r"(?:(?:who )?remain(?:ing|ed)?|still|not discharged|who were not discharged).*"), "remaining"),
    (re.compile(_WHO + r".*criteria to reside (?:but|and|who) (?:are |were |was )?not discharged.*"), "remaining"),
    (re.compile(_WHO + r"(?:(?:who )?(?:do not|did not|no|not|no longer|who are not|with no|without) (?:longer )?"
                       r"(?:meet|meets|met|meeting)? ?(?:the )?criteria to reside).*"), "not_meeting_criteria"),
    (re.compile(_WHO + r"(?:who were |that were )?discharged(?P<when>.*)"), "discharged"),
)  # fmt: skip
_OTHER = re.compile(r"percent|proportion|%|\brates?\b|\bcosts?\b|£|discharge ready")
"""Words over figures that are no counts of patients or days, such as what delays cost since August 2025."""
_REASON = re.compile(r"await|homeless|safeguarding|no plan|repatriation|not in agreement|infectious|board round|"
                     r"readmission|transfer back|delay|dispute|capacity|decision|"
                     r"(hospital|hub|interface) process|wellbeing concern")  # fmt: skip
_DESTINATION = re.compile(r"p(?:athway )?(?P<pathway>[0-3])b?\b.*")
_PLACE = re.compile(r"p[0-3]b? ")
"""How a destination's heading begins, and no reason's."""
_WAITING = re.compile(
    r"(pathway \d )?await|(hospital|care transfer hub|interface) process|wellbeing concern|capacity\b"
)
"""How a reason's heading begins, and no destination's."""
_TOTAL = re.compile(
    r"(?:total|all|total (?:number of )?(?:patients )?discharged|total discharges|(?:grand|month) total)"
)
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (20)?\d\d")
"""A table of a column a month is a series, and none of the month."""
_PATHWAY = re.compile(r"(?:p|pathway )([0-3]b?)")
_PATHWAY_TOTAL = re.compile(r"(?:p|pathway )?(?P<pathway>[0-3])(?: total|)|total (?:p|pathway )(?P<other>[0-3])")
_STAY = re.compile(
    r"(?P<low>\d+) ?(?:-|–|to) ?(?P<high>\d+) days|(?:over|more than|>) ?(?P<over>\d+) days|"
    r"(?:≥|>=|at least|minimum of)? ?(?P<least>\d+) ?(?:\+|days|or more|or over|and over|plus)",
    re.IGNORECASE,
)


def of(table: Table) -> list[tuple[Column, Said]]:
    """Say what each column gives; those are left out that say nothing known."""
    kind = _kind(table)
    if kind == "discharged_to":
        told = [column for column in table.columns if _may_be(column, _WAITING)]
        sure = [column for column in told if _names_pathway(column)]
        return [(column, _destination(column)) for column in (sure if 2 * len(sure) > len(told) else told)]
    if kind == "delayed_by_reason":
        days = stay(table.title) or next((s for c in table.columns for text in c.over if (s := stay(text))), "")
        return [(column, _reason(column, days)) for column in table.columns if _may_be(column, _PLACE)]
    read = {"": _count, "additional_bed_days": _bed_days, None: None}[kind]
    return [(column, said) for column in table.columns if read and (said := read(column)) is not None]


def _may_be(column: Column, other: re.Pattern[str]) -> bool:
    """Say whether a column may be one of its table's: no share, and not in the words of the ``other`` table.

    Destinations and reasons may stand side by side.
    """
    heading = words(column.heading)
    return bool(heading) and not other.match(heading) and not any(map(is_other, (*column.over, column.heading)))


def _names_pathway(column: Column) -> bool:
    texts = [words(text) for text in (column.heading, *column.over)]
    return _TOTAL.fullmatch(texts[0]) is not None or any(map(_DESTINATION.fullmatch, texts))


@lru_cache(maxsize=1024)
def is_other(text: str) -> bool:
    """Say whether a text stands over figures that are no counts of patients or days.

    >>> is_other("Delay reason LOS 7+ cost"), is_other("Delay reason LOS 7+")
    (True, False)
    """
    return _OTHER.search(text.lower()) is not None


def _kind(table: Table) -> str | None:
    """Say what a table measures, "" where each column says it, and None where neither title nor headings tell."""
    said, headings = words(table.title), [words(column.heading) for column in table.columns if column.heading]
    if is_other(table.title) or any(_MONTH.fullmatch(heading) for heading in headings):
        return None
    if any(_counted(heading) for heading in headings):
        return None if "average" in said else ""
    if sum("bed days" in heading for heading in headings) * 2 > len(headings) or (
        re.search(r"additional (bed )?days", said) and any(map(stay, headings))
    ):
        return "additional_bed_days"
    if "bed days" in said:
        return None
    if re.search(r"snapshot average|\breasons?\b", said):
        return "delayed_by_reason"
    if re.search(r"discharge destination|destination|pathway", said):
        return "discharged_to"
    for form, measure in ((_REASON, "delayed_by_reason"), (_DESTINATION, "discharged_to")):
        if sum(form.search(heading) is not None for heading in headings) * 2 > len(headings):
            return measure
    return None


@lru_cache(maxsize=512)
def _counted(heading: str) -> tuple[str, str] | None:
    for form, name in _COUNTS:
        if (match := form.fullmatch(heading)) and not is_other(heading):
            when = (match.groupdict().get("when") or "").strip()
            return name, "all" if when in ("", "total", "in total") else when
    return None


def _count(column: Column) -> Said | None:
    """Read one of the counts of a day; the heading may stand over the day, or above another line."""
    if column.day is None and any("average" in text.lower() for text in column.over):
        return None
    for heading in (column.heading, *reversed(column.over)):
        if found := _counted(words(heading)):
            return Said(*found, found[1], "patients")
    return None


def _bed_days(column: Column) -> Said | None:
    for heading in (column.heading, *reversed(column.over)):
        if days := stay(heading):
            return Said("additional_bed_days", days, column.heading, "bed days")
    return None


@lru_cache(maxsize=512)
def stay(text: str) -> str:
    """Give the length of stay that a text speaks of, "" for none.

    >>> stay("length of stay of 7+ days"), stay("length of stay 14 days or over"), stay("7 - 13 days"), stay("All")
    ('7 days or more', '14 days or more', '7 to 13 days', '')
    """
    match = _STAY.search(text)
    if match is None:
        return ""
    if match["low"]:
        return f"{match['low']} to {match['high']} days"
    return f"{int(match['over']) + 1 if match['over'] else match['least']} days or more"


def of_words(metric: str, group: str) -> Said | None:
    """Say what the name of a metric counts, with the group that it is listed in ("" for none).

    >>> of_words("Number of patients discharged", "")
    Said(measure='discharged', breakdown='all', title='all', unit='patients')
    >>> of_words("Pathway 1: awaiting availability of resource", "Delay reason").measure
    'delayed_by_reason'
    """
    column, heading, listed = Column(0, None, False, " ".join(metric.split())), words(metric), words(group)
    if is_other(metric) or is_other(group) or not heading:
        return None
    if counted := _count(column):
        return counted
    if "bed days" in heading:
        return _bed_days(column)
    if "bed days" in listed:
        return None
    if "reason" in listed or (_REASON.search(heading) and "destination" not in listed):
        return _reason(column, stay(group))
    return _destination(column) if "destination" in listed or _DESTINATION.fullmatch(heading) else None


def _destination(column: Column) -> Said:
    """Keep totals apart, which would be counted twice among the destinations."""
    heading = words(column.heading)
    if _PATHWAY_TOTAL.fullmatch(heading):
        return Said("discharged_to_pathway", heading, column.heading, "patients")
    if _TOTAL.fullmatch(heading):
        over = next((match for text in reversed(column.over) if (match := _PATHWAY_TOTAL.fullmatch(words(text)))), None)
        if over:
            return Said("discharged_to_pathway", f"{words(over[0])} total", column.heading, "patients")
        return Said("discharged_to_total", "all", column.heading, "patients")
    over = next((match for text in reversed(column.over) if (match := _PATHWAY.fullmatch(words(text)))), None)
    if over and pathway(heading) is None:
        return Said("discharged_to", f"p{over[1]} {heading}", f"P{over[1]} - {column.heading}", "patients")
    return Said("discharged_to", heading, column.heading, "patients")


def _reason(column: Column, days: str) -> Said:
    """Keep apart what another length of stay than usual gives, and totals."""
    heading = words(column.heading)
    apart = "" if not days or days.split()[0] == BASE_STAY else f"_{words(days).replace(' ', '_')}"
    if _TOTAL.fullmatch(heading):
        return Said(f"delayed_total{apart}", "all", column.heading, "people a day")
    return Said(f"delayed_by_reason{apart}", heading, column.heading, "people a day")


def pathway(breakdown: str) -> str | None:
    """Give the pathway that a destination belongs to, None where it names none.

    >>> pathway("p3b care home existing resident discharged back"), pathway("pathway 0 total"), pathway("hotel")
    ('3', '0', None)
    """
    match = _DESTINATION.fullmatch(breakdown)
    return match["pathway"] if match else None


def alone(told: Sequence[tuple[Column, Said]]) -> list[tuple[Column, Said]]:
    """Tell apart columns of one day that bear one heading under different ones, such as Other under each pathway."""
    seen: dict[tuple[object, str, str], int] = {}
    for column, said in told:
        key = (column.day, said.measure, said.breakdown)
        seen[key] = seen.get(key, 0) + 1
    return [
        (column, _with_over(column, said) if seen[column.day, said.measure, said.breakdown] > 1 else said)
        for column, said in told
    ]


def _with_over(column: Column, said: Said) -> Said:
    if said.measure in COUNTS or not column.over:
        return said
    whole = f"{column.over[-1]} {column.heading}"
    return said._replace(breakdown=words(whole), title=whole)
