"""Where one indicator's year will end: the projection, its intervals, the probability of its target, its direction."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from perfkit.analysis.outlook import quarters, words
from perfkit.analysis.outlook.direction import Direction, dead_band, direction
from perfkit.analysis.outlook.distribution import Distribution
from perfkit.analysis.outlook.forecast import LEAST, Bounds, Forecast, forecast
from perfkit.analysis.outlook.probability import Goal, meeting, verdict
from perfkit.analysis.outlook.series import Series, adds_up, prepare
from perfkit.analysis.outlook.statement import Outlook, Step
from perfkit.model.errors import ParameterError
from perfkit.model.schemas import SERIES_TYPES

PROBABLE, STANDARD, SEASONAL = 6, 8, 12
"""Real points from which a probability and a direction are given, marked low; then standard; then with seasons."""
FURTHEST = 8
"""Quarters ahead beyond which nothing is projected."""
_TESTED = 4
_YEAR = 4
_WHOLE_UNITS = ("count", "number")


@dataclass(frozen=True)
class _Ask:
    """What is asked of a series: its last quarter of the year, and how its figures are to be understood."""

    series: Series
    end: int
    running: bool
    total: bool
    unit: str
    polarity: str
    goal: Goal | None
    materiality: float | None
    band: float | None
    widen: float
    can_pass_100: bool

    @property
    def year(self) -> str:
        return quarters.year_label(self.end)

    @property
    def so_far(self) -> float:
        """The sum of the year's quarters that are known."""
        span = range(self.end - 3, min(self.end, self.series.last) + 1)
        return sum(value for q in span if (value := self.series.at(q)) is not None)

    @property
    def horizon(self) -> int:
        return self.end - self.series.last


def project(
    frame: pd.DataFrame,
    *,
    series_type: str = "point",
    unit: str = "",
    polarity: str = "higher",
    year: str | None = None,
    target: Goal | None = None,
    breaks: Iterable[str] = (),
    arrears: int = 0,
    materiality: float | None = None,
    band: float | None = None,
    total: bool = False,
    months: str = "",
    widen: float = 1.0,
    can_pass_100: bool = False,
) -> Outlook:
    """Project a series to the end of a financial year and say what may be said of it.

    Needs the columns period (quarters or months) and value; values of series type "ytd" are since April.
    ``series_type``, ``unit``, ``polarity`` and ``arrears`` are those of the indicator, ``breaks`` the periods at which
    its figures were declared to start afresh; ``months`` says how months make quarters ("sum", "mean" or "last").
    ``materiality`` is the least change that its owner would mention; ``band`` replaces the dead band altogether.
    ``total`` says that the year's figure is the sum of its quarters though they are given singly; ``widen`` is a
    council's recalibration (see `calibrate`); ``can_pass_100`` says that a percentage may pass 100 though it never did.
    Without ``year`` it is that of the quarter after the last figure.
    Raises `InputError` for periods or values that cannot be used. Source of the method: docs/reference/outlook.md.

    >>> labels = [f"{y}-{y - 1999} Q{q}" for y in (2015, 2016) for q in (1, 2, 3, 4)]
    >>> frame = pd.DataFrame({"period": labels, "value": [61.0, 62.5, 62.0, 63.5, 63.0, 65.0, 64.0, 66.0]})
    >>> found = project(frame, unit="percent", year="2017-18", target=Goal("higher", low=60.0))
    >>> found.verdict, found.confidence, round(found.year_end)
    ('likely', 'standard', 67)
    """
    if series_type not in SERIES_TYPES:
        raise ParameterError(f'"{series_type}" is not a series type: expected {", ".join(SERIES_TYPES)}.')
    if series_type == "milestone":
        return _silent(year, "a milestone has no figures to project")
    series = prepare(frame, series_type=series_type, unit=unit, breaks=breaks, months=months)
    if not len(series.values):
        return _silent(year, "there is no figure", series.warnings)
    end = quarters.first_of_year(series.last + 1) + 3 if year is None else quarters.year_end(year)
    running = series_type == "ytd"
    ask = _Ask(series, end, running, running or total, unit, polarity, target, materiality, band, widen,
               can_pass_100)  # fmt: skip
    found = _settled(ask) or _projected(ask)
    late = (f"figures come {arrears} quarter{'' if arrears == 1 else 's'} late",) if arrears and found.path else ()
    found = replace(_placed(found, ask), warnings=(*series.warnings, *_doubts(ask, found), *late))
    return replace(found, words=words.sentence(found, target=target, unit=unit))


def _silent(year: str | None, reason: str, warnings: tuple[str, ...] = ()) -> Outlook:
    said = f"Insufficient data: {reason}."
    return Outlook(year or "", "insufficient data", 0, words=said, reason=reason, warnings=warnings)


def _placed(found: Outlook, ask: _Ask) -> Outlook:
    """Add the last figure as it was given, and the number of real points."""
    last = max(ask.series.known)
    return replace(found, last_value=ask.series.known[last], last_period=quarters.label(last))


def _settled(ask: _Ask) -> Outlook | None:
    """Answer where nothing is left to project: the year is over, or there is too little to say anything."""
    points = ask.series.points
    blank = Outlook(ask.year, "insufficient data", points, horizon=max(ask.horizon, 0))
    if ask.horizon <= 0:
        return _over(ask, blank)
    if ask.horizon > FURTHEST:
        return replace(blank, reason=f"the year ends {ask.horizon} quarters after the last figure")
    if points < LEAST:
        few = "1 figure" if points == 1 else f"{points} figures"
        return _known(ask, replace(blank, reason=f"{few}, {LEAST} are needed"))
    return None


def _over(ask: _Ask, blank: Outlook) -> Outlook:
    end, known = ask.end, ask.series.known
    span = range(end - 3, end + 1) if ask.total and not ask.running else [end]
    if any(q not in known for q in span):
        return replace(blank, reason=f"{ask.year} is over but its figure is missing")
    figure = sum(known[q] for q in span) / (1 if adds_up(ask.unit) else len(span))
    found = replace(blank, confidence="known", year_end=figure)
    found = replace(found, low80=figure, high80=figure, low95=figure, high95=figure)
    return _fixed(found, None if ask.goal is None else ask.goal.met(figure))


def _known(ask: _Ask, found: Outlook) -> Outlook:
    """Add that a total which can only grow has met its target, or lost it, for good."""
    met = None if ask.goal is None or not _grows(ask) else ask.goal.settled(ask.so_far)
    return _fixed(found, met)


def _fixed(found: Outlook, met: bool | None) -> Outlook:
    return found if met is None else replace(found, met=met, probability=float(met), verdict=verdict(float(met)))


def _grows(ask: _Ask) -> bool:
    return ask.total and adds_up(ask.unit) and bool((ask.series.values >= 0).all())


def _confidence(ask: _Ask) -> str:
    points = ask.series.points
    if points < LEAST:
        return "insufficient data"
    if points < PROBABLE:
        return "wide"
    gaps = 1 - points / len(ask.series.values)
    if points < STANDARD or gaps > 1 / 3:
        return "low"
    return "standard" if points < SEASONAL else "seasonal"


def _projected(ask: _Ask) -> Outlook:
    ahead = forecast(
        ask.series.values,
        _bounds(ask),
        points=ask.series.points,
        steps=ask.horizon,
        widen=ask.widen * ask.series.widening,
    )
    path = tuple(_step(ask, ahead, q) for q in range(max(ask.series.last + 1, ask.end - 3), ask.end + 1))
    last, figure = path[-1], _figure(ask, ahead, ask.end)
    found = Outlook(
        ask.year,
        _confidence(ask),
        ask.series.points,
        year_end=last.mean,
        low80=last.low80,
        high80=last.high80,
        low95=last.low95,
        high95=last.high95,
        horizon=ask.horizon,
        path=path,
    )
    if ask.series.points >= PROBABLE:
        found = _judged(ask, found, figure)
    return _known(ask, found)


def _judged(ask: _Ask, found: Outlook, figure: Distribution) -> Outlook:
    chance = meeting(ask.goal, figure)
    heading = _heading(ask, figure)
    return replace(
        found,
        probability=chance,
        verdict=verdict(chance),
        direction=heading.word,
        direction_probability=heading.probability,
        arrow=heading.arrow,
    )


def _figure(ask: _Ask, ahead: Forecast, quarter: int) -> Distribution:
    """Give what the figure may be at the end of a quarter: its own, or the year's sum by then."""
    last = ask.series.last
    if not ask.total:
        return ahead.quarter(quarter - last)
    steps = [q - last for q in range(max(ask.end - 3, last + 1), quarter + 1)]
    if not adds_up(ask.unit):
        return ahead.mean(ask.so_far, steps, quarters=quarters.of_year(quarter))
    return ahead.total(ask.so_far, steps)


def _step(ask: _Ask, ahead: Forecast, quarter: int) -> Step:
    figure = _figure(ask, ahead, quarter)
    low95, low80, high80, high95 = (figure.quantile(p) for p in (0.025, 0.1, 0.9, 0.975))
    return Step(quarters.label(quarter), figure.middle, low80, high80, low95, high95)


def _heading(ask: _Ask, figure: Distribution) -> Direction:
    """Compare with the same quarter last year, or a total with last year's."""
    values = _year_figures(ask) if ask.total else ask.series.values
    back = ask.end - 4 - ask.series.last
    if not -len(values) < back <= 0:
        return Direction()
    changing = _YEAR * ask.series.values if ask.total and adds_up(ask.unit) and len(values) <= _YEAR else values
    band = dead_band(changing, ask.materiality) if ask.band is None else ask.band
    return direction(figure, float(values[back - 1]), band, polarity=ask.polarity)


def _year_figures(ask: _Ask) -> NDArray[np.float64]:
    """Give the sum of every four quarters together, or their mean."""
    sums = np.convolve(ask.series.values, np.ones(_YEAR), mode="valid")
    return sums if adds_up(ask.unit) else sums / _YEAR


def _bounds(ask: _Ask) -> Bounds:
    """A percentage that has kept to 0 to 100 stays there, unless it is known to pass 100; nor does any fall below 0."""
    values = ask.series.values
    if (
        not ask.can_pass_100
        and ask.unit in words.PERCENT_UNITS
        and all(0 <= figure <= 100 for figure in ask.series.known.values())
    ):
        return Bounds(0.0, 100.0)
    whole = ask.unit in _WHOLE_UNITS and all(figure == round(figure) for figure in ask.series.known.values())
    return Bounds(0.0 if values.min() >= 0 else -math.inf, whole=whole)


def _doubts(ask: _Ask, found: Outlook) -> Iterable[str]:
    """Say what a reader should know before trusting the outlook."""
    if not found.path:
        return
    values = ask.series.values
    if ask.horizon > _TESTED:
        yield f"{ask.horizon} quarters ahead is beyond the four that intervals are made for: they may be too narrow"
    if np.ptp(values) == 0:
        yield "the figure has never varied; the interval is a convention"
