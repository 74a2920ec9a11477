"""Where a delayed-transfers sheet keeps its heading, areas and figures: found by words, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfkit.intake.grid import Sheet, Value
from perfkit.model.errors import Issue, Severity
from perfkit.model.schemas import ALL

REASONS = {
    "A": ("Awaiting completion of assessment", "assessment"),
    "B": ("Awaiting public funding", "funding"),
    "C": ("Awaiting further non-acute NHS care", "acute"),
    "Di": ("Awaiting residential home placement or availability", "residential"),
    "Dii": ("Awaiting nursing home placement or availability", "nursing"),
    "E": ("Awaiting care package in own home", "package"),
    "F": ("Awaiting community equipment and adaptations", "equipment"),
    "G": ("Patient or family choice", "choice"),
    "H": ("Disputes", "dispute"),
    "I": ("Housing: patients not covered by the Care Act", "hous"),
    "O": ("Other", "other"),
}
"""Letter of each reason, its title in perfkit, and the word that its heading holds in every layout."""

MEASURES = {
    "acute": ("setting", "acute"),
    "acutecare": ("setting", "acute"),
    "nonacute": ("setting", "non-acute"),
    "nonacutecare": ("setting", "non-acute"),
    "nhs": ("attribution", "NHS"),
    "nhsonly": ("attribution", "NHS"),
    "socialcare": ("attribution", "social care"),
    "socialcareonly": ("attribution", "social care"),
    "both": ("attribution", "both"),
    "bothnhsandsocialcare": ("attribution", "both"),
    "bothnhssocialcare": ("attribution", "both"),
    "jointnhsandsocialcare": ("attribution", "both"),
    "total": (ALL, ALL),
    "alldelays": (ALL, ALL),
    "alldelayeddays": (ALL, ALL),
    "totaldelayeddays": (ALL, ALL),
    "totaldelays": (ALL, ALL),
    "grandtotal": (ALL, ALL),
    "totalbeds": (ALL, ALL),
    "totaldtocbeds": (ALL, ALL),
}
LABELS = {
    "name": (
        "name",
        "localauthority",
        "localauthorityofresidence",
        "localauthorityname",
        "laname",
        "area",
        "areaname",
        "la",
    ),
    "code": ("code", "lacode", "localauthoritycode", "areacode", "orgcode"),
    "region": ("region", "sha", "regionname", "nhsregion"),
    "ons": ("onsgeography", "onscode", "onsgeographycode", "onsarea", "gsscode", "onslacode"),
}
_LABEL_OF = {word: role for role, words in LABELS.items() for word in words}
_LETTER = re.compile(r"^\s*(D\s*ii|D\s*i|[A-Z])\s*[).:]\s*(.*)", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(r"\bdays\b", re.IGNORECASE)
_A_DAY = re.compile(r"\bbeds?\b|per day|\ba day\b|\bdaily\b|\baverage\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\bpeople\b|\bpatients\b", re.IGNORECASE)
Key = tuple[str, str]

SEARCHED = 100
"""Rows from the top within which a sheet's heading is looked for."""


@dataclass(frozen=True)
class Block:
    """One run of figures under the heading: the column of each (dimension, word), and the title above it."""

    columns: dict[Key, int]
    title: str

    @property
    def kind(self) -> str:
        """Days, people (a day), or "" where the title does not say."""
        if _A_DAY.search(self.title):
            return "people"
        if _DAYS.search(self.title):
            return "days"
        return "people" if _PEOPLE.search(self.title) else ""

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
    unknown: tuple[int, ...]


@lru_cache(maxsize=4096)
def squeeze(value: object) -> str:
    """Reduce a text to its small letters, to compare wordings by.

    >>> squeeze(" Non - Acute"), squeeze("SOCIAL CARE")
    ('nonacute', 'socialcare')
    """
    return re.sub(r"[^a-z]", "", value.lower()) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def area_key(name: str) -> str:
    """Reduce an area's name to what stays the same between sheets, whatever the case and the sign for "and".

    >>> area_key("Bath & North East Somerset UA") == area_key("Bath and North East Somerset UA")
    True
    """
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", " and "))


def reason(text: str) -> str | None:
    """Give the letter of a reason's heading, None where the text is no reason.

    >>> reason("DII) AWAITING NURSING HOME PLACEMENT"), reason("O) Other"), reason("Total")
    ('Dii', 'O', None)
    """
    match = _LETTER.match(text)
    if match is None:
        return None
    letter = match[1].replace(" ", "")
    return letter[0].upper() + letter[1:].lower()


@lru_cache(maxsize=1024)
def measure(text: object) -> Key | None:
    """Say what a heading's figures are, as dimension and word.

    >>> measure("Non-Acute"), measure("A) COMPLETION OF ASSESSMENT"), measure("Name")
    (('setting', 'non-acute'), ('reason', 'A'), None)
    """
    if not isinstance(text, str):
        return None
    if known := MEASURES.get(squeeze(text).removeprefix("attributableto")):
        return known
    letter = reason(text)
    return ("reason", letter) if letter else None


@lru_cache(maxsize=1024)
def _label(text: object) -> str:
    return _LABEL_OF.get(squeeze(text), "")


def heading(sheet: Sheet) -> Heading | None:
    """Find the row that names an area's column and at least two figures; labels may stand one row above."""
    for r, row in enumerate(sheet.rows[:SEARCHED]):
        if len([True for value in row if type(value) is str]) < 2:
            continue
        if found := _heading(sheet, r, row):
            below = _heading(sheet, r + 1, sheet.rows[r + 1]) if r + 1 < len(sheet.rows) else None
            return below or found
    return None


def _heading(sheet: Sheet, row: int, values: list[Value]) -> Heading | None:
    texts = {c: value for c, value in enumerate(values) if type(value) is str}
    measures = {c: key for c, text in texts.items() if (key := measure(text))}
    if len(measures) < 2:
        return None
    above = {c: value for c, value in enumerate(sheet.rows[row - 1]) if type(value) is str} if row else {}
    labels: dict[str, int] = {}
    for c, text in (*texts.items(), *above.items()):
        if (role := _label(text)) and c not in measures:
            labels.setdefault(role, c)
    if "name" not in labels:
        return None
    unknown = tuple(c for c, text in texts.items() if c not in measures and not _label(text))
    return Heading(row, labels, tuple(blocks(sheet, row, measures)), unknown)


def blocks(sheet: Sheet, row: int, measures: dict[int, Key]) -> Iterator[Block]:
    """Part the columns of a heading into blocks: a new one begins where a word comes again."""
    runs: list[dict[Key, int]] = []
    for column, key in sorted(measures.items()):
        if not runs or key in runs[-1]:
            runs.append({})
        runs[-1][key] = column
    for run in runs:
        yield Block(run, _title(sheet, row, min(run.values()), max(run.values())))


def _title(sheet: Sheet, row: int, first: int, last: int) -> str:
    for r in (row - 1, row - 2):
        found = [sheet.text(r, c) for c in range(first, last + 1) if sheet.text(r, c)]
        if found:
            return found[0]
    return ""


def days_block(found: Iterable[Block]) -> Block | None:
    """Give the block that holds days of delay: by its title; untitled, the only or the first one."""
    there = list(found)
    return next(iter([b for b in there if b.kind == "days"] or [b for b in there if not b.kind]), None)


def people_block(found: Iterable[Block]) -> Block | None:
    """Give the block that holds people delayed a day, None where there is none."""
    return next((block for block in found if block.kind == "people"), None)


def heading_issues(sheet: Sheet, found: Heading) -> Iterator[Issue]:
    """Find fault with a heading: unknown words, and a reason whose letter and words disagree."""
    for c in found.unknown:
        action = "Correct the heading; if the publisher has changed it, perfkit must learn the new words."
        expected = "a setting, an organisation, a reason or a total"
        yield sheet.issue(found.row, c, found=f'the heading "{_short(sheet, found.row, c)}"', expected=expected,
                          action=action)  # fmt: skip
    block = days_block(found.blocks)
    for (dimension, word), c in block.columns.items() if block else ():
        if dimension == "reason":
            yield from reason_issues(sheet, found.row, c, word)


def reason_issues(sheet: Sheet, row: int, column: int, letter: str) -> Iterator[Issue]:
    """Find fault with one reason: a letter that is not known (a warning), or words that belong to another letter."""
    found = f'the reason "{_short(sheet, row, column)}"'
    if letter not in REASONS:
        action = "Its figures are loaded under its own words; check the publisher's notes for what it means."
        expected = f"one of the reasons {', '.join(REASONS)}"
        yield sheet.issue(row, column, found=found, expected=expected, action=action, severity=Severity.WARNING)
    elif REASONS[letter][1] not in sheet.text(row, column).lower():
        title = REASONS[letter][0]
        yield sheet.issue(row, column, found=found, expected=f'words of reason {letter} such as "{title}"',
                          action="Correct the letter or the words.")  # fmt: skip


def _short(sheet: Sheet, row: int, column: int) -> str:
    text = sheet.text(row, column)
    return text if len(text) <= 60 else text[:57] + "..."
