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
"""The share of movement within years that seasons must explain, adjusted for their number, to be called strong."""

_REFUSED = {
    "ytd": "A year-to-date series climbs and restarts each April, so a control chart of it is blind by quarter and "
    "flags every point by month: de-cumulate it first with spc.decumulate, then chart the single periods.",
    "rolling": "Neighbouring figures of a rolling series share most of their data, so about two in three points of a "
    "control chart of it would be false alarms: chart the single periods that it is made of.",
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
    perfkit.model.errors.ParameterError: Neighbouring figures of a rolling series share most of their data, so about \
two in three points of a control chart of it would be false alarms: chart the single periods that it is made of.
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
        f"Strong seasons: the time of year explains {min(share, 0.99):.0%} of the movement within years, which widens the limits "
        "and hides changes. Compare with the same period of last year as well."
    )


def seasonality(values: Floats, series: Points) -> float:
    """Give the share of movement within financial years that the time of year explains, adjusted; 0 below 3 years."""
    when = series.dates.as_periods()
    if when is None or when.freqstr[0] not in "MQ" or not len(values):
        return 0.0
    known = ~np.isnan(values)
    year, season = when.asfreq("Y-MAR").year.to_numpy()[known], when.month.to_numpy()[known]
    found, years, seasons = values[known], len(set(year)), len(set(season))
    freedom = len(found) - years - seasons + 1
    if seasons != (4 if when.freqstr[0] == "Q" else 12) or np.unique_counts(season).counts.min() < 3 or freedom < 1:
        return 0.0
    within = _less_means(found, year)
    left, total = float(np.sum(_less_means(within, season) ** 2)), float(np.sum(within**2))
    if total <= 1e-12 * float(np.sum(found**2)):
        return 0.0
    return max(0.0, 1 - left / freedom / (total / (len(found) - years)))


def _less_means(values: Floats, label: npt.NDArray[np.int64]) -> Floats:
    """Take from each value the mean of those with its label."""
    _, place = np.unique(label, return_inverse=True)
    means: Floats = np.bincount(place, weights=values) / np.bincount(place)
    return values - means[place]


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
