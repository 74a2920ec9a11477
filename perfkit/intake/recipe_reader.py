"""Read a national release by its recipe, to the tidy table `releases`.

Nothing is taken by its position: sheets are found by their names, tables by their headings, areas by the register.
Whatever a recipe does not account for (an unknown marker, area or period, two headings alike) is an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from openpyxl.utils import get_column_letter

from perfkit.intake import recipe_checks, recipe_layout, recipe_periods, recipe_rows, recipe_values
from perfkit.intake.grid import Sheet, Workbook
from perfkit.intake.reading import Reading, hidden
from perfkit.intake.recipe_layout import Found
from perfkit.intake.recipe_periods import When
from perfkit.intake.recipe_rows import Block
from perfkit.intake.recipes import FROM_FILE, Measure, Recipe, Rule, bare
from perfkit.model import schemas
from perfkit.model.errors import InputError, Issue, Severity, Where

Arrays = dict[str, npt.NDArray[Any]]
"""A table on its way: columns by name, all of one length."""
_TOP = 15
_MOST_ISSUES = 100
"""Issues of one file that are told; a wrong column would otherwise be told ten thousand times."""
_FEW_WORDS = 3
"""Rows that a text must head on average to be taken for a group rather than a figure that went wrong."""


def recognise(workbook: Workbook, recipes: Sequence[Recipe]) -> Recipe | None:
    """Give the first recipe that knows this workbook by its words, None where none does."""
    return next((recipe for recipe in recipes if _knows(recipe, workbook)), None)


def _knows(recipe: Recipe, workbook: Workbook) -> bool:
    if recipe.headings and not any(recipe_layout.headed(sheet, recipe.headings) for sheet in workbook.sheets):
        return False
    if not recipe.phrases:
        return True
    top = " ".join(_top(workbook)).lower()
    return any(phrase.lower() in top for phrase in recipe.phrases)


def _top(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets[:3]:
        for row in sheet.rows[:_TOP]:
            yield from (" ".join(value.split()) for value in row[:30] if isinstance(value, str))


def read(workbook: Workbook, recipe: Recipe) -> Reading:
    """Read a workbook by a recipe; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    when = None
    if not any("period" in rule.columns for rule in recipe.rules):
        when, found = recipe_periods.of_workbook(workbook, recipe)
        issues += found
        if when is None:
            return Reading({}, tuple(issues))
    frames = [frame for sheet in workbook.sheets if (frame := _sheet(sheet, recipe, when, issues)) is not None]
    frames = [frame for frame in frames if "measure" in frame]
    if not frames and not any(issue.stops for issue in issues):
        issues.append(Issue(Where(workbook.file), "no figures that the recipe describes", "at least one table",
                            f"Check the recipe {recipe.name}, or fetch the publisher's file again."))  # fmt: skip
    if not frames or any(issue.stops for issue in issues):
        return Reading({}, _few(issues, workbook.file))
    frame = recipe_checks.settle(_joined(frames), recipe, issues)
    return _reading(frame.assign(release=_series(workbook.file, recipe), status=recipe.status), workbook.file, issues)


def _reading(frame: pd.DataFrame, file: str, issues: list[Issue]) -> Reading:
    tables = {}
    if not any(issue.stops for issue in issues):
        try:
            tables = {"releases": schemas.conform(frame, schemas.RELEASES)}
        except InputError as error:
            issues += error.issues
    return Reading(tables, _few(issues, file))


def _few(issues: list[Issue], file: str) -> tuple[Issue, ...]:
    unique = sorted(dict.fromkeys(issues), key=lambda issue: (not issue.stops, issue))
    if len(unique) > _MOST_ISSUES:
        rest = len(unique) - _MOST_ISSUES
        more = Issue(
            Where(file), f"{rest:,} issues more", "none", "Mend those told first.", unique[_MOST_ISSUES].severity
        )
        unique = [*unique[:_MOST_ISSUES], more]
    return tuple(sorted(unique))


def _series(file: str, recipe: Recipe) -> str:
    if recipe.release != FROM_FILE:
        return recipe.release
    stem = re.split(r"[/\\]", file)[-1].rsplit(".", 1)[0].lower()
    passing = re.compile(r"(19|20)\d\d(\d\d)?|to|final|v\d+")
    words = [word for word in re.split(r"[^a-z0-9]+", stem) if word and not passing.fullmatch(word)]
    return "_".join(words) or recipe.name


def _sheet(sheet: Sheet, recipe: Recipe, when: When | None, issues: list[Issue]) -> Arrays | None:
    name = sheet.name.strip()
    rule = next((rule for rule in recipe.rules if rule.sheets.fullmatch(name)), None)
    if (name and recipe.ignored.fullmatch(name)) or not sheet.rows:
        return None
    where = Where(sheet.file, sheet.name)
    if rule is None:
        issues.append(Issue(where, "a sheet that the recipe does not know", "the sheets it names",
                            "It was not read; add it to the recipe if it matters.", Severity.WARNING))  # fmt: skip
        return None
    found = recipe_layout.find(sheet, rule)
    if found is None:
        issues.append(_unheaded(where, rule, recipe))
        return None
    issues += recipe_layout.doubled(sheet, found, recipe)
    issues += _ragged(sheet, found)
    block = recipe_rows.read(sheet, found, rule, recipe, when)
    issues += block.issues
    return _Table(sheet, found, rule, recipe).frame(block, issues) if block.numbers else None


def _unheaded(where: Where, rule: Rule, recipe: Recipe) -> Issue:
    """Tell of a sheet without headings; it may be no table where the recipe takes sheets of any name."""
    needed = " and ".join(f'"{rule.columns[role][0]}"' for role in rule.needed if role in rule.columns)
    expected = f"one with {needed} and a measure of the recipe {recipe.name}"
    if rule.perhaps:
        return Issue(where, "no row of headings", expected, "It was not read.", Severity.WARNING)
    action = "Compare the headings with the recipe, and add the new words to it."
    return Issue(where, "no row of headings", expected, action)


def _ragged(sheet: Sheet, found: Found) -> Iterator[Issue]:
    """Tell of rows of a CSV file with more or fewer cells than the headings: it was cut short, or a comma is loose."""
    if sheet.name:
        return
    width = len(sheet.rows[found.row])
    wrong = [r for r in range(found.row + 1, len(sheet.rows)) if sheet.rows[r] and len(sheet.rows[r]) != width]
    for r in wrong[:5]:
        found_, expected = f"a row of {len(sheet.rows[r])} cells", f"{width}, as the headings"
        action = "Fetch the publisher's file again; a row was cut short or a comma is loose."
        yield sheet.issue(r, 0, found=found_, expected=expected, action=action)


class _Table:
    """One table on its way from cells to rows of `releases`."""

    def __init__(self, sheet: Sheet, found: Found, rule: Rule, recipe: Recipe) -> None:
        self._sheet, self._found, self._rule, self._recipe = sheet, found, rule, recipe
        self._legend = recipe_rows.legend(sheet, found, recipe.legend)
        self._meanings = {**recipe.markers, **{sign: meaning for sign, (meaning, _) in self._legend.items()}}

    def frame(self, block: Block, issues: list[Issue]) -> Arrays:
        """Give one row for each figure, measure after measure."""
        rows = [self._sheet.rows[number] for number in block.numbers]
        breakdowns, measures = self._columns(rows, issues)
        numbers = [number + 1 for number in block.numbers]
        if self._rule.long:
            parts = [self._long(rows, numbers, issues)]
        else:
            dropped = {column for pair in self._found.doubled for column in pair}
            columns: dict[str, dict[str, int]] = {}
            for measure, part, column in measures:
                if column not in dropped:
                    columns.setdefault(measure.id, {})[part] = column
            by_id = {measure.id: measure for measure, _, _ in measures}
            parts = [self._wide(rows, numbers, (by_id[key], places), issues) for key, places in columns.items()]
        if not parts:
            return {}
        base = self._base(block, rows, breakdowns)
        told = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        return self._explained({name: np.tile(column, len(parts)) for name, column in base.items()} | told)

    def _base(self, block: Block, rows: Sequence[Sequence[object]], breakdowns: Sequence[int]) -> Arrays:
        regions = [place.region or region or None for place, region in zip(block.places, block.regions, strict=True)]
        columns: dict[str, Sequence[object]] = {
            "area": [place.area for place in block.places],
            "area_kind": [place.kind for place in block.places],
            "area_name": block.names,
            "area_code": block.codes,
            "region": regions,
            "period": [when.label for when in block.whens],
            "calendar": [when.calendar for when in block.whens],
            "breakdown": self._groups(rows, breakdowns),
            "note": self._notes(rows),
            "file": [self._sheet.file] * len(rows),
            "sheet": [self._sheet.name] * len(rows),
        }
        flags = {"ended": [place.ended for place in block.places], "adds": [self._rule.adds] * len(rows)}
        return {name: _objects(column) for name, column in columns.items()} | {n: np.array(f) for n, f in flags.items()}

    def _columns(
        self, rows: Sequence[Sequence[object]], issues: list[Issue]
    ) -> tuple[list[int], list[tuple[Measure, str, int]]]:
        """Divide the columns into groups and measures; where the recipe names none, by what stands in them."""
        groups, measures = list(self._found.breakdowns), list(self._found.measures)
        if not self._rule.others:
            numeric = {c for c in self._found.others if recipe_values.numeric(_column(rows, c), self._meanings) > 0.5}
            issues += recipe_layout.unread(self._sheet, self._found, numeric)
            return groups, measures
        for column in self._found.others:
            values = _column(rows, column)
            if all(value in (None, "") for value in values):
                continue
            if self._is_group(values):
                groups.append(column)
            else:
                measures.append((self._measure(column), "heading", column))
        return groups, measures

    def _is_group(self, values: Sequence[object]) -> bool:
        share = recipe_values.numeric(values, self._meanings)
        distinct = {value for value in values if value not in (None, "")}
        return share < 0.5 or (share < 1 and len(values) >= _FEW_WORDS * len(distinct))

    def _measure(self, column: int) -> Measure:
        heading = self._sheet.text(self._found.row, column)
        words = bare(heading)
        percent = re.search(r"percent|pct|%|\bppts\b", words)
        rate = re.search(r"per (\d+k?)", words)
        unit = "percent" if percent else f"rate {rate.group()}" if rate else ""
        return Measure(re.sub(r"[^a-z0-9]+", "_", words).strip("_"), heading, unit, None, None, None)

    def _groups(self, rows: Sequence[Sequence[object]], columns: Sequence[int]) -> list[str]:
        names = [self._sheet.text(self._found.row, c) for c in columns]
        texts = [recipe_rows.texts(rows, c) for c in columns]
        if not columns:
            return ["all"] * len(rows)
        written = {row: "; ".join(f"{n}={t}" for n, t in zip(names, row, strict=True) if t) or "all"
                   for row in set(zip(*texts, strict=True))}  # fmt: skip
        return [written[row] for row in zip(*texts, strict=True)]

    def _notes(self, rows: Sequence[Sequence[object]]) -> list[str | None]:
        if not self._found.notes:
            return [None] * len(rows)
        names = [self._sheet.text(self._found.row, c) for c in self._found.notes]
        texts = [recipe_rows.texts(rows, c) for c in self._found.notes]
        return ["; ".join(_note(n, t) for n, t in zip(names, row, strict=True) if t) or None
                for row in zip(*texts, strict=True)]  # fmt: skip

    def _wide(
        self, rows: Sequence[Sequence[object]], numbers: Sequence[int], told: tuple[Measure, dict[str, int]],
        issues: list[Issue],
    ) -> Arrays:  # fmt: skip
        measure, places = told
        main = places.get("heading", next(iter(places.values())))
        read = {part: self._read(rows, numbers, column, measure.unit, issues) for part, column in places.items()}
        blank = recipe_values.blank(len(rows))
        figures = read.get("heading", blank)
        same = {"measure": measure.id, "measure_title": measure.title, "unit": measure.unit or None}
        return {name: _objects([value] * len(rows)) for name, value in same.items()} | {
            "value": figures.values,
            "numerator": read.get("numerator", blank).values,
            "denominator": read.get("denominator", blank).values,
            "marker": figures.markers,
            "marker_means": figures.means,
            "cell": _cells(main, numbers),
        }

    def _long(self, rows: Sequence[Sequence[object]], numbers: Sequence[int], issues: list[Issue]) -> Arrays:
        column = self._found.roles["value"][0]
        titles, texts = self._joined(rows, "measure"), self._joined(rows, "unit")
        units = {unit: self._recipe.units.get(unit.lower(), unit) or None for unit in set(texts)}
        figures = self._read(rows, numbers, column, "", issues)
        ids = {title: re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or None for title in set(titles)}
        blank = recipe_values.blank(len(rows))
        return {
            "measure": _objects([ids[title] for title in titles]),
            "measure_title": _objects(titles),
            "unit": _objects([units[text] for text in texts]),
            "value": figures.values,
            "numerator": blank.values,
            "denominator": blank.values,
            "marker": figures.markers,
            "marker_means": figures.means,
            "cell": _cells(column, numbers),
        }

    def _joined(self, rows: Sequence[Sequence[object]], role: str) -> list[str]:
        columns = [recipe_rows.texts(rows, c) for c in self._found.roles.get(role, ())]
        if len(columns) <= 1:
            return columns[0] if columns else [""] * len(rows)
        written = {row: ": ".join(filter(None, row)) for row in set(zip(*columns, strict=True))}
        return [written[row] for row in zip(*columns, strict=True)]

    def _explained(self, arrays: Arrays) -> Arrays:
        """Put what the sheet's notes say of a marker beside it."""
        if not self._legend:
            return arrays
        said = {sign: text for sign, (_, text) in self._legend.items()}
        notes = [
            note if sign is None else "; ".join(filter(None, (note, said.get(sign.lower())))) or None
            for note, sign in zip(arrays["note"], arrays["marker"], strict=True)
        ]
        return arrays | {"note": _objects(notes)}

    def _read(
        self, rows: Sequence[Sequence[object]], numbers: Sequence[int], column: int, unit: str, issues: list[Issue]
    ) -> recipe_values.Figures:
        figures = recipe_values.read(_column(rows, column), unit=unit, meanings=self._meanings)
        issues += [problem.at(self._sheet, numbers[i] - 1, column) for i, problem in figures.problems[:_MOST_ISSUES]]
        return figures


def _joined(tables: Sequence[Arrays]) -> pd.DataFrame:
    """Put the tables of a workbook together: one frame, made once, since frames are slow to make."""
    full = [table for table in tables if "measure" in table]
    return pd.DataFrame({name: np.concatenate([table[name] for table in full]) for name in full[0]})


def _objects(values: Sequence[object]) -> recipe_values.Objects:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _cells(column: int, numbers: Sequence[int]) -> recipe_values.Objects:
    letters = get_column_letter(column + 1)
    return _objects([f"{letters}{number}" for number in numbers])


def _column(rows: Sequence[Sequence[object]], column: int) -> list[object]:
    return [row[column] if column < len(row) else None for row in rows]


def _note(heading: str, text: str) -> str:
    return heading if re.fullmatch(r"\W+|y(es)?|x", text, re.IGNORECASE) else text
