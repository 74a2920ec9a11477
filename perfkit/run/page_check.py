"""What a page must be before anyone is given it: readable by everyone, and asking for nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from perfkit.run import page_colours, page_safety, page_tree
from perfkit.run.page_fault import Fault, at
from perfkit.run.page_tree import Element

_EMPTY_WORDS = re.compile(
    r"(?:an? |the |this )?(?:image|picture|photo|photograph|figure|chart|graph|plot|graphic|diagram|drawing|icon|logo|"
    r"alt|alt text|text|description|output|untitled|placeholder|screenshot|svg|png|none|null|todo)[\s\d.:]*"
    r"|(?:no|missing) (?:description|alternative|alt)\b.*|[\W\d_]*|\S+\.(?:png|jpe?g|gif|svg|webp)",
    re.IGNORECASE,
)
_KIND_ONLY = re.compile(
    r"(?:an? |the |this )?(?:\w+ )?(?:image|picture|chart|graph|plot|diagram|drawing)s? "
    r"(?:of|showing|that shows)\b[^\d]*",
    re.IGNORECASE,
)
_SCOPES = ("col", "row", "colgroup", "rowgroup")
_NAMED_BY = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list")


def check(text: str, *, page: Element | None = None) -> list[Fault]:
    """List what keeps a page from being published; nothing for a page that is well.

    Each fault has the line, the element, what was found and what is expected. The rules are those of WCAG 2.2 AA that
    can be read from the page alone, and perfkit's own: no script, nothing fetched, at most 300 kB. ``page`` is the text
    as read, where it has been read already.

    >>> print(check("<!DOCTYPE html><html><head>")[0])
    line 1, <html>: found no language, expected lang="en-GB" on <html>
    """
    page = page or page_tree.read(text)
    rules: tuple[Callable[[Element], Iterator[Fault]], ...] = (
        _language, _title, _main, _skip_link, _headings, _ids, _links, _pictures, _figures, _captions, _headers,
        page_colours.faults, page_safety.faults,
    )  # fmt: skip
    found = [fault for rule in rules for fault in rule(page)]
    return sorted({*found, *page_safety.faults_of_text(text)})


def cause(faults: Sequence[Fault]) -> str:
    """Say in one line why a page with these faults must not be published; nothing where there are none.

    >>> cause(check("<p>Hello"))
    'the page fails 6 checks; the first: line 1, the page: found no headings of level 1, expected one <h1>'
    """
    if not faults:
        return ""
    told = "1 check" if len(faults) == 1 else f"{len(faults)} checks; the first"
    return f"the page fails {told}: {faults[0]}"


def _language(page: Element) -> Iterator[Fault]:
    root = next(iter(page.find("html")), None)
    if root is None or not root.get("lang").strip():
        yield at(root, "no language", 'lang="en-GB" on <html>')


def _title(page: Element) -> Iterator[Fault]:
    titles = [title for head in page.find("head") for title in head.find("title")]
    if not any(isinstance(child, str) and child.strip() for title in titles for child in title.children):
        yield at(titles[0] if titles else None, "no title", "a <title> that names the report")


def _main(page: Element) -> Iterator[Fault]:
    mains = page.find("main")
    if len(mains) != 1:
        yield at(mains[1] if mains else None, f"{len(mains) or 'no'} main parts", "one <main>")


def _skip_link(page: Element) -> Iterator[Fault]:
    first = next((one for one in page.walk() if one.tag in ("a", "button", "summary", "input", "select")), None)
    target = first.get("href").removeprefix("#") if first and first.tag == "a" else ""
    if not target or target not in {main.get("id") for main in page.find("main")}:
        yield at(first, "no skip link", "a link to the id of <main> before all other links")


def _headings(page: Element) -> Iterator[Fault]:
    headings = page.find("h1", "h2", "h3", "h4", "h5", "h6")
    ones = [heading for heading in headings if heading.tag == "h1"]
    if len(ones) != 1:
        yield at(ones[1] if ones else None, f"{len(ones) or 'no'} headings of level 1", "one <h1>")
    last = 0
    for heading in headings:
        level = int(heading.tag[1])
        if level > last + 1:
            before = f"level {last}" if last else "no heading"
            yield at(heading, f"level {level} after {before}", f"level {last + 1} at most")
        if not heading.words:
            yield at(heading, "an empty heading", "a heading with words")
        last = level


def _ids(page: Element) -> Iterator[Fault]:
    times = Counter(one.get("id") for one in page.walk() if "id" in one.attributes)
    seen: set[str] = set()
    for one in page.walk():
        name = one.get("id")
        if "id" in one.attributes and not name.strip():
            yield at(one, "an empty id", "an id with a name, or none")
        elif name and name in seen and times[name] > 1:
            yield at(one, f'the id "{name}" {times[name]} times', "each id once")
            times[name] = 0
        seen.add(name)


def _links(page: Element) -> Iterator[Fault]:
    ids = {one.get("id") for one in page.walk()}
    for one in page.walk():
        href = one.get("href") or one.get("xlink:href")
        named = [href[1:]] if href.startswith("#") else []
        named += [name for key in _NAMED_BY for name in one.get(key).split()]
        for name in named:
            if name not in ids:
                yield at(one, f'a link to "#{name}"', "the id of an element of the page")
        if one.tag == "a" and href and not (one.words or one.get("aria-label").strip()):
            yield at(one, "a link without words", "words that say where it leads")


def _pictures(page: Element) -> Iterator[Fault]:
    for one in page.walk():
        if not (one.tag in ("img", "svg") or one.get("role") == "img") or _is_silent(one):
            continue
        words = alternative(one, page)
        if words is None:
            yield at(one, "no text alternative", "a sentence that says what it shows")
        elif not words.strip():
            yield at(one, "an empty text alternative", "a sentence that says what it shows")
        elif _EMPTY_WORDS.fullmatch(words.strip()) or _KIND_ONLY.fullmatch(words.strip()):
            yield at(one, f'the text alternative "{words.strip()}", which says nothing', "what the picture shows")


def alternative(picture: Element, page: Element) -> str | None:
    """Give a picture's text alternative; None where it has none at all."""
    given = [picture.attributes[name] for name in ("aria-label", "alt") if name in picture.attributes]
    for name in picture.get("aria-labelledby").split():
        given += [one.words for one in page.walk() if one.get("id") == name]
    for child in picture.children:
        if isinstance(child, Element) and picture.tag == "svg" and child.tag in ("title", "desc"):
            given.append("".join(part for part in child.children if isinstance(part, str)))
    return next((words for words in given if words.strip()), given[0] if given else None)


def _is_silent(one: Element) -> bool:
    """Whether what is read aloud leaves it out: hidden, or part of a picture that has its own alternative."""
    around = list(one.ancestors())
    hidden = any(part.get("aria-hidden") == "true" or part.get("role") == "presentation" for part in (one, *around))
    return hidden or any(part.get("role") == "img" or part.tag == "svg" for part in around)


def _figures(page: Element) -> Iterator[Fault]:
    for figure in page.find("figure"):
        pictures = [one for one in figure.walk() if one.tag in ("svg", "img")]
        named = any(one.get("role") == "img" or (one in pictures and not _is_silent(one)) for one in figure.walk())
        if pictures and not named and not all(_has_words_beside(one) for one in pictures):
            yield at(figure, "a figure whose picture has no text alternative", "a sentence that says what it shows")
        if not any(caption.words for caption in figure.find("figcaption")):
            yield at(figure, "a figure without caption", "a <figcaption> with words")


def _has_words_beside(picture: Element) -> bool:
    """Whether words stand with a picture that is hidden from those who listen, as beside each of many small ones."""
    around = picture.parent
    return around is not None and around.tag != "figure" and bool(around.words)


def _captions(page: Element) -> Iterator[Fault]:
    for table in page.find("table"):
        if table.get("role") != "presentation" and not any(one.words for one in table.find("caption")):
            yield at(table, "a table without caption", "a <caption> with words")


def _headers(page: Element) -> Iterator[Fault]:
    for table in page.find("table"):
        headers = table.find("th")
        if table.get("role") != "presentation" and not headers:
            yield at(table, "a table without headers", '<th scope="col"> over its columns')
        for header in headers:
            if header.get("scope").lower() not in _SCOPES:
                yield at(header, f'the header "{header.words[:60]}" without scope', 'scope="col" or scope="row"')
            if not header.words:
                yield at(header, "an empty header", "a header with words")
