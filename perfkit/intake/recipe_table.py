"""One table of a release, from its cells to figures that know their area, measure, marker and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from perfkit.intake import coded, recipe_layout, recipe_rows, recipe_values
from perfkit.intake.coded import Coded, Ints
from perfkit.intake.grid import Sheet, Value
from perfkit.intake.recipe_facts import Facts, Subject, Told, join
from perfkit.intake.recipe_layout import Found
from perfkit.intake.recipe_rows import Block, Line, cells_of
from perfkit.intake.recipe_values import Figures
from perfkit.intake.recipes import Measure, Recipe, Rule, bare
from perfkit.model.errors import Issue

MOST_ISSUES = 100
"""Issues of one file that are told; a wrong column would otherwise be told ten thousand times."""
_FEW_WORDS = 3
"""Rows that a text must head on average to be taken for a group rather than a figure that went wrong."""


class Table:
    """One table on its way from cells to figures."""

    def __init__(self, sheet: Sheet, found: Found, recipe: Recipe, rule: Rule, block: Block) -> None:
        self._sheet, self._found, self._rule, self._recipe, self._block = sheet, found, rule, recipe, block
        self._legend = recipe_rows.legend(sheet, found, recipe.legend)
        self._meanings = {**recipe.markers, **{sign: meaning for sign, (meaning, _) in self._legend.items()}}
        first, last = (int(block.rows[0]), int(block.rows[-1]) + 1) if len(block.rows) else (0, 0)
        whole = last - first == len(block.rows)
        self._rows = sheet.rows[first:last] if whole else [sheet.rows[r] for r in block.rows.tolist()]
        self._issues: list[Issue] = []

    def facts(self, issues: list[Issue]) -> Facts | None:
        """Give one fact for each figure, measure after measure; None where the table has no measure."""
        groups, measures = self._columns()
        self._subject, self._subjects = self._said(groups)
        self._notes, self._note = _listed([subject.note for subject in self._subjects], self._subject)
        wide = () if self._rule.long else _by_measure(measures, self._found)
        parts = [self._wide(*told) for told in wide] or ([self._long()] if self._rule.long else [])
        issues += self._issues
        return self._explained(join(parts)) if parts else None

    def _columns(self) -> tuple[list[int], list[tuple[Measure, str, int]]]:
        """Divide the columns into groups and measures; where the recipe names none, by what stands in them."""
        groups, measures = list(self._found.breakdowns), list(self._found.measures)
        if not self._rule.others:
            shares = {c: recipe_values.numeric(cells_of(self._rows, c), self._meanings) for c in self._found.others}
            numeric = {c for c, share in shares.items() if share > 0.5}
            self._issues += recipe_layout.unread(self._sheet, self._found, numeric)
            return groups, measures
        for column in self._found.others:
            values = cells_of(self._rows, column)
            if all(value in (None, "") for value in values):
                continue
            if self._is_group(values):
                groups.append(column)
            else:
                measures.append((self._measure(column), "heading", column))
        return groups, measures

    def _is_group(self, values: Sequence[Value]) -> bool:
        share = recipe_values.numeric(values, self._meanings)
        distinct = {value for value in values if value not in (None, "")}
        return share < 0.5 or (share < 1 and len(values) >= _FEW_WORDS * len(distinct))

    def _measure(self, column: int) -> Measure:
        heading = self._sheet.text(self._found.row, column)
        words = bare(heading)
        percent = re.search(r"percent|pct|%|\bppts\b", words)
        rate = re.search(r"per (\d+k?)", words)
        unit = "percent" if percent else f"rate {rate.group()}" if rate else ""
        return Measure(recipe_layout.identifier(words), heading, unit, None, None, None)

    def _said(self, groups: Sequence[int]) -> tuple[Ints, tuple[Subject, ...]]:
        """Tell rows apart by their line, their groups and their notes."""
        split = [self._texts(column) for column in groups]
        noted = [self._texts(column) for column in self._found.notes]
        kinds, firsts = coded.combine([self._block.line, *(column.codes for column in (*split, *noted))])
        heads = [self._heading(column) for column in groups]
        notes = [self._heading(column) for column in self._found.notes]
        lines = [self._block.lines[k] for k in self._block.line[firsts].tolist()]
        groups_of = _written(heads, [column.words_of(firsts) for column in split], len(firsts))
        notes_of = _written(notes, [column.words_of(firsts) for column in noted], len(firsts), write=_note)
        return kinds, tuple(map(_subject, lines, (group or "all" for group in groups_of), notes_of))

    def _texts(self, column: int) -> Coded:
        return coded.code(cells_of(self._rows, column))

    def _heading(self, column: int) -> str:
        return self._sheet.text(self._found.row, column)

    def _wide(self, measure: Measure, places: dict[str, int]) -> Facts:
        read = {part: self._read(column, measure.unit) for part, column in places.items()}
        main = places.get("heading", next(iter(places.values())))
        told = (Told(measure.id, measure.title, measure.unit),)
        return self._made(read, main, told, np.zeros(len(self._rows), dtype=np.int64))

    def _long(self) -> Facts:
        columns = [self._texts(c) for role in ("measure", "unit") for c in self._found.roles.get(role, ())]
        many = len(self._found.roles.get("measure", ()))
        kinds, firsts = coded.combine([np.zeros(len(self._rows), dtype=np.int64), *(c.codes for c in columns)])
        told = tuple(self._told([c.at(i) for c in columns[:many]], [c.at(i) for c in columns[many:]])
                     for i in firsts.tolist())  # fmt: skip
        main = self._found.roles["value"][0]
        return self._made({"heading": self._read(main, "")}, main, told, kinds)

    def _told(self, titles: Sequence[str], units: Sequence[str]) -> Told:
        title, unit = ": ".join(filter(None, titles)), ": ".join(filter(None, units))
        return Told(recipe_layout.identifier(title.lower()), title, self._recipe.units.get(unit.lower(), unit))

    def _made(self, read: dict[str, Figures], main: int, measures: tuple[Told, ...], measure: Ints) -> Facts:
        size = len(self._rows)
        blank = recipe_values.blank(size)
        figures = read.get("heading", blank)
        same = np.zeros(size, dtype=np.int64)
        return Facts(
            file=self._sheet.file, subjects=self._subjects, measures=measures, signs=figures.signs,
            notes=self._notes, sheets=(self._sheet.name,), subject=self._subject, measure=measure,
            sign=figures.codes, note=self._note, sheet=same, row=self._block.rows,
            column=np.full(size, main, dtype=np.int64), value=figures.values,
            numerator=read.get("numerator", blank).values, denominator=read.get("denominator", blank).values,
            adds=np.full(size, self._rule.adds),
        )  # fmt: skip

    def _explained(self, facts: Facts) -> Facts:
        """Put what the sheet's notes say of a marker beside it."""
        said = [self._legend.get((sign or "").lower(), ("", ""))[1] for sign, _ in facts.signs]
        if not any(said):
            return facts
        kinds, firsts = coded.combine([facts.note, facts.sign])
        notes = ["; ".join(filter(None, (facts.notes[facts.note[i]], said[facts.sign[i]]))) for i in firsts.tolist()]
        return replace(facts, notes=tuple(notes), note=kinds)

    def _read(self, column: int, unit: str) -> Figures:
        figures = recipe_values.read(cells_of(self._rows, column), unit=unit, meanings=self._meanings)
        self._issues += [problem.at(self._sheet, int(self._block.rows[i]), column)
                         for i, problem in figures.problems[:MOST_ISSUES]]  # fmt: skip
        return figures


def _listed(notes: Sequence[str], subject: Ints) -> tuple[tuple[str, ...], Ints]:
    """Give the distinct notes of subjects, and the place of each row's among them."""
    places = {note: place for place, note in enumerate(dict.fromkeys(notes))}
    return tuple(places), np.array([places[note] for note in notes], dtype=np.int64)[subject]


def _group(heading: str, text: str) -> str:
    return f"{heading}={text}"


def _by_measure(measures: Sequence[tuple[Measure, str, int]], found: Found) -> list[tuple[Measure, dict[str, int]]]:
    """Put the columns of each measure together: its figure, and the counts that it is made of."""
    dropped = {column for pair in found.doubled for column in pair}
    columns: dict[str, dict[str, int]] = {}
    for measure, part, column in measures:
        if column not in dropped:
            columns.setdefault(measure.id, {})[part] = column
    by_id = {measure.id: measure for measure, _, _ in measures}
    return [(by_id[key], places) for key, places in columns.items()]


@lru_cache(maxsize=65_536)
def _subject(line: Line, breakdown: str, note: str) -> Subject:
    return Subject(line, breakdown, note)


def _written(
    headings: Sequence[str], columns: Sequence[Sequence[str]], size: int, *, write: Callable[[str, str], str] = _group
) -> list[str]:
    """Write the filled cells of each row under their headings as one text."""
    if not columns:
        return [""] * size
    return ["; ".join(write(name, text) for name, text in zip(headings, row, strict=True) if text)
            for row in zip(*columns, strict=True)]  # fmt: skip


def _note(heading: str, text: str) -> str:
    return heading if re.fullmatch(r"\W+|y(es)?|x", text, re.IGNORECASE) else text
