"""The moments that ``diff`` compares: a day, the report of a quarter, a vintage, or now."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from perfkit.model.errors import ParameterError, ParseError


@dataclass(frozen=True)
class Moment:
    """A moment: what the store is asked with (empty for now), and how it is called."""

    as_of: str
    words: str


def read(option: str, text: str, place: Path) -> Moment:
    """Read a moment as typed.

    Raises `ParameterError` where it is none, or the quarter has no return.
    """
    if text.strip().lower() == "now":
        return Moment("", "now")
    if re.fullmatch("[0-9a-f]{12}", text):
        _check_vintage(option, text, place)
        return Moment(text, f"the coming of vintage {text}")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return _of_quarter(option, text, place)
    return Moment(day.isoformat(), f"the end of {in_words(day)}")


def _check_vintage(option: str, text: str, place: Path) -> None:
    from perfkit.keeping import receipts

    if all(receipt.vintage != text for receipt in receipts.history(root=place)):
        lists = "perfkit diff without --from lists the vintages"
        raise ParameterError(f'{option} "{text}": no file of that vintage has been received. {lists}.')


def in_words(day: dt.date) -> str:
    """Write a day in full.

    >>> in_words(dt.date(2017, 7, 31))
    '31 July 2017'
    """
    from perfkit.model import periods

    return f"{day.day} {periods.MONTHS[day.month - 1]} {day.year}"


def _of_quarter(option: str, text: str, place: Path) -> Moment:
    from perfkit import store, vintages
    from perfkit.model import periods

    try:
        quarter = periods.quarter_label(text)
    except ParseError:
        expected = (
            "a day such as 2017-10-31, a quarter such as 2017-18 Q1, the vintage of a delivery (perfkit diff without "
            "--from lists them), or the word now"
        )
        raise ParameterError(f'{option} "{text}" names no day, quarter or delivery: give {expected}.') from None
    known = store.quarters(root=place)
    if quarter not in known:
        there = f"There are returns for {', '.join(known)}." if known else "No return has been loaded at all."
        raise ParameterError(f"No return for {quarter} has been loaded. {there}")
    return Moment(vintages.of_quarter(quarter, root=place).as_of, f"the report of {quarter}")


def deliveries(place: Path) -> list[str]:
    """List every delivery, the oldest first, for whoever looks for the moment to compare from."""
    from perfkit.keeping import receipts

    came = receipts.history(root=place)
    lines = [f"{r.received}  {r.vintage}  {r.file}" for r in came]
    if not came:
        return ["Nothing has been loaded yet. Load the folder of raw data first: perfkit load data/raw"]
    number = "1 delivery" if len(came) == 1 else f"{len(came):,} deliveries"
    last, other = came[-1], came[-2:][0]
    start = other.vintage if other.received == last.received else other.received
    return [*lines, f"{number}. What came last changed: perfkit diff --from {start}"]
