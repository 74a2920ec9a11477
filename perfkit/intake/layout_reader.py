"""Read a sheet that people filled in, by its layout: headings under any of their names, rows wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from perfkit.intake import headings, layout_cells, particulars, reading
from perfkit.intake.cells import shown
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.headings import Aliases, Headings, words
from perfkit.intake.layout_cells import UNITS, Said
from perfkit.intake.particulars import Told
from perfkit.intake.rows import Columns, Row, walk
from perfkit.model import schemas
from perfkit.model.errors import Issue
from perfkit.model.layouts import Heading, Layout

_TOTAL = re.compile(r"(?:(?:grand|overall|net|sub) |sub-?)?totals?\b.*|sum|.* totals?", re.IGNORECASE)
_MINE = "layout "
"""Set before each field in the search for headings, which knows fields of returns by name and treats them apart."""
_ASIDE = re.compile(r"(?:notes?|source|key|\*)\b|\*", re.IGNORECASE)
_SUFFIXES = sorted((unit for unit in UNITS if unit), key=len, reverse=True)


@dataclass(frozen=True)
class Filled:
    """A sheet read by its layout: its rows, those of totals set aside, and what is told above the table."""

    layout: Layout
    rows: reading.Rows = field(default_factory=list)
    totals: list[tuple[Row, dict[str, Said]]] = field(default_factory=list)
    told: Told = field(default_factory=dict)
    at: dict[str, Row] = field(default_factory=dict)
    """The row of the sheet by the cell that a row of the table names as its own."""

    def row_of(self, record: Mapping[str, object]) -> Row:
        """Give the row of the sheet that a row of the table came from."""
        return self.at[str(record["cell"])]


def find(sheet: Sheet, layout: Layout) -> Headings | None:
    """Find the layout's headings on a sheet; None where one that it needs is missing.

    A second row of headings that tells only units, such as £000, belongs to them.
    """
    needed = [_MINE + name for name in layout.needed]
    found = headings.find(sheet, _aliases(layout), needed=needed)
    if found is None:
        return None
    found = replace(found, columns={name.removeprefix(_MINE): column for name, column in found.columns.items()})
    below = [sheet.text(found.row + 1, c) for c in found.columns.values()]
    filled = [words(text) for text in below if text]
    only_units = bool(filled) and all(text in UNITS and text for text in filled)
    return replace(found, row=found.row + 1) if only_units else found


def lacks(sheet: Sheet, layout: Layout) -> tuple[int, list[Heading]] | None:
    """Tell of a sheet that bears the layout's name or most of its headings which needed ones it lacks, and where."""
    aliases = _aliases(layout)
    best, missing = -1, list(layout.headings)
    names = {alias: name for name, some in aliases.items() for alias in some}
    for number, some in enumerate(sheet.rows[:60]):
        have = {names[words(value)] for value in some if isinstance(value, str) and words(value) in names}
        without = [h for h in layout.headings if h.required and _MINE + h.field not in have]
        if have and len(without) < len([h for h in missing if h.required]):
            best, missing = number, without
    return (best, missing) if best >= 0 and missing else None


def read(workbook: Workbook, sheet: Sheet, layout: Layout, issues: list[Issue]) -> Filled:
    """Read the rows below the layout's headings; what is wrong is added to ``issues``.

    Raises `ValueError` where the sheet lacks headings that the layout needs: ask `find` first.
    """
    found = find(sheet, layout)
    if found is None:
        raise ValueError(f"{sheet.name} has no headings of {layout.table}")
    scales = _scales(sheet, found, layout, issues)
    filled = Filled(layout, told=particulars.of(workbook, sheet, layout, issues))
    rest = _set_totals_aside(sheet, found, filled, scales, issues)
    columns = Columns(_aliases(layout), layout.needed, layout.key, layout.witness)
    for row in walk(rest, found, columns, issues):
        if not _is_aside(row):
            _take(row, filled, scales)
    return filled


@lru_cache(maxsize=64)
def _aliases(layout: Layout) -> Aliases:
    return {_MINE + heading.field: _names(heading) for heading in layout.headings}


def _names(heading: Heading) -> tuple[str, ...]:
    plain = (words(heading.title), *heading.aliases)
    if heading.kind != "money":
        return plain
    own = [f"{name} {unit}" for name in plain for unit in (*_SUFFIXES, *(f"in {u}" for u in _SUFFIXES))]
    return (*plain, *own, *(f"{unit} {name}" for name in plain for unit in _SUFFIXES))


def _scales(sheet: Sheet, found: Headings, layout: Layout, issues: list[Issue]) -> dict[str, float]:
    told, where = particulars.money(sheet)
    money = [heading for heading in layout.headings if heading.kind == "money" and heading.field in found.columns]
    if money and told is None and where.cell:
        action = 'Write one such as "Figures in: £000".'
        issues.append(Issue(where, "a unit of money that is not known", "a unit of £, £000 or £m", action))
    scales, units = {}, {}
    for heading in money:
        column = found.columns[heading.field]
        own = _unit(sheet, found.row, column, heading)
        if own is not None and told is not None and own != told:
            title = sheet.text(found.row, column)
            issues.append(sheet.issue(found.row, column, found=f'the heading "{title}"',
                                      expected=f"the unit that {where.cell} tells",
                                      action="Tell one unit in both places."))  # fmt: skip
        units[column] = own or told
        scales[heading.field] = own or told or 1.0
    issues += _without_unit(sheet, found, units)
    return scales


def _without_unit(sheet: Sheet, found: Headings, units: Mapping[int, float | None]) -> list[Issue]:
    """Tell of amounts whose heading has no unit beside others that have one: pounds or thousands, nobody can tell."""
    telling = next((column for column, unit in units.items() if unit not in (None, 1.0)), None)
    if telling is None:
        return []
    example = sheet.text(found.row, telling) or sheet.text(found.row - 1, telling)
    return [
        sheet.issue(found.row, column, found=f'the heading "{sheet.text(found.row, column)}" without a unit',
                    expected=f'a unit, as "{example}" has',
                    action='Tell the unit in each heading of money, or once above the table: "Figures in: £000".')
        for column, unit in units.items() if unit is None and _has_amounts(sheet, found.row, column)
    ]  # fmt: skip


def _has_amounts(sheet: Sheet, row: int, column: int) -> bool:
    values = (some[column] for some in sheet.rows[row + 1 :] if column < len(some))
    return any(isinstance(value, int | float) and value != 0 for value in values)


def _unit(sheet: Sheet, row: int, column: int, heading: Heading) -> float | None:
    """Give what one stands for by the heading, the cell above it or the unit below it; None where none tells."""
    plain = {words(heading.title), *heading.aliases}
    above = words(sheet.text(row - 1, column)) if row else ""
    for text in (words(sheet.text(row, column)), f"{above} {words(sheet.text(row, column))}"):
        for name in plain:
            rest = text.removeprefix(name).removesuffix(name).strip().removeprefix("in ").strip()
            if name in text and rest and rest in UNITS:
                return UNITS[rest]
    return None


def _set_totals_aside(
    sheet: Sheet, found: Headings, filled: Filled, scales: dict[str, float], issues: list[Issue]
) -> Sheet:
    """Give the sheet without its rows of totals, which are kept apart to be checked."""
    if not filled.layout.summed:
        return sheet
    rows = list(sheet.rows)
    texts = [h.field for h in filled.layout.headings if h.kind in ("text", "whole", "year")]
    for number in range(found.row + 1, len(rows)):
        row = Row(sheet, found, number, issues)
        if any(isinstance(row.value(name), str) and _TOTAL.fullmatch(str(row.value(name)).strip()) for name in texts):
            figures = {h.field: layout_cells.read(row, h, scale=scales.get(h.field, 1.0))
                       for h in filled.layout.headings if h.field in filled.layout.summed}  # fmt: skip
            if any(said.value is not None for said in figures.values()):
                filled.totals.append((row, figures))
                rows[number] = []
    return replace(sheet, rows=rows)


def _is_aside(row: Row) -> bool:
    """Tell a note below or between the rows, which fills one cell only."""
    own = [(c, v) for c, v in enumerate(row.sheet.rows[row.number]) if v not in (None, "")]
    first = [c for c, _ in own if (row.number, c) not in row.sheet.merged]
    texts = {str(v) for _, v in own}
    merged = len(own) > 1 and len(first) <= 1
    return len(texts) == 1 and (merged or _ASIDE.match(next(iter(texts))) is not None)


def _take(row: Row, filled: Filled, scales: dict[str, float]) -> None:
    layout = filled.layout
    said = {h.field: layout_cells.read(row, h, scale=scales.get(h.field, 1.0)) for h in layout.headings
            if row.column(h.field) is not None}  # fmt: skip
    missing = [h for h in layout.headings if h.field in said and _must(layout, h) and said[h.field].value is None]
    for heading in missing:
        if said[heading.field].problem is None:
            found = shown(row.value(heading.field))
            row.wrong(heading.field, found, f"{heading.title}: {heading.meaning}", "Fill the cell.")
    if missing:
        return
    record = {name: value for name, value in filled.told.items() if value is not None}
    record |= {name: one.value for name, one in said.items() if one.value is not None}
    record |= _marked(layout, said) | row.place(_figure(layout, row))
    filled.at[str(record["cell"])] = row
    filled.rows.extend(_spread(record, layout))


def _must(layout: Layout, heading: Heading) -> bool:
    columns = {column.name: column for column in schemas.TABLES[layout.table].columns}
    return heading.field in columns and columns[heading.field].required and heading.field != layout.spread


def _marked(layout: Layout, said: Mapping[str, Said]) -> dict[str, str]:
    """Keep the signs that stand in place of values, where the table has a column for them."""
    names = schemas.TABLES[layout.table].names
    marked = {name: one.marker for name, one in said.items() if one.marker}
    if "marker" in names and "value" in marked:
        return {"marker": str(marked["value"])}
    return {"markers": ", ".join(f"{n} {m}" for n, m in marked.items())} if "markers" in names and marked else {}


def _figure(layout: Layout, row: Row) -> str:
    figures = [h.field for h in layout.headings if h.kind in ("money", "number") and h.required]
    return next((name for name in figures if row.column(name) is not None), layout.key)


def _spread(record: dict[str, object], layout: Layout) -> reading.Rows:
    if not layout.spread:
        return [record]
    return [{**record, layout.spread: item} for item in str(record.get(layout.spread) or "").split()]
