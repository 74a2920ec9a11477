"""What a special cause means: the rule set that it is read by, and whether it is for better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from perfkit.analysis.spc.special_causes import Flags
from perfkit.model.causes import CAUSES
from perfkit.model.errors import ParameterError

Polarity = Literal["higher", "lower", "within", "neutral"]
Texts = npt.NDArray[np.object_]
COMMON = "common cause"

_NAMES = np.array(list(CAUSES), dtype=object)
_WAYS = np.array([1 if name.endswith(("high", "up")) else -1 for name in CAUSES])
_UP, _DOWN = list(CAUSES).index("trend up"), list(CAUSES).index("trend down")
GOOD = {"higher": 1, "lower": -1}
"""The direction that is improvement; a polarity without one is not here."""


@dataclass(frozen=True)
class RuleSet:
    """How a body of practice draws limits and reads them; ``title`` is what a chart prints."""

    title: str
    screen: bool
    """Whether outlying moving ranges are left out of the limits."""
    beyond_counts: bool
    """Whether a point beyond the limits may be one of the two in three."""
    lengths: tuple[int, ...]
    """How many points may make a shift or trend, the usual number first."""
    improvement_wins: bool
    """Whether an improvement is shown rather than a concern that comes before it."""
    edge_decides: bool
    """Whether a target exactly on a limit is already beyond reach, or sure to be met."""
    least: int
    """Fewest values in a group for limits to be drawn."""


RULE_SETS = {
    "ptd": RuleSet(
        "NHS Making Data Count rules, as in NHSRplotthedots",
        screen=True,
        beyond_counts=False,
        lengths=(7,),
        improvement_wins=False,
        edge_decides=False,
        least=0,
    ),
    "mdc_excel": RuleSet(
        "NHS Making Data Count rules, as in its Excel tool",
        screen=False,
        beyond_counts=True,
        lengths=(7, 6),
        improvement_wins=True,
        edge_decides=True,
        least=13,
    ),
}


def chosen(rules: str, polarity: str, trend_points: int | None) -> tuple[RuleSet, int]:
    """Give the rule set and the points that make a shift or trend. Raises `ParameterError` for a word not known."""
    if polarity not in get_args(Polarity):
        raise ParameterError(f'Polarity "{polarity}" is not known: use higher, lower, within or neutral.')
    if rules not in RULE_SETS:
        raise ParameterError(f'Rule set "{rules}" is not known: use {" or ".join(RULE_SETS)}.')
    rule_set = RULE_SETS[rules]
    if trend_points is not None and trend_points not in rule_set.lengths:
        allowed = " or ".join(str(length) for length in sorted(rule_set.lengths))
        raise ParameterError(f"{trend_points} points make no shift or trend under the rule set {rules}: use {allowed}.")
    return rule_set, trend_points or rule_set.lengths[0]


def judge(fired: Flags, polarity: Polarity, rule_set: RuleSet) -> dict[str, Texts]:
    """Give ``rules``, ``special_cause`` and ``point_type`` of each point, from the causes that it shows.

    >>> fired = np.array([[False, True, True, False, False, False, False, False]])
    >>> [text[0] for text in judge(fired, "higher", RULE_SETS["ptd"]).values()]
    ['outside low; trend up', 'outside low', 'concern']
    >>> [text[0] for text in judge(fired, "higher", RULE_SETS["mdc_excel"]).values()]
    ['trend up; outside low', 'trend up', 'improvement']
    """
    good = GOOD.get(polarity, 0)
    order = np.arange(len(_NAMES))
    if rule_set.improvement_wins and good:
        order = np.argsort(good != _WAYS, kind="stable")
    ordered, names, ways = fired[:, order], _NAMES[order], _WAYS[order]
    special, first = ordered.any(axis=1), ordered.argmax(axis=1)
    if not (rule_set.improvement_wins and good):
        first = _at_turns(fired, first)
    kinds = np.where(ways[first] == good, "improvement", "concern") if good else "neutral"
    rules = np.full(len(fired), "", dtype=object)
    for row in np.flatnonzero(special):
        others = names[ordered[row] & (names != names[first[row]])]
        rules[row] = "; ".join([names[first[row]], *others])
    return {
        "rules": rules,
        "special_cause": np.where(special, names[first], ""),
        "point_type": np.where(special, kinds, COMMON).astype(object),
    }


def _at_turns(fired: Flags, first: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """A peak ends a rising trend and begins a falling one: show the one that it begins, as at a trough."""
    falls = fired[:, _DOWN] & np.append(fired[1:, _DOWN], False)
    return np.where((first == _UP) & falls, _DOWN, first)
