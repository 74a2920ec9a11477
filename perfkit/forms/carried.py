"""What the workbooks of the papers carry over from what was known last, so that only what has changed is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.forms.papers import KINDS
from perfkit.model import numbering, periods
from perfkit.model.paper_layouts import LAYOUTS

Tables = Mapping[str, pd.DataFrame]
Rows = list[dict[str, Any]]

_AFRESH = {
    "finance": ("actual", "forecast", "reason", "status"),
    "risks": ("status",),
    "actions": ("progress", "source_status"),
    "savings": ("status",),
    "measures": ("value", "status"),
}
"""Fields that are asked for anew, by table."""
_MOMENTS = ("period", "as_at", "financial_year")
"""Fields that say when a row was told."""


def rows(kind: str, tables: Tables, *, quarter: str, programme: str = "") -> dict[str, Rows]:
    """Give the rows to carry over into a workbook of `papers.KINDS`, by table and field.

    Of each table the newest month, quarter or year that began by the end of ``quarter`` is taken, of ``programme``
    where one is named; of the mapping every indicator and outcome of the year's framework with the priorities that it
    had last.
    """
    own = periods.parse(quarter, expect="quarter")
    return {table: _mapped(tables, own) if table == "mapping" else _of(table, tables, own, programme)
            for table in KINDS[kind]}  # fmt: skip


def programmes(kind: str, tables: Tables) -> list[str]:
    """List the programmes that a workbook of that kind is known for, the one told last first."""
    frames = [tables[name] for name in KINDS[kind] if name in tables and "programme" in tables[name]]
    return list(dict.fromkeys(name for frame in frames for name in frame["programme"][::-1]))


def _of(table: str, tables: Tables, quarter: pd.Period, programme: str) -> Rows:
    frame = tables.get(table)
    if frame is None or frame.empty:
        return []
    if programme and "programme" in frame:
        frame = frame[frame["programme"] == programme]
    fields = [h.field for h in LAYOUTS[table].headings if h.field in frame and h.field not in _AFRESH.get(table, ())]
    titles = _stream_titles(tables, programme) if table == "savings" else {}
    refs = _numbers(tables, quarter)
    return [
        {**_written(row, fields, refs), **({"stream_title": titles.get(row["number"])} if titles else {})}
        for row in _newest(frame, table, quarter).to_dict("records")
    ]


def _newest(frame: pd.DataFrame, table: str, quarter: pd.Period) -> pd.DataFrame:
    told = [name for name in LAYOUTS[table].told if name in _MOMENTS and name in frame]
    if not told or frame.empty:
        return frame
    ends = periods.ends(frame[told[0]])
    began = frame[told[0]].map(lambda label: periods.parse(label).start_time)
    past = ends[began <= quarter.end_time]
    return frame[ends == past.max()] if len(past) else frame.iloc[:0]


def _numbers(tables: Tables, quarter: pd.Period) -> dict[str, str]:
    """Give the year's published number of each indicator, which people know it by."""
    frame = tables["indicators"]
    own = frame[frame["financial_year"] == periods.label(periods.year_of(quarter))]
    return dict(zip(own["indicator"], own["ref"], strict=True))


def _written(row: Mapping[str, Any], fields: list[str], refs: Mapping[str, str]) -> dict[str, Any]:
    cells = {field: _cell(row[field], _kind(field)) for field in fields}
    if cells.get("indicators"):
        cells["indicators"] = ", ".join(refs.get(name, name) for name in cells["indicators"].split(", "))
    return cells


def _kind(field: str) -> str:
    kinds = {heading.field: heading.kind for layout in LAYOUTS.values() for heading in layout.headings}
    return kinds[field]


def _cell(value: Any, kind: str) -> Any:
    """Write a field as a person would type it.

    >>> _cell("7 10", "list"), _cell(True, "flag"), _cell(None, "text")
    ('7, 10', 'x', None)
    """
    if value is None or pd.isna(value):
        return None
    if kind == "flag":
        return "x" if value else None
    if kind == "list":
        return ", ".join(str(value).split())
    if kind == "day":
        return pd.Timestamp(value).to_pydatetime()
    return int(value) if kind == "whole" else value


def _stream_titles(tables: Tables, programme: str) -> dict[Any, str]:
    frame = tables.get("streams")
    if frame is None:
        return {}
    own = frame[frame["programme"] == programme] if programme else frame
    return dict(zip(own["number"], own["title"], strict=True))


def _mapped(tables: Tables, quarter: pd.Period) -> Rows:
    """List every outcome and indicator of the year's framework with the leadership priorities that it serves."""
    year = periods.label(periods.year_of(quarter))
    served = _served(tables, quarter)
    indicators, outcomes = (tables[name][tables[name]["financial_year"] == year] for name in ("indicators", "outcomes"))
    ordered = sorted(indicators.to_dict("records"), key=lambda row: numbering.order(row["ref"]))
    items = [("outcome", row["outcome"], row["title"]) for row in outcomes.to_dict("records")]
    items += [("indicator", row["indicator"], row["title"]) for row in ordered]
    return [
        {"subject_kind": kind, "subject": subject, "subject_title": title, "number": served.get((kind, subject))}
        for kind, subject, title in items
    ]


def _served(tables: Tables, quarter: pd.Period) -> dict[tuple[str, str], str]:
    frame = tables.get("mapping")
    if frame is None or frame.empty:
        return {}
    newest = _newest(frame, "mapping", quarter).sort_values("number")
    groups = newest.groupby(["subject_kind", "subject"], sort=False)["number"]
    return {key: ", ".join(str(int(n)) for n in numbers) for key, numbers in groups}
