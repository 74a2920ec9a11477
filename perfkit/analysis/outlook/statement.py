"""What is stated of a year's end: its figure, how sure it is, and the quarters on the way to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One quarter of the path to the year's end; of a total, the total by then."""

    period: str
    mean: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Outlook:
    """What can be said of a year's end; what may not be said is None, or empty.

    ``confidence`` is "insufficient data", "wide", "low", "standard" or "seasonal", and "known" for a year that is over.
    ``year_end`` is the figure as likely to be passed as not. ``met`` is True or False where the matter is settled.
    """

    year: str
    confidence: str
    points: int
    year_end: float | None = None
    low80: float | None = None
    high80: float | None = None
    low95: float | None = None
    high95: float | None = None
    probability: float | None = None
    verdict: str = ""
    direction: str = ""
    direction_probability: float | None = None
    arrow: str = ""
    horizon: int | None = None
    last_value: float | None = None
    last_period: str = ""
    met: bool | None = None
    words: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()
    path: tuple[Step, ...] = ()
