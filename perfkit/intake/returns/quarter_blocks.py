"""The quarters of a year side by side in one return: which columns are whose, and what they say besides its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from perfkit.intake import cells, headings, markers, reading, signs
from perfkit.intake.headings import Headings
from perfkit.intake.returns import lines
from perfkit.intake.returns.frame import Facts, Ground
from perfkit.intake.rows import Row, TableSpec
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import periods
from perfkit.model.errors import Issue, Severity

QUARTERS = (1, 2, 3, 4)
_FIELDS = {
    "target": ("target",),
    "actual": ("actual", "value", "performance", "data", "outturn", "result"),
    "status": ("status", "data status"),
    "rag": ("rag", "rag rating", "rag status", "brag"),
    "outlook": ("outlook",),
    "reason": ("comments", "comment", "reason", "commentary"),
}
_READ = ("actual", "status", "rag", "outlook")

Blocks = Mapping[int, Mapping[str, int]]


def aliases(quarters: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Give the headings of some quarters' columns, the quarter before or after the word.

    >>> aliases([2])["outlook"]
    ('q2 outlook', 'outlook q2')
    """
    some = tuple(quarters)
    return {
        name: tuple(form for q in some for word in words for form in (f"q{q} {word}", f"{word} q{q}"))
        for name, words in _FIELDS.items()
    }


def find(sheet: Sheet, found: Headings, year: str) -> Blocks:
    """Give the columns of each quarter's figure, status and rating in a row of headings, where headings name it."""
    told = " ".join(headings.told(sheet, found.row, year))
    asked = [quarter for quarter in QUARTERS if f"q{quarter}" in told]
    blocks = {quarter: headings.match(sheet, found.row, _names(quarter), year=year).columns for quarter in asked}
    return {quarter: columns for quarter, columns in blocks.items() if columns}


@lru_cache(maxsize=8)
def _names(quarter: int) -> dict[str, tuple[str, ...]]:
    own = aliases([quarter])
    return {name: own[name] for name in _READ} | {"actual": (*own["actual"], f"q{quarter}")}


def read(row: Row, facts: Facts, ground: Ground, blocks: Blocks, earlier: dict[str, reading.Rows]) -> None:
    """Read a row's earlier quarters into ``earlier``; a figure or rating of a quarter to come is an issue.

    Beside a column of the year to date those of a cumulative indicator are of each quarter alone, and not read.
    """
    own = ground.quarter.quarter
    for quarter, columns in blocks.items():
        if quarter == own:
            continue
        at = row.under(**{**_shared(row), **columns})
        then = replace(ground, quarter=periods.earlier(ground.quarter, steps=own - quarter))
        if quarter > own:
            _nothing_yet(at, then.period, ground.period)
        else:
            _read_earlier(at, facts, then, ground.period, earlier)


def _shared(row: Row) -> dict[str, int]:
    return {name: column for name, column in row.headings.columns.items() if name in ("status", "ytd")}


def _read_earlier(row: Row, facts: Facts, then: Ground, report: str, earlier: dict[str, reading.Rows]) -> None:
    lines.check_merged(row)
    adds_up = facts["series_type"] == "ytd" and then.quarter.quarter > 1 and row.column("ytd") is not None
    if row.column("actual") is not None and not adds_up:
        figures = lines.observations(row, facts, then)
        earlier["observations"] += [{**figure, "report_period": report} for figure in figures]
    rating = signs.rating(row.value("rag"))
    row.report("rag", rating.problem)
    if rating.value:
        about = {"subject_kind": "indicator", "subject": facts["indicator"], "period": then.period}
        earlier["assessments"].append({**about, "rag": rating.value, **row.place("rag")})


def _nothing_yet(row: Row, then: str, report: str) -> None:
    for name, what in (("actual", "a figure"), ("rag", "a rating")):
        if _says_something(row.value(name), name):
            found, action = (
                f"{what} for {then} ({cells.shown(row.value(name))})",
                "Empty the cell, or correct the title",
            )
            row.wrong(name, found, f"nothing yet in a return for {report}", f"{action} if the return is for {then}.")


def _says_something(value: object, name: str) -> bool:
    """Tell a filled cell from an empty one and from a sign that says that there is nothing."""
    if value is None or cells.fault(value):
        return False
    text = " ".join(str(value).split())
    return bool(text) and markers.meaning(text) is None and not (name == "rag" and text.lower() in signs.NO_RATING)


def which(workbook: Workbook, columns: TableSpec) -> list[Issue]:
    """Ask for the quarter of a return that names none, by the last of the quarters side by side that is filled."""
    issues = []
    for sheet in workbook.sheets:
        found = columns.find(sheet)
        blocks = find(sheet, found, columns.year) if found else {}
        filled = [quarter for quarter, some in blocks.items() if found and _is_filled(sheet, found, some)]
        if found and filled and len(blocks) > 1:
            issues.append(_ask(sheet, found.row, min(blocks[max(filled)].values()), max(filled)))
    return issues


def _is_filled(sheet: Sheet, found: Headings, columns: Mapping[str, int]) -> bool:
    return any(
        _says_something(sheet.at(number, columns[name]), name)
        for number in range(found.row + 1, len(sheet.rows))
        for name in ("actual", "rag")
        if name in columns
    )


def _ask(sheet: Sheet, row: int, column: int, quarter: int) -> Issue:
    return sheet.issue(
        row,
        column,
        found=f"quarters side by side, filled up to Q{quarter}",
        expected="a title that says which of them is reported",
        action=f'If it is the return for Q{quarter}, write "Quarter {quarter}" with its year above the table.',
        severity=Severity.WARNING,
    )
