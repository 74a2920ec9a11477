"""Releases published beside the delayed days by local authority: of patients, rates, trusts, months, or as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from perfkit.intake.dtoc import words
from perfkit.intake.dtoc.above import Above
from perfkit.intake.dtoc.layout import DAYS
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue

_PATIENTS = re.compile(r"\b(patients|people)\b|\bsnapshot\b|last thursday", re.IGNORECASE)
_RATES = re.compile(r"\bASCOF\b|per 100,?000", re.IGNORECASE)
_AUTHORITY = re.compile(r"authorit|council|\bLAs?\b", re.IGNORECASE)
_OWN = frozenset({"title", "summary", "basis"})
"""Labels that a workbook has and a list has not, whose headings may be Period and Status."""
_FIRST_ROWS, _HEADED = 10, 30
"""Rows from the top within which the headings of a list and of a series stand."""
_TIMES = frozenset({"year", "period"})
_LOAD = "Load the month's workbook of total delayed days by local authority, published beside it."


def told(above: Above, *, with_england: bool) -> Iterator[Issue]:
    """Tell of each sheet that says it is of one of these releases, is such a list, or beside no England is a series."""
    for sheet, places in above:
        found = _listed(sheet) if _OWN.isdisjoint(places) else _said(sheet, places)
        if found := found or (None if with_england else series(sheet)):
            yield sheet.issue(*found[0], found=found[1], expected="delayed days by local authority", action=_LOAD)


def _said(sheet: Sheet, places: dict[str, tuple[int, int]]) -> tuple[tuple[int, int], str] | None:
    if "basis" in places and not by_authority(sheet.text(*places["basis"])):
        return places["basis"], f'delayed transfers by "{sheet.text(*places["basis"])}"'
    for place in (places[label] for label in ("title", "summary") if label in places):
        if what := _of_others(sheet.text(*place)):
            return place, what
    return None


def _listed(sheet: Sheet) -> tuple[tuple[int, int], str] | None:
    for r, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        column = _of_list([words.squeeze(value) for value in row]) if row.count(None) < len(row) else None
        if column is not None:
            return (r, column), "a list of delays with a row for each provider, authority and reason"
    return None


def series(sheet: Sheet) -> tuple[tuple[int, int], str] | None:
    """Find the heading of a series: the years and months down its rows, and days across."""
    for r, row in enumerate(sheet.rows[:_HEADED]):
        own = [words.squeeze(value) for value in row]
        if _TIMES.issubset(own) and any(map(words.measure, row)):
            return (r, own.index("period")), "a series of months down its rows"
    return None


@lru_cache(maxsize=256)
def _of_others(text: str) -> str:
    """Say what else than days a title tells of, "" for nothing else."""
    if DAYS.search(text):
        return ""
    if _PATIENTS.search(text):
        return "a workbook of the patients who were delayed on one day of the month"
    return "a workbook of the year's rates" if _RATES.search(text) else ""


@lru_cache(maxsize=256)
def by_authority(basis: str) -> bool:
    """Say whether the basis of a sheet is the local authority.

    >>> by_authority("Local Authority"), by_authority("NHS Organisations")
    (True, False)
    """
    return _AUTHORITY.search(basis) is not None


def _of_list(headings: Sequence[str]) -> int | None:
    """Give the column of the providers' names or codes among the headings of a list, None where there is no list."""
    providers = [c for c, heading in enumerate(headings) if "provider" in heading]
    return providers[0] if providers and not words.REASON_HEADINGS.isdisjoint(headings) else None
