"""What a person would stumble over and a machine reads without a word: a delivery held against what was known before.

Every finding is a warning at its cell: the file still loads, since the oddest figure is sometimes right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.folder import Delivery
from perfkit.intake.reading import Reading
from perfkit.intake.sanity import figures, histories, releases, repeats, spellings, standing, words
from perfkit.model import schemas
from perfkit.model.errors import Issue

Tables = Mapping[str, pd.DataFrame]


def check(
    deliveries: Sequence[Delivery], *, known: Tables, contents: Mapping[str, str] | None = None
) -> list[Delivery]:
    """Give the deliveries with a warning for everything in them that is likely to be a mistake.

    ``known`` holds the tables `folder.KNOWN` of the store, and ``delays`` where months of it matter; ``contents`` the
    name of every file received before by the SHA-256 of its content. Of a delivery that stops nothing is kept, but the
    rows of a return without an error of their own are looked at too.
    """
    readings = [d.reading for d in deliveries]
    whole = {name: _together(name, readings, known) for name in ("indicators", "observations", "assessments", "delays")}
    returns = [one for one in readings if is_return(one)]
    issues = _of_returns(returns, whole)
    issues += _of_parts([one for one in readings if {"assessments", "observations"} <= set(one.partly)], whole)
    issues += _standing(returns, known, delivered={d.file for d in deliveries}, indicators=whole["indicators"])
    issues += _of_others([one for one in readings if not is_return(one)], whole)
    issues += _of_histories(deliveries, known, indicators=whole["indicators"])
    new = [d.reading for d in deliveries if not d.unchanged]
    issues += [*releases.differing(new), *(releases.older(new, known["delays"]) if "delays" in known else ())]
    issues += repeats.copies({d.file: d.sha256 for d in deliveries}, contents or {})
    targets = _together("targets", readings, {})
    issues += figures.zero_targets(targets, whole["indicators"])
    issues += figures.high_targets(targets, whole["indicators"])
    return _with(deliveries, issues)


def is_return(reading: Reading) -> bool:
    """Say whether a reading is that of a directorate's return.

    >>> is_return(Reading())
    False
    """
    return {"assessments", "observations"} <= set(reading.drafts)


def _of_returns(returns: Sequence[Reading], whole: Tables) -> list[Issue]:
    """Hold all returns of a delivery against what was known; each row tells its file."""
    if not returns:
        return []
    returned, rated = _stacked("observations", returns), _stacked("assessments", returns)
    past, indicators = whole["observations"], whole["indicators"]
    return [
        *figures.sizes(returned, past, indicators=indicators),
        *figures.gaps(returned, past, indicators=indicators),
        *figures.silent(rated, returned, past, indicators=indicators),
        *words.comments(rated, indicators=indicators),
        *words.statuses(returned, rated),
        *words.quarters(returned, rated),
        *repeats.last_quarter(returned, past),
        *repeats.twins(returned),
    ]


def _of_parts(stopped: Sequence[Reading], whole: Tables) -> list[Issue]:
    """Hold the sound rows of returns that stop against what was known: only what each row says by itself."""
    issues: list[Issue] = []
    for one in stopped:
        faulty = {(i.where.sheet, i.where.cell.lstrip(ascii_uppercase)) for i in one.issues if i.stops}
        returned, rated = (
            _without(drafts.frame([one.partly[name]]), faulty) for name in ("observations", "assessments")
        )
        issues += figures.sizes(returned, whole["observations"], indicators=whole["indicators"])
        issues += words.comments(rated, indicators=whole["indicators"])
        issues += words.statuses(returned, rated)
        issues += words.quarters(returned, rated)
    return issues


def _without(rows: pd.DataFrame, faulty: set[tuple[str, str]]) -> pd.DataFrame:
    places = zip(rows["sheet"], rows["cell"].str.lstrip(ascii_uppercase), strict=True)
    sound = pd.Series([place not in faulty for place in places], index=rows.index, dtype="bool")
    return rows[sound].reset_index(drop=True)


def _standing(
    returns: Sequence[Reading], known: Tables, *, delivered: set[str], indicators: pd.DataFrame
) -> list[Issue]:
    """Tell of returns that stand beside another one, which came before under a name that is not delivered now."""
    if not returns or not {"assessments", "observations"} <= set(known):
        return []
    before = {name: known[name][~known[name]["file"].isin(delivered)] for name in ("assessments", "observations")}
    come = {name: _stacked(name, returns) for name in before}
    return standing.beside(come, before, indicators=indicators)


def _of_others(readings: Sequence[Reading], whole: Tables) -> list[Issue]:
    issues: list[Issue] = []
    spelt = spellings.usual(whole["delays"]) if any("delays" in one.drafts for one in readings) else {}
    for one in readings:
        if "delays" in one.drafts:
            issues += figures.missing_months(one.tables["delays"], whole["delays"])
            issues += spellings.changed(one.tables["delays"], spelt)
        if "commentary" in one.drafts and "assessments" not in one.drafts:
            said = one.tables["commentary"]
            issues += words.achievements(said, whole["assessments"], indicators=whole["indicators"])
    return issues


def _of_histories(deliveries: Sequence[Delivery], known: Tables, *, indicators: pd.DataFrame) -> list[Issue]:
    """Hold histories against every other file with figures, of this delivery or one before."""
    readings = [d.reading for d in deliveries if "observations" in d.reading.drafts]
    past = [one for one in readings if not is_return(one)]
    if not past:
        return []
    come, read = _stacked("observations", readings), {d.file for d in deliveries if not d.unchanged}
    before = known.get("observations", come)
    others = pd.concat([come, before[~before["file"].isin(read)]], ignore_index=True)
    return histories.differing(_stacked("observations", past), others, indicators=indicators)


def _together(name: str, readings: Sequence[Reading], known: Tables) -> pd.DataFrame:
    """Put what is known and what has come together; of two rows for one fact the one that has come is believed."""
    table = schemas.TABLES[name]
    come = _stacked(name, readings)
    frames = [frame for frame in (known.get(name, come), come) if len(frame)]
    whole = pd.concat(frames, ignore_index=True) if frames else come
    return whole.drop_duplicates(list(table.key), keep="last").reset_index(drop=True)


def _stacked(name: str, readings: Sequence[Reading]) -> pd.DataFrame:
    some = [one.drafts[name] for one in readings if name in one.drafts]
    return drafts.frame(some) if some else schemas.empty(schemas.TABLES[name])


def _with(deliveries: Sequence[Delivery], issues: Iterable[Issue]) -> list[Delivery]:
    told: dict[str, list[Issue]] = {}
    for issue in issues:
        told.setdefault(issue.where.file, []).append(issue)
    return [delivery if delivery.unchanged else _told(delivery, told.get(delivery.file, ())) for delivery in deliveries]


def _told(delivery: Delivery, issues: Sequence[Issue]) -> Delivery:
    if not issues:
        return delivery
    both = tuple(sorted({*delivery.reading.issues, *issues}))
    return replace(delivery, reading=replace(delivery.reading, issues=both))
