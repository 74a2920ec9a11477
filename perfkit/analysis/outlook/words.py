"""An outlook as one plain sentence."""

from __future__ import annotations

from perfkit.analysis.outlook.direction import NO_CHANGE
from perfkit.analysis.outlook.probability import Goal
from perfkit.analysis.outlook.statement import Outlook
from perfkit.model import chances

PERCENT_UNITS = ("percent", "percentage", "%")


def figure(value: float, unit: str = "") -> str:
    """Write a figure for a sentence: percentages to one place, others to three or more significant figures.

    >>> figure(67.04, "percent"), figure(8920.4), figure(0.526), figure(12.0, "count")
    ('67.0%', '8,920', '0.53', '12')
    """
    if unit in PERCENT_UNITS:
        return f"{value:,.1f}%"
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}"


def sentence(found: Outlook, *, target: Goal | None = None, unit: str = "") -> str:
    """Say an outlook in one sentence: projection, interval, target and direction, or why there is none."""
    if found.year_end is None:
        return _nothing(found, unit)
    if found.horizon == 0:
        outcome = "" if found.met is None else f"; the target was {'met' if found.met else 'not met'}"
        return f"{found.year} ended at {figure(found.year_end, unit)}{outcome}."
    interval = f"80% interval {figure(found.low80 or 0.0, unit)} to {figure(found.high80 or 0.0, unit)}"
    body = f"{found.year} is projected to end at {figure(found.year_end, unit)} ({interval})"
    parts = [body, _target(found, target), _direction(found)]
    return f"{'; '.join(part for part in parts if part)}{_confidence(found)}."


def _nothing(found: Outlook, unit: str) -> str:
    last = ""
    if found.last_value is not None:
        last = f"; the last figure is {figure(found.last_value, unit)} for {found.last_period}"
    settled = "" if found.met is None else f"; {_target(found, None)}"
    return f"Insufficient data: {found.reason}{last}{settled}."


def _target(found: Outlook, target: Goal | None) -> str:
    if found.met is not None:
        return "the target is already met" if found.met else "the target can no longer be met"
    if found.probability is None:
        return (
            "" if target is None or found.confidence != "wide" else "too few figures to say whether the target is met"
        )
    likely = {"uncertain": "it is uncertain whether the target will be met"}.get(
        found.verdict, f"the target is {found.verdict} to be met"
    )
    return f"{likely} (probability {chances.written(found.probability)})"


def _direction(found: Outlook) -> str:
    if not found.direction:
        return ""
    if found.direction == NO_CHANGE:
        return "no clear change on last year"
    return f"{found.direction} on last year (probability {chances.written(found.direction_probability or 0.0)})"


def _confidence(found: Outlook) -> str:
    return {"wide": "; a wide guess from few figures", "low": "; low confidence"}.get(found.confidence, "")
