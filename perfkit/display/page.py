"""The pieces of a page that are not charts or tables: title, headings, sentences, key figures, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Literal

import pandas as pd

from perfkit.display import markup, style, words
from perfkit.display.markup import Fragment
from perfkit.display.tables import plain

Kind = Literal["illustrative", "warning", "information"]
_NOTICES = {"illustrative": "Illustrative figures", "warning": "Warning", "information": "Please note"}
_PAGE_OF_SET = re.compile(r"(?=.)(?:[\w-][\w.-]*\.html)?(?:#[\w.-]+)?")
_FILE_COLUMNS = {"file": "File", "vintage": "Content (SHA-256)", "received": "Received", "rows": "Rows used"}


def title(text: str, *, subtitle: str = "", organisation: str = "") -> Fragment:
    """Open the page: its one h1, with what it covers and whose it is.

    >>> title("Scorecard", subtitle="Quarter 1 of 2017-18")
    Scorecard: Quarter 1 of 2017-18
    """
    above = markup.text("p", organisation, class_="pk-organisation") if organisation else ""
    below = markup.text("p", subtitle, class_="pk-subtitle") if subtitle else ""
    block = markup.element("div", f"{above}{markup.text('h1', text)}{below}", class_="pk-title")
    return Fragment(style.for_notebooks() + block, f"{text}: {subtitle}" if subtitle else text)


def headline(text: str, *, links: Iterable[tuple[str, str]] = ()) -> Fragment:
    """State the report's answer in one sentence; ``links`` lead to its detail, as in `see_also`.

    >>> headline("2 of 23 outcomes are red.")
    2 of 23 outcomes are red.
    """
    more = " ".join(_link(address, said) for address, said in links)
    detail = markup.element("p", more, class_="pk-more") if more else ""
    return Fragment(markup.text("p", text, class_="pk-headline") + detail, text)


def answers(items: Iterable[tuple[str, str]]) -> Fragment:
    """Answer the reader's questions before anything else: each question, and its answer in a sentence or two.

    >>> answers([("Is it getting better?", "No.")])
    Is it getting better? No.
    """
    given = list(items)
    cells = [markup.element("div", markup.text("dt", ask) + markup.text("dd", say)) for ask, say in given]
    whole = markup.element("dl", "".join(cells), class_="pk-answers")
    return Fragment(whole, "\n".join(f"{ask} {say}" for ask, say in given))


def heading(text: str) -> Fragment:
    """Open a section; the table of contents leads to it.

    >>> heading("What changed?").html
    '<h2 id="what-changed">What changed?</h2>'
    """
    return Fragment(markup.text("h2", text, id=markup.slug(text)), text)


def subheading(text: str) -> Fragment:
    """Open a part of a section.

    >>> subheading("Efficient public services").html
    '<h3>Efficient public services</h3>'
    """
    return Fragment(markup.text("h3", text), text)


def text(text: str) -> Fragment:
    """Say something in a paragraph; an empty line begins another.

    >>> text("One.\\n\\nTwo.").html
    '<p>One.</p><p>Two.</p>'
    """
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return Fragment(markup.each("p", paragraphs), " ".join(paragraphs))


def bullets(items: Iterable[object]) -> Fragment:
    """List points; says so where there are none.

    >>> bullets(["one", "two"])
    - one
    - two
    """
    points = [str(item) for item in items if not words.missing(item)]
    if not points:
        return Fragment(markup.text("p", "None.", class_="pk-quiet"), "None.")
    return Fragment(markup.element("ul", markup.each("li", points)), "\n".join(f"- {point}" for point in points))


def listed(heading: str, items: Iterable[object]) -> Fragment:
    """List points under a heading of their own; nothing where there are none.

    >>> listed("Without evidence", ["Digital first."])
    Without evidence
    - Digital first.
    >>> listed("Without evidence", []).html
    ''
    """
    points = [item for item in items if not words.missing(item)]
    above, below = subheading(heading), bullets(points)
    return Fragment(above.html + below.html, f"{above.words}\n{below.words}") if points else Fragment("", "")


def numbered(paragraphs: Iterable[object], *, start: int = 1) -> Fragment:
    """Number paragraphs, as cabinet papers do; ``start`` goes on from an earlier list.

    >>> numbered(["First.", "Second."], start=3)
    3. First.
    4. Second.
    """
    given = [str(paragraph) for paragraph in paragraphs if not words.missing(paragraph)]
    listed = markup.element("ol", markup.each("li", given), class_="pk-numbered", start=start if start != 1 else None)
    return Fragment(listed if given else "", "\n".join(f"{n}. {line}" for n, line in enumerate(given, start)))


def sections(paragraphs: Mapping[str, Iterable[object]]) -> dict[str, Fragment]:
    """Number the paragraphs of a paper through all its sections, in their order; give each section's.

    >>> sections({"summary": ["First.", "Second."], "issues": ["Third."]})["issues"]
    3. Third.
    """
    given = {name: [each for each in some if not words.missing(each)] for name, some in paragraphs.items()}
    starts = accumulate((len(some) for some in given.values()), initial=1)
    return {name: numbered(some, start=start) for (name, some), start in zip(given.items(), starts, strict=False)}


def particulars(pairs: Mapping[str, object]) -> Fragment:
    """Name what a paper is headed with, such as its meeting and contact; what was not given is left out.

    >>> particulars({"Meeting": "19 September 2017", "Contact": ""})
    Meeting: 19 September 2017
    """
    given = {name: value for name, value in pairs.items() if not words.missing(value)}
    return Fragment(_pairs("", given), "; ".join(f"{name}: {value}" for name, value in given.items()))


def notice(text: str, *, kind: Kind = "illustrative") -> Fragment:
    """Set something apart that the reader must know before the figures: what kind of note it is stands in words.

    >>> notice("Values are made up.")
    Illustrative figures: Values are made up.
    """
    said = f"{markup.text('strong', _NOTICES[kind] + ':')} {markup.escape(text)}"
    block = markup.element("p", said, class_=f"pk-notice pk-notice-{kind}")
    return Fragment(block, f"{_NOTICES[kind]}: {text}")


def see_also(links: Iterable[tuple[str, str]]) -> Fragment:
    """Say which other pages hold the detail: for each the address, a page of the same set, and what it holds.

    An address may lead to a place on this page (``#risks``) or on another (``outlook.html#what-is-changing``). Raises
    `ValueError` for one that is neither.

    >>> see_also([("scorecard.html", "Scorecard: every indicator")])
    See also: Scorecard: every indicator (scorecard.html)
    >>> see_also([("https://example.org", "Elsewhere")])
    Traceback (most recent call last):
    ValueError: "https://example.org" is no page of the set: expected an address such as scorecard.html.
    """
    given = list(links)
    items = "".join(markup.element("li", _link(address, said)) for address, said in given)
    head = markup.text("p", "See also", class_="pk-see-head")
    whole = markup.element("nav", f"{head}<ul>{items}</ul>", class_="pk-see", aria_label="Pages with the detail")
    told = "; ".join(f"{said} ({address})" for address, said in given)
    return Fragment(whole if given else "", f"See also: {told}" if given else "")


def _link(address: str, said: str) -> str:
    if not _PAGE_OF_SET.fullmatch(address):
        raise ValueError(f'"{address}" is no page of the set: expected an address such as scorecard.html.')
    return markup.text("a", said, href=address)


def figures(items: Iterable[Sequence[object]]) -> Fragment:
    """Show a row of key figures, each a label, a value already written out, and an optional note.

    >>> figures([("Outcomes rated red", 2, "of 23"), ("Not rated", 0)])
    Outcomes rated red: 2 (of 23); Not rated: 0
    """
    cells, said = [], []
    for item in items:
        label, value, note = (*item, "", "")[:3]
        shown = words.number(value) if not isinstance(value, str) else value or words.NO_VALUE
        below = markup.text("dd", note, class_="pk-figure-note") if not words.missing(note) else ""
        first = markup.text("dt", label) + markup.text("dd", shown, class_="pk-figure-value")
        cells.append(markup.element("div", first + below))
        said.append(f"{label}: {shown}" + (f" ({note})" if below else ""))
    return Fragment(markup.element("dl", "".join(cells), class_="pk-figures"), "; ".join(said))


def sources(
    sources_frame: pd.DataFrame,
    *,
    parameters: Mapping[str, object],
    versions: Mapping[str, object],
    rules: Iterable[str],
) -> Fragment:
    """Close the page: the files, parameters, rules and versions that made it.

    ``sources_frame`` needs ``file`` and may have ``vintage``, ``received`` and ``rows``; one row a file.
    """
    known = [name for name in _FILE_COLUMNS if name in sources_frame]
    head = plain.header([(_FILE_COLUMNS[name], "pk-number" if name == "rows" else "pk-long") for name in known])
    rows = "".join(_file_row(record, known) for record in sources_frame[known].to_dict("records"))
    caption = plain.titled("Files that the figures come from")
    table = markup.element("table", f"{caption}{head}<tbody>{rows}</tbody>", class_="pk-table")
    region = markup.element("div", table, class_="pk-scroll", role="region", tabindex="0", aria_label="Files, table")
    settled = list(rules)
    parts = [
        markup.text("h2", "Sources and method", id="sources-and-method"),
        region if rows else markup.text("p", "No file was read."),
        _pairs("Parameters", parameters),
        (markup.text("h3", "Rules") + markup.element("ul", markup.each("li", settled))) if settled else "",
        _pairs("Versions", versions),
    ]
    said = f"Sources and method: {words.counted('file', len(sources_frame))}"
    return Fragment(markup.element("section", "".join(parts), class_="pk-sources"), said)


def _file_row(record: Mapping[object, object], known: Sequence[str]) -> str:
    first, *others = known
    cells = (markup.text("td", _plain(record[name]), class_="pk-number" if name == "rows" else "") for name in others)
    return markup.element("tr", markup.text("th", _plain(record[first]), scope="row") + "".join(cells))


def _plain(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = pd.Timestamp(value)
    return plain.shown(value)


def _pairs(name: str, pairs: Mapping[str, object]) -> str:
    if not pairs:
        return ""
    listed = "".join(
        markup.element(
            "div", markup.text("dt", key) + markup.text("dd", "not given" if words.missing(value) else value)
        )
        for key, value in pairs.items()
    )
    return (markup.text("h3", name) if name else "") + markup.element("dl", listed, class_="pk-pairs")
