"""Say which area each row of a release is about, and hold its codes against its name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfkit.intake.cells import Problem
from perfkit.model import areas
from perfkit.model.areas import Area
from perfkit.model.errors import Severity

ELSEWHERE = (
    "united kingdom", "uk", "great britain", "england and wales", "england wales and northern ireland", "wales",
    "scotland", "northern ireland", "outside of england", "outside england", "outside of england and unknown",
    "unknown", "not known", "not available", "n a", "null", "other", "x", "z",
    "midlands", "north east and yorkshire", "midlands and east",
)  # fmt: skip
_HEALTH = ("E38", "E39", "E40", "E54")
"""Beginnings of codes of the NHS: groups, regions and boards, some of them called as an authority or region is."""
_OTHERS = re.compile(r"(?:E(?:0[0-57]|1[14-9]|[234]\d|5[4-6]|63)|[JKLMNSW]\d\d)\d{6}")
"""Codes of areas that the register does not hold: districts, wards, parts of the NHS, places outside England."""
_TOTAL = re.compile(r"\b(totals?|sum|all|average|mean|median)\b", re.IGNORECASE)
_PARTIAL = re.compile(r"\b(excluding|excl|except|without|other than)\b", re.IGNORECASE)
_MARK = r"\[[^\]]*\]|\(\d{1,2}\)|(?<=[A-Za-z]) ?\d{1,2}$"
_NOTE = re.compile(rf"\s*(?:{_MARK})", re.IGNORECASE)
_BESIDE = re.compile(rf"\s*(?:{_MARK}|\(incl[^)]*\)|\bincl(?:\.|uding|udes)? .+$)", re.IGNORECASE)
"""A note beside a name, or an area that it includes."""
_CUT = 20
"""Letters of a name at which a publisher's file may cut it short."""
_COMPARE = "Compare with the publisher's file; one of the two is not what was published."
_WIDER = {areas.REGION: "part of region", areas.AUTHORITY: areas.COMBINED}
"""What else a publisher calls by a kind of area."""
NO_AREA = "an authority or region of England, or England"
"""What is expected where nobody knows the area of a row."""
_LEVEL = "It was kept as what its area is; compare with the publisher's file."
Codes = tuple[tuple[str, str], ...]
"""The codes that a row prints, by scheme."""


@dataclass(frozen=True)
class Place:
    """What a row is about: the area's name and kind, whether it had ended, and what is wrong with its cells.

    ``holds`` names the authorities whose figures stand in the row besides its own, or all that a combined area is of.
    """

    area: str | None
    kind: str = "other"
    region: str | None = None
    ended: bool = False
    problems: tuple[Problem, ...] = ()
    holds: tuple[str, ...] = ()


def place(name: str, codes: Codes, *, on: dt.date | None, kind: str = "") -> Place:
    """Tell a row's area from its name and codes, which must agree, on a day where one is known.

    ``kind`` is what the row itself says that it is, "" where it does not say.

    >>> found = place("Derby UA", (("council", "507"),), on=dt.date(2018, 6, 30))
    >>> found.area, found.kind, found.problems
    ('Derby', 'authority', ())
    >>> place("Derby UA", (("council", "608"),), on=None).problems[0].found
    'the code 608, which is Oxfordshire, beside the name Derby UA'
    >>> place("Cornwall & Isles of Scilly", (("ons", "E06000052"),), on=None).holds
    ('Isles of Scilly',)
    """
    return _place(name, codes, None if on is None else areas.era(on), kind)


@lru_cache(maxsize=65_536)
def _place(name: str, codes: Codes, on: dt.date | None, kind: str) -> Place:
    health = any(code.startswith(_HEALTH) for _, code in codes)
    if kind == "other" or health or areas.plain(name) in ELSEWHERE or _PARTIAL.search(name):
        return Place(name or None)
    by_name = _named(name)
    by_code = {code: areas.known(code, scheme=scheme) or _of_another_kind(code, by_name) for scheme, code in codes}
    if not by_name and not any(by_code.values()):
        if by_code and all(map(_OTHERS.fullmatch, by_code)):
            return Place(name or next(iter(by_code)))
        return _joint(name, by_code, on)
    problems = [*_unknown_codes(by_code, name), *(_unknown_name(name, by_code) if name and not by_name else ())]
    candidates = _agreed(name, by_name, by_code, on, problems)
    chosen = _choose(candidates, on, kind)
    if chosen is None:
        return Place(None, problems=tuple(problems))
    if kind and not _called(kind, chosen):
        problems.append(Problem(f'the level "{kind}" for {chosen.name}', f'"{chosen.kind}"', _LEVEL, Severity.WARNING))
    return Place(chosen.name, chosen.kind, chosen.region or None,
                 on is not None and not chosen.stands(on), tuple(problems), _holds(name, chosen, on))  # fmt: skip


def _holds(name: str, chosen: Area, on: dt.date | None) -> tuple[str, ...]:
    """Name the authorities that a row is of besides its own; a combined area is of all its parts."""
    together = areas.parts(chosen.name if chosen.kind == areas.COMBINED else _NOTE.sub("", name), on=on)
    if chosen not in together and chosen.kind != areas.COMBINED:
        return ()
    return tuple(area.name for area in together if area.kind == areas.AUTHORITY and area != chosen)


def _named(name: str) -> tuple[Area, ...]:
    """Give the areas of a name, without a note beside it where it is not known with it."""
    return (areas.known(name) or areas.known(_BESIDE.sub("", name))) if name else ()


def _of_another_kind(code: str, by_name: tuple[Area, ...]) -> tuple[Area, ...]:
    """Give the areas of a name that bear a code of another kind, such as the Department for Education's (839)."""
    return tuple(area for area in areas.known(code) if area in by_name)


def _unknown_name(name: str, by_code: dict[str, tuple[Area, ...]]) -> Iterator[Problem]:
    """Tell of a name that nobody knows beside a code, unless it is cut short, or joins the code's area to another."""
    code, found = next((code, found) for code, found in by_code.items() if found)
    short = areas.plain(name)
    cut = len(short) >= _CUT and any(areas.plain(area.name).startswith(short) for area in found)
    if not cut and not set(found) & set(areas.parts(_NOTE.sub("", name))):
        yield Problem(f"the name {name} beside the code {code}, which is {found[0].name}",
                      f"a name of {found[0].name}", "The area was taken by its code; check the name.",
                      Severity.WARNING)  # fmt: skip


def _joint(name: str, by_code: dict[str, tuple[Area, ...]], on: dt.date | None) -> Place:
    together = areas.parts(_NOTE.sub("", name), on=on)
    if together:
        # However a publisher orders them, they are one area.
        joint = " and ".join(sorted(area.name for area in together))
        holds = tuple(area.name for area in together if area.kind == areas.AUTHORITY)
        return Place(joint, areas.COMBINED, together[0].region, holds=holds if len(holds) == len(together) else ())
    code = f" ({', '.join(by_code)})" if by_code else ""
    found = f'the area "{name}"{code}' if name else f"the code {', '.join(by_code)}"
    action = (
        "Correct the name; if it is a new authority, perfkit's register of areas must learn it first; areas that are "
        'not wanted a recipe may leave out ([checks] unknown = "leave out").'
    )
    if _TOTAL.search(name):
        action = "Say in the recipe whose total it is ([[table]] totals), or leave the row out."
    return Place(None, problems=(Problem(found, NO_AREA, action),))


def _unknown_codes(by_code: dict[str, tuple[Area, ...]], name: str) -> Iterator[Problem]:
    for code, found in by_code.items():
        if not found:
            yield Problem(f"the code {code} for {name}", "a code that the register of areas knows",
                          "The area was taken by its name; check the code.", Severity.WARNING)  # fmt: skip


def _agreed(
    name: str, by_name: tuple[Area, ...], by_code: dict[str, tuple[Area, ...]], on: dt.date | None,
    problems: list[Problem],
) -> tuple[Area, ...]:  # fmt: skip
    """Give the areas that name and codes both allow; where they differ say so, unless a code is merely its old one."""
    allowed = by_name
    for code, found in by_code.items():
        both = tuple(area for area in allowed if area in found) if allowed else found
        if found and not both:
            both = tuple(area for area in allowed if _combines(area, found, on))
        if found and not both:
            heirs = tuple(area for area in allowed if any(area.name in old.succeeded_by for old in found))
            severity = Severity.WARNING if heirs else Severity.ERROR
            action = "It was taken for the area of that name, whose old code this is." if heirs else _COMPARE
            problems.append(Problem(f"the code {code}, which is {found[0].name}, beside the name {name}",
                                    f"a code of {allowed[0].name}", action, severity))  # fmt: skip
            if not heirs:
                return ()
            both = heirs
        standing = [area for area in both if on is None or area.stands(on)]
        if found and both and not standing and (heirs := _heirs(both, by_name, on)):
            problems.append(Problem(f"the code {code}, which ended with {both[0].name}, for {name}",
                                    f"the code of {heirs[0].name}",
                                    "It was taken for the area that now has the name.", Severity.WARNING))  # fmt: skip
            both = heirs
        allowed = both or allowed
    return allowed


def _combines(area: Area, found: tuple[Area, ...], on: dt.date | None) -> bool:
    """Say whether an area is a combined one that stood on the day and of which the others are parts."""
    stood = area.kind == areas.COMBINED and on is not None and area.stands(on)
    return stood and bool(set(found) & set(areas.parts(area.name, on=on)))


def _heirs(ended: tuple[Area, ...], by_name: tuple[Area, ...], on: dt.date | None) -> tuple[Area, ...]:
    names = {name for area in ended for name in area.succeeded_by}
    return tuple(area for area in by_name if area.name in names and (on is None or area.stands(on)))


def _called(kind: str, area: Area) -> bool:
    """Say whether a publisher may call an area by a kind."""
    return area.kind in (kind, _WIDER.get(kind, kind))


def _choose(candidates: tuple[Area, ...], on: dt.date | None, kind: str) -> Area | None:
    if kind:
        candidates = tuple(area for area in candidates if _called(kind, area)) or candidates
    standing = [area for area in candidates if (area.stands(on) if on else area.valid_to is None)]
    return next(iter(standing or candidates), None)
