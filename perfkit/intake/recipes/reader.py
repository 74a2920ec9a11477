"""Read a national release by its recipe, to the tidy table `releases`.

Nothing is taken by its position: sheets are found by their names, tables by their headings, areas by the register.
Whatever a recipe does not account for (an unknown marker, area or period, two headings alike) is an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfkit.intake.drafts import Draft
from perfkit.intake.headings import words
from perfkit.intake.reading import Reading, hidden
from perfkit.intake.recipes import FROM_FILE, Recipe, Rule, checks, layout, rows, titles
from perfkit.intake.recipes import facts as recipe_facts
from perfkit.intake.recipes.cells import Cells
from perfkit.intake.recipes.facts import Facts
from perfkit.intake.recipes.layout import Found
from perfkit.intake.recipes.periods import When
from perfkit.intake.recipes.table import MOST_ISSUES, Table
from perfkit.intake.unread import NOTES
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model import repeated
from perfkit.model.errors import InputError, Issue, Severity, Where

_TOP = 15
Located = tuple[Sheet, Rule, Found]
"""A sheet with the rule that it is read by, and the headings that were found."""


def recognise(workbook: Workbook, recipes: Sequence[Recipe]) -> Recipe | None:
    """Give the first recipe that knows this workbook by its words, None where none does.

    Where it is one that perfkit brings, and asks for a quarter where the workbook tells a year, it yields to another;
    of a file that is one table the headings say more than its name.
    """
    top = " ".join(_top(workbook)).lower()
    first = next((recipe for recipe in recipes if _knows(recipe, workbook, top)), None)
    if first is None or not first.shipped or first.headings:
        return first
    if len(workbook.sheets) == 1:
        headed = (recipe for recipe in recipes if recipe.headings and _knows(recipe, workbook, top))
        first = next(headed, first)
        if first.headings:
            return first
    found = [recipe for recipe in recipes if not recipe.headings and _knows(recipe, workbook, top)]
    if len(found) == 1:
        return first
    return next((recipe for recipe in found if not titles.of_workbook(workbook, recipe)[1]), first)


def _knows(recipe: Recipe, workbook: Workbook, top: str) -> bool:
    if recipe.headings and not any(layout.headed(sheet, recipe.headings) for sheet in workbook.sheets):
        return False
    named = recipe.files.search(re.split(r"[/\\]", workbook.file)[-1]) is not None
    return named or any(phrase in top for phrase in recipe.phrases) or bool(recipe.headings and not recipe.phrases)


def _top(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets[:3]:
        for row in sheet.rows[:_TOP]:
            yield from (" ".join(value.split()) for value in row[:30] if isinstance(value, str))


def read(workbook: Workbook, recipe: Recipe) -> Reading:
    """Read a workbook by a recipe; with an issue that stops there is no table."""
    issues: list[Issue] = list(hidden(workbook))
    located = [place for sheet in workbook.sheets for place in _located(sheet, recipe, issues)]
    when, untold = _when(workbook, recipe, located)
    if untold:
        issues += untold
        if when is None:
            return Reading({}, tuple(sorted(issues)))
    issues += _of_other_quarters(located, recipe, when) if when is not None else ()
    tables = [facts for place in located if (facts := _facts(place, recipe, when, issues)) is not None]
    if not tables and not any(issue.stops for issue in issues):
        issues.append(_nothing(workbook.file, recipe))
    if not tables or any(issue.stops for issue in issues):
        return Reading({}, _few(issues, workbook.file))
    facts = checks.settle(recipe_facts.join(tables), recipe, issues)
    return _reading(facts, recipe, issues)


def _nothing(file: str, recipe: Recipe) -> Issue:
    found = f'a release of "{recipe.title}" without figures that the recipe {recipe.name} describes'
    action = "Add its headings to a copy of the recipe (see How to add a release), or load the publisher's CSV file."
    return Issue(Where(file), found, "at least one table", action)


def _reading(facts: Facts, recipe: Recipe, issues: list[Issue]) -> Reading:
    tables: dict[str, Draft] = {}
    if not any(issue.stops for issue in issues):
        try:
            tables["releases"] = recipe_facts.draft(facts, release=_series(facts.file, recipe), status=recipe.status)
        except InputError as error:
            issues += error.issues
    return Reading(tables, _few(issues, facts.file))


def _few(issues: list[Issue], file: str) -> tuple[Issue, ...]:
    unique = sorted(repeated.once(issues), key=lambda issue: not issue.stops)
    if len(unique) > MOST_ISSUES:
        rest = len(unique) - MOST_ISSUES
        more = Issue(
            Where(file), f"{rest:,} issues more", "none", "Mend those told first.", unique[MOST_ISSUES].severity
        )
        unique = [*unique[:MOST_ISSUES], more]
    return tuple(sorted(unique))


def _series(file: str, recipe: Recipe) -> str:
    if recipe.release != FROM_FILE:
        return recipe.release
    stem = re.split(r"[/\\]", file)[-1].rsplit(".", 1)[0].lower()
    passing = re.compile(r"(19|20)\d\d(\d\d)?|to|final|v\d+")
    words = [word for word in re.split(r"[^a-z0-9]+", stem) if word and not passing.fullmatch(word)]
    return "_".join(words) or recipe.name


def _when(workbook: Workbook, recipe: Recipe, located: Sequence[Located]) -> tuple[When | None, list[Issue]]:
    """Give the period of the workbook, and what is wrong with it where a table does not tell its own."""
    told = [found.dated for _, _, found in located] or [any("period" in rule.columns for rule in recipe.rules)]
    asked = not all(told)
    if not asked and not recipe.periods.titles:
        return None, []
    when, issues = titles.of_workbook(_titled(workbook, located), recipe)
    return when, issues if asked else []


def _titled(workbook: Workbook, located: Sequence[Located]) -> Workbook:
    """Leave of a workbook what may hold its titles: of tables that tell periods themselves, what stands above them."""
    across = {sheet.name for sheet, _, found in located if found.when is not None}
    tops = {sheet.name: found.row for sheet, _, found in reversed(located) if found.dated}
    sheets = [sheet if sheet.name not in tops else replace(sheet, rows=sheet.rows[: tops[sheet.name]])
              for sheet in workbook.sheets if sheet.name not in across]  # fmt: skip
    return replace(workbook, sheets=tuple(sheets))


def _of_other_quarters(located: Sequence[Located], recipe: Recipe, when: When) -> Iterator[Issue]:
    """Tell of sheets whose own title says another quarter, though their figures would be taken for the workbook's."""
    first = {sheet.name: (sheet, found) for sheet, _, found in reversed(located)}
    for sheet, found in first.values():
        if not found.dated:
            yield from titles.of_sheet(sheet, found.row, recipe, when)


def _located(sheet: Sheet, recipe: Recipe, issues: list[Issue]) -> list[Located]:
    """Find the tables of a sheet; a sheet that has none although it should is told."""
    name = sheet.name.strip()
    rule = next((rule for rule in recipe.rules if rule.sheets.fullmatch(name)), None)
    if (name and recipe.ignored.fullmatch(name)) or not sheet.rows:
        return []
    where = Where(sheet.file, sheet.name)
    if rule is None and words(name) in NOTES:
        return []
    if rule is None:
        issues.append(Issue(where, "a sheet that the recipe does not know", "the sheets it names",
                            "It was not read; add it to the recipe if it matters.", Severity.WARNING))  # fmt: skip
        return []
    blocks = layout.find(sheet, rule)
    if not blocks:
        issues.append(_unheaded(where, rule, recipe))
    return [(sheet, rule, found) for found in blocks]


def _facts(located: Located, recipe: Recipe, when: When | None, issues: list[Issue]) -> Facts | None:
    sheet, rule, found = located
    issues += layout.doubled(sheet, found, recipe)
    issues += _ragged(sheet, found)
    cells = Cells(sheet.rows[found.row + 1 : found.end])
    block = rows.read(sheet, found, cells, rule, recipe, found.when or when)
    issues += block.issues
    return Table(sheet, found, cells, recipe, rule, block).facts(issues) if len(block.rows) else None


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
