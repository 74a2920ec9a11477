"""Judging: which of the eight rule families rates each case, with what tolerance, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfkit.analysis.rating.cases import Cases
from perfkit.model import rules

Numbers = np.ndarray[Any, np.dtype[Any]]

DEFAULT = "perfkit's default"


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


@dataclass(frozen=True)
class Judged:
    """What came out: the family, its tolerance, the rating's code and the signed distance to the target."""

    family: Numbers
    width: Numbers
    points: Numbers
    default: Numbers
    code: Numbers
    variance: Numbers


def figures(cases: Cases, compared: pd.DataFrame, *, part: int = 1) -> Figures:
    """Gather the figures of one part; a comparator's value stands in for the target where one is loaded."""
    low = np.where(np.isnan(compared["value"]), cases.due("expected", part), compared["value"])
    high = cases.due("expected_high", part)
    kind = cases.promised("kind", part)
    value = cases.told("value", part).to_numpy("float64", na_value=np.nan)
    direction = cases.promised("direction", part)
    polarity = cases.definition("polarity")
    sign = np.select(
        [kind.eq("band"), direction.eq("at least"), direction.eq("at most"), polarity.eq("higher"), polarity.eq("lower"),
         polarity.eq("within")],
        [0.0, 1.0, -1.0, 1.0, -1.0, 0.0],
        default=np.nan,
    )  # fmt: skip
    strict = cases.promised("strict", part).isin([True]).to_numpy()
    quartile = cases.definition("unit").eq("quartile").to_numpy()
    ranked = quartile & kind.eq("comparator").to_numpy()
    low = np.where(ranked, 1.0, low)
    return Figures(
        value,
        low,
        np.where(np.isnan(high) | ranked, low, high),
        np.where(ranked, 2.0, compared["amber"]),
        np.where(ranked, -1.0, sign),
        strict & ~ranked,
        cases.due("times", part),
    )


def family(cases: Cases, compared: Figures) -> Numbers:
    """Name each case's family: its own, unless the kind of its target asks for another; by the kind where it has none."""
    kind, given = cases.promised("kind"), cases.definition("rule")
    points = cases.definition("unit").eq("percent").to_numpy() | (compared.low == 0)
    simple = np.where(points, "points", "relative").astype(object)
    rank = cases.promised("comparator").isin(["top quartile", "median"]).to_numpy() & ~np.isnan(compared.amber)
    by_kind = np.select(
        [kind.isin(["range", "band"]), kind.eq("pair"), kind.eq("milestone"), rank],
        ["range", "pair", "milestone", "rank"],
        "",
    ).astype(object)
    given = given.astype("object").where(given.notna(), "").to_numpy()
    own = np.where(np.isin(given.astype(str), ["range", "pair", "milestone", "rank"]), "", given)
    return np.where(by_kind != "", by_kind, np.where(own != "", own, simple))


def judge(cases: Cases, compared: Figures, *, of_which: Figures, state: Numbers) -> Judged:
    """Rate every case for which there are figures; a case without them gets a code that means nothing."""
    name = family(cases, compared)
    given = cases.definition("tolerance").to_numpy("float64", na_value=np.nan)
    percent = cases.definition("unit").eq("percent").to_numpy()
    points = np.isin(name, ["points"]) | (np.isin(name, ["range", "pair"]) & (percent | (compared.low == 0)))
    preset = np.where(points, np.where(percent, rules.DEFAULT_POINTS, 0.0), rules.DEFAULT_PERCENT)
    width = np.where(np.isnan(given) & (name != "floor"), preset, given)
    miss, code = _by_width(compared, width, points)
    last = cases.value_at(cases.year_ago)
    for own, codes in (
        ("floor", _floor(compared, miss, code, given)),
        ("direction", _direction(compared, code, last)),
        ("rank", _rank(compared, code)),
        ("pair", np.minimum(code, _by_width(of_which, width, points)[1])),
        ("milestone", _milestone(state)),
    ):
        code = np.where(name == own, codes, code)
    variance = np.where(compared.sign < 0, miss, np.where(compared.sign > 0, -miss, _outside(compared)))
    return Judged(name, width, points, np.isnan(given) & (name != "floor"), code, variance)


def _by_width(part: Figures, width: Numbers, points: Numbers) -> tuple[Numbers, Numbers]:
    miss = rules.shortfall(part.value, low=part.low, high=part.high, sign=part.sign)
    nearer = np.where((part.sign < 0) | ((part.sign == 0) & (part.value > part.high)), part.high, part.low)
    allowed = np.where(points, width, np.abs(nearer) * width / 100)
    scale = np.maximum(np.abs(part.value), np.abs(nearer))
    return miss, rules.judge(miss, width=allowed, scale=scale, strict=part.strict)


def _floor(part: Figures, miss: Numbers, code: Numbers, floor: Numbers) -> Numbers:
    level = floor * part.times
    below = rules.shortfall(part.value, low=level, high=level, sign=part.sign)
    kept = rules.judge(below, width=np.zeros_like(miss), scale=np.abs(level), strict=np.zeros_like(miss, dtype=bool))
    return np.where(code == rules.GREEN, rules.GREEN, np.where(kept == rules.GREEN, rules.AMBER, rules.RED))


def _direction(part: Figures, code: Numbers, last: Numbers) -> Numbers:
    miss = rules.shortfall(part.value, low=part.low, high=part.high, sign=part.sign)
    before = rules.shortfall(last, low=part.low, high=part.high, sign=part.sign)
    slack = 1e-9 * np.maximum(np.abs(part.value), np.abs(last))
    moved = np.where(part.sign > 0, part.value - last, np.where(part.sign < 0, last - part.value, before - miss))
    return np.where(code == rules.GREEN, rules.GREEN, np.where(moved > slack, rules.AMBER, rules.RED))


def _rank(part: Figures, code: Numbers) -> Numbers:
    near = rules.shortfall(part.value, low=part.amber, high=part.amber, sign=part.sign) <= 0
    return np.where(code == rules.GREEN, rules.GREEN, np.where(near, rules.AMBER, rules.RED))


def _milestone(state: Numbers) -> Numbers:
    return np.select([state == "overdue", state == "behind"], [rules.RED, rules.AMBER], rules.GREEN)


def _outside(part: Figures) -> Numbers:
    return np.where(
        part.value < part.low, part.value - part.low, np.where(part.value > part.high, part.value - part.high, 0.0)
    )
