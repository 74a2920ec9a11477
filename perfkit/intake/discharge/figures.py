"""The figures of one sheet of discharges, read at once: numbers, dashes with their reasons, and days without data."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter

import numpy as np

from perfkit.intake.cells import Problem
from perfkit.intake.discharge import counts, layout, measures
from perfkit.intake.discharge.counts import COUNTS, WEEKLY, Counts, Kind
from perfkit.intake.discharge.days import day_of
from perfkit.intake.discharge.layout import Column, Table
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.discharge.said import ALONE, NEVER, is_made
from perfkit.intake.headings import words
from perfkit.intake.recipes import values as recipe_values
from perfkit.intake.recipes.values import Figures
from perfkit.intake.workbooks.grid import Sheet, Value, cell_name
from perfkit.model.errors import Issue, Severity

NOT_AVAILABLE, SUPPRESSED = "not available", "suppressed"
NO_AVERAGE = "#div/0!"
"""What the publisher's average of no snapshots at all comes to; any other formula error is an issue."""
MEANINGS = {"-": NOT_AVAILABLE, NO_AVERAGE: NOT_AVAILABLE}
_LARGEST = 1e15
_MOST = 50
_MISSING = re.compile(r"(missing organisations|number of (missing )?organisations|organisations (missing|without)).*")
_MONTHLY = re.compile(r"total\b(?! number)|month|average", re.IGNORECASE)


def read(table: Table, issues: list[Issue]) -> Counts | None:
    """Read every figure of a table, or None where neither its title nor its headings say anything known."""
    told = measures.alone(measures.of(table))
    if not told or not table.organisations:
        return None
    places = [column.place for column, _ in told]
    figures = _figures(_cells(table, places))
    issues += problems(table.sheet, figures, lambda i: (table.rows[i // len(told)], places[i % len(told)]))
    # Over what is counted once a week a bare date is the first day of one.
    weekly = [column.weekly or (column.day is not None and said.measure == WEEKLY) for column, said in told]
    kinds = [Kind(column.day, is_week, *said) for (column, said), is_week in zip(told, weekly, strict=True)]
    grid = np.array(table.rows)[:, None], np.array(places)[None, :]
    issues += _unread_columns(table, [column for column, _ in told])
    issues += _twice(table, kinds, places)
    made = counts.once([withheld(counts.counts(table.sheet, table.organisations, kinds, figures, grid))])[0]
    return _without_totals(made, issues)


def _cells(table: Table, places: Sequence[int]) -> list[list[Value]]:
    """Cut the columns out of each row; one that ends before them is empty there."""
    rows = [table.sheet.rows[row] for row in table.rows]
    if min(map(len, rows)) <= places[-1]:
        rows = [[*row, *[None] * (places[-1] + 1 - len(row))] for row in rows]
    if places[-1] - places[0] == len(places) - 1:
        return [row[places[0] : places[-1] + 1] for row in rows]
    return [[row[place] for place in places] for row in rows]


def _figures(rows: Sequence[list[Value]]) -> Figures:
    """Read numbers as they are; cells with anything else, and numbers too large, are looked at one by one."""
    width = len(rows[0])
    odd = [i * width + j for i, row in enumerate(rows) if list(map(type, row)).count(float) < width
           for j, value in enumerate(row) if type(value) is not float]  # fmt: skip
    singles = [rows[place // width][place % width] for place in odd]
    for place in odd:
        rows[place // width][place % width] = np.nan
    # Three times as quick as np.fromiter.
    values = np.frombuffer(struct.pack(f"{len(rows) * width}d", *chain.from_iterable(rows))).copy()
    codes = np.zeros(len(values), dtype=np.int64)
    large = np.flatnonzero(np.abs(values) >= _LARGEST).tolist()
    if not large and singles.count("-") == len(singles):
        codes[odd] = 1
        return Figures(values, codes, (recipe_values.NO_SIGN, ("-", MEANINGS["-"])), ())
    places = odd + large
    read = recipe_values.read([*singles, *values[large].tolist()], meanings=MEANINGS)
    values[places], codes[places] = read.values, read.codes
    problems = sorted(((places[k], problem) for k, problem in read.problems), key=itemgetter(0))
    return Figures(values, codes, read.signs, tuple(problems))


def _unread_columns(table: Table, told: Sequence[Column]) -> Iterator[Issue]:
    """Tell of columns whose headings say nothing known, though figures stand in them."""
    known = {column.place for column in told}
    unread: dict[str, list[int]] = {}
    for column in table.columns:
        if column.place not in known and layout.any_figure(table.sheet, column.place, table.rows):
            unread.setdefault(column.heading, []).append(column.place)
    for heading, places in unread.items():
        under = f'under the heading "{heading}"' if heading else "without a heading"
        made = is_made(heading)
        yield table.sheet.issue(
            table.rows[0], places[0], found=f"figures {under}{_and_more(places)}", severity=Severity.WARNING,
            expected=ALONE if made else "a count that perfkit knows",
            action="They were not read; "
            + (NEVER if made else "the publisher may have added or renamed a column."),
        )  # fmt: skip


def problems(sheet: Sheet, figures: Figures, place: Callable[[int], tuple[int, int]]) -> Iterator[Issue]:
    """Tell once of what stands in many cells in place of figures, such as No data."""
    alike: dict[Problem, list[int]] = {}
    for i, problem in figures.problems:
        alike.setdefault(problem, []).append(i)
    for problem, cells in [*alike.items()][:_MOST]:
        yield replace(problem, found=f"{problem.found}{_and_more(cells)}").at(sheet, *place(cells[0]))


def _and_more(cells: Sequence[object]) -> str:
    return f" (and {len(cells) - 1} more)" if len(cells) > 1 else ""


def _twice(table: Table, kinds: Sequence[Kind], places: Sequence[int]) -> Iterator[Issue]:
    """Tell of a count that two columns give for one day, and of counts of days without one."""
    row = max(table.rows[0] - 1, 0)
    lost = list(_dayless(table, kinds, places))
    if lost:
        yield table.sheet.issue(row, lost[0], found=f'"{_column(table, lost[0]).heading}" without a day over it'
                                f"{_and_more(lost)}", expected="a day over each count, such as 1 April 2022",
                                action="Write the date over the column.")  # fmt: skip
    first: dict[tuple[object, ...], int] = {}
    again: dict[dt.date | None, list[tuple[int, int]]] = {}
    for kind, place in ((kind, place) for kind, place in zip(kinds, places, strict=True) if place not in lost):
        before = first.setdefault((kind.day, kind.weekly, kind.measure, kind.breakdown), place)
        if before != place:
            again.setdefault(kind.day, []).append((before, place))
    for day, pairs in again.items():
        before, place = pairs[0]
        when = f" for {day.day} {day:%B %Y}" if day else ""
        found = f'"{_column(table, place).heading}"{when} a second time (first in cell {cell_name(row, before)})'
        wrong = "the date over it" if day else "the heading"
        yield table.sheet.issue(row, place, found=f"{found}{_and_more(pairs)}", expected="each count once",
                                action=f"Correct {wrong}, or remove the column that is not meant.")  # fmt: skip


def _without_totals(table: Counts, issues: list[Issue]) -> Counts:
    """Hold the month's total of a count against its days beside it, and leave it out: they add up to it."""
    days: dict[tuple[str, str], list[int]] = {}
    for j, kind in enumerate(table.kinds):
        if kind.day is not None and kind.measure in COUNTS:
            days.setdefault((kind.measure, kind.breakdown), []).append(j)
    totals = {j: own for j, kind in enumerate(table.kinds)
              if kind.day is None and (own := days.get((kind.measure, kind.breakdown)))}  # fmt: skip
    for j, own in totals.items():
        sums, given = np.nansum(table.values[:, own], axis=1), table.values[:, j]
        for i in np.flatnonzero(np.abs(sums - given) > 0.5)[:_MOST].tolist():
            issues.append(Issue(table.where(i, j), f"{given[i]:,.0f} for {table.organisations[i].name} in the month",
                                f"{sums[i]:,.0f}, the sum of its days", "The days were read; compare with the "
                                "publisher's file.", Severity.WARNING))  # fmt: skip
    return counts.without(table, columns=list(totals)) if totals else table


def _dayless(table: Table, kinds: Sequence[Kind], places: Sequence[int]) -> Iterator[int]:
    """Walk the columns without a day in a table of days, but for those that give the month's total.

    A table is of days where one of its columns is, or where the counts of a day come again and again.
    """
    counts = [(kind.measure, kind.breakdown) for kind in kinds if kind.measure in COUNTS]
    if any(kind.day for kind in kinds) or len(set(counts)) < len(counts):
        for place in (place for kind, place in zip(kinds, places, strict=True) if kind.day is None):
            column = _column(table, place)
            if not _MONTHLY.search(" ".join((*column.over, column.heading))):
                yield place


def _column(table: Table, place: int) -> Column:
    return next(column for column in table.columns if column.place == place)


def withheld(table: Counts) -> Counts:
    """Say what a dash means: nothing was sent, or, beside other figures in a table of the month, it is withheld."""
    monthly = np.array([kind.day is None for kind in table.kinds])
    if not monthly.any():
        return table
    dash = np.array([marker == "-" for marker, _ in table.signs])[table.sign]
    small = np.array([org.kind in counts.SMALL for org in table.organisations])
    gave = ~np.isnan(table.values).all(axis=1)
    withheld = dash & monthly[None, :] & (small & gave)[:, None]
    if not withheld.any():
        return table
    sign = np.where(withheld, len(table.signs), table.sign)
    return replace(table, sign=sign, signs=(*table.signs, ("-", SUPPRESSED)))


def missing(sheet: Sheet, issues: list[Issue], near: dt.date | None = None) -> Counts | None:
    """Read the table of organisations that sent nothing, by day; None where the sheet has none.

    Days written without a year are those nearest to ``near``.
    """
    for r, row in enumerate(sheet.rows[: layout.DEPTH]):
        texts = {c: words(v) for c, v in enumerate(row[:8]) if isinstance(v, str)}
        dates = [c for c, text in texts.items() if text in ("date", "day")]
        figures = [c for c, text in texts.items() if _MISSING.fullmatch(text)]
        if dates and figures:
            below = range(r + 1, len(sheet.rows))
            days = {row: day for row in below if (day := day_of(sheet.at(row, dates[0]), near))}
            issues += _no_days(sheet, below, set(days), (dates[0], figures[0]))
            return _days(sheet, days, (r, figures[0]), issues)
    return None


def _days(sheet: Sheet, days: Mapping[int, dt.date], heading: tuple[int, int], issues: list[Issue]) -> Counts:
    rows, figures = list(days), heading[1]
    cells = [sheet.at(r, figures) for r in rows]
    meanings = {"-": NOT_AVAILABLE, **{text.lower(): NOT_AVAILABLE for text in _said_instead(cells)}}
    values = recipe_values.read(cells, meanings=meanings)
    issues += [problem.at(sheet, rows[i], figures) for i, problem in values.problems]
    title = sheet.text(*heading)
    kinds = [Kind(day, False, "organisations_without_data", "all", title, "organisations") for day in days.values()]
    england = Organisation("country", "England", "England", None)
    return counts.counts(sheet, [england], kinds, values, (np.array(rows, dtype=np.int64)[None, :], figures))


def _no_days(sheet: Sheet, rows: range, read: set[int], columns: tuple[int, int]) -> Iterator[Issue]:
    """Tell of figures beside which no day stands."""
    dates, figures = columns
    for r in rows:
        value = sheet.at(r, figures)
        if r not in read and isinstance(value, float | int) and not isinstance(value, bool):
            said = sheet.text(r, dates)
            yield sheet.issue(r, dates, found=f'"{said}"' if said else "nothing", expected="a day such as 1 April 2022",
                              action="Its figure was not read; write the date.", severity=Severity.WARNING)  # fmt: skip


def _said_instead(cells: Sequence[object]) -> Iterator[str]:
    """Walk the texts that say that nothing was sent that day."""
    tidy = (" ".join(value.split()) for value in cells if isinstance(value, str))
    yield from (text for text in tidy if text.lower().startswith("no data"))
