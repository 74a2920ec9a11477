"""Find the figures on a sheet of the discharge workbooks: headings over headings, and blocks of organisations below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from perfkit.intake import footnotes
from perfkit.intake.discharge import rows as discharge_rows
from perfkit.intake.discharge.days import day_of, is_weekly, week_of
from perfkit.intake.discharge.rows import FIRST_COLUMNS, Labels, Organisation, is_england, is_figure, is_region
from perfkit.intake.workbooks.grid import Sheet, Value

DEPTH = 40
"""The rows within which the figures of a sheet begin."""
_ITEM = re.compile(r"(?!P[0-3]b?$)(\d{6})?[A-Z]+\d+[A-Za-z0-9_]*")
"""The code of a question of the collection, such as DIS002_TOTAL, which stood under the headings in 2022."""
_SHORT = 100
"""The length of a text that may be a heading or the name of a country or region."""
_UNNAMED = 2
"""Figures of a row without any name from which it is one of the table all the same."""
_TIMES = frozenset({"date", "day", "week commencing", "date (week commencing)"})
Day = TypeVar("Day", dt.date, dt.date | None)


class Column(NamedTuple):
    """One column of figures: its place, the day or week it is for (None for the month), and its heading's words.

    ``over`` are the headings that stand over the last one, from the top.
    """

    place: int
    day: dt.date | None
    weekly: bool
    heading: str
    over: tuple[str, ...] = ()


class _Over(NamedTuple):
    """What one cell over a column says: a day, a week by its first day (None for one that is no day), or a text."""

    day: dt.date | None
    weekly: bool = False
    text: str = ""


@dataclass(frozen=True)
class Table:
    """A sheet's title, its columns of figures and its rows, each of one organisation."""

    sheet: Sheet
    title: str
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    organisations: tuple[Organisation, ...]


def stands(sheet: Sheet) -> bool:
    """Say whether a sheet looks like one of these tables: rows for England or its regions, and figures.

    >>> stands(Sheet("x.xlsx", "Table 2", [[None, "ENGLAND", 12.0]])), stands(Sheet("x.xlsx", "Notes", [["England"]]))
    (True, False)
    """
    texts = near_top(sheet, rows=2 * DEPTH, columns=FIRST_COLUMNS)
    return any(is_england(text) or is_region(text) for text in texts) and _top(sheet) is not None


def is_series(sheet: Sheet) -> bool:
    """Say whether a sheet lists days or weeks down its rows, as the series of many months do.

    >>> is_series(Sheet("x.xlsx", "Daily Series", [["Date", "Number of patients discharged"], ["1 April 2021", 12.0]]))
    True
    """
    if not _TIMES & near_top(sheet, rows=DEPTH, columns=FIRST_COLUMNS):
        return False
    for r, row in enumerate(sheet.rows[:DEPTH]):
        heads = [c for c, v in enumerate(row[:FIRST_COLUMNS]) if type(v) is str and v.strip().lower() in _TIMES]
        if heads and any(isinstance(value, str) and "number of" in value.lower() for value in row):
            return any(day_of(sheet.at(below, heads[0])) for below in range(r + 1, r + 4))
    return False


def near_top(sheet: Sheet, *, rows: int, columns: int) -> set[str]:
    """Gather the short texts of a sheet's first rows and columns, in small letters."""
    return {value.strip().lower() for row in sheet.rows[:rows] for value in row[:columns]
            if type(value) is str and len(value) < _SHORT}  # fmt: skip


def find(sheet: Sheet, near: dt.date | None = None) -> Table | None:
    """Find the table of a sheet by its rows for England, regions, boards or trusts, None where there is none.

    Days written without a year are those nearest to ``near``.
    """
    top = _top(sheet)
    if top is None:
        return None
    over = _labels(sheet, top)
    first = max(over.name, over.code, over.region or 0) + 1
    found = list(discharge_rows.organisations(sheet.rows, top, first, over))
    if not any(org.kind != "region" or is_region(org.name) for _, org in found):
        return None
    rows, organisations = (tuple(each) for each in zip(*found, strict=True))
    columns = tuple(_columns(sheet, (top, first), rows, near))
    return Table(sheet, title(sheet), columns, rows, discharge_rows.grouped(organisations)) if columns else None


def title(sheet: Sheet) -> str:
    """Give the sheet's title: the first text that starts with Table, else its first text."""
    first = ""
    for value in (value for row in sheet.rows[:DEPTH] for value in row[:FIRST_COLUMNS] if isinstance(value, str)):
        text = " ".join(value.split())
        if text.lower().startswith("table "):
            return text
        first = first or text
    return first


def _top(sheet: Sheet) -> int | None:
    """Give the first row of figures: a text among the first columns, and numbers that are no days, or dashes, after."""
    for r, row in enumerate(sheet.rows[:DEPTH]):
        label = next((c for c in range(min(FIRST_COLUMNS, len(row)) - 1, -1, -1) if _is_label(row[c])), -1)
        cells = row[label + 1 :]
        numbers = [v for v in cells if v is not None and is_figure(v)]
        if label < 0 and len(numbers) < _UNNAMED:
            continue
        dashes = cells.count("-")
        if (numbers and not all(map(day_of, numbers))) or (dashes and (numbers or dashes > 1)):
            return r
    return None


def _is_label(value: Value) -> bool:
    return isinstance(value, str) and value.strip() not in ("", "-", "*") and not is_figure(value) and not day_of(value)


def _labels(sheet: Sheet, top: int) -> Labels:
    """Say where names stand in the first rows: under headings, or in the last column of texts before the figures."""
    over = next((found for r in range(top - 1, -1, -1) if (found := discharge_rows.labels(sheet.rows[r]))), None)
    if over is not None:
        return over._replace(kind="")
    rows = (row[:FIRST_COLUMNS] for row in sheet.rows[top : top + DEPTH])
    row = next((row for row in rows if any(map(_is_label, row))), [])
    texts = [c for c, value in enumerate(row) if _is_label(value)]
    name = next((c for c in texts if is_england(row[c]) or is_region(row[c])), texts[-1] if texts else 0)
    return Labels("region", name, name, name)


def _columns(sheet: Sheet, start: tuple[int, int], rows: Sequence[int], near: dt.date | None) -> Iterator[Column]:
    width = max(len(sheet.rows[row]) for row in rows)
    days, weeks, texts = _over(sheet, start, width, near)
    last: tuple[str, ...] = ()
    for c in range(start[1], width):
        own = tuple(texts.get(c, ()))
        if not own and not any_figure(sheet, c, rows):
            continue
        if not own and c in days:
            own = last
        last = own or last
        day = weeks.get(c, days.get(c))
        yield Column(c, day, c in weeks, own[-1] if own else "", own[:-1])


def _over(
    sheet: Sheet, start: tuple[int, int], width: int, near: dt.date | None
) -> tuple[dict[int, dt.date], dict[int, dt.date | None], dict[int, list[str]]]:
    """Read what stands over each column: days, weeks (None for a week that is no day), and texts from the top."""
    top, first = start
    days: dict[int, dt.date] = {}
    weeks: dict[int, dt.date | None] = {}
    texts: dict[int, list[str]] = {}
    for row in sheet.rows[:top]:
        here = [(c, _read(value, near)) for c, value in enumerate(row[first:width], first) if value is not None]
        days |= _carried({c: over.day for c, over in here if over.day and not over.weekly}, row, width)
        weeks |= _carried({c: over.day for c, over in here if over.weekly}, row, width)
        for c, over in here:
            if over.text:
                texts.setdefault(c, []).append(over.text)
    return days, weeks, texts


def _read(value: Value, near: dt.date | None) -> _Over:
    day = day_of(value, near)
    return _Over(day) if day or not isinstance(value, str) else _words(value, near)


@lru_cache(maxsize=1024)
def _words(value: str, near: dt.date | None) -> _Over:
    text = " ".join(value.split())
    if is_weekly(text):
        return _Over(week_of(text, near), weekly=True)
    return _Over(None, text="" if _ITEM.fullmatch(value.strip()) else footnotes.bare(text))


def _carried(own: dict[int, Day], row: Sequence[Value], width: int) -> dict[int, Day]:
    """Carry a day on to the empty cells after it, as far as the next: over several columns it may stand once."""
    places = sorted(own)
    if not places:
        return {}
    reach = min((b - a for a, b in pairwise(places)), default=width)
    carried = dict(own)
    for place in places:
        for c in range(place + 1, min(place + reach, width)):
            if c in own or (c < len(row) and row[c] is not None):
                break
            carried[c] = own[place]
    return carried


def any_figure(sheet: Sheet, column: int, rows: Iterable[int]) -> bool:
    """Say whether a column holds a number in any of some rows."""
    return any(is_figure(sheet.at(row, column)) for row in rows)
