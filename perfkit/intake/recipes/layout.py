"""Find the table that a recipe describes on a sheet: its row of headings, and what each column is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from perfkit.intake.recipes import PARTS, Measure, Recipe, Rule, bare, stacks
from perfkit.intake.recipes.across import split
from perfkit.intake.recipes.periods import When
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity

DEPTH = 60
"""Rows from the top in which headings are looked for."""
_NUMBER = re.compile(r"^(?:table|figure|sheet) \w+ ")
"""What numbers a title, in bare words."""
_LONG = 20_000
"""Rows beyond which no second row of headings is looked for."""


@dataclass(frozen=True)
class Found:
    """A table's row of headings, and the columns of roles, measures (by what they give), groups, notes and the rest.

    ``end`` is the row of the next headings, None where the table goes on to the sheet's end; ``when`` the period that
    the headings tell. ``texts`` are the headings in bare words, and ``unheaded`` the columns that have none.
    """

    row: int
    roles: Mapping[str, tuple[int, ...]]
    measures: tuple[tuple[Measure, str, int], ...]
    breakdowns: tuple[int, ...]
    notes: tuple[int, ...]
    others: tuple[int, ...]
    doubled: tuple[tuple[int, int], ...]
    end: int | None = None
    when: When | None = None
    texts: tuple[str | None, ...] = ()
    unheaded: tuple[int, ...] = ()

    def column(self, role: str) -> int | None:
        """Give the first column of a role, None where the sheet has none."""
        return next(iter(self.roles.get(role, ())), None)

    @property
    def dated(self) -> bool:
        """Whether the table tells its periods itself."""
        return self.when is not None or "period" in self.roles or "identifier" in self.roles


def find(sheet: Sheet, rule: Rule) -> list[Found]:
    """Find the first row that holds all that the rule needs and at least one measure, and the like of it further down.

    Blocks that stand under one another are so many tables, each with headings of its own and the same first of them.
    """
    needed = [frozenset(rule.columns.get(role, ())) for role in rule.needed]
    recent = deque[set[str]](maxlen=stacks.HIGHEST + 1)
    for row in range(min(DEPTH, len(sheet.rows))):
        recent.append({bare(value) for value in sheet.rows[row] if isinstance(value, str)})
        if not recent[-1] or any(all(map(names.isdisjoint, recent)) for names in needed):
            continue
        found = _match(sheet, row, rule, above=0)
        if any(_whole(part, rule) for part in found):
            return _stacked(sheet, _lowest(sheet, found, rule), rule)
    return []


def _whole(found: Found, rule: Rule) -> bool:
    return all(role in found.roles for role in rule.needed) and bool(found.measures or rule.others or rule.long)


def _lowest(sheet: Sheet, found: list[Found], rule: Rule) -> list[Found]:
    """Go down to the last row of headings, where they go on below the one that was found."""
    row = found[0].row
    while stacks.goes_on(sheet, row, {c for columns in found[0].roles.values() for c in columns}):
        row += 1
        lower = _match(sheet, row, rule, above=0)
        if sum(len(part.measures) for part in lower) < sum(len(part.measures) for part in found):
            break
        found = lower
    return found


def _stacked(sheet: Sheet, first: list[Found], rule: Rule) -> list[Found]:
    column = first[0].roles[rule.needed[0]][0] if rule.needed else 0
    own = stacks.row_of(sheet, first[0].row, column)
    if own is None or not sheet.name or len(sheet.rows) > _LONG:
        return first
    heading, deep, below = sheet.at(own, column), first[0].row - own, first[0].row + 1
    again = [r for r, row in enumerate(sheet.rows[below:], below) if len(row) > column and row[column] == heading]
    blocks = [first]
    for row in (row for row in again if row + deep < len(sheet.rows)):
        block = _match(sheet, row + deep, rule, above=blocks[-1][0].row + 1)
        if any(_whole(part, rule) for part in block):
            blocks[-1] = [replace(part, end=row) for part in blocks[-1]]
            blocks.append(block)
    return [part for block in blocks for part in block]


def headed(sheet: Sheet, headings: tuple[str, ...]) -> bool:
    """Say whether a row near the top holds all these headings."""
    rows = ([value for value in row if isinstance(value, str)] for row in sheet.rows[:DEPTH])
    return any(len(texts) >= len(headings) and set(headings) <= set(map(bare, texts)) for texts in rows)


def _match(sheet: Sheet, row: int, rule: Rule, *, above: int) -> list[Found]:
    """Match a row of headings: one table, or one for each period that the headings tell."""
    dated = split(sheet.rows[row], sheet.rows[row - 1] if row else (), rule.across)
    higher = range(above, row)
    start, over = _start(sheet, higher, rule), dated.above
    if any(not dated.own[c] and not over[c] for c in dated.periods):
        said = _said(sheet, higher, rule, start)
        over = [text or (said if c in dated.periods else "") for c, text in enumerate(over)]
    stack = stacks.above(sheet, row, over, top=above)
    texts = tuple([_heading(sheet, row, c, text, stack[c]) for c, text in enumerate(dated.own)])
    found = _matched(rule, texts, tuple(stack), start)
    if found.others and found.roles:
        wider = stacks.spread(sheet, row, over, top=above, over=set(found.others))
        again = _matched(rule, texts, tuple(wider), start)
        found = found if len(again.doubled) > len(found.doubled) else again
    found = replace(found, row=row)
    if not dated.periods:
        return [found]
    parts = [_of_period(found, {c for c, own in dated.periods.items() if own == when}, when)
             for when in dict.fromkeys(dated.periods.values())]  # fmt: skip
    undated = _of_period(found, set(range(len(texts))) - set(dated.periods), None)
    if undated.measures or (undated.others and rule.others):
        return [*parts, undated]
    # Other columns without a period are told with the first part: on their own they would ask for one.
    return [replace(parts[0], others=(*parts[0].others, *undated.others)), *parts[1:]]


def _heading(sheet: Sheet, row: int, column: int, own: str, above: tuple[str, ...]) -> str | None:
    """Give a column's heading, or else what stands above it alone; None where the cell is another's, or no text."""
    value = stacks.written(sheet.rows[row][column])
    if sheet.is_lent(row, column) or not (value is None or isinstance(value, str)):
        return None
    if own or (value and value.strip()):
        return own
    higher = stacks.row_of(sheet, row, column)
    return None if higher is None or sheet.is_lent(higher, column) else next(iter(above), None)


def _said(sheet: Sheet, above: range, rule: Rule, start: str) -> str:
    """Give the words of a measure that a sheet's name or a title says of columns that are headed by a period alone."""
    texts = [sheet.name, *(value for row in above for value in sheet.rows[row] if isinstance(value, str))]
    said = (_NUMBER.sub("", bare(text)) for text in texts)
    return next((words for words in said if _hit(rule, words, (), start)), "")


def _of_period(found: Found, columns: set[int], when: When | None) -> Found:
    """Leave of a table the columns of one period, or those of none; who the rows are about stands beside them all."""
    measures = tuple(hit for hit in found.measures if hit[2] in columns)
    doubled = tuple(pair for pair in found.doubled if set(pair) <= columns)
    others = tuple(column for column in found.others if column in columns)
    return replace(found, measures=measures, others=others, doubled=doubled, when=when)


@lru_cache(maxsize=256)
def _matched(rule: Rule, told: tuple[str | None, ...], above: tuple[tuple[str, ...], ...], start: str) -> Found:
    """Find what columns are by their headings, which sheet after sheet repeats; None is no heading of its own."""
    texts = {c: text for c, text in enumerate(told) if text is not None}
    roles = {role: tuple(c for c, text in texts.items() if text in names) for role, names in rule.columns.items()}
    roles = {role: columns for role, columns in roles.items() if columns}
    taken = {c for columns in roles.values() for c in columns}
    breakdowns = tuple(c for c, text in texts.items() if text in rule.breakdowns and c not in taken)
    notes = tuple(c for c, text in texts.items() if text in rule.notes and c not in taken)
    left_out = {c for c, text in texts.items() if text in rule.ignored}
    free = [c for c in texts if c not in taken | set(breakdowns) | set(notes) | left_out]
    hits = {c: _hit(rule, texts[c], above[c], start) for c in free}
    measures = tuple((*hit, c) for c, hit in hits.items() if hit)
    others = tuple(c for c, hit in hits.items() if not hit and texts[c])
    doubled = tuple(_doubled(roles, measures, texts, others if rule.others else ()))
    unheaded = tuple(c for c, text in enumerate(told) if not text and not hits.get(c))
    return Found(0, roles, measures, breakdowns, notes, others, doubled, texts=told, unheaded=unheaded)


def _start(sheet: Sheet, above: range, rule: Rule) -> str:
    """Give what headings leave out since the sheet's name says it, or else the first title above that says it."""
    if rule.prefix is None:
        return ""
    if named := rule.prefix.search(sheet.name.strip()):
        return bare(named[named.lastindex or 0])
    for row in above:
        hits = [hit for value in sheet.rows[row] if isinstance(value, str) for hit in rule.prefix.finditer(value)]
        if hits:
            told = {_rewritten(rule, bare(hit[hit.lastindex or 0])) for hit in hits}
            return next(iter(told)) if len(told) == 1 else ""
    return ""


@lru_cache(maxsize=4096)
def _hit(rule: Rule, own: str, above: tuple[str, ...], start: str) -> tuple[Measure, str] | None:
    """Give what a column measures by its own heading, with what stands above it, or with what the sheet says of all."""
    names = list(
        accumulate(
            (own, *(higher for higher in above if higher != own)),
            lambda name, it: f"{it} {name}".strip().replace(" %", "%"),
        )
    )
    names += [f"{start} {name}" for name in names] if start else []
    names += [_rewritten(rule, name) for name in names] if rule.rewrites else []
    return next((hit for name in names for measure in rule.measures if (hit := _part(measure, name))), None)


def _rewritten(rule: Rule, name: str) -> str:
    for form, text in rule.rewrites:
        name = form.sub(text, name)
    return " ".join(name.split())


def _part(measure: Measure, name: str) -> tuple[Measure, str] | None:
    for part in PARTS:
        pattern = getattr(measure, part)
        if pattern is not None and pattern.fullmatch(name):
            return measure, part
    return None


def _doubled(
    roles: Mapping[str, tuple[int, ...]],
    measures: tuple[tuple[Measure, str, int], ...],
    texts: Mapping[int, str],
    others: tuple[int, ...],
) -> Iterator[tuple[int, int]]:
    """Walk the columns that claim to be what another column is; a measure in words may take several columns."""
    for role, columns in roles.items():
        same = [c for c in columns[1:] if role != "measure" or texts[c] == texts[columns[0]]]
        yield from ((columns[0], c) for c in same if texts[c] == texts[columns[0]])
    first: dict[tuple[str, str], int] = {}
    for measure, part, column in measures:
        before = first.setdefault((measure.id, part), column)
        if before != column:
            yield before, column
    named: dict[str, int] = {}
    for column in others:
        before = named.setdefault(identifier(texts[column]), column)
        if before != column:
            yield before, column


def identifier(text: str) -> str:
    """Write a heading in bare words as the name of a measure.

    >>> identifier("number of pupils"), identifier("pupils (%)"), identifier("pupils")
    ('number_of_pupils', 'pupils_percent', 'pupils')
    """
    return re.sub(r"[^a-z0-9]+", "_", text.replace("%", " percent ")).strip("_")


def doubled(sheet: Sheet, found: Found, recipe: Recipe) -> Iterator[Issue]:
    """Tell of headings that match one another; both columns are left out where the recipe says so."""
    lenient = recipe.doubled == "leave out"
    key_columns = {c for columns in found.roles.values() for c in columns}
    for first, column in found.doubled:
        soft = lenient and column not in key_columns
        own, other = (stacks.heading(sheet, found.row, c) for c in (column, first))
        yield sheet.issue(
            found.row, column, found=f'the heading "{own}", which says the same as "{other}" in column '
            f"{sheet.where(found.row, first).cell}",
            expected="each heading once",
            action="Neither column was read." if soft else "Rename or remove the column that is not meant.",
            severity=Severity.WARNING if soft else Severity.ERROR,
        )  # fmt: skip


def unread(sheet: Sheet, found: Found, numeric: set[int]) -> Iterator[Issue]:
    """Tell of columns with figures that the recipe says nothing of."""
    for column in found.others:
        if column in numeric:
            heading = stacks.heading(sheet, found.row, column)
            yield sheet.issue(
                found.row, column, found=f'a column "{heading}" that the recipe does not know',
                expected="the columns of its measures", severity=Severity.WARNING,
                action="It was not read; add it to the recipe's measures, or to the columns that it leaves out.",
            )  # fmt: skip


def unheaded(sheet: Sheet, found: Found, numeric: Callable[[int], bool]) -> Iterator[Issue]:
    """Tell of columns with figures that have no heading."""
    for column in found.unheaded:
        if numeric(column):
            yield sheet.issue(
                found.row, column, found="a column of figures without a heading", expected="what they are",
                severity=Severity.WARNING, action="It was not read; compare with the publisher's file.",
            )  # fmt: skip
