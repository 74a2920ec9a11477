"""What can be said of a table of a return as a whole, once, before its rows are read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from perfkit.intake import cells, headings, unread_columns
from perfkit.intake.headings import Aliases, Headings, words
from perfkit.intake.returns.frame import Ground
from perfkit.intake.workbooks.grid import Sheet
from perfkit.model.errors import Issue

_SOME = 3
"""Indicators from which on a table is told of as a whole, not row by row."""
_MOST_HEADINGS, _HIGHEST = 4, 40
"""Headings of a dashboard in a row by which it is taken for one, and rows from the top that are looked at."""
_KNOWN_BY = {"ref": "No.", "title": "Indicator", "rag": "RAG"}


def lacking(sheet: Sheet, names: Aliases) -> Issue | None:
    """Tell which of a dashboard's headings a row lacks that has `_MOST_HEADINGS` of them; None where none has.

    >>> names = {"ref": ("no",), "title": ("indicator",), "target": ("target",), "rag": ("rag",), "status": ("status",)}
    >>> print(lacking(Sheet("SCS.xlsx", "A", [["No.", "Aim", "Target", "Status", "RAG"]]), names).found)
    headings like those of a return, but none for Indicator
    """
    for row in range(min(len(sheet.rows), _HIGHEST)):
        found = headings.match(sheet, row, names, year="*")
        absent = [heading for name, heading in _KNOWN_BY.items() if name not in found.columns]
        if absent and len(found.columns) >= _MOST_HEADINGS:
            return sheet.issue(row, min(found.columns.values()), expected=", ".join(_KNOWN_BY.values()),
                               found=f"headings like those of a return, but none for {' and '.join(absent)}",
                               action="Write the headings as the template has them.")  # fmt: skip
    return None


def refs(sheet: Sheet, found: Headings, ground: Ground) -> dict[int, str]:
    """Give the indicators of the framework that a table lists, by row."""
    column = found.columns["ref"]
    listed = {row: sheet.text(row, column) for row in range(found.row + 1, len(sheet.rows))}
    return {row: ref for row, ref in listed.items() if ref in ground.by_ref}


def amiss(sheet: Sheet, found: Headings, ground: Ground, seen: Collection[str]) -> Issue | None:
    """Tell of a table that is another directorate's, or that repeats one which was ``seen``; None where it is neither.

    >>> sheet = Sheet("PH.xlsx", "Dashboard", [["No.", "Indicator"], [31, "a"], [32, "b"], [33, "c"]])
    >>> import pandas as pd
    >>> by_ref = {ref: {"directorate": "COM"} for ref in ("31", "32", "33")}
    >>> ground = Ground(pd.Period("2017Q2", "Q-MAR"), "Middleshire", by_ref, "PH")
    >>> print(amiss(sheet, Headings(0, {"ref": 0, "title": 1}), ground, ()))
    PH.xlsx, sheet Dashboard, cell A1: found a table of 3 indicators that COM reports, expected the indicators of PH. \
Send the return of PH, or correct the directorate in the title.
    """
    listed = refs(sheet, found, ground)
    again = [ref for ref in listed.values() if ref in seen]
    if len(again) >= _SOME and len(again) == len(listed):
        return sheet.issue(found.row, found.columns["ref"], found=f"{len(again)} indicators of another sheet again",
                           expected="each indicator once", action="Take the sheet that is not meant out.")  # fmt: skip
    whose = Counter(str(ground.by_ref[ref]["directorate"]) for ref in listed.values())
    if len(listed) < _SOME or ground.directorate in whose:
        return None
    own = ground.directorate
    return sheet.issue(found.row, found.columns["ref"],
                       found=f"a table of {len(listed)} indicators that {' and '.join(whose)} reports",
                       expected=f"the indicators of {own}",
                       action=f"Send the return of {own}, or correct the directorate in the title.")  # fmt: skip


def above(sheet: Sheet, found: Headings, ground: Ground) -> list[Issue]:
    """Tell once of indicators with their titles above the headings, where nothing reads them.

    >>> sheet = Sheet("SCS.xlsx", "A", [[31, "Visits", 5], ["No.", "Indicator", "RAG"]])
    >>> import pandas as pd
    >>> ground = Ground(pd.Period("2017Q2", "Q-MAR"), "Middleshire", {"31": {"title": "Visits"}})
    >>> print(above(sheet, Headings(1, {"ref": 0, "title": 1}), ground)[0].found)
    indicator 31 (Visits) above the headings
    """
    titles = {words(facts["title"]): ref for ref, facts in ground.by_ref.items()}
    for row, some in enumerate(sheet.rows[: found.row]):
        texts = [sheet.text(row, column) for column in range(len(some))]
        column = next((c for c, text in enumerate(texts) if titles.get(words(text)) in texts), None)
        if column is not None:
            ref = titles[words(texts[column])]
            return [sheet.issue(row, column, found=f"indicator {ref} ({texts[column]}) above the headings",
                                expected="the headings above the rows of all indicators",
                                action="Put the headings back over these rows, or take the rows out.")]  # fmt: skip
    return []


def under(sheet: Sheet, found: Headings) -> list[Issue]:
    """Tell of a heading such as Actual that stands over several columns with headings of their own below it.

    >>> sheet = Sheet("SCS.xlsx", "A", [["No.", "Actual", None, "RAG"], [None, "Numerator", "Rate", None]])
    >>> print(under(sheet, Headings(0, {"ref": 0, "actual": 1, "rag": 3}))[0].found)
    several columns under "Actual": "Numerator", "Rate"
    """
    below, taken = found.row + 1, sorted(found.columns.values())
    issues = []
    for column in (found.columns[name] for name in headings.TIMED if name in found.columns):
        after = next((other for other in taken if other > column), column)
        values = [sheet.at(below, place) for place in range(column, after)] if below < len(sheet.rows) else []
        told = [cells.shown(value) for value in values if isinstance(value, str) and any(map(str.isalpha, value))]
        if len(told) > 1 and not sheet.text(below, found.columns["ref"])[:1].isdigit():
            over = sheet.text(found.row, column)
            issues.append(sheet.issue(below, column, found=f'several columns under "{over}": {", ".join(told)}',
                                      expected="one column for each heading",
                                      action="Name the column that is meant in the row of headings, and the others by "
                                      "names of their own."))  # fmt: skip
    return issues


def unread(sheet: Sheet, found: Headings, ground: Ground, names: Aliases) -> list[Issue]:
    """Warn once of columns beside the indicators that hold something and that nothing reads.

    Columns of another time, such as "Last quarter", are there for information; ``names`` are those of any quarter.
    """
    known = headings.match(sheet, found.row, names, year="*")
    columns = unread_columns.find(
        sheet, found, list(refs(sheet, found, ground)),
        besides=[*known.columns.values(), *(column for _, column in known.twice)],
        passed_over=lambda text: _is_of_other_time(text, ground),
    )  # fmt: skip
    action = "What they hold was passed over; say what matters under Comments."
    return unread_columns.tell(sheet, found.row, columns, action)


def _is_of_other_time(text: str, ground: Ground) -> bool:
    bare = headings.timed(text, ground.year).replace(f"q{ground.quarter.quarter}", "")
    return headings.is_of_other_time(bare)
