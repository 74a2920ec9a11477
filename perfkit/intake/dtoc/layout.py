"""Where a delayed-transfers sheet keeps its heading, areas and figures: found by words, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from perfkit.intake.cells import Problem
from perfkit.intake.dtoc.words import ASIDE, REASONS, Key, label, measure
from perfkit.intake.named_months import MONTH_NAMES
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Severity
from perfkit.model.schemas import ALL

DAYS = re.compile(r"\bdays\b", re.IGNORECASE)
_A_DAY = re.compile(r"\bbeds?\b|per day|\ba day\b|\bdaily\b|\baverage\b", re.IGNORECASE)
_BED_DAYS = re.compile(r"\bbed[ -]?days\b", re.IGNORECASE)
_MONTHS = re.compile(rf"\b({MONTH_NAMES})\b[\s',]*(\d{{4}}|\d\d)?\s*(to|-|–)\s*({MONTH_NAMES})\b", re.IGNORECASE)
"""Several months, as over the days of the year so far."""
_PEOPLE = re.compile(r"\bpeople\b|\bpatients\b", re.IGNORECASE)
Texts = tuple[str, ...]

SEARCHED = 100
"""Rows from the top within which a sheet's heading is looked for."""


@dataclass(frozen=True)
class Block:
    """One run of figures under the heading: the column of each (dimension, word), and the title above it."""

    columns: dict[Key, int]
    title: str

    @property
    def kind(self) -> str:
        """Days, people (a day), aside (a rate, a share), or "" where the title does not say."""
        title = _BED_DAYS.sub("days", self.title)
        kinds = (("aside", ASIDE), ("aside", _MONTHS), ("people", _A_DAY), ("days", DAYS), ("people", _PEOPLE))
        return next((kind for kind, words in kinds if words.search(title)), "")

    @property
    def dimension(self) -> str:
        """What the block splits the days by: setting, attribution or reason."""
        return next((dimension for dimension, _ in self.columns if dimension != ALL), ALL)


@dataclass(frozen=True)
class Heading:
    """The heading of a table of authorities: its row, its columns of labels and its blocks of figures."""

    row: int
    labels: dict[str, int]
    blocks: tuple[Block, ...]
    faults: tuple[tuple[int, Problem], ...]
    """By column; those of the block of days alone."""
    titles: dict[str, str]
    """The words of the days' figures, but for reasons that are known."""

    @cached_property
    def days(self) -> Block | None:
        """The block that holds days of delay."""
        return days_block(self.blocks)

    @cached_property
    def people(self) -> Block | None:
        """The block that holds people delayed a day, None where there is none."""
        return next((block for block in self.blocks if block.kind == "people"), None)


@lru_cache(maxsize=4096)
def area_key(name: str) -> str:
    """Reduce an area's name to what stays the same between sheets, whatever the case and the sign for "and".

    >>> area_key("Bath & North East Somerset UA") == area_key("Bath and North East Somerset UA")
    True
    """
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", " and "))


def heading(sheet: Sheet) -> Heading | None:
    """Find the row that names an area's column and at least two figures; labels may stand one row above."""
    for r, row in enumerate(sheet.rows[:SEARCHED]):
        if _is_heading(row) and (found := _heading_at(sheet, r)):
            below = _heading_at(sheet, r + 1) if r + 1 < len(sheet.rows) and _is_heading(sheet.rows[r + 1]) else None
            return below or found
    return None


def _is_heading(row: list[Value]) -> bool:
    return len([True for value in filter(None, row) if type(value) is str and measure(value)]) > 1


def _heading_at(sheet: Sheet, row: int) -> Heading | None:
    values, above, further = (texts(sheet, r) for r in (row, row - 1, row - 2))
    return _heading(row, values, above, further)


def texts(sheet: Sheet, row: int) -> Texts:
    """Give the texts of one row, "" for every other cell; month after month they are the same."""
    return tuple([value if type(value) is str else "" for value in sheet.rows[row]]) if row >= 0 else ()


@lru_cache(maxsize=256)
def _heading(row: int, values: Texts, above: Texts, further: Texts) -> Heading | None:
    measures = {c: key for c, text in enumerate(values) if (key := measure(text))}
    labels: dict[str, int] = {}
    for c, text in (*enumerate(values), *enumerate(above)):
        if (role := label(text)) and c not in measures:
            labels.setdefault(role, c)
    if "name" not in labels:
        return None
    if "region code" in labels:
        labels.setdefault("region", labels["region code"])
    found = tuple(blocks(measures, values, above, further))
    unknown = [c for c, text in enumerate(values) if text.strip() and c not in measures and not label(text)]
    days = days_block(found)
    titles = {word: " ".join(values[c].split()) for (_, word), c in (days.columns.items() if days else ())
              if word not in REASONS}  # fmt: skip
    return Heading(row, labels, found, tuple(_faults(values, unknown, days)), titles)


def blocks(measures: dict[int, Key], own: Texts, above: Texts, further: Texts) -> Iterator[Block]:
    """Part the columns of a heading into blocks: a new one begins where a word comes again.

    Its title stands in the row above the heading, in the one above that, or in each heading ("NHS - Delayed Days").
    """
    runs: list[dict[Key, int]] = []
    for column, key in sorted(measures.items()):
        if not runs or key in runs[-1]:
            runs.append({})
        runs[-1][key] = column
    for run in runs:
        first, last = min(run.values()), max(run.values())
        yield Block(run, _title((above, further), first, last) or _own_title(own[first : last + 1]))


def _title(rows: Iterable[Texts], first: int, last: int) -> str:
    found = (" ".join(text.split()) for row in rows for text in row[first : last + 1])
    return next(filter(None, found), "")


def _own_title(texts: Texts) -> str:
    """Give the first of a block's own headings, where each of them says days or people."""
    filled = [text for text in texts if text.strip()]
    return filled[0] if all(DAYS.search(text) or _A_DAY.search(text) for text in filled) else ""


def days_block(found: Iterable[Block]) -> Block | None:
    """Give the block that holds days of delay: by its title; untitled, the only or the first one."""
    there = list(found)
    return next(iter([b for b in there if b.kind == "days"] or [b for b in there if not b.kind]), None)


def _faults(values: Texts, unknown: Iterable[int], block: Block | None) -> Iterator[tuple[int, Problem]]:
    """Find fault with a heading: unknown words, and a reason whose letter and words disagree."""
    for c in unknown:
        found, expected = f'the heading "{_short(values[c])}"', "a setting, an organisation, a reason or a total"
        if ASIDE.search(values[c]):
            yield c, Problem(found, expected, "Its column is not read.", Severity.WARNING)
        else:
            action = "Correct the heading; if the publisher has changed it, perfkit must learn the new words."
            yield c, Problem(found, expected, action)
    for (dimension, word), c in block.columns.items() if block else ():
        if dimension == "reason" and (fault := reason_fault(values[c], word)):
            yield c, fault


@lru_cache(maxsize=1024)
def reason_fault(text: str, letter: str) -> Problem | None:
    """Find fault with one reason: a letter that is not known (a warning), or words that belong to another letter."""
    found = f'the reason "{_short(text)}"'
    if letter not in REASONS:
        action = "Its figures are loaded under its own words; check the publisher's notes for what it means."
        return Problem(found, f"one of the reasons {', '.join(REASONS)}", action, Severity.WARNING)
    title, word = REASONS[letter]
    if word in text.lower() or len(text.strip(" ).:")) <= len("Dii"):
        return None
    return Problem(found, f'words of reason {letter} such as "{title}"', "Correct the letter or the words.")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
