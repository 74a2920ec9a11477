"""Which rows of a sheet are figures, and which area and period each is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from perfkit.intake.cells import Problem, shown
from perfkit.intake.grid import Sheet, Value
from perfkit.intake.recipe_areas import Place, place
from perfkit.intake.recipe_layout import Found
from perfkit.intake.recipe_periods import When, of_cell, rule
from perfkit.intake.recipes import Recipe, Rule, bare
from perfkit.model.errors import Issue, Severity

SCHEMES = {"area_code": "ons", "council_code": "council", "education_code": "education", "finance_code": "finance"}
_FOOT = 60
"""Rows from the bottom in which markers are explained."""
_EXPLAINED = re.compile(r"(?P<marker>\*+|\[\w+\]|[†‡:~]) ?[-=:]? ?(?P<text>\S.{9,})")


@dataclass(frozen=True)
class Block:
    """The rows of figures of one sheet, each with its area and period; ``numbers`` are their places on the sheet."""

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    places: tuple[Place, ...]
    whens: tuple[When, ...]
    issues: list[Issue] = field(default_factory=list)


def read(sheet: Sheet, found: Found, rule_: Rule, recipe: Recipe, when: When | None) -> Block:
    """Read the rows below the headings; rows of notes are passed over, rows that lost their area are told."""
    columns = _Columns(sheet, found, rule_)
    kinds, names = columns.kinds(recipe)
    walk = _Walk(sheet, found, columns, recipe)
    for i, (name, kind, codes, filled) in enumerate(zip(names, kinds, columns.codes, columns.filled, strict=True)):
        number = found.row + 1 + i
        if not name and not codes:
            if filled:
                walk.lost.append(number)
        elif kind is None:
            walk.left_out.setdefault(columns.levels[i], []).append(number)
        elif moment := when or walk.moment(i, number, filled):
            walk.keep(i, number, name, kind, moment)
    return walk.block()


class _Walk:
    """What a walk down the rows has gathered so far."""

    def __init__(self, sheet: Sheet, found: Found, columns: _Columns, recipe: Recipe) -> None:
        self._sheet, self._found, self._columns, self._recipe = sheet, found, columns, recipe
        self._rule = rule(recipe.periods)
        self._told: set[tuple[object, ...]] = set()
        self._kept: list[tuple[int, str, str, str, Place, When]] = []
        self.issues: list[Issue] = []
        self.lost: list[int] = []
        self.left_out: dict[str, list[int]] = {}

    def moment(self, i: int, number: int, filled: bool) -> When | None:
        """Read the row's period; of a row with figures an unreadable one is told."""
        moment = of_cell(self._columns.periods[i], self._columns.identifiers[i], self._rule)
        if isinstance(moment, When):
            return moment
        if filled:
            self.issues.append(moment.at(self._sheet, number, self._found.column("period") or 0))
        return None

    def keep(self, i: int, number: int, name: str, kind: str, moment: When) -> None:
        """Keep the row if it is about an area; an unknown area without figures is a note."""
        codes = self._columns.codes[i]
        where = place(name, codes, on=moment.ends, kind=kind)
        if where.area is None and not self._columns.filled[i]:
            return
        if where.problems and (name, codes) not in self._told:
            self._told.add((name, codes))
            self.issues += [
                _told(problem, self._recipe).at(self._sheet, number, self._columns.key) for problem in where.problems
            ]
        if where.area is not None:
            self._kept.append((number, name, codes[0][1] if codes else "", self._columns.regions[i], where, moment))

    def block(self) -> Block:
        """Give what was kept, and all that was wrong."""
        last = self._kept[-1][0] if self._kept else len(self._sheet.rows)
        issues = [*self.issues, *(_lost(self._sheet, self._columns.key, n, n > last) for n in self.lost[:20])]
        issues += [_level(self._sheet, self._found, level, rows) for level, rows in self.left_out.items()]
        numbers, names, codes, regions, places, whens = zip(*self._kept, strict=True) if self._kept else ((),) * 6
        return Block(numbers, names, codes, regions, places, whens, issues)


def _told(problem: Problem, recipe: Recipe) -> Problem:
    """Soften a code that contradicts a name, where the recipe leaves such rows out."""
    if recipe.disagreeing == "leave out" and "beside the name" in problem.found and problem.severity is Severity.ERROR:
        action = f"The row was not read. {problem.action}"
        return replace(problem, action=action, severity=Severity.WARNING)
    return problem


class _Columns:
    """The columns that say what a row is about, as texts, one for each row below the headings."""

    def __init__(self, sheet: Sheet, found: Found, rule_: Rule) -> None:
        self._sheet, self._found, self._rule = sheet, found, rule_
        self._rows = sheet.rows[found.row + 1 :]
        self.key = next(found.roles[role][0] for role in ("area", *SCHEMES, "level", "period") if role in found.roles)
        self.periods, self.identifiers = self.texts("period"), self.texts("identifier")
        self.levels, self.regions = self.texts("level"), self._filled_down("region")
        self.codes = self._codes()
        figures = {c for _, _, c in found.measures} | set(found.roles.get("value", ()))
        figures |= set(found.others if rule_.others else ())
        order = sorted(figures)
        if len(order) == 1:
            self.filled = [len(row) > order[0] and row[order[0]] not in (None, "") for row in self._rows]
        else:
            self.filled = [any(c < len(row) and row[c] not in (None, "") for c in order) for row in self._rows]
        for number in {r for r, _ in sheet.merged if r > found.row}:
            own = [c for c in order if sheet.text(number, c) and (number, c) not in sheet.merged]
            self.filled[number - found.row - 1] = bool(own)

    def texts(self, role: str) -> list[str]:
        column = self._found.column(role)
        return [""] * len(self._rows) if column is None else texts(self._rows, column)

    def _filled_down(self, role: str) -> list[str]:
        own = self.texts(role)
        if role not in self._rule.fill:
            return own
        filled, last = [], ""
        for text in own:
            last = text or last
            filled.append(last)
        return filled

    def _codes(self) -> list[tuple[tuple[str, str], ...]]:
        given = [(scheme, self.texts(role)) for role, scheme in SCHEMES.items() if role in self._found.roles]
        if not given:
            return [()] * len(self._rows)
        schemes = [scheme for scheme, _ in given]
        made = {row: tuple((s, code) for s, code in zip(schemes, row, strict=True) if _is_code(code))
                for row in set(zip(*(column for _, column in given), strict=True))}  # fmt: skip
        return [made[row] for row in zip(*(column for _, column in given), strict=True)]

    def kinds(self, recipe: Recipe) -> tuple[list[str | None], list[str]]:
        """Give what each row says that it is ("" where it does not say, None where it is left out), and its name."""
        names = self.texts("area")
        column = self._found.column("area")
        heading = "" if column is None else self._sheet.text(self._found.row, column)
        own = ["" if name == heading else name for name in names]
        kinds: list[str | None] = [""] * len(own)
        if "level" in self._found.roles:
            kinds = [recipe.levels.get(level.lower()) if level else "" for level in self.levels]
            own = [_name_of(kind, name, region) for kind, name, region in zip(kinds, own, self.regions, strict=True)]
        for total in self._rule.totals:
            for column in self._under(total.under):
                for i, text in enumerate(texts(self._rows, column)):
                    if match := total.pattern.fullmatch(text):
                        kinds[i], own[i] = total.kind, match["name"]
        return kinds, own

    def _under(self, headings: Sequence[str]) -> list[int]:
        row = self._sheet.rows[self._found.row]
        return [c for c, value in enumerate(row) if isinstance(value, str) and bare(value) in headings]


def texts(rows: Sequence[Sequence[Value]], column: int) -> list[str]:
    """Give a column as texts with single spaces; 608.0 is "608", an empty cell is "".

    >>> texts([[608.0], ["0931"], [None], []], 0)
    ['608', '0931', '', '']
    """
    values = [row[column] if column < len(row) else None for row in rows]
    written = {value: _text(value) for value in set(values)}
    return [written[value] for value in values]


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


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
    return sheet.issue(
        rows[0], found.column("level") or 0, found=f"{len(rows)} rows for the level {shown(level)}",
        expected="levels that the recipe knows", severity=Severity.WARNING,
        action="They were not read; add the level to the recipe if they matter.",
    )  # fmt: skip


def legend(sheet: Sheet, found: Found, meanings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Read what notes at the foot of a sheet say of its markers: what each means, and the note's own words."""
    told: dict[str, tuple[str, str]] = {}
    for row in sheet.rows[max(found.row + 1, len(sheet.rows) - _FOOT) :]:
        filled = [" ".join(str(value).split()) for value in row[:12] if value not in (None, "")]
        if 0 < len(filled) <= 3 and (match := _EXPLAINED.fullmatch(" ".join(dict.fromkeys(filled)))):
            text = match["text"]
            meaning = next((said for words, said in meanings.items() if re.search(words, text, re.IGNORECASE)), None)
            if meaning:
                told.setdefault(match["marker"].lower(), (meaning, text))
    return told
