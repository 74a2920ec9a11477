"""Read a sheet that people filled in, by its layout: headings under any of their names, rows wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from perfkit.intake import headings
from perfkit.intake.cells import shown
from perfkit.intake.headings import Aliases, Headings, words
from perfkit.intake.layouts import cells as layout_cells
from perfkit.intake.layouts import headings as layout_headings
from perfkit.intake.layouts import particulars, units
from perfkit.intake.layouts import rows as layout_rows
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.layouts.said import Said
from perfkit.intake.rows import Row, TableSpec, walk
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import schemas
from perfkit.model.errors import Issue
from perfkit.model.layouts import Heading, Layout

_MINE = "layout "
"""Set before each field in the search for headings, which knows fields of returns by name and treats them apart."""
_PERIODS = ("period", "financial_year")


@dataclass(frozen=True)
class _Spec(TableSpec):
    """The columns of a layout, which may stand again over a next block of rows."""

    def again(self, sheet: Sheet, row: int) -> Headings | None:
        """Read a row below the table's headings as headings of its next block, None where it is none."""
        found = _own(headings.match(sheet, row, self.aliases))
        return found if all(name in found.columns for name in self.needed) else None


def find(sheet: Sheet, layout: Layout) -> Headings | None:
    """Find the layout's headings on a sheet; None where one that it needs is missing.

    A second row of headings that tells only units, such as £000, belongs to them.
    """
    found = _found(sheet, layout)
    return found or _found(layout_headings.settled(sheet, layout, depth=layout_headings.DEPTH), layout)


def _found(sheet: Sheet, layout: Layout) -> Headings | None:
    found = headings.find(sheet, _aliases(layout), needed=[_MINE + name for name in layout.needed])
    if found is None:
        return None
    found = _own(found)
    only_units = units.only(sheet, found.row + 1, found.columns.values())
    return replace(found, row=found.row + 1) if only_units else found


def _own(found: Headings) -> Headings:
    columns = {name.removeprefix(_MINE): column for name, column in found.columns.items()}
    return replace(found, columns=columns, twice=tuple((n.removeprefix(_MINE), c) for n, c in found.twice))


def lacks(sheet: Sheet, layout: Layout) -> tuple[Headings, list[Heading]] | None:
    """Give the row of a sheet that holds most of the headings that the layout needs, and those that it lacks."""
    aliases = _aliases(layout)
    names = {alias for some in aliases.values() for alias in some}
    best, missing = None, [h for h in layout.headings if h.required]
    settled = layout_headings.settled(sheet, layout, depth=layout_headings.DEPTH)
    for number, some in enumerate(settled.rows[: layout_headings.DEPTH]):
        if any(isinstance(value, str) and words(value) in names for value in some):
            found = _own(headings.match(settled, number, aliases))
            without = [h for h in layout.headings if h.required and h.field not in found.columns]
            if len(without) < len(missing):
                best, missing = found, without
    return (best, missing) if best is not None and missing else None


def read(workbook: Workbook, sheet: Sheet, layout: Layout, issues: list[Issue]) -> Filled:
    """Read the rows below the layout's headings; what is wrong is added to ``issues``.

    Raises `ValueError` where the sheet lacks headings that the layout needs: ask `find` first.
    """
    anywhere = find(sheet, layout)
    if anywhere is None:
        raise ValueError(f"{sheet.name} has no headings of {layout.table}")
    filled = Filled(layout, told=particulars.of(workbook, sheet, layout, issues))
    period = next((str(filled.told[name]) for name in _PERIODS if filled.told.get(name)), "")
    settled = layout_headings.settled(sheet, layout, period=period)
    found = _found(settled, layout)
    if found is None:
        issues.append(_of_others(sheet, anywhere, layout, period))
        return filled
    scales = units.scales(settled, found, layout, issues)
    filled.scales.update(scales)
    rest = layout_rows.set_totals_aside(settled, found, filled, scales, issues)
    columns = _Spec(_aliases(layout), layout.needed, layout.key, layout.witness)
    before, walked = len(issues), set()
    for row in walk(rest, found, columns, issues):
        walked.add(row.number)
        if not layout_rows.is_aside(row):
            _take(row, filled, scales)
    issues += layout_rows.without_key(rest, found, layout, walked | _told(issues[before:], rest))
    issues += layout_rows.unread(settled, found, layout, {filled.row_of(record).number for record in filled.rows})
    return filled


def _told(issues: Sequence[Issue], sheet: Sheet) -> set[int]:
    """Give the rows of a sheet that issues speak of."""
    cells = [issue.where.cell for issue in issues if issue.where.sheet == sheet.name]
    return {int(match.group()) - 1 for cell in cells if (match := re.search(r"\d+$", cell))}


def _of_others(sheet: Sheet, found: Headings, layout: Layout, period: str) -> Issue:
    """Tell of a sheet whose figures are all of another year or another stage, such as inherent risk."""
    fields = [h for h in layout.headings if h.field in found.columns]
    figures = [found.columns[h.field] for h in fields if h.kind in layout_headings.FIGURES]
    dated = [c for h in fields if re.search(r"\d", sheet.text(found.row, c := found.columns[h.field]))]
    column = next(iter(dated or figures or found.columns.values()))
    text = " ".join(
        filter(None, (sheet.text(found.row - 1, column) if found.row else "", sheet.text(found.row, column)))
    )
    if dated or any(heading.kind == "money" for heading in layout.headings):
        return sheet.issue(found.row, column, found=f"the heading {shown(sheet.at(found.row, column))}",
                           expected=f"headings for {period}, which the sheet reports",
                           action="Correct the year of the heading, or that of the title.")  # fmt: skip
    return sheet.issue(found.row, column, found=f"the heading {shown(text)}", expected="the figures as they stand now",
                       action="Add columns for them, such as Residual or Current.")  # fmt: skip


@lru_cache(maxsize=64)
def _aliases(layout: Layout) -> Aliases:
    return {_MINE + field: some for field, some in layout_headings.names(layout).items()}


def _take(row: Row, filled: Filled, scales: dict[str, float]) -> None:
    layout = filled.layout
    said = {h.field: layout_cells.read(row, h, scale=scales.get(h.field, 1.0)) for h in layout.headings
            if row.column(h.field) is not None}  # fmt: skip
    missing = [h for h in layout.headings if h.field in said and _must(layout, h) and said[h.field].value is None]
    alone = [name for name in row.headings.columns if row.text_of(name)] == [layout.key]
    if alone and missing:
        wanted = ", ".join(heading.title for heading in missing)
        row.wrong(layout.key, f"{shown(row.value(layout.key))} and nothing beside it", wanted,
                  "Fill the row; if it only heads the rows below it, take it out.")  # fmt: skip
        return
    for heading in missing:
        if said[heading.field].problem is None:
            found = shown(row.value(heading.field))
            row.wrong(heading.field, found, f"{heading.title}: {heading.meaning}", "Fill the cell.")
    if missing:
        return
    facts = {name: one.value for name, one in said.items() if one.value is not None} | _marked(layout, said)
    for some in _spread(facts, layout):
        filled.add(row, _figure(layout, row), some)


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


def _spread(facts: Mapping[str, object], layout: Layout) -> list[Mapping[str, object]]:
    if not layout.spread:
        return [facts]
    return [{**facts, layout.spread: item} for item in str(facts.get(layout.spread) or "").split()]
