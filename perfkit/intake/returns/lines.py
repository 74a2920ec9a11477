"""One row of a return's dashboard: which indicator it is, whether its target is the framework's, and its figure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from perfkit.intake import cells, headings, signs
from perfkit.intake.headings import words
from perfkit.intake.returns.frame import Facts, Ground
from perfkit.intake.rows import Row
from perfkit.intake.workbooks.grid import cell_name
from perfkit.model import synonyms, targets
from perfkit.model.errors import ParseError, Severity, one_of
from perfkit.model.percentages import CAN_PASS_100, may_pass_100
from perfkit.model.schemas import STATUSES

_FIRMNESS = dict(synonyms.FIRMNESS)
MILESTONES = {
    "complete": "complete", "completed": "complete", "done": "complete", "delivered": "complete",
    "on track": "on track", "on target": "on track", "behind": "behind", "delayed": "behind", "at risk": "behind",
}  # fmt: skip
"""What a return may say of a milestone in place of a figure; complete is kept as the value 1."""

_PAIR = re.compile(r"(?P<all>[\d,]+)\s*/\s*(?P<part>[\d,]+)")


def indicator(row: Row, ground: Ground, seen: dict[str, str], *, titled: bool = True) -> Facts | None:
    """Find the framework's indicator for a row; a number, title or directorate that does not fit is an issue.

    Where a row need not be ``titled`` the number alone is enough; a title that stands there is held against it.
    """
    ref = row.text("ref")
    if ref is None:
        return None
    facts = ground.by_ref.get(ref)
    if facts is None:
        given = row.value("ref") if isinstance(row.value("ref"), date) else ref
        row.wrong("ref", f"the indicator number {cells.shown(given)}", f"a number of the framework of {ground.year}",
                  "Correct the number, or add the indicator to the framework.")  # fmt: skip
        return None
    if ref in seen:
        row.wrong("ref", f"indicator {ref} a second time (first in {seen[ref]})", "each indicator once",
                  "Remove the row that is not meant.")  # fmt: skip
        return None
    seen[ref] = row.cell("ref")
    _check_title(row, facts, ground, titled=titled)
    if ground.directorate and facts["directorate"] != ground.directorate:
        found = f"indicator {ref}, which {facts['directorate']} reports"
        row.wrong("ref", found, f"an indicator of {ground.directorate}", "Move the row to that directorate's return.")
    return facts


def _check_title(row: Row, facts: Facts, ground: Ground, *, titled: bool) -> None:
    title = row.text("title")
    if titled and title is None and not cells.fault(row.value("title")):
        row.wrong("title", f"no title beside indicator {facts['ref']}", cells.shown(facts["title"]),
                  "Put the title back beside its number.", severity=Severity.WARNING)  # fmt: skip
    if title is None or words(title) == words(facts["title"]):
        return
    other = next((ref for ref, some in ground.by_ref.items() if words(some["title"]) == words(title)), None)
    found = f"{cells.shown(title)} as indicator {facts['ref']}" + (f"; it is the title of {other}" if other else "")
    row.wrong("title", found, cells.shown(facts["title"]),
              "Check that the rows have not shifted against their numbers, then put the title right.")  # fmt: skip


def check_merged(row: Row) -> None:
    """Tell of a figure, rating or outlook that a merged cell lends to a row: it may be another row's alone."""
    for name in headings.TIMED if row.sheet.merged else ():
        origin = row.origin(name)
        if origin is not None and row.text_of(name):
            row.wrong(name, f"a cell merged with {cell_name(*origin)}", "a cell of its own for each indicator",
                      "Undo the merging, and fill in each row.")  # fmt: skip


def check_target(row: Row, facts: Facts, ground: Ground) -> None:
    """Hold the target in the return against the framework's; a stray dash that the framework explains is a warning."""
    expected = ground.target_texts.get(facts["indicator"])
    value = row.value("target")
    if expected is None or row.column("target") is None:
        return
    if isinstance(value, datetime | date):
        row.wrong("target", cells.shown(value), f"{cells.shown(expected)}, as in the framework",
                  "Type the target as text; Excel makes a date of entries such as 3-5.")  # fmt: skip
        return
    if problem := cells.fault(value):
        row.report("target", problem)
        return
    text = cells.as_written(value, row.format("target"))
    if not _same(text, expected, facts):
        _differs(row, text, expected, facts)


def _differs(row: Row, text: str, expected: str, facts: Facts) -> None:
    given = f"{cells.shown(expected)}, as in the framework"
    bare = text.lstrip("-‐‑‒–—−").strip()
    if not text:
        row.wrong(
            "target", "no target", given, "Put the target back; the framework's is used.", severity=Severity.WARNING
        )
    elif bare != text and _same(bare, expected, facts):
        row.wrong("target", cells.shown(text), given, f"It was read as {bare}; take the stray dash away.",
                  severity=Severity.WARNING)  # fmt: skip
    elif bare != text:
        row.wrong("target", cells.shown(text), given, f"Is it {bare}? Correct the target here or in the framework.")
    else:
        row.wrong("target", cells.shown(text), given, "Correct the target here or in the framework.")


def _same(text: str, other: str, facts: Facts) -> bool:
    if words(text.replace(",", "")) == words(other.replace(",", "")) and text[:1] in other[:1] + "0123456789":
        return True
    known = str(facts["polarity"]), str(facts["unit"])
    try:
        return _meant(text, *known) == _meant(other, *known)
    except ParseError:
        return False


@lru_cache(maxsize=1_000)
def _meant(text: str, polarity: str, unit: str) -> targets.Target:
    """Read a target with the direction that the polarity gives where it states none."""
    target = targets.parse(text, polarity=polarity, unit=unit)
    return replace(target, direction=target.direction or {"higher": "at least", "lower": "at most"}.get(polarity, ""))


def has_target(facts: Facts, ground: Ground) -> bool:
    """Say whether the framework has a target of the indicator that a figure can be held against."""
    try:
        text = ground.target_texts.get(facts["indicator"], "")
        return _meant(text, str(facts["polarity"]), str(facts["unit"])).kind != "none"
    except ParseError:
        return False


def check_cumulative(row: Row, facts: Facts) -> None:
    """Warn of a cumulative flag that the framework's series does not bear out."""
    flag = row.code("cumulative")
    if flag is None:
        return
    if flag not in ("y", "n", "yes", "no"):
        row.wrong("cumulative", cells.shown(flag), "Y or N", "Type Y or N.")
    elif (flag[0] == "y" and facts["series_type"] == "point") or (flag[0] == "n" and facts["series_type"] == "ytd"):
        row.wrong("cumulative", cells.shown(flag.upper()), f"the flag of a {facts['series_type']} series",
                  "Correct the flag here or the series type in the framework.", severity=Severity.WARNING)  # fmt: skip


def observations(row: Row, facts: Facts, ground: Ground) -> list[dict[str, Any]]:
    """Read the row's figure: nothing where the cell is empty, one row for a value or marker, two for a pair."""
    given, firm = figures(row, facts, "actual"), status(row)
    return [
        {
            "indicator": facts["indicator"],
            "period": ground.earlier(int(facts["arrears"])),
            "area": ground.area,
            "report_period": ground.period,
            "status": firm,
            **row.place("actual"),
            **part,
        }
        for part in given
    ]


def figures(row: Row, facts: Facts, column: str) -> list[dict[str, Any]]:
    """Read a figure in an indicator's unit as part, value, marker and its meaning; of a pair, two parts."""
    value = row.value(column)
    pair = _PAIR.fullmatch(value.strip()) if facts["rule"] == "pair" and isinstance(value, str) else None
    if pair:
        parts = [float(text.replace(",", "")) for text in (pair["all"], pair["part"])]
        if parts[1] > parts[0]:
            row.wrong(column, cells.shown(value), "the whole and its part", "The second figure is part of the first.")
        return [{"part": n, "value": part} for n, part in enumerate(parts, 1)]
    if facts["unit"] == "milestone" and (state := MILESTONES.get((row.code(column) or "").rstrip("."))):
        return [
            {"part": 1, "value": 1.0} if state == "complete" else {"part": 1, "marker": state, "marker_means": state}
        ]
    figure = row.figure(column, unit=facts["unit"])
    _check_percentage(row, column, facts, figure.value)
    if figure.value is None and figure.marker is None:
        return []
    if figure.value is not None and figure.means in STATUSES:
        return [{"part": 1, "value": figure.value, "status": figure.means}]
    return [{"part": 1, "value": figure.value, "marker": figure.marker, "marker_means": figure.means}]


def _check_percentage(row: Row, column: str, facts: Facts, value: float | None) -> None:
    if facts["unit"] != "percent" or value is None:
        return
    if value > 100:
        _check_above_100(row, column, facts, value)
    if value < 0:
        row.wrong(column, f"{value:g}%", "a percentage of 0 or more", "Correct the percentage, if it is no change.",
                  severity=Severity.WARNING)  # fmt: skip
    plain = row.value(column)
    signed = "%" in plain if isinstance(plain, str) else "%" in row.format(column)
    if signed:
        return
    row.report(column, cells.bare_share(value, "67 or 67%"))
    if 1 < value <= 2 and may_pass_100(facts) != "no":
        row.wrong(column, f"{value:g} in a cell that is not shown as a percentage", "a percentage with its sign",
                  f"It was read as {value:g}%; if {round(value * 100, 6):g}% is meant, type that.",
                  severity=Severity.WARNING)  # fmt: skip


def _check_above_100(row: Row, column: str, facts: Facts, value: float) -> None:
    passing = may_pass_100(facts)
    say = f"say so in the framework, with Y below {CAN_PASS_100}"
    if passing == "no":
        row.wrong(column, f"{value:g}%", "at most 100%", f"Correct the percentage; if it can pass 100, {say}.")
    elif passing == "perhaps":
        action = f"Check the percentage; if it is right, {say}."
        row.wrong(column, f"{value:g}%", "seldom more than 100%", action, severity=Severity.WARNING)


def status(row: Row, name: str = "status") -> str:
    """Read how firm a figure is; provisional where the return does not say."""
    word = row.code(name)
    if word is None:
        return "provisional"
    word = _FIRMNESS.get(word, word)
    if word not in STATUSES:
        row.wrong(name, cells.shown(row.value(name)), one_of(STATUSES), "Use one of these words.")
        return "provisional"
    return word


def assessment(row: Row, facts: Facts, ground: Ground) -> dict[str, Any]:
    """Read the director's rating, outlook and reason."""
    rating, outlook = signs.rating(row.value("rag")), signs.outlook(row.value("outlook"))
    row.report("rag", rating.problem)
    row.report("outlook", outlook.problem)
    return {
        "subject_kind": "indicator",
        "subject": facts["indicator"],
        "period": ground.period,
        "rag": rating.value,
        "outlook": outlook.value,
        "reason": row.text("reason"),
        "assessed_by": ground.assessed_by,
        "assessed_on": ground.assessed_on,
        "council": ground.area,
        **row.place("rag"),
    }
