"""Find the figures on a sheet of the discharge workbooks: headings over headings, and blocks of organisations below.

England stands first, wherever that is; NHS regions follow it; boards and trusts stand under headings of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfkit.intake.grid import Sheet
from perfkit.intake.headings import words

DEPTH = 25
_FIRST_COLUMNS = 8
_WEEK = re.compile(r"w/?[ce] ?(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>20\d\d)", re.IGNORECASE)
_CODE = re.compile(r"(?P<what>.+) code")
_BOARDS = re.compile(r"icb|icbs|ics|stp|integrated care( board)?|board|system")
_ITEM = re.compile(r"[A-Z]+\d+[A-Z0-9_]*")
"""The code of a question of the collection, such as DIS002_TOTAL, which stood under the headings in 2022."""
_SMALL = {"Of", "And", "The"}


@dataclass(frozen=True)
class Column:
    """One column of figures: its place, the day or week it is for (None for the month), and its heading's words."""

    place: int
    day: dt.date | None
    weekly: bool
    heading: str


@dataclass(frozen=True)
class Organisation:
    """One row of figures: what reports there."""

    row: int
    kind: str
    code: str
    name: str
    region: str | None


@dataclass(frozen=True)
class Table:
    """A sheet's title, its columns of figures and its rows."""

    sheet: Sheet
    title: str
    columns: tuple[Column, ...]
    organisations: tuple[Organisation, ...]


def find(sheet: Sheet) -> Table | None:
    """Find the table of a sheet by its row for England, None where there is none."""
    start = next(_england(sheet), None)
    if start is None:
        return None
    row, name = start
    columns = tuple(_columns(sheet, row, name))
    return Table(sheet, title(sheet), columns, tuple(_organisations(sheet, row, name))) if columns else None


def title(sheet: Sheet) -> str:
    """Give the sheet's title: the first text that starts with Table, else its first text."""
    texts = [v for row in sheet.rows[:DEPTH] for v in row[:_FIRST_COLUMNS] if isinstance(v, str) and v.strip()]
    tidy = [" ".join(text.split()) for text in texts]
    return next((text for text in tidy if text.lower().startswith("table ")), tidy[0] if tidy else "")


def _england(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for r, row in enumerate(sheet.rows[:DEPTH]):
        for c, value in enumerate(row[:_FIRST_COLUMNS]):
            if isinstance(value, str) and re.match(r"england\b", value.strip(), re.IGNORECASE):
                yield r, c


def _columns(sheet: Sheet, england: int, name: int) -> Iterator[Column]:
    for c in range(name + 1, len(sheet.rows[england])):
        above = [sheet.at(r, c) for r in range(england)]
        dates = [v for v in above if isinstance(v, dt.date)]
        texts = [
            " ".join(v.split()) for v in above if isinstance(v, str) and v.strip() and not _ITEM.fullmatch(v.strip())
        ]
        week = next((match for text in texts if (match := _WEEK.search(text))), None)
        if texts:
            day = _week(week) if week else (date_of(dates[-1]) if dates else None)
            yield Column(c, day, week is not None, texts[-1])


def _week(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def date_of(value: dt.date) -> dt.date:
    """Give the day of a cell that holds a day or a moment."""
    return value.date() if isinstance(value, dt.datetime) else value


def _organisations(sheet: Sheet, england: int, name: int) -> Iterator[Organisation]:
    kind, code, region = "region", name, name
    for r in range(england, len(sheet.rows)):
        heading = _heading(sheet, r)
        if heading is not None:
            kind, code, name, region = heading
            continue
        text = sheet.text(r, name)
        if not text:
            continue
        if r == england:
            yield Organisation(r, "country", "England", text, None)
        elif kind == "region":
            yield Organisation(r, kind, cased(text), text, cased(text))
        else:
            # A council's code, such as 507, is a number in the cell.
            yield Organisation(
                r, kind, sheet.text(r, code).removesuffix(".0"), text, cased(sheet.text(r, region)) or None
            )


def _heading(sheet: Sheet, row: int) -> tuple[str, int, int, int] | None:
    """Read a block's headings, such as Region, ICB Code, ICB Name: what it lists, and where its columns stand."""
    first = sheet.rows[row][:_FIRST_COLUMNS]
    if not any(type(value) is str and "code" in value.lower() for value in first):
        return None
    own = {c: words(value) for c, value in enumerate(first) if isinstance(value, str)}
    codes = [(c, match["what"]) for c, text in own.items() if (match := _CODE.fullmatch(text))]
    names = [c for c, text in own.items() if text.endswith(" name") and not text.startswith("region")]
    regions = [c for c, text in own.items() if text in ("region", "region name", "nhs region")]
    codes = [(c, what) for c, what in codes if "region" not in what]
    if not codes or not names or not regions:
        return None
    column, what = codes[-1]
    return ("board" if _BOARDS.fullmatch(what) else "trust"), column, names[-1], regions[-1]


@lru_cache(maxsize=1024)
def cased(text: str) -> str:
    """Write a region that stands in capitals in ordinary letters.

    >>> cased("NORTH EAST AND YORKSHIRE"), cased("East of England")
    ('North East and Yorkshire', 'East of England')
    """
    return " ".join(w.lower() if k and w.title() in _SMALL else w.title() for k, w in enumerate(text.split()))
