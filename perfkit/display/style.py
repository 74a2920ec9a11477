"""The palette, the marks of ratings and outlooks, and the setting of charts: one place for how everything looks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from perfkit.display import markup

CATEGORICAL: Final = ("#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1")
FOCUS: Final = ("#12436d", "#bfbfbf")

TEMPLATE: Final = Path(__file__).parent / "templates" / "perfkit"
NOTEBOOK_STYLE: Final = "data-perfkit-notebook"
INK, SOFT, LINE, PAPER, ON = "#0b0c0c", "#484d50", "#b1b4b6", "#ffffff", "#fffffe"
"""Text, secondary text, rules, ground, and text upon a dark area."""
OURS, OTHERS = FOCUS
RATED: Final = {"green": "#00703c", "amber": "#ffb54d", "red": "#c52a1a", "not rated": "#f3f2f1"}
HATCHED: Final = {"red": "#9c1c10"}
"""The second shade of a striped area, so that red and green differ in grey print."""
ON_RATED: Final = {"green": ON, "amber": "#0b0c0d", "red": ON, "not rated": "#0b0c0e"}

TOKENS: Final[Mapping[str, tuple[str, str]]] = {
    "ink": (INK, "#f3f2f1"),
    "soft": (SOFT, "#bcc2c7"),
    "line": (LINE, "#56606a"),
    "paper": (PAPER, "#14181c"),
    "wash": ("#f3f4f6", "#20262c"),
    "link": ("#1a4f8a", "#8fc1f5"),
    "accent": (OURS, "#8fc1f5"),
    "others": (OTHERS, "#5d666e"),
    "focus": ("#ffdd00", "#ffdd00"),
    "focus-ink": ("#0b0c0f", "#0b0c0f"),
    "c2": (CATEGORICAL[1], "#3fc1b6"),
    "c3": (CATEGORICAL[2], "#e08bb8"),
    "c4": (CATEGORICAL[3], "#f78a53"),
    "c5": (CATEGORICAL[4], "#c9ced3"),
    "c6": (CATEGORICAL[5], "#b9a1e0"),
    "green": (RATED["green"], "#00804a"),
    "amber": (RATED["amber"], "#ffb54d"),
    "red": (RATED["red"], "#c52a1a"),
    "red-stripe": (HATCHED["red"], "#9c1c10"),
    "unrated": (RATED["not rated"], "#2b3239"),
    "on": (ON, "#fffffe"),
    "on-amber": (ON_RATED["amber"], "#0b0c0d"),
    "on-unrated": (ON_RATED["not rated"], "#f3f2f1"),
    "shape-green": ("#00713c", "#4bc48a"),
    "shape-amber": ("#b86a00", "#ffb54e"),
    "shape-red": ("#c52a1b", "#ff8a7d"),
    "chip-green": ("#d6ebe0", "#0d3b25"),
    "chip-green-ink": ("#004d29", "#b5e8cd"),
    "chip-amber": ("#ffe9c7", "#4a3205"),
    "chip-amber-ink": ("#6b3f00", "#ffd79a"),
    "chip-red": ("#f9d9d5", "#56140d"),
    "chip-red-ink": ("#8a1509", "#ffc9c2"),
    "chip-none": ("#eceeef", "#2b3239"),
    "chip-none-ink": ("#383f43", "#d7dce0"),
}
"""Every colour of a page, on white paper and in dark mode. Charts are drawn in the first and take on the second."""

PAIRS: Final = (
    ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("accent", "paper"), ("ink", "wash"), ("soft", "wash"),
    ("link", "wash"), ("focus-ink", "focus"), ("on", "green"), ("on", "red"), ("on", "red-stripe"),
    ("on-amber", "amber"), ("on-unrated", "unrated"), ("chip-green-ink", "chip-green"),
    ("chip-amber-ink", "chip-amber"), ("chip-red-ink", "chip-red"), ("chip-none-ink", "chip-none"),
)  # fmt: skip
"""Each text colour with each ground that it stands on; a test holds all of them to 4.5:1 in both modes."""

RAG_WORDS: Final = {"green": "Green", "amber": "Amber", "red": "Red"}
NOT_RATED = "not rated"
RAG_LETTERS: Final = {"green": "G", "amber": "A", "red": "R", NOT_RATED: "–"}
LEVELS: Final = {"high": "red", "medium": "amber", "low": "green"}
"""The colour of each level of risk."""
OUTLOOKS: Final = ("improving", "stable", "deteriorating")


def rating_of(value: object) -> str:
    """Give green, amber, red or "not rated" for what a rating column holds; what is missing is not rated.

    >>> rating_of("Red"), rating_of(None), rating_of("not rated")
    ('red', 'not rated', 'not rated')
    """
    word = str(value).strip().lower() if isinstance(value, str) else ""
    return word if word in RAG_WORDS else NOT_RATED


def chip(value: object, *, word: str = "") -> str:
    """Draw a rating as a word, a shape and a colour; the style sheet draws the shape.

    >>> chip("amber")
    '<span class="pk-chip pk-amber">Amber</span>'
    """
    rating = rating_of(value)
    kind = "none" if rating == NOT_RATED else rating
    shown = markup.escape(word or RAG_WORDS.get(rating, "Not rated"))
    return f'<span class="pk-chip pk-{kind}">{shown}</span>'


def mark(value: object) -> str:
    """Draw a rating as a word and a shape alone, where another rating of the row is the one that counts.

    >>> mark("red")
    '<span class="pk-outlook pk-mark-red">Red</span>'
    """
    rating = rating_of(value)
    shown = RAG_WORDS.get(rating, "Not rated")
    kind = "none" if rating == NOT_RATED else rating
    return f'<span class="pk-outlook pk-mark-{kind}">{shown}</span>'


def outlook(value: object) -> str:
    """Draw an outlook as an arrow and a word; the dash of one that was not given is said as well.

    >>> outlook("Stable"), outlook(None)
    ('<span class="pk-outlook pk-stable">Stable</span>', '<span class="pk-quiet">Not given</span>')
    """
    word = str(value).strip().lower() if isinstance(value, str) else ""
    if word not in OUTLOOKS:
        return '<span class="pk-quiet">Not given</span>'
    return way(word, word.capitalize())


def way(name: str, said: str) -> str:
    """Draw the arrow of improving, stable or deteriorating, before words that say which way it went.

    >>> way("improving", "Up from 16")
    '<span class="pk-outlook pk-improving">Up from 16</span>'
    """
    return f'<span class="pk-outlook pk-{name}">{markup.escape(said)}</span>'


def stylesheet_tokens() -> str:
    """Write the colours as CSS variables: for paper, and for a reader whose screen is set to dark."""
    light = ";".join(f"--pk-{name}:{pair[0]}" for name, pair in TOKENS.items())
    dark = ";".join(f"--pk-{name}:{pair[1]}" for name, pair in TOKENS.items())
    return f".pk{{{light}}}\n@media screen and (prefers-color-scheme:dark){{body.pk,body.pk .pk{{{dark}}}}}\n"


@cache
def stylesheet() -> str:
    """Give the style of everything that this room draws, to stand in a page's head."""
    return stylesheet_tokens() + (TEMPLATE / "components.css").read_text(encoding="utf-8")


@cache
def for_notebooks() -> str:
    """Give the same style for a notebook that is open in a browser, in its light form; the exporter leaves it out."""
    light = ";".join(f"--pk-{name}:{pair[0]}" for name, pair in TOKENS.items())
    parts = (TEMPLATE / "components.css").read_text(encoding="utf-8")
    return f"<style {NOTEBOOK_STYLE}>.pk{{{light};background:#fff}}\n{parts}</style>"


def variables() -> dict[str, str]:
    """Map each colour that a chart is drawn in to the CSS variable that replaces it."""
    return {pair[0]: f"var(--pk-{name},{pair[0]})" for name, pair in reversed(list(TOKENS.items()))}
