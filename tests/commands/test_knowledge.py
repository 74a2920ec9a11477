"""What a run asks the store before it makes pages: quarters, tables that hold rows, rules in force."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from perfkit import store
from perfkit.commands import knowledge
from perfkit.model.errors import ParameterError
from perfkit.run import jobs
from perfkit.run.manifest import Read, Rule

LINE = {"file": "f.xlsx", "cell": "A2"}
INDICATOR: dict[str, Any] = LINE | {
    "financial_year": "2017-18", "ref": "1", "title": "T", "directorate": "PH", "priority": "Safe", "outcome": "o",
    "polarity": "higher", "frequency": "quarter", "series_type": "point", "arrears": 0, "decimals": 0,
}  # fmt: skip


def keep(root: Path, table: str, *rows: dict[str, Any], on: str = "2017-07-21") -> None:
    name, day = f"{table}.xlsx", dt.date.fromisoformat(on)
    frame = pd.DataFrame([LINE | row | {"file": name} for row in rows])
    store.save({table: frame}, file=name, content=repr(rows).encode(), received=day, root=root)


def said(quarter: str) -> dict[str, Any]:
    return {"subject_kind": "indicator", "subject": "visits", "period": quarter, "rag": "green"}


def action(month: str) -> dict[str, Any]:
    return {"programme": "p", "action": "1", "as_at": month, "recommendation": "1", "title": "t", "status": "ongoing"}


def promise(year: str) -> dict[str, Any]:
    return {"number": 1, "financial_year": year, "title": "t", "deliver": True, "partner": False, "influence": False}


def test_a_quarter_is_known_by_a_return_by_an_action_plan_or_at_a_years_end_by_its_promises(tmp_path: Path) -> None:
    keep(tmp_path, "actions", action("August 2025"))
    keep(tmp_path, "commitments", promise("2024-25"))
    assert knowledge.quarters(tmp_path, "") == ["2024-25 Q4", "2025-26 Q2"]
    assert knowledge.latest(tmp_path, "") == "2025-26 Q2"
    knowledge.check_quarter("2024-25 Q4", tmp_path, "")
    keep(tmp_path, "assessments", said("2017-18 Q1"))
    assert knowledge.latest(tmp_path, "") == "2017-18 Q1", "where there are returns, the newest of them"
    with pytest.raises(ParameterError) as refused:
        knowledge.check_quarter("2017-18 Q2", tmp_path, "")
    assert str(refused.value) == (
        "No return for 2017-18 Q2 has been loaded. There are returns for 2017-18 Q1. "
        "There are other figures for 2024-25 Q4, 2025-26 Q2."
    )


def test_a_table_holds_rows_for_a_quarter_of_it_by_its_end_or_of_its_year(tmp_path: Path) -> None:
    keep(tmp_path, "assessments", said("2017-18 Q1"))
    keep(tmp_path, "actions", action("June 2017"))
    plan = jobs.plan("2017-18 Q1", directorates={})
    assert knowledge.held(plan, "2017-18 Q1", tmp_path, "") == {"assessments", "actions"}
    assert knowledge.held(plan, "2017-18 Q2", tmp_path, "") == {"actions"}
    assert knowledge.held(plan, "2016-17 Q4", tmp_path, "") == set()
    assert knowledge.held(plan, "2017-18 Q1", tmp_path, "2017-07-20") == set(), "nothing had come by then"


def test_the_rules_in_force_are_those_of_the_rows_read_with_perfkits_own_where_none_was_set(tmp_path: Path) -> None:
    by = {"tolerance": 2.0, "tolerance_set_by": "Cabinet", "tolerance_set_on": dt.date(2017, 4, 3)}
    keep(
        tmp_path, "indicators",
        INDICATOR | {"indicator": "a", "unit": "percent", "rule": "points"} | by,
        INDICATOR | {"indicator": "b", "unit": "percent", "rule": "points"} | by,
        INDICATOR | {"indicator": "c", "unit": "percent", "rule": "points"},
        INDICATOR | {"indicator": "d", "unit": "count", "rule": "relative"},
        INDICATOR | {"indicator": "e", "unit": "milestone", "rule": "milestone"},
        INDICATOR | {"indicator": "f", "unit": "count", "rule": "relative", "financial_year": "2016-17"},
    )  # fmt: skip
    reads = [Read("indicators", ""), Read("observations", "")]
    assert knowledge.rules_read(reads, tmp_path, "2017-18 Q1") == [
        Rule("milestone", None, "", "", ("e",)),
        Rule("points", 2.0, "Cabinet", "2017-04-03", ("a", "b")),
        Rule("points", 5.0, "perfkit's default", "", ("c",)),
        Rule("relative", 10.0, "perfkit's default", "", ("d",)),
    ]
    assert knowledge.rules_read(reads[1:], tmp_path, "2017-18 Q1") == []


def test_only_directorates_that_report_an_indicator_that_year_have_a_page(tmp_path: Path) -> None:
    named = [("SCS", "Social Services"), ("PH", "Public Health"), ("RES", "Resources")]
    rows = [{"directorate": code, "name": name, "order": place, "financial_year": "2017-18"}
            for place, (code, name) in enumerate(named, 1)]  # fmt: skip
    keep(tmp_path, "directorates", *rows)
    keep(tmp_path, "indicators", INDICATOR | {"indicator": "visits", "unit": "count"},
         INDICATOR | {"indicator": "care", "unit": "count", "ref": "2", "directorate": "SCS"},
         INDICATOR | {"indicator": "staff", "unit": "count", "directorate": "RES",
                      "financial_year": "2016-17"})  # fmt: skip
    assert knowledge.directorates("2017-18 Q1", tmp_path, "") == dict(named[:2])
