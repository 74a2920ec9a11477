"""Tables whose rows become cards on a phone; roles are said outright, as a table that is laid out anew loses them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from perfkit.display import markup, words
from perfkit.display.markup import escape


def table(
    caption: str, heads: Sequence[str], bodies: Iterable[str], *, kind: str = "", figures: Collection[str] = ()
) -> str:
    """Write a table of finished bodies; ``figures`` are the headings that stand right, ``kind`` is its class.

    >>> table("Two", ["No."], []).startswith('<table class="pk-table pk-cards" role="table"><caption>Two</caption>')
    True
    """
    cells = "".join(
        markup.text("th", label, scope="col", role="columnheader", class_="pk-number" if label in figures else "")
        for label in heads
    )
    head = f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
    whole = markup.text("caption", caption) + head + "".join(bodies)
    return markup.element("table", whole, class_=f"pk-table pk-cards {kind}".strip(), role="table")


def body(rows: Iterable[str], *, group: str = "", across: int = 0) -> str:
    """Write rows as one body, under the finished words of a ``group`` that stand ``across`` so many columns."""
    above = ""
    if group:
        cell = f'<th scope="rowgroup" role="rowheader" colspan="{across}">{group}</th>'
        above = f'<tr role="row" class="pk-group">{cell}</tr>'
    return f'<tbody role="rowgroup">{above}{"".join(rows)}</tbody>'


def row(*cells: str, place: str = "") -> str:
    """Write a row of finished cells; links lead to it by its ``place``."""
    return markup.element("tr", "".join(cells), role="row", id=place)


def ref(number: object, *, place: str = "") -> str:
    """Write the number that a row is called by."""
    return markup.text("td", number, role="cell", class_="pk-ref", id=place)


def title(content: str, *, place: str = "") -> str:
    """Write the finished words that head a row, and its card."""
    return markup.element("th", content, scope="row", role="rowheader", id=place)


def cell(label: str, content: str, kind: str = "") -> str:
    """Write a finished cell with the label that stands beside it on a card; beside nothing none would stand alone.

    >>> cell("Target", "67%"), cell("Target", "")
    ('<td role="cell" data-label="Target">67%</td>', '<td role="cell"></td>')
    """
    return markup.element("td", content, role="cell", class_=kind, data_label=label if content else "")


def small(said: object) -> str:
    """Write words in small letters on a line of their own; nothing where there are none."""
    return "" if words.missing(said) else markup.text("span", said, class_="pk-small")


def quiet(said: object) -> str:
    """Write what stands where there is nothing."""
    return f'<span class="pk-quiet">{escape(said)}</span>'
