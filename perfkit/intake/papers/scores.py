"""A score that stands in a register of risks, held against likelihood times impact."""

from __future__ import annotations

import re

from perfkit.intake.cells import shown
from perfkit.intake.headings import words
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.rows import Row
from perfkit.model.errors import Severity

_SCORE = re.compile(
    r"(?:current |residual |net |total |overall |risk )*(?:risk )?(?:score|rating|rag score)(?: l x i| li)?|l x i|"
    r"likelihood x impact"
)
_NUMBER = re.compile(r"\d+(?:\.0+)?")


def check(filled: Filled) -> None:
    """Warn of each score that is not likelihood times impact; words such as High beside it are passed over."""
    for record in filled.rows:
        row = filled.row_of(record)
        column = _column(row)
        given = None if column is None else _given(row, column)
        due = int(record["likelihood"]) * int(record["impact"])
        if column is None or given is None or given == due:
            continue
        expected = f"{due}, the likelihood {record['likelihood']} times the impact {record['impact']}"
        action = "Correct the one that is wrong; the score itself is not kept."
        at = row.under(score=column)
        at.wrong("score", f"a score of {shown(given)}", expected, action, severity=Severity.WARNING)


def _column(row: Row) -> int | None:
    """Give the first column of scores right of the impact that was read, so that no inherent score is taken."""
    after = row.headings.columns["impact"] + 1
    width = len(row.sheet.rows[row.headings.row])
    texts = {c: words(row.sheet.text(row.headings.row, c)) for c in range(after, width)}
    return next((column for column, text in texts.items() if _SCORE.fullmatch(text)), None)


def _given(row: Row, column: int) -> float | None:
    value = row.sheet.at(row.number, column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    numbers = _NUMBER.findall(value) if isinstance(value, str) else []
    return float(numbers[0]) if len(numbers) == 1 else None
