"""What a workbook says of itself above its tables: council, quarter, year, directorate, return date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from weakref import WeakKeyDictionary

import pandas as pd

from perfkit.intake import named_quarters
from perfkit.intake.headings import words
from perfkit.intake.workbooks.grid import Sheet, Value, Workbook
from perfkit.model import areas, periods
from perfkit.model.errors import Issue, ParseError, Where

DEPTH = 15
"""Rows from the top in which titles are looked for."""
WIDEST = 2
"""Cells that a row of titles may hold."""

_WORD = r"(?:St\.|[A-Z][\w'’-]+)"
_KIND = rf"(?:{_WORD} )*(?:Borough|City|Isle|Forest|Vale) of (?:the )?"
_COUNCIL = re.compile(rf"(?:{_KIND})?{_WORD}(?:,? (?:and|&|upon|on|with|{_WORD}))* Council\b")
_OF_FORM = re.compile(r"(?P<name>[^:]+): (?:performance dashboard|red exceptions|key points)\b")
"""The titles of perfkit's own forms, by which a council is known that does not call itself one."""
_QUARTER = re.compile(r"\b(?:Q|Qtr|Quarter)\s*(?P<quarter>\d)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[1-4](?:\.0)?")
_QUARTER_LABELS = ("quarter", "qtr", "reporting quarter")
_LABELS = (*_QUARTER_LABELS, "council", "authority", "local authority", "period", "reporting period", "year",
           "financial year", "directorate", "department", "service")  # fmt: skip
"""What stands before a cell that tells something of the whole workbook."""
_LONGEST_LABEL = 25
_QUARTER_FIRST = re.compile(
    r"(?:20\d\d[-/–]\d\d,? )?(?:Q|Qtr|Quarter)\s*(?P<quarter>[1-4])\s*(?:$|\(|[:,–-]|of\b|20\d\d)", re.IGNORECASE
)
_MONTHS_BEHIND = re.compile(r"\b(?:Q|Qtr|Quarter)\s*(?P<quarter>[1-4])\s*\((?P<months>[^()]*)\)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?P<first>20\d\d)\s*[-/–]\s*(?P<second>20\d\d|\d\d)\b(?!-)")

Line = tuple[str, Where]
_KNOWN: WeakKeyDictionary[Sheet, tuple[Line, ...]] = WeakKeyDictionary()
"""The titles of the sheets that are being read: each is asked for its quarter, its council, its directorate."""


def lines(workbook: Workbook) -> Iterator[Line]:
    """Walk the texts at the top of every sheet with their places, sheets in order."""
    for sheet in workbook.sheets:
        yield from sheet_lines(sheet)


def sheet_lines(sheet: Sheet) -> tuple[Line, ...]:
    """Give the texts above the table of one sheet with their places; a merged text once.

    A row with three cells or more, or with two quarters side by side, is taken for the headings: from there on only
    what has a label such as Quarter before it, beside the table, is a title.
    """
    if sheet not in _KNOWN:
        _KNOWN[sheet] = tuple(_lines(sheet))
    return _KNOWN[sheet]


def _lines(sheet: Sheet) -> Iterator[Line]:
    for row in range(min(DEPTH, len(sheet.rows))):
        filled = _filled(sheet, row)
        if _is_headings(filled):
            yield from _beside(sheet, row)
            return
        for column, _ in filled:
            yield from _told(sheet, row, column)


def _filled(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    """Give the columns of a row that hold something of their own, and what."""
    cells = enumerate(sheet.rows[row])
    return [(c, str(v).strip()) for c, v in cells if v not in (None, "") and (row, c) not in sheet.merged]


def _is_headings(filled: Sequence[tuple[int, str]]) -> bool:
    texts = [text for _, text in filled]
    if len(texts) > 1 and all(map(_QUARTER.match, texts)):
        return True
    in_pairs = len(texts) % 2 == 0 and all(map(_is_label, texts[::2])) and not any(map(_is_label, texts[1::2]))
    return unlabelled(texts) > WIDEST and not in_pairs


def unlabelled(texts: Sequence[str]) -> int:
    """Count the cells of a row that are neither labels such as "Quarter:" nor what stands behind one.

    >>> unlabelled(["Quarter:", "1", "Draft"]), unlabelled(["Saving:", "Owner:", "Amount:"])
    (1, 3)
    """
    behind = sum(before.endswith(":") and not text.endswith(":") for before, text in pairwise(texts))
    return len(texts) - 2 * behind


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and words(text) in _LABELS


def _told(sheet: Sheet, row: int, column: int) -> Iterator[Line]:
    """Give a text; a number only where it is that of a quarter, behind a label."""
    label, text = sheet.text(row, column - 1) if column else "", sheet.text(row, column)
    if words(label) in _QUARTER_LABELS and _NUMBER.fullmatch(text):
        text = f"Quarter {text}"
    elif not isinstance(sheet.at(row, column), str) or not text:
        return
    yield text, sheet.where(row, column)


def _beside(sheet: Sheet, first: int) -> Iterator[Line]:
    """Walk what stands behind a label beside a table, with nothing before the label and nothing behind."""
    for row in range(first, min(DEPTH, len(sheet.rows))):
        for column, value in enumerate(sheet.rows[row]):
            own = column > 1 and type(value) is str and (row, column) not in sheet.merged and _is_label(value.strip())
            if own and not sheet.text(row, column - 1) and not sheet.text(row, column + 2):
                yield from _told(sheet, row, column + 1)


def beside(workbook: Workbook, labels: Collection[str]) -> tuple[Value, Where] | None:
    """Give what stands in the cell after a label, above the table of a sheet, and where; None where there is none.

    >>> sheet = Sheet("SCS.xlsx", "Dashboard", [["Dashboard"], ["Return date:", 42935.0]])
    >>> beside(Workbook("SCS.xlsx", (sheet,)), ["return date"])[0]
    42935.0
    """
    for sheet in workbook.sheets:
        for row in range(min(DEPTH, len(sheet.rows))):
            filled = _filled(sheet, row)
            if _is_headings(filled):
                break
            for column, text in filled:
                said = sheet.at(row, column + 1)
                if said not in (None, "") and words(text) in labels:
                    return said, sheet.where(row, column + 1)
    return None


def council(workbook: Workbook) -> tuple[str, Where] | None:
    """Give the council's name, from the first title that holds one, and where.

    >>> sheet = Sheet("SCS.xlsx", "Dashboard", [["Oxfordshire County Council: performance dashboard 2017-18"]])
    >>> name, where = council(Workbook("SCS.xlsx", (sheet,)))
    >>> name, where.cell
    ('Oxfordshire County Council', 'A1')
    """
    return next(councils(workbook), None)


def councils(workbook: Workbook) -> Iterator[tuple[str, Where]]:
    """Walk every council that a title names, with where."""
    texts = list(lines(workbook))
    told = [(name, where) for text, where in texts if (name := _council(text))]
    own = ((match["name"], where) for text, where in texts if (match := _OF_FORM.match(text)))
    yield from told or (one for one in own if areas.known(one[0]))


def _council(text: str) -> str:
    """Find a council's name in a title; what stands before a comma is a part of it in a name that is registered."""
    match = _COUNCIL.search(text)
    name = match.group() if match else ""
    return name if areas.known(name) else name.rpartition(", ")[2]


def is_read(name: str) -> bool:
    """Say whether a council's name is found again in the titles of perfkit's own forms.

    >>> is_read("Bath & North East Somerset Council"), is_read("Cornwall"), is_read("Our services")
    (True, True, False)
    """
    return _council(name) == name or bool(areas.known(name))


def year(workbook: Workbook) -> tuple[pd.Period, Where] | None:
    """Give the financial year of the first title that names one, and where."""
    for text, where in lines(workbook):
        if (match := _YEAR.search(text)) and (period := _parsed(match.group())):
            return period, where
    return None


def quarter(workbook: Workbook) -> tuple[pd.Period, Where] | None:
    """Give the quarter, from titles that name it, the year from another title where need be; and where it is named.

    >>> sheet = Sheet("SCS.xlsx", "Dashboard", [["Dashboard 2017-18"], ["Quarter 1 (April to June 2017)"]])
    >>> period, where = quarter(Workbook("SCS.xlsx", (sheet,)))
    >>> periods.label(period), where.cell
    ('2017-18 Q1', 'A2')
    """
    whole = year(workbook)
    for text, where in lines(workbook):
        match = _QUARTER.search(text)
        if match is None:
            continue
        own = _YEAR.search(text)
        name = own.group() if own else (periods.label(whole[0]) if whole else "")
        if period := _parsed(f"{name} Q{match['quarter']}"):
            return period, where
    return None


def other_quarters(workbook: Workbook, own: pd.Period) -> list[tuple[pd.Period, Where]]:
    """Give the titles that begin with a quarter other than the workbook's own, such as that of a sheet left as it was.

    >>> sheet = Sheet("SCS.xlsx", "Exceptions", [["Quarter 4 2016-17"], ["Quarter 1 is reported in July."]])
    >>> [where.cell for _, where in other_quarters(Workbook("SCS.xlsx", (sheet,)), periods.parse("2017-18 Q1"))]
    ['A1']
    """
    found = []
    for text, where in lines(workbook):
        match = _QUARTER_FIRST.match(text)
        if match is None:
            continue
        year = _YEAR.search(text)
        name = year.group() if year else periods.label(periods.year_of(own))
        period = _parsed(f"{name} Q{match['quarter']}")
        if period is not None and period != own:
            found.append((period, where))
    return found


def other_months(workbook: Workbook, own: pd.Period) -> list[Issue]:
    """Tell of months behind the quarter in a title that are those of another, such as the same of last year.

    >>> sheet = Sheet("SCS.xlsx", "Dashboard", [["Quarter 2 (July to September 2016)"], ["Q1 (figures from May 2017)"]])
    >>> print(*other_months(Workbook("SCS.xlsx", (sheet,)), periods.parse("2017-18 Q2")))
    SCS.xlsx, sheet Dashboard, cell A1: found the months July to September 2016, expected quarter 2 of 2017-18 (July \
to September 2017). Correct the year or the months.
    """
    behind = ((match, where) for text, where in lines(workbook) for match in _MONTHS_BEHIND.finditer(text))
    return [
        Issue(where, f"the months {match['months']}", periods.in_words(own), "Correct the year or the months.")
        for match, where in behind
        if match["quarter"] == str(own.quarter) and named_quarters.of_months(match["months"]) not in (None, own)
    ]


def _parsed(text: str) -> pd.Period | None:
    try:
        return periods.parse(text)
    except ParseError:
        return None
