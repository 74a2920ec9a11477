"""The tables of a finished page, as columns of text and numbers that another program can read."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfkit.model.periods import MONTHS
from perfkit.run.page_tree import Element

EMPTY, NO_VALUE = "[z]", "[x]"
"""The shorthand for a cell that the page leaves empty, and for one where it says that there is no value."""
_FIGURE = re.compile(
    r"(?P<sign>[+−-]?)(?P<before>£?)(?P<whole>0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(?P<part>\.\d+)?"
    r"(?P<after>m|k|bn)?(?P<percent>%)?(?P<unit> [a-z][a-z ]*)?(?P<marks>(?: \[[a-z]+\])*)"
)
_DAY = re.compile(r"([1-9]\d?) ([A-Z][a-z]+) (\d{4})")
_DETAIL, _UNIT = ": detail", ": unit"
_POUNDS = {"£": 0, "£k": 3, "£m": 6, "£bn": 9}
"""The units of money and their powers of ten, the smallest first."""
_NUMBER = "No."
"""The header of published numbers, where 1.10 is the tenth of the first and not 1.1."""
_RATING, _SMALL, _SIGN, _UNSEEN = "pk-chip", "pk-small", "pk-outlook", "pk-unseen"


@dataclass(frozen=True)
class Entry:
    """One cell: its text, and its number where it is one, without unit, as digits."""

    text: str
    number: str = ""
    unit: str = ""
    marks: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals the page shows."""
        return len(self.number.partition(".")[2])

    @property
    def signed(self) -> bool:
        """Whether the page shows a plus, as it does for a change."""
        return self.text.startswith("+")

    @property
    def day(self) -> dt.date | None:
        """The day that it names, where it is one.

        >>> Entry("21 July 2017").day, Entry("July 2017").day, Entry("31 June 2017").day
        (datetime.date(2017, 7, 21), None, None)
        """
        found = _DAY.fullmatch(self.text)
        if not found or found[2] not in MONTHS:
            return None
        try:
            return dt.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
        except ValueError:
            return None


@dataclass(frozen=True)
class Table:
    """One table of a page: ``data_of_chart`` where it stands behind a chart."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    section: str = ""
    source: str = ""
    data_of_chart: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cell:
    words: str
    small: str = ""
    rating: str = ""
    is_figure: bool = False


def tables(page: Element) -> list[Table]:
    """Give every table of the page in order, those behind its charts included.

    A line that heads a group becomes a column; a figure becomes a number, its unit a part of the header or, where units
    differ, a column; signs such as [i] and small print each become a column.
    """
    words = page.words
    return [_table(element, page, words) for element in page.find("table") if element.get("role") != "presentation"]


def entry(words: str) -> Entry:
    """Read a cell's text.

    >>> entry("1,488"), entry("−5.7 points"), entry("29.2% [i]").number, entry("£1.4m").unit, entry("007").number
    (Entry(text='1,488', number='1488', unit='', marks=''), Entry(text='−5.7 points', number='-5.7', unit='points', \
marks=''), '29.2', '£m', '')
    """
    found = _FIGURE.fullmatch(words)
    if not found:
        return Entry(words)
    sign = "-" if found["sign"] in ("−", "-") else ""
    unit = found["before"] + (found["after"] or "") + (found["percent"] or "") + (found["unit"] or "").strip()
    number = sign + found["whole"].replace(",", "") + (found["part"] or "")
    return Entry(words, number, unit, found["marks"].strip())


def notes_around(table: Element) -> tuple[str, ...]:
    """Give the legends and rules that stand in the same piece of the page as a table."""
    piece = next((one for one in table.ancestors() if "data-perfkit" in one.attributes), None)
    found: list[str] = []
    for one in piece.walk() if piece else ():
        if one.tag == "p" and "pk-legend" in one.classes and not one.words.endswith(":"):
            parts = [part.words for part in one.children if isinstance(part, Element) and part.tag == "span"]
            found.append("; ".join(parts) if len(parts) > 1 else one.words)
        elif one.tag == "ol" and "pk-legend" in one.classes:
            found += [f"Rule {place}: {line.words}" for place, line in enumerate(one.find("li"), 1)]
    return tuple(found)


def _table(table: Element, page: Element, words: str) -> Table:
    caption = next((one.words for one in table.find("caption")), "")
    figure = next((one for one in table.ancestors() if one.tag == "figure"), None)
    source = " ".join(one.words for one in figure.find("figcaption")) if figure else ""
    headers, rows = _spread(*_grid(table))
    return Table(
        title=caption.removeprefix("Data: ") or "Table",
        headers=_unique(headers),
        rows=tuple(tuple(map(_short, row, headers, [words] * len(row))) for row in rows),
        section=_section(table, page),
        source=source,
        data_of_chart=figure is not None,
        notes=notes_around(table),
    )


def _section(table: Element, page: Element) -> str:
    section = ""
    for one in page.walk():
        if one is table:
            return section
        if one.tag == "h2":
            section = one.words
    return section


def _grid(table: Element) -> tuple[list[str], list[list[_Cell]]]:
    """Give the headers and rows as they stand, the heads of groups as a first column."""
    headers: list[str] = []
    rows: list[list[_Cell]] = []
    group: list[_Cell] = []
    grouped = any(_heads_group(line) for line in table.find("tr"))
    for line in table.find("tr"):
        cells = _cells(line)
        if not headers:
            headers = [cell.words for cell in cells]
        elif _heads_group(line):
            group = cells[:1]
        else:
            rows.append(((group or [_Cell("")]) if grouped else []) + cells)
    return (["Group"] if grouped else []) + headers, rows


def _heads_group(line: Element) -> bool:
    cells = [one for one in line.children if isinstance(one, Element)]
    return len(cells) == 1 and cells[0].get("scope") == "rowgroup"


def _cells(line: Element) -> list[_Cell]:
    found: list[_Cell] = []
    for one in line.children:
        if isinstance(one, Element) and one.tag in ("td", "th"):
            wide = int(one.get("colspan") or 1) if one.get("scope") != "rowgroup" else 1
            found += [_cell(one)] * wide
    return found


def _cell(one: Element) -> _Cell:
    small = "; ".join(_said(part, set()) for part in one.walk() if _SMALL in part.classes).replace(".; ", ". ")
    rating = " ".join(part.words for part in one.walk() if _RATING in part.classes) if _group(one) else ""
    left_out = {_SMALL, _RATING} if _group(one) else {_SMALL}
    return _Cell(_said(one, left_out), small, rating, "pk-number" in one.classes)


def _group(one: Element) -> bool:
    return one.get("scope") == "rowgroup"


def _said(one: Element, left_out: set[str]) -> str:
    return " ".join("".join(_pieces(one, left_out)).split())


def _pieces(one: Element, left_out: set[str]) -> Iterable[str]:
    for child in one.children:
        if isinstance(child, str):
            yield child
        elif not left_out & child.classes and not _is_beside(child, of=one):
            edge = " " if child.tag in ("br", "p", "div", "li") or _SIGN in child.classes else ""
            yield edge
            yield from _pieces(child, left_out)
            yield edge


def _is_beside(child: Element, *, of: Element) -> bool:
    """Whether an element says nothing of its own: a drawing, a mark not read out, what tells links of a page apart."""
    apart = _UNSEEN in child.classes and of.tag in ("a", "summary")
    return apart or child.tag == "svg" or child.get("aria-hidden") == "true"


def _spread(headers: list[str], rows: list[list[_Cell]]) -> tuple[list[str], tuple[tuple[Entry, ...], ...]]:
    """Make one column of each kind of thing that a column holds."""
    wide = max([len(headers), *(len(row) for row in rows)])
    named = headers + [f"Column {place}" for place in range(len(headers) + 1, wide + 1)]
    shown: list[tuple[str, list[Entry]]] = []
    for place, header in enumerate(named):
        column = [row[place] if place < len(row) else _Cell("") for row in rows]
        shown += _columns(header or f"Column {place + 1}", column)
    shown = _with_one_unit(shown)
    return [header for header, _ in shown], tuple(zip(*(entries for _, entries in shown), strict=True))


def _with_one_unit(shown: list[tuple[str, list[Entry]]]) -> list[tuple[str, list[Entry]]]:
    """Say the unit of a line once where several columns would repeat it."""
    units = [entries for header, entries in shown if header.endswith(_UNIT)]
    lines = [{one.text for one in line if one.text} for line in zip(*units, strict=True)]
    if len(units) < 2 or any(len(line) > 1 for line in lines):
        return shown
    first = next(place for place, (header, _) in enumerate(shown) if header.endswith(_UNIT)) - 1
    kept = [(header, entries) for header, entries in shown if not header.endswith(_UNIT)]
    kept.insert(first, ("Unit", [Entry("".join(line)) for line in lines]))
    return kept


def _columns(header: str, cells: Sequence[_Cell]) -> list[tuple[str, list[Entry]]]:
    entries = [entry(cell.words) for cell in cells]
    plain = all(one.number and one.unit in ("", "%") for one in entries if one.text)
    if not plain and not any(cell.is_figure for cell in cells):
        entries = [Entry(cell.words) for cell in cells]
    if header == _NUMBER and any(one.decimals for one in entries):
        entries = [Entry(cell.words) for cell in cells]
    entries = _in_one_money(entries)
    units = sorted({one.unit for one in entries if one.number})
    found = [(_with_unit(header, units), entries)]
    if len(units) > 1:
        found.append((header + _UNIT, [Entry((one.unit or "number") if one.number else "") for one in entries]))
    further = {
        ": sign": [one.marks for one in entries],
        ": rating": [cell.rating for cell in cells],
        _DETAIL: [cell.small for cell in cells],
    }
    found += [(header + name, [Entry(words) for words in column]) for name, column in further.items() if any(column)]
    return found


def _in_one_money(entries: list[Entry]) -> list[Entry]:
    """Write amounts of money that a page rounds differently in the largest of their units, as a column must be.

    >>> [(one.number, one.unit) for one in _in_one_money([entry("£2.2m"), entry("−£200,000"), entry("no value")])]
    [('2.2', '£m'), ('-0.2', '£m'), ('', '')]
    """
    units = {one.unit for one in entries if one.number}
    if len(units) < 2 or not units <= set(_POUNDS):
        return entries
    unit = max(units, key=lambda name: _POUNDS[name])
    moved = ((one, Decimal(one.number or 0).scaleb(_POUNDS.get(one.unit, 0) - _POUNDS[unit])) for one in entries)
    return [
        replace(one, number=f"{number.normalize():f}", unit=unit) if one.number and one.unit != unit else one
        for one, number in moved
    ]


def _with_unit(header: str, units: Sequence[str]) -> str:
    if len(units) != 1 or not units[0] or header.lower().endswith(units[0]):
        return header
    return f"{header} ({units[0]})"


def _short(one: Entry, header: str, page: str) -> Entry:
    """Write shorthand where there is nothing or no value, unless the page uses the same sign for something else."""
    if not one.text:
        return Entry(EMPTY if EMPTY not in page else "[no entry]")
    is_value = one.text.lower() == "no value" and not header.endswith(_DETAIL)
    return Entry(NO_VALUE) if is_value and NO_VALUE not in page else one


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        seen[header.lower()] += 1
        times = seen[header.lower()]
        found.append(header if times == 1 else f"{header} ({times})")
    return tuple(found)
