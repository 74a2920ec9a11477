"""What a return says of itself, and what the framework expects of it: the ground that its rows are read against."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from perfkit.intake import cells, council_file, held, named_quarters, reading, titles
from perfkit.intake.headings import words
from perfkit.intake.workbooks.grid import Workbook, as_text
from perfkit.model import lists, periods
from perfkit.model.errors import Issue, Severity, Where

Framework = Mapping[str, pd.DataFrame]
Facts = Mapping[str, Any]
_Told = TypeVar("_Told")
ByYear: TypeAlias = dict[str, dict[str, _Told]]
"""What a table says of each financial year, by a key."""

_RETURN_DATE = re.compile(r"(?:Return date|Rated on|Date of return)\s*(?::|(?=\d))\s*(?P<day>[^;(]*[^;(\s])")
_DAY_WITHIN = re.compile(r"\d{1,2} [A-Za-z]+ \d{4}|[\d/-]{8,10}")
_RETURN_DATE_LABELS, _RATED_BY_LABELS = ("return date", "rated on", "date of return"), ("rated by", "signed off by")
_RATED_BY = re.compile(r"(?:Rated by|Signed off by)\s*:\s*(?P<who>[^;(]+)")


@dataclass(frozen=True)
class Ground:
    """One year's framework, and the quarter, council and directorate that the workbook names."""

    quarter: pd.Period
    area: str
    by_ref: Mapping[str, Facts]
    directorate: str = ""
    target_texts: Mapping[str, str] = field(default_factory=dict)
    outcome_titles: Mapping[str, str] = field(default_factory=dict)
    assessed_by: str | None = None
    assessed_on: pd.Timestamp | None = None

    @cached_property
    def period(self) -> str:
        """The label of the quarter that the workbook reports."""
        return periods.label(self.quarter)

    @cached_property
    def year(self) -> str:
        """The label of the financial year that the quarter lies in."""
        return periods.label(periods.year_of(self.quarter))

    def earlier(self, quarters: int) -> str:
        """Give the label of the quarter so many before the workbook's own."""
        return periods.label(periods.earlier(self.quarter, steps=quarters)) if quarters else self.period

    def due(self) -> dict[str, Facts]:
        """Give the directorate's indicators by their published number."""
        return {ref: facts for ref, facts in self.by_ref.items() if facts["directorate"] == self.directorate}


def of_council(workbook: Workbook, framework: Framework) -> tuple[Ground | None, list[Issue]]:
    """Read quarter and council from the titles, and hold the quarter against the path."""
    named, placed = titles.quarter(workbook), council_file.of_title(workbook, framework)
    issues = reading.hidden(workbook)
    if named is None:
        issues.append(untitled(workbook, "quarter", "Quarter 1 (April to June 2017)"))
    if placed is None:
        issues.append(untitled(workbook, "council", "Oxfordshire County Council: performance dashboard"))
    if named is None or placed is None:
        return None, issues
    (quarter, where), area = named, placed[0]
    issues += council_file.another(*placed, framework)
    issues += named_quarters.against_path(quarter, where)
    issues += [
        Issue(at, f"a title for {periods.label(other)}", f"{periods.label(quarter)}, as cell {where.cell} of sheet "
              f"{where.sheet} says", "Correct the title that is wrong.")
        for other, at in titles.other_quarters(workbook, quarter)
    ]  # fmt: skip
    issues += titles.other_months(workbook, quarter)
    by_ref, missing = year_of(workbook, framework, periods.year_of(quarter))
    return Ground(quarter, area, by_ref), issues + missing


def of_directorate(workbook: Workbook, framework: Framework) -> tuple[Ground | None, list[Issue]]:
    """Read what `of_council` reads and the directorate, and gather what the framework expects of it."""
    ground, issues = of_council(workbook, framework)
    if ground is None or any(issue.stops for issue in issues):
        return None, issues
    year = ground.year
    names = held.of(framework["directorates"], _directorate_names).get(year, {})
    directorate, more = _directorate(workbook, names)
    if directorate is None:
        return None, issues + more
    by, on, doubts = _assessment(workbook, ground.quarter)
    full = replace(
        ground,
        directorate=directorate,
        target_texts=held.of(framework["targets"], _target_texts).get(year, {}),
        outcome_titles=held.of(framework["outcomes"], _outcome_titles).get(year, {}),
        assessed_by=by,
        assessed_on=on,
    )
    return full, issues + more + doubts


def year_of(workbook: Workbook, framework: Framework, year: pd.Period) -> tuple[Mapping[str, Facts], list[Issue]]:
    """Give the year's indicators by their published number; an issue where the framework has none for that year."""
    label = periods.label(year)
    indicators = held.of(framework["indicators"], _by_ref).get(label)
    if not indicators:
        action = "Load the framework of that year first, or correct the year in the title."
        issue = Issue(Where(workbook.file), f"a workbook for {label}", "a year that a framework was loaded for", action)
        return {}, [issue]
    return indicators, []


def _by_ref(indicators: pd.DataFrame) -> ByYear[Facts]:
    years: ByYear[Facts] = {}
    for facts in indicators.to_dict("records"):
        years.setdefault(facts["financial_year"], {})[str(facts["ref"])] = facts
    return years


def _outcome_titles(outcomes: pd.DataFrame) -> ByYear[str]:
    return _named_by(outcomes, "outcome", "title")


def _directorate_names(directorates: pd.DataFrame) -> ByYear[str]:
    return _named_by(directorates, "directorate", "name")


def _named_by(table: pd.DataFrame, key: str, name: str) -> ByYear[str]:
    years: ByYear[str] = {}
    for year, code, title in zip(table["financial_year"], table[key], table[name], strict=True):
        years.setdefault(year, {})[code] = title
    return years


def untitled(workbook: Workbook, what: str, example: str) -> Issue:
    """Tell of a title that a workbook lacks, such as one that names the council."""
    return Issue(
        Where(workbook.file), f"no title that names the {what}", f'one such as "{example}"', "Write it above the table."
    )


def _directorate(workbook: Workbook, names: Mapping[str, str]) -> tuple[str | None, list[Issue]]:
    found, where = _named(workbook, names)
    if found is None and len(names) == 1:
        return next(iter(names)), []
    if found is None:
        return None, [untitled(workbook, "directorate", next(iter(names.values()), "Communities"))]
    said = _in_name(PurePosixPath(workbook.file).stem, names)
    if said and found not in said:
        expected = f"{lists.join([names[code] for code in said], last='or')}, as the file's name says"
        return None, [
            Issue(where, f"a title for {names[found]}", expected, "Send the right workbook, or rename the file.")
        ]
    return found, []


def _in_name(stem: str, names: Mapping[str, str]) -> list[str]:
    """Give the directorates that a file's name tells: by their codes in capitals or alone, or by their names."""
    text, parts = f" {words(stem)} ", re.split(r"[^0-9A-Za-z]+", stem)
    return [code for code, name in names.items() if code in parts or stem.upper() == code or f" {words(name)} " in text]


def _named(workbook: Workbook, names: Mapping[str, str]) -> tuple[str | None, Where]:
    for text, where in titles.lines(workbook):
        for code, name in names.items():
            if f"({code})" in text or words(text) in (words(name), words(code)):
                return code, where
    return None, Where(workbook.file)


def _assessment(workbook: Workbook, quarter: pd.Period) -> tuple[str | None, pd.Timestamp | None, list[Issue]]:
    lines = list(titles.lines(workbook))
    by = next((match["who"].strip() for text, _ in lines if (match := _RATED_BY.search(text))), None)
    if not by and (beside := titles.beside(workbook, _RATED_BY_LABELS)):
        by = as_text(beside[0])
    said = ((match["day"], where) for text, where in lines if (match := _RETURN_DATE.search(text)))
    dated = next(said, None) or titles.beside(workbook, _RETURN_DATE_LABELS)
    if dated is None:
        return by, None, []
    day, problem = cells.day(dated[0])
    if day is None and (within := _DAY_WITHIN.search(str(dated[0]))):
        day, problem = cells.day(within[0])
    problem = problem or _of_another_time(day, quarter)
    issues = [Issue(dated[1], problem.found, problem.expected, problem.action, Severity.WARNING)] if problem else []
    return by, day, issues


def _of_another_time(day: pd.Timestamp | None, quarter: pd.Period) -> cells.Problem | None:
    """Tell of a return dated before the last month of its quarter, or more than a year after: it may be a copy's."""
    first, last = _span(quarter)
    if day is None or first <= day <= last:
        return None
    action = "Correct the date; it may be that of an earlier return which was copied."
    return cells.Problem(
        f"{cells.shown(day)} as that of the return for {periods.label(quarter)}",
        f"a day from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}",
        action,
    )


@lru_cache(maxsize=64)
def _span(quarter: pd.Period) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and the last day that a quarter's return may bear."""
    ends = quarter.end_time
    return ends.to_period("M").start_time, ends.normalize() + pd.DateOffset(years=1)


def _target_texts(targets: pd.DataFrame) -> ByYear[str]:
    """Give the first target of each indicator in each year, as it is written."""
    year_of = {period: periods.year_label(period) for period in targets["period"].unique()}
    years: ByYear[str] = {}
    for indicator, period, text in zip(targets["indicator"], targets["period"], targets["text"], strict=True):
        years.setdefault(year_of[period], {}).setdefault(indicator, "" if pd.isna(text) else text)
    return years
