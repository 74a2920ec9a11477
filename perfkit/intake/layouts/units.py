"""How many pounds one stands for in each column of money: told by its heading, below it, or once above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from perfkit.intake.headings import Headings, words
from perfkit.intake.layouts import particulars
from perfkit.intake.layouts.money import UNITS
from perfkit.intake.workbooks.grid import Sheet, Value
from perfkit.model.errors import Issue, Severity, Where
from perfkit.model.layouts import Heading, Layout

_POUNDS = re.compile(r"£|\[\$£")


def scales(sheet: Sheet, found: Headings, layout: Layout, issues: list[Issue]) -> dict[str, float]:
    """Give how many pounds one stands for by field; what contradicts itself or is told nowhere is added to issues."""
    money = {h.field: found.columns[h.field] for h in layout.headings if h.kind == "money" and h.field in found.columns}
    if not money:
        return {}
    title, where = told(sheet, issues)
    units: dict[int, float | None] = {}
    for heading in (h for h in layout.headings if h.field in money):
        column = money[heading.field]
        own = unit(sheet, found.row, column, heading)
        if own is not None and title is not None and own != title:
            text = sheet.text(found.row, column)
            issues.append(sheet.issue(found.row, column, found=f'the heading "{text}"',
                                      expected=f"the unit that {where.cell} tells",
                                      action="Tell one unit in both places."))  # fmt: skip
        units[column] = own or title
    issues += _without_unit(sheet, found, units)
    if title is None and not where.cell:
        issues += taken_for_pounds(sheet, found.row, units)
    return {name: units[column] or 1.0 for name, column in money.items()}


def told(sheet: Sheet, issues: list[Issue]) -> tuple[float | None, Where]:
    """Give what a title tells of the unit, and where; one that is not known is added to issues."""
    scale, where = particulars.money(sheet)
    if scale is None and where.cell:
        action = 'Write one such as "Figures in: £000".'
        issues.append(Issue(where, "a unit of money that is not known", "a unit of £, £000 or £m", action))
    return scale, where


def only(sheet: Sheet, row: int, columns: Iterable[int]) -> bool:
    """Say whether nothing but units of money stands in some columns of a row, such as £000 below each heading.

    >>> only(Sheet("a.xlsx", "A", [["Line", "Budget"], [None, "£000"], ["Fleet", 12]]), 1, [0, 1])
    True
    """
    texts = [text for column in columns if (text := sheet.text(row, column))]
    return bool(texts) and all(words(text) in UNITS and words(text) for text in texts)


def unit(sheet: Sheet, row: int, column: int, heading: Heading) -> float | None:
    """Give what one stands for by the heading, the cell above it or the unit below it; None where none tells."""
    plain = {words(heading.title), *heading.aliases}
    above = words(sheet.text(row - 1, column)) if row else ""
    for text in (words(sheet.text(row, column)), f"{above} {words(sheet.text(row, column))}"):
        for name in plain:
            rest = text.removeprefix(name).removesuffix(name).strip().removeprefix("in ").strip()
            if name in text and rest and rest in UNITS:
                return UNITS[rest]
    return None


def taken_for_pounds(sheet: Sheet, row: int, units: Mapping[int, float | None]) -> list[Issue]:
    """Warn once where no column of money, no title and no cell tells a unit: the amounts are read as pounds."""
    if any(one is not None for one in units.values()):
        return []
    column = next((c for c in sorted(units) if _has_bare_amounts(sheet, row, c)), None)
    if column is None:
        return []
    found = f'the heading "{sheet.text(row, column)}" and no unit of money on the sheet'
    action = 'The amounts were read as pounds; write "Figures in: £000" above the table if they are thousands.'
    return [sheet.issue(row, column, found=found, expected='a unit, such as "Figures in: £"', action=action,
                        severity=Severity.WARNING)]  # fmt: skip


def _without_unit(sheet: Sheet, found: Headings, units: Mapping[int, float | None]) -> list[Issue]:
    """Tell of amounts whose heading has no unit beside others that have one: pounds or thousands, nobody can tell."""
    telling = next((column for column, own in units.items() if own not in (None, 1.0)), None)
    if telling is None:
        return []
    example = sheet.text(found.row, telling) or sheet.text(found.row - 1, telling)
    return [
        sheet.issue(found.row, column, found=f'the heading "{sheet.text(found.row, column)}" without a unit',
                    expected=f'a unit, as "{example}" has',
                    action='Tell the unit in each heading of money, or once above the table: "Figures in: £000".')
        for column, own in units.items() if own is None and _has_amounts(sheet, found.row, column)
    ]  # fmt: skip


def _has_amounts(sheet: Sheet, row: int, column: int) -> bool:
    return any(_is_amount(sheet.at(number, column)) for number in range(row + 1, len(sheet.rows)))


def _has_bare_amounts(sheet: Sheet, row: int, column: int) -> bool:
    """Whether amounts stand in a column of which none shows a sign of its unit."""
    places = [number for number in range(row + 1, len(sheet.rows)) if _is_amount(sheet.at(number, column), text=True)]
    return bool(places) and not any(
        _POUNDS.search(f"{sheet.at(number, column)} {sheet.formats.get((number, column), '')}")
        or re.search(r"\d ?(?:k|m)", str(sheet.at(number, column)).lower())
        for number in places
    )


def _is_amount(value: Value, *, text: bool = False) -> bool:
    if isinstance(value, str):
        return text and any(sign in "123456789" for sign in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and value != 0
