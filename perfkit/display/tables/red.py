"""Red outcomes for a cabinet: which of their indicators are red, why, what the director says and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables.board import against, recommended, told
from perfkit.display.tables.plain import legend, place_of, status_signs
from perfkit.display.tables.scorecards import anchor, markers

Record = Mapping[str, object]
NO_CAUSE = "No cause was given: a question to the director."
NO_ACTION = "No action was given: a question to the director."


def red_outcomes(
    rolled: pd.DataFrame,
    rated: pd.DataFrame,
    commentary: pd.DataFrame,
    *,
    caption: str,
    assessments: pd.DataFrame | None = None,
) -> Fragment:
    """Show each red outcome on a card: its red indicators, the cause, the director's words, the action recommended.

    Needs ``outcome, title, rag`` of rolled (and ``assessed, directorate`` where there are), of which those red by
    either rating are shown; what `rating.assess` gives; and ``kind, subject, text`` of commentary, where causes and
    actions speak of an indicator or outcome. The director's words are the ``reason`` that came with the rating of the
    outcome or indicator. An action reported as "None" is shown as that, and asked about like one that is missing.
    Nothing where none is red.

    >>> rolled = pd.DataFrame({"outcome": ["E5"], "title": ["Services"], "rag": ["green"]})
    >>> red_outcomes(rolled, pd.DataFrame(), pd.DataFrame(), caption="Red outcomes")
    Red outcomes: none
    """
    if not caption.strip():
        raise ValueError("A list of red outcomes needs a caption that says what it shows.")
    assessed = rolled["assessed"] if "assessed" in rolled else rolled["rag"]
    red = rolled[rolled["rag"].eq("red") | assessed.eq("red")]
    if red.empty:
        return Fragment("", f"{caption}: none")
    said = told(commentary) | _narrated(assessments)
    its = {str(name): part.to_dict("records") for name, part in rated.groupby("outcome")}
    cards = "".join(_card(record, its.get(str(record["outcome"]), []), said) for record in red.to_dict("records"))
    shown = rated[rated["effective"].eq("red")]
    signs = legend(status_signs(shown) | markers(shown))
    head = markup.text("p", caption, class_="pk-caption")
    named = words.counted("red outcome", len(red))
    return Fragment(f'{signs}{head}<ul class="pk-exceptions pk-reds">{cards}</ul>', f"{caption}: {named}")


def _narrated(assessments: pd.DataFrame | None) -> dict[tuple[str, str], list[str]]:
    held: dict[tuple[str, str], list[str]] = {}
    for record in [] if assessments is None else assessments.to_dict("records"):
        if not words.missing(record["reason"]):
            held.setdefault((str(record["subject"]), "narrative"), []).append(str(record["reason"]))
    return held


def _card(outcome: Record, indicators: Sequence[Record], said: Mapping[tuple[str, str], list[str]]) -> str:
    red = [record for record in indicators if record["effective"] == "red"]
    subjects = [str(record["indicator"]) for record in red] + [str(outcome["outcome"])]
    cause, narrative, action = (
        [text for name in subjects for text in said.get((name, kind), [])] for kind in ("cause", "narrative", "action")
    )
    title = f"{escape(outcome['outcome'])} {escape(outcome['title'])} {style.chip(outcome['rag'])}"
    parts = [
        ("Red indicators" if len(red) > 1 else "Red indicator", [_indicator(record) for record in red]),
        ("Director’s rating", [_assessed(outcome)]),
        ("Cause", [escape(text) for text in cause] or [escape(NO_CAUSE)]),
        ("Director’s narrative", [escape(text) for text in narrative]),
        ("Action recommended", [escape(line) for line in recommended(action, none=NO_ACTION)]),
    ]
    listed = "".join(
        markup.element("div", markup.text("dt", name) + "".join(f"<dd>{line}</dd>" for line in lines))
        for name, lines in parts
        if lines
    )
    return f'<li><p class="pk-card-title">{title}</p><dl class="pk-pairs">{listed}</dl></li>'


def _indicator(record: Record) -> str:
    link = markup.text("a", f"{record['ref']} {record['title']}", href=f"#{anchor(record['ref'])}")
    place = place_of(record)
    small = markup.text("span", f"Source: {place}", class_="pk-small") if place else ""
    return f"{link}: {escape(against(record))}{small}"


def _assessed(outcome: Record) -> str:
    given = outcome.get("assessed")
    return "Not given" if words.missing(given) else style.mark(given)
