"""Monthly discharge figures as one long list (the CSV webfiles since April 2024), a figure a row, to the same grids.

Each row names its level (National, Region, ICB, Provider), organisation, period, metric and value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfkit.intake.discharge import counts as discharge_counts
from perfkit.intake.discharge import measures
from perfkit.intake.discharge.counts import WEEKLY, Counts, Kind
from perfkit.intake.discharge.days import belongs, day_of
from perfkit.intake.discharge.figures import MEANINGS, problems, withheld
from perfkit.intake.discharge.rows import Organisation, region_of
from perfkit.intake.discharge.said import ALONE, NEVER, Said, is_made, is_other
from perfkit.intake.headings import words
from perfkit.intake.named_months import month_in, month_of
from perfkit.intake.recipes import values
from perfkit.intake.recipes.values import Figures
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity, Where

_NEEDED = ("level", "period", "metric", "value", "org code", "org name")
_ALIASES = {"organisation code": "org code", "organisation name": "org name", "provider code": "org code",
            "provider name": "org name", "date": "period", "measure": "metric", "geography level": "level",
            "organisation level": "level", "metric value": "value", "measure value": "value"}  # fmt: skip
_LEVELS = ((re.compile(r"national|england|country"), "country"), (re.compile(r".*region.*"), "region"),
           (re.compile(r"icbs?|ics|integrated care boards?|board|system"), "board"),
           (re.compile(r"provider|trust|org|organisation"), "trust"))  # fmt: skip
_WHO, _WHAT = ("level", "org code", "org name", "region"), ("period", "metric", "metric group")
_DEPTH, _WIDTH, _MOST, _SHORT = 25, 20, 50, 40
_FEW = 0.05
"""The share of rows that may have no day nor month."""
_STRAY = 10
"""The most days of another month that a list of one month has."""
_KNOWN = "a count that perfkit knows"
_ACTIONS = {_KNOWN: "was it added or renamed?", ALONE: NEVER}
"""What to do about rows that are not read, by what was expected of them."""
Who = tuple[str, str]
What = tuple[object, ...]


@dataclass(frozen=True)
class _List:
    """The rows of a list: where its headings stand, and the place of each column."""

    sheet: Sheet
    top: int
    columns: Mapping[str, int]

    def cells(self, row: int, names: Sequence[str]) -> tuple[Value, ...]:
        """Give a row's cells by their headings, None where there is no such column."""
        return tuple([self.sheet.at(row, self.columns[name]) if name in self.columns else None for name in names])

    def text(self, row: int, name: str) -> str:
        """Give a cell's text by its heading, "" where there is no such column."""
        return self.sheet.text(row, self.columns[name]) if name in self.columns else ""


def recognises(workbook: Workbook) -> bool:
    """Say whether a file is such a list.

    >>> rows = [["Level", "Period", "Org Code", "Org Name", "Metric", "Value"],
    ...         ["National", "01/04/2024", "[z]", "England", "Number of patients discharged", "12"]]
    >>> recognises(Workbook("april24.csv", (Sheet("april24.csv", "", rows),)))
    True
    """
    return any(
        (found := _find(sheet)) is not None
        and any(_said(found, row) for row in range(found.top + 1, min(found.top + _DEPTH, len(sheet.rows))))
        for sheet in workbook.sheets
    )


def _find(sheet: Sheet) -> _List | None:
    for r, row in enumerate(sheet.rows[:_DEPTH]):
        first = row[:_WIDTH]
        texts = [value for value in first if type(value) is str]
        if len(texts) < len(_NEEDED) or "level" not in " ".join(texts).lower():
            continue
        own = {c: words(value) for c, value in enumerate(first) if type(value) is str and len(value) < _SHORT}
        columns = {_ALIASES.get(text, text): c for c, text in reversed(own.items())}
        if all(name in columns for name in _NEEDED):
            return _List(sheet, r, columns)
    return None


def month(workbook: Workbook, issues: list[Issue]) -> pd.Period | None:
    """Give the month that most rows are of; an issue where the file's name tells another, or there are several.

    A few days of another month come with weeks, or by mistake, and are told row by row.
    """
    days = [day_of(found.sheet.at(r, found.columns["period"])) for found in _lists(workbook)
            for r in range(found.top + 1, len(found.sheet.rows))]  # fmt: skip
    if strange := _no_days(workbook, days.count(None)):
        issues.append(strange)
        return None
    months = Counter((day.year, day.month) for day in days if day)
    named = month_in(workbook.file)
    if not months:
        issues.append(Issue(Where(workbook.file), "no period that is a day", "days such as 01/04/2024 under Period",
                            "Correct the column, or fetch the file again."))  # fmt: skip
        return None
    (year, number), _ = max(months.items(), key=lambda pair: (pair[1], pair[0]))
    usual = pd.Period(year=year, month=number, freq="M")
    whole = Counter((day.year, day.month) for day in {day for day in days if day})
    several = [pd.Period(year=y, month=m, freq="M") for (y, m), count in sorted(whole.items()) if count > _STRAY]
    if len(several) > 1:
        first, last = periods.label(several[0]), periods.label(several[-1])
        issues.append(Issue(Where(workbook.file), f"days of {len(several)} months, {first} to {last}",
                            "those of one month", "Load the file of each month instead."))  # fmt: skip
        return None
    if named is not None and named != usual:
        issues.append(Issue(Where(workbook.file), f'days of "{periods.label(usual)}"',
                            f"{periods.label(named)}, as the file's name says",
                            "Rename the file, or fetch the right month."))  # fmt: skip
    return usual


def _no_days(workbook: Workbook, without: int) -> Issue | None:
    """Tell of a list whose periods are no days nor months, as where days are written after months."""
    cells = [(found, r) for found in (_lists(workbook) if without else ())
             for r in range(found.top + 1, len(found.sheet.rows))]  # fmt: skip
    strange = [(found, r) for found, r in cells if (text := found.text(r, "period")) and not day_of(text)
               and not month_of(text)]  # fmt: skip
    if len(strange) <= _FEW * len(cells):
        return None
    found, r = strange[0]
    return found.sheet.issue(r, found.columns["period"], found=f'"{found.text(r, "period")}" (and {len(strange) - 1} '
                             "more)", expected="a day such as 01/04/2024, the day before the month",
                             action="Fetch the file again, or write its days so.")  # fmt: skip


def _lists(workbook: Workbook) -> list[_List]:
    return [found for sheet in workbook.sheets if (found := _find(sheet)) is not None]


def read(workbook: Workbook, month: pd.Period, issues: list[Issue]) -> list[Counts]:
    """Read each list into grids of organisations by counts; organisations with the same counts share one."""
    return [table for found in _lists(workbook) for table in _read(found, month, issues)]


def _read(found: _List, month: pd.Period, issues: list[Issue]) -> list[Counts]:
    rows = [r for r in range(found.top + 1, len(found.sheet.rows)) if any(found.sheet.rows[r])]
    value = found.columns["value"]
    figures = values.read([found.sheet.at(r, value) for r in rows], meanings=MEANINGS)
    issues += problems(found.sheet, figures, lambda i: (rows[i], value))
    places: dict[Who, dict[What, int]] = {}
    organisations: dict[Who, Organisation] = {}
    kinds: dict[What, Kind] = {}
    told: list[Issue] = []
    # A list repeats its organisations and counts in thousands of rows; what nobody knows is looked at again and told.
    orgs: dict[tuple[Value, ...], Organisation | None] = {}
    said: dict[tuple[Value, ...], Kind | None] = {}
    for i, r in enumerate(rows):
        labels, words_of = found.cells(r, _WHO), found.cells(r, _WHAT)
        org = orgs.get(labels) or orgs.setdefault(labels, _organisation(found, r, told))
        kind = said.get(words_of) or said.setdefault(words_of, _kind(found, r, month, told))
        if org is None or kind is None:
            continue
        who, what = (org.kind, org.code), (kind.day, kind.weekly, kind.measure, kind.breakdown)
        organisations.setdefault(who, org)
        kinds.setdefault(what, kind)
        before = places.setdefault(who, {}).setdefault(what, i)
        if before != i and not _same(figures, before, i):
            told.append(_again(found, r, rows[before], org))
    issues += sorted(dict.fromkeys(told))[:_MOST]
    return _grids(found, (rows, figures), (organisations, kinds), places)


def _grids(
    found: _List,
    read: tuple[list[int], Figures],
    known: tuple[Mapping[Who, Organisation], Mapping[What, Kind]],
    places: Mapping[Who, Mapping[What, int]],
) -> list[Counts]:
    rows, figures = read
    alike: dict[tuple[What, ...], list[Who]] = {}
    order = {what: place for place, what in enumerate(known[1])}
    for who, own in places.items():
        by_time: dict[str, list[What]] = {}
        for what in sorted(own, key=order.__getitem__):
            by_time.setdefault("day" if what[0] and not what[1] else str(what[2]), []).append(what)
        for some in by_time.values():
            alike.setdefault(tuple(some), []).append(who)
    made = []
    for counts, listed in alike.items():
        taken = np.array([[places[one][what] for what in counts] for one in listed], dtype=np.int64)
        picked = Figures(figures.values[taken].ravel(), figures.codes[taken].ravel(), figures.signs, ())
        grid = np.array(rows, dtype=np.int64)[taken], found.columns["value"]
        kinds = [known[1][what] for what in counts]
        made.append(
            withheld(discharge_counts.counts(found.sheet, [known[0][one] for one in listed], kinds, picked, grid))
        )
    return made


def _organisation(found: _List, row: int, told: list[Issue]) -> Organisation | None:
    level, name, code = (found.text(row, column) for column in ("level", "org name", "org code"))
    kind = next((kind for form, kind in _LEVELS if form.fullmatch(words(level))), None)
    if kind is None:
        told.append(found.sheet.issue(row, found.columns["level"], found=f'"{level}"' if level else "nothing",
                                      expected="National, Region, ICB or Provider",
                                      action="Correct the level; the row was not read.",
                                      severity=Severity.WARNING))  # fmt: skip
        return None
    region = region_of(found.text(row, "region") if found.text(row, "region")[:1] != "[" else "") or None
    if kind == "country":
        return Organisation(kind, "England", "England", None)
    if kind == "region":
        named = name if name[:1] not in ("", "[") else found.text(row, "region")
        return Organisation(kind, region_of(named), named, region_of(named))
    return Organisation(kind, code, name, region)


def _said(found: _List, row: int) -> Said | None:
    return measures.of_words(found.text(row, "metric"), found.text(row, "metric group"))


def _kind(found: _List, row: int, month: pd.Period, told: list[Issue]) -> Kind | None:
    said, period = _said(found, row), found.sheet.at(row, found.columns["period"])
    weekly = said is not None and said.measure == WEEKLY
    daily = said is not None and said.unit == "patients" and not said.measure.startswith("discharged_")
    day = day_of(period)
    if day is None and not (daily or weekly) and (whole := month_of(period)) is not None:
        day = dt.date(whole.year, whole.month, 1)
    if said is None or day is None:
        other = is_other(found.text(row, "metric group"))
        column = "period" if said is not None else "metric group" if other else "metric"
        text = found.text(row, column)
        expected = "a day such as 01/04/2024" if said is not None else ALONE if is_made(text) else _KNOWN
        _tell(found, (row, column), (f'"{text}"' if text else "nothing", expected), told)
        return None
    if not belongs(day, month, weekly=weekly):
        listed = found.text(row, "metric group") or found.text(row, "metric")
        _tell(found, (row, "period"), (f'"{listed}" of {day:%B %Y}', f"figures of {periods.label(month)}"), told)
        return None
    return Kind(day if daily or weekly else None, weekly, *said)


def _tell(found: _List, place: tuple[int, str], said: tuple[str, str], told: list[Issue]) -> None:
    """Tell once of what no row is read for."""
    row, column = place
    action = _ACTIONS.get(said[1], "compare with the publisher's file.")
    if not any(one.found == said[0] for one in told):
        told.append(found.sheet.issue(row, found.columns[column], found=said[0], expected=said[1],
                                      action=f"Its rows were not read; {action}",
                                      severity=Severity.WARNING))  # fmt: skip


def _same(figures: Figures, i: int, j: int) -> bool:
    return bool(np.array_equal(figures.values[[i]], figures.values[[j]], equal_nan=True)
                and figures.codes[i] == figures.codes[j])  # fmt: skip


def _again(found: _List, row: int, before: int, org: Organisation) -> Issue:
    return found.sheet.issue(row, found.columns["value"],
                             found=f"another figure of {org.name} for the same count and day as in row {before + 1}",
                             expected="each figure once", action="Remove one of the two rows.")  # fmt: skip
