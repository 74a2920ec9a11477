"""One register of England's upper-tier authorities, its regions and the country: their codes, spellings and dates.

The register (`areas.csv`) holds public facts: codes of the Office for National Statistics (E10000025), of councils with
social services (608, with their NHS successors), of the Department for Education (931) and of local government finance
(E3120), as NHS England, UKHSA, DfE and the government's lists of local authorities print them; and the reorganisations
of 2009 (Bedfordshire, Cheshire), 2019 (Dorset), 2021 (Northamptonshire) and 2023 (Cumbria). Where a new council took
over an old one's whole area (Cornwall 2009, Buckinghamshire 2020, Somerset 2023) it is one area with two codes.

The codes of local government finance (E3120) are the government's, as mySociety's lookup of local authority names and
codes carries them (ecode); the six councils that began in 2019, 2021 and 2023 have none there, and so none here.
"""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from perfkit.model.errors import ParseError

REGISTER = Path(__file__).with_name("areas.csv")
AUTHORITY, COUNTRY, REGION, COMBINED = "authority", "country", "region", "combined"
SCHEMES = {"ons": "ONS", "council": "council", "education": "education", "finance": "finance"}
"""Kinds of code, and how messages call them."""

_ENDINGS = r"(?:(?<!^london) city| (?:county|borough|(?:london|royal|metropolitan) borough|(?:metropolitan )?district|unitary|unitary authority|council|corporation|ua|cc|mbc|mb|mdc|mcd|md|bc|lb|rb|dc))+$"  # noqa: E501
_BEGINNINGS = r"^(?:(?:the )?(?:london|royal|metropolitan)? ?borough of|the|lb of|rb of|lb|rb|county of|co|city of(?! london))(?= )"  # noqa: E501
_INVERTED = r"^(?P<name>.+) (?:the )?(?P<kind>city|county|borough|royal borough|london borough) of$"
_BREAKS = (r"\s*/\s*|\s*;\s*", r"\s+and\s+|\s*&\s*|\s*\+\s*", r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*",
           r"[\s(]+incl[a-z]*\.?\s+")  # fmt: skip
"""What stands between the areas of a joint name."""
_BEFORE = re.compile(r"\((?:pre|before|to|until)[\s-]*(?:\w+ )?(?P<year>20\d\d)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Area:
    """One area: its name here, what it is, its region, its codes by scheme, and from when to when it stood.

    An empty ``valid_from`` means before April 2009, an empty ``valid_to`` that it stands.
    """

    name: str
    kind: str
    region: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    succeeded_by: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    spellings: tuple[str, ...]

    def stands(self, on: dt.date) -> bool:
        """Say whether it existed on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def code(self, scheme: str = "ons") -> str | None:
        """Give its newest code of a scheme, None where it has none.

        >>> resolve("Oxfordshire").code("education"), resolve("Gateshead").code()
        ('931', 'E08000037')
        """
        return next((code for kind, code in reversed(self.codes) if kind == scheme), None)


def resolve(text: str, *, on: dt.date | None = None, scheme: str | None = None) -> Area:
    """Give the one area that a code or name means, on a day where it matters.

    Without ``on`` an area that stands goes before one that has ended. Raises `ParseError` where nothing is known by
    that code or name, where it means several areas (a three-digit code without its ``scheme``), or where the area did
    not stand on that day; the message names its successors.

    >>> resolve("608").name, resolve("E10000025").name, resolve("E3120").name, resolve("Oxfordshire CC").name
    ('Oxfordshire', 'Oxfordshire', 'Oxfordshire', 'Oxfordshire')
    >>> resolve("Dorset", on=dt.date(2018, 6, 30)).name, resolve("Dorset", on=dt.date(2019, 6, 30)).name
    ('Dorset (before 2019)', 'Dorset')
    >>> resolve("803")
    Traceback (most recent call last):
    perfkit.model.errors.ParseError: "803" is Isle of Wight (council code) and South Gloucestershire (education code): \
say which kind of code it is.
    """
    found = known(text, scheme=scheme)
    if not found:
        raise ParseError(f'"{text}" is no English authority, region or country that perfkit knows.')
    there = [area for area in found if on is None or area.stands(on)]
    if not there:
        raise ParseError(_ended(text, found[0], on))
    standing = [area for area in there if area.valid_to is None]
    best = standing if on is None and standing else there
    if len(best) > 1:
        raise ParseError(f'"{text}" is {_several(text, best)}: say which kind of code it is.')
    return best[0]


def named(text: str) -> str:
    """Give the register's name of an area; the text itself where it is none of the register.

    >>> named("Oxfordshire County Council"), named("Resident in Scotland")
    ('Oxfordshire', 'Resident in Scotland')
    """
    try:
        return resolve(text).name
    except ParseError:
        return text


def usual(counts: Mapping[str, int]) -> dict[str, str]:
    """Give for each area, by its name in the register, the spelling that occurs most often, of two the first.

    >>> usual({"Derby": 1, "Derby UA": 12, "Kent": 13})
    {'Kent': 'Kent', 'Derby': 'Derby UA'}
    """
    best: dict[str, str] = {}
    for spelling in sorted(counts, key=lambda name: (-counts[name], name)):
        best.setdefault(named(spelling), spelling)
    return best


@lru_cache(maxsize=16_384)
def known(text: str, *, scheme: str | None = None) -> tuple[Area, ...]:
    """Give every area that a code or name has ever meant, whatever the day.

    >>> [area.name for area in known("Dorset")]
    ['Dorset', 'Dorset (before 2019)']
    """
    by_code, by_name = _index()
    tidy = re.sub(r"\.0$", "", " ".join(text.split()))
    codes = by_code.get(tidy.upper(), {})
    hits = [area for kind, areas in codes.items() if scheme in (None, kind) for area in areas]
    if not hits and scheme is None:
        hits = list(by_name.get(plain(tidy), ()))
        if (before := _BEFORE.search(tidy)) and len(hits) > 1:
            hits = [area for area in hits if area.valid_to and area.valid_to.year <= int(before["year"])]
    return tuple(dict.fromkeys(hits))


def plain(name: str) -> str:
    """Write an area's name in bare words, without what kind of council it is, to compare by.

    >>> plain("Derby UA"), plain("Bristol, City of"), plain("St. Helens"), plain("Bath & North East Somerset UA")
    ('derby', 'bristol', 'st helens', 'bath and north east somerset')
    >>> plain("London, City of"), plain("Greater London")
    ('city of london', 'greater london')
    """
    known = _BEFORE.sub("", name).lower().replace("&", " and ").replace("'", "").replace("’", "")
    words = re.sub(_ENDINGS, "", re.sub(r"[^0-9a-z]+", " ", known).strip())
    words = re.sub(_INVERTED, r"\g<kind> of \g<name>", words)
    return re.sub(_ENDINGS, "", re.sub(_BEGINNINGS, "", words).strip()).strip()


@lru_cache(maxsize=4_096)
def parts(text: str, *, on: dt.date | None = None) -> tuple[Area, ...]:
    """Give the areas that a joint name stands for, such as ``Kingston upon Thames / Richmond upon Thames``, on a day.

    Empty where the text is not a list of areas that are all known.

    >>> [area.name for area in parts("Kingston upon Thames / Richmond upon Thames")]
    ['Kingston upon Thames', 'Richmond upon Thames']
    >>> [area.name for area in parts("Hackney and the City of London")]
    ['Hackney', 'City of London']
    >>> [area.name for area in parts("Dorset, Bournemouth and Poole", on=dt.date(2018, 3, 31))]
    ['Dorset (before 2019)', 'Bournemouth', 'Poole']
    """
    for break_ in _BREAKS:
        pieces = re.split(break_, text)
        found = [known(piece) for piece in pieces]
        if len(pieces) > 1 and all(found):
            return tuple(next((area for area in areas if on and area.stands(on)), areas[0]) for areas in found)
    return ()


def authorities(on: dt.date) -> tuple[Area, ...]:
    """List the upper-tier authorities that stood on a day; together they are England, each part once.

    >>> len(authorities(dt.date(2018, 4, 1))), len(authorities(dt.date(2024, 4, 1)))
    (152, 153)
    """
    return tuple(area for area in register() if area.kind == AUTHORITY and area.stands(on))


def era(day: dt.date) -> dt.date:
    """Give the first day of the time in which a day lies and in which no area began or ended.

    >>> era(dt.date(2018, 6, 30)) == era(dt.date(2010, 1, 1)), era(dt.date(2020, 2, 29))
    (True, datetime.date(2019, 4, 1))
    """
    days = _turning_days()
    return days[bisect.bisect_right(days, day) - 1]


@cache
def _turning_days() -> tuple[dt.date, ...]:
    starts = {area.valid_from for area in register() if area.valid_from}
    ends = {area.valid_to + dt.timedelta(1) for area in register() if area.valid_to}
    return (dt.date.min, *sorted(starts | ends))


def doubled(names: Iterable[str]) -> list[tuple[str, str]]:
    """List the pairs of areas that hold one part of England twice, which must not be added together.

    They are an area that ended and one that took it over, and a joint name and one of the areas that it joins.

    >>> doubled(["Cumbria", "Cumberland", "Kent"])
    [('Cumbria', 'Cumberland')]
    >>> doubled(["Cornwall and Isles of Scilly", "Devon", "Cornwall"])
    [('Cornwall and Isles of Scilly', 'Cornwall')]
    """
    given = list(dict.fromkeys(names))
    ended = [(old, new) for old in given for new in successors(old) if new in given]
    return ended + [(joint, area.name) for joint in given for area in parts(joint) if area.name in given]


def successors(name: str) -> tuple[str, ...]:
    """Name the areas that took over from one, by its name in the register.

    >>> successors("Cumbria"), successors("Kent")
    (('Cumberland', 'Westmorland and Furness'), ())
    """
    return _heirs().get(name, ())


@cache
def register() -> tuple[Area, ...]:
    """Give every area of the register, in its order."""
    with REGISTER.open(encoding="utf-8", newline="") as lines:
        return tuple(_area(line) for line in csv.DictReader(lines))


def _area(line: dict[str, str]) -> Area:
    codes = tuple((scheme, code) for scheme in SCHEMES for code in _list(line[scheme]))
    return Area(line["area"], line["kind"], line["region"], _day(line["valid_from"]), _day(line["valid_to"]),
                _list(line["succeeded_by"]), codes, _list(line["spellings"]))  # fmt: skip


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def _heirs() -> dict[str, tuple[str, ...]]:
    return {area.name: area.succeeded_by for area in register() if area.succeeded_by}


@cache
def _index() -> tuple[dict[str, dict[str, list[Area]]], dict[str, list[Area]]]:
    by_code: dict[str, dict[str, list[Area]]] = {}
    by_name: dict[str, list[Area]] = {}
    for area in register():
        for scheme, code in area.codes:
            by_code.setdefault(code.upper(), {}).setdefault(scheme, []).append(area)
        for name in dict.fromkeys(plain(name) for name in (area.name, *area.spellings)):
            by_name.setdefault(name, []).append(area)
    return by_code, by_name


def _ended(text: str, area: Area, on: dt.date | None) -> str:
    when = f"{on:%d %B %Y}".lstrip("0") if on else ""
    if area.valid_to is not None and on is not None and on > area.valid_to:
        by = f"; it is now {' and '.join(area.succeeded_by)}" if area.succeeded_by else ""
        return f'"{text}" ended on {area.valid_to.day} {area.valid_to:%B %Y}{by}: it did not stand on {when}.'
    return f'"{text}" began on {area.valid_from.day} {area.valid_from:%B %Y}: it did not stand on {when}.' \
        if area.valid_from else f'"{text}" did not stand on {when}.'  # fmt: skip


def _several(text: str, found: list[Area]) -> str:
    kinds = [next((SCHEMES[s] for s, code in area.codes if code == text), "") for area in found]
    return " and ".join(f"{area.name} ({kind} code)" if kind else area.name
                        for area, kind in zip(found, kinds, strict=True))  # fmt: skip
