"""Why a case is not rated: no target, not due, no value, suppressed, no comparator ... and the state of milestones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from perfkit.analysis.rating.cases import Cases
from perfkit.analysis.rating.families import (
    BEHIND,
    COMPLETE,
    DIRECTION,
    FLOOR,
    ON_TRACK,
    OVERDUE,
    UNKNOWN,
    Figures,
    Judged,
)
from perfkit.model import ordinals, rules
from perfkit.model import targets as grammar
from perfkit.model.ordinals import Numbers

_STATES = {
    "complete": COMPLETE, "completed": COMPLETE, "done": COMPLETE, "delivered": COMPLETE,
    "on track": ON_TRACK, "on target": ON_TRACK, "on schedule": ON_TRACK,
    "behind": BEHIND, "delayed": BEHIND, "at risk": BEHIND, "late": BEHIND, "off track": BEHIND,
}  # fmt: skip
_SUPPRESSED = ("c", "*")
_Reasons = Callable[[Cases, Numbers], tuple[Numbers, list[str]]]


def milestone_states(cases: Cases) -> Numbers:
    """Give each milestone's state when its quarter ends: complete, on track, behind, overdue or unknown.

    Complete is a value of 1 (100 where the unit is percent), or the word in place of a value; overdue is what was
    reported on, is not complete, and was due in the quarter or before it.
    """
    state = np.full(len(cases.quarter), UNKNOWN)
    at = np.flatnonzero(cases.of_kind("milestone"))
    if not len(at):
        return state
    value = cases.figures(cases.observed[0])[at]
    words = cases.told("marker").iloc[at].astype("object")
    said = words.map(lambda text: _STATES.get(str(text).strip().lower(), UNKNOWN)).to_numpy("int64")
    done = (said == COMPLETE) | (value >= 100) | ((value == 1) & ~cases.percent[at])
    known = ~np.isnan(value) | (said != UNKNOWN)
    state[at] = np.select([done, known & _passed(cases, at)], [COMPLETE, OVERDUE], said)
    return state


def not_rated(
    cases: Cases, whole: Figures, part: Figures, judged: Judged, *, state: Numbers
) -> tuple[Numbers, list[str]]:
    """Give each case the place of its reason in a list, 0 where it is rated; of several the one that stands longest."""
    kind = {name: cases.of_kind(name) for name in ("none", "milestone", "comparator", "pair")}
    missing, no_target = np.isnan(whole.value), np.isnan(whole.low)
    off_target = (judged.family == DIRECTION) & (judged.code != rules.GREEN)
    checks: list[tuple[Numbers, str | _Reasons]] = [
        (cases.found[0].row < 0, _no_target),
        (kind["none"], _kind_of_none),
        (kind["milestone"] & (state == UNKNOWN), _milestone),
        (missing & ~kind["milestone"], _no_value),
        (kind["comparator"] & no_target, "no comparator for this period"),
        (kind["pair"] & np.isnan(part.value), "no value for the 'of which'"),
        (no_target & ~kind["milestone"], "no baseline or profile to work the target out of"),
        (np.isnan(whole.sign), "neither direction is good for this indicator"),
        ((judged.family == FLOOR) & np.isnan(judged.width), "no floor is set for it"),
        (
            off_target & np.isnan(cases.figures(cases.year_ago)),
            "off target, and no value for the same quarter last year to compare with",
        ),
    ]
    places, texts = np.zeros(len(missing), dtype="int64"), [""]
    for holds, reason in checks:
        at = np.flatnonzero(holds & (places == 0))
        if len(at):
            codes, words = (
                (np.zeros(len(at), dtype="int64"), [reason]) if isinstance(reason, str) else reason(cases, at)
            )
            places[at] = len(texts) + codes
            texts += words
    return places, texts


def _distinct(*columns: Numbers | pd.Series) -> tuple[Numbers, list[tuple[object, ...]]]:
    """Number the different rows of some columns, and list them."""
    codes = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        own, unique = pd.factorize(column)
        codes = pd.factorize(codes * (len(unique) + 1) + own + 1)[0]
    _, first = np.unique(codes, return_index=True)
    lists = [pd.Series(column).astype("object").to_numpy()[first] for column in columns]
    return codes, list(zip(*lists, strict=True))


def _no_target(cases: Cases, at: Numbers) -> tuple[Numbers, list[str]]:
    """Name the period that has no target: of a figure in arrears its own."""
    late = np.where(cases.data_quarter[at] != cases.quarter[at], cases.data_quarter[at], -1)
    codes, unique = pd.factorize(late)
    own = "no target for {}, the period of the figure"
    return codes, ["no target" if q < 0 else own.format(ordinals.label(int(q))) for q in unique]


def _kind_of_none(cases: Cases, at: Numbers) -> tuple[Numbers, list[str]]:
    words = {"blank": "no target", "to be confirmed": "no target: it is to be confirmed"}
    codes, rows = _distinct(cases.promised("text").iloc[at])
    why = [grammar.why_none(None if pd.isna(text) else str(text)) for (text,) in rows]
    return codes, [words.get(kind, kind) for kind in why]


def _due(cases: Cases, at: Numbers) -> pd.Series:
    """Give the label of the period that each milestone is due by: its own, else that of the target."""
    due, period = cases.promised("due").iloc[at], cases.promised("period").iloc[at]
    return due.astype("object").where(due.notna(), period)


def _passed(cases: Cases, at: Numbers) -> Numbers:
    codes, unique = ordinals.encode(_due(cases, at))
    ends = np.array([*(_last_month(label) for label in unique), 0], dtype="int64")[codes]
    return ends <= 3 * cases.data_quarter[at] + 2


def _last_month(label: str) -> int:
    return int(pd.Period(grammar.due_end(label), freq="M").ordinal)


def _milestone(cases: Cases, at: Numbers) -> tuple[Numbers, list[str]]:
    codes, rows = _distinct(_due(cases, at), _passed(cases, at))
    return codes, [
        f"no value: it was due by {due} and was not reported on" if passed else f"not due until {due}"
        for due, passed in rows
    ]


def _no_value(cases: Cases, at: Numbers) -> tuple[Numbers, list[str]]:
    """Say what stands in place of the value: a marker and its meaning, or that it is not due before quarter 4."""
    early = cases.defined_as("frequency", "year")[at] & (cases.data_quarter[at] * 3 % 12 != 0)
    codes, rows = _distinct(cases.told("marker").iloc[at], cases.told("marker_means").iloc[at], early)
    return codes, [_absence(marker, means, bool(early)) for marker, means, early in rows]


def _absence(marker: object, means: object, early: bool) -> str:
    if pd.isna(marker):
        return "not due: reported once a year, for quarter 4" if early else "no value"
    text = "" if pd.isna(means) else str(means)
    if str(marker).strip("[]").lower() in _SUPPRESSED or "suppress" in text.lower() or "confidential" in text.lower():
        return f"suppressed ({marker})"
    if early or "not due" in text.lower():
        return f"not due ({text or marker})"
    return f"no value ({text or marker})"
