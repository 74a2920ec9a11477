"""The rows of an exported sheet read back as they were: each kind of value, and a table of many pieces."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest

from perfkit.commands import collection, export_workbook, sheet_rows
from perfkit.model import schemas


def frame() -> pd.DataFrame:
    """Make two discharges with every kind of value, and one with as little as a row may have."""
    shared = {"collection": "acute", "period_kind": "day", "starts": pd.Timestamp("2022-04-01"), "org_kind": "trust",
              "month": pd.Period("2022-04", "M"), "org_code": "RTH", "measure": "discharged", "unit": "patients",
              "breakdown": "all", "status": "final", "file": "d.xlsx", "sheet": "S", "cell": "A2"}  # fmt: skip
    rows = [{**shared, "period": "2022-04-01", "org_name": " Oxford <&> \"Co\" ", "value": 0.1},
            {**shared, "period": "2022-04-02", "org_name": "=1+1\nand\rmore", "value": 12.0},
            {**shared, "period": "2022-04-03", "org_name": "O", "value": None}]  # fmt: skip
    return schemas.conform(pd.DataFrame(rows), schemas.DISCHARGES)


def read_back(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    held = collection.Collection("discharges", {"discharges": collection.star.tidy("discharges")}, {"discharges": rows})
    book = openpyxl.load_workbook(io.BytesIO(export_workbook.make(held)))
    return list(book["discharges"].iter_rows(min_row=2, values_only=True))


def test_every_kind_of_value_reads_back_and_a_missing_one_stays_empty() -> None:
    names, read = list(frame()), read_back(frame())
    told = [{name: row[names.index(name)] for name in ("starts", "org_name", "value", "marker")} for row in read]
    day = dt.datetime(2022, 4, 1)
    assert told == [
        {"starts": day, "org_name": ' Oxford <&> "Co" ', "value": 0.1, "marker": None},
        {"starts": day, "org_name": "=1+1\nand\rmore", "value": 12, "marker": None},
        {"starts": day, "org_name": "O", "value": None, "marker": None},
    ]


def test_a_table_of_many_pieces_is_the_same_as_one_of_a_single_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_back(frame())
    monkeypatch.setattr(sheet_rows, "_PIECE", 2)
    assert read_back(frame()) == whole


def test_truth_and_whole_numbers_keep_their_kind() -> None:
    rows = pd.DataFrame({"flag": pd.array([True, None], dtype="boolean"), "whole": pd.array([None, 7], dtype="Int64")})
    assert "".join(sheet_rows.written(rows, first=2, styles=sheet_rows.Styles(1, 2))) == (
        '<row r="2"><c r="A2" t="b"><v>1</v></c></row><row r="3"><c r="B3"><v>7</v></c></row>'
    )
