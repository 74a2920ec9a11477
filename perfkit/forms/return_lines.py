"""What a return's line shows beside the cells to fill in: the indicator, its target, and last quarter's figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.model import numbering, periods
from perfkit.model.spellings import written

LETTERS = {"green": "G", "amber": "A", "red": "R"}
Tables = Mapping[str, pd.DataFrame]
Line = dict[str, Any]


def of_directorate(tables: Tables, *, quarter: str, directorate: str) -> list[Line]:
    """List a directorate's indicators in the order of priorities, outcomes and numbers, with last quarter's figures.

    Needs ``indicators, outcomes, priorities, targets, observations, assessments``. Each line holds the indicator's
    columns and ``outcome_title, target_text, target_basis, last, last_format, last_rag, due`` (a period).
    """
    own = periods.parse(quarter, expect="quarter")
    year = periods.label(periods.year_of(own))
    facts = tables["indicators"]
    rows = facts[(facts["financial_year"] == year) & (facts["directorate"] == directorate)].to_dict("records")
    outcomes = _of_year(tables["outcomes"], year)
    titles = dict(zip(outcomes["outcome"], outcomes["title"], strict=True))
    promised, ratings = _targets(tables["targets"], year), _ratings(tables["assessments"], own - 1)
    place = _places(_of_year(tables["priorities"], year), outcomes)
    lines = [_line(row, tables["observations"], own) for row in sorted(rows, key=lambda row: place(row))]
    return [
        {
            **line,
            "outcome_title": titles.get(line["outcome"], line["outcome"]),
            **promised.get(line["indicator"], {"target_text": "", "target_basis": ""}),
            "last_rag": LETTERS.get(ratings.get(line["indicator"], ""), ""),
        }
        for line in lines
    ]


def number_format(facts: Mapping[str, Any], *, pair: bool = False) -> str:
    """Give the number format of an indicator's figures, as Excel writes it.

    >>> number_format({"unit": "percent", "decimals": 1}), number_format({"unit": "count", "decimals": 0})
    ('0.0%', '#,##0')
    """
    unit, decimals = str(facts["unit"]), int(facts["decimals"])
    tail = "." + "0" * decimals if decimals else ""
    if pair or unit == "milestone":
        return "@"
    if unit == "percent":
        return f"0{tail}%"
    sign = "£" if unit.startswith("£") or unit == "pounds" else ""
    return f"{sign}0" if unit == "quartile" else f"{sign}#,##0{tail}"


def is_pair(facts: Mapping[str, Any]) -> bool:
    """Say whether an indicator's figure is a whole and its part.

    >>> is_pair({"rule": "pair"})
    True
    """
    return bool(facts["rule"] == "pair")


def _of_year(frame: pd.DataFrame, year: str) -> pd.DataFrame:
    return frame[frame["financial_year"] == year]


def _places(priorities: pd.DataFrame, outcomes: pd.DataFrame) -> Any:
    first = dict(zip(priorities["priority"], priorities["order"], strict=True))
    second = {outcome: place for place, outcome in enumerate(outcomes["outcome"])}
    return lambda row: (
        first.get(row["priority"], 999),
        second.get(row["outcome"], 999),
        numbering.order(row["ref"]),
    )


def _targets(targets: pd.DataFrame, year: str) -> dict[str, dict[str, str]]:
    """Give text and basis of the first target that each indicator has within the year."""
    inside = targets[targets["period"].map(periods.year_label) == year]
    first = inside.drop_duplicates("indicator")
    told = zip(first["indicator"], first["text"].fillna(""), first["basis"].fillna(""), strict=True)
    return {indicator: {"target_text": text, "target_basis": basis} for indicator, text, basis in told}


def _ratings(assessments: pd.DataFrame, quarter: pd.Period) -> dict[str, str]:
    rows = assessments[(assessments["period"] == periods.label(quarter)) & assessments["rag"].notna()]
    return dict(zip(rows["subject"], rows["rag"], strict=True))


def _line(facts: Line, observations: pd.DataFrame, quarter: pd.Period) -> Line:
    due = periods.label(periods.earlier(quarter, steps=int(facts["arrears"])))
    before = periods.label(periods.earlier(quarter, steps=int(facts["arrears"]) + 1))
    own = observations[(observations["indicator"] == facts["indicator"]) & (observations["period"] == before)]
    parts = {int(row["part"]): row for row in own.to_dict("records")}
    last, shown = _shown(facts, parts)
    return {**facts, "due": due, "last": last, "last_format": shown}


def _shown(facts: Line, parts: Mapping[int, Line]) -> tuple[object, str]:
    """Give what a figure's cell holds and its number format."""
    first, second = parts.get(1), parts.get(2)
    if first is None or (pd.isna(first["value"]) and pd.isna(first["marker"])):
        return None, "General"
    if pd.isna(first["value"]):
        return str(first["marker"]), "@"
    if second is not None and not pd.isna(second["value"]):
        return f"{written(first['value'])}/{written(second['value'])}", "@"
    if facts["unit"] == "milestone":
        return ("Complete" if first["value"] == 1 else written(first["value"])), "@"
    value = round(first["value"] / 100, 9) if facts["unit"] == "percent" else first["value"]
    return value, number_format(facts)
