"""The outlook of a whole council on one page: variation, projection, probability and the director's view."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from perfkit.display import icons, markup, outlook_titles, style, words
from perfkit.display.directorates import named, ordered
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import plain

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
        cells = "".join(_row(record) for record in part.to_dict("records"))
        bodies.append(f'<tbody role="rowgroup">{_group(str(name))}{cells}</tbody>')
    whole = markup.text("caption", caption) + _head() + "".join(bodies)
    table = markup.element("table", whole, class_="pk-table pk-cards", role="table")
    return Fragment(table, f"{caption}: {words.counted('indicator', len(ranked))}")


def first(top: pd.DataFrame, *, caption: str) -> Fragment:
    """Show those that matter most in their order, without groups; nothing where there are none."""
    if top.empty:
        return Fragment("", "")
    rows = "".join(_row(record) for record in top.to_dict("records"))
    whole = markup.text("caption", caption) + _head() + f'<tbody role="rowgroup">{rows}</tbody>'
    table = markup.element("table", whole, class_="pk-table pk-cards", role="table")
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


def _head() -> str:
    heads = "".join(markup.text("th", label, scope="col", role="columnheader") for label in _HEADINGS)
    return f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'


def _group(name: str) -> str:
    cell = markup.text("th", name, scope="rowgroup", role="rowheader", colspan=len(_HEADINGS))
    return f'<tr role="row" class="pk-group">{cell}</tr>'


def _row(record: Record) -> str:
    cells = (
        markup.text("td", record["ref"], role="cell", class_="pk-ref"),
        markup.text("th", record["title"], scope="row", role="rowheader"),
        _cell(2, _variation(record)),
        _cell(3, _assurance(record)),
        _cell(4, _projection(record)),
        _cell(5, _target(record)),
        _cell(6, _probability(record)),
        _cell(7, _director(record)),
    )
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(place: int, content: str) -> str:
    return markup.element("td", content, role="cell", data_label=_HEADINGS[place])


def _variation(record: Record) -> str:
    return icons.variation(record["variation"], without="Not enough data" if record["chart"] else "Not charted")


def _assurance(record: Record) -> str:
    doubt = "looks back: see the outlook" if outlook_titles.looking_back(record) else ""
    return icons.assurance(record["assurance"]) + (_small(doubt) if doubt else "")


def _target(record: Record) -> str:
    said = outlook_titles.target(record) or record.get("target_text")
    return _quiet("None given") if words.missing(said) else escape(words.target(said))


def _projection(record: Record) -> str:
    if words.missing(record["year_end"]):
        return _quiet("Not projected") + _small(words.sentence(str(record["reason"])))
    shown = markup.text("strong", outlook_titles.figure(record, record["year_end"]))
    return shown + _small(outlook_titles.interval(record))


def _probability(record: Record) -> str:
    said = outlook_titles.likelihood(record)
    if not said:
        return _quiet("Not said")
    number, _, word = said.partition(", ")
    sure = "low confidence" if record["confidence"] == "low" else ""
    return markup.text("strong", number) + (f" {escape(word)}" if word else "") + (_small(sure) if sure else "")


def _director(record: Record) -> str:
    differs = _small("Differs: see the questions") if record["agrees"] == "differs" else ""
    return f"{style.mark(record['director_rag'])}<br>{style.outlook(record['director_outlook'])}{differs}"


def _quiet(said: str) -> str:
    return markup.text("span", said, class_="pk-quiet")


def _small(said: str) -> str:
    return markup.text("span", said, class_="pk-small")
