"""Tidy tables keep their contract, and every breach is told at once with its cell."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from perfkit.model import schemas
from perfkit.model.errors import InputError


def observation(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "indicator": "visits",
        "period": "2017-18 Q1",
        "area": "Oxfordshire",
        "part": 1,
        "report_period": "2017-18 Q1",
        "value": 5,
        "status": "final",
        "file": "CSS.xlsx",
        "sheet": "Dashboard",
        "cell": "F9",
    }
    return row | changes


def problems(*rows: dict[str, object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        schemas.conform(pd.DataFrame(rows), schemas.OBSERVATIONS)
    return [str(issue) for issue in caught.value.issues]


def test_a_good_frame_gets_every_column_in_order_and_typed() -> None:
    given = pd.DataFrame([observation(marker="")])
    before = given.copy()
    tidy = schemas.conform(given, schemas.OBSERVATIONS)
    assert list(tidy) == schemas.OBSERVATIONS.names
    assert tidy["value"].dtype == "float64"
    assert tidy["marker"].isna().all(), "empty text is missing, not text"
    pd.testing.assert_frame_equal(given, before)


def test_zero_and_missing_stay_what_they_are() -> None:
    tidy = schemas.conform(
        pd.DataFrame([observation(value=0.0), observation(indicator="other", value=None, marker="[c]", cell="F10")]),
        schemas.OBSERVATIONS,
    )
    assert tidy["value"][0] == 0.0
    assert pd.isna(tidy["value"][1])
    assert tidy["marker"][1] == "[c]"


def test_the_same_key_twice_names_both_cells() -> None:
    assert problems(observation(), observation(cell="F10")) == [
        "CSS.xlsx, sheet Dashboard, cell F10: found observations for visits, 2017-18 Q1, Oxfordshire, 1 a second time "
        "(first at CSS.xlsx, sheet Dashboard, cell F9), expected it once. Remove or rename one of the two."
    ]


def test_all_breaches_are_told_at_once() -> None:
    found = problems(observation(status="guess"), observation(indicator=None, cell="F10"))
    assert len(found) == 2
    assert found[0].startswith("CSS.xlsx, sheet Dashboard, cell F10: found no indicator, expected stable id")
    assert 'cell F9: found status "guess", expected provisional, revised, final or illustrative' in found[1]


def test_an_absent_required_column_is_told() -> None:
    row = observation()
    del row["period"]
    assert problems(row) == [
        "CSS.xlsx, sheet Dashboard: found no column period, expected the columns of observations. "
        "Add the column period."
    ]


@pytest.mark.parametrize("table", schemas.TABLES.values(), ids=lambda table: table.name)
def test_every_table_explains_its_columns_and_has_its_key_among_them(table: schemas.Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    assert set(table.believed_by) <= set(names)
    assert all(column.meaning for column in table.columns)
    assert list(schemas.empty(table)) == table.names


VALUES: dict[str, Any] = {"text": "a word", "number": 2, "whole": 3, "flag": True, "date": pd.Timestamp("2017-07-21"),
          "month": pd.Period("2017-04", "M")}  # fmt: skip


@pytest.mark.parametrize("table", schemas.TABLES.values(), ids=lambda table: table.name)
def test_rows_and_frames_come_to_the_same(table: schemas.Table) -> None:
    columns = [*table.columns, *schemas.LINEAGE]
    full = {column.name: column.words[0] if column.words else VALUES[column.kind] for column in columns}
    free = next(column for column in columns if column.name in table.key and not column.words)
    others = [VALUES[free.kind] + 1, VALUES[free.kind] + 2] if free.kind != "text" else ["another", "a third"]
    bare = {column.name: full[column.name] for column in columns if column.required or column.name in table.key}
    blank = {column.name: "" for column in columns if column.kind == "text" and column.name not in bare}
    fractions = {column.name: 9.5 for column in columns if column.kind == "number"}
    rows = [full, bare | {free.name: others[0]}, full | blank | fractions | {free.name: others[1]}]
    framed = schemas.conform(pd.DataFrame(rows), table)
    pd.testing.assert_frame_equal(schemas.of_rows(rows, table), framed)
    pd.testing.assert_frame_equal(schemas.empty(table), framed.head(0))


@pytest.mark.parametrize("break_it", [{"status": "guessed"}, {"indicator": ""}, {"indicator": None}, {"cell": "F9"}])
def test_rows_are_held_to_the_same_as_frames(break_it: dict[str, object]) -> None:
    rows = [observation(), {**observation(cell="F10", indicator="other"), **break_it}]
    if break_it == {"cell": "F9"}:
        rows = [observation(), observation()]
    with pytest.raises(InputError) as caught:
        schemas.of_rows(rows, schemas.OBSERVATIONS)
    assert [str(issue) for issue in caught.value.issues] == problems(*rows)


def test_rows_that_lack_a_part_of_their_key_are_told_for_that_alone() -> None:
    place = {"file": "framework.xlsx", "sheet": "Leadership priorities"}
    rows = [
        {"number": None, "financial_year": "2017-18", "title": "Prevention", **place, "cell": f"B{row}"}
        for row in (8, 9)
    ]
    with pytest.raises(InputError) as caught:
        schemas.of_rows(rows, schemas.LEADERSHIP_PRIORITIES)
    assert {(issue.where.cell, issue.found) for issue in caught.value.issues} == {
        ("B8", "no number"),
        ("B9", "no number"),
    }


def test_rows_without_a_required_column_are_told() -> None:
    bare = {name: value for name, value in observation().items() if name != "status"}
    with pytest.raises(InputError, match="sheet Dashboard: found no column status"):
        schemas.of_rows([bare], schemas.OBSERVATIONS)


def test_an_empty_frame_is_ones_own() -> None:
    schemas.empty(schemas.OBSERVATIONS).insert(0, "extra", [])
    assert list(schemas.empty(schemas.OBSERVATIONS)) == schemas.OBSERVATIONS.names
