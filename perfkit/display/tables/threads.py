"""The golden thread: from the vision to each indicator, as nested lists that open where the reader wants to look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from perfkit.display import markup, readings, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables.plain import STATUS_SIGNS

_ABOVE = ("vision", "theme")


def thread(rows: pd.DataFrame, priorities: pd.DataFrame, rolled: pd.DataFrame, rated: pd.DataFrame) -> Fragment:
    """Show vision, themes, corporate priorities, outcomes and indicators, with ratings at the leaf.

    ``rows`` is the table thread of the year, ``priorities`` what `outcomes.by_priority` gives, ``rolled`` and ``rated``
    outcomes and indicators. A priority stands below the theme that is said to lead to it, and below the themes
    where none is.

    >>> counted = pd.DataFrame({"priority": ["P"], "indicators": [0], "green": [0], "amber": [0], "red": [0],
    ...     "not_rated": [0], "outcomes": [0]})
    >>> empty = pd.DataFrame({"level": [], "priority": [], "outcome": []}, dtype="object")
    >>> thread(empty, counted, empty, empty)
    Golden thread: one corporate priority
    """
    parts = {str(row["priority"]): _priority(row, rolled, rated) for row in priorities.to_dict("records")}
    themes = rows[rows["level"] == "theme"]
    linked = [name for name in parts if name in set(themes["priority"])]
    above = "".join(_theme(row, parts) for row in themes.itertuples())
    listed = markup.element("ul", above, class_="pk-thread") if above else ""
    left = "".join(markup.element("li", part) for name, part in parts.items() if name not in linked)
    below = markup.element("ul", left, class_="pk-thread") if left else ""
    head = markup.text("p", "Corporate priorities", class_="pk-see-head") if left and above else ""
    whole = "".join(_visions(rows)) + listed + head + below + _rest(rows)
    return Fragment(whole, f"Golden thread: {words.counted('corporate priority', len(parts))}")


def _visions(rows: pd.DataFrame) -> Iterator[str]:
    for row in rows[rows["level"] == "vision"].itertuples():
        yield f"<p>{_kind('Vision')} {markup.text('strong', row.title)} {_sign(row.status)}</p>"


def _theme(row: Any, parts: dict[str, str]) -> str:
    leads = parts.get(str(row.priority), "")
    link = f"leads to {_sign(row.priority_status)}".rstrip() if leads else ""
    head = f"{_kind('Theme')} {markup.text('strong', row.title)} {_sign(row.status)} {link}"
    below = markup.element("ul", markup.element("li", leads), class_="pk-plain") if leads else ""
    return markup.element("li", head + below)


def _priority(record: dict[Any, Any], rolled: pd.DataFrame, rated: pd.DataFrame) -> str:
    name = record["priority"]
    own = rolled[rolled["priority"] == name]
    of = f"{words.counted('outcome', len(own))}, {words.counted('indicator', int(record['indicators']))}"
    tally = ", ".join(f"{count} {rating}" for rating, count in readings.counts_of(record).items() if count)
    summary = f"Corporate priority: {markup.text('strong', name)} ({escape(': '.join(filter(None, (of, tally))))})"
    items = "".join(_outcome(row, rated) for row in own.itertuples())
    inner = markup.element("ul", items) if items else markup.text("p", "No outcomes.", class_="pk-quiet")
    return markup.element("details", f"<summary>{summary}</summary>{inner}", class_="pk-open-in-print")


def _outcome(row: Any, rated: pd.DataFrame) -> str:
    leaves = "".join(
        markup.element("li", f"{style.mark(leaf.effective)} {escape(f'{leaf.ref} {leaf.title}')}")
        for leaf in rated[rated["outcome"] == row.outcome].itertuples()
    )
    below = markup.element("ul", leaves, class_="pk-plain") if leaves else ""
    return markup.element("li", f"{escape(f'{row.outcome} {row.title}')} {style.chip(row.rag)}{below}")


def _rest(rows: pd.DataFrame) -> str:
    """List what else the framework is made of, such as its segments, each kind with its titles in order."""
    other = rows[~rows["level"].isin(_ABOVE)]
    if other.empty:
        return ""
    items = "".join(
        markup.text("li", f"{str(level).capitalize()}: {words.join(part.sort_values('order')['title'])}.")
        for level, part in other.groupby("level", sort=False)
    )
    head = markup.text("p", "Also part of the framework, each as published", class_="pk-see-head")
    return head + markup.element("ul", items)


def _kind(said: str) -> str:
    return markup.text("span", f"{said}:", class_="pk-quiet")


def _sign(status: object) -> str:
    return escape(STATUS_SIGNS.get(str(status), ""))
