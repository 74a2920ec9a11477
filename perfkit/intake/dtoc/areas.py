"""Hold the authorities of a delayed-transfers sheet against the register: known names, their own codes, none twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import TypeAlias

from perfkit.intake.cells import Problem
from perfkit.intake.dtoc import words
from perfkit.intake.dtoc.melt import kind
from perfkit.intake.dtoc.rows import Areas
from perfkit.intake.dtoc.table import Table
from perfkit.intake.recipes import areas as recipe_areas
from perfkit.model import areas
from perfkit.model.errors import Issue, Severity

Found: TypeAlias = tuple[int, str, Problem]
"""The place of an area, which of its labels a problem is of, and the problem."""
_ONCE = ("each part of England once", "Leave out one of them: they would be counted twice.")
_ONS = 9
"""Signs of a code of the Office for National Statistics."""
_MOST = 0.9
"""Share of the regions that are known where the column is of the statistical regions."""


def check(table: Table, month_end: dt.date) -> Iterator[Issue]:
    """Check every authority of one sheet on the last day of its month.

    An unknown name, a code of another authority, an authority that stands there twice, and one beside another that took
    it over are errors; an authority that had ended by then, or that lies in another region, is a warning.
    """
    for i, label, problem in _problems(table.areas, areas.era(month_end)):
        yield problem.at(table.sheet, *table.label(i, label))


@lru_cache(maxsize=64)
def _problems(listed: Areas, since: dt.date) -> tuple[Found, ...]:
    found: list[Found] = []
    places: dict[str, int] = {}
    regions: dict[int, str] = {}
    held: dict[str, int] = {}
    codes_of = zip_longest(listed.codes, listed.ons, fillvalue="")
    for i, (name, codes) in enumerate(zip(listed.names, codes_of, strict=False)):
        if kind(name) == areas.AUTHORITY:
            where = recipe_areas.place(name, _schemes(*codes), on=since, kind=areas.AUTHORITY)
            found += [(i, _label(problem, codes[1]), problem) for problem in where.problems]
            held |= dict.fromkeys(where.holds, i)
            if where.area is not None and not areas.known(name) and not where.holds:
                found.append((i, "name", _misspelt(name, codes[0] or codes[1], where.area)))
            elif where.area is not None:
                if where.area in places and listed.keys[i] != listed.keys[places[where.area]]:
                    found.append((i, "name", _again(name, listed.names[places[where.area]])))
                places[where.area], regions[i] = i, where.region or ""
                gone = areas.resolve(where.area).valid_to if areas.known(where.area) else None
                found += [(i, "name", _ended(name, where.area))] if gone is not None and gone < since else []
    found += [(held[name], "name", _holding(listed.names[held[name]], name)) for name in held if name in places]
    return (*found, *_doubled(places, since), *_regions(listed, regions))


def _doubled(places: Mapping[str, int], since: dt.date) -> Iterator[Found]:
    begun = {area.name for area in areas.authorities(since)}
    for old, new in areas.doubled(places):
        if new in begun and new in areas.successors(old):
            yield places[old], "name", Problem(f"{old} beside {new}, which took it over", *_ONCE)


def _regions(listed: Areas, regions: Mapping[int, str]) -> Iterator[Found]:
    """Hold the regions beside the authorities against theirs, unless they are others, such as those of the NHS."""
    labels = {i: listed.regions[i] for i in regions if listed.regions[i]}
    if sum(bool(words.region(label)) for label in labels.values()) < _MOST * len(labels):
        return
    for i, label in labels.items():
        if words.region(label) != regions[i]:
            own = f"the authority's region, {regions[i]}"
            yield i, "region", Problem(f'the region "{label}" for {listed.names[i]}', own,
                                       "The region is loaded as it stands; correct it.", Severity.WARNING)  # fmt: skip


def _label(problem: Problem, ons: str) -> str:
    """Say which label of an area a problem is of."""
    if not problem.found.startswith("the code "):
        return "name"
    return "ons" if ons and problem.found.startswith(f"the code {ons}") else "code"


def _again(name: str, other: str) -> Problem:
    return Problem(f"{name} beside {other}, which is the same authority", *_ONCE)


def _holding(name: str, other: str) -> Problem:
    return Problem(f"{name} beside {other}, which is a part of it", *_ONCE)


def _misspelt(name: str, code: str, area: str) -> Problem:
    return Problem(f'the area "{name}" with the code {code}', f"{area}, whose code it is",
                   "Correct the name, or add the spelling to perfkit's register of areas.")  # fmt: skip


def _schemes(*codes: str) -> recipe_areas.Codes:
    told = [code for code in codes if any(sign.isdigit() for sign in code)]
    return tuple(("ons" if code[0].upper() == "E" and len(code) == _ONS else "council", code) for code in told)


def _ended(name: str, area: str) -> Problem:
    own = areas.resolve(area)
    day = f" on {own.valid_to.day} {own.valid_to:%B %Y}" if own.valid_to else ""
    now = f"; its area is now {' and '.join(own.succeeded_by)}" if own.succeeded_by else ""
    return Problem(f"{name}, which ended{day}{now}", "authorities that stood that month",
                   "Its figures are kept under its own name.", Severity.WARNING)  # fmt: skip
