"""Hold the authorities of a delayed-transfers sheet against the register: known names, their own codes, none twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from perfkit.intake.cells import Problem
from perfkit.intake.dtoc.melt import kind
from perfkit.intake.dtoc.table import Table
from perfkit.intake.recipes import areas as recipe_areas
from perfkit.model import areas
from perfkit.model.errors import Issue, Severity


def check(table: Table, month_end: dt.date) -> Iterator[Issue]:
    """Check every authority of one sheet on the last day of its month.

    An unknown name, a code of another authority, and an authority beside one that took it over are errors; an
    authority that had ended by then is a warning.
    """
    for i, problem in _problems(table.areas.names, table.areas.codes, areas.era(month_end)):
        yield problem.at(table.sheet, *table.label(i, "code" if problem.found.startswith("the code") else "name"))


@lru_cache(maxsize=64)
def _problems(names: tuple[str, ...], codes: tuple[str, ...], since: dt.date) -> tuple[tuple[int, Problem], ...]:
    found: list[tuple[int, Problem]] = []
    places = {}
    for i, (name, code) in enumerate(zip(names, codes, strict=True)):
        if kind(name) == areas.AUTHORITY:
            where = recipe_areas.place(name, _scheme(code), on=since, kind=areas.AUTHORITY)
            found += [(i, problem) for problem in where.problems]
            if where.area is not None and not areas.known(name):
                found.append((i, _misspelt(name, code, where.area)))
            elif where.area is not None:
                places[where.area] = i
                gone = areas.resolve(where.area).valid_to
                found += [(i, _ended(name, where.area))] if gone is not None and gone < since else []
    begun = {area.name for area in areas.authorities(since)}
    for old, new in (pair for pair in areas.doubled(places) if pair[1] in begun):
        found.append((places[old], Problem(f"{old} beside {new}, which took it over", "each part of England once",
                                           "Leave out one of them: they would be counted twice.")))  # fmt: skip
    return tuple(found)


def _misspelt(name: str, code: str, area: str) -> Problem:
    return Problem(f'the area "{name}" with the code {code}', f"{area}, whose code it is",
                   "Correct the name, or add the spelling to perfkit's register of areas.")  # fmt: skip


def _scheme(code: str) -> recipe_areas.Codes:
    if not any(sign.isdigit() for sign in code):
        return ()
    return (("ons" if code[0].upper() == "E" and len(code) == 9 else "council", code),)


def _ended(name: str, area: str) -> Problem:
    own = areas.resolve(area)
    day = f" on {own.valid_to.day} {own.valid_to:%B %Y}" if own.valid_to else ""
    now = f"; its area is now {' and '.join(own.succeeded_by)}" if own.succeeded_by else ""
    return Problem(f"{name}, which ended{day}{now}", "authorities that stood that month",
                   "Its figures are kept under its own name.", Severity.WARNING)  # fmt: skip
