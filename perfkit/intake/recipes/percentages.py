"""Percentages of a release: told as 67, as 0.67 or beyond what a share can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from perfkit.intake.coded import Ints
from perfkit.intake.recipes import Recipe
from perfkit.intake.recipes.facts import Facts
from perfkit.model.errors import Issue, Severity
from perfkit.model.percentages import may_pass_100

ROUNDING = 0.06
"""Percentage points by which a figure printed to one decimal may differ from the same figure printed elsewhere."""
FRACTIONS = 20
"""Percentages, all of them between 0 and 1, that must be seen before they are taken for fractions."""
_MOST = 20
_FAR = 20
"""The median of the percentages above 1 from which on one of at most 1 beside them is doubtful."""
_COUNT = 200
"""The median from which on figures are no percentages of a whole."""
_SIGNED = re.compile(r"change|growth|increase|decrease|differ|compar|variance|index|gap|balance|\bnet\b|score|progress")
"""Words of measures that may fall below 0."""
_SIGN = "write it with a % sign."
_MULTIPLIED = "They were multiplied by 100."
_KEPT = "Compare with the publisher's file; it was kept as it stands."


def doubtful(issues: Iterable[Issue]) -> bool:
    """Say whether some percentages are or may be shares of 1: the formats of their cells tell which of the two."""
    return any(issue.action.endswith((_SIGN, _MULTIPLIED)) for issue in issues)


def without_counts(facts: Facts, issues: list[Issue]) -> Facts:
    """Leave out what stands under the heading of a percentage but counts people, and say so, sheet by sheet."""
    percent = _told(facts)
    if not (percent & (facts.value > _COUNT)).any():
        return facts
    counted = np.zeros(len(facts), dtype=bool)
    for sheet in np.unique(facts.sheet[percent & (facts.value > _COUNT)]).tolist():
        here = percent & (facts.sheet == sheet)
        wrong = [k for k in np.unique(facts.measure[here]).tolist() if _are_counts(facts, here & (facts.measure == k))]
        if wrong:
            counted |= (facts.sheet == sheet) & np.isin(facts.measure, wrong)
            issues.append(_counts(facts, np.flatnonzero(counted & here), len(wrong)))
    return facts.take(~counted)


def _are_counts(facts: Facts, rows: npt.NDArray[np.bool_]) -> bool:
    return bool(np.median(facts.value[rows]) > _COUNT) and not _may_pass(facts.measures[facts.measure[rows][0]].title)


@lru_cache(maxsize=4_096)
def _may_pass(title: str) -> bool:
    return may_pass_100({"title": title.replace("_", " ")}) != "no"


def _counts(facts: Facts, rows: Ints, columns: int) -> Issue:
    some = int(rows[np.argmax(facts.value[rows] > _COUNT)])
    more = f", and so in {columns} columns" if columns > 1 else ""
    found = f"{facts.value[some]:,.0f} for {facts.area(some)} under {facts.measures[facts.measure[some]].title}{more}"
    action = "These figures were not read. If they count people, give the recipe their headings as numerators."
    return Issue(facts.where(some), found, "percentages, as the recipe says", action, Severity.WARNING)


def settle(facts: Facts, recipe: Recipe, issues: list[Issue]) -> Facts:
    """Take fractions for percentages where a measure in percent has nothing else, and say so.

    Numerators and denominators say which of the two is meant; without them a recipe may say that fractions are kept.
    """
    names, ids = facts.ids()
    told = _told(facts)
    counts, largest = np.bincount(ids[told], minlength=len(names)), np.zeros(len(names))
    np.maximum.at(largest, ids[told], np.abs(facts.value[told]))
    for k in np.flatnonzero((counts > 0) & (largest <= 1) & (largest > 0)).tolist():
        rows = told & (ids == k)
        shares = _are_shares(facts, rows)
        if shares is None:
            shares = recipe.fractions == "multiply" and counts[k] >= FRACTIONS
            if not shares:
                issues.append(_kept(facts, names[k], np.flatnonzero(rows)))
        some = int(np.flatnonzero(rows)[0])
        if shares and "change" not in facts.measures[facts.measure[some]].title.lower():
            issues.append(Issue(facts.where(some), f"{names[k]} as fractions ({facts.value[some]:g})", "percentages",
                                _MULTIPLIED, Severity.WARNING))  # fmt: skip
            facts = replace(facts, value=np.where(ids == k, facts.value * 100, facts.value))
    return facts


def _told(facts: Facts) -> npt.NDArray[np.bool_]:
    percent = facts.percent()
    return percent & ~facts.adds & ~np.isnan(facts.value)


def _are_shares(facts: Facts, rows: npt.NDArray[np.bool_]) -> bool | None:
    """Say by the counts whether figures are shares of 1 rather than percentages, None where there are no counts."""
    known = rows & (facts.denominator > 0) & ~np.isnan(facts.numerator)
    share = facts.numerator[known] / facts.denominator[known]
    if not (share > 0).any():
        return None
    return bool(np.abs(facts.value[known] - share).sum() < np.abs(facts.value[known] - 100 * share).sum())


def _kept(facts: Facts, name: str, rows: Ints) -> Issue:
    """Tell of percentages that may be fractions, and of which nothing says that they are: they stay as they stand."""
    some = int(next(i for i in rows if facts.value[i] != 0))
    return Issue(facts.where(some), f"nothing above 1 in {name} ({facts.value[some]:g})", "percentages such as 67",
                 f"It was read as {facts.value[some]:g}%; if a share of 1 is meant, compare with the publisher's file "
                 f"and {_SIGN}", Severity.WARNING)  # fmt: skip


def astray(facts: Facts, recipe: Recipe) -> Iterator[Issue]:
    """Tell of percentages of at most 1 among others that are far larger: they may be shares of 1.

    Those that have counts are left out, since what they should be is told by these.
    """
    told = _told(facts)
    low = told & (facts.value > 0) & (facts.value <= 1) & ~((facts.denominator > 0) & (facts.numerator >= 0))
    if recipe.fractions != "multiply" or not low.any():
        return
    names, ids = facts.ids()
    for k in np.unique(ids[low]).tolist():
        others = facts.value[told & (ids == k) & (facts.value > 1)]
        usual = float(np.median(others)) if len(others) else 0.0
        if usual >= _FAR:
            expected = f"one such as the others, half of which are above {usual:.0f}%"
            yield _shares(facts, np.flatnonzero(low & (ids == k)), names[k], expected)


def as_shares(facts: Facts, rows: Ints, rates: npt.NDArray[np.float64]) -> tuple[list[Issue], npt.NDArray[np.bool_]]:
    """Tell once a measure of percentages that are the shares of 1 that their counts make; give which rows those are.

    ``rates`` are the percentages that the counts of the ``rows`` make.
    """
    values = facts.value[rows]
    shares = (values > 0) & (values <= 1) & (np.abs(100 * values - rates) <= ROUNDING) & (rates > 1 + ROUNDING)
    if not shares.any():
        return [], shares
    names, ids = facts.ids()
    of_measure = [(k, np.flatnonzero(shares & (ids[rows] == k))) for k in np.unique(ids[rows[shares]]).tolist()]
    return [_shares(facts, rows[some], names[k], f"{rates[some[0]]:.1f}%, which its counts make")
            for k, some in of_measure], shares  # fmt: skip


def _shares(facts: Facts, rows: Ints, name: str, expected: str) -> Issue:
    first = int(rows[0])
    more = f" and {len(rows) - 1:,} more of at most 1%" if len(rows) > 1 else ""
    found = f"{facts.value[first]:g}% for {facts.area(first)} ({name}){more}"
    action = f"{_KEPT} If a share of 1 is meant, {_SIGN}"
    return Issue(facts.where(first), found, expected, action, Severity.WARNING)


def beyond(facts: Facts) -> Iterator[Issue]:
    """Tell of percentages above 100, and of any figure below 0, where a measure's words do not allow for them."""
    free = np.array([_may_pass(one.title) for one in facts.measures])[facts.measure]
    for i in np.flatnonzero(_told(facts) & ~free & (facts.value > 100 + ROUNDING))[:_MOST].tolist():
        found = f"{facts.value[i]:g}% for {facts.area(i)} ({facts.id_of(i)})"
        yield Issue(facts.where(i), found, "at most 100%", _KEPT, Severity.WARNING)
    free = np.array([bool(_SIGNED.search(one.title.lower())) for one in facts.measures])[facts.measure]
    for i in np.flatnonzero(~free & (facts.value < 0))[:_MOST].tolist():
        found = f"{facts.value[i]:g} for {facts.area(i)} ({facts.id_of(i)})"
        yield Issue(facts.where(i), found, "0 or more", _KEPT, Severity.WARNING)
