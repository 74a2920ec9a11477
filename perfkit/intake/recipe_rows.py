"""Which rows of a sheet are figures, and which area and period each is about.

Rows that say the same of themselves are looked at once, however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from perfkit.intake import coded
from perfkit.intake.cells import Problem, shown
from perfkit.intake.coded import Coded, Ints
from perfkit.intake.grid import Sheet, Value
from perfkit.intake.recipe_areas import Codes, Place, place
from perfkit.intake.recipe_layout import Found
from perfkit.intake.recipe_periods import When, of_cell, rule
from perfkit.intake.recipes import Recipe, Rule, Totals, bare
from perfkit.model.errors import Issue, Severity

SCHEMES = {"area_code": "ons", "council_code": "council", "education_code": "education", "finance_code": "finance"}
_ROLES = ("area", "level", "region", "period", "identifier", *SCHEMES)
_FOOT = 60
"""Rows from the bottom in which markers are explained."""
_MOST = 100
"""Rows of one kind that are told singly."""
_EXPLAINED = re.compile(r"(?P<marker>\*+|\[\w+\]|[†‡:~]) ?[-=:]? ?(?P<text>\S.{9,})")


@dataclass(frozen=True, eq=False)
class Line:
    """What rows say of themselves: name and code as printed, the region they stand under, their area and period.

    There is one for all rows that say the same.
    """

    name: str
    code: str
    region: str
    place: Place
    when: When


@dataclass(frozen=True)
class Block:
    """The rows of figures of one sheet: their places on it, and the line that each belongs to."""

    rows: Ints
    line: Ints
    lines: tuple[Line, ...]
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True)
class _Self:
    """What one kind of row says of itself, before it is understood."""

    name: str
    kind: str | None
    codes: Codes
    region: str
    level: str
    period: str
    identifier: str
    filled: bool


def read(sheet: Sheet, found: Found, rule_: Rule, recipe: Recipe, when: When | None) -> Block:
    """Read the rows below the headings; rows of notes are passed over, rows that lost their area are told."""
    columns = _Columns(sheet, found, rule_, recipe)
    walk = _Walk(sheet, found, columns, recipe)
    kept = np.array([walk.take(kind, said, when) for kind, said in enumerate(columns.said())], dtype=np.int64)
    return walk.block(kept[columns.numbers] if len(columns.numbers) else columns.numbers)


class _Walk:
    """What a walk over the kinds of rows has gathered so far."""

    def __init__(self, sheet: Sheet, found: Found, columns: _Columns, recipe: Recipe) -> None:
        self._sheet, self._found, self._columns, self._recipe = sheet, found, columns, recipe
        self._key, self._rule = columns.key, rule(recipe.periods)
        self._told: set[tuple[object, ...]] = set()
        self._lines: dict[Line, int] = {}
        self._lost: list[int] = []
        self._left_out: dict[str, list[int]] = {}
        self._issues: list[Issue] = []

    def take(self, kind: int, said: _Self, when: When | None) -> int:
        """Understand one kind of row; give the number of its line, -1 where it has none."""
        if not said.name and not said.codes:
            self._lost += self._columns.rows(kind) if said.filled else []
        elif said.kind is None:
            self._left_out.setdefault(said.level, []).extend(self._columns.rows(kind))
        elif moment := when or self._moment(kind, said):
            line, problems = _line(said, moment)
            if line is not None or said.filled:
                self._tell(kind, said, problems)
            return -1 if line is None else self._lines.setdefault(line, len(self._lines))
        return -1

    def _moment(self, kind: int, said: _Self) -> When | None:
        """Read the period; of rows with figures an unreadable one is told."""
        moment = of_cell(said.period, said.identifier, self._rule)
        if not said.identifier and self._found.column("identifier") is not None and self._recipe.periods.identifiers:
            moment = _no_kind_of_period(said.period, self._recipe)
        if isinstance(moment, When):
            return moment
        column = self._found.column("period") or 0
        rows = self._columns.rows(kind)[:_MOST] if said.filled else []
        self._issues += [moment.at(self._sheet, row, column) for row in rows]
        return None

    def _tell(self, kind: int, said: _Self, problems: Sequence[Problem]) -> None:
        if problems and (said.name, said.codes) not in self._told:
            self._told.add((said.name, said.codes))
            row = self._columns.rows(kind)[0]
            self._issues += [_told(problem, self._recipe).at(self._sheet, row, self._key) for problem in problems]

    def block(self, line: Ints) -> Block:
        """Give what was kept, and all that was wrong."""
        kept = np.flatnonzero(line >= 0)
        rows = kept + self._found.row + 1
        last = int(rows[-1]) if len(rows) else len(self._sheet.rows)
        issues = [*self._issues, *(_lost(self._sheet, self._key, n, n > last) for n in sorted(self._lost)[:20])]
        issues += [_level(self._sheet, self._found, level, sorted(where)) for level, where in self._left_out.items()]
        return Block(rows, line[kept], tuple(self._lines), issues)


def _no_kind_of_period(period: str, recipe: Recipe) -> Problem:
    known = ", ".join(recipe.periods.identifiers)
    return Problem(f'the period "{period}" without its kind', f"one of {known} beside it",
                   "Compare with the publisher's file: without it nobody can tell whose year it is.")  # fmt: skip


@lru_cache(maxsize=65_536)
def _line(said: _Self, moment: When) -> tuple[Line | None, tuple[Problem, ...]]:
    """Find the area; an unknown area without figures is a note."""
    where = place(said.name, said.codes, on=moment.ends, kind=said.kind or "")
    code = said.codes[0][1] if said.codes else ""
    line = Line(said.name, code, where.region or said.region, where, moment) if where.area is not None else None
    return line, where.problems


def _told(problem: Problem, recipe: Recipe) -> Problem:
    """Soften a code that contradicts a name, where the recipe leaves such rows out."""
    if recipe.disagreeing == "leave out" and "beside the name" in problem.found and problem.severity is Severity.ERROR:
        action = f"The row was not read. {problem.action}"
        return replace(problem, action=action, severity=Severity.WARNING)
    return problem


class _Columns:
    """The columns that say what a row is about, and the kinds of rows that differ in them."""

    def __init__(self, sheet: Sheet, found: Found, rule_: Rule, recipe: Recipe) -> None:
        self._sheet, self._found, self._rule, self._recipe = sheet, found, rule_, recipe
        self._rows = sheet.rows[found.row + 1 :]
        self.key = next(found.roles[role][0] for role in ("area", *SCHEMES, "level", "period") if role in found.roles)
        column = found.column("area")
        self._heading = "" if column is None else sheet.text(found.row, column)
        self._levelled = "level" in found.roles
        self._roles = {role: self._role(role) for role in _ROLES}
        if "region" in rule_.fill:
            self._roles["region"] = coded.fill_down(self._roles["region"])
        self._totals = [(total, c, self._coded(c)) for total in rule_.totals for c in self._under(total.under)]
        self._filled = self._has_figures()
        told = [*self._roles.values(), *(words for _, _, words in self._totals)]
        told_codes = [column.codes for column in told if len(column.words) > 1]
        self.numbers, self._firsts = coded.combine([*told_codes, self._filled.astype(np.int64)])

    def rows(self, kind: int) -> list[int]:
        """Give all rows of one kind, counted on the sheet."""
        return [int(i) + self._found.row + 1 for i in np.flatnonzero(self.numbers == kind)]

    def said(self) -> list[_Self]:
        """Give what each kind of row says of itself, in the order in which they first appear."""
        texts = [column.words_of(self._firsts) for column in self._roles.values()]
        totals = [column.words_of(self._firsts) for _, _, column in self._totals]
        rules = tuple(total for total, _, _ in self._totals)
        under = list(zip(*totals, strict=True)) or [()] * len(self._firsts)
        return [
            _said(row, self._recipe, self._heading, self._levelled, rules, below, filled)
            for row, below, filled in zip(
                zip(*texts, strict=True), under, self._filled[self._firsts].tolist(), strict=True
            )
        ]

    def _role(self, role: str) -> Coded:
        column = self._found.column(role)
        return coded.blank(len(self._rows)) if column is None else self._coded(column)

    def _coded(self, column: int) -> Coded:
        return coded.code(cells_of(self._rows, column))

    def _has_figures(self) -> npt.NDArray[np.bool_]:
        figures = {c for _, _, c in self._found.measures} | set(self._found.roles.get("value", ()))
        order = sorted(figures | set(self._found.others if self._rule.others else ()))
        filled = np.zeros(len(self._rows), dtype=bool)
        for c in order:
            filled |= np.array([value not in (None, "") for value in cells_of(self._rows, c)], dtype=bool)
        for number in {r for r, _ in self._sheet.merged if r > self._found.row}:
            own = [c for c in order if self._sheet.text(number, c) and (number, c) not in self._sheet.merged]
            filled[number - self._found.row - 1] = bool(own)
        return filled

    def _under(self, headings: Sequence[str]) -> list[int]:
        row = self._sheet.rows[self._found.row]
        return [c for c, value in enumerate(row) if isinstance(value, str) and bare(value) in headings]


@lru_cache(maxsize=65_536)
def _said(
    texts: tuple[str, ...], recipe: Recipe, heading: str, levelled: bool, totals: tuple[Totals, ...],
    under: tuple[str, ...], filled: bool,
) -> _Self:  # fmt: skip
    """Give what one kind of row says of itself; its kind is None where rows of its level are left out."""
    name, level, region, period, identifier, *own = texts
    kind: str | None = ""
    name = "" if name == heading else name
    if levelled:
        kind = recipe.levels.get(level.lower()) if level else ""
        name = _name_of(kind, name, region)
    for total, text in zip(totals, under, strict=True):
        if match := total.pattern.fullmatch(text):
            kind, name = total.kind, match["name"]
    codes = tuple((scheme, text) for scheme, text in zip(SCHEMES.values(), own, strict=True) if _is_code(text))
    return _Self(name, kind, codes, region, level, period, identifier, filled)


def cells_of(rows: Sequence[Sequence[Value]], column: int) -> list[Value]:
    """Give a column of rows that may be of different lengths.

    >>> cells_of([["a", 1.0], ["b"]], 1)
    [1.0, None]
    """
    try:
        return [row[column] for row in rows]
    except IndexError:
        return [row[column] if column < len(row) else None for row in rows]


def _is_code(text: str) -> bool:
    return len(text) > 1 and any(sign.isdigit() for sign in text)


def _name_of(kind: str | None, name: str, region: str) -> str:
    if kind == "country":
        return name or "England"
    return name or (region if kind == "region" else "")


def _lost(sheet: Sheet, column: int, number: int, below: bool) -> Issue:
    return sheet.issue(
        number, column, found="figures in a row without an area", expected="the area that they are about",
        action="They stand below the table and were not read." if below else "Restore the name, or empty the row.",
        severity=Severity.WARNING if below else Severity.ERROR,
    )  # fmt: skip


def _level(sheet: Sheet, found: Found, level: str, rows: Sequence[int]) -> Issue:
    number = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return sheet.issue(
        rows[0], found.column("level") or 0, found=f"{number} for the level {shown(level)}",
        expected="levels that the recipe knows", severity=Severity.WARNING,
        action="They were not read; add the level to the recipe if they matter.",
    )  # fmt: skip


def legend(sheet: Sheet, found: Found, meanings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Read what notes at the foot of a sheet say of its markers: what each means, and the note's own words."""
    told: dict[str, tuple[str, str]] = {}
    if not meanings:
        return told
    for row in sheet.rows[max(found.row + 1, len(sheet.rows) - _FOOT) :]:
        filled = [value for value in row[:12] if value not in (None, "")]
        if not 0 < len(filled) <= 3:
            continue
        texts = dict.fromkeys(" ".join(str(value).split()) for value in filled)
        if match := _EXPLAINED.fullmatch(" ".join(texts)):
            text = match["text"]
            meaning = next((said for words, said in meanings.items() if re.search(words, text, re.IGNORECASE)), None)
            if meaning:
                told.setdefault(match["marker"].lower(), (meaning, text))
    return told
