"""What a framework says is worked out once for each table, year and question, and never of another table."""

from __future__ import annotations

import gc

import pandas as pd

from perfkit.intake import held


def test_each_table_and_year_is_asked_once() -> None:
    asked: list[str] = []

    def years(table: pd.DataFrame, year: str) -> int:
        asked.append(year)
        return int((table["year"] == year).sum())

    table, other = pd.DataFrame({"year": ["2017-18", "2018-19"]}), pd.DataFrame({"year": ["2017-18"] * 3})
    assert [held.of(table, year, years) for year in ("2017-18", "2017-18", "2018-19")] == [1, 1, 1]
    assert held.of(other, "2017-18", years) == 3
    assert asked == ["2017-18", "2018-19", "2017-18"]


def test_a_table_that_is_gone_lends_its_answer_to_no_other() -> None:
    def total(table: pd.DataFrame, _: str) -> int:
        return int(table["order"].sum())

    for number in range(200):
        assert held.of(pd.DataFrame({"order": [number]}), "2017-18", total) == number
        gc.collect(0)
    assert len(held._known) <= held._MOST
