"""One table of a release, from its cells to figures that know their area, measure, marker and place."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from perfkit.intake import coded
from perfkit.intake.coded import Coded, Ints
from perfkit.intake.markers import stands_for_nothing
from perfkit.intake.recipes import PARTS, Measure, Recipe, Rule, bare, layout, legend, stacks
from perfkit.intake.recipes import values as recipe_values
from perfkit.intake.recipes.cells import Cells
from perfkit.intake.recipes.facts import Facts, Subject, Told
from perfkit.intake.recipes.layout import Found
from perfkit.intake.recipes.rows import Block, Line
from perfkit.intake.recipes.values import Figures
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue

MOST_ISSUES = 100
"""Issues of one file that are told; a wrong column would otherwise be told ten thousand times."""
_IS_NAME = re.compile(r".*\b(code|urn|ukprn|laestab|lestab)|age( in years| years)?|key stage|quarter|month|"
                      r"week( number)?|(school |nc |national curriculum )?year group")  # fmt: skip
"""Headings of numbers that name or divide something, and measure nothing."""
_SOME = 0.1
"""Share of numbers from which on a column of as many texts as rows is taken for figures of which some went wrong."""
_FEW_WORDS = 3
"""Rows that a text must head on average to be taken for a group rather than a figure that went wrong."""


class Table:
    """One table on its way from cells to figures."""

    def __init__(self, sheet: Sheet, found: Found, cells: Cells, recipe: Recipe, rule: Rule, block: Block) -> None:
        self._sheet, self._found, self._rule, self._recipe, self._block = sheet, found, rule, recipe, block
        self._legend = legend.read(sheet, found, block.rows, recipe.legend)
        self._meanings = {**recipe.markers, **{sign: meaning for sign, (meaning, _) in self._legend.items()}}
        self._cells, self._places, self._size = cells, _places(block.rows - found.row - 1), len(block.rows)
        self._issues: list[Issue] = []

    def facts(self, issues: list[Issue]) -> Facts | None:
        """Give one fact for each figure, measure after measure; None where the table has no measure."""
        groups, measures = self._columns()
        self._subject, self._subjects = self._said(groups)
        self._note, self._notes = self._written(self._found.notes, _note)
        facts = self._long() if self._rule.long else self._wide(_by_measure(measures, self._found))
        issues += self._issues
        return None if facts is None else self._explained(facts)

    def _columns(self) -> tuple[list[int], list[tuple[Measure, str, int]]]:
        """Divide the columns into groups and measures; where the recipe names none, by what stands in them."""
        groups, measures = list(self._found.breakdowns), list(self._found.measures)
        self._issues += layout.unheaded(self._sheet, self._found, self._has_figures)
        if not self._rule.others:
            shares = {c: recipe_values.numeric(self._column(c), self._meanings) for c in self._found.others}
            numeric = {c for c, share in shares.items() if share > 0.5}
            self._issues += layout.unread(self._sheet, self._found, numeric)
            return groups, measures
        for column in self._found.others:
            values = self._column(column)
            if all(value in (None, "") for value in values):
                continue
            if _IS_NAME.fullmatch(bare(self._heading(column))) or self._is_group(values):
                groups.append(column)
            else:
                measures.append((self._measure(column), "heading", column))
        return groups, measures

    def _has_figures(self, column: int) -> bool:
        """Say whether most filled cells of a column are numbers, and these no mere count of the rows."""
        values = [value for value in self._column(column) if value not in (None, "")]
        if self._numbers(values) <= 0.5:
            return False
        steps = np.diff(recipe_values.read(values, meanings=self._meanings).values)
        return not (len(steps) and (steps == 1).all())

    def _is_group(self, values: Sequence[Value]) -> bool:
        share = recipe_values.numeric(values, self._meanings)
        distinct = {value for value in values if value not in (None, "")}
        if share < 1 and len(values) >= _FEW_WORDS * len(distinct):
            return True
        return share < 0.5 and self._numbers(values) < _SOME

    def _numbers(self, values: Sequence[Value]) -> float:
        """Give the share of filled cells that are numbers, which markers are not."""
        filled = [value for value in values if value not in (None, "")]
        return float(np.isfinite(recipe_values.read(filled, meanings=self._meanings).values).mean()) if filled else 0.0

    def _measure(self, column: int) -> Measure:
        heading = self._heading(column)
        words = bare(heading)
        percent = re.search(r"percent|\bperc\b|pct|%|\bppts\b", words)
        rate = re.search(r"per (\d+k?)", words)
        unit = "percent" if percent else f"rate {rate.group()}" if rate else ""
        return Measure(layout.identifier(words), heading, unit, None, None, None)

    def _said(self, groups: Sequence[int]) -> tuple[Ints, tuple[Subject, ...]]:
        """Tell rows apart by their line and their groups, in an order that outlives a move of their columns."""
        split, groups_of = self._written(sorted(groups, key=self._heading), _group)
        if groups_of == ("",):
            return self._block.line, _subjects(self._block.lines)
        kinds, firsts = coded.combine([self._block.line, split])
        told = zip(self._block.line[firsts].tolist(), split[firsts].tolist(), strict=True)
        return kinds, tuple([_subject(self._block.lines[k], groups_of[g] or "all") for k, g in told])

    def _written(self, columns: Sequence[int], write: Callable[[str, str], str]) -> tuple[Ints, tuple[str, ...]]:
        """Number what stands in some columns of each row, and write each under its headings as one text."""
        told = {column: text for column in columns if len((text := self._texts(column)).words) > 1}
        if not told:
            return recipe_values.no_codes(self._size), ("",)
        texts, headings = list(told.values()), [self._heading(column) for column in told]
        kinds, firsts = (texts[0].codes, None) if len(texts) == 1 else coded.combine([text.codes for text in texts])
        rows = zip(*(text.words if firsts is None else text.words_of(firsts) for text in texts), strict=True)
        written = [[write(h, text) for h, text in zip(headings, row, strict=True) if text] for row in rows]
        return kinds, tuple(["; ".join(filter(None, words)) for words in written])

    def _texts(self, column: int) -> Coded:
        return coded.code(self._column(column))

    def _column(self, column: int) -> Sequence[Value]:
        """Give the cells of one column in the rows of figures."""
        cells = self._cells.column(column)
        return cells[self._places] if isinstance(self._places, slice) else self._places(cells)

    def _heading(self, column: int) -> str:
        return stacks.heading(self._sheet, self._found.row, column)

    def _wide(self, measures: Sequence[tuple[Measure, dict[str, int]]]) -> Facts | None:
        if not measures:
            return None
        names = tuple(Told(measure.id, measure.title, measure.unit) for measure, _ in measures)
        measure = np.repeat(np.arange(len(names), dtype=np.int64), self._size)
        return self._made(names, measure, [(m.unit, columns) for m, columns in measures])

    def _long(self) -> Facts:
        columns = [self._texts(c) for role in ("measure", "unit") for c in self._found.roles.get(role, ())]
        many = len(self._found.roles.get("measure", ()))
        kinds, firsts = coded.combine([recipe_values.no_codes(self._size), *(c.codes for c in columns)])
        told = tuple(self._told([c.at(i) for c in columns[:many]], [c.at(i) for c in columns[many:]])
                     for i in firsts.tolist())  # fmt: skip
        return self._made(told, kinds, [("", {"heading": self._found.roles["value"][0]})])

    def _told(self, titles: Sequence[str], units: Sequence[str]) -> Told:
        title, unit = ": ".join(filter(None, titles)), ": ".join(filter(None, units))
        known = self._recipe.units
        return Told(layout.identifier(title.lower()), title, known.get(unit.lower(), known.get("*", unit)))

    def _made(self, names: tuple[Told, ...], measure: Ints, measured: Sequence[tuple[str, dict[str, int]]]) -> Facts:
        """Put the figures of some columns under one another, with the counts that they are made of.

        ``measured`` gives for each of them its unit, and the columns of its parts.
        """
        many, size = len(measured), self._size
        places = [(k, part, unit, column) for k, (unit, columns) in enumerate(measured)
                  for part, column in columns.items()]  # fmt: skip
        figures = self._read([column for *_, column in places], [unit for _, _, unit, _ in places])
        parts, signs = {part: np.full((many, size), np.nan) for part in PARTS}, np.zeros((many, size), dtype=np.int64)
        read = zip(figures.values.reshape(-1, size), figures.codes.reshape(-1, size), strict=True)
        main = [columns.get("heading", next(iter(columns.values()))) for _, columns in measured]
        for (k, part, _, column), (values, codes) in zip(places, read, strict=True):
            parts[part][k] = values
            if column == main[k]:
                signs[k] = codes
        counted = [self._rule.adds or "heading" not in columns for _, columns in measured]
        return Facts(
            file=self._sheet.file, subjects=self._subjects, measures=names, signs=figures.signs, notes=self._notes,
            sheets=(self._sheet.name,), subject=_repeated(self._subject, many), measure=measure,
            sign=signs.ravel(), note=_repeated(self._note, many), sheet=np.zeros(many * size, dtype=np.int64),
            row=_repeated(self._block.rows, many), column=np.repeat(np.array(main, dtype=np.int64), size),
            value=parts["heading"].ravel(), numerator=parts["numerator"].ravel(),
            denominator=parts["denominator"].ravel(), adds=np.repeat(counted, size),
        )  # fmt: skip

    def _explained(self, facts: Facts) -> Facts:
        """Put what the sheet's notes say of a marker beside it."""
        said = [self._legend.get((sign or "").lower(), ("", ""))[1] for sign, _ in facts.signs]
        if not any(said):
            return facts
        notes = [note if not text else f"{note}; {text}" if note else text for note in facts.notes for text in said]
        return replace(facts, notes=tuple(notes), note=facts.note * len(said) + facts.sign)

    def _read(self, columns: Sequence[int], units: Sequence[str]) -> Figures:
        """Read some columns at once, one after another; of each so many problems are told."""
        cells = list(chain.from_iterable(map(self._column, columns)))
        figures = recipe_values.read(cells, units=units, meanings=self._meanings)
        told = Counter[int]()
        for i, problem in figures.problems:
            column, row = divmod(i, self._size)
            told[column] += 1
            if told[column] <= MOST_ISSUES:
                self._issues.append(problem.at(self._sheet, int(self._block.rows[row]), columns[column]))
        return figures


def _places(rows: Ints) -> slice | operator.itemgetter[Any]:
    """Give what takes some cells out of a column."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 > len(rows):
        return operator.itemgetter(*rows.tolist())
    return slice(int(rows[0]), int(rows[-1]) + 1) if len(rows) else slice(0)


def _repeated(column: Ints, many: int) -> Ints:
    return np.concatenate([column] * many)


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


@lru_cache(maxsize=1_024)
def _subjects(lines: tuple[Line, ...]) -> tuple[Subject, ...]:
    """Keep the subjects of lines that sheet after sheet repeats."""
    return tuple([_subject(line, "all") for line in lines])


@lru_cache(maxsize=65_536)
def _subject(line: Line, breakdown: str) -> Subject:
    return Subject(line, breakdown)


def _note(heading: str, text: str) -> str:
    if stands_for_nothing(text):
        return ""
    return heading if re.fullmatch(r"\W+|y(es)?|x", text, re.IGNORECASE) else text
