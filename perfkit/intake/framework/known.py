"""What frameworks say, as it was known on a day: returns are read against the framework of the day they came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from perfkit.intake import drafts
from perfkit.intake.drafts import Draft
from perfkit.intake.files import File
from perfkit.intake.reading import Reading
from perfkit.model import schemas

FRAMEWORK = ("indicators", "outcomes", "priorities", "directorates", "leadership_priorities", "targets", "published")
"""The tables that a framework gives, and that returns are read against."""

KnownOn = Callable[[dt.date], Mapping[str, pd.DataFrame]]


class Frameworks:
    """What frameworks say, as it was known on a day; and whose they are."""

    def __init__(
        self,
        known: Mapping[str, pd.DataFrame],
        known_on: KnownOn | None,
        read_now: Mapping[File, Reading],
        own: Mapping[str, pd.DataFrame],
    ) -> None:
        self._known, self._known_on, self._read_now, self._own = known, known_on, read_now, own
        self._of: dict[dt.date | None, dict[str, pd.DataFrame]] = {}

    def of(self, day: dt.date | None) -> dict[str, pd.DataFrame]:
        """Give the tables of a day; all that is known where there is no day, or nothing was known by then."""
        if day not in self._of:
            self._of[day] = {**self._put_together(day), **self._own}
        return self._of[day]

    def _put_together(self, day: dt.date | None) -> dict[str, pd.DataFrame]:
        if day is None or self._known_on is None:
            return _newest(self._known, self._read_now.values())
        by_then = [file for file in self._read_now if file.received is None or file.received <= day]
        in_order = sorted(by_then, key=lambda file: (file.received is not None, file.received or day, file.name))
        tables = _newest(self._known_on(day), [self._read_now[file] for file in in_order])
        return self.of(None) if tables["indicators"].empty else tables


def _newest(known: Mapping[str, pd.DataFrame], readings: Iterable[Reading]) -> dict[str, pd.DataFrame]:
    """Put together what frameworks say; of two for one fact the one read last is believed."""
    told = [known, *(reading.drafts for reading in readings)]
    return {name: _stacked(name, [some[name] for some in told if name in some and len(some[name])])
            for name in FRAMEWORK}  # fmt: skip


def _stacked(name: str, stack: Sequence[Draft]) -> pd.DataFrame:
    """Stack drafts; of a unit of facts, such as a year's indicators, the one that comes last is believed whole."""
    table = schemas.TABLES[name]
    if not stack:
        return schemas.empty(table)
    whole = drafts.frame(stack)
    order = pd.Series(np.repeat(np.arange(len(stack)), [len(draft) for draft in stack]))
    last = order.groupby([whole[column] for column in table.believed_by], sort=False).transform("max")
    return whole[order == last].drop_duplicates(list(table.key), keep="last").reset_index(drop=True)
