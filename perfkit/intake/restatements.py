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
_Known = dict[tuple[Any, ...], Facts]
_FIGURE = list(schemas.OBSERVATIONS.key)
_RATING = list(schemas.ASSESSMENTS.key)


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
    for file in sorted((f for f, one in readings.items() if _repeats(one)), key=lambda f: (_when(readings[f]), f)):
        settled[file] = _settled(settled[file], [one for name, one in settled.items() if name != file], known)
    return settled


def _repeats(one: Reading) -> bool:
    return bool(one.tables) and any(len(frame) for frame in one.earlier.values())


def _when(one: Reading) -> pd.Timestamp:
    labels = [label for frame in one.earlier.values() for label in frame["period"].unique()]
    return max(periods.parse(label).end_time for label in labels)


def _settled(one: Reading, others: Sequence[Reading], known: Mapping[str, pd.DataFrame]) -> Reading:
    taken, issues = _figures(one.earlier["observations"], _known("observations", _FIGURE, others, known))
    issues += _ratings(one.earlier["assessments"], _known("assessments", _RATING, others, known))
    both = [frame for frame in (one.tables["observations"], taken) if len(frame)]
    whole = pd.concat(both, ignore_index=True) if both else taken
    return Reading({**one.tables, "observations": whole}, tuple(sorted({*one.issues, *issues})))


def _known(name: str, key: list[str], others: Sequence[Reading], known: Mapping[str, pd.DataFrame]) -> _Known:
    """Give what was known by its key; of two, what the later return said."""
    frames = [known[name]] if name in known else []
    frames += [one.tables[name] for one in others if name in one.tables]
    found: _Known = {}
    for facts in (row for frame in frames for row in frame.to_dict("records")):
        at = tuple(facts[column] for column in key)
        if at not in found or _reported(facts) >= _reported(found[at]):
            found[at] = facts
    return found


def _reported(facts: Facts) -> pd.Timestamp:
    return periods.parse(facts.get("report_period") or facts["period"]).end_time


def _figures(repeated: pd.DataFrame, known: _Known) -> tuple[pd.DataFrame, list[Issue]]:
    taken: list[Facts] = []
    issues: list[Issue] = []
    for row in repeated.to_dict("records"):
        before = known.get(tuple(row[column] for column in _FIGURE))
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


def _ratings(repeated: pd.DataFrame, known: _Known) -> list[Issue]:
    issues: list[Issue] = []
    absent: dict[str, Facts] = {}
    for row in repeated.to_dict("records"):
        before = known.get(tuple(row[column] for column in _RATING))
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
