"""Which percentages may pass 100: a share of a whole never does; growth, and what is held against a plan, may."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

Passing = Literal["yes", "perhaps", "no"]
CAN_PASS_100 = "Can pass 100%"
"""The heading under which a framework says Y or N."""

_ENDED = r"(?=\s*(?:$|[,;:.()]|(?:achieved|met|reached|delivered|spent|raised|secured|by|for|in|at|to date|so far)\b))"
_GOAL = r"(?:targets?|plan|budget|forecast|profile|trajectory|requirements?|allocation|baseline|establishment)"
_MORE = re.compile(
    r"\b(?:(?:growth|increase|rise|(?<!climate )change|inflation|ratio|over-?achievement|occupancy|utili[sz]ation"
    r"|fill rate|clearance rate|cost recovery)\b|savings? (?:\w+ )?(?:achieved|delivered|reali[sz]ed|secured)"
    rf"|(?:against|versus|compared (?:to|with)|relative to|in relation to|of) (?:\w+ ){{0,2}}?{_GOAL}{_ENDED})"
)
"""Words of what has no whole to be a share of."""
_MEMBERS = re.compile(r"\b(?:who|whose|that|which|with|without|where|having|reporting|saying|aware|on track|on time)\b")
"""Words that pick some out of a whole: what follows them says which, and their share is at most all."""


def may_pass_100(facts: Mapping[str, Any]) -> Passing:
    """Say whether an indicator's percentage may pass 100, as far as its definition tells.

    Facts used: ``can_pass_100``, what the framework says, which settles it; else ``title`` and ``definition``, of which
    words such as growth or against plan make it possible, unless they follow words that pick out members of a whole.

    >>> may_pass_100({"title": "Savings against target"}), may_pass_100({"title": "Residents who saw a change"})
    ('perhaps', 'no')
    >>> may_pass_100({"title": "Births with a visit", "can_pass_100": True})
    'yes'
    """
    said = facts.get("can_pass_100")
    if said is not None and not pd.isna(said):
        return "yes" if said else "no"
    return "perhaps" if any(_suggests(facts.get(name)) for name in ("title", "definition")) else "no"


def _suggests(text: object) -> bool:
    if not isinstance(text, str):
        return False
    plain = " ".join(text.lower().split())
    first = _MORE.search(plain)
    return first is not None and not _MEMBERS.search(plain, 0, first.start())
