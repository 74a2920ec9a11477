"""The rows of a sheet of discharges: England, regions, and the boards and trusts in blocks under headings of their own.

England may stand first, after its regions, or at the foot. Where one heading stands over all, codes tell what is what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from perfkit.intake import carried, footnotes
from perfkit.intake.headings import words
from perfkit.intake.workbooks.grid import Value

FIRST_COLUMNS = 8
"""The columns in which names and codes are looked for."""
REGIONS = frozenset({"east of england", "london", "midlands", "north east and yorkshire", "north west", "south east",
                     "south west"})  # fmt: skip
"""NHS England's regions since 2019."""
_ENGLAND = re.compile(r"(?:all )?england\b|national(?: total)?$", re.IGNORECASE)
_AROUND = re.compile(r"^(?:nhs england )?(?:and nhs improvement )?|(?: (?:commissioning )?region)?(?: total)?$")
"""What stands before and after the name of a region."""
_CODE = re.compile(r"(?:(?P<what>.+?) )?code(?: ods)?")
_ANY_CODE = frozenset({"", "ods", "org", "organisation", "org ods", "organisation ods"})
_BOARDS = re.compile(r"\b(?:icbs?|ics|stps?|integrated care|boards?|systems?)\b")
_TRUSTS = re.compile(r"\b(?:trusts?|providers?)\b")
_NAMES = frozenset({"name", "organisation", "org", "provider", "trust", "icb", "integrated care board", "system",
                    "board", "nhs trust"})  # fmt: skip
_NUMBER = re.compile(r"\s*-?\d[\d,]*(\.\d+)?\s*")
_BOARD_CODE = re.compile(r"Q[A-Z0-9]{2}")
_SMALL = {"Of", "And", "The"}


class Organisation(NamedTuple):
    """What reports in a row of figures; without a name or a code where the sheet gives none."""

    kind: str
    code: str
    name: str
    region: str | None


class Labels(NamedTuple):
    """What a block of rows lists, and the columns of its names, codes and regions."""

    kind: str
    name: int
    code: int
    region: int | None


def is_england(value: Value) -> bool:
    """Say whether a cell names England.

    >>> is_england("ENGLAND (Type 1 Trusts)"), is_england("East of England"), is_england(12.0)
    (True, False, False)
    """
    return isinstance(value, str) and _ENGLAND.match(value.strip()) is not None


@lru_cache(maxsize=4096)
def is_region(value: Value) -> bool:
    """Say whether a cell names a region of NHS England."""
    return isinstance(value, str) and _label(value)[1] == "region"


def labels(row: Sequence[Value]) -> Labels | None:
    """Read a block's headings, such as Region, ICB Code, ICB Name: what it lists, and where its columns stand.

    >>> labels([None, "Region", "ICB Code", "ICB Name", None])
    Labels(kind='board', name=3, code=2, region=1)
    >>> labels([None, "Region", "Org Code", "Org Name", None]).kind
    'any'
    """
    first = row[:FIRST_COLUMNS]
    if not any(type(value) is str and "code" in value.lower() for value in first):
        return None
    own = {c: words(value) for c, value in enumerate(first) if isinstance(value, str)}
    codes = [(c, match["what"] or "") for c, text in own.items() if (match := _CODE.fullmatch(text))]
    codes = [(c, what) for c, what in codes if "region" not in what]
    regions = [c for c, text in own.items() if "region" in text and "code" not in text]
    names = [c for c, text in own.items() if (text.endswith(" name") or text in _NAMES) and c not in regions]
    if not codes or not names:
        return None
    column, what = codes[-1]
    named = next((c for c in names if c > column), names[-1])
    return Labels(_listed(what, own[named]), named, column, regions[-1] if regions else None)


def _listed(code: str, name: str) -> str:
    """Say what headings over a block's codes and names list, "any" or "" where each row's code is to tell."""
    whose = name.removesuffix("name").strip() if code in _ANY_CODE else code.removesuffix(" ods")
    if code in ("", "ods") and not whose:
        return ""
    if _BOARDS.search(whose):
        return "board"
    return "trust" if _TRUSTS.search(whose) else "any"


def organisations(rows: list[list[Value]], top: int, first: int, over: Labels) -> Iterator[tuple[int, Organisation]]:
    """Walk the rows of figures from the row ``top``; ``first`` is the first column of figures.

    ``over`` tells where names and codes stand until a block has headings of its own; of kind "" it leaves it to each
    row's code to tell what reports there.
    """
    here, widest = over, _widest(over)
    for r in range(top, len(rows)):
        row = rows[r]
        if len(row) <= first or type(row[first]) is not float:
            if row.count(None) == len(row):
                continue
            block = labels(row)
            if block is not None:
                here, widest = block, _widest(block)
                continue
        if len(row) <= widest:
            row = [*row, *[None] * FIRST_COLUMNS]
        region = None if here.region is None else row[here.region]
        found = _organisation(here.kind, row[here.name], row[here.code], region)
        known = here.kind != "region" and found.kind not in ("country", "region")
        if (known and found.code and found.name) or _has_figures(row, first):
            yield r, found


def grouped(listed: tuple[Organisation, ...]) -> tuple[Organisation, ...]:
    """Give boards and trusts their region where it is written once, over the empty cells of those below it."""
    if all(org.region is not None or org.kind == "country" for org in listed):
        return listed
    made: list[Organisation] = []
    for kind, run in groupby(listed, lambda org: org.kind):
        block = list(run)
        told = [org.region for org in block]
        below = carried.down(told) if kind in ("board", "trust") else told
        made += [org._replace(region=region) for org, region in zip(block, below, strict=True)]
    return tuple(made)


def _widest(block: Labels) -> int:
    return max(block.name, block.code, block.region or 0)


@lru_cache(maxsize=4096, typed=True)
def _organisation(listed: str, name: Value, code: Value, region: Value) -> Organisation:
    """Read the labels of a row, which sheet after sheet repeats, in a block that lists a kind of organisation."""
    (called, large), (within, beside), coded = _label(name), _label(region), _text(code).rstrip(" *†‡")
    if listed == "region" or large:
        return _large(called)
    if beside and not called and (beside == "country" or not listed) and not _BOARD_CODE.fullmatch(coded):
        return _large(within)
    kind = listed if listed in ("board", "trust") else ("board" if _BOARD_CODE.fullmatch(coded) else "trust")
    # A council's code, such as 507, is a number in the cell.
    return Organisation(kind, coded.removesuffix(".0"), called, region_of(within) or None)


def _large(name: str) -> Organisation:
    if is_england(name):
        return Organisation("country", "England", name, None)
    return Organisation("region", region_of(name), name, region_of(name))


def _has_figures(row: list[Value], first: int) -> bool:
    return any(is_figure(value) or value == "-" for value in row[first:])


def is_figure(value: Value) -> bool:
    """Say whether a cell holds a number, also one kept as text.

    >>> is_figure(12.0), is_figure("24,029"), is_figure("P0"), is_figure(True)
    (True, True, False, False)
    """
    kind = type(value)
    return kind is float or kind is int or (kind is str and _NUMBER.fullmatch(str(value)) is not None)


def _label(value: Value) -> tuple[str, str]:
    """Give a cell's text without marks, and whether it is the "country" or a "region" ("" for neither)."""
    text = footnotes.bare(_text(value))
    return text, "country" if is_england(text) else "region" if region_of(text).lower() in REGIONS else ""


def _text(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())


@lru_cache(maxsize=1024)
def region_of(text: str) -> str:
    """Give the region that a text names, whatever stands about it; any other text in ordinary letters.

    >>> region_of("NORTH EAST & YORKSHIRE REGION"), region_of("NHS England London"), region_of("TOTAL")
    ('North East and Yorkshire', 'London', 'Total')
    """
    bare = _AROUND.sub("", words(footnotes.bare(text).replace("&", " and ")))
    told = bare if bare in REGIONS else text
    return " ".join(w.lower() if k and w.title() in _SMALL else w.title() for k, w in enumerate(told.split()))
