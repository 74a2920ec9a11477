"""Rows of an earlier return that go on being believed beside the file that was sent in its place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.model import schemas
from perfkit.model.errors import Issue, Severity, Where

_FIGURE = list(schemas.OBSERVATIONS.key)
_RATED = ["subject_kind", "subject", "period", "council"]
_SOME = 3
"""Numbers of indicators that are named; of more the first."""

Tables = Mapping[str, pd.DataFrame]


def beside(come: Tables, before: Tables, *, indicators: pd.DataFrame) -> list[Issue]:
    """Tell of returns that rate what another file rates for the quarter, where rows stand only in that other file.

    ``come`` holds the assessments and observations of the returns delivered; ``before`` those of other files, as they
    are believed. Files that share no rating are parts of one return, and are not told.
    """
    rated, known = come["assessments"], before["assessments"]
    shared = rated.merge(known, on=_RATED, suffixes=("", "_before"))
    pairs = shared[["file", "file_before", "sheet", "period"]].drop_duplicates(["file", "file_before", "period"])
    refs = dict(zip(indicators["indicator"], indicators["ref"], strict=True))
    issues = []
    for file, other, sheet, period in pairs.itertuples(index=False):
        mine, theirs = _held(come, file, period), _held(before, other, period)
        if only := theirs - mine:
            found = (
                f"a return for {period} that {other}, which came before, holds as well: {_told(only, refs)} only there "
                f"and {'is' if len(only) == 1 else 'are'} still believed, {_told(mine - theirs, refs)} only here"
            )
            action = (
                "If this file replaces it, take the older one out of the raw data and type "
                f'perfkit load --withdraw "{other}"; if both are right, put them together in one file.'
            )
            issues.append(Issue(Where(file, sheet), found, "one return a directorate and quarter", action,
                                Severity.WARNING))  # fmt: skip
    return issues


def _held(tables: Tables, file: str, period: str) -> set[tuple[str, ...]]:
    """Give what a file says of a quarter: its ratings, and its figures where there is a value."""
    rated, figures = tables["assessments"], tables["observations"]
    rated = rated[(rated["file"] == file) & (rated["period"] == period)]
    figures = figures[(figures["file"] == file) & (figures["report_period"] == period) & figures["value"].notna()]
    ratings = {("rating", *row) for row in rated[["subject", *_RATED]].itertuples(index=False, name=None)}
    return ratings | {("figure", *row) for row in figures[_FIGURE].itertuples(index=False, name=None)}


def _told(held: set[tuple[str, ...]], refs: Mapping[str, str]) -> str:
    """Count figures and ratings, and name some of what they are about.

    >>> _told({("figure", "visits"), ("rating", "visits")}, {"visits": "46"})
    '1 figure and 1 rating (of 46)'
    >>> _told(set(), {})
    'nothing'
    """
    sizes = {kind: sum(fact[0] == kind for fact in held) for kind in ("figure", "rating")}
    counts = [f"{n:,} {kind}{'s' if n > 1 else ''}" for kind, n in sizes.items() if n]
    names = sorted({str(refs.get(fact[1], fact[1])) for fact in held})
    more = f" and {len(names) - _SOME} more" if len(names) > _SOME else ""
    return f"{' and '.join(counts)} (of {', '.join(names[:_SOME])}{more})" if held else "nothing"
