"""Workbooks read twice, here and by openpyxl: every value, format, merged cell and hidden row is the same."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH

from perfkit.intake.cells import UncachedFormula
from perfkit.intake.workbooks import excel
from perfkit.intake.workbooks.grid import Sheet, Workbook

PACK = Path(__file__).parents[3] / "data" / "raw"
FORMATS = ["General", "0%", "0.00%", "#,##0", "@", "yyyy-mm-dd", "[h]:mm:ss", '0.0"%"', "d-mmm", '"day" 0', "[Red]0.0"]
ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]


def by_openpyxl(path: Path, *, hidden: bool) -> Workbook:
    """Read as perfkit reads, by another library from end to end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
    unseen = tuple(sheet.title for sheet in shown.worksheets if sheet.sheet_state != "visible")
    return Workbook(
        path.name,
        tuple(_sheet(path, s, formulas[s.title]) for s in shown.worksheets if hidden or s.title not in unseen),
        unseen,
    )


def _sheet(path: Path, sheet: Any, formulas: Any) -> Sheet:
    values, formats, merged = {}, {}, {}
    for (r, c), cell in sheet._cells.items():
        if c > excel.MOST_COLUMNS:
            continue
        formula = formulas._cells[r, c]
        if cell.value is not None and not (cell.hyperlink and cell.value == cell.hyperlink.target):
            values[r - 1, c - 1] = cell.value
        elif formula.data_type == "f":
            values[r - 1, c - 1] = UncachedFormula(str(getattr(formula.value, "text", formula.value)))
        if cell.number_format != "General":
            formats[r - 1, c - 1] = cell.number_format
    for area in sheet.merged_cells.ranges:
        first = (area.min_row - 1, area.min_col - 1)
        for place in ((r - 1, c - 1) for r, c in area.cells):
            if place != first and first in values:
                values[place], merged[place] = values[first], first
    rows = [[None] * (max(c for r, c in values if r == n) + 1) if any(r == n for r, _ in values) else []
            for n in range(max((r for r, _ in values), default=-1) + 1)]  # fmt: skip
    for (r, c), value in values.items():
        rows[r][c] = value
    unseen = _unseen(sheet, len(rows), max(map(len, rows), default=0))
    return Sheet(path.name, sheet.title, rows, sheet.sheet_state != "visible", formats, merged, *unseen)


def _unseen(sheet: Any, height: int, width: int) -> tuple[frozenset[int], frozenset[int]]:
    """Give rows and columns that are hidden, columns that are not listed where a sheet hides these."""
    hidden = {n for n, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
    spans = [(range(one.min, one.max + 1), one.hidden or one.width == 0) for one in sheet.column_dimensions.values()]
    shut = {n for span, is_hidden in spans for n in span if is_hidden}
    if sheet.sheet_format.defaultColWidth == 0:
        shut |= set(range(1, width + 1)) - {n for span, _ in spans for n in span}
    return frozenset(n - 1 for n in hidden if n <= height), frozenset(n - 1 for n in shut if n <= width)


def told(book: Workbook) -> list[Any]:
    """Spell a workbook so that 1, 1.0 and True differ, and so do a date and its text."""
    return [book.hidden] + [
        (
            s.name,
            s.hidden,
            [[(type(v).__name__, repr(v)) for v in row] for row in s.rows],
            s.formats,
            s.merged,
            s.hidden_rows,
            s.hidden_columns,
        )
        for s in book.sheets
    ]


def same(path: Path, *, hidden: bool = True) -> Workbook:
    read = excel.read(path, file=path.name, hidden=hidden)
    assert told(read) == told(by_openpyxl(path, hidden=hidden))
    return read


@pytest.mark.parametrize("path", sorted(PACK.rglob("*.xlsx")), ids=lambda path: path.stem)
def test_the_pack_reads_the_same(path: Path) -> None:
    assert same(path).sheets


@pytest.mark.samples
def test_the_samples_read_the_same(shared: Path) -> None:
    paths = [path for path in sorted((shared / "samples").rglob("*.xlsx")) if path.stat().st_size < 100_000]
    assert paths
    assert sum(len(same(path).sheets) for path in paths) >= len(paths)


texts = st.text(st.characters(blacklist_categories=("Cs",), min_codepoint=32, blacklist_characters="_￾￿"), min_size=1)
dates = st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(9999, 12, 1)).map(lambda day: day.replace(microsecond=0))
contents = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    texts.filter(lambda text: not text.startswith("=")),
    st.sampled_from(["two\nlines", " spaced ", "a\tb", "&<>\"'", "007", "1_000", "=1/0", "=SUM(A1:B2)", *ERRORS]),
    dates,
    dates.map(dt.datetime.date),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.timedeltas(dt.timedelta(0), dt.timedelta(1000)).map(lambda span: dt.timedelta(span.days, span.seconds)),
)
cells = st.tuples(st.integers(1, 12), st.integers(1, 30), contents, st.none() | st.sampled_from(FORMATS))
areas = st.tuples(st.integers(1, 10), st.integers(1, 28), st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, max_size=25), st.none() | areas, st.booleans(), st.booleans())
def test_whatever_openpyxl_writes_reads_the_same(
    tmp_path: Path, filled: list[Any], area: tuple[int, int, int, int] | None, old: bool, hide: bool
) -> None:
    book = openpyxl.Workbook()
    if old:
        book.epoch = MAC_EPOCH
    for row, column, value, number_format in filled:
        cell = book.active.cell(row, column, value)
        cell.number_format = number_format or cell.number_format
        if hide:
            book.active.row_dimensions[row].hidden = book.active.column_dimensions[cell.column_letter].hidden = True
    if area:
        row, column, down, across = area
        book.active.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + across)
    book.create_sheet("Working").sheet_state = "veryHidden" if hide else "visible"
    book.save(tmp_path / "a.xlsx")
    same(tmp_path / "a.xlsx", hidden=not hide)
