"""What each row of a framework's tables says, its targets apart: in perfkit's words, or as issues at their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from perfkit.intake import cells, reading
from perfkit.intake.framework.columns import COLUMNS
from perfkit.intake.headings import words
from perfkit.intake.rows import Row
from perfkit.model import periods, schemas, synonyms
from perfkit.model.columns import Table
from perfkit.model.errors import ParseError, one_of

_FLAGS = {None: None, "y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_UNITS = {words(name): unit for written, unit in synonyms.UNITS if unit != "pounds" for name in (written, unit)}
"""Units under all their names; money keeps the sign that it is reported under, such as £m."""


def of(some: Iterable[Row], name: str, year: str) -> reading.Rows:
    """Give the rows of one table by its name, targets apart; a row that holds nothing but its key is told."""
    table, key, take = schemas.TABLES[name], COLUMNS[name].key, _TAKE[name]
    return [
        {**in_words(row, take(row), table), "financial_year": year, **row.place(key)}
        for row in some if _is_filled(row, key)
    ]  # fmt: skip


def _is_filled(row: Row, key: str) -> bool:
    """Say whether a row holds more than its key, and tell of one that does not."""
    if any(row.text_of(name) for name in row.headings.columns if name != key):
        return True
    row.wrong(key, f"{cells.shown(row.value(key))} and nothing beside it", "a row that is filled",
              "Fill the row; if it only heads the rows below it, take it out.")  # fmt: skip
    return False


def _indicator(row: Row) -> dict[str, Any]:
    cumulative = row.code("cumulative") in ("y", "yes")
    return {
        "indicator": row.text("indicator"),
        "ref": row.text("ref"),
        "title": row.text("title"),
        "directorate": row.text("directorate"),
        "priority": row.text("priority"),
        "outcome": row.text("outcome"),
        "unit": unit(row.text("unit")),
        "polarity": polarity(row.code("polarity")),
        "frequency": row.code("frequency") or "quarter",
        "series_type": row.code("series_type") or ("ytd" if cumulative else "point"),
        "arrears": row.whole("arrears") or 0,
        "decimals": row.whole("decimals") or 0,
        "rule": row.code("rule"),
        "tolerance": row.number_of("tolerance"),
        "tolerance_set_by": row.text("set_by"),
        "tolerance_set_on": row.day("set_on"),
        "data_owner": row.text("data_owner"),
        "definition": row.text("definition"),
        "can_pass_100": _flag(row, "can_pass_100"),
    }


def _flag(row: Row, name: str) -> bool | None:
    word = row.code(name)
    if word not in _FLAGS:
        row.wrong(name, cells.shown(row.value(name)), "Y, N or nothing", "Type Y or N.")
    return _FLAGS.get(word)


def _outcome(row: Row) -> dict[str, Any]:
    return {name: row.text(name) for name in ("outcome", "title", "priority", "directorate")}


def _priority(row: Row) -> dict[str, Any]:
    return {"priority": row.text("priority"), "order": row.whole("order")}


def _directorate(row: Row) -> dict[str, Any]:
    return {"directorate": row.text("directorate"), "name": row.text("name"), "order": row.whole("order")}


def _leadership(row: Row) -> dict[str, Any]:
    return {"number": row.whole("number"), "title": row.text("title"), "kind": row.code("kind")}


def _published(row: Row) -> dict[str, Any]:
    return {"period": period(row, "period"), "statement": row.text("statement"), "count": row.number_of("count")}


_TAKE: dict[str, Callable[[Row], dict[str, Any]]] = {
    "priorities": _priority,
    "outcomes": _outcome,
    "indicators": _indicator,
    "directorates": _directorate,
    "leadership_priorities": _leadership,
    "published": _published,
}


def period(row: Row, name: str) -> str | None:
    """Read the label of a period that may be absent; what is none is told at its cell."""
    text = row.text(name)
    if text is None:
        return None
    try:
        return periods.label(periods.parse(text))
    except ParseError as error:
        row.wrong(name, cells.shown(text), "a period such as 2017-18, 2017-18 Q1 or March 2018", str(error))
        return None


def in_words(row: Row, facts: dict[str, Any], table: Table) -> dict[str, Any]:
    """Tell at its own cell of each word that a table does not know; in its place goes the last known one."""
    # The file stops for it, and the last word, such as the polarity neutral, is the one that asks least of a target.
    known = _words(table)
    odd = {name: word for name, word in facts.items() if word is not None and word not in known.get(name, (word,))}
    for name, word in odd.items():
        row.wrong(name, f'{name} "{word}"', one_of(known[name]), "Use one of these words.")
    return {**facts, **{name: known[name][-1] for name in odd}}


@lru_cache(maxsize=32)
def _words(table: Table) -> dict[str, tuple[str, ...]]:
    return {column.name: column.words for column in table.columns if column.words}


def polarity(written: str | None) -> str | None:
    """Give a polarity in perfkit's word for it.

    >>> polarity("bigger is better"), polarity("low"), polarity("within")
    ('higher', 'lower', 'within')
    """
    return dict(synonyms.POLARITIES).get(written or "", written)


def unit(written: str | None) -> str | None:
    """Give a unit in perfkit's word for it: a percentage and a count have many spellings.

    >>> unit("%"), unit("Percentage"), unit("No."), unit("£m")
    ('percent', 'percent', 'count', '£m')
    """
    return _UNITS.get(words(written or ""), written)
