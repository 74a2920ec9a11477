"""framework.xlsx: what the council promised for 2017-18."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from pack import book, facts
from pack.definitions import DEFINITIONS, SET_BY, SET_ON

Cells = dict[str, object]
_MONTHS = {"2017-03": "March 2017", "2018-03": "March 2018", "2019-03": "March 2019", "2017-09": "September 2017"}
_TRAJECTORIES = (5, 6, 11)


def build(folder: Path, out: Path) -> None:
    """Write framework.xlsx."""
    indicators = facts.read(folder, "indicators")
    workbook, front = book.new("Read me")
    _front(front)
    _simple_sheets(workbook, folder)
    rows = [_indicator(row) for row in indicators]
    note = (
        "Columns up to Source were published (ids apart); those from Frequency on are perfkit's reading, illustrative."
    )
    book.table(
        workbook,
        "Indicators",
        note,
        rows,
        [30, 6, 48, 12, 26, 9, 14, 10, 11, 11, 11, 11, 9, 10, 10, 10, 20, 12, 22, 36, 12],
    )
    book.table(workbook, "Targets", "As written; trajectories run from the baseline to the interim and final target.",
               [target for row in indicators for target in _targets(row)],
               [30, 6, 10, 16, 16, 9, 9, 10, 16, 16, 11, 11, 50])  # fmt: skip
    book.save(workbook, out / "framework.xlsx")


def _front(sheet: object) -> None:
    book.titles(sheet, [  # type: ignore[arg-type]
        f"{book.COUNCIL}: corporate plan framework 2017-18",
        "Priorities, outcomes, indicators and targets",
        "Financial year: 2017-18",
        "Published, in the cabinet papers of quarter 1: titles, targets, cumulative flags, baselines, leads, counts.",
        "Illustrative: stable ids, series types, decimals, rules and tolerances, data owners.",
    ])  # fmt: skip
    book.widths(sheet, [110])  # type: ignore[arg-type]


def _simple_sheets(workbook: Workbook, folder: Path) -> None:
    outcomes = facts.read(folder, "outcomes")
    priorities = list(dict.fromkeys(row["priority"] for row in outcomes))
    book.table(workbook, "Priorities", "As published.",
               [{"Order": n, "Priority": title} for n, title in enumerate(priorities, 1)], [8, 44])  # fmt: skip
    book.table(workbook, "Outcomes", "As published; the ids are the pack's own.",
               [{"Outcome id": r["outcome_id"], "Outcome": r["title"], "Priority": r["priority"],
                 "Directorate": r["directorate"]} for r in outcomes], [12, 64, 34, 14])  # fmt: skip
    book.table(workbook, "Directorates", "As published.",
               [{"Order": n, "Code": r["directorate"], "Directorate": r["name"]}
                for n, r in enumerate(facts.read(folder, "directorates"), 1)], [8, 10, 44])  # fmt: skip
    book.table(workbook, "Leadership priorities", "As published.",
               [{"Number": int(r["number"]), "Priority": r["title"], "Kind": r["kind"]}
                for r in facts.read(folder, "leadership_priorities")], [10, 64, 14])  # fmt: skip
    book.table(workbook, "Published counts", "As the cabinet report states them for quarter 1.",
               [{"Period": "2017-18 Q1", "Statement": r["statement"], "Count": int(r["count"])}
                for r in facts.read(folder, "published_counts")], [14, 64, 10])  # fmt: skip


def _indicator(row: facts.Row) -> Cells:
    ref = int(row["ref"])
    own = DEFINITIONS[ref]
    return {
        "Id": own.id, "No.": ref, "Indicator": row["title"], "Directorate": row["directorate"],
        "Priority": row["priority"], "Outcome id": row["outcome_id"], "Unit": own.unit or row["unit"],
        "Polarity": "higher" if row["polarity"] == "milestone" else row["polarity"],
        "Cumulative": row["cumulative"], "Source": "published", "Frequency": own.frequency,
        "Series type": own.series_type,
        "Arrears": own.arrears, "Decimals": own.decimals, "Rule": own.rule, "Tolerance": own.tolerance,
        "Set by": SET_BY, "Set on": SET_ON, "Data owner": f"Performance lead, {row['directorate']}",
        "Definition": own.definition,
        "Metadata source": "illustrative",
    }  # fmt: skip


def _targets(row: facts.Row) -> list[Cells]:
    ref = int(row["ref"])
    kinds = {True: ("interim", "final"), False: ("target", "target")}[_has_final(row)]
    first = _target(row, kinds[0], "March 2018" if ref in _TRAJECTORIES else "2017-18", row["target"])
    if not _has_final(row):
        return [first]
    period = _MONTHS.get(row["later_target_period"], row["later_target_period"])
    return [first, _target(row, kinds[1], period, row["later_target"])]


def _has_final(row: facts.Row) -> bool:
    return row["later_target_period"] in ("2018-19", "2019-03")


def _target(row: facts.Row, role: str, period: str, text: str) -> Cells:
    own = DEFINITIONS[int(row["ref"])]
    milestone = own.rule == "milestone"
    return {
        "Id": own.id, "No.": int(row["ref"]), "Role": role, "Period": period, "Target": text, "Basis": own.basis,
        "Profile": "line" if int(row["ref"]) in _TRAJECTORIES else {"level": None}.get(own.basis, "equal"),
        "Baseline": float(row["baseline"]) if row["baseline"] else None,
        "Baseline period": _MONTHS.get(row["baseline_period"], row["baseline_period"] or None),
        "Due": _MONTHS[row["later_target_period"]] if milestone else None,
        "Year total": int(row["later_target"]) if own.basis == "quarter" else None,
        "Source": "published", "Note": _note(row),
    }  # fmt: skip


def _note(row: facts.Row) -> str | None:
    later, period = row["later_target"], row["later_target_period"]
    same = f"The same stands for {_MONTHS.get(period, period)}." if later and later == row["target"] else None
    return row["note"] if row["ref"] in ("11", "12", "13", "14", "15", "16", "44", "45", "46", "47", "48") else same
