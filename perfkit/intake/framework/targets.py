"""The targets of a framework, each read for the polarity and unit of its indicator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from perfkit.intake import cells, reading
from perfkit.intake.framework import facts
from perfkit.intake.rows import Row
from perfkit.model import schemas, targets
from perfkit.model.errors import ParseError


def of(some: Iterable[Row], indicators: reading.Rows) -> reading.Rows:
    """Read each row's target, of a pair one row a figure; what is none, or of no indicator given, is told."""
    known = {row["indicator"]: row for row in indicators}
    rows: reading.Rows = []
    for row in some:
        indicator = known.get(row.text("indicator"))
        if indicator is None:
            row.wrong("indicator", cells.shown(row.value("indicator")), "the id of an indicator of this framework",
                      "Correct the id, or add the indicator to the Indicators sheet.")  # fmt: skip
            continue
        rows += _target(row, indicator)
    return rows


def _target(row: Row, indicator: dict[str, Any]) -> reading.Rows:
    text = cells.as_written(row.value("text"), row.format("text"))
    try:
        target = _meant(text, str(indicator["polarity"]), str(indicator["unit"]))
    except ParseError as error:
        found = cells.shown(row.value("text") if isinstance(row.value("text"), date) else text)
        row.wrong("text", found, "a target such as 67%, >28%, 93-95% or TBC", str(error))
        return []
    own = facts.in_words(row, _own(row), schemas.TARGETS)
    if indicator["unit"] == "percent" and target.low is not None and "%" not in text:
        row.report("text", cells.bare_share(target.low, "67%"))
    _check_year_total(row, own["basis"], target.low)
    return [
        {**part, **{k: v for k, v in own.items() if v is not None}, **row.place("text")}
        for part in targets.rows(target)
    ]


@lru_cache(maxsize=4_096)
def _meant(text: str, polarity: str, unit: str) -> targets.Target:
    # The same few targets come year after year.
    return targets.parse(text, polarity=polarity, unit=unit)


def _own(row: Row) -> dict[str, Any]:
    return {
        "indicator": row.text("indicator"),
        "period": facts.period(row, "period"),
        "role": row.code("role"),
        "basis": row.code("basis"),
        "profile": row.code("profile"),
        "baseline": row.number_of("baseline"),
        "baseline_period": facts.period(row, "baseline_period"),
        "due": facts.period(row, "due"),
        "set_by": row.text("set_by"),
        "set_on": row.day("set_on"),
        "reason": row.text("reason"),
    }


def _check_year_total(row: Row, basis: str | None, quarterly: float | None) -> None:
    total = row.number_of("year_total")
    if basis == "quarter" and total is not None and quarterly is not None and total != 4 * quarterly:
        row.wrong("year_total", cells.shown(total), f"{4 * quarterly:,.0f}, four times the quarter's {quarterly:,.0f}",
                  "Correct the quarter's target or the year's.")  # fmt: skip
