"""What every chart has: a title that says its message, a text alternative, a caption, a source, its data in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from perfkit.display import markup, svg, svg_lean, words
from perfkit.display.markup import Fragment

Margins = tuple[float, float, float, float]


@dataclass(frozen=True, repr=False)
class Chart(Fragment):
    """A finished figure; ``title`` is its message and ``alt`` its text alternative."""

    title: str
    alt: str


@dataclass(frozen=True)
class Label:
    """The words of a chart, refused where one is empty."""

    title: str
    what: str
    unit: str
    source: str
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        for name in ("title", "unit", "source"):
            if not str(getattr(self, name)).strip():
                raise ValueError(f"A chart needs a {name}: give {name}=... in words for the reader.")

    @property
    def caption(self) -> str:
        """What is shown, in which unit, from which source, and what to know of it."""
        unit = words.unit_words(self.unit)
        shown = (
            self.what if unit.lower() in self.what.lower() else ", ".join(part for part in (self.what, unit) if part)
        )
        return " ".join(words.sentence(part) for part in (shown, f"Source: {self.source}", *self.notes))


def in_order(frame: pd.DataFrame, label: str, value: str) -> list[tuple[str, float]]:
    """Give the rows that have a value by their labels, the largest value first.

    >>> in_order(pd.DataFrame({"area": ["A", "B", "C"], "days": [1.0, None, 3.0]}), "area", "days")
    [('C', 3.0), ('A', 1.0)]
    """
    amounts = pd.to_numeric(frame[value]).astype("float64")
    pairs = [(str(name), float(amount)) for name, amount in zip(frame[label], amounts, strict=True) if amount == amount]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def heading(column: str) -> str:
    """Name a column for the table below a chart.

    >>> heading("reason_title"), heading("people_a_day"), heading("change")
    ('Reason', 'People a day', 'Change')
    """
    return column.removesuffix("_title").replace("_", " ").capitalize()


def build(label: Label, *, alt: str, drawing: str, data: Fragment, key: str = "") -> Chart:
    """Put a chart together; ``key`` is HTML that explains its marks, above the drawing."""
    head = markup.text("p", label.title, class_="pk-chart-title")
    below = markup.text("figcaption", label.caption)
    summary = f'Show the data<span class="pk-unseen"> of the chart: {markup.escape(label.title)}</span>'
    table = f"<details><summary>{summary}</summary>{data.html}</details>"
    whole = markup.element("figure", f"{head}{key}{drawing}{below}{table}", class_="pk-chart")
    return Chart(html=whole, words=f"{label.title}: {alt}", title=label.title, alt=alt)


def drawn(
    drawing: svg.Draw,
    *,
    alt: str,
    heights: tuple[int, int],
    margins: tuple[Margins, Margins],
    seed: object,
    compact: bool = False,
) -> str:
    """Draw a chart twice, for wide screens and for phones; ``seed`` is its content, from which ids are made.

    A ``compact`` chart is drawn once, for phones, since it stands beside another on wide screens.
    """
    key = f"c{markup.key_of(seed)}"
    drawings = zip((svg.WIDE, svg.NARROW), heights, margins, "wn", strict=True)
    made = [
        svg.draw(drawing, width=width, height=height, margins=margin, key=f"{key}{letter}")
        for width, height, margin, letter in list(drawings)[1 if compact else 0 :]
    ]
    if compact:
        return markup.element("div", svg_lean.lean(made[0]), class_="pk-drawing", role="img", aria_label=alt)
    return svg.figure_of(made[0], made[1], alt)
