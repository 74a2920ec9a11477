"""The budget lines behind the single view, by directorate, with the cells that they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from perfkit.display import leadership_sentences as say
from perfkit.display import markup, money_words, style, words
from perfkit.display.directorates import named
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables.plain import (
    STATUS_SIGNS,
    explained_signs,
    files,
    header,
    legend,
    place_of,
    region,
    signs_in,
    status_signs,
)

Record = Mapping[Any, Any]
_FIGURES = ("budget", "actual", "forecast")
_HEADINGS = (
    ("Budget line", "pk-longer"), ("Budget", "pk-number"), ("Spent so far", "pk-number"), ("Forecast", "pk-number"),
    ("Variance", "pk-long"), ("Rating", ""), ("Why", "pk-longer"), ("Priorities", ""),
)  # fmt: skip


def lines(varied: pd.DataFrame, money: pd.DataFrame, *, names: pd.DataFrame, caption: str) -> Fragment:
    """Show budget lines by directorate, each directorate's sums above its lines.

    ``varied`` is what `single_view.vary` gives, ``money`` what `single_view.total` gives by directorate; ``names``
    needs directorate and name. Raises `ValueError` without a caption.

    >>> lines(pd.DataFrame(), pd.DataFrame(), names=pd.DataFrame(), caption="Budget lines")
    Budget lines: no finance return
    """
    if not caption.strip():
        raise ValueError("A table of budget lines needs a caption that says what it shows.")
    if varied.empty:
        said = "No finance return has come."
        return Fragment(markup.text("p", said, class_="pk-quiet"), f"{caption}: no finance return")
    sums = {str(row["directorate"]): row for row in money.to_dict("records")}
    units = {column: money_words.unit(pd.concat([varied[column], money[column]])) for column in _FIGURES}
    bodies = "".join(
        _body(str(name), sums[str(code)], part, units=units)
        for (code, name), part in varied.groupby(["directorate", named(varied["directorate"], names)], sort=False)
    )
    signs = legend(status_signs(varied) | explained_signs(varied, _FIGURES))
    table = region(caption, header(_HEADINGS), bodies)
    whole = signs + table + files(varied, of=caption)
    return Fragment(whole, f"{caption}: {words.counted('budget line', len(varied))}")


def _body(name: str, sums: Mapping[Any, Any], part: pd.DataFrame, *, units: Mapping[str, str]) -> str:
    figures = "".join(
        markup.text("td", words.number(sums.get(column), unit), class_="pk-number") for column, unit in units.items()
    )
    head = markup.text("th", name, scope="rowgroup", id=say.anchor("money", sums["directorate"]))
    total = f"{head}{figures}{_judged(sums)}<td></td><td></td>"
    rows = "".join(_row(record, units=units) for record in part.to_dict("records"))
    return f'<tbody><tr class="pk-group pk-sums">{total}</tr>{rows}</tbody>'


def _row(record: Record, *, units: Mapping[str, str]) -> str:
    sign = STATUS_SIGNS.get(str(record.get("status")), "")
    signs = signs_in(record.get("markers"), _FIGURES)
    figures = "".join(
        markup.text("td", signs.get(column) or words.number(record.get(column), unit), class_="pk-number")
        for column, unit in units.items()
    )
    why = record.get("reason")
    reason = '<span class="pk-quiet">Not given</span>' if words.missing(why) else escape(why)
    bears, place = record.get("priorities"), place_of(record)
    title = escape(f"{record['line']} {sign}".strip()) + (
        markup.text("span", place, class_="pk-small") if place else ""
    )
    return markup.element(
        "tr",
        markup.element("th", title, scope="row")
        + figures
        + _judged(record)
        + markup.element("td", reason if record["money"] in ("red", "amber") or not words.missing(why) else "")
        + markup.text("td", "none" if words.missing(bears) else ", ".join(str(bears).split())),
    )


def _judged(record: Record) -> str:
    return markup.text("td", money_words.gap(record)) + markup.element("td", style.chip(record["money"]))
