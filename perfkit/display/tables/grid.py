"""Every outcome on one screen: a tile each, by priority, with its rating as a word, a shape and a colour."""

from __future__ import annotations

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment


def outcome_grid(rolled: pd.DataFrame, *, caption: str) -> Fragment:
    """Show outcomes as a grid, a row of tiles for each priority, in the order given.

    Needs ``outcome, title, priority, rag``. Raises `ValueError` without a caption.

    >>> rolled = pd.DataFrame({"outcome": ["E5"], "title": ["Services"], "priority": ["P"], "rag": ["red"]})
    >>> outcome_grid(rolled, caption="Outcomes by priority")
    Outcomes by priority. P: E5 red
    """
    if not caption.strip():
        raise ValueError("A grid of outcomes needs a caption that says what it shows.")
    if rolled.empty:
        return Fragment(markup.text("p", "No outcomes.", class_="pk-quiet"), f"{caption}: no outcomes")
    parts, said = [], []
    for priority, part in rolled.groupby("priority", sort=False, dropna=False):
        tiles = "".join(_tile(row.outcome, row.title, row.rag) for row in part.itertuples())
        parts.append(markup.text("h3", priority) + markup.element("ul", tiles, class_="pk-grid"))
        said.append(f"{priority}: " + ", ".join(f"{row.outcome} {row.rag}" for row in part.itertuples()))
    head = markup.text("p", caption, class_="pk-caption")
    return Fragment(head + "".join(parts), f"{caption}. {'; '.join(said)}")


def _tile(outcome: object, title: object, rag: object) -> str:
    number = "" if words.missing(outcome) else markup.text("span", outcome, class_="pk-ref")
    kind = "not" if style.rating_of(rag) == style.NOT_RATED else str(rag)
    content = f"{number} {markup.text('span', title, class_='pk-tile-title')} {style.chip(rag)}"
    return markup.element("li", content, class_=f"pk-tile pk-tile-{kind}")
