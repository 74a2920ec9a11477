"""Earlier quarters that a return repeats, held against what was known: figures may be restated, ratings never are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from perfkit.intake import records
from perfkit.intake.drafts import Rows
from perfkit.intake.reading import Reading
from perfkit.intake.records import Record, warning
from perfkit.intake.returns import last_quarter
from perfkit.model import periods, schemas
from perfkit.model.errors import Issue


def settle(readings: Mapping[str, Reading], known: Mapping[str, pd.DataFrame]) -> dict[str, Reading]:
    """Give the readings by file, in which figures of earlier quarters that differ from what was known are believed.

    ``known`` holds ``observations`` and ``assessments`` of earlier deliveries. A figure that is as known adds nothing;
    one that differs becomes an observation of its own period, revised, with a warning; one that was not known is taken
    as it stands. A marker never takes the place of a figure, and a rating of an earlier quarter is never taken: where
    it differs from the one given then, or none was given, a warning says so. What is only shown of last quarter is held
    against what was known, and never believed.

    >>> settle({"SCS.xlsx": Reading()}, {})["SCS.xlsx"].tables
    {}
    """
    settled = dict(readings)
    repeating = {file: one for file, one in readings.items() if one.drafts and _repeated(one)}
    if repeating:
        figures = _Known(readings, known, "observations", map(_repeated_figures, repeating.values()))
        ratings = _Known(readings, known, "assessments", map(_repeated_ratings, repeating.values()))
        for file in sorted(repeating, key=lambda f: (_when(readings[f]), f)):
            settled[file] = _settled(file, readings[file], figures, ratings)
    return _with_shown(settled, known)


def _with_shown(readings: dict[str, Reading], known: Mapping[str, pd.DataFrame]) -> dict[str, Reading]:
    """Add what is to be said of figures that are only shown of last quarter."""
    showing = {file: one for file, one in readings.items() if one.drafts and one.shown}
    if not showing:
        return readings
    figures = _Known(readings, known, "observations", (one.shown for one in showing.values()))
    for file, one in showing.items():
        issues = last_quarter.differing([(row, figures.before(row, besides=file)) for row in one.shown])
        readings[file] = replace(one, issues=tuple(sorted({*one.issues, *issues})))
    return readings


def _repeated(one: Reading) -> list[Record]:
    return [*_repeated_figures(one), *_repeated_ratings(one)]


def _repeated_figures(one: Reading) -> Sequence[Record]:
    return records.of(one.earlier.get("observations"))


def _repeated_ratings(one: Reading) -> Sequence[Record]:
    return records.of(one.earlier.get("assessments"))


def _when(one: Reading) -> pd.Timestamp:
    return max(_end(label) for label in {row["period"] for row in _repeated(one)})


@lru_cache(maxsize=1_000)
def _end(label: str) -> pd.Timestamp:
    return periods.parse(label).end_time


class _Known:
    """What was known of the facts that returns repeat, by their key: earlier deliveries first, then file by file."""

    def __init__(
        self,
        readings: Mapping[str, Reading],
        known: Mapping[str, pd.DataFrame],
        name: str,
        repeated: Iterable[Sequence[Record]],
    ) -> None:
        self._key = schemas.TABLES[name].key
        self._subjects = {row[self._key[0]] for rows in repeated for row in rows}
        self._places = {file: place for place, file in enumerate(readings)}
        self._told: dict[tuple[Any, ...], list[tuple[int, Record]]] = {}
        if name in known:
            own = known[name][known[name][self._key[0]].isin(self._subjects)]
            self._add(-1, records.of(own))
        for file, one in readings.items():
            self.add(file, records.of(one.drafts.get(name)))

    def add(self, file: str, rows: Iterable[Record]) -> None:
        """Take in what a file says."""
        self._add(self._places[file], rows)

    def before(self, row: Record, *, besides: str) -> Record | None:
        """Give what was known of a fact, leaving out one file; of two, what the later return said."""
        found: Record | None = None
        at = self._told.get(tuple(row[column] for column in self._key), ())
        for place, facts in sorted(at, key=lambda told: told[0]):
            if place != self._places[besides] and (found is None or _reported(facts) >= _reported(found)):
                found = facts
        return found

    def _add(self, place: int, rows: Iterable[Record]) -> None:
        for facts in rows:
            if facts[self._key[0]] in self._subjects:
                self._told.setdefault(tuple(facts[column] for column in self._key), []).append((place, facts))


def _settled(file: str, one: Reading, figures: _Known, ratings: _Known) -> Reading:
    taken, issues = _figures(file, _repeated_figures(one), figures)
    issues += _ratings(file, _repeated_ratings(one), ratings)
    figures.add(file, taken)
    whole = Rows(schemas.OBSERVATIONS, [*records.of(one.drafts["observations"]), *taken])
    return replace(one, drafts={**one.drafts, "observations": whole}, issues=tuple(sorted({*one.issues, *issues})))


def _reported(facts: Record) -> pd.Timestamp:
    return _end(facts.get("report_period") or facts["period"])


def _figures(file: str, repeated: Iterable[Record], known: _Known) -> tuple[list[Record], list[Issue]]:
    taken: list[Record] = []
    issues: list[Issue] = []
    for row in repeated:
        before = known.before(row, besides=file)
        if before is None or before["file"] == row["file"]:
            taken.append({**row, "status": before["status"]} if before else row)
        elif _reported(before) <= _reported(row) and not records.alike(row, before):
            issues += [_restated(row, before)] if records.has_value(before) else []
            revised = "illustrative" if row["status"] == "illustrative" else "revised"
            taken += [{**row, "status": revised}] if records.has_value(row) else []
    return taken, issues


def _restated(row: Record, before: Record) -> Issue:
    if records.has_value(row):
        action = "It is taken as a restated figure; if it is a slip, put the earlier one back."
    else:
        action = "The figure given then is kept; a marker does not take its place."
    return warning(
        row,
        f"{records.figure(row)} for {row['period']}",
        f"{records.figure(before)}, as in {records.where(before)}",
        action,
    )


def _ratings(file: str, repeated: Iterable[Record], known: _Known) -> list[Issue]:
    issues: list[Issue] = []
    absent: dict[str, Record] = {}
    for row in repeated:
        before = known.before(row, besides=file)
        if before is None:
            absent.setdefault(row["period"], row)
        elif before.get("rag") != row["rag"]:
            issues.append(_rated_anew(row, before))
    return issues + [_unrated(row) for row in absent.values()]


def _rated_anew(row: Record, before: Record) -> Issue:
    rag = before.get("rag")
    then = rag if isinstance(rag, str) else "no rating"
    return warning(row, f"the rating {row['rag']} for {row['period']}", f"{then}, as in {records.where(before)}",
                   "A rating stands as it was given then; this one is not taken.")  # fmt: skip


def _unrated(row: Record) -> Issue:
    found, action = f"ratings for {row['period']} that no return of that quarter gave", "They are not taken; load the"
    return warning(row, found, "only ratings that were given then", f"{action} return for {row['period']}.")
