"""Whether a series suits a control chart, and what to draw if it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfkit.analysis.spc.limits import Floats
from perfkit.analysis.spc.points import Points, arrange, need, numbers
from perfkit.model.errors import ParameterError
from perfkit.model.schemas import SERIES_TYPES

LEAST = 12
TRIAL = 20
RARE = 3.0
"""A mean count below this makes limits meaningless."""
FEW = 30
"""Below this denominator a single case moves a percentage by more than 3 points."""
SEASONAL = 0.6
"""The share of movement that seasons must explain, adjusted for their number, to be called strong."""
ROUNDING = 1e-9
"""Movement of less than this share of the largest value is the rounding of sums."""
CHANCE = 10.0
"""An F ratio below this may be chance."""

_REFUSED = {
    "ytd": "A year-to-date series climbs and restarts each April, so a control chart of it is blind by quarter and "
    "flags every point by month: de-cumulate it first with spc.decumulate, then chart the single periods.",
    "rolling": "Neighbouring figures of a rolling series share most of their data, so its latest point on a control "
    "chart is a false alarm about two times in three: chart the single periods that it is made of.",
    "milestone": "A milestone is met or not; it has no series of figures to chart.",
}


@dataclass(frozen=True)
class ChartKind:
    """What chart a series suits: ``xmr`` or ``run``, whether its limits are on trial, and what to say beside it."""

    kind: str
    points: int
    trial: bool
    words: str
    warnings: tuple[str, ...] = ()


def refuse(series_type: str) -> None:
    """Raise `ParameterError` for a type of series that a control chart would misread, with the reason."""
    if series_type not in SERIES_TYPES:
        raise ParameterError(f'Series type "{series_type}" is not known: use {", ".join(SERIES_TYPES)}.')
    if series_type in _REFUSED:
        raise ParameterError(_REFUSED[series_type])


def chart_kind(
    frame: pd.DataFrame,
    series_type: str = "point",
    *,
    date: str = "period",
    value: str = "value",
    denominator: str | None = None,
    rebase: Iterable[object] = (),
) -> ChartKind:
    """Choose between an XmR chart and a run chart, and warn of what would mislead.

    Below 12 values in the latest group (after the last rebase date), and for annual figures: a run chart, "not enough
    data", no icons. From 12 to 19: trial limits. Warns of strong seasons (three years or more by month or quarter),
    counts with a mean below 3, and denominators below 30 where ``denominator`` names their column.
    Raises `ParameterError` with the reason for a year-to-date, rolling or milestone series, and as `xmr` does.

    >>> frame = pd.DataFrame({"period": ["2016-17", "2017-18"], "value": [61.0, 64.0]})
    >>> chart_kind(frame).words
    'Not enough data: annual figures, so a run chart with the median.'
    >>> chart_kind(frame, "rolling")
    Traceback (most recent call last):
    perfkit.model.errors.ParameterError: Neighbouring figures of a rolling series share most of their data, so its \
latest point on a control chart is a false alarm about two times in three: chart the single periods that it is made of.
    """
    refuse(series_type)
    series = arrange(frame, date, rebase)
    values = numbers(frame, value, series)
    latest = values[series.slices[-1]] if len(values) else values
    count = int(np.count_nonzero(~np.isnan(latest)))
    warnings = [_seasons(values, series), _rarity(latest, series_type)]
    if denominator is not None:
        need(frame, denominator)
        warnings.append(_few(numbers(frame, denominator, series)))
    said = tuple(warning for warning in warnings if warning)
    if series.dates.kind == "year":
        return ChartKind("run", count, False, "Not enough data: annual figures, so a run chart with the median.", said)
    if count < LEAST:
        words = f"Not enough data: {count} of {LEAST} points, so a run chart with the median."
        return ChartKind("run", count, False, words, said)
    words = f"Trial limits: {count} of {TRIAL} points." if count < TRIAL else f"Limits from {count} points."
    return ChartKind("xmr", count, count < TRIAL, words, said)


def _seasons(values: Floats, series: Points) -> str:
    share = seasonality(values, series)
    if share < SEASONAL:
        return ""
    return (
        f"Strong seasons: the time of year explains {min(share, 0.99):.0%} of the movement about the yearly average, "
        "which widens the limits and hides changes. Compare with the same period of last year as well."
    )


def seasonality(values: Floats, series: Points) -> float:
    """Give the share of the movement about a centred moving average of one year that the time of year explains.

    Adjusted for the number of seasons; 0 where it may be chance (F below 10), and below three years of months or
    quarters. Source: the classical decomposition of a series.
    """
    when = series.dates.as_periods()
    if when is None or when.freqstr[0] not in "MQ" or not len(values):
        return 0.0
    seasons = 4 if when.freqstr[0] == "Q" else 12
    place = when.asi8 - when.asi8[0]
    grid = np.full(place[-1] + 1, np.nan)
    grid[place] = values
    movement, season = _about_average(grid, seasons), np.arange(len(grid)) % seasons
    known = ~np.isnan(movement)
    movement, season = movement[known], season[known]
    movement[np.abs(movement) < ROUNDING * np.nanmax(np.abs(grid), initial=0)] = 0
    if np.bincount(season, minlength=seasons).min() < 2:
        return 0.0
    return _explained(movement, season, seasons)


def _about_average(grid: Floats, seasons: int) -> Floats:
    """Take from each value the mean of the year about it; missing within half a year of either end or of a gap."""
    about = np.full(len(grid), np.nan)
    if len(grid) > seasons:
        weights = np.ones(seasons + 1)
        weights[[0, -1]] = 0.5
        half = seasons // 2
        about[half:-half] = grid[half:-half] - np.convolve(grid, weights / seasons, mode="valid")
    return about


def _explained(movement: Floats, season: npt.NDArray[np.int64], seasons: int) -> float:
    means = np.bincount(season, weights=movement) / np.bincount(season)
    left, total = float(np.sum((movement - means[season]) ** 2)), float(np.sum((movement - movement.mean()) ** 2))
    freedom = len(movement) - seasons
    if not total or (total - left) / (seasons - 1) < CHANCE * left / freedom:
        return 0.0
    return 1 - left / freedom / (total / (len(movement) - 1))


def _rarity(values: Floats, series_type: str) -> str:
    known = values[~np.isnan(values)]
    counts = len(known) > 0 and bool(np.all((known >= 0) & (known == np.round(known))))
    if series_type != "rare_count" and not (counts and known.mean() < RARE):
        return ""
    mean = f" (mean {known.mean():.1f})" if len(known) else ""
    return (
        f"Rare counts{mean}: limits mean little below {RARE:.0f} a period. "
        "Count longer periods, or days between events."
    )


def _few(denominators: Floats) -> str:
    known = denominators[~np.isnan(denominators)]
    if not len(known) or known.min() >= FEW:
        return ""
    return (
        f"Small denominators: as few as {known.min():.0f}, where one case moves the figure by "
        f"{100 / max(known.min(), 1):.0f} percentage points. Use a p chart, or longer periods."
    )
