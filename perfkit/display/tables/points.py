"""Achievements and issues by priority, each with the indicators that it speaks of and their ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment
from perfkit.display.tables.plain import STATUS_SIGNS, legend, place_of, status_signs
from perfkit.display.tables.scorecards import anchor

Record = Mapping[str, object]
_POINT = ["subject", "number"]


def key_points(linked: pd.DataFrame, *, kind: str, links: bool = False) -> Fragment:
    """List the achievements or issues by priority, in the order given, with the ratings of what they speak of.

    Needs what `key_points.link` gives: one row a point and indicator. ``links`` lets each rating lead to the
    indicator's row on the same page. A question to the author stands under its point; a ``status`` of illustrative is
    marked. Nothing where nothing was reported: the paragraph above says so.

    >>> linked = pd.DataFrame({"kind": ["issue"], "subject": "P", "number": 1, "text": "Late.", "ref": "7",
    ...     "title": "Hours", "effective": "red", "question": None})
    >>> key_points(linked, kind="issue")
    P: Late. (7 red)
    """
    chosen = linked[linked["kind"] == kind]
    if chosen.empty:
        return Fragment("", "")
    parts, said = [], []
    for subject, part in chosen.groupby("subject", sort=False):
        points = [group.to_dict("records") for _, group in part.groupby(_POINT, sort=False)]
        items = "".join(_item(rows, links=links) for rows in points)
        parts.append(markup.text("h3", subject) + markup.element("ul", items, class_="pk-points"))
        said.append(f"{subject}: {' '.join(_words(rows) for rows in points)}")
    return Fragment(legend(status_signs(chosen)) + "".join(parts), "\n".join(said))


def _item(rows: Sequence[Record], *, links: bool) -> str:
    record = rows[0]
    sign = STATUS_SIGNS.get(str(record.get("status")), "")
    marks = [_mark(row, links=links) for row in rows if not words.missing(row.get("ref"))]
    place = place_of(record)
    below = "".join(marks) + (markup.text("span", place, class_="pk-quiet") if place else "")
    question = record.get("question")
    asked = "" if words.missing(question) else markup.text("span", f"Question: {question}", class_="pk-small pk-strong")
    text = markup.escape(f"{record['text']}{' ' + sign if sign else ''}")
    return markup.element("li", text + markup.element("span", below, class_="pk-small") + asked)


def _mark(row: Record, *, links: bool) -> str:
    """Show an indicator's number with its rating; a link says in words where it leads."""
    mark = style.mark(row["effective"])
    label = markup.text("span", f"Indicator {row['ref']}")
    if links:
        unseen = markup.text("span", f": {row['title']}", class_="pk-unseen")
        label = markup.element("a", f"Indicator {markup.escape(row['ref'])}{unseen}", href=f"#{anchor(row['ref'])}")
    return markup.element("span", f"{label} {mark}", class_="pk-spoken")


def _words(rows: Sequence[Record]) -> str:
    named = [f"{row['ref']} {row['effective']}" for row in rows if not words.missing(row.get("ref"))]
    sign = STATUS_SIGNS.get(str(rows[0].get("status")), "")
    text = f"{rows[0]['text']}{' ' + sign if sign else ''}"
    return f"{text} ({', '.join(named)})" if named else text
