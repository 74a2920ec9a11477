"""A grid of savings: one row a saving, the years across the columns, as budget papers print it.

Its headings may stand in two rows: a title over all years, such as Savings required (£000), or a unit below each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfkit.intake import concealed
from perfkit.intake.cells import shown
from perfkit.intake.headings import Headings, words
from perfkit.intake.layouts import dates, money, particulars
from perfkit.intake.layouts import rows as layout_rows
from perfkit.intake.layouts import text as layout_text
from perfkit.intake.layouts import units as layout_units
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.layouts.money import LONGEST_FIRST, UNITS
from perfkit.intake.rows import Row
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import Issue, Severity
from perfkit.model.paper_layouts import SAVINGS, STREAMS

DEPTH = 60
FEWEST_YEARS = 2
_NUMBERS = ("no", "number", "ref", "work stream no", "work stream number", "workstream no", "workstream number",
            "stream")  # fmt: skip
_TITLES = ("saving", "savings", "saving proposal", "savings proposal", "proposal", "work stream", "workstream", "title",
           "efficiency", "efficiency saving", "scheme", "savings scheme", "description", "savings title",
           "saving title", "budget saving", "description of saving", "savings area", "savings line")  # fmt: skip
_YEAR = re.compile(
    r"(?P<year>(?:fy ?)?(?:20)?\d\d\s*(?:[-/–]|to)\s*(?:20)?\d\d)(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_REQUIRED = ("", "required", "target", "saving", "savings", "planned", "savings required", "savings target", "budget")
_OTHER = re.compile(r"\b(?:delivered|achieved|forecast|cumulative|actual)\b")
_TOTAL = re.compile(r"(?:grand )?totals?\b")


@dataclass(frozen=True)
class Grid:
    """Where a grid stands: its years' row, the first row below the headings, and its columns by year and by name.

    Those by name are ``number`` and ``stream_title``, of which it has one at least, and ``total``.
    """

    row: int
    below: int
    years: Mapping[str, int]
    columns: Mapping[str, int]


def find(sheet: Sheet) -> Grid | None:
    """Find headings with a saving or its number and at least two financial years in a row, on a sheet about savings.

    >>> sheet = Sheet("a.xlsx", "Savings", [["Saving", "2024-25", "2025/26 £000", "Total"], ["Fleet", 1, 2, 3]])
    >>> find(sheet)
    Grid(row=0, below=1, years={'2024-25': 1, '2025-26': 2}, columns={'stream_title': 0, 'total': 3})
    """
    for row, some in enumerate(sheet.rows[:DEPTH]):
        years = {year: c for c, value in reversed(list(enumerate(some))) if (year := _year(value))}
        if len(years) < FEWEST_YEARS or not _is_about_savings(sheet, row):
            continue
        below = row + 1 + layout_units.only(sheet, row + 1, years.values())
        for rows in ((row,), (*_above(sheet, row), row, below - 1)):
            columns = _columns(sheet, rows)
            if "number" in columns or "stream_title" in columns:
                return Grid(row, below, dict(sorted(years.items())), columns)
    return None


def _above(sheet: Sheet, row: int) -> tuple[int, ...]:
    """Give the row above, where it may be one of headings: a text that stands alone there is the sheet's title."""
    texts = [value for c, value in enumerate(sheet.rows[row - 1]) if value and (row - 1, c) not in sheet.merged]
    return (row - 1,) if row and len(texts) > 1 else ()


def _columns(sheet: Sheet, rows: Sequence[int]) -> dict[str, int]:
    """Give the columns of numbers, titles and totals among the texts of some rows."""
    texts = {words(value): c for row in rows for c, value in enumerate(sheet.rows[row])
             if isinstance(value, str)}  # fmt: skip
    named = {"number": _NUMBERS, "stream_title": _TITLES, "total": [text for text in texts if _TOTAL.match(text)]}
    found = {name: next((texts[text] for text in some if text in texts), None) for name, some in named.items()}
    return {name: column for name, column in found.items() if column is not None}


def _is_about_savings(sheet: Sheet, row: int) -> bool:
    texts = [sheet.name, *(str(v) for some in sheet.rows[: row + 1] for v in some if isinstance(v, str))]
    return any(re.search(r"\bsavings?\b|\befficienc", text, re.IGNORECASE) for text in texts)


def _year(value: object) -> str | None:
    match = _YEAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or words(match["rest"]).removesuffix(_unit(match["rest"])).strip() not in _REQUIRED:
        return None
    said = dates.year(match["year"])
    return None if said.value is None else str(said.value)


def _unit(text: str) -> str:
    """Give the unit of money that a text ends in, "" where it ends in none."""
    plain = f" {words(text)}"
    return next((unit for unit in LONGEST_FIRST if plain.endswith(f" {unit}")), "")


def read(workbook: Workbook, sheet: Sheet, filled: Sequence[Filled], issues: list[Issue]) -> list[Filled]:
    """Read each figure of a grid into a row of savings, required in its year; what is wrong is added to ``issues``.

    A saving without a number has that of its title among the work streams of the workbook; where it has none, the
    savings are numbered by their place, told as a warning, and given as work streams as well.
    Raises `ValueError` where the sheet holds no grid: ask `find` first.
    """
    grid = find(sheet)
    if grid is None:
        raise ValueError(f"{sheet.name} holds no grid of savings")
    told = particulars.of(workbook, sheet, SAVINGS, issues)
    if other := _of_others(sheet, grid) or _twice(sheet, grid):
        issues.append(other)
        return []
    savings = Filled(SAVINGS, told=told)
    streams = Filled(STREAMS, told={name: told[name] for name in ("programme", "status") if told.get(name)})
    known = {words(str(row["title"])): int(row["number"])
             for one in filled if one.layout is STREAMS for row in one.rows}  # fmt: skip
    rows = _rows(sheet, grid, issues)
    lines = [row for row in rows if not _is_total(row) and _has_figures(row, grid)]
    scale = _scales(sheet, grid, issues)
    issues += concealed.within(sheet, Headings(grid.row, {**grid.columns, **grid.years}))
    for place, row in enumerate(lines, 1):
        if (number := _number(row, known, place)) is not None:
            _take(row, number, grid, savings, scale)
    if "number" not in grid.columns and not known and lines:
        issues.append(_numbered(sheet, grid))
        _take_streams(lines, streams)
    for row in filter(_is_total, rows):
        _check_total(row, grid, savings, scale)
    return [savings, streams] if streams.rows else [savings]


def _rows(sheet: Sheet, grid: Grid, issues: list[Issue]) -> list[Row]:
    """Give the rows below the headings that hold a figure or a title beside one; headings again and notes do not."""
    years, found = grid.years.values(), Headings(grid.row, dict(grid.columns))
    again = [sheet.text(grid.row, c) for c in years]
    rows = [Row(sheet, found, number, issues) for number in range(grid.below, len(sheet.rows))]
    return [row for row in rows
            if any(sheet.text(row.number, c) for c in (*years, *grid.columns.values()))
            and [sheet.text(row.number, c) for c in years] != again
            and not layout_units.only(sheet, row.number, years) and not layout_rows.is_aside(row)]  # fmt: skip


def _has_figures(row: Row, grid: Grid) -> bool:
    """Tell a saving from a title over several of them."""
    return any(row.sheet.text(row.number, column) for column in grid.years.values())


def _is_total(row: Row) -> bool:
    return any(layout_rows.TOTAL.fullmatch(row.text_of(name)) for name in ("number", "stream_title"))


def _number(row: Row, known: Mapping[str, int], place: int) -> int | None:
    """Give the number of a saving: its own, that of the work stream of its title, else its place."""
    first = min(row.headings.columns, key=lambda name: row.headings.columns[name])
    if row.column("number") is not None:
        own = layout_text.item(row.text("number") or "")
        if own.isdecimal():
            return int(own)
        row.wrong("number", shown(row.value("number")), "the number of the work stream", "Type the number.")
        return None
    title = row.text("stream_title")
    if title is None:
        row.wrong(first, "figures without a title", "the saving that they belong to", "Type its title.")
        return None
    if known and words(title) not in known:
        row.wrong("stream_title", f"the work stream {shown(title)}", "a title of the sheet Work streams",
                  "Correct the title, or add it there.")  # fmt: skip
    return known.get(words(title)) if known else place


def _scales(sheet: Sheet, grid: Grid, issues: list[Issue]) -> dict[str, float]:
    """Give how many pounds one stands for under each year: by its headings, else by a title."""
    told, where = layout_units.told(sheet, issues)
    own = {c: _unit_over(sheet, grid, c) for c in grid.years.values()}
    units = {c: UNITS[unit] if unit else told for c, unit in own.items()}
    if told is None and not where.cell:
        issues += layout_units.taken_for_pounds(sheet, grid.row, units)
    return {year: units[column] or 1.0 for year, column in grid.years.items()}


def _unit_over(sheet: Sheet, grid: Grid, column: int) -> str:
    """Give the unit behind a year, else that below it, else that of the title over the years; "" where none tells."""
    year = _YEAR.fullmatch(sheet.text(grid.row, column))
    below = sheet.text(grid.below - 1, column) if grid.below - 1 > grid.row else ""
    first = min(grid.years.values())
    over = next((text for c in range(column, first - 1, -1) if (text := sheet.text(grid.row - 1, c))), "")
    return next((unit for text in (year["rest"] if year else "", below, over) if (unit := _unit(text))), "")


def _take(row: Row, number: int, grid: Grid, savings: Filled, scale: Mapping[str, float]) -> None:
    own = 0.0
    for year, column in grid.years.items():
        cell = row.under(**{**row.headings.columns, "required": column})
        said = _amount(cell, "required", scale[year])
        if said is None:
            continue
        own += said
        savings.add(cell, "required", {"number": number, "financial_year": year, "required": said})
    total = _amount(row, "total", max(scale.values())) if "total" in grid.columns else None
    if total is not None and abs(total - own) > money.slack(max(scale.values()), len(grid.years)):
        found, expected = f"a total of £{total:,.0f}", f"£{own:,.0f}, the sum of its years"
        action = "Correct the one that is wrong; the total itself is not kept."
        row.wrong("total", found, expected, action, severity=Severity.WARNING)


def _amount(row: Row, name: str, scale: float) -> float | None:
    """Read an amount; an empty cell and a dash are no saving in that year, another marker is told and left out."""
    said = money.money(row.value(name), scale=scale, number_format=row.format(name))
    row.report(name, said.problem)
    if said.marker and said.marker not in ("-", "–", "—"):
        row.wrong(name, f'"{said.marker}" in place of an amount', "an amount, or nothing",
                  "It was left out; type the amount when it is known.", severity=Severity.WARNING)  # fmt: skip
    return None if said.value is None else float(said.value)


def _check_total(row: Row, grid: Grid, savings: Filled, scale: Mapping[str, float]) -> None:
    """Hold a row of totals against the rows above it, year by year."""
    held = {str(one["financial_year"]) for one in savings.rows}
    for year, column in grid.years.items():
        if year not in held:
            continue
        cell = row.under(required=column)
        given = _amount(cell, "required", scale[year])
        rows = [one for one in savings.rows if one["financial_year"] == year
                and savings.row_of(one).number < row.number]  # fmt: skip
        total = sum(float(one["required"]) for one in rows)
        if given is not None and abs(given - total) > money.slack(scale[year], len(rows)):
            cell.wrong("required", f"a total of £{given:,.0f}", f"£{total:,.0f}, the sum of its rows",
                       "Correct the total or the rows.")  # fmt: skip


def _of_others(sheet: Sheet, grid: Grid) -> Issue | None:
    """Tell of a grid of what was delivered or is forecast, or of sums that grow from year to year."""
    texts = [(n, c, str(v)) for n, some in enumerate(sheet.rows[: grid.row]) for c, v in enumerate(some) if v]
    for number, column, text in [*texts, (0, 0, sheet.name)]:
        if match := _OTHER.search(words(text)):
            action = "Give them as a list: one row a work stream and year, as the template has it."
            return sheet.issue(number, column, found=f"a grid of {match.group()} savings",
                               expected="a grid of the savings required in each year", action=action)  # fmt: skip
    return None


def _twice(sheet: Sheet, grid: Grid) -> Issue | None:
    """Tell of a year over two columns: either could be what is required."""
    for column, value in enumerate(sheet.rows[grid.row]):
        year = _year(value)
        if year and column != grid.years[year] and (grid.row, column) not in sheet.merged:
            first = sheet.where(grid.row, grid.years[year]).cell
            return sheet.issue(
                grid.row,
                column,
                found=f"{year} a second time (first in {first})",
                expected="each year once",
                action="Take out the columns that are not required savings.",
            )
    return None


def _numbered(sheet: Sheet, grid: Grid) -> Issue:
    column = grid.columns["stream_title"]
    action = "They were numbered by their place in the list; add a column No. so that each keeps its number."
    return sheet.issue(grid.row, column, found="savings without numbers", expected="a column No. beside their titles",
                       action=action, severity=Severity.WARNING)  # fmt: skip


def _take_streams(lines: Sequence[Row], streams: Filled) -> None:
    for place, row in enumerate(lines, 1):
        if title := row.text_of("stream_title"):
            streams.add(row, "stream_title", {"number": place, "title": title})
