"""The figures of one delayed-transfers sheet: areas down, figures across, markers kept apart from numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, zip_longest

import numpy as np
import numpy.typing as npt

from perfkit.intake import markers as markings
from perfkit.intake.dtoc import layout
from perfkit.intake.dtoc import rows as dtoc_rows
from perfkit.intake.dtoc import words as words_of
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue
from perfkit.model.schemas import ALL, ATTRIBUTIONS, SETTINGS

_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_REASON = ("reasonfordelay", "reasonsfordelay", "reason", "reasons", "delayreason", "reasonfordelayeddischarge")
_NONE = re.compile(r"[-–—*\s]*")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Kept:
    """The rows of a sheet that hold figures, and their cells column by column."""

    sheet: Sheet
    rows: list[int]

    @cached_property
    def columns(self) -> list[tuple[Value, ...]]:
        """The cells of these rows."""
        return list(zip_longest(*[self.sheet.rows[r] for r in self.rows]))

    def column(self, place: int | None) -> tuple[Value, ...]:
        """Give one column, nothing at all where the heading does not have it."""
        return () if place is None or not self.columns else self.columns[place]


@dataclass(frozen=True)
class Areas:
    """The areas of one sheet in their order, as they are named there: the same month after month."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    keys: tuple[str, ...]
    """What stays the same of a name between sheets."""

    @cached_property
    def england(self) -> int | None:
        """The place of England among them."""
        return self.names.index(words_of.ENGLAND) if words_of.ENGLAND in self.names else None

    @cached_property
    def repeats(self) -> bool:
        """Whether a name or a code stands there twice."""
        codes = [code for code in self.codes if code]
        return len(set(self.keys)) < len(self.keys) or len(set(codes)) < len(codes)


@dataclass(frozen=True)
class Region:
    """The total of a region, which stands among the authorities and is not loaded: they add up to it."""

    name: str
    row: int
    values: Floats


@dataclass
class Table:
    """One sheet's authorities and their figures. ``values[i, j]`` stands in row ``rows[i]``, column ``columns[j]``."""

    sheet: Sheet
    dimension: str
    areas: Areas
    rows: Ints
    words: list[str]
    columns: Ints
    values: Floats
    titles: dict[str, str]
    markers: dict[tuple[int, int], str] = field(default_factory=dict)
    people: Floats | None = None
    people_columns: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    labels: Mapping[str, int] = field(default_factory=dict)
    """The column of each label of an area: its name, code and region."""

    def label(self, i: int, what: str = "name") -> tuple[int, int]:
        """Give the row and column in which a label of the i-th area stands, its name where the sheet has none such."""
        return int(self.rows[i]), self.labels.get(what, self.labels.get("name", 0))

    def column(self, word: str) -> Floats | None:
        """Give the figures under one word, None where the sheet has no such column."""
        return self.values[:, self.words.index(word)] if word in self.words else None


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
    issues = [fault.at(sheet, heading.row, column) for column, fault in heading.faults]
    words, columns = [word for _, word in block.columns], list(block.columns.values())
    found_rows = dtoc_rows.find(sheet, heading, columns)
    kept, issues = Kept(sheet, found_rows.areas), [*issues, *found_rows.issues]
    values, markers = numbers(kept, columns, issues)
    found = Table(
        sheet=sheet,
        dimension=block.dimension,
        areas=_areas(*(kept.column(heading.labels.get(role)) for role in ("name", "code", "region"))),
        rows=np.array(kept.rows, dtype=np.int64),
        words=words,
        columns=np.array(columns, dtype=np.int64),
        values=whole(values),
        titles=heading.titles,
        markers=markers,
        issues=issues,
        labels=heading.labels,
    )
    if found_rows.regions:
        totals = numbers(Kept(sheet, list(found_rows.regions)), columns, issues)[0]
        found.regions = [Region(name, r, totals[k]) for k, (r, name) in enumerate(found_rows.regions.items())]
    if heading.people is not None:
        people = {word: column for (_, word), column in heading.people.columns.items() if word in words}
        found.people_columns = people
        found.people = numbers(kept, list(people.values()), issues)[0] if people else None
    return found


@lru_cache(maxsize=128)
def _areas(names: tuple[Value, ...], codes: tuple[Value, ...], regions: tuple[Value, ...]) -> Areas:
    listed, blank = tuple(map(words_of.name, names)), ("",) * len(names)
    return Areas(listed, tuple(map(_code, codes)) or blank, tuple(map(_code, regions)) or blank,
                 tuple(map(layout.area_key, listed)))  # fmt: skip


@lru_cache(maxsize=4096)
def _code(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else " ".join(str(value).split())
    return "" if _NONE.fullmatch(text) else text


def numbers(kept: Kept, columns: list[int], issues: list[Issue]) -> tuple[Floats, dict[tuple[int, int], str]]:
    """Read the cells where rows and columns meet as numbers; what is not one becomes a marker or an issue."""
    cells = list(chain.from_iterable(map(kept.column, columns)))
    markers: dict[tuple[int, int], str] = {}
    for k in _no_numbers(cells):
        (j, i), value, cells[k] = divmod(k, len(kept.rows)), cells[k], np.nan
        figure = _figure(value)
        if type(figure) is float:
            cells[k] = figure
        elif type(figure) is str:
            markers[i, j] = figure
        elif value is not None:
            issues.append(_no_figure(kept.sheet, kept.rows[i], columns[j]))
    return np.array(cells, dtype=np.float64).reshape(len(columns), len(kept.rows)).T, markers


@lru_cache(maxsize=1024)
def _figure(value: Value) -> float | str | None:
    """Give the number or the marker that a text is."""
    text = " ".join(value.split()) if isinstance(value, str) else None
    if text is None or _NUMBER.fullmatch(text):
        return None if text is None else float(text.replace(",", ""))
    return text if not text or markings.meaning(text) else None


def _no_numbers(cells: list[Value]) -> list[int]:
    kinds = list(map(type, cells))
    if kinds.count(float) == len(kinds):
        return []
    return [k for k, kind in enumerate(kinds) if kind is not float and kind is not int]


def whole(values: Floats) -> Floats:
    """Take away what binary fractions leave beside a whole number; a figure that is not whole stays as it is."""
    rounded = np.round(values)
    return np.where(np.abs(values - rounded) <= 1e-9 * np.abs(rounded), rounded, values)


def _no_figure(sheet: Sheet, row: int, column: int) -> Issue:
    text = sheet.text(row, column)
    shown = text if len(text) <= 40 else text[:37] + "..."
    return sheet.issue(row, column, found=f'"{shown}"', expected="a number of days, or a marker such as - or NA",
                       action="Type the number, or the publisher's marker.")  # fmt: skip


def england_table(sheet: Sheet) -> EnglandTable | None:
    """Take the England sheet's figures; None where the sheet has no heading of reasons by organisation."""
    place = next((found for r in range(min(len(sheet.rows), 60)) if (found := _england_heading(sheet, r))), None)
    if place is None:
        return None
    heading, reasons, words = place
    columns, start = list(words.values()), heading + 1
    there: dict[tuple[str, str], int] = {}
    for r, key in _england_keys(tuple([tuple(row[: reasons + 1]) for row in sheet.rows[start:]])):
        if key not in there and any(sheet.rows[start + r][c] is not None for c in columns):
            there[key] = start + r
    kept = Kept(sheet, list(there.values()))
    titles, issues = _england_titles(sheet, there, reasons)
    values, markers = numbers(kept, columns, issues)
    rows = np.array(kept.rows, dtype=np.int64)
    return EnglandTable(sheet, list(there), rows, list(words), np.array(columns, dtype=np.int64), whole(values),
                        titles, markers, issues)  # fmt: skip


def _england_titles(sheet: Sheet, there: dict[tuple[str, str], int], column: int) -> tuple[dict[str, str], list[Issue]]:
    titles: dict[str, str] = {}
    issues = []
    for (_, letter), r in there.items():
        if letter not in (ALL, *titles):
            text = sheet.text(r, column)
            titles[letter] = words_of.REASONS.get(letter, (text, ""))[0]
            if fault := layout.reason_fault(text, letter):
                issues.append(fault.at(sheet, r, column))
    return titles, issues


def _england_heading(sheet: Sheet, row: int) -> tuple[int, int, dict[str, int]] | None:
    if not any(type(value) is str and words_of.squeeze(value) in _REASON for value in sheet.rows[row]):
        return None
    values = layout.texts(sheet, row)
    reasons = next(c for c, text in enumerate(values) if words_of.squeeze(text) in _REASON)
    measures = {c: key for c, text in enumerate(values) if c > reasons and (key := words_of.measure(text))}
    above, further = layout.texts(sheet, row - 1), layout.texts(sheet, row - 2)
    block = layout.days_block(layout.blocks(measures, values, above, further))
    columns = {word: c for (_, word), c in block.columns.items() if word in ATTRIBUTIONS} if block else {}
    return (row, reasons, columns) if len(columns) == len(ATTRIBUTIONS) else None


@lru_cache(maxsize=64)
def _england_keys(rows: tuple[tuple[Value, ...], ...]) -> tuple[tuple[int, tuple[str, str]], ...]:
    """Name what the figures of each row are of: setting and reason, by the texts up to the reason's column."""
    setting, found = "", []
    for r, (*before, last) in enumerate(rows):
        for word in before:
            dimension, known = words_of.measure(word) or ("", "")
            setting = known if dimension == "setting" or known == ALL else setting
        text = "" if last is None else str(last)
        whole_setting = _NONE.fullmatch(text) or (words_of.measure(text) or ("", ""))[0] in (ALL, "setting")
        letter = ALL if whole_setting else words_of.reason(text)
        if setting in SETTINGS and letter:
            found.append((r, (setting, letter)))
    return tuple(found)
