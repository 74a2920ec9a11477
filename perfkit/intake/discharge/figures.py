"""The figures of one sheet of discharges, read at once: numbers, dashes with their reasons, and days without data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter

import numpy as np

from perfkit.intake.discharge import counts, layout, measures
from perfkit.intake.discharge.counts import Counts, Kind
from perfkit.intake.discharge.days import day_of
from perfkit.intake.discharge.layout import Column, Table
from perfkit.intake.discharge.rows import Organisation, is_figure
from perfkit.intake.headings import words
from perfkit.intake.recipes import values as recipe_values
from perfkit.intake.recipes.values import Figures
from perfkit.intake.workbooks.grid import Sheet, Value, cell_name
from perfkit.model.errors import Issue, Severity

NOT_AVAILABLE, SUPPRESSED = "not available", "suppressed"
NO_AVERAGE = "#div/0!"
"""What the publisher's average of no snapshots at all comes to; any other formula error is an issue."""
MEANINGS = {"-": NOT_AVAILABLE, NO_AVERAGE: NOT_AVAILABLE}
_PLAIN = frozenset({float, int, type(None)})
_LARGEST = 1e15
_MOST = 50
_MISSING = re.compile(r"(missing organisations|number of (missing )?organisations|organisations (missing|without)).*")
_MONTHLY = re.compile(r"total\b(?! number)|month|average", re.IGNORECASE)
Row = Sequence[Value]


def read(table: Table, issues: list[Issue]) -> Counts | None:
    """Read every figure of a table, or None where neither its title nor its headings say anything known."""
    told = measures.alone(measures.of(table))
    if not told or not table.organisations:
        return None
    sheet, rows, places = table.sheet, [org.row for org in table.organisations], [column.place for column, _ in told]
    take = _cells_at(places, sheet)
    figures = _figures([take(sheet.rows[row]) for row in rows])
    for i, problem in figures.problems[:_MOST]:
        issues.append(problem.at(sheet, rows[i // len(told)], places[i % len(told)]))
    kinds = [Kind(column.day, column.weekly, *said) for column, said in told]
    grid = np.array(rows)[:, None], np.array(places)[None, :]
    issues += _unread_columns(table, [column for column, _ in told])
    issues += _twice(table, kinds, places)
    return _once(withheld(counts.counts(sheet, table.organisations, kinds, figures, grid)))


def _cells_at(places: Sequence[int], sheet: Sheet) -> Callable[[Row], Row]:
    if all(len(row) > places[-1] for row in sheet.rows) and len(places) > 1:
        return itemgetter(*places)
    return lambda row: [row[place] if place < len(row) else None for place in places]


def _figures(rows: Sequence[Row]) -> Figures:
    """Read rows of plain numbers as they are; only those with other cells are looked at cell by cell."""
    odd = [i for i, row in enumerate(rows) if not _PLAIN.issuperset(map(type, row))]
    width, others = len(rows[0]), set(odd)
    nothing = [None] * width
    values = np.array([nothing if i in others else row for i, row in enumerate(rows)], dtype=np.float64)
    large = np.flatnonzero((np.abs(values) >= _LARGEST).any(axis=1)).tolist()
    odd = sorted({*odd, *large})
    codes = np.zeros(values.shape, dtype=np.int64)
    if not odd:
        return Figures(values.ravel(), codes.ravel(), (recipe_values.NO_SIGN,), ())
    read = recipe_values.read(list(chain.from_iterable(rows[i] for i in odd)), meanings=MEANINGS)
    values[odd], codes[odd] = read.values.reshape(-1, width), read.codes.reshape(-1, width)
    problems = tuple((odd[i // width] * width + i % width, problem) for i, problem in read.problems)
    return Figures(values.ravel(), codes.ravel(), read.signs, problems)


def _unread_columns(table: Table, told: Sequence[Column]) -> Iterator[Issue]:
    """Tell of columns whose headings say nothing known, though figures stand in them."""
    known = {column.place for column in told}
    for column in table.columns:
        if column.place in known:
            continue
        if any(is_figure(table.sheet.at(org.row, column.place)) for org in table.organisations):
            row = table.organisations[0].row
            under = f'under the heading "{column.heading}"' if column.heading else "without a heading"
            yield table.sheet.issue(
                row, column.place, found=f"figures {under}",
                expected="a count that perfkit knows", severity=Severity.WARNING,
                action="They were not read; the publisher may have added or renamed a column.",
            )  # fmt: skip


def _twice(table: Table, kinds: Sequence[Kind], places: Sequence[int]) -> Iterator[Issue]:
    """Tell of a count that two columns give for one day."""
    first: dict[tuple[object, ...], int] = {}
    row = max(table.organisations[0].row - 1, 0)
    lost = set(_dayless(table, kinds, places))
    for kind, place in zip(kinds, places, strict=True):
        if place in lost:
            yield table.sheet.issue(row, place, found=f'"{_column(table, place).heading}" without a day over it',
                                    expected="a day over each count",
                                    action="Write the date over the column.")  # fmt: skip
            continue
        before = first.setdefault((kind.day, kind.weekly, kind.measure, kind.breakdown), place)
        if before != place:
            when = f" for {kind.day.day} {kind.day:%B %Y}" if kind.day else ""
            found = f'"{_column(table, place).heading}"{when} a second time (first in cell {cell_name(row, before)})'
            yield table.sheet.issue(row, place, found=found, expected="each count once",
                                    action="Correct the heading, or remove the column that is not meant.")  # fmt: skip


def _dayless(table: Table, kinds: Sequence[Kind], places: Sequence[int]) -> Iterator[int]:
    """Walk the columns without a day in a table of days, but for those that give the month's total."""
    if any(kind.day for kind in kinds):
        for place in (place for kind, place in zip(kinds, places, strict=True) if kind.day is None):
            column = _column(table, place)
            if not _MONTHLY.search(" ".join((*column.over, column.heading))):
                yield place


def _column(table: Table, place: int) -> Column:
    return next(column for column in table.columns if column.place == place)


def withheld(table: Counts) -> Counts:
    """Say what a dash means: nothing was sent, or, beside other figures in a table of the month, it is withheld."""
    dash = np.array([marker == "-" for marker, _ in table.signs])[table.sign]
    monthly = np.array([kind.day is None for kind in table.kinds])
    small = np.array([org.kind in ("board", "trust") for org in table.organisations])
    gave = ~np.isnan(table.values).all(axis=1)
    withheld = dash & monthly[None, :] & (small & gave)[:, None]
    if not withheld.any():
        return table
    sign = np.where(withheld, len(table.signs), table.sign)
    return replace(table, sign=sign, signs=(*table.signs, ("-", SUPPRESSED)))


def _once(table: Counts) -> Counts:
    """Leave out England and regions where they stand again with the same figures, as over each block of rows."""
    first: dict[tuple[str, str], int] = {}
    again = []
    for i, org in enumerate(table.organisations):
        before = first.setdefault((org.kind, org.code), i)
        if before != i and org.kind in ("country", "region") and _same(table, before, i):
            again.append(i)
    return without(table, again) if again else table


def _same(table: Counts, i: int, j: int) -> bool:
    return np.array_equal(table.values[i], table.values[j], equal_nan=True)


def without(table: Counts, rows: Sequence[int]) -> Counts:
    """Leave some organisations out."""
    keep = np.setdiff1d(np.arange(len(table.organisations)), rows)
    organisations = tuple(table.organisations[i] for i in keep.tolist())
    return replace(table, organisations=organisations, values=table.values[keep], sign=table.sign[keep],
                   row=table.row[keep], column=table.column[keep])  # fmt: skip


def missing(sheet: Sheet, issues: list[Issue]) -> Counts | None:
    """Read the table of organisations that sent nothing, by day; None where the sheet has none."""
    for r, row in enumerate(sheet.rows[: layout.DEPTH]):
        texts = {c: words(v) for c, v in enumerate(row[:8]) if isinstance(v, str)}
        dates = [c for c, text in texts.items() if text in ("date", "day")]
        figures = [c for c, text in texts.items() if _MISSING.fullmatch(text)]
        if dates and figures:
            return _days(sheet, r, (dates[0], figures[0]), issues)
    return None


def _days(sheet: Sheet, heading: int, columns: tuple[int, int], issues: list[Issue]) -> Counts:
    dates, figures = columns
    found = [(r, day) for r in range(heading + 1, len(sheet.rows)) if (day := day_of(sheet.at(r, dates)))]
    rows = [r for r, _ in found]
    issues += _no_days(sheet, range(heading + 1, len(sheet.rows)), set(rows), columns)
    cells = [sheet.at(r, figures) for r in rows]
    meanings = {"-": NOT_AVAILABLE, **{text.lower(): NOT_AVAILABLE for text in _said_instead(cells)}}
    values = recipe_values.read(cells, meanings=meanings)
    issues += [problem.at(sheet, rows[i], figures) for i, problem in values.problems]
    title = sheet.text(heading, figures)
    kinds = [Kind(day, False, "organisations_without_data", "all", title, "organisations") for _, day in found]
    england = Organisation(heading, "country", "England", "England", None)
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
