"""What a column of a discharge workbook counts: by the title of its table, or where that says nothing, by its headings.

Tables are numbered and worded anew from year to year, so neither a number nor one exact wording is relied on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfkit.intake.discharge import daily
from perfkit.intake.discharge.counts import COUNTS, WEEKLY
from perfkit.intake.discharge.layout import Column, Table
from perfkit.intake.discharge.said import Said, is_other, stay
from perfkit.intake.headings import words

BASE_STAY = "14"
"""Days in hospital from which the reasons for staying were published from 2022 on."""


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


def of(table: Table) -> list[tuple[Column, Said]]:
    """Say what each column gives; those are left out that say nothing known."""
    kind = _kind(table)
    if kind == "discharged_to":
        told = [column for column in table.columns if _may_be(column, _WAITING)]
        sure = [column for column in told if _names_pathway(column)]
        return [(column, _destination(column)) for column in (sure if 2 * len(sure) > len(told) else told)]
    if kind == "delayed_by_reason":
        of_all = stay(table.title) or next(filter(None, map(_stay_over, table.columns)), "")
        return [(column, _reason(column, _stay_over(column) or of_all))
                for column in table.columns if _may_be(column, _PLACE)]  # fmt: skip
    if kind is None:
        return []
    read = ((column, (_bed_days if kind else daily.count)(column, table.title)) for column in table.columns)
    return [(column, said) for column, said in read if said is not None]


def _may_be(column: Column, other: re.Pattern[str]) -> bool:
    """Say whether a column may be one of its table's: no share, and not in the words of the ``other`` table.

    Destinations and reasons may stand side by side.
    """
    heading = words(column.heading)
    return bool(heading) and not other.match(heading) and not any(map(is_other, (*column.over, column.heading)))


def _stay_over(column: Column) -> str:
    return next(filter(None, map(stay, reversed(column.over))), "")


def _names_pathway(column: Column) -> bool:
    texts = [words(text) for text in (column.heading, *column.over)]
    return _TOTAL.fullmatch(texts[0]) is not None or any(map(_DESTINATION.fullmatch, texts))


def _kind(table: Table) -> str | None:
    """Say what a table measures, "" where each column says it, and None where neither title nor headings tell."""
    said, headings = words(table.title), [words(column.heading) for column in table.columns if column.heading]
    delayed = any("delayed bed days" in heading and not is_other(heading) for heading in headings)
    if (is_other(table.title) and not delayed) or any(_MONTH.fullmatch(heading) for heading in headings):
        return None
    if any(map(daily.counts, headings)):
        return None if "average" in said else ""
    if (
        delayed
        or sum("bed days" in heading for heading in headings) * 2 > len(headings)
        or (re.search(r"additional (bed )?days", said) and any(map(stay, headings)))
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


def _bed_days(column: Column, title: str) -> Said | None:
    if any(map(is_other, (*column.over, column.heading))):
        return None
    # Those delayed in the month are counted since August 2025; additional ones, on one day of each week.
    delayed = "delayed bed days" in words(column.heading)
    usual = (stay(title) or "all") if delayed else ""
    days = next(filter(None, map(stay, (column.heading, *reversed(column.over)))), usual)
    return Said("delayed_bed_days" if delayed else WEEKLY, days, column.heading, "bed days") if days else None


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
    if counted := daily.count(column, group):
        return counted
    if "bed days" in heading:
        return _bed_days(column, group)
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
