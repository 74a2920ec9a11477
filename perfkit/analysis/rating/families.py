"""Judging: which of the eight rule families rates each case, with what tolerance, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfkit.analysis.rating.cases import Cases, numbers
from perfkit.model import rules
from perfkit.model.ordinals import Numbers
from perfkit.model.schemas import RULES

_OF = {name: code for code, name in enumerate(RULES)}
RELATIVE, POINTS, FLOOR, DIRECTION, RANGE, PAIR, MILESTONE, RANK = (_OF[name] for name in (
    "relative", "points", "floor", "direction", "range", "pair", "milestone", "rank",
))  # fmt: skip

UNKNOWN, COMPLETE, ON_TRACK, BEHIND, OVERDUE = range(5)
"""The states of a milestone."""


@dataclass(frozen=True)
class Figures:
    """What is compared, one entry a case: the value, the edges of the target, and which side is good (1, -1, 0)."""

    value: Numbers
    low: Numbers
    high: Numbers
    amber: Numbers
    sign: Numbers
    strict: Numbers
    times: Numbers

    @property
    def miss(self) -> Numbers:
        """How far the value is on the wrong side."""
        return rules.shortfall(self.value, low=self.low, high=self.high, sign=self.sign)


@dataclass(frozen=True)
class Judged:
    """What came out: the family, its tolerance, the rating's code and the signed distance to the target."""

    family: Numbers
    width: Numbers
    points: Numbers
    default: Numbers
    code: Numbers
    variance: Numbers


def figures(cases: Cases, compared: pd.DataFrame | None) -> Figures:
    """Gather the figures to compare; a comparator's value is the target, a quartile is compared with the best."""
    found = cases.found[0]
    low, high, amber = found.expected, found.high, np.full(len(found.row), np.nan)
    if compared is not None:
        amber = compared["amber"].to_numpy()
        low = np.where(np.isnan(compared["value"]), low, compared["value"])
    ranked = cases.defined_as("unit", "quartile") & cases.of_kind("comparator")
    low, amber = np.where(ranked, 1.0, low), np.where(ranked, 2.0, amber)
    return Figures(
        cases.figures(cases.observed[0]),
        low,
        np.where(np.isnan(high) | ranked, low, high),
        amber,
        np.where(ranked, -1.0, _signs(cases)),
        cases.promised_as("strict", True) & ~ranked,
        found.times,
    )


def of_which(cases: Cases, whole: Figures) -> Figures:
    """Gather the figures of the second part of pairs."""
    found = cases.found[1]
    value, low = cases.figures(cases.observed[1]), found.expected
    return Figures(value, low, low, whole.amber, whole.sign, whole.strict, found.times)


def judge(cases: Cases, whole: Figures, part: Figures, *, state: Numbers) -> Judged:
    """Rate every case for which there are figures; a case without them gets a code that means nothing."""
    family = _family(cases, whole)
    given = numbers(cases.indicators, "tolerance")[cases.defined]
    percent = cases.percent
    in_points = (family == POINTS) | (((family == RANGE) | (family == PAIR)) & (percent | (whole.low == 0)))
    preset = np.where(in_points, np.where(percent, rules.DEFAULT_POINTS, 0.0), rules.DEFAULT_PERCENT)
    default = np.isnan(given) & (family != FLOOR)
    width = np.where(default, preset, given)
    miss = whole.miss
    code = _by_width(whole, miss, width, in_points)
    last = cases.figures(cases.year_ago)
    for own, judged in (
        (FLOOR, _floor(whole, width, code)),
        (DIRECTION, _direction(whole, last, code)),
        (RANK, _rank(whole, code)),
    ):
        code = np.where(family == own, judged, code)
    pairs = family == PAIR
    if pairs.any():
        code = np.where(pairs, np.minimum(code, _by_width(part, part.miss, width, in_points)), code)
    code = np.where(family == MILESTONE, _milestone(state), code)
    variance = np.where(whole.sign < 0, miss, np.where(whole.sign > 0, -miss, _outside(whole)))
    return Judged(family, width, in_points, default, code, variance)


def _signs(cases: Cases) -> Numbers:
    """Say which side is good: as the target's own direction says, else the polarity; missing where neither does."""
    polarity = np.select(
        [cases.defined_as("polarity", word) for word in ("higher", "lower", "within")], [1.0, -1.0, 0.0], np.nan
    )
    stated = np.where(cases.promised_as("direction", "at most"), -1.0, polarity)
    stated = np.where(cases.promised_as("direction", "at least"), 1.0, stated)
    return np.where(cases.of_kind("band"), 0.0, stated)


def _family(cases: Cases, whole: Figures) -> Numbers:
    """Name each case's family: its own, unless the kind of target asks for another; by the kind where it has none."""
    points = cases.percent | (whole.low == 0)
    simple = np.where(points, POINTS, RELATIVE)
    own = np.select([cases.defined_as("rule", RULES[code]) for code in (RELATIVE, POINTS, FLOOR, DIRECTION)],
                    [RELATIVE, POINTS, FLOOR, DIRECTION], simple)  # fmt: skip
    ranked = cases.promised_as("comparator", "top quartile", "median") & ~np.isnan(whole.amber)
    kinds = [cases.of_kind(*words) for words in (("range", "band"), ("pair",), ("milestone",))]
    return np.select([*kinds, ranked], [RANGE, PAIR, MILESTONE, RANK], own)


def _by_width(part: Figures, miss: Numbers, width: Numbers, points: Numbers) -> Numbers:
    nearer = np.where((part.sign < 0) | ((part.sign == 0) & (part.value > part.high)), part.high, part.low)
    allowed = np.where(points, width, np.abs(nearer) * width / 100)
    scale = np.maximum(np.abs(part.value), np.abs(nearer))
    return rules.judge(miss, width=allowed, scale=scale, strict=part.strict)


def _floor(part: Figures, floor: Numbers, code: Numbers) -> Numbers:
    """Red below the floor, amber from it to the target; a year's floor is spread as the year's target is."""
    level = floor * part.times
    below = rules.shortfall(part.value, low=level, high=level, sign=part.sign)
    kept = rules.met(below, scale=np.abs(level), strict=np.False_)
    return np.where(code == rules.GREEN, code, np.where(kept, rules.AMBER, rules.RED))


def _direction(part: Figures, last: Numbers, code: Numbers) -> Numbers:
    """Off target, but better than the same quarter last year, is amber."""
    before = rules.shortfall(last, low=part.low, high=part.high, sign=part.sign)
    better = rules.met(part.miss - before, scale=np.maximum(np.abs(part.value), np.abs(last)), strict=np.True_)
    return np.where(code == rules.GREEN, code, np.where(better, rules.AMBER, rules.RED))


def _rank(part: Figures, code: Numbers) -> Numbers:
    """Within the target's part of the ranking is green, within the next quartile amber."""
    beyond = rules.shortfall(part.value, low=part.amber, high=part.amber, sign=part.sign)
    near = rules.met(beyond, scale=np.abs(part.amber), strict=np.False_)
    return np.where(code == rules.GREEN, code, np.where(near, rules.AMBER, rules.RED))


def _milestone(state: Numbers) -> Numbers:
    return np.select([state == OVERDUE, state == BEHIND], [rules.RED, rules.AMBER], rules.GREEN)


def _outside(part: Figures) -> Numbers:
    return np.where(part.value < part.low, part.value - part.low, np.maximum(part.value - part.high, 0.0))
