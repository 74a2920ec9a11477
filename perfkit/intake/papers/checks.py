"""What the papers say, held against the framework and against one another."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from perfkit.intake.cells import shown
from perfkit.intake.headings import words
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.papers.timetables import days
from perfkit.intake.rows import Row
from perfkit.model import periods
from perfkit.model.councils import WHOLE
from perfkit.model.errors import ParseError, Severity

_WHOLE = ("council", "whole council", "the council", "corporate", "all", "all directorates", "council wide",
          "cross council", "strategic")  # fmt: skip
_LONG = 7
"""Digits that no number of a priority has."""
Framework = Mapping[str, pd.DataFrame]
Record = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What the framework knows, by how people write it; empty where there is no framework, and then not checked."""

    directorates: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    leadership: dict[str, int] = field(default_factory=dict)
    corporate: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A row of a table, the row of the sheet that it came from, and the framework that it is held against."""

    record: Record
    row: Row
    ground: Ground


def check(filled: Sequence[Filled], framework: Framework) -> None:
    """Write codes for names in every row, and keep an issue for each that the framework or its workbook lacks."""
    grounds: dict[str | None, Ground] = {}
    for one in filled:
        for record in one.rows:
            if (year := _year(record)) not in grounds:
                grounds[year] = _ground(framework, year)
            ground = grounds[year]
            for look in _CHECKS.get(one.layout.table, ()):
                look(Item(record, one.row_of(record), ground))
    _check_references(filled)
    _check_order(filled)


def _year(record: Record) -> str | None:
    if "financial_year" in record:
        return str(record["financial_year"])
    return periods.year_label(record["period"]) if "period" in record else None


def _ground(framework: Framework, year: str | None) -> Ground:
    directorates = _of_year(framework, "directorates", year)
    indicators = _of_year(framework, "indicators", year)
    outcomes = _of_year(framework, "outcomes", year)
    leadership = _of_year(framework, "leadership_priorities", year)
    corporate = _of_year(framework, "priorities", year)
    return Ground(
        {words(str(row[name])): row["directorate"] for row in directorates for name in ("directorate", "name")},
        {str(row[name]).lower(): row["indicator"] for row in indicators for name in ("ref", "indicator")},
        {str(row["outcome"]).lower(): row["outcome"] for row in outcomes},
        {str(row["number"]): int(row["number"]) for row in leadership},
        {words(str(row["priority"])): row["priority"] for row in corporate},
    )


def _of_year(framework: Framework, name: str, year: str | None) -> list[dict[str, Any]]:
    """Give what is known of a year; of any year where that one has no framework."""
    frame = framework.get(name)
    if frame is None or frame.empty:
        return []
    own = frame[frame["financial_year"] == year]
    rows: list[dict[str, Any]] = (frame if own.empty else own).astype(object).to_dict("records")
    return rows


def _whole_council(item: Item) -> None:
    named = words(str(item.record.get("directorate") or ""))
    if named in _WHOLE and named not in item.ground.directorates:
        del item.record["directorate"]


def _only(item: Item) -> None:
    """Give every row of a council without directorates to the whole of it."""
    if item.record.get("directorate") is None and set(item.ground.directorates.values()) == {WHOLE}:
        item.record["directorate"] = WHOLE


def _directorate(item: Item) -> None:
    record, row, ground = item.record, item.row, item.ground
    named = record.get("directorate")
    if named is None or not ground.directorates:
        return
    code = ground.directorates.get(words(named))
    if code is None:
        some = ", ".join(dict.fromkeys(ground.directorates.values()))
        _tell(row, "directorate", f"the directorate {shown(named)}", f"one of the framework: {some}",
              "Correct it, or add the directorate to the framework.")  # fmt: skip
    else:
        record["directorate"] = code


def _needs_directorate(item: Item) -> None:
    record, row = item.record, item.row
    if record.get("directorate") is None:
        _tell(row, "directorate", "no directorate", "its code or name in each row or in a title",
              'Fill the column Directorate, or write a title such as "Directorate: SCS".')  # fmt: skip


def _leadership(item: Item) -> None:
    item.record["priorities"] = _each(item, "priorities", item.ground.leadership, "the leadership priority")


def _indicators(item: Item) -> None:
    item.record["indicators"] = _each(item, "indicators", item.ground.indicators, "the indicator")


def _each(item: Item, name: str, known: Mapping[str, Any], what: str) -> str | None:
    record, row = item.record, item.row
    items = str(record.get(name) or "").split()
    for one in items if known else ():
        if one.lower() not in known:
            _tell(row, name, f"{what} {shown(one)}", "one of the framework", "Correct it, or add it to the framework.")
    return " ".join(dict.fromkeys(str(known.get(one.lower(), one)) for one in items)) or None


def _mapped(item: Item) -> None:
    record, row, ground = item.record, item.row, item.ground
    subject, kind = str(record["subject"]).lower(), record.get("subject_kind")
    if kind is None:
        record["subject_kind"] = kind = "outcome" if subject in ground.outcomes else "indicator"
    known = ground.outcomes if kind == "outcome" else ground.indicators
    if known and subject not in known:
        _tell(row, "subject", f"the {kind} {shown(record['subject'])}", f"an {kind} of the framework",
              "Correct the id, or add it to the framework.")  # fmt: skip
    record["subject"] = known.get(subject, record["subject"])
    number = str(record["number"]).removesuffix(".0")
    plain = number.isascii() and number.isdecimal() and len(number) < _LONG
    if not plain or (ground.leadership and number not in ground.leadership):
        _tell(row, "number", f"the leadership priority {shown(number)}", "the number of one of the framework",
              "Correct the number, or add the priority to the framework.")  # fmt: skip
    record["number"] = int(number) if plain else None


def _leads_to(item: Item) -> None:
    record, row, ground = item.record, item.row, item.ground
    named = record.get("priority")
    if named is not None and ground.corporate:
        if words(named) not in ground.corporate:
            _tell(row, "priority", f"the priority {shown(named)}", "a corporate priority of the framework",
                  "Type its title as the framework has it.")  # fmt: skip
        record["priority"] = ground.corporate.get(words(named), named)


def _dated(item: Item) -> None:
    record, row = item.record, item.row
    if record["status"] in ("ongoing", "not started") and record.get("due") is None:
        place = "due" if row.column("due") is not None else "status"
        _tell(row, place, f"an action that is {record['status']} without a month by which it is due",
              "a month such as December 2024", "Give the month; until then it can never be told as overdue.",
              severity=Severity.WARNING)  # fmt: skip


def _numbered(item: Item) -> None:
    record, row = item.record, item.row
    first, dot, _ = str(record["action"]).partition(".")
    if dot and first.isdecimal() and first != str(record["recommendation"]):
        _tell(row, "action", f"the action {record['action']} under recommendation {record['recommendation']}",
              f"an action of recommendation {first}", "Check which of the two numbers is meant.",
              severity=Severity.WARNING)  # fmt: skip


def _roles(item: Item) -> None:
    record, row = item.record, item.row
    if not any(record[role] for role in ("deliver", "partner", "influence")):
        _tell(row, "deliver", "a commitment without a role", "x under deliver, partner or influence",
              "Mark the role that the council takes.", severity=Severity.WARNING)  # fmt: skip


def _begun(item: Item) -> None:
    record, row = item.record, item.row
    if record.get("as_at") is None:
        return
    month = periods.parse(record["as_at"], expect="month")
    year = periods.parse(record["financial_year"], expect="year")
    if record.get("delivered") is not None and year.start_time > month.end_time:
        _tell(row, "delivered", f"savings delivered in {record['financial_year']}",
              f"none reported yet: the year begins after {record['as_at']}",
              "Move the amount to the forecast, or correct the year.")  # fmt: skip


def _when(item: Item) -> None:
    record, row = item.record, item.row
    try:
        first, last = days(str(record["when"]))
    except ParseError:
        first, last = record.get("starts"), record.get("ends")
    if first is None or last is None:
        _tell(row, "when", shown(record["when"]), "a month, a quarter, a day, or two months with to between them",
              "Write it so, or give the days under Starts and Ends.")  # fmt: skip
        return
    record["starts"], record["ends"] = record.get("starts") or first, record.get("ends") or last
    if record["ends"] < record["starts"]:
        _tell(row, "when", f"a step that ends before it starts: {shown(record['when'])}", "the first day first",
              "Correct the dates.")  # fmt: skip


_CHECKS: dict[str, tuple[Callable[[Item], None], ...]] = {
    "mapping": (_mapped,),
    "thread": (_leads_to,),
    "finance": (_only, _directorate, _needs_directorate, _leadership),
    "risks": (_whole_council, _only, _directorate, _leadership, _indicators),
    "actions": (_dated, _numbered),
    "savings": (_begun,),
    "commitments": (_indicators, _roles),
    "timetable": (_when,),
}


def _check_order(filled: Sequence[Filled]) -> None:
    """Tell of a number 1.1 that follows 1.9: Excel drops the last nought of a number, and 1.10 was meant."""
    for one in _of(filled, "actions"):
        for before, record in itertools.pairwise(one.rows):
            first, last = (str(r["action"]).rpartition(".") for r in (before, record))
            row = one.row_of(record)
            typed = not isinstance(row.value("action"), str)
            if first[0] != last[0] or not (first[2].isdecimal() and last[2].isdecimal()):
                continue
            if 10 * int(last[2]) == int(first[2]) + 1 and (typed or not row.sheet.name):
                _tell(row, "action", f"the action {record['action']} after {before['action']}",
                      f"{record['action']}0, or the actions in their order",
                      "Type the number as text, with its last nought, in a cell formatted as Text.",
                      severity=Severity.ERROR if typed else Severity.WARNING)  # fmt: skip


def _check_references(filled: Sequence[Filled]) -> None:
    """Look up what one sheet of a workbook says of another: recommendations, work streams, what is served."""
    _refer(filled, "actions", "recommendation", "recommendations", "number", "the recommendation")
    _refer(filled, "savings", "number", "streams", "number", "the work stream")
    for one in _of(filled, "thread"):
        known = {f"{row['level']} {row['order']}".lower() for row in one.rows}
        for record in one.rows:
            if record.get("parent") and str(record["parent"]).lower() not in known:
                _tell(one.row_of(record), "parent", f"{shown(record['parent'])}, which the sheet does not hold",
                      "level and order of another row, such as vision 1", "Correct it or add the row.")  # fmt: skip


def _refer(filled: Sequence[Filled], table: str, name: str, other: str, key: str, what: str) -> None:
    known = {str(row[key]) for one in _of(filled, other) for row in one.rows}
    for one in _of(filled, table) if known else ():
        for record in one.rows:
            if str(record[name]) not in known:
                sheet = next(o.layout.sheet for o in _of(filled, other))
                _tell(one.row_of(record), name, f"{what} {shown(record[name])}", f"a number of the sheet {sheet}",
                      "Correct the number, or add it there.")  # fmt: skip


def _of(filled: Sequence[Filled], table: str) -> list[Filled]:
    return [one for one in filled if one.layout.table == table]


def _tell(row: Row, name: str, found: str, expected: str, action: str, *, severity: Severity = Severity.ERROR) -> None:
    """Keep an issue at a heading's cell; where the sheet lacks that heading, at the first cell of the row."""
    at = name if row.column(name) is not None else min(row.headings.columns, key=lambda n: row.headings.columns[n])
    row.wrong(at, found, expected, action, severity=severity)
