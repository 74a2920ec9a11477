"""A sheet written from its layout reads back row by row, wherever its table and columns stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfkit.intake import papers
from perfkit.intake.layouts import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import schemas
from perfkit.model.errors import Issue
from perfkit.model.layouts import TITLES, Heading, Layout
from perfkit.model.paper_layouts import LAYOUTS

TOLD = {
    "period": "2017-18 Q1", "financial_year": "2017-18", "programme": "Peer challenge 2024", "as_at": "October 2024",
}  # fmt: skip
TEXTS = st.text(alphabet="abcdefgh ijk&(),.'-", min_size=1, max_size=20).map(lambda t: " ".join(f"a {t}".split()))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "number": st.integers(-(10**9), 10**9).map(float),
    "money": st.integers(-(10**9), 10**9).map(float),
    "flag": st.booleans(),
    "day": st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)).map(pd.Timestamp),
    "month": st.sampled_from(["April 2017", "December 2024"]),
    "period": st.sampled_from(["2017-18 Q1", "2017-18", "June 2017"]),
    "year": st.sampled_from(["2011-12", "2017-18"]),
    "list": st.lists(st.sampled_from(["7", "8", "10"]), min_size=1, unique=True).map(" ".join),
}


def _value(heading: Heading) -> st.SearchStrategy[Any]:
    if heading.words:
        return st.sampled_from(heading.words)
    if heading.kind == "whole":
        return st.integers(int(heading.least or 0), int(heading.most or 500))
    return VALUES[heading.kind]


def _must(layout: Layout, heading: Heading) -> bool:
    required = {column.name for column in schemas.TABLES[layout.table].columns if column.required}
    return heading.field in required or heading.field == layout.key


@st.composite
def filled(draw: st.DrawFn, layout: Layout) -> list[dict[str, Any]]:
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        row = {}
        for heading in layout.headings:
            value = draw(_value(heading) if _must(layout, heading) else st.none() | _value(heading))
            row[heading.field] = value
        rows.append(row)
    return rows


def _written(heading: Heading, value: Any) -> object:
    if heading.kind == "flag":
        return "x" if value else None
    return value.replace(" ", ", ") if heading.kind == "list" and value else value


def _sheet(layout: Layout, order: list[Heading], rows: list[dict[str, Any]], gap: int) -> Sheet:
    titles = [[f"{TITLES[name]}: {TOLD[name]}"] for name in layout.told if name in TOLD]
    titles += [["Figures in: pounds"]] if layout.summed else []
    body = [[_written(h, row[h.field]) for h in order] for row in rows]
    return Sheet("a.xlsx", layout.sheet, [*titles, *[[]] * gap, [h.title for h in order], *body])


def _expected(layout: Layout, row: dict[str, Any]) -> list[dict[str, Any]]:
    told = {name: TOLD[name] for name in layout.told if name in TOLD}
    kept = {**told, **{name: value for name, value in row.items() if value is not None}}
    items = str(row[layout.spread] or "").split() if layout.spread else [None]
    return [{**kept, **({layout.spread: item} if layout.spread else {})} for item in items]


@pytest.mark.parametrize("table", LAYOUTS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_a_layout_writes_reads_back(table: str, data: st.DataObject) -> None:
    layout = LAYOUTS[table]
    rows = data.draw(filled(layout))
    order = data.draw(st.permutations(layout.headings))
    sheet = _sheet(layout, list(order), rows, data.draw(st.integers(0, 3)))
    issues: list[Issue] = []
    read = reader.read(Workbook("a.xlsx", (sheet,)), sheet, layout, issues)
    own = [{k: v for k, v in row.items() if k not in ("file", "sheet", "cell")} for row in read.rows]
    assert issues == []
    assert own == [one for row in rows for one in _expected(layout, row)]


@pytest.mark.parametrize("table", LAYOUTS)
def test_every_layout_fills_its_table(table: str) -> None:
    layout, schema = LAYOUTS[table], schemas.TABLES[table]
    given_by = {heading.field for heading in layout.headings} | set(layout.told)
    derived = {"starts", "ends"}
    assert {column.name for column in schema.columns if column.required} - given_by - derived == set()
    assert {layout.key, layout.witness, *layout.summed} <= given_by
    assert layout.needed


@pytest.mark.parametrize("table", LAYOUTS)
def test_no_name_of_a_heading_stands_for_two_fields(table: str) -> None:
    names = [name for heading in LAYOUTS[table].headings for name in {heading.title.lower(), *heading.aliases}]
    assert sorted(names) == sorted(set(names))


def test_headings_that_a_layout_does_not_find_are_refused() -> None:
    sheet = Sheet("a.xlsx", "Risks", [["Risk id", "Owner"]])
    assert reader.find(sheet, LAYOUTS["risks"]) is None
    with pytest.raises(ValueError, match="Risks has no headings of risks"):
        reader.read(Workbook("a.xlsx", (sheet,)), sheet, LAYOUTS["risks"], [])


ODD = ["#REF!", "=cmd|' /C calc'!A0", "x" * 40_000, "--", "()", "£", "99/99/9999", "Q9 2024/25", "1e400", "Rec 3 4",
       "4/0", "9" * 30, "1,,000", "\u200b", -1, 1e300, True, dt.time(1, 2), dt.timedelta(days=400), dt.date(1, 1, 1),
       dt.datetime(9999, 12, 31)]  # fmt: skip
PLAIN = {"text": "a text", "number": 5, "money": 100, "whole": 1, "flag": "x", "day": "21 July 2017",
         "month": "July 2017", "period": "2017-18 Q1", "year": "2017-18", "list": "7"}  # fmt: skip


@pytest.mark.parametrize("table", LAYOUTS)
def test_whatever_a_cell_holds_its_row_is_read_or_an_issue_tells_why_not(table: str) -> None:
    layout = LAYOUTS[table]
    for heading in layout.headings:
        for value in ODD:
            row = {h.field: h.words[0] if h.words else PLAIN[h.kind] for h in layout.headings} | {heading.field: value}
            sheet = _sheet(layout, list(layout.headings), [], 0)
            sheet.rows.append([row[h.field] for h in layout.headings])
            reading = papers.read(Workbook("a.xlsx", (sheet,)), framework={})
            told = any(issue.where.cell for issue in reading.issues)
            kept = table in reading.tables and len(reading.tables[table]) > 0
            empty = value == "\u200b" and layout.spread
            assert told or kept or empty, (heading.field, value)
