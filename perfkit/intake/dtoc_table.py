"""The figures of one delayed-transfers sheet: areas down, figures across, markers kept apart from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from perfkit.intake import dtoc_layout as layout
from perfkit.intake import markers as markings
from perfkit.intake.grid import Sheet, Value
from perfkit.model.errors import Issue
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

ENGLAND = "England"
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_REASON = ("reasonfordelay", "reason", "delayreason", "reasonfordelayeddischarge")
_NONE = re.compile(r"[-–—\s]*")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass
class Table:
    """One sheet's authorities and their figures. ``values[i, j]`` stands in row ``rows[i]``, column ``columns[j]``."""

    sheet: Sheet
    dimension: str
    names: list[str]
    codes: list[str]
    regions: list[str]
    rows: Ints
    words: list[str]
    columns: Ints
    values: Floats
    titles: dict[str, str]
    markers: dict[tuple[int, int], str] = field(default_factory=dict)
    people: Floats | None = None
    people_columns: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = [layout.area_key(name) for name in self.names]

    def column(self, word: str) -> Floats | None:
        """Give the figures under one word, None where the sheet has no such column."""
        return self.values[:, self.words.index(word)] if word in self.words else None

    @property
    def england(self) -> int | None:
        """Give the place of England among the areas."""
        return self.names.index(ENGLAND) if ENGLAND in self.names else None


@dataclass
class EnglandTable:
    """The England sheet: a figure for each setting, reason and attribution."""

    sheet: Sheet
    keys: list[tuple[str, str]]
    rows: Ints
    words: list[str]
    columns: Ints
    values: Floats
    titles: dict[str, str]
    markers: dict[tuple[int, int], str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def table(sheet: Sheet, heading: layout.Heading, block: layout.Block) -> Table:
    """Take the authorities and figures below a heading; note rows and blank rows are passed over."""
    issues = list(layout.heading_issues(sheet, heading))
    measured = [(word, column) for (_, word), column in block.columns.items()]
    rows, names = [], []
    for r, name in _named_rows(sheet, heading, [column for _, column in measured], issues):
        rows.append(r)
        names.append(name)
    columns = [column for _, column in measured]
    values, markers = numbers(sheet, rows, columns, issues)
    values = whole(values)
    titles = {word: sheet.text(heading.row, column) for word, column in measured if word not in layout.REASONS}
    found = Table(
        sheet=sheet,
        dimension=block.dimension,
        names=names,
        codes=_labels(sheet, rows, heading.labels.get("code")),
        regions=_labels(sheet, rows, heading.labels.get("region")),
        rows=np.array(rows, dtype=np.int64),
        words=[word for word, _ in measured],
        columns=np.array(columns, dtype=np.int64),
        values=values,
        titles=titles,
        markers=markers,
        issues=issues,
    )
    _add_people(found, layout.people_block(heading.blocks))
    return found


def _named_rows(
    sheet: Sheet, heading: layout.Heading, columns: list[int], issues: list[Issue]
) -> Iterator[tuple[int, str]]:
    name_column, code_column = heading.labels["name"], heading.labels.get("code", -1)
    first, last = min(columns), max(columns) + 1
    for r in range(heading.row + 1, len(sheet.rows)):
        row = sheet.rows[r]
        name = _name(row[name_column])
        if name and row[first] == row[name_column]:
            continue
        if name and (row[first] is not None or (code_column >= 0 and row[code_column] is not None) or any(
            value is not None for value in row[first:last])):  # fmt: skip
            yield r, name
        elif not name and any(isinstance(value, float | int) for value in row[first:last]):
            value = sheet.text(r, name_column)
            found = f'"{value}" as the name of an area' if value else "figures without the name of an area"
            issues.append(sheet.issue(r, name_column, found=found, expected="an authority, or England",
                                      action="Give the name, or remove the row."))  # fmt: skip


@lru_cache(maxsize=4096)
def _name(value: Value) -> str:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return ENGLAND if words.lower() in ("england", "england total", "total england") else words


def _labels(sheet: Sheet, rows: list[int], column: int | None) -> list[str]:
    if column is None:
        return [""] * len(rows)
    return [_code(sheet.rows[r][column]) for r in rows]


@lru_cache(maxsize=4096)
def _code(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else " ".join(str(value).split())
    return "" if _NONE.fullmatch(text) else text


def numbers(
    sheet: Sheet, rows: list[int], columns: list[int], issues: list[Issue]
) -> tuple[Floats, dict[tuple[int, int], str]]:
    """Read the cells where rows and columns meet as numbers; what is not one becomes a marker or an issue."""
    shape = (len(rows), len(columns))
    cells = _cells(sheet, rows, columns)
    if set(map(type, cells)) == {float}:
        return np.array(cells).reshape(shape), {}
    others = [k for k, value in enumerate(cells) if type(value) is not float and type(value) is not int]
    for k in others:
        cells[k] = np.nan
    values = np.array(cells, dtype=np.float64).reshape(shape)
    markers: dict[tuple[int, int], str] = {}
    for k in others:
        i, j = divmod(k, len(columns))
        if sheet.at(rows[i], columns[j]) is not None:
            _read_text(sheet, (rows[i], columns[j]), (i, j), values, markers, issues)
    return values, markers


def whole(values: Floats) -> Floats:
    """Take away what binary fractions leave beside a whole number; a figure that is not whole stays as it is."""
    rounded = np.round(values)
    return np.where(np.abs(values - rounded) <= 1e-9 * np.abs(rounded), rounded, values)


def _cells(sheet: Sheet, rows: list[int], columns: list[int]) -> list[Value]:
    first, last = columns[0], columns[-1] + 1
    if columns == list(range(first, last)):
        return list(chain.from_iterable(sheet.rows[r][first:last] for r in rows))
    return [sheet.rows[r][c] for r in rows for c in columns]


def _read_text(
    sheet: Sheet, place: tuple[int, int], at: tuple[int, int], values: Floats, markers: dict[tuple[int, int], str],
    issues: list[Issue],
) -> None:  # fmt: skip
    value, text = sheet.at(*place), sheet.text(*place)
    if isinstance(value, str) and _NUMBER.fullmatch(text):
        values[at] = float(text.replace(",", ""))
    elif isinstance(value, str) and (not text or markings.meaning(text)):
        markers[at] = text
    else:
        shown = text if len(text) <= 40 else text[:37] + "..."
        issues.append(sheet.issue(*place, found=f'"{shown}"', expected="a number of days, or a marker such as - or NA",
                                  action="Type the number, or the publisher's marker."))  # fmt: skip


def _add_people(found: Table, block: layout.Block | None) -> None:
    if block is None:
        return
    found.people_columns = {word: column for (_, word), column in block.columns.items() if word in found.words}
    columns = list(found.people_columns.values())
    if columns:
        found.people, _ = numbers(found.sheet, found.rows.tolist(), columns, found.issues)


def england_table(sheet: Sheet) -> EnglandTable | None:
    """Take the England sheet's figures; None where the sheet has no heading of reasons by organisation."""
    place = _england_heading(sheet)
    if place is None:
        return None
    row, reason_column, columns = place
    issues: list[Issue] = []
    keys: list[tuple[str, str]] = []
    rows: list[int] = []
    titles: dict[str, str] = {}
    for r, key in _england_rows(sheet, row, reason_column, list(columns.values())):
        if key in keys:
            continue
        keys.append(key)
        rows.append(r)
        if key[1] not in (ALL, *titles):
            titles[key[1]] = layout.REASONS.get(key[1], (sheet.text(r, reason_column), ""))[0]
            issues += layout.reason_issues(sheet, r, reason_column, key[1])
    values, markers = numbers(sheet, rows, list(columns.values()), issues)
    values = whole(values)
    return EnglandTable(sheet, keys, np.array(rows, dtype=np.int64), list(columns),
                        np.array(list(columns.values()), dtype=np.int64), values, titles, markers, issues)  # fmt: skip


def _england_heading(sheet: Sheet) -> tuple[int, int, dict[str, int]] | None:
    for r, row in enumerate(sheet.rows[:60]):
        reasons = [c for c, value in enumerate(row) if type(value) is str and layout.squeeze(value) in _REASON]
        if not reasons:
            continue
        measures = {c: key for c, value in enumerate(row) if c > reasons[0] and (key := layout.measure(value))}
        block = layout.days_block(layout.blocks(sheet, r, measures))
        columns = {word: c for (_, word), c in block.columns.items() if word in ATTRIBUTIONS} if block else {}
        if len(columns) == len(ATTRIBUTIONS):
            return r, reasons[0], columns
    return None


def _england_rows(sheet: Sheet, heading: int, column: int, figures: list[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    setting = ""
    for r in range(heading + 1, len(sheet.rows)):
        for c in range(column):
            dimension, word = layout.measure(sheet.at(r, c)) or ("", "")
            setting = word if dimension == "setting" or word == ALL else setting
        if all(sheet.at(r, c) is None for c in figures):
            continue
        text = sheet.text(r, column)
        letter = ALL if _NONE.fullmatch(text) or layout.squeeze(text) == "total" else layout.reason(text)
        if setting in SETTINGS and letter:
            yield r, (setting, letter)
