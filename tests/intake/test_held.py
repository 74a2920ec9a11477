"""What a framework says is worked out once for each table and question, and never of another table."""

from __future__ import annotations

import gc

import pandas as pd

from perfkit.intake import held


def test_each_table_is_asked_once() -> None:
    asked: list[int] = []

    def rows(table: pd.DataFrame) -> int:
        asked.append(len(table))
        return len(table)

    table, other = pd.DataFrame({"year": ["2017-18", "2018-19"]}), pd.DataFrame({"year": ["2017-18"] * 3})
    assert [held.of(table, rows), held.of(table, rows), held.of(other, rows)] == [2, 2, 3]
    assert asked == [2, 3]


def test_a_table_that_is_gone_lends_its_answer_to_no_other() -> None:
    def total(table: pd.DataFrame) -> int:
        return int(table["order"].sum())

    for number in range(200):
        assert held.of(pd.DataFrame({"order": [number]}), total) == number
        gc.collect(0)
    assert len(held._known) <= held._MOST
