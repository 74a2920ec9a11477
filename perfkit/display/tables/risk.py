"""The register of risks: score, movement, owner, mitigation, and the cells that they came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from perfkit.display import leadership_sentences as say
from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards
from perfkit.display.tables.plain import STATUS_SIGNS, files, legend, place_of, status_signs
from perfkit.model.councils import WHOLE

Record = Mapping[str, Any]
_WAYS = {"up": "improving", "down": "deteriorating", "same": "stable"}
_HEADINGS = ("Id", "Risk", "Score", "Since last quarter", "Owner", "Mitigation", "Bears on")


def register(found: pd.DataFrame, closed: pd.DataFrame, *, indicators: pd.DataFrame, caption: str) -> Fragment:
    """Show every risk, the highest first, then those closed since the last quarter.

    ``found`` and ``closed`` are what `single_view.register` and `single_view.closed` give; ``indicators`` needs
    indicator and ref, by which the risks' indicators are called. Raises `ValueError` without a caption.

    >>> register(pd.DataFrame(), pd.DataFrame(), indicators=pd.DataFrame(), caption="Register of risks")
    Register of risks: none has come
    """
    if not caption.strip():
        raise ValueError("A register needs a caption that says what it shows.")
    if found.empty:
        return Fragment(markup.text("p", "No register has come.", class_="pk-quiet"), f"{caption}: none has come")
    refs = dict(zip(indicators["indicator"], indicators["ref"], strict=True))
    known = [{str(key): value for key, value in record.items()} for record in found.to_dict("records")]
    gone = [{str(key): value for key, value in record.items()} for record in closed.to_dict("records")]
    rows = [*(_row(record, refs) for record in known), *map(_closed, gone)]
    table = cards.table(caption, _HEADINGS, [cards.body(rows)], kind="pk-register")
    both = pd.concat([found, closed], ignore_index=True)
    shown = legend(status_signs(both)) + table + files(both, of=caption)
    return Fragment(shown, f"{caption}: {words.counted('risk', len(found))}")


def level(record: Record) -> str:
    """Write the level of a risk with its score as word, shape and colour.

    >>> "High 20" in level({"level": "high", "score": 20})
    True
    """
    return style.chip(
        style.LEVELS.get(str(record["level"])), word=f"{str(record['level']).capitalize()} {record['score']}"
    )


def product(record: Record) -> str:
    """Write how a score comes about.

    >>> product({"likelihood": 4, "impact": 5})
    'Likelihood 4 × impact 5'
    """
    return f"Likelihood {record['likelihood']} × impact {record['impact']}"


def movement(record: Record) -> str:
    """Write how a risk moved since the last quarter, as an arrow with words; nothing where nothing is known.

    >>> "up from 12" in movement({"trend": "up", "score_before": 12}), movement({"trend": ""})
    (True, '')
    """
    trend = str(record.get("trend") or "")
    if trend not in _WAYS:
        return "new in the register" if trend else ""
    said = "same as last quarter" if trend == "same" else f"{trend} from {record['score_before']}"
    return style.way(_WAYS[trend], said)


def _row(record: Record, refs: Mapping[str, str]) -> str:
    score = level(record) + cards.small(product(record))
    moved = movement(record) or cards.quiet("Not known")
    contents = (score, _first_capital(moved), _said(record, "owner"), _said(record, "mitigation"), _bears(record, refs))
    return _whole(record, contents, place=say.anchor("risk", record["risk"]))


def _closed(record: Record) -> str:
    score = cards.quiet(f"was {record['score']}")
    return _whole(record, (score, "Closed", _said(record, "owner"), "", ""), folder=True)


def _whole(record: Record, contents: tuple[str, ...], *, place: str = "", folder: bool = False) -> str:
    sign = STATUS_SIGNS.get(str(record.get("status")), "")
    whose = record.get("directorate")
    whose_said = WHOLE if words.missing(whose) else whose
    # A closed risk stands in the register of the quarter before, which bears the same name as this one.
    where = f"{PurePosixPath(str(record['file'])).parent}/" if folder else ""
    source = f"; {where}{found}" if (found := place_of(record)) else ""
    title = escape(f"{record['title']} {sign}".strip()) + cards.small(f"{whose_said}{source}")
    cells = map(cards.cell, _HEADINGS[2:], contents)
    return cards.row(cards.ref(record["risk"], place=place), cards.title(title), *cells)


def _said(record: Record, column: str) -> str:
    value = record.get(column)
    return f'<span class="pk-strong">No {column} given</span>' if words.missing(value) else escape(value)


def _bears(record: Record, refs: Mapping[str, str]) -> str:
    priorities, named = record.get("priorities"), record.get("indicators")
    parts = []
    if not words.missing(priorities):
        numbers = str(priorities).split()
        parts.append(f"{words.plural('Priority', len(numbers))} {words.join(numbers)}")
    if not words.missing(named):
        ids = [refs.get(name, name) for name in str(named).split()]
        parts.append(f"{words.plural('Indicator', len(ids))} {words.join(ids)}")
    return "<br>".join(map(escape, parts)) or cards.quiet("Nothing named")


def _first_capital(content: str) -> str:
    """Begin the words of a movement with a capital, as a cell of its own does."""
    start = content.find(">") + 1
    return content[:start] + content[start : start + 1].upper() + content[start + 1 :]
