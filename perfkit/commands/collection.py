"""What ``export`` writes: one tidy table, all of them, or the star, each with the declaration of its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfkit import store
from perfkit.analysis import outcomes, rating, star
from perfkit.keeping import belief
from perfkit.model import schemas
from perfkit.model.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

ALL, STAR = "all", "star"
_BUILT_FROM = ("indicators", "outcomes", "directorates")


@dataclass(frozen=True)
class Collection:
    """Frames to be exported by name, each with its declaration."""

    name: str
    tables: dict[str, star.StarTable]
    frames: dict[str, pd.DataFrame]

    @property
    def rows(self) -> int:
        """How many rows all its tables have."""
        return sum(len(frame) for frame in self.frames.values())

    def trimmed(self, there: Callable[[str], bool] = lambda _: False) -> Collection:
        """Leave out, of all tables, those that hold nothing, for most councils use a few.

        Those that are ``there`` already, where they are to be written, stay: they may hold something.
        """
        if self.name != ALL:
            return self
        frames = {name: frame for name, frame in self.frames.items() if len(frame) or there(name)}
        return Collection(self.name, {name: self.tables[name] for name in frames}, frames)


def gather(name: str, place: Path, *, as_of: str = "") -> Collection:
    """Gather what is to be exported by its name; raises `ParameterError` for an unknown one."""
    if name == STAR:
        return Collection(STAR, star.TABLES, _star(place, as_of))
    belief.check_table(name, [*schemas.TABLES, ALL, STAR])
    names = list(schemas.TABLES) if name == ALL else [name]
    frames = {each: store.load(each, as_of=as_of, root=place) for each in names}
    return Collection(name, {each: star.tidy(each) for each in frames}, frames)


def _star(place: Path, as_of: str) -> dict[str, pd.DataFrame]:
    known = store.known(as_of=as_of, root=place)
    sources = [table.source for table in star.TABLES.values() if table.source in schemas.TABLES]
    tables = {name: getattr(known, name) for name in (*_BUILT_FROM, *sources)}
    rated, rolled = _as_reported(place, as_of)
    if rated.empty and not any(len(tables[name]) for name in sources):
        raise ParameterError("Neither a return nor a release has been loaded, so a star would hold nothing.")
    return star.build(tables, rated=rated, rolled=rolled)


def _as_reported(place: Path, as_of: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rate every quarter that has a return by what was known when it was reported, or on the day asked for."""
    import pandas as pd

    from perfkit import vintages

    rates, rolls = [], []
    for quarter in store.quarters(root=place, as_of=as_of):
        known = vintages.of_quarter(quarter, as_of=as_of, root=place)
        rated = rating.rate(known.observations, known.targets, indicators=known.indicators, quarters=[quarter])
        rates.append(rated.pipe(rating.assess, known.assessments))
        rolls.append(outcomes.roll_up(rates[-1], known.outcomes, assessments=known.assessments))
    if not rates:
        none = (pd.DataFrame(columns=star.TABLES[name].names) for name in ("fact_rating", "fact_outcome_rating"))
        return next(none), next(none)
    return pd.concat(rates, ignore_index=True), pd.concat(rolls, ignore_index=True)
