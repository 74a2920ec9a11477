"""Earlier quarters that a return repeats, held against what was known: figures may be restated, ratings never are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from perfkit.intake import cells
from perfkit.intake.reading import Reading
from perfkit.model import periods, schemas
from perfkit.model.errors import Issue, Severity, Where

Facts = dict[str, Any]


def settle(readings: Mapping[str, Reading], known: Mapping[str, pd.DataFrame]) -> dict[str, Reading]:
    """Give the readings by file, in which figures of earlier quarters that differ from what was known are believed.

    ``known`` holds ``observations`` and ``assessments`` of earlier deliveries. A figure that is as known adds nothing;
    one that differs becomes an observation of its own period, revised, with a warning; one that was not known is taken
    as it stands. A marker never takes the place of a figure, and a rating of an earlier quarter is never taken: where
    it differs from the one given then, or none was given, a warning says so.

    >>> settle({"SCS.xlsx": Reading()}, {})["SCS.xlsx"].tables
    {}
    """
    settled = dict(readings)
    repeating = sorted((f for f, one in readings.items() if _repeats(one)), key=lambda f: (_when(readings[f]), f))
    if repeating:
        repeats = [readings[file].earlier for file in repeating]
        figures = _Known(readings, known, "observations", repeats)
        ratings = _Known(readings, known, "assessments", repeats)
        for file in repeating:
            settled[file] = _settled(file, settled[file], figures, ratings)
    return settled


def _repeats(one: Reading) -> bool:
    return bool(one.tables) and any(len(frame) for frame in one.earlier.values())


def _when(one: Reading) -> pd.Timestamp:
    labels = [label for frame in one.earlier.values() for label in frame["period"].unique()]
    return max(periods.parse(label).end_time for label in labels)


class _Known:
    """What was known of the facts that returns repeat, by their key: earlier deliveries first, then file by file."""

    def __init__(
        self,
        readings: Mapping[str, Reading],
        known: Mapping[str, pd.DataFrame],
        name: str,
        repeats: Sequence[Mapping[str, pd.DataFrame]],
    ) -> None:
        self._key = list(schemas.TABLES[name].key)
        self._subjects = {subject for earlier in repeats for subject in earlier[name][self._key[0]]}
        self._places = {file: place for place, file in enumerate(readings)}
        self._told: dict[tuple[Any, ...], list[tuple[int, Facts]]] = {}
        if name in known:
            self._add(-1, known[name])
        for file, one in readings.items():
            if name in one.tables:
                self.add(file, one.tables[name])

    def add(self, file: str, frame: pd.DataFrame) -> None:
        """Take in what a file says."""
        self._add(self._places[file], frame)

    def before(self, row: Facts, *, besides: str) -> Facts | None:
        """Give what was known of a fact, leaving out one file; of two, what the later return said."""
        found: Facts | None = None
        at = self._told.get(tuple(row[column] for column in self._key), ())
        for place, facts in sorted(at, key=lambda told: told[0]):
            if place != self._places[besides] and (found is None or _reported(facts) >= _reported(found)):
                found = facts
        return found

    def _add(self, place: int, frame: pd.DataFrame) -> None:
        for facts in frame[frame[self._key[0]].isin(self._subjects)].to_dict("records"):
            self._told.setdefault(tuple(facts[column] for column in self._key), []).append((place, facts))


def _settled(file: str, one: Reading, figures: _Known, ratings: _Known) -> Reading:
    taken, issues = _figures(file, one.earlier["observations"], figures)
    issues += _ratings(file, one.earlier["assessments"], ratings)
    figures.add(file, taken)
    both = [frame for frame in (one.tables["observations"], taken) if len(frame)]
    whole = pd.concat(both, ignore_index=True) if both else taken
    return Reading({**one.tables, "observations": whole}, tuple(sorted({*one.issues, *issues})))


def _reported(facts: Facts) -> pd.Timestamp:
    return periods.parse(facts.get("report_period") or facts["period"]).end_time


def _figures(file: str, repeated: pd.DataFrame, known: _Known) -> tuple[pd.DataFrame, list[Issue]]:
    taken: list[Facts] = []
    issues: list[Issue] = []
    for row in repeated.to_dict("records"):
        before = known.before(row, besides=file)
        if before is None or before["file"] == row["file"]:
            taken.append({**row, "status": before["status"]} if before else row)
        elif _reported(before) <= _reported(row) and not _as_known(row, before):
            had, has = not pd.isna(before["value"]), not pd.isna(row["value"])
            issues += [_restated(row, before)] if had else []
            revised = "illustrative" if row["status"] == "illustrative" else "revised"
            taken += [{**row, "status": revised}] if has else []
    frame = schemas.conform(pd.DataFrame(taken), schemas.OBSERVATIONS) if taken else repeated.head(0)
    return frame, issues


def _as_known(row: Facts, before: Facts) -> bool:
    if pd.isna(row["value"]) or pd.isna(before["value"]):
        return bool(pd.isna(row["value"]) and pd.isna(before["value"]))
    return bool(abs(row["value"] - before["value"]) < 1e-9)


def _restated(row: Facts, before: Facts) -> Issue:
    if pd.isna(row["value"]):
        action = "The figure given then is kept; a marker does not take its place."
    else:
        action = "It is taken as a restated figure; if it is a slip, put the earlier one back."
    return _warning(row, f"{_said(row)} for {row['period']}", f"{_said(before)}, as in {_source(before)}", action)


def _ratings(file: str, repeated: pd.DataFrame, known: _Known) -> list[Issue]:
    issues: list[Issue] = []
    absent: dict[str, Facts] = {}
    for row in repeated.to_dict("records"):
        before = known.before(row, besides=file)
        if before is None:
            absent.setdefault(row["period"], row)
        elif before["rag"] != row["rag"]:
            issues.append(_rated_anew(row, before))
    return issues + [_unrated(row) for row in absent.values()]


def _rated_anew(row: Facts, before: Facts) -> Issue:
    then = before["rag"] if isinstance(before["rag"], str) else "no rating"
    return _warning(row, f"the rating {row['rag']} for {row['period']}", f"{then}, as in {_source(before)}",
                    "A rating stands as it was given then; this one is not taken.")  # fmt: skip


def _unrated(row: Facts) -> Issue:
    found, action = f"ratings for {row['period']} that no return of that quarter gave", "They are not taken; load the"
    return _warning(row, found, "only ratings that were given then", f"{action} return for {row['period']}.")


def _said(facts: Facts) -> str:
    return cells.shown(facts["marker"] if pd.isna(facts["value"]) else float(facts["value"]))


def _source(facts: Facts) -> str:
    return str(Where(*("" if pd.isna(facts[name]) else str(facts[name]) for name in ("file", "sheet", "cell"))))


def _warning(row: Facts, found: str, expected: str, action: str) -> Issue:
    return Issue(Where(row["file"], row["sheet"], row["cell"]), found, expected, action, Severity.WARNING)
