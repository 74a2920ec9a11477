"""What must hold in a release before it is believed: each fact once, parts to totals, percentages to their counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from perfkit.intake import coded
from perfkit.intake.coded import Ints
from perfkit.intake.reading import COMPARE
from perfkit.intake.recipes import Measure, Recipe, national, overlaps, percentages
from perfkit.intake.recipes.facts import Facts
from perfkit.intake.recipes.percentages import ROUNDING
from perfkit.intake.recipes.values import NO_SIGN, Floats
from perfkit.model.errors import Issue, Severity, Where

_MOST = 20
_SPARSE = 64
"""Possible keys for each that there is, beyond which a place for every one would take too much."""


def settle(facts: Facts, recipe: Recipe, issues: list[Issue]) -> Facts:
    """Keep each fact of a workbook's tables once, and check them; what is wrong is added to ``issues``."""
    facts = percentages.without_counts(facts, issues)
    keys = facts.facts()
    issues += _missing(facts, recipe) if recipe.expected else ()
    issues += _twice_on_a_sheet(facts, keys)
    facts, keys = _once(facts, keys, issues)
    counts = _counts(facts, keys, recipe) if recipe.ratios else None
    facts = facts if counts is None else _with_denominators(facts, counts)
    facts = percentages.settle(facts, recipe, issues)
    issues += percentages.astray(facts, recipe)
    issues += percentages.beyond(facts)
    issues += overlaps.check(facts)
    if counts is not None:
        issues += _ratios(facts)
        issues += _denominators(facts, counts)
    issues += national.check(facts, recipe, counts)
    return facts


def _firsts(keys: Ints) -> Ints:
    """Give for each figure the place of the first one with the same key."""
    size = int(keys.max(initial=0)) + 1
    if size > _SPARSE * len(keys):
        numbers, firsts = coded.combine([keys])
        return firsts[numbers]
    place = np.zeros(size, dtype=np.int64)
    place[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)
    return place[keys]


def _twice_on_a_sheet(facts: Facts, keys: Ints) -> Iterator[Issue]:
    first = _firsts(keys * len(facts.sheets) + facts.sheet)
    again = np.flatnonzero(first != np.arange(len(keys)))
    for i in again[:_MOST].tolist():
        subject = facts.subjects[facts.subject[i]]
        words = (facts.id_of(i), facts.area(i), subject.line.when.label, subject.breakdown)
        what, cell = ", ".join(word for word in words if word != "all"), facts.cell(int(first[i]))
        yield Issue(facts.where(i), f"{what} a second time (first in cell {cell})", "it once",
                    "Remove one of the two, or name what tells them apart among the recipe's breakdowns.")  # fmt: skip


def _once(facts: Facts, keys: Ints, issues: list[Issue]) -> tuple[Facts, Ints]:
    """Keep each fact once: sheets that repeat it must agree; a sheet of counts adds them to the percentages."""
    told, adding = np.flatnonzero(~facts.adds), np.flatnonzero(facts.adds)
    first = _firsts(keys[told])
    if (first != np.arange(len(told))).any():
        issues += _differing(facts, told, told[first])
        told = told[_most_told(facts.value[told], first)]
    elif not len(adding):
        return facts, keys
    if not len(adding):
        return facts.take(told), keys[told]
    adding = adding[_firsts(keys[adding]) == np.arange(len(adding))]
    return _with_counts(facts, keys, (told, adding), issues)


def _with_counts(facts: Facts, keys: Ints, rows: tuple[Ints, Ints], issues: list[Issue]) -> tuple[Facts, Ints]:
    """Put counts beside the figures of their facts, and those of other facts after them."""
    told, adding = rows
    place = np.full(int(keys.max(initial=0)) + 1, -1, dtype=np.int64)
    place[keys[adding]] = adding
    found = place[keys[told]]
    alone = np.isin(adding, found, invert=True)
    issues += _counted_differently(facts, told, found)
    both, kept = found >= 0, np.concatenate([told, adding[alone]])
    main = facts.take(kept)
    counts = {}
    for part in ("numerator", "denominator"):
        counts[part] = own = getattr(main, part)
        lacking = np.flatnonzero(both & np.isnan(own[: len(told)]))
        own[lacking] = getattr(facts, part)[found[lacking]]
    issues += _without_percentage(main, len(told))
    return main, keys[kept]


def _counted_differently(facts: Facts, told: Ints, counts: Ints) -> Iterator[Issue]:
    """Tell of figures that the sheet of counts gives as well, but not as the other sheets do."""
    room = np.where(counts >= 0, ROUNDING, np.inf)
    for i in np.flatnonzero(np.abs(facts.value[counts] - facts.value[told]) > room)[:_MOST].tolist():
        k, main = int(counts[i]), int(told[i])
        yield Issue(facts.where(k), f"{facts.value[k]:g} for {facts.area(k)} ({facts.id_of(k)})",
                    f"{facts.value[main]:g}, as in cell {facts.cell(main)}{_of_sheet(facts, main)}",
                    COMPARE, Severity.WARNING)  # fmt: skip


def _without_percentage(facts: Facts, many: int) -> Iterator[Issue]:
    """Tell of areas that have counts of a measure whose percentage only the other areas have, or an empty cell.

    The first so ``many`` figures are those of the sheets of percentages, the rest are counts of other facts.
    """
    percent = facts.percent()
    empty = percent & np.isnan(facts.value) & (facts.sign == facts.signs.index(NO_SIGN)) & (facts.denominator > 0)
    for i in np.flatnonzero(empty[:many])[:_MOST].tolist():
        yield Issue(facts.where(i), f"nothing for {facts.area(i)} ({facts.id_of(i)}), beside its counts",
                    f"{100 * facts.numerator[i] / facts.denominator[i]:.1f}%", COMPARE, Severity.WARNING)  # fmt: skip
    told = set[str]()
    for i in (np.flatnonzero(facts.denominator[many:] > 0) + many).tolist():
        if facts.area(i) not in told and len(told) < _MOST:
            told.add(facts.area(i))
            yield Issue(facts.where(i), f"counts for {facts.area(i)} ({facts.id_of(i)}), but no row among the "
                        "percentages", "both", COMPARE, Severity.WARNING)  # fmt: skip


def _most_told(values: Floats, first: Ints) -> Ints:
    """Of a fact that stands on several sheets keep the first that gives a figure, with decimals where one has them."""
    order = np.isnan(values) * 2 + _whole(values)
    best = np.full(len(values), -1, dtype=np.int64)
    for least in (2, 1, 0):
        rows = np.flatnonzero(order == least)[::-1]
        best[first[rows]] = rows
    return np.sort(best[best >= 0])


def _differing(facts: Facts, rows: Ints, firsts: Ints) -> Iterator[Issue]:
    ours, before = facts.value[rows], facts.value[firsts]
    room = np.where(_whole(ours) != _whole(before), 0.5 + ROUNDING, ROUNDING)
    for i in np.flatnonzero(np.abs(ours - before) > room)[:_MOST].tolist():
        row, first = int(rows[i]), int(firsts[i])
        yield Issue(facts.where(row), f"{ours[i]:g} for {facts.area(row)} ({facts.id_of(row)})",
                    f"{before[i]:g}, as in cell {facts.cell(first)}{_of_sheet(facts, first)}",
                    COMPARE, Severity.WARNING)  # fmt: skip


def _whole(values: Floats) -> npt.NDArray[np.bool_]:
    whole: npt.NDArray[np.bool_] = np.floor(values) == values
    return whole


def _of_sheet(facts: Facts, i: int) -> str:
    name = facts.sheets[facts.sheet[i]]
    return f" of sheet {name}" if name else ""


def _missing(facts: Facts, recipe: Recipe) -> Iterator[Issue]:
    """Tell of measures that every release of the series gives, or another sheet of this one, and a sheet does not."""
    known = {measure.id: measure for rule in recipe.rules for measure in rule.measures}
    given = {sheet: ids & set(known) for sheet, ids in _given(facts).items()}
    always = {name for name in recipe.expected if name in known and not _ended(known[name], facts)}
    everywhere = set().union(*given.values())
    of = {name: measure.of or name for name, measure in known.items()}
    for sheet, there in given.items():
        groups = {of[name] for name in there}
        wanted = {name for name in always | everywhere if of[name] in groups}
        yield from (_without(Where(facts.file, sheet), known[lost], lost in always) for lost in sorted(wanted - there))
    groups = {of[name] for name in everywhere}
    yield from (_without(Where(facts.file), known[lost], True) for lost in sorted(always) if of[lost] not in groups)


def _ended(measure: Measure, facts: Facts) -> bool:
    """Say whether a measure was published for the last time before the periods of a release."""
    ends = [subject.line.when.ends for subject in facts.subjects]
    return measure.until is not None and all(end is not None and end > measure.until for end in ends)


def _given(facts: Facts) -> dict[str, set[str]]:
    """Give the measures of which each sheet has a figure or marker of all people; a sheet of counts has numerators."""
    names, ids = facts.ids()
    whole = np.array([subject.breakdown == "all" for subject in facts.subjects])[facts.subject]
    told = ~np.isnan(facts.value) | (facts.sign != facts.signs.index(NO_SIGN)) | ~np.isnan(facts.numerator)
    there = np.bincount((facts.sheet * len(names) + ids)[told & whole], minlength=len(facts.sheets) * len(names)) > 0
    return {sheet: {names[k] for k in np.flatnonzero(row).tolist()}
            for sheet, row in zip(facts.sheets, there.reshape(-1, len(names)), strict=True)}  # fmt: skip


def _without(where: Where, measure: Measure, always: bool) -> Issue:
    expected = "the measures that each release of this series gives" if always else "one, as another sheet has"
    gone = "; if it has none any more, give the measure an until in the recipe." if always else "."
    return Issue(where, f"no column for {measure.title} ({measure.id})", expected,
                 f"Compare with the publisher's file{gone}", Severity.WARNING)  # fmt: skip


def _counts(facts: Facts, keys: Ints, recipe: Recipe) -> Ints:
    """Give for each figure the place of the figure that counts those of whom it is told, -1 for none."""
    names, ids = facts.ids()
    of = {measure.id: measure.of for rule in recipe.rules for measure in rule.measures if measure.of in names}
    counted = np.array([names.index(of[name]) if name in of else -1 for name in names], dtype=np.int64)[ids]
    place = np.full(int(keys.max(initial=0)) + len(names) + 1, -1, dtype=np.int64)
    place[keys] = np.arange(len(keys))
    return np.where(counted >= 0, place[np.where(counted >= 0, keys - ids + counted, 0)], -1)


def _with_denominators(facts: Facts, counts: Ints) -> Facts:
    """Take the number of whom a percentage is told for its denominator, where no denominator of it is published."""
    names, ids = facts.ids()
    published = np.bincount(ids[~np.isnan(facts.denominator)], minlength=len(names))[ids] > 0
    lacking = (counts >= 0) & ~published & ~np.isnan(facts.numerator)
    if not lacking.any():
        return facts
    return replace(facts, denominator=np.where(lacking, facts.value[counts], facts.denominator))


def _denominators(facts: Facts, counts: Ints) -> Iterator[Issue]:
    """Hold the number of whom percentages are told against their denominators; each number is told once."""
    with_both = np.flatnonzero(counts >= 0)
    wrong = with_both[np.abs(facts.value[counts[with_both]] - facts.denominator[with_both]) > ROUNDING]
    first = dict(zip(counts[wrong[::-1]].tolist(), wrong[::-1].tolist(), strict=True))
    for k in sorted(first)[:_MOST]:
        yield Issue(facts.where(k), f"{facts.value[k]:g} for {facts.area(k)} ({facts.id_of(k)})",
                    f"{facts.denominator[first[k]]:g}, the denominator of {facts.id_of(first[k])}", COMPARE,
                    Severity.WARNING)  # fmt: skip


def _ratios(facts: Facts) -> Iterator[Issue]:
    percent = facts.percent()
    rows = np.flatnonzero(percent & (facts.denominator > 0))
    ours = 100 * facts.numerator[rows] / facts.denominator[rows]
    wrong = np.abs(ours - facts.value[rows]) > ROUNDING
    told, shares = percentages.as_shares(facts, rows, ours)
    yield from told
    wrong &= ~shares
    for i, rate in zip(rows[wrong][:_MOST].tolist(), ours[wrong].tolist(), strict=False):
        yield Issue(facts.where(i), f"{facts.value[i]:g}% for {facts.area(i)} ({facts.id_of(i)})",
                    f"{rate:.1f}%, which {facts.numerator[i]:,.0f} of {facts.denominator[i]:,.0f} are", COMPARE,
                    Severity.WARNING)  # fmt: skip
