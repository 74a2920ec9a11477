"""A new year's framework as a workbook to be confirmed: the tables as they are read, and every question beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from perfkit.forms import book, notes
from perfkit.forms.new_year import NewYear
from perfkit.forms.year_questions import TO_BE_SET, key_of_target
from perfkit.model import schemas, workbook_bytes
from perfkit.model.columns import Column
from perfkit.model.percentages import CAN_PASS_100

HEADING_ROW = 4
SPARE_ROWS = 10
TO_CONFIRM = ("Question", "About", "What is asked", "Sheet", "Cell", "Answered by", "Note")


@dataclass(frozen=True)
class _Table:
    """A sheet of the framework: its note, its columns (heading, field, width), its rows' key, and what stays text."""

    sheet: str
    table: str
    note: str
    columns: tuple[tuple[str, str, float], ...]
    key: str
    text: tuple[str, ...] = ()


_TABLES = (
    _Table("Priorities", "priorities", "In the order of the plan.",
           (("Order", "order", 8), ("Priority", "priority", 50)), "priority"),
    _Table("Outcomes", "outcomes", "Each with its priority and the directorate that leads it.",
           (("Outcome id", "outcome", 12), ("Outcome", "title", 64), ("Priority", "priority", 36),
            ("Directorate", "directorate", 14)), "outcome"),
    _Table("Directorates", "directorates", "Codes are what returns are named by.",
           (("Order", "order", 8), ("Code", "directorate", 10), ("Directorate", "name", 50)), "directorate"),
    _Table("Leadership priorities", "leadership_priorities", "What the leadership team steers by.",
           (("Number", "number", 10), ("Priority", "title", 64), ("Kind", "kind", 14)), "number"),
    _Table("Published counts", "published", "What the cabinet report states, to be held against what is computed.",
           (("Period", "period", 14), ("Statement", "statement", 64), ("Count", "count", 10)), "statement"),
    _Table("Indicators", "indicators", "Ids never change; numbers are this year's, 1 to n.",
           (("Id", "indicator", 32), ("No.", "ref", 6), ("Number last year", "ref_before", 9),
            ("Indicator", "title", 52), ("Directorate", "directorate", 12), ("Priority", "priority", 28),
            ("Outcome id", "outcome", 10), ("Unit", "unit", 14), ("Polarity", "polarity", 10),
            ("Frequency", "frequency", 11), ("Series type", "series_type", 11), ("Arrears", "arrears", 9),
            ("Decimals", "decimals", 9), ("Rule", "rule", 10), ("Tolerance", "tolerance", 10),
            ("Set by", "tolerance_set_by", 20), ("Set on", "tolerance_set_on", 13), ("Data owner", "data_owner", 24),
            ("Definition", "definition", 40), (CAN_PASS_100, "can_pass_100", 10)), "indicator"),
    _Table("Targets", "targets", "As they are to be published: 67%, >28%, 93-95%, 60/20, Completion by September 2018.",
           (("Id", "indicator", 32), ("No.", "ref", 6), ("Role", "role", 10), ("Period", "period", 14),
            ("Target", "text", 18), ("Last year's target", "text_before", 14), ("Basis", "basis", 9),
            ("Profile", "profile", 9), ("Baseline", "baseline", 11), ("Baseline period", "baseline_period", 16),
            ("Due", "due", 16), ("Set by", "set_by", 18), ("Set on", "set_on", 13),
            ("Reason for change", "reason", 50)), "",
           ("Target", "Period", "Profile", "Baseline period", "Due")),
)  # fmt: skip


def write(new: NewYear, *, council: str, ask: str = "") -> bytes:
    """Write the framework of a new year with its questions; filled in, it is loaded as framework.xlsx of that year."""
    workbook, front = book.new("Read me", council=council)
    confirm = workbook.create_sheet("To confirm")
    places: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    for table in _TABLES:
        frame = new.tables.get(table.table, pd.DataFrame(columns=[field for _, field, _ in table.columns]))
        _sheet(workbook.create_sheet(table.sheet), table, frame, f"{council}: {table.sheet.lower()} {new.year}", places)
    _dropped(workbook.create_sheet("Dropped"), new)
    _front(front, new, council, ask)
    _confirm(confirm, new, places)
    return workbook_bytes.of(workbook)


def _front(sheet: Any, new: NewYear, council: str, ask: str) -> None:
    lines = [f"{council}: corporate plan framework {new.year}", "Priorities, outcomes, indicators and targets",
             f"Financial year: {new.year}"]  # fmt: skip
    how = (
        f"Made from the framework of {new.before}: indicators kept their ids and were numbered afresh; targets that "
        f'ended say "{TO_BE_SET}".',
        "The sheet To confirm lists every question with the cell that answers it. Correct the cells; nothing is "
        "computed from that sheet.",
        "To drop an indicator, take its rows out of Indicators and Targets. To bring one in, add a row to both, with "
        "an id that was never used before.",
        f"When it is agreed, save it as framework.xlsx in the folder {new.year} of the raw data and load it.",
    )
    notes.write(sheet, top=lines, sections=(("How to confirm", how), ("Whom to ask", (ask or notes.ASK,))))


def _sheet(sheet: Any, table: _Table, frame: pd.DataFrame, title: str, places: dict[Any, Any]) -> None:
    book.titles(sheet, (title, table.note))
    book.widths(sheet, [width for _, _, width in table.columns])
    book.headings(sheet, HEADING_ROW, [heading for heading, _, _ in table.columns])
    rows = frame.to_dict("records")
    for row, facts in enumerate(rows, HEADING_ROW + 1):
        for column, (heading, field, _) in enumerate(table.columns, 1):
            _cell(sheet, row, column, facts.get(field), text=heading in table.text)
        key = str(facts[table.key]) if table.key else key_of_target(facts)
        cells = {heading: sheet.cell(row, n).coordinate for n, (heading, _, _) in enumerate(table.columns, 1)}
        places[table.sheet, key] = (row, cells)
    last = HEADING_ROW + len(rows) + SPARE_ROWS
    for row in range(HEADING_ROW + 1 + len(rows), last + 1):
        for column in range(1, len(table.columns) + 1):
            _cell(sheet, row, column, None, text=table.columns[column - 1][0] in table.text)
    _lists(sheet, table, last)
    book.heights(sheet, HEADING_ROW + 1, last, least=18.0)
    book.finish(sheet, heading_row=HEADING_ROW, columns=len(table.columns), freeze=2 if len(table.columns) > 5 else 0)


def _cell(sheet: Any, row: int, column: int, value: Any, *, text: bool) -> None:
    cell = book.put(sheet, row, column, _plain(value, text=text))
    if text:
        cell.number_format = "@"
    elif isinstance(value, pd.Timestamp):
        cell.number_format = "d mmmm yyyy"
    book.unlock(cell)


def _plain(value: Any, *, text: bool) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    number = isinstance(value, str) and value.isdigit() and not text
    return int(value) if number else value


def _lists(sheet: Any, table: _Table, last: int) -> None:
    allowed = {column.name: _words(column) for column in schemas.TABLES[table.table].columns}
    for column, (heading, field, _) in enumerate(table.columns, 1):
        if words := allowed.get(field):
            letter = sheet.cell(1, column).column_letter
            cells = f"{letter}{HEADING_ROW + 1}:{letter}{last}"
            book.drop_down(sheet, cells, words, prompt=f"One of: {', '.join(words)}.", title=heading)


def _words(column: Column) -> tuple[str, ...]:
    return ("Y", "N") if column.kind == "flag" else column.words


def _dropped(sheet: Any, new: NewYear) -> None:
    book.titles(sheet, (f"Dropped since {new.before}", "Indicators of last year that are not in this framework."))
    book.widths(sheet, (34, 12, 60, 34))
    book.headings(sheet, HEADING_ROW, ("Id then", "Number then", "Indicator then", "Why"))
    for row, facts in enumerate(new.dropped.to_dict("records"), HEADING_ROW + 1):
        for column, field in enumerate(("indicator", "ref", "title", "why"), 1):
            book.put(sheet, row, column, facts[field])
    if new.dropped.empty:
        book.put(sheet, HEADING_ROW + 1, 1, "None.", framed=False)
    book.finish(sheet, heading_row=HEADING_ROW, columns=4)


def _confirm(sheet: Any, new: NewYear, places: Mapping[tuple[str, str], tuple[int, dict[str, str]]]) -> None:
    told = "Each question names the cell that answers it; put your name beside it when it is answered."
    book.titles(sheet, (f"To confirm before {new.year} begins", told))
    book.widths(sheet, (20, 46, 70, 13, 8, 18, 30))
    book.headings(sheet, HEADING_ROW, TO_CONFIRM)
    rows: Sequence[dict[str, Any]] = new.questions.to_dict("records")
    for row, asked in enumerate(rows, HEADING_ROW + 1):
        _, cells = places[asked["sheet"], asked["key"]]
        target = cells[asked["heading"]]
        for column, value in enumerate((asked["topic"], asked["about"], asked["question"], asked["sheet"], target), 1):
            book.put(sheet, row, column, value)
        link = sheet.cell(row, 5)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{asked['sheet']}'!{target}", display=target)
        link.font = Font(underline="single", color="1A4F8A")
        for column in (6, 7):
            book.unlock(sheet.cell(row, column))
    if not rows:
        book.put(sheet, HEADING_ROW + 1, 1, "Nothing.", framed=False)
    book.heights(sheet, HEADING_ROW + 1, HEADING_ROW + max(len(rows), 1), least=18.0)
    book.finish(sheet, heading_row=HEADING_ROW, columns=len(TO_CONFIRM))
