"""The figures of a workbook on their way from its sheets to rows of `releases`.

Whatever many figures share (their area, period and group, their measure, their marker) stands once and is pointed to,
so that half a million figures are a few columns of numbers until they are written out.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from perfkit.intake import drafts
from perfkit.intake.coded import Ints
from perfkit.intake.drafts import Chosen, Column, Columns, Draft, Places
from perfkit.intake.recipes.rows import Line
from perfkit.intake.recipes.values import Floats, Sign
from perfkit.intake.workbooks.grid import cell_name
from perfkit.model import schemas
from perfkit.model.errors import Where


@dataclass(frozen=True, eq=False)
class Subject:
    """What figures are about: the line of their rows, and the group of people or things; each is itself alone."""

    line: Line
    breakdown: str

    @property
    def fact(self) -> tuple[object, ...]:
        """Give what tells its facts from others, besides the measure."""
        place, when = self.line.place, self.line.when
        return when.label, when.calendar, place.kind, place.area, self.breakdown


@dataclass(frozen=True)
class Told:
    """A measure as one table tells it."""

    id: str
    title: str
    unit: str


@dataclass(frozen=True)
class Facts:
    """One entry a figure: numbers, where they stand, and the places of all else in the lists of distinct things."""

    file: str
    subjects: tuple[Subject, ...]
    measures: tuple[Told, ...]
    signs: tuple[Sign, ...]
    notes: tuple[str, ...]
    sheets: tuple[str, ...]
    subject: Ints
    measure: Ints
    sign: Ints
    note: Ints
    sheet: Ints
    row: Ints
    column: Ints
    value: Floats
    numerator: Floats
    denominator: Floats
    adds: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Ints | npt.NDArray[np.bool_]) -> Facts:
        """Give some of the figures."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _COLUMNS})

    def where(self, i: int) -> Where:
        """Name the place of one figure."""
        return Where(self.file, self.sheets[self.sheet[i]], self.cell(i))

    def cell(self, i: int) -> str:
        """Name the cell of one figure."""
        return cell_name(int(self.row[i]), int(self.column[i]))

    def area(self, i: int) -> str:
        """Name the area of one figure."""
        return str(self.subjects[self.subject[i]].line.place.area)

    def id_of(self, i: int) -> str:
        """Name the measure of one figure."""
        return str(self.measures[self.measure[i]].id)

    def ids(self) -> tuple[list[str], Ints]:
        """Give the distinct ids of measures, and the place of each figure's among them."""
        names = list(dict.fromkeys(told.id for told in self.measures))
        place = {name: k for k, name in enumerate(names)}
        return names, np.array([place[told.id] for told in self.measures], dtype=np.int64)[self.measure]

    def percent(self) -> npt.NDArray[np.bool_]:
        """Say which figures are percentages."""
        percent: npt.NDArray[np.bool_] = np.array([told.unit == "percent" for told in self.measures])[self.measure]
        return percent

    def facts(self) -> Ints:
        """Number the facts: one measure of one area, period and group, however often it is told."""
        distinct: dict[tuple[object, ...], int] = {}
        keys = np.array([distinct.setdefault(s.fact, len(distinct)) for s in self.subjects], dtype=np.int64)
        names, ids = self.ids()
        return keys[self.subject] * len(names) + ids


_COLUMNS = ("subject", "measure", "sign", "note", "sheet", "row", "column", "value", "numerator", "denominator", "adds")
_NUMBERED = {"subject": "subjects", "measure": "measures", "sign": "signs", "note": "notes", "sheet": "sheets"}


def join(tables: Sequence[Facts]) -> Facts:
    """Put the figures of several tables together."""
    joined: dict[str, object] = {}
    for name, listed in _NUMBERED.items():
        things, places = _listed([getattr(table, listed) for table in tables])
        parts = [place[getattr(table, name)] for table, place in zip(tables, places, strict=True)]
        joined |= {listed: things, name: np.concatenate(parts)}
    plain = {name: np.concatenate([getattr(t, name) for t in tables]) for name in _COLUMNS if name not in _NUMBERED}
    return Facts(file=tables[0].file, **joined, **plain)  # type: ignore[arg-type]


def _listed(lists: Sequence[tuple[Hashable, ...]]) -> tuple[tuple[Hashable, ...], list[Ints]]:
    """List the distinct things of several lists, and where each list's things are now; what is one list stays one."""
    distinct: dict[Hashable, int] = {}
    places: dict[int, Ints] = {}
    for things in lists:
        if id(things) not in places:
            new = [distinct.setdefault(thing, len(distinct)) for thing in things]
            places[id(things)] = np.array(new, dtype=np.int64)
    return tuple(distinct), [places[id(things)] for things in lists]


def draft(facts: Facts, *, release: str, status: str) -> Draft:
    """Write the figures out as rows of `releases`, each fact of which stands once."""
    size, lines = len(facts), [subject.line for subject in facts.subjects]
    of_subject: dict[str, list[str | None]] = {
        "period": [line.when.label for line in lines],
        "calendar": [line.when.calendar for line in lines],
        "area_kind": [line.place.kind for line in lines],
        "area": [line.place.area for line in lines],
        "breakdown": [subject.breakdown for subject in facts.subjects],
        "area_code": [line.code for line in lines],
        "area_name": [line.name for line in lines],
        "region": [line.region for line in lines],
    }
    of_measure = {
        "measure": [told.id for told in facts.measures],
        "measure_title": [told.title for told in facts.measures],
        "unit": [told.unit for told in facts.measures],
    }
    columns: dict[str, Column] = {name: Chosen(words, facts.subject) for name, words in of_subject.items()}
    columns |= {name: Chosen(words, facts.measure) for name, words in of_measure.items()}
    columns |= {name: Chosen([sign[k] for sign in facts.signs], facts.sign) for k, name in enumerate(_SIGN)}
    columns |= {name: drafts.same(word, size) for name, word in (("release", release), ("status", status))}
    columns |= {"file": drafts.same(facts.file, size), "vintage": drafts.same("", size)}
    columns |= {"note": Chosen(facts.notes, facts.note), "sheet": Chosen(facts.sheets, facts.sheet)}
    columns["cell"] = Places(facts.row, facts.column)
    columns |= {name: getattr(facts, name) for name in ("value", "numerator", "denominator")}
    whole = Columns({name: columns[name] for name in schemas.RELEASES.names})
    return whole if _sound(facts) else schemas.conform(drafts.frame([whole]), schemas.RELEASES)


_SIGN = ("marker", "marker_means")


def _sound(facts: Facts) -> bool:
    """Say whether all that a row must have is there: otherwise the table's own check finds the cells."""
    named = all(told.id for told in facts.measures)
    return named and all(s.line.place.area and s.line.when.label and s.line.place.kind in schemas.AREA_KINDS
                         for s in facts.subjects)  # fmt: skip
