"""What a person would stumble over and a machine reads without a word: a delivery held against what was known before.

Every finding is a warning at its cell: the file still loads, since the oddest figure is sometimes right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from perfkit.intake import sanity_figures, sanity_repeats, sanity_words
from perfkit.intake.folder import Delivery
from perfkit.intake.framework_days import FRAMEWORK
from perfkit.intake.reading import Reading
from perfkit.model import schemas
from perfkit.model.errors import Issue

KNOWN = (*FRAMEWORK, "assessments", "observations")
"""The tables of earlier deliveries that a new one is held against."""

Tables = Mapping[str, pd.DataFrame]


def check(
    deliveries: Sequence[Delivery], *, known: Tables, contents: Mapping[str, str] | None = None
) -> list[Delivery]:
    """Give the deliveries with a warning for everything in them that is likely to be a mistake.

    ``known`` holds the tables `KNOWN` of the store, and ``delays`` where months of it matter; ``contents`` the name of
    every file received before by the SHA-256 of its content. A delivery that stops is left as it is, but for the
    warning that its content came before under another name.
    """
    readings = [d.reading for d in deliveries]
    whole = {name: _together(name, readings, known) for name in (*KNOWN, "delays")}
    issues = [issue for d in deliveries for issue in _of_file(d.reading, whole)]
    issues += sanity_repeats.twins([d.reading.tables for d in deliveries if is_return(d.reading)])
    issues += sanity_repeats.copies({d.file: d.content for d in deliveries}, contents or {})
    targets = _framed(readings, "targets")
    issues += sanity_figures.zero_targets(targets, whole["indicators"])
    issues += sanity_figures.high_targets(targets, whole["indicators"])
    return [_with(delivery, issues) for delivery in deliveries]


def is_return(reading: Reading) -> bool:
    """Say whether a reading is that of a directorate's return.

    >>> is_return(Reading())
    False
    """
    return {"assessments", "observations"} <= set(reading.tables)


def _of_file(reading: Reading, whole: Tables) -> list[Issue]:
    tables, past = reading.tables, whole["observations"]
    issues: list[Issue] = []
    if is_return(reading):
        returned = tables["observations"]
        issues += sanity_figures.sizes(returned, past, indicators=whole["indicators"])
        issues += sanity_figures.gaps(returned, past, indicators=whole["indicators"])
        issues += sanity_figures.silent(tables["assessments"], returned, past, indicators=whole["indicators"])
        issues += sanity_words.comments(tables["assessments"])
        issues += sanity_words.statuses(returned, tables["assessments"])
        issues += sanity_repeats.last_quarter(returned, past)
    if "delays" in tables:
        issues += sanity_figures.missing_months(tables["delays"], whole["delays"])
    if "commentary" in tables and "assessments" not in tables:
        issues += sanity_words.achievements(tables["commentary"], whole["assessments"], indicators=whole["indicators"])
    return issues


def _together(name: str, readings: Sequence[Reading], known: Tables) -> pd.DataFrame:
    """Put what is known and what has come together; of two rows for one fact the one that has come is believed."""
    table = schemas.TABLES[name]
    frames = [known[name]] if name in known else []
    frames += [reading.tables[name] for reading in readings if name in reading.tables]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return schemas.empty(table)
    whole = pd.concat(frames, ignore_index=True)
    return whole.drop_duplicates(list(table.key), keep="last").reset_index(drop=True)


def _framed(readings: Sequence[Reading], name: str) -> pd.DataFrame:
    return _together(name, readings, {})


def _with(delivery: Delivery, issues: Sequence[Issue]) -> Delivery:
    own = [issue for issue in issues if issue.where.file == delivery.file and not delivery.unchanged]
    if not own:
        return delivery
    told = tuple(sorted({*delivery.reading.issues, *own}))
    return replace(delivery, reading=replace(delivery.reading, issues=told))
