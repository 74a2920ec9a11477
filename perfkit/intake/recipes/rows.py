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
from perfkit.intake.markers import stands_for_nothing
from perfkit.intake.recipes import Recipe, Rule, Totals, stacks
from perfkit.intake.recipes.areas import NO_AREA, Codes, Place, place
from perfkit.intake.recipes.cells import Cells
from perfkit.intake.recipes.layout import Found
from perfkit.intake.recipes.periods import When, ending_with, listed, of_cell, of_day, rule
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model import areas
from perfkit.model.errors import Issue, Severity

SCHEMES = {"area_code": "ons", "council_code": "council", "education_code": "education", "finance_code": "finance"}
_ENDING = re.compile(r"quarter (to|end(ing|ed)?)\b")
"""Headings of months that are the last of their quarter."""
_ROLES = ("area", "level", "region", "period", "identifier", *SCHEMES)
_MOST = 100
"""Rows of one kind that are told singly."""
_FEW = 10
"""Areas that are named in one sentence."""


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


@dataclass(frozen=True)
class _Body:
    """What tells the rows below the headings apart, and what it is understood by; equal bodies are walked once."""

    columns: tuple[tuple[Value, ...] | None, ...]
    under: tuple[tuple[Value, ...], ...]
    totals: tuple[Totals, ...]
    filled: bytes
    heading: str
    ending: bool
    rule: Rule
    recipe: Recipe
    when: When | None

    def has(self, role: str) -> bool:
        """Say whether the table has a column of a role."""
        return self.columns[_ROLES.index(role)] is not None


@dataclass(frozen=True)
class _Walked:
    """The line of each row below the headings, -1 for none; and what is wrong, by row: periods, areas, and the rest."""

    line: Ints
    lines: tuple[Line, ...]
    moments: tuple[tuple[int, Problem], ...]
    areas: tuple[tuple[int, Problem], ...]
    lost: tuple[int, ...]
    unknown: Mapping[str, tuple[int, ...]]
    left_out: Mapping[str, tuple[int, ...]]


def read(sheet: Sheet, found: Found, cells: Cells, rule_: Rule, recipe: Recipe, when: When | None) -> Block:
    """Read the rows below the headings; rows of notes are passed over, rows that lost their area are told."""
    body = _body(sheet, found, cells, rule_, recipe, when)
    walked = _walk_once(body) if cells.few and not _has_bools(body) else _Walk(body).walked()
    first = found.row + 1
    key = next(found.roles[role][0] for role in ("area", *SCHEMES, "level", "period") if role in found.roles)
    kept = np.flatnonzero(walked.line >= 0)
    last = int(kept[-1]) if len(kept) else len(walked.line)
    issues = [problem.at(sheet, first + i, found.column("period") or 0) for i, problem in walked.moments]
    issues += [problem.at(sheet, first + i, key) for i, problem in walked.areas]
    issues += [_lost(sheet, key, first + i, i > last) for i in walked.lost[:20]]
    issues += [_unknown(sheet, key, first, walked.unknown)] if walked.unknown else []
    issues += [_level(sheet, found, level, [first + i for i in rows]) for level, rows in walked.left_out.items()]
    return Block(kept + first, walked.line[kept], walked.lines, issues)


def _body(sheet: Sheet, found: Found, cells: Cells, rule_: Rule, recipe: Recipe, when: When | None) -> _Body:
    columns = [found.column(role) for role in _ROLES]
    area, period = found.column("area"), found.column("period")
    under = [(total, c) for total in rule_.totals for c, text in enumerate(found.texts) if text in total.under]
    return _Body(
        columns=tuple(None if c is None else cells.column(c) for c in columns),
        under=tuple(cells.column(c) for _, c in under),
        totals=tuple(total for total, _ in under),
        filled=_filled(sheet, found, cells, rule_).tobytes(),
        heading="" if area is None else stacks.heading(sheet, found.row, area),
        ending=period is not None and _ENDING.match(found.texts[period] or "") is not None,
        rule=rule_,
        recipe=recipe,
        when=when,
    )


def _filled(sheet: Sheet, found: Found, cells: Cells, rule_: Rule) -> npt.NDArray[np.bool_]:
    """Say which rows have figures; a cell filled from the left or from above is none of its own."""
    figures = {c for _, _, c in found.measures} | set(found.roles.get("value", ()))
    figures |= set(found.others if rule_.others else ())
    empty = list(range(cells.size))
    for c in sorted(figures):
        column = cells.column(c)
        empty = [i for i in empty if column[i] is None or column[i] == ""]
    filled = np.ones(cells.size, dtype=bool)
    filled[empty] = False
    for number in {r for r, c in sheet.merged if r > found.row and c in figures}:
        own = [c for c in figures if sheet.text(number, c) and (number, c) not in sheet.merged]
        filled[number - found.row - 1] = bool(own)
    return filled


def _has_bools(body: _Body) -> bool:
    """Say whether a column holds truth values, which are equal to the numbers 1 and 0 without being the same text."""
    return any(bool in map(type, column) for column in (*body.columns, *body.under) if column is not None)


class _Walk:
    """What a walk over the kinds of rows has gathered so far."""

    def __init__(self, body: _Body) -> None:
        self._body, self._recipe, self._rule = body, body.recipe, rule(body.recipe.periods)
        self._columns = _Columns(body)
        self._areas: list[tuple[int, Problem]] = []
        self._moments: list[tuple[int, Problem]] = []
        self._told: set[tuple[object, ...]] = set()
        self._lines: dict[Line, int] = {}
        self._lost: list[int] = []
        self._unknown: dict[str, list[int]] = {}
        self._left_out: dict[str, list[int]] = {}

    def walked(self) -> _Walked:
        """Understand every kind of row, in the order in which they first appear."""
        kept = np.array([self._take(k, said) for k, said in enumerate(self._columns.said())], dtype=np.int64)
        numbers = self._columns.numbers
        unknown, left_out = ({said: tuple(sorted(rows)) for said, rows in some.items() if rows}
                             for some in (self._unknown, self._left_out))  # fmt: skip
        return _Walked(kept[numbers] if len(numbers) else numbers, tuple(self._lines), tuple(self._moments),
                       tuple(self._areas), tuple(sorted(self._lost)), unknown, left_out)  # fmt: skip

    def _take(self, kind: int, said: _Self) -> int:
        """Understand one kind of row; give the number of its line, -1 where it has none."""
        if said.kind is None:
            self._left_out.setdefault(said.level, []).extend(self._columns.rows(kind))
        elif not said.name and not said.codes:
            self._lost += self._columns.rows(kind) if said.filled else []
        elif moment := self._moment(kind, said):
            line, problems = _line(said, moment)
            if line is None and self._recipe.unknown != "refuse" and [p.expected for p in problems] == [NO_AREA]:
                self._unknown.setdefault(said.name, []).extend(self._columns.rows(kind) if said.filled else [])
            elif problems and (line is not None or said.filled):
                self._tell(kind, said, problems)
            return -1 if line is None else self._lines.setdefault(line, len(self._lines))
        return -1

    def _moment(self, kind: int, said: _Self) -> When | None:
        """Give the row's own period or else the workbook's; of rows with figures an unreadable one is told."""
        whole = self._body.when
        text, identifier = (said.period, said.identifier) if said.period else (said.identifier, "")
        if whole is not None and not text:
            return whole
        day = None if identifier else of_day(text, self._recipe.periods)
        moment = day or of_cell(text, identifier, self._rule)
        if self._body.ending and isinstance(moment, When):
            moment = ending_with(moment)
        if not said.identifier and self._body.has("identifier") and self._recipe.periods.identifiers:
            moment = _no_kind_of_period(said.period, self._recipe)
        if isinstance(moment, When):
            # A column of years beside the quarter that the workbook is about says nothing new.
            return whole if whole is not None and whole.label.startswith(f"{moment.label} Q") else moment
        rows = self._columns.rows(kind)[:_MOST] if said.filled else []
        self._moments += [(row, moment) for row in rows]
        return None

    def _tell(self, kind: int, said: _Self, problems: Sequence[Problem]) -> None:
        if (said.name, said.codes) not in self._told:
            self._told.add((said.name, said.codes))
            row = self._columns.rows(kind)[0]
            self._areas += [(row, _told(problem, self._recipe)) for problem in problems]


@lru_cache(maxsize=64)
def _walk_once(body: _Body) -> _Walked:
    """Keep what the columns of names and codes say that sheet after sheet repeats; nobody changes it."""
    return _Walk(body).walked()


def _no_kind_of_period(period: str, recipe: Recipe) -> Problem:
    known = listed(recipe.periods.identifiers.items())
    return Problem(f'the period "{period}" without its kind', f"one of {known} beside it",
                   "Compare with the publisher's file: without it nobody can tell whose year it is.")  # fmt: skip


@lru_cache(maxsize=65_536)
def _line(said: _Self, moment: When) -> tuple[Line | None, tuple[Problem, ...]]:
    """Find the area; an unknown area without figures is a note, as is one that the register does not cover."""
    where = place(said.name, said.codes, on=moment.on, kind=said.kind or "")
    if where.kind == "other" != said.kind and not said.filled:
        return None, ()
    code = said.codes[0][1] if said.codes else ""
    region = "" if where.kind in (areas.COUNTRY, areas.REGION) else where.region or said.region
    line = Line(said.name, code, region, where, moment) if where.area is not None else None
    return line, where.problems


def _told(problem: Problem, recipe: Recipe) -> Problem:
    """Soften a code that contradicts a name, where the recipe leaves such rows out."""
    if recipe.disagreeing == "leave out" and "beside the name" in problem.found and problem.severity is Severity.ERROR:
        action = f"The row was not read. {problem.action}"
        return replace(problem, action=action, severity=Severity.WARNING)
    return problem


class _Columns:
    """The columns that say what a row is about, and the kinds of rows that differ in them."""

    def __init__(self, body: _Body) -> None:
        self._body = body
        filled = np.frombuffer(body.filled, dtype=bool)
        coded_ = [coded.blank(len(filled)) if column is None else coded.code(column) for column in body.columns]
        coded_ = [_filled_down(column, None if role == "region" else filled) if role in body.rule.fill else column
                  for role, column in zip(_ROLES, coded_, strict=True)]  # fmt: skip
        self._columns, self._under, self._filled = coded_, [coded.code(column) for column in body.under], filled
        told = [column.codes for column in (*coded_, *self._under) if len(column.words) > 1]
        self.numbers, self._firsts = coded.combine([*told, filled.astype(np.int64)])

    def rows(self, kind: int) -> list[int]:
        """Give all rows of one kind, counted from below the headings."""
        return np.flatnonzero(self.numbers == kind).tolist()

    def said(self) -> list[_Self]:
        """Give what each kind of row says of itself, in the order in which they first appear."""
        body, levelled = self._body, self._body.has("level")
        texts = zip(*(column.words_of(self._firsts) for column in self._columns), strict=True)
        under = list(zip(*(column.words_of(self._firsts) for column in self._under), strict=True))
        filled = self._filled[self._firsts].tolist()
        return [_said(row, body.recipe, body.heading, levelled, body.totals, below, some)
                for row, below, some in zip(texts, under or [()] * len(filled), filled, strict=True)]  # fmt: skip


def _filled_down(column: Coded, where: npt.NDArray[np.bool_] | None) -> Coded:
    """Fill empty cells from above, where rows have figures: notes below a table are about no area."""
    below = coded.fill_down(column)
    return below if where is None else replace(below, codes=np.where(where, below.codes, column.codes))


@lru_cache(maxsize=65_536)
def _said(
    texts: tuple[str, ...], recipe: Recipe, heading: str, levelled: bool, totals: tuple[Totals, ...],
    under: tuple[str, ...], filled: bool,
) -> _Self:  # fmt: skip
    """Give what one kind of row says of itself; its kind is None where rows of its level are left out."""
    name, level, region, period, identifier, *own = ["" if stands_for_nothing(text) else text for text in texts]
    kind: str | None = ""
    name = "" if name == heading else name
    if levelled:
        kind = recipe.levels.get(level.lower()) if level else ""
        name = _name_of(kind, name, region)
    for total, text in zip(totals, under, strict=True):
        if match := total.pattern.fullmatch(text):
            kind = total.kind
            name = match["name"] if "name" in match.re.groupindex else _name_of(kind, "", region)
    codes = tuple((scheme, text) for scheme, text in zip(SCHEMES.values(), own, strict=True) if _is_code(text))
    return _Self(name, kind, codes, region, level, period, identifier, filled)


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


def _unknown(sheet: Sheet, column: int, first: int, rows: Mapping[str, tuple[int, ...]]) -> Issue:
    """Tell once of all areas that nobody knows, where the recipe leaves them out."""
    names = [shown(name) for name in rows]
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return sheet.issue(
        first + min(map(min, rows.values())), column, found=f"figures for {', '.join(names[:_FEW])}{more}",
        expected=NO_AREA, severity=Severity.WARNING,
        action="These rows were left out, as the recipe says; see that no authority that you need is among them.",
    )  # fmt: skip


def _level(sheet: Sheet, found: Found, level: str, rows: Sequence[int]) -> Issue:
    number = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return sheet.issue(
        rows[0], found.column("level") or 0, found=f"{number} for the level {shown(level)}",
        expected="levels that the recipe knows", severity=Severity.WARNING,
        action="They were not read; add the level to the recipe if they matter.",
    )  # fmt: skip
