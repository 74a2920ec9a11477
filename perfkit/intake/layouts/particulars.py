"""What a sheet tells once above its table for every row: quarter, year, programme, month, directorate, unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from perfkit.intake import cells, named_quarters, titles
from perfkit.intake.headings import words
from perfkit.intake.layouts import dates
from perfkit.intake.layouts import money as layout_money
from perfkit.intake.titles import Line
from perfkit.intake.workbooks.grid import Sheet, Workbook, cell_name
from perfkit.model import periods, synonyms
from perfkit.model.errors import Issue, Severity, Where
from perfkit.model.layouts import TITLES, Layout
from perfkit.model.schemas import STATUSES

Told = dict[str, Any]
EXAMPLES = {
    "period": "Quarter: 2017-18 Q1",
    "financial_year": "Financial year: 2017-18",
    "programme": "Programme: peer challenge 2024",
    "as_at": "As at: October 2024",
}
"""The particulars that a sheet cannot do without where its layout asks for them, as they may be written."""

_AS_AT = re.compile(r"\b(?:as at|as of|position at|status at|correct at)\b[\s:]*(?P<rest>.+)$", re.IGNORECASE)
_SHORT_YEAR = r"\d\d\s*[-/]\s*\d\d"
_SHORT_QUARTER = re.compile(
    rf"(?<![\d/-])(?:(?:Q|Qtr\.?|Quarter)\s*[1-4][\s,:()-]*{_SHORT_YEAR}|{_SHORT_YEAR}[\s,:()-]*(?:Q|Qtr|Quarter)\s*[1-4])"
    r"(?![\d/-])",
    re.IGNORECASE,
)
"""A quarter of a year without its century, such as Q2 24/25."""
_COLON = re.compile(r":| [-–—] ")
_FIGURES_IN = re.compile(r"\b(?:figures|amounts|money|values)(?: are)? in:?\s+(?P<unit>.+)$", re.IGNORECASE)
_OF_MONEY = re.compile(r"£|pound|gbp|thousand|[mb]illion|000|^\W*(?:k|m|bn)\b", re.IGNORECASE)
_UNIT_LAST = re.compile(
    r"(?:^|[\s(:,;-])(?P<unit>£\s?(?:['’]?000['’]?s?|k|m|mn|bn|thousands?|[mb]illions?))\W*$", re.IGNORECASE
)
_STATUS = ("status of figures", "data status", "figures are", "status")
_STATUSES = {word: word for word in STATUSES} | dict(synonyms.FIRMNESS)


@dataclass(frozen=True)
class _Above:
    workbook: Workbook
    sheet: Sheet
    lines: Sequence[Line]
    issues: list[Issue]


def of(workbook: Workbook, sheet: Sheet, layout: Layout, issues: list[Issue]) -> Told:
    """Read what a layout expects above its table, from the sheet's own titles, else from those of other sheets.

    What is missing and cannot be done without, or is not understood, is added to ``issues``.
    """
    own = list(_lines(sheet))
    lines = own + [line for other in workbook.sheets if other is not sheet for line in _lines(other)]
    told: Told = {field: _READERS[field](_Above(workbook, sheet, lines, issues)) for field in layout.told}
    issues += _not_understood(own)
    told |= {heading.field: _status(own) for heading in layout.headings if heading.field.endswith("status")}
    told["status" if "source_status" not in told else "source_status"] = _status(own) or _status(lines)
    for field in layout.told:
        if told[field] is None and field in EXAMPLES and not _told_wrong(field, issues, sheet):
            expected = f'a title such as "{EXAMPLES[field]}"'
            found = f"no {TITLES[field].lower()}"
            issues.append(Issue(Where(sheet.file, sheet.name), found, expected, "Write it above the table."))
    return told


def money(sheet: Sheet) -> tuple[float | None, Where]:
    """Give how many pounds one stands for, as a title such as "Figures in: £000" or "Revenue budget (£000)" tells.

    None with the title's cell where its unit is not known, and with no cell where no title tells a unit.

    >>> money(Sheet("f.xlsx", "Finance", [["Finance return"], ["All figures in £000"]]))[0]
    1000.0
    >>> money(Sheet("f.xlsx", "Finance", [["Revenue budget 2017-18 (£m)"]]))[0]
    1000000.0
    """
    lines = list(_lines(sheet))
    for text, where in lines:
        if (match := _FIGURES_IN.search(text)) and _OF_MONEY.search(match["unit"]):
            return layout_money.UNITS.get(words(match["unit"])), where
    for text, where in lines:
        if match := _UNIT_LAST.search(text):
            return layout_money.UNITS.get(words(match["unit"])), where
    return None, Where(sheet.file, sheet.name)


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Walk what stands above the table: a cell with a label in it, a label with the cell behind it, or a text alone.

    A row of more cells than a title has is taken for the headings, also where every other one could be a label: of
    "Directorate, Budget, Period, Forecast (£m)" the unit is that of one column.
    """
    for row, some in enumerate(sheet.rows[: titles.DEPTH]):
        filled = [c for c, value in enumerate(some) if value not in (None, "") and (row, c) not in sheet.merged]
        texts = [_plain(some[c]).strip() for c in filled]
        if titles.unlabelled(texts) > titles.WIDEST:
            return
        label = ""
        for column, text in zip(filled, texts, strict=True):
            told = f"{label}: {text.rstrip(': ')}" if label else text
            label = "" if label or _COLON.search(text.rstrip(": ")) else text.rstrip(": ")
            if not label or column == filled[-1]:
                yield told.rstrip(": "), Where(sheet.file, sheet.name, cell_name(row, column))


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value.day} {value:%B %Y}"
    return cells.text(value).value or ""


def _labelled(lines: Sequence[Line], field: str) -> Line | None:
    label = words(TITLES[field])
    for text, where in lines:
        first, *rest = _COLON.split(text, maxsplit=1)
        if rest and rest[0].strip() and words(first) == label:
            return rest[0].strip(), where
    return None


def _as_labelled(above: _Above, field: str) -> str | None:
    named = _labelled(above.lines, field)
    return named[0] if named else None


def _period(above: _Above) -> str | None:
    alone = (
        titles.quarter(Workbook(above.sheet.file, (above.sheet,)))
        or _quarter_in(above.lines)
        or titles.quarter(above.workbook)
    )
    if alone is None:
        return None
    quarter, where = alone
    above.issues.extend(named_quarters.against_path(quarter, where))
    above.issues.extend(titles.other_months(Workbook(above.sheet.file, (above.sheet,)), quarter))
    return periods.label(quarter)


def _quarter_in(lines: Sequence[Line]) -> tuple[Any, Where] | None:
    named = _labelled(lines, "period")
    short = [(match.group(), where) for text, where in lines if (match := _SHORT_QUARTER.search(text))]
    for text, where in ([named] if named else []) + short:
        label = dates.period(re.sub(r"[(),:]", " ", text)).value
        if label and "Q" in label:
            return periods.parse(str(label), expect="quarter"), where
    return None


def _year(above: _Above) -> str | None:
    found = titles.year(Workbook(above.sheet.file, (above.sheet,))) or titles.year(above.workbook)
    named = _labelled(above.lines, "financial_year") if found is None else None
    if named and (label := dates.year(named[0]).value):
        return str(label)
    if named:
        action = "Write a year such as 2017-18."
        above.issues.append(Issue(named[1], cells.shown(named[0]), "a financial year such as 2017-18", action))
    return periods.label(found[0]) if found else None


def _as_at(above: _Above) -> str | None:
    named = [(match["rest"], text, where) for text, where in above.lines if (match := _AS_AT.search(text))]
    months = [dates.month(rest.strip(" .)")).value for rest, _, _ in named]
    if named and not any(months):
        _, text, where = named[0]
        action = "Write it as As at: October 2024."
        above.issues.append(Issue(where, cells.shown(text), "a month such as October 2024", action))
    return next((str(month) for month in months if month), None)


def _status(lines: Sequence[Line]) -> str | None:
    for text, _ in lines:
        first, _, rest = text.partition(":")
        if words(first) in _STATUS and words(rest) in _STATUSES:
            return _STATUSES[words(rest)]
    return None


def _not_understood(lines: Sequence[Line]) -> list[Issue]:
    """Warn of a status of the figures that is none of those known."""
    expected = "provisional, revised, final or illustrative"
    return [
        Issue(where, cells.shown(text), expected, "Type one of these words.", Severity.WARNING)
        for text, where in lines
        for first, _, rest in [text.partition(":")]
        if words(first) in _STATUS[:-1] and words(rest) not in ("", *_STATUSES)
    ]


def _told_wrong(field: str, issues: Sequence[Issue], sheet: Sheet) -> bool:
    asked = {"as_at": "a month such as", "financial_year": "a financial year such as"}.get(field, "\0")
    return any(issue.where.file == sheet.file and asked in issue.expected for issue in issues)


_READERS: dict[str, Callable[[_Above], str | None]] = {
    "period": _period,
    "financial_year": _year,
    "programme": partial(_as_labelled, field="programme"),
    "as_at": _as_at,
    "directorate": partial(_as_labelled, field="directorate"),
}
