"""What must hold among the tables of a framework: names that are known, and each number and title given once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from perfkit.intake import cells
from perfkit.intake.headings import Headings
from perfkit.intake.reading import Rows
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue, Severity, Where

Places = Mapping[str, tuple[Sheet, Headings] | None]
"""Where each table stands, by its name."""

_NAMED = (("directorates", "directorate"), ("priorities", "priority"), ("outcomes", "outcome"))


def check(rows: Mapping[str, Rows], places: Places) -> list[Issue]:
    """Tell of names that the framework does not have, of numbers that two indicators bear, and of titles in one part.

    A number is what returns are read by; a title may stand in the returns of several directorates, once in each.
    """
    return [
        *_unknown(rows, places),
        *_twice(rows["indicators"], ("ref",), "number", places, Severity.ERROR),
        *_twice(rows["indicators"], ("title", "directorate"), "title", places, Severity.WARNING),
    ]


def _unknown(rows: Mapping[str, Rows], places: Places) -> Iterator[Issue]:
    for name, key in _NAMED:
        known = {row[key] for row in rows[name]}
        for table in ("indicators", *(("outcomes",) if key != "outcome" else ())):
            for row in rows[table]:
                if known and row[key] is not None and row[key] not in known:
                    yield Issue(_where(row, key, places[table]), f"the {key} {cells.shown(row[key])} in this row",
                                f"one of the sheet {name.capitalize()}", f"Correct the {key} or add it.")  # fmt: skip


def _twice(indicators: Rows, keys: tuple[str, ...], what: str, places: Places, severity: Severity) -> Iterator[Issue]:
    first: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in indicators:
        before = first.setdefault(tuple(" ".join(str(row[key]).lower().split()) for key in keys), row)
        if row[keys[0]] is not None and before["indicator"] != row["indicator"]:
            at = _where(before, keys[0], places["indicators"]).cell
            yield Issue(_where(row, keys[0], places["indicators"]),
                        f"the {what} {cells.shown(row[keys[0]])} a second time (first in {at})",
                        f"each indicator under a {what} of its own, since returns are read by it",
                        f"Correct one of the two {what}s.", severity)  # fmt: skip


def _where(row: Mapping[str, Any], key: str, place: tuple[Sheet, Headings] | None) -> Where:
    """Give the cell of a row under a heading; the row's own where the table has none."""
    number = re.search(r"\d+", row["cell"])
    if place is None or number is None or key not in place[1].columns:
        return Where(row["file"], row["sheet"], row["cell"])
    return place[0].where(int(number[0]) - 1, place[1].columns[key])
