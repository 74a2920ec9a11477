"""Tables that stand before a cabinet: outcomes and red exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.directorates import named
from perfkit.display.markup import Fragment, escape
from perfkit.display.tables import cards
from perfkit.display.tables.plain import legend, place_of, status_signs
from perfkit.display.tables.scorecards import counts, expected, markers, reported

Record = Mapping[str, object]
_NO_ACTION = {"none", "nil", "no", "n/a", "-"}
_OUTCOME_HEADINGS = ("No.", "Outcome", "Rating", "Director’s", "Its indicators")


def outcomes(rolled: pd.DataFrame, *, caption: str, directorates: pd.DataFrame | None = None) -> Fragment:
    """Show outcomes by priority with the rolled-up rating, its reason, the director's, and the counts beneath.

    Needs ``outcome, title, priority, rag, green, amber, red, not_rated``; may have ``directorate, rag_reason,
    assessed, differs``. ``directorates`` (``directorate, name``) names the leads in full. Raises `ValueError` without a
    caption.

    >>> columns = ["outcome", "title", "priority", "rag", "green", "amber", "red", "not_rated"]
    >>> outcomes(pd.DataFrame(columns=columns), caption="Outcomes")
    Outcomes: no outcomes
    """
    if not caption.strip():
        raise ValueError("A table of outcomes needs a caption that says what it shows.")
    if directorates is not None and "directorate" in rolled:
        rolled = rolled.assign(directorate=named(rolled["directorate"], directorates))
    shared = _shared_reason(rolled)
    if shared:
        rolled = rolled.assign(rag_reason=rolled["rag_reason"].mask(rolled["rag"].isin(style.RAG_WORDS)))
    bodies = [
        cards.body(map(_outcome_row, part.to_dict("records")), group=escape(priority), across=len(_OUTCOME_HEADINGS))
        for priority, part in rolled.groupby("priority", sort=False, dropna=False)
    ]
    if not bodies:
        return Fragment(markup.text("p", "No outcomes.", class_="pk-quiet"), f"{caption}: no outcomes")
    made = cards.table(caption, _OUTCOME_HEADINGS, bodies)
    above = markup.text("p", f"Rating of an outcome: {shared}.", class_="pk-legend") if shared else ""
    return Fragment(above + made, f"{caption}: {words.counted('outcome', len(rolled))}")


def _shared_reason(rolled: pd.DataFrame) -> str:
    """Give the reason that stands for every rated outcome, to be said once above the table."""
    reasons = (
        set(rolled.loc[rolled["rag"].isin(style.RAG_WORDS), "rag_reason"].dropna()) if "rag_reason" in rolled else set()
    )
    return str(reasons.pop()).rstrip(".") if len(reasons) == 1 else ""


def _outcome_row(record: Record) -> str:
    lead = record.get("directorate")
    led = "" if words.missing(lead) else cards.small(f"Lead: {lead}")
    reason = record.get("rag_reason") if record["amber"] or record["red"] or not record["green"] else None
    given = record.get("assessed")
    mark = cards.quiet("Not given") if words.missing(given) else style.mark(given)
    differs = record.get("differs")
    flag = "" if words.missing(differs) or not differs else '<span class="pk-small pk-strong">differs</span>'
    return cards.row(
        cards.ref(record["outcome"]),
        cards.title(escape(record["title"]) + led),
        cards.cell("Rating", style.chip(record["rag"]) + cards.small(reason)),
        cards.cell("Director’s", mark + flag),
        cards.cell("Its indicators", counts(record)),
    )


def exceptions(frame: pd.DataFrame, commentary: pd.DataFrame | None = None, *, caption: str) -> Fragment:
    """Show what is red, one card each: value against target, the cause, and what is being done.

    Needs ``ref, title, effective`` of rated indicators, of which the red ones are shown. Cause and action are the
    ``commentary`` rows of kind cause and action on the indicator or its outcome; without them, the ``reason`` and
    ``action`` that came with the rating. A cause that nobody gave is said to be missing. Nothing where
    none is red.

    >>> frame = pd.DataFrame({"ref": ["7"], "title": ["Hours"], "effective": ["green"]})
    >>> exceptions(frame, caption="Red exceptions")
    Red exceptions: none
    """
    if not caption.strip():
        raise ValueError("A list of exceptions needs a caption that says what it shows.")
    red = frame[frame["effective"] == "red"]
    if red.empty:
        return Fragment("", f"{caption}: none")
    said = told(commentary)
    listed = "".join(_card(record, said) for record in red.to_dict("records"))
    head = markup.text("p", caption, class_="pk-caption")
    signs = legend(status_signs(red) | markers(red))
    named = words.counted("exception", len(red))
    return Fragment(f'{signs}{head}<ul class="pk-exceptions">{listed}</ul>', f"{caption}: {named}")


def told(commentary: pd.DataFrame | None) -> dict[tuple[str, str], list[str]]:
    """Gather causes and actions by whom they speak of: the subject's id and the kind, to texts in order.

    >>> told(pd.DataFrame({"kind": ["cause"], "subject": ["visits"], "text": ["Late paperwork."]}))
    {('visits', 'cause'): ['Late paperwork.']}
    """
    held: dict[tuple[str, str], list[str]] = {}
    for record in [] if commentary is None else commentary.to_dict("records"):
        if record["kind"] in ("cause", "action") and not words.missing(record["text"]):
            held.setdefault((str(record["subject"]), str(record["kind"])), []).append(str(record["text"]))
    return held


def _card(record: Record, said: Mapping[tuple[str, str], list[str]]) -> str:
    title = f"{escape(record['ref'])}. {escape(record['title'])} {style.chip(record['effective'])}"
    value = against(record)
    parts = [
        ("Value", [value] if value else []),
        ("Cause", _texts(record, said, "cause", "reason") or ["No cause was given."]),
        ("Action", recommended(_texts(record, said, "action", "action"), none="No action was given.")),
    ]
    listed = "".join(
        markup.element("div", markup.text("dt", name) + markup.each("dd", lines)) for name, lines in parts if lines
    )
    place = place_of(record)
    foot = markup.text("p", f"Source: {place}", class_="pk-small") if place else ""
    return f'<li><p class="pk-card-title">{title}</p><dl class="pk-pairs">{listed}</dl>{foot}</li>'


def recommended(actions: Sequence[str], *, none: str) -> list[str]:
    """Give the actions as reported; that there is none is said, and asked about; ``none`` where nothing was reported.

    >>> recommended(["None"], none="No action was given.")
    ['The director reported “None”. Is none needed?']
    """
    some = [text for text in actions if text.strip().rstrip(".").casefold() not in _NO_ACTION]
    return some or [f"The director reported “{actions[0]}”. Is none needed?" if actions else none]


def _texts(record: Record, said: Mapping[tuple[str, str], list[str]], kind: str, fallback: str) -> list[str]:
    for subject in (str(record.get("indicator")), str(record.get("outcome"))):
        if found := said.get((subject, kind)):
            return found
    given = record.get(fallback)
    return [] if words.missing(given) else [str(given)]


def against(record: Record) -> str:
    """Write a rated value against its target and what is expected by now.

    >>> against({"value": 1180.0, "unit": "count", "target_text": "1,562"})
    '1,180 against a target of 1,562'
    """
    if "value" not in record:
        return ""
    target = record.get("target_text")
    promised = "" if words.missing(target) else f" against a target of {words.target(target)}"
    by_now = expected(record)
    return f"{reported(record)}{promised}{', ' + by_now if by_now and promised else ''}"
