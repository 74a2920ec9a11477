"""The outlook of a whole council on one page: variation, projection, probability and the director's view."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import icons, markup, outlook_titles, style, words
from perfkit.display.directorates import named, ordered
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards, plain

Record = Mapping[str, object]
_SCORES = {"side": "Who judged", "judgements": "Recorded", "resolved": "Resolved", "brier": "Brier score"}
_HEADINGS = (
    "No.",
    "Indicator",
    "Variation",
    "Assurance",
    "Year-end",
    "Target",
    "Probability of meeting it",
    "Director",
)


def council(ranked: pd.DataFrame, *, caption: str, directorates: pd.DataFrame) -> Fragment:
    """Show every indicator in a row, grouped by directorate: what changed, where the year ends, who thinks what.

    ``ranked`` is what `matters.rank` gives. The year-end stands with its 80% interval. Raises `ValueError` without a
    caption.

    >>> names = pd.DataFrame({"directorate": ["PH"], "name": ["Public Health"], "order": [1]})
    >>> council(pd.DataFrame(columns=["directorate"]), caption="Outlook", directorates=names)
    Outlook: no indicators
    """
    if not caption.strip():
        raise ValueError("A table needs a caption that says what it shows.")
    bodies = []
    rows = ordered(ranked, directorates)
    for name, part in rows.groupby(named(rows["directorate"], directorates), sort=False, dropna=False):
        bodies.append(cards.body(map(_row, part.to_dict("records")), group=escape(name), across=len(_HEADINGS)))
    return Fragment(cards.table(caption, _HEADINGS, bodies), f"{caption}: {words.counted('indicator', len(ranked))}")


def first(top: pd.DataFrame, *, caption: str) -> Fragment:
    """Show those that matter most in their order, without groups; nothing where there are none."""
    if top.empty:
        return Fragment("", "")
    table = cards.table(caption, _HEADINGS, [cards.body(map(_row, top.to_dict("records")))])
    return Fragment(table, f"{caption}: {words.counted('indicator', len(top))}")


def scores(scored: pd.DataFrame, *, caption: str) -> Fragment:
    """Show how past judgements did, the directors' and ours; nothing while no score can be shown.

    ``scored`` is what `outlook.score` gives.

    >>> scores(pd.DataFrame({"brier": [None]}), caption="Scores").html
    ''
    """
    if scored["brier"].isna().all():
        return Fragment("", "")
    named = scored.assign(side=scored["who"].map({"director": "Directors", "perfkit": "The figures"}))
    return plain.table(named, caption=caption, columns=_SCORES, decimals={"brier": 2})


def _row(record: Record) -> str:
    written = (_variation, _assurance, _projection, _target, _probability, _director)
    cells = (cards.cell(label, write(record)) for label, write in zip(_HEADINGS[2:], written, strict=True))
    return cards.row(cards.ref(record["ref"]), cards.title(escape(record["title"])), *cells)


def _variation(record: Record) -> str:
    return icons.variation(record["variation"], without="Not enough data" if record["chart"] else "Not charted")


def _assurance(record: Record) -> str:
    doubt = "looks back: see the outlook" if outlook_titles.looking_back(record) else ""
    return icons.assurance(record["assurance"]) + cards.small(doubt)


def _target(record: Record) -> str:
    said = outlook_titles.target(record) or record.get("target_text")
    return cards.quiet("None given") if words.missing(said) else escape(words.target(said))


def _projection(record: Record) -> str:
    if words.missing(record["year_end"]):
        return cards.quiet("Not projected") + cards.small(words.sentence(str(record["reason"])))
    shown = markup.text("strong", outlook_titles.figure(record, record["year_end"]))
    second = cards.small("the second figure" if record.get("part") == 2 else None)
    return shown + cards.small(outlook_titles.interval(record)) + second


def _probability(record: Record) -> str:
    said = outlook_titles.likelihood(record)
    if not said:
        return cards.quiet("Not said")
    number, _, word = said.partition(", ")
    sure = "low confidence" if record["confidence"] == "low" else ""
    return markup.text("strong", number) + (f" {escape(word)}" if word else "") + cards.small(sure)


def _director(record: Record) -> str:
    differs = cards.small("Differs: see the questions") if record["agrees"] == "differs" else ""
    return f"{style.mark(record['director_rag'])}<br>{style.outlook(record['director_outlook'])}{differs}"
