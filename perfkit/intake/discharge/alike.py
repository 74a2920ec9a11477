"""The sheets of a workbook of discharges held against one another: the same organisations, each count on one sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from perfkit.intake.discharge.counts import SMALL, Counts
from perfkit.intake.discharge.rows import Organisation
from perfkit.intake.headings import words
from perfkit.model.errors import Issue, Severity, Where

Names: TypeAlias = Mapping[tuple[str, str], str]
"""The names of the boards and trusts of a sheet, by their kinds and codes."""
_READ = "The rest was read; compare with the publisher's file."
_MOST = 20
_CODES = ((re.compile(r"Q[A-Z0-9]{2}"), "board"), (re.compile(r"R[A-Z0-9]{2,4}"), "trust"))
"""Codes of boards and of trusts in the NHS."""


def check(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Check that no count stands on two sheets, and that boards and trusts are on all, under their own codes."""
    yield from _twice(tables)
    yield from _alike(tables)


def _alike(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Hold the sheets' boards and trusts against one another: one that is missing from a sheet is told."""
    told = [table for table in tables if any(org.kind in SMALL for org in table.organisations)]
    if told and all(table.organisations == told[0].organisations for table in told) and _plain(told[0].organisations):
        return
    yield from _named_alike(told)
    moved = list(_of_two_kinds(told))
    yield from moved
    places = {issue.where for issue in moved}
    yield from (issue for table in told for issue in _by_code(table) if issue.where not in places)
    named = [(table, _names(table.organisations)) for table in told]
    yield from (issue for table, names in named for issue in _lacking(table, names, named))


def _twice(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a table whose counts of the same organisations stand on an earlier sheet."""
    measures = [{kind.measure for kind in table.kinds} for table in tables]
    pairs = [(k, i) for k, own in enumerate(measures) for i in range(k) if not own.isdisjoint(measures[i])]
    for table, before in ((tables[k], tables[i]) for k, i in pairs):
        counts = {kind._replace(title="") for kind in before.kinds}
        again = [j for j, kind in enumerate(table.kinds) if kind._replace(title="") in counts]
        codes = {(org.kind, org.code) for org in before.organisations} if again else ()
        same = [i for i, org in enumerate(table.organisations) if (org.kind, org.code) in codes]
        if same:
            kind, org = table.kinds[again[0]], table.organisations[same[0]]
            count = f"{kind.measure}, {kind.title}".replace("_", " ") if kind.title else kind.measure.replace("_", " ")
            yield Issue(table.where(same[0], again[0]), f"figures for {org.name} ({count[:80]}) that stand on sheet "
                        f"{before.sheet.name} too", "each count on one sheet",
                        "Remove one of the two tables, or say in their titles how they differ.")  # fmt: skip


@lru_cache(maxsize=64)
def _plain(listed: tuple[Organisation, ...]) -> bool:
    """Say whether a list in which all sheets agree has each board and trust once, and where its code belongs."""
    codes = [org.code for org in listed if org.kind in SMALL]
    return len(set(codes)) == len(codes) and not any(map(_is_elsewhere, listed))


def _names(listed: Iterable[Organisation]) -> dict[tuple[str, str], str]:
    return {(org.kind, org.code): org.name for org in listed if org.kind in SMALL}


def _lacking(table: Counts, names: Names, told: Sequence[tuple[Counts, Names]]) -> Iterator[Issue]:
    """Tell of a sheet without any board, or any trust, where others have it; no block at all is told once."""
    everyone = {key: (other, name) for other, own in reversed(told) for key, name in own.items()}
    lists = {kind for kind, _ in names}
    where = Where(table.sheet.file, table.sheet.name)
    for kind in SMALL:
        others = [other for other, own in told if any(listed == kind for listed, _ in own)]
        # Another sheet may have the block for the same counts.
        if kind not in lists and others and not any(other.kinds == table.kinds for other in others):
            yield Issue(where, f"no {kind}s", f"{kind}s, as on sheet {others[0].sheet.name}", _READ, Severity.WARNING)
    for (kind, code), (other, name) in everyone.items():
        if kind in lists and (kind, code) not in names:
            yield Issue(where, f"no row for the {kind} {name} ({code})", f"one, as on sheet {other.sheet.name}",
                        _READ, Severity.WARNING)  # fmt: skip


def _of_two_kinds(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a code that is a board's on one row and a trust's on another: one of the rows is in the wrong block."""
    kinds = Counter((org.code, org.kind) for table in tables for org in table.organisations)
    for table in tables:
        for i, org in enumerate(table.organisations):
            board, trust = (kinds[org.code, kind] for kind in SMALL)
            usual = "trust" if trust > board else "board"
            if board and trust and org.kind in SMALL and org.kind != usual:
                yield _misplaced(table, i, f"it among the {usual}s, as on the other sheets",
                                 "Move the row to its block; or fetch the file again.")  # fmt: skip


def _by_code(table: Counts) -> Iterator[Issue]:
    """Tell of rows under the wrong headings, as where the headings of a block are gone: NHS codes say what is what."""
    for i in [i for i, org in enumerate(table.organisations) if _is_elsewhere(org)][:_MOST]:
        other = "trust" if table.organisations[i].kind == "board" else "board"
        yield _misplaced(table, i, f"it among the {other}s, as its code says",
                         "Put headings such as Region, Org Code, Org Name over it.")  # fmt: skip


def _is_elsewhere(org: Organisation) -> bool:
    return org.kind in SMALL and any(org.kind != kind and form.fullmatch(org.code) for form, kind in _CODES)


def _misplaced(table: Counts, i: int, expected: str, action: str) -> Issue:
    org = table.organisations[i]
    found = f"{org.name} ({org.code}) among the {org.kind}s"
    return table.sheet.issue(*table.label(i), found=found, expected=expected, action=action)


def _named_alike(tables: Sequence[Counts]) -> Iterator[Issue]:
    """Tell of a board or trust under a code that another sheet gives to another of the workbook's."""
    codes: dict[tuple[str, str], tuple[str, str]] = {}
    usual: dict[tuple[str, str], str] = {}
    for table in tables:
        for i, org in enumerate(table.organisations):
            if org.kind in SMALL and org.code and org.name:
                usual.setdefault((org.kind, words(org.name)), org.code)
                name, sheet = codes.setdefault((org.kind, org.code), (org.name, table.sheet.name))
                if words(name) != words(org.name) and usual[org.kind, words(org.name)] != org.code:
                    yield table.sheet.issue(*table.label(i), found=f"the code {org.code} for {org.name}",
                                            expected=f"{name}, as on sheet {sheet}",
                                            action="Compare with the publisher's file; one of the two sheets is not "
                                            "what was published.")  # fmt: skip
