"""Sums in the papers: rows of totals against what they add up, savings against what the programme promised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfkit.intake import reading
from perfkit.intake.cells import shown
from perfkit.intake.headings import words
from perfkit.intake.layouts import money
from perfkit.intake.layouts.filled import Filled
from perfkit.intake.layouts.money import HALF
from perfkit.intake.layouts.said import Said
from perfkit.intake.papers import scores
from perfkit.intake.rows import Row
from perfkit.model.errors import Severity

_EXACT = 1e-6
_VARIANCE = re.compile(r"(?:forecast |projected |outturn |year end |full year )?(?:variance|variation)(?: [£k0-9ms]+)*")
_OWN = "if it is a line of its own, give it a title without the word total."
_PROMISE = ("savings required", "total savings", "savings", "savings target")


def check(filled: Sequence[Filled]) -> None:
    """Keep an issue for each total that differs from its rows, and a warning where savings miss their promise."""
    for one in filled:
        for row, figures in one.totals:
            _check_total(one, row, figures)
        if one.layout.table == "finance":
            _check_variances(one)
            _check_lines(one)
        if one.layout.table == "risks":
            scores.check(one)
    _check_promise(filled)


def _check_variances(one: Filled) -> None:
    """Warn of a variance that is not the forecast less the budget, or the other way round."""
    for record in one.rows:
        row = one.row_of(record)
        column = _variance_column(row)
        if column is None or record.get("forecast") is None:
            continue
        at = row.under(variance=column)
        said = money.money(at.value("variance"), scale=_scale(one), number_format=at.format("variance"))
        due = record["forecast"] - record["budget"]
        if said.value is not None and abs(abs(float(said.value)) - abs(due)) > _slack(one, "budget", 2):
            found, expected = f"a variance of {_pounds(said.value)}", f"{_pounds(due)}, the forecast less the budget"
            action = "Correct the one that is wrong; the variance itself is not kept."
            at.wrong("variance", found, expected, action, severity=Severity.WARNING)


def _variance_column(row: Row) -> int | None:
    texts = [words(row.sheet.text(row.headings.row, c)) for c in range(len(row.sheet.rows[row.headings.row]))]
    return next((column for column, text in enumerate(texts) if _VARIANCE.fullmatch(text)), None)


def _check_total(one: Filled, row: Row, figures: dict[str, Said]) -> None:
    groups = _added_up(one, row)
    for name, said in figures.items():
        if said.value is None:
            continue
        sums = [sum(values) for rows in groups if (values := _values(rows, name))]
        if not sums:
            row.wrong(name, f"a total of {_pounds(said.value)}", "rows with amounts that it adds up",
                      f"Fill the rows; {_OWN}")  # fmt: skip
        elif all(abs(total - said.value) > _slack(one, name, len(groups[-1])) for total in sums):
            row.wrong(name, f"a total of {_pounds(said.value)}", f"{_pounds(sums[0])}, the sum of its rows",
                      f"Correct the total or the rows; {_OWN}")  # fmt: skip


def _values(rows: reading.Rows, name: str) -> list[float]:
    return [record[name] for record in rows if record.get(name) is not None]


def _added_up(one: Filled, row: Row) -> list[reading.Rows]:
    """Give what a total may add up, likeliest first: the group named beside it or in it, the rows since the one before.

    A total without a group adds up all rows; only one that is called a sub-total those since the one before.
    """
    own = [record for record in one.rows if one.row_of(record).sheet.name == row.sheet.name]
    for name in ("directorate", "number", "financial_year"):
        text = words(row.text(name) or "") if row.column(name) is not None else ""
        group = [r for r in own if words(one.row_of(r).text_of(name)) == text] if text else []
        if group:
            return [group]
    before = max((other.number for other, _ in one.totals if other.number < row.number), default=-1)
    since = [record for record in own if before < one.row_of(record).number < row.number]
    texts = {words(row.text_of(name)) for name in row.headings.columns}
    named = [r for r in own if any(text.split()[-1:] == [words(str(r.get("directorate") or ""))] for text in texts)]
    sub = any(text.startswith("sub") for text in texts)
    return [rows for rows in ((named, since, own) if sub else (named, own, since)) if rows] or [own]


def _check_lines(one: Filled) -> None:
    """Warn of a line that is the sum of the lines before it: a total without the word, which would count twice."""
    above: dict[str | None, dict[str, tuple[int, float]]] = {}
    for record in one.rows:
        figures = {name: float(record[name]) for name in one.layout.summed if record.get(name)}
        groups = (None, str(record.get("directorate")))
        if len(figures) > 1 and any(_adds_up(figures, above.get(group, {})) for group in groups):
            one.row_of(record).wrong("line", f"the line {shown(record['line'])}, the sum of lines above it",
                                     "lines that are added up once",
                                     "If it is a total, write Total before its title; else leave it.",
                                     severity=Severity.WARNING)  # fmt: skip
        for group in groups:
            sums = above.setdefault(group, {})
            sums |= {n: (sums.get(n, (0, 0.0))[0] + 1, sums.get(n, (0, 0.0))[1] + v) for n, v in figures.items()}


def _adds_up(figures: Mapping[str, float], above: Mapping[str, tuple[int, float]]) -> bool:
    """Whether each figure is the sum of two or more above it."""
    return all(name in above and above[name][0] > 1 and abs(above[name][1] - figures[name]) < HALF for name in figures)


def _slack(one: Filled, name: str, rows: int) -> float:
    """Give by how much a sum may differ: rounding to the unit of the column, where its amounts are whole in it."""
    scale = _scale(one, name)
    parts = [float(value) / scale for value in _values(one.rows, name)]
    fine = any(abs(part - round(part)) > _EXACT for part in parts)
    return HALF if fine else money.slack(scale, rows)


def _scale(one: Filled, name: str = "budget") -> float:
    return one.scales.get(name, 1.0)


def _check_promise(filled: Sequence[Filled]) -> None:
    promised = [
        (one, record) for one in filled if one.layout.table == "programmes" for record in one.rows
        if words(str(record["measure"])) in _PROMISE and record.get("value") is not None
    ]  # fmt: skip
    for one, record in promised:
        rows = [r for f in filled if f.layout.table == "savings" for r in f.rows
                if r.get("programme") == record.get("programme")]  # fmt: skip
        total = sum(r["required"] for r in rows)
        if rows and abs(total - record["value"]) > HALF:
            one.row_of(record).wrong(
                "value", f"a promise of {_pounds(record['value'])}",
                f"{_pounds(total)}, what the sheet Savings requires",
                "Correct one of the two, or say in a note what is still to be found.", severity=Severity.WARNING,
            )  # fmt: skip


def _pounds(value: float) -> str:
    return f"£{value:,.0f}" if float(value).is_integer() else f"£{value:,.2f}"
